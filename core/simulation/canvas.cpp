#include "core/simulation/canvas.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace cvd::simulation {
namespace {

constexpr int kShift = 4;  // sub-pixel bits of OpenCV's polygon filling
constexpr double kNear = 0.15;

cv::Point fixedPoint(const cv::Point2d& p) {
    const double limit = 1 << 14;
    const double scale = 1 << kShift;
    return {cvRound(std::clamp(p.x, -limit, limit) * scale),
            cvRound(std::clamp(p.y, -limit, limit) * scale)};
}

cv::Scalar lit(const cv::Scalar& c, double k, double highlight) {
    cv::Scalar out;
    for (int i = 0; i < 3; ++i) {
        out[i] = std::clamp(c[i] * k + 255 * highlight, 0.0, 255.0);
    }
    return out;
}

double polygonArea(const std::vector<cv::Point2d>& p) {
    double a = 0;
    for (size_t i = 0; i < p.size(); ++i) {
        const auto& q = p[(i + 1) % p.size()];
        a += p[i].x * q.y - q.x * p[i].y;
    }
    return std::abs(a) / 2;
}

}  // namespace

cv::Matx33d Camera::rotation() const {
    const double cp = std::cos(pitch), sp = std::sin(pitch);
    const double cy = std::cos(yaw), sy = std::sin(yaw);
    const double cr = std::cos(roll), sr = std::sin(roll);
    // Rows: right, down, forward.
    const cv::Matx33d look(1, 0, 0, 0, -sp, -cp, 0, cp, -sp);
    const cv::Matx33d turn(cy, -sy, 0, sy, cy, 0, 0, 0, 1);
    const cv::Matx33d bank(cr, -sr, 0, sr, cr, 0, 0, 0, 1);
    return bank * look * turn;
}

Camera::Seen Camera::project(const Vec3& p) const {
    const Vec3 c = rotation() * (p - at);
    const double z = std::max(c[2], kNear);
    return {{width / 2 - 0.5 + focalPx * c[0] / z, height / 2 - 0.5 + focalPx * c[1] / z}, c[2]};
}

double Camera::pxPerMetre(const Vec3& p) const {
    return focalPx / std::max(project(p).depth, kNear);
}

Vec3 Camera::ground(cv::Point2d px, bool* hit) const {
    const Vec3 ray = rotation().t() * Vec3((px.x - width / 2 + 0.5) / focalPx,
                                           (px.y - height / 2 + 0.5) / focalPx, 1);
    *hit = ray[2] < -1e-6;
    return at + ray * (*hit ? -at[2] / ray[2] : 1e3);
}

Canvas::Canvas(cv::Mat& bgr, const Camera& camera, const Light& light, const Style& style)
    : m_bgr(bgr),
      m_ids(bgr.size(), CV_16U, cv::Scalar(0)),
      m_camera(camera),
      m_light(light),
      m_style(style) {}

void Canvas::paint(const std::vector<cv::Point2d>& outline, const cv::Scalar& colour, int id) {
    std::vector<cv::Point> points;
    points.reserve(outline.size());
    for (const auto& p : outline) {
        points.push_back(fixedPoint(p));
    }
    cv::fillPoly(m_bgr, std::vector<std::vector<cv::Point>>{points}, colour,
                 m_style.smoothEdges ? cv::LINE_AA : cv::LINE_8, kShift);
    if (m_style.outlinePx > 0) {
        cv::polylines(m_bgr, std::vector<std::vector<cv::Point>>{points}, true, m_style.outline,
                      std::max(1, cvRound(m_style.outlinePx)),
                      m_style.smoothEdges ? cv::LINE_AA : cv::LINE_8, kShift);
    }
    cv::fillPoly(m_ids, std::vector<std::vector<cv::Point>>{points}, cv::Scalar(id), cv::LINE_8,
                 kShift);
    if (id > 0) {
        if (static_cast<int>(m_area.size()) <= id) {
            m_area.resize(static_cast<size_t>(id) + 1, 0);
        }
        m_area[static_cast<size_t>(id)] += polygonArea(outline);
    }
}

