// links: lathe_image
// Thumbnails of 12-megapixel JPEGs on one core, made and written, against Pillow's draft mode in the same run (to reach: 1.5 times
// as many a second).   bench_thumbnails PHOTO... [--python PYTHON]     each photo is enlarged to 4000 x 3000 with a camera's noise
#include <fmt/format.h>
#include <sched.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/image/cache.h"

using namespace lathe;
namespace fs = std::filesystem;

namespace {

constexpr int kCopies = 6, kTurns = 5;

std::vector<fs::path> makePhotos(const std::vector<std::string>& sources, const fs::path& folder) {
    std::vector<fs::path> files;
    cv::RNG random(1);
    for (const std::string& source : sources) {
        const cv::Mat photo = cv::imread(source);
        if (photo.empty()) continue;
        cv::Mat large, noise(3000, 4000, CV_8SC3);
        cv::resize(photo, large, {4000, 3000}, 0, 0, cv::INTER_CUBIC);
        for (int copy = 0; copy < kCopies; ++copy) {
            random.fill(noise, cv::RNG::NORMAL, 0, 4);
            cv::Mat noisy;
            cv::add(large, noise, noisy, cv::noArray(), CV_8U);
            files.push_back(folder / fmt::format("{}.jpg", files.size()));
            cv::imwrite(files.back().string(), noisy, {cv::IMWRITE_JPEG_QUALITY, 90});
        }
    }
    return files;
}

double ourSeconds(const std::vector<fs::path>& files) {
    const base::TempFolder folder;
    const image::ThumbnailCache cache(folder.path());
    const base::Stopwatch watch;
    for (std::size_t k = 0; k < files.size(); ++k)
        if (const auto made = cache.get(fmt::format("{:064x}", k), files[k]); !made)
            fmt::print(stderr, "{}\n", made.error().text());
    return watch.seconds();
}

double peerSeconds(const std::string& python, const fs::path& list) {
    const base::TempFolder folder;
    const auto script = fs::path(LATHE_BENCH_DIR) / "peer_thumbnails.py";
    const auto command = fmt::format("'{}' '{}' '{}' < '{}'", python, script.string(), folder.path().string(), list.string());
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    double seconds = 0;
    if (!pipe || std::fscanf(pipe.get(), "%lf %*d ", &seconds) != 1) return 0;
    return seconds;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> sources;
    std::string python = "python3";
    for (int k = 1; k < argc; ++k) {
        if (std::string(argv[k]) == "--python" && k + 1 < argc)
            python = argv[++k];
        else
            sources.emplace_back(argv[k]);
    }
    cpu_set_t cores;  // this process and its children: both sides have one and the same core
    CPU_ZERO(&cores);
    CPU_SET(0, &cores);
    ::sched_setaffinity(0, sizeof cores, &cores);
    const base::TempFolder temp;
    const auto files = makePhotos(sources, temp.path());
    if (files.empty()) return 2;
    std::ofstream list(temp.path() / "list");
    for (const fs::path& file : files) list << file.string() << '\n';
    list.close();
    ourSeconds(files);
    double ours = 1e9, peer = 1e9;
    for (int turn = 0; turn < kTurns; ++turn) {
        ours = std::min(ours, ourSeconds(files));
        peer = std::min(peer, peerSeconds(python, temp.path() / "list"));
    }
    const double n = double(files.size());
    fmt::print("thumbnails of 12-megapixel JPEGs, one core: {:.1f} a second\n", n / ours);
    if (peer > 0) fmt::print("Pillow in draft mode: {:.1f} a second, ratio {:.2f} (to reach: 1.5)\n", n / peer, peer / ours);
}
