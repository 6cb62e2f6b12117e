#include "core/media/video_reader.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/base/log.h"
#include "core/media/decode_run.h"
#include "core/media/frame_cache.h"
#include "core/media/frame_converter.h"

namespace cvd::media {
namespace {

constexpr int kLargestSide = 16384;
// So many frames are decoded at open to see that the index and the decoder agree.
constexpr FrameIndex kCheckedFrames = 12;
// So many frames before a wanted one are decoded whole, for the steps back that may follow.
constexpr FrameIndex kWholeBefore = 12;

Error cancelledError() {
    return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
}

Error noFrames(const std::filesystem::path& file) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "The video %1 has no frame that can be decoded. Copy it again."),
                {shown(file)});
}

Status checkSize(const std::filesystem::path& file, int width, int height) {
    if (width > kLargestSide || height > kLargestSide) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "The picture of %1 is %2 x %3 pixels; at most %4 a side can be "
                           "read. Scale the video down first."),
                    {shown(file), std::to_string(width), std::to_string(height),
                     std::to_string(kLargestSide)});
    }
    return {};
}

// Decodes everything once to learn which packets show a picture and in which order.
Status indexByDecoding(DecodeRun& run, PacketScan& scan, const std::function<bool()>& cancelled) {
    log(LogLevel::Info, "media", "the time stamps cannot be trusted; indexing by decoding");
    run.setTable(nullptr);
    CVD_TRY(run.restart(scan));
    run.decoder().skip_loop_filter = AVDISCARD_ALL;  // looks do not matter here
    FrameIndexTable& table = scan.table;
    table.identity = FrameIdentity::PacketNumber;
    table.stamps.clear();
    table.frameOfPacket.assign(static_cast<std::size_t>(scan.packets), -1);
    FrameIndex count = 0;
    std::vector<std::int64_t> clock;
    while (const AVFrame* frame = run.step()) {
        if (frame->pts < 0 || frame->pts >= scan.packets) {
            continue;
        }
        FrameIndex& place = table.frameOfPacket[static_cast<std::size_t>(frame->pts)];
        if (place < 0) {
            place = count++;
            clock.push_back(scan.dts[static_cast<std::size_t>(frame->pts)]);
        }
        if (count % 64 == 0 && cancelled && cancelled()) {
            return cancelledError();
        }
    }
    run.decoder().skip_loop_filter = AVDISCARD_DEFAULT;

    // Decoding times, put in order, are the presentation times but for a constant.
    std::sort(clock.begin(), clock.end());
    const bool clockUsable = !clock.empty() && clock.front() != AV_NOPTS_VALUE &&
                             std::adjacent_find(clock.begin(), clock.end()) == clock.end();
    const AVStream& stream = *run.input().stream;
    double rate = av_q2d(stream.avg_frame_rate);
    if (!(rate > 0 && rate < 1000)) {
        rate = 25;
    }
    table.timesS.clear();
    for (std::size_t i = 0; i < clock.size(); ++i) {
        table.timesS.push_back(clockUsable ? static_cast<double>(clock[i] - clock[0]) *
                                                 av_q2d(stream.time_base)
                                           : static_cast<double>(i) / rate);
    }
    std::set<std::int64_t> places(scan.bytes.begin(), scan.bytes.end());
    if (places.size() == scan.bytes.size() && *places.begin() >= 0) {
        for (std::size_t i = 0; i < scan.bytes.size(); ++i) {
            table.packetAtByte[scan.bytes[i]] = static_cast<std::int64_t>(i);
        }
    }
    return {};
}

