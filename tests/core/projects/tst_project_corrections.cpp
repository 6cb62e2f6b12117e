// Corrections by hand on a real database and a real result folder: the log, the judgement they lead
// to, verdicts that still apply, rights, audit, and another profile.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "core/compliance/profile.h"
#include "core/projects/annotation_export.h"
#include "core/projects/project_report.h"
#include "core/projects/project_service.h"
#include "core/report/corrected_result.h"
#include "core/report/tables.h"
#include "core/report/track_file.h"
#include "tests/core/compliance/synthetic_pour.h"
#include "tests/core/projects/service_fixture.h"

using namespace cvd;
using namespace cvd::projects;
using compliance::Correction;
using test::message;

namespace {

Tracks pour() {
    Tracks tracks =
        test::truthTracks(test::renderPour({test::fourInsertions()}, test::PourOptions()));
    report::roundToStored(tracks);
    return tracks;
}

compliance::Profile shortest(double seconds) {
    compliance::Profile p = *compliance::loadProfile(QStringLiteral("custom"));
    p.parameters.clear();
    for (const auto& [key, value] : {std::pair{"t_min_s", seconds}, {"t_max_s", 60.0}}) {
        p.parameters.append({QString::fromLatin1(key), value, QStringLiteral("s"),
                             QStringLiteral("Test"), compliance::SourceStatus::OurSetting});
    }
    return p;
}

Correction correcting(const Insertion& in) {
    Correction c;
    c.kind = Correction::Kind::Insertion;
    c.insertion = in.id;
    c.track = in.track;
    c.startFrame = in.startFrame;
    c.endFrame = in.endFrame;
    c.contactPx = in.contactPx;
    return c;
}

}  // namespace

