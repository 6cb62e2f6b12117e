// The export dialog on real files: what is on the screen is what is written, refusals are said, a
// cancelled export leaves nothing.
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

#include "core/media/video_reader.h"
#include "core/report/track_file.h"
#include "tests/ui/desk.h"
#include "ui/export_dialog.h"
#include "ui/language.h"
#include "ui/review/review_page.h"
#include "ui/review/violation_panel.h"

using namespace cvd;
using namespace cvd::ui;
using report::Part;
using test::Desk;

class TestExportDialog : public QObject {
    Q_OBJECT

    ProjectId m_project;
    ResultId m_result;

    // A project with a result of three violations in a video of 60 frames.
    void seed(Desk& desk) {
        desk.seedAdministrator();
        const QString video = desk.path("source.mp4");
        test::writeVideo(video, 5, 60);
        projects::NewProject wanted;
        wanted.name = QStringLiteral("Lift 3/west");
        wanted.sourceFile = video;
        m_project = *desk.seed->projects().create(desk.boss, wanted);
        report::ResultSummary summary;
        summary.video.file = "source.mp4";
        summary.video.frames = 60;
        summary.video.width = 96;
        summary.video.height = 64;
        summary.video.fps = 25;
        summary.video.durationS = 2.4;
        summary.profileId = "gb50666";
        summary.profileVersion = "1.1";
        summary.createdUtc = "2026-05-14T10:12:00Z";
        compliance::Judgement judgement;
        for (int i = 0; i < 3; ++i) {
            Insertion insertion;
            insertion.id = i + 1;
            insertion.startFrame = i * 15;
            insertion.endFrame = i * 15 + 10;
            insertion.startS = insertion.startFrame / 25.0;
            insertion.endS = insertion.endFrame / 25.0;
            insertion.effective = true;
            judgement.insertions.push_back(insertion);
            Violation violation;
            violation.id = i + 1;
            violation.rule = i == 2 ? "tilt" : "under_vibration";
            violation.reason = "Too short.";
            violation.insertion = i + 1;
            violation.startFrame = insertion.startFrame;
            violation.endFrame = insertion.endFrame;
            violation.startS = insertion.startS;
            violation.endS = insertion.endS;
            judgement.violations.push_back(violation);
        }
        const QString folder = desk.seed->library().newResultFolder();
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(
            test::writeBytes(folder + "/summary.json", report::summaryToJson(summary, judgement)));
        QVERIFY(report::saveTracks(folder + "/tracks.bin", {}).ok());
        m_result = *desk.seed->projects().storeResult(m_project, JobId(), folder);
        QVERIFY(QDir().mkpath(desk.path("out")));
    }
    static void choose(Desk& desk, const QList<Part>& parts) {
        for (const Part part : report::allParts()) {
            const QByteArray name = report::partName(part) + QByteArray("ExportCheckBox");
            auto* box = desk.find<QCheckBox>(name.constData());
            QVERIFY2(box, name.constData());
            box->setChecked(parts.contains(part));
        }
    }
    static QJsonObject jsonIn(const QString& folder) {
        return QJsonDocument::fromJson(test::readBytes(folder + "/report.json")).object();
    }
    static bool ended(const ExportDialog* dialog) { return !dialog->isRunning(); }

private Q_SLOTS:
    void whatIsOnTheScreenIsWritten() {
        Desk desk;
        seed(desk);
        desk.enter();
        desk.shell()->openReview(m_project, {});
        ReviewPage* review = desk.shell()->reviewPage();
        const qint64 first = review->data().violations[0].id;
        review->showViolation(first);
        desk.find<QWidget>("reviewPage")->setFocus();
        review->violationPanel()->giveVerdict(ReviewVerdict::Confirmed);
        desk.find<QLineEdit>("violationSearchLineEdit")->setText("tilt");
        QTRY_COMPARE(review->violationPanel()->visibleIds().size(), 1);

        ExportDialog* dialog = desk.shell()->exportResult(m_project, m_result);
        desk.find<QLineEdit>("exportFolderLineEdit")->setText(desk.path("out"));
        choose(desk, {Part::Pdf, Part::Csv, Part::Xlsx, Part::Json, Part::Clips, Part::Package});
        auto* language = desk.find<QComboBox>("exportLanguageComboBox");
        language->setCurrentIndex(language->findData("zh_CN"));
        desk.click("startExportPushButton");
        QVERIFY(dialog->isRunning());
        QVERIFY(!desk.find<QAbstractButton>("startExportPushButton")->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(ended(dialog), 60000);
        QVERIFY2(dialog->outcome(), qPrintable(desk.bannerText()));
        const QString folder = dialog->outcome()->folder;
        QVERIFY(folder.startsWith(desk.path("out")) && QFileInfo(folder).isDir());
        for (const char* name : {"report.pdf", "report.xlsx", "report-violations.csv",
                                 "report-insertions.csv", "report.json", "evidence.zip"}) {
            QVERIFY2(QFileInfo(folder + '/' + name).size() > 0, name);
        }
        // The filter of the list is the selection of the report.
        const QJsonArray rows = jsonIn(folder)["violations"].toArray();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows[0].toObject()["rule"].toString(), QString("tilt"));
        const QStringList clips = QDir(folder + "/clips").entryList(QDir::Files);
        QCOMPARE(clips.size(), 1);
        auto reader = media::VideoReader::open((folder + "/clips/" + clips[0]).toStdString());
        QVERIFY(reader.ok());

        accounts::AuditQuery exported;
        exported.action = QStringLiteral("result_exported");
        desk.openSeed();  // another program on the same database
        const auto trail = desk.seed->accounts().auditTrail(desk.boss, exported);
        desk.seed.reset();
        QVERIFY(trail.ok());
        QCOMPARE(trail->rows.size(), 1);
        QVERIFY2(trail->rows[0].detail.endsWith("evidence.zip") &&
                     trail->rows[0].detail.count("clips") == 1,
                 qPrintable(trail->rows[0].detail));

        desk.click("openExportPushButton");
        desk.click("showExportPushButton");
        QCOMPARE(desk.shown, (QStringList{folder + "/report.pdf", folder}));

        // Everything, with the verdict; into a folder of its own beside the first.
        auto* which = desk.find<QComboBox>("exportWhichComboBox");
        which->setCurrentIndex(which->findData(int(report::Which::Confirmed)));
        choose(desk, {Part::Json});
        desk.click("startExportPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(ended(dialog), 60000);
        QVERIFY(dialog->outcome()->folder != folder);
        const QJsonArray confirmed = jsonIn(dialog->outcome()->folder)["violations"].toArray();
        QCOMPARE(confirmed.size(), 1);
        QCOMPARE(confirmed[0].toObject()["review"].toString(), QString("confirmed"));
        desk.click("cancelExportPushButton");  // says "Close" now
    }

    void cancellingLeavesNothing() {
        Desk desk;
        seed(desk);
        desk.enter();
        desk.shell()->openProject(m_project);
        desk.click("exportResultPushButton");
        auto* dialog = desk.window()->findChild<ExportDialog*>();
        QVERIFY(dialog);
        desk.find<QLineEdit>("exportFolderLineEdit")->setText(desk.path("out"));
        choose(desk, {Part::Video, Part::Pdf});
        desk.click("startExportPushButton");
        desk.click("cancelExportPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(ended(dialog), 60000);
        QVERIFY(!dialog->outcome());
        QVERIFY(!desk.bannerText().isEmpty());
        QVERIFY(
            QDir(desk.path("out")).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
        // Once more, to its end: what was chosen is still there.
        desk.click("startExportPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(ended(dialog), 60000);
        QVERIFY(dialog->outcome() && dialog->outcome()->files.contains("annotated.mp4"));
    }

    void theLanguageMayChangeMeanwhile() {
        Desk desk;
        seed(desk);
        desk.enter();
        desk.shell()->openReview(m_project, m_result);
        desk.shell()->exportResult(m_project, m_result);
        const auto title = [&] {
            const auto* dialog = desk.shell()->findChild<ExportDialog*>();
            return dialog ? dialog->windowTitle() : QString();
        };
        const QString english = title();
        QVERIFY(!english.isEmpty());
        setLanguage(QStringLiteral("zh_CN"));
        QTRY_VERIFY(!title().isEmpty() && title() != english);
        setLanguage(QStringLiteral("en"));
        QTRY_COMPARE(title(), english);
    }

    void whatCannotBeDoneSaysWhy() {
        Desk desk;
        seed(desk);
        const auto project = desk.seed->projects().project(desk.boss, m_project);
        QVERIFY(QFile::remove(project->videoPath));
        test::writeBytes(desk.path("file"), "no folder");
        desk.enter();
        desk.shell()->openProject(m_project);
        ExportDialog* dialog = desk.shell()->exportResult(m_project, m_result);
        for (const char* name : {"clipsExportCheckBox", "videoExportCheckBox"}) {
            auto* box = desk.find<QCheckBox>(name);
            QVERIFY(!box->isEnabled() && !box->toolTip().isEmpty());
        }
        choose(desk, {});
        auto* start = desk.find<QAbstractButton>("startExportPushButton");
        QVERIFY(!start->isEnabled() && !start->toolTip().isEmpty());
        choose(desk, {Part::Pdf});
        desk.find<QLineEdit>("exportFolderLineEdit")->clear();
        QVERIFY(!start->isEnabled());
        desk.find<QLineEdit>("exportFolderLineEdit")->setText(desk.path("file/below"));
        desk.click("startExportPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(ended(dialog), 60000);
        QVERIFY2(desk.bannerText().contains("file"), qPrintable(desk.bannerText()));
        // The report is made without its pictures, and says so.
        desk.find<QLineEdit>("exportFolderLineEdit")->setText(desk.path("out"));
        desk.click("startExportPushButton");
        QTRY_VERIFY_WITH_TIMEOUT(ended(dialog), 60000);
        QVERIFY(dialog->outcome());
        QCOMPARE(dialog->outcome()->files, QStringList{"report.pdf"});
        QVERIFY(!dialog->outcome()->notes.isEmpty());
    }

    void leavingTheProgramAsks() {
        Desk desk;
        seed(desk);
        desk.enter();
        desk.shell()->openProject(m_project);
        ExportDialog* dialog = desk.shell()->exportResult(m_project, m_result);
        desk.find<QLineEdit>("exportFolderLineEdit")->setText(desk.path("out"));
        choose(desk, {Part::Video});
        desk.answer = false;
        desk.click("startExportPushButton");
        QVERIFY(!desk.shell()->mayClose());
        QCOMPARE(desk.questions.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(ended(dialog), 60000);
    }
};

QTEST_MAIN(TestExportDialog)
#include "tst_export_dialog.moc"
