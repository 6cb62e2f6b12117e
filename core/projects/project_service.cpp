#include "core/projects/project_service.h"

#include <QDir>
#include <QFileInfo>

#include "core/accounts/session.h"
#include "core/base/log.h"
#include "core/projects/library_journal.h"
#include "core/projects/stored_media.h"
#include "core/storage/records.h"
#include "core/storage/repositories.h"

namespace cvd::projects {
namespace {

constexpr int kNameCharacters = 100;
constexpr int kDescriptionCharacters = 500;
constexpr int kLargestPage = 500;

Error noSuchProject(ProjectId id) {
    return fail(ErrorKind::Usage,
                CVD_TR("core", "There is no project %1, or it is not yours. Refresh the list."),
                {std::to_string(id.value)});
}

Error administratorsOnly() {
    return fail(ErrorKind::Usage,
                CVD_TR("core", "Only an administrator may do this. Ask one to do it for you."));
}

Result<QString> checkedName(const QString& typed) {
    const QString name = typed.simplified();
    if (name.isEmpty() || name.size() > kNameCharacters) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "The project's name must have 1 to %1 characters."),
                    {std::to_string(kNameCharacters)});
    }
    return name;
}

Result<QString> checkedDescription(const QString& typed) {
    QString text = typed.trimmed();
    if (text.size() > kDescriptionCharacters) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "The project's description must have at most %1 characters."),
                    {std::to_string(kDescriptionCharacters)});
    }
    return text;
}

storage::VideoRecord toRow(const MediaRecord& media) {
    storage::VideoRecord row;
    row.sha256 = media.sha256;
    row.path = media.path;
    row.linked = media.linked;
    row.thumbnail = media.thumbnail;
    row.fileName = QString::fromStdString(media.info.file);
    row.bytes = media.bytes;
    row.modified = media.modified;
    row.width = media.info.width;
    row.height = media.info.height;
    row.frames = media.info.frames;
    row.fps = media.info.fps;
    row.durationS = media.info.durationS;
    row.variableFrameRate = media.info.variableFrameRate;
    row.codec = QString::fromStdString(media.info.codec);
    return row;
}

}  // namespace

MediaRecord mediaRecordOf(const storage::VideoRecord& row) {
    MediaRecord media;
    media.sha256 = row.sha256;
    media.path = row.path;
    media.thumbnail = row.thumbnail;
    media.linked = row.linked;
    media.bytes = row.bytes;
    media.modified = row.modified;
    media.info.file = row.fileName.toStdString();
    media.info.sha256 = row.sha256.toStdString();
    media.info.width = row.width;
    media.info.height = row.height;
    media.info.frames = row.frames;
    media.info.fps = row.fps;
    media.info.durationS = row.durationS;
    media.info.variableFrameRate = row.variableFrameRate;
    media.info.codec = row.codec.toStdString();
    return media;
}

ProjectService::ProjectService(storage::Database& database, const MediaLibrary& library)
    : m_database(database), m_library(library) {}

// --- Who may do what ---

Result<ProjectService::Actor> ProjectService::actor(const accounts::Session& session) {
    CVD_TRY_ASSIGN(const auto row, storage::UserRepository(m_database).find(session.user));
    if (!row) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "Your account does not exist any more. Sign in again."));
    }
    const bool administrator =
        session.isAdministrator() && row->authority == int(accounts::Role::Administrator);
    return Actor{row->id, row->name, administrator};
}

Result<storage::ProjectRecord> ProjectService::visible(const Actor& actor, ProjectId id) {
    CVD_TRY_ASSIGN(const auto row, storage::ProjectRepository(m_database).find(id));
    if (!row || (row->owner != actor.user && !actor.administrator)) {
        return noSuchProject(id);
    }
    return *row;
}

Status ProjectService::mayUse(const accounts::Session& session, ProjectId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    if (const auto row = visible(who, id); !row.ok()) {
        return row.error();
    }
    return {};
}

