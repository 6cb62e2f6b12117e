#include "core/report/track_file.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include <QFile>
#include <QSaveFile>

#include "core/base/camera_motion.h"
#include "core/base/small_file.h"
#include "core/compliance/whole_file.h"

namespace cvd::report {
namespace {

static_assert(std::endian::native == std::endian::little, "tracks.bin is little-endian");

constexpr char kMagic[8] = {'C', 'V', 'D', 'T', 'R', 'A', 'C', 'K'};
constexpr std::uint32_t kVersion = 1;
constexpr std::int64_t kMostFrames = 1'000'000'000;

struct Header {
    char magic[8];
    std::uint32_t version;
    std::uint32_t headerBytes;
    std::int64_t firstFrame;
    std::uint64_t frames;
    std::uint64_t motions;  // stored ones: those that differ from the identity
    std::uint64_t points;
    std::uint32_t hasMotion;
    std::uint32_t reserved;
    std::uint64_t checksum;  // of this header with 0 here, and of everything after it
};
static_assert(sizeof(Header) == 64);

struct StoredMotion {
    double m[6];
    std::uint32_t frame;  // relative to firstFrame
    std::uint32_t flags;
};
static_assert(sizeof(StoredMotion) == 56);
enum MotionFlag : std::uint32_t { Cut = 1, Reliable = 2, FromFirst = 4 };

struct StoredPoint {
    std::uint32_t frame;  // relative to firstFrame
    std::int32_t track;
    float score;
    float box[4];
    float low[2], top[2];
    float lowScore, topScore, immersedScore;
    std::uint8_t cls;
    std::uint8_t flags;
    std::int16_t slide;  // in parts of a pixel; versions before 2026-12 wrote 0 and no flag
};
static_assert(sizeof(StoredPoint) == 60);
enum PointFlag : std::uint8_t {
    HasPoker = 1,
    ImmersedKnown = 2,
    Immersed = 4,
    Predicted = 8,
    HasSlide = 16,
};

constexpr float kSlideParts = 256;  // of a pixel

// Empty: too far for what is stored, which no poker slides from one frame to the next.
std::optional<std::int16_t> storedSlide(const TrackPoint& p) {
    const float parts = std::round(p.slidePx.value_or(NAN) * kSlideParts);
    return std::abs(parts) <= 32767 ? std::optional(static_cast<std::int16_t>(parts))
                                    : std::nullopt;
}

// FNV-1a over 64-bit words in four lanes: fast enough to check 30 MB in a few milliseconds. Guards
// against damage, not against intent.
std::uint64_t checksum(const char* data, std::size_t size) {
    constexpr std::uint64_t kPrime = 1099511628211ULL;
    std::uint64_t lane[4] = {14695981039346656037ULL, 2, 3, 4};
    std::size_t i = 0;
    for (; i + 32 <= size; i += 32) {
        for (int k = 0; k < 4; ++k) {
            std::uint64_t word;
            std::memcpy(&word, data + i + 8 * k, 8);
            lane[k] = (lane[k] ^ word) * kPrime;
        }
    }
    std::uint64_t sum = size;
    for (const std::uint64_t l : lane) {
        sum = (sum ^ (l ^ (l >> 29))) * kPrime;
    }
    for (; i < size; ++i) {
        sum = (sum ^ static_cast<unsigned char>(data[i])) * kPrime;
    }
    return sum;
}

std::uint64_t checksumOf(Header header, const char* body, std::size_t size) {
    header.checksum = 0;
    return checksum(reinterpret_cast<const char*>(&header), sizeof(header)) ^ checksum(body, size);
}

Error damaged(const QString& file, const char* what) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core", "The track file %1 is damaged; run the detection again."),
                {file.toStdString()}, what);
}

StoredPoint packed(const TrackPoint& p, FrameIndex firstFrame) {
    StoredPoint s{};
    s.frame = static_cast<std::uint32_t>(p.frame - firstFrame);
    s.track = static_cast<std::int32_t>(p.track.valid() ? p.track.value : -1);
    s.score = p.score;
    s.box[0] = static_cast<float>(p.box.x);
    s.box[1] = static_cast<float>(p.box.y);
    s.box[2] = static_cast<float>(p.box.w);
    s.box[3] = static_cast<float>(p.box.h);
    s.immersedScore = -1;
    if (p.poker) {
        s.low[0] = static_cast<float>(p.poker->low.x);
        s.low[1] = static_cast<float>(p.poker->low.y);
        s.top[0] = static_cast<float>(p.poker->top.x);
        s.top[1] = static_cast<float>(p.poker->top.y);
        s.lowScore = p.poker->lowScore;
        s.topScore = p.poker->topScore;
        s.immersedScore = p.poker->immersedScore;
        s.flags |= HasPoker;
    }
    s.cls = static_cast<std::uint8_t>(p.cls);
    if (p.immersed) {
        s.flags |= ImmersedKnown;
        s.flags |= *p.immersed ? Immersed : 0;
    }
    s.flags |= p.predicted ? Predicted : 0;
    if (const auto slide = storedSlide(p)) {
        s.slide = *slide;
        s.flags |= HasSlide;
    }
    return s;
}

