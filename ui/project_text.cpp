#include "ui/project_text.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QLocale>
#include <QPainter>

#include "core/inference/model_manifest.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace cvd::ui {

using projects::ProjectStatus;

namespace {

void paintShape(QPainter& painter, const QRectF& r, const StateChip& chip) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(chip.colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    switch (chip.shape) {
        case ChipShape::Ring:
            painter.drawEllipse(r.adjusted(1.5, 1.5, -1.5, -1.5));
            break;
        case ChipShape::Bar:
            painter.setBrush(chip.colour);
            painter.drawPolygon(QPolygonF{r.topLeft() + QPointF(2, 1),
                                          r.bottomLeft() + QPointF(2, -1),
                                          QPointF(r.right() - 1, r.center().y())});
            break;
        case ChipShape::Check:
            painter.drawPolyline(QPolygonF{QPointF(r.left() + 1, r.center().y() + .5),
                                           QPointF(r.left() + r.width() * .4, r.bottom() - 1.5),
                                           QPointF(r.right() - .5, r.top() + 1.5)});
            break;
    }
}

constexpr int kMark = 10, kInset = 6;

QString codecText(const std::string& codec) {
    if (codec == "h264" || codec == "h265") {
        return QStringLiteral("H.") + QString::fromStdString(codec).mid(1);
    }
    return codec == "hevc" ? QStringLiteral("H.265") : QString::fromStdString(codec).toUpper();
}

}  // namespace

QString statusText(ProjectStatus status) {
    switch (status) {
        case ProjectStatus::NotStarted:
            return QCoreApplication::translate("cvd::ui::ProjectText", "Not started");
        case ProjectStatus::Running:
            return QCoreApplication::translate("cvd::ui::ProjectText", "Running");
        case ProjectStatus::Done:
            return QCoreApplication::translate("cvd::ui::ProjectText", "Done");
    }
    return {};
}

StateChip stateChip(ProjectStatus status) {
    const Tokens& t = tokens();
    switch (status) {
        case ProjectStatus::Running:
            return {statusText(status), t.accent, ChipShape::Bar};
        case ProjectStatus::Done:
            return {statusText(status), t.pass, ChipShape::Check};
        case ProjectStatus::NotStarted:
            break;
    }
    return {statusText(ProjectStatus::NotStarted), t.muted, ChipShape::Ring};
}

int chipWidth(const QFontMetrics& metrics, const StateChip& chip) {
    return metrics.horizontalAdvance(chip.text) + kMark + 3 * kInset;
}

void paintChip(QPainter& painter, const QRectF& rect, const StateChip& chip) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens().line);
    painter.setBrush(tokens().window);
    painter.drawRoundedRect(rect.adjusted(.5, .5, -.5, -.5), 4, 4);
    const QRectF mark(rect.left() + kInset, rect.center().y() - kMark / 2.0, kMark, kMark);
    paintShape(painter, mark, chip);
    painter.setPen(tokens().text);
    painter.drawText(rect.adjusted(2 * kInset + kMark, 0, -kInset, 0),
                     int(Qt::AlignVCenter | Qt::AlignLeft), chip.text);
    painter.restore();
}

QString reviewText(const projects::Project& project) {
    if (!project.latestResult) {
        return QCoreApplication::translate("cvd::ui::ProjectText", "Not judged yet");
    }
    if (project.violations == 0) {
        return QCoreApplication::translate("cvd::ui::ProjectText", "No violations");
    }
    if (project.unreviewed == 0) {
        return QCoreApplication::translate("cvd::ui::ProjectText", "%n reviewed", "violations",
                                           project.violations);
    }
    return QCoreApplication::translate("cvd::ui::ProjectText", "%1 of %2 to review", "violations")
        .arg(QLocale().toString(project.unreviewed), QLocale().toString(project.violations));
}

QString videoText(const VideoInfo& video) {
    return QCoreApplication::translate("cvd::ui::ProjectText", "%1 × %2, %3 frames/s, %4",
                                       "width, height, frame rate, codec")
        .arg(video.width)
        .arg(video.height)
        .arg(QLocale().toString(video.fps, 'g', 4), codecText(video.codec));
}

QString modelText(const QString& manifestFile) {
    const auto manifest = inference::loadManifest(manifestFile.toStdString());
    return manifest.ok() ? QCoreApplication::translate("cvd::ui::ProjectText", "%1, version %2",
                                                       "model or profile")
                               .arg(QString::fromStdString(manifest->name),
                                    QString::fromStdString(manifest->version))
                         : QCoreApplication::translate("cvd::ui::ProjectText", "Not installed");
}

double progressFraction(const jobs::JobProgress& progress) {
    return progress.total > 0 ? double(progress.done) / double(progress.total) : -1;
}

QString progressText(const jobs::JobProgress& progress) {
    switch (progress.stage) {
        case jobs::JobStage::Waiting:
            return QCoreApplication::translate("cvd::ui::ProjectText", "Waiting");
        case jobs::JobStage::Preparing:
            return QCoreApplication::translate("cvd::ui::ProjectText", "Preparing");
        case jobs::JobStage::Judging:
            return QCoreApplication::translate("cvd::ui::ProjectText", "Judging");
        case jobs::JobStage::Writing:
        case jobs::JobStage::Storing:
            return QCoreApplication::translate("cvd::ui::ProjectText", "Writing the result");
        case jobs::JobStage::Detecting:
            break;
    }
    const QString percent =
        QLocale().toString(int(100 * std::max(0.0, progressFraction(progress)))) +
        QStringLiteral(" %");
    const QString left = timeLeftText(progress.secondsLeft);
    return left.isEmpty()
               ? percent
               : QCoreApplication::translate("cvd::ui::ProjectText", "%1, %2", "percent, time left")
                     .arg(percent, left);
}

}  // namespace cvd::ui
