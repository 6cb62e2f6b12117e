// What takes the mouse in the video instead of panning it: drawing, dragging, placing.
//
// Coordinates are pixels of the frame ((0,0) is the centre of the first pixel); `pxPerView` says
// how many of them one logical pixel of the screen shows, for handles that keep their size.
#pragma once

#include <QTransform>
#include <Qt>

#include "core/base/types.h"

class QPainter;

namespace cvd::ui {

class VideoTool {
public:
    virtual ~VideoTool() = default;
    // True: the tool has taken it, drag() and release() follow. False: the view does as usual.
    virtual bool press(PointPx at, double pxPerView) = 0;
    virtual void drag(PointPx at) = 0;
    virtual void release(PointPx at) = 0;
    virtual Qt::CursorShape cursorAt(PointPx at, double pxPerView) const = 0;
    virtual void paint(QPainter& painter, FrameIndex frame,
                       const QTransform& imageToView) const = 0;
};

}  // namespace cvd::ui
