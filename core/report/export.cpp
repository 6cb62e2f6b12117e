#include "core/report/export.h"

#include <algorithm>
#include <filesystem>
#include <memory>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QTemporaryDir>
#include <opencv2/imgcodecs.hpp>

#include "core/report/evidence_package.h"
#include "core/report/pdf_report.h"
#include "core/report/tables.h"

namespace cvd::report {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPartNames[] = {"files", "pdf",   "xlsx",  "csv",
                                      "json",  "clips", "video", "zip"};

Error cannotWrite(const QString& path, const QString& why) {
    return fail(ErrorKind::Environment,
                CVD_TR("core", "%1 cannot be written. Check the folder and the free space."),
                {path.toStdString()}, why.toStdString());
}

Error cancelledError() {
    return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
}

Status writeWhole(const QString& name, const QByteArray& content) {
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() ||
        !file.flush()) {
        return cannotWrite(name, file.errorString());
    }
    return {};
}

// One export under way.
class Export {
public:
    Export(const ReportData& data, const ExportOptions& options, const QString& work,
           const std::function<void(const ExportProgress&)>& progress,
           const std::atomic<bool>& cancel)
        : m_data(data),
          m_options(options),
          m_work(work),
          m_progress(progress),
          m_cancel(cancel),
          m_language(options.language),
          m_rows(selected(data, options.selection)) {
        for (const Finding* f : m_rows) {
            if (f->violation.verdict == Verdict::Violation) {
                m_violations.push_back(f);
            }
        }
    }

    Status run() {
        CVD_TRY(openVideo());
        CVD_TRY(copyFiles());
        CVD_TRY(makePictures());
        CVD_TRY(makeDocument());
        CVD_TRY(makeTables());
        CVD_TRY(makeClips());
        CVD_TRY(makeVideo());
        return makePackage();
    }

    // What is to be moved to its place, relative to the work folder.
    const QStringList& results() const { return m_results; }
    const QStringList& notes() const { return m_notes; }
    bool madeVideo() const { return m_madeVideo; }

private:
    bool chosen(Part part) const { return m_options.parts.contains(part); }
    bool package() const { return chosen(Part::Package); }
    bool needs(Part part) const {
        return chosen(part) || (package() && part != Part::Files && part != Part::Video);
    }
    QString place(const QString& name) const { return m_work + QLatin1Char('/') + name; }
    bool goOn(ExportStage stage, qint64 done, qint64 total) {
        if (m_progress) {
            m_progress({stage, done, total});
        }
        return !m_cancel.load();
    }
    void made(const QString& name, Part part) {
        if (chosen(part)) {
            m_results << name;
        }
        if (package() && part != Part::Files && part != Part::Video) {
            m_packed.append({place(name), name});
        }
    }
    Status makeFolder(const QString& name) {
        return QDir(m_work).mkpath(name) ? Status() : cannotWrite(place(name), {});
    }
    QByteArray pictureOf(const Finding& f) const {
        QFile file(place(QStringLiteral("pictures/%1.jpg").arg(evidenceName(f))));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    Status openVideo();
    Status copyFiles();
    Status copyFile(const QString& from, const QString& to, qint64& done, qint64 total);
    Status makePictures();
    Status makeDocument();
    Status makeTables();
    Status makeClips();
    Status makeVideo();
    Status makePackage();

    const ReportData& m_data;
    const ExportOptions& m_options;
    QString m_work;
    const std::function<void(const ExportProgress&)>& m_progress;
    const std::atomic<bool>& m_cancel;
    text::Language m_language;
    std::vector<const Finding*> m_rows, m_violations;
    std::unique_ptr<EvidenceVideo> m_video;
    QStringList m_results, m_notes;
    QList<PackageFile> m_packed;
    bool m_madeVideo = false;
};

Status Export::openVideo() {
    if (!goOn(ExportStage::Preparing, 0, 0)) {
        return cancelledError();
    }
    const bool wanted = needs(Part::Pdf) || needs(Part::Xlsx) || needs(Part::Clips);
    if (!wanted && !chosen(Part::Video)) {
        return {};
    }
    auto opened = EvidenceVideo::open(m_data, m_language, m_options.burnIn);
    if (opened.ok()) {
        m_video = std::move(*opened);
    } else if (chosen(Part::Clips) || chosen(Part::Video)) {
        return opened.error();
    } else {
        m_notes << m_language.sentence(
            CVD_TR("core", "The video is not at hand, so there are no pictures and no clips."), {});
    }
    if (m_video && m_data.videoAnnotated) {
        m_notes << m_language.sentence(
            CVD_TR("core",
                   "Pictures and clips come from result.mp4, whose overlays are burnt in already."),
            {});
    }
    return {};
}

Status Export::copyFile(const QString& from, const QString& to, qint64& done, qint64 total) {
    QFile in(from), out(to);
    if (!in.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::Environment, CVD_TR("core", "The file %1 cannot be read."),
                    {from.toStdString()}, in.errorString().toStdString());
    }
    if (!out.open(QIODevice::WriteOnly)) {
        return cannotWrite(to, out.errorString());
    }
    constexpr qint64 kBlock = 4 << 20;
    while (!in.atEnd()) {
        const QByteArray block = in.read(kBlock);
        if (block.isEmpty()) {
            return fail(ErrorKind::Environment, CVD_TR("core", "The file %1 cannot be read."),
                        {from.toStdString()}, in.errorString().toStdString());
        }
        if (out.write(block) != block.size()) {
            return cannotWrite(to, out.errorString());
        }
        done += block.size();
        if (!goOn(ExportStage::Copying, done, total)) {
            return cancelledError();
        }
    }
    return out.flush() ? Status() : cannotWrite(to, out.errorString());
}

