#include "core/training/picture_pool.h"

#include <algorithm>
#include <chrono>

#if defined(__linux__)
#include <sys/resource.h>
#include <unistd.h>
#endif

#include "core/training/read_picture.h"

namespace cvd::training {
namespace {

// Painting must not hold up learning, which waits for its slowest thread at every step: a third of
// the weight in Linux's scheduling, where this counts for a thread.
void stepBack() {
#if defined(__linux__)
    constexpr int kNiceness = 5;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNiceness);  // a wish; may fail
#endif
}

}  // namespace

PicturePool::PicturePool(std::shared_ptr<SampleSource> source, size_t capacity, std::uint64_t first,
                         double renewShare)
    : m_source(std::move(source)),
      m_capacity(std::max<size_t>(1, capacity)),
      m_next(first),
      m_renewShare(renewShare) {
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

bool PicturePool::readAll() const {
    return m_source->size() > 0 && m_pictures.size() + m_unreadable.size() >= m_source->size();
}

void PicturePool::take(LabelledPicture picture) {
    auto shared = std::make_shared<const LabelledPicture>(std::move(picture));
    if (m_pictures.size() < m_capacity) {
        m_pictures.push_back(std::move(shared));
    } else {
        m_pictures[m_oldest] = std::move(shared);
        m_oldest = (m_oldest + 1) % m_capacity;
        m_credit -= 1;
    }
}

// One broken file must not end a set of thousands; a set without a single picture is an error.
void PicturePool::refuse(std::uint64_t index, const Error& error) {
    if (m_source->size() == 0 || error.kind != ErrorKind::BadInput) {
        m_error = error;
        return;
    }
    if (m_unreadable.insert(index).second) {
        warnLeftOut(error);
    }
    if (m_unreadable.size() == m_source->size()) {
        m_error = error;
    }
}

Result<LabelledPicture> PicturePool::read(std::uint64_t index) const {
    try {
        return m_source->sample(index);
    } catch (const std::exception& e) {
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "A training picture cannot be prepared."), {}, e.what());
    }
}

void PicturePool::fill() {
    stepBack();
    const std::uint64_t end = m_source->size();
    while (true) {
        std::uint64_t index = 0;
        {
            std::unique_lock lock(m_mutex);
            if (m_error || readAll()) {
                m_complete = true;
                m_changed.notify_all();
                return;
            }
            m_changed.wait(lock, [this] { return m_stop || mayRenew(); });
            if (m_stop) {
                return;
            }
            index = end > 0 ? m_next++ % end : m_next++;
            if (m_unreadable.count(index)) {
                continue;
            }
        }
        Result<LabelledPicture> picture = read(index);
        const std::lock_guard lock(m_mutex);
        if (picture.ok()) {
            take(std::move(picture).value());
        } else {
            refuse(index, picture.error());
        }
        m_changed.notify_all();
    }
}

std::optional<Error> PicturePool::trouble() const {
    const std::lock_guard lock(m_mutex);
    return m_error;
}

Status PicturePool::waitFor(size_t count, const std::atomic<bool>* cancelled) {
    std::unique_lock lock(m_mutex);
    const size_t enough = std::min(count, m_capacity);
    while (m_pictures.size() < enough) {
        if (cancelled && cancelled->load()) {
            return fail(ErrorKind::Cancelled, CVD_TR("core", "Training was cancelled."));
        }
        if (m_error) {
            return *m_error;
        }
        if (m_complete) {
            break;
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
