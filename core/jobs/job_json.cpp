#include "core/jobs/job_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace cvd::jobs {
namespace {

QString compact(const QJsonObject& object) {
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject parse(const QString& json) {
    return QJsonDocument::fromJson(json.toUtf8()).object();
}

}  // namespace

QString toJson(const StoredOptions& stored) {
    const JobOptions& options = stored.options;
    QJsonObject object{{QStringLiteral("profile"), options.profile},
                       {QStringLiteral("calibrated"), options.useCalibration},
                       {QStringLiteral("device"), options.device},
                       {QStringLiteral("model"), options.modelFile},
                       {QStringLiteral("video"), options.writeVideo},
                       {QStringLiteral("folder"), stored.folder}};
    if (options.range) {
        object.insert(QStringLiteral("range"),
                      QJsonArray{qint64(options.range->first), qint64(options.range->second)});
    }
    return compact(object);
}

StoredOptions optionsFromJson(const QString& json) {
    const QJsonObject object = parse(json);
    StoredOptions stored;
    JobOptions& options = stored.options;
    options.profile = object.value(QStringLiteral("profile")).toString(options.profile);
    options.useCalibration = object.value(QStringLiteral("calibrated")).toBool(true);
    options.device = object.value(QStringLiteral("device")).toString(options.device);
    options.modelFile = object.value(QStringLiteral("model")).toString();
    options.writeVideo = object.value(QStringLiteral("video")).toBool(true);
    const QJsonArray range = object.value(QStringLiteral("range")).toArray();
    if (range.size() == 2) {
        options.range = {range[0].toInteger(), range[1].toInteger()};
    }
    stored.folder = object.value(QStringLiteral("folder")).toString();
    return stored;
}

QString toJson(const JobProgress& progress) {
    return compact({{QStringLiteral("done"), qint64(progress.done)},
                    {QStringLiteral("total"), qint64(progress.total)},
                    {QStringLiteral("frames_per_s"), progress.framesPerS},
                    {QStringLiteral("seconds_left"), progress.secondsLeft},
                    {QStringLiteral("stage"), int(progress.stage)},
                    {QStringLiteral("device"), progress.device},
                    {QStringLiteral("paused"), progress.paused},
                    {QStringLiteral("paused_s"), progress.pausedS}});
}

JobProgress progressFromJson(const QString& json) {
    const QJsonObject object = parse(json);
    JobProgress progress;
    progress.done = object.value(QStringLiteral("done")).toInteger();
    progress.total = object.value(QStringLiteral("total")).toInteger();
    progress.framesPerS = object.value(QStringLiteral("frames_per_s")).toDouble();
    progress.secondsLeft = object.value(QStringLiteral("seconds_left")).toDouble(-1);
    progress.stage = JobStage(std::clamp(object.value(QStringLiteral("stage")).toInt(),
                                         int(JobStage::Waiting), int(JobStage::Storing)));
    progress.device = object.value(QStringLiteral("device")).toString();
    progress.paused = object.value(QStringLiteral("paused")).toBool();
    progress.pausedS = object.value(QStringLiteral("paused_s")).toDouble();
    return progress;
}

QString toJson(const Error& error) {
    QJsonArray args;
    for (const std::string& arg : error.args) {
        args.append(QString::fromStdString(arg));
    }
    return compact({{QStringLiteral("kind"), int(error.kind)},
                    {QStringLiteral("text"), QString::fromStdString(error.text)},
                    {QStringLiteral("args"), args},
                    {QStringLiteral("detail"), QString::fromStdString(error.detail)}});
}

Error errorFromJson(const QString& json) {
    const QJsonObject object = parse(json);
    Error error;
    const int kind = object.value(QStringLiteral("kind")).toInt(int(ErrorKind::Environment));
    error.kind = ErrorKind(std::clamp(kind, int(ErrorKind::Usage), int(ErrorKind::Cancelled)));
    error.text = object.value(QStringLiteral("text")).toString().toStdString();
    for (const QJsonValue arg : object.value(QStringLiteral("args")).toArray()) {
        error.args.push_back(arg.toString().toStdString());
    }
    error.detail = object.value(QStringLiteral("detail")).toString().toStdString();
    return error;
}

}  // namespace cvd::jobs
