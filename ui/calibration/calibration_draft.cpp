#include "ui/calibration/calibration_draft.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <array>
#include <cmath>

namespace cvd::ui {

namespace {

const QString kDraftSchema = QStringLiteral("cvd-mis/calibration-draft/1");
constexpr std::array<std::pair<const char*, std::optional<double> CalibrationDraft::*>, 5> kFigures{
    {{"radius_m", &CalibrationDraft::radiusM},
     {"rod_m", &CalibrationDraft::rodM},
     {"hose_mark_m", &CalibrationDraft::hoseMarkM},
     {"layer_m", &CalibrationDraft::layerM},
     {"age_s", &CalibrationDraft::ageS}}};

double distance(PointM a, PointM b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

bool isRectangle(const Calibration& c) {
    const auto& p = c.planePoints;
    return p.size() == 4 && p[0] == PointM{0, 0} && p[1].y == 0 && p[1].x > 0 && p[3].x == 0 &&
           p[3].y > 0 && p[2] == PointM{p[1].x, p[3].y};
}

// Points 1 and 2 span the base line; every other one lies where its two circles meet, on the side
// on which the picture shows it.
std::vector<PointM> fromDistances(const std::vector<DraftPoint>& points) {
    std::vector<PointM> out(points.size());
    if (points.size() < 2) {
        return out;
    }
    const double base = points[1].toFirstM;
    out[1] = {base, 0};
    const PointPx a = points[0].image, b = points[1].image;
    for (size_t i = 2; i < points.size(); ++i) {
        const DraftPoint& p = points[i];
        const double x =
            (p.toFirstM * p.toFirstM - p.toSecondM * p.toSecondM + base * base) / (2 * base);
        const double square = p.toFirstM * p.toFirstM - x * x;
        const double side = (b.x - a.x) * (p.image.y - a.y) - (b.y - a.y) * (p.image.x - a.x);
        // Circles that do not meet give NaN, which is refused with its reason.
        out[i] = {x,
                  std::copysign(std::sqrt(square > -1e-9 ? std::max(square, 0.0) : square), side)};
        if (square < -1e-9) {
            out[i].y = std::nan("");
        }
    }
    return out;
}

PointM nearestOnSegment(PointM a, PointM b, PointM p) {
    const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    const double t =
        length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
    return {a.x + t * dx, a.y + t * dy};
}

}  // namespace

CalibrationDraft freshDraft(int width, int height) {
    CalibrationDraft draft;
    const double w = std::max(width, 16), h = std::max(height, 16);
    // As a rectangle on the ground looks: shorter at the far side.
    for (const PointPx& p : {PointPx{0.32 * w, 0.38 * h}, PointPx{0.68 * w, 0.38 * h},
                             PointPx{0.78 * w, 0.78 * h}, PointPx{0.22 * w, 0.78 * h}}) {
        draft.points.push_back({{std::round(p.x), std::round(p.y)}, {}, 0, 0});
    }
    return draft;
}

CalibrationDraft draftOf(const Calibration& c) {
    CalibrationDraft draft;
    draft.mode = isRectangle(c) ? EntryMode::Rectangle : EntryMode::Coordinates;
    const size_t n = std::min(c.imagePoints.size(), c.planePoints.size());
    for (size_t i = 0; i < n; ++i) {
        draft.points.push_back({c.imagePoints[i], c.planePoints[i], 0, 0});
    }
    if (draft.mode == EntryMode::Rectangle) {
        draft.widthM = c.planePoints[1].x;
        draft.heightM = c.planePoints[3].y;
    }
    if (c.pourRegion.size() >= 3) {
        draft.shapes.push_back({ShapeKind::Region, c.pourRegion});
    }
    for (const auto& line : c.formLines) {
        draft.shapes.push_back({ShapeKind::FormLine, line});
    }
    for (const auto& corners : c.obstacles) {
        draft.shapes.push_back({ShapeKind::Obstacle, corners});
    }
    draft.radiusM = c.radiusOfActionM;
    draft.rodM = c.rodLengthM;
    draft.hoseMarkM = c.hoseMarkM;
    draft.layerM = c.layerHeightM;
    draft.ageS = c.concreteAgeS;
    return draft;
}

Calibration calibrationOf(const CalibrationDraft& draft) {
    Calibration c;
    std::vector<PointM> metres;
    switch (draft.mode) {
        case EntryMode::Rectangle:
            metres = {{0, 0}, {draft.widthM, 0}, {draft.widthM, draft.heightM}, {0, draft.heightM}};
            metres.resize(std::min(draft.points.size(), metres.size()));
            break;
        case EntryMode::Coordinates:
            for (const DraftPoint& p : draft.points) {
                metres.push_back(p.plane);
            }
            break;
        case EntryMode::Distances:
            metres = fromDistances(draft.points);
            break;
    }
    c.planePoints = metres;
    for (size_t i = 0; i < metres.size(); ++i) {
        c.imagePoints.push_back(draft.points[i].image);
    }
    for (const Shape& shape : draft.shapes) {
        switch (shape.kind) {
            case ShapeKind::Region:
                c.pourRegion = shape.corners;
                break;
            case ShapeKind::FormLine:
                c.formLines.push_back(shape.corners);
                break;
            case ShapeKind::Obstacle:
                c.obstacles.push_back(shape.corners);
                break;
        }
    }
    c.radiusOfActionM = draft.radiusM;
    c.rodLengthM = draft.rodM;
    c.hoseMarkM = draft.hoseMarkM;
    c.layerHeightM = draft.layerM;
    c.concreteAgeS = draft.ageS;
    return c;
}

CalibrationDraft withMode(const CalibrationDraft& draft, EntryMode mode) {
    CalibrationDraft out = draft;
    out.mode = mode;
    const Calibration known = calibrationOf(draft);
    for (size_t i = 0; i < out.points.size() && i < known.planePoints.size(); ++i) {
        out.points[i].plane = known.planePoints[i];
    }
    if (known.planePoints.size() >= 2) {
        const auto& p = known.planePoints;
        for (size_t i = 1; i < out.points.size() && i < p.size(); ++i) {
            out.points[i].toFirstM = distance(p[i], p[0]);
            out.points[i].toSecondM = i > 1 ? distance(p[i], p[1]) : 0;
        }
        if (mode == EntryMode::Rectangle && p.size() >= 4) {
            out.widthM = distance(p[0], p[1]);
            out.heightM = distance(p[1], p[2]);
        }
    }
    if (mode == EntryMode::Rectangle) {
        out.points.resize(std::min<size_t>(out.points.size(), 4));
    }
    return out;
}

QByteArray draftToJson(const CalibrationDraft& draft) {
    QJsonArray points, shapes;
    for (const DraftPoint& p : draft.points) {
        points.append(
            QJsonArray{p.image.x, p.image.y, p.plane.x, p.plane.y, p.toFirstM, p.toSecondM});
    }
    for (const Shape& shape : draft.shapes) {
        QJsonArray corners;
        for (const PointM& corner : shape.corners) {
            corners.append(QJsonArray{corner.x, corner.y});
        }
        shapes.append(QJsonObject{{"kind", int(shape.kind)}, {"corners", corners}});
    }
    QJsonObject root{{"schema", kDraftSchema},  {"mode", int(draft.mode)},
                     {"points", points},        {"shapes", shapes},
                     {"width_m", draft.widthM}, {"height_m", draft.heightM}};
    for (const auto& [key, figure] : kFigures) {
        if (draft.*figure) {
            root.insert(QLatin1String(key), *(draft.*figure));
        }
    }
    return QJsonDocument(root).toJson(QJsonDocument::Compact);
}

std::optional<CalibrationDraft> draftFromJson(const QByteArray& json) {
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const int mode = root["mode"].toInt(-1);
    if (root["schema"] != kDraftSchema || mode < 0 || mode > int(EntryMode::Distances)) {
        return std::nullopt;
    }
    CalibrationDraft draft;
    draft.mode = EntryMode(mode);
    draft.widthM = root["width_m"].toDouble();
    draft.heightM = root["height_m"].toDouble();
    for (const auto& value : root["points"].toArray()) {
        const QJsonArray p = value.toArray();
        draft.points.push_back({{p[0].toDouble(), p[1].toDouble()},
                                {p[2].toDouble(), p[3].toDouble()},
                                p[4].toDouble(),
                                p[5].toDouble()});
    }
    for (const auto& value : root["shapes"].toArray()) {
        const int kind = value.toObject()["kind"].toInt(-1);
        if (kind < 0 || kind > int(ShapeKind::Obstacle)) {
            return std::nullopt;
        }
        Shape shape{ShapeKind(kind), {}};
        for (const auto& corner : value.toObject()["corners"].toArray()) {
            shape.corners.push_back(
                {corner.toArray()[0].toDouble(), corner.toArray()[1].toDouble()});
        }
        draft.shapes.push_back(std::move(shape));
    }
    for (const auto& [key, figure] : kFigures) {
        if (const auto value = root[QLatin1String(key)]; value.isDouble()) {
            draft.*figure = value.toDouble();
        }
    }
    return draft;
}

DraftState evaluate(const CalibrationDraft& draft) {
    DraftState state;
    const Calibration c = calibrationOf(draft);
    if (draft.mode == EntryMode::Distances) {
        for (size_t i = 0; i < c.planePoints.size(); ++i) {
            if (std::isnan(c.planePoints[i].y) || !std::isfinite(c.planePoints[i].x)) {
                state.refusal = fail(
                    ErrorKind::BadInput,
                    CVD_TR("core",
                           "The distances of point %1 do not fit together: with points 1 and 2 "
                           "they make no triangle. Measure them again."),
                    {std::to_string(i + 1)});
                return state;
            }
        }
    }
    const auto fitted = compliance::fitCalibration(c);
    if (fitted) {
        state.homography = *fitted;
        state.residualsCm = compliance::residualsCm(*fitted, c);
        for (const PointPx& p : c.imagePoints) {
            const double perMetre = fitted->pxPerMetre(p);
            if (perMetre > 0) {
                const double cm = 100 / perMetre;
                state.bestPxCm = state.bestPxCm > 0 ? std::min(state.bestPxCm, cm) : cm;
                state.worstPxCm = std::max(state.worstPxCm, cm);
            }
        }
    }
    if (const Status valid = compliance::validateCalibration(c); !valid) {
        state.refusal = valid.error();
    }
    return state;
}

Snap snapTo(const CalibrationDraft& draft, PointM place, double withinM,
            std::optional<std::pair<int, int>> ignore) {
    Snap best{place, false};
    double nearest = withinM;
    const auto offer = [&](PointM at) {
        const double d = distance(at, place);
        if (d <= nearest) {
            nearest = d;
            best = {at, true};
        }
    };
    for (const PointM& p : calibrationOf(draft).planePoints) {
        offer(p);
    }
    for (int s = 0; s < int(draft.shapes.size()); ++s) {
        const auto& corners = draft.shapes[size_t(s)].corners;
        for (int i = 0; i < int(corners.size()); ++i) {
            if (ignore != std::pair(s, i)) {
                offer(corners[size_t(i)]);
            }
        }
    }
    if (best.snapped) {
        return best;  // a corner beats an edge
    }
    for (int s = 0; s < int(draft.shapes.size()); ++s) {
        const Shape& shape = draft.shapes[size_t(s)];
        const int n = int(shape.corners.size());
        const int edges = shape.kind == ShapeKind::FormLine ? n - 1 : n;
        for (int i = 0; i < edges; ++i) {
            const int j = (i + 1) % n;
            if (ignore != std::pair(s, i) && ignore != std::pair(s, j)) {
                offer(nearestOnSegment(shape.corners[size_t(i)], shape.corners[size_t(j)], place));
            }
        }
    }
    return best;
}

DraftCommand::DraftCommand(const QString& text, CalibrationDraft before, CalibrationDraft after,
                           Apply apply, int mergeKey)
    : QUndoCommand(text),
      m_before(std::move(before)),
      m_after(std::move(after)),
      m_apply(std::move(apply)),
      m_key(mergeKey) {}

void DraftCommand::redo() {
    m_apply(m_after);
}

void DraftCommand::undo() {
    m_apply(m_before);
}

bool DraftCommand::mergeWith(const QUndoCommand* other) {
    const auto* next = static_cast<const DraftCommand*>(other);
    if (next->m_key != m_key) {
        return false;
    }
    m_after = next->m_after;
    return true;
}

}  // namespace cvd::ui
