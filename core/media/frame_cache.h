// Private to core/media: decoded pictures round the one that was asked for last, bounded in bytes.
#pragma once

#include <map>

extern "C" {
#include <libavutil/imgutils.h>
}

#include "core/base/types.h"
#include "core/media/av_support.h"

namespace cvd::media {

// Keeps references to the decoder's own buffers: cheaper than BGR, and converted only when asked
// for. When it is full the picture farthest from the centre goes: whoever steps needs neighbours,
// not what was used last.
class FrameCache {
public:
    explicit FrameCache(std::size_t bytes) : m_budget(bytes) {}

    void setCentre(FrameIndex index) { m_centre = index; }

    void put(FrameIndex index, const AVFrame& frame) {
        if (m_budget == 0 || m_entries.contains(index)) {
            return;
        }
        AvPtr<AVFrame> copy(av_frame_clone(&frame));
        const int size = av_image_get_buffer_size(static_cast<AVPixelFormat>(frame.format),
                                                  frame.width, frame.height, 1);
        if (!copy || size <= 0) {
            return;
        }
        m_frameBytes = static_cast<std::size_t>(size);
        m_used += m_frameBytes;
        m_entries[index] = {m_frameBytes, std::move(copy)};
        while (m_used > m_budget && !m_entries.empty()) {
            const auto last = std::prev(m_entries.end());
            const auto far = m_centre - m_entries.begin()->first > last->first - m_centre
                                 ? m_entries.begin()
                                 : last;
            m_used -= far->second.bytes;
            m_entries.erase(far);
        }
    }

    const AVFrame* get(FrameIndex index) const {
        const auto at = m_entries.find(index);
        return at != m_entries.end() ? at->second.frame.get() : nullptr;
    }
    bool has(FrameIndex index) const { return m_entries.contains(index); }
    // How many pictures there is room for; 0 while their size is not known.
    FrameIndex capacity() const {
        return m_frameBytes > 0 ? static_cast<FrameIndex>(m_budget / m_frameBytes) : 0;
    }

private:
    struct Entry {
        std::size_t bytes = 0;
        AvPtr<AVFrame> frame;
    };
    std::size_t m_budget, m_used = 0, m_frameBytes = 0;
    FrameIndex m_centre = 0;
    std::map<FrameIndex, Entry> m_entries;
};

}  // namespace cvd::media
