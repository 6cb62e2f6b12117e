#include "core/training/model_card.h"

#include <sstream>

namespace cvd::training {

ExportOptions shippedModelOptions() {
    ExportOptions o;
    o.name = "cvd-n";
    o.version = "0.1";
    o.licence =
        "Same as the program; trained on rendered pictures and on photographs under CC BY 4.0, "
        "credited in the model card";
    o.description =
        "Pokers with their two ends, hoes and people on concreting sites. 2.9 million weights, "
        "for two CPU cores.";
    return o;
}

std::string modelCardText(const inference::ModelManifest& m, const std::string& training) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "# " << m.name << ' ' << m.version << "\n\n"
         << m.description << "\n\n"
         << "- File `" << m.file.filename().string() << "`, SHA-256 `" << m.sha256 << "`\n"
         << "- Input " << m.inputWidth << " x " << m.inputHeight << ", BGR, 0 to 1, letterboxed\n"
         << "- Output: layout of `core/inference/decoders.h` (CvdLayout)\n"
         << "- Training: " << training << '\n';
    for (int c = 0; c < kObjectClassCount; ++c) {
        text << "- Default threshold of " << objectClassName(static_cast<ObjectClass>(c)) << ": "
             << m.defaultThreshold[c] << '\n';
    }
    text << "- Licence: " << m.licence << "\n\nFigures: not measured yet.\n";
    return text.str();
}

}  // namespace cvd::training