Status Export::copyFiles() {
    if (!chosen(Part::Files)) {
        return {};
    }
    const QDir folder(m_data.resultFolder);
    const QFileInfoList files = folder.entryInfoList(QDir::Files);
    if (m_data.resultFolder.isEmpty() || files.isEmpty()) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The result folder %1 is empty or gone."),
                    {m_data.resultFolder.toStdString()});
    }
    // Alone they lie where `report --out DIR` always put them; beside a report in a folder.
    const QString below = m_options.parts.size() > 1 ? QStringLiteral("result/") : QString();
    CVD_TRY(makeFolder(below.isEmpty() ? QStringLiteral(".") : below));
    qint64 total = 0, done = 0;
    for (const QFileInfo& file : files) {
        total += file.size();
    }
    for (const QFileInfo& file : files) {
        CVD_TRY(copyFile(file.filePath(), place(below + file.fileName()), done, total));
        made(below + file.fileName(), Part::Files);
    }
    return {};
}

Status Export::makePictures() {
    if (!m_video || !(needs(Part::Pdf) || needs(Part::Xlsx))) {
        return {};
    }
    CVD_TRY(makeFolder(QStringLiteral("pictures")));
    int failed = 0;
    qint64 n = 0;
    // In the order of the video, so that reading goes forward.
    std::vector<const Finding*> order = m_violations;
    std::stable_sort(order.begin(), order.end(), [](const Finding* a, const Finding* b) {
        return pictureFrame(a->violation) < pictureFrame(b->violation);
    });
    for (const Finding* f : order) {
        if (!goOn(ExportStage::Pictures, n++, qint64(order.size()))) {
            return cancelledError();
        }
        const auto picture = m_video->picture(*f);
        if (!picture.ok()) {
            ++failed;  // a damaged frame: the report says that there is no picture
            continue;
        }
        std::vector<uchar> bytes;
        try {
            cv::imencode(".jpg", *picture, bytes, {cv::IMWRITE_JPEG_QUALITY, 90});
        } catch (const cv::Exception& e) {
            return cannotWrite(place(QStringLiteral("pictures")), QString::fromUtf8(e.what()));
        }
        const QString name = QStringLiteral("pictures/%1.jpg").arg(evidenceName(*f));
        CVD_TRY(writeWhole(place(name), QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                                   qsizetype(bytes.size()))));
        if (package()) {
            m_packed.append({place(name), name});
        }
    }
    if (failed > 0) {
        m_notes << m_language.sentence(
            CVD_TR("core", "%1 pictures are missing, because their frames are damaged."),
            {std::to_string(failed)});
    }
    return {};
}

