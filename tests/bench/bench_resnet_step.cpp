// links: lathe_engine_train
// One training step of ResNet-18 (16 x 3 x 224 x 224) and of its form for CIFAR (3x3 stem, no pooling; 128 x 3 x 32 x 32), SGD,
// fp32, channels last here, and in Python eager both with NCHW and channels last, in turns:
//   bench_resnet_step [PYTHON] [ROUNDS]
// PYTHON has torch 2.11 and torchvision (default: LATHE_PEER_PYTHON, else python3; PYTHONPATH may point to the unpacked wheel).
// To reach: <= 0.95x of the quicker of the two, each.
#include <torch/torch.h>
#include <chrono>
#include <thread>

#include "core/engine/nn/model.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/nn/resnet.h"
#include "core/engine/train/memory.h"
#include "core/engine/train/optimizer.h"
#include "tests/bench/peer.h"

using namespace lathe;
using namespace lathe::engine;

namespace {

/// The engine's trunk with the stem that the literature has for 32 px.
class CifarResnet final : public nn::Model {
public:
    CifarResnet() : m_trunk(*this, nn::resnet18Plan(), 3) {
        m_trunk.conv1 = replace_module("conv1", torch::nn::Conv2d(torch::nn::Conv2dOptions(3, 64, 3).padding(1).bias(false)));
        m_fc = register_module("fc", torch::nn::Linear(512, 10));
        nn::ResnetTrunk::initialise(*this);
    }
    torch::Tensor forward(torch::Tensor x) override {
        x = m_trunk.stem(x);
        for (auto& layer : m_trunk.layers) x = layer->forward(x);
        return m_fc(torch::adaptive_avg_pool2d(x, {1, 1}).flatten(1));
    }
    [[nodiscard]] std::vector<std::string> featureLayers() const override { return {}; }
    torch::Tensor forwardWithFeature(torch::Tensor x, const std::string&, torch::Tensor&) override { return forward(std::move(x)); }

private:
    nn::ResnetTrunk m_trunk;
    torch::nn::Linear m_fc{nullptr};
};

struct Step {
    std::shared_ptr<nn::Model> model;
    std::unique_ptr<train::Optimizer> optimizer;
    torch::Tensor pictures, labels;

    Step(std::shared_ptr<nn::Model> net, int count, int side, int classes) : model(std::move(net)) {
        pictures = torch::randint(0, 256, {count, side, side, 3}, torch::kUInt8);
        labels = torch::randint(0, classes, {count});
        nn::toChannelsLast(*model);
        model->train();
        runs::RunSpec spec;
        spec.optimizer.name = "sgd";
        optimizer = *train::makeOptimizer(*model, spec);
    }
    double run() {
        const auto start = std::chrono::steady_clock::now();
        const auto x = nn::normalised(pictures, {0.485, 0.456, 0.406}, {0.229, 0.224, 0.225});
        const auto loss = torch::nn::functional::cross_entropy(model->forward(x), labels);
        optimizer->zeroGrad();
        loss.backward();
        optimizer->step(0.01);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
};

bool compare(const std::string& net, const char* words, Step& step, bench::Peer& peer, int rounds, int count) {
    std::vector<double> own, last, first;
    const auto take = [&](std::vector<double>& to, const char* layout, int steps) {
        const auto seconds = peer.ask(net + " " + layout + " " + std::to_string(steps), steps);
        to.insert(to.end(), seconds.begin(), seconds.end());
        return int(seconds.size()) == steps;
    };
    std::vector<double> ignored;
    step.run();
    if (!take(ignored, "last", 1) || !take(ignored, "first", 1)) return false;
    for (int round = 0; round < rounds; ++round) {
        for (int i = 0; i < count; ++i) own.push_back(step.run());
        if (!take(last, "last", count) || !take(first, "first", count)) return false;
    }
    const double ours = bench::median(own), theirs = std::min(bench::median(last), bench::median(first));
    std::printf("%s: lathe %.3f s, python channels last %.3f s, NCHW %.3f s, ratio to the quicker %.3f (to reach 0.95)\n", words,
                ours, bench::median(last), bench::median(first), ours / theirs);
    std::fflush(stdout);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 4;
    const int threads = int(std::max(1U, std::thread::hardware_concurrency()));
    at::set_num_threads(threads);
    train::keepLargeBuffers();  // as a run does
    bench::Peer peer(bench::peerPython(argc, argv, 1), "peer_resnet_step.py", {std::to_string(threads)});
    torch::manual_seed(0);
    Step imagenet(*nn::makeModel({"resnet18", 3, 1000, 224, 224, {}}), 16, 224, 1000);
    Step cifar(std::make_shared<CifarResnet>(), 128, 32, 10);
    const bool done = compare("resnet18", "resnet18 16x3x224x224 fp32 SGD", imagenet, peer, rounds, 4) &&
                      compare("cifar", "CIFAR resnet18 128x3x32x32 fp32 SGD", cifar, peer, rounds, 2);
    if (!done) std::puts("the peer did not start: give a Python with torch and torchvision");
    std::fflush(stdout);
    _exit(done ? 0 : 1);
}
