// Private to core/media: the most recently used decoded pictures, bounded in bytes.
#pragma once

#include <list>
#include <unordered_map>

extern "C" {
#include <libavutil/imgutils.h>
}

#include "core/base/types.h"
#include "core/media/av_support.h"

namespace cvd::media {

// Keeps references to the decoder's own buffers: cheaper than BGR, and converted only when asked
// for.
class FrameCache {
public:
    explicit FrameCache(std::size_t bytes) : m_budget(bytes) {}

    void put(FrameIndex index, const AVFrame& frame) {
        if (m_budget == 0 || m_places.contains(index)) {
            return;
        }
        AvPtr<AVFrame> copy(av_frame_clone(&frame));
        const int size = av_image_get_buffer_size(static_cast<AVPixelFormat>(frame.format),
                                                  frame.width, frame.height, 1);
        if (!copy || size <= 0) {
            return;
        }
        m_entries.push_front({index, static_cast<std::size_t>(size), std::move(copy)});
        m_places[index] = m_entries.begin();
        m_used += static_cast<std::size_t>(size);
        while (m_used > m_budget && !m_entries.empty()) {
            m_used -= m_entries.back().bytes;
            m_places.erase(m_entries.back().index);
            m_entries.pop_back();
        }
    }

    const AVFrame* get(FrameIndex index) {
        const auto at = m_places.find(index);
        if (at == m_places.end()) {
            return nullptr;
        }
        m_entries.splice(m_entries.begin(), m_entries, at->second);
        return at->second->frame.get();
    }

private:
    struct Entry {
        FrameIndex index;
        std::size_t bytes;
        AvPtr<AVFrame> frame;
    };
    std::size_t m_budget, m_used = 0;
    std::list<Entry> m_entries;
    std::unordered_map<FrameIndex, std::list<Entry>::iterator> m_places;
};

}  // namespace cvd::media
