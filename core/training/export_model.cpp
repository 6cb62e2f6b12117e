#include <sstream>
#include <system_error>

#include <torch/script.h>
#include <torch/torch.h>

#include "core/base/file_hash.h"
#include "core/base/staged_file.h"
#include "core/inference/decoders.h"
#include "core/training/checkpoint_torch.h"
#include "core/training/model_card.h"
#include "core/training/script_torch.h"
#include "core/training/trainer.h"
#include "core/training/warm_start_torch.h"

namespace cvd::training {

namespace fs = std::filesystem;

namespace {

Error cannotWrite(const fs::path& file, std::string detail = {}) {
    return fail(ErrorKind::Environment, CVD_TR("core", "The network file %1 cannot be written."),
                {file.string()}, std::move(detail));
}

// The bytes of the network file, which answers as `folded` does.
Result<std::string> scriptOf(CvdNet& folded, const ExportOptions& options, const fs::path& file) {
    try {
        const torch::NoGradGuard noGrad;
        const torch::Tensor example = torch::rand({1, 3, options.inputHeight, options.inputWidth});
        const auto run = [&](const torch::Tensor& x) {
            return options.mirrored ? mirroredForward(folded, x) : folded->forward(x);
        };
        const torch::Tensor wanted = run(example);
        const torch::jit::Module module = tracedModule(*folded, run, example);
        std::stringstream bytes;
        module.save(bytes);
        torch::jit::Module again = torch::jit::load(bytes);
        const torch::Tensor got = again.forward({example}).toTensor();
        TORCH_CHECK(torch::equal(wanted, got), "the exported network answers differently");
        return bytes.str();
    } catch (const std::exception& e) {
        return cannotWrite(file, e.what());
    }
}

inference::ModelManifest manifestFor(const ExportOptions& o, const fs::path& script,
                                     std::string sha256, std::vector<std::string> keepFloat32) {
    inference::ModelManifest m;
    m.name = o.name;
    m.version = o.version;
    m.description = o.description;
    m.licence = o.licence;
    m.file = script;
    m.sha256 = std::move(sha256);
    m.inputWidth = o.inputWidth;
    m.inputHeight = o.inputHeight;
    if (o.peopleHeight > 0) {
        // Up to what common cameras give; the sides of a stage at stride 64 are fixed in a script.
        m.peopleFit = inference::PeopleFit{o.peopleHeight, std::max(1280, m.inputWidth),
                                           std::max(768, m.inputHeight), 64};
    }
    for (int c = 0; c < kObjectClassCount; ++c) {
        const auto cls = static_cast<ObjectClass>(c);
        m.classes.emplace_back(objectClassName(cls));
        m.classMapping.emplace_back(cls);
    }
    m.defaultThreshold = o.defaultThreshold;
    m.keepFloat32 = std::move(keepFloat32);
    return m;
}

ExportOptions withInput(ExportOptions options, int width, int height) {
    options.inputWidth = options.inputWidth > 0 ? options.inputWidth : width;
    options.inputHeight = options.inputHeight > 0 ? options.inputHeight : height;
    return options;
}

// Refuses what no detector would load, by the rules by which manifests are read and before hours of
// work are overwritten.
Status checkManifest(const inference::ModelManifest& facts, const fs::path& manifest) {
    const Error failure =
        fail(ErrorKind::Environment, CVD_TR("core", "The model manifest %1 cannot be written."),
             {manifest.string()});
    CVD_TRY(stageFile(manifest, inference::manifestToJson(facts), failure));
    const auto read = inference::loadManifest(manifest.string() + ".partial");
    dropStaged(manifest);
    if (read.ok()) {
        return {};
    }
    Error error = read.error();
    if (error.args.size() == 3) {  // file, field and what is wrong with it
        error.text =
            CVD_TR("core",
                   "With these options no detector would load the model: \"%1\" %2. Change "
                   "them.");
        error.args.erase(error.args.begin());
    }
    error.kind = ErrorKind::Usage;
    return error;
}

// Both files of the model, or neither of them.
Status publishModel(const inference::ModelManifest& facts, const std::string& script,
                    const fs::path& manifest) {
    const Error failure =
        fail(ErrorKind::Environment, CVD_TR("core", "The model manifest %1 cannot be written."),
             {manifest.string()});
    CVD_TRY(stageFile(facts.file, script, cannotWrite(facts.file)));
    Status done = stageFile(manifest, inference::manifestToJson(facts), failure);
    if (done.ok()) {
        done = publishFile(facts.file, cannotWrite(facts.file));
    }
    if (done.ok()) {
        return publishFile(manifest, failure);
    }
    dropStaged(facts.file);
    dropStaged(manifest);
    return done;
}

void shiftImmersed(CvdNet& net, double logOdds) {
    const torch::NoGradGuard noGrad;
    const auto& last = net->head->at<torch::nn::Conv2dImpl>(net->head->size() - 1);
    torch::Tensor bias = last.bias;
    bias[inference::CvdLayout::kImmersed] += logOdds;
}

// `training`: what the model card says of where the weights come from.
Result<fs::path> writeModel(CvdNet& folded, const fs::path& outDir, const ExportOptions& options,
                            const std::string& training) {
    if (!fitsNetwork(options.inputWidth, options.inputHeight)) {
        return fail(ErrorKind::Usage,
                    CVD_TR("core", "The sides of a model's input are multiples of 32 pixels."));
    }
    std::error_code error;
    fs::create_directories(outDir, error);
    if (error) {
        return fail(ErrorKind::Environment, CVD_TR("core", "The folder %1 cannot be created."),
                    {outDir.string()}, error.message());
    }
    const fs::path manifest = outDir / (options.name + ".json");
    shiftImmersed(folded, options.immersedShift);
    std::vector<std::string> keep;
    for (const std::string& weight : fullPrecisionWeights(folded)) {
        keep.push_back(scriptName(weight));
    }
    inference::ModelManifest facts =
        manifestFor(options, outDir / (options.name + ".ts"), "unknown yet", std::move(keep));
    CVD_TRY(checkManifest(facts, manifest));
    CVD_TRY_ASSIGN(const std::string script, scriptOf(folded, options, facts.file));
    facts.sha256 = sha256OfBytes(script.data(), script.size());
    CVD_TRY(publishModel(facts, script, manifest));
    // A card that a person has written stays.
    const fs::path card = outDir / (options.name + ".md");
    if (!fs::exists(card, error)) {
        CVD_TRY(writeWhole(
            card, modelCardText(facts, training),
            fail(ErrorKind::Environment, CVD_TR("core", "The model card %1 cannot be written."),
                 {card.string()})));
    }
    return manifest;
}

}  // namespace

Result<fs::path> exportModel(const fs::path& checkpoint, const fs::path& outDir,
                             const ExportOptions& asked) {
    const ExportOptions options = withInput(asked, kInputWidth, kInputHeight);
    CVD_TRY_ASSIGN(TrainState state, loadState(checkpoint));
    CvdNet folded = foldedCopy(state.average);
    return writeModel(folded, outDir, options,
                      std::to_string(state.step) + " steps, " +
                          std::to_string(static_cast<std::int64_t>(state.minutes)) + " minutes");
}

Result<fs::path> exportAgain(const fs::path& manifest, const fs::path& outDir,
                             const ExportOptions& asked) {
    CVD_TRY_ASSIGN(const inference::ModelManifest old, inference::loadManifest(manifest));
    const ExportOptions options = withInput(asked, old.inputWidth, old.inputHeight);
    CVD_TRY(inference::verifyModelFile(old));
    CVD_TRY_ASSIGN(CvdNet folded, readExport(old.file, NetworkOptions()));
    return writeModel(folded, outDir, options, "the weights of " + old.name + ' ' + old.version);
}

}  // namespace cvd::training
