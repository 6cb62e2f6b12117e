// Who may change what belongs to the whole computer (models, rule profiles), whether a detection
// needs it, and the trail of it.
// Internal to this module. Thread of the Database.
#pragma once

#include <functional>

#include <QString>

#include "core/base/result.h"
#include "core/jobs/job_runner.h"

namespace cvd::accounts {
struct Session;
}
namespace cvd::storage {
class Database;
}

namespace cvd::models {

// Asks the database, not the session. Without a database, or before it has a first administrator,
// there is nobody to ask: Ok. Usage otherwise.
Status requireAdministrator(storage::Database* database, const accounts::Session& session);

// Whether a detection that is queued or running uses it; false without a database.
Result<bool> usedByJob(storage::Database* database,
                       const std::function<bool(const jobs::JobOptions&)>& uses);

// An entry of the audit trail; nothing without a database.
Status note(storage::Database* database, const accounts::Session& session, const QString& action,
            const QString& subject, const QString& detail);

}  // namespace cvd::models
