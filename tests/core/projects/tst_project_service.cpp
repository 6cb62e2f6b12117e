// Projects on a real database and real files: rows and files together, roles, lists, reviews.
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include "core/accounts/session.h"
#include "core/compliance/calibration.h"
#include "core/projects/library_journal.h"
#include "core/projects/project_service.h"
#include "core/report/result_files.h"
#include "core/storage/project_search.h"
#include "core/storage/repositories.h"
#include "core/storage/schema.h"
#include "tests/core/projects/service_fixture.h"

using namespace cvd;
using namespace cvd::projects;
using accounts::Role;
using accounts::Session;
using test::message;

namespace {

Calibration someCalibration() {
    Calibration calibration;
    calibration.imagePoints = {{10, 10}, {90, 12}, {88, 60}, {8, 58}};
    calibration.planePoints = {{0, 0}, {3.2, 0}, {3.2, 2.4}, {0, 2.4}};
    calibration.radiusOfActionM = 0.35;
    return calibration;
}

compliance::Judgement someJudgement() {
    compliance::Judgement judgement;
    Insertion insertion;
    insertion.id = 1;
    insertion.track = TrackId{3};
    insertion.startFrame = 2;
    insertion.endFrame = 9;
    insertion.startS = 0.08;
    insertion.endS = 0.36;
    insertion.immersedS = 0.28;
    insertion.contactPx = {40.5, 30.25};
    insertion.tiltDeg = 4.5;
    insertion.confidence = 0.9;
    judgement.insertions = {insertion};
    const Verdict verdicts[] = {Verdict::Violation, Verdict::Violation, Verdict::CannotJudge};
    for (int i = 0; i < 3; ++i) {
        Violation violation;
        violation.id = i + 1;
        violation.rule = i == 0 ? "under_vibration" : i == 1 ? "dragging" : "spacing_too_large";
        violation.verdict = verdicts[i];
        violation.severity = Severity::Major;
        violation.startFrame = 2 + i;
        violation.endFrame = 9;
        violation.insertion = 1;
        violation.value = 0.28;
        violation.limit = 20;
        violation.unit = "s";
        violation.source = "GB 50666";
        violation.confidence = 0.8;
        violation.reason = "Only %1 s.";
        violation.reasonArgs = {"0.28"};
        judgement.violations.push_back(violation);
    }
    return judgement;
}

}  // namespace

