// A calibration with the size of the picture in which its points were marked, as it lies on disk.
#pragma once

#include <QString>

#include "core/compliance/calibration.h"

namespace cvd::compliance {

struct CalibrationFile {
    Calibration calibration;
    PictureSize madeIn;  // unknown in older files
};

// A regular file of at most 4 MB; anything else is BadInput.
Result<CalibrationFile> readCalibrationFile(const QString& file);
Status writeCalibrationFile(const QString& file, const CalibrationFile& content);  // atomic

}  // namespace cvd::compliance
