#include "ui/settings.h"

#include <QDir>
#include <QStandardPaths>

namespace cvd::ui {
namespace {

struct Key {
    const char* name;
    QVariant fallback;
};

const QList<Key>& keys() {
    static const QList<Key> kKeys{{"version", 1},
                                  {"language", QString()},
                                  {"theme", "system"},
                                  {"database/url", QString()},
                                  {"library/folder", QString()},
                                  {"detect/profile", "gb50666"},
                                  {"detect/device", "auto"},
                                  {"detect/writeVideo", true},
                                  {"session/user", QString()},
                                  {"window/geometry", QByteArray()},
                                  {"projects/view", "cards"},
                                  {"folders/video", QString()},
                                  {"folders/calibration", QString()},
                                  {"folders/model", QString()},
                                  {"folders/export", QString()}};
    return kKeys;
}

QString folderFrom(const char* variable, QStandardPaths::StandardLocation location) {
    const QString chosen = qEnvironmentVariable(variable);
    if (!chosen.isEmpty()) {
        return QDir(chosen).absolutePath();
    }
    return QStandardPaths::writableLocation(location) + QStringLiteral("/CVD-MIS");
}

}  // namespace

QString configDir() {
    return folderFrom("CVD_MIS_CONFIG_DIR", QStandardPaths::GenericConfigLocation);
}
QString dataDir() {
    return folderFrom("CVD_MIS_DATA_DIR", QStandardPaths::GenericDataLocation);
}
QString defaultSqliteFile() {
    return dataDir() + QStringLiteral("/cvd-mis.sqlite");
}

Settings::Settings() : Settings(configDir() + QStringLiteral("/settings.ini")) {}
Settings::Settings(const QString& file) : m_file(file, QSettings::IniFormat) {}

QVariant Settings::read(const char* key) const {
    for (const Key& k : keys()) {
        if (qstrcmp(k.name, key) == 0) {
            return m_file.value(QLatin1String(key), k.fallback);
        }
    }
    Q_ASSERT_X(false, "Settings", key);
    return {};
}

void Settings::write(const char* key, const QVariant& value) {
    m_file.setValue(QStringLiteral("version"), 1);
    m_file.setValue(QLatin1String(key), value);
}

QString Settings::language() const {
    return read("language").toString();
}
void Settings::setLanguage(const QString& code) {
    write("language", code);
}
QString Settings::theme() const {
    return read("theme").toString();
}
void Settings::setTheme(const QString& name) {
    write("theme", name);
}
QString Settings::databaseUrl() const {
    return read("database/url").toString();
}
void Settings::setDatabaseUrl(const QString& url) {
    write("database/url", url);
}
QString Settings::libraryFolder() const {
    const QString folder = read("library/folder").toString();
    return folder.isEmpty() ? dataDir() + QStringLiteral("/library") : folder;
}
void Settings::setLibraryFolder(const QString& folder) {
    write("library/folder", folder);
}
QString Settings::profile() const {
    return read("detect/profile").toString();
}
void Settings::setProfile(const QString& id) {
    write("detect/profile", id);
}
QString Settings::device() const {
    return read("detect/device").toString();
}
void Settings::setDevice(const QString& device) {
    write("detect/device", device);
}
bool Settings::writeVideo() const {
    return read("detect/writeVideo").toBool();
}
void Settings::setWriteVideo(bool on) {
    write("detect/writeVideo", on);
}
QString Settings::lastUser() const {
    return read("session/user").toString();
}
void Settings::setLastUser(const QString& name) {
    write("session/user", name);
}
QString Settings::lastFolder(const QString& role) const {
    const QString folder = m_file.value(QStringLiteral("folders/") + role).toString();
    return folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::MoviesLocation)
                            : folder;
}
void Settings::setLastFolder(const QString& role, const QString& folder) {
    m_file.setValue(QStringLiteral("folders/") + role, folder);
}
QByteArray Settings::geometry() const {
    return read("window/geometry").toByteArray();
}
void Settings::setGeometry(const QByteArray& geometry) {
    write("window/geometry", geometry);
}
QString Settings::projectView() const {
    return read("projects/view").toString();
}
void Settings::setProjectView(const QString& view) {
    write("projects/view", view);
}

}  // namespace cvd::ui
