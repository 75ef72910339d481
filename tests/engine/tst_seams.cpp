// What a run spec can name: the catalogue against the engine's makers, and the makers against Python (tests/data/engine/
// make_training.py): losses, schedules, Muon, clipping; samplers, class weights, averages, augmentations by what they promise.
#include <torch/torch.h>
#include <QTest>
#include <cmath>
#include <map>

#include "core/base/files.h"
#include "core/engine/nn/stages.h"
#include "core/engine/train/augment.h"
#include "core/engine/train/batch_mix.h"
#include "core/engine/train/ema.h"
#include "core/engine/train/losses.h"
#include "core/engine/train/optimizer.h"
#include "core/engine/train/sampler.h"
#include "core/engine/train/schedule.h"

using namespace lathe;
using namespace lathe::engine;

namespace {

const Json& golden() {
    static const Json all = *base::readJson(LATHE_SOURCE_DIR "/tests/data/engine/training.json");
    return all;
}

torch::Tensor matrix(const Json& rows) {
    std::vector<float> values;
    for (const Json& row : rows)
        for (const Json& value : row) values.push_back(value.get<float>());
    return torch::tensor(values).reshape({std::int64_t(rows.size()), -1});
}

struct OneMatrix : torch::nn::Module {
    torch::Tensor weight;
    torch::nn::Linear head{nullptr};
    explicit OneMatrix(const torch::Tensor& start) {
        auto body = register_module("body", std::make_shared<torch::nn::Module>());
        weight = body->register_parameter("weight", start.clone());
        head = register_module("head", torch::nn::Linear(2, 2));
    }
};

/// One colour a column, so that a place can be read off.
std::vector<std::uint8_t> columns(const train::PictureShape& shape) {
    std::vector<std::uint8_t> picture(shape.bytes());
    for (std::size_t i = 0; i < picture.size(); ++i)
        picture[i] = std::uint8_t(i / std::size_t(shape.channels) % std::size_t(shape.width) * 10 + 5);
    return picture;
}

std::map<std::int64_t, int> counted(const std::vector<std::int64_t>& order, const std::vector<std::int64_t>& labels) {
    std::map<std::int64_t, int> counts;
    for (const std::int64_t at : order) ++counts[labels[std::size_t(at)]];
    return counts;
}

}  // namespace

