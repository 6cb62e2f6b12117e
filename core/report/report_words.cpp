#include "core/report/report_words.h"

#include <algorithm>

#include "core/text/text.h"

namespace cvd::report {

QString quantityText(const text::Language& language, double value, const std::string& unit) {
    return text::quantityText(language.locale(), value, unit);
}

QString unitText(const QString& unit) {
    return unit == QLatin1String("deg") ? QString(QChar(0x00B0)) : unit;
}

QString measuredText(const text::Language& language, const Violation& v) {
    if (!v.value) {
        return v.limit ? language.words("report", CVD_TR("report", "limit %1"))
                             .arg(quantityText(language, *v.limit, v.unit))
                       : QString();
    }
    return v.limit ? text::comparisonText(language.locale(), *v.value, *v.limit, v.unit)
                   : quantityText(language, *v.value, v.unit);
}

QString reviewText(const text::Language& language, Review review) {
    switch (review) {
        case Review::Confirmed:
            return language.words("report", CVD_TR("report", "Confirmed"));
        case Review::FalseAlarm:
            return language.words("report", CVD_TR("report", "False alarm"));
        case Review::Undecided:
            return language.words("report", CVD_TR("report", "Undecided"));
        case Review::Open:
            break;
    }
    return language.words("report", CVD_TR("report", "Not reviewed"));
}

QString profileName(const text::Language& language, const ReportData& data) {
    QString name = data.profile ? data.profile->name(language.chinese())
                                : QString::fromStdString(data.summary.profileName);
    if (name.isEmpty()) {
        name = QString::fromStdString(data.summary.profileId);
    }
    return (name + QLatin1Char(' ') + QString::fromStdString(data.summary.profileVersion))
        .trimmed();
}

QString radiusText(const text::Language& language, const ReportData& data) {
    return data.summary.radiusOfActionM
               ? language.locale().toString(*data.summary.radiusOfActionM * 1000, 'f', 0) +
                     QStringLiteral("\u00A0mm")
               : QStringLiteral("\u2014");
}

QString judgingText(const text::Language& language, const ReportData& data) {
    const compliance::JudgeSettings& judging = data.summary.judging;
    const QLocale locale = language.locale();
    const QString pattern = language.words(
        "report", judging.liftFinished
                      ? CVD_TR("report",
                               "Pokers from a score of %1; coverage in cells of %2 mm; at the end "
                               "of the lift")
                      : CVD_TR("report",
                               "Pokers from a score of %1; coverage in cells of %2 mm; the work "
                               "goes on after this video"));
    return pattern.arg(locale.toString(judging.minScore, 'f', 2),
                       locale.toString(judging.coverageCellM * 1000, 'f', 0));
}

QString modelText(const ReportData& data) {
    return QString::fromStdString(data.summary.model.name + " " + data.summary.model.version)
        .trimmed();
}

QString whichText(const text::Language& language, Which which) {
    switch (which) {
        case Which::Filtered:
            return language.words("report", CVD_TR("report", "As filtered on the screen"));
        case Which::Confirmed:
            return language.words("report", CVD_TR("report", "Confirmed violations only"));
        case Which::All:
            break;
    }
    return language.words("report", CVD_TR("report", "All findings"));
}

QString momentText(const text::Language&, const QDateTime& utc) {
    if (!utc.isValid()) {
        return QStringLiteral("\u2014");
    }
    const QDateTime local = utc.toLocalTime();
    const int minutes = local.offsetFromUtc() / 60;
    return local.toString(QStringLiteral("yyyy-MM-dd HH:mm")) +
           QStringLiteral(" UTC%1%2:%3")
               .arg(minutes < 0 ? QLatin1Char('-') : QLatin1Char('+'))
               .arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0'))
               .arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
}

QString sourceText(const text::Language& language, const compliance::Parameter& parameter) {
    const QString status =
        language.words("core", compliance::sourceStatusText(parameter.status).toUtf8().constData());
    if (parameter.source.isEmpty() || parameter.status == compliance::SourceStatus::OurSetting) {
        return status;
    }
    return language.words("report", CVD_TR("report", "%1 (%2)"))
        .arg(language.words("core", parameter.source.toUtf8().constData()), status);
}

QString sourceText(const std::string& stored, const Words& words) {
    using compliance::SourceStatus;
    const auto core = [&](const QString& english) {
        return words("core", english.toUtf8().constData());
    };
    QString source = QString::fromStdString(stored);
    for (const SourceStatus status : {SourceStatus::Read, SourceStatus::Secondary,
                                      SourceStatus::GeneralKnowledge, SourceStatus::OurSetting}) {
        const QString english = compliance::sourceStatusText(status);
        const QString end = QStringLiteral(" (%1)").arg(english);
        if (source.endsWith(end)) {
            source.chop(end.size());
            return words("report", CVD_TR("report", "%1 (%2)")).arg(core(source), core(english));
        }
        if (source == english) {
            return core(english);
        }
    }
    return source;
}

QString sourceText(const text::Language& language, const Violation& violation) {
    return sourceText(violation.source, [&](const char* context, const char* english) {
        return language.words(context, english);
    });
}

QString parameterLabel(const text::Language& language, const QString& key) {
    for (const compliance::ParameterKey& k : compliance::parameterKeys()) {
        if (key == QLatin1String(k.key)) {
            return language.words("core", k.label);
        }
    }
    return key;
}

QString plainNumber(const text::Language& language, double value) {
    return language.locale().toString(value, 'g', 6);
}

Figures figures(const ReportData& data) {
    Figures f;
    std::vector<double> still;
    for (const Insertion& i : data.insertions) {
        if (!i.effective) {
            ++f.touches;
            continue;
        }
        ++f.insertions;
        still.push_back(i.stationaryS);
        f.totalS += i.stationaryS;
    }
    if (!still.empty()) {
        std::sort(still.begin(), still.end());
        f.shortestS = still.front();
        f.longestS = still.back();
        const std::size_t half = still.size() / 2;
        f.medianS = still.size() % 2 == 1 ? still[half] : (still[half - 1] + still[half]) / 2;
    }
    for (const Finding& finding : data.findings) {
        if (finding.violation.verdict != Verdict::Violation) {
            ++f.cannotJudge;
            continue;
        }
        ++f.violations;
        f.confirmed += finding.review() == Review::Confirmed;
        f.falseAlarms += finding.review() == Review::FalseAlarm;
    }
    f.open = f.violations - f.confirmed - f.falseAlarms;
    return f;
}

}  // namespace cvd::report
