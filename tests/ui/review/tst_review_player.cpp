// The player against videos whose frames carry their number in the pixels: what is shown is always
// what the bar says, however the frame was reached.
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMutex>
#include <QProcess>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include "tests/ui/review/review_fixture.h"
#include "ui/review/key_actions.h"
#include "ui/review/overlay_panel.h"
#include "ui/review/player_widget.h"
#include "ui/review/review_colours.h"
#include "ui/review/sound.h"
#include "ui/review/video_view.h"

using namespace cvd;
using namespace cvd::ui;

namespace {
constexpr int kFrames = 240;

// A device that swallows what it is given and remembers it.
struct Ear : SoundOutput {
    struct Heard {
        int starts = 0, stops = 0;
        double volume = -1;
        double loudest = 0;
    };
    std::shared_ptr<std::pair<QMutex, Heard>> heard;
    bool start(QIODevice& samples) override {
        const QByteArray bytes = samples.read(48000 / 10 * 4);  // a tenth of a second
        const auto* values = reinterpret_cast<const qint16*>(bytes.constData());
        const QMutexLocker lock(&heard->first);
        for (qsizetype i = 0; i < bytes.size() / 2; ++i) {
            heard->second.loudest = std::max(heard->second.loudest, std::abs(double(values[i])));
        }
        ++heard->second.starts;
        return true;
    }
    void stop() override {
        const QMutexLocker lock(&heard->first);
        ++heard->second.stops;
    }
    void setVolume(double share) override {
        const QMutexLocker lock(&heard->first);
        heard->second.volume = share;
    }
    double delayS() const override { return 0; }
};

struct Dead : SoundOutput {
    bool start(QIODevice&) override { return false; }
    void stop() override {}
    void setVolume(double) override {}
    double delayS() const override { return 0; }
};

}  // namespace

