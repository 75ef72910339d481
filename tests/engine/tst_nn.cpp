// Networks against torchvision and timm, safetensors against its rules.
#include <torch/torch.h>
#include <QTest>
#include <cmath>
#include <cstring>
#include <fstream>

#include "core/base/files.h"
#include "core/engine/nn/model.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/nn/pt_file.h"
#include "core/engine/nn/safetensors.h"

using namespace lathe;
using namespace lathe::engine;

namespace {

/// The formula of tests/data/engine/make_models.py.
torch::Tensor uniform(const std::string& name, std::int64_t count) {
    std::uint64_t seed = 0xCBF29CE484222325ull;
    for (const char c : name) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    auto out = torch::empty({count}, torch::kFloat64);
    double* values = out.data_ptr<double>();
    for (std::int64_t i = 0; i < count; ++i) {
        std::uint64_t z = seed + std::uint64_t(i) + 0x9E3779B97F4A7C15ull;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        z ^= z >> 31;
        values[i] = double(z >> 40) / double(1 << 24);
    }
    return out;
}

torch::Tensor filled(const std::string& name, const torch::Tensor& like) {
    if (like.scalar_type() != torch::kFloat32) return torch::zeros_like(like);
    const auto u = uniform(name, like.numel());
    torch::Tensor values;
    if (name.ends_with("running_var") || (like.dim() == 1 && name.ends_with("weight")))
        values = u + 0.5;
    else if (like.dim() == 1)
        values = (u - 0.5) * 0.2;
    else
        values = (u - 0.5) * 2 * std::sqrt(3.0 / (double(like.numel()) / double(like.size(0))));
    return values.to(torch::kFloat32).reshape(like.sizes());
}

Json golden() {
    return *base::readJson(LATHE_SOURCE_DIR "/tests/data/engine/models.json");
}

std::string withHeader(const std::string& json, const std::string& data) {
    std::string bytes(8, '\0');
    const std::uint64_t length = json.size();
    std::memcpy(bytes.data(), &length, 8);
    return bytes + json + data;
}

}  // namespace

