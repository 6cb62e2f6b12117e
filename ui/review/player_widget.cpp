#include "ui/review/player_widget.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QSaveFile>
#include <QSignalBlocker>
#include <QSlider>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidgetAction>
#include <array>
#include <cmath>

#include "core/compliance/whole_file.h"
#include "ui/review/key_actions.h"
#include "ui/review/overlay_panel.h"
#include "ui/review/review_colours.h"
#include "ui/review/review_text.h"
#include "ui/review/sound.h"
#include "ui/review/video_view.h"

namespace cvd::ui {

namespace {

constexpr std::array kSpeeds{0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0, 8.0};
constexpr double kMostShuttle = 8;
constexpr int kLeastBarPx = 400;

QString speedText(double speed) {
    return QStringLiteral("%1%2").arg(QLocale().toString(speed, 'g', 4), QChar(0x00D7));
}

}  // namespace

PlayerWidget::PlayerWidget(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("playerWidget"));
    m_source = new FrameSource(this);
    m_sound = new Sound(this);
    m_view = new VideoView(this);
    m_keys = new KeyActions(this);
    m_overlayPanel = new OverlayPanel(this);
    m_wall.start();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { playOn(); });

    makeActions();
    makeBar();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_bar);

    connect(m_source, &FrameSource::opened, this,
            [this](const std::shared_ptr<const OpenedVideo>& video) {
                m_video = video;
                m_sound->open(m_file, video->startS, video->hasSound);
                // As wide as its longest text, so that nothing moves while it counts.
                const FrameIndex last = frameCount() - 1;
                m_position->setMinimumWidth(m_position->fontMetrics().horizontalAdvance(
                                                positionText(m_video->timeS(last), last)) +
                                            8);
                updateEnabled();
                fitBar();
                Q_EMIT opened();
                request(std::max<FrameIndex>(0, m_target));
            });
    connect(m_source, &FrameSource::failed, this,
            [this](const QString& sentence, const QString& detail) {
                closeVideo(sentence);
                Q_EMIT failed(sentence, detail);
            });
    connect(m_source, &FrameSource::frameReady, this,
            [this](FrameIndex frame, double timeS, const QImage& image) {
                showFrame(frame, timeS, image);
            });
    connect(m_source, &FrameSource::frameFailed, this,
            [this](FrameIndex frame, const QString& sentence) {
                m_waiting = false;
                // Playback goes over a damaged frame. A step stays beyond it, so that the next
                // step gets on; what is shown and said is still the last good frame.
                const FrameIndex following = frame + (m_speed > 0 ? 1 : -1);
                if (m_playing && following >= firstPlayable() && following <= lastPlayable()) {
                    request(following);
                } else {
                    pause();
                }
                m_state->setText(sentence);
                m_state->setToolTip(sentence);
            });
    connect(m_sound, &Sound::changed, this, &PlayerWidget::showSound);
    connect(m_view, &VideoView::clicked, this, &PlayerWidget::pictureClicked);
    connect(m_view, &VideoView::doubleClicked, this, &PlayerWidget::fullScreenRequested);
    connect(m_overlayPanel, &OverlayPanel::optionsChanged, this,
            [this](const OverlayOptions& options) { setOptions(options); });
    retranslate();
    applyPalette();
    setOptions({});
    closeVideo();
}

PlayerWidget::~PlayerWidget() = default;