class TestReviewPlayer : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_constant, m_variable;

    static FrameIndex saidByLabel(const PlayerWidget& player) {
        const auto* label = player.findChild<QLabel*>(QStringLiteral("positionLabel"));
        return label->text()
            .section(QStringLiteral("f "), 1)
            .section(QLatin1Char(' '), 0, 0)
            .toLongLong();
    }

    // Fails unless pixels, label and shownFrame() agree.
    static bool agrees(const PlayerWidget& player, FrameIndex expected) {
        return paintedBy(player) == expected && saidByLabel(player) == expected &&
               player.shownFrame() == expected;
    }
    static FrameIndex paintedBy(const PlayerWidget& player) {
        return test::paintedNumber(player.view()->image());
    }

    // The numbered video with B-frames and a tone.
    bool withSound(const QString& file) {
        QProcess process;
        process.start(QStringLiteral("ffmpeg"),
                      {"-nostdin", "-v",
                       "error",    "-y",
                       "-i",       m_constant,
                       "-f",       "lavfi",
                       "-i",       "sine=frequency=440:sample_rate=48000:duration=9,volume=6",
                       "-c:v",     "libx264",
                       "-bf",      "3",
                       "-g",       "60",
                       "-crf",     "14",
                       "-c:a",     "aac",
                       file});
        return process.waitForFinished(60000) && process.exitCode() == 0;
    }

    std::unique_ptr<PlayerWidget> open(const QString& file) {
        auto player = std::make_unique<PlayerWidget>();
        player->resize(800, 500);
        player->show();
        player->openVideo(file);
        if (!QTest::qWaitFor([&] { return player->shownFrame() == 0; })) {
            return nullptr;
        }
        player->activateWindow();
        player->view()->setFocus();
        return player;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_dir.isValid());
        m_constant = m_dir.filePath(QStringLiteral("constant.mp4"));
        m_variable = m_dir.filePath(QStringLiteral("variable.mp4"));
        QVERIFY(test::writeNumberedVideo(m_constant, kFrames, false));
        QVERIFY(test::writeNumberedVideo(m_variable, kFrames, true));
    }

    void numberInThePixelsIsTheNumberShown_data() {
        QTest::addColumn<bool>("variable");
        QTest::newRow("constant frame rate") << false;
        QTest::newRow("variable frame rate") << true;
    }
    void numberInThePixelsIsTheNumberShown() {
        QFETCH(bool, variable);
        auto player = open(variable ? m_variable : m_constant);
        QVERIFY(player);
        QCOMPARE(player->frameCount(), kFrames);
        QVERIFY(agrees(*player, 0));
        for (const FrameIndex f : {100, 31, 30, 29, 239, 0, 61, 238}) {
            player->seek(f);
            QTRY_VERIFY2(agrees(*player, f), qPrintable(QString::number(f)));
            QVERIFY(std::abs(player->shownTimeS() - test::frameTimeS(f, variable)) < 0.002);
        }
        player->seek(5000);
        QTRY_VERIFY(agrees(*player, kFrames - 1));
        player->step(1);
        QTRY_VERIFY(agrees(*player, kFrames - 1));
        player->seek(65);
        for (FrameIndex f = 64; f >= 55; --f) {
            player->step(-1);
            QTRY_VERIFY(agrees(*player, f));
        }
        player->seekTime(test::frameTimeS(77, variable) + 0.001);
        QTRY_VERIFY(agrees(*player, 77));
    }

    // Reordered pictures, pictures that stand alone, and HEVC; constant and variable.
    void everyCodecShowsItsNumbers_data() {
        QTest::addColumn<QString>("encoder");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<bool>("variable");
        for (const bool variable : {false, true}) {
            const QByteArray rate = variable ? ", variable" : ", constant";
            QTest::newRow("H.264 with B-frames" + rate)
                << "libx264" << QStringList{"-bf", "3", "-g", "60", "-crf", "14"} << "mp4"
                << variable;
            QTest::newRow("MJPEG" + rate)
                << "mjpeg" << QStringList{"-q:v", "3", "-pix_fmt", "yuvj420p"} << "mov" << variable;
            QTest::newRow("HEVC with B-frames" + rate)
                << "libx265" << QStringList{"-x265-params", "bframes=4:keyint=50:log-level=none"}
                << "mp4" << variable;
        }
    }
    void everyCodecShowsItsNumbers() {
        QFETCH(QString, encoder);
        QFETCH(QStringList, arguments);
        QFETCH(QString, suffix);
        QFETCH(bool, variable);
        QProcess encoders;
        encoders.start(QStringLiteral("ffmpeg"), {"-hide_banner", "-encoders"});
        if (!encoders.waitForFinished(20000) ||
            !encoders.readAllStandardOutput().contains(" " + encoder.toUtf8() + " ")) {
            QSKIP(qPrintable(QStringLiteral("SKIPPED: no ffmpeg with %1 here").arg(encoder)));
        }
        const QString file = m_dir.filePath(QStringLiteral("codec.") + suffix);
        QProcess process;
        process.start(
            QStringLiteral("ffmpeg"),
            QStringList{"-nostdin", "-v", "error", "-y", "-i", variable ? m_variable : m_constant,
                        "-fps_mode", "passthrough", "-c:v", encoder} +
                arguments + QStringList{file});
        QVERIFY(process.waitForFinished(120000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        auto player = open(file);
        QVERIFY(player);
        QCOMPARE(player->frameCount(), kFrames);
        for (const FrameIndex f : {120, 119, 121, 7, 239, 0, 61, 60, 59}) {
            player->seek(f);
            QTRY_VERIFY2(agrees(*player, f), qPrintable(QString::number(f)));
            QVERIFY(std::abs(player->shownTimeS() - test::frameTimeS(f, variable)) < 0.004);
        }
        for (FrameIndex f = 58; f >= 40; --f) {
            player->step(-1);
            QTRY_VERIFY2(agrees(*player, f), qPrintable(QString::number(f)));
        }
        for (FrameIndex f = 41; f < 70; ++f) {
            player->step(1);
            QTRY_VERIFY2(agrees(*player, f), qPrintable(QString::number(f)));
        }
    }

    void playbackShowsOnlyTrueNumbersInOrder_data() {
        QTest::addColumn<bool>("variable");
        QTest::addColumn<double>("speed");
        QTest::newRow("constant, forward") << false << 4.0;
        QTest::newRow("constant, backward") << false << -4.0;
        QTest::newRow("variable, forward") << true << 4.0;
        QTest::newRow("variable, backward") << true << -4.0;
    }
    void playbackShowsOnlyTrueNumbersInOrder() {
        QFETCH(bool, variable);
        QFETCH(double, speed);
        auto player = open(variable ? m_variable : m_constant);
        QVERIFY(player);
        player->seek(speed > 0 ? 150 : 90);
        QTRY_VERIFY(!player->isPlaying() && player->shownFrame() == (speed > 0 ? 150 : 90));
        FrameIndex before = player->shownFrame();
        int shown = 0;
        bool ordered = true, honest = true;
        connect(player.get(), &PlayerWidget::frameShown, this, [&](FrameIndex frame) {
            honest = honest && agrees(*player, frame);
            ordered = ordered && (speed > 0 ? frame > before : frame < before);
            before = frame;
            ++shown;
        });
        player->play(speed);
        QVERIFY(player->isPlaying());
        QTRY_VERIFY(!player->isPlaying());  // stops by itself at the end
        QCOMPARE(player->shownFrame(), speed > 0 ? kFrames - 1 : 0);
        QVERIFY(honest);
        QVERIFY(ordered);
        QVERIFY(shown > 5);
    }

    void soundIsHeardAtNormalSpeedOnly() {
        const QString file = m_dir.filePath(QStringLiteral("sound.mp4"));
        QVERIFY(withSound(file));
        auto heard = std::make_shared<std::pair<QMutex, Ear::Heard>>();
        const auto now = [heard] {
            const QMutexLocker lock(&heard->first);
            return heard->second;
        };
        PlayerWidget player;
        player.sound()->setDevice({[] { return true; },
                                   [heard] {
                                       auto ear = std::make_unique<Ear>();
                                       ear->heard = heard;
                                       return ear;
                                   }});
        player.resize(800, 500);
        player.show();
        player.openVideo(file);
        QTRY_VERIFY(agrees(player, 0));
        auto* mute = player.keys()->find(QStringLiteral("muteAction"));
        QVERIFY2(mute->isEnabled(), qPrintable(mute->toolTip()));
        QCOMPARE(now().starts, 0);
        player.play(1);
        QTRY_COMPARE(now().starts, 1);
        QVERIFY2(now().loudest > 5000, qPrintable(QString::number(now().loudest)));
        QVERIFY(now().volume > 0.2 && now().volume < 0.8);  // loudness is not felt evenly
        bool honest = true;
        connect(&player, &PlayerWidget::frameShown, this,
                [&](FrameIndex frame) { honest = honest && agrees(player, frame); });
        QTRY_VERIFY(player.shownFrame() > 10);
        QVERIFY(honest);
        player.pause();
        QTRY_COMPARE(now().stops, 1);
        player.play(2);
        const FrameIndex from = player.shownFrame();
        QTRY_VERIFY(player.shownFrame() > from + 10);
        player.play(-1);
        QTRY_VERIFY(player.shownFrame() < from + 5);
        QCOMPARE(now().starts, 1);
        player.pause();
        mute->trigger();
        QVERIFY(player.sound()->isMuted());
        player.play(1);
        const FrameIndex muted = player.shownFrame();
        QTRY_VERIFY(player.shownFrame() > muted + 5);
        QCOMPARE(now().starts, 1);
        mute->trigger();  // while it plays
        QTRY_COMPARE(now().starts, 2);
        auto* slider = player.findChild<QSlider*>(QStringLiteral("volumeSlider"));
        slider->setValue(0);
        QVERIFY(player.sound()->isMuted());
        QTRY_COMPARE(now().stops, 2);
        slider->setValue(100);
        QVERIFY(!player.sound()->isMuted());
        QTRY_VERIFY(now().volume > 0.99);
    }

    void whoCannotBeHeardSaysWhy_data() {
        QTest::addColumn<bool>("sound");
        QTest::addColumn<bool>("device");
        QTest::addColumn<bool>("works");
        QTest::addColumn<QString>("why");
        QTest::newRow("no sound") << false << true << true << "This video has no sound.";
        QTest::newRow("no device")
            << true << false << true << "This computer has no device that plays sound.";
        QTest::newRow("device refuses")
            << true << true << false << "The sound of this video cannot be played.";
    }
    void whoCannotBeHeardSaysWhy() {
        QFETCH(bool, sound);
        QFETCH(bool, device);
        QFETCH(bool, works);
        QFETCH(QString, why);
        const QString file = m_dir.filePath(QStringLiteral("sound.mp4"));
        QVERIFY(!sound || withSound(file));
        PlayerWidget player;
        player.sound()->setDevice(
            {[device] { return device; }, [] { return std::make_unique<Dead>(); }});
        player.openVideo(sound ? file : m_constant);
        QTRY_VERIFY(agrees(player, 0));
        auto* mute = player.keys()->find(QStringLiteral("muteAction"));
        QCOMPARE(mute->isEnabled(), !works);
        player.play(1);
        QTRY_VERIFY(player.shownFrame() > 5);  // the pictures do not care
        QTRY_VERIFY(!mute->isEnabled());
        QVERIFY2(mute->toolTip().contains(why), qPrintable(mute->toolTip()));
        QVERIFY(player.isPlaying());
    }

    // Without any device of the test's own: whatever this machine has.
    void theSystemsDeviceOrNone() {
        const QString file = m_dir.filePath(QStringLiteral("sound.mp4"));
        QVERIFY(withSound(file));
        PlayerWidget player;
        player.openVideo(file);
        QTRY_VERIFY(agrees(player, 0));
        player.play(1);
        QTRY_VERIFY(player.shownFrame() > 10);
        QVERIFY(player.isPlaying());
        const auto* mute = player.keys()->find(QStringLiteral("muteAction"));
        QVERIFY(mute->isEnabled() || !player.sound()->whyNot().isEmpty());
    }

    void manyRequestsBecomeFewDecodedFrames() {
        auto player = open(m_constant);
        QVERIFY(player);
        const int before = player->source()->decodedFrames();
        for (int i = 0; i < 200; ++i) {
            player->step(1);
        }
        QTRY_VERIFY(agrees(*player, 200));
        // Two hundred steps without returning to the event loop: the first may have begun.
        QVERIFY2(player->source()->decodedFrames() - before < 20,
                 qPrintable(QString::number(player->source()->decodedFrames() - before)));
    }

    void keysMoveAsTheTooltipsSay() {
        auto player = open(m_constant);
        QVERIFY(player);
        QVERIFY(QTest::qWaitForWindowActive(player.get()));
        auto* view = player->view();
        const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            QTest::keyClick(view, key, modifiers);
        };
        press(Qt::Key_Right);
        QTRY_VERIFY(agrees(*player, 1));
        press(Qt::Key_Period);
        QTRY_VERIFY(agrees(*player, 2));
        press(Qt::Key_Left);
        press(Qt::Key_Comma);
        QTRY_VERIFY(agrees(*player, 0));
        press(Qt::Key_Right, Qt::ShiftModifier);
        QTRY_VERIFY(agrees(*player, 25));
        press(Qt::Key_Left, Qt::ShiftModifier);
        QTRY_VERIFY(agrees(*player, 0));
        press(Qt::Key_End);
        QTRY_VERIFY(agrees(*player, kFrames - 1));
        press(Qt::Key_PageUp);
        QTRY_VERIFY(agrees(*player, 0));  // ten seconds are more than there are
        press(Qt::Key_PageDown);
        QTRY_VERIFY(agrees(*player, kFrames - 1));
        press(Qt::Key_Home);
        QTRY_VERIFY(agrees(*player, 0));
        press(Qt::Key_Space);
        QVERIFY(player->isPlaying());
        press(Qt::Key_Space);
        QVERIFY(!player->isPlaying());
        press(Qt::Key_BracketRight);
        QCOMPARE(player->speed(), 1.5);
        press(Qt::Key_BracketLeft);
        press(Qt::Key_BracketLeft);
        QCOMPARE(player->speed(), 0.75);
        press(Qt::Key_Backspace);
        QCOMPARE(player->speed(), 1.0);
        press(Qt::Key_B);
        QVERIFY(!player->options().visible);
        press(Qt::Key_B);
        press(Qt::Key_H);
        QVERIFY(player->options().heat);
    }

    void jumpsGoAsFarAsTheyAreSet() {
        auto player = open(m_constant);
        QVERIFY(player);
        QVERIFY(QTest::qWaitForWindowActive(player.get()));
        auto* view = player->view();
        QTest::keyClick(view, Qt::Key_Right, Qt::ControlModifier);
        QTRY_VERIFY(agrees(*player, 10));
        player->setJumps(7, 2, 4);
        QTest::keyClick(view, Qt::Key_Left, Qt::ControlModifier);
        QTRY_VERIFY(agrees(*player, 3));
        QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
        QTRY_VERIFY(agrees(*player, 53));
        QTest::keyClick(view, Qt::Key_PageDown);
        QTRY_VERIFY(agrees(*player, 153));
        const auto* longJump = player->findChild<QAction*>(QStringLiteral("jumpForwardAction"));
        QVERIFY2(longJump->text().contains(QLatin1Char('4')), qPrintable(longJump->text()));
    }

    void narrowBarKeepsThePositionWhole() {
        auto player = open(m_constant);
        QVERIFY(player);
        auto* label = player->findChild<QLabel*>(QStringLiteral("positionLabel"));
        auto* last = player->findChild<QWidget*>(QStringLiteral("lastFrameButton"));
        QVERIFY(last->isVisible());
        player->resize(430, 400);
        QTRY_COMPARE(player->width(), 430);
        QTRY_VERIFY(label->width() >= label->minimumSizeHint().width());
        QVERIFY(
            player->rect().contains(QRect(label->mapTo(player.get(), QPoint()), label->size())));
        QVERIFY(!last->isVisible());
        player->resize(800, 500);
        QTRY_VERIFY(last->isVisible());
    }

    void shuttleKeysGoFasterAndKStepsFrames() {
        auto player = open(m_constant);
        QVERIFY(player);
        QVERIFY(QTest::qWaitForWindowActive(player.get()));
        auto* view = player->view();
        player->seek(120);
        QTRY_VERIFY(agrees(*player, 120));
        QTest::keyClick(view, Qt::Key_L);
        QCOMPARE(player->speed(), 1.0);
        QTest::keyClick(view, Qt::Key_L);
        QCOMPARE(player->speed(), 2.0);
        QTest::keyClick(view, Qt::Key_J);
        QCOMPARE(player->speed(), -1.0);
        QTest::keyClick(view, Qt::Key_J);
        QCOMPARE(player->speed(), -2.0);
        QTest::keyClick(view, Qt::Key_K);
        QVERIFY(!player->isPlaying());
        player->seek(120);
        QTRY_VERIFY(agrees(*player, 120));
        QTest::keyPress(view, Qt::Key_K);
        QTest::keyClick(view, Qt::Key_L);
        QTRY_VERIFY(agrees(*player, 121));
        QTest::keyClick(view, Qt::Key_J);
        QTest::keyClick(view, Qt::Key_J);
        QTRY_VERIFY(agrees(*player, 119));
        QVERIFY(!player->isPlaying());
        QTest::keyRelease(view, Qt::Key_K);
        QTest::keyClick(view, Qt::Key_L);
        QVERIFY(player->isPlaying());
    }

    void rangeRepeatsBetweenItsEnds() {
        auto player = open(m_constant);
        QVERIFY(player);
        QVERIFY(QTest::qWaitForWindowActive(player.get()));
        auto* view = player->view();
        player->seek(40);
        QTRY_VERIFY(agrees(*player, 40));
        QTest::keyClick(view, Qt::Key_I);
        player->seek(50);
        QTRY_VERIFY(agrees(*player, 50));
        QTest::keyClick(view, Qt::Key_O);
        QTest::keyClick(view, Qt::Key_Backslash);
        QVERIFY(player->isLooping());
        QCOMPARE(player->rangeIn(), std::optional<FrameIndex>(40));
        QCOMPARE(player->rangeOut(), std::optional<FrameIndex>(50));
        QSignalSpy shown(player.get(), &PlayerWidget::frameShown);
        player->play(8);
        int returns = 0;
        QTRY_VERIFY(([&] {
            returns = 0;
            for (qsizetype i = 1; i < shown.size(); ++i) {
                returns += shown[i][0].toLongLong() < shown[i - 1][0].toLongLong() ? 1 : 0;
            }
            return returns >= 2;
        })());
        player->pause();
        for (const auto& call : shown) {
            QVERIFY(call[0].toLongLong() >= 40 && call[0].toLongLong() <= 50);
        }
    }

    void goToAsksForFrameAndTimeAndTypedLettersStayText() {
        auto player = open(m_constant);
        QVERIFY(player);
        QVERIFY(QTest::qWaitForWindowActive(player.get()));
        auto* edit = player->findChild<QLineEdit*>(QStringLiteral("goToLineEdit"));
        QTest::keyClick(player->view(), Qt::Key_G, Qt::ControlModifier);
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClicks(edit, QStringLiteral("sb 1"));  // S and B are keys elsewhere
        QVERIFY(player->options().visible);
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(edit->isVisible());  // no number: stays
        edit->clear();
        QTest::keyClicks(edit, QStringLiteral("123"));
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(agrees(*player, 123));
        QVERIFY(!edit->isVisible());
        QTest::keyClick(player->view(), Qt::Key_T, Qt::ControlModifier);
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClicks(edit, QStringLiteral("0:02.00"));
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(agrees(*player, 50));
        QTest::keyClick(player->view(), Qt::Key_G, Qt::ControlModifier);
        QTest::keyClick(edit, Qt::Key_Escape);
        QVERIFY(!edit->isVisible());
        QVERIFY(agrees(*player, 50));
    }

    void zoomKeepsThePointUnderTheCursorAndStaysBetweenFrames() {
        auto player = open(m_constant);
        QVERIFY(player);
        auto* view = player->view();
        QCoreApplication::processEvents();  // the layout settles
        QCOMPARE(player->width(), 800);     // the bar fits
        QVERIFY(view->isFitted());
        const QPointF cursor(view->width() * 0.3, view->height() * 0.6);
        const QPointF under = view->imageToView().inverted().map(cursor);
        QWheelEvent wheel(cursor, view->mapToGlobal(cursor.toPoint()), {}, QPoint(0, 240),
                          Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view, &wheel);
        QVERIFY(!view->isFitted());
        const QPointF after = view->imageToView().inverted().map(cursor);
        QVERIFY((after - under).manhattanLength() < 0.01);
        const QTransform kept = view->imageToView();
        player->seek(10);
        QTRY_VERIFY(agrees(*player, 10));
        QCOMPARE(view->imageToView(), kept);
        view->actualSize();
        QCOMPARE(view->zoom(), 1.0);
        view->fit();
        QVERIFY(view->isFitted());
    }

    void overlaysArePaintedWhereTheDataSays() {
        auto player = open(m_constant);
        QVERIFY(player);
        auto data = test::makeReviewData(m_constant, kFrames, 0);
        auto* view = player->view();
        view->scene().setData(data);
        auto options = player->options();
        options.labels = options.tails = options.discs = options.points = false;
        player->setOptions(options);
        const auto has = [&](const QPointF& imagePoint, const QColor& colour) {
            // The outline is two pixels wide; look around its middle.
            const QPoint at = view->imageToView().map(imagePoint).toPoint();
            const QImage screen = view->grab().toImage();
            for (int dx = -2; dx <= 2; ++dx) {
                for (int dy = -2; dy <= 2; ++dy) {
                    const QColor c = screen.pixelColor(at + QPoint(dx, dy));
                    if (std::abs(c.red() - colour.red()) < 12 &&
                        std::abs(c.green() - colour.green()) < 12 &&
                        std::abs(c.blue() - colour.blue()) < 12) {
                        return true;
                    }
                }
            }
            return false;
        };
        const QColor poker = classColour(ObjectClass::Vibrator);
        const QColor person = classColour(ObjectClass::Person);
        const QPointF pokerEdge(99.5, 130), personEdge(199.5, 130);
        QVERIFY(has(pokerEdge, poker));
        QVERIFY(!has(personEdge, person));  // score 0.2, threshold 0.3
        options.minScore[size_t(ObjectClass::Person)] = 0.1F;
        player->setOptions(options);
        QVERIFY(has(personEdge, person));
        view->zoomAt(QPointF(300, 300), 1.7);  // the outline moves with the picture
        QVERIFY(has(pokerEdge, poker));
        options.boxes = false;
        player->setOptions(options);
        QVERIFY(!has(pokerEdge, poker));
        options.points = true;
        player->setOptions(options);
        QVERIFY(has(QPointF(110, 160), poker));  // the contact point
        options.visible = false;
        player->setOptions(options);
        QVERIFY(!has(QPointF(110, 160), poker));
        // Never baked in: the picture itself carries its number and no overlay.
        QCOMPARE(paintedBy(*player), player->shownFrame());
        QVERIFY(view->image().pixelColor(100, 130) != poker);
    }

    void overlayFollowsTheCamera() {
        auto data = test::makeReviewData(m_constant, 20, 0);
        auto tracks = std::make_shared<Tracks>(*data.tracks);
        tracks->motion.assign(20, CameraMotion{});
        for (int i = 1; i < 20; ++i) {
            tracks->motion[size_t(i)].m[2] = 3;  // three pixels to the right a frame
        }
        tracks->motion[15].cut = true;
        data.tracks = tracks;
        OverlayScene scene;
        scene.setData(data);
        QCOMPARE(scene.motion(0, 4)->map(QPointF(10, 10)), QPointF(22, 10));
        QCOMPARE(scene.motion(4, 2)->map(QPointF(22, 10)), QPointF(16, 10));
        QVERIFY(!scene.motion(14, 15).has_value());
    }

    void snapshotHoldsTheOverlaysAndTheFrameInItsName() {
        auto player = open(m_constant);
        QVERIFY(player);
        QVERIFY(QTest::qWaitForWindowActive(player.get()));
        player->view()->scene().setData(test::makeReviewData(m_constant, kFrames, 0));
        player->setSnapshotFolder(m_dir.filePath(QStringLiteral("pictures")),
                                  QStringLiteral("Lift 3/W"));
        player->seek(42);
        QTRY_VERIFY(agrees(*player, 42));
        QSignalSpy saved(player.get(), &PlayerWidget::snapshotSaved);
        QTest::keyClick(player->view(), Qt::Key_S);
        QCOMPARE(saved.size(), 1);
        const QString path = saved[0][0].toString();
        QVERIFY(path.endsWith(QStringLiteral("Lift 3_W_f000042.png")));
        const QImage picture(path);
        QCOMPARE(picture.size(), QSize(320, 192));
        QVERIFY(picture.pixelColor(110, 161) != player->view()->image().pixelColor(110, 161));
    }

    void brokenAndMissingVideosSaySo() {
        PlayerWidget player;
        player.show();
        QSignalSpy failed(&player, &PlayerWidget::failed);
        player.openVideo(m_dir.filePath(QStringLiteral("nowhere.mp4")));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!failed[0][0].toString().isEmpty());
        QVERIFY(!player.isOpen());
        QCOMPARE(player.shownFrame(), -1);
        player.step(1);
        player.play(1);
        player.seek(10);
        player.togglePlay();
        QVERIFY(!player.isPlaying());
        player.openVideo(m_constant);  // recovers
        QTRY_VERIFY(agrees(player, 0));
    }

    void anotherVideoReplacesTheOneThatIsOpening() {
        PlayerWidget player;
        player.show();
        player.openVideo(m_constant);
        player.openVideo(m_variable);
        QTRY_VERIFY(agrees(player, 0));
        QVERIFY(player.video()->info.variableFrameRate);
        player.closeVideo();
        QCOMPARE(player.shownFrame(), -1);
    }
};

QTEST_MAIN(TestReviewPlayer)
#include "tst_review_player.moc"