Status ProjectService::audit(const Actor& actor, const QString& action, const QString& subject,
                             const QString& detail) {
    storage::AuditRecord entry;
    entry.user = actor.user;
    entry.userName = actor.name;
    entry.action = action;
    entry.subject = subject;
    entry.detail = detail;
    return storage::AuditRepository(m_database).append(entry);
}

Status ProjectService::recordUse(const accounts::Session& session, ProjectId id, Use use,
                                 const QString& detail) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(const storage::ProjectRecord project, visible(who, id));
    const char* action = use == Use::DetectionQueued      ? "detection_queued"
                         : use == Use::DetectionCancelled ? "detection_cancelled"
                                                          : "result_exported";
    const QString number = QStringLiteral("project %1").arg(id.value);
    return audit(who, QString::fromLatin1(action), project.name,
                 detail.isEmpty() ? number : number + QStringLiteral(": ") + detail);
}

// --- Create ---

Result<ProjectId> ProjectService::create(const accounts::Session& session,
                                         const NewProject& project, const ImportControl& control) {
    CVD_TRY(actor(session));  // before minutes of copying
    CVD_TRY_ASSIGN(StagedVideo staged, m_library.stage(project.sourceFile, project.mode, control));
    return create(session, project, std::move(staged));
}

Result<ProjectId> ProjectService::create(const accounts::Session& session,
                                         const NewProject& project, StagedVideo staged) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    const UserId owner = project.owner.value_or(who.user);
    if (owner != who.user && !who.administrator) {
        return administratorsOnly();
    }
    NewProject checked = project;
    if (checked.name.simplified().isEmpty()) {
        checked.name = QFileInfo(QString::fromStdString(staged.record().info.file))
                           .completeBaseName()
                           .left(kNameCharacters);
    }
    CVD_TRY_ASSIGN(checked.name, checkedName(checked.name));
    CVD_TRY_ASSIGN(checked.description, checkedDescription(project.description));

    CVD_TRY_ASSIGN(const LibraryLock lock, m_library.lock());
    const MediaRecord& record = staged.record();
    CVD_TRY_ASSIGN(const auto known, storage::VideoRepository(m_database)
                                         .findStored(record.sha256, record.linked,
                                                     record.linked ? record.path : QString()));
    if (known) {
        staged.useNames(known->path, known->thumbnail);
    }
    CVD_TRY_ASSIGN(const PlacingNote note,
                   PlacingNote::write(m_library, databaseMark(m_database.settings()), record));
    bool placedNew = false;
    auto placed = m_library.place(std::move(staged), &placedNew);
    if (!placed.ok()) {
        note.remove();
        return placed.error();
    }
    auto added =
        m_database.withTransaction([&] { return insertRows(who, checked, owner, placed.value()); });
    if (!added.ok() && placedNew && !known) {
        // A commit whose answer was lost may have happened: the row decides, now or, through the
        // note, at the next start.
        const MediaRecord& media = placed.value();
        const auto row =
            storage::VideoRepository(m_database)
                .findStored(media.sha256, media.linked, media.linked ? media.path : QString());
        if (!row.ok()) {
            return added;
        }
        if (!row.value()) {
            m_library.unplace(media);
        }
    }
    note.remove();
    return added;
}

