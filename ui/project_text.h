// Words and marks of a project's state, the same on cards, rows and the project page.
#pragma once

#include <QColor>
#include <QString>

#include "core/jobs/job_runner.h"
#include "core/projects/project_types.h"

class QFontMetrics;
class QPainter;
class QRectF;

namespace cvd::ui {

enum class ChipShape { Ring, Bar, Check };

// State as words, colour and shape: never colour alone.
struct StateChip {
    QString text;
    QColor colour;
    ChipShape shape = ChipShape::Ring;
};
StateChip stateChip(projects::ProjectStatus status);
void paintChip(QPainter& painter, const QRectF& rect, const StateChip& chip);
int chipWidth(const QFontMetrics& metrics, const StateChip& chip);

QString statusText(projects::ProjectStatus status);
// "12 of 40 to review", "nothing to review", "not judged yet".
QString reviewText(const projects::Project& project);
// "1280 × 720, 25 frames/s, H.264".
QString videoText(const VideoInfo& video);
// "cvd-n, version 3" of the model that ships with the program.
QString modelText(const QString& manifestFile);
// "43 %, about 2 min left" while detecting; the stage in words otherwise.
QString progressText(const jobs::JobProgress& progress);
double progressFraction(const jobs::JobProgress& progress);  // 0..1; negative: not known

}  // namespace cvd::ui
