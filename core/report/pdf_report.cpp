#include "core/report/pdf_report.h"

#include <algorithm>
#include <map>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include "core/report/heatmap.h"
#include "core/report/pdf_charts.h"
#include "core/report/pdf_sheet.h"
#include "core/report/pdf_text_map.h"
#include "core/report/plan_picture.h"
#include "core/report/report_words.h"
#include "core/text/text.h"

namespace cvd::report {
namespace {

constexpr double kPictureMm = 84;

QColor severityInk(Severity severity) {
    switch (severity) {
        case Severity::Critical:
            return kCritical;
        case Severity::Major:
            return kMajor;
        case Severity::Minor:
            break;
    }
    return kMinor;
}

QColor reviewInk(Review review) {
    switch (review) {
        case Review::Confirmed:
            return kCritical;
        case Review::FalseAlarm:
            return kGrey;
        case Review::Undecided:
        case Review::Open:
            break;
    }
    return kMajor;
}

QString dash() {
    return QStringLiteral("\u2014");
}

// One run over the document: counting, then painting. Sections in order; the cover lists them.
class Document {
public:
    Document(const PdfInputs& in, const text::Language& language, Sheet& sheet,
             const QList<int>& pages)
        : m_in(in), m_data(in.data), m_l(language), m_s(sheet), m_known(pages) {
        for (const Finding* f : in.rows) {
            if (f->violation.verdict == Verdict::Violation) {
                m_violations.push_back(f);
            }
        }
    }

    QList<int> run() {
        struct Part {
            QString title;
            void (Document::*write)();
        };
        QList<Part> parts{
            {word(CVD_TR("report", "Basis of the judgement")), &Document::basis},
            {word(CVD_TR("report", "Summary")), &Document::summary},
            {word(CVD_TR("report", "Coverage")), &Document::coverage},
            {word(CVD_TR("report", "Violations")), &Document::violations},
            {word(CVD_TR("report", "Precision of the rules")), &Document::precision},
            {word(CVD_TR("report", "What could not be judged")), &Document::cannotJudge},
            {word(CVD_TR("report", "Insertions")), &Document::insertions},
            {word(CVD_TR("report", "Signatures")), &Document::signatures},
        };
        parts.removeIf([this](const Part& part) {
            return (part.write == &Document::insertions && !m_in.pages.insertions) ||
                   (part.write == &Document::signatures && !m_in.pages.signatures);
        });
        QStringList titles;
        for (const Part& part : parts) {
            titles << part.title;
        }
        cover(titles);
        m_s.newPage();
        QList<int> pages;
        for (qsizetype n = 0; n < parts.size() && !m_s.stopped(); ++n) {
            m_s.heading(QStringLiteral("%1  %2").arg(n + 1).arg(parts[n].title),
                        parts[n].write == &Document::signatures ? 75 : 30);
            pages << m_s.page();
            (this->*parts[n].write)();
        }
        return pages;
    }

private:
    QString word(const char* text) const { return m_l.words("report", text); }
    QString count(int n) const { return m_l.locale().toString(n); }
    QString seconds(double s) const { return quantityText(m_l, s, "s"); }
    QString metres(double v) const { return quantityText(m_l, v, "m"); }

    void cover(const QStringList& titles);
    void basis();
    void profile();
    void summary();
    void coverage();
    void violations();
    void violation(const Finding& finding);
    void precision();
    void cannotJudge();
    void insertions();
    void signatures();
    void heatMap();
    void heatLegend(double y, double mostS);
    QString placeText(const Violation& v) const;
    QString historyLine(const Statement& s) const;