void Canvas::rod(const Vec3& a, const Vec3& b, double radiusA, double radiusB, const Material& m,
                 int id, double endA) {
    const auto pa = m_camera.project(a), pb = m_camera.project(b);
    if (pa.depth < kNear || pb.depth < kNear) {
        return;
    }
    const double ra = std::max(0.35, radiusA * m_camera.focalPx / pa.depth);
    const double rb = std::max(0.35, radiusB * m_camera.focalPx / pb.depth);
    cv::Point2d along = pb.px - pa.px;
    const double length = std::hypot(along.x, along.y);
    along = length > 1e-6 ? along / length : cv::Point2d(0, 1);
    const cv::Point2d across(-along.y, along.x);
    const int strips =
        m.flat ? 1 : std::clamp(cvRound(std::max(ra, rb) * 1.2), 1, m_style.mostStrips);
    const double bulgeB = m_style.roundness, bulgeA = endA < 0 ? m_style.roundness : endA;
    // The round ends first, as one silhouette, then the shaded strips between them.
    std::vector<cv::Point2d> outline;
    const int arc = std::max(ra, rb) > 4 ? 6 : 3;
    for (int i = 0; i <= arc; ++i) {
        const double t = CV_PI * i / arc;
        outline.push_back(pb.px + across * (rb * std::cos(t)) +
                          along * (rb * bulgeB * std::sin(t)));
    }
    for (int i = 0; i <= arc; ++i) {
        const double t = CV_PI * i / arc;
        outline.push_back(pa.px - across * (ra * std::cos(t)) -
                          along * (ra * bulgeA * std::sin(t)));
    }
    paint(outline, lit(m.bgr, m.flat ? 1 : m_light.ambient + m_light.strength * 0.35, 0), id);
    if (strips == 1) {
        return;
    }
    for (int s = 0; s < strips; ++s) {
        const double u0 = -1 + 2.0 * s / strips, u1 = -1 + 2.0 * (s + 1) / strips;
        const double u = (u0 + u1) / 2;
        const double facing =
            std::max(0.0, std::sqrt(1 - u * u) * std::sqrt(1 - m_light.angle * m_light.angle) +
                              u * m_light.angle);
        const double highlight = m.shine * std::pow(facing, 24) * 0.8;
        std::vector<cv::Point2d> quad{pa.px + across * (ra * u0), pa.px + across * (ra * u1),
                                      pb.px + across * (rb * u1), pb.px + across * (rb * u0)};
        std::vector<cv::Point> points;
        for (const auto& q : quad) {
            points.push_back(fixedPoint(q));
        }
        cv::fillConvexPoly(m_bgr, points,
                           lit(m.bgr, m_light.ambient + m_light.strength * facing, highlight),
                           m_style.smoothEdges ? cv::LINE_AA : cv::LINE_8, kShift);
    }
}

void Canvas::tube(const std::vector<Vec3>& line, double radius, const Material& m, int id) {
    for (size_t i = 1; i < line.size(); ++i) {
        rod(line[i - 1], line[i], radius, radius, m, id);
    }
}

void Canvas::ball(const Vec3& centre, double radius, const Material& m, int id) {
    const auto p = m_camera.project(centre);
    if (p.depth < kNear) {
        return;
    }
    const double r = std::max(0.5, radius * m_camera.focalPx / p.depth);
    std::vector<cv::Point2d> outline;
    for (int i = 0; i < 18; ++i) {
        const double t = 2 * CV_PI * i / 18;
        outline.emplace_back(p.px.x + r * std::cos(t), p.px.y + r * std::sin(t));
    }
    paint(outline, lit(m.bgr, m.flat ? 1 : m_light.ambient + 0.3 * m_light.strength, 0), id);
    if (!m.flat && r > 2) {
        const cv::Point2d light(p.px.x + m_light.angle * r * 0.4, p.px.y - r * 0.3);
        cv::circle(m_bgr, fixedPoint(light), cvRound(r * 0.55 * (1 << kShift)),
                   lit(m.bgr, m_light.ambient + m_light.strength, m.shine * 0.3), cv::FILLED,
                   cv::LINE_AA, kShift);
    }
}

void Canvas::face(const std::vector<Vec3>& corners, const Material& m, int id, double shade) {
    std::vector<cv::Point2d> outline;
    for (const Vec3& c : corners) {
        const auto p = m_camera.project(c);
        if (p.depth < kNear) {
            return;
        }
        outline.push_back(p.px);
    }
    paint(outline, lit(m.bgr, (m.flat ? 1 : m_light.ambient + m_light.strength * 0.6) * shade, 0),
          id);
}

