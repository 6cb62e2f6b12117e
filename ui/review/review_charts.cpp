#include "ui/review/review_charts.h"

#include <QCoreApplication>
#include <QHash>
#include <QMap>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/text/text.h"
#include "ui/charts/scales.h"
#include "ui/review/review_text.h"

namespace cvd::ui {
namespace {

constexpr double kForever = std::numeric_limits<double>::infinity();
constexpr int kMostPours = 24;  // rows that can be read

QString say(const char* text) {
    return QCoreApplication::translate("cvd::ui::ReviewCharts", text);
}

QString clockEdge(double seconds) {
    const auto whole = qint64(std::llround(seconds));
    const QString minutes = QStringLiteral("%1:%2")
                                .arg((whole / 60) % 60, 2, 10, QLatin1Char('0'))
                                .arg(whole % 60, 2, 10, QLatin1Char('0'));
    return whole < 3600 ? minutes : QStringLiteral("%1:%2").arg(whole / 3600).arg(minutes);
}

QString rangeText(double from, double to, int decimals) {
    return QStringLiteral("%1\u2013%2").arg(numberText(from, decimals), numberText(to, decimals));
}

int decimalsOf(double width) {
    return width >= 1 && width == std::floor(width) ? 0 : width >= 0.1 ? 1 : 2;
}

QString noInsertions(const ReviewData& data) {
    return data.hasResult ? say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts",
                                                  "No insertion of a poker was seen."))
                          : say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts",
                                                  "This video has not been judged yet. Run the "
                                                  "detection first."));
}
QString noViolations(const ReviewData& data) {
    return data.hasResult ? say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts",
                                                  "There is no violation, or every one was called "
                                                  "a false alarm."))
                          : noInsertions(data);
}
QString withoutFalseAlarms() {
    return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts",
                                 "Violations that were called false alarms are left out."));
}

// --- Bins of a number ---

struct Value {
    double value = 0;
    int set = 0;
    qint64 id = 0;
};

// Fills bars from `from` in steps of `width`; the last bin takes what lies on its upper edge.
void addBins(ChartData& chart, const QList<Value>& values, double from, double to, double width) {
    chart.binFrom = from;
    chart.binWidth = width;
    const int bins = std::max(1, int(std::ceil((to - from) / width - 1e-9)));
    const int decimals = decimalsOf(width);
    for (int i = 0; i < bins; ++i) {
        ChartBar bar;
        const double a = from + i * width;
        bar.label = chart.edgeText ? chart.edgeText(a) : rangeText(a, a + width, decimals);
        bar.values.fill(0, chart.sets.size());
        bar.ids.resize(chart.sets.size());
        chart.bars.append(bar);
    }
    for (const Value& v : values) {
        const int bin = std::clamp(int(std::floor((v.value - from) / width + 1e-9)), 0, bins - 1);
        chart.bars[bin].values[v.set] += 1;
        chart.bars[bin].ids[v.set].append(v.id);
    }
    chart.decimals = decimals;
}

QString bandName(const ReviewData& data) {
    const auto& limits = data.limits;
    const QString profile = data.profileName.isEmpty() ? data.profileId : data.profileName;
    const auto number = [](double v) { return numberText(v, v == std::floor(v) ? 0 : 1); };
    if (limits.stationaryMinS && limits.stationaryMaxS) {
        return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "%1–%2 s: %3"))
            .arg(number(*limits.stationaryMinS), number(*limits.stationaryMaxS), profile);
    }
    return limits.stationaryMinS
               ? say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "at least %1 s: %2"))
                     .arg(number(*limits.stationaryMinS), profile)
               : say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "at most %1 s: %2"))
                     .arg(number(limits.stationaryMaxS.value_or(0)), profile);
}

void addTimeBand(ChartData& chart, const ReviewData& data) {
    const auto& limits = data.limits;
    if (limits.stationaryMinS || limits.stationaryMaxS) {
        chart.bands.append({limits.stationaryMinS.value_or(0),
                            limits.stationaryMaxS.value_or(kForever), bandName(data)});
    }
}

enum TimeSet { TooShort, Within, TooLong };
int timeSetOf(double seconds, const ReviewLimits& limits) {
    return limits.stationaryMinS && seconds < *limits.stationaryMinS   ? TooShort
           : limits.stationaryMaxS && seconds > *limits.stationaryMaxS ? TooLong
                                                                       : Within;
}

QString timeTitle() {
    return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Time standing still (s)"));
}
QString countTitle() {
    return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Insertions"));
}

