#include "ui/review/review_controller.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QLocale>
#include <QThread>

#include "core/compliance/profile.h"
#include "core/projects/dashboard.h"
#include "core/projects/project_service.h"
#include "core/report/corrected_result.h"
#include "core/report/plan_data.h"
#include "core/report/result_files.h"
#include "core/report/track_file.h"
#include "core/text/text.h"
#include "ui/review/charts_panel.h"
#include "ui/review/review_page.h"

namespace cvd::ui {

namespace {

ReviewVerdict fromStored(projects::UserVerdict verdict) {
    switch (verdict) {
        case projects::UserVerdict::Confirmed:
            return ReviewVerdict::Confirmed;
        case projects::UserVerdict::FalseAlarm:
            return ReviewVerdict::FalseAlarm;
        case projects::UserVerdict::Open:
            return ReviewVerdict::Unreviewed;
        case projects::UserVerdict::Undecided:
            break;
    }
    return ReviewVerdict::Undecided;
}

projects::UserVerdict toStored(ReviewVerdict verdict) {
    switch (verdict) {
        case ReviewVerdict::Confirmed:
            return projects::UserVerdict::Confirmed;
        case ReviewVerdict::FalseAlarm:
            return projects::UserVerdict::FalseAlarm;
        case ReviewVerdict::Unreviewed:
            return projects::UserVerdict::Open;
        case ReviewVerdict::Undecided:
            break;
    }
    return projects::UserVerdict::Undecided;
}

VerdictEntry fromStored(const projects::VerdictEntry& stored) {
    return {fromStored(stored.verdict), stored.reason, stored.note, stored.userName, stored.at};
}

QList<VerdictEntry> historyOf(const projects::ReviewedViolation& violation) {
    QList<VerdictEntry> history;
    for (const auto& entry : violation.history) {
        history.append(fromStored(entry));
    }
    return history;
}

// What the result was judged with, whatever became of that profile since: the folder keeps a copy.
Result<compliance::Profile> profileOf(const projects::ResultInfo& info) {
    auto profile = compliance::loadProfile(info.file(QStringLiteral("profile.json")));
    return profile ? profile : compliance::loadProfile(info.profileId);
}

QString profileNameOf(const Result<compliance::Profile>& profile) {
    return profile ? profile->name(QLocale().language() == QLocale::Chinese) : QString();
}

ReviewLimits limitsOf(const Result<compliance::Profile>& profile, double radiusM) {
    ReviewLimits limits;
    if (!profile) {
        return limits;
    }
    limits.stationaryMinS = profile->value(u"t_min_s");
    limits.stationaryMaxS = profile->value(u"t_max_s");
    limits.spacingMaxM = profile->value(u"s_max_m");
    const auto radii = profile->value(u"s_max_r");
    if (radii && radiusM > 0) {
        limits.spacingMaxM =
            std::min(*radii * radiusM, limits.spacingMaxM.value_or(*radii * radiusM));
    }
    return limits;
}

// Everything that a thread reads of a result's tracks.
struct Loaded {
    Result<Tracks> tracks = Tracks();
    std::shared_ptr<const Tracks> corrected;  // null: there are no corrections
    std::shared_ptr<const report::JudgingInputs> inputs;
    Status inputsRead;
    Result<std::optional<report::PlanData>> plan = std::optional<report::PlanData>();
    QImage picture;
};

void load(Loaded& out, const QString& file, const std::vector<compliance::Correction>& active) {
    const QFileInfo info(file);
    out.picture.load(info.dir().filePath(QStringLiteral("first_frame.png")));
    out.tracks = report::loadTracks(file);
    if (!out.tracks) {
        return;  // else nothing is shown
    }
    if (auto inputs = report::readJudgingInputs(info.path()); inputs) {
        out.inputs = std::make_shared<const report::JudgingInputs>(std::move(*inputs));
    } else {
        out.inputsRead = inputs.error();
    }
    if (!out.inputs) {
        out.plan = report::loadPlan(info.path(), *out.tracks);
        return;
    }
    if (active.empty()) {
        out.plan = report::planOf(*out.inputs, *out.tracks);
        return;
    }
    auto corrected = report::judgeCorrected(*out.inputs, *out.tracks, active);
    out.corrected = std::move(corrected.tracks);
    if (corrected.plan) {
        out.plan = std::optional<report::PlanData>(*corrected.plan);
    }
}

}  // namespace

struct ReviewController::Edit {
    ResultId result;
    std::shared_ptr<CorrectionStep> step;
    bool forward = true;
    projects::CorrectionEdit stored;
    report::CorrectedResult outcome;
};

ReviewController::ReviewController(ReviewPage* page, projects::ProjectService& service,
                                   QObject* parent)
    : QObject(parent), m_page(page), m_service(service) {
    connect(page->chartsPanel(), &ChartsPanel::poursWanted, this, &ReviewController::comparePours);
    connect(page, &ReviewPage::verdictsGiven, this,
            [this](const QList<VerdictChange>& changes) { store(changes); });
    connect(page, &ReviewPage::correctionRequested, this, &ReviewController::correct);
    connect(page, &ReviewPage::seenChanged, this,
            [this](const QList<qint64>& ids, bool seen) { storeSeen(ids, seen); });
}

ReviewController::~ReviewController() {
    if (m_loader) {
        m_loader->wait();
    }
    if (m_comparing) {
        m_comparing->wait();
    }
    // What somebody has just put right is stored before the page goes.
    while (m_judge) {
        m_judge->wait();
        judged();
    }
}

Status ReviewController::open(const accounts::Session& session, ProjectId project,
                              ResultId result) {
    m_session = session;
    m_project = project;
    m_result = {};
    m_loaded.clear();
    return show(result);
}

Status ReviewController::refresh() {
    return m_project.valid() ? show({}) : Status();
}

void ReviewController::close() {
    m_project = {};
    m_result = {};
    m_loading.clear();
    m_loaded.clear();
    m_page->clear();
}

Status ReviewController::show(ResultId wanted) {
    CVD_TRY_ASSIGN(const projects::Project project, m_service.project(m_session, m_project));
    ReviewData data;
    data.title = project.name;
    data.video = project.video;
    data.videoPath = project.videoPath;
    CVD_TRY_ASSIGN(data.calibration, m_service.calibration(m_session, m_project));

    auto info = project.latestResult;
    if (wanted.valid()) {
        CVD_TRY_ASSIGN(info, m_service.result(m_session, wanted));
    }
    if (!info) {
        m_page->setData(data);
        return {};
    }
    const bool sameResult = m_result == info->id;
    m_result = info->id;
    data.hasResult = true;
    data.resultDir = QFileInfo(info->folder).isDir() ? info->folder : QString();
    data.modelName = info->modelName;
    data.modelVersion = info->modelVersion;
    data.profileId = info->profileId;
    data.profileVersion = info->profileVersion;
    const auto profile = profileOf(*info);
    data.profileName = profileNameOf(profile);
    if (const auto stored = report::readResult(info->folder)) {
        data.radiusM = stored->summary.radiusOfActionM.value_or(0);
        data.judging = stored->summary.judging;
        for (const Note& warning : stored->summary.warnings) {
            data.warnings << text::sentence(warning.text, warning.args);
        }
    }
    data.limits = limitsOf(profile, data.radiusM);
    if (!info->calibrated) {
        data.calibration.reset();  // given after the detection: this result does not know it
    }
    CVD_TRY(readFindings(data));
    const bool haveTracks = sameResult && m_loaded == info->tracksFile();
    if (haveTracks) {
        data.tracks = m_page->data().tracks;
        data.firstFrame = m_page->data().firstFrame;
        data.plan = m_page->data().plan;
        data.planProblem = m_page->data().planProblem;
        data.whyNoCorrecting = m_page->data().whyNoCorrecting;
    } else {
        data.whyNoCorrecting = tr("The tracks of this result are still being read.");
        m_inputs.reset();
        m_modelTracks.reset();
    }
    m_page->setData(data);
    if (!haveTracks) {
        loadTracks(info->tracksFile());
    }
    return {};
}

Status ReviewController::readFindings(ReviewData& data) {
    CVD_TRY_ASSIGN(const auto insertions, m_service.insertions(m_session, m_result));
    data.insertions = QList<Insertion>(insertions.begin(), insertions.end());
    CVD_TRY_ASSIGN(const auto violations, m_service.violations(m_session, m_result));
    data.violations.clear();
    for (const auto& violation : violations) {
        if (violation.violation.verdict != Verdict::Pass) {
            ReviewViolation shown;
            shown.id = violation.id.value;
            shown.finding = violation.violation;
            shown.history = historyOf(violation);
            shown.seenByMe = violation.seenByMe;
            shown.seenBy = violation.seenBy;
            shown.byHand = violation.byHand;
            data.violations.append(shown);
        }
    }
    CVD_TRY_ASSIGN(m_log, m_service.corrections(m_session, m_result));
    data.corrections = projects::activeCorrections(m_log);
    data.correctionIds.clear();
    for (const auto& entry : m_log) {
        if (entry.active) {
            data.correctionIds.append(entry.id);
        }
    }
    data.insertionsByHand.clear();
    for (const auto& [number, who] : compliance::insertionsByHand(data.corrections)) {
        data.insertionsByHand.insert(number, QString::fromStdString(who));
    }
    return {};
}

void ReviewController::correct(const std::shared_ptr<CorrectionStep>& step, bool forward) {
    auto edit = std::make_shared<Edit>();
    edit->result = m_result;
    edit->step = step;
    edit->forward = forward;
    m_edits.append(edit);
    judgeNext();
}

void ReviewController::judgeNext() {
    while (!m_judge && !m_edits.isEmpty() && (!m_inputs || m_edits.first()->result != m_result)) {
        m_edits.removeFirst();  // of a result that is not on screen any more
    }
    if (m_judge || m_edits.isEmpty()) {
        return;
    }
    const auto edit = m_edits.first();
    const CorrectionStep& step = *edit->step;
    if (!edit->forward) {
        edit->stored.takeBack = step.added;
        edit->stored.restore = step.takeBack;
    } else {
        edit->stored.takeBack = step.takeBack;
        if (step.added.isEmpty()) {
            edit->stored.add = step.add;
        } else {
            edit->stored.restore = step.added;
        }
    }
    for (const auto& entry : m_log) {
        if (entry.active) {
            edit->stored.basedOn.append(entry.id);
        }
    }
    auto corrections = projects::correctionsAfter(m_log, edit->stored, m_session.name);
    m_page->setJudging(true);
    m_judge.reset(QThread::create(
        [edit, inputs = m_inputs, tracks = m_modelTracks, corrections = std::move(corrections)] {
            edit->outcome = report::judgeCorrected(*inputs, *tracks, corrections);
        }));
    connect(m_judge.get(), &QThread::finished, this, [this] {
        if (m_judge) {
            judged();
        }
    });
    m_judge->start();
}

void ReviewController::judged() {
    m_judge->wait();
    m_judge.release()->deleteLater();
    const auto edit = m_edits.takeFirst();
    m_page->setJudging(false);
    const auto stored =
        m_service.correct(m_session, edit->result, edit->stored, edit->outcome.judgement);
    const bool shown = edit->result == m_result;
    if (stored) {
        if (!edit->stored.add.isEmpty()) {
            edit->step->added = *stored;
        }
        Q_EMIT reviewChanged(m_project);
    } else {
        m_edits.clear();  // they were made on top of what is not there
    }
    if (shown) {
        ReviewData data = m_page->data();
        const Status read = stored ? readFindings(data) : Status(stored.error());
        if (read.ok()) {
            data.tracks = edit->outcome.tracks;
            data.plan = edit->outcome.plan;
            m_page->replaceFindings(std::move(data));
        } else {
            // What is shown is what the database holds.
            m_loaded.clear();
            (void)show(edit->result);
            m_page->showMessage(text::errorText(read.error()),
                                QString::fromStdString(read.error().detail));
        }
    }
    Q_EMIT corrected();
    judgeNext();
}

// Over a year of pours on a remote server the query takes seconds.
void ReviewController::comparePours() {
    if (!m_project.valid() || m_comparing) {
        return;
    }
    if (!m_compare) {
        showPours(m_service.comparePours(m_session, m_project));
        return;
    }
    auto outcome = std::make_shared<std::optional<Result<QList<projects::PourComparison>>>>();
    m_comparing.reset(
        QThread::create([outcome, compare = m_compare, session = m_session, project = m_project] {
            outcome->emplace(compare(session, project));
        }));
    connect(m_comparing.get(), &QThread::finished, this, [this, outcome, project = m_project] {
        m_comparing->wait();
        m_comparing.release()->deleteLater();
        if (project == m_project) {
            showPours(**outcome);
        } else if (m_page->chartsPanel()->wantsPours()) {
            comparePours();  // another review was opened meanwhile, and asks, too
        }
    });
    m_comparing->start();
}

void ReviewController::showPours(const Result<QList<projects::PourComparison>>& pours) {
    if (!pours) {
        m_page->chartsPanel()->setPours({});
        m_page->showMessage(text::errorText(pours.error()),
                            QString::fromStdString(pours.error().detail));
        return;
    }
    QList<PourFigures> figures;
    for (const projects::PourComparison& pour : *pours) {
        figures.append({pour.project.value, pour.name, pour.project == m_project, pour.insertions,
                        pour.violations, pour.wrongLength, pour.meanStationaryS});
    }
    m_page->chartsPanel()->setPours(figures);
}

void ReviewController::loadTracks(const QString& file) {
    m_loading = file;
    if (m_loader) {
        return;  // the newest file follows when the running one is done
    }
    auto loaded = std::make_shared<Loaded>();
    m_loader.reset(QThread::create([loaded, file, active = projects::activeCorrections(m_log)] {
        load(*loaded, file, active);
    }));
    connect(m_loader.get(), &QThread::finished, this, [this, loaded, file] {
        m_loader->wait();
        m_loader.release()->deleteLater();
        if (m_loading != file) {
            if (!m_loading.isEmpty()) {
                loadTracks(m_loading);
            }
            return;
        }
        m_loading.clear();
        ReviewData data = m_page->data();
        if (!loaded->tracks) {
            data.whyNoCorrecting = text::errorText(loaded->tracks.error());
            m_page->setData(std::move(data));
            m_page->showMessage(text::errorText(loaded->tracks.error()),
                                QString::fromStdString(loaded->tracks.error().detail));
            return;
        }
        m_loaded = file;
        m_inputs = loaded->inputs;
        m_modelTracks = std::make_shared<const Tracks>(std::move(loaded->tracks).value());
        data.tracks = loaded->corrected ? loaded->corrected : m_modelTracks;
        data.whyNoCorrecting =
            loaded->inputsRead.ok() ? QString() : text::errorText(loaded->inputsRead.error());
        if (!loaded->picture.isNull()) {
            data.firstFrame = std::make_shared<const QImage>(loaded->picture);
        }
        if (!loaded->plan) {
            data.planProblem = text::errorText(loaded->plan.error());
        } else if (loaded->plan->has_value()) {
            data.plan = std::make_shared<const report::PlanData>(**loaded->plan);
            data.calibration = data.plan->calibration;  // what it was judged with
        }
        m_page->setData(std::move(data));
        Q_EMIT tracksLoaded();
    });
    m_loader->start();
}

void ReviewController::store(const QList<VerdictChange>& changes) {
    QList<projects::VerdictChange> wanted;
    for (const auto& change : changes) {
        wanted.append({ViolationId{change.id}, toStored(change.entry.verdict), change.entry.reason,
                       change.entry.note});
    }
    const auto stored = m_service.setVerdicts(m_session, wanted);
    if (!stored) {
        m_page->showMessage(text::errorText(stored.error()),
                            QString::fromStdString(stored.error().detail));
    }
    // What is shown is what the database holds now, also after a refusal.
    QHash<qint64, qsizetype> place;
    for (qsizetype i = 0; i < changes.size(); ++i) {
        place.insert(changes[i].id, i);
    }
    QHash<qint64, QList<VerdictEntry>> histories;
    for (const auto& shown : m_page->data().violations) {
        const auto at = place.find(shown.id);
        if (at == place.end()) {
            continue;
        }
        auto history = shown.history;
        if (!history.isEmpty()) {
            history.removeLast();
        }
        if (stored) {
            history.append(fromStored((*stored)[*at]));
        }
        histories.insert(shown.id, history);
    }
    m_page->setHistories(histories);
    if (stored) {
        Q_EMIT reviewChanged(m_project);
    }
}

void ReviewController::storeSeen(const QList<qint64>& ids, bool seen) {
    QList<ViolationId> wanted;
    for (const qint64 id : ids) {
        wanted.append(ViolationId{id});
    }
    if (const auto stored = m_service.setSeen(m_session, wanted, seen); !stored) {
        m_page->showMessage(text::errorText(stored.error()),
                            QString::fromStdString(stored.error().detail));
        if (const auto again = refresh(); !again) {
            m_page->showMessage(text::errorText(again.error()));
        }
    }
}

}  // namespace cvd::ui
