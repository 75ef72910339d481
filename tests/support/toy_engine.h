// An engine without torch for the tests of models and serve: the test program itself, started again as `PROGRAM serve`. It speaks
// the real protocol and answers with a real, if small, model: logits = W x + b over the flattened picture, W and b from the
// package.
#pragma once
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <vector>

#include "core/base/files.h"
#include "core/models/registry.h"
#include "core/rpc/protocol.h"
#include "core/rpc/server.h"
#include "core/serve/base64.h"
#include "core/serve/golden.h"
#include "core/serve/wire.h"
#include "tests/support/toy_onnx.h"

namespace lathe::test {

namespace fs = std::filesystem;
using serve::Tensor;

inline constexpr int kChannels = 1, kSide = 4, kClasses = 3, kCases = 5;

struct ToyWeights {
    std::vector<float> w, b;
};

inline ToyWeights toyWeights(int seed) {
    ToyWeights weights;
    for (int k = 0; k < kClasses * kChannels * kSide * kSide; ++k) weights.w.push_back(float((k * 37 + seed * 11) % 19 - 9) / 10);
    for (int k = 0; k < kClasses; ++k) weights.b.push_back(float(k + seed) / 4);
    return weights;
}

inline Tensor forward(const ToyWeights& weights, const Tensor& input) {
    const auto pixels = std::size_t(kChannels * kSide * kSide);
    Tensor output{{input.shape.at(0), kClasses}, {}};
    for (std::int64_t n = 0; n < input.shape.at(0); ++n) {
        for (std::size_t c = 0; c < std::size_t(kClasses); ++c) {
            float sum = weights.b[c];
            for (std::size_t k = 0; k < pixels; ++k) sum += weights.w[c * pixels + k] * input.data.at(std::size_t(n) * pixels + k);
            output.data.push_back(sum);
        }
    }
    return output;
}

inline Tensor toyInputs() {
    Tensor input{{kCases, kChannels, kSide, kSide}, {}};
    for (int k = 0; k < kCases * kChannels * kSide * kSide; ++k) input.data.push_back(float((k * 29) % 23) / 23);
    return input;
}

inline std::string safetensors(const std::vector<std::pair<std::string, Tensor>>& tensors) {
    Json header = Json::object();
    std::string data;
    for (const auto& [name, tensor] : tensors) {
        const auto begin = data.size();
        data += serve::rawBytes(tensor);
        header[name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {begin, data.size()}}};
    }
    const auto text = header.dump();
    const std::uint64_t length = text.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof(length)) + text + data;
}

inline Result<Json> toyPackage(const Json& params) {
    const fs::path out = params.at("out").get<std::string>();
    LATHE_TRY(const auto seedText, base::readFile(fs::path(params.at("run").get<std::string>()) / "weights_seed"));
    const auto weights = toyWeights(std::stoi(seedText));
    const auto input = toyInputs();
    const Tensor w{{kClasses, std::int64_t(kChannels) * kSide * kSide}, weights.w}, b{{kClasses}, weights.b};
    LATHE_CHECK(base::writeFileAtomically(out / "weights.safetensors", safetensors({{"w", w}, {"b", b}})));
    LATHE_CHECK(base::writeFileAtomically(out / "golden.safetensors",
                                          safetensors({{"input", input}, {"logits", forward(weights, input)}})));
    LATHE_CHECK(base::writeFileAtomically(out / "model.onnx", toyOnnx(weights.w, weights.b, kChannels, kSide)));
    LATHE_CHECK(base::writeFileAtomically(out / "model.pt", "torchscript " + seedText));
    LATHE_CHECK(base::writeJson(out / "labels.json", Json::array({"a", "b", "c"})));
    runs::Preprocessing preprocessing;
    preprocessing.width = preprocessing.height = kSide;
    preprocessing.channels = kChannels;
    preprocessing.mean = {0.5};
    preprocessing.std = {0.5};
    LATHE_CHECK(base::writeJson(out / "preprocessing.json", runs::toJson(preprocessing)));
    return Json{{"files", Json::array()}};
}

/// A file of this name beside the workspace spoils every answer of models that are served from elsewhere than models/.
inline double toyError(const fs::path& folder) {
    const char* spoil = std::getenv("LATHE_TOY_SPOIL");
    return spoil && fs::exists(spoil) && folder.string().find(".lathe/models/") == std::string::npos ? 0.5 : 0.0;
}

