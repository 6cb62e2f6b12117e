// The frame-exact player: picture with overlays, transport bar and its keys.
//
// The position that the bar shows and that frameShown() reports is always that of the picture on
// screen. Playback follows the frames' time stamps and leaves frames out rather than fall behind.
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

#include "ui/review/frame_source.h"
#include "ui/review/overlay.h"
#include "ui/review/playback_clock.h"

class QAction;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QSlider;
class QToolButton;

namespace cvd::ui {

class KeyActions;
class OverlayPanel;
class Sound;
class VideoView;

class PlayerWidget : public QWidget {
    Q_OBJECT
public:
    explicit PlayerWidget(QWidget* parent = nullptr);
    ~PlayerWidget() override;

    void openVideo(const QString& file);  // shows the first frame when it is open
    void closeVideo(const QString& message = {});
    bool isOpen() const { return m_video != nullptr; }
    QString file() const { return m_file; }  // open or being opened; empty after a failure
    std::shared_ptr<const OpenedVideo> video() const { return m_video; }
    FrameIndex frameCount() const { return m_video ? m_video->frameCount() : 0; }

    FrameIndex shownFrame() const;  // negative: no picture
    double shownTimeS() const;
    // The frame that will be on screen once all that was asked for is decoded.
    FrameIndex targetFrame() const { return m_target; }

    void seek(FrameIndex frame);  // clamped; playback goes on from there
    void seekTime(double seconds);
    void step(int frames);             // pauses
    void stepSeconds(double seconds);  // pauses
    void play(double speed);           // negative: backwards; 0 pauses
    void pause();
    void togglePlay();
    bool isPlaying() const { return m_playing; }
    double speed() const { return m_speed; }  // of the next or running playback, with its sign
    void shuttle(int direction);              // J and L: each press in the same direction faster
    void setSpeed(double magnitude);          // keeps the direction

    std::optional<FrameIndex> rangeIn() const { return m_in; }
    std::optional<FrameIndex> rangeOut() const { return m_out; }
    void setRange(std::optional<FrameIndex> in, std::optional<FrameIndex> out);
    bool isLooping() const { return m_loop; }

    // How far the jump keys go: frames, seconds, seconds.
    void setJumps(int frames, double shortS, double longS);
    void setOptions(const OverlayOptions& options);
    OverlayOptions options() const;
    VideoView* view() const { return m_view; }
    // Heard while playing forwards at normal speed; the pictures lead.
    Sound* sound() const { return m_sound; }
    FrameSource* source() const { return m_source; }
    OverlayPanel* overlayPanel() const { return m_overlayPanel; }
    KeyActions* keys() const { return m_keys; }
    void setNavigationActions(QAction* previous, QAction* next);  // buttons beside the transport
    void setSnapshotFolder(const QString& folder, const QString& baseName);
    QString snapshotFolder() const { return m_snapshotFolder; }
    void applyPalette();

    // To be called for every key release within the page, for K+J and K+L.
    void keyReleased(int key);

Q_SIGNALS:
    void opened();
    void failed(const QString& sentence, const QString& detail);
    void frameShown(cvd::FrameIndex frame, double timeS);
    void rangeChanged();
    void optionsChanged(const cvd::ui::OverlayOptions& options);
    void fullScreenRequested();
    void snapshotSaved(const QString& file);
    void snapshotFailed(const QString& sentence);
    void pictureClicked(cvd::PointPx at);

protected:
    void changeEvent(QEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeActions();
    void makeBar();
    QToolButton* addButton(QAction* action);
    void showFrame(FrameIndex frame, double timeS, const QImage& image);
    void request(FrameIndex frame);
    void scheduleNext();
    void playOn();
    FrameIndex firstPlayable() const;
    FrameIndex lastPlayable() const;
    QString positionText(double timeS, FrameIndex frame) const;
    void updateBar();
    void updateEnabled();
    void beginGoTo(bool time);
    QString rangeText() const;
    void finishGoTo();
    void saveSnapshot();
    void fitBar();
    void labelJumps();
    void makeSoundMenu(QToolButton* button);
    void showSound();
    void retranslate();

    FrameSource* m_source;
    Sound* m_sound;
    VideoView* m_view;
    KeyActions* m_keys;
    OverlayPanel* m_overlayPanel;
    QWidget* m_bar;
    QHBoxLayout* m_barLayout;
    QComboBox* m_speedBox;
    QLabel* m_position;
    QLabel* m_state;
    QLineEdit* m_goTo;
    QToolButton *m_overlayButton = nullptr, *m_more = nullptr;
    QMenu* m_moreMenu = nullptr;
    QList<QWidget*> m_givesWay;  // of the bar, the first to leave it first
    QToolButton *m_previousButton = nullptr, *m_nextButton = nullptr;
    QAction *m_playAction, *m_loopAction, *m_overlaysAction, *m_heatAction, *m_muteAction;
    QSlider* m_volume = nullptr;
    QLabel *m_volumeTitle = nullptr, *m_volumeValue = nullptr;

    std::shared_ptr<const OpenedVideo> m_video;
    FrameIndex m_target = -1;
    bool m_waiting = false;  // a request is under way
    bool m_playing = false;
    double m_speed = 1;
    PlaybackClock m_clock;
    QElapsedTimer m_wall;
    QTimer m_timer;
    std::optional<FrameIndex> m_in, m_out;
    bool m_loop = false;
    int m_jumpFrames = 10;
    double m_shortJumpS = 1, m_longJumpS = 10;
    bool m_holdK = false;
    bool m_goToTime = false;
    QString m_file;
    bool m_failed = false;  // the last one could not be opened; the picture says why
    QString m_snapshotFolder, m_snapshotName;
};

}  // namespace cvd::ui
