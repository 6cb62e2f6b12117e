// What a chart shows, as plain data: bars or points with the ids of the events behind them. The
// same data feeds the picture, the table beside it and the exports, so that they always agree.
#pragma once

#include <QList>
#include <QString>
#include <algorithm>
#include <functional>
#include <optional>

namespace cvd::ui {

// What a colour means; the theme decides which colour it is.
enum class ChartTone { Accent, Pass, Minor, Major, Critical, Unknown };

struct ChartSet {
    QString name;  // for the legend and the table's header
    ChartTone tone = ChartTone::Accent;
};

struct ChartBar {
    QString label;             // "2–4 s", "Too short"
    QList<double> values;      // one a set
    QList<QList<qint64>> ids;  // of the events behind each value; empty: nothing to open
};

struct ChartPoint {
    double x = 0, y = 0;
    ChartTone tone = ChartTone::Accent;
    qint64 id = 0;
};

// A shaded range: of x for bars, of y for points. An open end is infinite.
struct ChartBand {
    double from = 0, to = 0;
    QString name;
};

// A dashed line: at an x for bars, at a y for points.
struct ChartMark {
    double at = 0;
    QString name;
};

struct ChartData {
    enum class Kind {
        Columns,  // bins of a number (binFrom, binWidth), upright
        Rows,     // things with names, lying
        Points,
    };
    Kind kind = Kind::Columns;
    QString title;
    QString
        categoryTitle;   // of the bins, names or x values, with the unit: "Time standing still (s)"
    QString valueTitle;  // of the bars' lengths or the y values, with the unit
    QString note;        // one line below the title: what is left out, what a colour means

    QList<ChartSet> sets;  // stacked in this order
    QList<ChartBar> bars;
    double binFrom = 0, binWidth = 1;
    std::function<QString(double)> edgeText;  // of a bin's edge or an x value; empty: a number
    bool labelsUnderBars = false;  // of Columns: each bar's own instead of the bins' edges
    bool wholeNumbers = true;      // the values are counts
    int decimals = 0;              // of the values otherwise, for points of x and y
    bool oneSetABar = false;       // a bar belongs to one set, the others say nothing

    QList<ChartPoint> points;

    QList<ChartBand> bands;
    QList<ChartMark> marks;

    QString empty;  // said instead of a picture when there is nothing to show

    bool isEmpty() const { return kind == Kind::Points ? points.isEmpty() : total() <= 0; }
    double total() const;
    // Whether a bar says something of a set: not of the others where it belongs to one.
    bool says(const ChartBar& bar, int set) const {
        return !oneSetABar || bar.values.value(set) != 0 ||
               (set == 0 &&
                std::all_of(bar.values.begin(), bar.values.end(), [](double v) { return v == 0; }));
    }
    QList<qint64> idsOf(int row) const;           // of all sets of a bar, or of one point
    QList<qint64> idsOf(int row, int set) const;  // of one part of it
};

}  // namespace cvd::ui