Status Export::makeDocument() {
    if (!needs(Part::Pdf)) {
        return {};
    }
    const QString name = QStringLiteral("report.pdf");
    const PdfInputs inputs{
        m_data,
        m_options.selection,
        m_rows,
        [this](const Finding& f) { return pictureOf(f); },
        [this](int page, int pages) { return goOn(ExportStage::Document, page, pages); },
        m_options.pages};
    CVD_TRY(writePdf(place(name), inputs, m_language));
    made(name, Part::Pdf);
    return {};
}

Status Export::makeTables() {
    if (needs(Part::Csv)) {
        const bool bom = m_options.byteOrderMark;
        CVD_TRY(writeWhole(place(QStringLiteral("report-insertions.csv")),
                           reportInsertionsCsv(m_data, bom)));
        CVD_TRY(writeWhole(place(QStringLiteral("report-violations.csv")),
                           reportViolationsCsv(m_rows, bom)));
        made(QStringLiteral("report-insertions.csv"), Part::Csv);
        made(QStringLiteral("report-violations.csv"), Part::Csv);
    }
    if (needs(Part::Json)) {
        CVD_TRY(writeWhole(place(QStringLiteral("report.json")),
                           reportJson(m_data, m_options.selection, m_rows)));
        made(QStringLiteral("report.json"), Part::Json);
    }
    if (needs(Part::Xlsx)) {
        const QString name = QStringLiteral("report.xlsx");
        CVD_TRY(writeXlsx(
            place(name), m_data, m_options.selection, m_rows, m_language,
            [this](const Finding& f) { return pictureOf(f); },
            [this](int done, int total) { return goOn(ExportStage::Tables, done, total); }));
        made(name, Part::Xlsx);
    }
    return m_cancel.load() ? Status(cancelledError()) : Status();
}

Status Export::makeClips() {
    if (!m_video || !needs(Part::Clips)) {
        return {};
    }
    CVD_TRY(makeFolder(QStringLiteral("clips")));
    FrameIndex total = 0, before = 0;
    for (const Finding* f : m_violations) {
        const auto [first, last] = m_video->clipRange(*f);
        total += last - first + 1;
    }
    for (const Finding* f : m_violations) {
        const QString name = QStringLiteral("clips/%1.mp4").arg(evidenceName(*f));
        FrameIndex frames = 0;
        CVD_TRY(m_video->writeClip(*f, place(name), [&](FrameIndex done, FrameIndex) {
            frames = done;
            return goOn(ExportStage::Clips, before + done, total);
        }));
        before += frames;
        made(name, Part::Clips);
        m_madeVideo = true;
    }
    return {};
}

Status Export::makeVideo() {
    if (!chosen(Part::Video)) {
        return {};
    }
    const QString name = QStringLiteral("annotated.mp4");
    CVD_TRY(m_video->writeWhole(place(name), [this](FrameIndex done, FrameIndex total) {
        return goOn(ExportStage::Video, done, total);
    }));
    made(name, Part::Video);
    m_madeVideo = true;
    return {};
}

Status Export::makePackage() {
    if (!package()) {
        return {};
    }
    for (const char* file :
         {"summary.json", "profile.json", "calibration.json", "tracks.csv", "heatmap.png"}) {
        const QString source = m_data.resultFolder + QLatin1Char('/') + QLatin1String(file);
        if (!m_data.resultFolder.isEmpty() && QFileInfo::exists(source)) {
            m_packed.append({source, QStringLiteral("result/") + QLatin1String(file)});
        }
    }
    const QString name = QStringLiteral("evidence.zip");
    CVD_TRY(writePackage(place(name), m_packed, m_data, m_notes, [this](double share) {
        return goOn(ExportStage::Packing, qint64(share * 1000), 1000);
    }));
    m_results << name;
    return {};
}

