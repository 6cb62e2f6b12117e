// Decodes the frames that the screen asks for, in its own thread.
//
// There is one pending request at most: a newer one replaces it, so a held arrow key never builds
// up a queue that plays on after the key is released. Every picture comes with the index and the
// time stamp that the decoder gave it; whoever shows it shows these, never what was asked for.
//
// Threading: use from the GUI thread; signals arrive there. Destruction waits for the frame that is
// being decoded, nothing more.
#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <memory>
#include <vector>

#include "core/base/types.h"

namespace cvd::ui {

// What is known of an opened video. `timesS` has one entry a frame, increasing, 0 for the first.
struct OpenedVideo {
    VideoInfo info;
    std::vector<double> timesS;
    double startS = 0;  // the first frame's own time stamp in the file
    bool hasSound = false;

    FrameIndex frameCount() const { return FrameIndex(timesS.size()); }
    FrameIndex clamp(FrameIndex frame) const;
    double timeS(FrameIndex frame) const;      // clamped; 0 for an empty video
    FrameIndex frameAt(double seconds) const;  // the frame on screen at that time, clamped
};

class FrameSource : public QObject {
    Q_OBJECT
public:
    // `stepping`: somebody will go from frame to frame, so neighbours are kept and, in idle
    // moments, decoded in advance; a long pause between key frames is not felt then.
    explicit FrameSource(QObject* parent = nullptr, bool stepping = true);
    ~FrameSource() override;

    void open(const QString& file);  // replaces what was open; answers opened() or failed()
    void close();
    void request(FrameIndex frame);  // answers frameReady() or frameFailed(), unless replaced
    int decodedFrames() const;       // requests answered since the start, for tests

Q_SIGNALS:
    void opened(std::shared_ptr<const cvd::ui::OpenedVideo> video);
    void failed(const QString& sentence, const QString& detail);
    void frameReady(cvd::FrameIndex frame, double timeS, const QImage& image);
    void frameFailed(cvd::FrameIndex frame, const QString& sentence);

private:
    struct Worker;
    std::unique_ptr<Worker> m_worker;
};

}  // namespace cvd::ui
