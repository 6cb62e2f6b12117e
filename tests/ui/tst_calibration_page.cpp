// The calibration page in the whole program: dragging, nudging, undo, the three ways of entry,
// refusals, drawing with snapping, another picture size, keeping and using, judging again.
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSignalSpy>

#include "core/compliance/calibration.h"
#include "core/report/result_files.h"
#include "tests/core/compliance/synthetic_pour.h"
#include "tests/ui/desk.h"
#include "ui/calibration/calibration_page.h"
#include "ui/calibration/calibration_point_model.h"
#include "ui/review/plan_panel.h"
#include "ui/review/review_page.h"

using namespace cvd;
using namespace cvd::ui;
using test::Desk;

namespace {

using Handle = CalibrationCanvas::Handle;
using Tool = CalibrationCanvas::Tool;

// The stored video is 96 x 64; a calibration that fits it: a rectangle of 4 x 2 m.
Calibration small() {
    Calibration c;
    c.imagePoints = {{20, 12}, {76, 12}, {90, 56}, {6, 56}};
    c.planePoints = {{0, 0}, {4, 0}, {4, 2}, {0, 2}};
    return c;
}

class CalibrationDesk : public Desk {
public:
    void begin() {
        seedAdministrator();
        project = seedProject(QStringLiteral("Lift"), boss);
    }
    CalibrationPage* page() const { return shell()->calibrationPage(); }
    void open() {
        enter();
        shell()->openProject(project);
        click("calibratePushButton");
        QCOMPARE(shell()->currentPage(), page());
        QVERIFY(QTest::qWaitForWindowExposed(window()));
    }
    void drag(CalibrationCanvas* canvas, QPointF from, QPointF to) const {
        QTest::mousePress(canvas, Qt::LeftButton, {}, from.toPoint());
        QTest::mouseMove(canvas, ((from + to) / 2).toPoint());
        QMouseEvent half(QEvent::MouseMove, (from + to) / 2, canvas->mapToGlobal((from + to) / 2),
                         Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(canvas, &half);
        QMouseEvent move(QEvent::MouseMove, to, canvas->mapToGlobal(to), Qt::NoButton,
                         Qt::LeftButton, {});
        QCoreApplication::sendEvent(canvas, &move);
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, to.toPoint());
    }
    ProjectId project;
};

QPointF at(const CalibrationPage* page, int point) {
    return page->picture()->viewOf(page->draft().points[size_t(point)].image);
}

double far(PointPx a, PointPx b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

}  // namespace

class TestCalibrationPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dragAndUndo() {
        CalibrationDesk desk;
        desk.begin();
        desk.open();
        CalibrationPage* page = desk.page();
        QTRY_VERIFY(page->findChild<QWidget*>("calibrationFrameSlider")->isEnabled());
        QVERIFY(page->state().homography);
        QVERIFY(page->refusalText().isEmpty());
        QVERIFY(!page->residualText().isEmpty());
        const PointPx before = page->draft().points[1].image;
        const PointPx still = page->draft().points[2].image;
        const QPointF from = at(page, 1), to = from + QPointF(30, -20);
        desk.drag(page->picture(), from, to);
        const PointPx after = page->draft().points[1].image;
        const double scale = page->picture()->toView().m11();
        QVERIFY(std::abs(after.x - before.x - 30 / scale) < 1.01 / scale);
        QVERIFY(std::abs(after.y - before.y + 20 / scale) < 1.01 / scale);
        QCOMPARE(page->draft().points[2].image, still);
        QCOMPARE(page->undoStack().count(), 1);  // one movement, one step back
        QVERIFY(page->isDirty());
        page->undoStack().undo();
        QCOMPARE(page->draft().points[1].image, before);
        QVERIFY(!page->isDirty());
        page->undoStack().redo();
        QCOMPARE(page->draft().points[1].image, after);
    }

