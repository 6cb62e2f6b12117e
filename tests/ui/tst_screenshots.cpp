// Pictures of every screen, in both languages and both themes, into <build>/screenshots for people
// to look at. What a program can check is checked here: no text is clipped.
#include <QCheckBox>
#include <QDialog>
#include <QDir>
#include <QRadioButton>
#include <QTableWidget>
#include <QTimer>

#include "core/simulation/pour.h"
#include "tests/ui/clipping.h"
#include "tests/ui/desk.h"
#include "tests/ui/guide_pictures.h"
#include "ui/calibration/calibration_page.h"
#include "ui/dashboard_page.h"
#include "ui/export_dialog.h"
#include "ui/help/help_window.h"
#include "ui/import_dialog.h"
#include "ui/keys_editor.h"
#include "ui/language.h"
#include "ui/original_import_dialog.h"
#include "ui/profile_editor.h"
#include "ui/profiles_page.h"
#include "ui/project_model.h"
#include "ui/settings_dialog.h"
#include "ui/theme.h"
#include "ui/tour/tour.h"
#include "ui/tour/tour_card.h"

using namespace cvd;
using namespace cvd::ui;
using test::Desk;
using test::kPassword;

namespace {

// A desk whose videos look like work.
class SiteDesk : public Desk {
public:
    void seedSite() {
        QDir().mkpath(path("models"));
        for (const char* name : {"cvd-n.json", "cvd-n.ts", "cvd-n.md", "cvd-n.zh_CN.md"}) {
            QFile::copy(QStringLiteral(CVD_SOURCE_DIR "/models/") + name, path("models/") + name);
        }
        config.defaultModelFile = path("models/cvd-n.json");
        seedAdministrator();
        const accounts::Session li = seedUser("li.wei");
        seedUser("m.schneider");
        const std::pair<const char*, const char*> names[] = {
            {"Lift 3 west", "clean"},
            {"Lift 3 east, second layer", "clean"},
            {"Slab B2, axis 4–7", "clean"},
            {"3号墩承台第二层", "clean"},
            {"Pier head P4 with a name that is much too long for one card", "clean"},
            {"Foundation F1", "clean"},
            {"Retaining wall", "clean"}};
        for (int i = 0; i < int(std::size(names)); ++i) {
            const QString file = render(i % 3);
            projects::NewProject project;
            project.name = QString::fromUtf8(names[i].first);
            project.description = i == 0 ? "West half of lift 3, poured on 14 May from 09:40." : "";
            project.sourceFile = file;
            m_ids << *seed->projects().create(i % 3 == 1 ? li : boss, project);
        }
        for (const int i : {0, 1, 3, 4}) {
            storeResult(m_ids[i], i);
        }
    }
    ProjectId id(int i) const { return m_ids[i]; }

private:
    QString render(int pour) {
        const QString folder = path(QStringLiteral("pour%1").arg(pour));
        const QString video = folder + "/video.mp4";
        if (!QFile::exists(video)) {
            simulation::ScenarioOptions options;
            options.seed = std::uint64_t(pour + 40);
            options.seconds = 1.2;
            options.width = 640;
            options.height = 360;
            (void)simulation::simulatePour(options, folder.toStdString());
        }
        return video;
    }
    void storeResult(ProjectId project, int kind) {
        report::ResultSummary summary;
        summary.video.frames = 30;
        summary.model = {"cvd-n", "3", "abc"};
        summary.device = "cpu";
        summary.profileId = "gb50666";
        summary.profileVersion = "1.0";
        summary.timing = {1.2, 24.6, 0.8};
        summary.createdUtc = "2026-05-14T10:12:00Z";
        compliance::Judgement judgement;
        for (int i = 0; i < 12; ++i) {
            Insertion insertion;
            insertion.id = i + 1;
            insertion.startS = i * 0.1;
            insertion.endS = insertion.startS + 0.08;
            judgement.insertions.push_back(insertion);
        }
        for (int i = 0; i < kind * 3; ++i) {
            Violation violation;
            violation.id = i + 1;
            violation.rule = "under_vibration";
            violation.reason = "Too short.";
            judgement.violations.push_back(violation);
        }
        const QString folder = seed->library().newResultFolder();
        QDir().mkpath(folder);
        test::writeBytes(folder + "/summary.json", report::summaryToJson(summary, judgement));
        (void)seed->projects().storeResult(project, JobId(), folder);
    }

