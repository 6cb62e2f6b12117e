// Putting a result right by hand, with mouse and keyboard, on a real database and result folder.
#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/accounts/session.h"
#include "core/compliance/profile.h"
#include "core/projects/project_service.h"
#include "core/report/result_files.h"
#include "core/report/track_file.h"
#include "core/storage/repositories.h"
#include "core/storage/schema.h"
#include "tests/core/compliance/synthetic_pour.h"
#include "tests/ui/review/review_fixture.h"
#include "ui/review/annotation_bar.h"
#include "ui/review/annotation_editor.h"
#include "ui/review/insertion_model.h"
#include "ui/review/insertion_panel.h"
#include "ui/review/player_widget.h"
#include "ui/review/review_controller.h"
#include "ui/review/review_page.h"
#include "ui/review/timeline_strip.h"
#include "ui/review/video_view.h"
#include "ui/review/violation_model.h"
#include "ui/review/violation_panel.h"

using namespace cvd;
using namespace cvd::ui;

namespace {

constexpr int kFrames = 1000, kWidth = 320, kHeight = 192;

// Four insertions inside of a picture of 320x192: 2-10 s, 12-19 s, 21-27 s, 29-36.5 s.
Tracks smallPour() {
    test::PlannedPoker poker = test::fourInsertions();
    poker.start = {60, 100};
    poker.barPx = 60;
    for (test::PlannedInsertion& i : poker.insertions) {
        i.contact = {i.contact.x * 0.3, i.contact.y * 0.3};
    }
    Tracks tracks = test::truthTracks(test::renderPour({poker}, test::PourOptions()));
    report::roundToStored(tracks);
    return tracks;
}

compliance::Profile fiveSeconds() {
    compliance::Profile p = *compliance::loadProfile(QStringLiteral("custom"));
    p.parameters.clear();
    for (const auto& [key, value] : {std::pair{"t_min_s", 5.0}, {"t_max_s", 60.0}}) {
        p.parameters.append({QString::fromLatin1(key), value, QStringLiteral("s"),
                             QStringLiteral("Test"), compliance::SourceStatus::OurSetting});
    }
    return p;
}

}  // namespace

class TestAnnotation : public QObject {
    Q_OBJECT

    QTemporaryDir m_videos;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<storage::Database> m_database;
    std::unique_ptr<projects::MediaLibrary> m_library;
    std::unique_ptr<projects::ProjectService> m_service;
    accounts::Session m_ann;
    ProjectId m_project;
    ResultId m_result;
    std::unique_ptr<ReviewPage> m_page;
    std::unique_ptr<ReviewController> m_controller;

