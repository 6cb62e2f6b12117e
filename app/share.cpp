#include "app/share.h"

#include <QCoreApplication>
#include <QDir>

namespace cvd::app {

QString shareDir() {
    const QString fromEnvironment = qEnvironmentVariable("CVD_MIS_SHARE_DIR");
    if (!fromEnvironment.isEmpty()) {
        return fromEnvironment;
    }
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + "/../share/cvd-mis");
}

QString defaultModelFile() {
    return shareDir() + "/models/cvd-n.json";
}
QString modelFileFrom(const QString& option) {
    return option.isEmpty() ? defaultModelFile() : option;
}
QString sampleVideoFile() {
    return shareDir() + "/sample/pour.mp4";
}
QString sampleCalibrationFile() {
    return shareDir() + "/sample/calibration.json";
}

}  // namespace cvd::app
