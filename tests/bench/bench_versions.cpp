// links: lathe_data
// Snapshots of a big workspace, the difference of two with 1 % of the images changed, of one and the present, by numbers and image
// by image, and what comes back by restoring.   bench_versions [IMAGES] [BOXES_PER_IMAGE] [FOLDER]
// FOLDER: where the workspace is made and stays (a temporary one); one that is there already is used again.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cmath>
#include <filesystem>
#include <random>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/data/versions.h"
#include "core/store/records.h"

using namespace lathe;

namespace {

rusage usageNow() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage;
}

/// Processor seconds: on a busy machine they say what the wall clock can't.
double processorSeconds() {
    const rusage usage = usageNow();
    const auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

annot::Annotations boxes(std::mt19937_64& random, int count) {
    annot::Annotations all;
    for (int k = 0; k < count; ++k) {
        annot::Annotation a;
        a.id = AnnotationId(k + 1), a.classId = ClassId(1 + std::int64_t(random() % 80));
        const auto number = [&](unsigned most) { return double(random() % (std::uint64_t(most) * 100)) / 100; };
        a.shape = annot::Box{{number(500), number(400), 1 + number(139), 1 + number(79)}};
        all.push_back(std::move(a));
    }
    return all;
}

Result<> fill(store::Workspace& workspace, int images, int each) {
    std::mt19937_64 random(1);
    for (int c = 0; c < 80; ++c) LATHE_CHECK(workspace.addClass(fmt::format("class {:02}", c)));
    constexpr int kBatch = 20000;
    for (int first = 0; first < images; first += kBatch) {
        const auto written = workspace.write([&](soci::session& sql) -> Result<> {
            store::ImageWriter writer(sql);
            for (int k = first; k < std::min(images, first + kBatch); ++k) {
                store::ImageRow row;
                row.name = fmt::format("folder_{:03}/image_{:07}.jpg", k / 1000, k), row.path = "media/" + row.name;
                row.digest = base::sha256(row.name), row.width = 640, row.height = 480, row.channels = 3, row.state = "done";
                row.split = k % 10 < 8 ? "train" : k % 10 == 8 ? "val" : "test";
                const auto packed = store::packDocument(boxes(random, each));
                (void)writer.add(row, &packed, {}, {});
            }
            store::touchImages(sql);
            return {};
        });
        if (!written) return fail(written.error());
    }
    return {};
}

/// Every hundredth image: one box moved.
Result<> change(store::Workspace& workspace, int images) {
    for (int k = 50; k < images; k += 100) {
        const ImageId id(k + 1);
        LATHE_TRY(const auto now, workspace.annotations(id));
        auto next = now.front();
        next.setShape(annot::Box{{std::fmod(base::now(), 1000), 2, 3, 4}});
        LATHE_CHECK(workspace.commit({id, "bench", 1, "Move", {{now.front(), next, -1, -1}}}));
    }
    return {};
}

template <class Work>
auto timed(const char* what, Work work) {
    const base::Stopwatch watch;
    const double before = processorSeconds();
    auto result = work();
    fmt::print("{:<44} {:8.3f} s   processor {:7.3f} s   peak {:5.0f} MB\n", what, watch.seconds(), processorSeconds() - before,
               double(usageNow().ru_maxrss) / 1024);
    if (!result) fmt::print(stderr, "{}\n", result.error().text()), std::exit(1);
    std::fflush(stdout);
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    const int images = argc > 1 ? std::atoi(argv[1]) : 1'000'000, each = argc > 2 ? std::atoi(argv[2]) : 10;
    const base::TempFolder temp;
    const std::filesystem::path folder = argc > 3 ? std::filesystem::path(argv[3]) : temp.path();
    const bool made = std::filesystem::exists(folder / "versions.lathe");
    const auto workspace =
        made ? store::Workspace::open(folder / "versions.lathe") : store::Workspace::create(folder / "versions.lathe");
    if (!workspace) return fmt::print(stderr, "{}\n", workspace.error().text()), 1;
    store::Workspace& w = **workspace;
    fmt::print("{} images, {} boxes\n", images, std::int64_t(images) * each);
    if (!made) (void)timed("filled", [&] { return fill(w, images, each); });
    const auto a = timed("snapshot (to reach: 2 s at a million)", [&] { return data::takeSnapshot(w, "", "", "bench"); });
    (void)timed("every hundredth image edited", [&] { return change(w, images); });
    for (int turn = 0; turn < 2; ++turn)
        (void)timed("difference with the present (0.5 s)", [&] { return data::diff(w, a->id, data::kPresent); });
    const auto b = timed("snapshot again", [&] { return data::takeSnapshot(w, "", "", "bench"); });
    for (int turn = 0; turn < 3; ++turn)
        (void)timed("difference (to reach: 0.5 s at a million)", [&] { return data::diff(w, a->id, b->id); });
    const auto items = timed("difference, image by image", [&] { return data::diffItems(w, a->id, b->id); });
    fmt::print("  {} images differ\n", items->total);
    data::ApplyOptions dry;
    dry.dryRun = true;
    (void)timed("restore, only looked at", [&] { return data::restoreSnapshot(w, a->id, "bench", dry); });
    const auto restored = timed("restore", [&] { return data::restoreSnapshot(w, a->id, "bench", {}); });
    (void)timed("undo of it", [&] { return store::undoBatch(w, restored->batch, "bench"); });
    data::SplitOptions split;
    split.stratify = true;
    (void)timed("split by iterative stratification", [&] { return data::assignSplits(w, split); });
    split.stratify = false, split.by = "hash";
    (void)timed("split by hash", [&] { return data::assignSplits(w, split); });
}
