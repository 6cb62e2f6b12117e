// What the screens and the command line see of projects, results and reviews. Plain data.
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <optional>

#include "core/base/types.h"
#include "core/compliance/corrections.h"
#include "core/projects/media_library.h"

namespace cvd::projects {

// The numbers are those of the original system's column project_status.
enum class ProjectStatus { NotStarted = 0, Running = 1, Done = 2 };

// One finished detection. Results are never overwritten: each stays with its model and profile.
struct ResultInfo {
    ResultId id;
    ProjectId project;
    JobId job;       // invalid for an imported result
    QString folder;  // absolute
    QString modelName, modelVersion, modelSha256;
    QString device;  // "cpu", "cuda:0"
    QString profileId, profileVersion;
    bool calibrated = false;
    QDateTime created;  // UTC
    double wallS = 0;   // seconds the detection took
    double framesPerS = 0;
    int insertions = 0;
    int violations = 0;   // verdict "violation"
    int cannotJudge = 0;  // verdict "cannot_judge"
    int unreviewed = 0;   // violations on which nobody has decided

    QString file(const QString& name) const { return folder + QLatin1Char('/') + name; }
    QString tracksFile() const { return file(QStringLiteral("tracks.bin")); }
    QString heatmapFile() const { return file(QStringLiteral("heatmap.png")); }
    QString videoFile() const { return file(QStringLiteral("result.mp4")); }
    QString summaryFile() const { return file(QStringLiteral("summary.json")); }
};

struct Project {
    ProjectId id;
    QString name;
    QString description;
    ProjectStatus status = ProjectStatus::NotStarted;
    UserId owner;
    QString ownerName;
    QDateTime created;  // UTC
    VideoInfo video;
    QString videoPath;      // absolute
    QString thumbnailPath;  // absolute; empty: none
    bool videoLinked = false;
    MediaState videoState = MediaState::Present;  // filled by project(), not by list()
    bool hasCalibration = false;                  // filled by project(), not by list()
    std::optional<ResultInfo> latestResult;
    int violations = 0;  // of the latest result
    int unreviewed = 0;  // of the latest result
};

// A calibration that is kept for a camera, to be used in other projects.
struct CameraCalibration {
    CalibrationId id;
    QString camera, name;
    QDateTime changed;  // UTC
    Calibration calibration;
    int pictureWidth = 0, pictureHeight = 0;  // it was made in; 0: not known
};

struct NewProject {
    QString name;         // 1..100 characters; empty: the file's name
    QString description;  // up to 500 characters
    QString sourceFile;
    ImportMode mode = ImportMode::Copy;
    std::optional<UserId> owner;  // administrators only; empty: the session's user
};

// Empty members stay as they are.
struct ProjectChange {
    std::optional<QString> name;
    std::optional<QString> description;
    std::optional<UserId> owner;  // administrators only
};

enum class ProjectSort { Created, Name, Owner, Status, Duration };

struct ProjectQuery {
    QString text;  // every word must occur in name, description or owner; case-insensitive
    std::optional<ProjectStatus> status;
    std::optional<UserId> owner;           // other than oneself: administrators only
    QDateTime createdFrom, createdBefore;  // null: open
    ProjectSort sort = ProjectSort::Created;
    bool descending = true;
    qint64 offset = 0;
    int limit = 48;
};

struct StatusCounts {
    qint64 notStarted = 0, running = 0, done = 0;
    qint64 total() const { return notStarted + running + done; }
};

// Numbers of the dashboard, over the projects that the session may see.
struct ProjectStatistics {
    StatusCounts projects;
    qint64 results = 0;
    qint64 violations = 0;  // over the latest result of each project
    qint64 unreviewed = 0;
    double videoS = 0;             // seconds of video
    qint64 createdLast30Days = 0;  // projects
};

// What a person says of a violation that the program found. The numbers reach the database. Open:
// the verdict was taken back, or only a note was written.
enum class UserVerdict { Undecided = 0, Confirmed = 1, FalseAlarm = 2, Open = 3 };
inline bool isDecision(UserVerdict verdict) {
    return verdict == UserVerdict::Confirmed || verdict == UserVerdict::FalseAlarm;
}

// One line of the history, never changed or removed.
struct VerdictEntry {
    UserId user;
    QString userName;
    QDateTime at;  // UTC
    UserVerdict verdict = UserVerdict::Undecided;
    QString reason;  // short, from a list or typed; why it is a false alarm
    QString note;
};

struct VerdictChange {
    ViolationId violation;
    UserVerdict verdict = UserVerdict::Undecided;
    QString reason, note;
};

struct ReviewedViolation {
    ViolationId id;
    ResultId result;
    Violation violation;
    std::optional<VerdictEntry> mine;    // the session user's last word
    std::optional<VerdictEntry> latest;  // anybody's last word: the verdict of the record
    QList<VerdictEntry> history;         // oldest first
    QStringList seenBy;                  // names of those who marked it as seen, oldest first
    bool seenByMe = false;
    bool byHand = false;  // came with a correction, not from the model

    bool reviewed() const { return latest && isDecision(latest->verdict); }
    bool reviewedByMe() const { return mine && isDecision(mine->verdict); }
};

// A line in the log of what people put right in a result. Taken back ones stay, not active.
struct CorrectionEntry {
    qint64 id = -1;
    UserId user;  // invalid: the user was deleted
    QString userName;
    QDateTime at;  // UTC
    compliance::Correction correction;
    bool active = true;
};

// One act: what is added, and which earlier ones are taken back or made to count again.
struct CorrectionEdit {
    QList<compliance::Correction> add;
    QList<qint64> takeBack, restore;  // CorrectionEntry::id
    // Those that were active when the new judgement was made; anything else in the database is
    // somebody else's work of the meantime.
    QList<qint64> basedOn;
};

struct ReviewCounts {
    int total = 0;         // verdict "violation"
    int reviewed = 0;      // somebody confirmed it or called it a false alarm
    int reviewedByMe = 0;  // the session's user did
    int confirmed = 0;     // of `reviewed`, by the last word
    int falseAlarms = 0;   // of `reviewed`, by the last word
    int unreviewed() const { return total - reviewed; }
};

}  // namespace cvd::projects
