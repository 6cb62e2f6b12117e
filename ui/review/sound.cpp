#include "ui/review/sound.h"

#include <QAudio>
#include <QAudioDevice>
#include <QAudioFormat>
#include <QAudioSink>
#include <QDeadlineTimer>
#include <QIODevice>
#include <QMediaDevices>
#include <QThread>
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/base/log.h"
#include "core/media/sound_reader.h"

namespace cvd::ui {

namespace {

using media::SoundReader;

constexpr int kBytes = SoundReader::kChannels * 2;  // of one sample
// Later or earlier than the picture by more than this is noticed (lips: 45 to 125 ms).
constexpr double kNoticedS = 0.08;
constexpr qint64 kCheckEveryMs = 500;
constexpr double kBufferS = 0.2;

qint64 nowMs() {
    return QDeadlineTimer::current().deadline();
}

QAudioFormat format() {
    QAudioFormat f;
    f.setSampleRate(SoundReader::kRate);
    f.setChannelCount(SoundReader::kChannels);
    f.setSampleFormat(QAudioFormat::Int16);
    return f;
}

// What the output reads: decoded where it is needed, and silence after the end.
class Samples : public QIODevice {
public:
    std::unique_ptr<SoundReader> reader;

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return kBytes * SoundReader::kRate; }

protected:
    qint64 readData(char* data, qint64 most) override {
        const qint64 wanted = most / kBytes;
        std::fill(data, data + wanted * kBytes, '\0');
        if (reader) {
            reader->read(reinterpret_cast<std::int16_t*>(data), std::size_t(wanted));
        }
        return wanted * kBytes;
    }
    qint64 writeData(const char*, qint64) override { return -1; }
};

class SystemOutput : public SoundOutput {
public:
    SystemOutput() : m_sink(QMediaDevices::defaultAudioOutput(), format()) {
        m_sink.setBufferSize(qsizetype(kBufferS * SoundReader::kRate) * kBytes);
    }
    bool start(QIODevice& samples) override {
        m_sink.start(&samples);
        return m_sink.error() == QAudio::NoError;
    }
    void stop() override { m_sink.reset(); }
    void setVolume(double share) override { m_sink.setVolume(share); }
    double delayS() const override {
        return double(m_sink.bufferSize() - m_sink.bytesFree()) / kBytes / SoundReader::kRate;
    }

private:
    QAudioSink m_sink;
};

SoundDevice systemDevice() {
    // Qt 6.4 would take GStreamer first, which plays nothing on many machines.
    if (!qEnvironmentVariableIsSet("QT_MEDIA_BACKEND")) {
        qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    }
    return {[] { return !QMediaDevices::defaultAudioOutput().isNull(); },
            [] { return std::make_unique<SystemOutput>(); }};
}

}  // namespace

// Lives in the sound's thread; spoken to with queued calls only.
struct Sound::Worker : QObject {
    QThread thread;
    Samples samples;
    std::unique_ptr<SoundOutput> output;
    double volume = 1;
    bool playing = false;

    // Fails with false when the file's sound cannot be decoded.
    bool open(const QString& file, double startS) {
        stop();
        auto reader = SoundReader::open(std::filesystem::path(file.toStdU16String()), startS);
        if (!reader.ok()) {
            log(LogLevel::Info, "sound", reader.error().message() + ' ' + reader.error().detail);
            return false;
        }
        samples.reader = std::move(reader).value();
        return true;
    }
    void close() {
        stop();
        output.reset();
        samples.reader.reset();
    }
    // The pictures stood at `timeS` when it was `atMs`.
    bool follow(double timeS, qint64 atMs, const SoundDevice& device) {
        if (!samples.reader) {
            return true;
        }
        const double wantedS = timeS + double(nowMs() - atMs) / 1000;
        if (playing) {
            const double delayS = output->delayS();
            if (std::abs(samples.reader->timeS() - delayS - wantedS) > kNoticedS) {
                samples.reader->seek(wantedS + delayS);
            }
            return true;
        }
        if (!output) {
            output = device.connect();
        }
        if (!samples.isOpen()) {
            samples.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        }
        samples.reader->seek(wantedS);
        output->setVolume(volume);
        playing = output && output->start(samples);
        return playing;
    }
    void stop() {
        if (playing) {
            output->stop();
        }
        playing = false;
    }
};

