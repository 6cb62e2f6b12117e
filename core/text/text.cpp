#include "core/text/text.h"

#include <algorithm>
#include <array>
#include <cmath>
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

struct Reason {
    const char* key;
    const char* label;
};
// Why a finding is called a false alarm.
constexpr std::array<Reason, 5> kReasons{{
    {"not_a_poker", CVD_TR("core", "It is not a poker")},
    {"wrong_point", CVD_TR("core", "The box or point is off")},
    {"hidden", CVD_TR("core", "Hidden, cannot be told from the picture")},
    {"duplicate", CVD_TR("core", "Counted twice")},
    {"allowed_here", CVD_TR("core", "The limit does not apply here")},
}};

QString translated(const char* text) {
    return QCoreApplication::translate("core", text);
}

// Digits after the point.
int decimalsOf(const std::string& unit) {
    if (unit == "m") {
        return 2;
    }
    if (unit == "mm/s" || unit == "deg" || unit == "mm") {
        return 0;
    }
    return 1;
}

}  // namespace

QString filledIn(const QString& pattern, const std::vector<std::string>& arguments) {
    QString out;
    out.reserve(pattern.size() + 64);
    // Filled in one pass: an argument that itself contains "%1" must stay as it is.
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar c = pattern[i];
        const QChar next = i + 1 < pattern.size() ? pattern[i + 1] : QChar();
        if (c != u'%' || next < u'1' || next > u'9') {
            out += c;
            continue;
        }
        const auto index = static_cast<size_t>(next.unicode() - u'1');
        if (index < arguments.size()) {
            const std::string& argument = arguments[index];
            out += argument == "deg" ? QString(QChar(0x00B0)) : QString::fromStdString(argument);
        }
        ++i;
    }
    return out;
}

QString sentence(const std::string& pattern, const std::vector<std::string>& arguments) {
    return filledIn(translated(pattern.c_str()), arguments);
}

QString errorText(const Error& error) {
    // A path of thousands of characters would hide the sentence around it.
    constexpr qsizetype kMost = 300, kEnd = 140;
    std::vector<std::string> arguments = error.args;
    for (std::string& argument : arguments) {
        const QString whole = QString::fromStdString(argument);
        if (whole.size() > kMost) {
            argument = (whole.left(kEnd) + QStringLiteral(" … ") + whole.right(kEnd)).toStdString();
        }
    }
    return sentence(error.text, arguments);
}

QString reasonText(const Violation& violation) {
    return sentence(violation.reason, violation.reasonArgs);
}

const char* ruleLabel(const std::string& rule) {
    for (const auto& [name, label] : kRules) {
        if (rule == name) {
            return label;
        }
    }
    return nullptr;
}

QString ruleText(const std::string& rule) {
    const char* label = ruleLabel(rule);
    return label ? translated(label) : QString::fromStdString(rule);
}

const char* verdictLabel(Verdict verdict) {
    switch (verdict) {
        case Verdict::Violation:
            return CVD_TR("core", "Violation");
        case Verdict::Pass:
            return CVD_TR("core", "Pass");
        case Verdict::CannotJudge:
            break;
    }
    return CVD_TR("core", "Cannot judge");
}

QString verdictText(Verdict verdict) {
    return translated(verdictLabel(verdict));
}

const char* severityLabel(Severity severity) {
    switch (severity) {
        case Severity::Minor:
            return CVD_TR("core", "Minor");
        case Severity::Major:
            return CVD_TR("core", "Major");
        case Severity::Critical:
            break;
    }
    return CVD_TR("core", "Critical");
}

QString severityText(Severity severity) {
    return translated(severityLabel(severity));
}

QStringList falseAlarmReasons() {
    QStringList keys;
    for (const Reason& reason : kReasons) {
        keys << QString::fromLatin1(reason.key);
    }
    return keys;
}

const char* falseAlarmLabel(const QString& key) {
    for (const Reason& reason : kReasons) {
        if (key == QLatin1String(reason.key)) {
            return reason.label;
        }
    }
    return nullptr;
}

QString dateTimeText(const QDateTime& utc) {
    return utc.isValid() ? QLocale().toString(utc.toLocalTime(),
                                              QCoreApplication::translate(
                                                  "cvd::ui", "d MMM yyyy, HH:mm",
                                                  "date and time, as QDateTime::toString reads it"))
                         : QString();
}

QString clockText(double seconds, int decimals) {
    // The small term keeps 38.24 (stored as 38.239999...) from becoming 38.23.
    const qint64 unit = decimals <= 0 ? 1 : decimals == 1 ? 10 : decimals == 2 ? 100 : 1000;
    const auto parts =
        static_cast<qint64>(std::floor(std::max(0.0, seconds) * double(unit) + 1e-6));
    const qint64 whole = parts / unit;
    QString text = QStringLiteral("%1:%2")
                       .arg(whole / 60 % 60, 2, 10, QLatin1Char('0'))
                       .arg(whole % 60, 2, 10, QLatin1Char('0'));
    if (unit > 1) {
        text +=
            QStringLiteral(".%1").arg(parts % unit, std::min(decimals, 3), 10, QLatin1Char('0'));
    }
    return whole < 3600 ? text : QStringLiteral("%1:%2").arg(whole / 3600).arg(text);
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

namespace {

QString withUnit(const QString& number, const std::string& unit) {
    if (unit.empty() || unit == "1") {
        return number;
    }
    return unit == "deg" ? number + QChar(0x00B0)
                         : number + QChar(0x00A0) + QString::fromStdString(unit);
}

}  // namespace

QString quantityText(const QLocale& locale, double value, const std::string& unit) {
    return withUnit(locale.toString(value, 'f', decimalsOf(unit)), unit);
}

QString comparisonText(const QLocale& locale, double value, double limit, const std::string& unit) {
    const auto at = [&](double figure, int decimals) {
        return locale.toString(figure, 'f', decimals);
    };
    const int usual = decimalsOf(unit);
    int decimals = usual;
    while (decimals <= usual + 3 && at(value, decimals) == at(limit, decimals)) {
        ++decimals;
    }
    const bool same = decimals > usual + 3;
    if (same) {
        decimals = usual;
    }
    const QChar sign = same            ? QLatin1Char('=')
                       : value < limit ? QLatin1Char('<')
                                       : QLatin1Char('>');
    return QStringLiteral("%1 %2 %3")
        .arg(withUnit(at(value, decimals), unit), sign, withUnit(at(limit, decimals), unit));
}

}  // namespace cvd::text
