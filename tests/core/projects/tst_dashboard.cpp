// The dashboard's figures on both engines: what they count, who sees what, and that the counting
// happens in the database (CVD_DASHBOARD_PROJECTS=100000 measures how long).
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include "core/accounts/session.h"
#include "core/projects/dashboard.h"
#include "core/projects/project_service.h"
#include "core/storage/repositories.h"
#include "core/storage/statistics_repository.h"
#include "tests/core/projects/emptied_database.h"

using namespace cvd;
using namespace cvd::projects;
using accounts::Role;
using accounts::Session;

class TestDashboard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { test::TestDatabases::addEngineRows(); }
    void init() {
        QFETCH_GLOBAL(QString, engine);
        CVD_REQUIRE_ENGINE(m_databases, engine);
        m_dir = std::make_unique<QTemporaryDir>();
        auto opened = m_databases.open(engine, &m_settings);
        CVD_VERIFY_OK(opened);
        m_database = std::move(*opened);
        m_library = std::make_unique<MediaLibrary>(m_dir->filePath("library"));
        m_service = std::make_unique<ProjectService>(*m_database, *m_library);
        m_admin = addUser("Admin", Role::Administrator);
        m_ann = addUser("Ann", Role::Normal);
    }
    void cleanup() {
        m_service.reset();
        m_database.reset();
    }

    void anAdministratorSeesAllAndAUserOnlyOwn() {
        const ProjectId mine = addProject("Lift 1", m_ann.user);
        addResult(mine, 3, 2);
        addResult(mine, 4, 1);  // the latest counts, the earlier one does not
        addResult(addProject("Lift 2", m_admin.user), 2, 3);
        addProject("Lift 3", m_admin.user);

        CVD_UNWRAP(const Dashboard all, m_service->dashboard(m_admin));
        QVERIFY(all.everybody);
        QCOMPARE(all.projects.total(), 3);
        QCOMPARE(all.users, 2);
        QCOMPARE(all.usersPerMonth.size(), 12);
        QCOMPARE(all.usersPerMonth.last().count, 2);
        QCOMPARE(all.projectsPerMonth.last().count, 3);
        QCOMPARE(all.rules.size(), 1);
        QCOMPARE(all.rules.first().rule, QString("under_vibration"));
        QCOMPARE(all.rules.first().major, 4);

        CVD_UNWRAP(const Dashboard own, m_service->dashboard(m_ann));
        QVERIFY(!own.everybody);
        QCOMPARE(own.projects.total(), 1);
        QCOMPARE(own.users, 0);
        QVERIFY(own.usersPerMonth.isEmpty());
        QCOMPARE(own.rules.first().major, 1);
    }

    void falseAlarmsAreCountedApart() {
        const ResultId result = addResult(addProject("Lift", m_ann.user), 2, 3);
        CVD_UNWRAP(const auto violations, m_service->violations(m_ann, result));
        CVD_VERIFY_OK(m_service->setVerdict(m_ann, violations.first().id, UserVerdict::FalseAlarm,
                                            "not_a_poker"));
        CVD_UNWRAP(const Dashboard board, m_service->dashboard(m_ann));
        QCOMPARE(board.rules.first().total(), 2);
        QCOMPARE(board.rules.first().falseAlarms, 1);
    }

    void jobsAreCountedByStateAndDay() {
        const ProjectId project = addProject("Lift", m_ann.user);
        const QDateTime now(QDate(2026, 3, 31), QTime(12, 0), Qt::UTC);
        addJob(project, 2, now.addDays(-1));
        addJob(project, 2, now.addDays(-1));
        addJob(project, 3, now);
        addJob(project, 2, now.addDays(-40));  // too old for the days, not for the states
        CVD_UNWRAP(const Dashboard board, m_service->dashboard(m_admin, now));
        QCOMPARE(board.jobsDone, 3);
        QCOMPARE(board.jobsFailed, 1);
        QCOMPARE(board.jobsPerDay.size(), 30);
        QCOMPARE(board.jobsPerDay.last().failed, 1);
        QCOMPARE(board.jobsPerDay[28].done, 2);
        QCOMPARE(board.projectsPerMonth.first().month, QString("2025-04"));
    }

    void speedIsFramesBySeconds() {
        const ProjectId project = addProject("Lift", m_ann.user);
        addResult(project, 1, 0, 100, 10);  // 1000 frames
        addResult(project, 1, 0, 10, 90);   // 900 frames
        CVD_UNWRAP(const Dashboard board, m_service->dashboard(m_ann));
        QCOMPARE(board.framesPerS, 19.0);
    }

    void poursOfTheSameOwnerStandSideBySide() {
        const ProjectId first = addProject("Lift 1", m_ann.user);
        addResult(first, 4, 1);
        const ProjectId second = addProject("Lift 2", m_ann.user);
        addResult(second, 2, 2);
        addResult(addProject("Other", m_admin.user), 2, 2);
        addProject("No result", m_ann.user);
        CVD_UNWRAP(const auto pours, m_service->comparePours(m_ann, first));
        QCOMPARE(pours.size(), 2);
        QCOMPARE(pours.first().name, QString("Lift 2"));
        QCOMPARE(pours.last().insertions, 4);
        QCOMPARE(pours.last().wrongLength, 1);
        QCOMPARE(pours.last().meanStationaryS, 12.0);
        // An old pour is shown beside the newest.
        CVD_UNWRAP(const auto newest, m_service->comparePours(m_ann, first, 1));
        QCOMPARE(newest.size(), 2);
        QCOMPARE(newest.first().name, QString("Lift 1"));
        QVERIFY(!m_service->comparePours(m_ann, ProjectId{9999}).ok());
    }

    void violationsAreCountedFromTheIndexAlone() {
        QFETCH_GLOBAL(QString, engine);
        if (engine != "sqlite") {
            QSKIP("the plan's words are SQLite's");
        }
        CVD_UNWRAP(const auto rows,
                   m_database->select("EXPLAIN QUERY PLAN SELECT v.rule, v.severity, "
                                      "v.user_verdict, COUNT(*) FROM project p JOIN violation v ON "
                                      "v.result_id = p.latest_result WHERE v.verdict = 'violation' "
                                      "GROUP BY v.rule, v.severity, v.user_verdict"));
        QString plan;
        for (const storage::Row& row : rows) {
            plan += row.text(3) + '\n';
        }
        QVERIFY2(plan.contains("COVERING INDEX violation_for_counts"), qPrintable(plan));
    }

    void manyProjectsAreCountedQuickly() {
        const int projects = qEnvironmentVariableIntValue("CVD_DASHBOARD_PROJECTS");
        if (projects == 0) {
            QSKIP("SKIPPED: set CVD_DASHBOARD_PROJECTS=100000 to measure");
        }
        CVD_VERIFY_OK(m_database->withTransaction([&]() -> Status {
            for (int i = 0; i < projects; ++i) {
                const ProjectId id =
                    addProject(QString("Pour %1").arg(i), i % 2 ? m_ann.user : m_admin.user);
                addResult(id, 1, 12);
                addJob(id, 2 + i % 2, QDateTime::currentDateTimeUtc().addDays(-(i % 60)));
            }
            return {};
        }));
        QElapsedTimer timer;
        timer.start();
        CVD_UNWRAP(const Dashboard board, m_service->dashboard(m_admin));
        qInfo("dashboard over %d projects: %lld ms", projects, timer.restart());
        CVD_UNWRAP(const Dashboard own, m_service->dashboard(m_ann));
        qInfo("own half: %lld ms", timer.elapsed());
        QCOMPARE(board.rules.first().total(), projects * 12);
        QCOMPARE(own.projects.total(), projects / 2);
    }

    void theLibraryIsMeasuredOnDisk() {
        QDir(m_library->root()).mkpath("media/ab");
        QDir(m_library->root()).mkpath("results/1");
        write("media/ab/v.mp4", 3000);
        write("results/1/summary.json", 500);
        write("thumbnails.db", 20);
        std::atomic_bool cancel = false;
        const auto usage = libraryUsage(m_library->root(), cancel);
        QVERIFY(usage);
        QCOMPARE(usage->videos, 3000);
        QCOMPARE(usage->results, 500);
        QCOMPARE(usage->other, 20);
        cancel = true;
        QVERIFY(!libraryUsage(m_library->root(), cancel));
    }

