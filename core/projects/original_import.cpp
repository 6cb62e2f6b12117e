#include "core/projects/original_import.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "core/accounts/password.h"
#include "core/accounts/session.h"
#include "core/projects/project_service.h"
#include "core/storage/dialect.h"
#include "core/storage/repositories.h"

namespace cvd::projects {
namespace {

using Line = OriginalReport::Line;
using What = OriginalReport::What;
using Outcome = OriginalReport::Outcome;

struct OriginalUser {
    qint64 uid = 0;
    QString name, title, description, password;
    int authority = 0;
    QDateTime created;
};
struct OriginalProject {
    qint64 pid = 0, uid = 0;
    QString name, videoFile, description;
};

Error notTheOriginal(const storage::Database& original, const QString& detail) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core",
                       "The database %1 is not one of the original system: it lacks the tables "
                       "user, login_data and project, or their columns."),
                {original.location().toStdString()}, detail.toStdString());
}

// A program's own database has these tables, too.
Status requireOriginal(storage::Database& original) {
    const bool ours = original.select("SELECT version FROM schema_version").ok();
    if (ours) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core",
                           "The database %1 is one of this program, not the original system's. "
                           "Copy it with db copy."),
                    {original.location().toStdString()});
    }
    return {};
}

Result<QList<OriginalUser>> readUsers(storage::Database& original) {
    const auto rows = original.select(
        QStringLiteral("SELECT u.uid, u.user_name, u.user_des, u.description, u.aid, %1, "
                       "l.password FROM user u "
                       "LEFT JOIN login_data l ON l.uid = u.uid ORDER BY u.uid")
            .replace(QStringLiteral("%1"),
                     original.dialect().timestampText(QStringLiteral("u.create_date"))));
    if (!rows.ok()) {
        return notTheOriginal(original, QString::fromStdString(rows.error().detail));
    }
    QList<OriginalUser> users;
    for (const storage::Row& row : *rows) {
        OriginalUser user;
        user.uid = row.integer(0);
        user.name = row.text(1).simplified();
        user.title = row.text(2).trimmed();
        user.description = row.text(3).trimmed();
        user.authority = row.integer(4) == 1 ? 1 : 0;
        user.created = row.time(5);
        user.password = row.text(6);
        users << user;
    }
    return users;
}

Result<QList<OriginalProject>> readProjects(storage::Database& original) {
    const auto rows = original.select(
        "SELECT pid, uid, project_name, video_file, description FROM project ORDER BY pid");
    if (!rows.ok()) {
        return notTheOriginal(original, QString::fromStdString(rows.error().detail));
    }
    QList<OriginalProject> projects;
    for (const storage::Row& row : *rows) {
        projects << OriginalProject{row.integer(0), row.integer(1), row.text(2).simplified(),
                                    row.text(3).trimmed(), row.text(4).trimmed()};
    }
    return projects;
}

class Importer {
public:
    Importer(storage::Database& original, storage::Database& target, const MediaLibrary& library,
             const accounts::Session& session, const OriginalImport& options,
             const accounts::PasswordCost& cost)
        : m_original(original),
          m_db(target),
          m_library(library),
          m_service(target, library),
          m_session(session),
          m_options(options),
          m_cost(cost) {}

    Result<OriginalReport> run() {
        CVD_TRY_ASSIGN(const auto actor, m_service.actor(m_session));
        if (!actor.administrator) {
            return fail(
                ErrorKind::Usage,
                CVD_TR("core", "Only an administrator may do this. Ask one to do it for you."));
        }
        if (!QFileInfo(m_options.mediaFolder).isDir()) {
            return fail(ErrorKind::BadInput,
                        CVD_TR("core", "The media folder %1 of the original system is not there."),
                        {m_options.mediaFolder.toStdString()});
        }
        CVD_TRY(requireOriginal(m_original));
        CVD_TRY_ASSIGN(const auto users, readUsers(m_original));
        CVD_TRY_ASSIGN(const auto projects, readProjects(m_original));
        m_total = int(users.size() + projects.size());
        for (const OriginalUser& user : users) {
            CVD_TRY(step(user.name));
            CVD_TRY(takeUser(user));
        }
        for (const OriginalProject& project : projects) {
            CVD_TRY(step(project.name));
            CVD_TRY(takeProject(project));
        }
        CVD_TRY(audit(actor));
        return m_report;
    }

private:
    Status step(const QString& name) {
        if (m_options.progress) {
            m_options.progress(m_done, m_total, name);
        }
        ++m_done;
        if (m_options.cancelled && m_options.cancelled()) {
            return fail(ErrorKind::Cancelled, CVD_TR("core",
                                                     "Cancelled. What was taken over stays; run "
                                                     "it again to go on."));
        }
        return {};
    }