    const PdfInputs& m_in;
    const ReportData& m_data;
    const text::Language& m_l;
    Sheet& m_s;
    QList<int> m_known;  // first page of each section, from the first run
    std::vector<const Finding*> m_violations;
};

void Document::cover(const QStringList& titles) {
    constexpr double kLeft = Sheet::kLeft, kWidth = Sheet::kWidth;
    m_s.fill({kLeft, 26, 1.6, 21}, kAccent);
    double y = 25;
    y += m_s.text(kLeft + 5, y, kWidth - 5, word(CVD_TR("report", "Concrete vibration report")),
                  {22, true, kInk});
    y += 1;
    m_s.text(kLeft + 5, y, kWidth - 5,
             word(CVD_TR("report", "Compliance record of poker vibration, from video")),
             {11, false, kMuted});
    y = 54;
    y += m_s.text(kLeft, y, kWidth, m_data.title.isEmpty() ? dash() : m_data.title,
                  {17, true, kInk});
    if (!m_data.description.isEmpty()) {
        y += m_s.text(kLeft, y + 1, kWidth, m_data.description.left(500), {9.5, false, kMuted}) + 1;
    }
    y += 4;
    const QImage picture =
        m_s.drawing() ? QImage(m_data.resultFolder + QStringLiteral("/first_frame.png")) : QImage();
    constexpr double kPictureHeight = 58;
    QImage shown = picture.isNull() ? picture
                                    : picture.scaledToWidth(std::min(picture.width(), 1280),
                                                            Qt::SmoothTransformation);
    m_s.image({kLeft, y, 103, kPictureHeight}, shown);

    // What an inspector wants first: the figures, and how far they were checked.
    const Figures f = figures(m_data);
    const double box = kLeft + 108, boxWidth = kWidth - 108;
    m_s.fill({box, y, boxWidth, kPictureHeight}, kSoft);
    double by = y + 3;
    const auto figure = [&](const QString& name, const QString& value, const QColor& colour) {
        m_s.text(box + 4, by + 0.6, boxWidth - 26, name, {9, false, kMuted});
        m_s.text(box + boxWidth - 26, by - 0.8, 22, value, {13, true, colour, Qt::AlignRight});
        by += 8.6;
    };
    figure(word(CVD_TR("report", "Insertions")), count(f.insertions), kInk);
    figure(word(CVD_TR("report", "Violations")), count(f.violations),
           f.violations > 0 ? kCritical : kPass);
    figure(word(CVD_TR("report", "Confirmed")), count(f.confirmed), kInk);
    figure(word(CVD_TR("report", "False alarm")), count(f.falseAlarms), kInk);
    figure(word(CVD_TR("report", "Not decided")), count(f.open), f.open > 0 ? kMajor : kInk);
    figure(word(CVD_TR("report", "Could not be judged")), count(f.cannotJudge), kGrey);
    y += kPictureHeight + 6;

    const QString pour = m_data.pourDate.isValid()
                             ? m_data.pourDate.toString(QStringLiteral("yyyy-MM-dd"))
                             : QStringLiteral("____________________");
    const QList<std::pair<QString, QString>> rows{
        {word(CVD_TR("report", "Owner")), m_data.owner.isEmpty() ? dash() : m_data.owner},
        {word(CVD_TR("report", "Pour date")), pour},
        {word(CVD_TR("report", "Video imported")), momentText(m_l, m_data.imported)},
        {word(CVD_TR("report", "Report made by")),
         m_data.preparedBy.isEmpty() ? word(CVD_TR("report", "CVD-MIS, without a signed-in user"))
                                     : m_data.preparedBy},
        {word(CVD_TR("report", "Report made")), momentText(m_l, m_data.preparedAt)},
        {word(CVD_TR("report", "Profile")), profileName(m_l, m_data)},
        {word(CVD_TR("report", "Radius of action R")), radiusText(m_l, m_data)},
        {word(CVD_TR("report", "Model")), modelText(m_data)},
        {word(CVD_TR("report", "Findings listed")),
         word(CVD_TR("report", "%1: %2 of %3 violations"))
             .arg(whichText(m_l, m_in.selection.which))
             .arg(m_violations.size())
             .arg(f.violations)},
    };
    m_s.gap(y - m_s.y());
    m_s.facts(rows, 44);
    m_s.gap(5);
    m_s.text(kLeft, m_s.y(), kWidth, word(CVD_TR("report", "Contents")), {10.5, true, kInk});
    m_s.gap(6.5);
    for (qsizetype n = 0; n < titles.size(); ++n) {
        m_s.text(kLeft, m_s.y(), kWidth - 14, QStringLiteral("%1  %2").arg(n + 1).arg(titles[n]),
                 {9});
        m_s.text(kLeft + kWidth - 14, m_s.y(), 14,
                 n < m_known.size() ? QString::number(m_known[n]) : QString(),
                 {9, false, kInk, Qt::AlignRight});
        m_s.gap(5);
    }
}

void Document::profile() {
    if (!m_data.profile) {
        m_s.paragraph(
            word(CVD_TR("report", "The profile's limits are not kept with this result.")));
        return;
    }
    const auto& p = *m_data.profile;
    const QString description = m_l.chinese() ? p.descriptionZh : p.descriptionEn;
    m_s.subheading(profileName(m_l, m_data));
    if (!description.isEmpty()) {
        m_s.paragraph(description, {9, false, kMuted});
    }
    const QList<Column> columns{{word(CVD_TR("report", "Limit")), 68},
                                {word(CVD_TR("report", "Value")), 18, true},
                                {word(CVD_TR("report", "Unit")), 16},
                                {word(CVD_TR("report", "Source")), 72}};
    m_s.table(
        columns, int(p.parameters.size()),
        [&](int r) {
            const compliance::Parameter& x = p.parameters[r];
            return QStringList{parameterLabel(m_l, x.key), plainNumber(m_l, x.value),
                               unitText(x.unit), sourceText(m_l, x)};
        },
        [&](int r, int c) {
            return c == 3 && p.parameters[r].status != compliance::SourceStatus::Read ? kMuted
                                                                                      : kInk;
        });
}

void Document::basis() {
    const ResultSummary& s = m_data.summary;
    const VideoInfo& v = s.video;
    QString calibration =
        word(CVD_TR("report", "Not calibrated: rules in metres were not judged."));
    if (m_data.calibration && m_data.homography) {
        calibration = word(CVD_TR("report", "%1 points, residual %2 cm (largest %3 cm)"))
                          .arg(m_data.calibration->imagePoints.size())
                          .arg(m_l.locale().toString(m_data.homography->residualCm, 'f', 1),
                               m_l.locale().toString(m_data.homography->maxResidualCm, 'f', 1));
        if (m_data.calibration->imagePoints.size() == 4) {
            calibration +=
                QLatin1Char('\n') +
                word(CVD_TR("report",
                            "Four points fit without a residual; it says nothing of their "
                            "accuracy."));
        }
    }
    const QString range = word(CVD_TR("report", "frames %1 to %2"))
                              .arg(m_l.locale().toString(qlonglong(s.firstFrame)),
                                   m_l.locale().toString(qlonglong(s.lastFrame)));
    m_s.facts(
        {{word(CVD_TR("report", "Video")), QString::fromStdString(v.file)},
         {QStringLiteral("SHA-256"), v.sha256.empty() ? dash() : QString::fromStdString(v.sha256)},
         {word(CVD_TR("report", "Picture")),
          word(CVD_TR("report", "%1 × %2 px, %3 frames, %4 frames/s, %5"))
              .arg(v.width)
              .arg(v.height)
              .arg(m_l.locale().toString(qlonglong(v.frames)))
              .arg(m_l.locale().toString(v.fps, 'f', 2))
              .arg(text::clockText(v.durationS))},
         {word(CVD_TR("report", "Judged part")), range},
         {word(CVD_TR("report", "Model")), modelText(m_data)},
         {word(CVD_TR("report", "Model SHA-256")),
          s.model.sha256.empty() ? dash() : QString::fromStdString(s.model.sha256)},
         {word(CVD_TR("report", "Judged")),
          momentText(m_l,
                     QDateTime::fromString(QString::fromStdString(s.createdUtc), Qt::ISODate)) +
              QStringLiteral("  ") + QString::fromStdString(s.device)},
         {word(CVD_TR("report", "Radius of action R")), radiusText(m_l, m_data)},
         {word(CVD_TR("report", "Counted")), judgingText(m_l, m_data)},
         {word(CVD_TR("report", "Calibration")), calibration},
         {word(CVD_TR("report", "Program")), QStringLiteral("CVD-MIS " CVD_VERSION)}},
        44);
    if (!s.warnings.empty()) {
        m_s.subheading(word(CVD_TR("report", "Warnings")), 10);
        for (const Note& w : s.warnings) {
            m_s.paragraph(QStringLiteral("\u2022 ") + m_l.sentence(w.text, w.args),
                          {9, false, kMajor});
        }
    }
    m_s.gap(2);
    profile();
    m_s.paragraph(
        word(CVD_TR(
            "report",
            "\"Our setting\" marks a value that no standard gives. A source marked as general "
            "knowledge or secondary was not read in the original and must be checked before "
            "it is cited.")),
        {8, false, kMuted});
}

void Document::summary() {
    const Figures f = figures(m_data);
    m_s.facts(
        {{word(CVD_TR("report", "Insertions")),
          word(CVD_TR("report", "%1, and %2 touches too short to count"))
              .arg(count(f.insertions), count(f.touches))},
         {word(CVD_TR("report", "Stationary time")),
          word(CVD_TR("report", "shortest %1, median %2, longest %3, together %4"))
              .arg(seconds(f.shortestS), seconds(f.medianS), seconds(f.longestS),
                   text::clockText(f.totalS, 0))},
         {word(CVD_TR("report", "Violations")),
          word(CVD_TR("report", "%1: %2 confirmed, %3 false alarms, %4 not decided"))
              .arg(count(f.violations), count(f.confirmed), count(f.falseAlarms), count(f.open))},
         {word(CVD_TR("report", "Could not be judged")), count(f.cannotJudge)}},
        44);
    const auto chart = [&](const QString& title, double height, auto paint) {
        m_s.subheading(title, height);
        const QFont font = m_s.font(7.5);
        m_s.canvas({Sheet::kLeft, m_s.y(), Sheet::kWidth, height}, [&](QPainter& painter) {
            paint(painter, QSizeF(Sheet::kWidth, height), m_data, m_l, font);
        });
        m_s.gap(height + 2);
    };
    if (f.insertions > 0) {
        chart(word(CVD_TR("report", "Insertion times against the profile's band")), 66.0,
              paintTimesChart);
        m_s.paragraph(
            word(CVD_TR("report",
                        "Each mark is one insertion. The band is what the profile allows; "
                        "triangles lie below or above it.")),
            {8, false, kMuted});
    }
    if (f.violations > 0) {
        chart(word(CVD_TR("report", "Violations by rule")), rulesChartHeight(m_data),
              paintRulesChart);
    }
}

void Document::coverage() {
    if (!m_data.coverage) {
        m_s.paragraph(word(CVD_TR("report",
                                  "There is no coverage plan: it needs a calibration with a pour "
                                  "region and a radius of action.")));
    } else {
        const Coverage& c = *m_data.coverage;
        const auto share = [&](double v) {
            return m_l.locale().toString(v * 100, 'f', 1) + "\u00A0%";
        };
        m_s.facts(
            {{word(CVD_TR("report", "Pour region")),
              m_l.locale().toString(c.areaM2, 'f', 2) + QStringLiteral("\u00A0m\u00B2")},
             {word(CVD_TR("report", "Treated")), share(c.covered)},
             {word(CVD_TR("report", "Missed")), share(c.missed)},
             {word(CVD_TR("report", "Not observed")),
              share(c.notObserved) + QStringLiteral("  ") +
                  word(CVD_TR("report", "(the camera did not see it; never counted as missed)"))},
             {word(CVD_TR("report", "Largest gap")), metres(c.largestGapM)}},
            44);
    }
    if (!m_in.pages.plan) {
        return;
    }
    if (m_data.plan && m_data.plan->drawable()) {
        const double height = std::clamp(95.0, 60.0, 120.0);
        m_s.need(height + 14);
        m_s.gap(2);
        PlanOptions options;
        options.planned = false;
        if (m_s.drawing()) {
            QImage picture(2088, int(2088 * height / Sheet::kWidth), QImage::Format_RGB32);
            picture.fill(Qt::white);
            QPainter painter(&picture);
            painter.setRenderHint(QPainter::Antialiasing);
            QFont font(QStringLiteral("Noto Sans CJK SC"));
            font.setPixelSize(30);
            painter.setFont(font);
            const QRectF area(picture.rect());
            const QTransform toView = fitPlan(*m_data.plan, area.adjusted(20, 20, -20, -20));
            paintPlan(painter, *m_data.plan, options, toView, area);
            paintScaleBar(painter, options.colours, toView, area);
            painter.end();
            m_s.image({Sheet::kLeft, m_s.y(), Sheet::kWidth, height}, picture);
        }
        m_s.gap(height + 1.5);
        double x = Sheet::kLeft;
        for (const auto& [colour, words] :
             {std::pair{options.colours.treated, word(CVD_TR("report", "Treated"))},
              std::pair{options.colours.missed, word(CVD_TR("report", "Missed"))},
              std::pair{options.colours.notObserved, word(CVD_TR("report", "Not observed"))}}) {
            m_s.fill({x, m_s.y() + 0.8, 4, 2.6}, colour);
            m_s.text(x + 5.5, m_s.y(), 40, words, {8, false, kMuted});
            x += 42;
        }
        m_s.text(x, m_s.y(), Sheet::kLeft + Sheet::kWidth - x,
                 word(CVD_TR("report", "Circles: radius of action, numbered in order")),
                 {8, false, kMuted});
        m_s.gap(7);
    }
    heatMap();
}

// Summed up anew for its legend to speak the report's language.
void Document::heatMap() {
    constexpr double kHeightMm = 90, kLegendMm = 7;
    const QString file = m_data.resultFolder + QStringLiteral("/first_frame.png");
    if (m_data.resultFolder.isEmpty() || !m_data.tracks || !QFileInfo::exists(file)) {
        return;
    }
    m_s.subheading(word(CVD_TR("report", "Time that the poker stood at each place")),
                   kHeightMm + kLegendMm + 4);
    if (m_s.drawing()) {
        const QImage first = QImage(file).convertToFormat(QImage::Format_BGR888);
        const cv::Mat frame(first.height(), first.width(), CV_8UC3,
                            const_cast<uchar*>(first.constBits()), size_t(first.bytesPerLine()));
        const cv::Mat dwell = accumulateDwell(m_data.tracks->tracks(), frame.cols, frame.rows);
        double mostS = 0;
        cv::minMaxLoc(dwell, nullptr, &mostS);
        const cv::Mat heat = heatOverFrame(frame, dwell, mostS);
        const QImage picture(heat.data, heat.cols, heat.rows, qsizetype(heat.step[0]),
                             QImage::Format_BGR888);
        m_s.image({Sheet::kLeft, m_s.y(), Sheet::kWidth, kHeightMm},
                  picture.scaledToWidth(std::min(picture.width(), 1600), Qt::SmoothTransformation));
        heatLegend(m_s.y() + kHeightMm + 1.5, mostS);
    }
    m_s.gap(kHeightMm + kLegendMm + 2);
}

void Document::heatLegend(double y, double mostS) {
    constexpr int kSteps = 64;
    constexpr double kBarMm = 60, kStepMm = kBarMm / kSteps, kFigureMm = 14;
    const cv::Mat scale = heatScale();
    const double left = Sheet::kLeft + kFigureMm;
    const Type figure{8, false, kMuted};
    m_s.text(Sheet::kLeft, y, kFigureMm, seconds(0), figure);
    for (int i = 0; i < kSteps; ++i) {
        const auto c = scale.at<cv::Vec3b>(0, i * 255 / (kSteps - 1));
        m_s.fill({left + i * kStepMm, y + 0.4, kStepMm * 1.1, 3}, QColor(c[2], c[1], c[0]));
    }
    m_s.text(left + kBarMm + 2, y, kFigureMm + 6, seconds(mostS), figure);
    m_s.text(left + kBarMm + 2 + kFigureMm + 6, y, Sheet::kWidth - kBarMm - 2 * kFigureMm - 8,
             word(CVD_TR("report", "Seconds in concrete over the first frame")), figure);
}

QString Document::placeText(const Violation& v) const {
    if (v.positionM) {
        return QStringLiteral("x %1, y %2").arg(metres(v.positionM->x), metres(v.positionM->y));
    }
    return {};
}

QString Document::historyLine(const Statement& s) const {
    QStringList parts{momentText(m_l, s.at), s.who.isEmpty() ? dash() : s.who,
                      s.review != Review::Open ? reviewText(m_l, s.review)
                      : s.note.isEmpty()       ? word(CVD_TR("report", "Verdict taken back"))
                                               : word(CVD_TR("report", "Note"))};
    if (!s.reason.isEmpty()) {
        parts << m_l.falseAlarmReason(s.reason);
    }
    if (!s.note.isEmpty()) {
        parts << QStringLiteral("\u201C%1\u201D").arg(s.note);
    }
    return parts.join(QStringLiteral("  \u00B7  "));
}

void Document::violation(const Finding& f) {
    const Violation& v = f.violation;
    const bool pictured = m_in.pages.pictures;
    const double left = Sheet::kLeft, right = pictured ? left + kPictureMm + 5 : left + 3;
    const double rightWidth = Sheet::kLeft + Sheet::kWidth - right;
    const double ratio = m_data.summary.video.width > 0 && m_data.summary.video.height > 0
                             ? double(m_data.summary.video.height) / m_data.summary.video.width
                             : 0.5625;
    const double pictureHeight = std::min(kPictureMm * ratio, 90.0);
    QList<std::pair<QString, QString>> rows{
        {word(CVD_TR("report", "Time")),
         QStringLiteral("%1 \u2013 %2").arg(text::clockText(v.startS), text::clockText(v.endS))},
        {word(CVD_TR("report", "Frames")),
         QStringLiteral("%1 \u2013 %2").arg(v.startFrame).arg(v.endFrame)},
        {word(CVD_TR("report", "Value")), v.value ? quantityText(m_l, *v.value, v.unit) : dash()},
        {word(CVD_TR("report", "Limit")), v.limit ? quantityText(m_l, *v.limit, v.unit) : dash()},
        {word(CVD_TR("report", "Source")), sourceText(m_l, v)},
        {word(CVD_TR("report", "Confidence")),
         m_l.locale().toString(v.confidence * 100, 'f', 0) + QStringLiteral("\u00A0%")}};
    if (v.insertion) {
        rows.insert(2, {word(CVD_TR("report", "Insertion")), QString::number(*v.insertion)});
    }
    if (f.corrected && !compliance::enteredByHand(v)) {
        rows.append({word(CVD_TR("report", "By hand")),
                     word(CVD_TR("report", "follows from a correction by hand"))});
    }
    if (const QString place = placeText(v); !place.isEmpty()) {
        rows.insert(2, {word(CVD_TR("report", "Place")), place});
    }
    const Type name{8, false, kMuted}, value{8.5, false, kInk};
    const double nameMm = 24;
    double factsHeight = 0;
    for (const auto& [a, b] : rows) {
        factsHeight += std::max(m_s.textHeight(a, name, nameMm),
                                m_s.textHeight(b, value, rightWidth - nameMm)) +
                       0.6;
    }
    const QString reason = m_l.reason(v);
    const double reasonHeight = m_s.textHeight(reason, {9}, rightWidth) + 1.5;
    const double body = std::max(pictured ? pictureHeight + 5 : 0.0, factsHeight + reasonHeight);
    m_s.need(9 + body + (f.history.isEmpty() ? 8 : 13));

    // Number, rule, severity, and what was said of it.
    m_s.fill({left, m_s.y(), Sheet::kWidth, 7}, kSoft);
    m_s.fill({left, m_s.y(), 1.2, 7}, severityInk(v.severity));
    m_s.text(left + 3, m_s.y() + 0.9, 96, QStringLiteral("%1  %2").arg(v.id).arg(m_l.rule(v.rule)),
             {10, true, kInk});
    m_s.text(left + 100, m_s.y() + 1.2, 30, m_l.severity(v.severity),
             {9, false, severityInk(v.severity)});
    m_s.text(left + 130, m_s.y() + 1.2, Sheet::kWidth - 132, reviewText(m_l, f.review()),
             {9, true, reviewInk(f.review()), Qt::AlignRight});
    m_s.gap(8.5);
    const double top = m_s.y();
    QImage picture;
    if (m_s.drawing() && m_in.picture && pictured) {
        picture = QImage::fromData(m_in.picture(f));
        if (picture.width() > 1280) {
            picture = picture.scaledToWidth(1280, Qt::SmoothTransformation);
        }
    }
    if (!picture.isNull()) {
        m_s.image({left, top, kPictureMm, pictureHeight}, picture);
    } else if (m_s.drawing() && pictured) {
        m_s.fill({left, top, kPictureMm, pictureHeight}, kSoft);
        m_s.text(left + 4, top + 4, kPictureMm - 8,
                 word(CVD_TR("report", "No picture: the video is not at hand.")),
                 {8, false, kMuted});
    }
    if (pictured) {
        m_s.text(left, top + pictureHeight + 0.6, kPictureMm,
                 word(CVD_TR("report", "Frame %1")).arg(pictureFrame(v)), {7.5, false, kMuted});
    }
    double y = top + m_s.text(right, top, rightWidth, reason, {9}) + 1.5;
    for (const auto& [a, b] : rows) {
        const double h = std::max(m_s.text(right, y, nameMm, a, name),
                                  m_s.text(right + nameMm, y, rightWidth - nameMm, b, value));
        y += h + 0.6;
    }
    m_s.gap(body + 1);
    if (f.history.isEmpty()) {
        m_s.paragraph(word(CVD_TR("report", "Nobody has reviewed this finding.")),
                      {8, false, kMajor});
    }
    for (const Statement& s : f.history) {
        m_s.paragraph(historyLine(s), {8, false, &s == &f.history.last() ? kInk : kMuted});
    }
    m_s.gap(3);
}

void Document::violations() {
    m_s.paragraph(word(CVD_TR("report", "%1: %2 of %3 violations"))
                      .arg(whichText(m_l, m_in.selection.which))
                      .arg(m_violations.size())
                      .arg(figures(m_data).violations),
                  {9, false, kMuted});
    m_s.paragraph(word(CVD_TR("report",
                              "The numbers are those of the result and of its tables and clips. "
                              "What passed or could not be judged has a number, too.")),
                  {9, false, kMuted});
    for (const Finding* f : m_violations) {
        if (m_s.stopped()) {
            return;
        }
        violation(*f);
    }
}

void Document::precision() {
    const auto rows = precisionByRule(m_data);
    m_s.paragraph(word(CVD_TR("report",
                              "Of the findings that a person has judged, the share that was "
                              "confirmed. All findings of this result count, whatever is listed "
                              "above.")),
                  {9, false, kMuted});
    if (rows.empty()) {
        m_s.paragraph(word(CVD_TR("report", "There is no violation.")));
        return;
    }
    m_s.table(
        {{word(CVD_TR("report", "Rule")), 64},
         {word(CVD_TR("report", "Violations")), 22, true},
         {word(CVD_TR("report", "Confirmed")), 22, true},
         {word(CVD_TR("report", "False alarm")), 22, true},
         {word(CVD_TR("report", "Not decided")), 22, true},
         {word(CVD_TR("report", "Precision")), 22, true}},
        int(rows.size()), [&](int n) {
            const RulePrecision& r = rows[size_t(n)];
            const auto p = r.precision();
            return QStringList{
                m_l.rule(r.rule),
                count(r.violations),
                count(r.confirmed),
                count(r.falseAlarms),
                count(r.open()),
                p ? m_l.locale().toString(*p * 100, 'f', 0) + QStringLiteral("\u00A0%") : dash()};
        });
}

void Document::cannotJudge() {
    struct Group {
        int count = 0;
        const Violation* first = nullptr;
    };
    std::map<std::pair<std::string, QString>, Group> groups;
    for (const Finding& f : m_data.findings) {
        if (f.violation.verdict == Verdict::CannotJudge) {
            Group& g = groups[{f.violation.rule, m_l.reason(f.violation)}];
            ++g.count;
            g.first = g.first ? g.first : &f.violation;
        }
    }
    if (groups.empty()) {
        m_s.paragraph(word(CVD_TR("report", "Every rule of the profile could be judged.")));
        return;
    }
    std::vector<std::pair<std::pair<std::string, QString>, Group>> rows(groups.begin(),
                                                                        groups.end());
    m_s.table({{word(CVD_TR("report", "Rule")), 42},
               {word(CVD_TR("report", "Reason")), 92},
               {word(CVD_TR("report", "Cases")), 14, true},
               {word(CVD_TR("report", "First at")), 26, true}},
              int(rows.size()), [&](int n) {
                  const auto& [key, group] = rows[size_t(n)];
                  return QStringList{m_l.rule(key.first), key.second, count(group.count),
                                     text::clockText(group.first->startS)};
              });
}

void Document::insertions() {
    std::vector<const Insertion*> rows;
    for (const Insertion& i : m_data.insertions) {
        if (i.effective) {
            rows.push_back(&i);
        }
    }
    if (rows.empty()) {
        m_s.paragraph(word(CVD_TR("report", "No insertion of a poker was seen.")));
        return;
    }
    std::map<std::int64_t, bool> bad;
    for (const Finding& f : m_data.findings) {
        if (f.violation.insertion && f.violation.verdict == Verdict::Violation &&
            f.review() != Review::FalseAlarm) {
            bad[*f.violation.insertion] = true;
        }
    }
    const auto maybe = [&](const double* v, int decimals) {
        return v ? m_l.locale().toString(*v, 'f', decimals) : dash();
    };
    const auto withError = [&](double seconds, double error) {
        const QString text = m_l.locale().toString(seconds, 'f', 1);
        return error > 0 ? QStringLiteral("%1 ± %2").arg(text, m_l.locale().toString(error, 'f', 1))
                         : text;
    };
    m_s.table(
        {{word(CVD_TR("report", "No.")), 11, true},
         {word(CVD_TR("report", "Poker")), 13, true},
         {word(CVD_TR("report", "In at")), 20, true},
         {word(CVD_TR("report", "Frame")), 17, true},
         {word(CVD_TR("report", "Out at")), 20, true},
         {word(CVD_TR("report", "Immersed, s")), 18, true},
         {word(CVD_TR("report", "Stationary, s")), 18, true},
         {word(CVD_TR("report", "x, m")), 13, true},
         {word(CVD_TR("report", "y, m")), 13, true},
         {word(CVD_TR("report", "Tilt, °")), 14, true},
         {word(CVD_TR("report", "Finding")), 17}},
        int(rows.size()),
        [&](int n) {
            const Insertion& i = *rows[size_t(n)];
            const double* x = i.contactM ? &i.contactM->x : nullptr;
            const double* y = i.contactM ? &i.contactM->y : nullptr;
            return QStringList{
                QString::number(i.id) +
                    (m_data.insertionsByHand.contains(i.id) ? QStringLiteral("*") : QString()),
                i.track.valid() ? QString::number(i.track.value) : dash(),
                text::clockText(i.startS),
                QString::number(i.startFrame),
                text::clockText(i.endS),
                withError(i.immersedS, i.timeErrorS),
                m_l.locale().toString(i.stationaryS, 'f', 1),
                maybe(x, 2),
                maybe(y, 2),
                maybe(i.tiltDeg ? &*i.tiltDeg : nullptr, 0),
                bad.count(i.id) ? word(CVD_TR("report", "yes")) : QString()};
        },
        [&](int, int c) { return c == 10 ? kCritical : kInk; });
    if (!m_data.insertionsByHand.isEmpty()) {
        QStringList people(m_data.insertionsByHand.begin(), m_data.insertionsByHand.end());
        people.removeDuplicates();
        people.sort();
        m_s.paragraph(word(CVD_TR("report", "* Added or changed by hand by %1."))
                          .arg(people.join(QStringLiteral(", "))),
                      {9, false, kMuted});
    }
}

void Document::signatures() {
    m_s.paragraph(word(CVD_TR("report",
                              "The figures of this report come from a program that judges a video. "
                              "Who signs has looked at the findings above.")),
                  {9, false, kMuted});
    m_s.need(58);
    m_s.gap(4);
    const double width = (Sheet::kWidth - 16) / 3;
    double x = Sheet::kLeft;
    for (const QString& role :
         {word(CVD_TR("report", "Prepared by")), word(CVD_TR("report", "Checked by (supervision)")),
          word(CVD_TR("report", "Approved by"))}) {
        double y = m_s.y();
        m_s.text(x, y, width, role, {9.5, true, kInk});
        for (const QString& field :
             {word(CVD_TR("report", "Name")), word(CVD_TR("report", "Signature")),
              word(CVD_TR("report", "Date"))}) {
            y += field == word(CVD_TR("report", "Signature")) ? 18 : 13;
            m_s.line(x, y, x + width, y, kInk, 0.25);
            m_s.text(x, y + 0.5, width, field, {7.5, false, kMuted});
        }
        x += width + 8;
    }
    m_s.gap(54);
}

SheetTexts textsOf(const ReportData& data, const text::Language& l) {
    SheetTexts t;
    t.headLeft = data.title;
    t.headRight = l.words("report", CVD_TR("report", "Profile %1  ·  R %2  ·  Model %3"))
                      .arg(profileName(l, data), radiusText(l, data), modelText(data));
    t.footLeft = l.words("report", CVD_TR("report", "CVD-MIS %1  ·  made %2  ·  video SHA-256 %3"))
                     .arg(QStringLiteral(CVD_VERSION), momentText(l, data.preparedAt),
                          QString::fromStdString(data.summary.video.sha256.substr(0, 16)));
    t.pageOf = l.words("report", CVD_TR("report", "Page %1 of %2"));
    return t;
}

Error cannotWrite(const QString& file, const QString& why) {
    return fail(ErrorKind::Environment,
                CVD_TR("core", "%1 cannot be written. Check the folder and the free space."),
                {file.toStdString()}, why.toStdString());
}

// QPdfWriter tells nobody when the disk is full, and QFile forgets a failure at the next write.
class WatchedFile : public QFile {
public:
    using QFile::QFile;
    QString whyFailed;

