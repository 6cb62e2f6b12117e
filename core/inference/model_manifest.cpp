#include "core/inference/model_manifest.h"

#include <algorithm>
#include <cctype>
#include <system_error>

#include <nlohmann/json.hpp>

#include "core/base/file_hash.h"
#include "core/base/small_file.h"
#include "core/base/staged_file.h"

namespace cvd::inference {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kSchema = "cvd-mis/model/1";

struct FieldError {
    std::string field;
    std::string why;
};

// Required field of a given type; throws FieldError.
template <typename T>
T required(const json& object, const char* field) {
    if (!object.contains(field)) {
        throw FieldError{field, "is missing"};
    }
    try {
        return object.at(field).get<T>();
    } catch (const json::exception&) {
        throw FieldError{field, "has the wrong type"};
    }
}

template <typename T>
T optional(const json& object, const char* field, T fallback) {
    return object.contains(field) ? required<T>(object, field) : fallback;
}

std::array<float, 3> threeNumbers(const json& object, const char* field,
                                  std::array<float, 3> fallback) {
    const auto values =
        optional<std::vector<float>>(object, field, {fallback.begin(), fallback.end()});
    if (values.size() != 3) {
        throw FieldError{field, "must hold three numbers"};
    }
    return {values[0], values[1], values[2]};
}

template <typename T>
T oneOf(const json& object, const char* field, const char* fallback,
        const std::vector<std::pair<const char*, T>>& names) {
    const std::string name = optional<std::string>(object, field, fallback);
    for (const auto& [known, value] : names) {
        if (name == known) {
            return value;
        }
    }
    throw FieldError{field, "has the unknown value \"" + name + "\""};
}

// `M`: ModelManifest or MaskStage, which name the members of an input alike.
template <typename M>
void readInput(const json& input, M& m, int multiple) {
    m.inputWidth = required<int>(input, "width");
    m.inputHeight = required<int>(input, "height");
    for (int side : {m.inputWidth, m.inputHeight}) {
        if (side < 32 || side > 4096 || side % multiple != 0) {
            throw FieldError{
                "input", multiple > 1
                             ? "needs a width and height that are multiples of 32 from 32 to 4096"
                             : "needs a width and height from 32 to 4096"};
        }
    }
    m.colour = oneOf<ColourOrder>(input, "colour", "bgr",
                                  {{"bgr", ColourOrder::Bgr}, {"rgb", ColourOrder::Rgb}});
    m.align = oneOf<LetterboxAlign>(
        input, "align", "centre",
        {{"centre", LetterboxAlign::Centre}, {"top_left", LetterboxAlign::TopLeft}});
    m.mean = threeNumbers(input, "mean", m.mean);
    m.std = threeNumbers(input, "std", m.std);
    if (std::any_of(m.std.begin(), m.std.end(), [](float s) { return !(s > 0); })) {
        throw FieldError{"std", "must be positive"};
    }
    m.letterboxFill = optional<float>(input, "fill", m.letterboxFill);
    m.stretch = optional<bool>(input, "stretch", m.stretch);
}

void readPeopleFit(const json& root, ModelManifest& m) {
    constexpr const char* kField = "people_fit";
    if (!root.contains(kField)) {
        return;
    }
    const json object = required<json>(root, kField);
    if (!object.is_object() || m.decoder == Decoder::Pair) {
        throw FieldError{kField, "has the wrong type, or belongs to a pair of networks"};
    }
    PeopleFit fit;
    fit.height = required<double>(object, "height");
    fit.largestWidth = required<int>(object, "largest_width");
    fit.largestHeight = required<int>(object, "largest_height");
    fit.multiple = optional<int>(object, "multiple", fit.multiple);
    const auto sideWillDo = [&](int side, int least) {
        return side >= least && side <= 4096 && side % fit.multiple == 0;
    };
    if (!(fit.height >= 8 && fit.height <= 4096) || fit.multiple < 32 || fit.multiple % 32 != 0 ||
        !sideWillDo(fit.largestWidth, m.inputWidth) ||
        !sideWillDo(fit.largestHeight, m.inputHeight)) {
        throw FieldError{kField,
                         "needs a height from 8 to 4096, a multiple of 32, and largest sides "
                         "that are such multiples, up to 4096 and not below the input's"};
    }
    m.peopleFit = fit;
}

// Some tools print it in capitals.
std::string readHash(const json& o) {
    std::string hash = required<std::string>(o, "sha256");
    std::transform(hash.begin(), hash.end(), hash.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return hash;
}

void readClasses(const json& root, ModelManifest& m) {
    m.classes = required<std::vector<std::string>>(root, "classes");
    if (m.classes.empty() || m.classes.size() > 1000) {
        throw FieldError{"classes", "must name at least one class"};
    }
    m.classMapping.assign(m.classes.size(), std::nullopt);
    const bool hasMap = root.contains("class_map");
    const json map = optional<json>(root, "class_map", json::object());
    if (!map.is_object()) {
        throw FieldError{"class_map", "has the wrong type"};
    }
    bool any = false;
    for (size_t i = 0; i < m.classes.size(); ++i) {
        const std::string& own = m.classes[i];
        std::string ours = own;
        if (hasMap) {
            if (!map.contains(own)) {
                continue;
            }
            ours = required<std::string>(map, own.c_str());
        }
        m.classMapping[i] = objectClassFromName(ours);
        if (hasMap && !m.classMapping[i]) {
            throw FieldError{"class_map", "maps to the unknown class \"" + ours + "\""};
        }
        any = any || m.classMapping[i].has_value();
    }
    if (!any) {
        throw FieldError{"classes",
                         "holds none of vibrator, hoe and person, and class_map maps none to them"};
    }
    if (m.decoder == Decoder::Cvd &&
        m.classes != std::vector<std::string>{"vibrator", "hoe", "person"}) {
        throw FieldError{"classes", "must be vibrator, hoe, person for this decoder"};
    }
}

void readThresholds(const json& root, ModelManifest& m) {
    const json thresholds = optional<json>(root, "default_threshold", json::object());
    for (int c = 0; c < kObjectClassCount; ++c) {
        const std::string name(objectClassName(static_cast<ObjectClass>(c)));
        m.defaultThreshold[c] = optional<float>(thresholds, name.c_str(), m.defaultThreshold[c]);
        if (!(m.defaultThreshold[c] >= 0 && m.defaultThreshold[c] <= 1)) {
            throw FieldError{"default_threshold", "must lie between 0 and 1"};
        }
    }
    m.nmsIou = optional<float>(root, "nms_iou", m.nmsIou);
    if (!(m.nmsIou > 0 && m.nmsIou <= 1)) {
        throw FieldError{"nms_iou", "must lie between 0 and 1"};
    }
}

fs::path fileBeside(const json& object, const fs::path& folder) {
    const fs::path file = required<std::string>(object, "file");
    if (file.empty() || file.is_absolute() ||
        std::any_of(file.begin(), file.end(), [](const fs::path& p) { return p == ".."; })) {
        throw FieldError{"file", "must name a file in the manifest's own folder"};
    }
    return folder / file;
}

float within(const json& object, const char* field, float fallback, float least, float most) {
    const float value = optional<float>(object, field, fallback);
    if (!(value >= least && value <= most)) {
        throw FieldError{field, "is out of range"};
    }
    return value;
}

void readPair(const json& root, const fs::path& folder, ModelManifest& m) {
    m.firstDecoder = oneOf<Decoder>(root, "first_decoder", "yolox",
                                    {{"yolox", Decoder::YoloX}, {"yolov8", Decoder::YoloV8}});
    const json stage = required<json>(root, "mask_stage");
    if (!stage.is_object()) {
        throw FieldError{"mask_stage", "has the wrong type"};
    }
    MaskStage s;
    s.file = fileBeside(stage, folder);
    s.sha256 = readHash(stage);
    s.form = oneOf<MaskForm>(stage, "form", "mask",
                             {{"mask", MaskForm::Mask}, {"yolact", MaskForm::Yolact}});
    readInput(required<json>(stage, "input"), s, 1);
    s.cropMargin = within(stage, "crop_margin", s.cropMargin, 0, 1);
    s.boxScore = within(stage, "box_score", s.boxScore, 0, 1);
    s.threshold = within(stage, "threshold", s.threshold, 0, 1);
    s.maxBoxes = optional<int>(stage, "max_boxes", s.maxBoxes);
    if (s.maxBoxes < 1 || s.maxBoxes > 100) {
        throw FieldError{"max_boxes", "must lie between 1 and 100"};
    }
    m.maskStage = s;
}

void readFigures(const json& root, ModelManifest& m) {
    const json figures = optional<json>(root, "figures", json::object());
    if (!figures.is_object()) {
        throw FieldError{"figures", "has the wrong type"};
    }
    for (const auto& [name, value] : figures.items()) {
        m.figures.push_back({name, value.is_string() ? value.get<std::string>() : value.dump()});
    }
}

void readPrecision(const json& root, ModelManifest& m) {
    if (!root.contains("reduced_precision")) {
        return;
    }
    const json precision = required<json>(root, "reduced_precision");
    if (!precision.is_object()) {
        throw FieldError{"reduced_precision", "has the wrong type"};
    }
    m.keepFloat32 = optional<std::vector<std::string>>(precision, "keep_float32", {});
}

ModelManifest parse(const json& root, const fs::path& path) {
    if (required<std::string>(root, "schema") != kSchema) {
        throw FieldError{"schema", std::string("is not ") + kSchema};
    }
    ModelManifest m;
    m.manifestFile = fs::absolute(path);
    m.name = required<std::string>(root, "name");
    m.version = required<std::string>(root, "version");
    m.description = optional<std::string>(root, "description", "");
    m.licence = optional<std::string>(root, "licence", "");
    m.sha256 = readHash(root);
    m.file = fileBeside(root, m.manifestFile.parent_path());
    const auto decoder = decoderFromName(required<std::string>(root, "decoder"));
    if (!decoder) {
        throw FieldError{"decoder", "must be cvd, yolox, yolov8 or pair"};
    }
    m.decoder = *decoder;
    readInput(required<json>(root, "input"), m, 32);
    readPeopleFit(root, m);
    if (m.decoder == Decoder::Pair) {
        readPair(root, m.manifestFile.parent_path(), m);
    }
    readClasses(root, m);
    readThresholds(root, m);
    readFigures(root, m);
    readPrecision(root, m);
    return m;
}

Result<fs::path> manifestIn(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == ".json") {
            found.push_back(it->path());
        }
    }
    if (error) {
        return fail(ErrorKind::BadInput, CVD_TR("core", "The folder %1 cannot be read."),
                    {folder.string()}, error.message());
    }
    if (found.size() != 1) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "The folder %1 must hold exactly one model manifest (.json), but "
                           "holds %2. Name the manifest itself."),
                    {folder.string(), std::to_string(found.size())});
    }
    return found.front();
}

}  // namespace

