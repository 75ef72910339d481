// What a machine with a card is asked, as a plain program for one without Qt (tests/gpu.sh, tests/bench/card_table.py):
//   card_check check                   parity with the processor: prints each failure; 0 all agree, 1 not, 77 no card
//   card_check step BATCH [eager]      reads a count a line, takes that many steps of ResNet-50 in bf16, prints seconds a step
//   card_check train FILE [KEY=VALUE]  trains on a set of card_data.py, prints the report's figures as JSON
// Options: --device cpu (the card's way on the processor), --tiny (a small model, few pictures, one epoch).
#include <unistd.h>
#include <chrono>
#include <cstdio>
#include <iostream>

#include "core/engine/train/autocast.h"
#include "core/engine/train/optimizer.h"
#include "core/engine/train/step_graph.h"
#include "tests/engine/card_checks.h"
#include "tests/engine/card_data.h"
#include "tests/engine/host_card.h"

using namespace lathe;
using namespace lathe::engine;

namespace {

struct Machine {
    std::string device;
    const cuda::CardTable* table = nullptr;
    bool tiny = false;
};

int failed(const Error& error) {
    std::fprintf(stderr, "%s\n", error.text().c_str());
    return 1;
}

int check(const Machine& machine) {
    cardchecks::Failures failures;
    const auto part = [&](const char* name, const std::function<void()>& run) {
        const std::size_t before = failures.size();
        run();
        std::printf("%s: %s\n", name, failures.size() == before ? "agrees" : "DIFFERS");
        std::fflush(stdout);
    };
    part("forward of every model", [&] { cardchecks::forwardAgrees(machine.device, failures); });
    part("augmentations, to the byte", [&] { cardchecks::augmentationsAgree(machine.device, *machine.table, failures); });
    part("mixup and cutmix", [&] { cardchecks::mixingAgrees(machine.device, failures); });
    part("non-maximum suppression", [&] { cardchecks::suppressionAgrees(machine.device, failures); });
    part("runs: fp32, bf16, fp16, masks, resumed", [&] { cardchecks::trainingAgrees(machine.device, machine.table, failures); });
    for (const auto& failure : failures) std::printf("FAIL %s\n", failure.c_str());
    std::printf("%s: %zu failures\n", machine.device.c_str(), failures.size());
    return failures.empty() ? 0 : 1;
}

/// The engine's own step: pictures as bytes on the device, normalised, bf16, a fused SGD.
class Step {
public:
    Step(const Machine& machine, std::int64_t batch, bool graphs) : m_device(machine.device) {
        torch::manual_seed(0);
        const int side = machine.tiny ? 32 : 224;
        m_model = *nn::makeModel({machine.tiny ? "resnet18" : "resnet50", 3, 1000, side, side, {}});
        m_model->to(m_device);
        nn::toChannelsLast(*m_model);
        m_model->train();
        runs::RunSpec spec;
        spec.optimizer.name = "sgd";
        m_optimizer = *train::makeOptimizer(*m_model, spec);
        m_pictures = torch::randint(0, 256, {batch, side, side, 3}, torch::kUInt8).to(m_device);
        m_labels = torch::randint(0, 1000, {batch}).to(m_device);
        if (graphs)
            m_graph = std::make_unique<train::StepGraph>(
                machine.table->graphs, m_model->parameters(),
                train::StepGraph::Works{[this](const train::StepGraph::Tensors& in) { return learn(in); },
                                        [this](const torch::Tensor& rate) { m_optimizer->step(rate); }});
    }
    void run() {
        const train::StepGraph::Tensors inputs{nn::normalised(m_pictures, {0.485, 0.456, 0.406}, {0.229, 0.224, 0.225}), m_labels};
        m_optimizer->zeroGrad();
        m_loss = m_graph && m_graph->takes(inputs) ? m_graph->learn(inputs) : learn(inputs);
        if (!m_graph || !m_graph->step(0.01)) m_optimizer->step(0.01);
        if (const std::string why = m_graph ? m_graph->takeNews() : std::string(); !why.empty())
            std::fprintf(stderr, "no graphs: %s\n", why.c_str());
    }
    double seconds(int count) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < count; ++i) run();
        (void)m_loss.item<float>();  // waits for the card
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / std::max(1, count);
    }

private:
    torch::Tensor learn(const train::StepGraph::Tensors& inputs) {
        torch::Tensor loss;
        {
            const train::Autocast autocast(m_device, "bf16");
            loss = torch::nn::functional::cross_entropy(m_model->forward(inputs[0]).to(torch::kFloat32), inputs[1]);
        }
        loss.backward();
        return loss.detach();
    }
    torch::Device m_device;
    std::shared_ptr<nn::Model> m_model;
    std::unique_ptr<train::Optimizer> m_optimizer;
    torch::Tensor m_pictures, m_labels, m_loss;
    std::unique_ptr<train::StepGraph> m_graph;
};

