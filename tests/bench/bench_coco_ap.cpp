// links: lathe_runs_figures
// The twelve figures of 500,000 boxes on 5,000 pictures against pycocotools and faster-coco-eval on the same files in the same run;
// reading the files is not counted, as it is not for the peers. To reach: 0.05x and 0.4x.
//   bench_coco_ap FOLDER PYTHON     FOLDER: gt.json and detections.json; PYTHON: one with pycocotools and faster-coco-eval
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/runs/figures/detection.h"

using namespace lathe;
using namespace lathe::runs::figures;

namespace {

struct Peer {
    double seconds = 0, ap = -1;
};

Peer peer(const std::string& python, const char* which, const std::string& folder) {
    const std::string command = fmt::format("'{}' '{}/peer_coco_ap.py' {} '{}'", python, LATHE_BENCH_DIR, which, folder);
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    Peer out;
    if (!pipe || std::fscanf(pipe.get(), "%lf %lf", &out.seconds, &out.ap) != 2) out = {};
    return out;
}

DetectionBox boxOf(const Json& json) {
    return {json[0], json[1], json[2], json[3]};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const std::filesystem::path folder = argv[1];
    const auto truth = base::readJson(folder / "gt.json"), found = base::readJson(folder / "detections.json");
    if (!truth || !found) return 1;
    std::map<std::int64_t, int> images, categories;  // by id, as pycocotools orders them
    for (const Json& image : (*truth)["images"]) images[image["id"]] = 0;
    for (const Json& category : (*truth)["categories"]) categories[category["id"]] = 0;
    for (int n = 0; auto& [id, index] : images) index = n++;
    for (int n = 0; auto& [id, index] : categories) index = n++;
    std::vector<DetectionTruth> truths;
    std::vector<Detection> detections;
    for (const Json& a : (*truth)["annotations"])
        truths.push_back({images[a["image_id"]], categories[a["category_id"]], boxOf(a["bbox"]), a["area"], a["iscrowd"] == 1});
    for (const Json& d : *found)
        detections.push_back({images[d["image_id"]], categories[d["category_id"]], boxOf(d["bbox"]), d["score"]});
    double best = 1e9, ap = 0;
    for (int turn = 0; turn < 3; ++turn) {
        const base::Stopwatch watch;
        const auto figures = detectionFigures(truths, detections, int(images.size()), int(categories.size()));
        if (!figures) return 1;
        best = std::min(best, watch.seconds());
        ap = figures->ap;
    }
    const base::Stopwatch resampling;
    const auto sure = detectionFigures(truths, detections, int(images.size()), int(categories.size()), {.resamples = 100});
    fmt::print("{} detections, {} truths: {:.3f} s, AP {:.12f}; with the interval of 100 resamples [{:.4f}, {:.4f}] {:.2f} s\n",
               detections.size(), truths.size(), best, ap, sure->apInterval[0], sure->apInterval[1], resampling.seconds());
    for (const auto& [which, reach] : {std::pair{"pycocotools", 0.05}, {"faster", 0.4}}) {
        const Peer other = peer(argv[2], which, argv[1]);
        if (other.seconds > 0)
            fmt::print("{}: {:.2f} s, ratio {:.3f} (to reach: {}), AP differs by {:.1e}\n", which, other.seconds,
                       best / other.seconds, reach, std::abs(other.ap - ap));
    }
    return 0;
}
