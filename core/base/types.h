// The plain data that flows from a video to a verdict, in the order in which a reader meets it:
// frame -> Detection -> TrackPoint -> Insertion -> Violation, Coverage.
//
// Coordinate frames
//   px  pixels of the full-size frame, x right, y down, (0,0) the centre of the first pixel
//   m   metres on the concrete surface (plane of the calibration)
// Time
//   FrameIndex counts frames in presentation order from 0; seconds are the frame's time stamp minus
//   the first frame's, so they are right for variable frame rates too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace cvd {

using FrameIndex = std::int64_t;

struct PointPx {
    double x = 0, y = 0;
    bool operator==(const PointPx&) const = default;
};
struct PointM {
    double x = 0, y = 0;
    bool operator==(const PointM&) const = default;
};
struct BoxPx {  // left, top, width, height
    double x = 0, y = 0, w = 0, h = 0;
    bool operator==(const BoxPx&) const = default;
};
double intersectionOverUnion(const BoxPx& a, const BoxPx& b);

enum class ObjectClass : std::uint8_t { Vibrator = 0, Hoe = 1, Person = 2 };
inline constexpr int kObjectClassCount = 3;
std::string_view objectClassName(ObjectClass c);  // "vibrator", "hoe", "person"
std::optional<ObjectClass> objectClassFromName(std::string_view name);

// The poker as the picture shows it: a bar between two points. While the poker stands in the
// concrete, `low` is where bar and concrete meet (the contact point).
struct PokerPoints {
    PointPx low;         // lowest visible point of the bar
    PointPx top;         // top of the visible bar (where the rigid bar ends and the hose begins)
    float lowScore = 0;  // 0..1, how sure the point is
    float topScore = 0;  // 0..1
    float immersedScore =
        -1;  // 0..1 probability that the tip is in concrete; negative: not estimated
};

struct Detection {
    ObjectClass cls = ObjectClass::Vibrator;
    float score = 0;  // 0..1; low scores are kept, thresholds filter when judging and when showing
    BoxPx box;
    std::optional<PokerPoints> poker;  // for Vibrator only
};

// One object in one frame. `track` is invalid for a detection that no track took.
struct TrackPoint {
    FrameIndex frame = 0;
    double timeS = 0;
    TrackId track;
    ObjectClass cls = ObjectClass::Vibrator;
    float score = 0;
    BoxPx box;
    std::optional<PokerPoints> poker;
    std::optional<bool> immersed;  // decided by compliance; empty: cannot be told
    bool predicted = false;        // bridged by the tracker, not seen in this frame
    // Of a poker, px: how far what is on the bar moved towards its top, counted from the lower end,
    // since the sighting of the track before. Empty: the picture does not tell.
    std::optional<float> slidePx;
};

// Image motion between consecutive frames of a camera that shakes or is carried:
// maps a point of the previous frame into this one, row-major 2x3 (similarity). `cut`: a new scene,
// because the video is edited or the camera was moved in a way that could not be followed.
struct CameraMotion {
    double m[6] = {1, 0, 0, 0, 1, 0};
    bool cut = false;
    bool reliable = true;    // false: the motion could not be told, m is the identity
    bool fromFirst = false;  // with a cut: the first scene is back, m maps its first frame to this
};

// Frames that the tracker saw: which were processed and whether anything could be seen.
struct Tracks {
    std::vector<TrackPoint> points;    // ordered by frame, then track
    std::vector<double> frameTimesS;   // one for each processed frame
    FrameIndex firstFrame = 0;         // frame index of frameTimesS[0]
    std::vector<CameraMotion> motion;  // same length as frameTimesS; empty: fixed camera
};

struct VideoInfo {
    std::string file;           // file name without folder
    std::string sha256;         // hex, of the whole file
    int width = 0, height = 0;  // as shown (after rotation)
    std::int64_t frames = 0;
    double fps = 0;  // average
    double durationS = 0;
    bool variableFrameRate = false;
    std::string codec;
};

struct Calibration {
    std::vector<PointPx> imagePoints;  // four or more
    std::vector<PointM> planePoints;   // same order
    std::vector<PointM> pourRegion;    // polygon; empty: unknown
    std::vector<std::vector<PointM>> formLines;
    std::vector<std::vector<PointM>> obstacles;  // polygons without concrete: no part of the region
    std::optional<double> radiusOfActionM;
    std::optional<double> rodLengthM;    // tip to the end of the rigid bar
    std::optional<double> hoseMarkM;     // tip to the mark at which the visible bar ends instead
    std::optional<double> layerHeightM;  // thickness of the layer being placed
    std::optional<double> concreteAgeS;  // since placing, at the first frame
};

