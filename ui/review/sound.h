// The sound of a video at normal speed, in step with the pictures. The pictures lead: the player
// says where its clock is, and the sound is put right when it is off by more than a person notices.
// Decoding and playing have a thread of their own, so that a busy window does not crackle.
// Where nothing can be heard nothing happens, and whyNot() says why.
//
// GUI thread. The media library is loaded when the first video with sound is opened.
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <memory>

class QIODevice;

namespace cvd::ui {

// Where samples go (media::SoundReader's kind). Made, used and destroyed in the sound's thread.
struct SoundOutput {
    virtual ~SoundOutput() = default;
    virtual bool start(QIODevice& samples) = 0;  // reads from it until stop(); false: cannot
    virtual void stop() = 0;                     // what is waiting to be heard is dropped
    virtual void setVolume(double share) = 0;    // of the samples' size, 0..1
    virtual double delayS() const = 0;           // of what was read and is not heard yet
};

struct SoundDevice {
    std::function<bool()> isThere;                          // GUI thread
    std::function<std::unique_ptr<SoundOutput>()> connect;  // sound's thread
};

class Sound : public QObject {
    Q_OBJECT
public:
    explicit Sound(QObject* parent = nullptr);
    ~Sound() override;

    void setDevice(const SoundDevice& device);  // instead of the system's, for tests

    // `startS`, `hasSound`: as OpenedVideo has them.
    void open(const QString& file, double startS, bool hasSound);
    void close();

    // The pictures' clock stands at `timeS`: plays from there, or checks that it does.
    void follow(double timeS);
    void stop();
    bool isPlaying() const { return m_playing; }

    int volume() const { return m_volume; }  // 0..100, as loudness is felt
    bool isMuted() const { return m_muted; }
    void setVolume(int percent);
    void setMuted(bool muted);

    // Why this video cannot be heard, in the user's language; empty: it can.
    QString whyNot() const;

Q_SIGNALS:
    void changed();  // whyNot(), volume or mute

private:
    enum class State { NoVideo, NoSound, NoDevice, Broken, Ready };
    struct Worker;
    void setState(State state);
    void findDevice();
    void watchDevices();
    void sendVolume();

    std::unique_ptr<Worker> m_worker;
    SoundDevice m_device;
    State m_state = State::NoVideo;
    QString m_file;
    double m_startS = 0;
    int m_generation = 0;
    bool m_playing = false, m_muted = false;
    int m_volume = 80;
    qint64 m_checkedMs = 0;
};

}  // namespace cvd::ui
