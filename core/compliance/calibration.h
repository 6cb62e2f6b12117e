// Calibration: where the pixels of the full-size frame lie on the concrete surface.
// Files have the form "cvd-mis/calibration/1" of docs/contract.md.
#pragma once

#include <vector>

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
    int points = 0;            // it was fitted to

    PointM plane(PointPx p) const;
    PointPx image(PointM p) const;
    bool inFront(PointPx p) const;       // false beyond the horizon, where plane() means nothing
    double pxPerMetre(PointPx p) const;  // geometric mean of both directions at p
};

inline constexpr double kMaxResidualCm = 10.0;  // our setting: a worse fit is refused

// Each refusal is one sentence: fewer than four points, different counts, not a finite number,
// coincident or collinear points, crossing outline, folded order, residual too large,
// bad region, form line or obstacle, a length or an age out of range.
Status validateCalibration(const Calibration& calibration);
Result<Homography> solve(const Calibration& calibration);
// The same without the limit of the residual: shows which point is wrong while people still drag.
Result<Homography> fitCalibration(const Calibration& calibration);
// Distance of each point from where the homography puts it, centimetres on the concrete.
std::vector<double> residualsCm(const Homography& homography, const Calibration& calibration);

// Size of the picture that a calibration was made in. Files may carry it ("picture_px": [w, h]);
// older ones do not.
struct PictureSize {
    int width = 0, height = 0;
    bool known() const { return width > 0 && height > 0; }
    bool operator==(const PictureSize&) const = default;
};
PictureSize pictureSizeOf(const QByteArray& json);  // unknown when the file does not say
QByteArray withPictureSize(const QByteArray& json, PictureSize size);
// For a picture of another size, taken by the same camera. BadInput when the ratio of the sides
// differs: then the picture was cropped or comes from another camera. Unknown sizes change nothing,
// but points outside of the new picture are refused.
Result<Calibration> scaleCalibration(Calibration calibration, PictureSize from, PictureSize to);

Result<Calibration> parseCalibration(const QByteArray& json, const QString& where);
QByteArray calibrationToJson(const Calibration& calibration);
Result<Calibration> readCalibration(const QString& file);
Status writeCalibration(const QString& file, const Calibration& calibration);  // atomic

}  // namespace cvd::compliance