struct Insertion {
    std::int64_t id = 0;  // 1-based within a result, in order of start
    TrackId track;
    FrameIndex startFrame = 0, endFrame = 0;  // tip enters, tip leaves
    double startS = 0, endS = 0;
    double immersedS = 0;    // endS - startS
    double stationaryS = 0;  // part of it in which the contact point stood still
    PointPx contactPx;       // median while immersed, in pixels of startFrame
    std::optional<PointM> contactM;
    std::optional<double> contactErrorM;   // one standard deviation: calibration and tracking
    std::optional<double> tiltDeg;         // from the vertical, in the picture plane
    std::optional<double> tiltAzimuthDeg;  // to where the top leans on the surface, (-180, 180]
                                           // from +x of the plane towards +y; empty: upright
    std::optional<double> insertionS;      // from the touch until the bar is at depth
    std::optional<double> withdrawalS;     // from the start of the last rise until the tip is out
    std::optional<double> insertionMmS;    // mean speeds along the bar, with a known rod length
    std::optional<double> withdrawalMmS;
    std::optional<double> depthM;  // greatest length of the bar that went out of sight
    // How far the measures above may be wrong, one standard deviation each.
    double timeErrorS = 0;                     // of immersedS and stationaryS
    std::optional<double> insertionErrorS;     // of insertionS
    std::optional<double> withdrawalErrorMmS;  // of withdrawalMmS
    double unseenS = 0;                        // part of immersedS that was bridged, not observed
    bool identityInDoubt = false;  // another poker came so near that they may be mixed up
    double pathPx = 0;             // length of the contact point's path while immersed, smoothed
    std::optional<double> pathM;
    double confidence = 0;   // 0..1
    bool effective = true;   // false: a touch shorter than a second, listed apart
    bool openStart = false;  // already immersed when first seen
    bool openEnd = false;    // still immersed when last seen
};

enum class Verdict : std::uint8_t { Violation, Pass, CannotJudge };
enum class Severity : std::uint8_t { Minor, Major, Critical };
std::string_view verdictName(Verdict v);    // "violation", "pass", "cannot_judge"
std::string_view severityName(Severity s);  // "minor", "major", "critical"
std::optional<Verdict> verdictFromName(std::string_view name);
std::optional<Severity> severityFromName(std::string_view name);

struct Violation {
    std::int64_t id = 0;  // 1-based within a result
    std::string rule;     // one of the names in docs/contract.md, for example "under_vibration"
    Verdict verdict = Verdict::Violation;
    Severity severity = Severity::Minor;
    FrameIndex startFrame = 0, endFrame = 0;  // evidence interval
    double startS = 0, endS = 0;
    std::optional<std::int64_t> insertion;  // Insertion::id
    std::optional<double> value;            // what was measured
    std::optional<double> limit;            // what the profile allows
    std::string unit;                       // "s", "m", "mm/s", "deg", "%", "1"
    std::optional<PointM> positionM;
    std::string source;  // where the limit comes from, as it may be shown
    double confidence = 0;
    std::string reason;  // untranslated pattern with %1.. (see Error), context "core"
    std::vector<std::string> reasonArgs;  // C-locale numbers
};

struct Coverage {
    double cellM = 0;
    double areaM2 = 0;
    double covered = 0, missed = 0, notObserved = 0;  // fractions of the area, sum 1
    double largestGapM = 0;                           // diameter of the largest untreated disc
    std::optional<PointM> largestGapAt;               // its centre
    int columns = 0, rows = 0;
    PointM origin;              // corner of cell (0,0)
    std::vector<float> dwellS;  // rows*columns, row-major; seconds of stationary vibration within R
    std::vector<std::uint8_t> state;  // 0 outside, 1 covered, 2 missed, 3 not observed
    // How far the places of the insertions may be wrong (one standard deviation), and what that
    // does: cells whose state could turn, and the least and the most that may be covered.
    double errorM = 0;
    double coveredLeast = 0, coveredMost = 0;  // fractions of the area
    std::vector<std::uint8_t> uncertain;       // rows*columns; 1: treated or missed in doubt
    std::vector<std::int32_t> treatedBy;       // rows*columns; Insertion::id of the first
                                               // sufficient insertion, 0: none. Order of work.
    // rows*columns; 1: not observed because the only insertions that reached it may have stood
    // still for long enough or not.
    std::vector<std::uint8_t> stayInDoubt;
    // Diameter of the largest disc that nothing is known to have treated, missed or not observed.
    double largestOpenM = 0;
};

}  // namespace cvd
