// What makes a run run: its layers seen before it starts, shapes explained, the largest batch, a batch learned in parts when memory
// runs out, loss scaling, norms, and the first value that is no number. Layers and kept bytes against forward hooks and saved
// tensors in Python (tests/data/engine/make_dry_pass.py), the scale against torch.amp.GradScaler (make_loss_scale.py).
#include <fmt/format.h>
#include <torch/torch.h>
#include <QTest>
#include <cmath>

#include "core/base/files.h"
#include "core/engine/train/dry_pass.h"
#include "core/engine/train/finite_trace.h"
#include "core/engine/train/fit_check.h"
#include "core/engine/train/largest_batch.h"
#include "core/engine/train/loss_scale.h"
#include "core/engine/train/memory_limit.h"
#include "core/engine/train/micro_batch.h"
#include "core/engine/train/norms.h"
#include "core/engine/train/precision.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/run_check.h"
#include "core/engine/train/shape_error.h"
#include "tests/engine/card_checks.h"
#include "tests/engine/run_support.h"

using namespace lathe;
using namespace lathe::engine;
using lathe::base::TempFolder;

namespace {

Json golden(const char* file) {
    return *base::readJson(std::string(LATHE_SOURCE_DIR "/tests/data/engine/") + file);
}

/// A resolved spec of the model on pictures of that size.
runs::RunSpec specFor(const std::string& model, int channels, int height, int width, int batch,
                      const std::string& task = "classify") {
    runs::RunSpec spec = runs::startingSpec(task);
    spec.model.name = model, spec.batch = batch, spec.ema = 0;
    spec.preprocessing.width = width, spec.preprocessing.height = height, spec.preprocessing.channels = channels;
    spec.preprocessing.mean.assign(std::size_t(channels), 0.5), spec.preprocessing.std.assign(std::size_t(channels), 0.25);
    auto resolved = *train::resolve(spec, {width, height, channels == 1, 1000}, "cpu");
    resolved.batch = batch;
    return resolved;
}

train::TrainData dataOf(const runs::RunSpec& spec, int classes, int pictures = 16) {
    train::TrainData data;
    const auto& p = spec.preprocessing;
    data.pictures =
        std::make_shared<train::TensorPictures>(torch::randint(0, 255, {pictures, p.height, p.width, p.channels}, torch::kUInt8));
    for (int k = 0; k < classes; ++k) data.classes.push_back(fmt::format("class {}", k));
    for (int i = 0; i < pictures; ++i) {
        data.items.push_back({i + 1, "train", i % classes, fmt::format("picture-{}.png", i), 0, 0, {}});
        data.splits.train.push_back(i);
    }
    return data;
}

train::ReadyBatch batchOf(const runs::RunSpec& spec, int classes) {
    const auto& p = spec.preprocessing;
    return {torch::rand({spec.batch, p.channels, p.height, p.width}).contiguous(torch::MemoryFormat::ChannelsLast),
            torch::arange(spec.batch).remainder(classes)};
}

/// What the forward pass says that doesn't fit.
std::string explained(const runs::RunSpec& spec, const torch::Tensor& x, int classes = 4) {
    auto model = *nn::makeModel(train::modelConfig(spec, classes));
    model->train();
    try {
        (void)model->forward(x);
    } catch (const c10::Error& error) {
        return train::shapeError(*model, error, spec, classes, x).text();
    }
    return "it fits";
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

train::Learning learningOf(nn::Model& model, const std::function<torch::Tensor(torch::Tensor)>& loss) {
    return {model,
            [&](const torch::Tensor& x) { return model.forward(x); },
            [=](const torch::Tensor& output) { return loss(output); },
            [](const torch::Tensor&) { return Result<>(); },
            [](const torch::Tensor& value) { return value; },
            [] {}};
}

std::vector<torch::Tensor> gradientsOf(const nn::Model& model) {
    std::vector<torch::Tensor> gradients;
    for (const auto& parameter : model.parameters()) gradients.push_back(parameter.grad().clone());
    return gradients;
}

double apart(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
    double most = 0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, ((a[i] - b[i]).norm() / (a[i].norm() + 1e-9)).item<double>());
    return most;
}

}  // namespace