ChartData insertionTimes(const ReviewData& data) {
    ChartData chart;
    chart.categoryTitle = timeTitle();
    chart.valueTitle = countTitle();
    chart.empty = noInsertions(data);
    const bool limited = data.limits.stationaryMinS || data.limits.stationaryMaxS;
    chart.sets = {
        {say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Too short")), ChartTone::Critical},
        {limited ? say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Within the band"))
                 : countTitle(),
         limited ? ChartTone::Pass : ChartTone::Accent},
        {say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Too long")), ChartTone::Major}};
    QList<Value> values;
    double longest = data.limits.stationaryMaxS.value_or(data.limits.stationaryMinS.value_or(0));
    for (const Insertion& i : data.insertions) {
        if (i.effective) {
            values.append({i.stationaryS, timeSetOf(i.stationaryS, data.limits), i.id});
            longest = std::max(longest, i.stationaryS);
        }
    }
    if (!limited) {
        chart.sets = {chart.sets[Within]};
        for (Value& v : values) {
            v.set = 0;
        }
    }
    const double width = niceBinWidth(0, longest * 1.05, 20);
    addBins(chart, values, 0, longest * 1.05, width);
    addTimeBand(chart, data);
    return chart;
}

ChartData timesOverPour(const ReviewData& data) {
    ChartData chart;
    chart.kind = ChartData::Kind::Points;
    chart.categoryTitle =
        say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Time in the video (min:s)"));
    chart.valueTitle = timeTitle();
    chart.edgeText = clockEdge;
    chart.decimals = 1;
    chart.empty = noInsertions(data);
    const ChartTone tones[] = {ChartTone::Critical, ChartTone::Pass, ChartTone::Major};
    const bool limited = data.limits.stationaryMinS || data.limits.stationaryMaxS;
    for (const Insertion& i : data.insertions) {
        if (i.effective) {
            chart.points.append(
                {i.startS, i.stationaryS,
                 limited ? tones[timeSetOf(i.stationaryS, data.limits)] : ChartTone::Accent, i.id});
        }
    }
    if (limited) {
        chart.note = say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts",
                                           "One mark an insertion: round within the band, square "
                                           "outside it."));
    }
    addTimeBand(chart, data);
    return chart;
}

ChartData spacing(const ReviewData& data) {
    ChartData chart;
    chart.categoryTitle = say(
        QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Distance to the nearest other insertion (m)"));
    chart.valueTitle = countTitle();
    const auto limit = data.limits.spacingMaxM;
    chart.sets = {
        {limit ? say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Within the limit")) : countTitle(),
         limit ? ChartTone::Pass : ChartTone::Accent}};
    if (limit) {
        chart.sets.append(
            {say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Too far")), ChartTone::Critical});
    }
    const auto distances = nearestDistances(data.insertions);
    QList<Value> values;
    double greatest = limit.value_or(0);
    for (int i = 0; i < distances.size(); ++i) {
        if (distances[i]) {
            const bool over = limit && *distances[i] > *limit + 1e-9;
            values.append({*distances[i], over ? 1 : 0, data.insertions[i].id});
            greatest = std::max(greatest, *distances[i]);
        }
    }
    const bool seen = std::any_of(data.insertions.begin(), data.insertions.end(),
                                  [](const Insertion& i) { return i.effective; });
    chart.empty = !seen ? noInsertions(data)
                  : data.calibration
                      ? say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts",
                                              "There is only one insertion whose place is known."))
                      : say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts",
                                              "Without a calibration nothing can be measured in "
                                              "metres. Calibrate the project and judge it again."));
    if (values.isEmpty()) {
        return chart;
    }
    addBins(chart, values, 0, greatest * 1.05, niceBinWidth(0, greatest * 1.05, 20));
    if (limit) {
        chart.marks.append({*limit, say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Limit %1 m"))
                                        .arg(numberText(*limit, 2))});
    }
    return chart;
}

// --- Violations ---

QList<ChartSet> severitySets() {
    return {{text::severityText(Severity::Critical), ChartTone::Critical},
            {text::severityText(Severity::Major), ChartTone::Major},
            {text::severityText(Severity::Minor), ChartTone::Minor}};
}
int severitySetOf(Severity severity) {
    return 2 - int(severity);
}

bool counts(const ReviewViolation& v) {
    return v.finding.verdict == Verdict::Violation && v.verdict() != ReviewVerdict::FalseAlarm;
}

// Bars by name, the longest on top (the axis counts from below).
void addNamed(ChartData& chart, const QMap<QString, QList<Value>>& named) {
    for (auto it = named.begin(); it != named.end(); ++it) {
        ChartBar bar;
        bar.label = it.key();
        bar.values.fill(0, chart.sets.size());
        bar.ids.resize(chart.sets.size());
        for (const Value& v : it.value()) {
            bar.values[v.set] += v.value;
            bar.ids[v.set].append(v.id);
        }
        chart.bars.append(bar);
    }
    std::stable_sort(chart.bars.begin(), chart.bars.end(),
                     [](const ChartBar& a, const ChartBar& b) {
                         return std::accumulate(a.values.begin(), a.values.end(), 0.0) <
                                std::accumulate(b.values.begin(), b.values.end(), 0.0);
                     });
}