class TestSeams : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyNameOfTheCatalogueIsMade() {
        auto model = *nn::makeModel({"small", 1, 4, 20, 20, {}});
        for (const auto& name : runs::names(runs::Seam::Model))
            if (name != "auto") QVERIFY2(nn::makeModel({name, 3, 4, 32, 32, {}}), name.c_str());
        for (const auto& entry : nn::modelEntries()) {
            const auto* choice = runs::find(runs::Seam::Model, entry.name);
            QVERIFY2(choice, entry.name.data());
            for (const auto& task : runs::names(runs::Seam::Task)) QCOMPARE(choice->serves(task), task == entry.task);
        }
        runs::RunSpec spec;
        for (const auto& name : runs::names(runs::Seam::Optimizer)) {
            spec.optimizer.name = name;
            QCOMPARE(train::makeOptimizer(*model, spec).has_value(), name != "auto");
        }
        for (const auto& name : runs::names(runs::Seam::Loss)) {
            spec.loss.name = name;
            QCOMPARE(train::makeLoss(spec, {1, 1, 1, 1}, torch::kCPU).has_value(), name != "auto");
        }
        for (const auto& name : runs::names(runs::Seam::Augmentation)) QVERIFY2(train::Augmenter::make({{name}}), name.c_str());
        QVERIFY(!train::Augmenter::make({{"twirl"}}));
        for (const auto& name : runs::names(runs::Seam::Schedule)) {
            spec.schedule.name = name, spec.epochs = 100, spec.optimizer.lr = 1;
            train::Schedule schedule(spec, 10);
            for (int k = 0; k < 20; ++k) schedule.observe(false);
            QCOMPARE(schedule.rate(900) < 0.999, name != "constant");
        }
        const std::vector<std::int64_t> labels = {0, 0, 0, 0, 0, 0, 1, 2};
        for (const auto& name : runs::names(runs::Seam::Sampler)) {
            train::Random random{1};
            const auto counts = counted(train::epochOrder({name}, labels, random), labels);
            QCOMPARE(counts.at(0) < 6, name != "shuffled");
        }
        for (const auto& name : runs::names(runs::Seam::ClassWeights)) {
            const auto weights = train::classWeights({name}, {8, 2, 0});
            QCOMPARE(weights.empty(), name == "none");
            if (weights.empty()) continue;
            QVERIFY(weights[1] > weights[0] && weights[2] == 0);
            QVERIFY(std::abs(weights[0] * 0.8 + weights[1] * 0.2 - 1) < 1e-9);
        }
    }
    void lossesMatchPython() {
        const Json& all = golden()["losses"];
        std::vector<double> flat;
        for (const Json& row : all["logits"])
            for (const Json& value : row) flat.push_back(value);
        const auto logits = torch::tensor(flat, torch::kFloat64).reshape({12, 4}).to(torch::kFloat32);
        const auto labels = torch::tensor(all["labels"].get<std::vector<std::int64_t>>());
        for (const auto& [key, expected] : all["cases"].items())
            for (const auto& [name, value] : expected.items()) {
                runs::RunSpec spec;
                spec.loss.name = name;
                spec.loss.labelSmoothing = key.ends_with("0.1") ? 0.1 : 0;
                if (key.starts_with("weighted"))
                    spec.loss.classWeights.name = "inverse";  // 40, 20, 10, 80: 0.5, 1, 2, 0.25 by scale
                const auto loss = *train::makeLoss(spec, all["counts"].get<std::vector<std::int64_t>>(), torch::kCPU);
                QVERIFY2(std::abs(loss(logits, labels).item<double>() - value.get<double>()) < 1e-5, (key + name).c_str());
            }
    }
    void schedulesMatchPython() {
        for (const auto& [name, rates] : golden()["schedules"].items()) {
            runs::RunSpec spec;
            spec.optimizer.lr = 0.5, spec.epochs = 6, spec.schedule.warmupEpochs = 0;
            spec.schedule.name = name;
            if (name == "cosine") spec.schedule.options = {{"floor", 0.1}};
            if (name == "step") spec.schedule.options = {{"every", 2}, {"factor", 0.3}};
            const train::Schedule schedule(spec, 10);
            for (std::size_t k = 0; k < rates.size(); ++k)
                QVERIFY2(std::abs(schedule.rate(std::int64_t(k)) - rates[k].get<double>()) < 1e-6,
                         (name + std::to_string(k)).c_str());
        }
    }
    void muonMatchesPython() {
        const Json& expected = golden()["muon"];
        OneMatrix own(matrix(expected["start"]));
        const auto x = matrix(expected["x"]);
        runs::RunSpec spec;
        spec.optimizer.name = "muon", spec.optimizer.weightDecay = 0.1;
        auto optimizer = *train::makeOptimizer(own, spec);
        for (int step = 0; step < 5; ++step) {
            optimizer->zeroGrad();
            x.mm(own.weight.t()).pow(2).sum().backward();
            optimizer->step(0.02);
        }
        QVERIFY((own.weight - matrix(expected["end"])).abs().max().item<double>() < 2e-3);  // bfloat16 inside
        QVERIFY((own.weight - matrix(expected["start"])).abs().max().item<double>() > 0.01);
    }
    void clippingMatchesPython() {
        const Json& expected = golden()["clipped"];
        torch::nn::Linear own(4, 3);
        own->weight.mutable_grad() = matrix(expected["before"][0]);
        own->bias.mutable_grad() = torch::tensor(expected["before"][1].get<std::vector<float>>()).slice(0, 0, 3);
        torch::nn::Module both;
        both.register_module("a", own);
        both.register_parameter("b", torch::zeros({5})).mutable_grad() =
            torch::tensor(expected["before"][1].get<std::vector<float>>());
        own->bias.mutable_grad().reset();
        auto optimizer = *train::makeOptimizer(both, {});
        const double norm = optimizer->clip(1.5).item<double>();
        QVERIFY(std::abs(norm - expected["norm"].get<double>()) < 1e-5);
        QVERIFY(torch::allclose(own->weight.grad(), matrix(expected["after"][0]), 1e-4, 1e-6));
    }
    void aBalancedEpochRepeatsTheRareFairly() {
        std::vector<std::int64_t> labels(90, 0);
        for (int i = 0; i < 10; ++i) labels.push_back(1);
        train::Random random{3};
        const auto order = train::epochOrder({"balanced"}, labels, random);
        QCOMPARE(order.size(), labels.size());
        QCOMPARE(counted(order, labels), (std::map<std::int64_t, int>{{0, 50}, {1, 50}}));
        std::map<std::int64_t, int> each;
        for (const std::int64_t at : order) ++each[at];
        for (std::int64_t at = 90; at < 100; ++at) QCOMPARE(each[at], 5);
        for (std::int64_t at = 0; at < 90; ++at) QVERIFY(each[at] <= 1);
    }
    void frozenStagesStayAsTheyAre() {
        auto model = *nn::makeModel({"resnet18", 3, 4, 32, 32, {}});
        QCOMPARE(nn::stagesOf(*model).front(), std::string("conv1"));
        QCOMPARE(nn::stagesOf(*model).back(), std::string("fc"));
        nn::freeze(*model, 3);
        nn::trainUnfrozen(*model, 3);
        const auto before = nn::stateOf(*model);
        std::map<std::string, torch::Tensor> kept;
        for (const auto& [name, tensor] : before) kept[name] = tensor.clone();
        runs::RunSpec spec;
        spec.optimizer.layerDecay = 0.5;
        auto optimizer = *train::makeOptimizer(*model, spec);
        model->forward(torch::rand({4, 3, 32, 32})).pow(2).sum().backward();
        optimizer->step(0.1);
        int moved = 0;
        for (const auto& [name, tensor] : nn::stateOf(*model)) {
            const bool frozen = name.starts_with("conv1.") || name.starts_with("bn1.") || name.starts_with("layer1.");
            const bool same = torch::equal(tensor, kept[name]);
            QVERIFY2(!frozen || same, name.c_str());
            moved += !same;
        }
        QVERIFY(moved > 50);
        nn::freeze(*model, 99);
        QVERIFY(model->named_parameters()["fc.weight"].requires_grad());
    }
    void ratesFallWithTheDistanceFromTheHead() {
        auto model = *nn::makeModel({"small", 1, 4, 20, 20, {}});
        runs::RunSpec spec;
        spec.optimizer.layerDecay = 0.5;
        std::map<std::string, double> rates;
        for (const auto& group : train::parameterGroups(*model, spec))
            for (const auto& name : group.names) rates[name] = group.rate;
        QCOMPARE(rates.at("fc.weight"), 1.0);
        QCOMPARE(rates.at("stage3.residual.conv.weight"), 0.5);
        QVERIFY(rates.at("stem.conv.weight") < 0.1);
    }
    void anAverageSwapsInAndOut() {
        auto model = *nn::makeModel({"small", 1, 4, 20, 20, {}});
        train::Ema ema(*model, 0.9);
        const auto parameter = model->named_parameters()["fc.weight"];
        const auto start = parameter.detach().clone();
        {
            const torch::NoGradGuard still;
            parameter.add_(1);
        }
        ema.update();
        const auto own = parameter.detach().clone();
        ema.swap();
        const double decay = 2.0 / 11;
        QVERIFY(torch::allclose(parameter, start * decay + own * (1 - decay), 1e-5, 1e-6));
        nn::NamedTensors saved;
        ema.save(saved);
        QVERIFY(torch::equal(saved.at("ema/fc.weight"), own));
        ema.swap();
        QVERIFY(torch::equal(parameter, own));
    }
    void placesMoveBoxesWithThePicture() {
        const train::PictureShape shape{6, 8, 1};
        train::Random random{1};
        auto picture = columns(shape);
        const auto flipped = (*train::Augmenter::make({{"flip", {{"p", 1}}}})).apply(picture.data(), shape, random);
        QCOMPARE(int(picture[0]), 75);
        QCOMPARE(int(picture[7]), 5);
        const auto box = train::placed({1, 2, 3, 5}, flipped, shape, 0.5);
        QCOMPARE(*box, (train::Corners{5, 2, 7, 5}));
        QVERIFY(!train::placed({1, 2, 3, 5}, train::Placement{{1, 0, 6, 0, 1, 0}}, shape, 0.6));
        QVERIFY(train::placed({1, 2, 3, 5}, train::Placement{{1, 0, 6, 0, 1, 0}}, shape, 0.5));
        const train::Placement turned{{0, -1, 6, 1, 0, 0}};
        const auto back = turned.then(*turned.inverse());
        for (std::size_t k = 0; k < 6; ++k) QVERIFY(std::abs(back.m[k] - train::Placement().m[k]) < 1e-12);
        QVERIFY(!train::Placement({{1, 1, 0, 1, 1, 0}}).inverse());
    }
    void aMaskGoesWhereThePictureGoes() {
        const train::PictureShape shape{40, 50, 1};
        train::Random random{9};
        const auto augmenter = *train::Augmenter::make(
            {{"affine", {{"degrees", 30}, {"scale", 0.3}}}, {"flip", {{"p", 0.5}}}, {"crop", {{"padding", 5}}}});
        for (int n = 0; n < 20; ++n) {
            std::vector<std::uint8_t> picture(shape.bytes(), 0), mask(shape.bytes(), 0);
            for (int y = 10; y < 30; ++y)
                for (int x = 12; x < 33; ++x) picture[std::size_t(y * 50 + x)] = 200, mask[std::size_t(y * 50 + x)] = 3;
            augmenter.apply(picture.data(), shape, random, mask.data(), 9);
            int wrong = 0;
            for (std::size_t i = 0; i < mask.size(); ++i) wrong += (mask[i] == 3) != (picture[i] >= 100);
            QVERIFY2(wrong < 40, QByteArray::number(wrong));
        }
    }
    void colourKindsKeepTheSizeAndChangeSomething() {
        const train::PictureShape shape{24, 24, 3};
        for (const char* name : {"colour", "blur", "noise", "erase", "rand"}) {
            runs::Named step{name};
            if (runs::find(runs::Seam::Augmentation, name)->find("p")) step.options["p"] = 1.0;
            const auto augmenter = *train::Augmenter::make({step});
            int changed = 0;
            for (std::uint64_t n = 0; n < 10; ++n) {
                auto picture = columns(shape), before = picture;
                train::Random random{n}, again{n};
                augmenter.apply(picture.data(), shape, random);
                augmenter.apply(before.data(), shape, again);
                QVERIFY(picture == before);
                changed += picture != columns(shape);
            }
            QVERIFY2(changed >= 7, name);
        }
    }
    void mixedBatchesKeepTheirLabelsShare() {
        const auto labels = torch::arange(8);
        for (const char* name : {"mixup", "cutmix"}) {
            const train::BatchMix mix({{name, {{"alpha", 1.0}}}});
            double shares = 0;
            for (std::uint64_t n = 0; n < 50; ++n) {
                auto x = torch::arange(8).reshape({8, 1, 1, 1}).expand({8, 1, 10, 10}).to(torch::kFloat32).clone();
                train::Random random{n};
                const auto mixed = mix.apply(x, labels, random);
                QVERIFY(mixed.labels.defined());
                const auto expected =
                    labels.to(torch::kFloat32) * mixed.share + mixed.labels.to(torch::kFloat32) * (1 - mixed.share);
                QVERIFY(torch::allclose(x.mean({1, 2, 3}), expected, 1e-3, 1e-3));
                shares += mixed.share / 50;
            }
            QVERIFY(shares > 0.3 && shares < 0.8);
        }
        auto x = torch::rand({8, 1, 4, 4});
        train::Random random{1};
        QVERIFY(!train::BatchMix({{"flip"}}).apply(x, labels, random).labels.defined());
    }
};

QTEST_GUILESS_MAIN(TestSeams)
#include "tst_seams.moc"
