// What is painted over the clean picture, from data, at the moment of painting. Nothing here ever
// changes a pixel of the video.
//
// Coordinates: `imageToView` maps pixels of the full-size frame ((0,0) is the centre of the first
// pixel) to the painter's coordinates. Lines and letters keep their size on screen at every zoom.
#pragma once

#include <QImage>
#include <QList>
#include <QPolygonF>
#include <QSet>
#include <QTransform>
#include <array>
#include <map>
#include <memory>
#include <optional>

#include "ui/review/review_data.h"
#include "ui/review/track_index.h"

class QPainter;

namespace cvd::ui {

struct OverlayOptions {
    bool visible = true;  // false hides everything, whatever else is set
    bool boxes = true;
    bool labels = true;
    bool points = true;
    bool tails = true;
    bool discs = true;
    bool region = true;
    bool formLines = true;
    bool heat = false;
    bool coverage = false;   // treated, missed, not observed, as it stood at the shown frame
    bool planned = false;    // the suggested grid and the next point
    bool untracked = false;  // detections that no track took: most of them are false
    double opacity = 1;      // 0..1, of all but the heat map, times that of each layer
    double boxesOpacity = 1, labelsOpacity = 1, pointsOpacity = 1, tailsOpacity = 1;
    double discsOpacity = 1, regionOpacity = 1, formLinesOpacity = 1;
    double coverageOpacity = 0.8, plannedOpacity = 1, untrackedOpacity = 0.7;
    double heatOpacity = 0.6;
    double tailS = 2;  // seconds of way behind a poker
    std::array<float, kObjectClassCount> minScore{0.3F, 0.3F, 0.3F};  // by ObjectClass
};

// The data of a result, arranged for painting single frames.
class OverlayScene {
public:
    void setData(const ReviewData& data);
    // Dwell colours with alpha over the whole first frame, any size, and the seconds of the last
    // colour; null: none.
    void setHeat(const QImage& heat, QSize frameSize, double maxS);
    void setPlan(std::shared_ptr<const report::PlanData> plan);
    void setCurrentViolation(std::optional<Violation> violation);
    void setCurrentInsertion(std::optional<qint64> insertion);

    const TrackIndex& tracks() const { return m_tracks; }
    bool calibrated() const { return m_calibrated; }
    bool hasRegion() const { return m_region.size() > 2; }
    // Sure enough, and followed by a track or entered by hand unless untracked ones are asked for.
    bool shows(const OverlayOptions& options, const TrackPoint& object) const;
    // Where the camera's motion carried a place of frame `from` by frame `to`; identity for a fixed
    // camera, empty when a cut lies between.
    std::optional<QTransform> motion(FrameIndex from, FrameIndex to) const;
    const Insertion* insertionUnderWay(TrackId track, FrameIndex frame) const;
    // Those that began up to `frame`, the latest `most` of them, oldest first.
    QList<const Insertion*> insertionsUpTo(FrameIndex frame, int most) const;
    // The insertion whose contact point lies nearest to `px` of `frame`, not further than
    // `withinPx`.
    const Insertion* nearestInsertion(PointPx px, FrameIndex frame, double withinPx) const;

    void paint(QPainter& painter, const OverlayOptions& options, FrameIndex frame, double timeS,
               const QTransform& imageToView) const;

private:
    void paintHeat(QPainter& painter, const OverlayOptions& options, FrameIndex frame,
                   const QTransform& imageToView) const;
    void paintPlan(QPainter& painter, const OverlayOptions& options, FrameIndex frame, double timeS,
                   const QTransform& imageToView) const;
    void paintRegion(QPainter& painter, FrameIndex frame, const QTransform& imageToView) const;
    void paintFormLines(QPainter& painter, FrameIndex frame, const QTransform& imageToView) const;
    void paintInsertions(QPainter& painter, FrameIndex frame, const QTransform& imageToView) const;
    void paintTails(QPainter& painter, const OverlayOptions& options, FrameIndex frame,
                    const QTransform& imageToView) const;
    void paintObject(QPainter& painter, const OverlayOptions& options, const TrackPoint& point,
                     const QTransform& imageToView) const;
    // `taken` holds the places of the labels painted so far; each finds one of its own.
    void paintObjectLabel(QPainter& painter, const TrackPoint& point, double timeS,
                          const QTransform& imageToView, QList<QRectF>& taken) const;
    bool byHand(const TrackPoint& point) const;
    void paintViolation(QPainter& painter, FrameIndex frame) const;

    TrackIndex m_tracks;
    double m_framesPerS = 25;
    QList<Insertion> m_insertions;   // by start
    std::vector<QPolygonF> m_discs;  // same order, pixels of the first frame; empty: uncalibrated
    QPolygonF m_region;              // pixels of the first frame
    QList<QPolygonF> m_formLines;    // pixels of the first frame
    bool m_calibrated = false;
    std::shared_ptr<const report::PlanData> m_plan;
    FrameIndex m_firstFrame = 0;
    std::vector<QTransform> m_motion;  // first frame -> frame; empty: fixed camera
    std::vector<int> m_shot;           // same length: number of cuts before the frame
    QImage m_heat;
    double m_heatMaxS = 0;
    QSize m_frameSize;
    std::optional<Violation> m_violation;
    std::optional<qint64> m_insertion;
    QSet<qint64> m_insertionsByHand;
    std::multimap<FrameIndex, BoxPx> m_objectsByHand;
};

}  // namespace cvd::ui