    QList<ProjectId> m_ids;
};

}  // namespace

class TestScreenshots : public QObject {
    Q_OBJECT

    QDir m_out{QStringLiteral(CVD_BINARY_DIR "/screenshots")};
    QString m_suffix;
    QStringList m_clipped;
    bool m_forGuide = false;

    enum class Clipping { Refused, Allowed };

    void shoot(QWidget* widget, const QString& name, Clipping clipping = Clipping::Refused) {
        for (int i = 0; i < 3; ++i) {  // layouts settle in rounds
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
        const QString file = name + m_suffix;
        const QPixmap picture = widget->grab();
        QVERIFY(picture.save(m_out.filePath(file + ".png")));
        if (m_forGuide) {
            test::keepForGuide(picture.toImage(), name, language());
        }
        if (clipping == Clipping::Allowed) {
            return;
        }
        for (const QString& text : test::clippedTexts(*widget)) {
            m_clipped << file + ": " + text;
        }
    }

    // Opens a modal dialog through `open`, takes its picture, closes it.
    void shootModal(const QString& name, const std::function<void()>& open) {
        bool taken = false;
        QTimer::singleShot(0, this, [&] {
            auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
            if (dialog) {
                shoot(dialog, name);
                taken = true;
                dialog->reject();
            }
        });
        open();
        QVERIFY2(taken, qPrintable(name));
    }

    void shootGates() {
        {
            Desk desk;
            start(desk);
            QTRY_VERIFY(desk.find<QAbstractButton>("nextPushButton"));
            shoot(desk.window(), "first_start_1_data");
            desk.find<QRadioButton>("serverRadioButton")->setChecked(true);
            shoot(desk.window(), "first_start_1_server");
            desk.find<QRadioButton>("embeddedRadioButton")->setChecked(true);
            desk.click("nextPushButton");
            QTRY_VERIFY(desk.find<QLineEdit>("administratorNameLineEdit"));
            desk.find<QLineEdit>("administratorNameLineEdit")->setText("boss");
            desk.find<QLineEdit>("newPasswordLineEdit")->setText(kPassword);
            shoot(desk.window(), "first_start_2_administrator");
            desk.find<QLineEdit>("repeatPasswordLineEdit")->setText(kPassword);
            desk.click("nextPushButton");
            QTRY_VERIFY(desk.find<QRadioButton>("sampleRadioButton"));
            shoot(desk.window(), "first_start_3_video");
            desk.click("skipPushButton");
            QTRY_VERIFY(desk.shell());
            shoot(desk.window(), "projects_empty");
        }
        Desk desk("mysql://site@127.0.0.1:1/cvd");
        start(desk);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.bannerText().isEmpty(), 15000);
        shoot(desk.window(), "database_problem");
        desk.click("changeDatabasePushButton");
        shoot(desk.window(), "database_change");
    }

    void start(Desk& desk) {
        desk.start();
        desk.window()->resize(m_size);
    }

