// What the review page shows, as plain data: no database, no service. The page keeps shared
// pointers to the large parts, so handing a ReviewData over copies nothing of size.
#pragma once

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/types.h"
#include "core/compliance/corrections.h"

class QImage;

namespace cvd::report {
struct PlanData;
}

namespace cvd::ui {

// What a person said about one violation. The numbers are stable (they reach the database).
enum class ReviewVerdict { Unreviewed = 0, Confirmed = 1, FalseAlarm = 2, Undecided = 3 };

// One statement in the history of a violation, oldest first.
struct VerdictEntry {
    ReviewVerdict verdict = ReviewVerdict::Unreviewed;
    QString
        reason;  // key of a reason ("not_a_poker", see review_text.h) or free text; may be empty
    QString note;
    QString author;  // name as shown; empty: the person who is signed in
    QDateTime when;  // UTC
};

// A violation as the program found it and what people said about it since.
struct ReviewViolation {
    qint64 id = 0;  // unique within the page; the controller uses the database id
    Violation finding;
    QList<VerdictEntry> history;
    bool seenByMe = false;  // the person who is signed in has looked at it
    QStringList seenBy;     // names of others and oneself
    bool byHand = false;    // came with a correction, not from the model

    // A person's own finding; other findings by hand follow from a correction.
    bool entered() const { return compliance::enteredByHand(finding); }
    ReviewVerdict verdict() const {
        return history.isEmpty() ? ReviewVerdict::Unreviewed : history.last().verdict;
    }
    QString lastNote() const { return history.isEmpty() ? QString() : history.last().note; }
};

// A verdict given to one violation, as it is stored.
struct VerdictChange {
    qint64 id = 0;
    VerdictEntry entry;
};

// The profile's limits that the charts draw; empty: the profile sets none.
struct ReviewLimits {
    std::optional<double> stationaryMinS, stationaryMaxS;  // seconds standing still
    std::optional<double> spacingMaxM;                     // metres to the nearest insertion
};

// One pour in the comparison of pours; of its latest result.
struct PourFigures {
    qint64 project = 0;
    QString name;
    bool current = false;  // the one that is open
    int insertions = 0;    // touches left out
    int violations = 0;    // false alarms left out
    int wrongLength = 0;   // insertions too short or too long, false alarms left out
    double meanStationaryS = 0;
};

// One act of putting right, as the undo stack keeps it. `added` is filled in where it is stored, so
// that undo takes exactly these back and redo makes exactly these count again.
struct CorrectionStep {
    QList<compliance::Correction> add;
    QList<qint64> takeBack;  // lines of the log
    QList<qint64> added;
};

struct ReviewData {
    QString title;      // project name
    QString videoPath;  // absolute path of the clean video
    QString resultDir;  // absolute; empty: there is no result folder to open or export from
    VideoInfo video;    // as recorded when the video was imported
    std::shared_ptr<const Tracks> tracks;  // may be null
    QList<Insertion> insertions;           // Insertion::id is unique
    QList<ReviewViolation> violations;
    // What people put right by hand and still counts, in order; `correctionIds` says which line of
    // the log each is. Insertions, violations and tracks above have them in them already.
    std::vector<compliance::Correction> corrections;
    QList<qint64> correctionIds;
    QString whyNoCorrecting;  // in the user's language; empty: corrections can be made
    QHash<qint64, QString> insertionsByHand;  // Insertion::id, and who added or changed it
    std::optional<Calibration> calibration;
    QString profileId, profileName, profileVersion;
    ReviewLimits limits;
    double radiusM = 0;  // radius of action that the judgement used; 0: unknown
    compliance::JudgeSettings judging;
    QString modelName, modelVersion;
    std::shared_ptr<const report::PlanData> plan;  // may be null: the page makes one itself
    QString planProblem;   // why there is none although there is a calibration
    QStringList warnings;  // of the result, about its metres: a camera that moved, cuts
    std::shared_ptr<const QImage> firstFrame;  // may be null: the page takes it from the video
    bool hasResult = false;                    // false: the video was never judged
    bool readOnly = false;                     // true: verdicts are shown, not given
    QString readOnlyReason;                    // why, in the user's language
};

}  // namespace cvd::ui

Q_DECLARE_METATYPE(cvd::ui::ReviewVerdict)