// Everything is complete by now; what may fail here is a file of that name that cannot be replaced.
Status publish(const QString& work, const QString& folder, const QStringList& files) {
    for (const QString& name : files) {
        const QString target = folder + QLatin1Char('/') + name;
        if (!QDir().mkpath(QFileInfo(target).path())) {
            return cannotWrite(QFileInfo(target).path(), {});
        }
        std::error_code code;
        fs::rename((work + QLatin1Char('/') + name).toStdString(), target.toStdString(), code);
        if (code) {
            return cannotWrite(target, QString::fromStdString(code.message()));
        }
    }
    return {};
}

// In a work folder for as long as its program lives; QLockFile knows whether that one is dead, also
// when the folder lies on a share and the program on another computer.
QString lockOf(const QString& work) {
    return work + QStringLiteral("/.lock");
}

// Work folders of programs that were killed.
void removeAbandoned(const QString& target) {
    const QDir folder(target);
    for (const QString& name : folder.entryList({QStringLiteral(".report-*")},
                                                QDir::Dirs | QDir::Hidden | QDir::NoSymLinks)) {
        const QString work = folder.filePath(name);
        QLockFile lock(lockOf(work));
        lock.setStaleLockTime(0);  // only the death of its program makes it stale
        if (QFileInfo::exists(lockOf(work)) && lock.tryLock(0)) {
            QDir(work).removeRecursively();
        }
    }
}

}  // namespace

const char* partName(Part part) {
    return kPartNames[static_cast<int>(part)];
}

std::optional<Part> partFromName(const QString& name) {
    for (const Part part : allParts()) {
        if (name == QLatin1String(partName(part))) {
            return part;
        }
    }
    return std::nullopt;
}

QList<Part> allParts() {
    return {Part::Files, Part::Pdf,   Part::Xlsx,  Part::Csv,
            Part::Json,  Part::Clips, Part::Video, Part::Package};
}

Result<ExportOutcome> exportReport(const ReportData& data, const ExportOptions& options,
                                   const QString& folder,
                                   const std::function<void(const ExportProgress&)>& progress,
                                   const std::atomic<bool>& cancel) {
    if (options.parts.isEmpty()) {
        return fail(ErrorKind::Usage, CVD_TR("core", "Choose at least one thing to export."));
    }
    const QString target = QFileInfo(folder).absoluteFilePath();
    const bool existed = QFileInfo::exists(target);
    if (!QDir().mkpath(target)) {
        return fail(
            ErrorKind::Environment,
            CVD_TR("core", "The folder %1 cannot be made. Check its name and your permissions."),
            {target.toStdString()});
    }
    const auto abandon = [&](const Error& error) {
        if (!existed) {
            QDir().rmdir(target);  // only when nothing is in it
        }
        return error;
    };
    removeAbandoned(target);
    QTemporaryDir work(target + QStringLiteral("/.report-XXXXXX"));
    if (!work.isValid()) {
        return abandon(cannotWrite(target, work.errorString()));
    }
    QLockFile lock(lockOf(work.path()));
    lock.setStaleLockTime(0);
    lock.tryLock(0);  // without it the folder is not tidied up after a kill, no more
    Export run(data, options, work.path(), progress, cancel);
    Status status = run.run();
    if (status.ok()) {
        status = publish(work.path(), target, run.results());
    }
    lock.unlock();  // or it would miss its file
    work.remove();
    if (!status.ok()) {
        return abandon(status.error());
    }
    ExportOutcome outcome;
    outcome.folder = target;
    outcome.files = run.results();
    outcome.notes = run.notes();
    outcome.videoCodec = run.madeVideo() ? QStringLiteral("H.264 (MP4)") : QString();
    return outcome;
}

QString freshFolder(const QString& parent, const QString& title) {
    QString name = title.trimmed().isEmpty() ? QStringLiteral("report") : title.trimmed();
    for (const QChar c : QStringLiteral("/\\:*?\"<>|")) {
        name.replace(c, QLatin1Char('_'));
    }
    QString folder = parent + QLatin1Char('/') + name;
    for (int n = 2; QFileInfo::exists(folder); ++n) {
        folder = QStringLiteral("%1/%2 (%3)").arg(parent, name).arg(n);
    }
    return folder;
}

}  // namespace cvd::report