    void shootWork() {
        SiteDesk desk;
        desk.seedSite();
        desk.seed.reset();
        start(desk);
        QTRY_VERIFY(desk.find<QLineEdit>("userNameLineEdit"));
        shoot(desk.window(), "sign_in");
        desk.signIn("boss", "wrong");
        shoot(desk.window(), "sign_in_wrong");
        desk.signIn("boss", kPassword);
        QTRY_VERIFY(desk.shell());
        desk.window()->resize(m_size);

        desk.runner.hold = true;
        desk.shell()->openProject(desk.id(2));
        shoot(desk.window(), "project_new");
        desk.click("runDetectionPushButton");
        QTRY_VERIFY(desk.find<QLabel>("detectionProgressLabel")->text().contains("20"));
        shoot(desk.window(), "project_running");
        desk.shell()->openProject(desk.id(5));
        desk.click("runDetectionPushButton");
        desk.action(Act::ShowProjects)->trigger();
        desk.shell()->projectsPage()->select(desk.id(1));
        shoot(desk.window(), "projects_cards");
        desk.action(Act::ToggleView)->trigger();
        shoot(desk.window(), "projects_list");
        desk.action(Act::ToggleView)->trigger();
        desk.action(Act::ShowJobs)->trigger();
        shoot(desk.window(), "jobs");
        desk.runner.error = fail(ErrorKind::BadInput, CVD_TR("core", "%1 has no video stream."),
                                 {"pour.mp4"}, "moov atom not found");
        desk.runner.release();
        desk.shell()->openProject(desk.id(2));
        QTRY_VERIFY(!desk.bannerText().isEmpty());
        shoot(desk.window(), "project_failed");
        desk.shell()->openProject(desk.id(4));
        shoot(desk.window(), "project_done");
        desk.shell()->startTour(desk.id(2));
        shoot(desk.window(), "tour_run");
        desk.shell()->tour()->leave();
        desk.shell()->startTour(desk.id(1));
        desk.shell()->openReview(desk.id(1), {});
        QTRY_COMPARE(desk.shell()->tour()->step(), Tour::Step::Find);
        shoot(desk.window(), "tour_review", Clipping::Allowed);
        desk.shell()->tour()->leave();
        desk.shell()->openReview(desk.id(1), {});
        shoot(desk.window(), "review_in_shell", Clipping::Allowed);  // tst_review_screens checks it
        shootCalibration(desk);
        desk.action(Act::ShowModels)->trigger();
        QVERIFY(desk.find<QWidget>("modelCardTextBrowser"));
        shoot(desk.window(), "models");
        shootProfiles(desk);
        desk.action(Act::ShowDashboard)->trigger();
        QTRY_VERIFY(desk.shell()->dashboardPage()->figures());
        QTRY_VERIFY(!desk.shell()->dashboardPage()->isBusy());
        shoot(desk.window(), "dashboard");
        desk.action(Act::ShowUsers)->trigger();
        shoot(desk.window(), "users");
        desk.action(Act::ShowAudit)->trigger();
        shoot(desk.window(), "audit");
        shootDialogs(desk);
        shootHelp(desk);
    }

    void shootHelp(SiteDesk& desk) {
        HelpWindow* help = desk.window()->showHelp(QStringLiteral("calibration#check"));
        help->resize(m_size.width() * 7 / 8, m_size.height() * 7 / 8);
        shoot(help, "help");
        help->showTopic(QStringLiteral("rules"));
        shoot(help, "help_rules");
        help->showTopic(QStringLiteral("review"));
        help->search(QStringLiteral("R"));
        shoot(help, "help_search");
        help->close();
    }

