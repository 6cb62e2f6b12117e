// tracks.bin: the tracks of a result as a compact binary file with an index of frames, so that two
// hours open at once. Little-endian, versioned, with a checksum; a truncated or damaged file is an
// error, never a crash. tracks.csv holds what belongs to a track, for other programs.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <QString>

#include "core/base/result.h"
#include "core/base/types.h"

namespace cvd::report {

// Positions and times as they will be read back (positions are stored in single precision). Call it
// before judging, so that judging the stored tracks again gives the same verdicts.
void roundToStored(Tracks& tracks);

Status saveTracks(const QString& file, const Tracks& tracks);  // atomic
Result<Tracks> loadTracks(const QString& file);

// Finds the points of a frame without searching: build once, O(1) a frame.
class FrameIndexedTracks {
public:
    FrameIndexedTracks() = default;
    explicit FrameIndexedTracks(Tracks tracks);
    const Tracks& tracks() const { return m_tracks; }
    std::span<const TrackPoint> at(FrameIndex frame) const;  // empty outside

private:
    Tracks m_tracks;
    std::vector<std::size_t> m_begin;  // one more than frames
};

}  // namespace cvd::report