class TestProjectService : public QObject, private test::ServiceFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { test::TestDatabases::addEngineRows(); }
    void initTestCase() { makeVideos(2); }

    void init() {
        QFETCH_GLOBAL(QString, engine);
        CVD_REQUIRE_ENGINE(m_databases, engine);
        openServices(engine);
    }
    void cleanup() {
        if (m_database) {
            m_database->executeSchema("DROP TRIGGER IF EXISTS refuse").ok();
        }
        closeServices();
    }

    // --- Create, read, delete ---

    void aProjectLivesAndGoesWithItsFiles() {
        NewProject wanted{"  North   slab ", "axis 3 to 5", video(1), ImportMode::Copy, {}};
        const auto id = m_service->create(m_ann, wanted);
        QVERIFY2(id.ok(), message(id));
        const auto project = m_service->project(m_ann, *id);
        QVERIFY2(project.ok(), message(project));
        QCOMPARE(project->name, "North slab");
        QCOMPARE(project->description, "axis 3 to 5");
        QCOMPARE(project->status, ProjectStatus::NotStarted);
        QCOMPARE(project->owner, m_ann.user);
        QCOMPARE(project->ownerName, "Ann");
        QCOMPARE(project->video.frames, 12);
        QCOMPARE(project->videoState, MediaState::Present);
        QVERIFY(project->created.secsTo(QDateTime::currentDateTimeUtc()) < 60);
        QVERIFY(QFile::exists(project->videoPath) && QFile::exists(project->thumbnailPath));
        QCOMPARE(*m_service->playableVideo(m_ann, *id), project->videoPath);
        QCOMPARE(projectCount(m_ann), 1);
        QVERIFY(audited("project_created", "North slab"));

        VERIFY_OK(m_service->remove(m_ann, *id));
        VERIFY_FAILS(m_service->project(m_ann, *id), ErrorKind::Usage);
        QCOMPARE(libraryFiles(), QStringList());
        QCOMPARE(rows("video"), 0);
        QCOMPARE(projectCount(m_ann), 0);
        QVERIFY(audited("project_deleted", "North slab"));
    }

    void twoProjectsShareOneFile() {
        const ProjectId first = made(m_ann, 1, "one");
        const ProjectId second = made(m_bob, 1, "two");
        QCOMPARE(libraryFiles().size(), 2);  // a video, a thumbnail
        QCOMPARE(rows("video"), 1);
        VERIFY_OK(m_service->remove(m_ann, first));
        const auto left = m_service->project(m_bob, second);
        QVERIFY(left.ok());
        QVERIFY(QFile::exists(left->videoPath) && QFile::exists(left->thumbnailPath));
        VERIFY_OK(m_service->remove(m_bob, second));
        QCOMPARE(libraryFiles(), QStringList());
    }

    void aLinkedOriginalIsNeverDeleted() {
        const auto id = m_service->create(m_ann, {"linked", "", video(1), ImportMode::Link, {}});
        QVERIFY2(id.ok(), message(id));
        const ProjectId copied = made(m_ann, 1, "copied");
        QCOMPARE(libraryFiles().size(), 3);  // each has its own thumbnail
        QVERIFY(m_service->project(m_ann, *id)->videoLinked);
        VERIFY_OK(m_service->remove(m_ann, *id));
        QVERIFY(QFile::exists(video(1)));
        QCOMPARE(libraryFiles().size(), 2);
        QVERIFY(QFile::exists(m_service->project(m_ann, copied)->thumbnailPath));
    }

    void aRefusedImportLeavesNothing() {
        const QString bad = m_dir->filePath("bad.mp4");
        QVERIFY(test::writeBytes(bad, "no video"));
        VERIFY_FAILS(m_service->create(m_ann, {"x", "", bad, ImportMode::Copy, {}}),
                     ErrorKind::BadInput);
        VERIFY_FAILS(
            m_service->create(m_ann, {QString(101, 'x'), "", video(1), ImportMode::Copy, {}}),
            ErrorKind::Usage);
        VERIFY_FAILS(
            m_service->create(m_ann, {"x", QString(501, 'x'), video(1), ImportMode::Copy, {}}),
            ErrorKind::Usage);
        QCOMPARE(libraryFiles(), QStringList());
        QCOMPARE(rows("project") + rows("video"), 0);
    }

    void rowsThatCannotBeAddedTakeTheFileAway() {
        failOn("INSERT", "project");
        VERIFY_FAILS(m_service->create(m_ann, {"x", "", video(1), ImportMode::Copy, {}}),
                     ErrorKind::Environment);
        QCOMPARE(libraryFiles(), QStringList());
        QCOMPARE(rows("video"), 0);
    }

    void aNameIsTakenFromTheFileWhenNoneIsGiven() {
        QCOMPARE(m_service->project(m_ann, made(m_ann, 2, ""))->name, "video 2");
    }

    // --- Deleting: both or neither ---

    void aFileThatCannotGoKeepsTheProject() {
        const ProjectId id = made(m_ann, 1, "kept");
        stored(id);
        const QStringList before = libraryFiles();
        int moves = 0;
        m_library->rename = [&](const QString& from, const QString& to) {
            return ++moves != 3 && QDir().rename(from, to);  // the third refuses
        };
        VERIFY_FAILS(m_service->remove(m_ann, id), ErrorKind::Environment);
        QVERIFY(moves > 3);  // what had been moved went back
        QCOMPARE(libraryFiles(), before);
        QVERIFY(m_service->playableVideo(m_ann, id).ok());
        QCOMPARE(m_service->results(m_ann, id)->size(), 1);
    }

    void rowsThatCannotGoBringTheFilesBack() {
        const ProjectId id = made(m_ann, 1, "kept");
        stored(id);
        const QStringList before = libraryFiles();
        failOn("DELETE", "video");  // the last step: the project's rows are gone by then
        VERIFY_FAILS(m_service->remove(m_ann, id), ErrorKind::Environment);
        QCOMPARE(libraryFiles(), before);
        QVERIFY(m_service->playableVideo(m_ann, id).ok());
        QCOMPARE(m_service->results(m_ann, id)->size(), 1);
        QCOMPARE(projectCount(m_ann), 1);
        QVERIFY(!audited("project_deleted", "kept"));
    }

    void aKilledDeletionIsTakenBackOrFinished() {
        const ProjectId kept = made(m_ann, 1, "kept");
        const ProjectId gone = made(m_ann, 2, "gone");
        const QString mark = databaseMark(m_settings);
        const QStringList keptFiles = filesOf(kept), goneFiles = filesOf(gone);
        {
            const auto killedBeforeTheRows = Trash::begin(*m_library, mark, kept, keptFiles);
            VERIFY_OK(killedBeforeTheRows->moveIn());
            const auto killedAfterTheRows = Trash::begin(*m_library, mark, gone, goneFiles);
            VERIFY_OK(killedAfterTheRows->moveIn());
            QVERIFY(*storage::ProjectRepository(*m_database).remove(gone));
            // Another database's business is left alone.
            VERIFY_OK(Trash::begin(*m_library, "sqlite:/other", kept, {"media/none"}));
        }
        QVERIFY(!m_service->playableVideo(m_ann, kept).ok());
        VERIFY_OK(m_service->recover());
        QVERIFY(m_service->playableVideo(m_ann, kept).ok());
        QCOMPARE(libraryFiles(), sorted(keptFiles));
        QCOMPARE(rows("video"), 1);
        QCOMPARE(
            QDir(m_library->root() + "/trash").entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(),
            1);
    }

    void aKilledImportIsTakenBack() {
        auto staged = m_library->stage(video(1), ImportMode::Copy);
        QVERIFY(staged.ok());
        VERIFY_OK(PlacingNote::write(*m_library, databaseMark(m_settings), staged->record()));
        VERIFY_OK(m_library->place(std::move(*staged)));
        QCOMPARE(libraryFiles().size(), 2);
        VERIFY_OK(m_service->recover());
        QCOMPARE(libraryFiles(), QStringList());
        // The same note beside a project that was added after all changes nothing.
        const ProjectId id = made(m_ann, 1, "added");
        auto again = m_library->stage(video(1), ImportMode::Copy);
        VERIFY_OK(PlacingNote::write(*m_library, databaseMark(m_settings), again->record()));
        VERIFY_OK(m_service->recover());
        QVERIFY(m_service->playableVideo(m_ann, id).ok());
    }

    void aProjectWithARunningJobIsNotDeleted() {
        const ProjectId id = made(m_ann, 1, "busy");
        storage::JobRecord job;
        job.project = id;
        job.owner = m_ann.user;
        job.state = 1;
        VERIFY_OK(storage::JobRepository(*m_database).insert(job));
        VERIFY_FAILS(m_service->remove(m_ann, id), ErrorKind::Usage);
        QVERIFY(m_service->playableVideo(m_ann, id).ok());
    }

    // --- Who may do what ---

    void usersSeeOnlyTheirOwn() {
        const ProjectId anns = made(m_ann, 1, "Ann's");
        const ResultId result = stored(anns);
        const ViolationId violation = m_service->violations(m_ann, result)->first().id;
        const ProjectId bobs = made(m_bob, 2, "Bob's");

        QCOMPARE(names(m_ann, {}), QStringList{"Ann's"});
        QCOMPARE(names(m_bob, {}), QStringList{"Bob's"});
        QCOMPARE(names(m_admin, {}).size(), 2);
        ProjectQuery ofAnn;
        ofAnn.owner = m_ann.user;
        VERIFY_FAILS(m_service->list(m_bob, ofAnn), ErrorKind::Usage);
        QCOMPARE(names(m_admin, ofAnn), QStringList{"Ann's"});

        const ErrorKind no = ErrorKind::Usage;
        VERIFY_FAILS(m_service->project(m_bob, anns), no);
        VERIFY_FAILS(m_service->mayUse(m_bob, anns), no);
        VERIFY_FAILS(m_service->update(m_bob, anns, {"mine", {}, {}}), no);
        VERIFY_FAILS(m_service->remove(m_bob, anns), no);
        VERIFY_FAILS(m_service->playableVideo(m_bob, anns), no);
        VERIFY_FAILS(m_service->calibration(m_bob, anns), no);
        VERIFY_FAILS(m_service->setCalibration(m_bob, anns, someCalibration()), no);
        VERIFY_FAILS(m_service->clearCalibration(m_bob, anns), no);
        VERIFY_FAILS(m_service->importCalibration(m_bob, anns, "x.json"), no);
        VERIFY_FAILS(m_service->results(m_bob, anns), no);
        VERIFY_FAILS(m_service->result(m_bob, result), no);
        VERIFY_FAILS(m_service->insertions(m_bob, result), no);
        VERIFY_FAILS(m_service->violations(m_bob, result), no);
        VERIFY_FAILS(m_service->reviewCounts(m_bob, result), no);
        VERIFY_FAILS(m_service->setVerdict(m_bob, violation, UserVerdict::Confirmed), no);
        VERIFY_FAILS(m_service->setVerdicts(m_bob, {violation}, UserVerdict::Confirmed), no);
        NewProject forBob{"x", "", video(1), ImportMode::Copy, m_bob.user};
        VERIFY_FAILS(m_service->create(m_ann, forBob), no);
        VERIFY_FAILS(m_service->update(m_ann, anns, {{}, {}, m_bob.user}), no);

        QCOMPARE(m_service->statistics(m_bob)->projects.total(), 1);
        QCOMPARE(m_service->statistics(m_admin)->projects.total(), 2);
        VERIFY_OK(m_service->project(m_admin, bobs));
    }

    void aDemotedOrDeletedUserLosesTheRightsAtOnce() {
        const ProjectId anns = made(m_ann, 1, "Ann's");
        Session forged = m_bob;
        forged.role = Role::Administrator;
        VERIFY_FAILS(m_service->project(forged, anns), ErrorKind::Usage);

        storage::UserRepository users(*m_database);
        auto admin = *users.find(m_admin.user);
        admin->authority = 0;
        QVERIFY(*users.update(*admin));
        VERIFY_FAILS(m_service->project(m_admin, anns), ErrorKind::Usage);
        QVERIFY(*users.remove(m_bob.user));
        VERIFY_FAILS(m_service->list(m_bob, {}), ErrorKind::Usage);
    }

    void anAdministratorGivesAProjectAway() {
        const ProjectId id = made(m_ann, 1, "moves");
        VERIFY_OK(
            m_service->update(m_admin, id, {QString("moved"), QString("to Bob"), m_bob.user}));
        QVERIFY(!m_service->project(m_ann, id).ok());
        const auto moved = m_service->project(m_bob, id);
        QVERIFY(moved.ok());
        QCOMPARE(moved->name, "moved");
        QCOMPARE(moved->description, "to Bob");
        QCOMPARE(projectCount(m_ann), 0);
        QCOMPARE(projectCount(m_bob), 1);
        VERIFY_FAILS(m_service->update(m_admin, id, {{}, {}, UserId{999}}), ErrorKind::Usage);
        QVERIFY(audited("project_changed", "moved"));
    }

    // --- Lists ---

    void theListIsSearchedFilteredSortedAndPaged() {
        const ProjectId a = made(m_ann, 1, "Alpha deck");
        made(m_ann, 2, "beta DECK");
        made(m_bob, 1, "浇筑 gamma");
        VERIFY_OK(m_service->update(m_bob, made(m_bob, 2, "delta"), {{}, QString("100%"), {}}));
        stored(a);
        ProjectQuery query;
        query.sort = ProjectSort::Name;
        query.descending = false;
        query.text = "deck";
        QCOMPARE(names(m_admin, query), (QStringList{"Alpha deck", "beta DECK"}));
        query.text = "ann ALPHA";
        QCOMPARE(names(m_admin, query), QStringList{"Alpha deck"});
        query.text = "浇筑";
        QCOMPARE(names(m_admin, query), QStringList{"浇筑 gamma"});
        query.text = "0%";
        QCOMPARE(names(m_admin, query), QStringList{"delta"});
        query.text = "%";
        QCOMPARE(names(m_admin, query), QStringList{"delta"});
        query.text.clear();
        query.status = ProjectStatus::Done;
        QCOMPARE(names(m_admin, query), QStringList{"Alpha deck"});
        query.status.reset();
        query.owner = m_bob.user;
        QCOMPARE(names(m_admin, query).size(), 2);
        query.owner.reset();
        query.createdFrom = QDateTime::currentDateTimeUtc().addDays(1);
        QCOMPARE(names(m_admin, query), QStringList());
        query.createdFrom = {};
        query.limit = 2;
        query.offset = 1;
        const auto page = m_service->list(m_admin, query);
        QCOMPARE(page->total, 4);
        QCOMPARE(page->rows.size(), 2);
        QCOMPARE(page->rows[0].name, "beta DECK");
        // A row carries what the card shows.
        query.offset = 0;
        const Project card = m_service->list(m_admin, query)->rows.first();
        QVERIFY(card.latestResult.has_value());
        QCOMPARE(card.violations, 2);
        QCOMPARE(card.unreviewed, 2);
        QCOMPARE(card.video.frames, 12);
        QVERIFY(QFile::exists(card.thumbnailPath));
    }

    void aHundredThousandProjectsArePagedAtOnce() {
        VERIFY_OK(m_service->create(m_ann, {"first", "", video(1), ImportMode::Copy, {}}));
        addManyProjects(100000);
        if (m_settings.engine == storage::Engine::MySql) {
            // The server counts a table again by itself, some seconds after it has changed much.
            VERIFY_OK(m_database->select("ANALYZE TABLE project, user, video"));
        }

        QList<ProjectQuery> queries;
        for (const ProjectSort sort : {ProjectSort::Created, ProjectSort::Name, ProjectSort::Owner,
                                       ProjectSort::Status, ProjectSort::Duration}) {
            ProjectQuery query;
            query.sort = sort;
            queries << query;
            query.offset = 60000;
            queries << query;
        }
        ProjectQuery filtered;
        filtered.status = ProjectStatus::Done;
        queries << filtered;
        filtered.status.reset();
        filtered.text = "pour 4711";
        queries << filtered;
        for (const ProjectQuery& query : queries) {
            const qint64 before = statements();
            QElapsedTimer timer;
            timer.start();
            const auto page = m_service->list(m_admin, query);
            const qint64 ms = timer.elapsed();
            QVERIFY2(page.ok(), message(page));
            QVERIFY(!page->rows.isEmpty());
            const qint64 used = statements() - before;
            // The session, the total, the rows, each prepared and closed; and what asks for this.
            // Each word of a text asks for the people and the rarest of its pieces, too.
            const qint64 allowed = query.text.isEmpty() ? 12 : 40;
            QVERIFY2(used <= allowed, qPrintable(QString::number(used)));
            qInfo("sort %d, offset %lld, status %d, text '%s': %lld ms", int(query.sort),
                  query.offset, query.status ? int(*query.status) : -1, qPrintable(query.text), ms);
        }
        if (m_settings.engine == storage::Engine::Sqlite) {
            storage::ProjectFilter filter;
            const auto [sql, values] =
                storage::ProjectRepository::pageStatement(m_database->dialect(), filter);
            const auto plan = m_database->select("EXPLAIN QUERY PLAN " + sql, values);
            QVERIFY(plan.ok());
            QStringList steps;
            for (const auto& row : *plan) {
                steps << row.text(3);
            }
            QVERIFY2(steps.join("; ").contains("USING COVERING INDEX") &&
                         !steps.join("; ").contains("TEMP B-TREE"),
                     qPrintable(steps.join("; ")));
        }
    }

    // --- Calibration ---

    void aCalibrationBelongsToItsProject() {
        const ProjectId id = made(m_ann, 1, "calibrated");
        QVERIFY(!m_service->calibration(m_ann, id)->has_value());
        VERIFY_OK(m_service->setCalibration(m_ann, id, someCalibration()));
        const auto read = m_service->calibration(m_ann, id);
        QVERIFY2(read.ok() && read->has_value(), message(read));
        QCOMPARE((*read)->planePoints, someCalibration().planePoints);
        QCOMPARE(*(*read)->radiusOfActionM, 0.35);
        QVERIFY(m_service->project(m_ann, id)->hasCalibration);

        const QString file = m_dir->filePath("calibration.json");
        Calibration other = someCalibration();
        other.radiusOfActionM = 0.5;
        VERIFY_OK(compliance::writeCalibration(file, other));
        VERIFY_OK(m_service->importCalibration(m_ann, id, file));
        QCOMPARE(*(*m_service->calibration(m_ann, id))->radiusOfActionM, 0.5);

        QVERIFY(test::writeBytes(file, "{\"schema\": 3}"));
        VERIFY_FAILS(m_service->importCalibration(m_ann, id, file), ErrorKind::BadInput);
        Calibration bad = someCalibration();
        bad.imagePoints.pop_back();
        QVERIFY(!m_service->setCalibration(m_ann, id, bad).ok());
        QCOMPARE(*(*m_service->calibration(m_ann, id))->radiusOfActionM, 0.5);
        VERIFY_OK(m_service->clearCalibration(m_ann, id));
        QVERIFY(!m_service->calibration(m_ann, id)->has_value());
    }

    // --- Results and reviews ---

    void aResultIsStoredWholeAndOnce() {
        const ProjectId id = made(m_ann, 1, "judged");
        const QString folder = resultFolder();
        const auto first = m_service->storeResult(id, JobId(), folder);
        QVERIFY2(first.ok(), message(first));
        QCOMPARE(*m_service->storeResult(id, JobId(), folder), *first);

        const auto info = m_service->result(m_ann, *first);
        QVERIFY(info.ok());
        QCOMPARE(info->folder, folder);
        QCOMPARE(info->modelName, "nano");
        QCOMPARE(info->profileId, "gb50666");
        QCOMPARE(info->insertions, 1);
        QCOMPARE(info->violations, 2);
        QCOMPARE(info->cannotJudge, 1);
        QCOMPARE(info->unreviewed, 2);
        const auto insertions = m_service->insertions(m_ann, *first);
        QCOMPARE(insertions->size(), size_t(1));
        QCOMPARE(insertions->front().endFrame, 9);
        QCOMPARE(insertions->front().contactPx.x, 40.5);
        const auto violations = m_service->violations(m_ann, *first);
        QCOMPARE(violations->size(), 3);
        QCOMPARE(QString::fromStdString(violations->at(1).violation.rule), "dragging");
        QCOMPARE(m_service->project(m_ann, id)->status, ProjectStatus::Done);

        // A second detection does not replace the first one.
        const auto second = m_service->storeResult(id, JobId(), resultFolder("wide"));
        QVERIFY(second.ok());
        const auto both = m_service->results(m_ann, id);
        QCOMPARE(both->size(), 2);
        QCOMPARE(both->first().modelName, "wide");
        QCOMPARE(both->last().modelName, "nano");
        QCOMPARE(m_service->project(m_ann, id)->latestResult->id, *second);

        VERIFY_OK(m_service->remove(m_ann, id));
        QVERIFY(!QDir(folder).exists());
        QCOMPARE(rows("result") + rows("insertion") + rows("violation"), 0);
    }

    void aResultThatCannotBeReadOrStoredChangesNothing() {
        const ProjectId id = made(m_ann, 1, "judged");
        QVERIFY(!m_service->storeResult(id, JobId(), m_library->newResultFolder()).ok());
        failOn("INSERT", "violation");
        QVERIFY(!m_service->storeResult(id, JobId(), resultFolder()).ok());
        QCOMPARE(rows("result") + rows("insertion"), 0);
        QCOMPARE(m_service->project(m_ann, id)->status, ProjectStatus::NotStarted);
        VERIFY_FAILS(m_service->storeResult(ProjectId{99}, JobId(), resultFolder()),
                     ErrorKind::BadInput);
    }

    void verdictsAreAHistory() {
        const ProjectId id = made(m_ann, 1, "reviewed");
        const ResultId result = stored(id);
        const auto before = *m_service->violations(m_ann, result);
        const ViolationId one = before[0].id, two = before[1].id;
        QVERIFY(!before[0].mine && before[0].history.isEmpty());

        const auto entry =
            m_service->setVerdict(m_ann, one, UserVerdict::FalseAlarm, "shadow", "not a poker");
        QVERIFY2(entry.ok(), message(entry));
        QCOMPARE(entry->userName, "Ann");
        VERIFY_OK(m_service->setVerdict(m_admin, one, UserVerdict::Confirmed));
        auto seen = *m_service->violations(m_ann, result);
        QCOMPARE(seen[0].history.size(), 2);
        QCOMPARE(seen[0].mine->verdict, UserVerdict::FalseAlarm);
        QCOMPARE(seen[0].mine->reason, "shadow");
        QCOMPARE(seen[0].mine->note, "not a poker");
        QCOMPARE(seen[0].latest->verdict, UserVerdict::Confirmed);
        QCOMPARE(seen[0].latest->userName, "Admin");
        QVERIFY(!m_service->violations(m_admin, result)->at(1).reviewedByMe());

        auto counts = *m_service->reviewCounts(m_ann, result);
        QCOMPARE(counts.total, 2);
        QCOMPARE(counts.reviewed, 1);
        QCOMPARE(counts.reviewedByMe, 1);
        QCOMPARE(counts.confirmed, 1);
        QCOMPARE(counts.falseAlarms, 0);
        QCOMPARE(m_service->project(m_ann, id)->unreviewed, 1);

        // A note alone decides nothing.
        VERIFY_OK(m_service->setVerdict(m_ann, two, UserVerdict::Open, {}, "ask the foreman"));
        QCOMPARE(m_service->violations(m_ann, result)->at(1).latest->verdict, UserVerdict::Open);
        counts = *m_service->reviewCounts(m_ann, result);
        QCOMPARE(counts.reviewed, 1);
        QCOMPARE(counts.reviewedByMe, 1);
        QCOMPARE(m_service->project(m_ann, id)->unreviewed, 1);

        // Undo opens it again and keeps what was said.
        VERIFY_OK(m_service->setVerdicts(m_ann, {one, two}, UserVerdict::Open));
        seen = *m_service->violations(m_ann, result);
        QCOMPARE(seen[0].history.size(), 3);
        QCOMPARE(m_service->reviewCounts(m_ann, result)->reviewed, 0);
        QCOMPARE(m_service->project(m_ann, id)->unreviewed, 2);

        // All or none.
        QVERIFY(
            !m_service->setVerdicts(m_ann, {one, ViolationId{99999}}, UserVerdict::Confirmed).ok());
        QCOMPARE(m_service->violations(m_ann, result)->at(0).history.size(), 3);
        VERIFY_FAILS(m_service->setVerdict(m_ann, one, UserVerdict::Confirmed, QString(101, 'x')),
                     ErrorKind::Usage);
    }

    void theDashboardAddsUp() {
        const ProjectId one = made(m_ann, 1, "one");
        made(m_bob, 2, "two");
        const ResultId result = stored(one);
        VERIFY_OK(m_service->setVerdict(m_ann, m_service->violations(m_ann, result)->first().id,
                                        UserVerdict::Confirmed));
        const auto numbers = m_service->statistics(m_admin);
        QCOMPARE(numbers->projects.notStarted, 1);
        QCOMPARE(numbers->projects.done, 1);
        QCOMPARE(numbers->results, 1);
        QCOMPARE(numbers->violations, 2);
        QCOMPARE(numbers->unreviewed, 1);
        QCOMPARE(numbers->createdLast30Days, 2);
        QVERIFY(qAbs(numbers->videoS - 2 * 12 / 25.0) < 0.1);
        QCOMPARE(m_service->statistics(m_bob)->violations, 0);
    }

    // --- Sample ---

    void theSampleComesOnce() {
        const QString file = m_dir->filePath("calibration.json");
        VERIFY_OK(compliance::writeCalibration(file, someCalibration()));
        const auto id = ensureSampleProject(*m_service, *m_database, m_ann, video(1), file);
        QVERIFY2(id.ok() && id->valid(), message(id));
        QVERIFY(m_service->project(m_ann, *id)->hasCalibration);
        QCOMPARE(*ensureSampleProject(*m_service, *m_database, m_ann, video(1), file), *id);
        QVERIFY(!ensureSampleProject(*m_service, *m_database, m_bob, video(1), file)->valid());
        VERIFY_OK(m_service->remove(m_ann, *id));
        QVERIFY(!ensureSampleProject(*m_service, *m_database, m_ann, video(1), file)->valid());
        QCOMPARE(rows("project"), 0);
    }

