#include "core/simulation/site.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace cvd::simulation {
namespace {

cv::Mat uniformNoise(Random& random, cv::Size size) {
    cv::Mat m(size, CV_32F);
    for (int y = 0; y < m.rows; ++y) {
        auto* row = m.ptr<float>(y);
        for (int x = 0; x < m.cols; ++x) {
            row[x] = static_cast<float>(random.unit() * 2 - 1);
        }
    }
    return m;
}

void addField(cv::Mat& bgr, const cv::Mat& field, double amount, const cv::Scalar& tint) {
    const float k[3] = {static_cast<float>(amount * tint[0]), static_cast<float>(amount * tint[1]),
                        static_cast<float>(amount * tint[2])};
    for (int y = 0; y < bgr.rows; ++y) {
        auto* row = bgr.ptr<cv::Vec3b>(y);
        const auto* f = field.ptr<float>(y);
        for (int x = 0; x < bgr.cols; ++x) {
            for (int c = 0; c < 3; ++c) {
                row[x][c] = cv::saturate_cast<uchar>(static_cast<float>(row[x][c]) + k[c] * f[x]);
            }
        }
    }
}

// A texture of the ground seen by the camera. Two turned and differently scaled copies of one tile,
// so that no repetition shows.
cv::Mat groundField(const Camera& camera, cv::Size size, Random& random) {
    const int tile = 256;
    const float period = 2.0F * tile;
    const cv::Mat flat =
        noiseField(random, {tile, tile}, random.logUniform(8, 64), 1.5, random.uniform(0.55, 1.1));
    const double scale = tile / random.uniform(2, 6), turn = random.uniform(0.4, 1.2);
    const double second = scale * random.uniform(0.33, 0.6);
    cv::Mat x1(size, CV_32F), y1(size, CV_32F), x2(size, CV_32F), y2(size, CV_32F);
    const cv::Matx33d back = camera.rotation().t();
    const double cs = std::cos(turn), sn = std::sin(turn);
    const auto wrap = [&](double v) {
        const auto f = static_cast<float>(v);
        return f - std::floor(f / period) * period;
    };
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const Vec3 ray = back * Vec3((x - camera.width / 2 + 0.5) / camera.focalPx,
                                         (y - camera.height / 2 + 0.5) / camera.focalPx, 1);
            const double t = ray[2] < -0.02 ? -camera.at[2] / ray[2] : 60;
            const double gx = camera.at[0] + ray[0] * t, gy = camera.at[1] + ray[1] * t;
            x1.at<float>(y, x) = wrap(gx * scale);
            y1.at<float>(y, x) = wrap(gy * scale);
            x2.at<float>(y, x) = wrap((gx * cs - gy * sn) * second);
            y2.at<float>(y, x) = wrap((gx * sn + gy * cs) * second);
        }
    }
    cv::Mat doubled;
    cv::copyMakeBorder(flat, doubled, 0, tile, 0, tile, cv::BORDER_REFLECT);
    cv::Mat seen, other;
    cv::remap(doubled, seen, x1, y1, cv::INTER_LINEAR, cv::BORDER_REFLECT);
    cv::remap(doubled, other, x2, y2, cv::INTER_LINEAR, cv::BORDER_REFLECT);
    return seen * 0.7 + other * 0.7;
}

std::vector<cv::Point> projected(const Camera& camera, const std::vector<Vec3>& outline) {
    std::vector<cv::Point> points;
    for (const Vec3& p : outline) {
        const auto s = camera.project(p);
        if (s.depth < 0.15) {
            return {};
        }
        points.emplace_back(cvRound(std::clamp(s.px.x, -8000.0, 8000.0)),
                            cvRound(std::clamp(s.px.y, -8000.0, 8000.0)));
    }
    return points;
}

