#include "core/projects/library_journal.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUuid>

#include "core/base/log.h"
#include "core/compliance/whole_file.h"
#include "core/projects/process_identity.h"

namespace cvd::projects {
namespace {

QString noteName() {
    return QStringLiteral("/note.json");
}

Status writeJson(const QString& file, const QJsonObject& object) {
    QSaveFile out(file);
    const QByteArray bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (!saveWhole(out, bytes)) {
        if (out.error() == QFileDevice::ResourceError) {
            return fail(ErrorKind::Environment,
                        CVD_TR("core",
                               "The disk is full: %1 could not be written. Free some space and "
                               "try again."),
                        {QDir::toNativeSeparators(file).toStdString()});
        }
        return fail(ErrorKind::Environment,
                    CVD_TR("core",
                           "The media library folder %1 cannot be written to. Check its "
                           "permissions or choose another folder in the settings."),
                    {QDir::toNativeSeparators(QFileInfo(file).absolutePath()).toStdString()},
                    out.errorString().toStdString());
    }
    return {};
}

QJsonObject readJson(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(in.readAll()).object()
                                        : QJsonObject();
}

bool existsAt(const QString& path) {
    const QFileInfo info(path);
    return info.exists() || info.isSymLink();
}

}  // namespace

QString databaseMark(const storage::ConnectionSettings& settings) {
    if (settings.engine == storage::Engine::Sqlite) {
        return QStringLiteral("sqlite:") + QFileInfo(settings.sqliteFile).absoluteFilePath();
    }
    return QStringLiteral("mysql://%1:%2/%3")
        .arg(settings.host.toLower())
        .arg(settings.port)
        .arg(settings.database);
}

// --- Trash ---

QString Trash::trashed(int i) const {
    return m_folder + QLatin1Char('/') + QString::number(i);
}

Result<Trash> Trash::begin(const MediaLibrary& library, const QString& databaseMark,
                           ProjectId project, const QStringList& files) {
    Trash trash(library, library.absolutePath(QStringLiteral("trash/") +
                                              QUuid::createUuid().toString(QUuid::WithoutBraces)));
    trash.m_project = project;
    trash.m_files = files;
    QDir().mkpath(trash.m_folder);
    const QJsonObject note{{QStringLiteral("database"), databaseMark},
                           {QStringLiteral("project"), double(project.value)},
                           {QStringLiteral("files"), QJsonArray::fromStringList(files)}};
    if (const Status written = writeJson(trash.m_folder + noteName(), note); !written.ok()) {
        trash.destroy();
        return written.error();
    }
    return trash;
}

QList<Trash> Trash::leftovers(const MediaLibrary& library, const QString& databaseMark) {
    QList<Trash> found;
    const QDir folder(library.absolutePath(QStringLiteral("trash")));
    for (const QFileInfo& entry : folder.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        Trash trash(library, entry.absoluteFilePath());
        if (!QFileInfo::exists(trash.m_folder + noteName())) {
            trash.destroy();  // killed before the note, so nothing was moved
            continue;
        }
        const QJsonObject note = readJson(trash.m_folder + noteName());
        if (note.value(QStringLiteral("database")).toString() != databaseMark) {
            continue;
        }
        trash.m_project.value = qint64(note.value(QStringLiteral("project")).toDouble(-1));
        for (const QJsonValue file : note.value(QStringLiteral("files")).toArray()) {
            trash.m_files.append(file.toString());
        }
        found.append(trash);
    }
    return found;
}

Status Trash::moveIn() const {
    for (int i = 0; i < m_files.size(); ++i) {
        const QString from = m_library->absolutePath(m_files[i]);
        if (!existsAt(from) || m_library->rename(from, trashed(i))) {
            continue;
        }
        const Error error =
            fail(ErrorKind::Environment,
                 CVD_TR("core",
                        "The project was not deleted: %1 cannot be removed. Close the "
                        "programs that use it and try again."),
                 {QDir::toNativeSeparators(from).toStdString()});
        if (const Status restored = moveBack(); !restored.ok()) {
            return restored.error();
        }
        return error;
    }
    return {};
}

Status Trash::moveBack() const {
    for (int i = 0; i < m_files.size(); ++i) {
        const QString to = m_library->absolutePath(m_files[i]);
        if (!existsAt(trashed(i)) || existsAt(to)) {
            continue;
        }
        QDir().mkpath(QFileInfo(to).absolutePath());
        if (!m_library->rename(trashed(i), to)) {
            return fail(ErrorKind::Environment,
                        CVD_TR("core",
                               "%1 cannot be put back from %2. It is tried again at the "
                               "next start."),
                        {QDir::toNativeSeparators(to).toStdString(),
                         QDir::toNativeSeparators(m_folder).toStdString()});
        }
    }
    destroy();
    return {};
}

void Trash::destroy() const {
    // The note goes last: without it a leftover would be taken for empty.
    const QDir folder(m_folder);
    for (const QFileInfo& entry : folder.entryInfoList(QDir::AllEntries | QDir::Hidden |
                                                       QDir::System | QDir::NoDotAndDotDot)) {
        if (entry.isDir() && !entry.isSymLink()) {
            QDir(entry.absoluteFilePath()).removeRecursively();
        } else if (entry.fileName() != noteName().mid(1)) {
            QFile::remove(entry.absoluteFilePath());
        }
    }
    const bool emptied =
        folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)
            .size() <= 1;
    if (!emptied) {
        log(LogLevel::Warning, "projects",
            "The trash folder " + m_folder.toStdString() + " cannot be emptied yet.");
        return;
    }
    QFile::remove(m_folder + noteName());
    QDir().rmdir(m_folder);
}

// --- PlacingNote ---

Result<PlacingNote> PlacingNote::write(const MediaLibrary& library, const QString& databaseMark,
                                       const MediaRecord& record) {
    PlacingNote note;
    note.m_record = record;
    note.m_file =
        library.absolutePath(QStringLiteral("incoming/%1~%2.placing")
                                 .arg(ProcessIdentity::self().toString(),
                                      QUuid::createUuid().toString(QUuid::WithoutBraces)));
    const QJsonObject object{{QStringLiteral("database"), databaseMark},
                             {QStringLiteral("sha256"), record.sha256},
                             {QStringLiteral("path"), record.path},
                             {QStringLiteral("thumbnail"), record.thumbnail},
                             {QStringLiteral("linked"), record.linked}};
    CVD_TRY(writeJson(note.m_file, object));
    return note;
}

QList<PlacingNote> PlacingNote::leftovers(const MediaLibrary& library,
                                          const QString& databaseMark) {
    QList<PlacingNote> found;
    const QDir incoming(library.absolutePath(QStringLiteral("incoming")));
    for (const QFileInfo& file :
         incoming.entryInfoList({QStringLiteral("*.placing")}, QDir::Files)) {
        const QJsonObject object = readJson(file.absoluteFilePath());
        if (object.value(QStringLiteral("database")).toString() != databaseMark) {
            continue;
        }
        PlacingNote note;
        note.m_file = file.absoluteFilePath();
        note.m_record.sha256 = object.value(QStringLiteral("sha256")).toString();
        note.m_record.path = object.value(QStringLiteral("path")).toString();
        note.m_record.thumbnail = object.value(QStringLiteral("thumbnail")).toString();
        note.m_record.linked = object.value(QStringLiteral("linked")).toBool();
        found.append(note);
    }
    return found;
}

void PlacingNote::remove() const {
    QFile::remove(m_file);
}

}  // namespace cvd::projects
