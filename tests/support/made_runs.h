// Run folders as the engine writes them, made by the test itself: spec, event log, report, predictions. Deterministic.
#pragma once
#include <cmath>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/runs/runs.h"
#include "core/store/workspace.h"

namespace lathe::test {

struct MadeRun {
    std::string id{}, name{};
    int epochs = 12, done = 12;  ///< planned, trained
    double top = 0.97;           ///< validation accuracy at the end
    double lr = 0.003;
    std::string state = "finished";  ///< the last state in the log
    std::string message{};
    double waits = 0.05;                 ///< share of a step
    std::vector<std::int64_t> images{};  ///< of the test split, for predictions
    std::vector<bool> right{};           ///< per image
    std::vector<std::string> classes{"disc", "square"};
};

inline void writeEpochs(runs::EventWriter& events, const MadeRun& made, double start, int from, int to, int perEpoch = 50) {
    std::mt19937 random(7);
    std::normal_distribution<double> noise;
    for (int epoch = from; epoch < to; ++epoch) {
        for (int i = 0; i < perEpoch; ++i) {
            const double at = epoch + double(i) / perEpoch;
            const std::int64_t step = std::int64_t(epoch) * perEpoch + i;
            const double loss = (2.0 * std::exp(-at / 2) + 0.3 * std::exp(-at / 9) + 0.08) * (1 + 0.12 * noise(random));
            events.metric("train/loss", {step, at, start + at * 3, loss});
            events.metric("lr", {step, at, start + at * 3,
                                 at < 1 ? made.lr * at : made.lr * 0.5 * (1 + std::cos(M_PI * (at - 1) / made.epochs))});
        }
        const double accuracy = made.top * (1 - std::exp(-(epoch + 1.5) / 2.2)) + 0.002 * noise(random), end = epoch + 1.0;
        const std::int64_t step = std::int64_t(end) * perEpoch;
        events.metric("val/accuracy", {step, end, start + end * 3, accuracy});
        events.metric("val/loss", {step, end, start + end * 3, 2.1 * std::exp(-end / 2.2) + 0.13 + 0.005 * noise(random)});
        events.metric("images_per_second", {step, end, start + end * 3, 1300 + 40 * noise(random)});
        Json perClass = Json::array();
        for (std::size_t k = 0; k < made.classes.size(); ++k)
            perClass.push_back(
                {{"class", made.classes[k]}, {"f1", std::min(1.0, accuracy + 0.01 - 0.02 * double(k % 3))}, {"support", 50}});
        const double step_ms = 41;
        (void)events.event({{"kind", "phases"},
                            {"time", start + end * 3},
                            {"epoch", epoch + 1},
                            {"data_ms", step_ms * made.waits},
                            {"forward_ms", 12 + 0.3 * noise(random)},
                            {"backward_ms", 22.0},
                            {"optimizer_ms", 3.1},
                            {"step_ms", step_ms},
                            {"step_p95_ms", 48.0},
                            {"steps", perEpoch}});
        (void)events.event({{"kind", "epoch"},
                            {"time", start + end * 3},
                            {"epoch", epoch + 1},
                            {"epochs", made.epochs},
                            {"seconds", 3.0},
                            {"eta", (made.epochs - end) * 3},
                            {"metrics", {{"train/loss", 0.2}, {"val/accuracy", accuracy}}},
                            {"per_class", perClass},
                            {"best", {{"epoch", epoch + 1}, {"metric", "accuracy"}, {"value", accuracy}}}});
        (void)events.event({{"kind", "checkpoint"}, {"time", start + end * 3}, {"name", "last"}, {"epoch", epoch + 1}});
    }
}

inline void writePredictions(const runs::RunFolder& folder, const MadeRun& made) {
    Json samples = Json::array();
    const int count = int(made.classes.size());
    for (std::size_t i = 0; i < made.images.size(); ++i) {
        const int label = int(i) % count, predicted = made.right[i] ? label : (label + 1) % count;
        std::vector<double> probabilities(std::size_t(count), 0.1 / std::max(1, count - 1));
        probabilities[std::size_t(predicted)] = 0.9;
        samples.push_back({{"image", made.images[i]},
                           {"split", "test"},
                           {"label", label},
                           {"predicted", predicted},
                           {"confidence", 0.9},
                           {"probabilities", probabilities}});
    }
    (void)base::writeJson(folder.predictions(), {{"classes", made.classes}, {"samples", samples}});
    (void)base::writeJson(folder.report(), {{"metrics", {{"accuracy", made.top}, {"macro_f1", made.top - 0.004}, {"loss", 0.13}}},
                                            {"classes", made.classes},
                                            {"per_class", Json::array()}});
}

/// WORKSPACE/runs/ID, known to the workspace.
inline Result<runs::RunRow> makeRun(store::Workspace& workspace, const MadeRun& made) {
    const runs::RunFolder folder(workspace.layout().runs() / made.id);
    LATHE_CHECK(base::makeFolders(folder.path()));
    runs::RunSpec spec;
    spec.name = made.name;
    spec.model.name = "small";
    spec.snapshot = "d1", spec.snapshotName = "v1";
    spec.epochs = made.epochs, spec.batch = 64;
    spec.optimizer.lr = made.lr;
    spec.preprocessing.width = spec.preprocessing.height = 32;
    spec.augmentation = {{"shift", Json{{"pixels", 2}}}};
    LATHE_CHECK(base::writeJson(folder.spec(), runs::toJson(spec)));
    LATHE_TRY(auto events, runs::EventWriter::open(folder.events()));
    const double start = 1.79e9;
    LATHE_CHECK(events.event({{"kind", "state"}, {"time", start}, {"state", "running"}}));
    LATHE_CHECK(events.event({{"kind", "plan"},
                              {"time", start},
                              {"epochs", made.epochs},
                              {"steps_per_epoch", 50},
                              {"model", "small"},
                              {"parameters", 175000},
                              {"device", "cpu"}}));
    LATHE_CHECK(
        events.event({{"kind", "message"}, {"time", start}, {"level", "warning"}, {"text", "scan_0017.png is left out: cut off"}}));
    writeEpochs(events, made, start, 0, made.done);
    if (made.state != "running")
        LATHE_CHECK(
            events.event({{"kind", "state"}, {"time", start + made.done * 3}, {"state", made.state}, {"message", made.message}}));
    LATHE_CHECK(events.flush());
    if (made.state == "finished") writePredictions(folder, made);
    return runs::adoptRun(workspace, folder.path());
}

}  // namespace lathe::test
