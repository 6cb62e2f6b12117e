#include "core/accounts/session.h"
#include "core/base/log.h"
#include "core/projects/project_service.h"
#include "core/storage/repositories.h"

namespace cvd::projects {
namespace {

const QString& settingKey() {
    static const QString key = QStringLiteral("sample_project");
    return key;
}

}  // namespace

Result<ProjectId> ensureSampleProject(ProjectService& service, storage::Database& database,
                                      const accounts::Session& session, const QString& videoFile,
                                      const QString& calibrationFile, const QString& name,
                                      const QString& description) {
    storage::SettingRepository settings(database);
    CVD_TRY_ASSIGN(const auto made, settings.get(settingKey()));
    if (made) {
        const ProjectId id{made->toLongLong()};
        return service.mayUse(session, id).ok() ? id : ProjectId();
    }
    NewProject sample;
    sample.name = name.isEmpty() ? QString::fromLatin1(kSampleName) : name;
    sample.description =
        description.isEmpty() ? QString::fromLatin1(kSampleDescription) : description;
    sample.sourceFile = videoFile;
    CVD_TRY_ASSIGN(const ProjectId id, service.create(session, sample));
    // Two programs may start for the first time together: one of the two samples goes again.
    CVD_TRY_ASSIGN(const bool first, settings.setOnce(settingKey(), QString::number(id.value)));
    if (!first) {
        CVD_TRY(service.remove(session, id));
        return ProjectId();
    }
    if (!calibrationFile.isEmpty()) {
        CVD_TRY(service.importCalibration(session, id, calibrationFile));
    }
    return id;
}

}  // namespace cvd::projects
