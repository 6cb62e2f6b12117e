// The user guide: both languages say the same, no link is dead, every page and dialog of the
// program has its place in it, and F1 opens it there.
#include <QDialog>
#include <QDirIterator>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSet>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTimer>
#include <QTreeWidget>
#include <QXmlStreamReader>

#include "core/text/text.h"
#include "tests/ui/desk.h"
#include "tests/ui/guide_pictures.h"
#include "ui/calibration/calibration_page.h"
#include "ui/help/help_window.h"
#include "ui/language.h"
#include "ui/review/review_page.h"
#include "ui/theme.h"

using namespace cvd;
using namespace cvd::ui;
using guide::Place;
using test::Desk;

namespace {

const QString kFolder = QStringLiteral(CVD_SOURCE_DIR "/docs/guide/");

QSet<QString> anchorsOf(const guide::Page& page) {
    QSet<QString> anchors;
    for (const guide::Section& section : page.sections) {
        anchors << section.anchor;
    }
    return anchors;
}

struct Link {
    QString text, target;
    bool picture = false;
};
QList<Link> linksOf(const QString& markdown) {
    static const QRegularExpression kLink(QStringLiteral("(!?)\\[([^\\]]*)\\]\\(([^)]+)\\)"));
    QList<Link> links;
    for (auto it = kLink.globalMatch(markdown); it.hasNext();) {
        const auto match = it.next();
        links.append({match.captured(2), match.captured(3), !match.captured(1).isEmpty()});
    }
    return links;
}

QString plain(QString text) {
    static const QRegularExpression kMnemonic(QStringLiteral("\\(&.\\)|&"));
    text.remove(kMnemonic);
    while (text.endsWith(QChar(0x2026)) || text.endsWith(QLatin1Char(':'))) {
        text.chop(1);
    }
    return text.trimmed();
}

// What stands on the screen in this language, as translations/cvd_zh_CN.ts knows it.
QSet<QString> interfaceTexts(const QString& language) {
    QFile file(QStringLiteral(CVD_SOURCE_DIR "/translations/cvd_zh_CN.ts"));
    QSet<QString> texts;
    if (!file.open(QIODevice::ReadOnly)) {
        return texts;
    }
    const QStringView wanted = language == QStringLiteral("en") ? u"source" : u"translation";
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == wanted) {
            texts << plain(xml.readElementText(QXmlStreamReader::IncludeChildElements));
        }
    }
    return texts;
}

}  // namespace

class TestGuide : public QObject {
    Q_OBJECT

