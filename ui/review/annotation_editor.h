// Puts right by hand what the detector saw in the frame on screen: boxes and points of objects,
// insertions. Takes the mouse of the video view while it is switched on and turns drags, clicks and
// keys into corrections; it stores nothing itself.
//
// GUI thread. The editor works on the tracks of the view's scene, which have earlier corrections in
// them. What was just changed stays on screen as a draft until new tracks arrive.
#pragma once

#include <QList>
#include <QObject>
#include <QSet>
#include <QString>
#include <QTimer>
#include <optional>

#include "core/compliance/corrections.h"
#include "ui/review/review_data.h"
#include "ui/review/video_tool.h"

namespace cvd::ui {

class VideoView;

class AnnotationEditor : public QObject, public VideoTool {
    Q_OBJECT
public:
    enum class Mode { Choose, DrawPoker, PlaceInsertion };
    enum class Part { Box, Low, Top, TopLeft, TopRight, BottomLeft, BottomRight };

    AnnotationEditor(VideoView* view, QObject* parent);

    void setActive(bool active);
    bool isActive() const { return m_active; }
    // New tracks and insertions: drafts are done. The selection stays where it can.
    void setData(const ReviewData& data);
    void setFrame(FrameIndex frame, double timeS);  // as shown
    void setCurrentInsertion(std::optional<qint64> id);

    Mode mode() const { return m_mode; }
    bool hasObject() const { return m_object.has_value(); }
    const std::optional<TrackPoint>& object() const { return m_object; }
    Part part() const { return m_part; }
    bool insertionBegun() const { return m_mode == Mode::PlaceInsertion; }

    // --- What the keys do ---
    void chooseNext();           // the next object of the frame, pokers first
    void chooseNextPart();       // whole, contact point, top
    void nudge(int dx, int dy);  // what is chosen, by one pixel; held keys make one correction
    void beginPoker();           // then draw a box, or accept()
    void removeObject(bool wholeTrack);
    // A new insertion. With `range` its ends are known, else it starts at the frame on screen and
    // setEnd() gives the end. The place comes by a click or accept().
    void beginInsertion(std::optional<std::pair<FrameIndex, FrameIndex>> range);
    void setStart();  // of the new insertion, or of the current one
    void setEnd();
    void removeInsertion(qint64 id);
    void accept();  // without the mouse: the box or the place that is most likely meant
    void cancel();  // leaves the mode and drops drafts

    // What to do next, one sentence.
    QString hint() const;

    bool press(PointPx at, double pxPerView) override;
    void drag(PointPx at) override;
    void release(PointPx at) override;
    Qt::CursorShape cursorAt(PointPx at, double pxPerView) const override;
    void paint(QPainter& painter, FrameIndex frame, const QTransform& imageToView) const override;

Q_SIGNALS:
    void stateChanged();  // mode, selection or hint
    void corrected(const QString& undoText, const QList<cvd::compliance::Correction>& corrections);
    void refused(const QString& sentence);

private:
    struct NewInsertion {
        std::optional<FrameIndex> start, end;
        std::optional<PointPx> place;  // in pixels of frame `placedIn`
        FrameIndex placedIn = 0;
        TrackId track;
    };
    struct Hit {
        std::optional<TrackPoint> object;
        Part part = Part::Box;
        bool insertion = false;  // the contact point of the current insertion
    };

    std::vector<TrackPoint> objects() const;  // visible ones of the frame, pokers first
    Hit hitAt(PointPx at, double pxPerView) const;
    const Insertion* currentInsertion() const;
    std::optional<PointPx> carried(FrameIndex from, FrameIndex to, PointPx at) const;
    void choose(const std::optional<TrackPoint>& object, Part part);
    void moveDraft(double dx, double dy);
    void commitDraft();
    void addPoker(const BoxPx& box, const std::optional<PokerPoints>& points);
    QSet<qint64> tracksHere() const;  // of the frame on screen
    TrackId likelyTrack(const BoxPx& box) const;
    const TrackPoint* likelyPoker() const;  // of a neighbouring frame
    void placeInsertion(PointPx at);
    void finishInsertion();
    void changeInsertion(std::optional<FrameIndex> start, std::optional<FrameIndex> end,
                         std::optional<PointPx> place);
    void emitOne(const QString& text, const compliance::Correction& correction);
    BoxPx clamped(const BoxPx& box) const;

    VideoView* m_view;
    bool m_active = false;
    Mode m_mode = Mode::Choose;
    FrameIndex m_frame = -1;
    double m_timeS = 0;
    VideoInfo m_video;
    QList<Insertion> m_insertions;
    std::vector<compliance::Correction> m_corrections;
    std::optional<qint64> m_insertion;

    std::optional<TrackPoint> m_object;  // as it is in the tracks
    std::optional<TrackPoint> m_draft;   // as it is being changed, or waits to be stored
    bool m_pending = false;              // the draft was handed over
    Part m_part = Part::Box;
    std::optional<PointPx> m_pressed;
    bool m_dragged = false, m_dragsInsertion = false;
    std::optional<PointPx> m_placeDraft;  // of the current insertion, pixels of this frame
    std::optional<BoxPx> m_newBox;
    NewInsertion m_new;
    QTimer m_nudges;
};

}  // namespace cvd::ui
