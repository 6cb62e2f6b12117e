// Colours of the review page for the palette in use, so that both themes come from one place.
#pragma once

#include <QColor>
#include <QIcon>

#include "core/base/types.h"
#include "ui/review/review_data.h"

class QPainter;
class QPalette;

namespace cvd::ui {

struct ReviewColours {
    bool dark = false;
    QColor text, muted, line, surface, window, raised, accent;
    QColor critical, major, minor, pass, cannotJudge;

    static ReviewColours of(const QPalette& palette);
    QColor severity(Severity severity) const;
    QColor verdict(ReviewVerdict verdict) const;
};

// Okabe-Ito colours: told apart by colour-blind people, readable on concrete with a dark halo.
QColor classColour(ObjectClass cls);

// Shape and colour: triangle, diamond, dot; a hatched disc for "cannot judge".
QIcon severityIcon(const Violation& finding, const QPalette& palette);
// Check, cross, question mark; an empty ring for "not reviewed".
QIcon verdictIcon(ReviewVerdict verdict, const QPalette& palette);
// A dot for what the person has not looked at yet, like an unread letter; nothing for the rest.
QIcon seenIcon(bool seen, const QPalette& palette);
// The shape alone, filled, inside `rect`; for marks on the timeline.
void paintSeverityShape(QPainter& painter, const QRectF& rect, const Violation& finding,
                        const ReviewColours& colours);

// A button's picture in the palette's text colour, with a disabled state; see symbols.cpp.
QIcon symbolIcon(const QString& name, const QPalette& palette);

}  // namespace cvd::ui