    bool finish() {
        if (whyFailed.isEmpty() && (!flush() || size() != m_written)) {
            whyFailed = errorString();
        }
        return whyFailed.isEmpty();
    }

protected:
    qint64 writeData(const char* data, qint64 length) override {
        const qint64 written = QFile::writeData(data, length);
        if (written != length && whyFailed.isEmpty()) {
            whyFailed = errorString();
        }
        m_written += std::max<qint64>(written, 0);
        return written;
    }

private:
    qint64 m_written = 0;
};

void prepare(QPdfWriter& writer, const QString& title) {
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(600);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("CVD-MIS " CVD_VERSION));
}

}  // namespace

Status writePdf(const QString& name, const PdfInputs& inputs, const text::Language& language) {
    WatchedFile file(name);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        return cannotWrite(name, file.errorString());
    }
    bool cancelled = false;
    QSet<QChar> characters;
    {
        QPdfWriter writer(&file);
        prepare(writer, inputs.data.title);
        const SheetTexts texts = textsOf(inputs.data, language);
        Sheet count(writer, nullptr, texts, 0, [&](int) {
            cancelled = cancelled || (inputs.goOn && !inputs.goOn(0, 0));
            return !cancelled;
        });
        const QList<int> sections = Document(inputs, language, count, {}).run();
        const int pages = count.page();
        if (!cancelled) {
            QPainter painter;
            if (!painter.begin(&writer)) {
                return cannotWrite(name, file.errorString());
            }
            Sheet sheet(writer, &painter, texts, pages, [&](int page) {
                cancelled = cancelled || (inputs.goOn && !inputs.goOn(page, pages));
                return !cancelled && file.whyFailed.isEmpty();
            });
            Document(inputs, language, sheet, sections).run();
            painter.end();
            characters = sheet.drawnCharacters();
        }
    }
    if (!file.finish()) {
        const QString why = file.whyFailed;
        file.close();
        file.remove();
        return cannotWrite(name, why);
    }
    file.close();
    if (cancelled) {
        file.remove();
        return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
    }
    if (const Status mapped = repairTextMap(name, characters); !mapped.ok()) {
        file.remove();
        return mapped;
    }
    return {};
}

}  // namespace cvd::report
