// The sound of real files against what was put into them: a tone that is there for the first half
// of every second, however the sound is stored and whenever it begins.
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <vector>

#include "core/media/sound_reader.h"
#include "core/media/video_reader.h"

using namespace cvd;
using namespace cvd::media;

namespace {

bool ffmpeg(const QStringList& arguments) {
    QProcess process;
    process.start("ffmpeg", QStringList{"-nostdin", "-v", "error", "-y"} + arguments);
    process.waitForFinished(60000);
    const QByteArray said = process.readAllStandardError();
    if (process.exitCode() != 0) {
        qWarning("ffmpeg: %s", said.constData());
    }
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

// How loud it is in the `seconds` from `timeS` on.
double loudness(SoundReader& reader, double timeS, double seconds) {
    std::vector<std::int16_t> values(std::size_t(seconds * SoundReader::kRate) *
                                     SoundReader::kChannels);
    reader.seek(timeS);
    const auto read = reader.read(values.data(), values.size() / SoundReader::kChannels);
    double sum = 0;
    for (std::size_t i = 0; i < read * SoundReader::kChannels; ++i) {
        sum += double(values[i]) * values[i];
    }
    return read == 0 ? -1 : std::sqrt(sum / double(read * SoundReader::kChannels));
}

}  // namespace

class TestSoundReader : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString path(const QString& name) const { return m_dir.filePath(name); }

