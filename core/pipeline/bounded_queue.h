// Hands values from one thread to the next and never holds more than `capacity` of them: memory
// stays the same however long the video is.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace cvd::pipeline {

template <typename T>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t capacity) : m_capacity(capacity) {}

    // Waits for room. False when nobody will take the value: the queue was closed or cancelled.
    bool push(T value) {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [&] { return m_items.size() < m_capacity || m_over; });
        if (m_over) {
            return false;
        }
        m_items.push_back(std::move(value));
        lock.unlock();
        m_filled.notify_one();
        return true;
    }

    // Waits for a value. Empty when the queue was cancelled, or closed and everything was taken.
    std::optional<T> pop() {
        std::unique_lock lock(m_mutex);
        m_filled.wait(lock, [&] { return !m_items.empty() || m_over; });
        if (m_items.empty()) {
            return std::nullopt;
        }
        std::optional<T> value(std::move(m_items.front()));
        m_items.pop_front();
        lock.unlock();
        m_room.notify_one();
        return value;
    }

    // The last value has been pushed; what is queued can still be taken.
    void close() { end(false); }
    // Throws away what is queued and wakes everybody.
    void cancel() { end(true); }

private:
    void end(bool drop) {
        {
            const std::lock_guard lock(m_mutex);
            m_over = true;
            if (drop) {
                m_items.clear();
            }
        }
        m_room.notify_all();
        m_filled.notify_all();
    }

    const std::size_t m_capacity;
    std::mutex m_mutex;
    std::condition_variable m_room, m_filled;
    std::deque<T> m_items;
    bool m_over = false;
};

}  // namespace cvd::pipeline