void PlayerWidget::makeActions() {
    using Keys = QList<QKeySequence>;
    m_playAction =
        m_keys->add("playAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Play or pause"),
                    Keys{Qt::Key_Space}, "media-playback-start", false, [this] { togglePlay(); });
    m_keys->add("pauseAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Pause"), Keys{Qt::Key_K},
                "media-playback-pause", false, [this] {
                    m_holdK = true;
                    pause();
                });
    m_keys->add("shuttleBackAction",
                QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Play backwards, again for faster"),
                Keys{Qt::Key_J}, "media-seek-backward", true,
                [this] { m_holdK ? step(-1) : shuttle(-1); });
    m_keys->add("shuttleForwardAction",
                QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Play, again for faster"), Keys{Qt::Key_L},
                "media-seek-forward", true, [this] { m_holdK ? step(1) : shuttle(1); });
    m_keys->add("stepBackAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "One frame back"),
                Keys{Qt::Key_Left, Qt::Key_Comma}, "go-previous", true, [this] { step(-1); });
    m_keys->add("stepForwardAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "One frame forward"),
                Keys{Qt::Key_Right, Qt::Key_Period}, "go-next", true, [this] { step(1); });
    m_keys->add("framesBackAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Frames back: %1"),
                Keys{QKeySequence(Qt::CTRL | Qt::Key_Left)}, "", true,
                [this] { step(-m_jumpFrames); });
    m_keys->add(
        "framesForwardAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Frames forward: %1"),
        Keys{QKeySequence(Qt::CTRL | Qt::Key_Right)}, "", true, [this] { step(m_jumpFrames); });
    m_keys->add("secondBackAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Short jump back: %1"),
                Keys{QKeySequence(Qt::SHIFT | Qt::Key_Left)}, "", true,
                [this] { stepSeconds(-m_shortJumpS); });
    m_keys->add("secondForwardAction",
                QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Short jump forward: %1"),
                Keys{QKeySequence(Qt::SHIFT | Qt::Key_Right)}, "", true,
                [this] { stepSeconds(m_shortJumpS); });
    m_keys->add("jumpBackAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Long jump back: %1"),
                Keys{Qt::Key_PageUp}, "", true, [this] { stepSeconds(-m_longJumpS); });
    m_keys->add("jumpForwardAction",
                QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Long jump forward: %1"),
                Keys{Qt::Key_PageDown}, "", true, [this] { stepSeconds(m_longJumpS); });
    m_keys->add("firstFrameAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "First frame"),
                Keys{Qt::Key_Home}, "go-first", false, [this] {
                    pause();
                    seek(0);
                });
    m_keys->add("lastFrameAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Last frame"),
                Keys{Qt::Key_End}, "go-last", false, [this] {
                    pause();
                    seek(frameCount() - 1);
                });
    m_keys->add("goToFrameAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Go to frame…"),
                Keys{QKeySequence(Qt::CTRL | Qt::Key_G)}, "", false, [this] { beginGoTo(false); });
    m_keys->add("goToTimeAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Go to time…"),
                Keys{QKeySequence(Qt::CTRL | Qt::Key_T)}, "", false, [this] { beginGoTo(true); });
    m_keys->add("slowerAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Slower"),
                Keys{Qt::Key_BracketLeft}, "", true, [this] {
                    const auto at =
                        std::lower_bound(kSpeeds.begin(), kSpeeds.end(), std::abs(m_speed) - 1e-9);
                    setSpeed(at == kSpeeds.begin() ? kSpeeds.front() : *std::prev(at));
                });
    m_keys->add("fasterAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Faster"),
                Keys{Qt::Key_BracketRight}, "", true, [this] {
                    const auto at =
                        std::upper_bound(kSpeeds.begin(), kSpeeds.end(), std::abs(m_speed) + 1e-9);
                    setSpeed(at == kSpeeds.end() ? kSpeeds.back() : *at);
                });
    m_keys->add("normalSpeedAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Normal speed"),
                Keys{Qt::Key_Backspace}, "", false, [this] { setSpeed(1); });
    m_keys->add("rangeInAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Range starts here"),
                Keys{Qt::Key_I}, "", false, [this] {
                    const auto out = m_out && *m_out > shownFrame() ? m_out : std::nullopt;
                    setRange(shownFrame(), out);
                });
    m_keys->add("rangeOutAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Range ends here"),
                Keys{Qt::Key_O}, "", false, [this] {
                    const auto in = m_in && *m_in < shownFrame() ? m_in : std::nullopt;
                    setRange(in, shownFrame());
                });
    m_loopAction = m_keys->addToggle(
        "loopAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Repeat the range"),
        Keys{Qt::Key_Backslash}, "media-playlist-repeat", false, [this](bool on) {
            m_loop = on;
            updateBar();
        });
    m_muteAction =
        m_keys->addToggle("muteAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Mute the sound"),
                          Keys{QKeySequence(Qt::CTRL | Qt::Key_M)}, "audio-volume-high", false,
                          [this](bool on) { m_sound->setMuted(on); });
    m_overlaysAction = m_keys->addToggle("overlaysAction",
                                         QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Show overlays"),
                                         Keys{Qt::Key_B}, "view-visible", true, [this](bool on) {
                                             auto changed = options();
                                             changed.visible = on;
                                             setOptions(changed);
                                         });
    m_heatAction = m_keys->addToggle("heatMapAction",
                                     QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Show the heat map"),
                                     Keys{Qt::Key_H}, "color-management", false, [this](bool on) {
                                         auto changed = options();
                                         changed.heat = on;
                                         changed.visible = changed.visible || on;
                                         setOptions(changed);
                                     });
    m_keys->add("fitAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Whole picture"),
                Keys{Qt::Key_0, QKeySequence(Qt::CTRL | Qt::Key_0)}, "zoom-fit-best", false,
                [this] { m_view->fit(); });
    m_keys->add("actualSizeAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Actual pixels"),
                Keys{Qt::Key_1}, "zoom-original", false, [this] { m_view->actualSize(); });
    m_keys->add("zoomInAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Zoom in"),
                Keys{QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
                "", true, [this] { m_view->zoomAt(QRectF(m_view->rect()).center(), 1.25); });
    m_keys->add("zoomOutAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Zoom out"),
                Keys{QKeySequence(Qt::CTRL | Qt::Key_Minus)}, "", true,
                [this] { m_view->zoomAt(QRectF(m_view->rect()).center(), 0.8); });
    m_keys->add("snapshotAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Save a snapshot"),
                Keys{Qt::Key_S}, "camera-photo", false, [this] { saveSnapshot(); });
    m_keys->add("fullScreenAction", QT_TRANSLATE_NOOP("cvd::ui::ReviewKeys", "Full screen"),
                Keys{Qt::Key_F, Qt::Key_F11}, "view-fullscreen", false,
                [this] { Q_EMIT fullScreenRequested(); });
}