    // What F1 shows while `widget` has the focus.
    static Place helpFor(Desk& desk, QWidget* widget) {
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_F1);
        HelpWindow* shown = nullptr;
        for (QWidget* top : QApplication::topLevelWidgets()) {
            auto* help = qobject_cast<HelpWindow*>(top);
            if (help && help->isVisible()) {
                shown = help;
            }
        }
        Q_UNUSED(desk);
        const Place place = shown ? shown->place() : Place();
        if (shown) {
            shown->close();
        }
        return place;
    }

    static void enter(Desk& desk) {
        desk.enter();
        desk.window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(desk.window()));
    }

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<cvd::jobs::JobProgress>(); }
    void init() { setLanguage(QStringLiteral("en")); }

    // --- The texts ---

    void everyPageIsThereInEveryLanguage() {
        const QStringList ids = guide::pageIds();
        for (const QString& code : guide::guideLanguages()) {
            QStringList files = QDir(kFolder + code).entryList({"*.md"}, QDir::Files);
            QCOMPARE(QSet<QString>(files.begin(), files.end()).size(), ids.size());
            for (const QString& id : ids) {
                QVERIFY2(files.contains(id + ".md"), qPrintable(code + '/' + id));
                const guide::Page& page = guide::page(id, code);
                QVERIFY2(!page.sections.isEmpty(), qPrintable(code + '/' + id));
                QCOMPARE(page.sections.first().level, 1);
                QVERIFY2(page.markdown.size() > 150, qPrintable(code + '/' + id));
            }
        }
    }

    void theLanguagesHaveTheSameHeadings() {
        for (const QString& id : guide::pageIds()) {
            const guide::Page& en = guide::page(id, "en");
            const guide::Page& zh = guide::page(id, "zh_CN");
            QCOMPARE(zh.sections.size(), en.sections.size());
            for (qsizetype i = 0; i < en.sections.size(); ++i) {
                QVERIFY2(
                    en.sections[i].level == zh.sections[i].level &&
                        en.sections[i].anchor == zh.sections[i].anchor,
                    qPrintable(id + ": " + en.sections[i].title + " / " + zh.sections[i].title));
            }
            QCOMPARE(anchorsOf(en).size(), en.sections.size());  // no name twice
            const auto tables = [](const QString& text) { return text.count("\n|"); };
            QCOMPARE(tables(zh.markdown), tables(en.markdown));
        }
    }

    void noLinkIsDead() {
        QSet<QString> pictures;
        for (const QString& code : guide::guideLanguages()) {
            for (const QString& id : guide::pageIds()) {
                for (const Link& link : linksOf(guide::page(id, code).markdown)) {
                    const QByteArray where = (code + '/' + id + ": " + link.target).toUtf8();
                    QVERIFY2(!link.text.trimmed().isEmpty(), where);
                    if (link.picture) {
                        const QString name = link.target.section('/', 1);
                        QVERIFY2(link.target.startsWith("pictures/"), where);
                        QVERIFY2(!QImage(guide::pictureFile(name, code)).isNull(), where);
                        pictures << name;
                    } else if (link.target != QStringLiteral("cvd:tour")) {
                        const Place place = guide::placeOf(link.target);
                        QVERIFY2(guide::pageIds().contains(place.page), where);
                        QVERIFY2(anchorsOf(guide::page(place.page, code)).contains(place.anchor),
                                 where);
                    }
                }
            }
        }
        // No picture lies there unused, none is missing, and all of them together are small.
        qint64 bytes = 0;
        for (const QString& code : guide::guideLanguages()) {
            QSet<QString> files;
            QDirIterator it(kFolder + "pictures/" + code, QDir::Files);
            while (it.hasNext()) {
                bytes += QFileInfo(it.next()).size();
                files << it.fileName();
            }
            QCOMPARE(files, pictures);
        }
        for (const QString& name : test::guidePictures()) {
            QVERIFY2(pictures.contains(name + ".jpg"), qPrintable(name));
        }
        QVERIFY2(bytes < 4'000'000, qPrintable(QString::number(bytes)));
    }

    // Bold is kept for what stands on the screen, so that the guide cannot name a button that is
    // gone.
    void boldTextsStandOnTheScreen() {
        static const QRegularExpression kBold(QStringLiteral("\\*\\*([^*]+)\\*\\*"));
        QStringList unknown;
        for (const QString& code : guide::guideLanguages()) {
            const QSet<QString> known = interfaceTexts(code);
            QVERIFY(known.size() > 500);
            for (const QString& id : guide::pageIds()) {
                for (auto it = kBold.globalMatch(guide::page(id, code).markdown); it.hasNext();) {
                    const QString text = it.next().captured(1);
                    if (!known.contains(plain(text))) {
                        unknown << code + '/' + id + ": " + text;
                    }
                }
            }
        }
        QVERIFY2(unknown.isEmpty(), qPrintable('\n' + unknown.join('\n')));
    }

    void everyRuleIsExplainedUnderItsName() {
        const char* rules[] = {"under_vibration",   "over_vibration",
                               "missed_area",       "spacing_too_large",
                               "repeat_vibration",  "fast_withdrawal",
                               "slow_insertion",    "dragging",
                               "moving_concrete",   "tilt",
                               "too_near_form",     "too_far_from_form",
                               "shallow_insertion", "layer_too_thick",
                               "running_in_air",    "no_vibration",
                               "late_revibration",  "irregular_order"};
        for (const QString& code : guide::guideLanguages()) {
            setLanguage(code);
            QStringList titles;
            for (const guide::Section& section : guide::page("rules", code).sections) {
                titles << section.title;
            }
            for (const char* rule : rules) {
                QVERIFY2(titles.contains(text::ruleText(rule)), rule);
            }
        }
    }

    // --- Which page belongs to what ---

    void everyTopicExists() {
        QVERIFY(guide::topics().size() > 20);
        for (const auto& [widget, place] : guide::topics()) {
            QVERIFY2(anchorsOf(guide::page(place.page, "en")).contains(place.anchor),
                     qPrintable(widget));
        }
    }

    void everyPageAndPanelHasATopic() {
        Desk desk;
        desk.seedAdministrator();
        enter(desk);
        auto* pages =
            desk.shell()->findChild<QStackedWidget*>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(pages && pages->count() >= 9);
        QSet<QString> places;
        for (int i = 0; i < pages->count(); ++i) {
            const QString topic = guide::topicOf(pages->widget(i));
            QVERIFY2(!topic.isEmpty(), pages->widget(i)->metaObject()->className());
            places << topic;
        }
        QCOMPARE(places.size(), pages->count());
        auto* tabs = desk.shell()->reviewPage()->findChild<QTabWidget*>();
        for (int i = 0; i < tabs->count(); ++i) {
            const QString topic = guide::topicOf(tabs->widget(i));
            QVERIFY2(topic != guide::topicOf(desk.shell()->reviewPage()),
                     qPrintable(tabs->tabText(i)));
        }
    }

    // Every class of a dialog or page in ui/ is known by name.
    void everyDialogHasATopic() {
        static const QRegularExpression kClass(
            QStringLiteral("class (\\w+)\\s*(?:final)?\\s*:\\s*public\\s+(QDialog|GateCard)\\b"));
        QSet<QString> known;
        for (const auto& [widget, place] : guide::topics()) {
            known << widget;
        }
        QDirIterator it(QStringLiteral(CVD_SOURCE_DIR "/ui"), {"*.h"}, QDir::Files,
                        QDirIterator::Subdirectories);
        int seen = 0;
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto match = kClass.match(QString::fromUtf8(file.readAll()));
            if (match.hasMatch()) {
                ++seen;
                QString name = match.captured(1);
                name[0] = name[0].toLower();
                QVERIFY2(known.contains(name) || known.contains(name + "Dialog"),
                         qPrintable(file.fileName() + ": " + name));
            }
        }
        QVERIFY(seen >= 8);
    }

    void f1OpensThePageOneIsOn() {
        Desk desk;
        desk.seedAdministrator();
        const ProjectId id = desk.seedProject("Lift 3", desk.boss);
        enter(desk);
        const auto now = [&] { return helpFor(desk, desk.shell()->currentPage()).text(); };
        QCOMPARE(now(), QString("projects"));
        desk.shell()->openProject(id);
        QCOMPARE(now(), QString("project"));
        desk.shell()->openReview(id, {});
        auto* review = desk.shell()->reviewPage();
        QCOMPARE(helpFor(desk, review->findChild<QWidget*>("timelineStrip")).text(),
                 QString("review#timeline"));
        desk.shell()->openCalibration(id);
        QCOMPARE(helpFor(desk,
                         desk.shell()->calibrationPage()->findChild<QWidget*>("calibrationPicture"))
                     .page,
                 QString("calibration"));
        const std::pair<Act, const char*> pages[] = {{Act::ShowJobs, "jobs"},
                                                     {Act::ShowDashboard, "dashboard"},
                                                     {Act::ShowModels, "models"},
                                                     {Act::ShowUsers, "users"},
                                                     {Act::ShowAudit, "audit"}};
        for (const auto& [act, page] : pages) {
            desk.action(act)->trigger();
            QCOMPARE(now(), QString(page));
        }
    }

    void f1WorksInAModalDialogAndTheGuideCanBeUsedThere() {
        Desk desk;
        desk.seedAdministrator();
        enter(desk);
        bool looked = false;
        QTimer::singleShot(0, this, [&] {
            auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            QTest::keyClick(dialog, Qt::Key_F1);
            auto* help = dialog->findChild<HelpWindow*>();
            QVERIFY(help && help->isVisible());
            QCOMPARE(help->place().page, QString("settings"));
            QTest::keyClicks(help->findChild<QLineEdit*>("helpSearchLineEdit"), "backup");
            looked = true;
            dialog->reject();
        });
        desk.action(Act::Settings)->trigger();
        QVERIFY(looked);
    }

    void theGuideOpensBeforeSignIn() {
        Desk desk;
        desk.seedAdministrator();
        desk.seed.reset();
        desk.start();
        QTRY_VERIFY(desk.find<QLineEdit>("userNameLineEdit"));
        desk.click("helpToolButton");
        auto* help = desk.find<QTextBrowser>("helpTextBrowser");
        QVERIFY(help);
        QVERIFY(help->toPlainText().contains("After three wrong passwords"));
        help->window()->close();
        QCOMPARE(helpFor(desk, desk.find<QLineEdit>("userNameLineEdit")).page, QString("sign_in"));
    }

    // --- The window ---

    void backAndForwardAndLinks() {
        QTemporaryDir dir;
        Settings settings(dir.filePath("s.ini"));
        HelpWindow help(settings);
        help.resize(900, 500);
        help.show();
        QVERIFY(QTest::qWaitForWindowActive(&help));
        help.showTopic("calibration");
        auto* back = help.findChild<QToolButton*>("helpBackToolButton");
        auto* forward = help.findChild<QToolButton*>("helpForwardToolButton");
        QVERIFY(!back->isEnabled() && !back->toolTip().isEmpty());
        Q_EMIT help.text()->anchorClicked(QUrl("rules.md#radius"));
        QCOMPARE(help.place().text(), QString("rules#radius"));
        QTRY_VERIFY(help.text()->verticalScrollBar()->value() > 0);
        QVERIFY(back->isEnabled());
        const int where = help.text()->verticalScrollBar()->value();
        QTest::keyClick(&help, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(help.place().text(), QString("calibration"));
        QVERIFY(forward->isEnabled());
        forward->click();
        QCOMPARE(help.place().text(), QString("rules#radius"));
        QCOMPARE(help.text()->verticalScrollBar()->value(), where);
        QSignalSpy tour(&help, &HelpWindow::tourRequested);
        Q_EMIT help.text()->anchorClicked(QUrl("cvd:tour"));
        QCOMPARE(tour.size(), 1);
        QCOMPARE(help.place().page, QString("rules"));
        help.showTopic("no such page");
        QCOMPARE(help.place().page, guide::pageIds().first());
    }

    void searchFindsSectionsInBothLanguages() {
        QVERIFY(guide::find("no such words anywhere", "en").isEmpty());
        const auto residual = guide::find("residual centimetres", "en");
        QVERIFY(!residual.isEmpty());
        QCOMPARE(residual.first().place, (Place{"calibration", "check"}));
        QVERIFY(residual.first().snippet.contains("residual"));
        const auto chinese = guide::find(QStringLiteral("作用半径"), "zh_CN");
        QVERIFY(chinese.size() > 3);
        QVERIFY(chinese.first().title.contains(QStringLiteral("作用半径")));

        QTemporaryDir dir;
        Settings settings(dir.filePath("s.ini"));
        HelpWindow help(settings);
        help.show();
        help.showTopic("start");
        auto* contents = help.findChild<QTreeWidget*>("helpContentsTreeWidget");
        QCOMPARE(contents->topLevelItemCount(), int(guide::pageIds().size()));
        auto* words = help.findChild<QLineEdit*>("helpSearchLineEdit");
        QTest::keyClicks(words, "residual");
        QVERIFY(contents->topLevelItemCount() < int(guide::pageIds().size()));
        QTest::keyClick(words, Qt::Key_Return);
        QCOMPARE(help.place().page, QString("calibration"));
        QVERIFY(!help.text()->extraSelections().isEmpty());
        QTest::keyClicks(words, "qqq");
        QCOMPARE(contents->topLevelItemCount(), 0);
        QVERIFY(help.findChild<QLabel*>("helpFoundLabel")->text().contains("No page"));
    }

    void followsLanguageAndThemeAndRemembersTheZoom() {
        QTemporaryDir dir;
        Settings settings(dir.filePath("s.ini"));
        HelpWindow help(settings);
        help.resize(1000, 600);
        help.show();
        help.showTopic("plan");
        QVERIFY(help.text()->toPlainText().contains("Without a calibration"));
        setLanguage(QStringLiteral("zh_CN"));
        QTRY_VERIFY(help.text()->toPlainText().contains(QStringLiteral("没有标定时")));
        QCOMPARE(help.place().page, QString("plan"));
        setLanguage(QStringLiteral("en"));
        applyTheme(ThemeChoice::Dark);
        QTRY_VERIFY(help.text()->toHtml().contains(darkTokens().line.name(), Qt::CaseInsensitive));
        applyTheme(ThemeChoice::Light);
        QTRY_VERIFY(help.text()->toHtml().contains(lightTokens().line.name(), Qt::CaseInsensitive));
        const double before = help.text()->document()->size().height();
        QTest::keyClick(&help, Qt::Key_Plus, Qt::ControlModifier);
        QTest::keyClick(&help, Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(help.zoomPercent(), 120);
        QVERIFY(help.text()->document()->size().height() > before);
        QCOMPARE(Settings(dir.filePath("s.ini")).helpZoom(), 120);
        QTest::keyClick(&help, Qt::Key_Escape);
        QVERIFY(!help.isVisible());
        HelpWindow again(settings);
        QCOMPARE(again.zoomPercent(), 120);
    }

    // Tables and pictures stay inside the window, whatever its width.
    void nothingIsWiderThanTheWindow() {
        QTemporaryDir dir;
        Settings settings(dir.filePath("s.ini"));
        HelpWindow help(settings);
        help.show();
        for (const QSize size : {QSize(840, 480), QSize(1400, 900)}) {
            help.resize(size);
            QTRY_COMPARE(help.size(), size);
            for (const QString& code : guide::guideLanguages()) {
                setLanguage(code);
                for (const QString& id : guide::pageIds()) {
                    help.showTopic(id);
                    QCoreApplication::processEvents();
                    QVERIFY2(help.text()->horizontalScrollBar()->maximum() == 0,
                             qPrintable(code + '/' + id + ' ' + QString::number(size.width())));
                }
            }
        }
    }
};

QTEST_MAIN(TestGuide)
#include "tst_guide.moc"
