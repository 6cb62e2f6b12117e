#include "core/media/sound_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/media/av_support.h"

extern "C" {
#include <libswresample/swresample.h>
}

namespace cvd::media {
namespace {

// Sounds are built on those before them: so much is decoded ahead of the wanted place and dropped.
constexpr double kWarmUpS = 0.15;
// Time stamps are rounded to the file's clock; what is less than this is no gap.
constexpr std::int64_t kNoGap = SoundReader::kRate / 100;

struct SwrDeleter {
    void operator()(SwrContext* p) const { swr_free(&p); }
};

Error cannotDecode(const std::filesystem::path& file, std::string detail) {
    return fail(ErrorKind::BadInput, CVD_TR("core", "The sound of %1 cannot be decoded."),
                {shown(file)}, std::move(detail));
}

}  // namespace

struct SoundReader::Impl {
    std::filesystem::path file;
    Input input;
    AVStream* stream = nullptr;
    AvPtr<AVCodecContext> decoder;
    std::unique_ptr<SwrContext, SwrDeleter> resampler;
    AvPtr<AVPacket> packet{av_packet_alloc()};
    AvPtr<AVFrame> frame{av_frame_alloc()};
    double startS = 0;

    std::vector<std::int16_t> ready;  // decoded, from `taken` on
    std::size_t taken = 0;
    std::int64_t next = 0;      // number of the sample that read() gives next
    std::int64_t decoded = -1;  // number of the sample after the newest decoded one; -1: not known
    bool draining = false, ended = false;
    int inFormat = -1, inRate = 0, inChannels = 0;  // what the resampler was made for

    Status openDecoder();
    void seek(double timeS);
    bool decodeMore();
    void take(AVFrame& sound);
    void append(std::int64_t first, const std::int16_t* values, std::int64_t samples);
    std::int64_t waiting() const {
        return static_cast<std::int64_t>((ready.size() - taken) / kChannels);
    }
};

Status SoundReader::Impl::openDecoder() {
    AVFormatContext& format = *input.format;
    const int best =
        av_find_best_stream(&format, AVMEDIA_TYPE_AUDIO, -1, input.stream->index, nullptr, 0);
    if (best < 0) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "%1 has no sound."), {shown(file)});
    }
    stream = format.streams[best];
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        format.streams[i]->discard =
            static_cast<int>(i) == best ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
    const AVCodec* codec = avcodec_find_decoder(stream->codecpar->codec_id);
    if (codec == nullptr) {
        return cannotDecode(file, avcodec_get_name(stream->codecpar->codec_id));
    }
    decoder.reset(avcodec_alloc_context3(codec));
    avcodec_parameters_to_context(decoder.get(), stream->codecpar);
    decoder->pkt_timebase = stream->time_base;
    const int opened = avcodec_open2(decoder.get(), codec, nullptr);
    return opened < 0 ? Status(cannotDecode(file, avErrorText(opened))) : Status();
}

void SoundReader::Impl::seek(double timeS) {
    ready.clear();
    taken = 0;
    next = std::llround(timeS * kRate);
    decoded = -1;
    draining = ended = false;
    const double wantedS = std::max(0.0, timeS - kWarmUpS) + startS;
    const auto stamp = static_cast<std::int64_t>(std::floor(wantedS / av_q2d(stream->time_base)));
    if (av_seek_frame(input.format.get(), stream->index, stamp, AVSEEK_FLAG_BACKWARD) < 0 &&
        av_seek_frame(input.format.get(), stream->index, 0,
                      AVSEEK_FLAG_BYTE | AVSEEK_FLAG_BACKWARD) < 0) {
        ended = true;  // silent; the pictures go on
    }
    avcodec_flush_buffers(decoder.get());
    resampler.reset();
}

// Puts decoded samples behind those that are there: what is before the wanted place is dropped,
// what is missing is silent.
void SoundReader::Impl::append(std::int64_t first, const std::int16_t* values,
                               std::int64_t samples) {
    const std::int64_t end = next + waiting();
    std::int64_t skip = end - first;
    if (skip < 0) {
        ready.resize(ready.size() + static_cast<std::size_t>(-skip) * kChannels, 0);
        skip = 0;
    }
    if (skip < samples) {
        ready.insert(ready.end(), values + skip * kChannels, values + samples * kChannels);
    }
}

