// Migrations, repositories and copying, each on SQLite and on a real MariaDB server.
#include <QThread>

#include "core/base/log.h"
#include "core/storage/copy_database.h"
#include "core/storage/project_search.h"
#include "core/storage/repositories.h"
#include "test_databases.h"

using namespace cvd;
using namespace cvd::storage;

namespace {

// Opens a new, migrated database for the engine of the current row.
#define CVD_FRESH(db)                                                       \
    QFETCH(QString, engine);                                                \
    CVD_REQUIRE_ENGINE(m_databases, engine);                                \
    CVD_UNWRAP(const auto db##Owner, openReady(m_databases.fresh(engine))); \
    Database& db = *db##Owner

UserRecord newUser(const QString& name, int authority = 0) {
    UserRecord user;
    user.name = name;
    user.authority = authority;
    return user;
}

ProjectRecord newProject(UserId owner, const QString& name) {
    ProjectRecord project;
    project.owner = owner;
    project.name = name;
    project.description = QStringLiteral("Wall of ") + name;
    return project;
}

VideoRecord newVideo() {
    VideoRecord v;
    v.sha256 = QString(64, QLatin1Char('a'));
    v.path = QStringLiteral("media/aa/浇筑.mp4");
    v.thumbnail = QStringLiteral("thumbnails/aa/x.jpg");
    v.fileName = QStringLiteral("浇筑 1.mp4");
    v.bytes = 5'000'000'000;
    v.modified =
        QDateTime::fromString(QStringLiteral("2026-03-01T04:05:06.789Z"), Qt::ISODateWithMs);
    v.width = 1280;
    v.height = 720;
    v.frames = 3'000'000'000;
    v.fps = 30000.0 / 1001.0;
    v.durationS = 0.1 + 0.2;
    v.timeBaseNum = 1;
    v.timeBaseDen = 90000;
    v.variableFrameRate = true;
    v.codec = QStringLiteral("h264");
    return v;
}

ResultRecord newResult(ProjectId project, const QString& folder) {
    ResultRecord r;
    r.project = project;
    r.folder = folder;
    r.profileId = QStringLiteral("gb50666");
    r.profileVersion = QStringLiteral("1");
    r.modelName = QStringLiteral("poker");
    r.modelVersion = QStringLiteral("0.1");
    r.modelSha256 = QString(64, QLatin1Char('f'));
    r.device = QStringLiteral("cpu");
    r.calibrated = true;
    r.radiusOfActionM = 0.35;
    r.wallS = 12.5;
    r.framesPerS = 40.25;
    r.inferenceS = 6.125;
    r.summaryJson = QStringLiteral("{\"schema\":\"cvd-mis/result/1\",\"说明\":\"%1\"}");
    r.insertions = 2;
    r.violations = 2;
    r.cannotJudge = 1;
    return r;
}

Violation newViolation(std::int64_t id) {
    Violation v;
    v.id = id;
    v.rule = "under_vibration";
    v.verdict = Verdict::Violation;
    v.severity = Severity::Critical;
    v.startFrame = 10;
    v.endFrame = 4'000'000'000;
    v.startS = 0.4;
    v.endS = 1.0 / 3.0;
    v.insertion = 1;
    v.value = 3.7;
    v.limit = 5;
    v.unit = "s";
    v.positionM = PointM{1.25, -0.5};
    v.source = "GB 50666-2011 8.4.6 振捣";
    v.confidence = 0.9;
    v.reason = "Vibrated %1 s of %2 s.";
    v.reasonArgs = {"3.7", "5"};
    return v;
}

Insertion newInsertion(std::int64_t id) {
    Insertion i;
    i.id = id;
    i.track = TrackId{7};
    i.startFrame = 1;
    i.endFrame = 99;
    i.startS = 0.04;
    i.endS = 3.96;
    i.immersedS = 3.92;
    i.stationaryS = 2.5;
    i.contactPx = {100.5, 200.25};
    i.contactM = PointM{0.1, 0.2};
    i.tiltDeg = 12.5;
    i.pathPx = 31.5;
    i.confidence = 0.75;
    i.effective = false;
    i.openStart = true;
    return i;
}

// The rows of a plan, as one text.
QString planOf(Database& db, const QString& sql, const QVariantList& values) {
    const bool sqlite = db.engine() == Engine::Sqlite;
    const auto rows = db.select(
        (sqlite ? QStringLiteral("EXPLAIN QUERY PLAN ") : QStringLiteral("EXPLAIN ")) + sql,
        values);
    QStringList lines;
    if (rows.ok()) {
        for (const Row& row : *rows) {
            QStringList cells;
            for (int i = 0; i < row.size(); ++i) {
                cells << row.text(i);
            }
            lines << cells.join(QLatin1Char('|'));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

class StorageTest : public QObject {
    Q_OBJECT

    test::TestDatabases m_databases;

    // A user with a project, a job, a result with findings and a verdict: something in every table.
    Status fill(Database& db) {
        CVD_TRY_ASSIGN(const UserId user,
                       UserRepository(db).insert(newUser(QStringLiteral("张伟"), 1)));
        CVD_TRY(LoginRepository(db).set({user, QStringLiteral("$argon2id$x"), {}, true}));
        CVD_TRY_ASSIGN(const VideoId video, VideoRepository(db).insert(newVideo()));
        ProjectRecord project = newProject(user, QStringLiteral("B2 slab"));
        project.video = video;
        CVD_TRY_ASSIGN(const ProjectId pid, ProjectRepository(db).insert(project));
        JobRecord job;
        job.project = pid;
        job.owner = user;
        job.kind = QStringLiteral("detect");
        CVD_TRY_ASSIGN(const JobId jid, JobRepository(db).insert(job));
        ResultRecord result = newResult(pid, QStringLiteral("results/1"));
        result.job = jid;
        CVD_TRY_ASSIGN(const ResultId rid, ResultRepository(db).insert(result));
        CVD_TRY(InsertionRepository(db).insert(rid, {newInsertion(1), newInsertion(2)}));
        CVD_TRY(ViolationRepository(db).insert(rid, {newViolation(1), newViolation(2)}));
        CVD_TRY_ASSIGN(const auto violations, ViolationRepository(db).ofResult(rid));
        VerdictRecord verdict;
        verdict.violation = violations.first().id;
        verdict.user = user;
        verdict.userName = QStringLiteral("张伟");
        verdict.verdict = 2;
        verdict.reason = QStringLiteral("hose, not poker");
        CVD_TRY_ASSIGN([[maybe_unused]] const auto stored, VerdictRepository(db).append(verdict));
        const ViolationId found = violations.first().id;
        CVD_TRY(SeenRepository(db).set({found, user, QStringLiteral("张伟"), {}}));
        CVD_TRY(SeenRepository(db).set({found, user, QStringLiteral("张伟"), {}}));  // once
        CorrectionRepository corrections(db);
        CorrectionRecord correction;
        correction.result = rid;
        correction.user = user;
        correction.userName = QStringLiteral("张伟");
        correction.content = QStringLiteral("{}");
        CVD_TRY_ASSIGN(const auto put, corrections.append(correction));
        CVD_TRY(corrections.setActive(put.id, false));
        CVD_TRY(corrections.setJudgement(rid, QStringLiteral("{}")));
        CVD_TRY(corrections.setViolationState({violations.last().id, false, true}));
        CVD_TRY(corrections.recount(rid, 2));
        CVD_TRY(CalibrationRepository(db).setForProject(pid, QStringLiteral("c"),
                                                        QStringLiteral("{}")));
        CVD_TRY(AuditRepository(db).append({-1, {}, user, "张伟", "sign_in", "张伟", ""}));
        CVD_TRY(SettingRepository(db).set(QStringLiteral("k"), QStringLiteral("v")));
        return SignInAttemptRepository(db).set({"nobody", 3, QDateTime::currentDateTimeUtc()});
    }

    // Every row of every table, as text.
    static QString dump(Database& db) {
        QString all;
        for (const TableSpec& table : schemaTables()) {
            const auto rows = db.select(
                QStringLiteral("SELECT * FROM %1 ORDER BY %2").arg(table.name, table.key.first()));
            all += table.name + QLatin1Char('\n');
            for (const Row& row : rows.ok() ? *rows : Rows()) {
                for (int i = 0; i < row.size(); ++i) {
                    all += row.text(i) + QLatin1Char('|');
                }
                all += QLatin1Char('\n');
            }
        }
        return all;
    }

private Q_SLOTS:
    void initTestCase() {
        setLogSink([](LogLevel, std::string_view, std::string_view) {});
    }

    // --- Migrations ---

    void migratesAFreshDatabase_data() { test::TestDatabases::addEngineRows(); }
    void migratesAFreshDatabase() {
        QFETCH(QString, engine);
        CVD_REQUIRE_ENGINE(m_databases, engine);
        CVD_UNWRAP(const auto db, Database::open(m_databases.fresh(engine)));
        CVD_UNWRAP(SchemaStatus status, schemaStatus(*db));
        QCOMPARE(status.state, SchemaState::Empty);
        QCOMPARE(problemOf(usable(*db, status).error()), Problem::NotMigrated);
        CVD_UNWRAP(status, migrate(*db));
        QCOMPARE(status.state, SchemaState::Upgraded);
        QCOMPARE(status.version, programSchemaVersion());
        CVD_VERIFY_OK(fill(*db));
        const QString before = dump(*db);
        CVD_UNWRAP(status, migrate(*db));
        QCOMPARE(status.state, SchemaState::Current);
        QCOMPARE(dump(*db), before);
        // All statements again over the full tables: nothing is lost, nothing is added.
        CVD_VERIFY_OK(db->execute(QStringLiteral("UPDATE schema_version SET version = 0")));
        CVD_UNWRAP(status, migrate(*db));
        QCOMPARE(status.state, SchemaState::Upgraded);
        QCOMPARE(dump(*db), before);
    }

    void keepsTheOriginalColumns_data() { test::TestDatabases::addEngineRows(); }
    void keepsTheOriginalColumns() {
        CVD_FRESH(db);
        for (const char* sql :
             {"SELECT uid, user_name, user_des, project_num, create_date, aid, description FROM "
              "user",
              "SELECT uid, password FROM login_data", "SELECT aid, name FROM authority",
              "SELECT pid, project_name, video_file, project_status, description, uid FROM "
              "project"}) {
            CVD_VERIFY_OK(db.select(QString::fromLatin1(sql)));
        }
        // Its defaults, too.
        CVD_VERIFY_OK(db.execute(
            QStringLiteral("INSERT INTO user (name_key, search_key) VALUES ('guest', '')")));
        CVD_UNWRAP(const auto row,
                   db.selectOne(QStringLiteral("SELECT user_name, user_des, project_num, aid, "
                                               "description, create_date FROM user")));
        QCOMPARE(row->text(0), QStringLiteral("游客用户"));
        QCOMPARE(row->text(1), QStringLiteral("这个人很懒，没有留下简介"));
        QCOMPARE(row->integer(2), 0);
        QCOMPARE(row->integer(3), 0);
        QVERIFY(row->isNull(4));
        QVERIFY(!row->isNull(5));
        CVD_UNWRAP(const auto user, UserRepository(db).findByName(QStringLiteral("guest")));
        QVERIFY(qAbs(user->created.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    }

    void describesTheTablesItMakes_data() { test::TestDatabases::addEngineRows(); }
    void describesTheTablesItMakes() {
        CVD_FRESH(db);
        for (const TableSpec& table : schemaTables()) {
            QStringList names;
            for (const ColumnSpec& column : table.columns) {
                names << column.name;
            }
            CVD_VERIFY_OK(db.select(QStringLiteral("SELECT %1 FROM %2")
                                        .arg(names.join(QStringLiteral(", ")), table.name)));
            // And has no column that the description, and so the copy, would leave out.
            CVD_VERIFY_OK(db.execute(QStringLiteral("DELETE FROM ") + table.name));
            const QString count =
                db.engine() == Engine::Sqlite
                    ? QStringLiteral("SELECT COUNT(*) FROM pragma_table_info('%1')").arg(table.name)
                    : QStringLiteral(
                          "SELECT COUNT(*) FROM information_schema.columns WHERE "
                          "table_schema = DATABASE() AND table_name = '%1'")
                          .arg(table.name);
            CVD_UNWRAP(const qint64 columns, db.selectInteger(count));
            QCOMPARE(columns, table.columns.size());
        }
    }

    // As after kill -9: any number of the first statements have been carried out.
    void finishesAnInterruptedMigration_data() {
        QTest::addColumn<QString>("engine");
        QTest::addColumn<int>("statements");
        for (const char* engine : {"sqlite", "mariadb"}) {
            for (int statements : {0, 1, 7, 20, 1000}) {
                QTest::addRow("%s after %d", engine, statements)
                    << QString::fromLatin1(engine) << statements;
            }
        }
    }
    void finishesAnInterruptedMigration() {
        QFETCH(QString, engine);
        QFETCH(int, statements);
        CVD_REQUIRE_ENGINE(m_databases, engine);
        CVD_UNWRAP(const auto db, Database::open(m_databases.fresh(engine)));
        // What a migrator writes before its first step.
        const QList<Migration> none{{0, 0, [](const Dialect&) { return QStringList(); }}};
        CVD_VERIFY_OK(migrate(*db, none));
        const QStringList all = migrations().first().statements(db->dialect());
        for (const QString& statement : all.mid(0, statements)) {
            CVD_VERIFY_OK(db->executeSchema(statement));
        }
        CVD_UNWRAP(SchemaStatus status, schemaStatus(*db));
        QCOMPARE(status.state, SchemaState::NeedsMigration);
        CVD_UNWRAP(status, migrate(*db));
        QCOMPARE(status.state, SchemaState::Upgraded);
        CVD_VERIFY_OK(fill(*db));
    }

    void keepsTheOldStateWhenAStepFails_data() { test::TestDatabases::addEngineRows(); }
    void keepsTheOldStateWhenAStepFails() {
        QFETCH(QString, engine);
        CVD_REQUIRE_ENGINE(m_databases, engine);
        CVD_UNWRAP(const auto db, Database::open(m_databases.fresh(engine)));
        const auto one = [](const Dialect& d) {
            return QStringList{QStringLiteral("CREATE TABLE IF NOT EXISTS t (a INTEGER)") +
                               d.tableSuffix()};
        };
        const auto bad = [](const Dialect&) {
            return QStringList{QStringLiteral("INSERT INTO t VALUES (1)"),
                               QStringLiteral("CREATE NONSENSE")};
        };
        CVD_VERIFY_OK(migrate(*db, {{1, 1, one}}));
        QVERIFY(!migrate(*db, {{1, 1, one}, {2, 1, bad}}).ok());
        CVD_UNWRAP(const SchemaStatus status, schemaStatus(*db, {{1, 1, one}, {2, 1, bad}}));
        QCOMPARE(status.state, SchemaState::NeedsMigration);
        QCOMPARE(status.version, 1);
        CVD_UNWRAP(const qint64 rows, db->selectInteger(QStringLiteral("SELECT COUNT(*) FROM t")));
        QCOMPARE(rows, 0);
    }

    void tellsANewerDatabase_data() { test::TestDatabases::addEngineRows(); }
    void tellsANewerDatabase() {
        CVD_FRESH(db);
        CVD_VERIFY_OK(fill(db));
        const int newer = programSchemaVersion() + 1;
        CVD_VERIFY_OK(db.execute(QStringLiteral("UPDATE schema_version SET version = ?"), {newer}));
        CVD_UNWRAP(SchemaStatus status, migrate(db));
        QCOMPARE(status.state, SchemaState::NewerCompatible);
        CVD_VERIFY_OK(usable(db, status));
        CVD_VERIFY_OK(db.execute(QStringLiteral("UPDATE schema_version SET minimum_compatible = ?"),
                                 {newer}));
        const QString before = dump(db);
        CVD_UNWRAP(status, migrate(db));
        QCOMPARE(status.state, SchemaState::NewerIncompatible);
        QCOMPARE(problemOf(usable(db, status).error()), Problem::NewerVersion);
        const auto refused = openReady(db.settings());
        QVERIFY(!refused.ok());
        QCOMPARE(problemOf(refused.error()), Problem::NewerVersion);
        QCOMPARE(dump(db), before);
    }

    void tellsABrokenDatabase_data() { test::TestDatabases::addEngineRows(); }
    void tellsABrokenDatabase() {
        CVD_FRESH(db);
        CVD_VERIFY_OK(db.executeSchema(QStringLiteral("ALTER TABLE job DROP COLUMN device")));
        CVD_VERIFY_OK(db.executeSchema(QStringLiteral("DROP TABLE calibration")));
        CVD_UNWRAP(SchemaStatus status, migrate(db));
        QCOMPARE(status.state, SchemaState::Broken);
        QVERIFY(status.problem.contains(QLatin1String("job.device")));
        QVERIFY(status.problem.contains(QLatin1String("table calibration")));
        QCOMPARE(problemOf(usable(db, status).error()), Problem::BrokenSchema);
        CVD_VERIFY_OK(db.executeSchema(QStringLiteral("DROP TABLE schema_version")));
        CVD_UNWRAP(status, migrate(db));
        QCOMPARE(status.state, SchemaState::Broken);
        CVD_VERIFY_OK(
            db.executeSchema(QStringLiteral("CREATE TABLE schema_version (other INTEGER)")));
        CVD_UNWRAP(status, migrate(db));
        QCOMPARE(status.state, SchemaState::Broken);
    }

    void twoMigratorsDoNotCollide_data() { test::TestDatabases::addEngineRows(); }
    void twoMigratorsDoNotCollide() {
        QFETCH(QString, engine);
        CVD_REQUIRE_ENGINE(m_databases, engine);
        const ConnectionSettings settings = m_databases.fresh(engine);
        constexpr int kMigrators = 4;
        std::array<QString, kMigrators> problems;
        std::array<SchemaState, kMigrators> states{};
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < kMigrators; ++i) {
            threads.emplace_back(QThread::create([&, i] {
                const auto db = Database::open(settings);
                const auto status = db.ok() ? migrate(**db) : Result<SchemaStatus>(db.error());
                if (status.ok()) {
                    states[size_t(i)] = status->state;
                } else {
                    problems[size_t(i)] =
                        QString::fromStdString(status.error().message() + status.error().detail);
                }
            }));
            threads.back()->start();
        }
        int upgraded = 0;
        for (int i = 0; i < kMigrators; ++i) {
            QVERIFY(threads[size_t(i)]->wait(60000));
            QCOMPARE(problems[size_t(i)], QString());
            upgraded += states[size_t(i)] == SchemaState::Upgraded ? 1 : 0;
        }
        QCOMPARE(upgraded, 1);
        CVD_UNWRAP(const auto db, openReady(settings));
        CVD_VERIFY_OK(fill(*db));
    }

    // --- Connections and transactions ---

    void transactionsKeepAllOrNothing_data() { test::TestDatabases::addEngineRows(); }
    void transactionsKeepAllOrNothing() {
        CVD_FRESH(db);
        SettingRepository settings(db);
        const auto has = [&](const char* key) {
            return settings.get(QString::fromLatin1(key))->has_value();
        };
        {
            CVD_UNWRAP(Transaction outer, db.begin());
            CVD_VERIFY_OK(settings.set("a", "1"));
            {
                CVD_UNWRAP(Transaction inner, db.begin());
                CVD_VERIFY_OK(settings.set("b", "1"));
            }
            CVD_VERIFY_OK(db.withTransaction([&] { return settings.set("c", "1"); }));
            CVD_VERIFY_OK(outer.commit());
        }
        QVERIFY(has("a") && !has("b") && has("c"));
        {
            CVD_UNWRAP(Transaction dropped, db.begin());
            CVD_VERIFY_OK(settings.set("d", "1"));
        }
        QVERIFY(!has("d"));
        QVERIFY(!db.inTransaction());
        const Status failed = db.withTransaction([&]() -> Status {
            CVD_TRY(settings.set("e", "1"));
            return fail(ErrorKind::Usage, "no");
        });
        QVERIFY(!failed.ok() && !has("e"));
        // A batch that fails in the middle leaves nothing.
        const auto batch = db.executeBatch(
            QStringLiteral("INSERT INTO setting (setting_key, content) VALUES (?, ?)"),
            {{"f", "1"}, {"a", "taken"}});
        QCOMPARE(problemOf(batch.error()), Problem::UniqueViolation);
        QVERIFY(!has("f"));
    }

    void eachThreadHasItsConnection_data() { test::TestDatabases::addEngineRows(); }
    void eachThreadHasItsConnection() {
        CVD_FRESH(db);
        CVD_VERIFY_OK(SettingRepository(db).set("n", "0"));
        constexpr int kThreads = 3;
        constexpr int kRounds = 20;
        std::vector<std::unique_ptr<QThread>> threads;
        std::array<bool, kThreads> fine{};
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back(QThread::create([&, i] {
                const auto own = Database::open(db.settings());
                bool good = own.ok();
                for (int round = 0; good && round < kRounds; ++round) {
                    good = (*own)
                               ->execute(QStringLiteral("UPDATE setting SET content = content + 1 "
                                                        "WHERE setting_key = 'n'"))
                               .ok();
                }
                fine[size_t(i)] = good;
            }));
            threads.back()->start();
        }
        for (const auto& thread : threads) {
            QVERIFY(thread->wait(60000));
        }
        QCOMPARE(std::count(fine.begin(), fine.end(), true), kThreads);
        CVD_UNWRAP(const qint64 sum,
                   db.selectInteger(QStringLiteral("SELECT content + 0 FROM setting")));
        QCOMPARE(sum, kThreads * kRounds);
    }

    void bindsWhatItIsGiven_data() { test::TestDatabases::addEngineRows(); }
    void bindsWhatItIsGiven() {
        CVD_FRESH(db);
        SettingRepository settings(db);
        const QString nasty = QStringLiteral("'; DROP TABLE user; -- \" \\ %1 ? 😀 振捣\n\t");
        CVD_VERIFY_OK(settings.set(nasty, nasty));
        CVD_UNWRAP(const auto read, settings.get(nasty));
        QCOMPARE(*read, nasty);
        CVD_VERIFY_OK(settings.set("empty", QString()));
        CVD_UNWRAP(const auto empty, settings.get("empty"));
        QCOMPARE(*empty, QString());
        const QString large(3'000'000, QChar(0x632F));
        CVD_VERIFY_OK(settings.set("large", large));
        CVD_UNWRAP(const auto readLarge, settings.get("large"));
        QVERIFY(*readLarge == large);
        CVD_UNWRAP(const bool first, settings.setOnce("once", "1"));
        CVD_UNWRAP(const bool second, settings.setOnce("once", "2"));
        QVERIFY(first && !second);
        QCOMPARE(**settings.get("once"), QStringLiteral("1"));
        CVD_UNWRAP(const bool removed, settings.remove("once"));
        QVERIFY(removed);
    }

    // --- Repositories ---

    void storesUsers_data() { test::TestDatabases::addEngineRows(); }
    void storesUsers() {
        CVD_FRESH(db);
        UserRepository users(db);
        CVD_UNWRAP(const auto authorities, AuthorityRepository(db).all());
        QCOMPARE(authorities.size(), 2);
        QCOMPARE(authorities.at(1).name, QStringLiteral("administrator"));

        UserRecord record = newUser(QStringLiteral("Änne 100%"), 1);
        record.title = QStringLiteral("Site engineer");
        record.created =
            QDateTime::fromString(QStringLiteral("2026-01-31T23:59:59.123Z"), Qt::ISODateWithMs);
        CVD_UNWRAP(record.id, users.insert(record));
        CVD_UNWRAP(auto found, users.findByName(QStringLiteral(" äNNE 100% ")));
        QVERIFY(found);
        QCOMPARE(found->id, record.id);
        QCOMPARE(found->name, record.name);
        QCOMPARE(found->title, record.title);
        QCOMPARE(found->created, record.created);
        QCOMPARE(found->authority, 1);

        const auto twin = users.insert(newUser(QStringLiteral("ÄNNE 100%")));
        QCOMPARE(problemOf(twin.error()), Problem::UniqueViolation);
        const auto stranger = users.insert(newUser(QStringLiteral("x"), 77));
        QCOMPARE(problemOf(stranger.error()), Problem::ForeignKeyViolation);

        found->description = QStringLiteral("likes concrete");
        CVD_UNWRAP(const bool changed, users.update(*found));
        CVD_UNWRAP(const bool same, users.update(*found));  // MySQL counts no changed row here
        QVERIFY(changed && same);
        UserRecord nobody = *found;
        nobody.id = UserId{999};
        nobody.name = QStringLiteral("nobody");
        CVD_UNWRAP(const bool missing, users.update(nobody));
        QVERIFY(!missing);

        CVD_VERIFY_OK(users.insert(newUser(QStringLiteral("Bob"))));
        CVD_VERIFY_OK(users.insert(newUser(QStringLiteral("carl"))));
        UserFilter filter;
        filter.limit = 2;
        CVD_UNWRAP(auto page, users.list(filter));
        QCOMPARE(page.total, 3);
        QCOMPARE(page.rows.size(), 2);
        QCOMPARE(page.rows.at(0).name, QStringLiteral("Bob"));
        filter.offset = 2;
        CVD_UNWRAP(page, users.list(filter));
        QCOMPARE(page.rows.at(0).name, QStringLiteral("Änne 100%"));
        filter = {};
        filter.text = QStringLiteral("CONCRETE 0%");
        CVD_UNWRAP(page, users.list(filter));
        QCOMPARE(page.total, 1);
        filter.text = QStringLiteral("1_0");  // _ is no wildcard
        CVD_UNWRAP(page, users.list(filter));
        QCOMPARE(page.total, 0);
        filter = {};
        filter.authority = 0;
        filter.sort = UserSort::Created;
        filter.descending = true;
        CVD_UNWRAP(page, users.list(filter));
        QCOMPARE(page.total, 2);
        QCOMPARE(page.rows.at(0).name, QStringLiteral("carl"));

        CVD_UNWRAP(const auto months, users.perMonth());
        QCOMPARE(months.first().month, QStringLiteral("2026-01"));
        QCOMPARE(months.first().count, 1);
        CVD_UNWRAP(const qint64 administrators, users.countWithAuthority(1));
        QCOMPARE(administrators, 1);

        CVD_VERIFY_OK(LoginRepository(db).set({record.id, "h1", {}, false}));
        CVD_VERIFY_OK(LoginRepository(db).set({record.id, "h2", {}, true}));
        CVD_UNWRAP(const auto login, LoginRepository(db).find(record.id));
        QCOMPARE(login->passwordHash, QStringLiteral("h2"));
        QVERIFY(login->mustChange);
        CVD_UNWRAP(const bool removed, users.remove(record.id));
        QVERIFY(removed);
        CVD_UNWRAP(const auto gone, LoginRepository(db).find(record.id));
        QVERIFY(!gone);
        // An id is never used again, so an old session cannot become someone else's.
        CVD_VERIFY_OK(users.insert(newUser(QStringLiteral("dora"))));
        CVD_UNWRAP(const auto dora, users.findByName(QStringLiteral("dora")));
        QVERIFY(dora->id > record.id);
    }

    void storesProjectsAndVideos_data() { test::TestDatabases::addEngineRows(); }
    void storesProjectsAndVideos() {
        CVD_FRESH(db);
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann"))));
        CVD_UNWRAP(const UserId bob, UserRepository(db).insert(newUser(QStringLiteral("Bob"))));
        VideoRepository videos(db);
        const VideoRecord video = newVideo();
        CVD_UNWRAP(const VideoId videoId, videos.insert(video));
        CVD_UNWRAP(const auto stored, videos.findStored(video.sha256, false));
        QCOMPARE(stored->id, videoId);
        QCOMPARE(stored->path, video.path);
        QCOMPARE(stored->bytes, video.bytes);
        QCOMPARE(stored->frames, video.frames);
        QCOMPARE(stored->modified, video.modified);
        QVERIFY(stored->fps == video.fps &&
                stored->durationS == video.durationS);  // to the last bit
        QCOMPARE(stored->timeBaseDen, 90000);
        QVERIFY(stored->variableFrameRate);
        CVD_UNWRAP(const auto linked, videos.findStored(video.sha256, true, video.path));
        QVERIFY(!linked);
        CVD_UNWRAP(auto unused, videos.unused());
        QCOMPARE(unused.size(), 1);

        ProjectRepository projects(db);
        ProjectRecord record = newProject(ann, QStringLiteral("Slab B2"));
        record.video = videoId;
        record.durationS = video.durationS;
        record.videoFile = video.path;
        CVD_UNWRAP(const ProjectId id, projects.insert(record));
        CVD_UNWRAP(const ProjectId other,
                   projects.insert(newProject(bob, QStringLiteral("Wall 50%"))));
        CVD_UNWRAP(auto found, projects.find(id));
        QCOMPARE(found->name, record.name);
        QCOMPARE(found->videoFile, video.path);
        QCOMPARE(found->ownerName, QStringLiteral("Ann"));
        QVERIFY(found->created.isValid());
        CVD_UNWRAP(unused, videos.unused());
        QVERIFY(unused.isEmpty());
        QCOMPARE(problemOf(videos.remove(videoId).error()), Problem::ForeignKeyViolation);
        QCOMPARE((*UserRepository(db).find(ann))->projectCount, 1);

        ProjectFilter filter;
        CVD_UNWRAP(auto page, projects.list(filter));
        QCOMPARE(page.total, 2);
        QCOMPARE(page.rows.at(0).project.id, other);  // newest first
        QVERIFY(!page.rows.at(0).video && page.rows.at(1).video);
        QCOMPARE(page.rows.at(1).video->fileName, video.fileName);
        filter.text = QStringLiteral("ANN b2");  // owner and name
        CVD_UNWRAP(page, projects.list(filter));
        QCOMPARE(page.total, 1);
        QCOMPARE(page.rows.at(0).project.id, id);
        filter.text = QStringLiteral("%");
        CVD_UNWRAP(page, projects.list(filter));
        QCOMPARE(page.total, 1);
        filter.text = {};
        filter.owner = ann;
        filter.status = 0;
        CVD_UNWRAP(page, projects.list(filter));
        QCOMPARE(page.total, 1);
        filter = {};
        filter.createdBefore = found->created;
        CVD_UNWRAP(page, projects.list(filter));
        QCOMPARE(page.total, 0);

        CVD_UNWRAP(const bool status, projects.setStatus(id, 17));  // from a newer program
        QVERIFY(status);
        QCOMPARE((*projects.find(id))->status, 17);
        CVD_UNWRAP(const auto counts, projects.countByStatus({}));
        QCOMPARE(counts.value(17), 1);
        found->owner = bob;
        found->name = QStringLiteral("Slab B3");
        CVD_VERIFY_OK(projects.update(*found));
        QCOMPARE((*projects.find(id))->status, 17);  // update does not touch it
        QCOMPARE((*UserRepository(db).find(ann))->projectCount, 0);
        QCOMPARE((*UserRepository(db).find(bob))->projectCount, 2);
        CVD_UNWRAP(const qint64 given, projects.giveAll(bob, ann));
        QCOMPARE(given, 2);
        QCOMPARE((*UserRepository(db).find(ann))->projectCount, 2);
        CVD_UNWRAP(const bool removed, projects.remove(id));
        QVERIFY(removed);
        QCOMPARE((*UserRepository(db).find(ann))->projectCount, 1);
        CVD_UNWRAP(const bool videoRemoved, videos.remove(videoId));
        QVERIFY(videoRemoved);
    }

    void ordersProjects_data() {
        QTest::addColumn<QString>("engine");
        QTest::addColumn<int>("order");
        QTest::addColumn<QString>("expected");
        for (const char* engine : {"sqlite", "mariadb"}) {
            const QString e = QString::fromLatin1(engine);
            const auto row = [&](const char* name, ProjectOrder order, const char* expected) {
                QTest::addRow("%s by %s", engine, name)
                    << e << int(order) << QString::fromLatin1(expected);
            };
            row("created", ProjectOrder::Created, "c a b");
            row("name", ProjectOrder::Name, "a b c");
            row("owner", ProjectOrder::Owner, "a c b");  // Ann: a, then bob: c and b by date
            row("status", ProjectOrder::Status, "b c a");
            row("duration", ProjectOrder::Duration, "b a c");
        }
    }
    void ordersProjects() {
        CVD_FRESH(db);
        QFETCH(int, order);
        QFETCH(QString, expected);
        CVD_UNWRAP(const UserId bob, UserRepository(db).insert(newUser(QStringLiteral("bob"))));
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann"))));
        struct Case {
            const char* name;
            UserId owner;
            int day, status;
            double duration;
        };
        ProjectRepository projects(db);
        for (const Case& c :
             {Case{"a", ann, 2, 2, 5}, Case{"b", bob, 3, 0, 1}, Case{"c", bob, 1, 1, 9}}) {
            ProjectRecord record = newProject(c.owner, QString::fromLatin1(c.name));
            record.created = QDateTime(QDate(2026, 1, c.day), QTime(0, 0), Qt::UTC);
            record.status = c.status;
            record.durationS = c.duration;
            CVD_VERIFY_OK(projects.insert(record));
        }
        ProjectFilter filter;
        filter.order = ProjectOrder(order);
        filter.descending = false;
        for (const QString& text : {QString(), QStringLiteral("wall")}) {
            filter.text = text;
            QStringList names;
            for (qint64 offset = 0; offset < 3; ++offset) {
                filter.offset = offset;
                filter.limit = 1;
                CVD_UNWRAP(const auto page, projects.list(filter));
                QCOMPARE(page.total, 3);
                names << page.rows.value(0).project.name;
            }
            QCOMPARE(names.join(QLatin1Char(' ')), expected);
        }
    }

    // Instant at 100,000 projects: no table is scanned and nothing is sorted; the plan says so.
    void pagesByIndex_data() { ordersProjects_data(); }
    void pagesByIndex() {
        CVD_FRESH(db);
        QFETCH(int, order);
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann"))));
        CVD_UNWRAP(const UserId bob, UserRepository(db).insert(newUser(QStringLiteral("Bob"))));
        CVD_VERIFY_OK(db.withTransaction([&]() -> Status {
            QList<QVariantList> rows;
            for (int i = 0; i < 3000; ++i) {
                rows << QVariantList{QStringLiteral("P%1").arg(i),
                                     qlonglong((i % 2 ? ann : bob).value),
                                     QStringLiteral("2026-01-01T00:00:%1Z").arg(i),
                                     i % 3,
                                     double(i),
                                     QStringLiteral("p%1").arg(i)};
            }
            return db.executeBatch(
                QStringLiteral(
                    "INSERT INTO project (project_name, uid, create_date, project_status, "
                    "duration_s, name_key, video_file, search_key) VALUES (?, ?, ?, ?, ?, ?, "
                    "'', '')"),
                rows);
        }));
        CVD_VERIFY_OK(db.executeSchema(db.engine() == Engine::Sqlite
                                           ? QStringLiteral("ANALYZE")
                                           : QStringLiteral("ANALYZE TABLE project, user")));
        for (const bool own : {false, true}) {
            ProjectFilter filter;
            filter.order = ProjectOrder(order);
            filter.owner = own ? std::optional(ann) : std::nullopt;
            const auto [sql, values] = ProjectRepository::pageStatement(db.dialect(), filter);
            const QString plan = planOf(db, sql, values);
            QVERIFY(!plan.isEmpty());
            const bool sorts = plan.contains(QLatin1String("TEMP B-TREE")) ||
                               plan.contains(QLatin1String("filesort")) ||
                               plan.contains(QLatin1String("temporary"));
            QVERIFY2(!sorts, qPrintable(plan));
            QVERIFY2(plan.contains(QLatin1String("project_by_")) ||
                         plan.contains(QLatin1String("project_of_user_")),
                     qPrintable(plan));
        }
    }

    // What is found by pieces of text is what reading every project would find.
    void searchesByPieces_data() { test::TestDatabases::addEngineRows(); }
    void searchesByPieces() {
        CVD_FRESH(db);
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann Lee"))));
        CVD_UNWRAP(const UserId bob, UserRepository(db).insert(newUser(QStringLiteral("张伟"))));
        const QStringList names{
            "Slab B2",     "slabs 12 and 13", "Wall", "3号墩承台第二层",  "承台",   "墩",
            "mixed桥墩ab", "50% done_",       "x",    "Foundation F1 zq", "😀 roof", "Ann's lift"};
        ProjectRepository projects(db);
        QHash<qint64, QString> texts;
        for (int i = 0; i < names.size(); ++i) {
            ProjectRecord p = newProject(i % 2 ? ann : bob, names[i]);
            p.description = i == 4 ? QStringLiteral("poured at dusk") : QString();
            CVD_UNWRAP(const ProjectId id, projects.insert(p));
            texts[id.value] = searchKey(p.name + '\n' + p.description) + '\n' +
                              searchKey(i % 2 ? "Ann Lee" : "张伟");
        }
        const QStringList words{"slab",  "SLAB 2",  "b2",   "b",   "承台", "台",
                                "墩",    "桥墩a",   "ab",   "d桥", "50%",  "_",
                                "zq",    "q",       "😀",    "ann", "lee",  "张",
                                "伟 墩", "nothing", "dusk", "x",   "13",   "slabs 13"};
        const auto expected = [&](const QString& text) {
            QSet<qint64> ids;
            for (auto it = texts.cbegin(); it != texts.cend(); ++it) {
                const QStringList all = searchKey(text).split(' ');
                if (std::all_of(all.begin(), all.end(),
                                [&](const QString& w) { return it.value().contains(w); })) {
                    ids << it.key();
                }
            }
            return ids;
        };
        const auto verify = [&] {
            for (const QString& text : words) {
                ProjectFilter filter;
                filter.text = text;
                CVD_UNWRAP(const auto page, projects.list(filter));
                QSet<qint64> found;
                for (const ProjectListRow& row : page.rows) {
                    found << row.project.id.value;
                }
                QVERIFY2(found == expected(text), qPrintable(text));
                QCOMPARE(page.total, found.size());
                QVERIFY(!page.atLeast);
            }
        };
        verify();
        // Renamed, given away, deleted, rebuilt.
        CVD_UNWRAP(auto third, projects.find(ProjectId{texts.keys().first()}));
        third->name = QStringLiteral("承 renamed zq");
        third->owner = ann;
        CVD_VERIFY_OK(projects.update(*third));
        texts[third->id.value] =
            searchKey(third->name + '\n' + third->description) + '\n' + searchKey("Ann Lee");
        verify();
        const qint64 last = texts.keys().last();
        CVD_VERIFY_OK(projects.remove(ProjectId{last}));
        texts.remove(last);
        verify();
        CVD_UNWRAP(const qint64 pieces, db.selectInteger("SELECT COUNT(*) FROM project_gram"));
        CVD_VERIFY_OK(rebuildGrams(db));
        CVD_UNWRAP(const qint64 again, db.selectInteger("SELECT COUNT(*) FROM project_gram"));
        QCOMPARE(pieces, again);  // kept as exactly as made anew
        verify();
    }

    // Where very many match, counting stops, and paging goes on to the end all the same.
    void countsManyMatchesUpToALimit_data() { test::TestDatabases::addEngineRows(); }
    void countsManyMatchesUpToALimit() {
        CVD_FRESH(db);
        constexpr int kAll = 10600;
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann"))));
        CVD_VERIFY_OK(db.withTransaction([&]() -> Status {
            QList<QVariantList> rows;
            for (int i = 0; i < kAll; ++i) {
                rows << QVariantList{qlonglong(ann.value), i};
            }
            CVD_TRY(db.executeBatch(
                QStringLiteral("INSERT INTO project (project_name, uid, create_date, "
                               "project_status, duration_s, name_key, video_file, search_key) "
                               "VALUES ('pour', ?, ?, 0, 0, 'pour', '', 'pour')"),
                rows));
            return rebuildGrams(db);
        }));
        ProjectFilter filter;
        filter.text = QStringLiteral("pour");
        filter.limit = 500;
        int seen = 0;
        for (qint64 total = 1; filter.offset < total; filter.offset += filter.limit) {
            CVD_UNWRAP(const auto page, ProjectRepository(db).list(filter));
            QVERIFY(page.atLeast);
            QVERIFY(page.total >= 1000);
            total = page.total;
            seen += int(page.rows.size());
        }
        QCOMPARE(seen, kAll);
    }

    // Pages from either end are the same.
    void pagesBackwards_data() { test::TestDatabases::addEngineRows(); }
    void pagesBackwards() {
        CVD_FRESH(db);
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann"))));
        for (int i = 0; i < 23; ++i) {
            CVD_VERIFY_OK(ProjectRepository(db).insert(
                newProject(ann, QStringLiteral("P%1").arg(i, 2, 10, QLatin1Char('0')))));
        }
        ProjectFilter filter;
        filter.order = ProjectOrder::Name;
        filter.descending = false;
        filter.limit = 5;
        QStringList names;
        for (; filter.offset < 30; filter.offset += 5) {
            CVD_UNWRAP(const auto page, ProjectRepository(db).list(filter));
            QCOMPARE(page.total, 23);
            for (const ProjectListRow& row : page.rows) {
                names << row.project.name;
            }
        }
        QCOMPARE(names.size(), 23);
        QVERIFY(std::is_sorted(names.begin(), names.end()));
    }

    void ordersByTheOwnersNewName_data() { test::TestDatabases::addEngineRows(); }
    void ordersByTheOwnersNewName() {
        CVD_FRESH(db);
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann"))));
        CVD_UNWRAP(const UserId bob, UserRepository(db).insert(newUser(QStringLiteral("Bob"))));
        CVD_VERIFY_OK(ProjectRepository(db).insert(newProject(ann, QStringLiteral("of Ann"))));
        CVD_VERIFY_OK(ProjectRepository(db).insert(newProject(bob, QStringLiteral("of Bob"))));
        ProjectFilter filter;
        filter.order = ProjectOrder::Owner;
        filter.descending = false;
        CVD_UNWRAP(auto page, ProjectRepository(db).list(filter));
        QCOMPARE(page.rows.first().project.name, QStringLiteral("of Ann"));
        CVD_UNWRAP(auto renamed, UserRepository(db).find(ann));
        renamed->name = QStringLiteral("Zoe");
        CVD_VERIFY_OK(UserRepository(db).update(*renamed));
        CVD_UNWRAP(page, ProjectRepository(db).list(filter));
        QCOMPARE(page.rows.first().project.name, QStringLiteral("of Bob"));
    }

    void countsByIndex_data() { test::TestDatabases::addEngineRows(); }
    void countsByIndex() {
        CVD_FRESH(db);
        const QString plan =
            planOf(db,
                   QStringLiteral(
                       "SELECT COUNT(*) FROM project p WHERE p.uid = ? AND p.project_status = ?"),
                   {1, 1});
        QVERIFY2(plan.contains(QLatin1String("project_of_user_status")), qPrintable(plan));
    }

    void runsJobs_data() { test::TestDatabases::addEngineRows(); }
    void runsJobs() {
        CVD_FRESH(db);
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann"))));
        CVD_UNWRAP(const ProjectId project,
                   ProjectRepository(db).insert(newProject(ann, QStringLiteral("P"))));
        JobRepository jobs(db);
        JobRecord job;
        job.project = project;
        job.owner = ann;
        job.kind = QStringLiteral("detect");
        job.optionsJson = QStringLiteral("{\"profile\":\"gb50666\"}");
        CVD_UNWRAP(const JobId first, jobs.insert(job));
        CVD_UNWRAP(const JobId second, jobs.insert(job));
        CVD_UNWRAP(const qint64 active, jobs.countActive(project));
        QCOMPARE(active, 2);

        CVD_UNWRAP(auto claimed, jobs.claimNext("host", "42"));
        QCOMPARE(claimed->id, first);
        QCOMPARE(claimed->state, 1);
        QCOMPARE(claimed->ownerHost, QStringLiteral("host"));
        QCOMPARE(claimed->projectName, QStringLiteral("P"));
        QVERIFY(claimed->heartbeat.isValid() && claimed->started.isValid());
        CVD_UNWRAP(auto next, jobs.claimNext("host", "43"));
        QCOMPARE(next->id, second);
        CVD_UNWRAP(const auto none, jobs.claimNext("host", "44"));
        QVERIFY(!none);

        CVD_VERIFY_OK(jobs.heartbeat(first, QStringLiteral("{\"done\":5}")));
        QCOMPARE((*jobs.find(first))->progressJson, QStringLiteral("{\"done\":5}"));
        CVD_UNWRAP(const auto silent,
                   jobs.silentSince(QDateTime::currentDateTimeUtc().addSecs(3600)));
        QCOMPARE(silent.size(), 2);
        CVD_UNWRAP(const auto lively,
                   jobs.silentSince(QDateTime::currentDateTimeUtc().addSecs(-3600)));
        QVERIFY(lively.isEmpty());
        CVD_VERIFY_OK(jobs.requestCancel(first));
        CVD_UNWRAP(const bool asked, jobs.cancelRequested(first));
        QVERIFY(asked);
        CVD_UNWRAP(const bool done, jobs.changeState(first, 1, 4));
        CVD_UNWRAP(const bool again, jobs.changeState(first, 1, 5));
        QVERIFY(done && !again);
        claimed->state = 99;  // from a newer program
        claimed->hidden = true;
        claimed->errorJson = QStringLiteral("{\"text\":\"x\"}");
        claimed->finished = QDateTime::currentDateTimeUtc();
        CVD_VERIFY_OK(jobs.update(*claimed));
        QCOMPARE((*jobs.find(first))->state, 99);
        QCOMPARE((*jobs.find(first))->errorJson, claimed->errorJson);
        CVD_UNWRAP(const auto recent, jobs.recent({}, 10));
        QCOMPARE(recent.size(), 1);
        CVD_UNWRAP(const auto foreign, jobs.recent(UserId{999}, 10));
        QVERIFY(foreign.isEmpty());
        CVD_UNWRAP(const auto all, jobs.ofProject(project));
        QCOMPARE(all.size(), 2);
        CVD_VERIFY_OK(ProjectRepository(db).remove(project));
        QVERIFY(!*jobs.find(first));
    }

    void storesFindings_data() { test::TestDatabases::addEngineRows(); }
    void storesFindings() {
        CVD_FRESH(db);
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann"))));
        CVD_UNWRAP(const ProjectId project,
                   ProjectRepository(db).insert(newProject(ann, QStringLiteral("P"))));
        ResultRepository results(db);
        CVD_UNWRAP(const ResultId older, results.insert(newResult(project, QStringLiteral("r/1"))));
        const ResultRecord record = newResult(project, QStringLiteral("r/2"));
        CVD_UNWRAP(const ResultId id, results.insert(record));
        QCOMPARE(problemOf(results.insert(record).error()), Problem::UniqueViolation);
        CVD_UNWRAP(const auto found, results.findByFolder(QStringLiteral("r/2")));
        QCOMPARE(found->id, id);
        QCOMPARE(found->summaryJson, record.summaryJson);
        QCOMPARE(found->radiusOfActionM, record.radiusOfActionM);
        QVERIFY(found->calibrated);
        QCOMPARE(found->framesPerS, 40.25);
        QCOMPARE((*results.ofProject(project)).first().id, id);
        CVD_UNWRAP(auto row, ProjectRepository(db).findDetailed(project));
        QCOMPARE(row->latestResult->id, id);
        QCOMPARE(row->latestResult->violations, 2);

        CVD_VERIFY_OK(InsertionRepository(db).insert(id, {newInsertion(2), newInsertion(1)}));
        CVD_UNWRAP(const auto insertions, InsertionRepository(db).ofResult(id));
        QCOMPARE(insertions.size(), 2);
        const Insertion& i = insertions.first().insertion;
        const Insertion expected = newInsertion(1);
        QCOMPARE(i.id, 1);
        QVERIFY(i.contactPx == expected.contactPx && i.contactM == expected.contactM);
        QVERIFY(i.tiltDeg == expected.tiltDeg && !i.withdrawalMmS && !i.pathM);
        QVERIFY(!i.effective && i.openStart && !i.openEnd);
        QCOMPARE(i.track.value, 7);
        QCOMPARE(i.immersedS, expected.immersedS);

        ViolationRepository violations(db);
        Violation bare;
        bare.id = 3;
        bare.rule = "rule_of_a_newer_program";
        bare.verdict = Verdict::CannotJudge;
        CVD_VERIFY_OK(violations.insert(id, {newViolation(1), newViolation(2), bare}));
        CVD_UNWRAP(auto list, violations.ofResult(id));
        QCOMPARE(list.size(), 3);
        const Violation& v = list.first().violation;
        const Violation e = newViolation(1);
        QCOMPARE(v.rule, e.rule);
        QVERIFY(v.verdict == e.verdict && v.severity == e.severity);
        QCOMPARE(v.endFrame, e.endFrame);
        QVERIFY(v.endS == e.endS && v.value == e.value && v.limit == e.limit);
        QVERIFY(v.insertion == e.insertion && v.positionM == e.positionM);
        QCOMPARE(v.source, e.source);
        QCOMPARE(v.reason, e.reason);
        QVERIFY(v.reasonArgs == e.reasonArgs && v.unit == e.unit);
        const Violation& b = list.last().violation;
        QCOMPARE(b.rule, bare.rule);
        QVERIFY(!b.value && !b.limit && !b.insertion && !b.positionM && b.reasonArgs.empty());

        // Names of a newer program survive a round trip.
        ViolationRecord strange = list.first();
        strange.violation.id = 4;
        strange.unknownVerdict = QStringLiteral("probably");
        strange.unknownSeverity = QStringLiteral("cosmic");
        CVD_VERIFY_OK(violations.insertRecords({strange}));
        CVD_UNWRAP(list, violations.ofResult(id));
        QCOMPARE(list.last().unknownVerdict, QStringLiteral("probably"));
        QCOMPARE(list.last().unknownSeverity, QStringLiteral("cosmic"));

        CVD_VERIFY_OK(results.remove(id));
        CVD_UNWRAP(row, ProjectRepository(db).findDetailed(project));
        QCOMPARE(row->latestResult->id, older);
        QVERIFY((*violations.ofResult(id)).isEmpty());
    }

    void keepsEveryVerdict_data() { test::TestDatabases::addEngineRows(); }
    void keepsEveryVerdict() {
        CVD_FRESH(db);
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann"))));
        CVD_UNWRAP(const UserId bob, UserRepository(db).insert(newUser(QStringLiteral("Bob"))));
        CVD_UNWRAP(const ProjectId project,
                   ProjectRepository(db).insert(newProject(ann, QStringLiteral("P"))));
        CVD_UNWRAP(const ResultId result,
                   ResultRepository(db).insert(newResult(project, QStringLiteral("r"))));
        CVD_VERIFY_OK(ViolationRepository(db).insert(result, {newViolation(1), newViolation(2)}));
        CVD_UNWRAP(const auto violations, ViolationRepository(db).ofResult(result));
        VerdictRepository verdicts(db);
        const auto decide = [&](UserId user, int verdict) {
            VerdictRecord v;
            v.violation = violations.first().id;
            v.user = user;
            v.userName = QStringLiteral("n");
            v.verdict = verdict;
            v.note = QStringLiteral("看起来没问题");
            return verdicts.append(v);
        };
        const auto reviewed = [&] { return (*ResultRepository(db).find(result))->reviewed; };
        CVD_VERIFY_OK(decide(ann, 1));
        QCOMPARE(reviewed(), 1);
        CVD_VERIFY_OK(decide(bob, 2));
        CVD_VERIFY_OK(decide(ann, 0));
        QCOMPARE(reviewed(), 0);
        CVD_VERIFY_OK(decide(ann, 7));  // from a newer program
        CVD_UNWRAP(const auto history, verdicts.ofViolation(violations.first().id));
        QCOMPARE(history.size(), 4);
        QCOMPARE(history.at(0).verdict, 1);
        QVERIFY(!history.at(0).current && history.at(1).current && history.at(3).current);
        QCOMPARE(history.at(3).verdict, 7);
        QCOMPARE(history.at(1).note, QStringLiteral("看起来没问题"));
        QCOMPARE((*ViolationRepository(db).find(violations.first().id))->userVerdict, 7);
        QCOMPARE(*verdicts.countReviewedBy(result, bob), 1);
        QCOMPARE(*verdicts.countReviewedBy(result, UserId{99}), 0);
        CVD_UNWRAP(const auto totals, ProjectRepository(db).totals({}));
        QCOMPARE(totals.reviewed, 1);
        QCOMPARE(totals.violations, 2);
        // The history outlives the person.
        CVD_VERIFY_OK(UserRepository(db).remove(bob));
        CVD_UNWRAP(const auto kept, verdicts.ofResult(result));
        QCOMPARE(kept.size(), 4);
        QVERIFY(!kept.at(1).user.valid());
        QCOMPARE(kept.at(1).userName, QStringLiteral("n"));
    }

    void storesCalibrationsAndAudit_data() { test::TestDatabases::addEngineRows(); }
    void storesCalibrationsAndAudit() {
        CVD_FRESH(db);
        CVD_UNWRAP(const UserId ann, UserRepository(db).insert(newUser(QStringLiteral("Ann"))));
        CVD_UNWRAP(const ProjectId project,
                   ProjectRepository(db).insert(newProject(ann, QStringLiteral("P"))));
        CalibrationRepository calibrations(db);
        CVD_VERIFY_OK(calibrations.setForProject(project, "one", "{\"a\":1}"));
        CVD_VERIFY_OK(calibrations.setForProject(project, "two", "{\"a\":2}"));
        CVD_UNWRAP(const auto found, calibrations.ofProject(project));
        QCOMPARE(found->json, QStringLiteral("{\"a\":2}"));
        QCOMPARE(found->name, QStringLiteral("two"));
        CVD_VERIFY_OK(calibrations.insert({{}, {}, "gate 3", "n", "{}", {}}));
        CVD_UNWRAP(const auto camera, calibrations.ofCamera("gate 3"));
        QCOMPARE(camera.size(), 1);
        QVERIFY(!camera.first().project.valid());
        CVD_UNWRAP(const bool cleared, calibrations.clearForProject(project));
        QVERIFY(cleared && !*calibrations.ofProject(project));

        AuditRepository audit(db);
        const QDateTime noon = QDateTime(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);
        for (int i = 0; i < 5; ++i) {
            CVD_VERIFY_OK(
                audit.append({-1, noon.addSecs(i), ann, "Ann", i % 2 ? "sign_in" : "user_deleted",
                              QStringLiteral("Subject %1").arg(i), "50% Änderung"}));
        }
        AuditFilter filter;
        filter.limit = 2;
        CVD_UNWRAP(auto page, audit.list(filter));
        QCOMPARE(page.total, 5);
        QCOMPARE(page.rows.at(0).subject, QStringLiteral("Subject 4"));
        filter.action = QStringLiteral("sign_in");
        filter.text = QStringLiteral("SUBJECT 3 % äNDER");
        CVD_UNWRAP(page, audit.list(filter));
        QCOMPARE(page.total, 1);
        filter = {};
        filter.from = noon.addSecs(1);
        filter.before = noon.addSecs(3);
        filter.user = ann;
        CVD_UNWRAP(page, audit.list(filter));
        QCOMPARE(page.total, 2);
    }

    // --- What people add ---

    void keepsMarksAndCorrectionsApart_data() { test::TestDatabases::addEngineRows(); }
    void keepsMarksAndCorrectionsApart() {
        CVD_FRESH(db);
        CVD_VERIFY_OK(fill(db));
        const ResultId result{1};
        CVD_UNWRAP(const auto seen, SeenRepository(db).ofResult(result));
        QCOMPARE(seen.size(), 1);
        CVD_UNWRAP(const auto violations, ViolationRepository(db).ofResult(result));
        QCOMPARE(violations.size(), 2);  // the withdrawn one is still there
        CorrectionRepository corrections(db);
        CVD_UNWRAP(const auto log, corrections.ofResult(result));
        QCOMPARE(log.size(), 1);
        QVERIFY(!log[0].active);
        CVD_UNWRAP(const auto states, corrections.violationStates(result));
        QCOMPARE(states.size(), 1);
        QVERIFY(states[0].withdrawn && !states[0].byHand);
        CVD_UNWRAP(const auto counted, ResultRepository(db).find(result));
        QCOMPARE(counted->violations + counted->cannotJudge, 1);
        CVD_VERIFY_OK(corrections.setViolationState({violations.last().id, false, false}));
        CVD_VERIFY_OK(corrections.recount(result, 2));
        CVD_UNWRAP(const auto all, ResultRepository(db).find(result));
        QCOMPARE(all->violations + all->cannotJudge, 2);
    }

    // --- Copying ---

    void copiesThereAndBack() {
        CVD_REQUIRE_ENGINE(m_databases, QStringLiteral("mariadb"));
        CVD_UNWRAP(const auto source, openReady(m_databases.fresh("sqlite")));
        CVD_UNWRAP(const auto server, Database::open(m_databases.fresh("mariadb")));
        CVD_UNWRAP(const auto back, Database::open(m_databases.fresh("sqlite")));
        CVD_VERIFY_OK(fill(*source));
        for (int i = 0; i < 30; ++i) {
            CVD_VERIFY_OK(UserRepository(*source).insert(newUser(QStringLiteral("u%1").arg(i))));
        }
        CVD_VERIFY_OK(UserRepository(*source).remove(UserId{5}));  // ids with a gap
        CopyOptions options;
        options.batch = 7;
        qint64 last = 0;
        qint64 total = 0;
        CopyControl control;
        control.progress = [&](qint64 done, qint64 all, const QString&) {
            QVERIFY(done > last);
            last = done;
            total = all;
        };
        CVD_UNWRAP(const CopyReport there, copyDatabase(*source, *server, options, control));
        QCOMPARE(last, total);
        QCOMPARE(there.rows() * 2, total);
        QCOMPARE(there.tables.size(), schemaTables().size() - 1);  // but what is made anew
        for (const TableCopy& table : there.tables) {
            QVERIFY2(table.rows > 0, qPrintable(table.table));
        }
        CVD_UNWRAP(const CopyReport again, copyDatabase(*server, *back, options));
        QCOMPARE(again.rows(), there.rows());
        QCOMPARE(dump(*back), dump(*source));
        // What is added later gets new ids on each.
        CVD_VERIFY_OK(UserRepository(*server).insert(newUser("later")));
        CVD_VERIFY_OK(UserRepository(*back).insert(newUser("later")));
    }

    void copyLeavesAFullTargetAlone_data() { test::TestDatabases::addEngineRows(); }
    void copyLeavesAFullTargetAlone() {
        CVD_FRESH(target);
        CVD_UNWRAP(const auto source, openReady(m_databases.fresh("sqlite")));
        CVD_VERIFY_OK(fill(*source));
        CVD_VERIFY_OK(UserRepository(target).insert(newUser("already here")));
        const QString before = dump(target);
        const auto refused = copyDatabase(*source, target);
        QCOMPARE(refused.error().kind, ErrorKind::Usage);
        QCOMPARE(dump(target), before);

        CopyOptions replace;
        replace.replace = true;
        replace.batch = 1;
        CopyControl control;
        int asked = 0;
        control.cancelled = [&] { return ++asked > 8; };
        const auto cancelled = copyDatabase(*source, target, replace, control);
        QCOMPARE(cancelled.error().kind, ErrorKind::Cancelled);
        QCOMPARE(dump(target), before);

        CVD_VERIFY_OK(copyDatabase(*source, target, replace));
        CVD_UNWRAP(const auto gone, UserRepository(target).findByName("already here"));
        QVERIFY(!gone);
    }

    // Something in the target changes what was written: the comparison must see it.
    void copyNoticesADifference_data() { test::TestDatabases::addEngineRows(); }
    void copyNoticesADifference() {
        CVD_FRESH(target);
        CVD_UNWRAP(const auto source, openReady(m_databases.fresh("sqlite")));
        CVD_VERIFY_OK(fill(*source));
        const QString trigger =
            target.engine() == Engine::Sqlite
                ? QStringLiteral(
                      "CREATE TRIGGER spoil AFTER INSERT ON violation BEGIN UPDATE violation "
                      "SET measured = measured + 0.0001 WHERE id = NEW.id; END")
                : QStringLiteral(
                      "CREATE TRIGGER spoil BEFORE INSERT ON violation FOR EACH ROW SET "
                      "NEW.measured = NEW.measured + 0.0001");
        CVD_VERIFY_OK(target.executeSchema(trigger));
        const QString before = dump(target);
        const auto copied = copyDatabase(*source, target);
        QVERIFY(!copied.ok());
        QVERIFY(copied.error().message().find("violation") != std::string::npos);
        QCOMPARE(dump(target), before);
    }

    void tellsTheStatus_data() { test::TestDatabases::addEngineRows(); }
    void tellsTheStatus() {
        CVD_FRESH(db);
        CVD_VERIFY_OK(fill(db));
        CVD_UNWRAP(const DatabaseStatus status, databaseStatus(db));
        QCOMPARE(status.schema.state, SchemaState::Current);
        QCOMPARE(status.location, db.location());
        QVERIFY(!status.location.contains(QLatin1String("test-only")));
        QVERIFY2(status.serverVersion.startsWith(db.engine() == Engine::Sqlite ? "SQLite 3"
                                                                               : "MariaDB 1"),
                 qPrintable(status.serverVersion));
        QCOMPARE(status.damage, QString());
        QCOMPARE(status.tables.size(), schemaTables().size() - 1);
    }
};

QTEST_GUILESS_MAIN(StorageTest)
#include "tst_storage.moc"
