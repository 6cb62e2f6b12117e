// Files that come with the program: models and the sample pour. They lie in share/cvd-mis beside
// the program's bin folder, in an installation and in a build folder alike; CVD_MIS_SHARE_DIR
// overrides.
#pragma once

#include <QString>

#include "core/base/result.h"
#include "core/compliance/profile_store.h"

namespace cvd::app {

QString shareDir();
QString defaultModelFile();                    // models/cvd-n.json
QString modelFileFrom(const QString& option);  // what --model says, or the default
QString userModelsDir();                       // models that were imported
// What --model says: a manifest, or the name of an installed model. One that was never tried on
// this computer is tried first, in a process of its own.
Result<QString> triedModelFrom(const QString& option);
compliance::ProfileStore ownProfiles();  // people's own, as in the program
// What --profile says, as loadProfile() takes it: a profile file, or the id or name of one that is
// here. Empty stays empty.
Result<QString> profileFrom(const QString& option);
QString sampleVideoFile();        // sample/pour.mp4
QString sampleCalibrationFile();  // sample/calibration.json
inline constexpr const char* kSampleProfile = "gb50666";

}  // namespace cvd::app
