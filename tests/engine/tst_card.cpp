// The card's way of a run on the processor (host_card.h): plans carried out for a batch at once, steps as graphs.
#include <torch/torch.h>
#include <QTest>

#include "core/engine/train/augment_batch.h"
#include "core/engine/train/optimizer.h"
#include "core/engine/train/step_graph.h"
#include "tests/engine/card_checks.h"
#include "tests/engine/host_card.h"

using namespace lathe;
using namespace lathe::engine;

namespace {

std::vector<std::uint8_t> noiseBytes(std::size_t count, train::Random& random) {
    std::vector<std::uint8_t> bytes(count);
    for (auto& byte : bytes) byte = std::uint8_t(random.next());
    return bytes;
}

/// FNV-1a over 200 pictures, their masks and the random number that comes next.
std::uint64_t fingerprint(const runs::Augmentation& step, const train::PictureShape& shape) {
    const auto augmenter = *train::Augmenter::make({step});
    std::uint64_t hash = 14695981039346656037ull;
    const auto add = [&](std::uint64_t value) { hash = (hash ^ value) * 1099511628211ull; };
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        train::Random random{seed, 1};
        auto picture = noiseBytes(shape.bytes(), random);
        auto mask = noiseBytes(std::size_t(shape.width) * std::size_t(shape.height), random);
        augmenter.apply(picture.data(), shape, random, mask.data(), 255);
        for (const auto value : picture) add(value);
        for (const auto value : mask) add(value);
        add(random.next());
    }
    return hash;
}

struct Kind {
    const char* name;
    Json options;
    std::uint64_t colour, grey;  ///< fingerprints as they were before the card's kernels shared these functions
};
const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all = {
        {"flip", {{"p", 0.5}}, 0xe417129e037e7a5dull, 0x41c2134f86d9c6abull},
        {"flip_vertical", {{"p", 0.5}}, 0x9a45bdb8123524afull, 0xf540d91b31c3eb93ull},
        {"shift", {{"pixels", 4}}, 0xd8b04f5dc4182bf6ull, 0x7437c929178d07d8ull},
        {"crop", {{"padding", 4}}, 0xc3a5f67b40cef189ull, 0x51979d520fd138dfull},
        {"zoom_crop", {{"least", 0.3}}, 0x338bf440dd350615ull, 0xf711151ced5fd1bbull},
        {"affine", {{"degrees", 20}, {"scale", 0.3}, {"shear", 10}}, 0x96deeba7667ce5f6ull, 0x6e012c3f60fc7767ull},
        {"rand", {{"count", 6}, {"strength", 0.9}}, 0x43059751fdb70eebull, 0x6bb492f6dc282fe9ull},
        {"colour",
         {{"brightness", 0.4}, {"contrast", 0.4}, {"saturation", 0.4}, {"hue", 0.1}},
         0xb921a4c5b393c2c0ull,
         0x976374516c72428eull},
        {"blur", {{"sigma", 3}, {"p", 0.7}}, 0x2989159b03817b55ull, 0xed77930a18ecf67full},
        {"noise", {{"sigma", 20}, {"p", 0.7}}, 0x2ed7b514cbeb3240ull, 0x2361327726320929ull},
        {"erase", {{"area", 0.5}, {"p", 0.7}}, 0xe23cb5d898c5218full, 0xd8d4708a577daff9ull},
    };
    return all;
}

}  // namespace