// Decodes the first frames. True when they come out as the index says, but for damaged ones, which
// keep their place. Where a file begins without a key frame, the frames before the first one that
// does come out need one that the file does not have, and are dropped.
Result<bool> headAgrees(DecodeRun& run, PacketScan& scan) {
    run.setTable(&scan.table);
    CVD_TRY(run.restart(scan));
    FrameIndex expected = -1;
    FrameIndex first = 0;
    const FrameIndex wanted = std::min(kCheckedFrames, scan.table.size());
    for (FrameIndex i = 0; i < wanted; ++i) {
        const AVFrame* frame = run.step();
        if (frame == nullptr) {
            return expected == scan.table.size() && expected > 0 ? Result<bool>(true) : false;
        }
        const FrameIndex index = scan.table.find(frame->pts);
        const bool damageBefore = run.failures() > 0 && index > expected;
        if (index < 0 || (expected >= 0 && index != expected && !damageBefore)) {
            return false;
        }
        first = expected < 0 ? index : first;
        expected = index + 1;
    }
    const bool beginsWithKey = !scan.table.keys.empty() && scan.table.keys.front().number == 0;
    if (!beginsWithKey) {
        scan.table.dropBefore(first);
        scan.missingAtStart = first;
    }
    return true;
}

}  // namespace

struct VideoReader::Impl {
    std::filesystem::path file;
    VideoInfo info;
    PacketScan scan;
    std::unique_ptr<DecodeRun> run;
    std::optional<FrameConverter> converter;
    FrameCache cache;
    std::vector<FrameIndex> damaged;

    FrameIndex nextIndex = 0;       // what next() returns
    const AVFrame* held = nullptr;  // what the decoder gave last
    FrameIndex heldIndex = -1;
    bool running = false;  // the decoder goes on after heldIndex
    bool ended = false;

    struct Fill {  // pictures that are being decoded in advance: those before `until`
        FrameIndex until = 0;
    };
    std::optional<Fill> fill;

    explicit Impl(std::size_t cacheBytes) : cache(cacheBytes) {}

    Status openAt(const OpenOptions& options);
    Status describe();
    bool isDamaged(FrameIndex i) const {
        return std::binary_search(damaged.begin(), damaged.end(), i);
    }
    void markDamaged(FrameIndex from, FrameIndex to);
    Error damagedError(FrameIndex i) const;
    void leaveOutOnTheWayTo(FrameIndex target);
    bool advance();
    bool runTo(FrameIndex target);
    bool keyBetween(FrameIndex after, FrameIndex upTo) const;
    Result<const AVFrame*> fetch(FrameIndex target);
    Result<const AVFrame*> fetchBySeeking(FrameIndex target);
    std::vector<std::int64_t> landingStamps(FrameIndex target) const;
    bool prefetch(FrameIndex around, int direction);
    bool beginFill(FrameIndex around);
};

void VideoReader::Impl::markDamaged(FrameIndex from, FrameIndex to) {
    for (FrameIndex i = from; i < to; ++i) {
        const auto at = std::lower_bound(damaged.begin(), damaged.end(), i);
        if (at == damaged.end() || *at != i) {
            damaged.insert(at, i);
        }
    }
}

Error VideoReader::Impl::damagedError(FrameIndex i) const {
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "Frame %1 of %2 is damaged and cannot be decoded."),
                {std::to_string(i), shown(file)});
}

void VideoReader::Impl::leaveOutOnTheWayTo(FrameIndex target) {
    const auto& table = scan.table;
    const FrameIndex whole = target - kWholeBefore;
    run->leaveOutBefore(table.identity == FrameIdentity::TimeStamp && whole > 0
                            ? table.stamps[static_cast<std::size_t>(whole)]
                            : AV_NOPTS_VALUE);
}

// One picture further; false at the end.
bool VideoReader::Impl::advance() {
    for (;;) {
        held = run->step();
        if (held == nullptr) {
            ended = true;
            running = false;
            return false;
        }
        const FrameIndex index = scan.table.find(held->pts);
        // Unknown stamps are pictures that an edit list hides; a step back is a decoder's repeat.
        if (index >= 0 && index > heldIndex) {
            heldIndex = index;
            cache.put(index, *held);
            return true;
        }
    }
}