int steps(const Machine& machine, const std::vector<std::string>& words) {
    at::globalContext().setBenchmarkCuDNN(true);
    at::globalContext().setAllowTF32CuDNN(true);
    Step step(machine, words.empty() ? 32 : std::stoll(words[0]), words.size() < 2 || words[1] != "eager");
    for (std::string line; std::getline(std::cin, line);) {
        std::printf("%.6f\n", step.seconds(std::stoi(line)));
        std::fflush(stdout);
    }
    return 0;
}

/// What a user of a card gets from the task's usual settings; a classifier of small pictures gets a larger net than a processor's.
runs::RunSpec cardSpec(const std::string& task) {
    runs::RunSpec spec = runs::startingSpec(task);
    if (task != "classify") return spec;
    spec.model.name = "resnet18";
    spec.preprocessing.width = spec.preprocessing.height = 64;
    spec.batch = 256, spec.epochs = 60, spec.ema = 0.999;
    spec.optimizer.lr = 2e-3;
    spec.augmentation = {{"flip"}, {"shift", {{"pixels", 5}}}, {"erase", {{"area", 0.3}, {"p", 0.5}}}, {"mixup", {{"alpha", 0.2}}}};
    return spec;
}

void makeTiny(runs::RunSpec& spec) {
    spec.epochs = 1, spec.batch = 4;
    if (spec.task == "classify") spec.preprocessing.width = spec.preprocessing.height = 32;
    if (spec.task == "detect") spec.model.name = "fcos_light", spec.preprocessing.width = 96;
    if (spec.task == "segment") spec.model.name = "unet_light", spec.preprocessing.width = 96;
}

Result<Json> trained(const Machine& machine, const std::vector<std::string>& words) {
    if (words.empty()) return fail(ErrorCode::InvalidArgument, "which file?");
    LATHE_TRY(carddata::Set set, carddata::read(words[0], machine.tiny ? 8 : 0));
    runs::RunSpec spec = cardSpec(set.task);
    if (machine.tiny) makeTiny(spec);
    Json json = runs::toJson(spec);
    for (std::size_t i = 1; i < words.size(); ++i) LATHE_CHECK(runs::setByPath(json, words[i]));
    LATHE_TRY(spec, runs::runSpecFromJson(json));
    train::DataFacts facts{int(set.pictures.size(2)), int(set.pictures.size(1)), set.pictures.size(3) == 1, 0};
    for (const auto& item : set.items) facts.trainImages += item.split == "train";
    LATHE_TRY(spec, train::resolve(spec, facts, machine.device));
    LATHE_TRY(auto data, carddata::dataOf(std::move(set), spec));
    train::fillStatistics(spec, *data.pictures, data.splits.train);
    const base::TempFolder folder;
    LATHE_CHECK(base::makeFolders(folder.path()));
    train::TrainOptions options;
    options.card = machine.table;
    LATHE_TRY(const auto state, train::train(runs::RunFolder(folder.path()), spec, data, options));
    if (state != runs::RunState::Finished) return fail(ErrorCode::Internal, "the run did not finish");
    LATHE_TRY(Json report, base::readJson(folder.path() / "report.json"));
    report["model"] = spec.model.name;
    report["input"] = fmt::format("{}x{}x{}", spec.batch, spec.preprocessing.width, spec.preprocessing.height);
    return report;
}

int run(const std::vector<std::string>& words, Machine& machine) {
    if (machine.device == "cpu") {
        machine.table = &hostcard::table();
    } else {
        const auto device = cardchecks::card();
        if (!device) {
            std::printf("skipped: %s\n", device.error().text().c_str());
            return 77;
        }
        machine.device = *device, machine.table = cuda::cardTable();
    }
    const std::string what = words.empty() ? "check" : words[0];
    const std::vector<std::string> rest(words.begin() + (words.empty() ? 0 : 1), words.end());
    if (what == "check") return check(machine);
    if (what == "step") return steps(machine, rest);
    if (what != "train") return failed({ErrorCode::InvalidArgument, "check, step or train, not " + what, {}});
    const auto report = trained(machine, rest);
    if (!report) return failed(report.error());
    Json told;
    for (const char* key : {"metrics", "best", "epochs", "seconds", "model", "input"})
        if (report->contains(key)) told[key] = (*report)[key];
    std::printf("%s\n", told.dump().c_str());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Machine machine;
    std::vector<std::string> words;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--tiny")
            machine.tiny = true;
        else if (word == "--device" && i + 1 < argc)
            machine.device = argv[++i];
        else
            words.push_back(word);
    }
    int status = 1;
    try {
        status = run(words, machine);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
    }
    std::fflush(stdout);
    _exit(status);  // libtorch_cuda's threads don't take part in an orderly end
}
