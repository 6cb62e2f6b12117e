#include "core/report/result_files.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <opencv2/imgcodecs.hpp>

#include "core/base/small_file.h"
#include "core/compliance/whole_file.h"
#include "core/report/heatmap.h"
#include "core/report/track_file.h"

namespace cvd::report {

// In csv.cpp.
QByteArray tracksCsvHeader();
void appendTracksCsv(QByteArray& out, const TrackPoint& p);

namespace {

Error cannotWrite(const QSaveFile& file) {
    return fail(ErrorKind::Environment, CVD_TR("core", "%1 cannot be written: %2."),
                {file.fileName().toStdString(), file.errorString().toStdString()});
}

Status writeWhole(const QString& name, const QByteArray& content) {
    QSaveFile file(name);
    if (!saveWhole(file, content)) {
        return cannotWrite(file);
    }
    return {};
}

// What belongs to a track, in pieces: two hours are some 50 MB of text. The detector's many weak
// sightings that no track took up are no objects; only tracks.bin keeps them, for judging again.
Status writeTracksCsv(const QString& name, const Tracks& tracks) {
    constexpr qsizetype kPiece = 1 << 20;
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        return cannotWrite(file);
    }
    QByteArray piece = tracksCsvHeader();
    piece.reserve(kPiece + 4096);
    for (const TrackPoint& p : tracks.points) {
        if (!p.track.valid()) {
            continue;
        }
        appendTracksCsv(piece, p);
        if (piece.size() >= kPiece) {
            if (file.write(piece) != piece.size()) {
                return cannotWrite(file);
            }
            piece.resize(0);
        }
    }
    if (file.write(piece) != piece.size() || !commitWhole(file)) {
        return cannotWrite(file);
    }
    return {};
}

Status writePng(const QString& name, const cv::Mat& picture) {
    std::vector<uchar> bytes;
    try {
        cv::imencode(".png", picture, bytes, {cv::IMWRITE_PNG_COMPRESSION, 3});
    } catch (const cv::Exception& e) {
        return fail(ErrorKind::Environment, CVD_TR("core", "%1 cannot be written: %2."),
                    {name.toStdString(), "PNG"}, e.what());
    }
    return writeWhole(name, QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                       static_cast<qsizetype>(bytes.size())));
}

cv::Mat readPng(const QString& name) {
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QByteArray bytes = file.readAll();
    if (bytes.isEmpty()) {
        return {};
    }
    try {
        return cv::imdecode(cv::Mat(1, static_cast<int>(bytes.size()), CV_8UC1,
                                    const_cast<char*>(bytes.constData())),
                            cv::IMREAD_COLOR);
    } catch (const cv::Exception&) {
        return {};
    }
}

}  // namespace

// What shows nothing but the tracks.
static Status writeTrackTables(const QDir& folder, const VideoInfo& video, const Tracks& tracks,
                               const cv::Mat& firstFrameBgr) {
    CVD_TRY(writeTracksCsv(folder.filePath(QStringLiteral("tracks.csv")), tracks));
    CVD_TRY(saveTracks(folder.filePath(QStringLiteral("tracks.bin")), tracks));
    CVD_TRY(writeWhole(folder.filePath(QStringLiteral("points.txt")), pointsText(tracks)));
    const QString firstFrameFile = folder.filePath(QStringLiteral("first_frame.png"));
    cv::Mat background = firstFrameBgr;
    if (background.empty()) {
        background = readPng(firstFrameFile);
    } else {
        CVD_TRY(writePng(firstFrameFile, background));
    }
    if (background.empty()) {
        background = cv::Mat(std::max(16, video.height), std::max(16, video.width), CV_8UC3,
                             cv::Scalar(40, 40, 40));
    }
    return writePng(folder.filePath(QStringLiteral("heatmap.png")),
                    renderHeatmap(background, tracks));
}

Status writeResultTables(const QString& dir, const ResultSummary& summary, const Tracks& tracks,
                         const compliance::Judgement& judgement, const cv::Mat& firstFrameBgr,
                         TrackTables trackTables) {
    const QDir folder(dir);
    if (!folder.exists()) {
        return fail(ErrorKind::Environment, CVD_TR("core", "The folder %1 does not exist."),
                    {dir.toStdString()});
    }
    ResultSummary s = summary;
    if (s.createdUtc.empty()) {
        s.createdUtc = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString();
    }
    std::vector<Insertion> effective;
    for (const Insertion& i : judgement.insertions) {
        if (i.effective) {
            effective.push_back(i);
        }
    }
    if (trackTables == TrackTables::Write) {
        CVD_TRY(writeTrackTables(folder, s.video, tracks, firstFrameBgr));
    }
    CVD_TRY(
        writeWhole(folder.filePath(QStringLiteral("insertions.csv")), insertionsCsv(effective)));
    CVD_TRY(writeWhole(folder.filePath(QStringLiteral("paths.csv")), pathsCsv(judgement.paths)));
    CVD_TRY(writeWhole(folder.filePath(QStringLiteral("violations.csv")),
                       violationsCsv(judgement.violations)));
    // Last, so that a folder with a summary is a whole one.
    return writeWhole(folder.filePath(QStringLiteral("summary.json")), summaryToJson(s, judgement));
}

Result<StoredResult> readResult(const QString& dir) {
    constexpr std::uintmax_t kMostBytes = 512u << 20;
    const QString file = QDir(dir).filePath(QStringLiteral("summary.json"));
    const auto bytes = readSmallFile(std::filesystem::path(file.toStdU16String()), kMostBytes);
    if (!bytes.ok()) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "%1 is not a result folder: its summary.json cannot be read. Name the "
                           "folder that a detection wrote."),
                    {dir.toStdString()}, bytes.error().message());
    }
    return parseSummary(QByteArray::fromStdString(*bytes), file);
}

QString judgedProfile(const QString& dir, const ResultSummary& summary) {
    const QString copy = QDir(dir).filePath(QStringLiteral("profile.json"));
    return QFileInfo(copy).isFile() ? copy : QString::fromStdString(summary.profileId);
}

}  // namespace cvd::report
