// What the rules share.
#pragma once

#include <initializer_list>
#include <string>

#include "core/compliance/rules/rules.h"

namespace cvd::compliance {

// Below this an insertion is too doubtful to hold against anyone. Our setting.
inline constexpr double kLeastConfidence = 0.35;

std::string formatNumber(double value, int decimals);

// A verdict about one insertion; the caller fills in verdict, value, limit and reason.
Violation about(const RuleInput& input, const char* rule, const Insertion& insertion,
                const char* parameter);
// A verdict about the whole pour.
Violation aboutAll(const RuleInput& input, const char* rule, const char* parameter);
// Nothing could be judged, said once.
Verdicts cannotJudge(const RuleInput& input, const char* rule, const char* parameter,
                     const char* reason);

// No verdict of `pass` about what was seen too poorly to hold anything against anybody.
void passNothingUnseen(Verdicts& verdicts);

// Turns what is held against an insertion of two pokers that may be mixed up into `cannot judge`:
// how long it took and which way it went may be of one and of the other. Places stay as they are.
void spareMixedUp(Verdicts& verdicts, const std::vector<ObservedInsertion>& insertions);
void spareMixedUp(Violation& v);

// An insertion that counts and whose place is known.
bool placed(const ObservedInsertion& o);
// One that stayed where it was: a dragged one stands for no single place.
bool atOnePlace(const ObservedInsertion& o);
double distanceM(PointM a, PointM b);
// Somebody may have worked, without the camera's seeing it, at one of these shares of the way.
bool unseenOnTheWay(const RuleInput& input, PointM from, PointM to,
                    std::initializer_list<double> shares);
// Between the nearest standing places of two insertions.
double distanceM(const ObservedInsertion& a, const ObservedInsertion& b);

// Whether a poker stood still for so long, where `stoodS` was measured of it: at one place of a
// drag or over all of the insertion. In doubt: part of it was not seen, or moved no farther than a
// shaking camera makes it seem, or it was too near the limit or seen too poorly to tell.
enum class Stay { Enough, InDoubt, TooShort };
Stay stayOf(const ObservedInsertion& o, double stoodS, double leastS);

// A run of the contact point through the concrete.
struct Drag {
    double lengthM = 0;
    std::size_t from = 0, to = 0;  // samples of the path
};
// What was out of sight at one end may have been dragged: nobody passes for a part.
void passNoPart(Violation& v, const Insertion& in);
// The longest run of samples faster than `speedMmS`; a slower moment of up to 0.3 s does not end
// it.
Drag longestDrag(const std::vector<ContactSample>& path, double speedMmS);

// The frame of an insertion's path at a time; its first or last where that lies outside.
FrameIndex frameAt(const ObservedInsertion& o, double timeS);

// Beyond its limit by less than the error of measuring or than can be read off the numbers as they
// are shown, or seen too poorly: nobody is held to it. Sets verdict, and for a doubtful one the
// reason and its arguments too; otherwise the caller gives the reason. `excess` > 0 breaks the
// rule; `error` is in the same unit.
Verdict decide(Violation& v, double excess, double error, int decimals);

// A value beyond its limit by so many standard deviations is held against somebody. Our setting.
inline constexpr double kBand = 1.5;

// How far the place of an insertion, and the distance of two, may be wrong before it matters.
double placeBandM(const Insertion& in);
double distanceBandM(const Insertion& a, const Insertion& b);

inline constexpr const char* kNeedsCalibration =
    CVD_TR("core", "Without a calibration nothing can be measured in metres.");

}  // namespace cvd::compliance
