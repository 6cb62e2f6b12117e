// Pictures that people corrected in the program: COCO with key points (docs/contract.md).
#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/small_file.h"
#include "core/training/read_picture.h"
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
        CVD_TRY_ASSIGN(picture.bgr, readPicture(entry.file));
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

// May be empty: no picture of this split.
Result<std::vector<Entry>> readEntries(const fs::path& folder, const std::string& split) {
    constexpr std::uintmax_t kMostBytes = std::uintmax_t{1} << 30;
    const fs::path file = folder / "annotations.json";
    CVD_TRY_ASSIGN(const std::string bytes, readSmallFile(file, kMostBytes));
    try {
        return entriesOf(folder, nlohmann::json::parse(bytes), split);
    } catch (const nlohmann::json::exception& e) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The annotations %1 cannot be read. Export them again."),
                    {file.string()}, e.what());
    }
}

Result<std::vector<fs::path>> annotatedFolders(const fs::path& dataDir) {
    std::vector<fs::path> folders;
    std::error_code error, absent;
    for (fs::directory_iterator it(dataDir, error), end; !error && it != end; it.increment(error)) {
        if (fs::exists(it->path() / "annotations.json", absent)) {
            folders.push_back(it->path());
        }
    }
    if (error) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The folder %1 cannot be read."),
                    {dataDir.string()}, error.message());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

}  // namespace

Result<std::unique_ptr<SampleSource>> annotationSource(const fs::path& folder,
                                                       const std::string& split) {
    CVD_TRY_ASSIGN(std::vector<Entry> entries, readEntries(folder, split));
    if (entries.empty()) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The folder %1 holds no pictures."),
                    {folder.string()});
    }
    return std::unique_ptr<SampleSource>(
        std::make_unique<AnnotatedFolder>(folder.filename().string(), std::move(entries)));
}

Result<std::vector<std::unique_ptr<SampleSource>>> annotationSources(const fs::path& dataDir,
                                                                     const std::string& split) {
    CVD_TRY_ASSIGN(const std::vector<fs::path> folders, annotatedFolders(dataDir));
    std::vector<std::unique_ptr<SampleSource>> sources;
    for (const fs::path& folder : folders) {
        CVD_TRY_ASSIGN(std::vector<Entry> entries, readEntries(folder, split));
        if (!entries.empty()) {
            sources.push_back(
                std::make_unique<AnnotatedFolder>(folder.filename().string(), std::move(entries)));
        }
    }
    return sources;
}

}  // namespace cvd::training
