#include "core/jobs/job_log.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cvd::jobs {
namespace {

constexpr int kMostEntries = 200;

const QString kAt = QStringLiteral("at"), kText = QStringLiteral("text"),
              kArgs = QStringLiteral("args"), kDetail = QStringLiteral("detail");

QJsonObject toObject(const JobLogEntry& entry) {
    QJsonArray args;
    for (const std::string& arg : entry.note.args) {
        args.append(QString::fromStdString(arg));
    }
    QJsonObject object{{kAt, entry.at.toUTC().toString(Qt::ISODateWithMs)},
                       {kText, QString::fromStdString(entry.note.text)},
                       {kArgs, args}};
    if (!entry.detail.isEmpty()) {
        object.insert(kDetail, entry.detail);
    }
    return object;
}

JobLogEntry fromObject(const QJsonObject& object) {
    JobLogEntry entry;
    entry.at = QDateTime::fromString(object.value(kAt).toString(), Qt::ISODateWithMs);
    entry.note.text = object.value(kText).toString().toStdString();
    for (const QJsonValue arg : object.value(kArgs).toArray()) {
        entry.note.args.push_back(arg.toString().toStdString());
    }
    entry.detail = object.value(kDetail).toString();
    return entry;
}

}  // namespace

void append(JobLog& log, const Note& note, const QString& detail) {
    log.append({QDateTime::currentDateTimeUtc(), note, detail});
    while (log.size() > kMostEntries) {
        log.removeFirst();
    }
}

void append(JobLog& log, const Error& error) {
    append(log, Note{error.text, error.args}, QString::fromStdString(error.detail));
}

QString toJson(const JobLog& log) {
    QJsonArray array;
    for (const JobLogEntry& entry : log) {
        array.append(toObject(entry));
    }
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

JobLog logFromJson(const QString& json) {
    JobLog log;
    for (const QJsonValue value : QJsonDocument::fromJson(json.toUtf8()).array()) {
        JobLogEntry entry = fromObject(value.toObject());
        if (entry.at.isValid() && !entry.note.text.empty()) {
            log.append(std::move(entry));
        }
    }
    return log;
}

}  // namespace cvd::jobs
