// The rule profiles of this computer with the rights of a database: reading and exporting is for
// everybody (store()), changing asks the database whether the session is an administrator's, and
// leaves an entry in the audit trail. Without a database, or before it has a first administrator,
// whoever may write into the folder may do it.
//
// Threading: the thread of the Database. Errors: Usage for what the session may not do and for what
// is in use, BadInput for profiles, Environment for disk and database.
#pragma once

#include <functional>

#include "core/compliance/profile_store.h"

namespace cvd::accounts {
struct Session;
}
namespace cvd::storage {
class Database;
}

namespace cvd::models {

class ProfileLibrary {
public:
    // `database` null: there is none yet. `defaultId`: of new runs; that one cannot be removed.
    ProfileLibrary(storage::Database* database, QString folder, QString defaultId);

    const compliance::ProfileStore& store() const { return m_store; }

    Status mayChange(const accounts::Session& session) const;
    // Version 1.0 under an id of its own.
    Result<compliance::KnownProfile> add(const accounts::Session& session,
                                         compliance::Profile profile) const;
    // The next version of an own profile, or the same one when nothing was changed.
    Result<compliance::KnownProfile> save(const accounts::Session& session,
                                          compliance::Profile profile) const;
    Result<compliance::KnownProfile> import(const accounts::Session& session,
                                            const QString& file) const;
    // Refused for shipped ones, for the default, and while a detection with it is queued or
    // running. What is removed comes back, for a way to put it there again with restore().
    Result<compliance::Profile> remove(const accounts::Session& session, const QString& id) const;
    // As it was, under its own id.
    Result<compliance::KnownProfile> restore(const accounts::Session& session,
                                             const compliance::Profile& profile) const;

private:
    Status requireUnused(const compliance::KnownProfile& profile) const;
    // What is not in the trail did not happen: `back` takes the change back then.
    Result<compliance::KnownProfile> noted(const accounts::Session& session, const char* action,
                                           compliance::KnownProfile profile,
                                           const std::function<void()>& back) const;

    storage::Database* m_database;
    compliance::ProfileStore m_store;
    QString m_default;
};

}  // namespace cvd::models
