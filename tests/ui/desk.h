// The whole desktop program on a database and library of its own, with a runner that the test
// decides about and answers instead of dialogs. One for each test function.
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "tests/core/jobs/fake_runner.h"
#include "tests/core/projects/small_videos.h"
#include "ui/ask.h"
#include "ui/desktop_controller.h"
#include "ui/main_window.h"
#include "ui/project_page.h"
#include "ui/projects_page.h"
#include "ui/shell.h"

namespace cvd::test {

inline constexpr char kPassword[] = "concrete cures slowly";

class Desk {
public:
    explicit Desk(const QString& databaseUrl = {}) {
        qputenv("CVD_MIS_CONFIG_DIR", m_dir.filePath("config").toUtf8());
        qputenv("CVD_MIS_DATA_DIR", m_dir.filePath("data").toUtf8());
        config.runner = runner.runner();
        config.databaseUrl = databaseUrl;
        config.accounts.cost = accounts::PasswordCost::forTests();
        config.accounts.clock = [this] { return now; };
        config.sampleVideoFile = m_dir.filePath("sample.mp4");
        writeVideo(config.sampleVideoFile, 77);
        ui::asking().confirm = [this](QWidget*, const ui::Question& question) {
            questions << question.text;
            return answer;
        };
        ui::asking().openFiles = [this](QWidget*, const QString&, const QString&, const QString&) {
            return filesToOpen;
        };
        ui::asking().saveFile = [this](QWidget*, const QString&, const QString&, const QString&) {
            return fileToSave;
        };
        ui::asking().chooseFolder = [this](QWidget*, const QString&, const QString&) {
            return folderToChoose;
        };
        ui::asking().show = [this](const QString& shownPath) {
            shown << shownPath;
            return true;
        };
        ui::asking().tell = [this](QWidget*, const QString&, const QString& text, const QString&) {
            told << text;
        };
    }
    ~Desk() {
        runner.release();
        controller.reset();
        ui::resetAsking();
    }

    // What the settings hold when the program starts; empty: nothing.
    static inline QString startLanguage, startTheme;

    void start() {
        if (!startLanguage.isEmpty()) {
            ui::Settings settings;
            settings.setLanguage(startLanguage);
            settings.setTheme(startTheme);
        }
        controller = std::make_unique<ui::DesktopController>(config);
        controller->start();
        controller->window()->resize(1280, 800);
    }

    // Makes the administrator "boss" before the program starts.
    void seedAdministrator() {
        openSeed();
        boss = *seed->accounts().createFirstAdministrator("boss", kPassword);
    }
    void openSeed() {
        storage::ConnectionSettings connection = server;
        if (connection.engine == storage::Engine::Sqlite) {
            connection.sqliteFile = ui::defaultSqliteFile();
        }
        seed = std::move(*ui::Workspace::open(connection, ui::dataDir() + "/library",
                                              {runner.runner(), config.accounts}));
    }
    ProjectId seedProject(const QString& name, const accounts::Session& owner, int video = 1) {
        const QString file = m_dir.filePath(name + ".mp4");
        writeVideo(file, video);
        projects::NewProject project;
        project.name = name;
        project.sourceFile = file;
        return *seed->projects().create(owner, project);
    }
    accounts::Session seedUser(const QString& name) {
        accounts::NewUser user;
        user.name = name;
        user.password = kPassword;
        (void)*seed->accounts().createUser(boss, user);
        return *seed->accounts().signIn(name, kPassword);
    }

    // Starts the program and signs in.
    void enter(const QString& name = "boss") {
        seed.reset();
        start();
        signIn(name, kPassword);
        QTRY_VERIFY(shell());
    }
    void signIn(const QString& name, const QString& password) {
        QTRY_VERIFY(find<QLineEdit>("userNameLineEdit"));
        find<QLineEdit>("userNameLineEdit")->setText(name);
        find<QLineEdit>("passwordLineEdit")->setText(password);
        click("signInPushButton");
    }

    ui::MainWindow* window() const { return controller->window(); }
    ui::Shell* shell() const { return controller->window()->shell(); }
    QAction* action(ui::Act act) const { return shell()->keys().action(act); }

    // The visible widget of that name, in any window of the program.
    template <class T>
    T* find(const char* name) const {
        for (QWidget* top : QApplication::topLevelWidgets()) {
            for (T* widget : top->findChildren<T*>(QLatin1String(name))) {
                if (widget->isVisible()) {
                    return widget;
                }
            }
        }
        return nullptr;
    }
    void click(const char* name) const {
        auto* button = find<QAbstractButton>(name);
        QVERIFY2(button, name);
        QVERIFY2(button->isEnabled(), qPrintable(button->toolTip()));
        button->click();
    }
    QString bannerText() const {
        auto* label = find<QLabel>("bannerTextLabel");
        return label ? label->text() : QString();
    }
    QString path(const QString& name) const { return m_dir.filePath(name); }

    FakeRunner runner;
    storage::ConnectionSettings server;  // where it is seeded, if not into the embedded file
    ui::DesktopConfig config;
    QDateTime now = QDateTime::currentDateTimeUtc();
    std::unique_ptr<ui::Workspace> seed;
    accounts::Session boss;
    std::unique_ptr<ui::DesktopController> controller;
    bool answer = true;
    QStringList filesToOpen, questions, told, shown;
    QString fileToSave, folderToChoose;

private:
    QTemporaryDir m_dir;
};

}  // namespace cvd::test
