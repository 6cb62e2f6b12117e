// Everything the program remembers outside the database: one table of keys with their defaults, in
// an INI file. Passwords are never here.
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace cvd::ui {

// CVD_MIS_CONFIG_DIR and CVD_MIS_DATA_DIR override the folders of the user's account.
QString configDir();
QString dataDir();
QString defaultSqliteFile();  // in dataDir()

class Settings {
public:
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
    QString device() const;
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
    // Sizes of the player's jumps: frames, short and long one in seconds.
    int jumpFrames() const;
    double jumpShortS() const;
    double jumpLongS() const;
    void setJumps(int frames, double shortS, double longS);

private:
    QVariant read(const char* key) const;
    void write(const char* key, const QVariant& value);

    mutable QSettings m_file;
};

}  // namespace cvd::ui