class TestMakeItRun : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::manual_seed(4); }

    void layersAreThoseOfForwardHooks() {
        const Json all = golden("dry_pass.json");
        for (const auto& [name, known] : all.items()) {
            const auto spec = specFor(name, 3, 64, 96, 4);
            const auto told = train::dryPass(spec, dataOf(spec, 5), batchOf(spec, 5));
            QVERIFY2(told.has_value(), told ? "" : told.error().text().c_str());
            std::vector<Json> layers;
            double kept = 0, forward = 0, backward = 0;
            for (const Json& layer : (*told)["layers"]) {
                kept += layer["activation_bytes"].get<double>();
                forward += layer["forward_ms"].get<double>(), backward += layer["backward_ms"].get<double>();
                if (layer["kind"] != "Parameter" && layer["name"] != "loss" && layer["name"] != "input") layers.push_back(layer);
            }
            QCOMPARE(layers.size(), known["layers"].size());
            for (std::size_t i = 0; i < layers.size(); ++i)
                for (const char* key : {"name", "kind", "shape", "parameters"})
                    QVERIFY2(layers[i][key] == known["layers"][i][key],
                             fmt::format("{} {}: {} and {}", name, i, layers[i].dump(), known["layers"][i].dump()).c_str());
            QVERIFY((*told)["parameters"] == known["parameters"]);
            const double expected = known["kept_bytes"].get<double>();
            QVERIFY2(std::abs(kept - expected) < 0.02 * expected, fmt::format("{}: {} and {} bytes", name, kept, expected).c_str());
            // Nearly all of the time is found again in the layers.
            const Json& times = (*told)["times"];
            QVERIFY2(forward > 0.5 * times["forward_ms"].get<double>() && forward <= times["forward_ms"].get<double>(),
                     times.dump().c_str());
            QVERIFY2(backward > 0.5 * times["backward_ms"].get<double>() && backward <= times["backward_ms"].get<double>(),
                     times.dump().c_str());
        }
    }

    void aSharedHeadIsOneRowWithItsCalls() {
        const auto spec = specFor("fcos_light", 3, 64, 96, 2, "detect");
        auto data = dataOf(spec, 3);
        for (auto& item : data.items) item.width = 96, item.height = 64, item.boxes = {{0, {8, 8, 40, 40}, 1024}};
        const auto batch = train::firstBatch(spec, data);
        QVERIFY2(batch.has_value(), batch ? "" : batch.error().text().c_str());
        const auto told = train::dryPass(spec, data, *batch);
        QVERIFY2(told.has_value(), told ? "" : told.error().text().c_str());
        int found = 0;
        for (const Json& layer : (*told)["layers"]) {
            if (layer["name"] != "head.classification_head.cls_logits") continue;
            ++found;
            QCOMPARE(layer["calls"].get<int>(), 3);
            QVERIFY(layer["shape"] == Json({2, 3, 8, 12}));
            QVERIFY(layer["backward_ms"].get<double>() > 0);
        }
        QCOMPARE(found, 1);
    }

    void thePeakIsWhatAnAllocatorCounts() {
        const auto spec = specFor("resnet18", 3, 64, 64, 8);
        const auto data = dataOf(spec, 5);
        const auto batch = batchOf(spec, 5);
        Json memory;
        std::uint64_t counted = 0;
        {
            const train::MemoryLimit limit(std::uint64_t(8) << 30);
            const auto told = train::dryPass(spec, data, batch);
            QVERIFY2(told.has_value(), told ? "" : told.error().text().c_str());
            memory = (*told)["memory"];
            counted = train::MemoryLimit::peak();
        }
        const auto of = [&](const char* key) { return memory[key].get<double>(); };
        QCOMPARE(of("batch"), double(8 * 3 * 64 * 64 * 4 + 8 * 8));
        QVERIFY(std::abs(of("optimizer") - 2 * of("parameters")) < 0.01 * of("parameters"));
        QVERIFY(of("gradients") <= of("parameters") && of("gradients") > 0.99 * of("parameters"));
        const double measured = of("peak") - of("batch");
        QVERIFY2(std::abs(measured - double(counted)) < 0.01 * double(counted),
                 fmt::format("{} and {}", measured, counted).c_str());
        QVERIFY(of("free") > of("peak"));
    }

    void aShapeThatDoesNotFitIsExplainedByLayer() {
        auto flat = specFor("small", 3, 8, 48, 4);
        const std::string pooled = explained(flat, torch::rand({4, 3, 8, 48}));
        QVERIFY2(contains(pooled, "max_pool2d behind layer stage4.widen.bn (BatchNorm2d) got 4 x 128 x 1 x 6"), pooled.c_str());
        QVERIFY2(contains(pooled, "set preprocessing.width and preprocessing.height to at least 16"), pooled.c_str());
        flat.preprocessing.height = 16;
        QCOMPARE(explained(flat, torch::rand({4, 3, 16, 48})), std::string("it fits"));

        const auto one = specFor("resnet18", 3, 32, 32, 1);
        const std::string alone = explained(one, torch::rand({1, 3, 32, 32}));
        QVERIFY2(contains(alone, "the batch norm behind layer layer4.0.conv1 (Conv2d) got 1 x 512 x 1 x 1: one value a channel"),
                 alone.c_str());
        QVERIFY2(contains(alone, "Set batch to 2 or more, or set preprocessing.width and preprocessing.height to at least 48"),
                 alone.c_str());
        QCOMPARE(explained(one, torch::rand({1, 3, 48, 48})), std::string("it fits"));

        const auto colour = specFor("resnet18", 3, 64, 64, 2);
        const std::string grey = explained(colour, torch::rand({2, 1, 64, 64}));
        QVERIFY2(
            contains(grey, "layer conv1 (Conv2d) got 2 x 1 x 64 x 64 and wants 3 channels, not 1: set preprocessing.channels to 3"),
            grey.c_str());

        const auto vit = nn::makeModel({"vit_tiny_patch16", 3, 4, 100, 96, {}});
        QVERIFY(!vit);
        QVERIFY2(contains(vit.error().text(), "100x96") && contains(vit.error().text(), "set width to 96"),
                 vit.error().text().c_str());
    }

    void weightsOfAnotherShapeSayWhatToChange() {
        const auto misfit = [](const std::string& model, int channels, int side, int classes, int givenChannels, int givenSide,
                               int givenClasses, const std::string& name) {
            const auto spec = specFor(model, channels, side, side, 2);
            const auto given = nn::stateOf(**nn::makeModel({model, givenChannels, givenClasses, givenSide, givenSide, {}}));
            return train::misfitOf(**nn::makeModel(train::modelConfig(spec, classes)), given, name, spec);
        };
        const auto channels = misfit("resnet18", 1, 64, 4, 3, 64, 4, "conv1.weight");
        QVERIFY2(
            channels.text == "conv1.weight is 64 x 3 x 7 x 7 in the file and 64 x 1 x 7 x 7 here: set preprocessing.channels to 3",
            channels.text.c_str());
        const auto side = misfit("vit_tiny_patch16", 3, 64, 4, 3, 224, 4, "pos_embed");
        QVERIFY2(contains(side.text, "preprocessing.width and preprocessing.height to 224") && !side.expected, side.text.c_str());
        const auto head = misfit("resnet18", 3, 64, 4, 3, 64, 7, "fc.weight");
        QVERIFY2(contains(head.text, "another number of classes") && head.expected, head.text.c_str());
    }

    void memoryAndWeightsAreCheckedBeforeTheStart() {
        Json memory = {{"parameters", 100}, {"gradients", 100}, {"optimizer", 200}, {"average", 0},
                       {"batch_size", 8},   {"peak", 1200},     {"free", 5000}};
        QVERIFY(train::memoryCheck(memory)["ok"].get<bool>());
        memory["free"] = 900;  // 400 whatever the batch, 100 a picture
        const Json tight = train::memoryCheck(memory);
        QVERIFY(!tight["ok"].get<bool>() && contains(tight["message"].get<std::string>(), "set batch to 5 or less"));
        const TempFolder folder;
        auto spec = specFor("resnet18", 1, 64, 64, 2);
        spec.weights = (folder.path() / "colour.safetensors").string();
        QVERIFY(nn::writeSafetensors(spec.weights, nn::stateOf(**nn::makeModel({"resnet18", 3, 9, 64, 64, {}}))).has_value());
        const auto other = train::weightsCheck(spec, 4);
        QVERIFY2(other.has_value(), other ? "" : other.error().text().c_str());
        QVERIFY(!(*other)["ok"].get<bool>() && contains((*other)["message"].get<std::string>(), "set preprocessing.channels to 3"));
        QVERIFY((*train::weightsCheck(
            [&] {
                auto three = spec;
                three.preprocessing.channels = 3;
                return three;
            }(),
            4))["ok"]
                    .get<bool>());
    }

    void aCheckStopsAtAShapeThatDoesNotFit() {
        const auto spec = specFor("small", 3, 8, 48, 4);
        const auto result = train::checkRun(spec, dataOf(spec, 3));
        QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
        QCOMPARE((*result)["failed"].get<int>(), 1);
        QCOMPARE((*result)["checks"].back()["name"].get<std::string>(), std::string("shapes"));
        QVERIFY(contains((*result)["checks"].back()["message"].get<std::string>(), "to at least 16"));
    }

    void theLargestBatchFitsAndTheNextDoesNot() {
        auto spec = specFor("small", 3, 32, 32, 8);
        const auto data = dataOf(spec, 4, 400);
        train::BatchLimits limits;
        limits.memory = std::uint64_t(48) << 20, limits.seconds = 0.05;
        const auto found = train::largestBatch(spec, data, limits);
        QVERIFY2(found.has_value(), found ? "" : found.error().text().c_str());
        const int largest = (*found)["largest"].get<int>();
        QCOMPARE((*found)["ended"].get<std::string>(), std::string("memory"));
        int least = 1 << 20, quickest = 0;
        double rate = 0;
        for (const Json& one : (*found)["batches"]) {
            const int size = one["batch"].get<int>();
            if (!one["fits"].get<bool>()) {
                least = std::min(least, size);
                continue;
            }
            QVERIFY(size <= largest);
            QVERIFY(one["peak"].get<std::uint64_t>() <= limits.memory);
            if (one["images_per_second"].get<double>() > rate) rate = one["images_per_second"].get<double>(), quickest = size;
        }
        QVERIFY2(largest > 4 && least > largest && least - largest <= std::max(1, largest / 8), found->dump().c_str());
        QCOMPARE((*found)["suggested"].get<int>(), quickest);
        // Twice the memory has room for about twice the pictures.
        limits.memory *= 2;
        const auto more = train::largestBatch(spec, data, limits);
        QVERIFY((*more)["largest"].get<int>() > 1.6 * largest && (*more)["largest"].get<int>() < 2.8 * largest);
        // With room enough, as many as there are.
        limits.memory = std::uint64_t(8) << 30, limits.most = 16;
        QCOMPARE((*train::largestBatch(spec, data, limits))["largest"].get<int>(), 16);
    }

    void aBatchInPartsHasTheGradientOfTheWhole() {
        auto model = *nn::makeModel({"vit_tiny_patch16", 3, 4, 32, 32, {}});  // no batch norm, no dropout
        model->train();
        const auto x = torch::rand({7, 3, 32, 32});
        const auto labels = torch::tensor({0, 1, 2, 3, 0, 0, 1}, torch::kInt64);
        const auto weights = torch::tensor({0.2F, 3.0F, 1.0F, 0.5F});
        const std::vector<std::pair<const char*, std::function<torch::Tensor(torch::Tensor)>>> losses = {
            {"weighted",
             [&](const torch::Tensor& y) {
                 return torch::nn::functional::cross_entropy(y, labels,
                                                             torch::nn::functional::CrossEntropyFuncOptions().weight(weights));
             }},
            {"of the whole batch", [](const torch::Tensor& y) { return y.softmax(1).mean(0).square().sum() + y.std(); }}};
        for (const auto& [name, loss] : losses) {
            const auto how = learningOf(*model, loss);
            model->zero_grad();
            train::MicroBatch whole;
            const auto wholeLoss = whole.learn(how, x);
            const auto expected = gradientsOf(*model);
            for (const int most : {4, 2, 1}) {
                model->zero_grad();
                train::MicroBatch parts;
                parts.load(most);
                const auto loss2 = parts.learn(how, x);
                QVERIFY(std::abs(loss2->item<double>() - wholeLoss->item<double>()) < 1e-5);
                QVERIFY2(apart(expected, gradientsOf(*model)) < 1e-4,
                         fmt::format("{} {}: {}", name, most, apart(expected, gradientsOf(*model))).c_str());
            }
        }
    }

    void dropoutDropsTheSameOnBothWays() {
        auto model = *nn::makeModel({"convnext_tiny", 3, 4, 32, 32, {}});  // drops whole branches, has no batch norm
        model->train();
        const auto x = torch::rand({4, 3, 32, 32});
        const auto labels = torch::arange(4);
        const auto loss = [&](const torch::Tensor& y) { return torch::nn::functional::cross_entropy(y, labels); };
        model->zero_grad();
        torch::manual_seed(8);
        auto sum = loss(torch::cat({model->forward(x.slice(0, 0, 2)), model->forward(x.slice(0, 2, 4))}));
        sum.backward();
        const auto expected = gradientsOf(*model);
        model->zero_grad();
        torch::manual_seed(8);
        train::MicroBatch parts;
        parts.load(2);
        QVERIFY(parts.learn(learningOf(*model, loss), x).has_value());
        QVERIFY2(apart(expected, gradientsOf(*model)) < 1e-4, fmt::format("{}", apart(expected, gradientsOf(*model))).c_str());
    }

    void runningFiguresOfBatchNormMoveOncePerPart() {
        auto model = *nn::makeModel({"small", 3, 4, 32, 32, {}});
        model->train();
        const auto x = torch::rand({8, 3, 32, 32});
        const auto labels = torch::arange(8).remainder(4);
        train::MicroBatch parts;
        parts.load(4);
        const auto how =
            learningOf(*model, [&](const torch::Tensor& y) { return torch::nn::functional::cross_entropy(y, labels); });
        QVERIFY(parts.learn(how, x).has_value());
        for (const auto& item : model->named_buffers())
            if (item.key().ends_with("num_batches_tracked")) QCOMPARE(item.value().item<std::int64_t>(), std::int64_t(2));
        auto* norm = model->named_modules()["stem.bn"]->as<torch::nn::BatchNorm2dImpl>();
        QVERIFY(norm->options.track_running_stats() && norm->options.momentum() == 0.1);
    }

    void outOfMemoryHalvesUntilItFits() {
        auto model = *nn::makeModel({"small", 3, 4, 64, 64, {}});
        model->train();
        const auto x = torch::rand({32, 3, 64, 64});
        const auto labels = torch::arange(32).remainder(4);
        const auto how =
            learningOf(*model, [&](const torch::Tensor& y) { return torch::nn::functional::cross_entropy(y, labels); });
        train::MicroBatch whole;
        std::uint64_t needed = 0;
        {
            const train::MemoryLimit plenty(std::uint64_t(8) << 30);
            QVERIFY(whole.learn(how, x).has_value());
            needed = train::MemoryLimit::peak();
        }
        QCOMPARE(whole.most(), std::int64_t(0));
        const auto earlier = gradientsOf(*model);
        train::MicroBatch parts;
        {
            const train::MemoryLimit limit(needed * 2 / 5);
            const auto loss = parts.learn(how, x);
            QVERIFY2(loss.has_value(), loss ? "" : loss.error().text().c_str());
        }
        QVERIFY2(parts.most() == 8 || parts.most() == 4, fmt::format("{}", parts.most()).c_str());
        const auto news = parts.takeNews();
        QVERIFY(news.size() >= 2 && parts.takeNews().empty());
        QCOMPARE(news[0], std::string("out of memory at batch 32: learning in 2 parts of 16 from now on"));
        QCOMPARE(news[1], std::string("out of memory at parts of 16: learning in 4 parts of 8 from now on"));
        // The gradient that was there before is still in the sum; batch norm saw parts, so the other half is near, not the same.
        const auto both = gradientsOf(*model);
        for (std::size_t i = 0; i < both.size(); ++i) QVERIFY(torch::isfinite(both[i]).all().item<bool>());
        const auto together = [](const std::vector<torch::Tensor>& all) {
            return torch::linalg_vector_norm(torch::stack(at::_foreach_norm(all))).item<double>();
        };
        const double ratio = together(both) / together(earlier);
        QVERIFY2(ratio > 1.4 && ratio < 2.4, fmt::format("{}", ratio).c_str());
        {
            const train::MemoryLimit none(1000);
            const auto loss = parts.learn(how, x);
            QVERIFY(!loss && contains(loss.error().text(), "a single picture of 3 x 64 x 64"));
        }
        QVERIFY(apart(both, gradientsOf(*model)) == 0);  // a batch that isn't learned leaves no trace
    }

    void aRunThatMeetsTheLimitGoesOnInPartsAndRemembers() {
        const TempFolder folder;
        auto data = cardchecks::cornerData(9);
        runs::RunSpec spec;
        spec.epochs = 3, spec.batch = 32;
        spec = *train::resolve(spec, {24, 24, false, data.splits.train.size()}, "cpu");
        train::fillStatistics(spec, *data.pictures, data.splits.train);
        const auto runIn = [&](const char* name, std::uint64_t bytes, const train::TrainOptions& options = {}) {
            const auto at = folder.path() / name;
            (void)base::makeFolders(at);
            const train::MemoryLimit limit(bytes);
            const auto ended = train::train(runs::RunFolder(at), spec, data, options);
            return ended ? std::string(runs::name(*ended)) : ended.error().text();
        };
        QCOMPARE(runIn("short", std::uint64_t(14) << 20), std::string("finished"));
        const auto log = testrun::readLog(folder.path() / "short");
        QVERIFY(log.says("out of memory at batch 32: learning in 2 parts of 16 from now on"));
        const Json state = *base::readJson(folder.path() / "short/checkpoints/last.json");
        const auto most = state["pictures_at_once"].get<int>();
        QVERIFY2(most > 0 && most <= 16, state.dump().c_str());
        const Json report = *base::readJson(folder.path() / "short/report.json");
        QVERIFY(report["metrics"]["accuracy"].get<double>() > 0.9);
        // Resumed, it doesn't have to find out again.
        spec.epochs = 4;
        train::TrainOptions again;
        again.resume = true;
        QCOMPARE(runIn("short", std::uint64_t(14) << 20, again), std::string("finished"));
        int times = 0;
        for (const Json& event : testrun::readLog(folder.path() / "short").of("message"))
            times += contains(event.value("text", ""), "out of memory at batch 32");
        QCOMPARE(times, 1);
        const std::string none = runIn("none", std::uint64_t(2) << 20);
        QVERIFY2(contains(none, "out of memory"), none.c_str());
        // Norms of the first step and of every twentieth.
        const auto norms = testrun::valuesOf(log, "grad_norm");
        QCOMPARE(norms.size(), testrun::valuesOf(log, "update_ratio").size());
        QCOMPARE(norms.front().first, std::int64_t(1));
        QVERIFY(norms.front().second > 0 && testrun::valuesOf(log, "weight_norm").front().second > 1);
    }

    void theScaleIsThatOfGradScaler() {
        const Json known = golden("loss_scale.json");
        train::LossScale scale(torch::kCPU);
        auto weight = torch::zeros({6});
        std::vector<std::pair<int, double>> scales;
        std::vector<int> skipped;
        for (int step = 0; step < known["steps"].get<int>(); ++step) {
            std::vector<float> values;
            for (int k = 0; k < 6; ++k)
                values.push_back(float(((step * 37 + k * 11) % 101 - 50) / 8.0 * scale.save()["scale"].get<double>()));
            if (const auto bad = known["bad"].find(std::to_string(step)); bad != known["bad"].end())
                values[std::size_t(step % 6)] = std::stof(bad->get<std::string>());
            auto gradient = torch::tensor(values);
            const bool sound = scale.unscale({gradient});
            if (!sound) skipped.push_back(step);
            if (sound) weight.sub_(gradient, 1e-3);
            if (const auto row = known["unscaled"].find(std::to_string(step)); row != known["unscaled"].end())
                for (int k = 0; k < 6; ++k) QCOMPARE(gradient[k].item<float>(), (*row)[std::size_t(k)].get<float>());
            const double now = scale.save()["scale"].get<double>();
            if (scales.empty() || scales.back().second != now) scales.emplace_back(step, now);
            if (step == 1000) {  // kept in a checkpoint
                const Json kept = scale.save();
                scale = train::LossScale(torch::kCPU);
                scale.load(kept);
            }
        }
        QVERIFY2(Json(scales) == known["scales"], Json(scales).dump().c_str());
        QVERIFY2(Json(skipped) == known["skipped"], Json(skipped).dump().c_str());
        QVERIFY(scale.save()["growth"] == known["growth"]);
        for (int k = 0; k < 6; ++k)
            QVERIFY(std::abs(weight[k].item<double>() - known["weight"][std::size_t(k)].get<double>()) < 1e-6);
        const auto loss = torch::full({}, 0.5F);
        QCOMPARE(scale.scaled(loss).item<double>(), 0.5 * scales.back().second);
        const auto fp16 = train::resolve(
            [] {
                runs::RunSpec spec;
                spec.precision = "fp16";
                return spec;
            }(),
            {24, 24, true, 100}, "cpu");
        QVERIFY(!fp16 && contains(fp16.error().text(), "fp16 needs a card"));
    }

    void bf16IsTakenWhereItMeasuredFasterAndTheSame() {
        QCOMPARE(train::chosenPrecision({0.1, 0.06, 1, 1.001}).precision, std::string("bf16"));
        QVERIFY(contains(train::chosenPrecision({0.1, 0.06, 1, 1.001}).message, "0.60 times that in fp32 (100 ms)"));
        QCOMPARE(train::chosenPrecision({0.1, 0.098, 1, 1}).precision, std::string("fp32"));
        QCOMPARE(train::chosenPrecision({0.1, 0.02, 1, 1.2}).precision, std::string("fp32"));
        QCOMPARE(train::chosenPrecision({0.1, 0.02, 1, NAN}).precision, std::string("fp32"));
        const auto spec = specFor("small", 3, 32, 32, 8);
        const auto times = train::measurePrecision(spec, 4);
        QVERIFY2(times.has_value(), times ? "" : times.error().text().c_str());
        QVERIFY(times->fp32Seconds > 0 && times->bf16Seconds > 0 && std::isfinite(times->fp32Seconds));
        QVERIFY(times->fp32Loss != times->bf16Loss && std::abs(times->fp32Loss - times->bf16Loss) < 0.1 * times->fp32Loss);
    }

    void normsAreThoseOfTheParameters() {
        const TempFolder folder;
        auto spec = specFor("small", 3, 32, 32, 8);
        spec.optimizer.name = "sgd", spec.optimizer.options = {{"momentum", 0.0}}, spec.optimizer.weightDecay = 0;
        auto model = *nn::makeModel(train::modelConfig(spec, 4));
        auto optimizer = *train::makeOptimizer(*model, spec);
        double gradients = 0, weights = 0;
        for (auto& parameter : model->parameters()) {
            parameter.mutable_grad() = torch::randn_like(parameter);
            gradients += parameter.grad().square().sum().item<double>(),
                weights += parameter.detach().square().sum().item<double>();
        }
        {
            auto events = runs::EventWriter::open(folder.path() / "events.log");
            train::Journal journal(std::move(*events));
            train::Norms norms(5);
            for (int step = 0; step < 6; ++step) {
                norms.before(*optimizer, step);
                optimizer->step(step == 0 ? 1e-3 : 0);
                norms.after(step, 0.1 * step);
                norms.report(journal, false);
            }
            QVERIFY(journal.writer().flush().has_value());
        }
        const auto log = testrun::readLog(folder.path());
        const auto near = [](double a, double b) { return std::abs(a - b) < 1e-4 * b; };
        const auto ratio = testrun::valuesOf(log, "update_ratio");
        QCOMPARE(ratio.size(), std::size_t(2));
        QCOMPARE(ratio[1].first, std::int64_t(6));
        QVERIFY(near(testrun::valuesOf(log, "grad_norm")[0].second, std::sqrt(gradients)));
        QVERIFY(near(testrun::valuesOf(log, "weight_norm")[0].second, std::sqrt(weights)));
        QVERIFY(near(ratio[0].second, 1e-3 * std::sqrt(gradients / weights)));
        QCOMPARE(ratio[1].second, 0.0);
    }

    void theFirstValueThatIsNoNumberIsFound() {
        auto model = *nn::makeModel({"small", 3, 4, 32, 32, {}});
        model->train();
        const auto lossOf = [](const torch::Tensor& y, std::int64_t, std::int64_t) { return y.square().mean(); };
        const auto name = [](std::int64_t row) { return fmt::format("picture-{}.png", row); };
        auto x = torch::rand({6, 3, 32, 32});
        QVERIFY(train::firstNotFinite(*model, x, lossOf).where == train::NotFinite::Where::Nowhere);
        auto broken = x.clone();
        broken[4][1][3][3] = NAN;
        QVERIFY(contains(train::firstNotFinite(*model, broken, lossOf).text(name), "the input of picture-4.png"));
        // One bright picture overflows in one layer.
        auto bright = x.clone();
        bright[2] = 1e30F;
        {
            const torch::NoGradGuard still;
            model->named_parameters()["stem.conv.weight"].fill_(1e10F);
        }
        const auto layer = train::firstNotFinite(*model, bright, lossOf);
        QVERIFY2(contains(layer.text(name), "the output of layer stem.conv (Conv2d) of picture-2.png"), layer.text(name).c_str());
        model = *nn::makeModel({"small", 3, 4, 32, 32, {}});
        model->eval();
        const auto loss = train::firstNotFinite(*model, x, [](const torch::Tensor& y, std::int64_t from, std::int64_t to) {
            return from <= 3 && 3 < to ? torch::full({}, NAN) : y.sum();
        });
        QVERIFY2(contains(loss.text(name), "the loss itself of picture-3.png"), loss.text(name).c_str());
        {
            const torch::NoGradGuard still;
            model->named_parameters()["stage2.widen.conv.weight"].fill_(NAN);
        }
        QVERIFY(contains(train::firstNotFinite(*model, x, lossOf).text(name), "the weights stage2.widen.conv.weight"));
    }

    void aRunWhoseLossIsNoNumberSaysWhere() {
        const TempFolder folder;
        auto data = cardchecks::cornerData(9);
        runs::RunSpec spec;
        spec.epochs = 2, spec.batch = 32, spec.optimizer.name = "sgd", spec.optimizer.lr = 1e36, spec.schedule.warmupEpochs = 0;
        spec.optimizer.clip = 0;
        spec = *train::resolve(spec, {24, 24, false, data.splits.train.size()}, "cpu");
        train::fillStatistics(spec, *data.pictures, data.splits.train);
        const auto ended = train::train(runs::RunFolder(folder.path()), spec, data, {});
        QVERIFY(!ended);
        const std::string said = ended.error().text();
        QVERIFY2(contains(said, "the first that is no number is the ") && contains(said, "lower learning rate"), said.c_str());
        QVERIFY2(contains(said, "layer ") || contains(said, "weights "), said.c_str());
        QVERIFY(!std::isfinite(testrun::valuesOf(testrun::readLog(folder.path()), "train/loss").back().second));
    }
};

QTEST_GUILESS_MAIN(TestMakeItRun)
#include "tst_make_it_run.moc"
