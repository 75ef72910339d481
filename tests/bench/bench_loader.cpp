// links: lathe_engine_load lathe_engine_train
// Images a second from JPEG files to normalised batches (random resized crop to 224, mirrored or not) on two threads, here and in a
// DataLoader of two workers with torchvision.io, in turns:
//   bench_loader FOLDER [PYTHON] [ROUNDS]      FOLDER as loader_data.py makes it
// Here the crop is taken from the picture as it was decoded for the network's input, which is what the cache keeps. Three figures:
// without a cache (every pass reads, decodes and resizes, as the peer's does; both have had a pass before), the pass that fills the
// cache (the same, and memory touched for the first time), and the passes after it, which only augment. To reach: >= 2.5x without
// a cache, >= 20x cached.
#include <torch/torch.h>
#include <chrono>
#include <opencv2/core/utility.hpp>

#include "core/engine/load/decoded.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/train/loader.h"
#include "core/engine/train/memory.h"
#include "tests/bench/peer.h"

using namespace lathe;
using namespace lathe::engine;

namespace {

constexpr int kThreads = 2, kPasses = 4;

std::vector<load::Sample> samplesIn(const std::filesystem::path& folder) {
    std::vector<load::Sample> samples;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".jpg") continue;
        samples.emplace_back();
        samples.back().path = entry.path().string();
    }
    std::sort(samples.begin(), samples.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return samples;
}

/// Images a second of each pass; the first decodes, without `cache` all do.
std::vector<double> passes(const std::vector<load::Sample>& samples, bool cache) {
    runs::Preprocessing p;
    p.width = p.height = 224, p.channels = 3, p.mean = {0.485, 0.456, 0.406}, p.std = {0.229, 0.224, 0.225};
    train::LoaderOptions options;
    for (std::size_t i = 0; i < samples.size(); ++i) options.samples.push_back(std::int64_t(i)), options.classes.push_back(0);
    options.batch = 64, options.sampler = {"shuffled"}, options.lastEpoch = kPasses, options.threads = kThreads;
    options.augmentation = *train::Augmenter::make({{"zoom_crop", {{"least", 0.08}}}, {"flip", {{"p", 0.5}}}});
    load::DecodedOptions keeping;
    if (!cache) keeping.memoryBudget = 0;
    train::Loader loader(std::make_shared<load::DecodedPictures>(samples, p, keeping), options);
    std::vector<double> rates;
    std::size_t images = 0;
    auto start = std::chrono::steady_clock::now();
    while (const auto batch = loader.next()) {
        const auto x = nn::normalised(batch->pictures, p.mean, p.std);
        images += batch->samples.size();
        if (!batch->unreadable.empty()) std::printf("unreadable: %s\n", batch->unreadable.front().second.text().c_str());
        if (images < samples.size()) continue;
        const auto now = std::chrono::steady_clock::now();
        rates.push_back(double(images) / std::chrono::duration<double>(now - start).count());
        start = now, images = 0;
    }
    return rates;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return std::puts("usage: bench_loader FOLDER [PYTHON] [ROUNDS]"), 1;
    const auto samples = samplesIn(argv[1]);
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 3;
    at::set_num_threads(kThreads);
    cv::setNumThreads(1);  // as a run does
    train::keepLargeBuffers();
    bench::Peer peer(bench::peerPython(argc, argv, 2), "peer_loader.py", {argv[1], std::to_string(kThreads)});
    std::vector<double> plain, filling, cached, other;
    const auto later = [](const std::vector<double>& rates) { return bench::median({rates.begin() + 1, rates.end()}); };
    for (int round = 0; round < rounds; ++round) {
        const auto theirs = peer.ask("", 1);
        if (theirs.empty()) return std::puts("the peer did not start: give a Python with torch and torchvision"), 1;
        other.push_back(theirs[0]);
        plain.push_back(later(passes(samples, false)));
        const auto own = passes(samples, true);
        filling.push_back(own.front());
        cached.push_back(later(own));
    }
    const double theirs = bench::median(other);
    const auto line = [&](const char* what, const std::vector<double>& rates, const char* goal) {
        std::printf("  %-28s %7.0f images/s, %.2fx of DataLoader%s\n", what, bench::median(rates), bench::median(rates) / theirs,
                    goal);
    };
    std::printf("loader, %zu JPEGs, %d threads; DataLoader %.0f images/s\n", samples.size(), kThreads, theirs);
    line("without a cache", plain, " (to reach 2.5)");
    line("the pass that fills it", filling, "");
    line("cached", cached, " (to reach 20)");
    return 0;
}
