// links: lathe_engine_train
// One training step of ResNet-18 (16 x 3 x 224 x 224, SGD, channels last, fp32) here and in Python eager, in turns:
//   bench_resnet_step [PYTHON] [ROUNDS]
// PYTHON has torch 2.11 (default: LATHE_PEER_PYTHON, else python3; PYTHONPATH may point to the unpacked wheel).
#include <torch/torch.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "core/engine/nn/model.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/train/memory.h"
#include "core/engine/train/optimizer.h"

using namespace lathe;
using namespace lathe::engine;

namespace {

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

struct Step {
    std::shared_ptr<nn::Model> model;
    std::unique_ptr<train::Optimizer> optimizer;
    torch::Tensor pictures = torch::randint(0, 256, {16, 224, 224, 3}, torch::kUInt8);
    torch::Tensor labels = torch::randint(0, 1000, {16});

    Step() {
        torch::manual_seed(0);
        model = *nn::makeModel({"resnet18", 3, 1000, 224, 224, {}});
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

/// Lines of seconds from the peer script.
std::vector<double> peerSteps(FILE* peer, FILE* ask, int count) {
    std::vector<double> steps;
    std::fprintf(ask, "%d\n", count);
    std::fflush(ask);
    char line[128];
    while (int(steps.size()) < count && std::fgets(line, sizeof line, peer)) steps.push_back(std::atof(line));
    return steps;
}

}  // namespace

int main(int argc, char** argv) {
    const char* given = std::getenv("LATHE_PEER_PYTHON");
    const std::string python = argc > 1 ? argv[1] : given ? given : "python3";
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 4;
    const int threads = int(std::max(1U, std::thread::hardware_concurrency()));
    at::set_num_threads(threads);
    train::keepLargeBuffers();  // as a run does
    const std::string script = (std::filesystem::path(LATHE_BENCH_DIR) / "peer_resnet_step.py").string();
    int to[2], from[2];
    if (pipe(to) != 0 || pipe(from) != 0) return 1;
    if (fork() == 0) {
        dup2(to[0], 0), dup2(from[1], 1);
        close(to[1]), close(from[0]);
        execlp(python.c_str(), python.c_str(), script.c_str(), std::to_string(threads).c_str(), nullptr);
        _exit(127);
    }
    close(to[0]), close(from[1]);
    FILE *ask = fdopen(to[1], "w"), *peer = fdopen(from[0], "r");
    Step step;
    std::vector<double> own, other;
    step.run();
    if (peerSteps(peer, ask, 1).empty()) return std::puts("the peer did not start: give a Python with torch"), 1;
    for (int round = 0; round < rounds; ++round) {
        for (int i = 0; i < 4; ++i) own.push_back(step.run());
        for (const double seconds : peerSteps(peer, ask, 4)) other.push_back(seconds);
    }
    std::printf("resnet18 16x3x224x224 fp32 channels last, SGD, %d threads: lathe %.3f s, python eager %.3f s, ratio %.3f\n",
                threads, median(own), median(other), median(own) / median(other));
    std::fflush(stdout);
    fclose(ask);
    _exit(0);
}
