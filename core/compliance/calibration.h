// Calibration: where the pixels of the full-size frame lie on the concrete surface.
// Files have the form "cvd-mis/calibration/1" of docs/contract.md.
#pragma once

#include <QByteArray>
#include <QString>

#include "core/base/result.h"
#include "core/base/types.h"

namespace cvd::compliance {

// Picture plane to concrete plane. Holds only for points on the concrete surface, so use it for the
// contact point, never for the top of the bar.
struct Homography {
    double toPlane[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};  // row-major, px -> m
    double toImage[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};  // m -> px
    double residualCm = 0;     // root mean square over the points; 0 for exactly four points
    double maxResidualCm = 0;  // the worst point

    PointM plane(PointPx p) const;
    PointPx image(PointM p) const;
    bool inFront(PointPx p) const;       // false beyond the horizon, where plane() means nothing
    double pxPerMetre(PointPx p) const;  // geometric mean of both directions at p
};

inline constexpr double kMaxResidualCm = 10.0;  // our setting: a worse fit is refused

// Each refusal is one sentence: fewer than four points, different counts, not a finite number,
// coincident or collinear points, crossing outline, mirrored or folded order, residual too large,
// bad region, form line or obstacle, a length or an age out of range.
Status validateCalibration(const Calibration& calibration);
Result<Homography> solve(const Calibration& calibration);

Result<Calibration> parseCalibration(const QByteArray& json, const QString& where);
QByteArray calibrationToJson(const Calibration& calibration);
Result<Calibration> readCalibration(const QString& file);
Status writeCalibration(const QString& file, const Calibration& calibration);  // atomic

}  // namespace cvd::compliance
