#include "core/report/plan_data.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <QFile>

#include <opencv2/imgproc.hpp>

#include "core/compliance/coverage.h"
#include "core/compliance/judge.h"
#include "core/compliance/planning.h"
#include "core/compliance/profile.h"
#include "core/report/corrected_result.h"
#include "core/report/result_files.h"

namespace cvd::report {
namespace {

constexpr double kCellM = 0.02;
constexpr double kLeastGapM = 0.10;  // smaller ones are edges of the grid, not places to go back to

bool longEnough(const Insertion& in, double shortestS) {
    // An insertion whose ends were not seen may have lasted long enough: in its favour.
    return in.stationaryS >= shortestS || in.openStart || in.openEnd;
}

bool counts(const Insertion& in) {
    return in.effective && in.contactM.has_value();
}

// Calls back for every cell of the region within the radius of a place.
template <typename Visit>
void visitCells(const Coverage& c, PointM at, double radiusM, const Visit& visit) {
    const auto index = [&](double value, double origin, int most) {
        return std::clamp(int(std::floor((value - origin) / c.cellM)), 0, most - 1);
    };
    const int left = index(at.x - radiusM, c.origin.x, c.columns);
    const int right = index(at.x + radiusM, c.origin.x, c.columns);
    const int top = index(at.y - radiusM, c.origin.y, c.rows);
    const int bottom = index(at.y + radiusM, c.origin.y, c.rows);
    for (int row = top; row <= bottom; ++row) {
        const double dy = c.origin.y + (row + 0.5) * c.cellM - at.y;
        for (int column = left; column <= right; ++column) {
            const double dx = c.origin.x + (column + 0.5) * c.cellM - at.x;
            const std::size_t cell =
                std::size_t(row) * std::size_t(c.columns) + std::size_t(column);
            if (dx * dx + dy * dy <= radiusM * radiusM && c.state[cell] != CellOutside) {
                visit(cell);
            }
        }
    }
}

// As the judge makes it, from one place an insertion.
Coverage coverageOf(const PlanData& plan, int frameWidth, int frameHeight) {
    std::vector<compliance::Treatment> treatments;
    for (const Insertion& in : plan.insertions) {
        if (counts(in)) {
            treatments.push_back({*in.contactM, in.stationaryS, longEnough(in, plan.shortestS)});
        }
    }
    const auto seen = [&](PointM p) {
        if (frameWidth <= 0 || frameHeight <= 0) {
            return true;
        }
        const PointPx q = plan.homography.image(p);
        return plan.homography.inFront(q) && q.x >= 0 && q.y >= 0 && q.x < frameWidth &&
               q.y < frameHeight;
    };
    return compliance::computeCoverage(plan.calibration.pourRegion, treatments, plan.radiusM,
                                       kCellM, seen, plan.calibration.obstacles);
}

// Files hold rounded tracks and places: what lies within a cell of the grid is the same.
bool samePlace(const std::optional<PointM>& a, const std::optional<PointM>& b) {
    constexpr double kRoundedM = kCellM;
    return a.has_value() == b.has_value() &&
           (!a || std::hypot(a->x - b->x, a->y - b->y) < kRoundedM);
}

bool sameInsertions(const std::vector<Insertion>& a, const std::vector<Insertion>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Insertion& x, const Insertion& y) {
                          return x.startFrame == y.startFrame && x.endFrame == y.endFrame &&
                                 samePlace(x.contactM, y.contactM) && x.effective == y.effective;
                      });
}

const char* stateName(std::uint8_t state) {
    switch (state) {
        case CellTreated:
            return "treated";
        case CellMissed:
            return "missed";
        case CellNotObserved:
            return "not_observed";
        default:
            return "outside";
    }
}

}  // namespace

