// Colours and surfaces of the rendered things, drawn at random. Colours are BGR, 0 to 255, as
// pictures store them; a Surface holds reflectances (scene.h).
#pragma once

#include "core/simulation/actors.h"
#include "core/simulation/random.h"
#include "core/simulation/solid/scene.h"

namespace cvd::simulation {

cv::Scalar saturated(Random& random);  // paint, plastic and clothes that are meant to be seen
cv::Scalar timberScalar(Random& random);
cv::Scalar rustScalar(Random& random);
cv::Scalar barScalar(Random& random);
cv::Scalar hoseScalar(Random& random);

// An even surface with little grain.
Surface plainSurface(Random& random, const cv::Scalar& bgr, double gloss);
Surface barSurface(Random& random);   // pokers' bars and handles; also of what resembles them
Surface hoseSurface(Random& random);  // hoses, cables, ropes
Surface rustSurface(Random& random);  // reinforcement
Surface woodSurface(Random& random);

}  // namespace cvd::simulation
