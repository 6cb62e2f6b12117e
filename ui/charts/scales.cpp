#include "ui/charts/scales.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

namespace cvd::ui {

double ChartData::total() const {
    double sum = 0;
    for (const ChartBar& bar : bars) {
        for (const double value : bar.values) {
            sum += value;
        }
    }
    return sum;
}

QList<qint64> ChartData::idsOf(int row) const {
    if (kind == Kind::Points) {
        return row >= 0 && row < points.size() ? QList<qint64>{points[row].id} : QList<qint64>{};
    }
    QList<qint64> all;
    if (row >= 0 && row < bars.size()) {
        for (const QList<qint64>& part : bars[row].ids) {
            all += part;
        }
    }
    return all;
}

QList<qint64> ChartData::idsOf(int row, int set) const {
    if (kind == Kind::Points || row < 0 || row >= bars.size()) {
        return idsOf(row);
    }
    return bars[row].ids.value(set);
}

double niceStep(double least) {
    if (!(least > 0) || !std::isfinite(least)) {
        return 1;
    }
    const double ten = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * ten >= least * (1 - 1e-9)) {
            return factor * ten;
        }
    }
    return 10 * ten;
}

double niceBinWidth(double from, double to, int most) {
    return niceStep(std::max(to - from, 1e-9) / most);
}

double niceClockWidth(double seconds, int most) {
    for (const double width : {1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0,
                               1800.0, 3600.0, 7200.0}) {
        if (seconds / width <= most) {
            return width;
        }
    }
    return 14400;
}

QString numberText(double value, int decimals) {
    return QLocale().toString(value, 'f', decimals);
}

}  // namespace cvd::ui