void paintMesh(Canvas& canvas, Random& random, const Vec3& corner, double size) {
    Material steel;
    const double v = random.uniform(40, 120);
    steel.bgr = {v * 0.7, v * 0.85, v};
    const double gap = random.uniform(0.12, 0.35), z = random.uniform(0.01, 0.12);
    for (double d = 0; d <= size; d += gap) {
        canvas.rod(corner + Vec3(d, 0, z), corner + Vec3(d, size, z), 0.008, 0.008, steel, 0);
        canvas.rod(corner + Vec3(0, d, z), corner + Vec3(size, d, z), 0.008, 0.008, steel, 0);
    }
}

// Joints on the near side of an upright box: bricks, blocks or formwork panels.
void paintBricks(Canvas& canvas, Random& random, const Vec3& at, const Vec3& size) {
    Material joint;
    const double v = random.uniform(40, 210);
    joint.bgr = {v, v, v};
    const double tall = random.pick({0.08, 0.2, 0.5}), wide = tall * random.uniform(1.6, 3);
    const double left = at[0] - size[0] / 2, right = at[0] + size[0] / 2,
                 front = at[1] - size[1] / 2;
    bool odd = false;
    for (double z = 0; z < size[2]; z += tall, odd = !odd) {
        canvas.rod({left, front, z}, {right, front, z}, 0.004, 0.004, joint, 0);
        for (double x = left + (odd ? wide / 2 : wide); x < right; x += wide) {
            canvas.rod({x, front, z}, {x, front, std::min(z + tall, size[2])}, 0.004, 0.004, joint,
                       0);
        }
    }
}

void paintAboveHorizon(cv::Mat& bgr, const Camera& camera, Random& random) {
    const Vec3 far = camera.at + Vec3(std::sin(camera.yaw), std::cos(camera.yaw), 0) * 200.0;
    const int horizon =
        std::clamp(cvRound(camera.project(Vec3(far[0], far[1], 0)).px.y), 0, bgr.rows);
    if (horizon < 2) {
        return;
    }
    const bool sky = random.chance(0.5);
    const cv::Scalar top =
        sky ? cv::Scalar(random.uniform(150, 255), random.uniform(130, 230),
                         random.uniform(100, 220))
            : cv::Scalar(random.uniform(30, 170), random.uniform(30, 170), random.uniform(30, 170));
    const cv::Scalar bottom = sky ? cv::Scalar(235, 230, 225) : top * random.uniform(0.6, 1.3);
    for (int y = 0; y < horizon; ++y) {
        const double t = static_cast<double>(y) / horizon;
        bgr.row(y).setTo(top * (1 - t) + bottom * t);
    }
    for (int i = random.integer(0, 7); i > 0; --i) {  // buildings, scaffolds, machines as blocks
        const double v = random.uniform(30, 220);
        const int x = random.integer(0, bgr.cols - 1),
                  w = random.integer(bgr.cols / 30, bgr.cols / 3);
        const int t = cvRound(horizon * random.uniform(0, 0.9));
        cv::rectangle(bgr, cv::Rect(x, t, w, horizon - t + 2) & cv::Rect(0, 0, bgr.cols, bgr.rows),
                      cv::Scalar(v + random.uniform(-25, 25), v, v + random.uniform(-25, 25)),
                      cv::FILLED);
    }
}

}  // namespace

Status BackgroundPool::addYoloFolder(const std::filesystem::path& folder, int personClass,
                                     int maxSide) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "images", error)) {
        files.push_back(entry.path());
    }
    if (error || files.empty()) {
        return fail(
            ErrorKind::BadInput,
            CVD_TR("core", "The folder %1 holds no pictures (images/ and labels/ are expected)."),
            {folder.string()});
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        cv::Mat bgr = cv::imread(file.string(), cv::IMREAD_COLOR);
        if (bgr.empty()) {
            continue;
        }
        const double scale =
            std::min(1.0, static_cast<double>(maxSide) / std::max(bgr.cols, bgr.rows));
        if (scale < 1) {
            cv::resize(bgr, bgr, {}, scale, scale, cv::INTER_AREA);
        }
        Picture picture;
        cv::imencode(".jpg", bgr, picture.jpeg, {cv::IMWRITE_JPEG_QUALITY, 92});
        std::ifstream labels(folder / "labels" / (file.stem().string() + ".txt"));
        for (std::string line; std::getline(labels, line);) {
            double cls = 0, x = 0, y = 0, w = 0, h = 0;
            if (std::sscanf(line.c_str(), "%lf %lf %lf %lf %lf", &cls, &x, &y, &w, &h) == 5 &&
                static_cast<int>(cls) == personClass) {
                picture.persons.push_back(
                    {(x - w / 2) * bgr.cols, (y - h / 2) * bgr.rows, w * bgr.cols, h * bgr.rows});
            }
        }
        m_pictures.push_back(std::move(picture));
    }
    return {};
}

