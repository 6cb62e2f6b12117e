// Typed ids: swapping a project's and a user's id does not compile.
#pragma once

#include <compare>
#include <cstdint>

namespace cvd {

template <typename Tag>
struct Id {
    std::int64_t value = -1;  // negative: none
    bool valid() const { return value >= 0; }
    auto operator<=>(const Id&) const = default;
};

using UserId = Id<struct UserTag>;
using ProjectId = Id<struct ProjectTag>;
using VideoId = Id<struct VideoTag>;
using JobId = Id<struct JobTag>;
using ResultId = Id<struct ResultTag>;
using TrackId = Id<struct TrackTag>;
using InsertionId = Id<struct InsertionTag>;
using ViolationId = Id<struct ViolationTag>;
using CalibrationId = Id<struct CalibrationTag>;

}  // namespace cvd
