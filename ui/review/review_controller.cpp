#include "ui/review/review_controller.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QLocale>
#include <QThread>

#include "core/compliance/profile.h"
#include "core/projects/dashboard.h"
#include "core/projects/project_service.h"
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
        case ReviewVerdict::Undecided:
        case ReviewVerdict::Unreviewed:  // a first verdict that was taken back
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

QString profileNameOf(const QString& id) {
    const auto profile = compliance::loadProfile(id);
    return profile ? profile->name(QLocale().language() == QLocale::Chinese) : id;
}

// Of the profile that the result was judged with; the folder keeps a copy of it.
ReviewLimits limitsOf(const projects::ResultInfo& info, double radiusM) {
    auto profile = compliance::loadProfile(info.file(QStringLiteral("profile.json")));
    if (!profile) {
        profile = compliance::loadProfile(info.profileId);
    }
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

}  // namespace

ReviewController::ReviewController(ReviewPage* page, projects::ProjectService& service,
                                   QObject* parent)
    : QObject(parent), m_page(page), m_service(service) {
    connect(page->chartsPanel(), &ChartsPanel::poursWanted, this, &ReviewController::comparePours);
    connect(page, &ReviewPage::verdictsGiven, this,
            [this](const QList<VerdictChange>& changes) { store(changes); });
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
    data.profileName = profileNameOf(info->profileId);
    if (const auto stored = report::readResult(info->folder)) {
        data.radiusM = stored->summary.radiusOfActionM.value_or(0);
        for (const std::string& warning : stored->summary.warnings) {
            data.warnings << text::sentence(warning, {});
        }
    }
    data.limits = limitsOf(*info, data.radiusM);
    if (!info->calibrated) {
        data.calibration.reset();  // given after the detection: this result does not know it
    }
    CVD_TRY_ASSIGN(const auto insertions, m_service.insertions(m_session, info->id));
    data.insertions = QList<Insertion>(insertions.begin(), insertions.end());
    CVD_TRY_ASSIGN(const auto violations, m_service.violations(m_session, info->id));
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
    const bool haveTracks = sameResult && m_loaded == info->tracksFile();
    if (haveTracks) {
        data.tracks = m_page->data().tracks;
        data.firstFrame = m_page->data().firstFrame;
        data.plan = m_page->data().plan;
        data.planProblem = m_page->data().planProblem;
    }
    m_page->setData(data);
    if (!haveTracks) {
        loadTracks(info->tracksFile());
    }
    return {};
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
    auto outcome = std::make_shared<std::optional<Result<Tracks>>>();
    auto picture = std::make_shared<QImage>();
    auto plan = std::make_shared<std::optional<Result<std::optional<report::PlanData>>>>();
    m_loader.reset(QThread::create([outcome, picture, plan, file] {
        outcome->emplace(report::loadTracks(file));
        if (const auto& tracks = **outcome; tracks.ok()) {  // else nothing is shown
            plan->emplace(report::loadPlan(QFileInfo(file).path(), tracks.value()));
        }
        picture->load(QFileInfo(file).dir().filePath(QStringLiteral("first_frame.png")));
    }));
    connect(m_loader.get(), &QThread::finished, this, [this, outcome, picture, plan, file] {
        m_loader->wait();
        m_loader.release()->deleteLater();
        if (m_loading != file) {
            if (!m_loading.isEmpty()) {
                loadTracks(m_loading);
            }
            return;
        }
        m_loading.clear();
        auto& result = **outcome;
        if (!result) {
            m_page->showMessage(text::errorText(result.error()),
                                QString::fromStdString(result.error().detail));
            return;
        }
        m_loaded = file;
        ReviewData data = m_page->data();
        data.tracks = std::make_shared<const Tracks>(std::move(result).value());
        if (!picture->isNull()) {
            data.firstFrame = picture;
        }
        if (const auto& read = **plan; !read) {
            data.planProblem = text::errorText(read.error());
        } else if (read->has_value()) {
            data.plan = std::make_shared<const report::PlanData>(**read);
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