std::string_view decoderName(Decoder decoder) {
    switch (decoder) {
        case Decoder::Cvd:
            return "cvd";
        case Decoder::YoloX:
            return "yolox";
        case Decoder::YoloV8:
            return "yolov8";
        case Decoder::Pair:
            return "pair";
    }
    return "";
}

std::string_view maskFormName(MaskForm form) {
    return form == MaskForm::Mask ? "mask" : "yolact";
}

std::optional<Decoder> decoderFromName(std::string_view name) {
    for (Decoder d : {Decoder::Cvd, Decoder::YoloX, Decoder::YoloV8, Decoder::Pair}) {
        if (decoderName(d) == name) {
            return d;
        }
    }
    return std::nullopt;
}

Result<ModelManifest> loadManifest(const fs::path& path) {
    fs::path file = path;
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        CVD_TRY_ASSIGN(file, manifestIn(path));
    }
    constexpr std::uintmax_t kMostBytes = 4u << 20;
    CVD_TRY_ASSIGN(const std::string bytes, readSmallFile(file, kMostBytes));
    try {
        return parse(json::parse(bytes), file);
    } catch (const FieldError& e) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The model manifest %1 is not valid: \"%2\" %3."),
                    {file.string(), e.field, e.why});
    } catch (const std::exception& e) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "%1 is not a model manifest: it is not valid JSON."),
                    {file.string()}, e.what());
    }
}

