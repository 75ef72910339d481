// The processor as the oracle for a card: the same model, data and spec on both. No Qt and no OpenCV, so that a bare machine with a
// card can run them (card_check.cpp); tst_gpu.cpp runs them under Qt Test, tst_card.cpp those that a processor can.
#pragma once
#include <fmt/format.h>
#include <torch/torch.h>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/engine/cuda/devices.h"
#include "core/engine/nn/nms.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/train/augment_batch.h"
#include "core/engine/train/batch_mix.h"
#include "core/engine/train/checkpoint.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/splits.h"
#include "core/engine/train/trainer.h"
#include "core/runs/event_log.h"

namespace cardchecks {

using namespace lathe;
using namespace lathe::engine;
using Failures = std::vector<std::string>;

/// Apart at the most, as docs and the README state it: the loss of a run on a card and on the processor, and of a run on a card
/// that was stopped and resumed and of one that wasn't.
constexpr double kLossApart = 0.05, kResumedApart = 1e-3;

/// "cuda:0" with the plugin opened, or why not.
inline Result<std::string> card() {
    return cuda::chooseDevice("cuda");
}

inline void forwardAgrees(const std::string& device, Failures& failures) {
    const torch::NoGradGuard noGrad;
    at::globalContext().setAllowTF32CuDNN(false);
    for (const auto& entry : nn::modelEntries()) {
        torch::manual_seed(3);
        auto model = *nn::makeModel({std::string(entry.name), 3, 10, 64, 64, {}});
        model->eval();
        const auto pictures = torch::randint(0, 256, {4, 64, 64, 3}, torch::kUInt8);
        const auto here = model->forward(nn::normalised(pictures, {0.5, 0.5, 0.5}, {0.25, 0.25, 0.25}));
        model->to(torch::Device(device));
        nn::toChannelsLast(*model);
        const auto there =
            model->forward(nn::normalised(pictures.to(torch::Device(device)), {0.5, 0.5, 0.5}, {0.25, 0.25, 0.25})).cpu();
        const double apart = (here - there).abs().max().item<double>();
        if (!(apart < 1e-3)) failures.push_back(fmt::format("{}: logits differ by {}", entry.name, apart));
    }
}

/// All kinds, drawn often, on pictures and masks of noise: the batch's bytes are those of one by one.
inline void augmentationsAgree(const std::string& device, const cuda::CardTable& table, Failures& failures) {
    const std::vector<std::vector<runs::Augmentation>> lists = {
        {{"flip", {{"p", 0.5}}}, {"flip_vertical", {{"p", 0.5}}}, {"shift", {{"pixels", 4}}}},
        {{"crop", {{"padding", 4}}}},
        {{"zoom_crop", {{"least", 0.3}}}, {"colour", {{"brightness", 0.4}, {"contrast", 0.4}, {"saturation", 0.4}, {"hue", 0.1}}}},
        {{"affine", {{"degrees", 20}, {"scale", 0.3}, {"shear", 10}}}, {"blur", {{"sigma", 3}, {"p", 0.7}}}},
        {{"noise", {{"sigma", 20}, {"p", 0.7}}}, {"erase", {{"area", 0.5}, {"p", 0.7}}}, {"blur", {{"sigma", 1}, {"p", 0.7}}}},
        {{"rand", {{"count", 8}, {"strength", 0.9}}}}};
    for (const auto& list : lists)
        for (const train::PictureShape shape : {train::PictureShape{37, 53, 3}, {64, 48, 1}}) {
            const std::int64_t count = 48;
            torch::manual_seed(11);
            auto pictures = torch::randint(0, 256, {count, shape.height, shape.width, shape.channels}, torch::kUInt8);
            auto masks = torch::randint(0, 12, {count, shape.height, shape.width}, torch::kUInt8);
            auto there = pictures.clone().to(torch::Device(device)), masksThere = masks.clone().to(torch::Device(device));
            const auto augmenter = *train::Augmenter::make(list);
            std::vector<train::PicturePlan> plans;
            for (std::int64_t n = 0; n < count; ++n) {
                train::Random random{std::uint64_t(n), 5};
                plans.push_back(augmenter.plan(shape, random));
                auto* picture = pictures[n].data_ptr<std::uint8_t>();
                train::Augmenter::carryOut(plans.back(), picture, picture, shape, masks[n].data_ptr<std::uint8_t>());
            }
            train::carryOutBatch(table.pixels, plans, there, masksThere);
            const auto apart = there.cpu().ne(pictures).sum().item<std::int64_t>();
            const auto masksApart = masksThere.cpu().ne(masks).sum().item<std::int64_t>();
            if (apart || masksApart)
                failures.push_back(fmt::format("{} and so on, {} channels: {} of {} bytes differ, {} of the masks'",
                                               list.front().name, shape.channels, apart, pictures.numel(), masksApart));
        }
}

inline void mixingAgrees(const std::string& device, Failures& failures) {
    for (const char* name : {"mixup", "cutmix"}) {
        const train::BatchMix mix({{name, {{"alpha", 1.0}}}});
        torch::manual_seed(2);
        auto x = torch::rand({16, 3, 20, 30}), there = x.to(torch::Device(device));
        const auto labels = torch::arange(16);
        train::Random random{4}, again{4};
        const auto mixed = mix.apply(x, labels, random);
        const auto mixedThere = mix.apply(there, labels.to(torch::Device(device)), again);
        const double apart = (there.cpu() - x).abs().max().item<double>();
        if (!(apart <= 1e-6) || mixed.share != mixedThere.share || !torch::equal(mixedThere.labels.cpu(), mixed.labels))
            failures.push_back(fmt::format("{}: mixed otherwise, by {}", name, apart));
    }
}

/// Boxes in clusters with equal scores among them, against the definition: greedy over the matrix of overlaps.
inline void suppressionAgrees(const std::string& device, Failures& failures) {
    torch::manual_seed(7);
    for (const std::int64_t count : {1, 63, 64, 65, 1000, 3000}) {
        const auto corner = torch::rand({count, 2}) * 200;
        const auto boxes = torch::cat({corner, corner + 10 + torch::rand({count, 2}) * 60}, 1);
        const auto scores = (torch::rand({count}) * 50).round() / 50;
        const auto groups = torch::randint(0, 3, {count});
        const auto here = nn::nms(boxes, scores, groups, 0.5);
        const auto on = [&](const torch::Tensor& t) { return t.to(torch::Device(device)); };
        for (const std::int64_t most : {count, std::int64_t(20)}) {
            const auto there = nn::nms(on(boxes), on(scores), on(groups), 0.5, most).cpu();
            if (!torch::equal(there, here.slice(0, 0, most)))
                failures.push_back(fmt::format("suppression of {} boxes to {}: {} stay, {} on the processor", count, most,
                                               there.size(0), std::min(most, here.size(0))));
        }
    }
}

/// Two classes that differ in brightness of one corner: any working trainer learns them.
inline train::TrainData cornerData(std::uint64_t seed) {
    torch::manual_seed(seed);
    auto pictures = torch::randint(0, 120, {320, 24, 24, 3}, torch::kUInt8);
    train::TrainData data;
    for (int i = 0; i < 320; ++i) {
        const int label = i % 2;
        if (label == 1) pictures.index_put_({i, torch::indexing::Slice(0, 8), torch::indexing::Slice(0, 8)}, 230);
        train::Item item;
        item.image = i + 1, item.split = i % 10 == 8 ? "val" : i % 10 == 9 ? "test" : "train", item.label = label;
        item.name = fmt::format("{}", i), item.width = item.height = 24;
        data.items.push_back(std::move(item));
    }
    data.pictures = std::make_shared<train::TensorPictures>(pictures);
    data.classes = {"dark", "bright"};
    data.splits = *train::makeSplits(data.items, 1, data.classes);
    return data;
}

/// A rectangle each, of one of two classes by its brightness, on a background.
class TensorMasks final : public train::Masks {
public:
    explicit TensorMasks(const torch::Tensor& masks) : m_masks(masks.contiguous()) {}
    [[nodiscard]] Result<> copy(std::int64_t index, std::uint8_t* out) override {
        const auto mask = m_masks[index];
        std::copy_n(mask.data_ptr<std::uint8_t>(), mask.numel(), out);
        return {};
    }
    [[nodiscard]] Result<train::ClassMask> whole(std::int64_t index) override {
        train::ClassMask mask{int(m_masks.size(2)), int(m_masks.size(1)), {}};
        mask.pixels.resize(std::size_t(mask.width) * std::size_t(mask.height));
        LATHE_CHECK(copy(index, mask.pixels.data()));
        return mask;
    }

private:
    torch::Tensor m_masks;
};
inline train::TrainData maskData(std::uint64_t seed) {
    torch::manual_seed(seed);
    using torch::indexing::Slice;
    auto pictures = torch::randint(0, 60, {48, 64, 96, 3}, torch::kUInt8);
    auto masks = torch::zeros({48, 64, 96}, torch::kUInt8);
    train::TrainData data;
    for (int i = 0; i < 48; ++i) {
        const int x = i % 7 * 8, y = i % 5 * 8, category = 1 + i % 2;
        pictures.index_put_({i, Slice(y, y + 24), Slice(x, x + 32)}, category == 1 ? 120 : 220);
        masks.index_put_({i, Slice(y, y + 24), Slice(x, x + 32)}, category);
        train::Item item;
        item.image = i + 1, item.split = i % 6 == 4 ? "val" : i % 6 == 5 ? "test" : "train", item.label = category;
        item.name = fmt::format("{}", i), item.width = 96, item.height = 64;
        data.items.push_back(std::move(item));
    }
    data.pictures = std::make_shared<train::TensorPictures>(pictures);
    data.masks = std::make_shared<TensorMasks>(masks);
    data.classes = {"background", "dim", "bright"};
    data.splits = *train::makeSplits(data.items, 1, data.classes, "segment");
    return data;
}

/// The run's report. `table`: a card's way on the processor (host_card.h). `stopAt`: stopped once this many looks at its control
/// were taken, then resumed.
inline Result<Json> trainOn(const std::string& device, runs::RunSpec spec, const std::filesystem::path& folder,
                            const cuda::CardTable* table = nullptr, int stopAt = 0) {
    auto data = spec.task == "segment" ? maskData(9) : cornerData(9);
    const auto shape = data.pictures->shape();
    LATHE_TRY(spec, train::resolve(spec, {shape.width, shape.height, shape.channels == 1, data.splits.train.size()}, device));
    train::fillStatistics(spec, *data.pictures, data.splits.train);
    LATHE_CHECK(base::makeFolders(folder));
    train::TrainOptions options;
    options.card = table;
    int looks = 0;
    options.wanted = [&] { return stopAt > 0 && ++looks >= stopAt ? "stop" : "run"; };
    LATHE_TRY(auto state, train::train(runs::RunFolder(folder), spec, data, options));
    if (stopAt > 0 && state != runs::RunState::Stopped) return fail(ErrorCode::Internal, "was over before it could be stopped");
    if (state == runs::RunState::Stopped) {
        options.resume = true, stopAt = 0;
        LATHE_TRY(state, train::train(runs::RunFolder(folder), spec, data, options));
    }
    if (state != runs::RunState::Finished) return fail(ErrorCode::Internal, "did not finish");
    return base::readJson(folder / "report.json");
}

inline runs::RunSpec cornerSpec(const std::string& precision, int epochs = 3) {
    runs::RunSpec spec;
    spec.epochs = epochs, spec.batch = 32, spec.precision = precision;
    spec.augmentation = {{"shift", {{"pixels", 2}}}, {"colour"}};
    return spec;
}

/// On a card, and with `table` on the processor: the same run by both ways, twice, in half precision, stopped and resumed.
inline void trainingAgrees(const std::string& device, const cuda::CardTable* table, Failures& failures) {
    const base::TempFolder folder;
    const bool isCard = device != "cpu";
    const int enough = isCard ? 40 : 8;  // epochs, more than a fifth of a second: until a stop is seen
    const auto report = [&](const char* name, const std::string& on, const runs::RunSpec& spec, int stopAt = 0) {
        auto trained = trainOn(on, spec, folder.path() / name, on == "cpu" && isCard ? nullptr : table, stopAt);
        if (!trained) failures.push_back(fmt::format("{}: {}", name, trained.error().text()));
        return trained ? *trained : Json();
    };
    const Json here = report("cpu", "cpu", cornerSpec("fp32")), there = report("card", device, cornerSpec("fp32")),
               again = report("again", device, cornerSpec("fp32")), bf16 = report("bf16", device, cornerSpec("bf16")),
               fp16 = isCard ? report("fp16", device, cornerSpec("fp16")) : bf16,
               masks = report("masks", device,
                              [] {
                                  runs::RunSpec spec = runs::startingSpec("segment");
                                  spec.epochs = 6, spec.model.name = "unet_light";
                                  return spec;
                              }()),
               resumed = report("resumed", device, cornerSpec("fp32", enough), 2),
               whole = report("whole", device, cornerSpec("fp32", enough));
    if (!failures.empty()) return;
    const auto figure = [](const Json& json, const char* name) { return json["metrics"][name].get<double>(); };
    const auto apart = [&](const Json& a, const Json& b) { return std::abs(figure(a, "loss") - figure(b, "loss")); };
    if (apart(here, there) > kLossApart)
        failures.push_back(fmt::format("loss {} here, {} on the card", figure(here, "loss"), figure(there, "loss")));
    if (apart(there, again) != 0) failures.push_back("the same spec twice on the card gives other numbers");
    if (figure(bf16, "accuracy") < 0.9) failures.push_back("bf16 does not learn");
    if (figure(fp16, "accuracy") < 0.9) failures.push_back("fp16 does not learn");
    if (figure(masks, "miou") < 0.4) failures.push_back(fmt::format("masks aren't learnt: mIoU {}", figure(masks, "miou")));
    if (apart(resumed, whole) > kResumedApart)
        failures.push_back(fmt::format("resumed: loss {}, {} without a stop", figure(resumed, "loss"), figure(whole, "loss")));
}

}  // namespace cardchecks
