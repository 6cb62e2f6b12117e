// A detector that sees a poker where the script says so: it reads the frame's number from the
// picture (tests/core/media/frame_code.h), so it does not depend on the order of calls.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include "core/pipeline/pipeline.h"
#include "tests/core/media/frame_code.h"

namespace cvd::test {

struct Script {
    FrameIndex seenFrom = 5, seenTo = 100;          // the poker is in view, inclusive
    FrameIndex hiddenFrom = -1, hiddenTo = -1;      // but not here
    FrameIndex immersedFrom = 15, immersedTo = 85;  // and in the concrete, inclusive
    FrameIndex failAt = -1, throwAt = -1;
    int batch = 1;
    float score = 0.9F, threshold = 0.4F;  // of the poker; the model's own default for each class
    double peopleHeight = 0;  // above 0: a small input, which is fitted to people of this height
    std::function<void(FrameIndex)> atFrame;

    bool sees(FrameIndex i) const {
        return i >= seenFrom && i <= seenTo && !(i >= hiddenFrom && i <= hiddenTo);
    }
    bool immersed(FrameIndex i) const { return i >= immersedFrom && i <= immersedTo; }
};

class FakeDetector : public inference::Detector {
public:
    explicit FakeDetector(Script script) : m_script(std::move(script)) {
        m_manifest.name = "fake";
        m_manifest.version = "1";
        m_manifest.sha256 = "00";
        m_manifest.defaultThreshold.fill(m_script.threshold);
        if (m_script.peopleHeight > 0) {
            m_manifest.inputWidth = 64;
            m_manifest.inputHeight = 32;
            m_manifest.peopleFit = inference::PeopleFit{m_script.peopleHeight, 640, 384, 32};
        }
    }

    Status setInputSize(int width, int height) override {
        m_manifest.inputWidth = width;
        m_manifest.inputHeight = height;
        return {};
    }

    Result<std::vector<std::vector<Detection>>> detect(std::span<const cv::Mat> frames) override {
        std::vector<std::vector<Detection>> all;
        for (const auto& frame : frames) {
            const FrameIndex number = numberInFrame(frame);
            if (m_script.atFrame) {
                m_script.atFrame(number);
            }
            if (number == m_script.failAt) {
                return fail(ErrorKind::Environment, "The device went away.", {}, "fake");
            }
            if (number == m_script.throwAt) {
                throw std::runtime_error("unexpected");
            }
            all.push_back(at(number));
        }
        return all;
    }

    const inference::ModelManifest& manifest() const override { return m_manifest; }
    std::string deviceName() const override { return "fake"; }
    int preferredBatch() const override { return m_script.batch; }

private:
    std::vector<Detection> at(FrameIndex number) const {
        if (!m_script.sees(number)) {
            return {};
        }
        const bool immersed = m_script.immersed(number);
        // It comes from above and is lifted away, by nearly its own length.
        const auto apart = static_cast<double>(
            std::max(m_script.immersedFrom - number, number - m_script.immersedTo));
        const double sink = immersed ? 0 : std::min(54.0, 8 + 7 * apart);
        Detection poker;
        poker.cls = ObjectClass::Vibrator;
        poker.score = m_script.score;
        poker.box = {112, 60 - sink, 16, 60};
        poker.poker =
            PokerPoints{{120, 120 - sink}, {120, 60 - sink}, 0.9F, 0.9F, immersed ? 0.95F : 0.05F};
        Detection person;
        person.cls = ObjectClass::Person;
        person.score = 0.8F;
        person.box = {20 + static_cast<double>(number) * 0.1, 40, 40, 100};
        return {poker, person};
    }

    Script m_script;
    inference::ModelManifest m_manifest;
};

inline pipeline::DetectorFactory fakeDetector(Script script = {}) {
    return [script](
               const std::filesystem::path&,
               const inference::DetectorOptions&) -> Result<std::unique_ptr<inference::Detector>> {
        return std::unique_ptr<inference::Detector>(std::make_unique<FakeDetector>(script));
    };
}

}  // namespace cvd::test
