// Pictures in memory that a thread fills and renews while the trainer draws from them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "core/training/sample_source.h"

namespace cvd::training {

class PicturePool {
public:
    // Draws pictures of `source` in order, from `first`; holds at least one. Sources that end and
    // fit are read once; others are renewed, `renewShare` new pictures for each one drawn. A
    // picture of a source that ends is left out with a warning when it cannot be read.
    PicturePool(std::shared_ptr<SampleSource> source, size_t capacity, std::uint64_t first,
                double renewShare);
    ~PicturePool();
    PicturePool(const PicturePool&) = delete;
    PicturePool& operator=(const PicturePool&) = delete;

    // Waits until `count` pictures (or all that there are) can be drawn. The error of the source if
    // it cannot give any; Cancelled when asked to.
    Status waitFor(size_t count, const std::atomic<bool>* cancelled);
    std::shared_ptr<const LabelledPicture> draw(std::mt19937_64& random);
    // What ended the renewal: no picture can be read, or the disk or the memory is full.
    std::optional<Error> trouble() const;
    size_t size() const;

private:
    void fill();
    // The next four under the lock.
    bool mayRenew() const;
    bool readAll() const;
    void take(LabelledPicture picture);
    void refuse(std::uint64_t index, const Error& error);
    Result<LabelledPicture> read(std::uint64_t index) const;

    std::shared_ptr<SampleSource> m_source;
    size_t m_capacity;
    std::uint64_t m_next;
    double m_renewShare;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::shared_ptr<const LabelledPicture>> m_pictures;
    size_t m_oldest = 0;
    double m_credit = 0;
    std::set<std::uint64_t> m_unreadable;
    std::optional<Error> m_error;
    bool m_complete = false, m_stop = false;
    std::thread m_thread;
};

}  // namespace cvd::training
