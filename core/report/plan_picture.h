// Draws a PlanData: from above on a screen or on paper, or in perspective over the video. One
// painter for all three, so that they always agree.
//
// `toView` maps metres of the calibration's plane to the painter's coordinates. For the plan it is
// fitPlan(), for the video imageTransform(homography) * imageToView: the cells are laid out pixel
// by pixel through its inverse, so perspective needs nothing of its own.
//
// Painting letters needs a QGuiApplication (the offscreen platform will do). Words come from the
// translator of the application, context "core".
#pragma once

#include <cstdint>
#include <optional>

#include <QColor>
#include <QImage>
#include <QRectF>
#include <QTransform>

#include "core/report/plan_data.h"

class QPainter;

namespace cvd::report {

enum class PlanFill : std::uint8_t { None, Coverage, Dwell };

struct PlanColours {
    QColor paper, text, muted, line;
    QColor treated, missed, notObserved, open;  // treated and open plain, the others hatched
    QColor disc, current, order, gap, form, obstacle, region, planned, next;
    bool halo = false;  // lines and letters with a dark rim, for drawing over a video
};
PlanColours planColours(bool dark);  // light is for paper too
PlanColours planColoursOverVideo();

struct PlanOptions {
    PlanFill fill = PlanFill::Coverage;
    double fillOpacity = 1;
    bool region = true, formLines = true, obstacles = true;
    bool discs = true, numbers = true, order = false, gaps = true, planned = false;
    bool errorBand = true;         // cells whose state could turn within the error of the places
    bool metreGrid = false;        // lines every metre (or a tenth, where there is room)
    double mostS = 0;              // top of the dwell scale; 0: the plan's maximum
    std::optional<double> untilS;  // as it stood at this moment of the video
    std::int64_t current = 0;      // Insertion::id to be marked
    PlanColours colours = planColours(false);
};

// Plane metres to metres on paper: x right, y down, seen from above as the camera sees it, turned
// so that the longest form line is the upper edge.
QTransform planOrientation(const PlanData& plan);
QTransform planOrientation(const Calibration& calibration);
QRectF planBounds(const PlanData& plan, const QTransform& orientation);  // metres on paper
// The same, to fill `area` with a margin; keeps the ratio of the sides.
QTransform fitPlan(const PlanData& plan, const QRectF& area);
QTransform imageTransform(const compliance::Homography& homography);  // plane metres to pixels

// Cells, lines, discs and marks. `area` is what is visible, in the painter's coordinates.
void paintPlan(QPainter& painter, const PlanData& plan, const PlanOptions& options,
               const QTransform& toView, const QRectF& area);
// A grid of the plane's metres alone, for example over a frame while calibrating.
void paintMetreGrid(QPainter& painter, const QTransform& toView, const QRectF& boundsM,
                    const QColor& colour, bool halo);
// A bar with its length in metres, lower left in `area`. Only for a toView without perspective.
void paintScaleBar(QPainter& painter, const PlanColours& colours, const QTransform& toView,
                   const QRectF& area);
// One line: three swatches with their shares, or the dwell scale with seconds.
void paintPlanLegend(QPainter& painter, const PlanData& plan, const PlanOptions& options,
                     const QRectF& area);
double planLegendHeight(const QPainter& painter);

// The whole picture with scale bar and legend, letters of `fontPx` pixels.
QImage planPicture(const PlanData& plan, const PlanOptions& options, QSize size, int fontPx = 16);

// Colours of seconds, 0 transparent. `share` 0..1 of the scale's top.
QColor dwellColour(double share);

}  // namespace cvd::report
