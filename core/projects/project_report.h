// What a report says of a project's result, read with the rights of the session: the result folder,
// what people said of each finding, and who asks.
#pragma once

#include "core/projects/project_service.h"
#include "core/report/export.h"
#include "core/report/report_data.h"

namespace cvd::projects {

// `result` invalid: the newest. The video is the project's own; when it is missing or changed the
// folder's result.mp4 serves. BadInput: no result yet, or its folder is gone. Thread of the
// service; what it answers may go to any thread.
Result<report::ReportData> reportOf(ProjectService& service, const accounts::Session& session,
                                    ProjectId project, ResultId result = {});

// An entry of the audit trail: who took what of the project's record out of the program. An export
// that is made is not taken back because this fails; then it is logged.
void recordExport(ProjectService& service, const accounts::Session& session, ProjectId project,
                  const report::ExportOutcome& outcome);

}  // namespace cvd::projects
