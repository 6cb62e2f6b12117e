// What happened to a job, in sentences that can be said in any language.
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

#include "core/base/note.h"

namespace cvd::jobs {

struct JobLogEntry {
    QDateTime at;    // UTC
    Note note;       // an English source text, context "core"
    QString detail;  // untranslated: what a library said; mostly empty
};
using JobLog = QList<JobLogEntry>;  // oldest first

// Adds an entry of now. Above 200 entries the oldest one goes.
void append(JobLog& log, const Note& note, const QString& detail = {});
void append(JobLog& log, const Error& error);

// The same rules as for the other JSON of a job (job_json.h).
QString toJson(const JobLog& log);
JobLog logFromJson(const QString& json);

}  // namespace cvd::jobs
