// The review page as a person uses it: lists, verdicts by keyboard, heat map, timeline, languages.
#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTranslator>

#include "core/text/text.h"
#include "tests/ui/review/review_fixture.h"
#include "ui/column_room.h"
#include "ui/review/heat_map_panel.h"
#include "ui/review/insertion_panel.h"
#include "ui/review/plan_panel.h"
#include "ui/review/player_widget.h"
#include "ui/review/review_page.h"
#include "ui/review/timeline_strip.h"
#include "ui/review/video_view.h"
#include "ui/review/violation_model.h"
#include "ui/review/violation_panel.h"

using namespace cvd;
using namespace cvd::ui;

namespace {

constexpr int kFrames = 400;

// Marks every text that goes through a translator.
class MarkingTranslator : public QTranslator {
public:
    QString translate(const char*, const char* text, const char*, int) const override {
        return QStringLiteral("~") + QString::fromUtf8(text);
    }
    bool isEmpty() const override { return false; }
};

}  // namespace

class TestReviewPage : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_video;

    std::unique_ptr<ReviewPage> open(const ReviewData& data) {
        auto page = std::make_unique<ReviewPage>();
        page->resize(1280, 760);
        page->show();
        page->activateWindow();
        page->setData(data);
        return page;
    }
    static QTableView* violationTable(const ReviewPage& page) {
        return page.violationPanel()->table();
    }
    static QString counter(const ReviewPage& page) {
        return page.findChild<QLabel*>(QStringLiteral("unreviewedCountLabel"))->text();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_dir.isValid());
        m_video = m_dir.filePath(QStringLiteral("numbered.mp4"));
        QVERIFY(test::writeNumberedVideo(m_video, kFrames, false));
    }

    void fiftyViolationsWithKeysOnly() {
        auto page = open(test::makeReviewData(m_video, kFrames, 50));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QTRY_COMPARE(page->shownFrame(), 0);
        QSignalSpy verdicts(page.get(), &ReviewPage::verdictChanged);
        auto* keyboard = page->player()->view();
        keyboard->setFocus();
        QCOMPARE(counter(*page), QStringLiteral("50 of 50 unreviewed"));
        QTest::keyClick(keyboard, Qt::Key_N);
        QCOMPARE(page->violationPanel()->currentId(), 100);
        auto* menu = page->findChild<QMenu*>(QStringLiteral("reasonMenu"));
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(page->violationPanel()->currentId(), 100 + i);  // advanced by itself
            const auto* v = page->violationPanel()->model()->find(100 + i);
            QTRY_COMPARE(page->shownFrame(), v->finding.startFrame);
            // The offscreen platform forgets the active window when a menu closes; others do not.
            page->activateWindow();
            QTRY_VERIFY(page->isActiveWindow() && keyboard->hasFocus());
            if (i % 3 == 0) {
                QTest::keyClick(keyboard, Qt::Key_C);
            } else if (i % 3 == 1) {
                QTest::keyClick(keyboard, Qt::Key_X);
                QTRY_VERIFY(menu->isVisible());
                QTest::keyClick(menu, Qt::Key_2);
                QTRY_VERIFY(!menu->isVisible());
            } else {
                QTest::keyClick(keyboard, Qt::Key_U);
            }
            QCOMPARE(verdicts.size(), i + 1);
            QCOMPARE(verdicts.last()[0].toLongLong(), 100 + i);
            QCOMPARE(verdicts.last()[1].value<ReviewVerdict>(),
                     i % 3 == 0   ? ReviewVerdict::Confirmed
                     : i % 3 == 1 ? ReviewVerdict::FalseAlarm
                                  : ReviewVerdict::Undecided);
        }
        QCOMPARE(verdicts[1][2].toString(), QStringLiteral("wrong_point"));
        QCOMPARE(counter(*page), QStringLiteral("16 of 50 unreviewed"));  // the undecided ones
    }

    void undoSaysTheFormerVerdictAgain() {
        auto page = open(test::makeReviewData(m_video, kFrames, 5));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QSignalSpy verdicts(page.get(), &ReviewPage::verdictChanged);
        page->showViolation(101);
        page->violationPanel()->giveVerdict(ReviewVerdict::Confirmed);
        QCOMPARE(page->violationPanel()->currentId(), 102);
        QTest::keyClick(violationTable(*page), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(verdicts.size(), 2);
        QCOMPARE(verdicts[1][0].toLongLong(), 101);
        QCOMPARE(verdicts[1][1].value<ReviewVerdict>(), ReviewVerdict::Unreviewed);
        QCOMPARE(page->violationPanel()->currentId(), 101);  // what the undo changed is shown
        const auto* v = page->violationPanel()->model()->find(101);
        QCOMPARE(v->history.size(), 2);  // nothing is erased
        QTest::keyClick(violationTable(*page), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(v->verdict(), ReviewVerdict::Confirmed);
    }

    void severalRowsTakeOneVerdict() {
        auto page = open(test::makeReviewData(m_video, kFrames, 6));
        QSignalSpy verdicts(page.get(), &ReviewPage::verdictChanged);
        auto* table = violationTable(*page);
        table->selectRow(1);
        table->selectionModel()->select(
            QItemSelection(table->model()->index(1, 0), table->model()->index(3, 0)),
            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        page->violationPanel()->giveVerdict(ReviewVerdict::FalseAlarm, QStringLiteral("hidden"));
        QCOMPARE(verdicts.size(), 3);
        QCOMPARE(counter(*page), QStringLiteral("3 of 6 unreviewed"));
        QCOMPARE(page->violationPanel()->currentId(), 104);
    }

    // Names of rules are read before frame numbers: those give way in a narrow list.
    void columnsGiveWayToTheRule() {
        auto data = test::makeReviewData(m_video, kFrames, 4);
        data.violations[0].finding.rule = "too_far_from_form";
        auto page = open(data);
        auto* table = violationTable(*page);
        const auto ruleIsRead = [&] {
            const QModelIndex cell = table->model()->index(0, ViolationModel::Rule);
            return table->columnWidth(ViolationModel::Rule) >=
                   table->fontMetrics().horizontalAdvance(cell.data().toString()) + 8;
        };
        page->resize(2200, 760);
        QTRY_VERIFY(!table->isColumnHidden(ViolationModel::Frame));
        QVERIFY(ruleIsRead());
        page->resize(1280, 760);
        QTRY_VERIFY(table->isColumnHidden(ViolationModel::Frame));
        QTRY_VERIFY(ruleIsRead());
        page->resize(960, 484);
        QTRY_VERIFY(table->isColumnHidden(ViolationModel::Severity));
        QTRY_VERIFY(ruleIsRead());
        QVERIFY(!table->isColumnHidden(ViolationModel::Time));
        QVERIFY(!table->isColumnHidden(ViolationModel::Verdict));
        const auto shape = [&] {
            return !table->model()
                        ->index(0, ViolationModel::Rule)
                        .data(Qt::DecorationRole)
                        .value<QIcon>()
                        .isNull();
        };
        QVERIFY(shape());  // how severe it is can still be seen
        page->resize(2200, 760);
        QTRY_VERIFY(!table->isColumnHidden(ViolationModel::Frame));
        QVERIFY(!table->isColumnHidden(ViolationModel::Severity));
        QVERIFY(!shape());

        // What a person decides on stays.
        ColumnRoom* room = ColumnRoom::of(*table);
        QVERIFY(room);
        room->choose(ViolationModel::Severity, false);
        room->choose(ViolationModel::Frame, true);
        page->resize(960, 484);
        QTRY_VERIFY(table->isColumnHidden(ViolationModel::Measured));
        QVERIFY(!table->isColumnHidden(ViolationModel::Frame));
        page->resize(2200, 760);
        QTRY_VERIFY(!table->isColumnHidden(ViolationModel::Measured));
        QVERIFY(table->isColumnHidden(ViolationModel::Severity));
    }

    void clickJumpsAndDoubleClickPlaysWithLeadIn() {
        auto page = open(test::makeReviewData(m_video, kFrames, 4));
        QTRY_COMPARE(page->shownFrame(), 0);
        auto* table = violationTable(*page);
        const auto middleOf = [&](int row) {
            return table->visualRect(table->model()->index(row, 2)).center();
        };
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, middleOf(2));
        QTRY_COMPARE(page->shownFrame(), 200);
        QVERIFY(!page->player()->isPlaying());
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, middleOf(3));
        QTRY_COMPARE(page->shownFrame(), 300);
        QSignalSpy shown(page.get(), &ReviewPage::shownFrameChanged);
        QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, middleOf(3));
        QVERIFY(page->player()->isPlaying());
        QTRY_VERIFY(shown.size() > 0);
        QCOMPARE(page->player()->targetFrame() < 300, true);
        QTRY_VERIFY(page->shownFrame() >= 250 && page->shownFrame() < 300);
        page->player()->pause();
        // Insertions do the same.
        auto* insertions = page->insertionPanel()->table();
        insertions->selectRow(1);
        QTRY_COMPARE(page->shownFrame(), 50);
    }

    void selectionSurvivesARefreshAndFilters() {
        auto data = test::makeReviewData(m_video, kFrames, 9);
        auto page = open(data);
        QTRY_COMPARE(page->shownFrame(), 0);
        page->showViolation(104);
        QTRY_COMPARE(page->shownFrame(), 177);
        data.violations.removeFirst();
        QSignalSpy shown(page.get(), &ReviewPage::shownFrameChanged);
        page->setData(data);
        QCOMPARE(page->violationPanel()->currentId(), 104);
        QCOMPARE(page->shownFrame(), 177);  // nothing jumped
        QCOMPARE(shown.size(), 0);
        auto* search = page->findChild<QLineEdit*>(QStringLiteral("violationSearchLineEdit"));
        search->setText(QStringLiteral("no such thing"));
        auto* empty = page->findChild<QLabel*>(QStringLiteral("emptyListLabel"));
        QVERIFY(empty->isVisible() && !empty->text().isEmpty());
        search->clear();
        QCOMPARE(page->violationPanel()->currentId(), 104);
        page->showViolation(9000);  // could not be judged: shown on demand
        QCOMPARE(page->violationPanel()->currentId(), 9000);
        QVERIFY(!page->findChild<QAction*>(QStringLiteral("confirmAction"))->isEnabled());
    }

    void lettersInTextFieldsAreText() {
        auto page = open(test::makeReviewData(m_video, kFrames, 3));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QTRY_COMPARE(page->shownFrame(), 0);
        QSignalSpy verdicts(page.get(), &ReviewPage::verdictChanged);
        page->showViolation(100);
        auto* note = page->findChild<QLineEdit*>(QStringLiteral("noteLineEdit"));
        note->setFocus();
        QTest::keyClicks(note, QStringLiteral("cxu nskb, [] "));
        QTest::keyClick(note, Qt::Key_Left);
        QTest::keyClick(note, Qt::Key_Home);
        QTest::keyClick(note, Qt::Key_Space);
        QCOMPARE(note->text(), QStringLiteral(" cxu nskb, [] "));
        QCOMPARE(verdicts.size(), 0);
        QCOMPARE(page->shownFrame(), 0);
        QVERIFY(!page->player()->isPlaying());
        page->violationPanel()->giveVerdict(ReviewVerdict::Confirmed);
        QCOMPARE(verdicts.size(), 1);
        QCOMPARE(verdicts[0][3].toString(), QStringLiteral("cxu nskb, []"));
        // The note of a given verdict is changed with Enter, without advancing.
        page->showViolation(100);
        QCOMPARE(note->text(), QStringLiteral("cxu nskb, []"));
        note->setText(QStringLiteral("better"));
        QTest::keyClick(note, Qt::Key_Return);
        QCOMPARE(verdicts.size(), 2);
        QCOMPARE(verdicts[1][1].value<ReviewVerdict>(), ReviewVerdict::Confirmed);
        QCOMPARE(page->violationPanel()->currentId(), 100);
        QCOMPARE(page->findChild<QListWidget*>(QStringLiteral("historyListWidget"))->count(), 2);
    }

    // A key pressed while a menu is open chooses in the menu, and does nothing behind it.
    void anOpenMenuHasTheKeys() {
        auto page = open(test::makeReviewData(m_video, kFrames, 3));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QTRY_COMPARE(page->shownFrame(), 0);
        page->showViolation(100);
        auto* table = page->violationPanel()->table();
        table->setFocus();
        QSignalSpy verdicts(page.get(), &ReviewPage::verdictChanged);
        QTest::keyClick(table, Qt::Key_X);
        auto* menu = page->findChild<QMenu*>(QStringLiteral("reasonMenu"));
        QTRY_VERIFY(menu->isVisible());
        QTest::keyClick(menu, Qt::Key_N);
        QTest::keyClick(menu, Qt::Key_C);
        QTest::keyClick(menu, Qt::Key_U);
        QCOMPARE(verdicts.size(), 0);
        QCOMPARE(page->violationPanel()->currentId(), 100);
        QVERIFY(menu->isVisible());
        QTest::keyClick(menu, Qt::Key_1);
        QCOMPARE(verdicts.size(), 1);
        QCOMPARE(verdicts[0][1].value<ReviewVerdict>(), ReviewVerdict::FalseAlarm);
        QCOMPARE(verdicts[0][2].toString(), QStringLiteral("not_a_poker"));
        QVERIFY(!menu->isVisible());
        QTest::keyClick(table, Qt::Key_C);  // the page's own again
        QCOMPARE(verdicts.size(), 2);
    }

    void anotherReasonIsWritten() {
        auto page = open(test::makeReviewData(m_video, kFrames, 3));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        page->showViolation(100);
        auto* table = page->violationPanel()->table();
        auto* note = page->findChild<QLineEdit*>(QStringLiteral("noteLineEdit"));
        auto* menu = page->findChild<QMenu*>(QStringLiteral("reasonMenu"));
        const auto other = [&] {
            table->setFocus();
            QTest::keyClick(table, Qt::Key_X);
            QTRY_VERIFY(menu->isVisible());
            menu->actions().constLast()->trigger();
            menu->close();
        };
        QSignalSpy verdicts(page.get(), &ReviewPage::verdictChanged);
        other();
        QVERIFY(note->hasFocus());
        QTest::keyClick(note, Qt::Key_Escape);  // thought better of it
        QVERIFY(table->hasFocus());
        other();
        QTest::keyClick(note, Qt::Key_Return);  // no reason, no verdict
        QCOMPARE(verdicts.size(), 0);
        other();
        QTest::keyClicks(note, QStringLiteral("a shovel"));
        QTest::keyClick(note, Qt::Key_Return);
        QCOMPARE(verdicts.size(), 1);
        QCOMPARE(verdicts[0][1].value<ReviewVerdict>(), ReviewVerdict::FalseAlarm);
        QCOMPARE(verdicts[0][3].toString(), QStringLiteral("a shovel"));
        QVERIFY(page->violationPanel()->currentId() != 100);
        QVERIFY(table->hasFocus());
    }

    void aNoteNeedsNoVerdict() {
        auto page = open(test::makeReviewData(m_video, kFrames, 3));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        page->showViolation(100);
        auto* table = page->violationPanel()->table();
        auto* note = page->findChild<QLineEdit*>(QStringLiteral("noteLineEdit"));
        QSignalSpy verdicts(page.get(), &ReviewPage::verdictChanged);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_N, Qt::ShiftModifier);
        QVERIFY(note->hasFocus());
        QTest::keyClicks(note, QStringLiteral("ask the foreman"));
        QTest::keyClick(note, Qt::Key_Return);
        QCOMPARE(verdicts.size(), 1);
        QCOMPARE(verdicts[0][1].value<ReviewVerdict>(), ReviewVerdict::Unreviewed);
        QCOMPARE(verdicts[0][3].toString(), QStringLiteral("ask the foreman"));
        QCOMPARE(page->violationPanel()->currentId(), 100);
        QCOMPARE(page->violationPanel()->model()->unreviewedCount(), 3);
        QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(note->text(), QString());
        QTest::keyClick(table, Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(note->text(), QStringLiteral("ask the foreman"));
    }

    void theSearchLeadsToTheList() {
        auto page = open(test::makeReviewData(m_video, kFrames, 6));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QSignalSpy back(page.get(), &ReviewPage::backRequested);
        auto* table = page->violationPanel()->table();
        auto* search = page->findChild<QLineEdit*>(QStringLiteral("violationSearchLineEdit"));
        table->setFocus();
        const auto rows = [&] { return table->model()->rowCount(); };
        const int all = rows();
        const QString rule =
            table->model()->index(rows() - 1, ViolationModel::Rule).data().toString();
        QTest::keyClick(table, Qt::Key_F, Qt::ControlModifier);
        QVERIFY(search->hasFocus());
        QTest::keyClicks(search, rule);
        QVERIFY(rows() > 0 && rows() < all);
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(table->hasFocus());
        QVERIFY(page->violationPanel()->currentId() != 0);
        QCOMPARE(search->text(), rule);
        QTest::keyClick(table, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(table->hasFocus());
        QCOMPARE(rows(), all);
        QCOMPARE(back.size(), 0);
    }

    // The details appear with the first choice and take the lower half of the list.
    void whatIsChosenStaysInSight() {
        auto page = open(test::makeReviewData(m_video, kFrames, 40));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        auto* table = page->violationPanel()->table();
        const int before = table->viewport()->height();
        const int row = table->rowAt(before - 4);
        QVERIFY(row > 4);
        table->selectRow(row);
        QTRY_VERIFY(table->viewport()->height() < before);
        QTRY_VERIFY(
            table->viewport()->rect().contains(table->visualRect(table->model()->index(row, 0))));
    }

    void tabsHaveKeys() {
        auto page = open(test::makeReviewData(m_video, kFrames, 3));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        auto* tabs = page->findChild<QTabWidget*>();
        page->setFocus();
        for (const int i : {4, 2, 1, 3, 0}) {
            QTest::keyClick(page.get(), Qt::Key(Qt::Key_1 + i), Qt::AltModifier);
            QCOMPARE(tabs->currentIndex(), i);
        }
    }

    void controlsKeepTheirOwnKeys() {
        auto page = open(test::makeReviewData(m_video, kFrames, 3));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QTRY_COMPARE(page->shownFrame(), 0);
        auto* tabs = page->findChild<QTabWidget*>();
        tabs->setCurrentWidget(page->insertionPanel());
        auto* touches = page->findChild<QCheckBox*>(QStringLiteral("showTouchesCheckBox"));
        touches->setFocus();
        QTest::keyClick(touches, Qt::Key_Space);
        QVERIFY(touches->isChecked() && !page->player()->isPlaying());
        auto* bar = tabs->findChild<QTabBar*>();
        bar->setFocus();
        QTest::keyClick(bar, Qt::Key_Right);
        QCOMPARE(tabs->currentWidget(), page->planPanel());
        QTest::keyClick(bar, Qt::Key_Right);
        QCOMPARE(tabs->currentWidget(), page->heatMapPanel());
        QCOMPARE(page->player()->targetFrame(), 0);
        tabs->setCurrentIndex(0);
        page->showViolation(100);
        QVERIFY2(page->minimumSizeHint().width() <= 1200,
                 qPrintable(QString::number(page->minimumSizeHint().width())));
        QVERIFY2(page->minimumSizeHint().height() <= 660,
                 qPrintable(QString::number(page->minimumSizeHint().height())));
    }

    void readOnlyTakesNoVerdictAndSaysWhy() {
        auto data = test::makeReviewData(m_video, kFrames, 3);
        data.readOnly = true;
        data.readOnlyReason = QStringLiteral("This is an older result.");
        auto page = open(data);
        QSignalSpy verdicts(page.get(), &ReviewPage::verdictChanged);
        page->showViolation(100);
        page->violationPanel()->giveVerdict(ReviewVerdict::Confirmed);
        QCOMPARE(verdicts.size(), 0);
        const auto* confirm = page->findChild<QAction*>(QStringLiteral("confirmAction"));
        QVERIFY(!confirm->isEnabled());
        QVERIFY(confirm->toolTip().contains(data.readOnlyReason));
    }

    void timelineFollowsSeeksAndTells() {
        auto page = open(test::makeReviewData(m_video, kFrames, 4));
        QTRY_COMPARE(page->shownFrame(), 0);
        auto* strip = page->timeline();
        page->seek(100);
        QTRY_COMPARE(page->shownFrame(), 100);
        QCOMPARE(strip->position(), 4.0);
        QTest::mouseClick(strip, Qt::LeftButton, {}, QPoint(int(strip->xOf(6.0)), 8));
        QTRY_VERIFY(std::abs(page->shownFrame() - 150) <= 1);
        // A mark selects its violation, a bar its insertion.
        QPointF mark(strip->xOf(8.0), 0);
        qint64 hit = 0;
        for (double y = 0; y < strip->height() && hit == 0; ++y) {
            mark.setY(y);
            hit = strip->violationAt(mark);
        }
        QCOMPARE(hit, 102);
        QVERIFY(strip->describe(mark).contains(QStringLiteral("00:08.00")));
        QTest::mouseClick(strip, Qt::LeftButton, {}, mark.toPoint());
        QCOMPARE(page->violationPanel()->currentId(), 102);
        QTRY_COMPARE(page->shownFrame(), 200);
        const double pinned = strip->timeAt(400);
        strip->zoomAt(400, 4);
        QVERIFY(std::abs(strip->timeAt(400) - pinned) < 1e-6);
        QVERIFY(std::abs((strip->toS() - strip->fromS()) - 4.0) < 1e-6);
        page->seek(399);
        QTRY_COMPARE(page->shownFrame(), 399);
        QVERIFY(strip->toS() >= 15.9);  // the strip follows
        strip->fit();
        QCOMPARE(strip->fromS(), 0.0);
    }

    void everyPersonMarksWhatWasLookedAt() {
        auto page = open(test::makeReviewData(m_video, kFrames, 4));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QTRY_COMPARE(page->shownFrame(), 0);
        QSignalSpy seen(page.get(), &ReviewPage::seenChanged);
        auto* view = page->player()->view();
        page->showViolation(100);
        view->setFocus();
        QTest::keyClick(view, Qt::Key_R);
        QCOMPARE(seen.size(), 1);
        QCOMPARE(seen[0][0].value<QList<qint64>>(), QList<qint64>{100});
        QCOMPARE(page->violationPanel()->currentId(), 101);  // on to the next not looked at
        QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(seen.size(), 2);
        QVERIFY(!seen[1][1].toBool());
        QVERIFY(!page->violationPanel()->model()->find(100)->seenByMe);
        page->violationPanel()->giveVerdict(ReviewVerdict::Confirmed);
        QVERIFY(page->violationPanel()->model()->find(100)->seenByMe);  // who judges has looked
    }

    void bulkVerdictsAreOneActAndOneUndo() {
        auto page = open(test::makeReviewData(m_video, kFrames, 200));
        QTRY_COMPARE(page->shownFrame(), 0);
        QSignalSpy given(page.get(), &ReviewPage::verdictsGiven);
        violationTable(*page)->setFocus();
        violationTable(*page)->selectAll();
        page->violationPanel()->giveVerdict(ReviewVerdict::FalseAlarm, QStringLiteral("hidden"));
        QCOMPARE(given.size(), 1);
        QCOMPARE(given[0][0].value<QList<VerdictChange>>().size(), 200);
        QCOMPARE(counter(*page), QStringLiteral("0 of 200 unreviewed"));
        auto* undo = page->findChild<QAction*>(QStringLiteral("undoVerdictAction"));
        QVERIFY(undo->toolTip().contains(QStringLiteral("False alarm")));
        undo->trigger();
        QCOMPARE(given.size(), 2);
        QCOMPARE(counter(*page), QStringLiteral("200 of 200 unreviewed"));
    }

    void timelineShowsDwellThumbnailsAndHandles() {
        auto page = open(test::makeReviewData(m_video, kFrames, 4));
        QTRY_COMPARE(page->shownFrame(), 0);
        auto* strip = page->timeline();
        // Insertions of 1.56 s every 2 s; every fourth is a touch and counts nothing.
        const auto share = strip->dwell(16);
        QVERIFY(share[0] > 0.9 && share[14] < 0.01);
        QTest::mouseMove(strip, QPoint(int(strip->xOf(8.0)), 40));
        auto* words = page->findChild<QLabel*>(QStringLiteral("timelineCardLabel"));
        auto* picture = page->findChild<QLabel*>(QStringLiteral("timelineThumbnailLabel"));
        QTRY_VERIFY(words->isVisible() && !words->text().isEmpty());
        QTRY_VERIFY(picture->isVisible());
        QCOMPARE(page->shownFrame(), 0);  // the player did not move
        page->player()->setRange(50, 100);
        const QPoint flag(int(strip->xOf(4.0)) - 2, 14);
        QTest::mousePress(strip, Qt::LeftButton, {}, flag);
        QTest::mouseMove(strip, QPoint(int(strip->xOf(6.0)), 14));
        QTest::mouseRelease(strip, Qt::LeftButton, {}, QPoint(int(strip->xOf(6.0)), 14));
        QCOMPARE(page->player()->rangeIn(), std::optional<FrameIndex>(50));
        QVERIFY(std::abs(*page->player()->rangeOut() - 150) <= 1);
        QCOMPARE(page->shownFrame(), 0);
        auto* spoken = QAccessible::queryAccessibleInterface(strip);
        QVERIFY(spoken && spoken->valueInterface());
        spoken->valueInterface()->setCurrentValue(5.0);
        QTRY_COMPARE(page->shownFrame(), 125);
        QCOMPARE(spoken->valueInterface()->currentValue().toDouble(), 5.0);
        strip->setFocus();
        QTRY_VERIFY(strip->hasFocus());
        QTest::keyClick(strip, Qt::Key_Plus);
        QVERIFY(strip->toS() - strip->fromS() < 12);
        QTest::keyClick(strip, Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(strip->fromS(), 0.0);
        QTest::keyClick(strip, Qt::Key_Right);
        QTRY_COMPARE(page->shownFrame(), 126);
    }

    void heatIsWhereThePokerStood() {
        auto page = open(test::makeReviewData(m_video, kFrames, 1));
        auto* heat = page->heatMapPanel();
        QTRY_VERIFY(heat->grid() != nullptr);
        const auto grid = heat->grid();
        QVERIFY(grid->maxS > 5);
        const auto hottest =
            std::max_element(grid->seconds.begin(), grid->seconds.end()) - grid->seconds.begin();
        const double x = (double(hottest % grid->columns) + 0.5) / grid->columns * 320;
        const double y = (double(hottest / grid->columns) + 0.5) / grid->rows * 192;
        QVERIFY2(std::abs(x - 110) < 8 && std::abs(y - 160) < 8,
                 qPrintable(QStringLiteral("%1 %2").arg(x).arg(y)));
        QCOMPARE(grid->at(0.9, 0.1), 0.0);
        QCOMPARE(qAlpha(grid->colours.pixel(grid->columns - 1, 0)), 0);  // zero is transparent
        // Pointing reads seconds, clicking goes to the insertion.
        page->findChild<QTabWidget*>()->setCurrentWidget(heat);
        auto* view = heat->view();
        QTRY_VERIFY(view->isVisible());
        const QPoint at = view->viewAt({110, 160}).toPoint();
        QTest::mouseMove(view, at);
        auto* readout = page->findChild<QLabel*>(QStringLiteral("heatReadoutLabel"));
        QTRY_VERIFY(readout->text().contains(QStringLiteral("px")));
        QSignalSpy clicked(heat, &HeatMapPanel::insertionClicked);
        QTest::mouseClick(view, Qt::LeftButton, {}, at);
        QCOMPARE(clicked.size(), 1);
        QVERIFY(page->insertionPanel()->currentId() != 0);
        const QString file = m_dir.filePath(QStringLiteral("heat.png"));
        QString error;
        QVERIFY2(heat->exportTo(file, &error), qPrintable(error));
        QVERIFY(QImage(file).height() > 192);  // with its legend
        QVERIFY(!heat->exportTo(m_dir.filePath(QStringLiteral("no/where/heat.png")), &error));
        QVERIFY(!error.isEmpty());
    }

    void heatOfARangeAndItsCells() {
        auto page = open(test::makeReviewData(m_video, kFrames, 1));
        auto* heat = page->heatMapPanel();
        QTRY_VERIFY(heat->grid() != nullptr && page->player()->isOpen());
        const double whole = heat->grid()->maxS;
        auto* only = page->findChild<QCheckBox*>(QStringLiteral("heatRangeCheckBox"));
        QVERIFY(!only->isEnabled() && !only->toolTip().isEmpty());
        page->player()->setRange(0, kFrames / 4);
        QVERIFY(only->isEnabled());
        QCOMPARE(heat->grid()->maxS, whole);  // marked for other reasons
        only->setChecked(true);
        QTRY_VERIFY(heat->grid()->maxS < whole * 0.6);
        page->player()->setRange({}, {});
        QVERIFY(!only->isChecked() && !only->isEnabled());
        QTRY_COMPARE(heat->grid()->maxS, whole);

        const QString file = m_dir.filePath(QStringLiteral("heat.csv"));
        QString error;
        QVERIFY2(heat->exportCells(file, &error), qPrintable(error));
        QFile cells(file);
        QVERIFY(cells.open(QIODevice::ReadOnly));
        QCOMPARE(cells.readLine().trimmed(), QByteArray("column,row,x_px,y_px,dwell_s"));
        double most = 0;
        QPointF hottest;
        while (!cells.atEnd()) {
            const auto figures = cells.readLine().trimmed().split(',');
            QCOMPARE(figures.size(), 5);
            QVERIFY(figures[4].toDouble() > 0);
            if (figures[4].toDouble() > most) {
                most = figures[4].toDouble();
                hottest = {figures[2].toDouble(), figures[3].toDouble()};
            }
        }
        QVERIFY(std::abs(most - whole) < 0.001);
        QVERIFY(std::abs(hottest.x() - 110) < 8 && std::abs(hottest.y() - 160) < 8);
        QVERIFY(!heat->exportCells(m_dir.filePath(QStringLiteral("no/where/heat.csv")), &error));
    }

    void missingVideoAndEmptyResultExplainThemselves() {
        auto data = test::makeReviewData(m_dir.filePath(QStringLiteral("gone.mp4")), kFrames, 3);
        auto page = open(data);
        const auto* stage = page->player()->view();
        QTRY_VERIFY(stage->message().contains(QStringLiteral("gone.mp4")));
        page->showViolation(101);  // the lists still work
        QCOMPARE(page->violationPanel()->currentId(), 101);
        data.videoPath = m_video;
        data.violations.clear();
        data.insertions.clear();
        data.tracks.reset();
        page->setData(data);
        QTRY_COMPARE(page->shownFrame(), 0);
        QVERIFY(stage->message().isEmpty());
        auto* empty = page->findChild<QLabel*>(QStringLiteral("emptyListLabel"));
        QVERIFY(empty->isVisible() && empty->text().contains(QStringLiteral("GB 50666")));
        page->setData({});
        QVERIFY(!page->player()->isOpen());
        page->clear();
    }

    void tracksBeyondTheVideoDoNoHarm() {
        auto data = test::makeReviewData(m_video, kFrames * 3, 6);
        auto page = open(data);
        QTRY_COMPARE(page->shownFrame(), 0);
        page->showViolation(105);  // starts after the end
        QTRY_COMPARE(page->shownFrame(), kFrames - 1);
    }

    void fullScreenKeepsKeysAndComesBack() {
        auto page = open(test::makeReviewData(m_video, kFrames, 3));
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        QTRY_COMPARE(page->shownFrame(), 0);
        auto* player = page->player();
        QTest::keyClick(player->view(), Qt::Key_F);
        QTRY_VERIFY(player->isWindow() && player->isFullScreen());
        QVERIFY(QTest::qWaitForWindowActive(player));
        QTest::keyClick(player->view(), Qt::Key_Right);
        QTRY_COMPARE(page->shownFrame(), 1);
        QTest::keyClick(player->view(), Qt::Key_N);
        QVERIFY(page->violationPanel()->currentId() != 0);
        QSignalSpy back(page.get(), &ReviewPage::backRequested);
        QTest::keyClick(player->view(), Qt::Key_Escape);
        QTRY_VERIFY(!player->isWindow());
        QCOMPARE(back.size(), 0);
        QVERIFY(player->isVisible());
    }

    void languageChangesEverything() {
        auto page = open(test::makeReviewData(m_video, kFrames, 3));
        page->showViolation(100);
        MarkingTranslator marking;
        QCoreApplication::installTranslator(&marking);
        QCoreApplication::processEvents();
        for (auto* label : page->findChildren<QLabel*>()) {
            const QString text = label->text();
            const bool ours = !text.isEmpty() && label->isVisible() &&
                              text.contains(QRegularExpression(QStringLiteral("[A-Za-z]{3}"))) &&
                              label->objectName() != QLatin1String("reviewTitleLabel");
            if (ours && text != QLatin1String("test")) {
                QVERIFY2(text.contains(QLatin1Char('~')), qPrintable(text));
            }
        }
        for (const auto* action : page->reviewActions()) {
            QVERIFY2(action->text().startsWith(QLatin1Char('~')), qPrintable(action->text()));
        }
        const auto* model = page->violationPanel()->model();
        for (int c = 0; c < model->columnCount(); ++c) {
            QVERIFY(model->headerData(c, Qt::Horizontal, Qt::DisplayRole)
                        .toString()
                        .startsWith(QLatin1Char('~')));
        }
        QCoreApplication::removeTranslator(&marking);
        QCoreApplication::processEvents();
        QVERIFY(!page->reviewActions().first()->text().startsWith(QLatin1Char('~')));
    }

    void everyButtonHasANameAndATooltip() {
        auto page = open(test::makeReviewData(m_video, kFrames, 3));
        page->showViolation(100);
        for (const auto* button : page->findChildren<QToolButton*>()) {
            if (!button->isVisible() || button->objectName().startsWith(QLatin1String("qt_"))) {
                continue;
            }
            const QString spoken =
                button->accessibleName().isEmpty() ? button->text() : button->accessibleName();
            QVERIFY2(!spoken.isEmpty(), qPrintable(button->objectName()));
        }
        QSet<QString> keys;
        for (const auto* action : page->reviewActions()) {
            QVERIFY2(!action->toolTip().isEmpty(), qPrintable(action->objectName()));
            for (const auto& key : action->shortcuts()) {
                QVERIFY2(!keys.contains(key.toString()), qPrintable(key.toString()));
                keys.insert(key.toString());
            }
        }
    }

    void twoHoursOpenInLessThanHalfASecond() {
        auto data = test::makeReviewData(m_video, kFrames, 0);
        auto tracks = std::make_shared<Tracks>();
        constexpr int frames = 2 * 3600 * 25;
        tracks->frameTimesS.resize(frames);
        tracks->points.reserve(frames * 3);
        for (int f = 0; f < frames; ++f) {
            tracks->frameTimesS[size_t(f)] = f / 25.0;
            for (int t = 0; t < 3; ++t) {
                TrackPoint p;
                p.frame = f;
                p.timeS = f / 25.0;
                p.track = TrackId{t};
                p.score = 0.9F;
                p.box = {10.0 + t * 80, 10, 30, 60};
                p.poker = PokerPoints{{20, 60}, {20, 10}, 1, 1, 1};
                p.immersed = true;
                tracks->points.push_back(p);
            }
        }
        tracks->motion.resize(frames);
        data.tracks = tracks;
        data.insertions.clear();
        for (int i = 0; i < 1200; ++i) {
            Insertion insertion;
            insertion.id = i + 1;
            insertion.track = TrackId{i % 3};
            insertion.startS = i * 6;
            insertion.endS = i * 6 + 5;
            insertion.startFrame = i * 150;
            insertion.endFrame = i * 150 + 125;
            insertion.contactPx = {double(i % 300), 100};
            data.insertions.append(insertion);
        }
        for (int i = 0; i < 500; ++i) {
            ReviewViolation v;
            v.id = i + 1;
            v.finding.rule = "dragging";
            v.finding.startS = i * 14;
            v.finding.startFrame = i * 350;
            data.violations.append(v);
        }
        auto page = open({});
        QElapsedTimer clock;
        clock.start();
        page->setData(data);
        const qint64 elapsed = clock.elapsed();
        qInfo("two hours of tracks: setData took %lld ms", static_cast<long long>(elapsed));
        QVERIFY2(elapsed < 500, qPrintable(QString::number(elapsed)));
        clock.restart();
        page->player()->view()->grab();
        qInfo("painting took %lld ms", static_cast<long long>(clock.elapsed()));
    }
};

QTEST_MAIN(TestReviewPage)
#include "tst_review_page.moc"
