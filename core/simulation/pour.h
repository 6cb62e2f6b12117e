// Rendered pours with exact truth: video.mp4, truth.json and calibration.json.
//
// truth.json, schema "cvd-mis/truth/1" (pixels of the full-size frame, metres on the concrete):
//   profile     the rule profile whose limits the plan keeps or breaks
//   frames      one entry a frame: {frame, time_s, objects, motion}
//     objects   [{track, class, box: [x, y, w, h], low: [x, y], top: [x, y], immersed}], the last
//               three for pokers only
//     motion    moving cameras only: 2x3 row-major, pixels of frame 0 to pixels of this frame
//   insertions  [{id, track, start_frame, end_frame, start_s, end_s, immersed_s, stationary_s,
//               contact_px, contact_m, withdrawal_mm_s, dragged}]; contact_px is the median place
//               as start_frame shows it
//   violations  [{rule, start_frame, end_frame, start_s, end_s, insertion or null, verdict}]: all
//               that the plan breaks; verdict is "violation", or "cannot_judge" for what a rule
//               points at and never accuses of (running_in_air)
// Boxes and points follow training_sample.h. start_frame is the first and end_frame the last frame
// in which the tip is below the surface.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace cvd::simulation {

struct ScenarioOptions {
    std::string scenario = "clean";
    std::uint64_t seed = 1;
    double seconds = 0;         // 0: the scenario's own length
    int width = 0, height = 0;  // 0: the scenario's own size (1280x720, the sample 640x360)
    double fps = 0;             // 0: the scenario's own
    // False: no video.mp4, and objects as if nothing hid another; a hundred times as fast.
    bool pictures = true;
};

// The list and what is planted in each: docs/contract.md.
std::vector<std::string> scenarioNames();

// Makes the folder. Usage for an unknown scenario or sizes that make no sense, Environment when the
// folder cannot be written. The same options give the same pour. `cancelled` is asked each frame.
Status simulatePour(const ScenarioOptions& options, const std::filesystem::path& outDir,
                    const std::function<bool()>& cancelled = {});

}  // namespace cvd::simulation