cv::Mat noiseField(Random& random, cv::Size size, double coarse, double grain, double persistence) {
    cv::Mat sum(size, CV_32F, cv::Scalar(0));
    double weight = 1, total = 0;
    for (double cell = coarse; cell >= grain; cell /= 2.3) {
        cv::Mat layer;
        cv::resize(uniformNoise(random, {std::max(2, cvCeil(size.width / cell)),
                                         std::max(2, cvCeil(size.height / cell))}),
                   layer, size, 0, 0, cv::INTER_LINEAR);
        sum += layer * weight;
        total += weight * weight * 0.15;
        weight *= persistence;
    }
    return sum / std::sqrt(std::max(total, 1e-6));
}

void paintConcrete(cv::Mat& bgr, const Camera& camera, const std::vector<Vec3>& outline,
                   Random& random, bool flat) {
    const auto points = projected(camera, outline);
    if (points.empty()) {
        return;
    }
    const double v = random.uniform(50, 215);
    const cv::Scalar colour(v + random.uniform(-12, 8), v + random.uniform(-5, 5),
                            v + random.uniform(-8, 14));
    cv::Mat mask(bgr.size(), CV_8U, cv::Scalar(0));
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{points}, cv::Scalar(255));
    cv::Mat layer(bgr.size(), bgr.type(), colour);
    if (!flat) {
        const cv::Mat field = groundField(camera, bgr.size(), random);
        addField(layer, field, random.uniform(3, 22), {1, 1, 1});
        if (random.chance(0.5)) {  // wet patches reflect the sky
            cv::Mat wet;
            cv::GaussianBlur(groundField(camera, bgr.size(), random), wet, {0, 0},
                             bgr.cols / 160.0);
            cv::threshold(wet, wet, random.uniform(0.3, 1.2), 1, cv::THRESH_TOZERO);
            addField(layer, wet, random.uniform(-35, 45), {1, 1, 1});
        }
        if (random.chance(0.35)) {  // aggregate
            const cv::Mat stones = noiseField(random, bgr.size(), 3.5, 1.5, 1);
            cv::Mat few;
            cv::threshold(stones, few, random.uniform(0.9, 1.6), 1, cv::THRESH_TOZERO);
            addField(layer, few, random.uniform(-22, 22), {1, 1, 1});
        }
        if (random.chance(0.15)) {  // a smooth gradient: sheen against the sky
            const double from = random.uniform(-35, 35), to = random.uniform(-35, 35);
            cv::Mat ramp(bgr.size(), CV_32F);
            for (int y = 0; y < ramp.rows; ++y) {
                ramp.row(y).setTo(from + (to - from) * y / ramp.rows);
            }
            addField(layer, ramp, 1, {1, 1, 1});
        }
    }
    layer.copyTo(bgr, mask);
}