std::vector<PlanGap> findGaps(const Coverage& c, double leastM, std::size_t most) {
    std::vector<PlanGap> gaps;
    if (c.columns <= 0 || c.rows <= 0 || c.state.size() != std::size_t(c.columns) * c.rows) {
        return gaps;
    }
    // A border of one cell: beyond the grid nothing is missed.
    cv::Mat missed = cv::Mat::zeros(c.rows + 2, c.columns + 2, CV_8U);
    for (int row = 0; row < c.rows; ++row) {
        for (int column = 0; column < c.columns; ++column) {
            missed.at<uchar>(row + 1, column + 1) =
                c.state[std::size_t(row) * c.columns + column] == CellMissed ? 255 : 0;
        }
    }
    cv::Mat distance, labels;
    cv::distanceTransform(missed, distance, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    const int count = cv::connectedComponents(missed, labels, 8, CV_32S);
    struct Best {
        float cells = 0;
        int row = 0, column = 0;
    };
    std::vector<Best> best(static_cast<std::size_t>(count));
    for (int row = 1; row <= c.rows; ++row) {
        for (int column = 1; column <= c.columns; ++column) {
            Best& b = best[static_cast<std::size_t>(labels.at<int>(row, column))];
            const float d = distance.at<float>(row, column);
            if (d > b.cells) {
                b = {d, row - 1, column - 1};
            }
        }
    }
    for (const Best& b : best) {
        // The distance runs to the centre of the nearest other cell: half a cell too far.
        const double diameter = 2 * (b.cells - 0.5) * c.cellM;
        if (b.cells > 0 && diameter >= leastM) {
            gaps.push_back(
                {{c.origin.x + (b.column + 0.5) * c.cellM, c.origin.y + (b.row + 0.5) * c.cellM},
                 diameter});
        }
    }
    std::stable_sort(gaps.begin(), gaps.end(),
                     [](const PlanGap& a, const PlanGap& b) { return a.diameterM > b.diameterM; });
    // The largest one is known exactly.
    if (!gaps.empty() && c.largestGapAt && c.largestGapM >= leastM) {
        gaps.front() = {*c.largestGapAt, c.largestGapM};
    }
    gaps.resize(std::min(gaps.size(), most));
    return gaps;
}

Result<PlanData> makePlan(const Calibration& calibration, std::vector<Insertion> insertions,
                          double radiusM, double shortestS, int frameWidth, int frameHeight,
                          std::optional<Coverage> judged) {
    PlanData plan;
    CVD_TRY_ASSIGN(plan.homography, compliance::solve(calibration));
    plan.calibration = calibration;
    plan.insertions = std::move(insertions);
    std::stable_sort(plan.insertions.begin(), plan.insertions.end(),
                     [](const Insertion& a, const Insertion& b) { return a.startS < b.startS; });
    plan.radiusM = radiusM;
    plan.shortestS = shortestS;
    if (judged && !judged->state.empty()) {
        plan.coverage = std::move(judged);
    } else if (calibration.pourRegion.size() >= 3 && radiusM > 0) {
        plan.coverage = coverageOf(plan, frameWidth, frameHeight);
    }
    if (plan.coverage) {
        plan.gaps = findGaps(*plan.coverage, std::max(kLeastGapM, 3 * plan.coverage->cellM));
    }
    return plan;
}

void planAhead(PlanData& plan, const compliance::Profile& profile) {
    if (plan.radiusM <= 0) {
        return;
    }
    const auto grid = compliance::planOptions(profile, plan.radiusM, false);
    plan.spacingM = grid.spacingM;
    plan.planned = compliance::plannedPoints(
        plan.calibration.pourRegion, plan.calibration.obstacles, plan.calibration.formLines, grid);
    plan.next = nextPlanned(plan, std::numeric_limits<double>::infinity());
}

Result<std::optional<PlanData>> planOf(const JudgingInputs& inputs, Tracks tracks) {
    if (!inputs.calibration) {
        return std::optional<PlanData>();
    }
    const ResultSummary& summary = inputs.summary;
    auto judgement =
        compliance::judge(tracks, inputs.profile, &*inputs.calibration, judgeOptions(summary));
    // Insertions that differ were corrected by hand, or found by another version: the list counts.
    std::optional<Coverage> judged;
    if (sameInsertions(judgement.insertions, inputs.model.insertions)) {
        judged = std::move(judgement.coverage);
    }
    CVD_TRY_ASSIGN(PlanData plan,
                   makePlan(*inputs.calibration, inputs.model.insertions,
                            summary.radiusOfActionM.value_or(judgement.radiusM.value_or(0)),
                            inputs.profile.value(u"t_min_s").value_or(0), summary.video.width,
                            summary.video.height, std::move(judged)));
    planAhead(plan, inputs.profile);
    return std::optional<PlanData>(std::move(plan));
}

Result<std::optional<PlanData>> loadPlan(const QString& folder, const Tracks& tracks) {
    CVD_TRY_ASSIGN(StoredResult stored, readResult(folder));
    if (!stored.summary.calibrated ||
        !QFile::exists(folder + QStringLiteral("/calibration.json"))) {
        return std::optional<PlanData>();  // then the profile does not matter either
    }
    CVD_TRY_ASSIGN(const JudgingInputs inputs, readJudgingInputs(folder, std::move(stored)));
    return planOf(inputs, tracks);
}

std::optional<PointM> nextPlanned(const PlanData& plan, double untilS) {
    std::vector<PointM> treated;
    std::optional<PointM> last;
    for (const Insertion& in : plan.insertions) {
        if (in.startS > untilS || !counts(in)) {
            continue;
        }
        last = in.contactM;
        if (longEnough(in, plan.shortestS)) {
            treated.push_back(*in.contactM);
        }
    }
    const auto next = compliance::nextPoint(plan.planned, treated, plan.spacingM, last);
    return next ? std::optional(plan.planned[*next]) : std::nullopt;
}

Coverage coverageUntil(const PlanData& plan, double untilS) {
    if (!plan.coverage) {
        return {};
    }
    Coverage now = *plan.coverage;
    std::fill(now.dwellS.begin(), now.dwellS.end(), 0.0F);
    for (std::uint8_t& state : now.state) {
        if (state == CellTreated || state == CellMissed) {
            state = CellOpen;
        }
    }
    for (const Insertion& in : plan.insertions) {
        if (!counts(in) || in.startS > untilS) {
            continue;
        }
        const bool over = in.endS <= untilS;
        const double stood = over ? in.stationaryS : std::min(in.stationaryS, untilS - in.startS);
        const bool sufficient = over ? longEnough(in, plan.shortestS) : stood >= plan.shortestS;
        visitCells(now, *in.contactM, plan.radiusM, [&](std::size_t cell) {
            now.dwellS[cell] += float(stood);
            if (sufficient && plan.coverage->state[cell] == CellTreated) {
                now.state[cell] = CellTreated;
            }
        });
    }
    std::size_t treated = 0, all = 0;
    for (const std::uint8_t state : now.state) {
        treated += state == CellTreated;
        all += state != CellOutside;
    }
    now.covered = all > 0 ? double(treated) / double(all) : 0;
    now.missed = 0;  // nothing is missed before the work is over
    return now;
}

std::optional<std::size_t> cellAt(const Coverage& c, PointM at) {
    const double column = std::floor((at.x - c.origin.x) / c.cellM);
    const double row = std::floor((at.y - c.origin.y) / c.cellM);
    if (!(column >= 0 && row >= 0 && column < c.columns && row < c.rows)) {
        return std::nullopt;
    }
    return std::size_t(row) * std::size_t(c.columns) + std::size_t(column);
}

PointM cellCentre(const Coverage& c, std::size_t cell) {
    const auto columns = std::size_t(std::max(1, c.columns));
    return {c.origin.x + (double(cell % columns) + 0.5) * c.cellM,
            c.origin.y + (double(cell / columns) + 0.5) * c.cellM};
}

std::vector<std::size_t> insertionsReaching(const PlanData& plan, PointM at) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < plan.insertions.size(); ++i) {
        const Insertion& in = plan.insertions[i];
        if (counts(in) &&
            std::hypot(in.contactM->x - at.x, in.contactM->y - at.y) <= plan.radiusM) {
            found.push_back(i);
        }
    }
    return found;
}

QByteArray planCsv(const PlanData& plan) {
    QByteArray out;
    if (!plan.coverage) {
        return out;
    }
    const Coverage& c = *plan.coverage;
    out = "column,row,x_m,y_m,state,dwell_s\r\n";
    for (std::size_t cell = 0; cell < c.state.size(); ++cell) {
        if (c.state[cell] == CellOutside) {
            continue;
        }
        const PointM at = cellCentre(c, cell);
        out += QByteArray::number(qlonglong(cell % std::size_t(c.columns))) + ',' +
               QByteArray::number(qlonglong(cell / std::size_t(c.columns))) + ',' +
               QByteArray::number(at.x, 'f', 3) + ',' + QByteArray::number(at.y, 'f', 3) + ',' +
               stateName(c.state[cell]) + ',' + QByteArray::number(double(c.dwellS[cell]), 'f', 2) +
               "\r\n";
    }
    return out;
}

}  // namespace cvd::report