private:
    Session addUser(const QString& name, Role role) {
        storage::UserRecord user;
        user.name = name;
        user.authority = int(role);
        const auto id = storage::UserRepository(*m_database).insert(user);
        return Session{id.ok() ? *id : UserId(), name, role};
    }
    ProjectId addProject(const QString& name, UserId owner) {
        storage::ProjectRecord project;
        project.name = name;
        project.owner = owner;
        const auto id = storage::ProjectRepository(*m_database).insert(project);
        return id.ok() ? *id : ProjectId();
    }
    ResultId addResult(ProjectId project, int insertions, int violations, double framesPerS = 20,
                       double wallS = 5) {
        storage::ResultRecord row;
        row.project = project;
        row.folder = QString("results/%1").arg(++m_count);
        row.framesPerS = framesPerS;
        row.wallS = wallS;
        row.summaryJson = "{}";
        row.violations = violations;
        const auto id = storage::ResultRepository(*m_database).insert(row);
        std::vector<Insertion> in;
        for (int i = 0; i < insertions; ++i) {
            Insertion insertion;
            insertion.id = i + 1;
            insertion.stationaryS = 12;
            in.push_back(insertion);
        }
        std::vector<Violation> found;
        for (int i = 0; i < violations; ++i) {
            Violation violation;
            violation.id = i + 1;
            violation.rule = "under_vibration";
            violation.severity = Severity::Major;
            violation.reason = "Too short.";
            found.push_back(violation);
        }
        (void)storage::InsertionRepository(*m_database).insert(*id, in).ok();
        (void)storage::ViolationRepository(*m_database).insert(*id, found).ok();
        return *id;
    }
    void addJob(ProjectId project, int state, const QDateTime& finished) {
        storage::JobRecord job;
        job.project = project;
        job.owner = m_ann.user;
        job.state = state;
        job.kind = "detect";
        job.queued = job.started = job.finished = finished;
        (void)storage::JobRepository(*m_database).insert(job).ok();
    }
    void write(const QString& file, int bytes) {
        QFile out(m_library->root() + '/' + file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(QByteArray(bytes, 'x'));
    }

    test::EmptiedDatabases m_databases;
    storage::ConnectionSettings m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<MediaLibrary> m_library;
    std::unique_ptr<ProjectService> m_service;
    Session m_admin, m_ann;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestDashboard)
#include "tst_dashboard.moc"
