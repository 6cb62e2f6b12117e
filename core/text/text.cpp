#include "core/text/text.h"

#include <array>
#include <utility>

#include <QCoreApplication>

namespace cvd::text {
namespace {

// Context "core" for all of them; CVD_TR makes lupdate see the texts.
constexpr std::array<std::pair<const char*, const char*>, 18> kRules{{
    {"under_vibration", CVD_TR("core", "Under-vibration")},
    {"over_vibration", CVD_TR("core", "Over-vibration")},
    {"missed_area", CVD_TR("core", "Missed area")},
    {"spacing_too_large", CVD_TR("core", "Spacing too large")},
    {"repeat_vibration", CVD_TR("core", "Repeated vibration")},
    {"fast_withdrawal", CVD_TR("core", "Withdrawn too fast")},
    {"slow_insertion", CVD_TR("core", "Slow insertion")},
    {"dragging", CVD_TR("core", "Dragging")},
    {"moving_concrete", CVD_TR("core", "Moving concrete")},
    {"tilt", CVD_TR("core", "Tilted")},
    {"too_near_form", CVD_TR("core", "Too near the form")},
    {"too_far_from_form", CVD_TR("core", "Too far from the form")},
    {"shallow_insertion", CVD_TR("core", "Shallow insertion")},
    {"layer_too_thick", CVD_TR("core", "Layer too thick")},
    {"running_in_air", CVD_TR("core", "Running in air")},
    {"no_vibration", CVD_TR("core", "No vibration")},
    {"late_revibration", CVD_TR("core", "Late revibration")},
    {"irregular_order", CVD_TR("core", "Irregular order")},
}};

QString translated(const char* text) {
    return QCoreApplication::translate("core", text);
}

}  // namespace

QString sentence(const std::string& pattern, const std::vector<std::string>& arguments) {
    const QString translatedPattern = translated(pattern.c_str());
    QString out;
    out.reserve(translatedPattern.size() + 64);
    // Filled in one pass: an argument that itself contains "%1" must stay as it is.
    for (qsizetype i = 0; i < translatedPattern.size(); ++i) {
        const QChar c = translatedPattern[i];
        const QChar next = i + 1 < translatedPattern.size() ? translatedPattern[i + 1] : QChar();
        if (c != u'%' || next < u'1' || next > u'9') {
            out += c;
            continue;
        }
        const auto index = static_cast<size_t>(next.unicode() - u'1');
        if (index < arguments.size()) {
            out += QString::fromStdString(arguments[index]);
        }
        ++i;
    }
    return out;
}

QString errorText(const Error& error) {
    return sentence(error.text, error.args);
}

QString reasonText(const Violation& violation) {
    return sentence(violation.reason, violation.reasonArgs);
}

QString ruleText(const std::string& rule) {
    for (const auto& [name, label] : kRules) {
        if (rule == name) {
            return translated(label);
        }
    }
    return QString::fromStdString(rule);
}

QString verdictText(Verdict verdict) {
    switch (verdict) {
        case Verdict::Violation:
            return translated(CVD_TR("core", "Violation"));
        case Verdict::Pass:
            return translated(CVD_TR("core", "Pass"));
        case Verdict::CannotJudge:
            return translated(CVD_TR("core", "Cannot judge"));
    }
    return {};
}

QString severityText(Severity severity) {
    switch (severity) {
        case Severity::Minor:
            return translated(CVD_TR("core", "Minor"));
        case Severity::Major:
            return translated(CVD_TR("core", "Major"));
        case Severity::Critical:
            return translated(CVD_TR("core", "Critical"));
    }
    return {};
}

QString classText(ObjectClass cls) {
    switch (cls) {
        case ObjectClass::Vibrator:
            return translated(CVD_TR("core", "Poker"));
        case ObjectClass::Hoe:
            return translated(CVD_TR("core", "Hoe"));
        case ObjectClass::Person:
            return translated(CVD_TR("core", "Person"));
    }
    return {};
}

}  // namespace cvd::text
