// Tiny real files for the tests: videos of a few frames, and the kinds that must be refused.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QtEndian>
#include <filesystem>
#include <opencv2/core.hpp>

#include "core/media/video_writer.h"

namespace cvd::test {

// `seed` changes the content, so the hash.
inline bool writeVideo(const QString& file, int seed = 1, int frames = 12, int width = 96,
                       int height = 64) {
    auto writer =
        media::VideoWriter::open(std::filesystem::path(file.toStdString()), width, height, 25.0);
    if (!writer.ok()) {
        return false;
    }
    for (int i = 0; i < frames; ++i) {
        cv::Mat frame(height, width, CV_8UC3,
                      cv::Scalar((seed * 37) % 256, 20 + 10 * (i % 20), 128));
        // Noise keeps the file large enough to be cut in the middle.
        cv::RNG random(uint64_t(seed) * 1000 + uint64_t(i) + 1);
        cv::Mat noise(height, width, CV_8UC3);
        random.fill(noise, cv::RNG::UNIFORM, 0, 60);
        frame += noise;
        if (!(*writer)->write(frame, i / 25.0).ok()) {
            return false;
        }
    }
    return (*writer)->finish().ok();
}

inline bool writeBytes(const QString& file, const QByteArray& bytes) {
    QFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size();
}

inline QByteArray readBytes(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

// A second of silence: a media file without a picture.
inline QByteArray waveFile() {
    constexpr quint32 rate = 8000;
    QByteArray wave("RIFF");
    const auto number = [&](auto value) {
        value = qToLittleEndian(value);
        wave.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    number(quint32(36 + rate));
    wave.append("WAVEfmt ");
    number(quint32(16));
    number(quint16(1));
    number(quint16(1));
    number(rate);
    number(rate);
    number(quint16(1));
    number(quint16(8));
    wave.append("data");
    number(rate);
    wave.append(QByteArray(rate, char(128)));
    return wave;
}

}  // namespace cvd::test
