// The kinds of look-alikes that putLookAlike (things.h) picks from, and the reinforcement that
// stands about a poker (pokers.cpp); for their own files only.
// `at` lies on the surface there, in metres, world frame as in canvas.h.
#pragma once

#include "core/simulation/solid/site.h"

namespace cvd::simulation {

// What stands in or beside the concrete: bars.cpp.
void starterRow(Random& random, SolidSite& site, const Vec3& at);
void barCluster(Random& random, SolidSite& site, const Vec3& at);
void cage(Random& random, SolidSite& site, const Vec3& at);
void mat(Random& random, SolidSite& site, const Vec3& at);
void pipes(Random& random, SolidSite& site, const Vec3& at);
void bareBar(Random& random, SolidSite& site, const Vec3& at);
void hoseInSleeve(Random& random, SolidSite& site, const Vec3& at);
void stakes(Random& random, SolidSite& site, const Vec3& at);
void tubes(Random& random, SolidSite& site, const Vec3& at);
void tieBars(Random& random, SolidSite& site, const Vec3& at);
void ladder(Random& random, SolidSite& site, const Vec3& at);
// Two faces of upright bars along the concrete, with the poker between or beside them.
void starterFaces(Random& random, SolidSite& site, const Vec3& about, const Surface& steel);

// What people hold or work with: tools.cpp.
void heldStaff(Random& random, SolidSite& site, const Vec3& at);
void floatOrBroom(Random& random, SolidSite& site, const Vec3& at);
void screed(Random& random, SolidSite& site, const Vec3& at);
void carriedPole(Random& random, SolidSite& site, const Vec3& at);
void heldHose(Random& random, SolidSite& site, const Vec3& at);
void pumpHose(Random& random, SolidSite& site, const Vec3& at);
void tamper(Random& random, SolidSite& site, const Vec3& at);
void powerTrowel(Random& random, SolidSite& site, const Vec3& at);

}  // namespace cvd::simulation