Result<ProjectId> ProjectService::insertRows(const Actor& actor, const NewProject& project,
                                             UserId owner, const MediaRecord& media) {
    CVD_TRY_ASSIGN(const auto ownerRow, storage::UserRepository(m_database).find(owner));
    if (!ownerRow) {
        return fail(ErrorKind::Usage, CVD_TR("core",
                                             "The new owner does not exist any more. "
                                             "Choose another user."));
    }
    storage::VideoRepository videos(m_database);
    CVD_TRY_ASSIGN(const auto known, videos.findStored(media.sha256, media.linked,
                                                       media.linked ? media.path : QString()));
    storage::ProjectRecord row;
    if (known) {
        row.video = known->id;
        // A link may have been made again after the file's time changed: the content is the same.
        if (media.linked && known->modified != media.modified) {
            storage::VideoRecord renewed = *known;
            renewed.modified = media.modified;
            CVD_TRY(videos.update(renewed));
        }
    } else {
        CVD_TRY_ASSIGN(row.video, videos.insert(toRow(media)));
    }
    row.name = project.name;
    row.description = project.description;
    row.videoFile = media.path;
    row.owner = owner;
    row.durationS = media.info.durationS;
    CVD_TRY_ASSIGN(const ProjectId id, storage::ProjectRepository(m_database).insert(row));
    CVD_TRY(audit(actor, QStringLiteral("project_created"), project.name,
                  QStringLiteral("project %1, video %2").arg(id.value).arg(media.sha256)));
    return id;
}

// --- Read ---

ResultInfo ProjectService::toResultInfo(const storage::ResultRecord& record) const {
    ResultInfo info;
    info.id = record.id;
    info.project = record.project;
    info.job = record.job;
    info.folder = m_library.absolutePath(record.folder);
    info.modelName = record.modelName;
    info.modelVersion = record.modelVersion;
    info.modelSha256 = record.modelSha256;
    info.device = record.device;
    info.profileId = record.profileId;
    info.profileVersion = record.profileVersion;
    info.calibrated = record.calibrated;
    info.created = record.created;
    info.wallS = record.wallS;
    info.framesPerS = record.framesPerS;
    info.insertions = record.insertions;
    info.violations = record.violations;
    info.cannotJudge = record.cannotJudge;
    info.unreviewed = std::max(0, record.violations - record.reviewed);
    return info;
}

Project ProjectService::toProject(const storage::ProjectRecord& row,
                                  const std::optional<storage::VideoRecord>& video,
                                  const std::optional<storage::ResultRecord>& latest) const {
    Project project;
    project.id = row.id;
    project.name = row.name;
    project.description = row.description;
    project.status = row.status == 1   ? ProjectStatus::Running
                     : row.status == 2 ? ProjectStatus::Done
                                       : ProjectStatus::NotStarted;
    project.owner = row.owner;
    project.ownerName = row.ownerName;
    project.created = row.created;
    if (video) {
        const MediaRecord media = mediaRecordOf(*video);
        project.video = media.info;
        project.videoPath = m_library.absolutePath(media);
        project.thumbnailPath = m_library.absolutePath(media.thumbnail);
        project.videoLinked = media.linked;
    }
    if (latest) {
        project.latestResult = toResultInfo(*latest);
        project.violations = project.latestResult->violations;
        project.unreviewed = project.latestResult->unreviewed;
    }
    return project;
}

Result<Project> ProjectService::project(const accounts::Session& session, ProjectId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY(visible(who, id));
    CVD_TRY_ASSIGN(const auto row, storage::ProjectRepository(m_database).findDetailed(id));
    if (!row) {
        return noSuchProject(id);
    }
    Project project = toProject(row->project, row->video, row->latestResult);
    project.videoState =
        row->video ? m_library.state(mediaRecordOf(*row->video)) : MediaState::Missing;
    CVD_TRY_ASSIGN(const auto calibrated, storage::CalibrationRepository(m_database).ofProject(id));
    project.hasCalibration = calibrated.has_value();
    return project;
}

