#include "core/models/profile_library.h"

#include <QFileInfo>

#include "core/accounts/session.h"
#include "core/jobs/job_json.h"
#include "core/jobs/job_state.h"
#include "core/models/rights.h"
#include "core/storage/records.h"
#include "core/storage/repositories.h"

namespace cvd::models {

using compliance::KnownProfile;
using compliance::Profile;

ProfileLibrary::ProfileLibrary(storage::Database* database, QString folder, QString defaultId)
    : m_database(database), m_store(std::move(folder)), m_default(std::move(defaultId)) {}

Status ProfileLibrary::mayChange(const accounts::Session& session) const {
    return requireAdministrator(m_database, session);
}

Result<KnownProfile> ProfileLibrary::noted(const accounts::Session& session, const char* action,
                                           KnownProfile profile,
                                           const std::function<void()>& back) const {
    if (const Status status = note(m_database, session, QLatin1String(action), profile.profile.id,
                                   QStringLiteral("version %1").arg(profile.profile.version));
        !status.ok()) {
        back();
        return status.error();
    }
    return profile;
}

Result<KnownProfile> ProfileLibrary::add(const accounts::Session& session, Profile profile) const {
    CVD_TRY(mayChange(session));
    CVD_TRY_ASSIGN(KnownProfile added, m_store.add(std::move(profile)));
    return noted(session, "profile_added", added,
                 [this, id = added.profile.id] { (void)m_store.remove(id); });
}

Result<KnownProfile> ProfileLibrary::save(const accounts::Session& session, Profile profile) const {
    CVD_TRY(mayChange(session));
    CVD_TRY_ASSIGN(const KnownProfile before, m_store.find(profile.id));
    CVD_TRY_ASSIGN(KnownProfile saved, m_store.save(std::move(profile)));
    if (saved.profile.version == before.profile.version) {
        return saved;
    }
    return noted(session, "profile_changed", saved,
                 [&before] { (void)compliance::writeProfile(before.file, before.profile); });
}

Result<KnownProfile> ProfileLibrary::import(const accounts::Session& session,
                                            const QString& file) const {
    CVD_TRY(mayChange(session));
    const auto known = m_store.list().size();
    CVD_TRY_ASSIGN(KnownProfile added, m_store.import(file));
    if (m_store.list().size() == known) {
        return added;  // the same contents were there already
    }
    return noted(session, "profile_added", added,
                 [this, id = added.profile.id] { (void)m_store.remove(id); });
}

Status ProfileLibrary::requireUnused(const KnownProfile& profile) const {
    CVD_TRY_ASSIGN(const bool used, usedByJob(m_database, [&](const jobs::JobOptions& options) {
                       return QFileInfo(options.profile) == QFileInfo(profile.file);
                   }));
    if (!used) {
        return {};
    }
    return fail(ErrorKind::Usage,
                CVD_TR("core",
                       "A detection with the profile %1 is queued or running. Wait for it or "
                       "cancel it first."),
                {profile.profile.nameEn.toStdString()});
}

Result<Profile> ProfileLibrary::remove(const accounts::Session& session, const QString& id) const {
    CVD_TRY(mayChange(session));
    CVD_TRY_ASSIGN(KnownProfile known, m_store.find(id));
    if (!known.shipped() && id == m_default) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "The profile %1 is the default of new runs. Choose another default "
                           "first."),
                    {known.profile.nameEn.toStdString()});
    }
    CVD_TRY(requireUnused(known));
    CVD_TRY(m_store.remove(id));
    CVD_TRY_ASSIGN(known, noted(session, "profile_removed", known,
                                [this, &known] { (void)m_store.save(known.profile); }));
    return known.profile;
}

Result<KnownProfile> ProfileLibrary::restore(const accounts::Session& session,
                                             const Profile& profile) const {
    CVD_TRY(mayChange(session));
    CVD_TRY_ASSIGN(KnownProfile back, m_store.save(profile));
    return noted(session, "profile_added", back,
                 [this, id = back.profile.id] { (void)m_store.remove(id); });
}

}  // namespace cvd::models
