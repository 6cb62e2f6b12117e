// Who may change what belongs to the whole computer (models, rule profiles), and the trail of it.
// Internal to this module. Thread of the Database.
#pragma once

#include <QString>

#include "core/base/result.h"

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

// An entry of the audit trail; nothing without a database.
Status note(storage::Database* database, const accounts::Session& session, const QString& action,
            const QString& subject, const QString& detail);

}  // namespace cvd::models
