#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImage>

#include <xlsxwriter.h>
#include <cstdio>
#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

#include "core/report/report_words.h"
#include "core/report/tables.h"

namespace cvd::report {
namespace {

constexpr double kPicturePx = 240;  // width in the sheet, at 96 dpi

// Every string is stored as text: nothing that a person typed can run as a formula.
class Sheets {
public:
    Sheets(lxw_workbook* book, const text::Language& language) : m_book(book), m_l(language) {
        m_title = format([](lxw_format* f) {
            format_set_bold(f);
            format_set_font_size(f, 14);
        });
        m_head = format([](lxw_format* f) {
            format_set_bold(f);
            format_set_bg_color(f, 0xE6EEF2);
            format_set_bottom(f, LXW_BORDER_THIN);
            format_set_text_wrap(f);
            format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
        });
        m_text = format([](lxw_format* f) {
            format_set_text_wrap(f);
            format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
        });
        m_whole = number("0");
        m_one = number("0.0");
        m_two = number("0.00");
        m_three = number("0.000");
        m_share = number("0.0%");
        m_clock = number("[h]:mm:ss.000");
        m_moment = number("yyyy-mm-dd hh:mm");
    }

    lxw_worksheet* add(const char* name) {
        m_sheet = workbook_add_worksheet(m_book, word(name).left(31).toUtf8().constData());
        // On paper as wide as one page, whatever the number of columns.
        constexpr std::uint8_t kA4 = 9;
        worksheet_set_landscape(m_sheet);
        worksheet_set_paper(m_sheet, kA4);
        worksheet_fit_to_pages(m_sheet, 1, 0);
        return m_sheet;
    }
    QString word(const char* text) const { return m_l.words("report", text); }

    void head(lxw_row_t row, const QList<std::pair<QString, double>>& columns) {
        lxw_col_t c = 0;
        for (const auto& [name, width] : columns) {
            worksheet_set_column(m_sheet, c, c, width, nullptr);
            worksheet_write_string(m_sheet, row, c, name.toUtf8().constData(), m_head);
            ++c;
        }
        worksheet_freeze_panes(m_sheet, row + 1, 0);
        worksheet_repeat_rows(m_sheet, row, row);
    }
    void filter(lxw_row_t head, std::size_t rows, std::size_t columns) {
        worksheet_autofilter(m_sheet, head, 0, head + lxw_row_t(std::max<std::size_t>(rows, 1)),
                             lxw_col_t(columns - 1));
    }

    void text(lxw_row_t r, lxw_col_t c, const QString& t, lxw_format* f = nullptr) {
        worksheet_write_string(m_sheet, r, c, t.left(32000).toUtf8().constData(), f ? f : m_text);
    }
    void value(lxw_row_t r, lxw_col_t c, double v, lxw_format* f) {
        worksheet_write_number(m_sheet, r, c, v, f);
    }
    void value(lxw_row_t r, lxw_col_t c, const std::optional<double>& v, lxw_format* f) {
        if (v) {
            value(r, c, *v, f);
        }
    }
    void clock(lxw_row_t r, lxw_col_t c, double s) { value(r, c, s / 86400, m_clock); }
    void moment(lxw_row_t r, lxw_col_t c, const QDateTime& at) {
        if (!at.isValid()) {
            return;
        }
        const QDateTime t = at.toLocalTime();
        lxw_datetime d{t.date().year(), t.date().month(),  t.date().day(),
                       t.time().hour(), t.time().minute(), double(t.time().second())};
        worksheet_write_datetime(m_sheet, r, c, &d, m_moment);
    }

    lxw_format *m_title, *m_head, *m_text, *m_whole, *m_one, *m_two, *m_three, *m_share, *m_clock,
        *m_moment;

private:
    template <typename Setup>
    lxw_format* format(Setup setup) {
        lxw_format* f = workbook_add_format(m_book);
        setup(f);
        return f;
    }
    lxw_format* number(const char* pattern) {
        return format([&](lxw_format* f) {
            format_set_num_format(f, pattern);
            format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
        });
    }