namespace {

// Through text, or 0.3f would be written as 0.30000001192092896.
double tidy(float v) {
    return std::stod(std::to_string(v));
}

template <typename M>
nlohmann::ordered_json inputToJson(const M& m) {
    nlohmann::ordered_json input;
    input["width"] = m.inputWidth;
    input["height"] = m.inputHeight;
    input["colour"] = m.colour == ColourOrder::Bgr ? "bgr" : "rgb";
    input["mean"] = {tidy(m.mean[0]), tidy(m.mean[1]), tidy(m.mean[2])};
    input["std"] = {tidy(m.std[0]), tidy(m.std[1]), tidy(m.std[2])};
    input["fill"] = tidy(m.letterboxFill);
    input["align"] = m.align == LetterboxAlign::Centre ? "centre" : "top_left";
    input["stretch"] = m.stretch;
    return input;
}

nlohmann::ordered_json stageToJson(const MaskStage& s) {
    nlohmann::ordered_json stage;
    stage["file"] = s.file.filename().string();
    stage["sha256"] = s.sha256;
    stage["form"] = maskFormName(s.form);
    stage["input"] = inputToJson(s);
    stage["crop_margin"] = tidy(s.cropMargin);
    stage["box_score"] = tidy(s.boxScore);
    stage["max_boxes"] = s.maxBoxes;
    stage["threshold"] = tidy(s.threshold);
    return stage;
}

// A figure that was a number is one again.
json figureToJson(const std::string& value) {
    const json parsed = json::parse(value, nullptr, false);
    return parsed.is_number() || parsed.is_boolean() ? parsed : json(value);
}

}  // namespace