QToolButton* PlayerWidget::addButton(QAction* action) {
    auto* button = new QToolButton(m_bar);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    QString name = action->objectName();
    name.replace(QLatin1String("Action"), QLatin1String("Button"));
    button->setObjectName(name);
    button->setIconSize(QSize(16, 16));
    m_barLayout->addWidget(button);
    return button;
}

void PlayerWidget::makeBar() {
    m_bar = new QWidget(this);
    m_bar->setObjectName(QStringLiteral("transportBar"));
    m_barLayout = new QHBoxLayout(m_bar);
    m_barLayout->setContentsMargins(8, 4, 8, 4);
    m_bar->setMinimumWidth(kLeastBarPx);  // less than all buttons need: see fitBar()
    m_barLayout->setSpacing(2);
    const auto button = [this](const char* name) {
        return addButton(m_keys->find(QString::fromLatin1(name)));
    };
    auto* first = button("firstFrameAction");
    button("stepBackAction");
    button("playAction");
    button("stepForwardAction");
    auto* last = button("lastFrameAction");
    m_barLayout->addSpacing(6);
    m_speedBox = new QComboBox(m_bar);
    m_speedBox->setObjectName(QStringLiteral("speedComboBox"));
    for (const double speed : kSpeeds) {
        m_speedBox->addItem(speedText(speed), speed);
    }
    m_speedBox->setFocusPolicy(Qt::TabFocus);
    m_barLayout->addWidget(m_speedBox);
    connect(m_speedBox, &QComboBox::activated, this,
            [this](int index) { setSpeed(m_speedBox->itemData(index).toDouble()); });
    m_barLayout->addSpacing(6);
    m_position = new QLabel(m_bar);
    m_position->setObjectName(QStringLiteral("positionLabel"));
    m_position->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_position->setFocusPolicy(Qt::NoFocus);
    m_barLayout->addWidget(m_position);
    m_goTo = new QLineEdit(m_bar);
    m_goTo->setObjectName(QStringLiteral("goToLineEdit"));
    m_goTo->setFixedWidth(150);
    m_goTo->hide();
    m_goTo->installEventFilter(this);
    m_barLayout->addWidget(m_goTo);
    connect(m_goTo, &QLineEdit::returnPressed, this, [this] { finishGoTo(); });
    m_state = new QLabel(m_bar);
    m_state->setObjectName(QStringLiteral("playerStateLabel"));
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_barLayout->addWidget(m_state, 1);
    auto* loop = button("loopAction");
    m_overlayButton = button("overlaysAction");
    m_overlayButton->setPopupMode(QToolButton::MenuButtonPopup);
    auto* menu = new QMenu(m_overlayButton);
    menu->setObjectName(QStringLiteral("overlayMenu"));
    auto* holder = new QWidgetAction(menu);
    holder->setDefaultWidget(m_overlayPanel);
    menu->addAction(holder);
    m_overlayButton->setMenu(menu);
    auto* sound = button("muteAction");
    makeSoundMenu(sound);
    auto* heat = button("heatMapAction");
    auto* fit = button("fitAction");
    auto* pixels = button("actualSizeAction");
    auto* snapshot = button("snapshotAction");
    button("fullScreenAction");
    m_more = new QToolButton(m_bar);
    m_more->setObjectName(QStringLiteral("moreButton"));
    m_more->setAutoRaise(true);
    m_more->setText(QStringLiteral("\u22EE"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_moreMenu = new QMenu(m_more);
    m_more->setMenu(m_moreMenu);
    m_barLayout->addWidget(m_more);
    m_givesWay = {pixels, fit, first, last, heat, loop, snapshot, sound};
}

void PlayerWidget::makeSoundMenu(QToolButton* button) {
    button->setPopupMode(QToolButton::MenuButtonPopup);
    auto* menu = new QMenu(button);
    auto* box = new QWidget(menu);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(12);
    m_volumeTitle = new QLabel(box);
    m_volume = new QSlider(Qt::Horizontal, box);
    m_volume->setObjectName(QStringLiteral("volumeSlider"));
    m_volume->setRange(0, 100);
    m_volume->setPageStep(10);
    m_volume->setMinimumWidth(140);
    m_volumeValue = new QLabel(box);
    m_volumeValue->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_volumeValue->setMinimumWidth(
        m_volumeValue->fontMetrics().horizontalAdvance(QStringLiteral("100 %")));
    m_volumeTitle->setBuddy(m_volume);
    row->addWidget(m_volumeTitle);
    row->addWidget(m_volume);
    row->addWidget(m_volumeValue);
    auto* holder = new QWidgetAction(menu);
    holder->setDefaultWidget(box);
    menu->addAction(holder);
    button->setMenu(menu);
    // Whoever moves it wants to hear something.
    connect(m_volume, &QSlider::valueChanged, this, [this](int percent) {
        m_sound->setVolume(percent);
        m_sound->setMuted(percent == 0);
    });
}

// Button, tooltip and slider as the sound is.
void PlayerWidget::showSound() {
    const QString why = m_sound->whyNot();
    const bool silent = m_sound->isMuted() || !why.isEmpty();
    m_muteAction->setChecked(m_sound->isMuted());
    m_muteAction->setIcon(symbolIcon(
        silent ? QStringLiteral("audio-volume-muted") : QStringLiteral("audio-volume-high"),
        palette()));
    why.isEmpty() ? KeyActions::enable(m_muteAction) : KeyActions::disable(m_muteAction, why);
    KeyActions::setDetail(m_muteAction, tr("heard when playing forwards at normal speed"));
    m_volume->setValue(m_sound->volume());
    m_volumeValue->setText(tr("%1 %").arg(m_sound->volume()));
}

// In a narrow window the buttons that are needed least move into the menu at the end of the bar,
// so that the position is never cut off. Their keys work all the same.
void PlayerWidget::fitBar() {
    for (auto* widget : m_givesWay) {
        widget->show();
    }
    m_barLayout->invalidate();
    m_moreMenu->clear();
    for (auto* widget : m_givesWay) {
        if (m_barLayout->minimumSize().width() <= width()) {
            break;
        }
        widget->hide();
        m_barLayout->invalidate();
        if (auto* button = qobject_cast<QToolButton*>(widget)) {
            m_moreMenu->addAction(button->defaultAction());
        }
    }
    if (!m_moreMenu->isEmpty()) {
        m_moreMenu->addSeparator();
    }
    for (const char* name : {"goToFrameAction", "goToTimeAction"}) {
        m_moreMenu->addAction(m_keys->find(QString::fromLatin1(name)));
    }
}

void PlayerWidget::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitBar();
}

void PlayerWidget::labelJumps() {
    const auto label = [this](const char* back, const char* forward, const QString& size) {
        m_keys->setArgument(m_keys->find(QString::fromLatin1(back)), size);
        m_keys->setArgument(m_keys->find(QString::fromLatin1(forward)), size);
    };
    const QLocale locale;
    label("secondBackAction", "secondForwardAction",
          tr("%1 s").arg(locale.toString(m_shortJumpS, 'g', 4)));
    label("framesBackAction", "framesForwardAction", QString::number(m_jumpFrames));
    label("jumpBackAction", "jumpForwardAction",
          tr("%1 s").arg(locale.toString(m_longJumpS, 'g', 4)));
}

void PlayerWidget::setNavigationActions(QAction* previous, QAction* next) {
    m_previousButton = addButton(previous);
    m_nextButton = addButton(next);
    const int after = m_barLayout->indexOf(m_speedBox);
    m_barLayout->removeWidget(m_previousButton);
    m_barLayout->removeWidget(m_nextButton);
    m_barLayout->insertWidget(after - 1, m_previousButton);
    m_barLayout->insertWidget(after, m_nextButton);
    m_barLayout->insertSpacing(after - 1, 6);
    fitBar();
}

void PlayerWidget::setJumps(int frames, double shortS, double longS) {
    m_jumpFrames = frames;
    m_shortJumpS = shortS;
    m_longJumpS = longS;
    labelJumps();
}

void PlayerWidget::openVideo(const QString& file) {
    pause();
    m_video.reset();
    m_target = -1;
    m_waiting = false;
    m_in.reset();
    m_out.reset();
    m_sound->close();
    m_view->setMessage(tr("Opening the video…"));
    m_file = file;
    m_source->open(file);
    updateEnabled();
    Q_EMIT rangeChanged();
}

void PlayerWidget::closeVideo(const QString& message) {
    pause();
    m_video.reset();
    m_target = -1;
    m_waiting = false;
    m_view->setMessage(
        message.isEmpty() ? tr("No video is open.") : message,
        message.isEmpty() ? QString() : tr("The findings can be read all the same."));
    m_file.clear();
    m_sound->close();
    m_source->close();
    updateEnabled();
}

FrameIndex PlayerWidget::shownFrame() const {
    return m_view->frame();
}

double PlayerWidget::shownTimeS() const {
    return m_view->frame() < 0 ? 0 : m_view->timeS();
}

void PlayerWidget::request(FrameIndex frame) {
    if (!m_video) {
        m_target = frame;  // shown once the video is open
        return;
    }
    m_target = m_video->clamp(frame);
    m_waiting = true;
    m_source->request(m_target);
}

void PlayerWidget::seek(FrameIndex frame) {
    request(frame);
    if (m_playing && m_video) {
        m_timer.stop();
        m_sound->stop();
        m_clock.start(m_video->timeS(m_target), m_speed, m_wall.elapsed());
    }
}

void PlayerWidget::seekTime(double seconds) {
    if (m_video) {
        seek(m_video->frameAt(seconds));
    }
}

void PlayerWidget::step(int frames) {
    pause();
    if (m_video) {
        request(m_target + frames);
    }
}

void PlayerWidget::stepSeconds(double seconds) {
    pause();
    if (m_video) {
        request(m_video->frameAt(std::max(0.0, m_video->timeS(m_target) + seconds)));
    }
}

FrameIndex PlayerWidget::firstPlayable() const {
    return m_loop && m_in ? *m_in : 0;
}

FrameIndex PlayerWidget::lastPlayable() const {
    return m_loop && m_out ? *m_out : frameCount() - 1;
}

void PlayerWidget::play(double speed) {
    if (!m_video || speed == 0) {
        pause();
        return;
    }
    m_speed = speed;
    m_playing = true;
    const FrameIndex from = m_target;
    const bool atEnd = speed > 0 ? from >= lastPlayable() : from <= firstPlayable();
    if (atEnd || (m_loop && (from < firstPlayable() || from > lastPlayable()))) {
        request(speed > 0 ? firstPlayable() : lastPlayable());
    }
    m_sound->stop();  // until the first picture is there
    m_clock.start(m_video->timeS(m_target), m_speed, m_wall.elapsed());
    if (!m_waiting) {
        scheduleNext();
    }
    updateBar();
}

void PlayerWidget::pause() {
    m_timer.stop();
    m_sound->stop();
    if (!m_playing) {
        return;
    }
    m_playing = false;
    m_speed = std::abs(m_speed);
    updateBar();
}

void PlayerWidget::togglePlay() {
    m_playing ? pause() : play(std::abs(m_speed));
}

void PlayerWidget::shuttle(int direction) {
    const bool sameWay = m_playing && (m_speed > 0) == (direction > 0);
    const double magnitude = sameWay ? std::min(kMostShuttle, std::abs(m_speed) * 2) : 1;
    play(direction * magnitude);
}

void PlayerWidget::setSpeed(double magnitude) {
    m_speed = m_speed < 0 ? -magnitude : magnitude;
    if (m_playing) {
        m_sound->stop();
        m_clock.start(m_video->timeS(m_target), m_speed, m_wall.elapsed());
        if (!m_waiting) {
            scheduleNext();
        }
    }
    updateBar();
}

void PlayerWidget::scheduleNext() {
    if (!m_playing || !m_video) {
        return;
    }
    const FrameIndex next = shownFrame() + (m_speed > 0 ? 1 : -1);
    if (next < firstPlayable() || next > lastPlayable()) {
        if (!m_loop) {
            pause();
            return;
        }
        m_timer.start(0);
        return;
    }
    m_timer.start(int(m_clock.msUntil(m_video->timeS(next), m_wall.elapsed())));
}

void PlayerWidget::playOn() {
    if (!m_playing || !m_video || m_waiting) {
        return;
    }
    const bool forward = m_speed > 0;
    const FrameIndex shown = shownFrame();
    const FrameIndex end = forward ? lastPlayable() : firstPlayable();
    if (m_loop && (forward ? shown >= end : shown <= end)) {
        request(forward ? firstPlayable() : lastPlayable());
        m_sound->stop();
        m_clock.start(m_video->timeS(m_target), m_speed, m_wall.elapsed());
        return;
    }
    // What the clock says, at least one frame on; frames in between are left out.
    FrameIndex due = m_video->frameAt(m_clock.mediaTimeS(m_wall.elapsed()));
    due = forward ? std::clamp(due, shown + 1, std::max(end, shown + 1))
                  : std::clamp(due, std::min(end, shown - 1), shown - 1);
    request(due);
}

void PlayerWidget::showFrame(FrameIndex frame, double timeS, const QImage& image) {
    // With a newer request under way this picture is shown all the same: a held key must move.
    m_waiting = frame != m_target;
    m_view->setFrame(image, frame, timeS);
    m_state->setToolTip({});
    updateBar();
    Q_EMIT frameShown(frame, timeS);
    if (m_playing && !m_waiting) {
        if (m_speed == 1) {
            m_sound->follow(m_clock.mediaTimeS(m_wall.elapsed()));
        }
        scheduleNext();
    }
}

void PlayerWidget::setRange(std::optional<FrameIndex> in, std::optional<FrameIndex> out) {
    if (!m_video) {
        return;
    }
    m_in = in;
    m_out = out;
    updateBar();
    if (m_in || m_out) {
        m_view->flash(tr("Range %1").arg(rangeText()));
    }
    Q_EMIT rangeChanged();
}

QString PlayerWidget::rangeText() const {
    const auto edge = [this](std::optional<FrameIndex> frame) {
        return frame ? timeText(m_video ? m_video->timeS(*frame) : 0) : QStringLiteral("…");
    };
    return QStringLiteral("%1 – %2").arg(edge(m_in), edge(m_out));
}

OverlayOptions PlayerWidget::options() const {
    return m_view->options();
}

void PlayerWidget::setOptions(const OverlayOptions& options) {
    m_view->setOptions(options);
    m_overlayPanel->setOptions(options);
    {
        const QSignalBlocker noOverlay(m_overlaysAction), noHeat(m_heatAction);
        m_overlaysAction->setChecked(options.visible);
        m_heatAction->setChecked(options.heat);
    }
    // The blocked signals would have told the buttons, too.
    for (auto* button : m_bar->findChildren<QToolButton*>()) {
        if (button->defaultAction() && button->defaultAction()->isCheckable()) {
            button->setChecked(button->defaultAction()->isChecked());
        }
    }
    Q_EMIT optionsChanged(options);
}

QString PlayerWidget::positionText(double timeS, FrameIndex frame) const {
    return tr("%1   f %2 / %3").arg(timeText(timeS)).arg(frame).arg(frameCount());
}

void PlayerWidget::updateBar() {
    const FrameIndex shown = shownFrame();
    m_position->setText(shown < 0 ? tr("--:--.--   f - / -") : positionText(shownTimeS(), shown));
    m_playAction->setIcon(symbolIcon(
        m_playing ? QStringLiteral("media-playback-pause") : QStringLiteral("media-playback-start"),
        palette()));
    const double magnitude = std::abs(m_speed);
    int index = -1;
    for (size_t i = 0; i < kSpeeds.size(); ++i) {
        index = std::abs(kSpeeds[i] - magnitude) < 1e-9 ? int(i) : index;
    }
    m_speedBox->setCurrentIndex(index);
    QStringList state;
    if (m_playing && m_speed < 0) {
        state << tr("backwards");
    }
    if (m_in || m_out) {
        state << QStringLiteral("[%1]").arg(rangeText());
    }
    if (shown >= 0 && !m_view->scene().tracks().empty() &&
        !m_view->scene().tracks().processed(shown)) {
        state << tr("not analysed");
    }
    m_state->setText(state.join(QStringLiteral("  ")));
}

void PlayerWidget::updateEnabled() {
    const QString why = tr("There is no video to show.");
    for (auto* action : m_keys->actions()) {
        if (m_video) {
            KeyActions::enable(action);
        } else if (action->objectName() != QLatin1String("fullScreenAction")) {
            KeyActions::disable(action, why);
        }
    }
    m_speedBox->setEnabled(m_video != nullptr);
    m_speedBox->setToolTip(m_video ? tr("Speed (slower [, faster ], normal Backspace)") : why);
    showSound();
    updateBar();
}

void PlayerWidget::beginGoTo(bool time) {
    if (!m_video) {
        return;
    }
    m_goToTime = time;
    m_goTo->clear();
    m_goTo->setPlaceholderText(
        time ? tr("Time, up to %1").arg(timeText(m_video->timeS(frameCount() - 1)))
             : tr("Frame 0 to %1").arg(frameCount() - 1));
    m_goTo->setAccessibleName(m_goTo->placeholderText());
    m_position->hide();
    m_goTo->show();
    m_goTo->setFocus(Qt::ShortcutFocusReason);
}

void PlayerWidget::finishGoTo() {
    bool isNumber = false;
    const auto frame = m_goTo->text().trimmed().toLongLong(&isNumber);
    const auto seconds = parseTime(m_goTo->text());
    if (m_goToTime ? !seconds.has_value() : !isNumber || frame < 0) {
        m_goTo->selectAll();
        m_view->flash(m_goToTime ? tr("Write a time like 1:23.40") : tr("Write a whole number"));
        return;
    }
    pause();
    m_goToTime ? seekTime(*seconds) : seek(frame);
    m_goTo->hide();
    m_position->show();
    m_view->setFocus(Qt::OtherFocusReason);
}

bool PlayerWidget::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_goTo) {
        if (event->type() == QEvent::ShortcutOverride) {
            auto* key = static_cast<QKeyEvent*>(event);
            if (keyBelongsTo(m_goTo, *key) || key->key() == Qt::Key_Escape) {
                event->accept();
                return true;
            }
        }
        const bool escape = event->type() == QEvent::KeyPress &&
                            static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
        if (escape || (event->type() == QEvent::FocusOut && m_goTo->isVisible())) {
            m_goTo->hide();
            m_position->show();
            updateBar();
            if (escape) {
                m_view->setFocus(Qt::OtherFocusReason);
                return true;
            }
        }
    }
    return QWidget::eventFilter(watched, event);
}