    lxw_workbook* m_book;
    lxw_worksheet* m_sheet = nullptr;
    const text::Language& m_l;
};

void writeSummary(Sheets& s, const ReportData& data, const Selection& selection, std::size_t listed,
                  const text::Language& l) {
    lxw_worksheet* sheet = s.add(CVD_TR("report", "Summary"));
    worksheet_set_column(sheet, 0, 0, 30, nullptr);
    worksheet_set_column(sheet, 1, 1, 70, nullptr);
    const Figures f = figures(data);
    lxw_row_t r = 0;
    s.text(r++, 0, s.word(CVD_TR("report", "Concrete vibration report")), s.m_title);
    const auto words = [&](const char* name, const QString& value) {
        s.text(r, 0, s.word(name));
        s.text(r++, 1, value);
    };
    const auto count = [&](const char* name, double value, lxw_format* form) {
        s.text(r, 0, s.word(name));
        s.value(r++, 1, value, form);
    };
    const auto moment = [&](const char* name, const QDateTime& at) {
        s.text(r, 0, s.word(name));
        s.moment(r++, 1, at);
    };
    words(CVD_TR("report", "Project"), data.title);
    words(CVD_TR("report", "Owner"), data.owner);
    words(CVD_TR("report", "Description"), data.description);
    words(CVD_TR("report", "Pour date"), data.pourDate.toString(Qt::ISODate));
    moment(CVD_TR("report", "Video imported"), data.imported);
    words(CVD_TR("report", "Report made by"), data.preparedBy);
    moment(CVD_TR("report", "Report made"), data.preparedAt);
    words(CVD_TR("report", "Profile"), profileName(l, data));
    s.text(r, 0, s.word(CVD_TR("report", "Radius of action R")) + QStringLiteral(", m"));
    s.value(r++, 1, data.summary.radiusOfActionM, s.m_three);
    words(CVD_TR("report", "Counted"), judgingText(l, data));
    words(CVD_TR("report", "Model"), modelText(data));
    words(CVD_TR("report", "Model SHA-256"), QString::fromStdString(data.summary.model.sha256));
    words(CVD_TR("report", "Video"), QString::fromStdString(data.summary.video.file));
    words(CVD_TR("report", "Video SHA-256"), QString::fromStdString(data.summary.video.sha256));
    if (data.homography) {
        s.text(r, 0, s.word(CVD_TR("report", "Calibration residual, cm")));
        s.value(r++, 1, data.homography->residualCm, s.m_one);
    }
    words(CVD_TR("report", "Findings listed"), whichText(l, selection.which));
    ++r;
    count(CVD_TR("report", "Insertions"), f.insertions, s.m_whole);
    count(CVD_TR("report", "Touches"), f.touches, s.m_whole);
    count(CVD_TR("report", "Median stationary time, s"), f.medianS, s.m_one);
    count(CVD_TR("report", "Violations"), f.violations, s.m_whole);
    count(CVD_TR("report", "Confirmed"), f.confirmed, s.m_whole);
    count(CVD_TR("report", "False alarm"), f.falseAlarms, s.m_whole);
    count(CVD_TR("report", "Not decided"), f.open, s.m_whole);
    count(CVD_TR("report", "Could not be judged"), f.cannotJudge, s.m_whole);
    count(CVD_TR("report", "Rows in the sheet of violations"), double(listed), s.m_whole);
    for (const Note& warning : data.summary.warnings) {
        words(CVD_TR("report", "Warning"), l.sentence(warning.text, warning.args));
    }
    ++r;
    for (const RulePrecision& p : precisionByRule(data)) {
        s.text(r, 0, s.word(CVD_TR("report", "Precision: %1")).arg(l.rule(p.rule)));
        s.value(r++, 1, p.precision(), s.m_share);
    }
}

void writeInsertions(Sheets& s, const ReportData& data) {
    s.add(CVD_TR("report", "Insertions"));
    const QList<std::pair<QString, double>> columns{
        {s.word(CVD_TR("report", "No.")), 7},
        {s.word(CVD_TR("report", "Poker")), 7},
        {s.word(CVD_TR("report", "Start frame")), 11},
        {s.word(CVD_TR("report", "Start time")), 13},
        {s.word(CVD_TR("report", "Start, s")), 10},
        {s.word(CVD_TR("report", "End frame")), 11},
        {s.word(CVD_TR("report", "End time")), 13},
        {s.word(CVD_TR("report", "End, s")), 10},
        {s.word(CVD_TR("report", "Immersed, s")), 11},
        {s.word(CVD_TR("report", "Stationary, s")), 11},
        {s.word(CVD_TR("report", "Times ±, s")), 9},
        {s.word(CVD_TR("report", "x, m")), 8},
        {s.word(CVD_TR("report", "y, m")), 8},
        {s.word(CVD_TR("report", "Place ±, m")), 9},
        {s.word(CVD_TR("report", "x, px")), 9},
        {s.word(CVD_TR("report", "y, px")), 9},
        {s.word(CVD_TR("report", "Tilt, °")), 8},
        {s.word(CVD_TR("report", "Withdrawal, mm/s")), 12},
        {s.word(CVD_TR("report", "Withdrawal ±, mm/s")), 12},
        {s.word(CVD_TR("report", "Confidence")), 11},
        {s.word(CVD_TR("report", "Touch only")), 10},
        {s.word(CVD_TR("report", "By hand")), 14},
    };
    s.head(0, columns);
    lxw_row_t r = 1;
    for (const Insertion& i : data.insertions) {
        s.value(r, 0, double(i.id), s.m_whole);
        s.value(r, 1, double(i.track.value), s.m_whole);
        s.value(r, 2, double(i.startFrame), s.m_whole);
        s.clock(r, 3, i.startS);
        s.value(r, 4, i.startS, s.m_three);
        s.value(r, 5, double(i.endFrame), s.m_whole);
        s.clock(r, 6, i.endS);
        s.value(r, 7, i.endS, s.m_three);
        s.value(r, 8, i.immersedS, s.m_one);
        s.value(r, 9, i.stationaryS, s.m_one);
        if (i.timeErrorS > 0) {
            s.value(r, 10, i.timeErrorS, s.m_two);
        }
        if (i.contactM) {
            s.value(r, 11, i.contactM->x, s.m_two);
            s.value(r, 12, i.contactM->y, s.m_two);
            s.value(r, 13, i.contactErrorM, s.m_two);
        }
        s.value(r, 14, i.contactPx.x, s.m_one);
        s.value(r, 15, i.contactPx.y, s.m_one);
        s.value(r, 16, i.tiltDeg, s.m_one);
        s.value(r, 17, i.withdrawalMmS, s.m_one);
        s.value(r, 18, i.withdrawalErrorMmS, s.m_one);
        s.value(r, 19, i.confidence, s.m_share);
        s.text(r, 20, i.effective ? QString() : s.word(CVD_TR("report", "yes")));
        s.text(r, 21, data.insertionsByHand.value(i.id));
        ++r;
    }
    s.filter(0, data.insertions.size(), std::size_t(columns.size()));
}

// Small enough that a thousand of them still open.
QByteArray forSheet(const QByteArray& jpeg, QSize& size) {
    const QImage full = QImage::fromData(jpeg);
    if (full.isNull()) {
        return {};
    }
    const QImage small =
        full.scaledToWidth(std::min(full.width(), int(2 * kPicturePx)), Qt::SmoothTransformation);
    size = small.size();
    QByteArray out;
    QBuffer buffer(&out);
    buffer.open(QIODevice::WriteOnly);
    small.save(&buffer, "JPG", 82);
    return out;
}

// A column of the violations: what a finding writes into its cell.
struct ViolationColumn {
    QString name;
    double width;  // characters
    std::function<void(const Finding&, lxw_row_t, lxw_col_t)> write = {};
};
constexpr int kPictureColumn = 1;

QString byHandText(Sheets& s, const Finding& f) {
    if (compliance::enteredByHand(f.violation)) {
        return s.word(CVD_TR("report", "entered"));
    }
    return f.corrected ? s.word(CVD_TR("report", "corrected")) : QString();
}

// What goes into the cells of a column, from the finding of its row.
struct Writers {
    Sheets& s;
    using F = const Finding&;

