// Colours that can be read, icons that exist, settings that come back.
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include "ui/database_form.h"
#include "ui/password_fields.h"
#include "ui/settings.h"
#include "ui/theme.h"

using namespace cvd;
using namespace cvd::ui;

class TestTheme : public QObject {
    Q_OBJECT

    static void reads(const QColor& text, const QColor& on, const char* what) {
        QVERIFY2(contrastRatio(text, on) >= 4.5,
                 qPrintable(QStringLiteral("%1: %2").arg(what).arg(contrastRatio(text, on))));
    }

private Q_SLOTS:
    void contrastOfTheFormula() {
        QVERIFY(qAbs(contrastRatio(Qt::black, Qt::white) - 21) < 0.01);
        QVERIFY(qAbs(contrastRatio("#777777", "#FFFFFF") - 4.48) < 0.01);
    }

    void everyTextReadsInBothThemes() {
        for (const Tokens& t : {lightTokens(), darkTokens()}) {
            for (const QColor& ground : {t.window, t.surface, t.raised}) {
                reads(t.text, ground, "text");
                reads(t.muted, ground, "muted");
                reads(t.accent, ground, "accent");
                reads(t.critical, ground, "critical");
                reads(t.major, ground, "major");
                reads(t.minor, ground, "minor");
                reads(t.pass, ground, "pass");
                reads(t.unknown, ground, "cannot judge");
            }
            reads(t.onAccent, t.accent, "on accent");
            reads(t.text, selectionTint(t), "selected row");
            reads(t.muted, selectionTint(t), "muted in a selected row");
            // What is no text but has to be seen: the frame of the focus, the selected tab.
            QVERIFY(contrastRatio(t.accent, t.window) >= 3);
            QVERIFY(contrastRatio(t.accent, t.surface) >= 3);
            QVERIFY(contrastRatio(selectionTint(t), t.surface) >= 1.2);  // seen at all
        }
    }

    void switchingRecoloursWhatIsOnScreen() {
        QLabel label(QStringLiteral("x"));
        label.show();
        applyTheme(ThemeChoice::Light);
        QCOMPARE(label.palette().color(QPalette::WindowText), lightTokens().text);
        applyTheme(ThemeChoice::Dark);
        QCOMPARE(label.palette().color(QPalette::WindowText), darkTokens().text);
        QVERIFY(isDark());
    }

    void everyIconDrawsSomethingInTheThemesColour() {
        applyTheme(ThemeChoice::Dark);
        const QStringList names = QDir(QStringLiteral(CVD_SOURCE_DIR "/resources/icons"))
                                      .entryList({QStringLiteral("*.svg")});
        QVERIFY(names.size() > 20);
        for (const QString& name : names) {
            const QImage image = icon(name.chopped(4))
                                     .pixmap(32, 32)
                                     .toImage()
                                     .convertToFormat(QImage::Format_ARGB32);
            int solid = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QColor c = image.pixelColor(x, y);
                    if (c.alpha() > 250) {
                        ++solid;
                        QVERIFY2(qAbs(c.red() - darkTokens().text.red()) < 4, qPrintable(name));
                    }
                }
            }
            QVERIFY2(solid > 8, qPrintable(name));
        }
        QVERIFY(icon(QStringLiteral("no such icon")).isNull());
    }

    void settingsHaveDefaultsAndComeBack() {
        QTemporaryDir dir;
        qputenv("CVD_MIS_CONFIG_DIR", dir.filePath("c").toUtf8());
        qputenv("CVD_MIS_DATA_DIR", dir.filePath("d").toUtf8());
        {
            Settings settings;
            QCOMPARE(settings.theme(), QString("system"));
            QCOMPARE(settings.profile(), QString("gb50666"));
            QCOMPARE(settings.libraryFolder(), dir.filePath("d/library"));
            settings.setTheme("dark");
            settings.setLastFolder("video", dir.path());
        }
        Settings again;
        QCOMPARE(again.theme(), QString("dark"));
        QCOMPARE(again.lastFolder("video"), dir.path());
        QVERIFY(QFile::exists(dir.filePath("c/settings.ini")));
    }

    void aDatabaseAddressKeepsNoPasswordAndComesBack() {
        storage::ConnectionSettings s;
        s.engine = storage::Engine::MySql;
        s.host = "db.site";
        s.port = 3307;
        s.user = "li";
        s.database = "cvd";
        s.password = "secret";
        s.tls = false;
        const QString url = databaseUrlOf(s);
        QVERIFY(!url.contains("secret"));
        const auto back = storage::parseDatabaseUrl(url);
        QVERIFY(back.ok());
        QCOMPARE(back->host, s.host);
        QCOMPARE(back->port, s.port);
        QCOMPARE(back->user, s.user);
        QCOMPARE(back->database, s.database);
        QCOMPARE(back->tls, false);
    }

    void passwordStrengthCountsGuesses() {
        QCOMPARE(passwordStrength("short", "boss"), 0);
        QCOMPARE(passwordStrength("administrator", "administrator"), 0);
        QCOMPARE(passwordStrength("aaaaaaaaaaaaaaaa", "boss"), 1);
        QCOMPARE(passwordStrength("concrete cures slowly", "boss"), 3);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