class TestNn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void modelsMatchTheirReference_data() {
        QTest::addColumn<QString>("name");
        const Json all = golden();
        for (const auto& [name, expected] : all.items()) QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void modelsMatchTheirReference() {
        QFETCH(QString, name);
        const Json expected = golden()[name.toStdString()];
        const bool dense = expected.contains("values");  // of a detector or segmenter
        const int width = dense ? 96 : 80;
        auto model = *nn::makeModel({name.toStdString(), 3, 7, width, 64, {}});
        auto state = nn::stateOf(*model);
        QCOMPARE(state.size(), expected["shapes"].size());
        for (auto& [key, tensor] : state) {
            QVERIFY2(expected["shapes"].contains(key), key.c_str());
            QCOMPARE(tensor.sizes().vec(), expected["shapes"][key].get<std::vector<std::int64_t>>());
            tensor = filled(key, tensor);
        }
        QVERIFY(nn::loadState(*model, state).has_value());
        nn::toChannelsLast(*model);
        model->eval();
        const torch::NoGradGuard noGrad;
        const auto x = (uniform("input", std::int64_t(2) * 3 * 64 * width) * 4 - 2).to(torch::kFloat32).reshape({2, 3, 64, width});
        const auto logits = model->forward(x).to(torch::kFloat64).contiguous();
        if (dense) {
            QCOMPARE(logits.sizes().vec(), expected["shape"].get<std::vector<std::int64_t>>());
            const auto values = torch::tensor(expected["values"].get<std::vector<double>>(), torch::kFloat64);
            const auto some = logits.flatten().slice(0, 0, std::nullopt, 37);
            const double most = (some - values).abs().max().item<double>();
            QVERIFY2(most < 1e-4 * std::max(1.0, values.abs().max().item<double>()), std::to_string(most).c_str());
            return;
        }
        for (int i = 0; i < 2; ++i)
            for (int k = 0; k < 7; ++k)
                QVERIFY(std::abs(logits[i][k].item<double>() - expected["logits"][std::size_t(i)][std::size_t(k)].get<double>()) <
                        1e-4);
    }
    void everyModelGivesFeatures() {
        const torch::NoGradGuard noGrad;
        for (const auto& entry : nn::modelEntries()) {
            for (const int channels : {1, 3}) {
                auto model = *nn::makeModel({std::string(entry.name), channels, 5, 64, 96, {}});
                model->eval();
                const auto x = torch::rand({2, channels, 96, 64});
                const auto plain = model->forward(x);
                const std::string task(entry.task);
                QCOMPARE(plain.size(0), 2);
                QCOMPARE(plain.dim(), task == "classify" ? 2 : task == "detect" ? 3 : 4);
                QCOMPARE(plain.size(task == "detect" ? 2 : 1), task == "detect" ? 10 : 5);
                if (task == "segment") QCOMPARE(plain.sizes().slice(2).vec(), (std::vector<std::int64_t>{96, 64}));
                QCOMPARE(model->levelSizes().empty(), task != "detect");
                for (const auto& layer : model->featureLayers()) {
                    torch::Tensor feature;
                    const auto logits = model->forwardWithFeature(x, layer, feature);
                    QVERIFY(feature.defined() && feature.dim() == 4);
                    QVERIFY(torch::equal(logits, plain));
                }
            }
        }
    }
    void wrongModelsAreErrorsInWords() {
        const auto unknown = nn::makeModel({"resnet19", 3, 5, 64, 64, {}});
        QVERIFY(!unknown);
        QVERIFY(unknown.error().message.find("resnet18") != std::string::npos);
        QVERIFY(!nn::makeModel({"small", 3, 1, 64, 64, {}}));
        QVERIFY(!nn::makeModel({"small", 2, 5, 64, 64, {}}));
    }
    void safetensorsRoundTrip() {
        const base::TempFolder folder;
        const auto file = folder.path() / "a.safetensors";
        nn::NamedTensors tensors = {{"odd", torch::arange(3, torch::kUInt8)},    {"f", torch::rand({2, 3}).t()},
                                    {"scalar", torch::tensor(std::int64_t(7))},  {"empty", torch::zeros({0, 4})},
                                    {"half", torch::rand({5}).to(torch::kHalf)}, {"bf", torch::rand({5}).to(torch::kBFloat16)},
                                    {"bool", torch::tensor({true, false})}};
        QVERIFY(nn::writeSafetensors(file, tensors, {{"k", "v"}}).has_value());
        const auto read = nn::readSafetensors(file);
        QVERIFY(read.has_value());
        QCOMPARE(read->metadata.at("k"), std::string("v"));
        QCOMPARE(read->tensors.size(), tensors.size());
        for (const auto& [name, tensor] : tensors) QVERIFY2(torch::equal(read->tensors.at(name), tensor), name.c_str());
    }
    void safetensorsAreNotTakenForPickles() {
        // A header of N bytes: N's first byte may be 0x80, with which a pickle begins too.
        const base::TempFolder folder;
        const auto file = folder.path() / "weights.safetensors";
        std::string first;
        for (std::size_t pad = 0; pad < 300 && first != "\x80"; pad += 4) {
            QVERIFY(nn::writeSafetensors(file, {{"a", torch::ones({2})}}, {{"pad", std::string(pad, 'x')}}));
            first = base::readFile(file)->substr(0, 1);
        }
        QCOMPARE(first, std::string("\x80"));
        const auto read = nn::readWeights(file);
        QVERIFY2(read, read ? "" : read.error().text().c_str());
        QVERIFY(torch::equal(read->at("a"), torch::ones({2})));
    }
    void weightsOfPythonAreRead() {
        const std::string folder = LATHE_SOURCE_DIR "/tests/data/engine/pt";
        const auto read = nn::readWeights(folder + "/good.pt");
        QVERIFY2(read, read ? "" : read.error().text().c_str());
        const Json expected = *base::readJson(folder + "/good.json");
        QCOMPARE(read->size(), expected.size());
        for (const auto& [name, tensor] : *read) {
            QCOMPARE(tensor.sizes().vec(), expected[name]["shape"].get<std::vector<std::int64_t>>());
            const auto values = torch::tensor(expected[name]["values"].get<std::vector<double>>(), torch::kFloat64);
            QVERIFY2(torch::equal(tensor.to(torch::kFloat64).flatten(), values), name.c_str());
        }
    }
    void picklesThatDoMoreThanWeightsAreRefused_data() {
        QTest::addColumn<QString>("words");
        const std::pair<const char*, const char*> all[] = {{"bad-system", "posix system"},
                                                           {"bad-eval", "eval"},
                                                           {"bad-beyond", "beyond its storage"},
                                                           {"bad-count", "1099511627776 values"},
                                                           {"bad-repeat", "beyond its storage"},
                                                           {"bad-missing", "storage 0 is missing"},
                                                           {"bad-packed", "packed"},
                                                           {"bad-nothing", "no weights"},
                                                           {"bad-circle", "dictionary of weights"},
                                                           {"bad-deep", "dictionary of weights"},
                                                           {"bad-end", "ends too early"},
                                                           {"bad-cut", ""},
                                                           {"bad-legacy", "torch 1.6"}};
        for (const auto& [name, words] : all) QTest::newRow(name) << QString(words);
    }
    void picklesThatDoMoreThanWeightsAreRefused() {
        QFETCH(QString, words);
        const auto file =
            std::filesystem::path(LATHE_SOURCE_DIR "/tests/data/engine/pt") / (std::string(QTest::currentDataTag()) + ".pt");
        const auto read = nn::readWeights(file);
        QVERIFY(!read);
        const auto text = QString::fromStdString(read.error().text());
        QVERIFY2(text.contains(words) && text.contains(QTest::currentDataTag()), qPrintable(text));
    }
    void brokenSafetensorsAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray(bytes.data(), int(bytes.size()));
        };
        const std::string four = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
        row("empty", "");
        row("short", "1234");
        row("header beyond the file", std::string("\xff\xff\xff\x7f\0\0\0\0{}", 10));
        row("no json", withHeader("{nope", ""));
        row("not an object", withHeader("[]", ""));
        row("data too short", withHeader(four, "123"));
        row("data too long", withHeader(four, "12345678"));
        row("twice",
            withHeader(
                R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
                "1234"));
        row("overlap",
            withHeader(
                R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
                "1234"));
        row("hole", withHeader(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", "12345678"));
        row("overflow",
            withHeader(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,4]}})", "1234"));
        row("unknown dtype", withHeader(R"({"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}})", "1234"));
        row("negative", withHeader(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", "1234"));
        row("backwards", withHeader(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", "1234"));
        row("metadata with numbers", withHeader(R"({"__metadata__":{"a":1}})", ""));
    }
    void brokenSafetensorsAreRefused() {
        QFETCH(QByteArray, bytes);
        const base::TempFolder folder;
        const auto file = folder.path() / "a.safetensors";
        std::ofstream(file, std::ios::binary).write(bytes.data(), bytes.size());
        const auto read = nn::readSafetensors(file);
        QVERIFY(!read.has_value());
        QVERIFY(!read.error().message.empty());
    }
    void strictLoadingNamesWhatDiffers() {
        auto model = *nn::makeModel({"small", 1, 4, 20, 20, {}});
        auto other = *nn::makeModel({"small", 1, 5, 20, 20, {}});
        const auto strict = nn::loadState(*model, nn::stateOf(*other));
        QVERIFY(!strict);
        QVERIFY(strict.error().message.find("fc.weight") != std::string::npos);
        const auto loose = nn::loadState(*model, nn::stateOf(*other), false);
        QVERIFY(loose.has_value());
        QCOMPARE(loose->mismatched.size(), std::size_t(2));
    }
    void normalisedIsWhatItSays() {
        const auto pictures = torch::randint(0, 256, {2, 4, 5, 3}, torch::kUInt8);
        const auto x = nn::normalised(pictures, {0.5, 0.4, 0.3}, {0.2, 0.25, 0.5});
        QVERIFY(x.is_contiguous(torch::MemoryFormat::ChannelsLast));
        const double want = (pictures[1][2][3][1].item<double>() / 255 - 0.4) / 0.25;
        QVERIFY(std::abs(x[1][1][2][3].item<double>() - want) < 1e-5);
    }
};

QTEST_GUILESS_MAIN(TestNn)
#include "tst_nn.moc"