    // A video of `seconds` with B-frames and a tone of 440 Hz in the first half of every second.
    bool write(const QString& name, int seconds, const QStringList& sound,
               const QStringList& more = {}) {
        return ffmpeg(
            QStringList{"-f", "lavfi", "-i",
                        QStringLiteral("testsrc=size=96x64:rate=25:duration=%1").arg(seconds), "-f",
                        "lavfi", "-i",
                        QStringLiteral("aevalsrc=0.5*sin(880*PI*t)*lt(mod(t\\,1)\\,0.5)"
                                       ":s=44100:d=%1")
                            .arg(seconds),
                        "-c:v", "libx264", "-bf", "3", "-pix_fmt", "yuv420p"} +
            sound + more + QStringList{path(name)});
    }

private Q_SLOTS:
    void soundsAtItsTime_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("sound");
        QTest::addColumn<double>("tolerance");  // how sharp the codec keeps an edge
        QTest::newRow("AAC in MP4") << "aac.mp4" << QStringList{"-c:a", "aac"} << 0.03;
        QTest::newRow("uncompressed in MOV")
            << "pcm.mov" << QStringList{"-c:a", "pcm_s16le"} << 0.002;
        QTest::newRow("one channel, 8 kHz")
            << "low.mkv" << QStringList{"-c:a", "pcm_s16le", "-ar", "8000", "-ac", "1"} << 0.005;
        QTest::newRow("MP2 in MPEG-TS") << "ts.ts" << QStringList{"-c:a", "mp2"} << 0.03;
    }
    void soundsAtItsTime() {
        QFETCH(QString, name);
        QFETCH(QStringList, sound);
        QFETCH(double, tolerance);
        QVERIFY(write(name, 6, sound));
        auto video = VideoReader::open(path(name).toStdString());
        QVERIFY(video.ok());
        QVERIFY((*video)->hasSound());
        auto reader = SoundReader::open(path(name).toStdString(), (*video)->startS());
        QVERIFY2(reader.ok(), reader.ok() ? "" : reader.error().message().c_str());
        for (const double second : {4.0, 1.0, 3.0, 0.0, 2.0}) {
            const double part = 0.5 - 2 * tolerance;
            QVERIFY(loudness(**reader, second + tolerance, part) > 5000);
            QVERIFY(loudness(**reader, second + 0.5 + tolerance, part) < 50);
            // The edge itself: loud before, silent after.
            QVERIFY(loudness(**reader, second + 0.5 - tolerance - 0.01, 0.01) > 5000);
        }
        // Read in one go it is as long as the file, and the same as after jumps.
        (*reader)->seek(0);
        std::vector<std::int16_t> all(std::size_t(8 * SoundReader::kRate) * 2);
        const auto total = double((*reader)->read(all.data(), all.size() / 2)) / SoundReader::kRate;
        QVERIFY2(std::abs(total - 6) < 0.1, qPrintable(QString::number(total)));
        std::vector<std::int16_t> piece(2000);
        (*reader)->seek(3.2);
        QCOMPARE((*reader)->read(piece.data(), 1000), std::size_t(1000));
        const auto at = std::ptrdiff_t(3.2 * SoundReader::kRate) * 2;
        int largest = 0;
        for (int i = 0; i < 2000; ++i) {
            largest = std::max(largest, std::abs(piece[std::size_t(i)] - all[std::size_t(at + i)]));
        }
        // A clock of whole milliseconds (MKV) moves the tone's phase.
        QVERIFY2(largest < (name.endsWith("mkv") ? 6000 : 1500),
                 qPrintable(QString::number(largest)));
        QVERIFY(std::abs((*reader)->timeS() - 3.2 - 1000.0 / SoundReader::kRate) < 1e-4);
        QCOMPARE(loudness(**reader, 100, 0.1), -1.0);
    }

    // The sound begins two seconds after the picture, and the other way round.
    void beginsLaterOrEarlierThanThePicture() {
        QVERIFY(write("plain.mkv", 6, {"-c:a", "pcm_s16le"}));
        QVERIFY(ffmpeg({"-i", path("plain.mkv"), "-itsoffset", "2", "-i", path("plain.mkv"), "-map",
                        "0:v", "-map", "1:a", "-c", "copy", path("late.mkv")}));
        QVERIFY(ffmpeg({"-i", path("plain.mkv"), "-itsoffset", "2", "-i", path("plain.mkv"), "-map",
                        "1:v", "-map", "0:a", "-c", "copy", path("early.mkv")}));
        for (const auto& [name, shift] : {std::pair{"late.mkv", 2.0}, {"early.mkv", -2.0}}) {
            auto video = VideoReader::open(path(name).toStdString());
            QVERIFY(video.ok());
            auto reader = SoundReader::open(path(name).toStdString(), (*video)->startS());
            QVERIFY(reader.ok());
            QVERIFY2(loudness(**reader, 3.01, 0.4) > 5000, name);
            QVERIFY2(loudness(**reader, 3.51, 0.4) < 50, name);
            if (shift > 0) {
                QVERIFY2(loudness(**reader, 0.1, 1.8) < 50, name);
            } else {
                QVERIFY2(loudness(**reader, 0.01, 0.4) > 5000, name);
            }
        }
    }

    void refusesWhatHasNone() {
        QVERIFY(ffmpeg(
            {"-f", "lavfi", "-i", "testsrc=size=96x64:rate=25:duration=1", path("mute.mp4")}));
        auto video = VideoReader::open(path("mute.mp4").toStdString());
        QVERIFY(video.ok());
        QVERIFY(!(*video)->hasSound());
        const auto reader = SoundReader::open(path("mute.mp4").toStdString(), 0);
        QVERIFY(!reader.ok());
        QCOMPARE(reader.error().kind, ErrorKind::BadInput);
        QVERIFY(!SoundReader::open(path("nothing.mp4").toStdString(), 0).ok());
    }

    // A file that is cut off or damaged gives what there is of it.
    void survivesDamage() {
        QVERIFY(write("whole.ts", 6, {"-c:a", "aac"}));
        QFile in(path("whole.ts"));
        QVERIFY(in.open(QIODevice::ReadOnly));
        QByteArray bytes = in.readAll();
        for (qsizetype i = bytes.size() / 3; i < bytes.size() / 2; i += 97) {
            bytes[i] = char(i * 31);
        }
        QFile out(path("damaged.ts"));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes.left(bytes.size() * 9 / 10));
        out.close();
        auto reader = SoundReader::open(path("damaged.ts").toStdString(), 0);
        QVERIFY(reader.ok());
        std::vector<std::int16_t> some(9600);
        for (const double at : {0.0, 2.5, 5.0, 60.0, 1.0}) {
            (*reader)->seek(at);
            int rounds = 0;
            while ((*reader)->read(some.data(), some.size() / 2) > 0) {
                QVERIFY(++rounds < 1000);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSoundReader)
#include "tst_sound_reader.moc"
