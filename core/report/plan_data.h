// The pour from above, as data: what a plan on the screen, over the video and on paper shows.
//
// Plane metres are those of the calibration. Nothing here needs a screen or a thread of its own;
// loadPlan() reads files and judges the stored tracks once (well under a second for two hours).
#pragma once

#include <optional>
#include <vector>

#include <QByteArray>
#include <QString>

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/compliance/calibration.h"
#include "core/compliance/profile.h"

namespace cvd::report {

// States of a cell, as in Coverage::state. Open: not treated yet at a moment within the pour.
enum PlanCell : std::uint8_t {
    CellOutside = 0,
    CellTreated = 1,
    CellMissed = 2,
    CellNotObserved = 3,
    CellOpen = 4,
};

struct PlanGap {  // the largest circle in a missed stretch
    PointM at;
    double diameterM = 0;
};

struct PlanData {
    Calibration calibration;
    compliance::Homography homography;
    std::vector<Insertion> insertions;  // in order of start; those without contactM are not drawn
    std::optional<Coverage> coverage;   // with its cells; empty without a pour region or radius
    std::vector<PlanGap> gaps;          // largest first
    double radiusM = 0;                 // radius of action that was judged with; 0: unknown
    double shortestS = 0;               // the profile's shortest stationary time; 0: none
    double spacingM = 0;                // largest distance of neighbours in `planned`
    std::vector<PointM> planned;        // suggested insertion points, in order of work
    std::optional<PointM> next;         // the one to go to next

    bool drawable() const { return calibration.pourRegion.size() >= 3 || !insertions.empty(); }
};

// Fills homography, coverage (from the insertions' own places) and gaps. `coverage` as judged may
// be handed over instead, which also knows the several places of an insertion that was dragged.
// Errors: the calibration's own (see compliance::solve).
Result<PlanData> makePlan(const Calibration& calibration, std::vector<Insertion> insertions,
                          double radiusM, double shortestS, int frameWidth, int frameHeight,
                          std::optional<Coverage> judged = {});

// Fills spacingM, planned and next; nothing where no radius of action is known.
void planAhead(PlanData& plan, const compliance::Profile& profile);

// The plan of a finished result folder with the tracks of its tracks.bin. An empty optional: judged
// without a calibration. planOf() in corrected_result.h is for callers that have read the rest,
// too.
Result<std::optional<PlanData>> loadPlan(const QString& folder, const Tracks& tracks);

// The largest missed circles, one a connected stretch, largest first; smaller than `leastM` across
// are left out.
std::vector<PlanGap> findGaps(const Coverage& coverage, double leastM, std::size_t most = 12);

// The state at a moment of the video: cells that are treated later are CellOpen, dwell counts up to
// then. Seconds as in Insertion::startS.
Coverage coverageUntil(const PlanData& plan, double untilS);

// Where to go next at a moment of the video, given what was treated until then; empty: all is done,
// or nothing is planned.
std::optional<PointM> nextPlanned(const PlanData& plan, double untilS);

// Index of the cell under a place, row-major; empty outside of the grid.
std::optional<std::size_t> cellAt(const Coverage& coverage, PointM at);
PointM cellCentre(const Coverage& coverage, std::size_t cell);
// Insertions (effective ones) within the radius of action of a place, in order of start.
std::vector<std::size_t> insertionsReaching(const PlanData& plan, PointM at);

// "column,row,x_m,y_m,state,dwell_s" for every cell within the pour region, C locale. Empty without
// coverage.
QByteArray planCsv(const PlanData& plan);

}  // namespace cvd::report
