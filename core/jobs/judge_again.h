// A stored result judged again with the project's calibration of today, as a result beside the old
// one: what was signed once stays as it was.
#pragma once

#include <optional>

#include <QString>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/compliance/judge.h"
#include "core/report/report_data.h"

namespace cvd::accounts {
struct Session;
}
namespace cvd::projects {
class MediaLibrary;
class ProjectService;
}  // namespace cvd::projects

namespace cvd::jobs {

// The new result's id; it is the project's latest, and carries the verdicts that still apply.
// `profile` and `settings` empty: those of the result. Blocks for a second or a few (a long pour's
// tables are written anew): call it in a worker thread with services of its own. Errors: Usage when
// the session may not see the result, BadInput for files, Environment for disk and database.
// Nothing is left behind by a failure.
Result<ResultId> judgeAgain(projects::ProjectService& service,
                            const projects::MediaLibrary& library, const accounts::Session& session,
                            ResultId result, const QString& profile = {},
                            const std::optional<compliance::JudgeSettings>& settings = {});

// What a report would say under another profile: judged in `folder` (an empty one that exists for
// as long as the report is made), with the report's own calibration, video and the verdicts that
// still apply. Nothing is stored. Errors: BadInput for profile and files, Environment for the disk.
Result<report::ReportData> reportUnder(const report::ReportData& data, const QString& profile,
                                       const QString& folder);

}  // namespace cvd::jobs
