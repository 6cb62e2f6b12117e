#include "core/media/frame_index.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/log.h"

namespace cvd::media {
namespace {

// H.264 and HEVC reorder by at most 16 pictures; further away it is the clock that jumped.
constexpr std::int64_t kLargestReordering = 32;

struct Stamped {
    std::int64_t pts;
    std::int64_t order;  // among the packets that show something
};

bool plausible(std::vector<Stamped>& shown) {
    std::stable_sort(shown.begin(), shown.end(),
                     [](const Stamped& a, const Stamped& b) { return a.pts < b.pts; });
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool repeated = i > 0 && shown[i].pts == shown[i - 1].pts;
        const auto moved = std::abs(shown[i].order - static_cast<std::int64_t>(i));
        if (repeated || moved > kLargestReordering) {
            return false;
        }
    }
    return !shown.empty();
}

}  // namespace

FrameIndex FrameIndexTable::find(std::int64_t identityValue) const {
    if (identity == FrameIdentity::PacketNumber) {
        const bool inside =
            identityValue >= 0 && identityValue < static_cast<std::int64_t>(frameOfPacket.size());
        return inside ? frameOfPacket[static_cast<std::size_t>(identityValue)] : -1;
    }
    const auto at = std::lower_bound(stamps.begin(), stamps.end(), identityValue);
    return at != stamps.end() && *at == identityValue ? at - stamps.begin() : -1;
}

void FrameIndexTable::dropBefore(FrameIndex first) {
    if (first <= 0 || identity != FrameIdentity::TimeStamp) {
        return;
    }
    stamps.erase(stamps.begin(), stamps.begin() + first);
    timesS.erase(timesS.begin(), timesS.begin() + first);
    const double start = timesS.empty() ? 0 : timesS.front();
    for (auto& time : timesS) {
        time -= start;
    }
}

void FrameIndexTable::describeTiming(const AVStream& stream) {
    const double stated = av_q2d(stream.avg_frame_rate);
    if (timesS.size() < 2) {
        fps = stated > 0 && std::isfinite(stated) ? stated : 25;
        lastDurationS = 1 / fps;
        return;
    }
    std::vector<double> steps;
    steps.reserve(timesS.size() - 1);
    for (std::size_t i = 1; i < timesS.size(); ++i) {
        steps.push_back(timesS[i] - timesS[i - 1]);
    }
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    const double median = *middle;
    // Containers round to their clock, so steps of a constant rate differ by up to two ticks.
    const double tolerance = std::max(2.1 * av_q2d(stream.time_base), 0.02 * median);
    variableFrameRate = std::any_of(steps.begin(), steps.end(), [&](double step) {
        return std::abs(step - median) > tolerance;
    });
    fps = static_cast<double>(steps.size()) / (timesS.back() - timesS.front());
    if (!variableFrameRate && stated > 0 && std::abs(stated / fps - 1) < 0.005) {
        fps = stated;
    }
    lastDurationS = variableFrameRate ? median : 1 / fps;
}

bool showsNothing(const AVPacket& packet, AVCodecID codec) {
    // VP8, RFC 6386 section 9.1: bit 4 of the first byte is show_frame.
    return packet.size == 0 || (codec == AV_CODEC_ID_VP8 && (packet.data[0] & 0x10) == 0);
}

Result<PacketScan> scanPackets(Input& input, const std::function<bool()>& cancelled) {
    PacketScan scan;
    std::vector<Stamped> shown;
    bool allStamped = true;
    const AvPtr<AVPacket> packet(av_packet_alloc());
    const AVCodecID codec = input.stream->codecpar->codec_id;
    int ended = 0;
    while ((ended = av_read_frame(input.format.get(), packet.get())) >= 0) {
        const std::int64_t number = scan.packets;
        const bool ours = packet->stream_index == input.stream->index && packet->size > 0;
        if (ours) {
            if (number == 0) {
                scan.firstPts = packet->pts;
                scan.firstDts = packet->dts;
                scan.firstByte = packet->pos;
            }
            scan.dts.push_back(packet->dts);
            scan.bytes.push_back(packet->pos);
            if ((packet->flags & AV_PKT_FLAG_KEY) != 0) {
                scan.table.keys.push_back({packet->pts, packet->dts, number});
            }
            // An edit list hides pictures that are needed only to decode others.
            const bool hidden = (packet->flags & AV_PKT_FLAG_DISCARD) != 0;
            if (!hidden && !showsNothing(*packet, codec)) {
                allStamped = allStamped && packet->pts != AV_NOPTS_VALUE;
                shown.push_back({packet->pts, static_cast<std::int64_t>(shown.size())});
            }
            ++scan.packets;
        }
        av_packet_unref(packet.get());
        if (scan.packets % 256 == 0 && cancelled && cancelled()) {
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
        }
    }
    if (ended != AVERROR_EOF) {
        log(LogLevel::Info, "media", "reading packets ended early: " + avErrorText(ended));
    }
    scan.trustworthy = allStamped && plausible(shown);
    if (scan.trustworthy) {
        const double tick = av_q2d(input.stream->time_base);
        scan.table.stamps.reserve(shown.size());
        scan.table.timesS.reserve(shown.size());
        for (const auto& frame : shown) {
            scan.table.stamps.push_back(frame.pts);
            scan.table.timesS.push_back(static_cast<double>(frame.pts - shown.front().pts) * tick);
        }
    }
    return scan;
}

}  // namespace cvd::media
