// The processor as the oracle for a card: the same model, data and spec on both. No Qt and no OpenCV, so that a bare machine with a
// card can run them (card_check.cpp); tst_gpu.cpp runs them under Qt Test.
#pragma once
#include <fmt/format.h>
#include <torch/torch.h>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/engine/cuda/devices.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/splits.h"
#include "core/engine/train/trainer.h"

namespace cardchecks {

using namespace lathe;
using namespace lathe::engine;
using Failures = std::vector<std::string>;

/// "cuda:0" with the plugin opened, or why not.
inline Result<std::string> card() {
    return cuda::chooseDevice("cuda");
}

inline void forwardAgrees(const std::string& device, Failures& failures) {
    const torch::NoGradGuard noGrad;
    for (const auto& entry : nn::modelEntries()) {
        torch::manual_seed(3);
        auto model = *nn::makeModel({std::string(entry.name), 3, 10, 64, 64, {}});
        model->eval();
        const auto pictures = torch::randint(0, 256, {4, 64, 64, 3}, torch::kUInt8);
        const auto here = model->forward(nn::normalised(pictures, {0.5, 0.5, 0.5}, {0.25, 0.25, 0.25}));
        model->to(torch::Device(device));
        nn::toChannelsLast(*model);
        at::globalContext().setAllowTF32CuDNN(false);
        const auto there =
            model->forward(nn::normalised(pictures.to(torch::Device(device)), {0.5, 0.5, 0.5}, {0.25, 0.25, 0.25})).cpu();
        const double apart = (here - there).abs().max().item<double>();
        if (!(apart < 1e-3)) failures.push_back(fmt::format("{}: logits differ by {}", entry.name, apart));
    }
}

/// Two classes that differ in brightness of one corner: any working trainer learns them.
inline train::TrainData cornerData(std::uint64_t seed) {
    torch::manual_seed(seed);
    auto pictures = torch::randint(0, 120, {320, 24, 24, 1}, torch::kUInt8);
    train::TrainData data;
    for (int i = 0; i < 320; ++i) {
        const int label = i % 2;
        if (label == 1) pictures.index_put_({i, torch::indexing::Slice(0, 8), torch::indexing::Slice(0, 8)}, 230);
        data.items.push_back({i + 1, i % 10 == 8 ? "val" : i % 10 == 9 ? "test" : "train", label, fmt::format("{}", i)});
    }
    data.pictures = std::make_shared<train::TensorPictures>(pictures);
    data.classes = {"dark", "bright"};
    data.splits = *train::makeSplits(data.items, 1, data.classes);
    return data;
}

inline Result<Json> trainOn(const std::string& device, const std::string& precision, const std::filesystem::path& folder) {
    auto data = cornerData(9);
    runs::RunSpec spec;
    spec.epochs = 3, spec.batch = 32, spec.precision = precision;
    LATHE_TRY(spec, train::resolve(spec, {24, 24, true, data.splits.train.size()}, device));
    train::fillStatistics(spec, *data.pictures, data.splits.train);
    LATHE_CHECK(base::makeFolders(folder));
    LATHE_TRY(const auto state, train::train(runs::RunFolder(folder), spec, data, {}));
    if (state != runs::RunState::Finished) return fail(ErrorCode::Internal, "did not finish");
    return base::readJson(folder / "report.json");
}

inline void trainingAgrees(const std::string& device, Failures& failures) {
    const base::TempFolder folder;
    const auto report = [&](const char* name, const std::string& on, const char* precision) {
        auto trained = trainOn(on, precision, folder.path() / name);
        if (!trained) failures.push_back(fmt::format("{}: {}", name, trained.error().text()));
        return trained ? *trained : Json();
    };
    const Json here = report("cpu", "cpu", "fp32"), there = report("card", device, "fp32"), again = report("again", device, "fp32"),
               half = report("bf16", device, "bf16");
    if (!failures.empty()) return;
    const auto loss = [](const Json& json) { return json["metrics"]["loss"].get<double>(); };
    if (std::abs(loss(here) - loss(there)) > 0.05)
        failures.push_back(fmt::format("loss {} here, {} on the card", loss(here), loss(there)));
    if (loss(there) != loss(again)) failures.push_back("the same spec twice on the card gives other numbers");
    if (half["metrics"]["accuracy"].get<double>() < 0.9) failures.push_back("bf16 does not learn");
}

}  // namespace cardchecks
