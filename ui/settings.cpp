#include "ui/settings.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

namespace cvd::ui {
namespace {

// The one place that names a key, its type and its default.
struct Key {
    const char* name;
    QVariant fallback;
    QStringList allowed = {};  // empty: anything of the type
};

const QList<Key>& keyTable() {
    static const QList<Key> kKeys{{"version", Settings::kVersion},
                                  {"language", QString()},
                                  {"theme", "system", {"system", "light", "dark"}},
                                  {"database/url", QString()},
                                  {"library/folder", QString()},
                                  {"detect/profile", "gb50666"},
                                  {"detect/device", "auto"},
                                  {"detect/writeVideo", true},
                                  {"review/jumpFrames", 10},
                                  {"review/jumpShortS", 1.0},
                                  {"review/jumpLongS", 10.0},
                                  {"review/volume", 80},
                                  {"review/muted", false},
                                  {"session/user", QString()},
                                  {"session/restore", true},
                                  {"session/runningAs", QString()},
                                  {"session/owner", QString()},
                                  {"session/page", QString()},
                                  {"session/project", qint64(0)},
                                  {"session/frame", qint64(0)},
                                  {"session/reviewLayout", QByteArray()},
                                  {"session/projectFilters", QString()},
                                  {"session/search", QString()},
                                  {"session/tables", QByteArray()},
                                  {"session/recent", QStringList()},
                                  {"window/geometry", QByteArray()},
                                  {"projects/view", "cards", {"cards", "list"}},
                                  {"help/zoom", 100},
                                  {"help/geometry", QByteArray()},
                                  {"folders/video", QString()},
                                  {"folders/calibration", QString()},
                                  {"folders/model", QString()},
                                  {"folders/export", QString()},
                                  {"folders/profile", QString()},
                                  {"export/parts", QStringList{"pdf"}}};
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

// What somebody wrote into the file by hand may be anything: the default where it cannot be read.
QVariant Settings::read(const char* key) const {
    for (const Key& k : keyTable()) {
        if (qstrcmp(k.name, key) != 0) {
            continue;
        }
        QVariant value = m_file.value(QLatin1String(key), k.fallback);
        const bool allowed = k.allowed.isEmpty() || k.allowed.contains(value.toString());
        return allowed && value.convert(k.fallback.metaType()) ? value : k.fallback;
    }
    Q_ASSERT_X(false, "Settings", key);
    return {};
}

void Settings::write(const char* key, const QVariant& value) {
    m_file.setValue(QStringLiteral("version"), kVersion);
    m_file.setValue(QLatin1String(key), value);
}

QList<std::pair<QString, QVariant>> Settings::table() {
    QList<std::pair<QString, QVariant>> rows;
    for (const Key& k : keyTable()) {
        rows.append({QLatin1String(k.name), k.fallback});
    }
    return rows;
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
    if (url != databaseUrl()) {  // numbers of projects mean something else there
        clearRecentProjects();
        setSession({});
    }
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
QStringList Settings::exportParts() const {
    return read("export/parts").toStringList();
}
void Settings::setExportParts(const QStringList& parts) {
    write("export/parts", parts);
}
QString Settings::lastUser() const {
    return read("session/user").toString();
}
void Settings::setLastUser(const QString& name) {
    write("session/user", name);
}
QString Settings::lastFolder(const QString& role) const {
    const QString folder = m_file.value(QStringLiteral("folders/") + role).toString();
    for (const QString& known :
         {folder, QStandardPaths::writableLocation(QStandardPaths::MoviesLocation)}) {
        if (!known.isEmpty() && QFileInfo(known).isDir()) {
            return known;  // a file dialog takes one that does not exist for the name of a file
        }
    }
    return QDir::homePath();
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
int Settings::helpZoom() const {
    return std::clamp(read("help/zoom").toInt(), 70, 250);
}
void Settings::setHelpZoom(int percent) {
    write("help/zoom", percent);
}
QByteArray Settings::helpGeometry() const {
    return read("help/geometry").toByteArray();
}
void Settings::setHelpGeometry(const QByteArray& geometry) {
    write("help/geometry", geometry);
}
JumpSizes Settings::jumps() const {
    return {std::clamp(read("review/jumpFrames").toInt(), 2, 1000),
            std::clamp(read("review/jumpShortS").toDouble(), 0.1, 60.0),
            std::clamp(read("review/jumpLongS").toDouble(), 1.0, 600.0)};
}
void Settings::setJumps(const JumpSizes& jumps) {
    write("review/jumpFrames", jumps.frames);
    write("review/jumpShortS", jumps.shortS);
    write("review/jumpLongS", jumps.longS);
}
int Settings::volume() const {
    return std::clamp(read("review/volume").toInt(), 0, 100);
}
bool Settings::isMuted() const {
    return read("review/muted").toBool();
}
void Settings::setSound(int volume, bool muted) {
    write("review/volume", volume);
    write("review/muted", muted);
}
SessionState Settings::session() const {
    SessionState state;
    state.user = read("session/owner").toString();
    state.page = read("session/page").toString();
    state.project = read("session/project").toLongLong();
    state.frame = read("session/frame").toLongLong();
    state.reviewLayout = read("session/reviewLayout").toByteArray();
    state.projectFilters = read("session/projectFilters").toString();
    state.search = read("session/search").toString();
    state.tables = read("session/tables").toByteArray();
    return state;
}
void Settings::setSession(const SessionState& state) {
    write("session/owner", state.user);
    write("session/page", state.page);
    write("session/project", state.project);
    write("session/frame", state.frame);
    write("session/reviewLayout", state.reviewLayout);
    write("session/projectFilters", state.projectFilters);
    write("session/search", state.search);
    write("session/tables", state.tables);
    m_file.sync();
}
QString Settings::runningAs() const {
    return read("session/runningAs").toString();
}
void Settings::setRunningAs(const QString& identity) {
    write("session/runningAs", identity);
    m_file.sync();  // what is only in memory does not outlive the program
}
bool Settings::restoresSession() const {
    return read("session/restore").toBool();
}
void Settings::setRestoresSession(bool on) {
    write("session/restore", on);
}

// "12 Lift 3 west": the number, a space, the name.
QList<RecentProject> Settings::recentProjects() const {
    QList<RecentProject> list;
    for (const QString& line : read("session/recent").toStringList()) {
        const qint64 id = line.section(QLatin1Char(' '), 0, 0).toLongLong();
        if (id > 0 && list.size() < kMostRecent) {
            list.append({id, line.section(QLatin1Char(' '), 1)});
        }
    }
    return list;
}
void Settings::addRecentProject(const RecentProject& project) {
    QList<RecentProject> list = recentProjects();
    list.removeIf([&](const RecentProject& r) { return r.id == project.id; });
    list.prepend(project);
    QStringList lines;
    for (const RecentProject& r : list.mid(0, kMostRecent)) {
        lines << QStringLiteral("%1 %2").arg(r.id).arg(r.name);
    }
    write("session/recent", lines);
}
void Settings::clearRecentProjects() {
    write("session/recent", QStringList());
}

std::optional<QList<QKeySequence>> Settings::keys(const QString& id) const {
    const QString name = QStringLiteral("keys/") + id;
    if (!m_file.contains(name)) {
        return std::nullopt;
    }
    QList<QKeySequence> keys;
    for (const QString& key : m_file.value(name).toStringList()) {
        const auto sequence = QKeySequence::fromString(key, QKeySequence::PortableText);
        if (!sequence.isEmpty()) {
            keys << sequence;
        }
    }
    return keys;
}
void Settings::setKeys(const QString& id, const std::optional<QList<QKeySequence>>& keys) {
    const QString name = QStringLiteral("keys/") + id;
    if (!keys) {
        m_file.remove(name);
        return;
    }
    QStringList texts;
    for (const QKeySequence& key : *keys) {
        texts << key.toString(QKeySequence::PortableText);
    }
    m_file.setValue(name, texts.isEmpty() ? QStringList{QString()} : texts);
}
QStringList Settings::changedKeys() const {
    m_file.beginGroup(QStringLiteral("keys"));
    const QStringList ids = m_file.allKeys();
    m_file.endGroup();
    return ids;
}

}  // namespace cvd::ui