    QString video() const { return m_videos.filePath(QStringLiteral("numbered.mp4")); }
    VideoView* view() const { return m_page->player()->view(); }
    AnnotationEditor* editor() const { return m_page->annotationEditor(); }
    QAction* action(const char* name) const {
        for (QAction* a : m_page->reviewActions()) {
            if (a->objectName() == QLatin1String(name)) {
                return a;
            }
        }
        return nullptr;
    }
    void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key(key), modifiers);
    }
    // Runs `act` and waits until what it put right is stored and shown.
    template <class F>
    bool stored(F&& act) {
        QSignalSpy done(m_controller.get(), &ReviewController::corrected);
        act();
        return done.size() > 0 || done.wait(20000);
    }
    QPoint inView(PointPx p) const {
        return view()->imageToView().map(QPointF(p.x, p.y)).toPoint();
    }
    void drag(PointPx from, PointPx to) {
        QTest::mousePress(view(), Qt::LeftButton, {}, inView(from));
        QTest::mouseMove(view(), (inView(from) + inView(to)) / 2);
        QTest::mouseMove(view(), inView(to));
        QTest::mouseRelease(view(), Qt::LeftButton, {}, inView(to));
    }
    std::vector<TrackPoint> objectsAt(FrameIndex frame) const {
        const auto points = view()->scene().tracks().at(frame);
        return {points.begin(), points.end()};
    }
    QList<projects::CorrectionEntry> log() const {
        return *m_service->corrections(m_ann, m_result);
    }
    int active() const {
        int count = 0;
        for (const auto& entry : log()) {
            count += entry.active;
        }
        return count;
    }
    bool goTo(FrameIndex frame) {
        m_page->seek(frame);
        return QTest::qWaitFor([&] { return m_page->shownFrame() == frame; }, 20000);
    }
    const Insertion* insertion(qint64 id) const {
        return m_page->insertionPanel()->model()->find(id);
    }
    int violations() const { return m_page->violationPanel()->model()->judgedCount(); }
    QString hint() const { return m_page->annotationBar()->hint(); }
    void showTab(QWidget* tab) {
        m_page->findChild<QTabWidget*>(QStringLiteral("reviewTabWidget"))->setCurrentWidget(tab);
    }

    ResultId storeResult() {
        Tracks tracks = smallPour();
        report::ResultSummary summary;
        summary.video.width = kWidth;
        summary.video.height = kHeight;
        summary.video.frames = kFrames;
        summary.video.fps = 25;
        summary.profileId = "custom";
        summary.lastFrame = kFrames - 1;
        compliance::JudgeOptions options;
        options.frameWidth = kWidth;
        options.frameHeight = kHeight;
        const auto judgement = compliance::judge(tracks, fiveSeconds(), nullptr, options);
        const QString folder = m_library->newResultFolder();
        if (!QDir().mkpath(folder) ||
            !report::writeResultTables(folder, summary, tracks, judgement, {}).ok() ||
            !compliance::writeProfile(folder + "/profile.json", fiveSeconds()).ok()) {
            return {};
        }
        const auto id = m_service->storeResult(m_project, JobId(), folder);
        return id ? *id : ResultId();
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(test::writeNumberedVideo(video(), kFrames, false)); }

    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        storage::ConnectionSettings settings;
        settings.sqliteFile = m_dir->filePath(QStringLiteral("annotation.sqlite"));
        auto opened = storage::openReady(settings);
        QVERIFY(opened.ok());
        m_database = std::move(*opened);
        m_library = std::make_unique<projects::MediaLibrary>(m_dir->filePath("library"));
        m_service = std::make_unique<projects::ProjectService>(*m_database, *m_library);
        storage::UserRecord user;
        user.name = QStringLiteral("Ann");
        m_ann = {*storage::UserRepository(*m_database).insert(user), user.name,
                 accounts::Role::Normal};
        m_project = *m_service->create(
            m_ann, {QStringLiteral("Lift 3"), {}, video(), projects::ImportMode::Copy, {}});
        m_result = storeResult();
        QVERIFY(m_result.valid());
        m_page = std::make_unique<ReviewPage>();
        m_page->resize(1280, 760);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_controller = std::make_unique<ReviewController>(m_page.get(), *m_service);
        QSignalSpy loaded(m_controller.get(), &ReviewController::tracksLoaded);
        QVERIFY(m_controller->open(m_ann, m_project).ok());
        QTRY_COMPARE(m_page->shownFrame(), 0);
        QVERIFY(loaded.size() > 0 || loaded.wait(20000));
        QCOMPARE(m_page->data().insertions.size(), 4);
        QCOMPARE(violations(), 0);
    }
    void cleanup() {
        m_controller.reset();
        m_page.reset();
        m_service.reset();
        m_database.reset();
    }

    void offAndOnByKey() {
        QVERIFY(!m_page->annotationBar()->isVisible());
        QVERIFY(!action("addPokerAction")->isEnabled());
        QVERIFY(action("addPokerAction")->toolTip().contains(QStringLiteral("Correct by hand")));
        key(Qt::Key_E);
        QVERIFY(m_page->annotationBar()->isVisible());
        QVERIFY(action("addPokerAction")->isEnabled());
        QVERIFY(!action("removeTrackAction")->isEnabled());
        QVERIFY(action("removeTrackAction")->toolTip().contains(QStringLiteral("Choose")));
        // Escape first leaves what was begun, then the mode, and never the page.
        QSignalSpy back(m_page.get(), &ReviewPage::backRequested);
        key(Qt::Key_A);
        QCOMPARE(editor()->mode(), AnnotationEditor::Mode::DrawPoker);
        key(Qt::Key_Escape);
        QCOMPARE(editor()->mode(), AnnotationEditor::Mode::Choose);
        QVERIFY(m_page->annotationBar()->isVisible());
        key(Qt::Key_Escape);
        QVERIFY(!m_page->annotationBar()->isVisible());
        key(Qt::Key_Escape);
        QCOMPARE(back.size(), 0);
        m_page->findChild<QToolButton*>(QStringLiteral("leaveReviewButton"))->click();
        QCOMPARE(back.size(), 1);
    }

    void aPointIsDraggedUndoneAndRedone() {
        key(Qt::Key_E);
        QVERIFY(goTo(150));
        const TrackPoint before = objectsAt(150).at(0);
        const PointPx low = before.poker->low;
        QVERIFY(stored([&] { drag(low, {low.x + 9, low.y + 5}); }));
        QCOMPARE(active(), 1);
        TrackPoint now = objectsAt(150).at(0);
        // As exact as the mouse is on this screen.
        const double pixel = 1.01 / view()->zoom();
        QVERIFY(std::abs(now.poker->low.x - low.x - 9) < pixel);
        QVERIFY(std::abs(now.poker->low.y - low.y - 5) < pixel);
        QCOMPARE(now.poker->top, before.poker->top);
        QCOMPARE(now.track, before.track);
        QVERIFY(now.box.y + now.box.h >= now.poker->low.y);  // grows around its points
        QCOMPARE(objectsAt(151).at(0).poker->low, smallPour().points.at(151).poker->low);
        QVERIFY(stored([&] { key(Qt::Key_Z, Qt::ControlModifier); }));
        QCOMPARE(active(), 0);
        QCOMPARE(objectsAt(150).at(0).poker->low, low);
        QVERIFY(stored([&] { key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }));
        QCOMPARE(active(), 1);
        QCOMPARE(log().size(), 1);
        QVERIFY(objectsAt(150).at(0).poker->low != low);
    }

    void aBoxIsMovedAndResized() {
        key(Qt::Key_E);
        QVERIFY(goTo(150));
        const BoxPx box = objectsAt(150).at(0).box;
        const PointPx inside{box.x + 2, box.y + box.h / 2};
        QVERIFY(stored([&] { drag(inside, {inside.x + 20, inside.y - 10}); }));
        BoxPx now = objectsAt(150).at(0).box;
        QVERIFY(std::abs(now.x - box.x - 20) < 1 && std::abs(now.y - box.y + 10) < 1);
        QCOMPARE(now.w, box.w);
        // It is still chosen: its corner can be dragged at once.
        QVERIFY(editor()->hasObject());
        const PointPx corner{now.x + now.w, now.y + now.h};
        QVERIFY(stored([&] { drag(corner, {corner.x + 15, corner.y + 8}); }));
        const BoxPx resized = objectsAt(150).at(0).box;
        QCOMPARE(resized.x, now.x);
        QVERIFY(std::abs(resized.w - now.w - 15) < 1 && std::abs(resized.h - now.h - 8) < 1);
        // A click that moves nothing puts nothing right.
        QTest::mouseClick(view(), Qt::LeftButton, {}, inView({resized.x + 3, resized.y + 20}));
        QCOMPARE(active(), 2);
    }

    void aMissedPokerIsAddedAndAFalseOneRemoved() {
        key(Qt::Key_E);
        QVERIFY(goTo(200));
        key(Qt::Key_A);
        QVERIFY(hint().contains(QStringLiteral("Drag a box")));
        QVERIFY(stored([&] { drag({200, 20}, {230, 90}); }));
        QCOMPARE(objectsAt(200).size(), size_t(2));
        QVERIFY(editor()->hasObject());
        QVERIFY(!editor()->object()->track.valid());
        QVERIFY(std::abs(editor()->object()->box.w - 30) < 1);
        QVERIFY(std::abs(editor()->object()->poker->low.y - 90) < 1);
        QVERIFY(stored([&] { key(Qt::Key_Delete); }));
        QCOMPARE(objectsAt(200).size(), size_t(1));
        QVERIFY(!editor()->hasObject());
        // The detector's own, in this frame only.
        key(Qt::Key_W);
        QVERIFY(editor()->hasObject());
        QVERIFY(stored([&] { key(Qt::Key_Delete); }));
        QVERIFY(objectsAt(200).empty());
        QCOMPARE(objectsAt(201).size(), size_t(1));
        QCOMPARE(m_page->data().insertions.size(), 4);  // one frame is bridged
        // Everywhere: its insertions go with it.
        QVERIFY(goTo(201));
        key(Qt::Key_W);
        QVERIFY(stored([&] { key(Qt::Key_Delete, Qt::ShiftModifier); }));
        QVERIFY(objectsAt(201).empty());
        QCOMPARE(m_page->data().insertions.size(), 0);
        QVERIFY(stored([&] { key(Qt::Key_Z, Qt::ControlModifier); }));
        QCOMPARE(m_page->data().insertions.size(), 4);
        // A frame without anything says so.
        QVERIFY(goTo(200));
        key(Qt::Key_W);
        QVERIFY(m_page->findChild<QLabel*>(QStringLiteral("messageLabel"))->isVisible());
        // The poker of the neighbouring frame comes back with one key.
        key(Qt::Key_A);
        QVERIFY(stored([&] { key(Qt::Key_Return); }));
        QCOMPARE(objectsAt(200).size(), size_t(1));
        QCOMPARE(objectsAt(200).at(0).track, TrackId{1});
    }

    void keysMoveWhatIsChosen() {
        key(Qt::Key_E);
        QVERIFY(goTo(150));
        const PointPx low = objectsAt(150).at(0).poker->low;
        key(Qt::Key_W);
        key(Qt::Key_D);
        QCOMPARE(editor()->part(), AnnotationEditor::Part::Low);
        QVERIFY(stored([&] {
            for (int i = 0; i < 4; ++i) {
                key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
            }
            key(Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
        }));
        QCOMPARE(active(), 1);  // held keys are one correction
        const PointPx now = objectsAt(150).at(0).poker->low;
        QVERIFY(std::abs(now.x - low.x - 4) < 1e-6 && std::abs(now.y - low.y - 1) < 1e-6);
    }

    void anInsertionIsAddedWithKeysOnly() {
        key(Qt::Key_E);
        // Between two insertions of the program the poker was in the concrete, too.
        QVERIFY(goTo(255));
        key(Qt::Key_I, Qt::ShiftModifier);
        QVERIFY(hint().contains(QStringLiteral("255")));
        key(Qt::Key_Return);
        QVERIFY(editor()->insertionBegun());
        QVERIFY(goTo(290));
        QVERIFY(stored([&] { key(Qt::Key_E, Qt::ShiftModifier); }));
        const Insertion* added = insertion(5);
        QVERIFY(added);
        QCOMPARE(added->startFrame, FrameIndex(255));
        QCOMPARE(added->endFrame, FrameIndex(290));
        QCOMPARE(added->track, TrackId{1});
        QCOMPARE(m_page->insertionPanel()->currentId(), 5);  // what was added is chosen
        QCOMPARE(violations(), 1);                           // 1.4 s is too short
        // Marked as made by a person, in list, timeline and to screen readers.
        auto* model = m_page->insertionPanel()->model();
        const QModelIndex cell = model->index(model->rowOf(5), InsertionModel::Number);
        QVERIFY(!cell.data(Qt::DecorationRole).value<QIcon>().isNull());
        QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QStringLiteral("Ann")));
        QVERIFY(cell.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("by hand")));
        QVERIFY(model->index(0, InsertionModel::Number).data(Qt::DecorationRole).isNull());
        auto* strip = m_page->timeline();
        QString told;
        for (int y = 0; y < strip->height(); ++y) {
            told += strip->describe(QPointF(strip->xOf(added->startS + 0.5), y));
        }
        QVERIFY(told.contains(QStringLiteral("by hand by Ann")));
        const auto* finding = &m_page->violationPanel()->model()->violations().first();
        QVERIFY(finding->byHand && !finding->entered());
        // Its end is changed at another frame; then it is long enough... for a while it overlaps.
        QVERIFY(goTo(285));
        QVERIFY(stored([&] { key(Qt::Key_E, Qt::ShiftModifier); }));
        QCOMPARE(insertion(5)->endFrame, FrameIndex(285));
        // An end before the start is refused with a sentence.
        QVERIFY(goTo(200));
        key(Qt::Key_E, Qt::ShiftModifier);
        QVERIFY(m_page->findChild<QLabel*>(QStringLiteral("messageLabel"))
                    ->text()
                    .contains(QStringLiteral("after the start")));
        QCOMPARE(insertion(5)->endFrame, FrameIndex(285));
        showTab(m_page->insertionPanel());
        QVERIFY(stored([&] { key(Qt::Key_Delete); }));
        QVERIFY(!insertion(5));
        QCOMPARE(violations(), 0);
        QVERIFY(stored([&] { key(Qt::Key_Z, Qt::ControlModifier); }));
        QVERIFY(insertion(5));
    }

    void anInsertionInTheRangeIsPlacedByAClick() {
        key(Qt::Key_E);
        QVERIFY(goTo(260));
        key(Qt::Key_I);
        QVERIFY(goTo(295));
        key(Qt::Key_O);
        key(Qt::Key_I, Qt::ShiftModifier);
        QVERIFY(hint().contains(QStringLiteral("260")) && hint().contains(QStringLiteral("295")));
        QVERIFY(stored([&] { QTest::mouseClick(view(), Qt::LeftButton, {}, inView({250, 150})); }));
        QVERIFY(insertion(5));
        QCOMPARE(insertion(5)->startFrame, FrameIndex(260));
        QVERIFY(std::abs(insertion(5)->contactPx.x - 250) < 1);
        QVERIFY(!insertion(5)->track.valid());  // no poker is near
        // Its place can be dragged.
        QVERIFY(stored([&] { drag(insertion(5)->contactPx, {230, 140}); }));
        QVERIFY(std::abs(insertion(5)->contactPx.x - 230) < 1);
        QCOMPARE(insertion(5)->startFrame, FrameIndex(260));
    }

    void aChangedInsertionChangesTheViolationsAtOnce() {
        key(Qt::Key_E);
        showTab(m_page->insertionPanel());
        m_page->insertionPanel()->select(2);
        Q_EMIT m_page->insertionPanel()->currentChanged(2);
        QTRY_COMPARE(m_page->shownFrame(), insertion(2)->startFrame);
        const FrameIndex start = insertion(2)->startFrame, end = insertion(2)->endFrame;
        QVERIFY(goTo(start + 75));
        QVERIFY(stored([&] { key(Qt::Key_E, Qt::ShiftModifier); }));
        QCOMPARE(insertion(2)->endFrame, start + 75);
        QCOMPARE(violations(), 1);
        // A verdict on it, another correction elsewhere: the verdict stays.
        const qint64 id = m_page->violationPanel()->model()->violations().first().id;
        m_page->showViolation(id);
        key(Qt::Key_C);
        QVERIFY(goTo(150));
        const PointPx low = objectsAt(150).at(0).poker->low;
        QVERIFY(stored([&] { drag(low, {low.x + 4, low.y}); }));
        QCOMPARE(violations(), 1);
        QCOMPARE(m_page->violationPanel()->model()->violations().first().verdict(),
                 ReviewVerdict::Confirmed);
        // Everything back, in the order in which it was done: correction, verdict, correction.
        QVERIFY(stored([&] { key(Qt::Key_Z, Qt::ControlModifier); }));
        key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_page->violationPanel()->model()->find(id)->verdict() != ReviewVerdict::Confirmed);
        QVERIFY(stored([&] { key(Qt::Key_Z, Qt::ControlModifier); }));
        QCOMPARE(violations(), 0);
        QCOMPARE(insertion(2)->endFrame, end);
        QVERIFY(!action("undoVerdictAction")->isEnabled());
    }

    void aViolationIsEnteredAndTakenBack() {
        key(Qt::Key_E);
        QVERIFY(goTo(100));
        key(Qt::Key_I);
        QVERIFY(goTo(140));
        key(Qt::Key_O);
        key(Qt::Key_V, Qt::ShiftModifier);
        auto* bar = m_page->annotationBar();
        QVERIFY(bar->isFormOpen());
        auto* rule = bar->findChild<QComboBox*>(QStringLiteral("findingRuleComboBox"));
        QVERIFY(rule->hasFocus());
        QCOMPARE(rule->count(), 18);
        rule->setCurrentIndex(rule->findData(QStringLiteral("tilt")));
        auto* note = bar->findChild<QLineEdit*>(QStringLiteral("findingNoteLineEdit"));
        note->setFocus();
        QTest::keyClicks(note, QStringLiteral("leans on e rebar"));  // an E of the text stays one
        QVERIFY(editor()->isActive());
        QVERIFY(stored([&] { QTest::keyClick(note, Qt::Key_Return); }));
        QVERIFY(!bar->isFormOpen());
        QCOMPARE(violations(), 1);
        auto* model = m_page->violationPanel()->model();
        const ReviewViolation entered = model->violations().first();
        QVERIFY(entered.entered());
        QCOMPARE(entered.finding.rule, std::string("tilt"));
        QCOMPARE(entered.finding.startFrame, FrameIndex(100));
        QCOMPARE(entered.finding.endFrame, FrameIndex(140));
        QCOMPARE(entered.finding.source, std::string("Ann"));
        QCOMPARE(m_page->violationPanel()->currentId(), entered.id);
        const QModelIndex cell = model->index(0, ViolationModel::Rule);
        QVERIFY(!cell.data(Qt::DecorationRole).value<QIcon>().isNull());
        QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QStringLiteral("by hand by Ann")));
        QVERIFY(stored([&] { key(Qt::Key_Delete); }));
        QCOMPARE(violations(), 0);
        QVERIFY(stored([&] { key(Qt::Key_Z, Qt::ControlModifier); }));
        QCOMPARE(violations(), 1);
        // Escape closes the form and nothing else.
        key(Qt::Key_V, Qt::ShiftModifier);
        QTest::keyClick(rule, Qt::Key_Escape);
        QVERIFY(!bar->isFormOpen() && editor()->isActive());
    }

    void whatWasPutRightIsThereTheNextTime() {
        key(Qt::Key_E);
        QVERIFY(goTo(150));
        const PointPx low = objectsAt(150).at(0).poker->low;
        QVERIFY(stored([&] { drag(low, {low.x + 12, low.y}); }));
        m_controller->close();
        QSignalSpy loaded(m_controller.get(), &ReviewController::tracksLoaded);
        QVERIFY(m_controller->open(m_ann, m_project).ok());
        QVERIFY(loaded.size() > 0 || loaded.wait(20000));
        QVERIFY(std::abs(objectsAt(150).at(0).poker->low.x - low.x - 12) < 1);
        QCOMPARE(m_page->data().corrections.size(), size_t(1));
        QVERIFY(!action("undoVerdictAction")->isEnabled());
    }

    void somebodyElsesCorrectionIsNotOverwritten() {
        key(Qt::Key_E);
        QVERIFY(goTo(150));
        // The same result, put right from another desk.
        compliance::Correction other;
        other.kind = compliance::Correction::Kind::Insertion;
        other.insertion = 1;
        other.remove = true;
        const auto judgement =
            report::readResult(m_service->result(m_ann, m_result)->folder)->judgement;
        QVERIFY(m_service->correct(m_ann, m_result, {{other}, {}, {}, {}}, judgement).ok());
        const PointPx low = objectsAt(150).at(0).poker->low;
        QVERIFY(stored([&] { drag(low, {low.x + 12, low.y}); }));
        QCOMPARE(active(), 1);
        QVERIFY(m_page->findChild<QLabel*>(QStringLiteral("messageLabel"))
                    ->text()
                    .contains(QStringLiteral("Somebody else")));
        QTRY_COMPARE(m_page->data().corrections.size(), size_t(1));
        QTRY_VERIFY(!objectsAt(150).empty());
        QCOMPARE(objectsAt(150).at(0).poker->low, low);
    }

    void withoutAResultItSaysWhy() {
        ReviewData data;
        data.title = QStringLiteral("No result");
        data.videoPath = video();
        m_page->setData(data);
        QVERIFY(!action("annotateAction")->isEnabled());
        QVERIFY(action("annotateAction")->toolTip().contains(QStringLiteral("no result")));
        data.hasResult = true;
        data.readOnly = true;
        data.readOnlyReason = QStringLiteral("Another person reviews it.");
        m_page->setData(data);
        QVERIFY(action("annotateAction")->toolTip().contains(data.readOnlyReason));
    }

    void theListsStayConsistent() {
        QAbstractItemModelTester insertions(m_page->insertionPanel()->model());
        QAbstractItemModelTester rows(m_page->violationPanel()->model());
        key(Qt::Key_E);
        m_page->insertionPanel()->select(1);
        Q_EMIT m_page->insertionPanel()->currentChanged(1);
        QTRY_COMPARE(m_page->shownFrame(), insertion(1)->startFrame);
        showTab(m_page->insertionPanel());
        QVERIFY(stored([&] { key(Qt::Key_Delete); }));
        QCOMPARE(m_page->data().insertions.size(), 3);
        QVERIFY(stored([&] { key(Qt::Key_Z, Qt::ControlModifier); }));
        QCOMPARE(m_page->data().insertions.size(), 4);
    }
};

QTEST_MAIN(TestAnnotation)
#include "tst_annotation.moc"