Sound::Sound(QObject* parent) : QObject(parent), m_worker(std::make_unique<Worker>()) {
    m_worker->thread.setObjectName(QStringLiteral("sound"));
    m_worker->moveToThread(&m_worker->thread);
    m_worker->samples.moveToThread(&m_worker->thread);
}

Sound::~Sound() {
    if (m_worker->thread.isRunning()) {
        QMetaObject::invokeMethod(m_worker.get(), [worker = m_worker.get()] {
            worker->close();
            worker->thread.quit();
        });
        m_worker->thread.wait();
    }
}

void Sound::setDevice(const SoundDevice& device) {
    m_device = device;
}

void Sound::open(const QString& file, double startS, bool hasSound) {
    close();
    m_file = file;
    m_startS = startS;
    if (!hasSound) {
        setState(State::NoSound);
        return;
    }
    if (!m_device.isThere) {
        m_device = systemDevice();
        watchDevices();
    }
    findDevice();
}

void Sound::watchDevices() {
    auto* devices = new QMediaDevices(this);
    connect(devices, &QMediaDevices::audioOutputsChanged, this, [this] {
        if (m_state == State::NoDevice || m_state == State::Ready) {
            // Another one than before, perhaps: connected again when the next picture shows.
            stop();
            QMetaObject::invokeMethod(m_worker.get(),
                                      [worker = m_worker.get()] { worker->output.reset(); });
            findDevice();
        }
    });
}

void Sound::findDevice() {
    if (!m_device.isThere()) {
        setState(State::NoDevice);
        return;
    }
    if (!m_worker->thread.isRunning()) {
        m_worker->thread.start();
    }
    setState(State::Ready);
    sendVolume();
    QMetaObject::invokeMethod(
        m_worker.get(), [this, worker = m_worker.get(), generation = m_generation, file = m_file,
                         startS = m_startS] {
            if (!worker->open(file, startS)) {
                QMetaObject::invokeMethod(this, [this, generation] {
                    if (generation == m_generation) {
                        setState(State::Broken);
                    }
                });
            }
        });
}

void Sound::close() {
    ++m_generation;
    stop();
    if (m_worker->thread.isRunning()) {
        QMetaObject::invokeMethod(m_worker.get(), [worker = m_worker.get()] { worker->close(); });
    }
    m_file.clear();
    setState(State::NoVideo);
}

void Sound::setState(State state) {
    m_state = state;
    m_playing = m_playing && state == State::Ready;
    Q_EMIT changed();
}

void Sound::follow(double timeS) {
    const qint64 now = nowMs();
    if (m_state != State::Ready || m_muted || (m_playing && now - m_checkedMs < kCheckEveryMs)) {
        return;
    }
    m_checkedMs = now;
    m_playing = true;
    QMetaObject::invokeMethod(m_worker.get(), [this, worker = m_worker.get(), timeS, now,
                                               device = m_device, generation = m_generation] {
        if (!worker->follow(timeS, now, device)) {
            QMetaObject::invokeMethod(this, [this, generation] {
                if (generation == m_generation) {
                    setState(State::Broken);
                }
            });
        }
    });
}

void Sound::stop() {
    if (m_playing) {
        m_playing = false;
        QMetaObject::invokeMethod(m_worker.get(), [worker = m_worker.get()] { worker->stop(); });
    }
}

void Sound::setVolume(int percent) {
    const int volume = std::clamp(percent, 0, 100);
    if (volume == m_volume) {
        return;
    }
    m_volume = volume;
    sendVolume();
    Q_EMIT changed();
}

void Sound::setMuted(bool muted) {
    if (muted == m_muted) {
        return;
    }
    m_muted = muted;
    if (muted) {
        stop();
    }
    Q_EMIT changed();
}

void Sound::sendVolume() {
    const double share = QAudio::convertVolume(m_volume / 100.0, QAudio::LogarithmicVolumeScale,
                                               QAudio::LinearVolumeScale);
    QMetaObject::invokeMethod(m_worker.get(), [worker = m_worker.get(), share] {
        worker->volume = share;
        if (worker->output) {
            worker->output->setVolume(share);
        }
    });
}

QString Sound::whyNot() const {
    switch (m_state) {
        case State::NoVideo:
            return tr("There is no video to show.");
        case State::NoSound:
            return tr("This video has no sound.");
        case State::NoDevice:
            return tr("This computer has no device that plays sound.");
        case State::Broken:
            return tr("The sound of this video cannot be played.");
        case State::Ready:
            break;
    }
    return {};
}

}  // namespace cvd::ui