// Decodes on until heldIndex >= target; true when it is the target.
bool VideoReader::Impl::runTo(FrameIndex target) {
    while (heldIndex < target) {
        if (!advance()) {
            return false;
        }
    }
    return heldIndex == target;
}

bool VideoReader::Impl::keyBetween(FrameIndex after, FrameIndex upTo) const {
    for (auto key = scan.table.keys.rbegin(); key != scan.table.keys.rend(); ++key) {
        const FrameIndex at = scan.table.find(
            scan.table.identity == FrameIdentity::TimeStamp ? key->pts : key->number);
        if (at > after && at <= upTo) {
            return true;
        }
        if (at >= 0 && at <= after) {
            return false;
        }
    }
    return false;
}

// Where to seek for a frame, best first.
std::vector<std::int64_t> VideoReader::Impl::landingStamps(FrameIndex target) const {
    const auto& table = scan.table;
    std::ptrdiff_t key = static_cast<std::ptrdiff_t>(table.keys.size()) - 1;
    const auto after = [&](const KeyPacket& packet) {
        if (table.identity == FrameIdentity::TimeStamp) {
            return packet.pts == AV_NOPTS_VALUE ||
                   packet.pts > table.stamps[static_cast<std::size_t>(target)];
        }
        const FrameIndex at = table.find(packet.number);
        return at < 0 || at > target;
    };
    while (key >= 0 && after(table.keys[static_cast<std::size_t>(key)])) {
        --key;
    }
    std::vector<std::int64_t> stamps;
    const auto add = [&](std::ptrdiff_t which, bool presentation) {
        if (which > 0) {  // the first key frame is reached by starting again
            const auto& packet = table.keys[static_cast<std::size_t>(which)];
            const std::int64_t stamp = presentation ? packet.pts : packet.dts;
            if (stamp != AV_NOPTS_VALUE &&
                std::find(stamps.begin(), stamps.end(), stamp) == stamps.end()) {
                stamps.push_back(stamp);
            }
        }
    };
    add(key, true);
    add(key, false);
    add(key - 1, false);
    add(key - 4, false);
    return stamps;
}

Result<const AVFrame*> VideoReader::Impl::fetchBySeeking(FrameIndex target) {
    int agreeing = 0;  // landings before the target from which it did not come out
    for (const std::int64_t stamp : landingStamps(target)) {
        if (!run->jump(stamp)) {
            continue;
        }
        heldIndex = -1;
        running = true;
        ended = false;
        const bool landedBefore = advance() && heldIndex <= target;
        if (!landedBefore) {
            continue;
        }
        if (runTo(target)) {
            return held;
        }
        if (++agreeing == 2) {
            markDamaged(target, target + 1);
            return damagedError(target);
        }
    }
    CVD_TRY(run->restart(scan));
    heldIndex = -1;
    running = true;
    ended = false;
    if (runTo(target)) {
        return held;
    }
    markDamaged(target, target + 1);
    return damagedError(target);
}

// Looks for a stretch before `around` that is worth decoding in advance, and goes to its start.
bool VideoReader::Impl::beginFill(FrameIndex around) {
    const FrameIndex room = cache.capacity() * 2 / 3;
    FrameIndex lowest = around;
    while (lowest > 0 && around - lowest < room &&
           (cache.has(lowest - 1) || isDamaged(lowest - 1))) {
        --lowest;
    }
    // Half of it left is early enough, and saves decoding the same group of pictures again.
    if (lowest == 0 || room < 2 || around - lowest > room / 2) {
        return false;
    }
    const FrameIndex from = std::max<FrameIndex>(0, around - room);
    run->leaveOutBefore(AV_NOPTS_VALUE);
    if (!running || heldIndex >= from || keyBetween(heldIndex, from)) {
        const auto stamps = landingStamps(from);
        heldIndex = -1;
        ended = false;
        running = true;
        if (stamps.empty() || !run->jump(stamps.front())) {
            if (!run->restart(scan).ok()) {
                running = false;
                return false;
            }
        }
        if (!advance() || heldIndex > lowest) {
            return false;  // landed elsewhere; asking for the frame itself finds a way
        }
    }
    fill = Fill{lowest};
    return true;
}