QString violationsTitle() {
    return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Violations"));
}

ChartData violationsByRule(const ReviewData& data) {
    ChartData chart;
    chart.kind = ChartData::Kind::Rows;
    chart.categoryTitle = say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Rule"));
    chart.valueTitle = violationsTitle();
    chart.note = withoutFalseAlarms();
    chart.empty = noViolations(data);
    chart.sets = severitySets();
    QMap<QString, QList<Value>> named;
    for (const ReviewViolation& v : data.violations) {
        if (counts(v)) {
            named[text::ruleText(v.finding.rule)].append(
                {1, severitySetOf(v.finding.severity), v.id});
        }
    }
    addNamed(chart, named);
    return chart;
}

ChartData violationsOverTime(const ReviewData& data) {
    ChartData chart;
    chart.categoryTitle =
        say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Time in the video (min:s)"));
    chart.valueTitle = violationsTitle();
    chart.note = withoutFalseAlarms();
    chart.empty = noViolations(data);
    chart.sets = severitySets();
    chart.edgeText = clockEdge;
    QList<Value> values;
    double last = data.video.durationS;
    for (const ReviewViolation& v : data.violations) {
        if (counts(v)) {
            values.append({v.finding.startS, severitySetOf(v.finding.severity), v.id});
            last = std::max(last, v.finding.startS);
        }
    }
    addBins(chart, values, 0, std::max(last, 1.0), niceClockWidth(std::max(last, 1.0), 20));
    for (ChartBar& bar : chart.bars) {
        const double from = (&bar - chart.bars.data()) * chart.binWidth;
        bar.label =
            QStringLiteral("%1\u2013%2").arg(clockEdge(from), clockEdge(from + chart.binWidth));
    }
    return chart;
}

ChartData byPoker(const ReviewData& data) {
    ChartData chart;
    chart.kind = ChartData::Kind::Rows;
    chart.categoryTitle = say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Poker"));
    chart.valueTitle = violationsTitle();
    chart.note = say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts",
                                       "A poker that left the picture counts as a new one when it "
                                       "comes back. Violations without an insertion and false "
                                       "alarms are left out."));
    chart.empty = noViolations(data);
    chart.sets = severitySets();
    QHash<qint64, qint64> trackOf;  // by insertion
    QHash<qint64, int> insertionsOf;
    for (const Insertion& i : data.insertions) {
        trackOf.insert(i.id, i.track.value);
        insertionsOf[i.track.value] += i.effective;
    }
    QMap<QString, QList<Value>> named;
    for (const ReviewViolation& v : data.violations) {
        const auto track =
            v.finding.insertion ? trackOf.constFind(*v.finding.insertion) : trackOf.constEnd();
        if (counts(v) && track != trackOf.constEnd()) {
            const int insertions = insertionsOf.value(*track);
            const QString name = *track < 0
                                     ? QCoreApplication::translate("cvd::ui::ReviewCharts",
                                                                   "By hand (%1 insertions)")
                                           .arg(insertions)
                                     : QCoreApplication::translate("cvd::ui::ReviewCharts",
                                                                   "Poker %1 (%2 insertions)")
                                           .arg(*track)
                                           .arg(insertions);
            named[name].append({1, severitySetOf(v.finding.severity), v.id});
        }
    }
    addNamed(chart, named);
    if (chart.bars.size() > kMostPours) {  // the ones with the most violations stand last
        chart.bars = chart.bars.mid(chart.bars.size() - kMostPours);
    }
    return chart;
}

}  // namespace

QList<std::optional<double>> nearestDistances(const QList<Insertion>& insertions) {
    QList<std::optional<double>> out(insertions.size());
    QList<int> order;
    for (int i = 0; i < insertions.size(); ++i) {
        if (insertions[i].effective && insertions[i].contactM) {
            order.append(i);
        }
    }
    std::sort(order.begin(), order.end(),
              [&](int a, int b) { return insertions[a].contactM->x < insertions[b].contactM->x; });
    for (int k = 0; k < order.size(); ++k) {
        const PointM p = *insertions[order[k]].contactM;
        double best = kForever;
        // Outwards in x, until the difference in x alone is too far.
        for (const int direction : {-1, 1}) {
            for (int j = k + direction; j >= 0 && j < order.size(); j += direction) {
                const PointM q = *insertions[order[j]].contactM;
                if (std::abs(q.x - p.x) >= best) {
                    break;
                }
                best = std::min(best, std::hypot(q.x - p.x, q.y - p.y));
            }
        }
        if (best < kForever) {
            out[order[k]] = best;
        }
    }
    return out;
}