class TestCard : public QObject {
    Q_OBJECT
private:
    /// The report and the last weights of a run in fp32 on the processor, by the table's way.
    static std::pair<Json, nn::NamedTensors> trained(const runs::RunSpec& spec, const cuda::CardTable* table,
                                                     std::vector<std::string>* messages = nullptr) {
        const base::TempFolder folder;
        auto report = cardchecks::trainOn("cpu", spec, folder.path(), table);
        if (!report) qFatal("%s", report.error().text().c_str());
        for (const char* measured : {"seconds", "metrics"}) {
            Json& where = std::string(measured) == "metrics" ? (*report)["metrics"] : *report;
            where.erase(std::string(measured) == "metrics" ? "images_per_second" : measured);
        }
        runs::EventReader log(folder.path() / "events.log");
        const auto keep = [&](const Json& event) {
            if (messages && event.value("kind", "") == "message") messages->push_back(event.value("text", ""));
        };
        (void)log.poll([](std::string_view, const std::vector<runs::MetricPoint>&) {}, keep);
        return {*report, nn::readSafetensors(folder.path() / "checkpoints" / "last.safetensors")->tensors};
    }
    static bool same(const nn::NamedTensors& a, const nn::NamedTensors& b) {
        if (a.size() != b.size()) return false;
        for (const auto& [name, tensor] : a)
            if (!b.contains(name) || !torch::equal(tensor, b.at(name))) return qWarning("%s differs", name.c_str()), false;
        return true;
    }
    static runs::RunSpec everything() {
        runs::RunSpec spec;
        spec.epochs = 3, spec.batch = 32, spec.precision = "fp32", spec.ema = 0.9;
        spec.optimizer.clip = 1;
        for (const Kind& kind : kinds()) spec.augmentation.push_back({kind.name, kind.options});
        spec.augmentation.push_back({"mixup"});
        spec.augmentation.push_back({"cutmix"});
        return spec;
    }

private Q_SLOTS:
    void augmentationsGiveTheBytesThatTheyGave() {
        for (const Kind& kind : kinds()) {
            const runs::Augmentation step{kind.name, kind.options};
            QVERIFY2(fingerprint(step, {24, 32, 3}) == kind.colour, kind.name);
            QVERIFY2(fingerprint(step, {17, 23, 1}) == kind.grey, kind.name);
        }
    }
    void aBatchAtOnceGivesWhatOneByOneGives() {
        cardchecks::Failures failures;
        cardchecks::augmentationsAgree("cpu", hostcard::table(), failures);
        for (const auto& failure : failures) QFAIL(failure.c_str());
    }
    void aRunByTheCardsWayIsTheSameRun_data() {
        QTest::addColumn<QString>("optimiser");
        for (const char* name : {"sgd", "adamw"}) QTest::newRow(name) << QString(name);
    }
    void aRunByTheCardsWayIsTheSameRun() {
        QFETCH(QString, optimiser);
        runs::RunSpec spec = everything();
        spec.optimizer.name = optimiser.toStdString();
        const auto usual = trained(spec, nullptr);
        const int before = hostcard::replays();
        const auto card = trained(spec, &hostcard::table());
        QVERIFY(hostcard::replays() - before > 20);
        QCOMPARE(card.first.dump(), usual.first.dump());
        QVERIFY(same(usual.second, card.second));
    }
    void aRateThatIsATensorStepsTheSame() {
        for (const char* name : {"sgd", "adamw", "muon"}) {
            runs::RunSpec spec;
            spec.optimizer.name = name;
            std::vector<std::vector<torch::Tensor>> stepped;
            for (const bool asTensor : {false, true}) {
                torch::manual_seed(4);
                const auto model = *nn::makeModel({"small", 3, 5, 32, 32, {}});
                const auto optimizer = *train::makeOptimizer(*model, spec);
                for (int step = 0; step < 3; ++step) {
                    for (auto& parameter : model->parameters()) parameter.mutable_grad() = torch::randn_like(parameter);
                    asTensor ? optimizer->step(torch::full({}, 0.01, torch::kFloat64)) : optimizer->step(0.01);
                }
                stepped.push_back(model->parameters());
            }
            for (std::size_t i = 0; i < stepped[0].size(); ++i) QVERIFY2(torch::allclose(stepped[0][i], stepped[1][i]), name);
        }
    }
    void masksMoveOnTheCardAsInTheLoader() {
        runs::RunSpec spec = everything();
        spec.task = "segment", spec.model.name = "unet_light", spec.loss.name = "auto", spec.epochs = 1, spec.batch = 8;
        std::erase_if(spec.augmentation, [](const auto& one) { return one.name == "mixup" || one.name == "cutmix"; });
        const auto usual = trained(spec, nullptr), card = trained(spec, &hostcard::table());
        QCOMPARE(card.first.dump(), usual.first.dump());
        QVERIFY(same(usual.second, card.second));
    }
    void whatCantBeRecordedIsTakenStepByStep() {
        std::vector<std::string> messages;
        const auto usual = trained(everything(), nullptr), card = trained(everything(), &hostcard::tableWithoutGraphs(), &messages);
        QCOMPARE(card.first.dump(), usual.first.dump());
        QVERIFY(same(usual.second, card.second));
        const auto told = std::count_if(messages.begin(), messages.end(), [](const std::string& text) {
            return text.find("not permitted when stream is capturing") != std::string::npos;
        });
        QCOMPARE(int(told), 1);
    }
    void gatheredBatchesAreTakenStepByStep() {
        runs::RunSpec spec = everything();
        spec.accumulate = 2;
        const int before = hostcard::replays();
        const auto usual = trained(spec, nullptr), card = trained(spec, &hostcard::table());
        QCOMPARE(hostcard::replays(), before);
        QVERIFY(same(usual.second, card.second));
    }
    void onlyTwoShapesAreRecorded() {
        auto weight = torch::ones({3}).requires_grad_();
        train::StepGraph graph(hostcard::table().graphs, {weight},
                               {[&](const train::StepGraph::Tensors& in) {
                                    const auto loss = (weight * in[0]).sum();
                                    loss.backward();
                                    return loss.detach();
                                },
                                [&](const torch::Tensor& rate) {
                                    const torch::NoGradGuard still;
                                    weight.sub_(weight.grad() * rate);
                                }});
        const auto of = [](int rows) { return train::StepGraph::Tensors{torch::ones({rows, 3}), torch::Tensor()}; };
        for (int warm = 0; warm < 3; ++warm) QVERIFY(!graph.takes(of(4)));
        QVERIFY(graph.takes(of(4)));
        QCOMPARE(graph.learn(of(4)).item<float>(), 12.F);
        QVERIFY(torch::equal(weight.grad(), torch::full({3}, 4.F)));
        QVERIFY(graph.step(0.125));
        QVERIFY(torch::equal(weight.detach(), torch::full({3}, 0.5F)));
        QVERIFY(!graph.step(0.125));  // no new gradients
        QVERIFY(graph.takes(of(5)));
        QCOMPARE(graph.learn(of(5)).item<float>(), 7.5F);
        QVERIFY(!graph.takes(of(6)) && graph.takes(of(4)));
        graph.forget();
        QVERIFY(graph.takes(of(6)));
    }
};

QTEST_GUILESS_MAIN(TestCard)
#include "tst_card.moc"
