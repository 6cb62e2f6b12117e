// Takes over an installation of the original system (docs/architecture.md): its people and projects
// from its MySQL database, its videos from its media folder.
//
// People keep name, authority, texts and date. The original keeps passwords in clear text: they
// are hashed here (Argon2id) or left out, are never written anywhere, and have to be changed at the
// next sign-in either way. Somebody of that name who is here already gets the projects and keeps
// the password. Projects keep name, text and owner and get their video; they begin as "not
// started", because the original judged nothing that could be kept.
//
// Safe to repeat: what was taken over is remembered, so a second run takes what was added since, or
// what failed. The original is only read.
//
// Threading: the thread of `target`. Errors: Usage unless the session is an administrator's,
// BadInput when the source is not the original's, Environment for databases and disk. What cannot
// be taken (a missing or unreadable video) is told in the report and stops nothing.
#pragma once

#include <QList>
#include <QString>
#include <functional>

#include "core/base/result.h"
#include "core/projects/media_library.h"

namespace cvd::accounts {
struct Session;
struct PasswordCost;
}  // namespace cvd::accounts
namespace cvd::storage {
class Database;
}

namespace cvd::projects {

class ProjectService;

struct OriginalImport {
    QString mediaFolder;        // MEDIA_ROOT: video_file is relative to it
    bool dryRun = false;        // reads and tells, changes nothing
    bool keepPasswords = true;  // false: an administrator has to give everybody a new one
    ImportMode mode = ImportMode::Copy;
    std::function<void(int done, int total, const QString& name)> progress;
    std::function<bool()> cancelled;
};

struct OriginalReport {
    enum class What { User, Project };
    enum class Outcome {
        Taken,        // or would be
        TakenBefore,  // by an earlier run
        SameName,     // a person of that name was here
        NotTaken,     // `problem` says why
    };
    struct Line {
        What what = What::User;
        QString name;
        Outcome outcome = Outcome::Taken;
        Status problem;
        bool needsPassword = false;  // of a person: an administrator has to give one
    };
    QList<Line> lines;  // people first, in the original's order
    int count(What what, Outcome outcome) const;
    int needPassword() const;
};

Result<OriginalReport> importOriginal(storage::Database& original, storage::Database& target,
                                      const MediaLibrary& library, const accounts::Session& session,
                                      const OriginalImport& options,
                                      const accounts::PasswordCost& cost);

}  // namespace cvd::projects
