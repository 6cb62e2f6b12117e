#include "core/report/evidence.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <QFont>
#include <QImage>
#include <QPainter>

#include "core/media/video_reader.h"
#include "core/media/video_writer.h"
#include "core/report/report_words.h"
#include "core/text/text.h"

namespace cvd::report {
namespace {

const QColor kPaperBlack(30, 35, 40);

QColor severityColour(Severity severity) {
    switch (severity) {
        case Severity::Critical:
            return {0xFF, 0x8A, 0x73};
        case Severity::Major:
            return {0xF2, 0xB0, 0x4B};
        case Severity::Minor:
            break;
    }
    return {0xE0, 0xD0, 0x60};
}

QImage viewOf(cv::Mat& bgr) {
    return QImage(bgr.data, bgr.cols, bgr.rows, qsizetype(bgr.step), QImage::Format_BGR888);
}

// The track's own contact point in this frame, else the insertion's, else the place in metres.
std::optional<PointPx> placeOf(const ReportData& data, const Violation& v, FrameIndex frame) {
    if (v.insertion) {
        const auto it = std::find_if(data.insertions.begin(), data.insertions.end(),
                                     [&](const Insertion& i) { return i.id == *v.insertion; });
        if (it != data.insertions.end()) {
            if (data.tracks) {
                for (const TrackPoint& p : data.tracks->at(frame)) {
                    if (p.track == it->track && p.poker) {
                        return p.poker->low;
                    }
                }
            }
            return it->contactPx;
        }
    }
    if (v.positionM && data.homography) {
        return data.homography->image(*v.positionM);
    }
    return std::nullopt;
}

void drawRing(QPainter& painter, PointPx at, double size) {
    if (!std::isfinite(at.x) || !std::isfinite(at.y)) {
        return;
    }
    painter.setBrush(Qt::NoBrush);
    for (const auto& [colour, width] :
         {std::pair{kPaperBlack, size / 5}, std::pair{QColor(0xFF, 0xFF, 0xFF), size / 10}}) {
        painter.setPen(QPen(colour, width));
        painter.drawEllipse(QPointF(at.x, at.y), size, size);
    }
}

QString captionOf(const text::Language& language, const Finding& f) {
    const QString measured = measuredText(language, f.violation);
    return QStringLiteral("%1  %2  [%3]")
        .arg(language.rule(f.violation.rule), measured, reviewText(language, f.review()))
        .simplified();
}

void drawCaptions(cv::Mat& bgr, const std::vector<const Finding*>& findings,
                  const text::Language& language) {
    if (findings.empty()) {
        return;
    }
    QImage image = viewOf(bgr);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font(QStringLiteral("Noto Sans CJK SC"));
    font.setPixelSize(std::max(12, bgr.rows / 32));
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    double y = 0;
    const double height = metrics.height() * 1.3, mark = metrics.height() * 0.35;
    for (std::size_t n = 0; n < findings.size() && n < 4; ++n, y += height) {
        const Finding& f = *findings[n];
        const bool off = f.review() == Review::FalseAlarm;
        painter.fillRect(QRectF(0, y, bgr.cols, height), QColor(20, 22, 25, off ? 140 : 190));
        painter.fillRect(QRectF(0, y, mark, height),
                         off ? QColor(0x8C, 0x96, 0xA0) : severityColour(f.violation.severity));
        painter.setPen(off ? QColor(0xA3, 0xAB, 0xB3) : QColor(0xFF, 0xFF, 0xFF));
        const QRectF room(2 * mark, y, bgr.cols - 3 * mark, height);
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                         metrics.elidedText(captionOf(language, f), Qt::ElideRight, room.width()));
    }
}

}  // namespace

EvidenceVideo::EvidenceVideo(const ReportData& data, const text::Language& language,
                             const BurnIn& burnIn)
    : m_data(data), m_language(language), m_burnIn(burnIn) {
    for (const Finding& f : data.findings) {
        if (f.violation.verdict == Verdict::Violation) {
            m_violations.push_back(&f);
        }
    }
    std::stable_sort(m_violations.begin(), m_violations.end(), [](const auto* a, const auto* b) {
        return a->violation.startFrame < b->violation.startFrame;
    });
}

EvidenceVideo::~EvidenceVideo() = default;

Result<std::unique_ptr<EvidenceVideo>> EvidenceVideo::open(const ReportData& data,
                                                           const text::Language& language,
                                                           const BurnIn& burnIn) {
    if (data.videoFile.isEmpty()) {
        return fail(
            ErrorKind::BadInput,
            CVD_TR("core",
                   "There is no video to cut pictures and clips from. Name it with --video, "
                   "or put it back where the project expects it."));
    }
    std::unique_ptr<EvidenceVideo> video(new EvidenceVideo(data, language, burnIn));
    CVD_TRY_ASSIGN(video->m_reader, media::VideoReader::open(data.videoFile.toStdString()));
    return video;
}

