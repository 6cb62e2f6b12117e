// Pictures that people corrected in the program: COCO with key points (docs/contract.md).
#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/base/log.h"
#include "core/training/sample_source.h"

namespace cvd::training {

namespace fs = std::filesystem;

namespace {

struct Entry {
    fs::path file;
    LabelledPicture labels;  // without pixels
};

class AnnotatedFolder final : public SampleSource {
public:
    AnnotatedFolder(std::string name, std::vector<Entry> entries)
        : m_name(std::move(name)), m_entries(std::move(entries)) {}

    std::string name() const override { return m_name; }
    std::uint64_t size() const override { return m_entries.size(); }

    Result<LabelledPicture> sample(std::uint64_t index) const override {
        const Entry& entry = m_entries[index % m_entries.size()];
        LabelledPicture picture = entry.labels;
        try {
            picture.bgr = cv::imread(entry.file.string(), cv::IMREAD_COLOR);
        } catch (const cv::Exception&) {
            picture.bgr.release();
        }
        if (picture.bgr.empty()) {
            return fail(ErrorKind::BadInput, CVD_TR("core", "The picture %1 cannot be read."),
                        {entry.file.string()});
        }
        return picture;
    }

private:
    std::string m_name;
    std::vector<Entry> m_entries;
};

// COCO counts from the corner of the first pixel, this program from its centre.
Detection detectionFrom(const nlohmann::json& a, ObjectClass cls) {
    const auto& box = a.at("bbox");
    Detection d;
    d.cls = cls;
    d.score = 1;
    d.box = {box.at(0).get<double>() - 0.5, box.at(1).get<double>() - 0.5, box.at(2).get<double>(),
             box.at(3).get<double>()};
    if (cls == ObjectClass::Vibrator && a.contains("keypoints")) {
        const auto& k = a.at("keypoints");
        const auto point = [&](std::size_t i) {
            return PointPx{k.at(i).get<double>() - 0.5, k.at(i + 1).get<double>() - 0.5};
        };
        const bool known = a.contains("immersed") && a.at("immersed").is_boolean();
        d.poker = PokerPoints{point(0), point(3), 1, 1,
                              known ? (a.at("immersed").get<bool>() ? 1.0F : 0.0F) : -1.0F};
    }
    return d;
}

std::vector<Entry> entriesOf(const fs::path& folder, const nlohmann::json& document,
                             const std::string& split) {
    std::map<std::int64_t, ObjectClass> classes;
    for (const auto& category : document.at("categories")) {
        if (const auto cls = objectClassFromName(category.at("name").get<std::string>())) {
            classes[category.at("id").get<std::int64_t>()] = *cls;
        }
    }
    std::vector<Entry> entries;
    std::map<std::int64_t, std::size_t> places;
    for (const auto& image : document.at("images")) {
        if (image.value("split", "train") != split) {
            continue;
        }
        Entry entry;
        const auto name = image.at("file_name").get<std::string>();
        entry.file = folder / name;
        entry.labels.name = name;
        if (image.contains("labelled")) {
            entry.labels.labelled.fill(false);
            for (const auto& cls : image.at("labelled")) {
                if (const auto known = objectClassFromName(cls.get<std::string>())) {
                    entry.labels.labelled[static_cast<std::size_t>(*known)] = true;
                }
            }
        }
        places[image.at("id").get<std::int64_t>()] = entries.size();
        entries.push_back(std::move(entry));
    }
    for (const auto& a : document.at("annotations")) {
        const auto place = places.find(a.at("image_id").get<std::int64_t>());
        const auto cls = classes.find(a.at("category_id").get<std::int64_t>());
        if (place != places.end() && cls != classes.end()) {
            entries[place->second].labels.truth.push_back(detectionFrom(a, cls->second));
        }
    }
    return entries;
}

}  // namespace

Result<std::unique_ptr<SampleSource>> annotationSource(const fs::path& folder,
                                                       const std::string& split) {
    const fs::path file = folder / "annotations.json";
    std::vector<Entry> entries;
    try {
        std::ifstream in(file);
        entries = entriesOf(folder, nlohmann::json::parse(in), split);
    } catch (const nlohmann::json::exception& e) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The annotations %1 cannot be read. Export them again."),
                    {file.string()}, e.what());
    }
    if (entries.empty()) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The folder %1 holds no pictures."),
                    {folder.string()});
    }
    return std::unique_ptr<SampleSource>(
        std::make_unique<AnnotatedFolder>(folder.filename().string(), std::move(entries)));
}

std::vector<std::unique_ptr<SampleSource>> annotationSources(const fs::path& dataDir,
                                                             const std::string& split) {
    std::vector<fs::path> folders;
    std::error_code error;
    for (fs::directory_iterator it(dataDir, error), end; !error && it != end; it.increment(error)) {
        if (fs::is_regular_file(it->path() / "annotations.json", error)) {
            folders.push_back(it->path());
        }
    }
    std::sort(folders.begin(), folders.end());
    std::vector<std::unique_ptr<SampleSource>> sources;
    for (const fs::path& folder : folders) {
        if (auto source = annotationSource(folder, split); source.ok()) {
            sources.push_back(std::move(source).value());
        } else {
            log(LogLevel::Info, "training", source.error().message());
        }
    }
    return sources;
}

}  // namespace cvd::training
