#include "ui/review/review_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <cmath>
#include <map>

#include "core/report/report_words.h"
#include "core/text/text.h"

namespace cvd::ui {

namespace {

// The names are those of docs/contract.md.
const std::map<std::string, const char*>& explanations() {
    static const std::map<std::string, const char*> words = {
        {"under_vibration",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "The poker stood still in the concrete for less time than the profile "
                           "asks for.")},
        {"over_vibration",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "The same place was vibrated longer than the profile allows.")},
        {"missed_area",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "A part of the pour lies within no effective insertion's reach.")},
        {"spacing_too_large",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "Neighbouring insertions are further apart than the profile allows.")},
        {"repeat_vibration",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "The poker came back to almost the same place shortly afterwards.")},
        {"fast_withdrawal",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "The poker was pulled out faster than the profile allows.")},
        {"slow_insertion",
         QT_TRANSLATE_NOOP("cvd::ui::Rules", "The poker went in slower than it came out.")},
        {"dragging",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "The poker was moved sideways while it was in the concrete.")},
        {"moving_concrete",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "The poker was used to make the concrete flow sideways.")},
        {"tilt",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "The poker stood further from the vertical than the profile allows.")},
        {"too_near_form",
         QT_TRANSLATE_NOOP("cvd::ui::Rules", "The insertion is closer to the form than allowed.")},
        {"too_far_from_form",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "The outermost row of insertions does not reach the form.")},
        {"shallow_insertion",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "The poker did not go deep enough to reach the layer below.")},
        {"layer_too_thick",
         QT_TRANSLATE_NOOP("cvd::ui::Rules", "The layer is thicker than the poker can treat.")},
        {"running_in_air",
         QT_TRANSLATE_NOOP("cvd::ui::Rules", "The poker ran outside the concrete.")},
        {"no_vibration",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "Concrete was placed and nobody vibrated near the front.")},
        {"late_revibration",
         QT_TRANSLATE_NOOP("cvd::ui::Rules",
                           "The concrete was vibrated again after it had begun to set.")},
        {"irregular_order",
         QT_TRANSLATE_NOOP("cvd::ui::Rules", "The insertions do not follow a systematic order.")},
    };
    return words;
}

}  // namespace

QString timeText(double seconds) {
    return text::clockText(seconds);
}

std::optional<double> parseTime(const QString& text) {
    static const QRegularExpression form(
        QStringLiteral("^\\s*(?:(?:(\\d+):)?(\\d+):)?(\\d+(?:[.,]\\d*)?)\\s*$"));
    const auto match = form.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const double seconds = match.captured(3).replace(QLatin1Char(','), QLatin1Char('.')).toDouble();
    return match.captured(1).toDouble() * 3600 + match.captured(2).toDouble() * 60 + seconds;
}

QString ruleExplanation(const std::string& rule) {
    const auto found = explanations().find(rule);
    return found == explanations().end()
               ? QString()
               : QCoreApplication::translate("cvd::ui::Rules", found->second);
}

QString fileNameOf(const QString& title, const QString& kind) {
    QString name = QStringLiteral("%1 %2").arg(title, kind).simplified();
    for (const QChar c : QStringLiteral("/\\:*?\"<>|")) {
        name.replace(c, QLatin1Char('_'));
    }
    return name;
}

QString verdictText(ReviewVerdict verdict) {
    switch (verdict) {
        case ReviewVerdict::Confirmed:
            return QCoreApplication::translate("cvd::ui::Verdict", "Confirmed");
        case ReviewVerdict::FalseAlarm:
            return QCoreApplication::translate("cvd::ui::Verdict", "False alarm");
        case ReviewVerdict::Undecided:
            return QCoreApplication::translate("cvd::ui::Verdict", "Undecided");
        case ReviewVerdict::Unreviewed:
            break;
    }
    return QCoreApplication::translate("cvd::ui::Verdict", "Open");
}

QString sourceText(const Violation& finding) {
    return report::sourceText(finding.source, [](const char* context, const char* english) {
        return QCoreApplication::translate(context, english);
    });
}

QString quantityText(double value, const std::string& unit) {
    return text::quantityText(QLocale(), value, unit);
}

QString measuredText(const Violation& finding) {
    if (!finding.value) {
        return finding.limit ? QCoreApplication::translate("cvd::ui::Rules", "limit %1")
                                   .arg(quantityText(*finding.limit, finding.unit))
                             : QString();
    }
    return finding.limit
               ? text::comparisonText(QLocale(), *finding.value, *finding.limit, finding.unit)
               : quantityText(*finding.value, finding.unit);
}

QString metresText(PointM place) {
    const QLocale locale;
    return QStringLiteral("%1, %2").arg(locale.toString(place.x, 'f', 2),
                                        locale.toString(place.y, 'f', 2));
}

QString positionText(const std::optional<PointM>& metres, const std::optional<PointPx>& pixels) {
    const QLocale locale;
    if (metres) {
        return metresText(*metres) + QStringLiteral(" m");
    }
    if (pixels) {
        return QStringLiteral("%1, %2 px")
            .arg(locale.toString(pixels->x, 'f', 0), locale.toString(pixels->y, 'f', 0));
    }
    return {};
}

QStringList falseAlarmReasons() {
    return text::falseAlarmReasons();
}

QString falseAlarmReasonText(const QString& keyOrText) {
    const char* label = text::falseAlarmLabel(keyOrText);
    return label ? QCoreApplication::translate("core", label) : keyOrText;
}

QString byHandText(const QString& who) {
    return QCoreApplication::translate("cvd::ui::ReviewText", "Added or changed by hand by %1")
        .arg(who);
}

QString byHandText(const ReviewViolation& violation) {
    if (violation.entered()) {
        return QCoreApplication::translate("cvd::ui::ReviewText", "Entered by hand by %1")
            .arg(QString::fromStdString(violation.finding.source));
    }
    return violation.byHand ? QCoreApplication::translate("cvd::ui::ReviewText",
                                                          "Follows from a correction by hand")
                            : QString();
}

}  // namespace cvd::ui