void PlayerWidget::setSnapshotFolder(const QString& folder, const QString& baseName) {
    m_snapshotFolder = folder;
    m_snapshotName = baseName;
}

void PlayerWidget::saveSnapshot() {
    if (shownFrame() < 0) {
        return;
    }
    QString folder = m_snapshotFolder;
    if (folder.isEmpty()) {
        folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation) +
                 QStringLiteral("/CVD-MIS");
    }
    const QString name =
        fileNameOf(m_snapshotName.isEmpty() ? QStringLiteral("snapshot") : m_snapshotName, {});
    const QString path = QStringLiteral("%1/%2_f%3.png")
                             .arg(folder, name)
                             .arg(shownFrame(), 6, 10, QLatin1Char('0'));
    QSaveFile file(path);
    if (!QDir().mkpath(folder) || !file.open(QIODevice::WriteOnly) ||
        !m_view->rendered().save(&file, "PNG") || !commitWhole(file)) {
        Q_EMIT snapshotFailed(
            tr("The snapshot cannot be written to %1: %2").arg(path, file.errorString()));
        return;
    }
    m_view->flash(tr("Saved %1").arg(QDir::toNativeSeparators(path)));
    Q_EMIT snapshotSaved(path);
}

void PlayerWidget::keyReleased(int key) {
    if (key == Qt::Key_K) {
        m_holdK = false;
    }
}

