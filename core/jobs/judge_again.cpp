#include "core/jobs/judge_again.h"

#include <QDir>
#include <QFile>
#include <filesystem>

#include "core/base/log.h"
#include "core/compliance/calibration.h"
#include "core/pipeline/pipeline.h"
#include "core/projects/media_library.h"
#include "core/projects/project_service.h"

namespace cvd::jobs {
namespace {

// The video over which the overlays are burnt in is shared where the disk can do that.
void shareVideo(const QString& from, const QString& to) {
    std::error_code problem;
    std::filesystem::create_hard_link(from.toStdString(), to.toStdString(), problem);
    if (problem) {
        QFile::copy(from, to);
    }
}

Status copyInputs(const QString& from, const QString& to) {
    if (!QDir().mkpath(to)) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The folder %1 cannot be written to. Choose another one or change "
                           "its permissions."),
                    {to.toStdString()});
    }
    for (const char* name : {"summary.json", "tracks.bin", "first_frame.png", "profile.json"}) {
        const QString source = from + QLatin1Char('/') + QLatin1String(name);
        const bool needed = qstrcmp(name, "summary.json") == 0 || qstrcmp(name, "tracks.bin") == 0;
        if (!QFile::exists(source) && !needed) {
            continue;
        }
        QFile file(source);
        if (!file.copy(to + QLatin1Char('/') + QLatin1String(name))) {
            return fail(ErrorKind::Environment,
                        CVD_TR("core", "The result %1 cannot be read. Run the detection again."),
                        {from.toStdString()}, file.errorString().toStdString());
        }
    }
    const QString video = from + QStringLiteral("/result.mp4");
    if (QFile::exists(video)) {
        shareVideo(video, to + QStringLiteral("/result.mp4"));
    }
    return {};
}

Result<ResultId> judgeInto(const QString& folder, projects::ProjectService& service,
                           const accounts::Session& session, const projects::ResultInfo& info,
                           const QString& profile) {
    CVD_TRY(copyInputs(info.folder, folder));
    CVD_TRY_ASSIGN(const auto calibration, service.calibration(session, info.project));
    const QString file = folder + QStringLiteral("/calibration.json");
    if (calibration) {
        CVD_TRY(compliance::writeCalibration(file, *calibration));
    }
    CVD_TRY(pipeline::rejudge(folder.toStdString(), profile.toStdString(),
                              calibration ? file.toStdString() : std::string()));
    CVD_TRY_ASSIGN(const ResultId id, service.storeResult(info.project, info.job, folder));
    // The result stands from here on. Corrections first: verdicts belong to what they lead to.
    if (const auto carried = service.carryCorrections(session, info.id, id); !carried) {
        log(LogLevel::Warning, "jobs", carried.error().message());
    }
    // Verdicts that could not be carried over are still with the
    // old one.
    if (const auto carried = service.carryVerdicts(session, info.id, id); !carried) {
        log(LogLevel::Warning, "jobs", carried.error().message());
    }
    return id;
}

}  // namespace

Result<ResultId> judgeAgain(projects::ProjectService& service,
                            const projects::MediaLibrary& library, const accounts::Session& session,
                            ResultId result, const QString& profile) {
    CVD_TRY_ASSIGN(const projects::ResultInfo info, service.result(session, result));
    const QString folder = library.newResultFolder();
    auto judged = judgeInto(folder, service, session, info, profile);
    if (!judged) {
        QDir(folder).removeRecursively();
    }
    return judged;
}

}  // namespace cvd::jobs
