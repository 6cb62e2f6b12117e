// A calibration meets a picture of another size.
#include <algorithm>
#include <cmath>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/compliance/calibration.h"

namespace cvd::compliance {
namespace {

constexpr double kSameRatio = 0.005;  // encoders round sizes to even numbers

Error bad(std::string text, std::vector<std::string> args) {
    return fail(ErrorKind::BadInput, std::move(text), std::move(args));
}

std::string sizeText(PictureSize size) {
    return std::to_string(size.width) + " x " + std::to_string(size.height);
}

// A handle may be drawn a little beyond the edge, where a corner is just out of sight.
bool inPicture(const Calibration& c, PictureSize size) {
    return std::all_of(c.imagePoints.begin(), c.imagePoints.end(), [&](const PointPx& p) {
        return p.x >= -0.5 * size.width && p.y >= -0.5 * size.height && p.x <= 1.5 * size.width &&
               p.y <= 1.5 * size.height;
    });
}

}  // namespace

PictureSize pictureSizeOf(const QByteArray& json) {
    const QJsonArray size = QJsonDocument::fromJson(json).object()["picture_px"].toArray();
    constexpr int kLeast = 2, kMost = 1 << 16;
    const int width = size.at(0).toInt(), height = size.at(1).toInt();
    const bool plausible =
        size.size() == 2 && std::min(width, height) >= kLeast && std::max(width, height) <= kMost;
    return plausible ? PictureSize{width, height} : PictureSize{};
}

QByteArray withPictureSize(const QByteArray& json, PictureSize size) {
    QJsonObject object = QJsonDocument::fromJson(json).object();
    if (size.known()) {
        object["picture_px"] = QJsonArray{size.width, size.height};
    }
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

Result<Calibration> scaleCalibration(Calibration calibration, PictureSize from, PictureSize to) {
    if (from.known() && to.known() && from != to) {
        const double ratio = (double(from.width) / from.height) / (double(to.width) / to.height);
        if (std::abs(ratio - 1) > kSameRatio) {
            return bad(CVD_TR("core",
                              "The calibration was made in a picture of %1 pixels; this video has "
                              "%2, another shape. Calibrate this video by itself."),
                       {sizeText(from), sizeText(to)});
        }
        const double x = double(to.width) / from.width, y = double(to.height) / from.height;
        for (PointPx& p : calibration.imagePoints) {
            // (0,0) is the centre of the first pixel; sizes are measured between edges.
            p = {(p.x + 0.5) * x - 0.5, (p.y + 0.5) * y - 0.5};
        }
    }
    if (to.known() && !inPicture(calibration, to)) {
        return bad(CVD_TR("core",
                          "The calibration's points lie far outside of the picture of %1 pixels; "
                          "it was made for another video."),
                   {sizeText(to)});
    }
    return calibration;
}

}  // namespace cvd::compliance
