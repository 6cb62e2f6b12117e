#include "core/training/sample_source.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <mutex>
#include <sstream>
#include <system_error>

#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include "core/media/video_reader.h"
#include "core/simulation/drawn_sample.h"
#include "core/simulation/pour.h"
#include "core/simulation/solid_sample.h"
#include "core/simulation/training_sample.h"
#include "core/training/read_picture.h"

namespace cvd::training {

namespace fs = std::filesystem;

namespace {

// Real sets below a data folder, and the number of the class that means a person.
constexpr std::pair<const char*, int> kRealSets[] = {{"site_safety", 5}, {"rig_workers", 4}};

using Renderer = simulation::TrainingSample (*)(std::uint64_t seed, int width, int height,
                                                const simulation::BackgroundPool* backgrounds);

class RenderedSource final : public SampleSource {
public:
    RenderedSource(std::string name, Renderer render, std::uint64_t firstSeed,
                   simulation::BackgroundPool backgrounds)
        : m_name(std::move(name)),
          m_render(render),
          m_firstSeed(firstSeed),
          m_backgrounds(std::move(backgrounds)) {}

    std::string name() const override { return m_name; }
    std::uint64_t size() const override { return 0; }

    Result<LabelledPicture> sample(std::uint64_t index) const override {
        const std::uint64_t seed = m_firstSeed + index;
        try {
            simulation::TrainingSample s =
                m_render(seed, kRenderedWidth, kRenderedHeight,
                         m_backgrounds.empty() ? nullptr : &m_backgrounds);
            LabelledPicture picture;
            picture.bgr = std::move(s.bgr);
            picture.truth = std::move(s.truth);
            picture.ignore = std::move(s.ignore);
            picture.name = "seed " + std::to_string(seed);
            return picture;
        } catch (const std::exception& e) {
            return fail(
                ErrorKind::Environment,
                CVD_TR("core", "The simulated picture with the seed %1 cannot be rendered."),
                {std::to_string(seed)}, e.what());
        }
    }

private:
    std::string m_name;
    Renderer m_render;
    std::uint64_t m_firstSeed;
    simulation::BackgroundPool m_backgrounds;
};

// Every so many'th of `from`, `count` at most.
std::vector<std::uint64_t> spreadOver(const std::vector<std::uint64_t>& from, std::uint64_t count) {
    std::vector<std::uint64_t> some;
    const std::uint64_t n = std::min<std::uint64_t>(count, from.size());
    for (std::uint64_t k = 0; k < n; ++k) {
        some.push_back(from[k * from.size() / n]);
    }
    return some;
}

// Does the tip of a poker go in or come out within a moment of this time?
bool atAnEdge(const nlohmann::json& truth, double timeS) {
    constexpr double kNearS = 1.2;
    for (const auto& insertion : truth.at("insertions")) {
        for (const char* edge : {"start_s", "end_s"}) {
            if (std::abs(insertion.at(edge).get<double>() - timeS) <= kNearS) {
                return true;
            }
        }
    }
    return false;
}

// Renders a pour when the first of its frames is asked for and keeps the frames of the last one.
class PourSource final : public SampleSource {
public:
    PourSource(std::uint64_t firstSeed, fs::path scratchDir, PourFrames which,
               const std::atomic<bool>* cancelled)
        : m_firstSeed(firstSeed),
          m_scratchDir(std::move(scratchDir)),
          m_which(which),
          m_frameCount(which == PourFrames::AtEdges ? 64 : 32),
          m_cancelled(cancelled) {}

    std::string name() const override { return "pours"; }
    std::uint64_t size() const override { return 0; }

    Result<LabelledPicture> sample(std::uint64_t index) const override {
        const std::lock_guard lock(m_mutex);
        const std::uint64_t pour = index / m_frameCount;
        if (m_frames.empty() || m_pour != pour) {
            m_frames.clear();
            CVD_TRY(render(pour));
            m_pour = pour;
        }
        const LabelledPicture& kept = m_frames[index % m_frameCount % m_frames.size()];
        LabelledPicture copy = kept;
        copy.bgr = kept.bgr.clone();
        return copy;
    }

private:
    Status render(std::uint64_t pour) const {
        // Fixed, so that figures of different versions are about the same pours.
        constexpr std::array names{"clean",          "two_crews", "shaking_dusk", "under_vibration",
                                   "over_vibration", "dragging",  "missed_area",  "spacing",
                                   "no_poker",       "sample"};
        constexpr double kEdgeFps = 4;
        simulation::ScenarioOptions options;
        options.scenario = names[pour % names.size()];
        options.seed = m_firstSeed + pour;
        options.fps = m_which == PourFrames::AtEdges ? kEdgeFps : 1;
        options.width = 1280;
        options.height = 720;
        const fs::path dir = m_scratchDir / ("pour-" + std::to_string(options.seed));
        std::error_code ignored;
        Status status = simulation::simulatePour(
            options, dir, [this] { return m_cancelled && m_cancelled->load(); });
        if (status.ok()) {
            try {
                status = read(dir);
            } catch (const std::exception& e) {
                status = fail(ErrorKind::Environment,
                              CVD_TR("core", "The simulated pour %1 cannot be read."),
                              {dir.string()}, e.what());
            }
        }
        fs::remove_all(dir, ignored);
        return status;
    }