bool VideoReader::Impl::prefetch(FrameIndex around, int direction) {
    constexpr FrameIndex kAhead = 4;
    if (direction == 0 && !fill && prefetch(around, 1)) {
        return true;
    }
    if (direction <= 0) {
        if (!fill && !beginFill(around)) {
            return false;
        }
        if (!running || heldIndex + 1 >= fill->until || !advance() ||
            heldIndex + 1 >= fill->until) {
            fill.reset();
        }
        return true;
    }
    fill.reset();
    const FrameIndex last =
        std::min(around + std::min(kAhead, cache.capacity() / 4), scan.table.size() - 1);
    FrameIndex wanted = around;
    while (wanted <= last && (cache.has(wanted) || isDamaged(wanted))) {
        ++wanted;
    }
    if (wanted > last || !running || heldIndex >= wanted || wanted - heldIndex > cache.capacity()) {
        return false;  // all there, or the decoder is elsewhere: asking for the frame moves it
    }
    return advance();
}

Result<const AVFrame*> VideoReader::Impl::fetch(FrameIndex target) {
    cache.setCentre(target);
    if (isDamaged(target)) {
        return damagedError(target);
    }
    if (held != nullptr && heldIndex == target) {
        return held;
    }
    if (const AVFrame* cached = cache.get(target)) {
        return cached;
    }
    fill.reset();
    leaveOutOnTheWayTo(target);
    const bool ahead = running && heldIndex < target;
    if (!ahead || (target > heldIndex + 1 && keyBetween(heldIndex, target))) {
        return fetchBySeeking(target);
    }
    const FrameIndex before = heldIndex;
    if (runTo(target)) {
        return held;
    }
    // Decoding went on from a good frame and did not show these.
    markDamaged(std::max(before + 1, target), ended ? target + 1 : heldIndex);
    return damagedError(target);
}

Status VideoReader::Impl::openAt(const OpenOptions& options) {
    CVD_TRY_ASSIGN(run, DecodeRun::open(file, options.decodeThreads));
    const AVCodecParameters& stored = *run->input().stream->codecpar;
    CVD_TRY(checkSize(file, stored.width, stored.height));
    CVD_TRY_ASSIGN(scan, scanPackets(run->input(), options.cancelled));
    if (scan.packets == 0) {
        return noFrames(file);
    }
    bool agrees = scan.trustworthy;
    if (agrees) {
        CVD_TRY_ASSIGN(agrees, headAgrees(*run, scan));
    }
    if (!agrees) {
        CVD_TRY(indexByDecoding(*run, scan, options.cancelled));
    }
    scan.dts = {};
    scan.bytes = {};
    if (scan.table.size() == 0) {
        return noFrames(file);
    }
    run->setTable(&scan.table);
    return describe();
}

// Decodes the first frame for the true size, and fills in `info`.
Status VideoReader::Impl::describe() {
    CVD_TRY(run->restart(scan));
    running = true;
    if (!advance()) {
        return noFrames(file);
    }
    CVD_TRY(checkSize(file, held->width, held->height));
    const AVStream& stream = *run->input().stream;
    const Orientation orientation = orientationOf(stream);
    converter.emplace(held->width, held->height, orientation);
    scan.table.describeTiming(stream);
    info.file = file.filename().string();
    info.width = orientation.transpose ? held->height : held->width;
    info.height = orientation.transpose ? held->width : held->height;
    info.frames = scan.table.size();
    info.fps = scan.table.fps;
    info.durationS = scan.table.timesS.back() + scan.table.lastDurationS;
    info.variableFrameRate = scan.table.variableFrameRate;
    info.codec = avcodec_get_name(stream.codecpar->codec_id);
    return {};
}

