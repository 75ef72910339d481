// links: lathe_data
// Import of a big COCO file, durable on disk, against pycocotools' load of the same file in the same run.
//   bench_coco_import FILE.json [PYTHON]     PYTHON: an interpreter with pycocotools (python3); prints a ratio
#include <fmt/format.h>
#include <sys/resource.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/data/import.h"
#include "core/data/query.h"
#include "core/store/column_index.h"

using namespace lathe;

namespace {

double peerSeconds(const std::string& python, const std::string& file) {
    const auto script = std::filesystem::path(LATHE_BENCH_DIR) / "peer_coco_load.py";
    const auto command = fmt::format("'{}' '{}' '{}'", python, script.string(), file);
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    double seconds = 0;
    if (!pipe || std::fscanf(pipe.get(), "%lf", &seconds) != 1) return 0;
    return seconds;
}

double peakMegabytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

void timeQueries(const store::Workspace& workspace) {
    for (const char* turn : {"build", "again"}) {
        const base::Stopwatch watch;
        const auto index = store::ColumnIndex::load(workspace);
        fmt::print("column index, {}: {:.1f} ms\n", turn, watch.seconds() * 1e3);
        if (!index) return;
        for (const char* text : {"class:person", "count(person)>3", "file:*0033*", "annotations=0", "width>=640 -class:dog"}) {
            const base::Stopwatch query;
            const auto ids = data::runQuery(workspace, **index, text);
            fmt::print("  {:28} {:8.2f} ms  {}\n", text, query.seconds() * 1e3, ids ? ids->size() : 0);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const base::TempFolder temp;
    const auto workspace = store::Workspace::create(temp.path() / "coco.lathe");
    if (!workspace) return 1;
    const auto report = data::importInto(**workspace, argv[1], {}, {}, {});
    if (!report) {
        fmt::print(stderr, "{}\n", report.error().text());
        return 1;
    }
    fmt::print("import: {:.2f} s, {} images, {} annotations, peak {:.0f} MB\n", report->seconds, report->images.added,
               report->annotations.added, peakMegabytes());
    const double peer = peerSeconds(argc > 2 ? argv[2] : "python3", argv[1]);
    if (peer > 0) fmt::print("pycocotools: {:.2f} s, ratio {:.2f} (to reach: 0.25)\n", peer, report->seconds / peer);
    timeQueries(**workspace);
    const base::Stopwatch opening;
    const auto again = store::Workspace::open((*workspace)->layout().root);
    fmt::print("open: {:.1f} ms\n", opening.seconds() * 1e3);
    return again ? 0 : 1;
}
