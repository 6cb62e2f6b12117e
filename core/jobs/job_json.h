// The parts of a job that table `job` keeps as JSON. Unknown members are ignored and missing ones
// take their defaults, so that programs of different versions share a queue.
#pragma once

#include <QString>

#include "core/jobs/job_runner.h"

namespace cvd::jobs {

// What the job was asked for, and where its result is being made (relative to the library).
struct StoredOptions {
    JobOptions options;
    QString folder;
};
QString toJson(const StoredOptions& stored);
StoredOptions optionsFromJson(const QString& json);

QString toJson(const JobProgress& progress);
JobProgress progressFromJson(const QString& json);

QString toJson(const Error& error);
Error errorFromJson(const QString& json);

}  // namespace cvd::jobs
