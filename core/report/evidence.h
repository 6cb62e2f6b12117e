// Pictures and clips of violations, cut out of the video at the exact frame, with what the program
// saw burnt in.
#pragma once

#include <functional>
#include <memory>

#include <opencv2/core.hpp>

#include "core/report/overlay.h"
#include "core/report/report_data.h"
#include "core/text/language.h"

namespace cvd::media {
class VideoReader;
}

namespace cvd::report {

struct BurnIn {
    bool overlay = true;  // boxes, points, seconds in concrete
    bool caption = true;  // rule, figures and verdict of the violations of the moment
    OverlayOptions options;
    double leadS = 2;          // before and after a clip's violation
    double longestClipS = 60;  // of a violation that lasts as long as the lift, the beginning
};

// One thread at a time. Frame numbers are those of the source video, also where result.mp4 serves.
class EvidenceVideo {
public:
    // BadInput: no video, or not readable. `data` and `language` outlive the object.
    static Result<std::unique_ptr<EvidenceVideo>> open(const ReportData& data,
                                                       const text::Language& language,
                                                       const BurnIn& burnIn);
    ~EvidenceVideo();

    // The frame of pictureFrame() with overlay and a ring at the place; BGR, full size.
    Result<cv::Mat> picture(const Finding& finding);
    // Both H.264 in MP4 (yuv420p). The file is written in place and removed when it fails.
    // `goOn` is told frames; false ends with Cancelled.
    using GoOn = std::function<bool(FrameIndex done, FrameIndex total)>;
    Status writeClip(const Finding& finding, const QString& file, const GoOn& goOn);
    Status writeWhole(const QString& file, const GoOn& goOn);
    // First and last frame of a finding's clip.
    std::pair<FrameIndex, FrameIndex> clipRange(const Finding& finding) const;

private:
    EvidenceVideo(const ReportData& data, const text::Language& language, const BurnIn& burnIn);
    void burn(cv::Mat& bgr, FrameIndex frame, double timeS, const Finding* only);
    Status writeRange(FrameIndex first, FrameIndex last, const Finding* only, const QString& file,
                      const GoOn& goOn);

    const ReportData& m_data;
    const text::Language& m_language;
    BurnIn m_burnIn;
    std::unique_ptr<media::VideoReader> m_reader;
    std::vector<const Finding*> m_violations;  // by start
};

// "violation-0012-spacing_too_large-f001275": sorts by number, says rule and frame.
QString evidenceName(const Finding& finding);

}  // namespace cvd::report