    void nudgeWithTheKeys() {
        CalibrationDesk desk;
        desk.begin();
        desk.open();
        CalibrationPage* page = desk.page();
        CalibrationCanvas* canvas = page->picture();
        canvas->setFocus();
        QTest::keyClick(canvas, Qt::Key_PageDown);
        QCOMPARE(canvas->chosen(), (Handle{-1, 0}));
        const PointPx before = page->draft().points[0].image;
        QTest::keyClick(canvas, Qt::Key_Right);
        QTest::keyClick(canvas, Qt::Key_Up);
        QCOMPARE(page->draft().points[0].image, (PointPx{before.x + 1, before.y - 1}));
        QTest::keyClick(canvas, Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(far(page->draft().points[0].image, {before.x + 0.9, before.y - 1}) < 1e-9);
        QCOMPARE(page->undoStack().count(), 1);
        QTest::keyClick(canvas, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(page->draft().points[0].image, before);
    }

    void refusedWithItsReason() {
        CalibrationDesk desk;
        desk.begin();
        desk.open();
        CalibrationPage* page = desk.page();
        // Crossing: two corners change places.
        CalibrationDraft crossed = page->draft();
        std::swap(crossed.points[0].image, crossed.points[1].image);
        std::swap(crossed.points[1].image, crossed.points[2].image);
        page->change(crossed, "cross");
        auto* save = desk.find<QPushButton>("saveCalibrationPushButton");
        QVERIFY(!page->refusalText().isEmpty());
        QVERIFY(!save->isEnabled());
        QVERIFY(save->toolTip().contains(page->refusalText()));
        QVERIFY(!page->save());
        // Degenerate: all on one line.
        CalibrationDraft line = page->draft();
        for (int i = 0; i < 4; ++i) {
            line.points[size_t(i)].image = {10.0 + 20 * i, 30};
        }
        page->change(line, "line");
        QVERIFY(!page->refusalText().isEmpty());
        QVERIFY(!page->state().homography);
        // A large residual shows which point is wrong.
        CalibrationDraft five = withMode(draftOf(small()), EntryMode::Coordinates);
        const auto h = compliance::solve(small());
        five.points.push_back({h->image({2, 1}), {2, 1}, 0, 0});
        page->change(five, "five");
        QVERIFY2(page->refusalText().isEmpty(), qPrintable(page->refusalText()));
        QVERIFY(page->state().homography->residualCm < 0.01);
        five.points[4].plane = {2.8, 1.4};
        page->change(five, "wrong");
        QVERIFY(page->state().homography);  // still drawn
        QVERIFY(page->state().homography->residualCm > compliance::kMaxResidualCm);
        QVERIFY(!page->refusalText().isEmpty());
        QCOMPARE(page->state().residualsCm.size(), size_t(5));
    }

    void threeWaysOfEntryAgree() {
        const CalibrationDraft rectangle = draftOf(small());
        QCOMPARE(rectangle.mode, EntryMode::Rectangle);
        QCOMPARE(rectangle.widthM, 4.0);
        const auto same = [](const CalibrationDraft& draft) {
            const Calibration c = calibrationOf(draft);
            for (size_t i = 0; i < 4; ++i) {
                const PointM a = c.planePoints[i], b = small().planePoints[i];
                if (std::hypot(a.x - b.x, a.y - b.y) > 1e-9) {
                    return false;
                }
            }
            return true;
        };
        const CalibrationDraft coordinates = withMode(rectangle, EntryMode::Coordinates);
        const CalibrationDraft distances = withMode(coordinates, EntryMode::Distances);
        QVERIFY(same(coordinates));
        QVERIFY(std::abs(distances.points[2].toFirstM - std::hypot(4, 2)) < 1e-9);
        QVERIFY(same(distances));
        QVERIFY(same(withMode(distances, EntryMode::Rectangle)));
        CalibrationDraft impossible = distances;
        impossible.points[3].toFirstM = 0.5;  // 1 and 2 are 4 m apart, so 2 is not enough
        impossible.points[3].toSecondM = 2;
        const DraftState state = evaluate(impossible);
        QVERIFY(state.refusal);
        QVERIFY(state.refusal->message().find('4') != std::string::npos);
        QVERIFY(evaluate(freshDraft(1920, 1080)).homography);
    }

    void tableTakesFigures() {
        CalibrationPointModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        CalibrationDraft draft = withMode(draftOf(small()), EntryMode::Coordinates);
        model.setDraft(draft, evaluate(draft));
        connect(&model, &CalibrationPointModel::edited, &model, [&](const CalibrationDraft& next) {
            draft = next;
            model.setDraft(draft, evaluate(draft));
        });
        QCOMPARE(model.rowCount(), 4);
        QVERIFY(model.setData(model.index(2, CalibrationPointModel::First), 4.5, Qt::EditRole));
        QCOMPARE(draft.points[2].plane, (PointM{4.5, 2}));
        QVERIFY(
            model.setData(model.index(0, CalibrationPointModel::PixelX), "21.25", Qt::EditRole));
        QCOMPARE(draft.points[0].image.x, 21.25);
        QVERIFY(!model.setData(model.index(0, CalibrationPointModel::PixelX), "x", Qt::EditRole));
        QVERIFY(
            !(model.flags(model.index(0, CalibrationPointModel::Residual)) & Qt::ItemIsEditable));
        draft.points.push_back({{50, 30}, {2, 1}, 0, 0});
        model.setDraft(draft, evaluate(draft));
        QCOMPARE(model.rowCount(), 5);
        draft = withMode(draftOf(small()), EntryMode::Rectangle);
        model.setDraft(draft, evaluate(draft));
        QVERIFY(!(model.flags(model.index(0, CalibrationPointModel::First)) & Qt::ItemIsEditable));
    }

    void shapesAreDrawnAndSnap() {
        CalibrationDesk desk;
        desk.begin();
        desk.open();
        CalibrationPage* page = desk.page();
        page->change(draftOf(small()), "start");
        desk.click("drawRegionToolButton");
        CalibrationCanvas* canvas = page->picture();
        const auto click = [&](QPointF where) {
            QTest::mouseClick(canvas, Qt::LeftButton, {}, where.toPoint());
        };
        // Near the four points: the corners snap onto them.
        for (int i = 0; i < 4; ++i) {
            click(at(page, i) + QPointF(3, 2));
        }
        QTest::keyClick(canvas, Qt::Key_Return);
        const Calibration c = calibrationOf(page->draft());
        QCOMPARE(c.pourRegion, small().planePoints);
        QCOMPARE(canvas->tool(), Tool::Move);
        // A form line along an edge of the region, on the plan this time.
        desk.click("drawFormToolButton");
        for (const PointM& p : {PointM{0, 0}, PointM{4, 0}}) {
            QTest::mouseClick(page->plan(), Qt::LeftButton, {}, page->plan()->viewOf(p)->toPoint());
        }
        QTest::keyClick(page->plan(), Qt::Key_Return);
        QCOMPARE(calibrationOf(page->draft()).formLines.size(), size_t(1));
        QCOMPARE(calibrationOf(page->draft()).formLines[0], (std::vector<PointM>{{0, 0}, {4, 0}}));
        // An obstacle that is given up leaves nothing.
        desk.click("drawObstacleToolButton");
        click(at(page, 0) + QPointF(60, 60));
        canvas->setFocus();
        QTest::keyClick(canvas, Qt::Key_Escape);
        QCOMPARE(canvas->tool(), Tool::Move);
        QVERIFY(calibrationOf(page->draft()).obstacles.empty());
        QCOMPARE(desk.shell()->currentPage(), page);  // Esc did not leave the page
        // Deleting a corner of a triangle deletes it; undo brings everything back.
        const int steps = page->undoStack().count();
        page->plan()->setChosen({0, 2});
        page->plan()->removeChosen();
        QCOMPARE(calibrationOf(page->draft()).pourRegion.size(), size_t(3));
        QCOMPARE(page->undoStack().count(), steps + 1);
        page->undoStack().undo();
        QCOMPARE(calibrationOf(page->draft()).pourRegion.size(), size_t(4));
        // A crossing region is refused.
        CalibrationDraft crossed = page->draft();
        std::swap(crossed.shapes[0].corners[1], crossed.shapes[0].corners[2]);
        page->change(crossed, "cross");
        QVERIFY(!page->refusalText().isEmpty());
    }

    void anotherPictureSize() {
        using compliance::PictureSize;
        const auto twice = compliance::scaleCalibration(small(), {96, 64}, {192, 128});
        QVERIFY(twice);
        for (size_t i = 0; i < 4; ++i) {
            // The corner of a pixel stays a corner: edges scale, centres are half a pixel off.
            QCOMPARE(twice->imagePoints[i].x + 0.5, (small().imagePoints[i].x + 0.5) * 2);
            QCOMPARE(twice->imagePoints[i].y + 0.5, (small().imagePoints[i].y + 0.5) * 2);
        }
        const auto back = compliance::scaleCalibration(*twice, {192, 128}, {96, 64});
        QVERIFY(far(back->imagePoints[2], small().imagePoints[2]) < 1e-9);
        const auto squeezed = compliance::scaleCalibration(small(), {96, 64}, {96, 96});
        QVERIFY(!squeezed);
        QVERIFY(squeezed.error().message().find("96 x 64") != std::string::npos);
        Calibration large = small();
        for (PointPx& p : large.imagePoints) {
            p = {p.x * 20, p.y * 20};
        }
        QVERIFY(!compliance::scaleCalibration(large, {}, {96, 64}).ok());
        const QByteArray json =
            compliance::withPictureSize(compliance::calibrationToJson(small()), {96, 64});
        QCOMPARE(compliance::pictureSizeOf(json), (PictureSize{96, 64}));
        QVERIFY(compliance::parseCalibration(json, "x").ok());  // older readers pass over it
        QVERIFY(!compliance::pictureSizeOf(compliance::calibrationToJson(small())).known());
    }

    void savedKeptAndUsedElsewhere() {
        CalibrationDesk desk;
        desk.begin();
        const ProjectId other = desk.seedProject(QStringLiteral("Lift 2"), desk.boss, 2);
        desk.open();
        CalibrationPage* page = desk.page();
        CalibrationDraft draft = draftOf(small());
        draft.radiusM = 0.35;
        draft.layerM = 0.3;
        page->change(draft, "start");
        QVERIFY(page->save());
        QVERIFY(!page->isDirty());
        QVERIFY(page->keep(QStringLiteral("Crane 2"), QStringLiteral("North")));
        QVERIFY(!page->keep(QString(), QStringLiteral("North")));
        desk.shell()->openProject(desk.project);
        QCOMPARE(desk.find<QLabel>("calibrationStateLabel")->text(),
                 ProjectPage::tr("Calibrated: distances are judged in metres"));
        desk.shell()->openCalibration(other);
        QVERIFY(calibrationOf(page->draft()).imagePoints != small().imagePoints);
        auto& service = desk.controller->window()->shell()->projectPage()->project().value();
        QCOMPARE(service.id, other);
        storage::ConnectionSettings connection;
        connection.sqliteFile = ui::defaultSqliteFile();
        auto side = std::move(*Workspace::open(connection, ui::dataDir() + "/library",
                                               {desk.runner.runner(), desk.config.accounts}));
        const auto kept = side->projects().cameraCalibrations(desk.boss);
        QVERIFY(kept);
        QCOMPARE(kept->size(), 1);
        QCOMPARE(kept->first().camera, QStringLiteral("Crane 2"));
        QCOMPARE(kept->first().pictureWidth, 96);
        page->use(kept->first());
        const Calibration used = calibrationOf(page->draft());
        QCOMPARE(used.imagePoints, small().imagePoints);
        QCOMPARE(used.layerHeightM, std::optional(0.3));
        QVERIFY(page->save());
        // Made in a picture of another shape: refused, and nothing changes.
        projects::CameraCalibration square = kept->first();
        square.pictureHeight = 96;
        const CalibrationDraft before = page->draft();
        page->use(square);
        QCOMPARE(page->draft(), before);
        QVERIFY(!desk.bannerText().isEmpty());
        // Through a file and back.
        QVERIFY(page->saveFile(desk.path("c.json")));
        page->change(freshDraft(96, 64), "fresh");
        page->loadFile(desk.path("c.json"));
        QCOMPARE(calibrationOf(page->draft()).imagePoints, small().imagePoints);
        // Only administrators take kept ones away.
        accounts::NewUser user;
        user.name = "li";
        user.password = test::kPassword;
        QVERIFY(side->accounts().createUser(desk.boss, user).ok());
        const auto li = side->accounts().signIn("li", test::kPassword);
        QVERIFY(!side->projects().removeCameraCalibration(*li, kept->first().id).ok());
        QVERIFY(side->projects().removeCameraCalibration(desk.boss, kept->first().id).ok());
        QVERIFY(side->projects().cameraCalibrations(*li)->isEmpty());
    }

    void unsavedChangesAreAskedFor() {
        CalibrationDesk desk;
        desk.begin();
        desk.open();
        CalibrationPage* page = desk.page();
        page->change(draftOf(small()), "start");
        desk.answer = false;
        desk.click("calibrationBackToolButton");
        QCOMPARE(desk.shell()->currentPage(), page);
        QCOMPARE(desk.questions.size(), 1);
        desk.shell()->showProjects();
        QCOMPARE(desk.shell()->currentPage(), page);
        desk.answer = true;
        desk.click("calibrationBackToolButton");
        QCOMPARE(desk.shell()->currentPage(), desk.shell()->projectPage());
    }

    void draftsComeBackAsTheyWere() {
        CalibrationDraft draft = draftOf(small());
        draft.mode = EntryMode::Distances;
        draft.points[2].toFirstM = 4.25;
        draft.points[3].toSecondM = 1.5;
        draft.shapes = {{ShapeKind::Region, {{0, 0}, {4, 0}, {4, 2}}},
                        {ShapeKind::FormLine, {{0, 0}, {4, 0}}},
                        {ShapeKind::Obstacle, {{1, 1}, {2, 1}, {2, 1.5}}}};
        draft.radiusM = 0.35;
        draft.ageS = 600;
        const auto back = draftFromJson(draftToJson(draft));
        QVERIFY(back && *back == draft);
        QVERIFY(!draftFromJson("{}") && !draftFromJson("no json at all"));
    }

    void aProgramThatDiesLosesNoCalibration() {
        CalibrationDesk desk;
        desk.begin();
        desk.open();
        const CalibrationDraft wanted = draftOf(small());
        desk.page()->change(wanted, "start");
        desk.page()->keepDraft();  // a timer does it
        const auto kill = [&] {
            desk.controller.reset();  // nothing is asked, nothing is saved
            desk.controller = std::make_unique<DesktopController>(desk.config);
            desk.controller->start();
            desk.window()->resize(1280, 800);
            desk.signIn("boss", test::kPassword);
            QTRY_VERIFY(desk.shell());
            desk.shell()->openCalibration(desk.project);
        };
        kill();
        QVERIFY(desk.page()->draft() == wanted);
        QVERIFY(desk.page()->isDirty());
        QVERIFY2(!desk.bannerText().isEmpty(), "it says so");
        desk.page()->undoStack().undo();
        QVERIFY(!(desk.page()->draft() == wanted));  // who does not want it takes it back
        desk.page()->undoStack().redo();
        QVERIFY(desk.page()->save());
        kill();
        QVERIFY(!desk.page()->isDirty());
        // What was discarded on purpose stays away.
        CalibrationDraft other = desk.page()->draft();
        other.radiusM = 0.2;
        desk.page()->change(other, "R");
        desk.page()->keepDraft();
        desk.answer = true;
        desk.shell()->showProjects();
        kill();
        QVERIFY(!desk.page()->isDirty());
        QVERIFY(desk.page()->draft().radiusM != other.radiusM);
    }

    void resultIsJudgedAgain() {
        CalibrationDesk desk;
        desk.begin();
        // Tracks of four insertions in a picture of the stored video's size.
        test::PlannedPoker poker = test::fourInsertions();
        for (auto& insertion : poker.insertions) {
            insertion.contact = {insertion.contact.x * 0.08 + 10, 40};
        }
        poker.start = {20, 20};
        poker.barPx = 12;
        Tracks tracks = test::truthTracks(test::renderPour({poker}, {}));
        report::ResultSummary summary;
        summary.video.width = 96;
        summary.video.height = 64;
        summary.video.frames = 1000;
        summary.profileId = "gb50666";
        summary.profileVersion = "1.0";
        const auto profile = compliance::loadProfile(QStringLiteral("gb50666"));
        const auto judgement = compliance::judge(tracks, *profile, nullptr);
        QVERIFY(!judgement.insertions.empty());
        const QString folder = desk.seed->library().newResultFolder();
        QDir().mkpath(folder);
        QVERIFY(report::writeResultTables(folder, summary, tracks, judgement,
                                          cv::Mat(64, 96, CV_8UC3, cv::Scalar::all(90)))
                    .ok());
        const auto first = desk.seed->projects().storeResult(desk.project, JobId(), folder);
        QVERIFY(first);
        // Somebody has already said something that stays true.
        const auto violations = desk.seed->projects().violations(desk.boss, *first);
        ViolationId said;
        std::string rule;
        for (const auto& v : *violations) {
            if (v.violation.verdict == Verdict::Violation) {
                said = v.id;
                rule = v.violation.rule;
            }
        }
        if (said.valid()) {
            QVERIFY(desk.seed->projects()
                        .setVerdict(desk.boss, said, projects::UserVerdict::Confirmed, {}, "seen")
                        .ok());
        }
        desk.open();
        CalibrationPage* page = desk.page();
        Calibration c = small();
        c.pourRegion = c.planePoints;
        c.radiusOfActionM = 0.4;
        page->change(draftOf(c), "start");
        QVERIFY(page->save());
        QSignalSpy judged(page, &CalibrationPage::judged);
        QTRY_VERIFY(desk.find<QPushButton>("judgeAgainPushButton"));
        desk.click("judgeAgainPushButton");
        QTRY_COMPARE_WITH_TIMEOUT(judged.size(), 1, 30000);
        QTRY_COMPARE(desk.shell()->currentPage(), desk.shell()->reviewPage());
        QTRY_VERIFY(desk.shell()->reviewPage()->planPanel()->plan());
        QVERIFY(desk.shell()->reviewPage()->planPanel()->plan()->coverage);
        QVERIFY(desk.shell()->reviewPage()->data().calibration);
        if (said.valid()) {
            const auto& now = desk.shell()->reviewPage()->data().violations;
            QVERIFY(std::any_of(now.begin(), now.end(), [&](const ReviewViolation& v) {
                return v.finding.rule == rule && v.verdict() == ReviewVerdict::Confirmed;
            }));
        }
    }
};

QTEST_MAIN(TestCalibrationPage)
#include "tst_calibration_page.moc"
