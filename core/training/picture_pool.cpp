#include "core/training/picture_pool.h"

#include <chrono>

namespace cvd::training {

PicturePool::PicturePool(std::shared_ptr<SampleSource> source, size_t capacity, std::uint64_t first,
                         double renewShare)
    : m_source(std::move(source)), m_capacity(capacity), m_next(first), m_renewShare(renewShare) {
    if (m_source->size() > 0) {
        m_capacity = std::min<size_t>(m_capacity, m_source->size());
        m_next %= m_source->size();
    }
    m_thread = std::thread([this] { fill(); });
}

PicturePool::~PicturePool() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

bool PicturePool::mayRenew() const {
    return m_pictures.size() < m_capacity || m_credit >= 1;
}

void PicturePool::fill() {
    const std::uint64_t end = m_source->size();
    while (true) {
        std::uint64_t index = 0;
        {
            std::unique_lock lock(m_mutex);
            if (end > 0 && m_pictures.size() == end) {
                m_complete = true;
                m_changed.notify_all();
                return;
            }
            m_changed.wait(lock, [this] { return m_stop || mayRenew(); });
            if (m_stop) {
                return;
            }
            index = end > 0 ? m_next++ % end : m_next++;
        }
        Result<LabelledPicture> picture = m_source->sample(index);
        const std::lock_guard lock(m_mutex);
        if (!picture.ok()) {
            m_error = picture.error();
            m_changed.notify_all();
            return;
        }
        auto shared = std::make_shared<const LabelledPicture>(std::move(picture).value());
        if (m_pictures.size() < m_capacity) {
            m_pictures.push_back(std::move(shared));
        } else {
            m_pictures[m_oldest] = std::move(shared);
            m_oldest = (m_oldest + 1) % m_capacity;
            m_credit -= 1;
        }
        m_changed.notify_all();
    }
}

Status PicturePool::waitFor(size_t count, const std::atomic<bool>* cancelled) {
    std::unique_lock lock(m_mutex);
    const size_t enough = std::min(count, m_capacity);
    while (m_pictures.size() < enough && !m_complete) {
        if (m_error) {
            return *m_error;
        }
        if (cancelled && cancelled->load()) {
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Training was cancelled."));
        }
        m_changed.wait_for(lock, std::chrono::milliseconds(200));
    }
    return {};
}

std::shared_ptr<const LabelledPicture> PicturePool::draw(std::mt19937_64& random) {
    const std::lock_guard lock(m_mutex);
    const auto i = std::uniform_int_distribution<size_t>(0, m_pictures.size() - 1)(random);
    m_credit = std::min(m_credit + m_renewShare, 64.0);
    m_changed.notify_all();
    return m_pictures[i];
}

size_t PicturePool::size() const {
    const std::lock_guard lock(m_mutex);
    return m_pictures.size();
}

}  // namespace cvd::training