    void shootProfiles(SiteDesk& desk) {
        desk.action(Act::ShowProfiles)->trigger();
        ProfilesPage* page = desk.shell()->profilesPage();
        shoot(desk.window(), "profiles");
        page->select("aci309r");
        desk.click("copyProfilePushButton");
        auto* shortest = desk.find<QLineEdit>("t_min_sLineEdit");
        shortest->selectAll();
        QTest::keyClicks(shortest, "40");
        auto* radius = desk.find<QLineEdit>("radius_mLineEdit");
        radius->selectAll();
        QTest::keyClicks(radius, "35");
        shoot(desk.window(), "profile_refused");
        page->editor()->undoStack().undo();
        page->editor()->undoStack().undo();
        desk.click("saveProfilePushButton");
        shoot(desk.window(), "profile_saved");
        desk.shell()->openReview(desk.id(1), {});
        shootModal("judge_again", [&] { desk.shell()->judgeAgain(); });
        ExportDialog* dialog =
            desk.shell()->exportResult(desk.id(1), desk.shell()->projectPage()->selectedResult());
        desk.find<QCheckBox>("clipsExportCheckBox")->setChecked(true);
        shoot(dialog, "export");
        desk.find<QLineEdit>("exportFolderLineEdit")->setText(desk.path("out"));
        desk.find<QCheckBox>("clipsExportCheckBox")->setChecked(false);
        desk.click("startExportPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isRunning(), 60000);
        shoot(dialog, "export_done");
        dialog->close();
    }

    void shootCalibration(SiteDesk& desk) {
        desk.shell()->openCalibration(desk.id(0));
        CalibrationPage* page = desk.shell()->calibrationPage();
        QTRY_VERIFY(desk.find<QWidget>("calibrationFrameSlider")->isEnabled());
        QTRY_VERIFY(page->picture()->hasPicture());
        shoot(desk.window(), "calibration_new");
        CalibrationDraft draft = withMode(page->draft(), EntryMode::Coordinates);
        const auto surface = evaluate(draft).homography;
        QVERIFY(surface);
        draft.points.push_back({surface->image({1.5, 1}), {1.52, 1.01}, 0, 0});
        draft.shapes = {{ShapeKind::Region, {{0, 0}, {3, 0}, {3, 2}, {0, 2}}},
                        {ShapeKind::FormLine, {{0, 0}, {3, 0}}},
                        {ShapeKind::Obstacle, {{1, 0.7}, {1.4, 0.7}, {1.4, 1.1}, {1, 1.1}}}};
        draft.radiusM = 0.35;
        draft.ageS = 600;
        page->change(draft, "all of it");
        page->picture()->setChosen({-1, 4});
        shoot(desk.window(), "calibration_drawn");
        std::swap(draft.points[0].image, draft.points[1].image);
        page->change(draft, "crossed");
        shoot(desk.window(), "calibration_refused");
        page->undoStack().undo();
        QVERIFY(page->save());
        shoot(desk.window(), "calibration_saved");
    }

    void shootDialogs(SiteDesk& desk) {
        desk.action(Act::ShowProjects)->trigger();
        shootModal("take_over", [&] {
            for (QAction* action : desk.shell()->findChildren<QAction*>()) {
                if (action->text() == Shell::tr("Take over the original system…")) {
                    action->trigger();
                    return;
                }
            }
        });
        shootModal("settings", [&] { desk.action(Act::Settings)->trigger(); });
        shootModal("about", [&] { desk.action(Act::About)->trigger(); });
        desk.action(Act::KeySheet)->trigger();
        auto* sheet = desk.find<QDialog>("keySheetDialog");
        QVERIFY(sheet);
        shoot(sheet, "keys");
        sheet->close();
        const char* groups[] = {"appearance", "detection", "review", "keys", "data"};
        for (int i = 1; i < SettingsDialog::CategoryCount; ++i) {
            KeyRegistry& keys = desk.shell()->keys();
            Settings settings;
            SettingsDialog dialog(settings, "/home/li/cvd-mis.sqlite", "cvd-n, 3", keys);
            dialog.showCategory(SettingsDialog::Category(i));
            dialog.keysEditor()->select("review/confirmAction");
            dialog.show();
            shoot(&dialog, QStringLiteral("settings_%1").arg(groups[i]));
        }
        shootModal("password", [&] { desk.action(Act::ChangePassword)->trigger(); });
        test::writeVideo(desk.path("Lift 4.mp4"), 9);
        test::writeBytes(desk.path("broken.mp4"), "not a video at all");
        ImportDialog* dialog =
            desk.shell()->importVideos({desk.path("Lift 4.mp4"), desk.path("broken.mp4")});
        shoot(dialog, "import");
        desk.click("importPushButton");
        QTRY_VERIFY(!dialog->isRunning());
        shoot(dialog, "import_refused");
        dialog->reject();
    }

    QSize m_size{1280, 800};

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_out.mkpath(".")); }

    void everyScreen_data() {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("theme");
        for (const char* code : {"en", "zh_CN"}) {
            for (const char* theme : {"light", "dark"}) {
                QTest::addRow("%s %s", code, theme) << QString(code) << QString(theme);
            }
        }
    }

    void everyScreen() {
        QFETCH(QString, code);
        QFETCH(QString, theme);
        const double scale = qEnvironmentVariable("QT_SCALE_FACTOR", "1").toDouble();
        const bool large = qEnvironmentVariableIsSet("CVD_LARGE_WINDOW");
        QString kind;
        if (scale > 1) {  // a laptop's screen at that scale
            m_size = QSize(960, 540);
            kind = QStringLiteral("_%1").arg(int(scale * 100));
        } else if (large) {
            m_size = QSize(1920, 1080);
            kind = QStringLiteral("_large");
        }
        m_suffix = QStringLiteral("_%1_%2%3").arg(code, theme, kind);
        m_clipped.clear();
        m_forGuide = kind.isEmpty() && theme == QStringLiteral("light");
        Desk::startLanguage = code;
        Desk::startTheme = theme;
        shootGates();
        shootWork();
        QVERIFY2(m_clipped.isEmpty(), qPrintable('\n' + m_clipped.join('\n')));
    }
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
