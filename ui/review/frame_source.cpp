#include "ui/review/frame_source.h"

#include <QThread>
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>

#include "core/media/video_reader.h"
#include "core/text/text.h"

namespace cvd::ui {

namespace {
// 85 pictures of 1920x1080: a second and more backwards before anything must be decoded again.
constexpr std::size_t kSteppingBytes = 256u << 20;
constexpr FrameIndex kLongestStep = 30;
}  // namespace

FrameIndex OpenedVideo::clamp(FrameIndex frame) const {
    return std::clamp<FrameIndex>(frame, 0, std::max<FrameIndex>(0, frameCount() - 1));
}

double OpenedVideo::timeS(FrameIndex frame) const {
    return timesS.empty() ? 0 : timesS[size_t(clamp(frame))];
}

FrameIndex OpenedVideo::frameAt(double seconds) const {
    // The small term keeps a time that was computed from a frame on that frame.
    const auto after = std::upper_bound(timesS.begin(), timesS.end(), seconds + 1e-6);
    return clamp(FrameIndex(after - timesS.begin()) - 1);
}

struct FrameSource::Worker {
    FrameSource* owner = nullptr;
    std::unique_ptr<QThread> thread;

    std::mutex mutex;
    std::condition_variable wake;
    // Guarded by the mutex: what to do next.
    std::optional<QString> file;  // to open; an empty name closes
    std::optional<FrameIndex> frame;
    bool quit = false;
    // Grows with every open(): answers about an earlier video are dropped where they arrive.
    std::atomic<int> generation{0};
    std::atomic<int> decoded{0};

    std::unique_ptr<media::VideoReader> reader;  // of the worker thread
    bool stepping = true;
    // Of the worker thread, for decoding in advance.
    FrameIndex lastFrame = -1;
    int direction = 1;
    bool ahead = false;  // there may be more to decode in advance

    void run();
    void openFile(const QString& path, int forGeneration);
    void decode(FrameIndex index, int forGeneration);

    // Runs `answer` in the owner's thread unless another video was opened in the meantime.
    template <typename Answer>
    void post(int forGeneration, Answer answer) {
        QMetaObject::invokeMethod(
            owner,
            [this, forGeneration, answer = std::move(answer)] {
                if (forGeneration == generation) {
                    answer();
                }
            },
            Qt::QueuedConnection);
    }
};

void FrameSource::Worker::run() {
    while (true) {
        std::optional<QString> nextFile;
        std::optional<FrameIndex> nextFrame;
        int forGeneration = 0;
        {
            std::unique_lock lock(mutex);
            const auto asked = [this] { return quit || file || frame; };
            if (!asked() && ahead && reader) {
                // One picture at a time: a request never waits for more than that.
                lock.unlock();
                ahead = reader->prefetch(lastFrame, direction);
                continue;
            }
            wake.wait(lock, asked);
            if (quit) {
                break;
            }
            forGeneration = generation;
            if (file) {
                nextFile = std::exchange(file, std::nullopt);
            } else {
                nextFrame = std::exchange(frame, std::nullopt);
            }
        }
        if (nextFile) {
            openFile(*nextFile, forGeneration);
        } else {
            decode(*nextFrame, forGeneration);
        }
    }
    reader.reset();
}

void FrameSource::Worker::openFile(const QString& path, int forGeneration) {
    reader.reset();
    lastFrame = -1;
    direction = 1;
    ahead = false;
    if (path.isEmpty()) {
        return;
    }
    media::OpenOptions options;
    options.cacheBytes = stepping ? kSteppingBytes : 0;
    options.cancelled = [this, forGeneration] { return generation != forGeneration; };
    auto result = media::VideoReader::open(std::filesystem::path(path.toStdU16String()), options);
    if (!result) {
        const Error error = result.error();
        post(forGeneration, [this, error] {
            Q_EMIT owner->failed(text::errorText(error), QString::fromStdString(error.detail));
        });
        return;
    }
    reader = std::move(result).value();
    auto video = std::make_shared<OpenedVideo>();
    video->info = reader->info();
    video->startS = reader->startS();
    video->hasSound = reader->hasSound();
    video->timesS.resize(size_t(reader->frameCount()));
    for (size_t i = 0; i < video->timesS.size(); ++i) {
        video->timesS[i] = reader->timeS(FrameIndex(i));
    }
    post(forGeneration, [this, video] { Q_EMIT owner->opened(video); });
}

void FrameSource::Worker::decode(FrameIndex index, int forGeneration) {
    if (!reader) {
        return;
    }
    auto result = reader->frame(index);
    if (index != lastFrame) {
        // After a jump nobody knows which way it goes on.
        const FrameIndex far = std::abs(index - lastFrame);
        direction = lastFrame < 0 || far > kLongestStep ? 0 : index < lastFrame ? -1 : 1;
    }
    lastFrame = index;
    ahead = stepping;
    ++decoded;
    if (!result) {
        const Error error = result.error();
        post(forGeneration,
             [this, index, error] { Q_EMIT owner->frameFailed(index, text::errorText(error)); });
        return;
    }
    const media::Frame& frameData = *result;
    const cv::Mat& bgr = frameData.bgr;
    // 32 bits a pixel is what QPainter draws fastest; converted here, off the GUI thread.
    const QImage image =
        QImage(bgr.data, bgr.cols, bgr.rows, qsizetype(bgr.step[0]), QImage::Format_BGR888)
            .convertToFormat(QImage::Format_RGB32);
    post(forGeneration, [this, at = frameData.index, timeS = frameData.timeS, image] {
        Q_EMIT owner->frameReady(at, timeS, image);
    });
}

FrameSource::FrameSource(QObject* parent, bool stepping)
    : QObject(parent), m_worker(std::make_unique<Worker>()) {
    m_worker->owner = this;
    m_worker->stepping = stepping;
    m_worker->thread.reset(QThread::create([worker = m_worker.get()] { worker->run(); }));
    m_worker->thread->setObjectName(QStringLiteral("frame-source"));
    m_worker->thread->start();
}

FrameSource::~FrameSource() {
    {
        const std::lock_guard lock(m_worker->mutex);
        m_worker->quit = true;
        ++m_worker->generation;
    }
    m_worker->wake.notify_one();
    m_worker->thread->wait();
}

void FrameSource::open(const QString& file) {
    {
        const std::lock_guard lock(m_worker->mutex);
        m_worker->file = file;
        m_worker->frame.reset();
        ++m_worker->generation;
    }
    m_worker->wake.notify_one();
}

void FrameSource::close() {
    open(QString());
}

void FrameSource::request(FrameIndex frame) {
    {
        const std::lock_guard lock(m_worker->mutex);
        m_worker->frame = frame;
    }
    m_worker->wake.notify_one();
}

int FrameSource::decodedFrames() const {
    return m_worker->decoded;
}

}  // namespace cvd::ui