    // Where a run notes what it took, by the name of the original's database.
    QString key(const char* what, qint64 id) const {
        const storage::ConnectionSettings& s = m_original.settings();
        const QString source = s.engine == storage::Engine::MySql
                                   ? s.database
                                   : QFileInfo(s.sqliteFile).completeBaseName();
        return QStringLiteral("original/%1/%2/%3").arg(source, QLatin1String(what)).arg(id);
    }
    Result<qint64> takenBefore(const char* what, qint64 id) {
        CVD_TRY_ASSIGN(const auto noted, storage::SettingRepository(m_db).get(key(what, id)));
        return noted ? noted->toLongLong() : 0;
    }
    Status note(const char* what, qint64 id, qint64 ours) {
        return storage::SettingRepository(m_db).set(key(what, id), QString::number(ours));
    }
    void tell(What what, const QString& name, Outcome outcome, Status problem = {},
              bool needsPassword = false) {
        m_report.lines << Line{what, name, outcome, std::move(problem), needsPassword};
    }

    // --- People ---

    Status takeUser(const OriginalUser& user) {
        storage::UserRepository users(m_db);
        CVD_TRY_ASSIGN(const qint64 before, takenBefore("user", user.uid));
        if (before != 0) {
            CVD_TRY_ASSIGN(const auto there, users.find(UserId{before}));
            if (there) {
                m_users[user.uid] = there->id;
                tell(What::User, there->name, Outcome::TakenBefore);
                return {};
            }
        }
        CVD_TRY_ASSIGN(const QString name, freeName(user));
        CVD_TRY_ASSIGN(const auto same, users.findByName(name));
        if (same) {
            m_users[user.uid] = same->id;
            tell(What::User, name, Outcome::SameName);
            return m_options.dryRun ? Status() : note("user", user.uid, same->id.value);
        }
        const bool usable = m_options.keepPasswords && !user.password.isEmpty();
        tell(What::User, name, Outcome::Taken, {}, !usable);
        m_names.insert(storage::searchKey(name));
        if (m_options.dryRun) {
            m_users[user.uid] = UserId{};  // known, but not there yet
            return {};
        }
        return addUser(user, name, usable);
    }

    Status addUser(const OriginalUser& user, const QString& name, bool usable) {
        storage::UserRecord record;
        record.name = name;
        record.title = user.title;
        record.description = user.description;
        record.authority = user.authority;
        record.created = user.created;
        storage::LoginRecord login;
        login.mustChange = true;  // it lay about in clear text
        login.passwordHash = accounts::decoyHash(m_cost);
        if (usable) {
            CVD_TRY_ASSIGN(login.passwordHash, accounts::hashPassword(user.password, m_cost));
        }
        return m_db.withTransaction([&]() -> Status {
            CVD_TRY_ASSIGN(login.user, storage::UserRepository(m_db).insert(record));
            CVD_TRY(storage::LoginRepository(m_db).set(login));
            m_users[user.uid] = login.user;
            return note("user", user.uid, login.user.value);
        });
    }

    // The original's names need not be unique: the second of a name gets a number.
    Result<QString> freeName(const OriginalUser& user) {
        const QString base =
            user.name.isEmpty() ? QStringLiteral("user %1").arg(user.uid) : user.name.left(90);
        if (!m_seen.contains(storage::searchKey(base))) {
            m_seen.insert(storage::searchKey(base));
            return base;
        }
        for (int i = 2;; ++i) {
            const QString name = QStringLiteral("%1 (%2)").arg(base).arg(i);
            CVD_TRY_ASSIGN(const auto taken, storage::UserRepository(m_db).findByName(name));
            if (!taken && !m_names.contains(storage::searchKey(name))) {
                return name;
            }
        }
    }

    // --- Projects ---

    Status takeProject(const OriginalProject& project) {
        CVD_TRY_ASSIGN(const qint64 before, takenBefore("project", project.pid));
        if (before != 0) {
            CVD_TRY_ASSIGN(const auto there,
                           storage::ProjectRepository(m_db).find(ProjectId{before}));
            if (there) {
                tell(What::Project, project.name, Outcome::TakenBefore);
                return {};
            }
        }
        if (!m_users.contains(project.uid)) {
            return refuse(project, fail(ErrorKind::BadInput,
                                        CVD_TR("core", "The project %1 belongs to nobody."),
                                        {project.name.toStdString()}));
        }
        const auto video = videoOf(project);
        if (!video.ok()) {
            return refuse(project, video.error());
        }
        if (m_options.dryRun) {
            return tryVideo(project, *video);
        }
        return addProject(project, *video);
    }

    Status refuse(const OriginalProject& project, const Error& error) {
        // Of the disk and the databases every other project would complain, too.
        if (error.kind != ErrorKind::BadInput) {
            return error;
        }
        tell(What::Project, project.name, Outcome::NotTaken, error);
        return {};
    }

    Status tryVideo(const OriginalProject& project, const QString& file) {
        const auto read = m_library.inspect(file);
        if (!read.ok()) {
            return refuse(project, read.error());
        }
        tell(What::Project, project.name, Outcome::Taken);
        return {};
    }

