// Pictures of the review page with a rendered pour, in both themes and languages, into
// <build>/screenshots/review_*.png for people to look at. What can be checked by a program is
// checked here: nothing is wider than the window, every text of the page fits.
#include <QDir>
#include <QLabel>
#include <QListWidget>
#include <QStyleFactory>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include "tests/ui/review/scene_fixture.h"
#include "ui/review/heat_map_panel.h"
#include "ui/review/insertion_panel.h"
#include "ui/review/overlay_panel.h"
#include "ui/review/player_widget.h"
#include "ui/review/review_page.h"
#include "ui/review/timeline_strip.h"
#include "ui/review/violation_panel.h"

using namespace cvd;
using namespace cvd::ui;

namespace {

QPalette themePalette(bool dark) {
    const QColor window = dark ? 0x1B1D20 : 0xF5F6F7, surface = dark ? 0x232629 : 0xFFFFFF;
    const QColor raised = dark ? 0x2B2F33 : 0xFFFFFF, text = dark ? 0xE8EAED : 0x1E2328;
    const QColor muted = dark ? 0xA3ABB3 : 0x5C6670, accent = dark ? 0x4FB3DC : 0x0B6E99;
    const QColor line = dark ? 0x3A4046 : 0xD5DADF;
    QPalette p(text, raised, raised, window, line, text, text, surface, window);
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::Base, surface);
    p.setColor(QPalette::AlternateBase, window);
    p.setColor(QPalette::PlaceholderText, muted);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, dark ? QColor(0x10181C) : QColor(Qt::white));
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::ToolTipBase, raised);
    p.setColor(QPalette::ToolTipText, text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, muted);
    }
    return p;
}

}  // namespace

class TestReviewScreens : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    ReviewData m_data;
    QDir m_out{QStringLiteral(CVD_BINARY_DIR "/screenshots")};

    void shoot(QWidget& widget, const QString& name) const {
        QCoreApplication::processEvents();
        QVERIFY(widget.grab().save(m_out.filePath(QStringLiteral("review_%1.png").arg(name))));
    }

    // Labels whose text is cut off although they do not wrap.
    static QStringList cutTexts(const QWidget& page) {
        QStringList cut;
        for (const auto* label : page.findChildren<QLabel*>()) {
            if (label->isVisible() && !label->wordWrap() && label->pixmap(Qt::ReturnByValue).isNull() &&
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
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
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
        QApplication::setPalette(themePalette(dark));
        QLocale::setDefault(QLocale(language));
        QTranslator translator;
        if (translator.load(QStringLiteral(CVD_BINARY_DIR "/translations/cvd-mis_%1.qm").arg(language)) ||
            translator.load(QStringLiteral(CVD_BINARY_DIR "/translations/%1.qm").arg(language))) {
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
        QVERIFY2(cutTexts(page).isEmpty(), qPrintable(cutTexts(page).join(QLatin1Char('\n'))));
        auto* tabs = page.findChild<QTabWidget*>();
        tabs->setCurrentWidget(page.insertionPanel());
        shoot(page, tag + QStringLiteral("_insertions"));
        tabs->setCurrentWidget(page.heatMapPanel());
        auto options = page.player()->options();
        options.heat = true;
        page.player()->setOptions(options);
        shoot(page, tag + QStringLiteral("_heat"));
        OverlayPanel panel;
        panel.adjustSize();
        shoot(panel, tag + QStringLiteral("_overlays"));
        auto missing = m_data;
        missing.videoPath = m_dir.filePath(QStringLiteral("moved-away.mp4"));
        missing.violations.clear();
        tabs->setCurrentIndex(0);
        page.setData(missing);
        auto* message = page.findChild<QLabel*>(QStringLiteral("messageLabel"));
        QTRY_VERIFY(message->isVisible());
        shoot(page, tag + QStringLiteral("_missing"));
        QCoreApplication::removeTranslator(&translator);
    }
};

QTEST_MAIN(TestReviewScreens)
#include "tst_review_screens.moc"
