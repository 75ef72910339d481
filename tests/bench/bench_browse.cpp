// links: lathe_data
// The browser's figures at a million images with ten million boxes. To reach: filter < 50 ms, facet counts < 100 ms, sort < 50 ms,
// resident < 500 MB; export of 5,000 images with 36,000 objects to COCO < 2 s with memory flat.
// bench_browse [IMAGES] [fields]: with `fields` every box has two attributes, every image five imported fields and a group.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <span>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/data/facets.h"
#include "core/data/import.h"
#include "core/data/objects.h"
#include "core/store/image_groups.h"
#include "tests/bench/big_workspace.h"

using namespace lathe;

namespace {

double residentMegabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
}

/// Median of five, in ms.
template <class Work>
double median(Work work) {
    std::vector<double> ms;
    for (int k = 0; k < 5; ++k) {
        const base::Stopwatch watch;
        work();
        ms.push_back(watch.seconds() * 1000);
    }
    std::ranges::sort(ms);
    return ms[2];
}

void say(const char* what, double ms, const char* goal) {
    std::printf("%-52s %8.1f ms   (to reach: %s)\n", what, ms, goal);
    std::fflush(stdout);
}

constexpr std::array kPlain{"split:val",
                            "class:\"class 5\"",
                            "brightness<40 width>=640",
                            "count(\"class 1\")>2",
                            "area:1000..2000",
                            "(class:\"class 70\" or class:\"class 71\") -split:train"};
constexpr std::array kOfFields{"attribute:pose=left",   "attribute:occluded=true -attribute:pose=back",
                               "meta:camera=\"cam 7\"", "meta:exif.iso>=800",
                               "meta:dose=40..60",      "group:site-17"};

Result<> browse(const std::filesystem::path& folder, std::span<const char* const> queries) {
    LATHE_TRY(const auto workspace, store::Workspace::open(folder));
    const base::Stopwatch watch;
    LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace));
    say("open the column index, mapped", watch.seconds() * 1000, "< 1000 with the first thumbnails");
    for (const char* query : queries) {
        const double ms = median([&] { (void)data::runQuery(*workspace, *index, query); });
        say((std::string("filter ") + query).c_str(), ms, "< 50");
    }
    for (const auto& [name, sort] :
         {std::pair{"sort by name", data::Sort::Name}, std::pair{"sort by brightness", data::Sort::Brightness},
          std::pair{"sort by objects", data::Sort::Objects}})
        say(name, median([&, sort = sort] { (void)data::runQuery(*workspace, *index, "", sort); }), "< 50");
    say("all facets and histograms of everything", median([&] { (void)data::search(*workspace, *index, ""); }), "< 100");
    say("all facets and histograms within a split", median([&] { (void)data::search(*workspace, *index, "split:val"); }), "< 100");
    say("all objects of a class, sorted by area",
        median([&] { (void)data::findObjects(*workspace, *index, "class:\"class 5\"", data::ObjectSort::Area); }), "-");
    std::printf("%-52s %8.0f MB   (to reach: < 500)\n", "resident", residentMegabytes());
    return {};
}

Result<> exportOf(const std::filesystem::path& folder) {
    LATHE_TRY(const auto workspace, bench::bigWorkspace(folder / "small.lathe", 5000));
    data::ExportOptions options;
    options.images = formats::ImageMode::None;
    const double before = residentMegabytes();
    const base::Stopwatch watch;
    LATHE_TRY(const auto report, data::exportTo(*workspace, folder / "coco", options, {}, {}));
    std::printf("%lld images, %lld objects; ", (long long)report.images, (long long)report.annotations);
    say("export to COCO", watch.seconds() * 1000, "< 2000 for 36,000 objects");
    std::printf("%-52s %8.0f MB   (to reach: flat)\n", "resident, more than before", residentMegabytes() - before);
    return {};
}

Result<> run(int images, bool fields) {
    const base::TempFolder folder;
    {
        LATHE_TRY(const auto workspace, bench::bigWorkspace(folder.path() / "big.lathe", images, fields));
        if (fields) LATHE_CHECK(store::setGroupRule(*workspace, "meta:site"));
        const base::Stopwatch watch;
        LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace));
        say("build the column index", watch.seconds() * 1000, "-");
    }
    LATHE_CHECK(browse(folder.path() / "big.lathe", fields ? std::span<const char* const>(kOfFields) : kPlain));
    if (fields) return {};
    return exportOf(folder.path());
}

}  // namespace

int main(int argc, char** argv) {
    if (const auto done = run(argc > 1 ? std::atoi(argv[1]) : 1000000, argc > 2); !done)
        return std::puts(done.error().text().c_str()), 1;
    return 0;
}
