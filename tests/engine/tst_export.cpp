// labels: slow
// TorchScript and ONNX from C++: read back here, and by ONNX Runtime and Python torch where the test's Python is there
// (LATHE_TEST_PYTHON, made by installer/test.sh; LATHE_TORCH_DIR or ~/.cache/lathe/torch-2.11.0 for its torch).
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#ifndef Q_MOC_RUN  // moc would read all of torch: minutes
#include <torch/script.h>

#include "core/engine/export/exporter.h"
#include "core/engine/nn/safetensors.h"
#endif

using namespace lathe;
using namespace lathe::engine;
namespace fs = std::filesystem;
namespace tn = torch::nn;

namespace {

/// One of everything that the mapper knows, so that the oracle sees each operator.
class Gallery final : public nn::Model {
public:
    Gallery() {
        m_conv = register_module("conv", tn::Conv2d(tn::Conv2dOptions(3, 8, 3).padding(1).stride(2)));
        m_bn = register_module("bn", tn::BatchNorm2d(8));
        m_depth = register_module("depth", tn::Conv2d(tn::Conv2dOptions(8, 8, 3).padding(2).dilation(2).groups(4).bias(false)));
        m_gn = register_module("gn", tn::GroupNorm(tn::GroupNormOptions(2, 8)));
        m_up = register_module("up", tn::ConvTranspose2d(tn::ConvTranspose2dOptions(8, 8, 2).stride(2)));
        m_ln = register_module("ln", tn::LayerNorm(tn::LayerNormOptions({8})));
        m_mix = register_module("mix", tn::Linear(8, 8));
        m_fc = register_module("fc", tn::Linear(24, 4));
        m_drop = register_module("drop", tn::Dropout(0.5));
    }
    torch::Tensor forward(torch::Tensor x) override {
        namespace F = torch::nn::functional;
        x = torch::relu(m_bn(m_conv(x)));
        auto y = torch::gelu(m_gn(m_depth(x))) + torch::gelu(x, "tanh") * 0.5;
        y = torch::cat({F::leaky_relu(y, F::LeakyReLUFuncOptions().negative_slope(0.1)).slice(1, 0, 4), torch::silu(y).slice(1, 4)},
                       1);
        y = m_up(torch::max_pool2d(y, 3, 2, 0, 1, true)) - torch::hardswish(y);
        y = torch::avg_pool2d(y.clamp(-2, 2), 2) / 1.5;
        y = F::interpolate(y, F::InterpolateFuncOptions().scale_factor(std::vector<double>{2, 2}).mode(torch::kNearest));
        y = F::pad(y, F::PadFuncOptions({1, 1, 0, 2}).mode(torch::kReflect));
        auto tokens = y.flatten(2).transpose(1, 2);
        tokens = m_mix(m_ln(tokens)).sigmoid().permute({0, 2, 1}).reshape({-1, 8, y.size(2), y.size(3)});
        const auto pooled = torch::adaptive_avg_pool2d(x, {1, 1}).flatten(1);
        const auto peak = torch::adaptive_max_pool2d(x, {1, 1});
        auto features = torch::cat({pooled, tokens.mean({2, 3}), std::get<0>(peak).squeeze(3).squeeze(2)}, 1);
        return torch::log_softmax(m_fc(m_drop(features)), 1).unsqueeze(1).select(1, 0);
    }
    [[nodiscard]] std::vector<std::string> featureLayers() const override { return {}; }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string&, torch::Tensor&) override { return forward(std::move(x)); }

private:
    tn::Conv2d m_conv{nullptr}, m_depth{nullptr};
    tn::BatchNorm2d m_bn{nullptr};
    tn::GroupNorm m_gn{nullptr};
    tn::ConvTranspose2d m_up{nullptr};
    tn::LayerNorm m_ln{nullptr};
    tn::Linear m_mix{nullptr}, m_fc{nullptr};
    tn::Dropout m_drop{nullptr};
};

/// Two layers with an operator that ONNX export doesn't know, one with its batch size frozen.
class Odd final : public nn::Model {
public:
    explicit Odd(bool frozen) : m_frozen(frozen) {
        m_conv = register_module("stem", tn::Conv2d(tn::Conv2dOptions(3, 4, 1)));
        m_head = register_module("head", tn::Linear(4 * 8 * 8, 2));
    }
    torch::Tensor forward(torch::Tensor x) override {
        x = m_conv(x);
        if (m_frozen) return m_head(x.reshape({x.size(0), -1}));
        return m_head(x.sinh().flatten(1)).sinh();
    }
    [[nodiscard]] std::vector<std::string> featureLayers() const override { return {}; }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string&, torch::Tensor&) override { return forward(std::move(x)); }

private:
    bool m_frozen;
    tn::Conv2d m_conv{nullptr};
    tn::Linear m_head{nullptr};
};

/// Weights and batch statistics that are not those of a fresh model.
void settle(nn::Model& model, const torch::Tensor& example) {
    const torch::NoGradGuard noGradients;
    model.train();
    for (int k = 0; k < 3; ++k) model.forward(torch::randn_like(example) * 2 + 0.3);
    model.eval();
}

QString words(const Result<>& result) {
    return result ? QString() : QString::fromStdString(result.error().text());
}

}  // namespace

class TestExport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::manual_seed(7); }
    void torchScriptGivesTheSameNumbers();
    void modelIsLeftAsItWas();
    void unmappedOperatorNamesItsLayers();
    void frozenBatchIsRefused();
    void otherRuntimesAgree_data();
    void otherRuntimesAgree();

private:
    static std::shared_ptr<nn::Model> make(const QString& name);
    static torch::Tensor example(const QString& name);
};