class TestProjectCorrections : public QObject, private test::ServiceFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { test::TestDatabases::addEngineRows(); }
    void initTestCase() {
        m_videos = std::make_unique<QTemporaryDir>();
        QVERIFY(test::writeVideo(video(1), 1, 1000));
    }
    void init() {
        QFETCH_GLOBAL(QString, engine);
        CVD_REQUIRE_ENGINE(m_databases, engine);
        openServices(engine);
        m_project = made(m_ann, 1, QStringLiteral("Wall"));
        QVERIFY(m_project.valid());
        m_result = judged(5);
        QVERIFY(m_result.valid());
    }
    void cleanup() { closeServices(); }

    void aCorrectionChangesTheJudgementAndBack() {
        const auto before = said();
        QCOMPARE(before.size(), 0);
        Correction c = correcting(insertions()[1]);
        c.endFrame = c.startFrame + 75;
        const auto ids = corrected(m_ann, {{c}, {}, {}, {}});
        QCOMPARE(ids.size(), 1);
        auto now = said();
        QCOMPARE(now.size(), 1);
        QCOMPARE(now[0].violation.rule, std::string("under_vibration"));
        QVERIFY(now[0].byHand);
        QCOMPARE(insertions()[1].endFrame, c.endFrame);
        QCOMPARE(counted().violations, 1);
        // The log says who and when.
        const auto log = m_service->corrections(m_ann, m_result);
        QVERIFY2(log.ok(), message(log));
        QCOMPARE(log->size(), 1);
        QCOMPARE((*log)[0].userName, QStringLiteral("Ann"));
        QVERIFY((*log)[0].at.isValid());
        QVERIFY((*log)[0].active);
        // Undo: the model's judgement, as it was.
        corrected(m_ann, {{}, ids, {}, {}});
        QCOMPARE(said().size(), 0);
        QCOMPARE(counted().violations, 0);
        QVERIFY(insertions()[1].endFrame != c.endFrame);
        // Redo: the same row, with what was said of it.
        const ViolationId row = now[0].id;
        corrected(m_ann, {{}, {}, ids, {}});
        now = said();
        QCOMPARE(now.size(), 1);
        QCOMPARE(now[0].id, row);
        QCOMPARE(m_service->corrections(m_ann, m_result)->size(), 1);  // still one line
    }

    void theModelsRowsStay() {
        const auto rows = storage::InsertionRepository(*m_database).ofResult(m_result);
        Correction c = correcting(insertions()[0]);
        c.remove = true;
        corrected(m_ann, {{c}, {}, {}, {}});
        QCOMPARE(insertions().size(), size_t(3));
        QCOMPARE(counted().insertions, 3);
        const auto after = storage::InsertionRepository(*m_database).ofResult(m_result);
        QCOMPARE(after->size(), rows->size());
        const auto folder = m_service->result(m_ann, m_result)->folder;
        QCOMPARE(report::readResult(folder)->judgement.insertions.size(), size_t(4));
    }

    void verdictsStay() {
        Correction c = correcting(insertions()[1]);
        c.endFrame = c.startFrame + 75;
        corrected(m_ann, {{c}, {}, {}, {}});
        VERIFY_OK(m_service->setVerdict(m_ann, said()[0].id, UserVerdict::Confirmed, {}, "seen"));
        QCOMPARE(counted().unreviewed, 0);
        // A little longer, still too short: another figure, the same matter.
        Correction more = c;
        more.endFrame += 10;
        const auto second = corrected(m_ann, {{more}, {}, {}, {}});
        QCOMPARE(said().size(), 1);
        QVERIFY(said()[0].latest);
        QCOMPARE(said()[0].latest->verdict, UserVerdict::Confirmed);
        QCOMPARE(said()[0].latest->note, QStringLiteral("seen"));
        QCOMPARE(counted().unreviewed, 0);
        // A verdict of something else does not get lost by an unrelated correction.
        Correction other = correcting(insertions()[3]);
        other.endFrame = other.startFrame + 50;
        corrected(m_ann, {{other}, {}, {}, {}});
        QCOMPARE(said().size(), 2);
        QCOMPARE(counted().unreviewed, 1);
        corrected(m_ann, {{}, second, {}, {}});
        QCOMPARE(said().size(), 2);
        QCOMPARE(said()[0].latest->verdict, UserVerdict::Confirmed);
    }

    void aPersonsViolationIsListed() {
        Correction c;
        c.kind = Correction::Kind::Violation;
        c.violation.rule = "tilt";
        c.violation.severity = Severity::Critical;
        c.violation.startFrame = 100;
        c.violation.endFrame = 150;
        c.violation.startS = 4;
        c.violation.endS = 6;
        c.note = "leans";
        const auto ids = corrected(m_admin, {{c}, {}, {}, {}});
        QCOMPARE(said().size(), 1);
        QCOMPARE(said()[0].violation.source, std::string("Admin"));
        QVERIFY(compliance::enteredByHand(said()[0].violation));
        const auto report = reportOf(*m_service, m_ann, m_project);
        QVERIFY2(report.ok(), message(report));
        int byHand = 0;
        for (const auto& finding : report->findings) {
            byHand += finding.corrected;
        }
        QCOMPARE(byHand, 1);
        // The name under which the video came, not the one that the library gave its copy.
        QCOMPARE(report->summary.video.file, m_service->project(m_ann, m_project)->video.file);
        QVERIFY(!report->summary.video.file.empty());
        QCOMPARE(report->corrections.size(), size_t(1));
        corrected(m_admin, {{}, ids, {}, {}});
        QCOMPARE(said().size(), 0);
    }

    void othersMayNot() {
        const CorrectionEdit edit{{correcting(insertions()[0])}, {}, {}, {}};
        const auto judgement = report::readResult(folderOf(m_result))->judgement;
        VERIFY_FAILS(m_service->correct(m_bob, m_result, edit, judgement), ErrorKind::Usage);
        VERIFY_FAILS(m_service->corrections(m_bob, m_result), ErrorKind::Usage);
        VERIFY_OK(m_service->correct(m_admin, m_result, edit, judgement));
        const auto log = m_service->corrections(m_ann, m_result);
        QCOMPARE(log->size(), 1);
        QCOMPARE((*log)[0].userName, QStringLiteral("Admin"));
    }

    void nobodyOverwritesAnother() {
        const auto judgement = report::readResult(folderOf(m_result))->judgement;
        CorrectionEdit first{{correcting(insertions()[0])}, {}, {}, {}};
        CorrectionEdit second{{correcting(insertions()[1])}, {}, {}, {}};
        VERIFY_OK(m_service->correct(m_ann, m_result, first, judgement));
        VERIFY_FAILS(m_service->correct(m_admin, m_result, second, judgement), ErrorKind::Usage);
        QCOMPARE(m_service->corrections(m_ann, m_result)->size(), 1);
        second.basedOn = {(*m_service->corrections(m_ann, m_result))[0].id};
        VERIFY_OK(m_service->correct(m_admin, m_result, second, judgement));
    }

    void nonsenseIsRefusedWhole() {
        const auto judgement = report::readResult(folderOf(m_result))->judgement;
        Correction late = correcting(insertions()[0]);
        late.endFrame = 5000;  // the video has 1000
        VERIFY_FAILS(m_service->correct(m_ann, m_result, {{late}, {}, {}, {}}, judgement),
                     ErrorKind::Usage);
        VERIFY_FAILS(
            m_service->correct(m_ann, m_result, {{correcting(insertions()[0])}, {12345}, {}, {}},
                               judgement),
            ErrorKind::Usage);
        QCOMPARE(m_service->corrections(m_ann, m_result)->size(), 0);
    }

    void theAuditTrailNamesIt() {
        Correction c = correcting(insertions()[0]);
        c.endFrame -= 5;
        corrected(m_ann, {{c}, {}, {}, {}});
        storage::AuditFilter filter;
        filter.action = QStringLiteral("result_corrected");
        const auto page = storage::AuditRepository(*m_database).list(filter);
        QVERIFY(page.ok());
        QCOMPARE(page->total, 1);
        QCOMPARE(page->rows[0].userName, QStringLiteral("Ann"));
        QCOMPARE(page->rows[0].subject, QStringLiteral("Wall"));
        QVERIFY(page->rows[0].detail.contains(QStringLiteral("insertion 1")));
    }

    void anotherProfileKeepsThem() {
        Correction shorter = correcting(insertions()[1]);
        shorter.endFrame = shorter.startFrame + 75;
        Correction added;
        added.kind = Correction::Kind::Insertion;
        added.insertion = 5;
        added.startFrame = 960;
        added.endFrame = 990;
        added.contactPx = {50, 50};
        corrected(m_admin, {{shorter}, {}, {}, {}});
        corrected(m_ann, {{added}, {}, {}, {}});
        VERIFY_OK(m_service->setVerdict(m_ann, said()[0].id, UserVerdict::FalseAlarm, "hidden"));
        const ResultId old = m_result;
        m_result = judged(7);  // stricter
        QVERIFY(m_result.valid() && m_result != old);
        const auto carried = m_service->carryCorrections(m_ann, old, m_result);
        QVERIFY2(carried.ok(), message(carried));
        QCOMPARE(*carried, 2);
        VERIFY_OK(m_service->carryVerdicts(m_ann, old, m_result));
        const auto log = m_service->corrections(m_ann, m_result);
        QCOMPARE(log->size(), 2);
        QCOMPARE((*log)[0].userName, QStringLiteral("Admin"));
        QCOMPARE(insertions().size(), size_t(5));
        QCOMPARE(insertions()[1].endFrame, shorter.endFrame);
        QVERIFY(said().size() >= 2);
        int falseAlarms = 0;
        for (const auto& item : said()) {
            falseAlarms += item.latest && item.latest->verdict == UserVerdict::FalseAlarm;
        }
        QCOMPARE(falseAlarms, 1);
    }

    void reportsAndTrainingPicturesSayWhatIsByHand() {
        Correction shorter = correcting(insertions()[1]);
        shorter.endFrame = shorter.startFrame + 75;
        Correction moved;
        moved.object = pour().points.at(150);
        moved.replaces = moved.object.box;
        moved.object.box.x += 7.25;
        moved.object.poker->low.x += 7.25;
        Correction gone;
        gone.object = pour().points.at(704);
        gone.replaces = gone.object.box;
        gone.remove = true;
        corrected(m_ann, {{shorter, moved, gone}, {}, {}, {}});
        const auto report = reportOf(*m_service, m_ann, m_project);
        QVERIFY2(report.ok(), message(report));
        QCOMPARE(report->insertionsByHand.value(2), QStringLiteral("Ann"));
        QVERIFY(report->tracks->at(704).empty());
        const QByteArray csv = report::reportInsertionsCsv(*report, false);
        QVERIFY(csv.startsWith("id,") && csv.left(csv.indexOf('\n')).endsWith(",by_hand"));
        QCOMPARE(csv.count(",Ann\n"), 1);
        const auto rows = report::selected(*report, {});
        QVERIFY(report::reportViolationsCsv(rows, false).contains(",corrected\n"));
        const QJsonObject json =
            QJsonDocument::fromJson(report::reportJson(*report, {}, rows)).object();
        QCOMPARE(json["corrections"].toArray().size(), 3);
        QCOMPARE(json["insertions"].toArray().at(1).toObject()["by_hand"].toString(),
                 QStringLiteral("Ann"));

        const auto done =
            exportAnnotations(*m_service, m_ann, m_project, m_dir->filePath("out"), {});
        QVERIFY2(done.ok(), message(done));
        QCOMPARE(done->pictures, 2);
        QCOMPARE(done->objects, 1);  // the other picture teaches that there is none
        QFile file(done->folder + QStringLiteral("/annotations.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject coco = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(coco["schema"].toString(), QStringLiteral("cvd-mis/annotations/1"));
        const QJsonArray images = coco["images"].toArray();
        QCOMPARE(images.size(), 2);
        for (const QJsonValue& image : images) {
            const QString name = image.toObject()["file_name"].toString();
            QVERIFY2(QFileInfo(done->folder + '/' + name).size() > 500, qPrintable(name));
            QCOMPARE(image.toObject()["labelled"].toArray(), QJsonArray{"vibrator"});
        }
        QCOMPARE(images[0].toObject()["split"].toString(), QStringLiteral("train"));
        QCOMPARE(images[1].toObject()["split"].toString(), QStringLiteral("valid"));
        const QJsonObject label = coco["annotations"].toArray()[0].toObject();
        QCOMPARE(label["by_hand"].toString(), QStringLiteral("Ann"));
        QCOMPARE(label["bbox"].toArray()[0].toDouble(), moved.object.box.x + 0.5);
        QCOMPARE(label["keypoints"].toArray()[0].toDouble(), moved.object.poker->low.x + 0.5);
        QCOMPARE(label["immersed"].toBool(), true);
        // Once more replaces it; somebody else's project is not there for Bob.
        VERIFY_OK(exportAnnotations(*m_service, m_ann, m_project, m_dir->filePath("out"), {}));
        VERIFY_FAILS(exportAnnotations(*m_service, m_bob, m_project, m_dir->filePath("out"), {}),
                     ErrorKind::Usage);
        // Cancelled: nothing is left behind, the earlier one stays.
        VERIFY_FAILS(exportAnnotations(*m_service, m_ann, m_project, m_dir->filePath("out"),
                                       [](int, int) { return false; }),
                     ErrorKind::Cancelled);
        QCOMPARE(QDir(m_dir->filePath("out")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(),
                 1);
    }

    void withoutCorrectionsThereIsNothingToExport() {
        VERIFY_FAILS(exportAnnotations(*m_service, m_ann, m_project, m_dir->filePath("out"), {}),
                     ErrorKind::BadInput);
        QVERIFY(!QFileInfo::exists(m_dir->filePath("out")));
    }

    void removingTheResultTakesThemAlong() {
        corrected(m_ann, {{correcting(insertions()[0])}, {}, {}, {}});
        VERIFY_OK(m_service->remove(m_ann, m_project));
        const auto left = storage::CorrectionRepository(*m_database).ofResult(m_result);
        QVERIFY(left.ok() && left->isEmpty());
    }

private:
    QString folderOf(ResultId id) { return m_service->result(m_ann, id)->folder; }

    // A result as the pipeline leaves it, judged with that shortest time.
    ResultId judged(double shortestS) {
        const QString folder = m_library->newResultFolder();
        QDir().mkpath(folder);
        Tracks tracks = pour();
        report::ResultSummary summary;
        summary.video.width = 1000;
        summary.video.height = 600;
        summary.video.frames = 1000;
        summary.video.fps = 25;
        summary.profileId = "custom";
        summary.lastFrame = 999;
        const auto profile = shortest(shortestS);
        compliance::JudgeOptions options;
        options.frameWidth = 1000;
        options.frameHeight = 600;
        const auto judgement = compliance::judge(tracks, profile, nullptr, options);
        if (const auto written = report::writeResultTables(folder, summary, tracks, judgement, {});
            !written.ok()) {
            qWarning("%s", message(written));
            return {};
        }
        if (const auto written = compliance::writeProfile(folder + "/profile.json", profile);
            !written.ok()) {
            qWarning("%s", message(written));
            return {};
        }
        const auto id = m_service->storeResult(m_project, {}, folder);
        if (!id.ok()) {
            qWarning("%s", message(id));
            return {};
        }
        return *id;
    }

    // As the review page does it.
    QList<qint64> corrected(const accounts::Session& session, CorrectionEdit edit) {
        const auto log = m_service->corrections(session, m_result);
        for (const auto& entry : *log) {
            if (entry.active) {
                edit.basedOn.append(entry.id);
            }
        }
        const auto inputs = report::readJudgingInputs(folderOf(m_result));
        const auto now =
            report::judgeCorrected(*inputs, *report::loadTracks(folderOf(m_result) + "/tracks.bin"),
                                   correctionsAfter(*log, edit, session.name));
        const auto ids = m_service->correct(session, m_result, edit, now.judgement);
        if (!ids.ok()) {
            QTest::qFail(message(ids), __FILE__, __LINE__);
            return {};
        }
        return *ids;
    }

    std::vector<Insertion> insertions() { return *m_service->insertions(m_ann, m_result); }
    ResultInfo counted() { return *m_service->result(m_ann, m_result); }
    QList<ReviewedViolation> said() {
        QList<ReviewedViolation> list;
        const auto all = m_service->violations(m_ann, m_result);
        for (const auto& item : *all) {
            if (item.violation.verdict == Verdict::Violation) {
                list.append(item);
            }
        }
        return list;
    }

    ProjectId m_project;
    ResultId m_result;
};

QTEST_GUILESS_MAIN(TestProjectCorrections)
#include "tst_project_corrections.moc"
