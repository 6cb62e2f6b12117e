// What leaves the program: PDF, tables, clips and the evidence package, each opened again by
// another program or library than the one that wrote it.
#include <sys/resource.h>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <zip.h>
#include <csignal>
#include <opencv2/imgproc.hpp>

#include "core/media/video_reader.h"
#include "core/media/video_writer.h"
#include "core/report/evidence_package.h"
#include "core/report/export.h"
#include "core/report/pdf_report.h"
#include "core/report/tables.h"
#include "tests/core/compliance/synthetic_pour.h"
#include "tests/core/media/frame_code.h"

using namespace cvd;
using namespace cvd::report;
using namespace cvd::test;

namespace {

const std::atomic<bool> kNever{false};
// Characters whose look-alike radicals come first in a CJK font's table, beside plain ones.
const QString kNote = QStringLiteral("一人大土工方日用长面，已现场查看 50666");

std::string describe(const Error& e) {
    return e.message() + " | " + e.detail;
}
#define VERIFY_OK(result) \
    QVERIFY2((result).ok(), (result).ok() ? "" : describe((result).error()).c_str())

QByteArray content(const QString& file) {
    QFile f(file);
    return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
}

QByteArray runProgram(const QString& program, const QStringList& arguments) {
    QProcess p;
    p.start(program, arguments);
    if (!p.waitForFinished(60000) || p.exitCode() != 0) {
        qWarning("%s: %s", qPrintable(program), p.readAllStandardError().constData());
        return {};
    }
    return p.readAllStandardOutput();
}

QString textOf(const QString& pdf) {
    return QString::fromUtf8(runProgram(QStringLiteral("pdftotext"), {"-layout", pdf, "-"}));
}
int pagesOf(const QString& pdf) {
    const QString info = QString::fromUtf8(runProgram(QStringLiteral("pdfinfo"), {pdf}));
    return QRegularExpression(QStringLiteral("Pages:\\s+(\\d+)")).match(info).captured(1).toInt();
}

QHash<QString, QByteArray> unzipped(const QString& file) {
    QHash<QString, QByteArray> out;
    int code = 0;
    zip_t* z = zip_open(file.toUtf8().constData(), ZIP_RDONLY, &code);
    for (zip_int64_t n = 0; z && n < zip_get_num_entries(z, 0); ++n) {
        zip_stat_t info;
        zip_stat_index(z, zip_uint64_t(n), 0, &info);
        QByteArray bytes(qsizetype(info.size), Qt::Uninitialized);
        zip_file_t* f = zip_fopen_index(z, zip_uint64_t(n), 0);
        if (f) {
            zip_fread(f, bytes.data(), info.size);
            zip_fclose(f);
        }
        out[QString::fromUtf8(info.name)] = bytes;
    }
    if (z) {
        zip_discard(z);
    }
    return out;
}

// Rows of RFC 4180.
QList<QStringList> parseCsv(const QString& text) {
    QList<QStringList> rows{{}};
    QString field;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted) {
            if (c == u'"' && i + 1 < text.size() && text[i + 1] == u'"') {
                field += c;
                ++i;
            } else if (c == u'"') {
                quoted = false;
            } else {
                field += c;
            }
        } else if (c == u'"') {
            quoted = true;
        } else if (c == u',' || c == u'\n') {
            rows.last() << field;
            field.clear();
            if (c == u'\n') {
                rows.append(QStringList{});
            }
        } else {
            field += c;
        }
    }
    rows.removeLast();
    return rows;
}

struct Cell {
    QString type, value;
};
QHash<QString, Cell> cellsOf(const QByteArray& sheet) {
    QHash<QString, Cell> cells;
    QXmlStreamReader xml(sheet);
    QString at, type;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1String("c")) {
            at = xml.attributes().value(QLatin1String("r")).toString();
            type = xml.attributes().value(QLatin1String("t")).toString();
        } else if (xml.isStartElement() && xml.name() == QLatin1String("v")) {
            cells[at] = {type, xml.readElementText()};
        }
    }
    return xml.hasError() ? QHash<QString, Cell>() : cells;
}

}  // namespace

class ReportExportTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    ReportData m_data;
    int m_violations = 0;

    QString path(const QString& name) const { return m_dir.filePath(name); }

    void makeResult() {
        writeResult(path("result"), truthTracks(renderPour({fourInsertions()}, {})));
        const FrameIndex frames = readResult(path("result"))->summary.video.frames;
        auto writer = media::VideoWriter::open(path("clean.mp4").toStdString(), 640, 360, 25);
        VERIFY_OK(writer);
        for (FrameIndex f = 0; f < frames; ++f) {
            VERIFY_OK((*writer)->write(frameWithNumber(640, 360, f), double(f) / 25));
        }
        VERIFY_OK((*writer)->finish());
    }

    // As a run leaves it, judged with 50 px a metre.
    void writeResult(const QString& folder, Tracks tracks) {
        // 720p coordinates scaled to a small video, so that the test stays quick.
        for (TrackPoint& p : tracks.points) {
            for (double* v : {&p.box.x, &p.box.y, &p.box.w, &p.box.h}) {
                *v /= 2;
            }
            if (p.poker) {
                for (double* v :
                     {&p.poker->low.x, &p.poker->low.y, &p.poker->top.x, &p.poker->top.y}) {
                    *v /= 2;
                }
            }
        }
        roundToStored(tracks);
        Calibration calibration;
        calibration.imagePoints = {{0, 0}, {500, 0}, {500, 300}, {0, 300}};
        calibration.planePoints = {{0, 0}, {10, 0}, {10, 6}, {0, 6}};
        calibration.pourRegion = calibration.planePoints;
        const auto profile = *compliance::loadProfile(QStringLiteral("gb50666"));
        compliance::JudgeOptions judging;
        judging.frameWidth = 640;
        judging.frameHeight = 360;
        const auto judgement = compliance::judge(tracks, profile, &calibration, judging);
        ResultSummary summary;
        summary.video.file = "第三层, \"B\".mp4";
        summary.video.sha256 = std::string(60, 'a') + "beef";
        summary.video.width = 640;
        summary.video.height = 360;
        summary.video.frames = FrameIndex(tracks.frameTimesS.size());
        summary.video.fps = 25;
        summary.video.durationS = tracks.frameTimesS.back();
        summary.lastFrame = summary.video.frames - 1;
        summary.model = {"cvd-n", "3", std::string(60, 'b') + "cafe"};
        summary.device = "cpu";
        summary.profileId = "gb50666";
        summary.profileVersion = "1.0";
        summary.calibrated = true;
        summary.radiusOfActionM = judgement.radiusM;
        summary.warnings = {{"The camera moved.", {}}};
        QVERIFY(QDir().mkpath(folder));
        VERIFY_OK(
            writeResultTables(folder, summary, tracks, judgement, frameWithNumber(640, 360, 0)));
        VERIFY_OK(compliance::writeProfile(folder + "/profile.json", profile));
        VERIFY_OK(compliance::writeCalibration(folder + "/calibration.json", calibration));
    }

    ExportOptions optionsFor(QList<Part> parts, const QString& language = "en") {
        ExportOptions o;
        o.parts = std::move(parts);
        o.language = language;
        return o;
    }
    QStringList entries(const QString& folder) const {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

private Q_SLOTS:
    void initTestCase() {
        makeResult();
        auto data = readReportData(path("result"), path("clean.mp4"));
        VERIFY_OK(data);
        m_data = *data;
        m_data.title = QStringLiteral("Lift 3 西墙");
        m_data.owner = QStringLiteral("王工");
        m_data.preparedBy = QStringLiteral("chief");
        m_data.pourDate = QDate(2026, 3, 31);
        for (Finding& f : m_data.findings) {
            m_violations += f.violation.verdict == Verdict::Violation;
        }
        QVERIFY(m_violations >= 3);
        int n = 0;
        for (Finding& f : m_data.findings) {
            if (f.violation.verdict != Verdict::Violation) {
                continue;
            }
            const QDateTime at(QDate(2026, 4, 1), QTime(8, 30), Qt::UTC);
            if (n == 0) {
                f.history = {
                    {Review::FalseAlarm, "first", at, "not_a_poker", {}},
                    {Review::Confirmed, QStringLiteral("李四"), at.addSecs(60), {}, kNote}};
            } else if (n == 1) {
                f.history = {{Review::FalseAlarm, "first", at, "hidden", "=1+1, \"quoted\"\nline"}};
            }
            ++n;
        }
    }

    void precisionCountsTheLastWord() {
        int violations = 0, confirmed = 0, off = 0;
        for (const RulePrecision& r : precisionByRule(m_data)) {
            violations += r.violations;
            confirmed += r.confirmed;
            off += r.falseAlarms;
        }
        QCOMPARE(violations, m_violations);
        QCOMPARE(confirmed, 1);
        QCOMPARE(off, 1);
        QVERIFY(!RulePrecision{}.precision());
        QCOMPARE(*(RulePrecision{"x", 4, 1, 1}.precision()), 0.5);
    }

    // A poker that was dragged treats only where it stood long enough, which its one place in the
    // list does not tell.
    void thePlanIsWhatWasJudged() {
        PlannedPoker poker;
        poker.insertions = {{{611.3, 337.7}, 5, 21.5, {}}};
        Tracks tracks = truthTracks(renderPour({poker}, {}));
        for (TrackPoint& p : tracks.points) {
            if (p.poker) {
                const double shift = 60 * std::clamp(p.timeS - 13, 0.0, 1.0);
                p.box.x += shift;
                p.poker->low.x += shift;
                p.poker->top.x += shift;
            }
        }
        const QString folder = path("dragged");
        writeResult(folder, tracks);
        const auto data = readReportData(folder, {});
        VERIFY_OK(data);
        QVERIFY(data->coverage && data->plan && data->plan->coverage);
        const auto byPlace = makePlan(data->plan->calibration, data->insertions,
                                      data->plan->radiusM, data->plan->shortestS, 640, 360);
        VERIFY_OK(byPlace);
        QVERIFY(byPlace->coverage->covered > data->coverage->covered + 0.001);
        QVERIFY2(std::abs(data->plan->coverage->covered - data->coverage->covered) < 1e-4,
                 qPrintable(QStringLiteral("%1 on the plan, %2 judged")
                                .arg(data->plan->coverage->covered)
                                .arg(data->coverage->covered)));
    }

    void pdfText_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("en") << "en"
                            << QStringList{"Concrete vibration report",
                                           "our setting",
                                           "general knowledge, not checked",
                                           "Under-vibration",
                                           "Confirmed",
                                           "It is not a poker",
                                           "Coverage",
                                           "What could not be judged",
                                           "Signature",
                                           "2026-03-31",
                                           "Seconds in concrete",
                                           "residual"};
        QTest::newRow("zh")
            << "zh_CN"
            << QStringList{
                   "混凝土振捣检测报告", "本程序的设定", "常识，未核实", "欠振", "已确认",
                   "不是振捣棒",         "覆盖",         "无法判定",     "签名", "2026-03-31",
                   "混凝土中的秒数",     "残差"};
    }
    void pdfText() {
        QFETCH(QString, language);
        QFETCH(QStringList, words);
        const QString out = path("pdf_" + language);
        const auto made = exportReport(m_data, optionsFor({Part::Pdf}, language), out, {}, kNever);
        VERIFY_OK(made);
        QCOMPARE(made->files, QStringList{"report.pdf"});
        const QString pdf = out + "/report.pdf";
        const QString text = textOf(pdf);
        words << m_data.title << QStringLiteral("王工") << QStringLiteral("李四") << "cvd-n 3"
              << QString::fromStdString(m_data.summary.video.sha256)
              << QString::fromStdString(m_data.summary.model.sha256) << "The camera moved.";
        const QString flat = QString(text).remove(QRegularExpression("\\s"));
        for (const QString& word : words) {
            QVERIFY2(flat.contains(QString(word).remove(QRegularExpression("\\s"))),
                     qPrintable(word));
        }
        QVERIFY2(flat.contains(QString(kNote).remove(u' ')), "the note");
        for (const QChar c : text) {
            QVERIFY2((c.unicode() < 0x2E80 || c.unicode() > 0x2FDF) &&
                         (c.unicode() < 0xFB00 || c.unicode() > 0xFB06),
                     qPrintable(QString("radical or ligature %1").arg(c)));
        }
        // Every page says which it is, of how many.
        const int pages = pagesOf(pdf);
        QVERIFY(pages >= 5);
        for (int n = 1; n <= pages; ++n) {
            const QString says = language == "en" ? QString("Page %1 of %2").arg(n).arg(pages)
                                                  : QString("第%1页，共%2页").arg(n).arg(pages);
            QVERIFY2(flat.contains(QString(says).remove(u' ')), qPrintable(says));
        }
        QVERIFY(runProgram("pdffonts", {pdf}).contains("yes"));
        QVERIFY(!runProgram("pdffonts", {pdf}).contains(" no  no"));
        // Pictures of the violations, the cover, the plan and the heat map.
        const QByteArray images = runProgram("pdfimages", {"-list", pdf});
        QVERIFY2(images.count('\n') >= m_violations + 3, images.constData());
    }

    void csvMatchesTheFilter() {
        ExportOptions o = optionsFor({Part::Csv, Part::Json});
        o.selection.which = Which::Filtered;
        std::vector<const Finding*> expected;
        for (const Finding& f : m_data.findings) {
            if (f.violation.verdict == Verdict::Violation && expected.size() < 2) {
                o.selection.keys.insert(f.key);
                expected.push_back(&f);
            }
        }
        VERIFY_OK(exportReport(m_data, o, path("csv"), {}, kNever));
        const QByteArray bytes = content(path("csv/report-violations.csv"));
        QVERIFY(bytes.startsWith("\xEF\xBB\xBF"));
        const auto rows = parseCsv(QString::fromUtf8(bytes.mid(3)));
        QCOMPARE(rows.size(), 3);
        const QStringList head = rows[0];
        for (const QStringList& row : rows) {
            QCOMPARE(row.size(), head.size());
        }
        for (int n = 0; n < 2; ++n) {
            const Violation& v = expected[size_t(n)]->violation;
            QCOMPARE(rows[n + 1][head.indexOf("id")].toLongLong(), v.id);
            QCOMPARE(rows[n + 1][head.indexOf("start_frame")].toLongLong(), v.startFrame);
            QVERIFY(std::abs(rows[n + 1][head.indexOf("start_s")].toDouble() - v.startS) < 1e-3);
        }
        QCOMPARE(rows[1][head.indexOf("review")], QString("confirmed"));
        QCOMPARE(rows[1][head.indexOf("review_note")], kNote);
        QCOMPARE(rows[1][head.indexOf("statements")], QString("2"));
        // Never a formula when a spreadsheet opens it.
        QCOMPARE(rows[2][head.indexOf("review_note")], QString("'=1+1, \"quoted\"\nline"));
        o.byteOrderMark = false;
        VERIFY_OK(exportReport(m_data, o, path("csv"), {}, kNever));
        QVERIFY(content(path("csv/report-violations.csv")).startsWith("id,rule"));
        const auto insertions = parseCsv(content(path("csv/report-insertions.csv")));
        QCOMPARE(insertions.size(), qsizetype(m_data.insertions.size()) + 1);

        const QJsonObject json = QJsonDocument::fromJson(content(path("csv/report.json"))).object();
        QCOMPARE(json["schema"].toString(), QString("cvd-mis/report/1"));
        QCOMPARE(json["selection"].toString(), QString("filtered"));
        QCOMPARE(json["violations"].toArray().size(), 2);
        QCOMPARE(json["violations"][0]["start_frame"].toInteger(),
                 expected[0]->violation.startFrame);
        QCOMPARE(json["violations"][0]["history"].toArray().size(), 2);
        QCOMPARE(json["figures"]["violations"].toInt(), m_violations);

        o.selection.which = Which::Confirmed;
        VERIFY_OK(exportReport(m_data, o, path("csv"), {}, kNever));
        QCOMPARE(parseCsv(content(path("csv/report-violations.csv"))).size(), 2);
    }

    void xlsxIsTyped() {
        VERIFY_OK(exportReport(m_data, optionsFor({Part::Xlsx}, "zh"), path("xlsx"), {}, kNever));
        const auto parts = unzipped(path("xlsx/report.xlsx"));
        const QByteArray book = parts["xl/workbook.xml"];
        for (const char* sheet : {"汇总", "插棒", "违规", "规则方案", "覆盖"}) {
            QVERIFY2(book.contains(QByteArray("name=\"") + sheet + '"'), sheet);
        }
        const QByteArray sheet = parts["xl/worksheets/sheet3.xml"];
        QVERIFY(sheet.contains("<pane ySplit=\"1\"") && sheet.contains("state=\"frozen\""));
        QVERIFY(sheet.contains("<autoFilter ref=\"A1:Z"));
        // Paper shows picture, figures, reason and verdict, not the columns for other programs.
        const QByteArray printed =
            QByteArray("'违规'!$A$1:$O$") + QByteArray::number(selected(m_data, {}).size() + 1) + '<';
        QVERIFY2(book.contains(printed), book.constData());
        const auto cells = cellsOf(sheet);
        const auto rows = selected(m_data, {});
        for (size_t n = 0; n < rows.size(); ++n) {
            const Violation& v = rows[n]->violation;
            const Cell frame = cells[QString("E%1").arg(n + 2)];
            QVERIFY(frame.type.isEmpty());  // a number, not text
            QCOMPARE(frame.value.toLongLong(), v.startFrame);
            QVERIFY(std::abs(cells[QString("F%1").arg(n + 2)].value.toDouble() * 86400 - v.startS) <
                    1e-3);
            QCOMPARE(cells[QString("J%1").arg(n + 2)].type, QString("s"));
        }
        int pictures = 0;
        for (auto it = parts.begin(); it != parts.end(); ++it) {
            pictures += it.key().startsWith("xl/media/");
        }
        QVERIFY2(pictures >= 1 && pictures <= m_violations, qPrintable(QString::number(pictures)));
        QCOMPARE(parts["xl/drawings/drawing1.xml"].count("<xdr:pic>"), m_violations);
        QVERIFY(!parts["xl/worksheets/sheet3.xml"].contains("<f>"));
    }

    void clipsShowTheRightFrames() {
        ExportOptions o = optionsFor({Part::Clips, Part::Video});
        o.burnIn.overlay = o.burnIn.caption = false;  // the numbers lie below them
        const auto made = exportReport(m_data, o, path("clips"), {}, kNever);
        VERIFY_OK(made);
        QVERIFY(made->videoCodec.startsWith("H.264"));
        QCOMPARE(entries(path("clips/clips")).size(), m_violations);
        const text::Language english("en");
        const auto video = EvidenceVideo::open(m_data, english, o.burnIn);
        VERIFY_OK(video);
        for (const Finding& f : m_data.findings) {
            if (f.violation.verdict != Verdict::Violation) {
                continue;
            }
            const auto [first, last] = (*video)->clipRange(f);
            QVERIFY(first <= f.violation.startFrame && f.violation.startFrame - first <= 51);
            auto reader = media::VideoReader::open(
                path("clips/clips/" + evidenceName(f) + ".mp4").toStdString());
            VERIFY_OK(reader);
            QCOMPARE((*reader)->info().codec, std::string("h264"));
            QCOMPARE((*reader)->frameCount(), last - first + 1);
            for (const FrameIndex n : {FrameIndex(0), (last - first) / 2, last - first}) {
                const auto frame = (*reader)->frame(n);
                VERIFY_OK(frame);
                QCOMPARE(numberInFrame(frame->bgr), first + n);
            }
            // The picture is the frame that the report names.
            const auto picture = (*video)->picture(f);
            VERIFY_OK(picture);
            QCOMPARE(numberInFrame(*picture), pictureFrame(f.violation));
        }
        auto whole = media::VideoReader::open(path("clips/annotated.mp4").toStdString());
        VERIFY_OK(whole);
        QCOMPARE((*whole)->frameCount(), m_data.summary.video.frames);
        QCOMPARE(numberInFrame((*whole)->frame(700)->bgr), FrameIndex(700));
    }

    void overlayAndCaptionAreBurntIn() {
        const text::Language english("en");
        const Finding* f = selected(m_data, {}).front();
        BurnIn burn;
        const auto with = (*EvidenceVideo::open(m_data, english, burn))->picture(*f);
        burn.overlay = false;
        const auto without = (*EvidenceVideo::open(m_data, english, burn))->picture(*f);
        QVERIFY(cv::norm(*with, *without, cv::NORM_INF) > 50);
    }

    void packageIsVerified() {
        const auto made =
            exportReport(m_data, optionsFor({Part::Package}), path("zip"), {}, kNever);
        VERIFY_OK(made);
        QCOMPARE(made->files, QStringList{"evidence.zip"});
        QCOMPARE(entries(path("zip")), QStringList{"evidence.zip"});
        const QString zip = path("zip/evidence.zip");
        const auto check = verifyPackage(zip);
        VERIFY_OK(check);
        QVERIFY(check->intact());
        const auto parts = unzipped(zip);
        QCOMPARE(parts.size(), check->files + 1);
        for (const char* name : {"report.pdf", "report.xlsx", "report-violations.csv",
                                 "report-insertions.csv", "report.json", "result/summary.json",
                                 "result/profile.json", "result/calibration.json"}) {
            QVERIFY2(parts.contains(name), name);
        }
        int clips = 0, pictures = 0;
        for (auto it = parts.begin(); it != parts.end(); ++it) {
            clips += it.key().startsWith("clips/");
            pictures += it.key().startsWith("pictures/");
        }
        QCOMPARE(clips, m_violations);
        QCOMPARE(pictures, m_violations);

        // One bit of a picture, where it lies in the archive.
        const QByteArray whole = content(zip);
        QByteArray picture;
        for (auto it = parts.begin(); it != parts.end(); ++it) {
            if (it.key().startsWith("pictures/")) {
                picture = it.value();
            }
        }
        const qsizetype at = whole.indexOf(picture.mid(1000, 200));
        QVERIFY(at > 0);
        QByteArray bent = whole;
        bent[at + 50] = char(bent[at + 50] ^ 1);
        QFile file(path("bent.zip"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bent) == bent.size());
        file.close();
        const auto broken = verifyPackage(file.fileName());
        QVERIFY(!broken.ok() || broken->changed.size() == 1);

        // A file replaced properly, one taken out and one put in.
        QVERIFY(QFile::copy(zip, path("forged.zip")));
        int code = 0;
        zip_t* z = zip_open(path("forged.zip").toUtf8().constData(), 0, &code);
        QVERIFY(z);
        const auto put = [&](const char* name, const char* text) {
            zip_file_add(z, name, zip_source_buffer(z, text, strlen(text), 0), ZIP_FL_OVERWRITE);
        };
        put("report-violations.csv", "id\n");
        put("more.txt", "hello");
        zip_delete(z, zip_uint64_t(zip_name_locate(z, "result/profile.json", 0)));
        QCOMPARE(zip_close(z), 0);
        const auto forged = verifyPackage(path("forged.zip"));
        VERIFY_OK(forged);
        QCOMPARE(forged->changed, QStringList{"report-violations.csv"});
        QCOMPARE(forged->missing, QStringList{"result/profile.json"});
        QCOMPARE(forged->extra, QStringList{"more.txt"});
        QVERIFY(!forged->intact());

        QCOMPARE(verifyPackage(path("clean.mp4")).error().kind, ErrorKind::BadInput);
        QCOMPARE(verifyPackage(path("absent.zip")).error().kind, ErrorKind::BadInput);
        QVERIFY(!verifyPackage(path("xlsx/report.xlsx")).ok());
    }

    void cancelLeavesNothing() {
        for (const ExportStage stage :
             {ExportStage::Copying, ExportStage::Pictures, ExportStage::Document,
              ExportStage::Tables, ExportStage::Clips, ExportStage::Video, ExportStage::Packing}) {
            std::atomic<bool> cancel{false};
            bool seen = false;
            const auto made = exportReport(
                m_data, optionsFor(allParts()), path("cancelled"),
                [&](const ExportProgress& p) {
                    if (p.stage == stage) {
                        seen = true;
                        cancel = true;
                    }
                },
                cancel);
            QVERIFY2(seen, qPrintable(QString::number(int(stage))));
            QVERIFY(!made.ok());
            QCOMPARE(made.error().kind, ErrorKind::Cancelled);
            QVERIFY(!QFileInfo::exists(path("cancelled")));
        }
    }

    // The work folder of a killed program goes; that of another computer's, or of one that still
    // works, stays.
    void onlyAbandonedWorkIsTidiedUp() {
        const QString out = path("shared");
        const auto workOf = [&](const char* name, qint64 process, const QString& host) {
            const QString work = out + "/.report-" + name;
            QFile lock(work + "/.lock");
            const bool made = QDir().mkpath(work) && lock.open(QIODevice::WriteOnly);
            lock.write(QStringLiteral("%1\n%2\n%3\n")
                           .arg(process)
                           .arg(QCoreApplication::applicationName(), host)
                           .toUtf8());
            return made ? work : QString();
        };
        QProcess ended;
        ended.start("true", {});
        QVERIFY(ended.waitForStarted());
        const qint64 dead = ended.processId();
        QVERIFY(ended.waitForFinished());
        const QString here = QSysInfo::machineHostName();
        const QString killed = workOf("killed", dead, here);
        const QString elsewhere = workOf("elsewhere", dead, here + "-not");
        const QString busy = out + "/.report-busy";
        QVERIFY(QDir().mkpath(busy));
        QLockFile held(busy + "/.lock");
        QVERIFY(held.tryLock(0));
        VERIFY_OK(exportReport(m_data, optionsFor({Part::Csv}), out, {}, kNever));
        QVERIFY(!QFileInfo::exists(killed));
        QVERIFY(QFileInfo::exists(elsewhere));
        QVERIFY(QFileInfo::exists(busy));
        QCOMPARE(QDir(out).entryList({".report-*"}, QDir::Dirs | QDir::Hidden).size(), 2);
    }

    void fullDiskIsSaidAndLeavesNothing_data() {
        QTest::addColumn<int>("part");
        for (const Part part : allParts()) {
            QTest::newRow(partName(part)) << int(part);
        }
    }
    void fullDiskIsSaidAndLeavesNothing() {
        QFETCH(int, part);
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit small = before;
        small.rlim_cur = 1000;
        setrlimit(RLIMIT_FSIZE, &small);
        const auto made = exportReport(m_data, optionsFor({Part(part)}), path("full"), {}, kNever);
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!made.ok());
        QCOMPARE(made.error().kind, ErrorKind::Environment);
        QVERIFY(!QFileInfo::exists(path("full")));
    }

    void pdfAloneOnAFullDisk() {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit small = before;
        small.rlim_cur = 30000;
        setrlimit(RLIMIT_FSIZE, &small);
        const text::Language english("en");
        const Status made =
            writePdf(path("alone.pdf"), {m_data, {}, selected(m_data, {}), {}, {}}, english);
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!made.ok());
        QCOMPARE(made.error().kind, ErrorKind::Environment);
        QVERIFY(!QFileInfo::exists(path("alone.pdf")));
    }

    void badTargetsAreSaid() {
        const auto below =
            exportReport(m_data, optionsFor({Part::Csv}), path("clean.mp4/below"), {}, kNever);
        QCOMPARE(below.error().kind, ErrorKind::Environment);
        QCOMPARE(exportReport(m_data, optionsFor({}), path("none"), {}, kNever).error().kind,
                 ErrorKind::Usage);
        ReportData blind = m_data;
        blind.videoFile.clear();
        QCOMPARE(
            exportReport(blind, optionsFor({Part::Clips}), path("none"), {}, kNever).error().kind,
            ErrorKind::BadInput);
        const auto made = exportReport(blind, optionsFor({Part::Pdf}), path("blind"), {}, kNever);
        VERIFY_OK(made);
        QCOMPARE(made->notes.size(), 1);
        QVERIFY(textOf(path("blind/report.pdf")).contains("No picture"));
        QVERIFY(!readReportData(path("absent")).ok());
    }

    void filesAreCopiedAsTheyAre() {
        VERIFY_OK(exportReport(m_data, optionsFor({Part::Files}), path("files"), {}, kNever));
        QCOMPARE(entries(path("files")).size(), entries(path("result")).size());
        QCOMPARE(content(path("files/tracks.bin")), content(path("result/tracks.bin")));
        VERIFY_OK(
            exportReport(m_data, optionsFor({Part::Files, Part::Csv}), path("files2"), {}, kNever));
        QVERIFY(QFileInfo::exists(path("files2/result/summary.json")));
        QVERIFY(freshFolder(m_dir.path(), "files") != path("files"));
    }

    // 2000 insertions and as many violations: some 700 pages without pictures.
    void aLongPourIsBounded() {
        ReportData longPour = m_data;
        longPour.videoFile.clear();
        longPour.insertions.clear();
        longPour.findings.clear();
        const auto rows = selected(m_data, {});
        const auto violation = std::find_if(rows.begin(), rows.end(), [](const Finding* f) {
            return f->violation.verdict == Verdict::Violation;
        });
        for (int n = 0; n < 2000; ++n) {
            Insertion i = m_data.insertions.front();
            i.id = n + 1;
            i.startS = n * 3.5;
            i.endS = i.startS + 2;
            longPour.insertions.push_back(i);
            Finding f = **violation;
            f.key = f.violation.id = n + 1;
            f.violation.insertion = n + 1;
            f.violation.startS = i.startS;
            f.violation.startFrame = n * 87;
            f.violation.endFrame = n * 87 + 50;
            longPour.findings.push_back(f);
        }
        rusage before{}, after{};
        getrusage(RUSAGE_SELF, &before);
        QElapsedTimer timer;
        timer.start();
        int calls = 0;
        const auto made = exportReport(
            longPour, optionsFor({Part::Pdf, Part::Xlsx}, "zh"), path("long"),
            [&](const ExportProgress&) { ++calls; }, kNever);
        VERIFY_OK(made);
        getrusage(RUSAGE_SELF, &after);
        const int pages = pagesOf(path("long/report.pdf"));
        qInfo("2000 insertions and violations: %d pages, %.1f s, %+.0f MB, PDF %.1f MB", pages,
              double(timer.elapsed()) / 1000, double(after.ru_maxrss - before.ru_maxrss) / 1024,
              double(QFileInfo(path("long/report.pdf")).size()) / 1e6);
        QVERIFY(pages > 200);
        QVERIFY(calls > pages);
        QVERIFY(after.ru_maxrss - before.ru_maxrss < 400 * 1024);
        QVERIFY(timer.elapsed() < 120000);
    }
};

QTEST_MAIN(ReportExportTest)
#include "tst_report_export.moc"
