// Everything the program remembers outside the database: one table of typed keys with their
// defaults, in an INI file. Passwords are never here. GUI thread.
#pragma once

#include <QByteArray>
#include <QKeySequence>
#include <QList>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <optional>
#include <utility>

namespace cvd::ui {

// CVD_MIS_CONFIG_DIR and CVD_MIS_DATA_DIR override the folders of the user's account.
QString configDir();
QString dataDir();
QString defaultSqliteFile();  // in dataDir()

// How far the review's jump keys go.
struct JumpSizes {
    int frames = 10;    // 2..1000
    double shortS = 1;  // 0.1..60
    double longS = 10;  // 1..600
    bool operator==(const JumpSizes&) const = default;
};

// Where somebody was when the window closed.
struct SessionState {
    QString user;             // whose it is
    QString page;             // objectName of the page
    qint64 project = 0;       // 0: none
    qint64 frame = 0;         // of the review
    QByteArray reviewLayout;  // tab and splitters
    QString projectFilters;   // as ProjectsPage::filterState()
    QString search;           // of the projects
    QByteArray tables;        // as tableLayouts()
    bool operator==(const SessionState&) const = default;
};

struct RecentProject {
    qint64 id = 0;
    QString name;
    bool operator==(const RecentProject&) const = default;
};

class Settings {
public:
    static constexpr int kVersion = 2;
    static constexpr int kMostRecent = 10;

    Settings();  // configDir()/settings.ini
    explicit Settings(const QString& file);

    QString language() const;  // empty: the system's
    void setLanguage(const QString& code);
    QString theme() const;  // "system", "light", "dark"
    void setTheme(const QString& name);
    // As storage::parseDatabaseUrl reads it; empty: the embedded file.
    QString databaseUrl() const;
    void setDatabaseUrl(const QString& url);
    QString libraryFolder() const;  // videos and results
    void setLibraryFolder(const QString& folder);
    QString profile() const;
    void setProfile(const QString& id);
    QString device() const;  // "auto", "cpu", "cuda", "cuda:1"
    void setDevice(const QString& device);
    bool writeVideo() const;
    void setWriteVideo(bool on);
    QString lastUser() const;
    void setLastUser(const QString& name);
    QString lastFolder(const QString& role) const;  // of a file dialog
    void setLastFolder(const QString& role, const QString& folder);
    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    QString projectView() const;  // "cards", "list"
    void setProjectView(const QString& view);
    QStringList exportParts() const;  // names of report::Part that were exported last
    void setExportParts(const QStringList& parts);
    int helpZoom() const;  // per cent
    void setHelpZoom(int percent);
    QByteArray helpGeometry() const;
    void setHelpGeometry(const QByteArray& geometry);
    JumpSizes jumps() const;
    void setJumps(const JumpSizes& jumps);
    int volume() const;  // of a video's sound, per cent
    bool isMuted() const;
    void setSound(int volume, bool muted);
    SessionState session() const;
    void setSession(const SessionState& state);
    // The program that is at work with these settings, as ProcessIdentity::toString(); empty: it
    // ended properly.
    QString runningAs() const;
    void setRunningAs(const QString& identity);
    bool restoresSession() const;
    void setRestoresSession(bool on);
    // Newest first, at most kMostRecent; of one database, so they go when another is chosen.
    QList<RecentProject> recentProjects() const;
    void addRecentProject(const RecentProject& project);
    void clearRecentProjects();

    // Keys of an action ("review/playAction") that differ from the program's own; empty optional:
    // they do not. An empty list: the action has no key.
    std::optional<QList<QKeySequence>> keys(const QString& id) const;
    void setKeys(const QString& id, const std::optional<QList<QKeySequence>>& keys);
    QStringList changedKeys() const;  // ids

    // The table, for tests: names with their defaults.
    static QList<std::pair<QString, QVariant>> table();

private:
    QVariant read(const char* key) const;
    void write(const char* key, const QVariant& value);

    mutable QSettings m_file;
};

}  // namespace cvd::ui
