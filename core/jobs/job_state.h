// The life of a job as a table.
#pragma once

#include <optional>
#include <string_view>

namespace cvd::jobs {

enum class JobState {
    Queued = 0,
    Running = 1,
    Done = 2,
    Failed = 3,
    Cancelled = 4,
    Interrupted = 5,  // the program ended under it; it can be started again
};
inline constexpr int kJobStateCount = 6;

std::string_view jobStateName(JobState state);  // "queued" ...; never translated
std::optional<JobState> jobStateFromName(std::string_view name);

// Whether the table allows `from` -> `to`:
//   Queued -> Running, Cancelled
//   Running -> Done, Failed, Cancelled, Interrupted
//   Failed, Cancelled, Interrupted -> Queued (start again)
//   Interrupted -> Done (another program took a job for dead whose result turns up after all)
bool isLegalTransition(JobState from, JobState to);
inline bool isFinal(JobState state) {
    return state != JobState::Queued && state != JobState::Running;
}
inline bool canCancel(JobState state) {
    return state == JobState::Queued || state == JobState::Running;
}
inline bool canRetry(JobState state) {
    return isLegalTransition(state, JobState::Queued);
}

}  // namespace cvd::jobs