    Status read(const fs::path& dir) const {
        std::ifstream in(dir / "truth.json");
        const nlohmann::json truth = nlohmann::json::parse(in);
        const nlohmann::json& frames = truth.at("frames");
        CVD_TRY_ASSIGN(const auto video, media::VideoReader::open(dir / "video.mp4"));
        for (const std::uint64_t f :
             chosen(truth, static_cast<std::uint64_t>(video->frameCount()))) {
            CVD_TRY_ASSIGN(const media::Frame frame, video->frame(static_cast<FrameIndex>(f)));
            LabelledPicture picture;
            // Hardly larger than the detector's input, for half of the memory.
            cv::resize(frame.bgr, picture.bgr, {kRenderedWidth, kRenderedHeight}, 0, 0,
                       cv::INTER_AREA);
            for (const auto& object : frames.at(f).at("objects")) {
                picture.truth.push_back(truthOf(object, double(kRenderedWidth) / frame.bgr.cols));
            }
            picture.name = dir.filename().string() + " frame " + std::to_string(f);
            m_frames.push_back(std::move(picture));
        }
        return {};
    }

    std::vector<std::uint64_t> chosen(const nlohmann::json& truth, std::uint64_t total) const {
        std::vector<std::uint64_t> atEdges, others;
        for (std::uint64_t f = 0; f < total; ++f) {
            const bool edge = m_which == PourFrames::AtEdges &&
                              atAnEdge(truth, truth.at("frames").at(f).at("time_s").get<double>());
            (edge ? atEdges : others).push_back(f);
        }
        std::vector<std::uint64_t> frames = spreadOver(atEdges, m_frameCount / 2);
        const auto more = spreadOver(others, m_frameCount - frames.size());
        frames.insert(frames.end(), more.begin(), more.end());
        std::sort(frames.begin(), frames.end());
        return frames;
    }

    static Detection truthOf(const nlohmann::json& object, double scale) {
        const auto number = [&](const char* key, int i) {
            return object.at(key).at(static_cast<size_t>(i)).get<double>();
        };
        Detection d;
        d.cls = objectClassFromName(object.at("class").get<std::string>()).value();
        d.score = 1;
        d.box = {number("box", 0) * scale, number("box", 1) * scale, number("box", 2) * scale,
                 number("box", 3) * scale};
        if (object.contains("low")) {
            // Points count from pixel centres.
            const auto point = [&](const char* key) {
                return PointPx{(number(key, 0) + 0.5) * scale - 0.5,
                               (number(key, 1) + 0.5) * scale - 0.5};
            };
            d.poker = PokerPoints{point("low"), point("top"), 1, 1,
                                  object.at("immersed").get<bool>() ? 1.0f : 0.0f};
        }
        return d;
    }

    std::uint64_t m_firstSeed;
    fs::path m_scratchDir;
    PourFrames m_which;
    std::uint64_t m_frameCount;
    const std::atomic<bool>* m_cancelled;
    mutable std::mutex m_mutex;
    mutable std::uint64_t m_pour = 0;
    mutable std::vector<LabelledPicture> m_frames;
};

class YoloFolder final : public SampleSource {
public:
    YoloFolder(fs::path folder, int personClass, std::vector<fs::path> images)
        : m_folder(std::move(folder)), m_personClass(personClass), m_images(std::move(images)) {}

    std::string name() const override {
        return m_folder.parent_path().filename().string() + "/" + m_folder.filename().string();
    }
    std::uint64_t size() const override { return m_images.size(); }

    Result<LabelledPicture> sample(std::uint64_t index) const override {
        const fs::path& file = m_images[index % m_images.size()];
        LabelledPicture picture;
        picture.name = file.filename().string();
        CVD_TRY_ASSIGN(picture.bgr, readPicture(file));
        readLabels(file, picture);
        return picture;
    }

private:
    void readLabels(const fs::path& image, LabelledPicture& picture) const {
        std::ifstream in(m_folder / "labels" / image.stem().concat(".txt"));
        const double width = picture.bgr.cols, height = picture.bgr.rows;
        std::string line;
        while (std::getline(in, line)) {
            std::istringstream fields(line);
            fields.imbue(std::locale::classic());
            int cls = -1;
            double cx = 0, cy = 0, w = 0, h = 0;
            if (!(fields >> cls >> cx >> cy >> w >> h) || cls != m_personClass) {
                continue;
            }
            Detection d;
            d.cls = ObjectClass::Person;
            d.score = 1;
            d.box = {(cx - w / 2) * width, (cy - h / 2) * height, w * width, h * height};
            picture.truth.push_back(d);
        }
    }

