// Files that come with the program: models and the sample pour. They lie in share/cvd-mis beside
// the program's bin folder, in an installation and in a build folder alike; CVD_MIS_SHARE_DIR
// overrides.
#pragma once

#include <QString>

namespace cvd::app {

QString shareDir();
QString defaultModelFile();                    // models/cvd-n.json
QString modelFileFrom(const QString& option);  // what --model says, or the default
QString sampleVideoFile();                     // sample/pour.mp4
QString sampleCalibrationFile();               // sample/calibration.json
inline constexpr const char* kSampleProfile = "gb50666";

}  // namespace cvd::app