TrackPoint unpacked(const StoredPoint& s, const Tracks& tracks) {
    TrackPoint p;
    p.frame = tracks.firstFrame + s.frame;
    p.timeS = tracks.frameTimesS[s.frame];
    p.track = TrackId{s.track};
    p.cls = static_cast<ObjectClass>(s.cls);
    p.score = s.score;
    p.box = {s.box[0], s.box[1], s.box[2], s.box[3]};
    if (s.flags & HasPoker) {
        p.poker = PokerPoints{
            {s.low[0], s.low[1]}, {s.top[0], s.top[1]}, s.lowScore, s.topScore, s.immersedScore};
    }
    if (s.flags & ImmersedKnown) {
        p.immersed = (s.flags & Immersed) != 0;
    }
    p.predicted = (s.flags & Predicted) != 0;
    if (s.flags & HasSlide) {
        p.slidePx = static_cast<float>(s.slide) / kSlideParts;
    }
    return p;
}

}  // namespace

void roundToStored(Tracks& tracks) {
    const auto whole = [](double& v) { v = static_cast<float>(v); };
    for (TrackPoint& p : tracks.points) {
        const auto i = p.frame - tracks.firstFrame;
        if (i >= 0 && i < static_cast<FrameIndex>(tracks.frameTimesS.size())) {
            p.timeS = tracks.frameTimesS[static_cast<std::size_t>(i)];
        }
        for (double* v : {&p.box.x, &p.box.y, &p.box.w, &p.box.h}) {
            whole(*v);
        }
        const auto slide = storedSlide(p);
        p.slidePx = slide ? std::optional(static_cast<float>(*slide) / kSlideParts) : std::nullopt;
        if (p.poker) {
            for (double* v : {&p.poker->low.x, &p.poker->low.y, &p.poker->top.x, &p.poker->top.y}) {
                whole(*v);
            }
        }
    }
}

Status saveTracks(const QString& file, const Tracks& tracks) {
    const auto frames = static_cast<FrameIndex>(tracks.frameTimesS.size());
    FrameIndex previous = tracks.firstFrame;
    for (const TrackPoint& p : tracks.points) {
        if (p.frame < previous || p.frame >= tracks.firstFrame + frames) {
            return fail(ErrorKind::Usage,
                        CVD_TR("core", "The track points are not in the order of their frames."));
        }
        previous = p.frame;
    }
    QByteArray body;
    const auto append = [&](const void* data, std::size_t size) {
        body.append(static_cast<const char*>(data), static_cast<qsizetype>(size));
    };
    std::vector<StoredMotion> motions;
    for (std::size_t i = 0; i < tracks.motion.size(); ++i) {
        const CameraMotion& motion = tracks.motion[i];
        if (isIdentity(motion) && !motion.cut && motion.reliable) {
            continue;
        }
        StoredMotion s{};
        std::memcpy(s.m, motion.m, sizeof(s.m));
        s.frame = static_cast<std::uint32_t>(i);
        s.flags = (motion.cut ? Cut : 0U) | (motion.reliable ? Reliable : 0U) |
                  (motion.fromFirst ? FromFirst : 0U);
        motions.push_back(s);
    }
    body.reserve(static_cast<qsizetype>(frames * 8 + motions.size() * sizeof(StoredMotion) +
                                        tracks.points.size() * sizeof(StoredPoint)));
    append(tracks.frameTimesS.data(), tracks.frameTimesS.size() * sizeof(double));
    append(motions.data(), motions.size() * sizeof(StoredMotion));
    for (const TrackPoint& p : tracks.points) {
        const StoredPoint s = packed(p, tracks.firstFrame);
        append(&s, sizeof(s));
    }
    Header header{};
    std::memcpy(header.magic, kMagic, sizeof(kMagic));
    header.version = kVersion;
    header.headerBytes = sizeof(Header);
    header.firstFrame = tracks.firstFrame;
    header.frames = tracks.frameTimesS.size();
    header.motions = motions.size();
    header.points = tracks.points.size();
    header.hasMotion = tracks.motion.empty() ? 0 : 1;
    header.checksum = checksumOf(header, body.constData(), static_cast<std::size_t>(body.size()));
    QSaveFile f(file);
    if (!f.open(QIODevice::WriteOnly) ||
        f.write(reinterpret_cast<const char*>(&header), sizeof(header)) != sizeof(header) ||
        f.write(body) != body.size() || !commitWhole(f)) {
        return fail(ErrorKind::Environment, CVD_TR("core", "%1 cannot be written: %2."),
                    {file.toStdString(), f.errorString().toStdString()});
    }
    return {};
}