    fs::path m_folder;
    int m_personClass;
    std::vector<fs::path> m_images;
};

Result<std::unique_ptr<SampleSource>> renderedSource(const char* name, Renderer render,
                                                     std::uint64_t firstSeed,
                                                     const fs::path& dataDir,
                                                     const std::string& split) {
    simulation::BackgroundPool backgrounds;
    std::error_code ignored;
    for (const auto& [folder, person] : kRealSets) {
        const fs::path path = dataDir / folder / split;
        if (dataDir.empty() || !fs::is_directory(path, ignored)) {
            continue;
        }
        try {
            CVD_TRY(backgrounds.addYoloFolder(path, person));
        } catch (const std::exception&) {
            // OpenCV throws for impossible sizes. Those before it, by name, are backgrounds
            // already.
            warnOnce("A picture below " + path.string() +
                     " cannot be decoded; it and those after it are no backgrounds. Take it out.");
        }
    }
    return std::unique_ptr<SampleSource>(
        std::make_unique<RenderedSource>(name, render, firstSeed, std::move(backgrounds)));
}

}  // namespace

Result<std::unique_ptr<SampleSource>> simulatedSource(std::uint64_t firstSeed,
                                                      const fs::path& dataDir,
                                                      const std::string& split) {
    return renderedSource("simulated", simulation::renderTrainingSample, firstSeed, dataDir, split);
}

Result<std::unique_ptr<SampleSource>> drawnSource(std::uint64_t firstSeed, const fs::path& dataDir,
                                                  const std::string& split) {
    return renderedSource("drawn", simulation::renderDrawnSample, firstSeed, dataDir, split);
}

Result<std::unique_ptr<SampleSource>> solidSource(std::uint64_t firstSeed, const fs::path& dataDir,
                                                  const std::string& split) {
    return renderedSource("solid", simulation::renderSolidSample, firstSeed, dataDir, split);
}

Result<std::unique_ptr<SampleSource>> pourSource(std::uint64_t firstSeed,
                                                 const fs::path& scratchDir, PourFrames frames,
                                                 const std::atomic<bool>* cancelled) {
    std::error_code error;
    fs::create_directories(scratchDir, error);
    if (error) {
        return fail(ErrorKind::Environment, CVD_TR("core", "The folder %1 cannot be created."),
                    {scratchDir.string()}, error.message());
    }
    return std::unique_ptr<SampleSource>(
        std::make_unique<PourSource>(firstSeed, scratchDir, frames, cancelled));
}

Result<std::vector<std::unique_ptr<SampleSource>>> renderedSources(
    std::uint64_t firstSeed, const fs::path& dataDir, const std::string& split,
    const fs::path& scratchDir, PourFrames pourFrames, const std::atomic<bool>* cancelled) {
    std::vector<std::unique_ptr<SampleSource>> all;
    for (auto* make : {simulatedSource, drawnSource, solidSource}) {
        CVD_TRY_ASSIGN(auto source, make(firstSeed, dataDir, split));
        all.push_back(std::move(source));
    }
    CVD_TRY_ASSIGN(auto pours, pourSource(firstSeed, scratchDir, pourFrames, cancelled));
    all.push_back(std::move(pours));
    return all;
}

Result<std::unique_ptr<SampleSource>> yoloFolderSource(const fs::path& folder, int personClass) {
    std::vector<fs::path> images;
    std::error_code error;
    for (fs::directory_iterator it(folder / "images", error), end; !error && it != end;
         it.increment(error)) {
        if (endsLike(it->path(), {".jpg", ".jpeg", ".png"})) {
            images.push_back(it->path());
        }
    }
    if (error || images.empty()) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The folder %1 holds no pictures."),
                    {(folder / "images").string()}, error.message());
    }
    std::sort(images.begin(), images.end());
    return std::unique_ptr<SampleSource>(
        std::make_unique<YoloFolder>(folder, personClass, std::move(images)));
}

Result<std::vector<std::unique_ptr<SampleSource>>> realSources(const fs::path& dataDir,
                                                               const std::string& split) {
    std::vector<std::unique_ptr<SampleSource>> sources;
    if (dataDir.empty()) {
        return sources;
    }
    std::error_code ignored;
    if (!fs::is_directory(dataDir, ignored)) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The folder %1 does not exist."),
                    {dataDir.string()});
    }
    for (const auto& [folder, person] : kRealSets) {
        const fs::path set = dataDir / folder / split;
        if (fs::exists(set, ignored)) {
            CVD_TRY_ASSIGN(auto source, yoloFolderSource(set, person));
            sources.push_back(std::move(source));
        }
    }
    CVD_TRY_ASSIGN(auto corrected, annotationSources(dataDir, split));
    std::move(corrected.begin(), corrected.end(), std::back_inserter(sources));
    return sources;
}

Error noRealPictures(const fs::path& dataDir, const std::string& split) {
    return fail(ErrorKind::BadInput,
                CVD_TR("core",
                       "The folder %1 holds no labelled pictures of the split %2: neither "
                       "site_safety, nor rig_workers, nor a folder with annotations.json."),
                {dataDir.string(), split});
}

}  // namespace cvd::training
