// links: lathe_data
// Decoding and hashing of JPEGs on one core against imagehash in the same run (to reach: 5 times as many a second), and all near
// pairs of a million hashes on all cores (to reach: under 60 s).
//   bench_duplicates FOLDER... [--python PYTHON] [--count N]     JPEGs below the folders; PYTHON: with imagehash (python3)
#include <fmt/format.h>
#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/data/duplicate_groups.h"
#include "core/data/near_pairs.h"
#include "core/image/phash.h"

using namespace lathe;
namespace fs = std::filesystem;

namespace {

struct Words {
    std::vector<std::string> folders;
    std::string python = "python3";
    std::size_t count = 1'000'000;
};

Words wordsOf(int argc, char** argv) {
    Words words;
    for (int k = 1; k < argc; ++k) {
        const std::string word = argv[k];
        if (word == "--python" && k + 1 < argc)
            words.python = argv[++k];
        else if (word == "--count" && k + 1 < argc)
            words.count = std::stoul(argv[++k]);
        else
            words.folders.push_back(word);
    }
    return words;
}

std::vector<fs::path> jpegsIn(const std::vector<std::string>& folders) {
    std::vector<fs::path> files;
    for (const std::string& folder : folders)
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            if (const auto suffix = entry.path().extension(); suffix == ".jpg" || suffix == ".jpeg") files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

/// This process and its children: both sides have one and the same core.
void stayOnOneCore() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(0, &cores);
    ::sched_setaffinity(0, sizeof cores, &cores);
}

void useAllCores() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    for (int k = 0; k < CPU_SETSIZE; ++k) CPU_SET(k, &cores);
    ::sched_setaffinity(0, sizeof cores, &cores);
}

double ourSeconds(const std::vector<fs::path>& files) {
    const base::Stopwatch watch;
    for (const fs::path& file : files)
        if (const auto print = image::fingerprintOf(file); !print) fmt::print(stderr, "{}\n", print.error().text());
    return watch.seconds();
}

double peerSeconds(const Words& words, const fs::path& list) {
    const auto script = fs::path(LATHE_BENCH_DIR) / "peer_imagehash.py";
    const auto command = fmt::format("'{}' '{}' < '{}'", words.python, script.string(), list.string());
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    double seconds = 0;
    if (!pipe || std::fscanf(pipe.get(), "%lf %*d ", &seconds) != 1) return 0;
    return seconds;
}

/// The best of three turns each, one after the other, so that both see the same machine.
void timeHashing(const Words& words) {
    const auto files = jpegsIn(words.folders);
    if (files.empty()) return;
    const base::TempFolder temp;
    std::ofstream list(temp.path() / "list");
    for (const fs::path& file : files) list << file.string() << '\n';
    list.close();
    stayOnOneCore();
    ourSeconds(files);
    double ours = 1e9, peer = 1e9;
    for (int turn = 0; turn < 3; ++turn) {
        ours = std::min(ours, ourSeconds(files));
        peer = std::min(peer, peerSeconds(words, temp.path() / "list"));
    }
    useAllCores();
    const double n = double(files.size());
    fmt::print("decode and hash, one core, {} JPEGs: {:.0f} a second\n", files.size(), n / ours);
    if (peer > 0) fmt::print("imagehash: {:.0f} a second, ratio {:.1f} (to reach: 5)\n", n / peer, peer / ours);
}

/// As of pictures: half the bits set; one in ten is a copy of another with up to 12 bits changed.
std::vector<std::uint64_t> someHashes(std::size_t count) {
    std::mt19937_64 random(1);
    std::vector<std::uint64_t> hashes(count);
    for (std::size_t k = 0; k < count; ++k) {
        hashes[k] = k % 10 == 9 ? hashes[random() % k] : random();
        if (k % 10 == 9)
            for (std::uint64_t flips = random() % 13; flips > 0; --flips) hashes[k] ^= 1ull << random() % 64;
    }
    return hashes;
}

double peakMegabytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

void timePairs(std::size_t count) {
    const auto hashes = someHashes(count);
    for (const int threshold : {6, 10}) {
        std::int64_t pairs = 0;
        const base::Stopwatch watch;
        const auto done = data::eachNearPair(hashes, threshold, {}, {}, [&](auto some) { pairs += std::int64_t(some.size()); });
        if (done)
            fmt::print("all pairs within {:2} bits of {} hashes: {:.2f} s, {} pairs (to reach: 60 s), peak {:.0f} MB\n", threshold,
                       count, watch.seconds(), pairs, peakMegabytes());
    }
}

/// The whole of it but decoding: half of the pictures are blank.
void timeGroups(std::size_t count) {
    const auto hashes = someHashes(count);
    std::vector<data::Look> looks(count);
    for (std::size_t k = 0; k < count; ++k) {
        looks[k].id = ImageId(std::int64_t(k + 1)), looks[k].split = std::uint8_t(1 + k % 3);
        auto& print = looks[k].known.print;
        print.hash = hashes[k], print.range = k % 2 ? 200 : 0;
        for (std::size_t part = 0; part < print.tiny.size(); ++part) print.tiny[part] = std::uint8_t(part);
    }
    const base::Stopwatch watch;
    const auto grouped = data::groupAlike(looks, 6, {}, {});
    if (grouped)
        fmt::print("groups of {} images, half of them blank: {:.2f} s, {} groups, {} leaks, peak {:.0f} MB\n", count,
                   watch.seconds(), grouped->groups.size(), grouped->leaksFound, peakMegabytes());
}

}  // namespace

int main(int argc, char** argv) {
    const Words words = wordsOf(argc, argv);
    timeHashing(words);
    timePairs(words.count);
    timeGroups(words.count);
}
