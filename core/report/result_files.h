// The files of a result folder as docs/contract.md describes them, written and read back.
// UTF-8, C locale, frame and seconds in every row. Every file is replaced whole or not at all; a
// full disk is an Environment error.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QByteArray>
#include <QString>
#include <opencv2/core.hpp>

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/compliance/judge.h"

namespace cvd::report {

struct ModelInfo {
    std::string name, version, sha256;
    int inputWidth = 0, inputHeight = 0;  // px of the run; 0: not known, of an older result
};
struct Timing {
    double wallS = 0, framesPerS = 0, inferenceS = 0;
};
// What summary.json says besides insertions, violations and coverage.
struct ResultSummary {
    VideoInfo video;
    ModelInfo model;
    std::string device;  // "cpu", "cuda:0"
    std::string profileId, profileVersion, profileName;
    bool calibrated = false;
    std::optional<double> radiusOfActionM;
    compliance::JudgeSettings judging;
    Timing timing;
    FrameIndex firstFrame = 0, lastFrame = -1;  // the processed range
    std::vector<Note> warnings;
    std::string createdUtc;  // ISO-8601; filled by writeResultTables when empty
};

// What a result was, or is to be, judged with besides profile and calibration.
compliance::JudgeOptions judgeOptions(const ResultSummary& summary);

struct StoredResult {
    ResultSummary summary;
    compliance::Judgement judgement;  // coverage without its cells
};

enum class TrackTables {
    Write,
    Keep,  // those that show nothing but the tracks are there already and right
};
inline constexpr const char* kTrackTables[] = {"tracks.csv", "tracks.bin", "points.txt",
                                               "first_frame.png", "heatmap.png"};

// Writes summary.json, insertions.csv, paths.csv, violations.csv, tracks.csv, points.txt, heatmap.png,
// first_frame.png and tracks.bin into an existing folder. `firstFrameBgr` empty: the folder's
// first_frame.png is used (re-judging).
Status writeResultTables(const QString& dir, const ResultSummary& summary, const Tracks& tracks,
                         const compliance::Judgement& judgement, const cv::Mat& firstFrameBgr,
                         TrackTables trackTables = TrackTables::Write);

// summary.json of a result folder: all there is but the tracks.
Result<StoredResult> readResult(const QString& dir);
// What compliance::loadProfile() takes for the profile that a result was judged with: the folder's
// own copy, or the id for results without one.
QString judgedProfile(const QString& dir, const ResultSummary& summary);
Result<StoredResult> parseSummary(const QByteArray& json, const QString& where);
QByteArray summaryToJson(const ResultSummary& summary, const compliance::Judgement& judgement);

QByteArray pathsCsv(const std::vector<compliance::InsertionPath>& paths);
QByteArray insertionsCsv(const std::vector<Insertion>& insertions);
QByteArray violationsCsv(const std::vector<Violation>& violations);  // without passes
QByteArray pointsText(const Tracks& tracks);

// English sentence of a verdict's reason with its arguments filled in.
std::string reasonText(const Violation& violation);

}  // namespace cvd::report