void SoundReader::Impl::take(AVFrame& sound) {
    // Joined recordings may change in the middle.
    const bool same = sound.format == inFormat && sound.sample_rate == inRate &&
                      sound.ch_layout.nb_channels == inChannels;
    if (!resampler || !same) {
        inFormat = sound.format;
        inRate = sound.sample_rate;
        inChannels = sound.ch_layout.nb_channels;
        AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
        if (sound.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
            av_channel_layout_default(&sound.ch_layout, inChannels);
        }
        SwrContext* raw = nullptr;
        swr_alloc_set_opts2(&raw, &stereo, AV_SAMPLE_FMT_S16, kRate, &sound.ch_layout,
                            static_cast<AVSampleFormat>(sound.format), sound.sample_rate, 0,
                            nullptr);
        resampler.reset(raw);
        if (!raw || swr_init(raw) < 0) {
            resampler.reset();
            ended = true;
            return;
        }
    }
    const std::int64_t inside = swr_get_delay(resampler.get(), kRate);
    const int room = swr_get_out_samples(resampler.get(), sound.nb_samples);
    std::vector<std::int16_t> values(static_cast<std::size_t>(std::max(0, room)) * kChannels);
    auto* out = reinterpret_cast<std::uint8_t*>(values.data());
    const int made =
        swr_convert(resampler.get(), &out, room,
                    const_cast<const std::uint8_t**>(sound.extended_data), sound.nb_samples);
    if (made <= 0) {
        return;
    }
    const std::int64_t stamp = sound.best_effort_timestamp;
    std::int64_t first = decoded;
    if (stamp != AV_NOPTS_VALUE) {
        const double timeS = static_cast<double>(stamp) * av_q2d(stream->time_base) - startS;
        const std::int64_t said = std::llround(timeS * kRate) - inside;
        first = decoded < 0 || std::abs(said - decoded) > kNoGap ? said : decoded;
    }
    first = first < 0 && stamp == AV_NOPTS_VALUE ? next : first;
    append(first, values.data(), made);
    decoded = first + made;
}

// One packet further; false at the end.
bool SoundReader::Impl::decodeMore() {
    while (!ended) {
        const int got = avcodec_receive_frame(decoder.get(), frame.get());
        if (got >= 0) {
            take(*frame);
            return true;
        }
        if (got == AVERROR_EOF) {
            ended = true;
            break;
        }
        if (draining) {
            ended = true;
            break;
        }
        const int read = av_read_frame(input.format.get(), packet.get());
        if (read < 0) {
            draining = true;
            avcodec_send_packet(decoder.get(), nullptr);
            continue;
        }
        if (packet->stream_index == stream->index) {
            avcodec_send_packet(decoder.get(), packet.get());  // a damaged one is a gap
        }
        av_packet_unref(packet.get());
    }
    return false;
}

SoundReader::SoundReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SoundReader::~SoundReader() = default;

Result<std::unique_ptr<SoundReader>> SoundReader::open(const std::filesystem::path& file,
                                                       double pictureStartS) {
    auto impl = std::make_unique<Impl>();
    impl->file = file;
    impl->startS = pictureStartS;
    CVD_TRY_ASSIGN(impl->input, openInput(file));
    CVD_TRY(impl->openDecoder());
    impl->seek(0);
    return std::unique_ptr<SoundReader>(new SoundReader(std::move(impl)));
}

void SoundReader::seek(double timeS) {
    m_impl->seek(timeS);
}

double SoundReader::timeS() const {
    return static_cast<double>(m_impl->next) / kRate;
}

std::size_t SoundReader::read(std::int16_t* out, std::size_t samples) {
    Impl& impl = *m_impl;
    while (impl.waiting() < static_cast<std::int64_t>(samples) && impl.decodeMore()) {
    }
    const auto given = std::min(samples, static_cast<std::size_t>(impl.waiting()));
    const auto from = impl.ready.begin() + static_cast<std::ptrdiff_t>(impl.taken);
    std::copy(from, from + static_cast<std::ptrdiff_t>(given * kChannels), out);
    impl.taken += given * kChannels;
    impl.next += static_cast<std::int64_t>(given);
    if (impl.taken == impl.ready.size()) {
        impl.ready.clear();
        impl.taken = 0;
    }
    return given;
}

}  // namespace cvd::media
