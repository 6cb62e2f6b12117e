#include "core/compliance/rules/rule_support.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/compliance/coverage.h"

namespace cvd::compliance {

std::string formatNumber(double value, int decimals) {
    return QString::number(value, 'f', decimals).toStdString();
}

Violation about(const RuleInput& input, const char* rule, const Insertion& insertion,
                const char* parameter) {
    Violation v;
    v.rule = rule;
    v.startFrame = insertion.startFrame;
    v.endFrame = insertion.endFrame;
    v.startS = insertion.startS;
    v.endS = insertion.endS;
    v.insertion = insertion.id;
    v.positionM = insertion.contactM;
    v.source = input.profile.sourceText(QLatin1String(parameter)).toStdString();
    v.confidence = insertion.confidence;
    return v;
}

Violation aboutAll(const RuleInput& input, const char* rule, const char* parameter) {
    Violation v;
    v.rule = rule;
    v.startFrame = input.firstFrame;
    v.endFrame = input.lastFrame;
    v.startS = input.firstS;
    v.endS = input.lastS;
    v.source = input.profile.sourceText(QLatin1String(parameter)).toStdString();
    return v;
}

Verdicts cannotJudge(const RuleInput& input, const char* rule, const char* parameter,
                     const char* reason) {
    Violation v = aboutAll(input, rule, parameter);
    v.verdict = Verdict::CannotJudge;
    v.reason = reason;
    return {v};
}

namespace {

enum class Excess { None, SeenPoorly, WithinError, Sure };

Excess excessOf(double excess, double band, double confidence) {
    // The product of decimal fractions may miss the limit by a rounding error.
    constexpr double kRounding = 1e-9;
    return excess <= kRounding             ? Excess::None
           : confidence < kLeastConfidence ? Excess::SeenPoorly
           : excess <= band                ? Excess::WithinError
                                           : Excess::Sure;
}

// What reads the same with so many decimals cannot be told apart.
double errorBand(double error, double value, double limit, int decimals) {
    return formatNumber(value, decimals) == formatNumber(limit, decimals)
               ? std::max(error, std::pow(10.0, -decimals))
               : error;
}

}  // namespace

Verdict decide(Violation& v, double excess, double error, int decimals) {
    const double value = v.value.value_or(0), limit = v.limit.value_or(0);
    const double band = errorBand(error, value, limit, decimals);
    const auto number = [&](double x) { return formatNumber(x, decimals); };
    switch (excessOf(excess, band, v.confidence)) {
        case Excess::None:
            v.verdict = Verdict::Pass;
            break;
        case Excess::SeenPoorly:
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR(
                "core", "The poker was seen too poorly to hold %1 %3 against a limit of %2 %3.");
            v.reasonArgs = {number(value), number(limit), v.unit};
            break;
        case Excess::WithinError:
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core",
                              "%1 %3 was measured, the limit is %2 %3: the difference is within "
                              "the error of measuring, %4 %3.");
            v.reasonArgs = {number(value), number(limit), v.unit,
                            number(std::max(band, std::pow(10.0, -decimals)))};
            break;
        case Excess::Sure:
            v.verdict = Verdict::Violation;
            break;
    }
    return v.verdict;
}

void spareMixedUp(Verdicts& verdicts, const std::vector<ObservedInsertion>& insertions) {
    for (Violation& v : verdicts) {
        const auto in =
            std::find_if(insertions.begin(), insertions.end(),
                         [&](const ObservedInsertion& o) { return v.insertion == o.insertion.id; });
        if (v.verdict != Verdict::Violation || in == insertions.end() ||
            !in->insertion.identityInDoubt) {
            continue;
        }
        spareMixedUp(v);
    }
}

void spareMixedUp(Violation& v) {
    const int decimals = v.unit == "m" ? 2 : v.unit == "s" ? 1 : 0;
    v.verdict = Verdict::CannotJudge;
    v.reason = CVD_TR("core",
                      "Another poker came so near that the two may be mixed up: %1 %3 was "
                      "measured, the limit is %2 %3.");
    v.reasonArgs = {formatNumber(v.value.value_or(0), decimals),
                    formatNumber(v.limit.value_or(0), decimals), v.unit};
}

void passNoPart(Violation& v, const Insertion& in) {
    if (v.verdict == Verdict::Pass && (in.openStart || in.openEnd)) {
        v.verdict = Verdict::CannotJudge;
        v.reason = CVD_TR("core",
                          "Only a part of this insertion was seen: the poker was moved sideways "
                          "%1 m in it; up to %2 m are tolerated.");
    }
}

