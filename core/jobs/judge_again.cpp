#include "core/jobs/judge_again.h"

#include <QDir>
#include <QFile>
#include <filesystem>

#include "core/base/log.h"
#include "core/compliance/calibration.h"
#include "core/compliance/same_findings.h"
#include "core/pipeline/pipeline.h"
#include "core/projects/media_library.h"
#include "core/projects/project_service.h"

namespace cvd::jobs {
namespace {

// A second name for the same bytes, or a copy where the disk knows none. Nobody writes into files
// of a result; they are replaced whole.
void share(const QString& from, const QString& to) {
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
    for (const char* name : {"summary.json", "profile.json", "calibration.json"}) {
        const QString source = from + QLatin1Char('/') + QLatin1String(name);
        if (!QFile::exists(source) && qstrcmp(name, "summary.json") != 0) {
            continue;
        }
        QFile file(source);
        if (!file.copy(to + QLatin1Char('/') + QLatin1String(name))) {
            return fail(ErrorKind::Environment,
                        CVD_TR("core", "The result %1 cannot be read. Run the detection again."),
                        {from.toStdString()}, file.errorString().toStdString());
        }
    }
    for (const char* name : report::kTrackTables) {
        const QString table = from + QLatin1Char('/') + QLatin1String(name);
        const QString shared = to + QLatin1Char('/') + QLatin1String(name);
        if (QFile::exists(table) && !QFile::exists(shared)) {
            share(table, shared);
        }
    }
    const QString video = from + QStringLiteral("/result.mp4");
    if (QFile::exists(video)) {
        share(video, to + QStringLiteral("/result.mp4"));
    }
    return {};
}

Result<ResultId> judgeInto(const QString& folder, projects::ProjectService& service,
                           const accounts::Session& session, const projects::ResultInfo& info,
                           const QString& profile,
                           const std::optional<compliance::JudgeSettings>& settings) {
    CVD_TRY(copyInputs(info.folder, folder));
    CVD_TRY_ASSIGN(const auto calibration, service.calibration(session, info.project));
    const QString file = folder + QStringLiteral("/calibration.json");
    QFile::remove(file);  // the project's of today counts
    if (calibration) {
        CVD_TRY(compliance::writeCalibration(file, *calibration));
    }
    CVD_TRY(pipeline::rejudge(folder.toStdString(), profile.toStdString(),
                              calibration ? file.toStdString() : std::string(), settings));
    CVD_TRY_ASSIGN(const ResultId id, service.storeResult(info.project, info.job, folder));
    // The result stands from here on. Corrections first: verdicts belong to what they lead to.
    if (const auto carried = service.carryCorrections(session, info.id, id); !carried) {
        log(LogLevel::Warning, "jobs", carried.error().message());
    }
    // Verdicts that could not be carried over are still with the old one.
    if (const auto carried = service.carryVerdicts(session, info.id, id); !carried) {
        log(LogLevel::Warning, "jobs", carried.error().message());
    }
    return id;
}

// What people put right by hand counts under another profile, too.
Status layOver(report::ReportData& judged, const report::ReportData& data) {
    CVD_TRY_ASSIGN(auto judgement, report::layCorrectionsOver(judged, data.corrections));
    judged.insertions = std::move(judgement.insertions);
    judged.findings.clear();
    for (Violation& v : judgement.violations) {
        if (v.verdict != Verdict::Pass) {
            const qint64 key = v.id;
            judged.findings.push_back({key, std::move(v), {}});
        }
    }
    return {};
}

}  // namespace

Result<ResultId> judgeAgain(projects::ProjectService& service,
                            const projects::MediaLibrary& library, const accounts::Session& session,
                            ResultId result, const QString& profile,
                            const std::optional<compliance::JudgeSettings>& settings) {
    CVD_TRY_ASSIGN(const projects::ResultInfo info, service.result(session, result));
    const QString folder = library.newResultFolder();
    auto judged = judgeInto(folder, service, session, info, profile, settings);
    if (!judged) {
        QDir(folder).removeRecursively();
    }
    return judged;
}

Result<report::ReportData> reportUnder(const report::ReportData& data, const QString& profile,
                                       const QString& folder) {
    CVD_TRY(copyInputs(data.resultFolder, folder));
    CVD_TRY(pipeline::rejudge(folder.toStdString(), profile.toStdString()));
    CVD_TRY_ASSIGN(auto judged, report::readReportData(
                                    folder, data.videoAnnotated ? QString() : data.videoFile));
    if (!data.corrections.empty()) {
        CVD_TRY(layOver(judged, data));
    }
    judged.title = data.title;
    judged.owner = data.owner;
    judged.description = data.description;
    judged.preparedBy = data.preparedBy;
    judged.imported = data.imported;
    judged.pourDate = data.pourDate;
    std::vector<Violation> before, after;
    for (const report::Finding& finding : data.findings) {
        before.push_back(finding.violation);
    }
    for (const report::Finding& finding : judged.findings) {
        after.push_back(finding.violation);
    }
    const auto become = compliance::sameFindings(
        before, after, compliance::sameInsertions(data.insertions, judged.insertions));
    for (std::size_t i = 0; i < become.size(); ++i) {
        if (become[i]) {
            judged.findings[*become[i]].history = data.findings[i].history;
        }
    }
    return judged;
}

}  // namespace cvd::jobs
