// Pictures of the review page with a rendered pour, in both themes and languages, into
// <build>/screenshots/review_*.png for people to look at. What can be checked by a program is
// checked here: nothing is wider than the window, every text of the page fits.
#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QListWidget>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include "tests/ui/guide_pictures.h"
#include "tests/ui/review/scene_fixture.h"
#include "ui/charts/chart_frame.h"
#include "ui/review/charts_panel.h"
#include "ui/review/heat_map_panel.h"
#include "ui/review/insertion_panel.h"
#include "ui/review/overlay_panel.h"
#include "ui/review/plan_panel.h"
#include "ui/review/player_widget.h"
#include "ui/review/review_colours.h"
#include "ui/review/review_page.h"
#include "ui/review/timeline_strip.h"
#include "ui/review/video_view.h"
#include "ui/review/violation_panel.h"
#include "ui/theme.h"

using namespace cvd;
using namespace cvd::ui;

class TestReviewScreens : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    ReviewData m_data;
    QDir m_out{QStringLiteral(CVD_BINARY_DIR "/screenshots")};

    void shoot(QWidget& widget, const QString& name) const {
        QCoreApplication::processEvents();
        QVERIFY(widget.grab().save(m_out.filePath(QStringLiteral("review_%1.png").arg(name))));
    }
    // The light ones are the guide's, too.
    static void keep(QWidget& widget, const QString& tag, const QString& name) {
        if (tag.startsWith(QLatin1String("light"))) {
            test::keepForGuide(
                widget.grab().toImage(), name,
                tag.endsWith(QLatin1String("zh")) ? QStringLiteral("zh_CN") : QStringLiteral("en"));
        }
    }

    // Labels whose text is cut off although they do not wrap.
    static QStringList cutTexts(const QWidget& page) {
        QStringList cut;
        for (const auto* label : page.findChildren<QLabel*>()) {
            if (label->isVisible() && !label->wordWrap() &&
                label->pixmap(Qt::ReturnByValue).isNull() &&
                label->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored &&
                label->width() < label->minimumSizeHint().width()) {
                cut << label->objectName() + QLatin1Char(':') + label->text();
            }
        }
        return cut;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_out.mkpath(QStringLiteral(".")));
        QFont font(QStringLiteral("Noto Sans CJK SC"));
        font.setPointSizeF(10);
        QApplication::setFont(font);
        m_data = test::makeScene(m_dir.path(), "under_vibration", 45);
        QVERIFY2(!m_data.videoPath.isEmpty(), "the scene could not be rendered");
        QVERIFY(m_data.insertions.size() > 2);
        // People have begun: one confirmed, one false alarm.
        int said = 0;
        for (auto& v : m_data.violations) {
            if (v.finding.verdict == Verdict::Violation && said < 2) {
                VerdictEntry entry;
                entry.verdict = said == 0 ? ReviewVerdict::Confirmed : ReviewVerdict::FalseAlarm;
                entry.reason = said == 0 ? QString() : QStringLiteral("wrong_point");
                entry.note = said == 0 ? QStringLiteral("Told the foreman") : QString();
                entry.author = QStringLiteral("Wang Li");
                entry.when = QDateTime(QDate(2026, 11, 24), QTime(2, 10), Qt::UTC);
                v.history.append(entry);
                ++said;
            }
        }
    }

    void coloursAreThoseOfTheTheme() {
        for (const auto choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            applyTheme(choice);
            const auto c = ReviewColours::of(QApplication::palette());
            QCOMPARE(c.critical, tokens().critical);
            QCOMPARE(c.major, tokens().major);
            QCOMPARE(c.minor, tokens().minor);
            QCOMPARE(c.pass, tokens().pass);
            QCOMPARE(c.cannotJudge, tokens().unknown);
            QCOMPARE(c.muted, tokens().muted);
            QCOMPARE(c.line, tokens().line);
            QCOMPARE(c.accent, tokens().accent);
            for (const auto& colour : {c.critical, c.major, c.minor, c.pass, c.muted}) {
                QVERIFY(contrastRatio(colour, c.surface) >= 4.5);
            }
        }
    }

    void correcting_data() { pictures_data(); }
    void correcting() {
        QFETCH(bool, dark);
        QFETCH(QString, language);
        const QString tag = QString::fromLatin1(QTest::currentDataTag());
        applyTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
        QLocale::setDefault(QLocale(language));
        QTranslator translator;
        if (translator.load(QStringLiteral(":/i18n/cvd_%1.qm").arg(language))) {
            QCoreApplication::installTranslator(&translator);
        }
        ReviewData data = m_data;
        const Insertion in = data.insertions.at(1);
        data.insertionsByHand = {{in.id, QStringLiteral("Wang Li")}};
        ReviewViolation own = data.violations.first();
        own.id = 9001;
        own.byHand = true;
        own.history.clear();
        compliance::Correction entered;
        entered.kind = compliance::Correction::Kind::Violation;
        entered.author = "Wang Li";
        entered.note = "leaned on the rebar";
        entered.violation.rule = "tilt";
        entered.violation.severity = Severity::Major;
        entered.violation.startFrame = in.startFrame + 10;
        entered.violation.endFrame = in.endFrame;
        entered.violation.startS = in.startS + 0.4;
        entered.violation.endS = in.endS;
        own.finding = compliance::violationOf(entered);
        data.violations.append(own);
        ReviewPage page;
        page.resize(1280, 744);
        page.show();
        page.setData(data);
        QTRY_COMPARE(page.shownFrame(), 0);
        page.showViolation(own.id);
        page.seek(in.startFrame + 12);
        QTRY_COMPARE(page.shownFrame(), in.startFrame + 12);
        const auto press = [&](const char* name) {
            for (auto* action : page.reviewActions()) {
                if (action->objectName() == QLatin1String(name)) {
                    action->trigger();
                }
            }
        };
        press("annotateAction");
        press("nextObjectAction");
        press("nextPartAction");
        shoot(page, tag + QStringLiteral("_correct"));
        QVERIFY2(cutTexts(page).isEmpty(), qPrintable(cutTexts(page).join(QLatin1Char('\n'))));
        press("addFindingAction");
        shoot(page, tag + QStringLiteral("_correct_form"));
        page.resize(960, 484);
        QTRY_COMPARE(page.width(), 960);
        shoot(page, tag + QStringLiteral("_correct_narrow"));
        QVERIFY2(cutTexts(page).isEmpty(), qPrintable(cutTexts(page).join(QLatin1Char('\n'))));
        page.resize(1280, 744);
        page.findChild<QTabWidget*>()->setCurrentWidget(page.insertionPanel());
        press("addInsertionAction");
        shoot(page, tag + QStringLiteral("_correct_insertion"));
        QCoreApplication::removeTranslator(&translator);
        QLocale::setDefault(QLocale::c());
    }

    void pictures_data() {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("language");
        QTest::newRow("light_en") << false << "en";
        QTest::newRow("dark_en") << true << "en";
        QTest::newRow("light_zh") << false << "zh_CN";
        QTest::newRow("dark_zh") << true << "zh_CN";
    }
    void pictures() {
        QFETCH(bool, dark);
        QFETCH(QString, language);
        const QString tag = QString::fromLatin1(QTest::currentDataTag());
        applyTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
        QLocale::setDefault(QLocale(language));
        QTranslator translator;
        if (translator.load(QStringLiteral(":/i18n/cvd_%1.qm").arg(language))) {
            QCoreApplication::installTranslator(&translator);
        }
        ReviewPage page;
        page.resize(1280, 744);  // what the shell's bar leaves of 1280x800
        page.show();
        page.setData(m_data);
        QTRY_COMPARE(page.shownFrame(), 0);
        QTRY_VERIFY(page.heatMapPanel()->grid() != nullptr);
        // The first violation that says something about an insertion, in the middle of it.
        qint64 id = 0;
        for (const auto& v : m_data.violations) {
            if (v.finding.verdict == Verdict::Violation && v.finding.insertion &&
                v.finding.rule == "under_vibration") {
                id = v.id;
            }
        }
        if (id != 0) {
            page.showViolation(id);
            QTRY_VERIFY(page.shownFrame() > 0);
            page.player()->step(30);
            QTRY_COMPARE(page.shownFrame(), page.player()->targetFrame());
        }
        QCOMPARE(page.width(), 1280);
        shoot(page, tag);
        keep(page, tag, QStringLiteral("review"));
        QVERIFY2(cutTexts(page).isEmpty(), qPrintable(cutTexts(page).join(QLatin1Char('\n'))));
        // What 1920x1080 leaves at 200 %.
        page.resize(960, 484);
        QTRY_COMPARE(page.width(), 960);
        shoot(page, tag + QStringLiteral("_narrow"));
        QVERIFY2(cutTexts(page).isEmpty(), qPrintable(cutTexts(page).join(QLatin1Char('\n'))));
        page.resize(1920, 1024);
        QTRY_COMPARE(page.width(), 1920);
        shoot(page, tag + QStringLiteral("_large"));
        QVERIFY2(cutTexts(page).isEmpty(), qPrintable(cutTexts(page).join(QLatin1Char('\n'))));
        page.resize(1280, 744);
        auto* tabs = page.findChild<QTabWidget*>();
        if (!dark) {
            for (const auto& v : m_data.violations) {
                if (!v.history.isEmpty()) {
                    page.showViolation(v.id);
                }
            }
            page.findChild<QAbstractButton*>(QStringLiteral("cannotJudgeButton"))->click();
            QTRY_COMPARE(page.shownFrame(), page.player()->targetFrame());
            shoot(page, tag + QStringLiteral("_history"));
            keep(page, tag, QStringLiteral("review_history"));
            page.findChild<QAbstractButton*>(QStringLiteral("cannotJudgeButton"))->click();
        }
        tabs->setCurrentWidget(page.insertionPanel());
        shoot(page, tag + QStringLiteral("_insertions"));
        keep(page, tag, QStringLiteral("review_insertions"));
        tabs->setCurrentWidget(page.planPanel());
        QVERIFY(page.planPanel()->emptyText().isEmpty());
        shoot(page, QStringLiteral("plan_") + tag);
        keep(page, tag, QStringLiteral("review_plan"));
        page.planPanel()->findChild<QAction*>(QStringLiteral("planOrderAction"))->setChecked(true);
        page.planPanel()
            ->findChild<QComboBox*>(QStringLiteral("planFillComboBox"))
            ->setCurrentIndex(1);
        auto overVideo = page.player()->options();
        overVideo.coverage = overVideo.planned = true;
        page.player()->setOptions(overVideo);
        shoot(page, QStringLiteral("plan_seconds_") + tag);
        overVideo.coverage = overVideo.planned = false;
        page.player()->setOptions(overVideo);
        tabs->setCurrentWidget(page.heatMapPanel());
        auto options = page.player()->options();
        options.heat = true;
        page.player()->setOptions(options);
        shoot(page, tag + QStringLiteral("_heat"));
        keep(page, tag, QStringLiteral("review_heat"));
        tabs->setCurrentWidget(page.chartsPanel());
        QList<PourFigures> pours;
        for (int i = 0; i < 6; ++i) {
            pours.append({i + 1, QStringLiteral("Lift %1 west").arg(8 - i), i == 2, 40 + 7 * i,
                          3 + 2 * (i % 3), 2 + i % 3, 9.5 + i});
        }
        page.chartsPanel()->setPours(pours);
        for (int chart = 0; chart <= int(ReviewChart::Pours); ++chart) {
            page.chartsPanel()->showChart(ReviewChart(chart));
            shoot(page, tag + QStringLiteral("_chart%1").arg(chart));
            if (chart == 0) {
                keep(page, tag, QStringLiteral("review_chart"));
            }
            QVERIFY2(cutTexts(page).isEmpty(), qPrintable(cutTexts(page).join(QLatin1Char('\n'))));
        }
        page.chartsPanel()->showChart(ReviewChart::InsertionTimes);
        QVERIFY(page.chartsPanel()->frame()->paperPicture().save(
            m_out.filePath(QStringLiteral("review_%1_chart_paper.png").arg(tag))));
        OverlayPanel panel;
        panel.adjustSize();
        shoot(panel, tag + QStringLiteral("_overlays"));
        auto missing = m_data;
        missing.videoPath = m_dir.filePath(QStringLiteral("moved-away.mp4"));
        missing.violations.clear();
        tabs->setCurrentIndex(0);
        page.setData(missing);
        QTRY_VERIFY(page.player()->view()->message().contains(QStringLiteral("moved-away")));
        shoot(page, tag + QStringLiteral("_missing"));
        QCoreApplication::removeTranslator(&translator);
    }
};

QTEST_MAIN(TestReviewScreens)
#include "tst_review_screens.moc"
