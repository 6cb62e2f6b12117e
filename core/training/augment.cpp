#include "core/training/augment.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/inference/people_fit.h"

namespace cvd::training {

namespace {

using Random = std::mt19937_64;

double uniform(Random& random, double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
}
bool chance(Random& random, double p) {
    return uniform(random, 0, 1) < p;
}

// full = input mapping of one crop; pixel edges as origin.
struct Placement {
    double scaleX, scaleY, offsetX, offsetY;
    bool mirrored;
    double width;  // of the crop, for the mirror

    PointPx edge(double x, double y) const {
        const double px = x * scaleX + offsetX;
        return {mirrored ? width - px : px, y * scaleY + offsetY};
    }
    PointPx point(PointPx p) const {
        const PointPx q = edge(p.x + 0.5, p.y + 0.5);
        return {q.x - 0.5, q.y - 0.5};
    }
    BoxPx box(const BoxPx& b) const {
        const PointPx a = edge(b.x, b.y), c = edge(b.x + b.w, b.y + b.h);
        return {std::min(a.x, c.x), a.y, std::abs(c.x - a.x), c.y - a.y};
    }
};

BoxPx clipBox(const BoxPx& b, double width, double height) {
    const double x0 = std::clamp(b.x, 0.0, width), x1 = std::clamp(b.x + b.w, 0.0, width);
    const double y0 = std::clamp(b.y, 0.0, height), y1 = std::clamp(b.y + b.h, 0.0, height);
    return {x0, y0, x1 - x0, y1 - y0};
}

// The part [t0, t1] of the segment a + t (b - a) inside the picture (Liang-Barsky).
bool clipSegment(PointPx a, PointPx b, double width, double height, double& t0, double& t1) {
    t0 = 0;
    t1 = 1;
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double p[4] = {-dx, dx, -dy, dy};
    const double q[4] = {a.x + 0.5, width - 0.5 - a.x, a.y + 0.5, height - 0.5 - a.y};
    for (int i = 0; i < 4; ++i) {
        if (std::abs(p[i]) < 1e-9) {
            if (q[i] < 0) {
                return false;
            }
            continue;
        }
        const double t = q[i] / p[i];
        if (p[i] < 0) {
            t0 = std::max(t0, t);
        } else {
            t1 = std::min(t1, t);
        }
    }
    return t0 < t1;
}

std::optional<Detection> clipPoker(const Detection& truth, double width, double height,
                                   double& visible) {
    double t0 = 0, t1 = 1;
    const PokerPoints& p = *truth.poker;
    if (!clipSegment(p.low, p.top, width, height, t0, t1)) {
        return std::nullopt;
    }
    visible = t1 - t0;
    Detection cut = truth;
    if (visible > 0.999) {
        cut.box = clipBox(truth.box, width, height);
        return cut;
    }
    const auto at = [&](double t) {
        return PointPx{p.low.x + t * (p.top.x - p.low.x), p.low.y + t * (p.top.y - p.low.y)};
    };
    cut.poker->low = at(t0);
    cut.poker->top = at(t1);
    if (t0 > 0.001) {
        cut.poker->immersedScore = -1;  // the end that would show it is outside
    }
    // The box keeps the margin that it had around the bar.
    const double marginX = std::max(0.0, (truth.box.w - std::abs(p.top.x - p.low.x)) / 2);
    const double marginY = std::max(0.0, (truth.box.h - std::abs(p.top.y - p.low.y)) / 2);
    const double x0 = std::min(cut.poker->low.x, cut.poker->top.x) + 0.5 - marginX;
    const double y0 = std::min(cut.poker->low.y, cut.poker->top.y) + 0.5 - marginY;
    const double x1 = std::max(cut.poker->low.x, cut.poker->top.x) + 0.5 + marginX;
    const double y1 = std::max(cut.poker->low.y, cut.poker->top.y) + 0.5 + marginY;
    cut.box = clipBox({x0, y0, x1 - x0, y1 - y0}, width, height);
    return cut;
}

// Shape must tell what a thing is, not its colour: R. Geirhos et al., "ImageNet-trained CNNs are
// biased towards texture", 2019, for why that makes a network hold in pictures of another make.
void permuteChannels(cv::Mat& image, Random& random) {
    int order[3] = {0, 1, 2};
    std::shuffle(std::begin(order), std::end(order), random);
    cv::Mat out(image.size(), CV_8UC3);
    const int pairs[6] = {0, order[0], 1, order[1], 2, order[2]};
    cv::mixChannels(&image, 1, &out, 1, pairs, 3);
    image = out;
}

// Fewer tones, harder edges: what encoders, sharpening cameras and drawn scenes do to a picture.
void changeManner(cv::Mat& image, Random& random) {
    const double kind = uniform(random, 0, 1);
    if (kind < 0.07) {  // steps of brightness
        const int step = static_cast<int>(uniform(random, 12, 40));
        cv::Mat table(1, 256, CV_8U);
        for (int v = 0; v < 256; ++v) {
            table.at<uchar>(0, v) = cv::saturate_cast<uchar>(v / step * step + step / 2);
        }
        cv::LUT(image, table, image);
    } else if (kind < 0.17) {  // sharpened
        cv::Mat soft;
        cv::GaussianBlur(image, soft, {}, uniform(random, 0.8, 2.5));
        const double amount = uniform(random, 0.4, 1.6);
        cv::addWeighted(image, 1 + amount, soft, -amount, 0, image);
    } else if (kind < 0.24) {  // textures gone, edges kept
        cv::Mat out;
        cv::bilateralFilter(image, out, 5, uniform(random, 20, 60), 3);
        image = out;
    } else if (kind < 0.35) {  // seen at night: little light, much noise of coarse grain
        const double light = uniform(random, 0.2, 0.7);
        cv::Mat grain(image.rows / 2 + 1, image.cols / 2 + 1, CV_16SC3), wide;
        cv::setRNGSeed(static_cast<int>(random() & 0x7fffffff));
        cv::randn(grain, cv::Scalar::all(0), cv::Scalar::all(uniform(random, 3, 12)));
        cv::resize(grain, grain, image.size());
        image.convertTo(wide, CV_16S, light);
        wide += grain;
        wide.convertTo(image, CV_8U);
    }
}

// Textures and colours change, shapes stay: the picture through a small filter of random weights,
// mixed with the picture itself. Z. Xu et al., "Robust and generalizable visual representation
// learning via random convolutions", ICLR 2021.
void convolveAtRandom(cv::Mat& image, Random& random) {
    const int size = 1 + 2 * std::uniform_int_distribution<int>(0, 2)(random);
    std::normal_distribution<float> weight(0, 1.0F / std::sqrt(3.0F * float(size * size)));
    cv::Mat wide, out;
    image.convertTo(wide, CV_32F, 1.0 / 128, -1);
    std::vector<cv::Mat> in(3), mixed(3);
    cv::split(wide, in);
    cv::Mat kernel(size, size, CV_32F), part;
    for (cv::Mat& channel : mixed) {
        channel = cv::Mat::zeros(image.size(), CV_32F);
        for (const cv::Mat& source : in) {
            for (float& w : cv::Mat_<float>(kernel)) {
                w = weight(random);
            }
            cv::filter2D(source, part, CV_32F, kernel);
            channel += part;
        }
    }
    cv::merge(mixed, out);
    // Spread over the range of a picture again: the weights may have made it flat or too strong.
    cv::Scalar mean, deviation;
    cv::meanStdDev(out.reshape(1), mean, deviation);
    const double keep = uniform(random, 0, 0.8);
    const double gain = uniform(random, 35, 70) / std::max(1e-3, deviation[0]);
    out = (out - cv::Scalar::all(mean[0])) * gain + cv::Scalar::all(uniform(random, 90, 150));
    out.convertTo(out, CV_8U);
    cv::addWeighted(image, keep, out, 1 - keep, 0, image);
}

void changeColour(cv::Mat& image, Random& random) {
    // Gain and shift for each channel: white balance, exposure, haze.
    cv::Mat table(1, 256, CV_8UC3);
    const double gain = uniform(random, 0.65, 1.4), shift = uniform(random, -25, 25);
    const double gamma = std::exp(uniform(random, -0.35, 0.35));
    const bool grey = chance(random, 0.1);
    double channelGain[3];
    for (double& g : channelGain) {
        g = gain * uniform(random, 0.9, 1.1);
    }
    for (int v = 0; v < 256; ++v) {
        for (int c = 0; c < 3; ++c) {
            const double curve = 255.0 * std::pow(v / 255.0, gamma);
            table.at<cv::Vec3b>(0, v)[c] = cv::saturate_cast<uchar>(curve * channelGain[c] + shift);
        }
    }
    cv::LUT(image, table, image);
    if (chance(random, 0.12)) {
        permuteChannels(image, random);
    }
    if (grey) {
        cv::Mat one;
        cv::cvtColor(image, one, cv::COLOR_BGR2GRAY);
        cv::cvtColor(one, image, cv::COLOR_GRAY2BGR);
    } else if (chance(random, 0.4)) {
        cv::Mat hsv;
        cv::cvtColor(image, hsv, cv::COLOR_BGR2HSV);
        const int hue = static_cast<int>(uniform(random, -9, 9));
        const double saturation = uniform(random, 0.4, 1.5);
        cv::Mat curves(1, 256, CV_8UC3);
        for (int v = 0; v < 256; ++v) {
            curves.at<cv::Vec3b>(0, v) =
                cv::Vec3b(static_cast<uchar>((v + hue + 180) % 180),
                          cv::saturate_cast<uchar>(v * saturation), static_cast<uchar>(v));
        }
        cv::LUT(hsv, curves, hsv);
        cv::cvtColor(hsv, image, cv::COLOR_HSV2BGR);
    }
}

void degrade(cv::Mat& image, Random& random) {
    if (chance(random, 0.15)) {
        cv::GaussianBlur(image, image, {}, uniform(random, 0.4, 1.3));
    } else if (chance(random, 0.12)) {  // motion
        const int length = 3 + 2 * static_cast<int>(uniform(random, 0, 3));
        cv::Mat kernel = cv::Mat::zeros(length, length, CV_32F);
        const double angle = uniform(random, 0, CV_PI);
        const cv::Point mid(length / 2, length / 2);
        const cv::Point d(static_cast<int>(std::lround(std::cos(angle) * mid.x)),
                          static_cast<int>(std::lround(std::sin(angle) * mid.y)));
        cv::line(kernel, mid - d, mid + d, cv::Scalar(1));
        kernel /= cv::sum(kernel)[0];
        cv::filter2D(image, image, -1, kernel);
    }
    if (chance(random, 0.3)) {
        cv::Mat noise(image.size(), CV_16SC3), wide;
        cv::setRNGSeed(static_cast<int>(random() & 0x7fffffff));
        cv::randn(noise, cv::Scalar::all(0), cv::Scalar::all(uniform(random, 2, 12)));
        image.convertTo(wide, CV_16S);
        wide += noise;
        wide.convertTo(image, CV_8U);
    }
    if (chance(random, 0.25)) {
        std::vector<uchar> bytes;
        cv::imencode(".jpg", image, bytes,
                     {cv::IMWRITE_JPEG_QUALITY, static_cast<int>(uniform(random, 25, 80))});
        image = cv::imdecode(bytes, cv::IMREAD_COLOR);
    }
}

// Where the crop lies: mostly around an object, half of the time around a poker if there is one.
PointPx cropCentre(const LabelledPicture& picture, Random& random) {
    std::vector<const Detection*> pokers, any;
    for (const Detection& d : picture.truth) {
        any.push_back(&d);
        if (d.cls == ObjectClass::Vibrator) {
            pokers.push_back(&d);
        }
    }
    const double dice = uniform(random, 0, 1);
    const auto& candidates = dice < 0.5 && !pokers.empty() ? pokers : any;
    if (dice < 0.75 && !candidates.empty()) {
        const auto pick = std::uniform_int_distribution<size_t>(0, candidates.size() - 1)(random);
        const BoxPx& b = candidates[pick]->box;
        return {b.x + b.w * uniform(random, -0.3, 1.3), b.y + b.h * uniform(random, -0.3, 1.3)};
    }
    return {uniform(random, 0, picture.bgr.cols), uniform(random, 0, picture.bgr.rows)};
}

double scaleForWidth(const cv::Mat& picture, double width) {
    constexpr double kInputShape = double(kInputHeight) / kInputWidth;
    return std::min(width / picture.cols, width * kInputShape / picture.rows);
}

// How much a run would enlarge the picture for the network.
double scaleOne(const LabelledPicture& picture, const AugmentOptions& options, Random& random) {
    const double normal = scaleForWidth(picture.bgr, options.normalWidth);
    std::vector<double> heights;
    for (const Detection& d : picture.truth) {
        if (d.cls == ObjectClass::Person) {
            heights.push_back(d.box.h);
        }
    }
    if (options.peopleHeight <= 0 || heights.empty() || !chance(random, options.peopleShare)) {
        return normal;
    }
    return inference::scaleForPeople(std::move(heights), options.peopleHeight, normal,
                                     scaleForWidth(picture.bgr, options.widestPicture));
}

// Offset of the scaled picture in the crop: no more border than needed, at a random place if the
// picture is smaller than the crop.
double offsetFor(double centre, double scaledSize, double cropSize, Random& random) {
    if (scaledSize <= cropSize) {
        return uniform(random, 0, cropSize - scaledSize);
    }
    return std::clamp(cropSize / 2 - centre, cropSize - scaledSize, 0.0);
}

}  // namespace

std::optional<Detection> clipTruth(const Detection& truth, double width, double height,
                                   double& visible) {
    visible = 0;
    const BoxPx clipped = clipBox(truth.box, width, height);
    if (clipped.w <= 0 || clipped.h <= 0) {
        return std::nullopt;
    }
    if (truth.poker) {
        return clipPoker(truth, width, height, visible);
    }
    visible = clipped.w * clipped.h / std::max(1e-9, truth.box.w * truth.box.h);
    Detection cut = truth;
    cut.box = clipped;
    return cut;
}

TrainingCrop augment(const LabelledPicture& picture, const AugmentOptions& options,
                     std::mt19937_64& random) {
    const double scale =
        scaleOne(picture, options, random) *
        std::exp(uniform(random, std::log(options.smallestScale), std::log(options.largestScale)));
    const double stretch = uniform(random, 0.92, 1.08);
    Placement place{};
    place.scaleX = scale * stretch;
    place.scaleY = scale / stretch;
    place.width = options.width;
    place.mirrored = chance(random, 0.5);
    const PointPx centre = cropCentre(picture, random);
    place.offsetX =
        offsetFor(centre.x * place.scaleX, picture.bgr.cols * place.scaleX, options.width, random);
    place.offsetY =
        offsetFor(centre.y * place.scaleY, picture.bgr.rows * place.scaleY, options.height, random);

    TrainingCrop crop;
    crop.labelled = picture.labelled;
    // warpAffine does not average, so shrink by area first when much is lost.
    cv::Mat source = picture.bgr;
    double preScale = 1;
    if (scale < 0.6) {
        preScale = scale;
        cv::resize(picture.bgr, source, {}, preScale, preScale, cv::INTER_AREA);
    }
    const double kx = place.scaleX / preScale, ky = place.scaleY / preScale;
    // warpAffine counts from pixel centres: x' + 0.5 = k (x + 0.5) + offset.
    cv::Matx23d map(kx, 0, kx * 0.5 + place.offsetX - 0.5, 0, ky, ky * 0.5 + place.offsetY - 0.5);
    if (place.mirrored) {
        map(0, 0) = -kx;
        map(0, 2) = options.width - 1 - map(0, 2);
    }
    cv::warpAffine(source, crop.bgr, map, {options.width, options.height}, cv::INTER_LINEAR,
                   cv::BORDER_CONSTANT, cv::Scalar::all(114));
    if (options.colour) {
        if (chance(random, 0.15)) {
            convolveAtRandom(crop.bgr, random);
        } else if (chance(random, 0.85)) {
            changeColour(crop.bgr, random);
        }
        changeManner(crop.bgr, random);
        degrade(crop.bgr, random);
    }

    constexpr double kEnough = 0.35, kSomething = 0.02, kSmallest = 5;
    for (const Detection& whole : picture.truth) {
        Detection moved = whole;
        moved.box = place.box(whole.box);
        if (whole.poker) {
            moved.poker->low = place.point(whole.poker->low);
            moved.poker->top = place.point(whole.poker->top);
        }
        double visible = 0;
        const auto cut = clipTruth(moved, options.width, options.height, visible);
        if (!cut) {
            continue;
        }
        const double longSide = std::max(cut->box.w, cut->box.h);
        if (visible >= kEnough && longSide >= kSmallest) {
            crop.truth.push_back(*cut);
        } else if (visible > kSomething) {
            crop.ignored.push_back(*cut);
        }
    }
    for (const BoxPx& hidden : picture.ignore) {
        Detection d;
        d.box = clipBox(place.box(hidden), options.width, options.height);
        if (d.box.w > 0 && d.box.h > 0) {
            crop.ignored.push_back(d);
        }
    }
    return crop;
}

}  // namespace cvd::training
