// Private to core/media: packets in, decoded pictures with their identity out, and jumps.
#pragma once

#include <filesystem>
#include <memory>

#include "core/media/av_support.h"
#include "core/media/frame_index.h"

namespace cvd::media {

class DecodeRun {
public:
    static Result<std::unique_ptr<DecodeRun>> open(const std::filesystem::path& file, int threads);

    Input& input() { return m_input; }
    AVCodecContext& decoder() { return *m_decoder; }

    // The table decides how packets are labelled; it must outlive the run. Null: by packet number.
    void setTable(const FrameIndexTable* table) { m_table = table; }

    // Starts again at the first packet; reopens the file when seeking there does not work.
    Status restart(const PacketScan& scan);
    // Jumps to about `stamp` and drops packets up to the next key packet. False: cannot.
    bool jump(std::int64_t stamp);

    // Pictures that are shown before this time stamp and that no other picture needs are left out
    // from now on: on the way to a frame they only cost time. AV_NOPTS_VALUE: none is left out.
    // Nothing is left out of codecs that do not say exactly what others need, and of files whose
    // time stamps are not the frames' identity.
    void leaveOutBefore(std::int64_t stamp) { m_leaveOutBefore = stamp; }

    // The next picture in output order, valid until the next call; null at the end. Its pts is the
    // identity that FrameIndexTable::find understands. Damaged packets are skipped over.
    const AVFrame* step();

    // Packets and pictures that could not be decoded since the start or the last jump.
    int failures() const { return m_failures; }

private:
    DecodeRun() = default;
    Status openDecoder(int threads);
    bool feed();
    bool mayLeaveOut(const AVPacket& packet) const;
    bool label(AVPacket& packet);
    void reset();

    std::filesystem::path m_file;
    int m_threads = 2;
    Input m_input;
    AvPtr<AVCodecContext> m_decoder;
    AvPtr<AVPacket> m_packet;
    AvPtr<AVFrame> m_frame;
    const FrameIndexTable* m_table = nullptr;
    std::int64_t m_packetNumber = 0;
    std::int64_t m_leaveOutBefore = AV_NOPTS_VALUE;
    bool m_havePacket = false;  // m_packet was read ahead and waits
    bool m_waitForKey = false;  // after a jump
    bool m_numberKnown = true;  // m_packetNumber is right (not so after a jump)
    bool m_draining = false;
    int m_failures = 0;
};

}  // namespace cvd::media
