// One plain struct per table. Ids are invalid before the row exists. Times are UTC; a null time is
// NULL. Columns that hold an enum are plain numbers here, so that a value written by a newer
// program survives a round trip; the modules above give them names.
#pragma once

#include <QDateTime>
#include <QString>
#include <optional>

#include "core/base/types.h"

namespace cvd::storage {

// --- The original system's four ---

struct AuthorityRecord {
    int id = 0;  // aid: 0 normal, 1 administrator
    QString name;
};

struct UserRecord {
    UserId id;             // uid
    QString name;          // user_name, as typed
    QString title;         // user_des, a line about the person
    int projectCount = 0;  // project_num, kept by ProjectRepository
    QDateTime created;     // create_date; null when inserting: now
    int authority = 0;     // aid
    QString description;   // description
};

struct LoginRecord {
    UserId user;
    QString passwordHash;
    QDateTime changed;
    bool mustChange = false;
};

struct ProjectRecord {
    ProjectId id;           // pid
    QString name;           // project_name
    QString videoFile;      // video_file: the stored path, as in VideoRecord::path
    int status = 0;         // project_status: 0 not started, 1 running, 2 done
    QString description;    // description
    UserId owner;           // uid
    QDateTime created;      // null when inserting: now
    VideoId video;          // invalid: none
    double durationS = 0;   // of the video, here for sorting
    ResultId latestResult;  // kept by ResultRepository; read only
    QString ownerName;      // from table user; read only
};

// --- Beside them ---

struct VideoRecord {
    VideoId id;
    QString sha256;  // unique together with `linked` and `path`
    QString path;    // relative to the library for a copy, absolute for a link
    bool linked = false;
    QString thumbnail;  // relative to the library; empty: none
    QString fileName;   // under which the user chose it
    qint64 bytes = 0;
    QDateTime modified;  // of a linked original
    int width = 0, height = 0;
    qint64 frames = 0;
    double fps = 0;
    double durationS = 0;
    qint64 timeBaseNum = 0, timeBaseDen = 1;  // seconds per tick of the stream
    bool variableFrameRate = false;
    QString codec;
    QDateTime created;
};

struct JobRecord {
    JobId id;
    ProjectId project;
    UserId owner;   // who queued it
    int state = 0;  // jobs::JobState
    QString kind;   // "detect"
    QString optionsJson;
    QString progressJson;  // the last heartbeat's
    QString errorJson;
    QString device;
    QDateTime queued, started, finished, heartbeat;
    QString logJson;       // jobs::JobLogEntry, oldest first
    QString ownerHost;     // machine and
    QString ownerProcess;  // process that run it; empty: none
    bool cancelRequested = false;
    bool hidden = false;  // taken off the list
    int attempt = 1;
    ResultId result;
    QString projectName, ownerName;  // read only
    QString thumbnail;               // the video's, relative to the library; read only
};

struct ResultRecord {
    ResultId id;
    ProjectId project;
    JobId job;
    QString folder;  // relative to the library; unique
    QString profileId, profileVersion;
    QString modelName, modelVersion, modelSha256;
    QString device;
    bool calibrated = false;
    std::optional<double> radiusOfActionM;
    double wallS = 0, framesPerS = 0, inferenceS = 0;
    QString summaryJson;
    QDateTime created;
    int insertions = 0;
    int violations = 0;   // verdict "violation"
    int cannotJudge = 0;  // verdict "cannot_judge"
    int reviewed = 0;     // violations with a decision; kept by VerdictRepository
};

struct InsertionRecord {
    InsertionId id;
    ResultId result;
    Insertion insertion;
};

struct ViolationRecord {
    ViolationId id;
    ResultId result;
    Violation violation;
    // Stored name when this program does not know it (then violation.verdict is CannotJudge and
    // violation.severity Minor); empty otherwise.
    QString unknownVerdict, unknownSeverity;
    int userVerdict = 0;  // anybody's last word; kept by VerdictRepository
};

// What a person said of a violation. Never changed or removed; the last one counts.
struct VerdictRecord {
    qint64 id = -1;
    ViolationId violation;
    UserId user;       // invalid: the user was deleted
    QString userName;  // at that time
    int verdict = 0;   // 0 undecided, 1 confirmed, 2 false alarm
    QString reason, note;
    QDateTime at;         // null when inserting: now
    bool current = true;  // this user's last word on it
};

// A person has looked at a violation.
struct SeenRecord {
    ViolationId violation;
    UserId user;
    QString userName;  // at that time
    QDateTime at;      // null when inserting: now
};

// What a person put right in a result (projects/corrections.h), never changed but for `active`.
struct CorrectionRecord {
    qint64 id = -1;
    ResultId result;
    UserId user;       // invalid: the user was deleted
    QString userName;  // at that time
    QDateTime at;      // null when inserting: now
    QString content;   // JSON
    bool active = true;
};

struct CorrectedViolationRecord {
    ViolationId violation;
    bool byHand = false;     // came with a correction, not from the model
    bool withdrawn = false;  // does not hold any more with the active corrections
};

struct CalibrationRecord {
    CalibrationId id;
    ProjectId project;  // invalid: not of one project (a camera's)
    QString camera;
    QString name;
    QString json;  // as in docs/contract.md
    QDateTime changed;
};

struct AuditRecord {
    qint64 id = -1;
    QDateTime at;  // null when inserting: now
    UserId user;   // who; invalid: nobody was signed in
    QString userName;
    QString action;   // "sign_in", "sign_in_failed", "user_created" ...
    QString subject;  // what it was done to
    QString detail;
};

struct SignInAttemptRecord {
    QString nameKey;  // searchKey of the typed name
    int failures = 0;
    QDateTime last;
};

}  // namespace cvd::storage
