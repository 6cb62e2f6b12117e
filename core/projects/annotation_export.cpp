#include "core/projects/annotation_export.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <map>
#include <set>

#include <opencv2/imgcodecs.hpp>

#include "core/accounts/session.h"
#include "core/compliance/whole_file.h"
#include "core/media/video_reader.h"
#include "core/report/corrected_result.h"
#include "core/report/track_file.h"

namespace cvd::projects {
namespace {

using compliance::Correction;

constexpr int kFramesOfATrack = 20;  // of a false one that was removed as a whole
constexpr int kJpegQuality = 95;
constexpr float kLeastScore = 0.3F;  // as the review shows them
// Every fifth picture is kept for validation, by its frame, so that it stays the same.
constexpr FrameIndex kSplit = 5;

QString qt(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// Frames, and the classes of which somebody has said what is in them.
std::map<FrameIndex, std::set<ObjectClass>> correctedFrames(const std::vector<Correction>& all,
                                                            const Tracks& model) {
    std::map<FrameIndex, std::set<ObjectClass>> frames;
    for (const Correction& c : all) {
        if (c.kind != Correction::Kind::Object) {
            continue;
        }
        if (!c.wholeTrack) {
            frames[c.object.frame].insert(c.object.cls);
            continue;
        }
        std::vector<FrameIndex> seen;
        for (const TrackPoint& p : model.points) {
            if (p.track == c.object.track && p.cls == c.object.cls) {
                seen.push_back(p.frame);
            }
        }
        for (int i = 0; i < kFramesOfATrack && !seen.empty(); ++i) {
            frames[seen[seen.size() * size_t(i) / kFramesOfATrack]].insert(c.object.cls);
        }
    }
    return frames;
}

QJsonArray categories() {
    QJsonArray list;
    for (int i = 0; i < kObjectClassCount; ++i) {
        QJsonObject category{{QStringLiteral("id"), i + 1},
                             {QStringLiteral("name"), qt(objectClassName(ObjectClass(i)))}};
        if (ObjectClass(i) == ObjectClass::Vibrator) {
            category[QLatin1String("keypoints")] =
                QJsonArray{QStringLiteral("low"), QStringLiteral("top")};
            category[QLatin1String("skeleton")] = QJsonArray{QJsonArray{1, 2}};
        }
        list.append(category);
    }
    return list;
}

// COCO counts from the corner of the first pixel, this program from its centre.
QJsonObject annotation(const TrackPoint& p, int id, int image, const QString& byHand) {
    QJsonObject o{
        {QStringLiteral("id"), id},
        {QStringLiteral("image_id"), image},
        {QStringLiteral("category_id"), int(p.cls) + 1},
        {QStringLiteral("bbox"), QJsonArray{p.box.x + 0.5, p.box.y + 0.5, p.box.w, p.box.h}},
        {QStringLiteral("area"), p.box.w * p.box.h},
        {QStringLiteral("iscrowd"), 0},
        {QStringLiteral("by_hand"), byHand.isEmpty() ? QJsonValue() : QJsonValue(byHand)}};
    if (p.poker) {
        const PokerPoints& k = *p.poker;
        o[QLatin1String("keypoints")] =
            QJsonArray{k.low.x + 0.5, k.low.y + 0.5, 2, k.top.x + 0.5, k.top.y + 0.5, 2};
        o[QLatin1String("num_keypoints")] = 2;
        o[QLatin1String("immersed")] = p.immersed ? QJsonValue(*p.immersed) : QJsonValue();
    }
    return o;
}

Error cannotWrite(const QString& file) {
    return fail(ErrorKind::Environment,
                CVD_TR("core",
                       "The folder %1 cannot be written to. Choose another one or change "
                       "its permissions."),
                {file.toStdString()});
}

Status writeJpeg(const QString& name, const cv::Mat& bgr) {
    std::vector<uchar> bytes;
    try {
        cv::imencode(".jpg", bgr, bytes, {cv::IMWRITE_JPEG_QUALITY, kJpegQuality});
    } catch (const cv::Exception&) {
        return cannotWrite(name);
    }
    QFile file(name);
    const auto size = qint64(bytes.size());
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(reinterpret_cast<const char*>(bytes.data()), size) != size || !file.flush()) {
        return cannotWrite(name);
    }
    return {};
}

struct Source {
    const report::CorrectedResult& result;
    const std::map<FrameIndex, std::set<ObjectClass>>& frames;
    std::map<std::pair<FrameIndex, double>, QString> authors;  // by frame and left edge
};

Result<int> writeInto(const QString& folder, media::VideoReader& video, const Source& source,
                      QJsonObject document, const std::function<bool(int, int)>& goOn) {
    if (!QDir().mkpath(folder + QStringLiteral("/images"))) {
        return cannotWrite(folder);
    }
    QJsonArray images, annotations;
    const report::FrameIndexedTracks tracks(*source.result.tracks);
    const int total = int(source.frames.size());
    for (const auto& [frame, labelled] : source.frames) {
        const int image = int(images.size()) + 1;
        if (goOn && !goOn(image - 1, total)) {
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
        }
        CVD_TRY_ASSIGN(const media::Frame picture, video.frame(frame));
        const QString name = QStringLiteral("images/f%1.jpg").arg(frame, 7, 10, QLatin1Char('0'));
        CVD_TRY(writeJpeg(folder + QLatin1Char('/') + name, picture.bgr));
        QJsonArray classes;
        for (const ObjectClass cls : labelled) {
            classes.append(qt(objectClassName(cls)));
        }
        images.append(QJsonObject{
            {QStringLiteral("id"), image},
            {QStringLiteral("file_name"), name},
            {QStringLiteral("width"), picture.bgr.cols},
            {QStringLiteral("height"), picture.bgr.rows},
            {QStringLiteral("frame"), qint64(frame)},
            {QStringLiteral("time_s"), picture.timeS},
            {QStringLiteral("labelled"), classes},
            {QStringLiteral("split"), frame % kSplit == kSplit - 1 ? "valid" : "train"}});
        for (const TrackPoint& p : tracks.at(frame)) {
            const auto author = source.authors.find({frame, p.box.x});
            const bool byHand = author != source.authors.end();
            if (byHand || (labelled.contains(p.cls) && p.score >= kLeastScore && !p.predicted)) {
                annotations.append(annotation(p, int(annotations.size()) + 1, image,
                                              byHand ? author->second : QString()));
            }
        }
    }
    document[QLatin1String("categories")] = categories();
    document[QLatin1String("images")] = images;
    document[QLatin1String("annotations")] = annotations;
    QSaveFile file(folder + QStringLiteral("/annotations.json"));
    const QByteArray json = QJsonDocument(document).toJson(QJsonDocument::Indented);
    if (!saveWhole(file, json)) {
        return cannotWrite(file.fileName());
    }
    return int(annotations.size());
}

}  // namespace

Result<ExportedAnnotations> exportAnnotations(
    ProjectService& service, const accounts::Session& session, ProjectId id, const QString& parent,
    const std::function<bool(int done, int total)>& goOn) {
    CVD_TRY_ASSIGN(const Project project, service.project(session, id));
    if (!project.latestResult) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The project %1 has no result yet. Run it first."),
                    {project.name.toStdString()});
    }
    CVD_TRY_ASSIGN(const auto log, service.corrections(session, project.latestResult->id));
    const auto corrections = activeCorrections(log);
    CVD_TRY_ASSIGN(const auto inputs, report::readJudgingInputs(project.latestResult->folder));
    CVD_TRY_ASSIGN(Tracks tracks, report::loadTracks(project.latestResult->tracksFile()));
    const auto frames = correctedFrames(corrections, tracks);
    if (frames.empty()) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "Nothing was put right in the pictures of %1. Correct boxes or points "
                           "by hand in the review first."),
                    {project.name.toStdString()});
    }
    CVD_TRY_ASSIGN(const QString file, service.playableVideo(session, id));
    media::OpenOptions options;
    options.cacheBytes = 0;
    CVD_TRY_ASSIGN(const auto video,
                   media::VideoReader::open(std::filesystem::path(file.toStdU16String()), options));
    const auto corrected = report::judgeCorrected(inputs, std::move(tracks), corrections);
    Source source{corrected, frames, {}};
    for (const Correction& c : corrections) {
        if (c.kind == Correction::Kind::Object && !c.remove) {
            source.authors[{c.object.frame, c.object.box.x}] = QString::fromStdString(c.author);
        }
    }
    const QJsonObject document{
        {QStringLiteral("schema"), QStringLiteral("cvd-mis/annotations/1")},
        {QStringLiteral("info"),
         QJsonObject{
             {QStringLiteral("project"), project.name},
             {QStringLiteral("video"), QString::fromStdString(project.video.file)},
             {QStringLiteral("video_sha256"), QString::fromStdString(project.video.sha256)}}}};

    ExportedAnnotations done;
    done.pictures = int(frames.size());
    done.folder =
        QDir(parent).absoluteFilePath(QStringLiteral("project-%1").arg(qlonglong(id.value)));
    const QString partial = done.folder + QStringLiteral(".partial");
    QDir(partial).removeRecursively();
    const auto objects = writeInto(partial, *video, source, document, goOn);
    if (!objects.ok()) {
        QDir(partial).removeRecursively();
        return objects.error();
    }
    done.objects = *objects;
    QDir(done.folder).removeRecursively();
    if (!QDir().rename(partial, done.folder)) {
        return cannotWrite(done.folder);
    }
    return done;
}

}  // namespace cvd::projects
