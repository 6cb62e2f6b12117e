#include "app/share.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "app/cli.h"
#include "core/models/model_library.h"
#include "ui/profile_choice.h"
#include "ui/settings.h"

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
QString userModelsDir() {
    return ui::dataDir() + QStringLiteral("/models");
}

Result<QString> triedModelFrom(const QString& option) {
    if (option.isEmpty()) {
        return defaultModelFile();
    }
    const QFileInfo asked(option);
    for (const models::InstalledModel& model :
         models::installedModels(shareDir() + QStringLiteral("/models"), userModelsDir())) {
        const bool byName = !asked.exists() && model.name.compare(option, Qt::CaseInsensitive) == 0;
        const bool byFile = asked.exists() && asked.canonicalFilePath() ==
                                                  QFileInfo(model.manifestFile).canonicalFilePath();
        if (byName || byFile) {
            CVD_TRY(model.problem);
            return model.manifestFile;
        }
    }
    CVD_TRY(inference::loadManifest(option.toStdString()));
    models::ProbeControl control;
    control.cancelled = [] { return cancelFlag().load(); };
    CVD_TRY(models::probeInChild(option, control));
    return option;
}

compliance::ProfileStore ownProfiles() {
    return ui::profileStore();
}

Result<QString> profileFrom(const QString& option) {
    if (option.isEmpty() || compliance::builtInProfileIds().contains(option)) {
        return option;
    }
    if (const auto own = ownProfiles().find(option); own.ok()) {
        return own->reference();
    }
    if (QFileInfo(option).isFile()) {
        return QFileInfo(option).absoluteFilePath();
    }
    CVD_TRY_ASSIGN(const auto known, ownProfiles().named(option));
    return known.reference();
}

QString sampleVideoFile() {
    return shareDir() + "/sample/pour.mp4";
}
QString sampleCalibrationFile() {
    return shareDir() + "/sample/calibration.json";
}

}  // namespace cvd::app
