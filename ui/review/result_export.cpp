#include "ui/review/result_export.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QTextStream>

namespace cvd::ui {

namespace {

const char* const kFiles[] = {"summary.json", "insertions.csv", "violations.csv",  "tracks.csv",
                              "points.txt",   "heatmap.png",    "first_frame.png", "result.mp4"};

QString csvField(QString text) {
    static const QString special = QStringLiteral(",\"\r\n");
    const bool quote =
        std::any_of(text.begin(), text.end(), [](QChar c) { return special.contains(c); });
    text.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return quote ? QLatin1Char('"') + text + QLatin1Char('"') : text;
}

QString verdictKey(ReviewVerdict verdict) {
    switch (verdict) {
        case ReviewVerdict::Confirmed:
            return QStringLiteral("confirmed");
        case ReviewVerdict::FalseAlarm:
            return QStringLiteral("false_alarm");
        case ReviewVerdict::Undecided:
            return QStringLiteral("undecided");
        case ReviewVerdict::Unreviewed:
            break;
    }
    return {};
}

Error cannotWrite(const QString& path, const QString& why) {
    return fail(ErrorKind::Environment,
                CVD_TR("core", "%1 cannot be written. Check the folder and the free space."),
                {path.toStdString()}, why.toStdString());
}

}  // namespace

QByteArray reviewCsv(const QList<ReviewViolation>& violations) {
    QByteArray bytes;
    QTextStream out(&bytes);
    out << "violation,rule,start_frame,start_s,verdict,reason,note,author,time_utc\n";
    for (const auto& v : violations) {
        const auto row = [&](const VerdictEntry& entry) {
            out << v.finding.id << ',' << QString::fromStdString(v.finding.rule) << ','
                << v.finding.startFrame << ',' << QString::number(v.finding.startS, 'f', 3) << ','
                << verdictKey(entry.verdict) << ',' << csvField(entry.reason) << ','
                << csvField(entry.note) << ',' << csvField(entry.author) << ','
                << (entry.when.isValid() ? entry.when.toUTC().toString(Qt::ISODate) : QString())
                << '\n';
        };
        if (v.history.isEmpty()) {
            row({});
        }
        for (const auto& entry : v.history) {
            row(entry);
        }
    }
    out.flush();
    return bytes;
}

Result<QString> exportResult(const QString& resultDir, const QString& parentFolder,
                             const QString& title, const QList<ReviewViolation>& violations) {
    QString name = title.trimmed().isEmpty() ? QStringLiteral("result") : title.trimmed();
    for (const QChar c : QStringLiteral("/\\:*?\"<>|")) {
        name.replace(c, QLatin1Char('_'));
    }
    QString folder = parentFolder + QLatin1Char('/') + name;
    for (int n = 2; QFileInfo::exists(folder); ++n) {
        folder = QStringLiteral("%1/%2 (%3)").arg(parentFolder, name).arg(n);
    }
    const QString partial = folder + QStringLiteral(".partial");
    const auto abandon = [&](const QString& path, const QString& why) {
        QDir(partial).removeRecursively();
        return cannotWrite(path, why);
    };
    if (!QDir().mkpath(partial)) {
        return abandon(folder, QStringLiteral("mkpath"));
    }
    for (const char* file : kFiles) {
        const QString source = resultDir + QLatin1Char('/') + QLatin1String(file);
        const QString target = partial + QLatin1Char('/') + QLatin1String(file);
        QFile from(source);
        if (from.exists() && !from.copy(target)) {
            return abandon(target, from.errorString());
        }
    }
    QSaveFile review(partial + QStringLiteral("/review.csv"));
    const QByteArray rows = reviewCsv(violations);
    if (!review.open(QIODevice::WriteOnly) || review.write(rows) != rows.size() ||
        !review.commit()) {
        return abandon(review.fileName(), review.errorString());
    }
    if (!QDir().rename(partial, folder)) {
        return abandon(folder, QStringLiteral("rename"));
    }
    return folder;
}

}  // namespace cvd::ui