void EvidenceVideo::burn(cv::Mat& bgr, FrameIndex frame, double timeS, const Finding* only) {
    if (m_burnIn.overlay && !m_data.videoAnnotated && m_data.tracks) {
        // The label says how long the poker has been in: looked up from where it went in.
        ImmersedClock clock;
        constexpr FrameIndex kFarthest = 4000;
        FrameIndex begin = frame;
        const auto immersedAt = [&](FrameIndex f) {
            for (const TrackPoint& p : m_data.tracks->at(f)) {
                if (p.cls == ObjectClass::Vibrator && p.immersed.value_or(false)) {
                    return true;
                }
            }
            return false;
        };
        while (begin > 0 && frame - begin < kFarthest && immersedAt(begin)) {
            --begin;
        }
        for (FrameIndex f = begin; f <= frame; ++f) {
            const auto points = m_data.tracks->at(f);
            if (!points.empty()) {
                clock.push(points, points.front().timeS);
            }
        }
        drawOverlay(bgr, m_data.tracks->at(frame), frame, timeS, &clock, m_burnIn.options);
    } else if (m_burnIn.overlay && !m_data.videoAnnotated) {
        drawOverlay(bgr, {}, frame, timeS, nullptr, m_burnIn.options);
    }
    if (!m_burnIn.caption) {
        return;
    }
    std::vector<const Finding*> now;
    if (only) {
        now.push_back(only);
    } else {
        for (const Finding* f : m_violations) {
            if (f->violation.startFrame <= frame && frame <= f->violation.endFrame) {
                now.push_back(f);
            }
        }
        // The shortest evidence is the most telling; what lasts as long as the lift comes last.
        std::stable_sort(now.begin(), now.end(), [](const Finding* a, const Finding* b) {
            return a->violation.endFrame - a->violation.startFrame <
                   b->violation.endFrame - b->violation.startFrame;
        });
    }
    drawCaptions(bgr, now, m_language);
}

Result<cv::Mat> EvidenceVideo::picture(const Finding& finding) {
    const FrameIndex wanted = pictureFrame(finding.violation);
    const FrameIndex inFile =
        std::clamp<FrameIndex>(wanted - m_data.videoFirstFrame, 0, m_reader->frameCount() - 1);
    CVD_TRY_ASSIGN(const media::Frame frame, m_reader->frame(inFile));
    cv::Mat picture = frame.bgr.clone();
    BurnIn plain = m_burnIn;
    std::swap(plain, m_burnIn);
    m_burnIn.caption = false;  // the report says it beside the picture
    burn(picture, inFile + m_data.videoFirstFrame, frame.timeS, &finding);
    std::swap(plain, m_burnIn);
    if (const auto place = placeOf(m_data, finding.violation, wanted)) {
        QImage image = viewOf(picture);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        drawRing(painter, *place, std::max(10.0, picture.cols / 45.0));
    }
    return picture;
}

std::pair<FrameIndex, FrameIndex> EvidenceVideo::clipRange(const Finding& finding) const {
    const Violation& v = finding.violation;
    const FrameIndex offset = m_data.videoFirstFrame, last = m_reader->frameCount() - 1;
    const auto inFile = [&](FrameIndex f) { return std::clamp<FrameIndex>(f - offset, 0, last); };
    const double startS = m_reader->timeS(inFile(v.startFrame));
    const double endS =
        std::min(m_reader->timeS(inFile(v.endFrame)), startS + m_burnIn.longestClipS);
    return {m_reader->frameAt(std::max(0.0, startS - m_burnIn.leadS)) + offset,
            m_reader->frameAt(endS + m_burnIn.leadS) + offset};
}

Status EvidenceVideo::writeRange(FrameIndex first, FrameIndex last, const Finding* only,
                                 const QString& file, const GoOn& goOn) {
    const FrameIndex offset = m_data.videoFirstFrame;
    const VideoInfo& info = m_reader->info();
    CVD_TRY_ASSIGN(auto writer,
                   media::VideoWriter::open(file.toStdString(), info.width, info.height, info.fps));
    CVD_TRY(m_reader->seek(first - offset));
    std::optional<double> startS;
    media::Frame frame;
    while (true) {
        CVD_TRY_ASSIGN(const bool more, m_reader->next(frame));
        const FrameIndex index = frame.index + offset;
        if (!more || index > last) {
            break;
        }
        if (!startS) {
            startS = frame.timeS;
        }
        cv::Mat picture = frame.bgr.clone();
        burn(picture, index, frame.timeS, only);
        CVD_TRY(writer->write(picture, frame.timeS - *startS));
        if (!goOn(index - first + 1, last - first + 1)) {
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
        }
    }
    return writer->finish();
}

Status EvidenceVideo::writeClip(const Finding& finding, const QString& file, const GoOn& goOn) {
    const auto [first, last] = clipRange(finding);
    return writeRange(first, last, &finding, file, goOn);
}

Status EvidenceVideo::writeWhole(const QString& file, const GoOn& goOn) {
    const FrameIndex offset = m_data.videoFirstFrame;
    const FrameIndex end = m_reader->frameCount() - 1 + offset;
    const FrameIndex last = m_data.summary.lastFrame >= m_data.summary.firstFrame
                                ? std::min(end, m_data.summary.lastFrame)
                                : end;
    return writeRange(std::max(offset, m_data.summary.firstFrame), last, nullptr, file, goOn);
}

QString evidenceName(const Finding& finding) {
    const Violation& v = finding.violation;
    return QStringLiteral("violation-%1-%2-f%3")
        .arg(v.id, 4, 10, QLatin1Char('0'))
        .arg(QString::fromStdString(v.rule))
        .arg(pictureFrame(v), 6, 10, QLatin1Char('0'));
}

}  // namespace cvd::report