void passNothingUnseen(Verdicts& verdicts) {
    for (Violation& v : verdicts) {
        if (v.verdict == Verdict::Pass && v.insertion && v.confidence < kLeastConfidence) {
            v.verdict = Verdict::CannotJudge;
            v.reason = CVD_TR("core", "The poker was seen too poorly to judge this.");
            v.reasonArgs.clear();
        }
    }
}

double placeBandM(const Insertion& in) {
    return kBand * in.contactErrorM.value_or(0);
}

double distanceBandM(const Insertion& a, const Insertion& b) {
    return kBand * std::hypot(a.contactErrorM.value_or(0), b.contactErrorM.value_or(0));
}

// Reasons that results of earlier versions hold and that have to be said in another language yet.
[[maybe_unused]] static const char* const kEarlierReasons[] = {
    CVD_TR("core", "The poker leaned by %1 degrees; up to %2 degrees are allowed."),
    CVD_TR("core", "The poker leaned by %1 degrees, more than the %2 degrees allowed."),
    CVD_TR("core",
           "The poker leaned in a direction that differs by %1 degrees from insertion %3 beside "
           "it; up to %2 degrees are allowed."),
    CVD_TR("core",
           "The concrete of insertion %3 was vibrated again when it was %1 minutes old; up to %2 "
           "minutes are allowed."),
    CVD_TR("core",
           "The concrete of insertion %3 was vibrated again at least %1 minutes after it was "
           "placed; its age was not entered, so the limit of %2 minutes cannot be checked."),
    CVD_TR("core", "%1 % of the pour region was not seen; nothing was missed in the rest."),
    CVD_TR("core",
           "%1 % of the pour region was not seen well enough; nothing was missed in the rest."),
    CVD_TR("core", "Without the length of the rod in the calibration no speed along it is known."),
};

Stay stayOf(const ObservedInsertion& o, double stoodS, double leastS) {
    const Insertion& in = o.insertion;
    if (stoodS >= leastS) {
        return stoodS - in.unseenS >= leastS ? Stay::Enough : Stay::InDoubt;
    }
    const double band = errorBand(kBand * in.timeErrorS, stoodS, leastS, 1);
    const bool surelyShort = !in.openStart && !in.openEnd && stoodS + o.waveredS < leastS &&
                             excessOf(leastS - stoodS, band, in.confidence) == Excess::Sure;
    return surelyShort ? Stay::TooShort : Stay::InDoubt;
}

bool unseenOnTheWay(const RuleInput& input, PointM from, PointM to,
                    std::initializer_list<double> shares) {
    return input.coverage && std::any_of(shares.begin(), shares.end(), [&](double share) {
               return unseen(*input.coverage,
                             {from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)});
           });
}

bool placed(const ObservedInsertion& o) {
    return o.insertion.effective && o.insertion.contactM.has_value();
}

bool atOnePlace(const ObservedInsertion& o) {
    return placed(o) && o.places.size() == 1;
}

double distanceM(const ObservedInsertion& a, const ObservedInsertion& b) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const StandingPlace& p : a.places) {
        for (const StandingPlace& q : b.places) {
            nearest = std::min(nearest, distanceM(p.at, q.at));
        }
    }
    return nearest;
}

double distanceM(PointM a, PointM b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

Drag longestDrag(const std::vector<ContactSample>& path, double speedMmS) {
    constexpr double kPauseS = 0.3;
    Drag best, run;
    bool running = false;
    double slowS = 0;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        const double dt = path[i + 1].timeS - path[i].timeS;
        const bool fast = path[i].speedMmS.value_or(0) > speedMmS;
        if (fast && !running) {
            run = {0, i, i};
            running = true;
        }
        if (fast) {
            run.lengthM += *path[i].speedMmS / 1000 * dt;
            run.to = i + 1;
            slowS = 0;
        } else if (running) {
            slowS += dt;
            running = slowS <= kPauseS;
        }
        if (run.lengthM > best.lengthM) {
            best = run;
        }
    }
    return best;
}

FrameIndex frameAt(const ObservedInsertion& o, double timeS) {
    for (const ContactSample& sample : o.path) {
        if (sample.timeS >= timeS) {
            return std::clamp(sample.frame, o.insertion.startFrame, o.insertion.endFrame);
        }
    }
    return o.insertion.endFrame;
}

}  // namespace cvd::compliance