void Canvas::box(const Vec3& c, const Vec3& size, double turn, const Material& m, int id) {
    const double cs = std::cos(turn), sn = std::sin(turn);
    const auto corner = [&](double x, double y, double z) {
        const double dx = x * size[0] / 2, dy = y * size[1] / 2;
        return Vec3(c[0] + cs * dx - sn * dy, c[1] + sn * dx + cs * dy, c[2] + z * size[2]);
    };
    struct Side {
        double x0, y0, x1, y1, shade;
    };
    // Far sides first: the near ones overpaint them.
    std::vector<Side> sides{
        {-1, -1, 1, -1, 1.0}, {1, -1, 1, 1, 0.8}, {1, 1, -1, 1, 0.7}, {-1, 1, -1, -1, 0.9}};
    std::sort(sides.begin(), sides.end(), [&](const Side& a, const Side& b) {
        const auto depth = [&](const Side& s) {
            return m_camera.project((corner(s.x0, s.y0, 0) + corner(s.x1, s.y1, 0)) * 0.5).depth;
        };
        return depth(a) > depth(b);
    });
    for (const Side& s : sides) {
        face({corner(s.x0, s.y0, 0), corner(s.x1, s.y1, 0), corner(s.x1, s.y1, 1),
              corner(s.x0, s.y0, 1)},
             m, id, s.shade);
    }
    face({corner(-1, -1, 1), corner(1, -1, 1), corner(1, 1, 1), corner(-1, 1, 1)}, m, id, 1.1);
}

void Canvas::groundRing(const Vec3& centre, double inner, double outer, double gain) {
    std::vector<cv::Point2d> around;
    for (int i = 0; i < 20; ++i) {
        const double t = 2 * CV_PI * i / 20;
        const auto p =
            m_camera.project({centre[0] + outer * std::cos(t), centre[1] + outer * std::sin(t), 0});
        if (p.depth < kNear) {
            return;
        }
        around.push_back(p.px);
    }
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (const auto& p : around) {
        left = std::min(left, p.x), right = std::max(right, p.x);
        top = std::min(top, p.y), bottom = std::max(bottom, p.y);
    }
    const cv::Rect box =
        cv::Rect(cv::Point(cvFloor(std::max(left, -9.0)), cvFloor(std::max(top, -9.0))),
                 cv::Point(cvCeil(std::min(right, 1e4)), cvCeil(std::min(bottom, 1e4)))) &
        cv::Rect(0, 0, m_bgr.cols, m_bgr.rows);
    const double cx = (left + right) / 2, cy = (top + bottom) / 2;
    const double rx = std::max(0.5, (right - left) / 2), ry = std::max(0.5, (bottom - top) / 2);
    for (int y = box.y; y < box.y + box.height; ++y) {
        auto* row = m_bgr.ptr<cv::Vec3b>(y);
        for (int x = box.x; x < box.x + box.width; ++x) {
            const double u = std::hypot((x - cx) / rx, (y - cy) / ry) * outer;
            if (u > outer) {
                continue;
            }
            // Full in the middle of the ring, fading to both sides.
            const double edge = std::min((outer - u) / (outer * 0.3),
                                         inner > 0 ? (u - inner * 0.6) / (inner * 0.4) : 1.0);
            const double k = 1 + (gain - 1) * std::clamp(edge, 0.0, 1.0);
            for (int c = 0; c < 3; ++c) {
                row[x][c] = cv::saturate_cast<uchar>(row[x][c] * k);
            }
        }
    }
}

void Canvas::shadow(const Vec3& a, const Vec3& b, double radius, double strength) {
    const auto pa = m_camera.project(a), pb = m_camera.project(b);
    if (pa.depth < kNear || pb.depth < kNear) {
        return;
    }
    const double r = std::max(1.0, radius * m_camera.focalPx / ((pa.depth + pb.depth) / 2));
    const double margin = 2 * r + 4;  // the blur spreads
    const cv::Point from(cvFloor(std::min(pa.px.x, pb.px.x) - margin),
                         cvFloor(std::min(pa.px.y, pb.px.y) - margin));
    const cv::Point to(cvCeil(std::max(pa.px.x, pb.px.x) + margin),
                       cvCeil(std::max(pa.px.y, pb.px.y) + margin));
    const cv::Rect around = cv::Rect(from, to) & cv::Rect(0, 0, m_bgr.cols, m_bgr.rows);
    if (around.area() < 4) {
        return;
    }
    cv::Mat mask(around.size(), CV_8U, cv::Scalar(0));
    const cv::Point2d o(around.x, around.y);
    cv::line(mask, pa.px - o, pb.px - o, cv::Scalar(255 * strength), std::max(1, cvRound(2 * r)),
             cv::LINE_AA);
    const int k = std::max(1, cvRound(r * 0.5)) * 2 + 1;
    cv::blur(mask, mask, {k, k});
    cv::Mat part = m_bgr(around);
    for (int y = 0; y < part.rows; ++y) {
        for (int x = 0; x < part.cols; ++x) {
            const int keep = 255 - mask.at<uchar>(y, x);
            auto& p = part.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c) {
                p[c] = static_cast<uchar>(p[c] * keep / 255);
            }
        }
    }
}

}  // namespace cvd::simulation
