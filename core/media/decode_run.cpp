#include "core/media/decode_run.h"

#include <limits>
#include <utility>

#include "core/base/log.h"

namespace cvd::media {

Result<std::unique_ptr<DecodeRun>> DecodeRun::open(const std::filesystem::path& file, int threads) {
    std::unique_ptr<DecodeRun> run(new DecodeRun);
    run->m_file = file;
    run->m_threads = threads > 0 ? threads : 2;
    run->m_packet.reset(av_packet_alloc());
    run->m_frame.reset(av_frame_alloc());
    CVD_TRY_ASSIGN(run->m_input, openInput(file));
    CVD_TRY(run->openDecoder(run->m_threads));
    return run;
}

Status DecodeRun::openDecoder(int threads) {
    const AVCodecParameters& parameters = *m_input.stream->codecpar;
    const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
    if (codec == nullptr) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "%1 is compressed with %2, which this program cannot decode. Convert it "
                           "to H.264 first."),
                    {shown(m_file), avcodec_get_name(parameters.codec_id)});
    }
    m_decoder.reset(avcodec_alloc_context3(codec));
    avcodec_parameters_to_context(m_decoder.get(), &parameters);
    m_decoder->pkt_timebase = m_input.stream->time_base;
    m_decoder->thread_count = threads;
    const int opened = avcodec_open2(m_decoder.get(), codec, nullptr);
    if (opened < 0) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The video in %1 cannot be decoded. Choose another file."),
                    {shown(m_file)}, avErrorText(opened));
    }
    return {};
}

void DecodeRun::reset() {
    avcodec_flush_buffers(m_decoder.get());
    av_packet_unref(m_packet.get());
    m_havePacket = false;
    m_draining = false;
    m_failures = 0;
}

Status DecodeRun::restart(const PacketScan& scan) {
    reset();
    m_waitForKey = false;
    m_numberKnown = true;
    m_packetNumber = 0;
    const std::int64_t stamp = scan.firstDts != AV_NOPTS_VALUE ? scan.firstDts : scan.firstPts;
    if (stamp != AV_NOPTS_VALUE &&
        avformat_seek_file(m_input.format.get(), m_input.stream->index,
                           std::numeric_limits<std::int64_t>::min(), stamp, stamp, 0) >= 0) {
        while (av_read_frame(m_input.format.get(), m_packet.get()) >= 0) {
            if (m_packet->stream_index == m_input.stream->index && m_packet->size > 0) {
                m_havePacket = true;
                break;
            }
            av_packet_unref(m_packet.get());
        }
        if (m_havePacket && m_packet->pos == scan.firstByte && m_packet->pts == scan.firstPts &&
            m_packet->dts == scan.firstDts) {
            return {};
        }
        av_packet_unref(m_packet.get());
        m_havePacket = false;
    }
    CVD_TRY_ASSIGN(m_input, openInput(m_file));
    return openDecoder(m_threads);
}

bool DecodeRun::jump(std::int64_t stamp) {
    const bool numbered = m_table != nullptr && m_table->identity == FrameIdentity::PacketNumber;
    if (stamp == AV_NOPTS_VALUE || (numbered && m_table->packetAtByte.empty())) {
        return false;
    }
    if (av_seek_frame(m_input.format.get(), m_input.stream->index, stamp, AVSEEK_FLAG_BACKWARD) <
        0) {
        return false;
    }
    reset();
    m_waitForKey = true;
    m_numberKnown = false;
    return true;
}

// False: the packet must not reach the decoder.
bool DecodeRun::label(AVPacket& packet) {
    if (packet.stream_index != m_input.stream->index || packet.size == 0) {
        return false;
    }
    const bool numbered = m_table == nullptr || m_table->identity == FrameIdentity::PacketNumber;
    if (numbered && !m_numberKnown) {
        const auto at = m_table->packetAtByte.find(packet.pos);
        if (at == m_table->packetAtByte.end()) {
            return false;
        }
        m_packetNumber = at->second;
        m_numberKnown = true;
    }
    const std::int64_t number = m_packetNumber++;
    if (m_waitForKey) {
        if ((packet.flags & AV_PKT_FLAG_KEY) == 0) {
            return false;
        }
        m_waitForKey = false;
    }
    if (numbered) {
        packet.pts = number;
        packet.dts = AV_NOPTS_VALUE;
    }
    return true;
}

// H.264 marks pictures that no other refers to, and MPEG's B-pictures are such. (HEVC's marks speak
// of one layer only.)
bool DecodeRun::mayLeaveOut(const AVPacket& packet) const {
    const AVCodecID codec = m_decoder->codec_id;
    const bool exact =
        codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_MPEG4 || codec == AV_CODEC_ID_MPEG2VIDEO;
    return exact && m_table != nullptr && m_table->identity == FrameIdentity::TimeStamp &&
           m_leaveOutBefore != AV_NOPTS_VALUE && packet.pts != AV_NOPTS_VALUE &&
           packet.pts < m_leaveOutBefore;
}

// Gives the decoder one packet, or the end; false when the end was given before.
bool DecodeRun::feed() {
    for (;;) {
        if (!m_havePacket && av_read_frame(m_input.format.get(), m_packet.get()) < 0) {
            if (m_draining) {
                return false;
            }
            m_draining = true;
            avcodec_send_packet(m_decoder.get(), nullptr);
            return true;
        }
        m_havePacket = false;
        if (!label(*m_packet)) {
            av_packet_unref(m_packet.get());
            continue;
        }
        m_decoder->skip_frame = mayLeaveOut(*m_packet) ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
        const int sent = avcodec_send_packet(m_decoder.get(), m_packet.get());
        av_packet_unref(m_packet.get());
        if (sent < 0) {
            ++m_failures;
            log(LogLevel::Debug, "media", "a packet could not be decoded: " + avErrorText(sent));
        }
        return true;
    }
}

const AVFrame* DecodeRun::step() {
    for (;;) {
        const int got = avcodec_receive_frame(m_decoder.get(), m_frame.get());
        if (got >= 0) {
            return m_frame.get();
        }
        if (got == AVERROR_EOF) {
            return nullptr;
        }
        // Anything but "more input please" is a damaged picture; the ones after it may be whole.
        m_failures += got == AVERROR(EAGAIN) ? 0 : 1;
        if (!feed()) {
            return nullptr;
        }
    }
}

}  // namespace cvd::media