private:
    QString resultFolder(const std::string& model = "nano") {
        const QString folder = m_library->newResultFolder();
        QDir().mkpath(folder);
        report::ResultSummary summary;
        summary.video.frames = 12;
        summary.model = {model, "1.2", "abc"};
        summary.device = "cpu";
        summary.profileId = "gb50666";
        summary.profileVersion = "1";
        summary.createdUtc = "2026-05-01T10:00:00Z";
        test::writeBytes(folder + "/summary.json", report::summaryToJson(summary, someJudgement()));
        return folder;
    }

    ResultId stored(ProjectId project) {
        const auto id = m_service->storeResult(project, JobId(), resultFolder());
        return id.ok() ? *id : ResultId();
    }

    // By plain SQL, a thousand rows a statement: going through the service would take minutes.
    void addManyProjects(int count) {
        const QDateTime start(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
        const qint64 aVideo = m_database->selectInteger("SELECT MIN(id) FROM video").value();
        VERIFY_OK(m_database->withTransaction([&]() -> Status {
            for (int i = 0; i < count;) {
                QStringList values;
                for (int last = std::min(count, i + 1000); i < last; ++i) {
                    const QString name = QStringLiteral("pour %1").arg((i * 7919) % count);
                    values << QStringLiteral("('%1','v.mp4',%2,'',%3,'%4',%6,%5,'%1','%1')")
                                  .arg(name)
                                  .arg(i % 3)
                                  .arg((i % 2 ? m_ann : m_bob).user.value)
                                  .arg(storage::toDb(start.addSecs(i * 60)).toString())
                                  .arg(i % 600)
                                  .arg(aVideo);
                }
                CVD_TRY(m_database->execute(
                    "INSERT INTO project (project_name, video_file, project_status, description, "
                    "uid, create_date, video_id, duration_s, name_key, search_key) VALUES " +
                    values.join(',')));
            }
            CVD_TRY(
                m_database->execute("UPDATE project SET owner_key = (SELECT name_key FROM "
                                    "user WHERE user.uid = project.uid)"));
            return storage::rebuildGrams(*m_database);
        }));
    }

    QStringList names(const Session& session, const ProjectQuery& query) {
        QStringList list;
        if (const auto page = m_service->list(session, query); page.ok()) {
            for (const Project& project : page->rows) {
                list << project.name;
            }
        }
        return list;
    }

    qint64 rows(const QString& table) {
        return m_database->selectInteger("SELECT COUNT(*) FROM " + table).value();
    }
    int projectCount(const Session& session) {
        return (*storage::UserRepository(*m_database).find(session.user))->projectCount;
    }
    bool audited(const QString& action, const QString& subject) {
        storage::AuditFilter filter;
        filter.action = action;
        const auto page = storage::AuditRepository(*m_database).list(filter);
        return page.ok() && std::any_of(page->rows.begin(), page->rows.end(),
                                        [&](const auto& row) { return row.subject == subject; });
    }
    // Statements that the server has seen; SQLite does not count them.
    qint64 statements() {
        if (m_settings.engine == storage::Engine::Sqlite) {
            return 0;
        }
        const auto row = m_database->selectOne("SHOW SESSION STATUS LIKE 'Questions'");
        return row.ok() && *row ? (*row)->integer(1) : 0;
    }

    void failOn(const QString& operation, const QString& table) {
        const QString body = m_settings.engine == storage::Engine::Sqlite
                                 ? "BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"
                                 : "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused'";
        VERIFY_OK(m_database->executeSchema("CREATE TRIGGER refuse BEFORE " + operation + " ON " +
                                            table + " FOR EACH ROW " + body));
    }

    QStringList filesOf(ProjectId id) {
        const auto row = *storage::ProjectRepository(*m_database).findDetailed(id);
        return {row->video->path, row->video->thumbnail};
    }
    static QStringList sorted(QStringList list) {
        list.sort();
        return list;
    }
    // Every file of the library but its notes to itself, relative.
    QStringList libraryFiles() const {
        QStringList files;
        const QDir root(m_library->root());
        QDirIterator it(root.path(), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString file = root.relativeFilePath(it.next());
            if (!file.startsWith("trash/") && !file.endsWith(".placing")) {
                files << file;
            }
        }
        return sorted(files);
    }
};

QTEST_GUILESS_MAIN(TestProjectService)
#include "tst_project_service.moc"
