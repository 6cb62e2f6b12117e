#include "core/training/curves.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace cvd::training {

namespace {

using Series = std::vector<std::pair<double, double>>;  // minutes, value

std::map<std::string, Series> readLog(const std::filesystem::path& file) {
    std::map<std::string, Series> columns;
    std::ifstream in(file);
    std::vector<std::string> names;
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> fields;
        std::istringstream row(line);
        for (std::string field; std::getline(row, field, ',');) {
            fields.push_back(field);
        }
        if (!fields.empty() && fields[0] == "step") {
            names = fields;  // a run that was begun anew writes the names again
            continue;
        }
        for (size_t i = 0; i < std::min(names.size(), fields.size()); ++i) {
            if (!fields[i].empty() && fields.size() > 1) {
                columns[names[i]].emplace_back(std::atof(fields[1].c_str()),
                                               std::atof(fields[i].c_str()));
            }
        }
    }
    return columns;
}

struct Curve {
    const char* column;
    const char* label;
    cv::Scalar colour;
};

const cv::Scalar kInk(40, 35, 30), kLine(218, 213, 208);

void text(cv::Mat& image, const std::string& words, cv::Point at, const cv::Scalar& colour) {
    cv::putText(image, words, at, cv::FONT_HERSHEY_SIMPLEX, 0.42, colour, 1, cv::LINE_AA);
}

std::string shortNumber(double v) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.3g", v);
    return buffer;
}

void panel(cv::Mat image, const std::map<std::string, Series>& columns,
           const std::vector<Curve>& curves, const char* title, bool unitRange) {
    const cv::Rect area(60, 30, image.cols - 190, image.rows - 60);
    double lastX = 1e-9, low = unitRange ? 0 : 1e300, high = unitRange ? 1 : -1e300;
    for (const Curve& c : curves) {
        const auto it = columns.find(c.column);
        for (const auto& [x, y] : it == columns.end() ? Series{} : it->second) {
            lastX = std::max(lastX, x);
            if (!unitRange) {
                low = std::min(low, y);
                high = std::max(high, y);
            }
        }
    }
    if (high <= low) {
        low = high - 1;
    }
    text(image, title, {area.x, 20}, kInk);
    for (int i = 0; i <= 4; ++i) {
        const int y = area.y + area.height - area.height * i / 4;
        const int x = area.x + area.width * i / 4;
        cv::line(image, {area.x, y}, {area.x + area.width, y}, kLine);
        text(image, shortNumber(low + (high - low) * i / 4), {8, y + 4}, kInk);
        text(image, shortNumber(lastX * i / 4) + " min", {x - 16, area.y + area.height + 18}, kInk);
    }
    int legend = area.y + 10;
    for (const Curve& c : curves) {
        const auto it = columns.find(c.column);
        if (it == columns.end()) {
            continue;
        }
        std::vector<cv::Point> line;
        for (const auto& [x, y] : it->second) {
            line.emplace_back(
                area.x + cvRound(area.width * x / lastX),
                area.y + area.height -
                    cvRound(area.height * std::clamp((y - low) / (high - low), 0.0, 1.0)));
        }
        cv::polylines(image, std::vector<std::vector<cv::Point>>{line}, false, c.colour, 2,
                      cv::LINE_AA);
        for (const cv::Point& p : line) {
            cv::circle(image, p, 3, c.colour, cv::FILLED, cv::LINE_AA);
        }
        text(image, c.label, {area.x + area.width + 10, legend}, c.colour);
        legend += 20;
    }
}

}  // namespace

Status writeCurves(const std::filesystem::path& logCsv, const std::filesystem::path& png) {
    const auto columns = readLog(logCsv);
    if (columns.empty()) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The training log %1 holds no figures."),
                    {logCsv.string()});
    }
    const cv::Scalar orange(0, 159, 230), blue(178, 114, 0), green(115, 158, 0), red(0, 94, 213),
        pink(167, 121, 204), grey(120, 120, 120);
    try {
        cv::Mat image(720, 900, CV_8UC3, cv::Scalar::all(255));
        panel(image.rowRange(0, 240), columns,
              {{"loss", "all", kInk},
               {"heat", "heat", orange},
               {"box", "box", blue},
               {"points", "points", green}},
              "Loss", false);
        panel(image.rowRange(240, 480), columns,
              {{"poker_ap50", "poker, site", orange},
               {"drawn_poker_ap50", "poker, drawn", red},
               {"solid_poker_ap50", "poker, solid", kInk},
               {"pour_poker_ap50", "poker, pours", blue},
               {"person_ap50_sim", "person, site", green},
               {"person_ap50_real", "person, real", pink},
               {"hoe_ap50", "hoe, site", grey}},
              "AP at IoU 0.5 on pictures never trained on", true);
        panel(image.rowRange(480, 720), columns,
              {{"pour_low_median_px", "median, pours", blue},
               {"low_median_px", "median, site", orange},
               {"low_95_px", "95 %, site", red}},
              "Lowest point of the poker: error in px at 640 px of width", false);
        if (cv::imwrite(png.string(), image)) {
            return {};
        }
    } catch (const cv::Exception&) {  // said below
    }
    return fail(ErrorKind::Environment, CVD_TR("core", "The picture %1 cannot be written."),
                {png.string()});
}

}  // namespace cvd::training