    auto text(auto of) const {
        return [this, of](F f, lxw_row_t r, lxw_col_t c) {
            if (const QString words = of(f); !words.isEmpty()) {
                s.text(r, c, words);
            }
        };
    }
    auto number(lxw_format* form, auto of) const {
        return [this, form, of](F f, lxw_row_t r, lxw_col_t c) {
            s.value(r, c, std::optional<double>(of(f)), form);
        };
    }
    auto clock(auto of) const {
        return [this, of](F f, lxw_row_t r, lxw_col_t c) { s.clock(r, c, of(f)); };
    }
    // Of the last thing that was said; nothing while nobody said anything.
    auto said(auto of) const {
        return text([of](F f) { return f.history.isEmpty() ? QString() : of(f.history.last()); });
    }
    auto place(double PointM::*axis) const {
        return number(s.m_two, [axis](F f) -> std::optional<double> {
            const auto& at = f.violation.positionM;
            return at ? std::optional((*at).*axis) : std::nullopt;
        });
    }
};

// The columns that are printed. `w` must outlive them.
QList<ViolationColumn> printedColumns(const Writers& w, const text::Language& l) {
    Sheets& s = w.s;
    using F = const Finding&;
    return {
        {s.word(CVD_TR("report", "No.")), 6,
         w.number(s.m_whole, [](F f) { return double(f.violation.id); })},
        {s.word(CVD_TR("report", "Picture")), kPicturePx / 7},
        {s.word(CVD_TR("report", "Rule")), 18,
         w.text([&l](F f) { return l.rule(f.violation.rule); })},
        {s.word(CVD_TR("report", "Severity")), 10,
         w.text([&l](F f) { return l.severity(f.violation.severity); })},
        {s.word(CVD_TR("report", "Start frame")), 9,
         w.number(s.m_whole, [](F f) { return double(f.violation.startFrame); })},
        {s.word(CVD_TR("report", "Start time")), 13,
         w.clock([](F f) { return f.violation.startS; })},
        {s.word(CVD_TR("report", "Value")), 8,
         w.number(s.m_two, [](F f) { return f.violation.value; })},
        {s.word(CVD_TR("report", "Limit")), 8,
         w.number(s.m_two, [](F f) { return f.violation.limit; })},
        {s.word(CVD_TR("report", "Unit")), 6,
         w.text([](F f) { return QString::fromStdString(f.violation.unit); })},
        {s.word(CVD_TR("report", "Reason")), 40,
         w.text([&l](F f) { return l.reason(f.violation); })},
        {s.word(CVD_TR("report", "Verdict")), 12, w.text([&l](F f) {
             return f.violation.verdict == Verdict::Violation ? reviewText(l, f.review())
                                                              : l.verdict(f.violation.verdict);
         })},
        {s.word(CVD_TR("report", "Reviewer")), 12,
         w.said([](const Statement& x) { return x.who; })},
        {s.word(CVD_TR("report", "Verdict's reason")), 16,
         w.said([&l](const Statement& x) { return l.falseAlarmReason(x.reason); })},
        {s.word(CVD_TR("report", "Note")), 26, w.said([](const Statement& x) { return x.note; })},
        {s.word(CVD_TR("report", "By hand")), 10, w.text([&s](F f) { return byHandText(s, f); })},
    };
}

// Those for other programs only, to the right of them.
QList<ViolationColumn> furtherColumns(const Writers& w, const text::Language& l) {
    Sheets& s = w.s;
    using F = const Finding&;
    return {
        {s.word(CVD_TR("report", "Judgement")), 13,
         w.text([&l](F f) { return l.verdict(f.violation.verdict); })},
        {s.word(CVD_TR("report", "Reviewed")), 17,
         [&s](F f, lxw_row_t r, lxw_col_t c) {
             if (!f.history.isEmpty()) {
                 s.moment(r, c, f.history.last().at);
             }
         }},
        {s.word(CVD_TR("report", "Insertion")), 10,
         w.number(s.m_whole,
                  [](F f) -> std::optional<double> {
                      const auto& of = f.violation.insertion;
                      return of ? std::optional(double(*of)) : std::nullopt;
                  })},
        {s.word(CVD_TR("report", "Start, s")), 10,
         w.number(s.m_three, [](F f) { return f.violation.startS; })},
        {s.word(CVD_TR("report", "End frame")), 11,
         w.number(s.m_whole, [](F f) { return double(f.violation.endFrame); })},
        {s.word(CVD_TR("report", "End time")), 13, w.clock([](F f) { return f.violation.endS; })},
        {s.word(CVD_TR("report", "End, s")), 10,
         w.number(s.m_three, [](F f) { return f.violation.endS; })},
        {s.word(CVD_TR("report", "x, m")), 8, w.place(&PointM::x)},
        {s.word(CVD_TR("report", "y, m")), 8, w.place(&PointM::y)},
        {s.word(CVD_TR("report", "Confidence")), 11,
         w.number(s.m_share, [](F f) { return f.violation.confidence; })},
        {s.word(CVD_TR("report", "Source")), 26,
         w.text([&l](F f) { return sourceText(l, f.violation); })},
    };
}

void insertPicture(lxw_worksheet* sheet, lxw_row_t row, const QByteArray& jpeg) {
    QSize size;
    const QByteArray bytes = forSheet(jpeg, size);
    if (bytes.isEmpty()) {
        return;
    }
    lxw_image_options options{};
    options.x_scale = options.y_scale = kPicturePx / size.width();
    options.object_position = LXW_OBJECT_MOVE_AND_SIZE;
    worksheet_set_row(sheet, row, kPicturePx * size.height() / size.width() * 0.75 + 2, nullptr);
    worksheet_insert_image_buffer_opt(sheet, row, kPictureColumn,
                                      reinterpret_cast<const unsigned char*>(bytes.constData()),
                                      std::size_t(bytes.size()), &options);
}

// False: cancelled.
bool writeViolations(Sheets& s, const std::vector<const Finding*>& rows, const text::Language& l,
                     const std::function<QByteArray(const Finding&)>& picture,
                     const std::function<bool(int, int)>& goOn) {
    lxw_worksheet* sheet = s.add(CVD_TR("report", "Violations"));
    const Writers writers{s};
    QList<ViolationColumn> columns = printedColumns(writers, l);
    const auto printed = lxw_col_t(columns.size());
    columns += furtherColumns(writers, l);
    QList<std::pair<QString, double>> heads;
    for (const ViolationColumn& column : columns) {
        heads.append({column.name, column.width});
    }
    s.head(0, heads);
    lxw_row_t r = 1;
    for (const Finding* f : rows) {
        if (goOn && !goOn(int(r) - 1, int(rows.size()))) {
            return false;
        }
        if (picture) {
            insertPicture(sheet, r, picture(*f));
        }
        for (lxw_col_t c = 0; c < lxw_col_t(columns.size()); ++c) {
            if (columns[c].write) {
                columns[c].write(*f, r, c);
            }
        }
        ++r;
    }
    // On paper only what a person reads; all columns would be too small there.
    worksheet_print_area(sheet, 0, 0, std::max<lxw_row_t>(r - 1, 1), lxw_col_t(printed - 1));
    s.filter(0, rows.size(), std::size_t(columns.size()));
    return true;
}

void writeProfile(Sheets& s, const ReportData& data, const text::Language& l) {
    s.add(CVD_TR("report", "Profile"));
    const QList<std::pair<QString, double>> columns{{s.word(CVD_TR("report", "Limit")), 46},
                                                    {s.word(CVD_TR("report", "Value")), 10},
                                                    {s.word(CVD_TR("report", "Unit")), 8},
                                                    {s.word(CVD_TR("report", "Source")), 60}};
    s.head(0, columns);
    lxw_row_t r = 1;
    if (data.profile) {
        for (const compliance::Parameter& p : data.profile->parameters) {
            s.text(r, 0, parameterLabel(l, p.key));
            s.value(r, 1, p.value, nullptr);
            s.text(r, 2, unitText(p.unit));
            s.text(r++, 3, sourceText(l, p));
        }
    }
    s.filter(0, r - 1, std::size_t(columns.size()));
}

void writeCoverage(Sheets& s, const ReportData& data) {
    s.add(CVD_TR("report", "Coverage"));
    s.head(0, {{s.word(CVD_TR("report", "Figure")), 34}, {s.word(CVD_TR("report", "Value")), 16}});
    if (!data.coverage) {
        s.text(1, 0, s.word(CVD_TR("report", "Not calibrated: rules in metres were not judged.")));
        return;
    }
    const Coverage& c = *data.coverage;
    lxw_row_t r = 1;
    for (const auto& [name, value, form] :
         {std::tuple{CVD_TR("report", "Pour region, m²"), c.areaM2, s.m_two},
          std::tuple{CVD_TR("report", "Treated"), c.covered, s.m_share},
          std::tuple{CVD_TR("report", "Missed"), c.missed, s.m_share},
          std::tuple{CVD_TR("report", "Not observed"), c.notObserved, s.m_share},
          std::tuple{CVD_TR("report", "Largest gap, m"), c.largestGapM, s.m_two},
          std::tuple{CVD_TR("report", "Cell, m"), c.cellM, s.m_three}}) {
        s.text(r, 0, s.word(name));
        s.value(r++, 1, value, form);
    }
}

// libxlsxwriter prints what it also returns; on stderr an error has one line, and that is ours.
class QuietLibrary {
public:
    QuietLibrary() {
#ifdef Q_OS_UNIX
        std::fflush(stderr);
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        m_stderr = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
        if (nowhere >= 0 && m_stderr >= 0) {
            ::dup2(nowhere, STDERR_FILENO);
        }
        if (nowhere >= 0) {
            ::close(nowhere);
        }
#endif
    }
    ~QuietLibrary() {
#ifdef Q_OS_UNIX
        std::fflush(stderr);
        if (m_stderr >= 0) {
            ::dup2(m_stderr, STDERR_FILENO);
            ::close(m_stderr);
        }
#endif
    }
    QuietLibrary(const QuietLibrary&) = delete;
    QuietLibrary& operator=(const QuietLibrary&) = delete;

private:
    int m_stderr = -1;
};

lxw_error closeQuietly(lxw_workbook* book) {
    const QuietLibrary quiet;
    return workbook_close(book);  // frees it, also after a failure
}

}  // namespace

Status writeXlsx(const QString& file, const ReportData& data, const Selection& selection,
                 const std::vector<const Finding*>& rows, const text::Language& language,
                 const std::function<QByteArray(const Finding&)>& picture,
                 const std::function<bool(int, int)>& goOn) {
    const QByteArray name = file.toUtf8();
    // The library's own temporary files go beside the target: the same disk, the same error.
    QByteArray temporary = QFileInfo(file).absolutePath().toUtf8();
    lxw_workbook_options options{};
    options.tmpdir = temporary.data();
    const auto cannot = [&](const QString& why) {
        QFile::remove(file);
        return fail(ErrorKind::Environment,
                    CVD_TR("core", "%1 cannot be written. Check the folder and the free space."),
                    {file.toStdString()}, why.toStdString());
    };
    lxw_workbook* book = workbook_new_opt(name.constData(), &options);
    if (!book) {
        return cannot(QStringLiteral("workbook_new_opt"));
    }
    Sheets sheets(book, language);
    writeSummary(sheets, data, selection, rows.size(), language);
    writeInsertions(sheets, data);
    const bool whole = writeViolations(sheets, rows, language, picture, goOn);
    if (whole) {
        writeProfile(sheets, data, language);
        writeCoverage(sheets, data);
    }
    const lxw_error error = closeQuietly(book);
    if (error != LXW_NO_ERROR) {
        return cannot(QString::fromUtf8(lxw_strerror(error)));
    }
    if (!whole) {
        QFile::remove(file);
        return fail(ErrorKind::Cancelled, CVD_TR("core", "Cancelled."));
    }
    return {};
}

}  // namespace cvd::report