    Status addProject(const OriginalProject& project, const QString& file) {
        ImportControl control;
        control.cancelled = m_options.cancelled;
        auto staged = m_library.stage(file, m_options.mode, control);
        if (!staged.ok()) {
            return refuse(project, staged.error());
        }
        NewProject wanted;
        wanted.name = project.name;
        wanted.description = project.description;
        wanted.owner = m_users[project.uid];
        CVD_TRY_ASSIGN(ProjectId id, alreadyMade(wanted, staged->record().sha256));
        if (!id.valid()) {
            const auto made = m_service.create(m_session, wanted, std::move(*staged));
            if (!made.ok()) {
                return refuse(project, made.error());
            }
            id = *made;
        }
        CVD_TRY(note("project", project.pid, id.value));
        tell(What::Project, project.name, Outcome::Taken);
        return {};
    }

    // A run that was killed between making a project and noting it.
    Result<ProjectId> alreadyMade(const NewProject& wanted, const QString& sha256) {
        storage::ProjectFilter filter;
        filter.owner = wanted.owner;
        filter.text = wanted.name;
        filter.limit = 500;
        CVD_TRY_ASSIGN(const auto page, storage::ProjectRepository(m_db).list(filter));
        for (const storage::ProjectListRow& row : page.rows) {
            const bool same =
                row.project.name == wanted.name && row.video && row.video->sha256 == sha256;
            CVD_TRY_ASSIGN(const bool noted, isNoted(row.project.id));
            if (same && !noted && !wanted.name.isEmpty()) {
                return row.project.id;
            }
        }
        return ProjectId{};
    }
    Result<bool> isNoted(ProjectId id) {
        CVD_TRY_ASSIGN(const qint64 count,
                       m_db.selectInteger("SELECT COUNT(*) FROM setting WHERE setting_key LIKE "
                                          "'original/%/project/%' AND content = ?",
                                          {QString::number(id.value)}));
        return count > 0;
    }

    // Below the media folder, whatever the column holds: a path, an address, or a bare name.
    Result<QString> videoOf(const OriginalProject& project) {
        const QDir media(QFileInfo(m_options.mediaFolder).canonicalFilePath());
        QString name = project.videoFile;
        name.replace(QLatin1Char('\\'), QLatin1Char('/'));
        QStringList tries{name};
        if (const auto at = name.indexOf(QStringLiteral("media/")); at >= 0) {
            tries << name.mid(at + 6);
        }
        tries << QFileInfo(name).fileName() << QStringLiteral("video/") + QFileInfo(name).fileName()
              << QStringLiteral("videos/") + QFileInfo(name).fileName();
        for (const QString& one : tries) {
            const QFileInfo file(one.isEmpty() ? QString() : media.absoluteFilePath(one));
            if (file.isFile() &&
                file.canonicalFilePath().startsWith(media.absolutePath() + QLatin1Char('/'))) {
                return file.canonicalFilePath();
            }
        }
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The video %1 is not in the media folder %2."),
                    {project.videoFile.toStdString(), media.absolutePath().toStdString()});
    }

    Status audit(const ProjectService::Actor& actor) {
        if (m_options.dryRun) {
            return {};
        }
        storage::AuditRecord entry;
        entry.user = actor.user;
        entry.userName = actor.name;
        entry.action = QStringLiteral("import_original");
        entry.subject = m_original.location();
        entry.detail = QStringLiteral("users %1, projects %2, not taken %3")
                           .arg(m_report.count(What::User, Outcome::Taken))
                           .arg(m_report.count(What::Project, Outcome::Taken))
                           .arg(m_report.count(What::Project, Outcome::NotTaken));
        return storage::AuditRepository(m_db).append(entry);
    }

    storage::Database& m_original;
    storage::Database& m_db;
    const MediaLibrary& m_library;
    ProjectService m_service;
    const accounts::Session& m_session;
    const OriginalImport& m_options;
    const accounts::PasswordCost& m_cost;
    OriginalReport m_report;
    QHash<qint64, UserId> m_users;  // the original's numbers to ours
    QSet<QString> m_seen, m_names;
    int m_done = 0, m_total = 0;
};

}  // namespace

int OriginalReport::count(What what, Outcome outcome) const {
    return int(std::count_if(lines.begin(), lines.end(), [&](const Line& line) {
        return line.what == what && line.outcome == outcome;
    }));
}

int OriginalReport::needPassword() const {
    return int(std::count_if(lines.begin(), lines.end(),
                             [](const Line& line) { return line.needsPassword; }));
}

Result<OriginalReport> importOriginal(storage::Database& original, storage::Database& target,
                                      const MediaLibrary& library, const accounts::Session& session,
                                      const OriginalImport& options,
                                      const accounts::PasswordCost& cost) {
    return Importer(original, target, library, session, options, cost).run();
}

}  // namespace cvd::projects