Result<Tracks> loadTracks(const QString& file) {
    CVD_TRY(checkRegularFile(std::filesystem::path(file.toStdU16String())));
    QFile f(file);
    if (!f.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The track file %1 cannot be read: %2."),
                    {file.toStdString(), f.errorString().toStdString()});
    }
    const QByteArray all = f.readAll();
    Header header{};
    if (all.size() < static_cast<qsizetype>(sizeof(header))) {
        return damaged(file, "shorter than its header");
    }
    std::memcpy(&header, all.constData(), sizeof(header));
    if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) {
        return damaged(file, "not a track file");
    }
    if (header.version != kVersion || header.headerBytes != sizeof(Header)) {
        return fail(
            ErrorKind::BadInput,
            CVD_TR("core", "The track file %1 was written by a newer version of the program."),
            {file.toStdString()});
    }
    const char* body = all.constData() + sizeof(header);
    const auto size = static_cast<std::uint64_t>(all.size()) - sizeof(header);
    // Each count is checked against the size alone first, so that no product can overflow.
    if (header.frames > size / sizeof(double) || header.motions > size / sizeof(StoredMotion) ||
        header.points > size / sizeof(StoredPoint) ||
        header.frames * sizeof(double) + header.motions * sizeof(StoredMotion) +
                header.points * sizeof(StoredPoint) !=
            size) {
        return damaged(file, "wrong length");
    }
    if (checksumOf(header, body, size) != header.checksum) {
        return damaged(file, "wrong checksum");
    }
    if (header.firstFrame < 0 || header.firstFrame > kMostFrames || header.frames > kMostFrames) {
        return damaged(file, "frame numbers out of range");
    }
    Tracks tracks;
    tracks.firstFrame = header.firstFrame;
    tracks.frameTimesS.resize(header.frames);
    if (header.frames > 0) {
        std::memcpy(tracks.frameTimesS.data(), body, header.frames * sizeof(double));
    }
    body += header.frames * sizeof(double);
    if (header.hasMotion != 0) {
        tracks.motion.resize(header.frames);
    }
    for (std::uint64_t i = 0; i < header.motions; ++i, body += sizeof(StoredMotion)) {
        StoredMotion s;
        std::memcpy(&s, body, sizeof(s));
        if (s.frame >= tracks.motion.size()) {
            return damaged(file, "motion of a frame that does not exist");
        }
        CameraMotion& motion = tracks.motion[s.frame];
        std::memcpy(motion.m, s.m, sizeof(s.m));
        motion.cut = (s.flags & Cut) != 0;
        motion.reliable = (s.flags & Reliable) != 0;
        motion.fromFirst = (s.flags & FromFirst) != 0;
    }
    tracks.points.reserve(header.points);
    std::uint32_t previous = 0;
    for (std::uint64_t i = 0; i < header.points; ++i, body += sizeof(StoredPoint)) {
        StoredPoint s;
        std::memcpy(&s, body, sizeof(s));
        if (s.frame >= header.frames || s.frame < previous || s.cls >= kObjectClassCount) {
            return damaged(file, "point out of order");
        }
        previous = s.frame;
        tracks.points.push_back(unpacked(s, tracks));
    }
    return tracks;
}

FrameIndexedTracks::FrameIndexedTracks(Tracks tracks) : m_tracks(std::move(tracks)) {
    const std::size_t frames = m_tracks.frameTimesS.size();
    m_begin.assign(frames + 1, m_tracks.points.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_tracks.points.size(); ++i) {
        const auto frame = static_cast<std::size_t>(
            std::max<FrameIndex>(0, m_tracks.points[i].frame - m_tracks.firstFrame));
        for (; next <= frame && next < frames; ++next) {
            m_begin[next] = i;
        }
    }
}

std::span<const TrackPoint> FrameIndexedTracks::at(FrameIndex frame) const {
    const FrameIndex i = frame - m_tracks.firstFrame;
    if (i < 0 || i + 1 >= static_cast<FrameIndex>(m_begin.size())) {
        return {};
    }
    const std::size_t begin = m_begin[static_cast<std::size_t>(i)];
    const std::size_t end = m_begin[static_cast<std::size_t>(i) + 1];
    return std::span<const TrackPoint>(m_tracks.points).subspan(begin, end - begin);
}

}  // namespace cvd::report
