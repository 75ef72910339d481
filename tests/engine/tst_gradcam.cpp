// Grad-CAM against golden maps made by Python's autograd (tests/data/explain/make.py), and what a method may not touch.
#include <QtTest>

#ifndef Q_MOC_RUN  // moc would read all of torch: minutes
#include "core/engine/explain/explainer.h"
#include "core/engine/nn/safetensors.h"
#endif

using namespace lathe;
using namespace lathe::engine;
namespace tn = torch::nn;

namespace {

/// The net of make.py.
class Net final : public nn::Model {
public:
    Net() {
        m_conv1 = register_module("conv1", tn::Conv2d(tn::Conv2dOptions(3, 6, 3).stride(2).padding(1)));
        m_bn1 = register_module("bn1", tn::BatchNorm2d(6));
        m_conv2 = register_module("conv2", tn::Conv2d(tn::Conv2dOptions(6, 8, 3).stride(2).padding(1)));
        m_fc = register_module("fc", tn::Linear(8, 5));
    }
    torch::Tensor forward(torch::Tensor x) override {
        torch::Tensor none;
        return forwardWithFeature(std::move(x), {}, none);
    }
    [[nodiscard]] std::vector<std::string> featureLayers() const override { return {"first", "second"}; }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string& layer, torch::Tensor& feature) override {
        x = m_bn1(m_conv1(x)).relu();
        if (layer == "first") feature = x;
        x = m_conv2(x).relu();
        if (layer == "second") feature = x;
        return m_fc(x.mean({2, 3}));
    }

private:
    tn::Conv2d m_conv1{nullptr}, m_conv2{nullptr};
    tn::BatchNorm2d m_bn1{nullptr};
    tn::Linear m_fc{nullptr};
};

double distance(const torch::Tensor& a, const torch::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

}  // namespace

class TestGradcam : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void matchesGolden_data();
    void matchesGolden();
    void choosesThePredictedClass();
    void leavesTheModelAlone();
    void worksUnderNoGrad();
    void everyModelOfTheRegistry();
    void wrongRequestsSayWhy();

private:
    std::shared_ptr<Net> m_net;
    nn::NamedTensors m_golden;
};

void TestGradcam::initTestCase() {
    auto file = nn::readSafetensors(LATHE_SOURCE_DIR "/tests/data/explain/gradcam.safetensors");
    QVERIFY2(file, file ? "" : file.error().text().c_str());
    m_golden = file->tensors;
    nn::NamedTensors state;
    for (const auto& [name, tensor] : m_golden) {
        if (name.starts_with("net.")) state[name.substr(4)] = tensor;
    }
    m_net = std::make_shared<Net>();
    QVERIFY(nn::loadState(*m_net, state));
}

void TestGradcam::matchesGolden_data() {
    QTest::addColumn<QString>("layer");
    QTest::addColumn<int>("index");
    for (const char* layer : {"first", "second"}) {
        for (const int index : {1, 4}) QTest::addRow("%s %d", layer, index) << layer << index;
    }
}

void TestGradcam::matchesGolden() {
    QFETCH(QString, layer);
    QFETCH(int, index);
    const auto explanation = explain::explain(*m_net, "gradcam", {m_golden["input"], index, layer.toStdString()});
    QVERIFY2(explanation, explanation ? "" : explanation.error().text().c_str());
    const auto& wanted = m_golden[layer.toStdString() + "." + std::to_string(index) + ".map"];
    QCOMPARE(explanation->map.sizes(), wanted.sizes());
    QVERIFY(distance(explanation->map, wanted) < 1e-6);
    QVERIFY(distance(explanation->probabilities, m_golden["probabilities"]) < 1e-6);
    QVERIFY(std::abs(explanation->score - m_golden["probabilities"][index].item<double>()) < 1e-6);
    QVERIFY(std::abs(explanation->checks["map_sum"].get<double>() - wanted.sum().item<double>()) < 1e-3);
    QCOMPARE(explanation->checks["layer"].get<std::string>(), layer.toStdString());
}

void TestGradcam::choosesThePredictedClass() {
    const auto explanation = explain::explain(*m_net, "gradcam", {m_golden["input"], -1, {}});
    QVERIFY(explanation);
    QCOMPARE(std::int64_t(explanation->classIndex), m_golden["logits"].argmax().item<std::int64_t>());
    QCOMPARE(explanation->checks["layer"].get<std::string>(), std::string("second"));
    QVERIFY(explanation->map.min().item<double>() >= 0);
}

void TestGradcam::leavesTheModelAlone() {
    m_net->train();
    const auto before = m_net->named_buffers()["bn1.running_mean"].clone();
    QVERIFY(explain::explain(*m_net, "gradcam", {m_golden["input"], 2, {}}));
    QVERIFY(m_net->is_training());
    QVERIFY(torch::equal(before, m_net->named_buffers()["bn1.running_mean"]));
    for (const auto& parameter : m_net->parameters()) QVERIFY(!parameter.grad().defined() && parameter.requires_grad());
    QVERIFY(!m_golden["input"].requires_grad());
    m_net->eval();
}

void TestGradcam::worksUnderNoGrad() {
    const torch::NoGradGuard noGradients;
    for (auto& parameter : m_net->parameters()) parameter.set_requires_grad(false);
    const auto explanation = explain::explain(*m_net, "gradcam", {m_golden["input"], 1, "second"});
    for (auto& parameter : m_net->parameters()) parameter.set_requires_grad(true);
    QVERIFY(explanation);
    QVERIFY(distance(explanation->map, m_golden["second.1.map"]) < 1e-6);
}

void TestGradcam::everyModelOfTheRegistry() {
    for (const auto& entry : nn::modelEntries()) {
        if (entry.task != "classify") continue;
        nn::ModelConfig config;
        config.name = std::string(entry.name);
        config.width = config.height = 32;
        const auto model = nn::makeModel(config);
        QVERIFY2(model, model ? "" : model.error().text().c_str());
        const auto explanation = explain::explain(**model, "gradcam", {torch::randn({1, 3, 32, 32}), 3, {}});
        QVERIFY2(explanation, explanation ? "" : explanation.error().text().c_str());
        QCOMPARE(explanation->map.sizes(), (torch::IntArrayRef{32, 32}));
        QVERIFY(explanation->map.isfinite().all().item<bool>());
    }
}

void TestGradcam::wrongRequestsSayWhy() {
    const auto message = [&](const char* method, const explain::Request& request) {
        const auto result = explain::explain(*m_net, method, request);
        return result ? QString() : QString::fromStdString(result.error().message);
    };
    QVERIFY(message("magic", {m_golden["input"], 1, {}}).contains("gradcam"));
    QVERIFY(message("gradcam", {m_golden["input"], 5, {}}).contains("0 to 4"));
    QVERIFY(message("gradcam", {m_golden["input"], 1, "third"}).contains("first, second"));
    QVERIFY(message("gradcam", {torch::randn({2, 3, 8, 8}), 1, {}}).contains("one preprocessed picture"));
}

QTEST_GUILESS_MAIN(TestGradcam)
#include "tst_gradcam.moc"