VideoReader::VideoReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
VideoReader::~VideoReader() = default;

Result<std::unique_ptr<VideoReader>> VideoReader::open(const std::filesystem::path& file,
                                                       const OpenOptions& options) {
    auto impl = std::make_unique<Impl>(options.cacheBytes);
    impl->file = file;
    CVD_TRY(impl->openAt(options));
    return std::unique_ptr<VideoReader>(new VideoReader(std::move(impl)));
}

const VideoInfo& VideoReader::info() const {
    return m_impl->info;
}
FrameIndex VideoReader::frameCount() const {
    return m_impl->info.frames;
}

double VideoReader::startS() const {
    const AVStream& stream = *m_impl->run->input().stream;
    const auto& table = m_impl->scan.table;
    const std::int64_t stamp =
        table.identity == FrameIdentity::TimeStamp ? table.stamps.front() : stream.start_time;
    return stamp == AV_NOPTS_VALUE ? 0 : static_cast<double>(stamp) * av_q2d(stream.time_base);
}

bool VideoReader::hasSound() const {
    const AVFormatContext& format = *m_impl->run->input().format;
    return std::any_of(format.streams, format.streams + format.nb_streams, [](const AVStream* s) {
        return s->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
    });
}

double VideoReader::timeS(FrameIndex i) const {
    const auto last = m_impl->scan.table.size() - 1;
    return m_impl->scan.table.timesS[static_cast<std::size_t>(std::clamp<FrameIndex>(i, 0, last))];
}

FrameIndex VideoReader::frameAt(double timeS) const {
    const auto& times = m_impl->scan.table.timesS;
    const auto after = std::upper_bound(times.begin(), times.end(), timeS + 1e-9);
    return std::max<FrameIndex>(0, after - times.begin() - 1);
}

Result<bool> VideoReader::next(Frame& out) {
    Impl& impl = *m_impl;
    for (; impl.nextIndex < frameCount(); ++impl.nextIndex) {
        const auto frame = impl.fetch(impl.nextIndex);
        if (!frame.ok()) {
            if (!impl.isDamaged(impl.nextIndex)) {
                return frame.error();
            }
            continue;
        }
        CVD_TRY(impl.converter->convert(**frame, out.bgr));
        out.index = impl.nextIndex;
        out.timeS = timeS(out.index);
        ++impl.nextIndex;
        return true;
    }
    return false;
}

Status VideoReader::seek(FrameIndex i) {
    if (i < 0 || i >= frameCount()) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "Frame %1 is outside the video, which has %2 frames."),
                    {std::to_string(i), std::to_string(frameCount())});
    }
    m_impl->nextIndex = i;
    return {};
}

Result<Frame> VideoReader::frame(FrameIndex i) {
    CVD_TRY(seek(i));
    CVD_TRY_ASSIGN(const AVFrame* picture, m_impl->fetch(i));
    Frame out;
    CVD_TRY(m_impl->converter->convert(*picture, out.bgr));
    out.index = i;
    out.timeS = timeS(i);
    m_impl->nextIndex = i + 1;
    return out;
}

bool VideoReader::prefetch(FrameIndex around, int direction) {
    return around >= 0 && around < frameCount() && m_impl->prefetch(around, direction);
}

bool VideoReader::isCached(FrameIndex i) const {
    return m_impl->cache.has(i);
}

FrameIndex VideoReader::missingAtStart() const {
    return m_impl->scan.missingAtStart;
}

const std::vector<FrameIndex>& VideoReader::damagedFrames() const {
    return m_impl->damaged;
}

Result<VideoInfo> probe(const std::filesystem::path& file, const std::function<bool()>& cancelled) {
    OpenOptions options;
    options.cacheBytes = 0;
    options.cancelled = cancelled;
    CVD_TRY_ASSIGN(auto reader, VideoReader::open(file, options));
    return reader->info();
}

}  // namespace cvd::media