void paintSite(cv::Mat& bgr, const Camera& camera, Random& random, bool flat) {
    const double v = random.uniform(45, 200);
    const bool earth = random.chance(0.4);
    bgr.setTo(earth ? cv::Scalar(v * 0.55, v * 0.75, v * 0.9)
                    : cv::Scalar(v, v, v + random.uniform(-10, 10)));
    if (!flat) {
        addField(bgr, groundField(camera, bgr.size(), random), random.uniform(3, 20), {0.9, 1, 1});
    }
    const double half = random.uniform(0.8, 3), deep = random.uniform(0.8, 3.5);
    const Vec3 c(random.uniform(-0.6, 0.6), random.uniform(-0.8, 0.8), 0);
    const double kind = random.unit();
    if (kind < 0.55) {
        paintConcrete(bgr, camera,
                      {c + Vec3(-half, -deep, 0), c + Vec3(half, -deep, 0), c + Vec3(half, deep, 0),
                       c + Vec3(-half, deep, 0)},
                      random, flat);
    } else if (kind < 0.85) {  // spread without an edge
        std::vector<Vec3> outline;
        for (int i = 0; i < 28; ++i) {
            const double t = 2 * CV_PI * i / 28, r = random.uniform(0.82, 1.12);
            outline.push_back(c + Vec3(half * r * std::cos(t), deep * r * std::sin(t), 0));
        }
        paintConcrete(bgr, camera, outline, random, flat);
    }
    paintAboveHorizon(bgr, camera, random);
    Light light;
    Canvas canvas(bgr, camera, light);
    Material timber;
    timber.flat = flat;
    const double t = random.uniform(60, 200);
    timber.bgr = {t * 0.5, t * 0.75, t};
    if (random.chance(0.6)) {  // formwork along some sides
        const double tall = random.uniform(0.05, 0.6), thick = random.uniform(0.03, 0.15);
        if (random.chance(0.8)) {
            canvas.box(c + Vec3(0, deep, 0), {2 * half, thick, tall}, 0, timber, 0);
        }
        if (random.chance(0.5)) {
            canvas.box(c + Vec3(-half, 0, 0), {thick, 2 * deep, tall}, 0, timber, 0);
        }
        if (random.chance(0.5)) {
            canvas.box(c + Vec3(half, 0, 0), {thick, 2 * deep, tall}, 0, timber, 0);
        }
    }
    if (random.chance(0.4)) {
        paintMesh(canvas, random, c + Vec3(random.uniform(-half, 0), random.uniform(-deep, 0), 0),
                  random.uniform(0.6, 2.5));
    }
    if (random.chance(0.25)) {
        Material wall;
        const double w = random.uniform(70, 190);
        wall.bgr = {w, w, w};
        wall.flat = flat;
        const Vec3 at = c + Vec3(random.uniform(-2, 2), deep + random.uniform(0.5, 2), 0);
        const Vec3 size(random.uniform(0.3, 4), 0.3, random.uniform(0.5, 3));
        const bool bricks = random.chance(0.4);
        if (bricks) {
            wall.bgr = {w * 0.45, w * 0.6, w};
        }
        canvas.box(at, size, bricks ? 0 : random.uniform(-0.4, 0.4), wall, 0);
        if (bricks) {
            paintBricks(canvas, random, at, size);
        }
    }
}