std::shared_ptr<nn::Model> TestExport::make(const QString& name) {
    if (name == "gallery") return std::make_shared<Gallery>();
    nn::ModelConfig config;
    config.name = name.toStdString();
    config.width = config.height = name == "small" ? 20 : 64;
    config.channels = name == "small" ? 1 : 3;
    auto model = nn::makeModel(config);
    if (!model) qWarning("%s", model.error().text().c_str());
    return model.value_or(nullptr);
}

torch::Tensor TestExport::example(const QString& name) {
    if (name == "small") return torch::randn({4, 1, 20, 20});
    return name == "gallery" ? torch::randn({3, 3, 32, 32}) : torch::randn({2, 3, 64, 64});
}

void TestExport::torchScriptGivesTheSameNumbers() {
    QTemporaryDir folder;
    const auto file = fs::path(folder.path().toStdString()) / "model.pt";
    const auto model = make("small");
    settle(*model, example("small"));
    QVERIFY2(exporting::writeTorchScript(*model, example("small"), file), "write");
    const torch::NoGradGuard noGradients;
    auto loaded = torch::jit::load(file.string());
    const auto x = torch::randn({7, 1, 20, 20});
    QVERIFY((loaded.forward({x}).toTensor() - model->forward(x)).abs().max().item<double>() < 1e-6);
    std::set<std::string> names;
    for (const auto& item : loaded.named_parameters()) names.insert(item.name);
    for (const auto& item : model->named_parameters()) QVERIFY2(names.contains(item.key()), item.key().c_str());
}

void TestExport::modelIsLeftAsItWas() {
    QTemporaryDir folder;
    const fs::path base = folder.path().toStdString();
    const auto model = make("small");
    model->train();
    QVERIFY(exporting::writeTorchScript(*model, example("small"), base / "model.pt"));
    QVERIFY(exporting::writeOnnx(*model, example("small"), base / "model.onnx"));
    QVERIFY(model->is_training());
    for (const auto& parameter : model->parameters()) QVERIFY(parameter.requires_grad());
    const auto bad = exporting::writeOnnx(*model, torch::randn({3, 20, 20}), base / "bad.onnx");
    QVERIFY(!bad && bad.error().code == ErrorCode::InvalidArgument);
    QVERIFY(!fs::exists(base / "bad.onnx"));
}

void TestExport::unmappedOperatorNamesItsLayers() {
    QTemporaryDir folder;
    Odd model(false);
    const auto file = fs::path(folder.path().toStdString()) / "model.onnx";
    const auto refused = exporting::writeOnnx(model, torch::randn({2, 3, 8, 8}), file);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    for (const char* part : {"aten::sinh", "after stem", "after head"}) {
        QVERIFY2(QString::fromStdString(refused.error().message).contains(part), words(refused).toUtf8());
    }
    QVERIFY(!fs::exists(file));
}

void TestExport::frozenBatchIsRefused() {
    QTemporaryDir folder;
    Odd model(true);
    const auto file = fs::path(folder.path().toStdString()) / "model.pt";
    const auto written = exporting::writeTorchScript(model, torch::randn({2, 3, 8, 8}), file);
    // Either the trace keeps the size free or the export says that it doesn't; a file that fails later is not an option.
    if (!written) QCOMPARE(written.error().code, ErrorCode::Unsupported);
    QCOMPARE(fs::exists(file), written.has_value());
}

void TestExport::otherRuntimesAgree_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("gallery") << "gallery";
    for (const char* name : {"small", "resnet18", "mobilenet_v3_large", "convnext_tiny", "vit_tiny_patch16", "fcos_light",
                             "fcos_resnet18_fpn", "unet_light", "unet_resnet18"})
        QTest::newRow(name) << name;
}

void TestExport::otherRuntimesAgree() {
    QFETCH(QString, name);
    const auto python = qEnvironmentVariable("LATHE_TEST_PYTHON");
    if (python.isEmpty()) QSKIP("LATHE_TEST_PYTHON is not set: installer/test.sh makes the environment with onnxruntime and torch");
    QTemporaryDir folder;
    const fs::path base = folder.path().toStdString();
    const auto model = make(name);
    QVERIFY(model);
    const auto x = example(name);
    settle(*model, x);
    const torch::NoGradGuard noGradients;
    const auto script = exporting::writeTorchScript(*model, x, base / "model.pt");
    QVERIFY2(script, words(script).toUtf8());
    const auto onnx = exporting::writeOnnx(*model, x, base / "model.onnx");
    QVERIFY2(onnx, words(onnx).toUtf8());
    QVERIFY(nn::writeSafetensors(base / "weights.safetensors", nn::stateOf(*model)));
    const auto golden = torch::randn({5, x.size(1), x.size(2), x.size(3)});
    QVERIFY(
        nn::writeSafetensors(base / "golden.safetensors", {{"input", golden}, {"logits", model->forward(golden).contiguous()}}));
    QProcess check;
    auto environment = QProcessEnvironment::systemEnvironment();
    const auto torchDir = environment.value("LATHE_TORCH_DIR", environment.value("HOME") + "/.cache/lathe/torch-2.11.0");
    environment.insert("PYTHONPATH", torchDir);
    check.setProcessEnvironment(environment);
    // A detector's distances are sums over large maps, ten times a logit: the same relative agreement.
    const auto tolerance = name.startsWith("fcos") ? QStringLiteral("3e-5") : QStringLiteral("1e-5");
    check.start(python,
                {QStringLiteral(LATHE_SOURCE_DIR "/tests/engine/parity/check.py"), folder.path(), "--tolerance", tolerance});
    QVERIFY(check.waitForFinished(300000));
    const auto output = check.readAllStandardOutput(), errors = check.readAllStandardError();
    qInfo("%s: %s", qPrintable(name), output.trimmed().constData());
    QVERIFY2(check.exitCode() == 0, errors);
}

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
