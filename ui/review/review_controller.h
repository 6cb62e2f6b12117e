// Binds the review page to the database: shows a project's result and stores what people say.
//
// GUI thread. Reading the tracks of a long pour happens in a thread of its own: the lists are there
// at once, overlays and heat map a moment later.
#pragma once

#include <QObject>
#include <memory>

#include "core/accounts/session.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "ui/review/review_data.h"

class QThread;

namespace cvd::report {
struct CorrectedResult;
struct JudgingInputs;
}  // namespace cvd::report

namespace cvd::projects {
struct CorrectionEdit;
struct CorrectionEntry;
class ProjectService;
struct PourComparison;
}  // namespace cvd::projects

namespace cvd::ui {

class ReviewPage;

class ReviewController : public QObject {
    Q_OBJECT
public:
    // `page` and `service` outlive the controller.
    ReviewController(ReviewPage* page, projects::ProjectService& service,
                     QObject* parent = nullptr);
    ~ReviewController() override;

    // Shows the project's latest result, or one of its earlier ones. A project without a result is
    // shown too (its video plays). Errors: the project or result is not there for this session.
    // A video that is missing or changed is no error: the page says so.
    Status open(const accounts::Session& session, ProjectId project, ResultId result = {});
    // The same project again, for example after a detection: newest result, position kept.
    Status refresh();
    void close();

    // Compares the pours of a site over a connection of its own: called in another thread. Without
    // it the page's own service answers, in this thread.
    using Compare =
        std::function<Result<QList<projects::PourComparison>>(const accounts::Session&, ProjectId)>;
    void setCompare(Compare compare) { m_compare = std::move(compare); }

    ProjectId project() const { return m_project; }
    ResultId result() const { return m_result; }

Q_SIGNALS:
    void reviewChanged(cvd::ProjectId project);  // a verdict was stored
    void tracksLoaded();
    void corrected();  // a correction by hand was stored, or refused

private:
    // What the page shows of the judgement as it is stored.
    Status readFindings(ReviewData& data);
    void correct(const std::shared_ptr<CorrectionStep>& step, bool forward);
    void judgeNext();
    void judged();

    Status show(ResultId wanted);
    void comparePours();
    void showPours(const Result<QList<projects::PourComparison>>& pours);
    void loadTracks(const QString& file);
    void store(const QList<VerdictChange>& changes);
    void storeSeen(const QList<qint64>& ids, bool seen);

    ReviewPage* m_page;
    projects::ProjectService& m_service;
    accounts::Session m_session;
    ProjectId m_project;
    ResultId m_result;
    std::unique_ptr<QThread> m_loader, m_comparing;
    Compare m_compare;
    QString m_loading, m_loaded;  // files of tracks

    // Corrections: judged one after the other in a thread, stored here.
    struct Edit;
    QList<std::shared_ptr<Edit>> m_edits;  // the first one is being judged
    std::unique_ptr<QThread> m_judge;
    QList<projects::CorrectionEntry> m_log;
    std::shared_ptr<const report::JudgingInputs> m_inputs;  // of the result on screen
    std::shared_ptr<const Tracks> m_modelTracks;            // the same, without corrections
};

}  // namespace cvd::ui
