// The review page on a real database and a real result folder.
#include <QAction>
#include <QDir>
#include <QLabel>
#include <QListWidget>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/accounts/session.h"
#include "core/projects/project_service.h"
#include "core/report/result_files.h"
#include "core/storage/repositories.h"
#include "core/storage/schema.h"
#include "tests/ui/review/review_fixture.h"
#include "ui/review/insertion_model.h"
#include "ui/review/insertion_panel.h"
#include "ui/review/player_widget.h"
#include "ui/review/review_controller.h"
#include "ui/review/review_page.h"
#include "ui/review/video_view.h"
#include "ui/review/violation_model.h"
#include "ui/review/violation_panel.h"

using namespace cvd;
using namespace cvd::ui;

namespace {
constexpr int kFrames = 200;
}

class TestReviewController : public QObject {
    Q_OBJECT

    QTemporaryDir m_videos;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<projects::MediaLibrary> m_library;
    std::unique_ptr<projects::ProjectService> m_service;
    accounts::Session m_ann;
    ProjectId m_project;

    QString video() const { return m_videos.filePath(QStringLiteral("numbered.mp4")); }

    // A finished detection of the numbered video, stored as the job queue stores it.
    ResultId storeResult() {
        const auto data = test::makeReviewData(video(), kFrames, 4);
        compliance::Judgement judgement;
        judgement.insertions.assign(data.insertions.begin(), data.insertions.end());
        std::int64_t id = 0;
        for (const auto& v : data.violations) {
            judgement.violations.push_back(v.finding);
            judgement.violations.back().id = ++id;
        }
        report::ResultSummary summary;
        summary.video = data.video;
        summary.model = {"cvd-n", "3", "abc"};
        summary.device = "cpu";
        summary.profileId = "gb50666";
        summary.profileVersion = "1.0";
        summary.radiusOfActionM = 0.35;
        summary.lastFrame = kFrames - 1;
        const QString folder = m_library->newResultFolder();
        const cv::Mat first(192, 320, CV_8UC3, cv::Scalar(90, 90, 90));
        if (!QDir().mkpath(folder) ||
            !report::writeResultTables(folder, summary, *data.tracks, judgement, first)) {
            return {};
        }
        const auto stored = m_service->storeResult(m_project, JobId(), folder);
        return stored ? *stored : ResultId();
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(test::writeNumberedVideo(video(), kFrames, false)); }

    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        storage::ConnectionSettings settings;
        settings.engine = storage::Engine::Sqlite;
        settings.sqliteFile = m_dir->filePath(QStringLiteral("review.sqlite"));
        auto opened = storage::openReady(settings);
        QVERIFY(opened.ok());
        m_database = std::move(*opened);
        m_library =
            std::make_unique<projects::MediaLibrary>(m_dir->filePath(QStringLiteral("library")));
        m_service = std::make_unique<projects::ProjectService>(*m_database, *m_library);
        storage::UserRecord user;
        user.name = QStringLiteral("Ann");
        const auto id = storage::UserRepository(*m_database).insert(user);
        QVERIFY(id.ok());
        m_ann = accounts::Session{*id, user.name, accounts::Role::Normal};
        const auto project = m_service->create(
            m_ann, {QStringLiteral("Lift 3"), {}, video(), projects::ImportMode::Copy, {}});
        QVERIFY(project.ok());
        m_project = *project;
    }
    void cleanup() {
        m_service.reset();
        m_database.reset();
    }

    void aProjectWithoutAResultPlaysAndSaysSo() {
        ReviewPage page;
        page.show();
        ReviewController controller(&page, *m_service);
        QVERIFY(controller.open(m_ann, m_project).ok());
        QTRY_COMPARE(page.shownFrame(), 0);
        QVERIFY(!page.data().hasResult);
        QVERIFY(page.findChild<QLabel*>(QStringLiteral("emptyListLabel"))->isVisible());
        // A detection ends: the same page shows its result.
        page.seek(20);
        QTRY_COMPARE(page.shownFrame(), 20);
        QVERIFY(storeResult().valid());
        QVERIFY(controller.refresh().ok());
        QCOMPARE(page.violationPanel()->model()->judgedCount(), 4);
        QCOMPARE(page.shownFrame(), 20);
    }

    void resultTracksAndFactsArrive() {
        QVERIFY(storeResult().valid());
        ReviewPage page;
        page.resize(1280, 744);
        page.show();
        ReviewController controller(&page, *m_service);
        QSignalSpy loaded(&controller, &ReviewController::tracksLoaded);
        QVERIFY(controller.open(m_ann, m_project).ok());
        QCOMPARE(page.violationPanel()->model()->judgedCount(), 4);
        QCOMPARE(page.violationPanel()->model()->rowCount(), 6);  // two could not be judged
        QCOMPARE(page.insertionPanel()->model()->rowCount(), 4);
        QTRY_COMPARE(loaded.size(), 1);
        QTRY_COMPARE(page.shownFrame(), 0);
        QCOMPARE(page.player()->view()->scene().tracks().at(10).size(), size_t(2));
        const QString facts = page.findChild<QLabel*>(QStringLiteral("reviewFactsLabel"))->text();
        QVERIFY2(facts.contains(QStringLiteral("R 350 mm")) &&
                     facts.contains(QStringLiteral("cvd-n 3")) &&
                     facts.contains(QStringLiteral("50666")),
                 qPrintable(facts));
        controller.close();
        QVERIFY(!page.player()->isOpen());
    }

    void verdictsReachTheDatabaseWithTheirAuthor() {
        const ResultId result = storeResult();
        QVERIFY(result.valid());
        ReviewPage page;
        page.show();
        ReviewController controller(&page, *m_service);
        QSignalSpy changed(&controller, &ReviewController::reviewChanged);
        QVERIFY(controller.open(m_ann, m_project).ok());
        auto* panel = page.violationPanel();
        const qint64 first = panel->model()->violations().first().id;
        page.showViolation(first);
        panel->giveVerdict(ReviewVerdict::FalseAlarm, QStringLiteral("not_a_poker"));
        QCOMPARE(changed.size(), 1);
        const auto stored = *m_service->violations(m_ann, result);
        QCOMPARE(stored.first().history.size(), 1);
        QCOMPARE(stored.first().latest->verdict, projects::UserVerdict::FalseAlarm);
        QCOMPARE(stored.first().latest->reason, QStringLiteral("not_a_poker"));
        QCOMPARE(panel->model()->find(first)->history.last().author, QStringLiteral("Ann"));
        page.findChild<QAction*>(QStringLiteral("undoVerdictAction"))->trigger();
        QCOMPARE(m_service->reviewCounts(m_ann, result)->reviewed, 0);
        QCOMPARE(m_service->violations(m_ann, result)->first().history.size(), 2);
        // It is open again, not "undecided", which nobody said.
        QCOMPARE(m_service->violations(m_ann, result)->first().latest->verdict,
                 projects::UserVerdict::Open);
        QCOMPARE(panel->model()->find(first)->verdict(), ReviewVerdict::Unreviewed);
        // Opened again, everything is as it was left.
        QVERIFY(controller.open(m_ann, m_project).ok());
        QCOMPARE(panel->model()->find(first)->history.size(), 2);
        QCOMPARE(panel->model()->unreviewedCount(), 4);
    }

    void aRefusedVerdictIsTakenBackAndExplained() {
        QVERIFY(storeResult().valid());
        ReviewPage page;
        page.show();
        ReviewController controller(&page, *m_service);
        QVERIFY(controller.open(m_ann, m_project).ok());
        auto* panel = page.violationPanel();
        const qint64 first = panel->model()->violations().first().id;
        page.showViolation(first);
        QVERIFY(m_service->remove(m_ann, m_project).ok());  // somebody deletes the project
        panel->giveVerdict(ReviewVerdict::Confirmed);
        QVERIFY(panel->model()->find(first)->history.isEmpty());
        auto* message = page.findChild<QLabel*>(QStringLiteral("messageLabel"));
        QVERIFY(message->isVisible() && !message->text().isEmpty());
    }

    void nobodyOpensWhatIsNotTheirs() {
        QVERIFY(storeResult().valid());
        storage::UserRecord user;
        user.name = QStringLiteral("Bob");
        const auto id = storage::UserRepository(*m_database).insert(user);
        ReviewPage page;
        ReviewController controller(&page, *m_service);
        QVERIFY(!controller.open({*id, user.name, accounts::Role::Normal}, m_project).ok());
        QVERIFY(page.data().violations.isEmpty());
    }

    void damagedTracksAreSaidAndTheListsStay() {
        const ResultId result = storeResult();
        const QString file = m_service->result(m_ann, result)->tracksFile();
        QVERIFY(QFile::resize(file, 40));
        ReviewPage page;
        page.show();
        ReviewController controller(&page, *m_service);
        QVERIFY(controller.open(m_ann, m_project).ok());
        auto* message = page.findChild<QLabel*>(QStringLiteral("messageLabel"));
        QTRY_VERIFY(message->isVisible());
        QCOMPARE(page.violationPanel()->model()->judgedCount(), 4);
    }
};

QTEST_MAIN(TestReviewController)
#include "tst_review_controller.moc"
