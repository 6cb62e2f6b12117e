// The warnings of a result: their patterns, and what they were in a file that holds sentences only.
// Pure; any thread.
#pragma once

#include "core/base/note.h"

namespace cvd::compliance {

// About the video; judging again keeps these and makes the others anew.
inline constexpr const char* kDamagedFrames =
    CVD_TR("core", "%1 frames could not be decoded and were left out; the first is frame %2.");
inline constexpr const char* kMissingAtStart =
    CVD_TR("core",
           "The first %1 frames of the file need a picture that it does not have: it was cut there "
           "or is damaged. Frames and times count from the first one that can be shown.");
inline constexpr const char* kThinnedPoints =
    CVD_TR("core", "%1 weak detections without a track were left out to bound memory.");
inline constexpr const char* kCutOff = CVD_TR(
    "core", "%1 bytes are missing at the end of the video file; what they held was not judged.");
inline constexpr const char* kBoxesOnly = CVD_TR(
    "core",
    "The model %1 finds boxes only. The ends of each bar are taken from its box, and nothing "
    "but its movement and length tells when the tip is immersed: times and places are less "
    "sure.");
inline constexpr const char* kNoPokers =
    CVD_TR("core", "The model %1 knows no pokers: no insertion can be found with it.");
// About the places.
inline constexpr const char* kPictureJumps = CVD_TR(
    "core",
    "The picture jumps at %1 s: the video is edited or the camera was moved. The calibration "
    "is used only while the first view is shown.");
inline constexpr const char* kCameraMoved =
    CVD_TR("core",
           "The camera moved at about %1 s, by %2 pixels. Places are corrected for it; check them "
           "against the calibration.");
inline constexpr const char* kCameraLost =
    CVD_TR("core",
           "For %1 s, first at %2 s, the camera moved and could not be followed. What was measured "
           "then is not judged.");
inline constexpr const char* kCalibrationGone =
    CVD_TR("core",
           "The calibration that this result was judged with before is gone: nothing is judged in "
           "metres.");
inline constexpr const char* kLeftOut =
    CVD_TR("core", "Left out as not in the pour region: %1 insertions or touches.");

// A sentence of an older result as pattern and arguments; one that is not known stays as it is.
Note noteFromSentence(const std::string& sentence);

}  // namespace cvd::compliance
