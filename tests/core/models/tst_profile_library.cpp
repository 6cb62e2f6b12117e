// Own rule profiles with the rights of a database, on both engines: who may change them, what the
// trail says, and what cannot be removed.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/accounts/session.h"
#include "core/jobs/job_json.h"
#include "core/models/profile_library.h"
#include "core/storage/repositories.h"
#include "core/storage/schema.h"
#include "tests/core/storage/test_databases.h"

using namespace cvd;
using namespace cvd::models;
using accounts::Role;
using accounts::Session;
using compliance::Profile;

class TestProfileLibrary : public QObject {
    Q_OBJECT

    test::TestDatabases m_databases;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<storage::Database> m_database;
    Session m_admin, m_ann;

    ProfileLibrary library(const QString& defaultId = "gb50666") const {
        return {m_database.get(), m_dir->filePath("profiles"), defaultId};
    }
    QStringList trail() const {
        QStringList actions;
        const auto page = storage::AuditRepository(*m_database).list({});
        if (!page.ok()) {
            return {};
        }
        for (const auto& entry : page->rows) {
            actions << entry.action + ' ' + entry.subject + ' ' + entry.detail;
        }
        return actions;
    }
    static Profile named(const QString& name) {
        Profile p = *compliance::loadProfile("gb50666");
        p.id.clear();
        p.nameEn = name;
        return p;
    }
    void open(const QString& engine) {
        m_dir = std::make_unique<QTemporaryDir>();
        m_database = std::move(*storage::openReady(m_databases.fresh(engine)));
        for (const auto& [name, role] :
             {std::pair{"Admin", Role::Administrator}, std::pair{"Ann", Role::Normal}}) {
            storage::UserRecord user;
            user.name = name;
            user.authority = int(role);
            const UserId id = *storage::UserRepository(*m_database).insert(user);
            (role == Role::Administrator ? m_admin : m_ann) = Session{id, name, role};
        }
    }

private Q_SLOTS:
    void administratorsChangeThem_data() { test::TestDatabases::addEngineRows(); }
    void administratorsChangeThem() {
        QFETCH(QString, engine);
        CVD_REQUIRE_ENGINE(m_databases, engine);
        open(engine);
        CVD_UNWRAP(auto added, library().add(m_admin, named("North bridge")));
        QCOMPARE(added.profile.id, "north-bridge");
        QCOMPARE(added.profile.version, "1.0");

        // The database is asked, not what the session says of itself.
        Session forged = m_ann;
        forged.role = Role::Administrator;
        for (const Session& session : {m_ann, forged}) {
            QVERIFY(!library().add(session, named("No")).ok());
            QVERIFY(!library().save(session, added.profile).ok());
            QVERIFY(!library().remove(session, "north-bridge").ok());
            QVERIFY(!library().import(session, added.file).ok());
        }
        QCOMPARE(library().store().list().size(), compliance::builtInProfileIds().size() + 1);

        Profile changed = added.profile;
        changed.parameters[0].value += 1;
        CVD_UNWRAP(const auto saved, library().save(m_admin, changed));
        QCOMPARE(saved.profile.version, "1.1");
        CVD_UNWRAP(const auto same, library().save(m_admin, saved.profile));
        QCOMPARE(same.profile.version, "1.1");
        changed.parameters[0].value = -1;
        const auto refused = library().save(m_admin, changed);
        QVERIFY(!refused.ok() && refused.error().kind == ErrorKind::BadInput);

        CVD_UNWRAP(const Profile removed, library().remove(m_admin, "north-bridge"));
        QVERIFY(!library().store().find("north-bridge").ok());
        CVD_UNWRAP(const auto back, library().restore(m_admin, removed));
        QCOMPARE(back.profile.id, "north-bridge");
        QCOMPARE(back.profile.version, "1.1");
        const QStringList expected{
            "profile_added north-bridge version 1.1", "profile_removed north-bridge version 1.1",
            "profile_changed north-bridge version 1.1", "profile_added north-bridge version 1.0"};
        QCOMPARE(trail(), expected);
    }

    void whatIsInUseStays_data() { test::TestDatabases::addEngineRows(); }
    void whatIsInUseStays() {
        QFETCH(QString, engine);
        CVD_REQUIRE_ENGINE(m_databases, engine);
        open(engine);
        CVD_UNWRAP(const auto added, library().add(m_admin, named("Tunnel")));
        const auto asDefault = library("tunnel").remove(m_admin, "tunnel");
        QVERIFY(!asDefault.ok());
        QVERIFY(asDefault.error().message().find("default") != std::string::npos);
        QVERIFY(!library().remove(m_admin, "gb50666").ok());

        storage::ProjectRecord project;
        project.name = "wall";
        project.owner = m_admin.user;
        CVD_UNWRAP(project.id, storage::ProjectRepository(*m_database).insert(project));
        storage::JobRecord job;
        job.project = project.id;
        job.owner = m_admin.user;
        jobs::StoredOptions stored;
        stored.options.profile = added.reference();
        job.optionsJson = jobs::toJson(stored);
        CVD_UNWRAP(job.id, storage::JobRepository(*m_database).insert(job));
        const auto queued = library().remove(m_admin, "tunnel");
        QVERIFY(!queued.ok());
        QVERIFY(queued.error().message().find("queued") != std::string::npos);
        job.state = 2;
        CVD_VERIFY_OK(storage::JobRepository(*m_database).update(job));
        CVD_VERIFY_OK(library().remove(m_admin, "tunnel"));
    }

    void withoutADatabaseWhoeverWritesTheFolderMay() {
        const QTemporaryDir dir;
        const ProfileLibrary free(nullptr, dir.filePath("profiles"), "gb50666");
        CVD_UNWRAP(const auto added, free.add({}, named("Alone")));
        CVD_VERIFY_OK(free.remove({}, added.profile.id));
    }

    void profilesAreFoundByName() {
        const QTemporaryDir dir;
        const ProfileLibrary free(nullptr, dir.path(), "gb50666");
        Profile p = named("Quay wall");
        p.nameZh = QStringLiteral("码头");
        CVD_VERIFY_OK(free.add({}, p));
        QCOMPARE(free.store().named("quay WALL")->profile.id, "quay-wall");
        QCOMPARE(free.store().named(QStringLiteral("码头"))->profile.id, "quay-wall");
        QCOMPARE(free.store().named("gb50666")->profile.id, "gb50666");
        QVERIFY(!free.store().named("nobody").ok());
    }
};

QTEST_GUILESS_MAIN(TestProfileLibrary)
#include "tst_profile_library.moc"
