#include "core/projects/project_report.h"

#include "core/accounts/session.h"
#include "core/base/log.h"

namespace cvd::projects {
namespace {

report::Statement toStatement(const VerdictEntry& entry) {
    report::Statement s;
    s.review = entry.verdict == UserVerdict::Confirmed    ? report::Review::Confirmed
               : entry.verdict == UserVerdict::FalseAlarm ? report::Review::FalseAlarm
               : entry.verdict == UserVerdict::Open       ? report::Review::Open
                                                          : report::Review::Undecided;
    s.who = entry.userName;
    s.at = entry.at;
    s.reason = entry.reason;
    s.note = entry.note;
    return s;
}

}  // namespace

Result<report::ReportData> reportOf(ProjectService& service, const accounts::Session& session,
                                    ProjectId id, ResultId wanted) {
    CVD_TRY_ASSIGN(const Project project, service.project(session, id));
    if (!wanted.valid() && !project.latestResult) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The project %1 has no result yet. Run it first."),
                    {project.name.toStdString()});
    }
    CVD_TRY_ASSIGN(const ResultInfo result,
                   service.result(session, wanted.valid() ? wanted : project.latestResult->id));
    const auto video = service.playableVideo(session, id);
    CVD_TRY_ASSIGN(auto data,
                   report::readReportData(result.folder, video.ok() ? *video : QString()));
    data.title = project.name;
    data.summary.video.file =
        project.video.file;  // as it was imported, not as the library keeps it
    data.owner = project.ownerName;
    data.description = project.description;
    data.imported = project.created;
    CVD_TRY_ASSIGN(const auto who, service.actor(session));
    data.preparedBy = who.name;
    CVD_TRY_ASSIGN(data.insertions, service.insertions(session, result.id));
    CVD_TRY_ASSIGN(const auto log, service.corrections(session, result.id));
    if (const auto active = activeCorrections(log); !active.empty()) {
        CVD_TRY(report::layCorrectionsOver(data, active));
    }
    CVD_TRY_ASSIGN(const auto reviewed, service.violations(session, result.id));
    data.findings.clear();
    for (const ReviewedViolation& item : reviewed) {
        if (item.violation.verdict == Verdict::Pass) {
            continue;
        }
        report::Finding finding{item.id.value, item.violation, {}};
        finding.corrected = item.byHand;
        for (const VerdictEntry& entry : item.history) {
            finding.history.append(toStatement(entry));
        }
        data.findings.push_back(std::move(finding));
    }
    return data;
}

void recordExport(ProjectService& service, const accounts::Session& session, ProjectId project,
                  const report::ExportOutcome& outcome) {
    QStringList names;
    for (const QString& file : outcome.files) {
        const QString name = file.section(QLatin1Char('/'), 0, 0);  // one word for all clips
        if (!names.contains(name)) {
            names << name;
        }
    }
    const Status noted = service.recordUse(session, project, ProjectService::Use::ResultExported,
                                           names.join(QStringLiteral(", ")));
    if (!noted.ok()) {
        log(LogLevel::Warning, "projects",
            "An export was not recorded in the audit trail: " + noted.error().message());
    }
}

}  // namespace cvd::projects
