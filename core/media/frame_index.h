// Private to core/media: which frames a video has, in presentation order, and where to seek for
// them.
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "core/base/types.h"
#include "core/media/av_support.h"

namespace cvd::media {

// The identity of a frame is its packet's presentation time stamp. Some files have none that can be
// trusted (H.264 in AVI, raw streams, joined recordings whose clock jumps); there it is the number
// of its packet in the file, and the whole video is decoded once at open to learn the order.
enum class FrameIdentity { TimeStamp, PacketNumber };

struct KeyPacket {
    std::int64_t pts = AV_NOPTS_VALUE, dts = AV_NOPTS_VALUE;
    std::int64_t number = 0;  // of the packet, in file order
};

struct FrameIndexTable {
    FrameIdentity identity = FrameIdentity::TimeStamp;
    std::vector<std::int64_t> stamps;  // TimeStamp: pts of each frame, increasing
    std::vector<double> timesS;        // seconds from the first frame, increasing
    std::vector<KeyPacket> keys;       // in file order
    double lastDurationS = 0;          // of the last frame
    bool variableFrameRate = false;
    double fps = 0;

    // PacketNumber only.
    std::vector<FrameIndex> frameOfPacket;                        // -1: shows nothing
    std::unordered_map<std::int64_t, std::int64_t> packetAtByte;  // empty: seeking is not possible

    FrameIndex size() const { return static_cast<FrameIndex>(timesS.size()); }
    // The frame with that identity (what the decoder put into AVFrame::pts), or -1.
    FrameIndex find(std::int64_t identityValue) const;
    // Drops frames before `first` (they need a key frame that the file does not have).
    void dropBefore(FrameIndex first);
    // Fills fps, variableFrameRate and lastDurationS from the times.
    void describeTiming(const AVStream& stream);
};

// What a packet shows nothing of: empty ones and VP8's invisible reference pictures.
bool showsNothing(const AVPacket& packet, AVCodecID codec);

struct PacketScan {
    FrameIndexTable table;
    bool trustworthy = false;  // time stamps are present, unique and in a plausible order
    std::int64_t packets = 0;
    FrameIndex missingAtStart = 0;  // were dropped from the table
    std::vector<std::int64_t> dts;
    std::vector<std::int64_t> bytes;
    std::int64_t firstPts = AV_NOPTS_VALUE, firstDts = AV_NOPTS_VALUE, firstByte = -1;
};

// Reads all packets of an input that stands at its start. Cancelled is the only error: a file that
// ends early has the packets that are there.
Result<PacketScan> scanPackets(Input& input, const std::function<bool()>& cancelled);

}  // namespace cvd::media