class ToyModels {
public:
    Result<Json> load(const Json& params) {
        const fs::path folder = params.at("model").get<std::string>();
        LATHE_TRY(const auto bytes, base::readFile(folder / "weights.safetensors"));
        const auto floats = bytes.size() / sizeof(float);
        const std::size_t count = std::size_t(kClasses) * (kChannels * kSide * kSide + 1);
        if (floats < count) return fail(ErrorCode::InvalidData, "no weights", folder.string());
        std::vector<float> all(count);
        std::memcpy(all.data(), bytes.data() + bytes.size() - count * sizeof(float), count * sizeof(float));
        ToyWeights weights{{all.begin(), all.end() - kClasses}, {all.end() - kClasses, all.end()}};
        for (auto& value : weights.b) value += float(toyError(folder));
        const auto handle = std::to_string(++m_next);
        m_models[handle] = std::move(weights);
        const auto tensor = [](const char* name, const Json& shape) {
            return Json::array({Json{{"name", name}, {"datatype", "FP32"}, {"shape", shape}}});
        };
        return Json{{"handle", handle},
                    {"inputs", tensor("input", {-1, kChannels, kSide, kSide})},
                    {"outputs", tensor("logits", {-1, kClasses})},
                    {"classes", {"a", "b", "c"}}};
    }
    Result<Json> infer(const Json& params) {
        const auto found = m_models.find(params.at("handle").get<std::string>());
        if (found == m_models.end()) return fail(ErrorCode::NotFound, "no such handle");
        Tensor input{params.at("input").at("shape").get<std::vector<std::int64_t>>(), {}};
        LATHE_TRY(const auto bytes, serve::fromBase64(params.at("input").at("data").get<std::string>()));
        input.data.resize(bytes.size() / sizeof(float));
        std::memcpy(input.data.data(), bytes.data(), bytes.size());
        const auto output = forward(found->second, input);
        return Json{{"output", {{"shape", output.shape}, {"data", serve::toBase64(serve::rawBytes(output))}}}};
    }
    Result<Json> unload(const Json& params) {
        m_models.erase(params.at("handle").get<std::string>());
        return Json::object();
    }

private:
    std::map<std::string, ToyWeights> m_models;
    int m_next = 0;
};

inline int toyEngine() {
    static ToyModels models;
    const std::map<std::string, rpc::Handler> handlers{
        {"initialize",
         [](const Json&, auto, const auto&) -> Result<Json> {
             return Json{{"protocol", rpc::kProtocolVersion},
                         {"engine", {{"version", LATHE_VERSION}, {"torch", "none"}}},
                         {"capabilities", {"package", "load", "infer", "unload"}},
                         {"devices", Json::array()},
                         {"checks", Json::array()}};
         }},
        {"package", [](const Json& params, auto, const auto&) { return toyPackage(params); }},
        {"load", [](const Json& params, auto, const auto&) { return models.load(params); }},
        {"infer", [](const Json& params, auto, const auto&) { return models.infer(params); }},
        {"unload", [](const Json& params, auto, const auto&) { return models.unload(params); }},
    };
    return rpc::serve(STDIN_FILENO, STDOUT_FILENO, handlers);
}

/// A workspace in a temporary folder with signing keys of its own; runs and packages on request.
class ToyHouse {
public:
    ToyHouse() {
        ::setenv("XDG_DATA_HOME", (m_temp.path() / "share").c_str(), 1);
        ::setenv("LATHE_ENGINE", fs::read_symlink("/proc/self/exe").c_str(), 1);
        ::setenv("LATHE_TOY_SPOIL", path("spoil").c_str(), 1);
        workspace = *store::Workspace::create(m_temp.path() / "toy.lathe");
        engine = std::make_shared<rpc::Engine>();
    }
    [[nodiscard]] fs::path path(const std::string& name) const { return m_temp.path() / name; }

    /// A finished run's folder; another seed gives other weights.
    [[nodiscard]] runs::RunRow run(int seed) const {
        runs::RunRow row;
        row.id = RunId("run-" + std::to_string(seed));
        row.name = "toy";
        row.task = "classify";
        row.author = "ana";
        row.state = runs::RunState::Finished;
        row.metrics = {{"accuracy", 0.9}, {"loss", 0.3}};
        row.folder = workspace->layout().runs() / row.id.value;
        fs::create_directories(row.folder);
        runs::RunSpec spec;
        spec.name = "toy";
        spec.snapshot = std::string(64, 'a');
        const Json report{
            {"metrics", {{"accuracy", 0.9}, {"loss", 0.3}}},
            {"per_class", Json::array({{{"class", "a|b"}, {"precision", 1.0}, {"recall", 0.8}, {"f1", 0.89}, {"support", 10}}})},
            {"confusion", Json::array()}};
        (void)base::writeJson(row.folder / "spec.json", runs::toJson(spec));
        (void)base::writeJson(row.folder / "report.json", report);
        (void)base::writeFileAtomically(row.folder / "weights_seed", std::to_string(seed));
        return row;
    }
    [[nodiscard]] Result<models::ModelRow> package(int seed) {
        LATHE_TRY(const auto info, models::packageRun(*workspace, *engine, run(seed), "ana", {}, {}));
        return models::findModel(*workspace, info.digest);
    }
    [[nodiscard]] Result<models::ModelRow> approved(int seed) {
        LATHE_TRY(const auto row, package(seed));
        LATHE_TRY(const auto submitted, models::submit(*workspace, row, "ana"));
        return models::approve(*workspace, submitted, "bo", "good");
    }

    std::shared_ptr<store::Workspace> workspace;
    std::shared_ptr<rpc::Engine> engine;

private:
    base::TempFolder m_temp{"lathe-toy-"};
};

}  // namespace lathe::test

/// main() of a test that is its own engine.
#define LATHE_TOY_MAIN(Test)                                                                 \
    int main(int argc, char** argv) {                                                        \
        if (argc > 1 && std::strcmp(argv[1], "serve") == 0) return lathe::test::toyEngine(); \
        QCoreApplication app(argc, argv);                                                    \
        Test test;                                                                           \
        return QTest::qExec(&test, argc, argv);                                              \
    }
