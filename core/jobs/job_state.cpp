#include "core/jobs/job_state.h"

#include <algorithm>
#include <array>

namespace cvd::jobs {
namespace {

constexpr std::array<std::string_view, kJobStateCount> kNames{"queued", "running",   "done",
                                                              "failed", "cancelled", "interrupted"};

// Row: from, column: to.
constexpr bool kLegal[kJobStateCount][kJobStateCount] = {
    //               queued running  done   failed cancelled interrupted
    /* queued */ {false, true, false, false, true, false},
    /* running */ {false, false, true, true, true, true},
    /* done */ {false, false, false, false, false, false},
    /* failed */ {true, false, false, false, false, false},
    /* cancelled */ {true, false, false, false, false, false},
    /* interrupted */ {true, false, true, false, false, false},
};

}  // namespace

std::string_view jobStateName(JobState state) {
    return kNames[static_cast<size_t>(state)];
}

std::optional<JobState> jobStateFromName(std::string_view name) {
    const auto it = std::find(kNames.begin(), kNames.end(), name);
    return it == kNames.end() ? std::nullopt
                              : std::optional<JobState>(JobState(it - kNames.begin()));
}

bool isLegalTransition(JobState from, JobState to) {
    return kLegal[int(from)][int(to)];
}

}  // namespace cvd::jobs