void spoil(cv::Mat& bgr, Random& random, double strength) {
    // Exposure, colour cast and contrast of the camera.
    const double gain = random.uniform(1 - 0.4 * strength, 1 + 0.35 * strength),
                 offset = random.uniform(-22, 22) * strength;
    const cv::Scalar cast(random.uniform(1 - 0.14 * strength, 1 + 0.14 * strength), 1,
                          random.uniform(1 - 0.14 * strength, 1 + 0.14 * strength));
    const double gamma = random.uniform(1 - 0.35 * strength, 1 + 0.5 * strength);
    cv::Mat table(1, 256, CV_8UC3);
    for (int i = 0; i < 256; ++i) {
        for (int c = 0; c < 3; ++c) {
            const double linear = std::clamp(i * gain * cast[c] + offset, 0.0, 255.0) / 255;
            table.at<cv::Vec3b>(0, i)[c] = cv::saturate_cast<uchar>(255 * std::pow(linear, gamma));
        }
    }
    cv::LUT(bgr, table, bgr);
    const double look = random.unit();
    if (look < 0.1 * strength) {  // dusk and night
        bgr.convertTo(bgr, -1, random.uniform(0.25, 0.6), random.uniform(0, 14));
    } else if (look < 0.2 * strength) {  // haze, dust, a dirty lens
        const double a = random.uniform(0.1, 0.45), v = random.uniform(110, 235);
        bgr.convertTo(bgr, -1, 1 - a, a * v);
    } else if (look < 0.24 * strength) {  // infra-red and old cameras
        cv::Mat grey;
        cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
        cv::cvtColor(grey, bgr, cv::COLOR_GRAY2BGR);
    }
    if (random.chance(0.25 * strength)) {  // cameras sharpen
        cv::Mat soft;
        cv::GaussianBlur(bgr, soft, {0, 0}, random.uniform(0.8, 1.8));
        const double a = random.uniform(0.3, 1.2);
        cv::addWeighted(bgr, 1 + a, soft, -a, 0, bgr);
    }
    if (random.chance(0.2 * strength)) {  // floodlight or low sun: a bright pool
        cv::Mat glow(bgr.size(), CV_32F, cv::Scalar(0));
        cv::circle(glow, {random.integer(0, bgr.cols - 1), random.integer(0, bgr.rows - 1)},
                   random.integer(bgr.cols / 8, bgr.cols / 3), 1.0, cv::FILLED);
        cv::resize(glow, glow, {}, 0.1, 0.1, cv::INTER_AREA);
        cv::blur(glow, glow, {bgr.cols / 60 * 2 + 1, bgr.cols / 60 * 2 + 1});
        cv::resize(glow, glow, bgr.size());
        addField(bgr, glow, random.uniform(-60, 70), {1, 1, 1});
    }
    const cv::Scalar level = cv::mean(bgr);
    const double mean = (level[0] + level[1] + level[2]) / 3;
    if (mean < 26) {  // no camera leaves a site black
        bgr.convertTo(bgr, -1, random.uniform(28, 60) / std::max(mean, 4.0), 3);
    }
    if (random.chance(0.3 * strength)) {  // camera shake
        const int n = random.integer(2, 5);
        cv::Mat kernel(n, n, CV_32F, cv::Scalar(0));
        random.chance(0.5) ? cv::line(kernel, {0, 0}, {n - 1, n - 1}, 1.0F)
                           : cv::line(kernel, {0, n / 2}, {n - 1, n / 2}, 1.0F);
        cv::filter2D(bgr, bgr, -1, kernel / cv::sum(kernel)[0]);
    }
    if (random.chance(0.4 * strength)) {
        cv::GaussianBlur(bgr, bgr, {0, 0}, random.uniform(0.4, 1.5));
    }
    if (random.chance(0.12 * strength)) {  // low resolution
        const double s = random.uniform(0.4, 0.8);
        const cv::Size full = bgr.size();
        cv::resize(bgr, bgr, {}, s, s, cv::INTER_AREA);
        cv::resize(bgr, bgr, full, 0, 0, random.chance(0.5) ? cv::INTER_LINEAR : cv::INTER_CUBIC);
    }
    if (random.chance(0.06 * strength)) {  // rain on the lens
        cv::Mat soft;
        cv::GaussianBlur(bgr, soft, {0, 0}, 5);
        cv::Mat drops(bgr.size(), CV_8U, cv::Scalar(0));
        for (int i = random.integer(4, 40); i > 0; --i) {
            cv::circle(drops, {random.integer(0, bgr.cols - 1), random.integer(0, bgr.rows - 1)},
                       random.integer(2, 10), 255, cv::FILLED);
        }
        soft.copyTo(bgr, drops);
    }
    if (random.chance(0.7 * strength)) {
        const double sigma = random.uniform(1, 9) * strength;
        cv::Mat noise(bgr.size(), CV_16SC3);
        cv::RNG rng(random.bits());
        rng.fill(noise, cv::RNG::NORMAL, 0, sigma);
        cv::add(bgr, noise, bgr, cv::noArray(), CV_8U);
    }
    if (random.chance(0.6 * strength)) {
        std::vector<unsigned char> bytes;
        cv::imencode(".jpg", bgr, bytes, {cv::IMWRITE_JPEG_QUALITY, random.integer(28, 90)});
        bgr = cv::imdecode(bytes, cv::IMREAD_COLOR);
    }
}

}  // namespace cvd::simulation
