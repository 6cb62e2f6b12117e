// The sound of a video on the pictures' clock: 0 is the moment of the first frame, whenever the
// sound itself begins, so that what is read at a frame's time is what is heard with that frame.
//
// Thread use: one thread at a time for each reader; different readers are independent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/base/result.h"

namespace cvd::media {

class SoundReader {
public:
    // What read() gives, whatever the file holds.
    static constexpr int kRate = 48000;  // samples a second of each channel
    static constexpr int kChannels = 2;  // left and right in turn, 16 bit, signed

    // `pictureStartS`: VideoReader::startS() of the same file. Fails with BadInput where the file
    // cannot be opened, has no sound or has one that cannot be decoded.
    static Result<std::unique_ptr<SoundReader>> open(const std::filesystem::path& file,
                                                     double pictureStartS);
    ~SoundReader();
    SoundReader(const SoundReader&) = delete;
    SoundReader& operator=(const SoundReader&) = delete;

    // What is read next is heard at that time, as exactly as the file's time stamps are.
    void seek(double timeS);
    double timeS() const;

    // Writes `samples` times two values. Where the file is silent (before its sound begins, in a
    // gap, where a packet is damaged) so is this; at the end less than asked for comes, then 0.
    std::size_t read(std::int16_t* out, std::size_t samples);

private:
    struct Impl;
    explicit SoundReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace cvd::media