ChartEvents eventsOf(ReviewChart chart) {
    switch (chart) {
        case ReviewChart::InsertionTimes:
        case ReviewChart::TimesOverPour:
        case ReviewChart::Spacing:
            return ChartEvents::Insertions;
        case ReviewChart::Pours:
            return ChartEvents::Projects;
        default:
            return ChartEvents::Violations;
    }
}

QString chartName(ReviewChart chart) {
    switch (chart) {
        case ReviewChart::InsertionTimes:
            return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Insertion times"));
        case ReviewChart::TimesOverPour:
            return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Insertion times over the pour"));
        case ReviewChart::Spacing:
            return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Spacing of insertions"));
        case ReviewChart::ViolationsByRule:
            return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Violations by rule"));
        case ReviewChart::ViolationsOverTime:
            return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Violations over time"));
        case ReviewChart::ByPoker:
            return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Violations by poker"));
        case ReviewChart::Pours:
            return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Comparison of pours"));
    }
    return {};
}

ChartData reviewChart(ReviewChart chart, const ReviewData& data) {
    ChartData out;
    switch (chart) {
        case ReviewChart::InsertionTimes:
            out = insertionTimes(data);
            break;
        case ReviewChart::TimesOverPour:
            out = timesOverPour(data);
            break;
        case ReviewChart::Spacing:
            out = spacing(data);
            break;
        case ReviewChart::ViolationsByRule:
            out = violationsByRule(data);
            break;
        case ReviewChart::ViolationsOverTime:
            out = violationsOverTime(data);
            break;
        case ReviewChart::ByPoker:
            out = byPoker(data);
            break;
        case ReviewChart::Pours:
            break;
    }
    out.title = chartName(chart);
    if (!data.title.isEmpty()) {
        out.title =
            QCoreApplication::translate("cvd::ui::ReviewCharts", "%1 – %2", "chart, project")
                .arg(out.title, data.title);
    }
    return out;
}

QString measureName(PourMeasure measure) {
    switch (measure) {
        case PourMeasure::ViolationsPer100:
            return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Violations per 100 insertions"));
        case PourMeasure::WithinBandPct:
            return say(
                QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Insertions of the right length (%)"));
        case PourMeasure::MeanStationaryS:
            return say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Mean time standing still (s)"));
        case PourMeasure::Insertions:
            return countTitle();
    }
    return {};
}

ChartData poursChart(PourMeasure measure, const QList<PourFigures>& pours) {
    ChartData chart;
    chart.kind = ChartData::Kind::Rows;
    chart.title = QCoreApplication::translate("cvd::ui::ReviewCharts", "%1: %2", "chart, measure")
                      .arg(chartName(ReviewChart::Pours), measureName(measure));
    chart.categoryTitle = say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "Pour"));
    chart.valueTitle = measureName(measure);
    chart.wholeNumbers = measure == PourMeasure::Insertions;
    chart.decimals = chart.wholeNumbers ? 0 : 1;
    chart.oneSetABar = true;
    chart.note = measure == PourMeasure::ViolationsPer100 ? withoutFalseAlarms() : QString();
    chart.empty = say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts",
                                        "No other pour with a result is there to compare with."));
    chart.sets = {{measureName(measure), ChartTone::Accent},
                  {say(QT_TRANSLATE_NOOP("cvd::ui::ReviewCharts", "This pour")), ChartTone::Pass}};
    for (int i = int(std::min<qsizetype>(pours.size(), kMostPours)) - 1; i >= 0; --i) {
        const PourFigures& pour = pours[i];
        const double n = std::max(1, pour.insertions);
        double value = pour.insertions;
        if (measure == PourMeasure::ViolationsPer100) {
            value = 100.0 * pour.violations / n;
        } else if (measure == PourMeasure::WithinBandPct) {
            value = 100.0 * std::max(0, pour.insertions - pour.wrongLength) / n;
        } else if (measure == PourMeasure::MeanStationaryS) {
            value = pour.meanStationaryS;
        }
        ChartBar bar;
        bar.label = pour.name;
        bar.values = pour.current ? QList<double>{0, value} : QList<double>{value, 0};
        bar.ids =
            pour.current ? QList<QList<qint64>>{{}, {}} : QList<QList<qint64>>{{pour.project}, {}};
        chart.bars.append(bar);
    }
    return chart;
}

}  // namespace cvd::ui
