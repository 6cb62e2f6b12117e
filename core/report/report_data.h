// Everything that a report says, as plain data: no database, no service. core/projects fills it for
// a project, readReportData() for a result folder alone; the writers beside this file turn it into
// PDF, XLSX, CSV, JSON, clips and an evidence package. Copies are cheap where data is large.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QDate>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/compliance/calibration.h"
#include "core/compliance/corrections.h"
#include "core/compliance/profile.h"
#include "core/report/plan_data.h"
#include "core/report/result_files.h"
#include "core/report/track_file.h"

namespace cvd::report {

// What a person said of a finding. The numbers are those of projects::UserVerdict.
enum class Review { Open = 0, Confirmed = 1, FalseAlarm = 2, Undecided = 3 };
const char* reviewName(Review review);  // "open", "confirmed", "false_alarm", "undecided"

struct Statement {
    Review review = Review::Undecided;
    QString who;
    QDateTime at;  // UTC
    QString reason, note;
};

struct Finding {
    qint64 key = 0;  // what a filter names it by: the database's id, or Violation::id of a folder
    Violation violation;
    QList<Statement> history;  // oldest first; the last one counts
    bool corrected = false;    // entered by hand, or follows from a correction by hand

    Review review() const { return history.isEmpty() ? Review::Open : history.last().review; }
};

struct ReportData {
    QString title, owner, description;
    QString preparedBy;    // empty: not known
    QDateTime imported;    // UTC; null: not known
    QDateTime preparedAt;  // UTC
    QDate pourDate;        // null: left open on paper

    ResultSummary summary;
    std::optional<compliance::Profile> profile;
    std::optional<Calibration> calibration;
    std::optional<compliance::Homography> homography;  // of a usable calibration
    std::vector<Insertion> insertions;                 // touches too
    std::vector<Finding> findings;                     // violations and what could not be judged
    QHash<qint64, QString> insertionsByHand;           // Insertion::id, and who added or changed it
    std::vector<compliance::Correction> corrections;   // that count, in order
    std::optional<Coverage> coverage;                  // the figures, without cells
    std::shared_ptr<const PlanData> plan;              // null: judged without a calibration
    std::shared_ptr<const FrameIndexedTracks> tracks;  // may be null

    QString resultFolder;  // absolute; empty: none
    // Where pictures come from. Empty: there is no video, the report says so.
    QString videoFile;
    bool videoAnnotated = false;     // overlays are burnt in already (result.mp4)
    FrameIndex videoFirstFrame = 0;  // index of the file's first frame in the source video
};

// A finished result folder. `videoFile` is the clean video; without it the folder's result.mp4
// serves, whose frames carry their overlays already. BadInput: not a result folder.
Result<ReportData> readReportData(const QString& resultFolder, const QString& videoFile = {});

// Judges `data` again with what people put right by hand, which is then what the document says:
// coverage, plan, tracks, and who did it. Its insertions and findings stay for the caller, who
// takes them from the database or from the judgement that comes back. The files of the folder stay
// as they are. Errors as readJudgingInputs() and loadTracks().
Result<compliance::Judgement> layCorrectionsOver(
    ReportData& data, const std::vector<compliance::Correction>& corrections);

// Which findings a document lists. Whole-record figures (precision, charts, cannot-judge) always
// come from all of them.
enum class Which { All, Filtered, Confirmed };

struct Selection {
    Which which = Which::All;
    QSet<qint64> keys;  // for Filtered: Finding::key
};

// In order of time. Confirmed: violations whose last word is a confirmation.
std::vector<const Finding*> selected(const ReportData& data, const Selection& selection);

struct RulePrecision {
    std::string rule;
    int violations = 0, confirmed = 0, falseAlarms = 0;
    int open() const { return violations - confirmed - falseAlarms; }
    // Of the judged ones; empty: nobody has judged one.
    std::optional<double> precision() const;
};
std::vector<RulePrecision> precisionByRule(const ReportData& data);  // most violations first

// The frame that shows a violation: the middle of its evidence.
FrameIndex pictureFrame(const Violation& violation);

}  // namespace cvd::report