void PlayerWidget::keyReleaseEvent(QKeyEvent* event) {
    if (!event->isAutoRepeat()) {
        keyReleased(event->key());
    }
    QWidget::keyReleaseEvent(event);
}

void PlayerWidget::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        applyPalette();
    }
    QWidget::changeEvent(event);
}

void PlayerWidget::applyPalette() {
    m_keys->applyPalette(palette());
    showSound();
    updateBar();
}

void PlayerWidget::retranslate() {
    m_keys->retranslate();
    labelJumps();
    m_more->setToolTip(tr("More"));
    m_more->setAccessibleName(m_more->toolTip());
    m_view->setAccessibleName(tr("Video picture"));
    m_view->setAccessibleDescription(
        tr("Control and wheel zoom at the cursor, dragging moves the enlarged picture, a double "
           "click fills the screen."));
    m_position->setToolTip(
        tr("Time from the first frame, frame on screen counted from 0, number of frames"));
    m_position->setAccessibleName(tr("Position"));
    m_speedBox->setAccessibleName(tr("Speed"));
    m_overlayButton->setAccessibleName(tr("Overlays"));
    m_volumeTitle->setText(tr("Volume"));
    m_volume->setAccessibleName(tr("Volume"));
    showSound();
    if (!m_video) {
        if (m_file.isEmpty() && !m_failed) {
            m_view->setMessage(tr("No video is open."));
        }
        updateEnabled();
    }
    updateBar();
}

}  // namespace cvd::ui
