#include "tests/ui/review/review_fixture.h"

#include <cmath>
#include <filesystem>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "core/media/video_writer.h"

namespace cvd::test {

namespace {

constexpr int kWidth = 320, kHeight = 192, kBits = 16, kBlock = 40;

cv::Mat numberedFrame(int index) {
    cv::Mat frame(kHeight, kWidth, CV_8UC3, cv::Scalar(96, 128, 112));
    for (int bit = 0; bit < kBits; ++bit) {
        const int value = (index >> bit) & 1 ? 235 : 20;
        const cv::Rect block((bit % 8) * kBlock, (bit / 8) * kBlock, kBlock, kBlock);
        frame(block).setTo(cv::Scalar(value, value, value));
    }
    return frame;
}

}  // namespace

double frameTimeS(FrameIndex frame, bool variable) {
    // Pairs of a short and a long frame: 20 ms and 80 ms.
    return variable ? double(frame / 2) * 0.1 + double(frame % 2) * 0.02 : double(frame) / 25.0;
}

bool writeNumberedVideo(const QString& file, int frames, bool variable) {
    media::WriterOptions options;
    options.preset = "ultrafast";
    options.crf = 12;
    options.keyframeInterval = 30;
    auto writer =
        media::VideoWriter::open(file.toStdString(), kWidth, kHeight, variable ? 20 : 25, options);
    if (!writer) {
        return false;
    }
    for (int i = 0; i < frames; ++i) {
        if (!(*writer)->write(numberedFrame(i), frameTimeS(i, variable))) {
            return false;
        }
    }
    return (*writer)->finish().ok();
}

FrameIndex paintedNumber(const QImage& frame) {
    if (frame.size() != QSize(kWidth, kHeight)) {
        return -1;
    }
    FrameIndex number = 0;
    for (int bit = 0; bit < kBits; ++bit) {
        const int grey =
            qGray(frame.pixel((bit % 8) * kBlock + kBlock / 2, (bit / 8) * kBlock + kBlock / 2));
        if (grey > 90 && grey < 160) {
            return -1;
        }
        number |= FrameIndex(grey > 128 ? 1 : 0) << bit;
    }
    return number;
}

ui::ReviewData makeReviewData(const QString& video, int frames, int violations) {
    ui::ReviewData data;
    data.title = QStringLiteral("Test pour");
    data.videoPath = video;
    data.video.width = kWidth;
    data.video.height = kHeight;
    data.video.frames = frames;
    data.video.fps = 25;
    data.video.durationS = frames / 25.0;
    data.hasResult = true;
    data.profileId = data.profileName = QStringLiteral("GB 50666");
    data.profileVersion = QStringLiteral("1.0");
    data.radiusM = 0.35;
    data.modelName = QStringLiteral("cvd-n");
    data.modelVersion = QStringLiteral("1");
    auto tracks = std::make_shared<Tracks>();
    for (int f = 0; f < frames; ++f) {
        tracks->frameTimesS.push_back(f / 25.0);
        TrackPoint p;
        p.frame = f;
        p.timeS = f / 25.0;
        p.track = TrackId{1};
        p.score = 0.9F;
        p.box = {100, 100, 20, 60};
        p.poker = PokerPoints{{110, 160}, {110, 100}, 0.9F, 0.9F, 0.9F};
        p.immersed = f % 50 < 40;
        tracks->points.push_back(p);
        TrackPoint person = p;
        person.track = TrackId{2};
        person.cls = ObjectClass::Person;
        person.score = 0.2F;
        person.box = {200, 90, 40, 90};
        person.poker.reset();
        person.immersed.reset();
        tracks->points.push_back(person);
    }
    data.tracks = tracks;
    for (int i = 0; i * 50 + 40 <= frames; ++i) {
        Insertion insertion;
        insertion.id = i + 1;
        insertion.track = TrackId{1};
        insertion.startFrame = i * 50;
        insertion.endFrame = i * 50 + 39;
        insertion.startS = insertion.startFrame / 25.0;
        insertion.endS = insertion.endFrame / 25.0;
        insertion.immersedS = insertion.endS - insertion.startS;
        insertion.stationaryS = insertion.immersedS * 0.8;
        insertion.contactPx = {110, 160};
        insertion.confidence = 0.8;
        insertion.effective = i % 4 != 3;
        data.insertions.append(insertion);
    }
    const char* rules[] = {"under_vibration", "over_vibration", "dragging"};
    for (int i = 0; i < violations; ++i) {
        ui::ReviewViolation v;
        v.id = 100 + i;
        v.finding.id = i + 1;
        v.finding.rule = rules[i % 3];
        v.finding.severity = Severity(i % 3);
        v.finding.startFrame = (FrameIndex(i) * frames) / std::max(1, violations);
        v.finding.endFrame = v.finding.startFrame + 10;
        v.finding.startS = double(v.finding.startFrame) / 25;
        v.finding.endS = double(v.finding.endFrame) / 25;
        v.finding.value = 2.1;
        v.finding.limit = 5;
        v.finding.unit = "s";
        v.finding.source = "test";
        v.finding.confidence = 0.8;
        v.finding.reason = "Stood still for %1 s, the profile asks for %2 s.";
        v.finding.reasonArgs = {"2.1", "5.0"};
        data.violations.append(v);
    }
    for (int i = 0; i < 2; ++i) {
        ui::ReviewViolation v;
        v.id = 9000 + i;
        v.finding.rule = "spacing_too_large";
        v.finding.verdict = Verdict::CannotJudge;
        v.finding.reason = "There is no calibration.";
        data.violations.append(v);
    }
    return data;
}

}  // namespace cvd::test