Result<storage::Page<Project>> ProjectService::list(const accounts::Session& session,
                                                    const ProjectQuery& query) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    if (query.owner && *query.owner != who.user && !who.administrator) {
        return administratorsOnly();
    }
    storage::ProjectFilter filter;
    filter.text = query.text;
    if (query.status) {
        filter.status = int(*query.status);
    }
    filter.owner = who.administrator ? query.owner : std::optional<UserId>(who.user);
    filter.createdFrom = query.createdFrom;
    filter.createdBefore = query.createdBefore;
    filter.order = storage::ProjectOrder(int(query.sort));
    filter.descending = query.descending;
    filter.offset = std::max<qint64>(0, query.offset);
    filter.limit = std::clamp(query.limit, 1, kLargestPage);
    static_assert(int(ProjectSort::Duration) == int(storage::ProjectOrder::Duration) &&
                  int(ProjectSort::Owner) == int(storage::ProjectOrder::Owner));
    CVD_TRY_ASSIGN(const auto found, storage::ProjectRepository(m_database).list(filter));
    storage::Page<Project> page;
    page.total = found.total;
    page.atLeast = found.atLeast;
    page.rows.reserve(found.rows.size());
    for (const auto& row : found.rows) {
        page.rows.append(toProject(row.project, row.video, row.latestResult));
    }
    return page;
}

Result<ProjectStatistics> ProjectService::statistics(const accounts::Session& session) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    const std::optional<UserId> owner =
        who.administrator ? std::nullopt : std::optional<UserId>(who.user);
    storage::ProjectRepository projects(m_database);
    CVD_TRY_ASSIGN(const auto byStatus, projects.countByStatus(owner));
    CVD_TRY_ASSIGN(const auto totals, projects.totals(owner));
    ProjectStatistics numbers;
    numbers.projects = {byStatus.value(0), byStatus.value(1), byStatus.value(2)};
    numbers.results = totals.results;
    numbers.violations = totals.violations;
    numbers.unreviewed = std::max<qint64>(0, totals.violations - totals.reviewed);
    numbers.videoS = totals.videoS;
    CVD_TRY_ASSIGN(numbers.createdLast30Days,
                   projects.countCreatedSince(QDateTime::currentDateTimeUtc().addDays(-30), owner));
    return numbers;
}

// --- Update ---

Status ProjectService::update(const accounts::Session& session, ProjectId id,
                              const ProjectChange& change) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(storage::ProjectRecord row, visible(who, id));
    QStringList what;
    if (change.name) {
        CVD_TRY_ASSIGN(row.name, checkedName(*change.name));
        what << QStringLiteral("name");
    }
    if (change.description) {
        CVD_TRY_ASSIGN(row.description, checkedDescription(*change.description));
        what << QStringLiteral("description");
    }
    if (change.owner && *change.owner != row.owner) {
        if (!who.administrator) {
            return administratorsOnly();
        }
        CVD_TRY_ASSIGN(const auto owner, storage::UserRepository(m_database).find(*change.owner));
        if (!owner) {
            return fail(ErrorKind::Usage, CVD_TR("core",
                                                 "The new owner does not exist any more. "
                                                 "Choose another user."));
        }
        row.owner = *change.owner;
        what << QStringLiteral("owner %1").arg(owner->name);
    }
    if (what.isEmpty()) {
        return {};
    }
    return m_database.withTransaction([&]() -> Status {
        CVD_TRY_ASSIGN(const bool changed, storage::ProjectRepository(m_database).update(row));
        if (!changed) {
            return noSuchProject(id);
        }
        return audit(who, QStringLiteral("project_changed"), row.name,
                     QStringLiteral("project %1: %2").arg(id.value).arg(what.join(u", ")));
    });
}

// --- Video ---

Result<QString> ProjectService::playableVideo(const accounts::Session& session, ProjectId id) {
    CVD_TRY_ASSIGN(const Actor who, actor(session));
    CVD_TRY_ASSIGN(const auto row, visible(who, id));
    CVD_TRY_ASSIGN(const auto video, storage::VideoRepository(m_database).find(row.video));
    if (!video) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The project %1 has no video. Import it again."),
                    {row.name.toStdString()});
    }
    const MediaRecord media = mediaRecordOf(*video);
    CVD_TRY(m_library.check(media));
    return m_library.absolutePath(media);
}

}  // namespace cvd::projects