std::string manifestToJson(const ModelManifest& m) {
    json classMap = json::object(), thresholds = json::object();
    for (size_t i = 0; i < m.classes.size(); ++i) {
        if (i < m.classMapping.size() && m.classMapping[i]) {
            classMap[m.classes[i]] = objectClassName(*m.classMapping[i]);
        }
    }
    for (int c = 0; c < kObjectClassCount; ++c) {
        thresholds[std::string(objectClassName(static_cast<ObjectClass>(c)))] =
            tidy(m.defaultThreshold[c]);
    }
    nlohmann::ordered_json root;
    root["schema"] = kSchema;
    root["name"] = m.name;
    root["version"] = m.version;
    root["description"] = m.description;
    root["licence"] = m.licence;
    root["file"] = m.file.filename().string();
    root["sha256"] = m.sha256;
    root["decoder"] = decoderName(m.decoder);
    root["input"] = inputToJson(m);
    if (m.peopleFit) {
        root["people_fit"]["height"] = m.peopleFit->height;
        root["people_fit"]["largest_width"] = m.peopleFit->largestWidth;
        root["people_fit"]["largest_height"] = m.peopleFit->largestHeight;
        root["people_fit"]["multiple"] = m.peopleFit->multiple;
    }
    root["classes"] = m.classes;
    root["class_map"] = classMap;
    root["default_threshold"] = thresholds;
    root["nms_iou"] = tidy(m.nmsIou);
    if (m.maskStage) {
        root["first_decoder"] = decoderName(m.firstDecoder);
        root["mask_stage"] = stageToJson(*m.maskStage);
    }
    if (m.keepFloat32) {
        root["reduced_precision"]["keep_float32"] = *m.keepFloat32;
    }
    for (const ModelFigure& figure : m.figures) {
        root["figures"][figure.name] = figureToJson(figure.value);
    }
    return root.dump(2) + "\n";
}

Status saveManifest(const ModelManifest& manifest, const fs::path& path) {
    return writeWhole(
        path, manifestToJson(manifest),
        fail(ErrorKind::Environment, CVD_TR("core", "The model manifest %1 cannot be written."),
             {path.string()}));
}

namespace {

Status verifyFile(const fs::path& file, const std::string& expected) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core", "The network file %1 that the manifest names does not exist."),
                    {file.string()});
    }
    CVD_TRY_ASSIGN(const std::string actual, sha256OfFile(file));
    if (actual != expected) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "The network file %1 is not the one that its manifest describes: "
                           "the SHA-256 differs. Install the model again."),
                    {file.string()}, "expected " + expected + ", got " + actual);
    }
    return {};
}

}  // namespace

bool findsPokers(const ModelManifest& manifest) {
    if (manifest.classMapping.empty()) {  // made in memory: the classes are ours
        return true;
    }
    return std::any_of(manifest.classMapping.begin(), manifest.classMapping.end(),
                       [](const auto& cls) { return cls == ObjectClass::Vibrator; });
}

std::vector<fs::path> modelFiles(const ModelManifest& manifest) {
    std::vector<fs::path> files{manifest.file};
    if (manifest.maskStage) {
        files.push_back(manifest.maskStage->file);
    }
    return files;
}

Status verifyModelFile(const ModelManifest& manifest) {
    CVD_TRY(verifyFile(manifest.file, manifest.sha256));
    return manifest.maskStage ? verifyFile(manifest.maskStage->file, manifest.maskStage->sha256)
                              : Status();
}

}  // namespace cvd::inference
