// Which decoder fits a network's output: needs no torch.
#include <algorithm>

#include "core/inference/inspect_model.h"

namespace cvd::inference {
namespace {

std::int64_t anchorsOf(int width, int height) {
    std::int64_t anchors = 0;
    for (int stride : {8, 16, 32}) {
        anchors += std::int64_t(width / stride) * (height / stride);
    }
    return anchors;
}

std::optional<std::pair<Decoder, int>> guessOne(const TensorFinding& tensor, int width,
                                                int height) {
    constexpr std::int64_t kCvdChannels = 22;
    constexpr std::int64_t kMostClasses = 1000;
    const auto& s = tensor.shape;
    const bool numbers = tensor.type == "float" || tensor.type == "c10::Half";
    if (!numbers || s.empty() || s[0] != 1) {
        return std::nullopt;
    }
    if (s.size() == 4 && s[1] == kCvdChannels && s[2] == height / 8 && s[3] == width / 8) {
        return std::pair(Decoder::Cvd, 3);
    }
    const std::int64_t anchors = anchorsOf(width, height);
    if (s.size() == 3 && s[1] == anchors && s[2] > 5 && s[2] <= 5 + kMostClasses) {
        return std::pair(Decoder::YoloX, int(s[2] - 5));
    }
    if (s.size() == 3 && s[2] == anchors && s[1] > 4 && s[1] <= 4 + kMostClasses) {
        return std::pair(Decoder::YoloV8, int(s[1] - 4));
    }
    return std::nullopt;
}

std::string describe(const std::vector<TensorFinding>& outputs) {
    std::string text;
    for (const TensorFinding& tensor : outputs) {
        text += text.empty() ? "" : ", ";
        std::string shape;
        for (std::int64_t side : tensor.shape) {
            shape += (shape.empty() ? "" : "x") + std::to_string(side);
        }
        text += tensor.type + " " + shape;
    }
    return text.empty() ? "no tensor" : text;
}

Status nameClasses(const ModelFindings& found, const std::vector<std::string>& classes,
                   ModelManifest& m) {
    constexpr int kCocoClasses = 80;
    m.classes = classes;
    if (classes.empty() && found.classes == 3) {
        m.classes = {"vibrator", "hoe", "person"};
    } else if (classes.empty() && found.classes == kCocoClasses) {
        m.classes = {"person"};
        for (int i = 1; i < kCocoClasses; ++i) {
            m.classes.push_back("coco " + std::to_string(i));
        }
    }
    if (int(m.classes.size()) != found.classes) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "The network knows %1 classes, and nothing says which they are. Name "
                           "them in a manifest, or with --classes in the network's order."),
                    {std::to_string(found.classes)});
    }
    bool any = false;
    for (const std::string& name : m.classes) {
        // The original system's name for it.
        const auto ours = name == "vibrate_bar" ? ObjectClass::Vibrator : objectClassFromName(name);
        m.classMapping.push_back(ours);
        any = any || ours.has_value();
    }
    if (!any) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "None of the network's classes is vibrator, hoe or person. Map them in "
                           "a manifest's class_map."));
    }
    return {};
}

}  // namespace

std::optional<std::pair<Decoder, int>> guessDecoder(const std::vector<TensorFinding>& outputs,
                                                    int width, int height) {
    // Only the first tensor is read when detecting.
    return outputs.empty() ? std::nullopt : guessOne(outputs.front(), width, height);
}

Result<ModelManifest> manifestFromFindings(const ModelFindings& found,
                                           const std::filesystem::path& file,
                                           const std::string& name,
                                           const std::vector<std::string>& classes) {
    if (!found.decoder) {
        return fail(ErrorKind::BadInput,
                    CVD_TR("core",
                           "%1 is a TorchScript network, but not a detector that is known here: "
                           "for a picture of %2 x %3 pixels it returns %4."),
                    {file.filename().string(), std::to_string(found.inputWidth),
                     std::to_string(found.inputHeight), describe(found.outputs)});
    }
    ModelManifest m;
    m.name = name;
    m.version = "1";
    m.file = file;
    m.decoder = *found.decoder;
    m.inputWidth = found.inputWidth;
    m.inputHeight = found.inputHeight;
    if (m.decoder == Decoder::YoloX) {
        m.std = {1, 1, 1};
        m.align = LetterboxAlign::TopLeft;
    } else if (m.decoder == Decoder::YoloV8) {
        m.colour = ColourOrder::Rgb;
    }
    CVD_TRY(nameClasses(found, classes, m));
    return m;
}

}  // namespace cvd::inference
