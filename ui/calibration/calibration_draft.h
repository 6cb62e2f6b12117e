// A calibration while it is being made: what was clicked and typed, and what it is worth. Plain
// data; every change is a new draft, which is how undo and redo work.
#pragma once

#include <QByteArray>
#include <QString>
#include <QUndoCommand>
#include <functional>
#include <optional>
#include <vector>

#include "core/compliance/calibration.h"

namespace cvd::ui {

enum class EntryMode {
    Rectangle,    // four corners and two sides
    Coordinates,  // four or more points with x and y in metres
    Distances,    // four or more points with their distances to the first two
};

struct DraftPoint {
    PointPx image;
    PointM plane;          // Coordinates
    double toFirstM = 0;   // Distances: to point 1 (for point 2: the base line)
    double toSecondM = 0;  // Distances: to point 2, from point 3 on
    bool operator==(const DraftPoint&) const = default;
};

enum class ShapeKind { Region, FormLine, Obstacle };

struct Shape {
    ShapeKind kind = ShapeKind::Region;
    std::vector<PointM> corners;  // a form line is open, the others are closed
    bool operator==(const Shape&) const = default;
};

struct CalibrationDraft {
    EntryMode mode = EntryMode::Rectangle;
    std::vector<DraftPoint> points;
    double widthM = 3, heightM = 2;  // Rectangle: from point 1 to 2, from point 2 to 3
    std::vector<Shape> shapes;       // at most one region
    std::optional<double> radiusM, rodM, hoseMarkM, layerM, ageS;
    bool operator==(const CalibrationDraft&) const = default;
};

// A rectangle in the middle of a picture, to be dragged onto something known.
CalibrationDraft freshDraft(int width, int height);
CalibrationDraft draftOf(const Calibration& calibration);
// The points get their metres from the way of entry; nothing is checked.
Calibration calibrationOf(const CalibrationDraft& draft);
// The same draft with another way of entry: metres are carried over as far as they are known.
CalibrationDraft withMode(const CalibrationDraft& draft, EntryMode mode);

// For a file of this computer; nullopt when it is not one of ours.
QByteArray draftToJson(const CalibrationDraft& draft);
std::optional<CalibrationDraft> draftFromJson(const QByteArray& json);

struct DraftState {
    std::optional<compliance::Homography> homography;  // empty: nothing can be drawn in metres
    std::vector<double> residualsCm;                   // one a point
    std::optional<Error> refusal;                      // why it cannot be saved
    double bestPxCm = 0, worstPxCm = 0;  // what a click one pixel off is worth at the points
};
DraftState evaluate(const CalibrationDraft& draft);

// Where a place snaps to: corners of shapes and calibration points first, then edges of shapes.
// `withinM` is how far it may jump; `ignore` a corner that is being moved (shape, corner).
struct Snap {
    PointM at;
    bool snapped = false;
};
Snap snapTo(const CalibrationDraft& draft, PointM place, double withinM,
            std::optional<std::pair<int, int>> ignore = {});

class DraftCommand : public QUndoCommand {
public:
    using Apply = std::function<void(const CalibrationDraft&)>;
    // Changes with the same `mergeKey` >= 0 that follow each other become one (a drag, typing).
    DraftCommand(const QString& text, CalibrationDraft before, CalibrationDraft after, Apply apply,
                 int mergeKey = -1);
    void redo() override;
    void undo() override;
    int id() const override { return m_key < 0 ? -1 : 1; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    CalibrationDraft m_before, m_after;
    Apply m_apply;
    int m_key;
};

}  // namespace cvd::ui
