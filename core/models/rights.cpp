#include "core/models/rights.h"

#include "core/accounts/session.h"
#include "core/jobs/job_json.h"
#include "core/jobs/job_state.h"
#include "core/storage/records.h"
#include "core/storage/repositories.h"

namespace cvd::models {

Status requireAdministrator(storage::Database* database, const accounts::Session& session) {
    if (database == nullptr) {
        return {};
    }
    storage::UserRepository users(*database);
    CVD_TRY_ASSIGN(const qint64 administrators,
                   users.countWithAuthority(int(accounts::Role::Administrator)));
    if (administrators == 0) {
        return {};
    }
    CVD_TRY_ASSIGN(const auto user, users.find(session.user));
    if (!user || user->authority != int(accounts::Role::Administrator)) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "Only an administrator may do this. Ask one to do it for you."));
    }
    return {};
}

Result<bool> usedByJob(storage::Database* database,
                       const std::function<bool(const jobs::JobOptions&)>& uses) {
    if (database == nullptr) {
        return false;
    }
    for (const jobs::JobState state : {jobs::JobState::Queued, jobs::JobState::Running}) {
        CVD_TRY_ASSIGN(const auto rows, storage::JobRepository(*database).inState(int(state)));
        for (const storage::JobRecord& row : rows) {
            if (uses(jobs::optionsFromJson(row.optionsJson).options)) {
                return true;
            }
        }
    }
    return false;
}

Status note(storage::Database* database, const accounts::Session& session, const QString& action,
            const QString& subject, const QString& detail) {
    if (database == nullptr) {
        return {};
    }
    storage::AuditRecord entry;
    entry.user = session.user;
    entry.userName = session.name;
    entry.action = action;
    entry.subject = subject;
    entry.detail = detail;
    return storage::AuditRepository(*database).append(entry);
}

}  // namespace cvd::models
