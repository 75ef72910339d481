// links: lathe_data
// The exploration of a workspace with a million images and ten million boxes: the first time (objects are read), again, and after
// an edit; then the searches of one bar and one cell. To reach: well under a second where the index has the columns.
// bench_explore [IMAGES]
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/data/explore.h"
#include "core/data/query.h"
#include "core/store/records.h"

using namespace lathe;

namespace {

constexpr int kClasses = 80, kBoxes = 10;

annot::Annotations boxesOf(std::mt19937_64& random, int width, int height) {
    annot::Annotations all;
    for (int k = 0; k < kBoxes; ++k) {
        const double w = double(4 + random() % std::uint64_t(width / 2)), h = double(4 + random() % std::uint64_t(height / 2));
        annot::Annotation a;
        a.id = AnnotationId(k + 1);
        // The commonest class is in most images, the last ones are rare.
        const double u = double(random() % 10000) / 10000;
        a.classId = ClassId(1 + int(u * u * kClasses));
        a.shape =
            annot::Box{{double(random() % std::uint64_t(width)) - w / 2, double(random() % std::uint64_t(height)) - h / 2, w, h}};
        all.push_back(std::move(a));
    }
    return all;
}

Result<> addBatch(store::Workspace& workspace, int from, int to, std::mt19937_64& random) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        store::ImageWriter writer(sql);
        for (int k = from; k < to; ++k) {
            store::ImageRow row;
            row.name = "images/" + std::to_string(k) + ".jpg", row.path = row.name, row.digest = std::to_string(k);
            row.width = 480 + int(random() % 320), row.height = 360 + int(random() % 240), row.state = "done";
            row.split = k % 10 == 0 ? "val" : k % 10 == 1 ? "test" : "train";
            row.brightness = double(random() % 25600) / 100, row.contrast = double(random() % 8000) / 100;
            const auto packed = store::packDocument(boxesOf(random, row.width, row.height));
            writer.add(row, &packed, {}, {});
        }
        store::touchImages(sql);
        return {};
    });
}

Result<> run(int images) {
    base::TempFolder folder;
    LATHE_TRY(const auto workspace, store::Workspace::create(folder.path() / "bench.lathe"));
    for (int k = 1; k <= kClasses; ++k) LATHE_CHECK(workspace->addClass("class " + std::to_string(k)));
    std::mt19937_64 random(7);
    for (int k = 0; k < images; k += 20000) LATHE_CHECK(addBatch(*workspace, k, std::min(images, k + 20000), random));
    const auto explored = [&](const char* what, const std::string& query) -> Result<data::Exploration> {
        LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace));
        const base::Stopwatch watch;
        const std::clock_t before = std::clock();
        LATHE_TRY(auto x, data::explore(*workspace, *index, query));
        const double processor = double(std::clock() - before) / CLOCKS_PER_SEC;
        std::printf("%-34s %7.3f s (processor %.3f s)  %lld images, %lld objects\n", what, watch.seconds(), processor,
                    (long long)x.images, (long long)x.objects);
        return x;
    };
    LATHE_TRY(const auto x, explored("first (objects are read)", {}));
    LATHE_CHECK(explored("again", {}));
    LATHE_CHECK(explored("a split", "split:val"));
    LATHE_TRY(const auto before, workspace->annotations(ImageId(5)));
    auto after = before[0];
    after.setShape(annot::Box{{1, 1, 50, 50}});
    LATHE_CHECK(workspace->commit({ImageId(5), "bench", 1, "Change", {{before[0], after, -1, -1}}}));
    LATHE_CHECK(explored("after an edit", {}));
    LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace));
    for (const std::string& query : {x.areas.bins[x.areas.bins.size() / 2].query, data::Exploration::placeQuery(10, 10)}) {
        const base::Stopwatch watch;
        LATHE_TRY(const auto ids, data::runQuery(*workspace, *index, query));
        std::printf("%-34s %7.3f s  %zu images\n", query.c_str(), watch.seconds(), ids.size());
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    const auto done = run(argc > 1 ? std::atoi(argv[1]) : 1'000'000);
    if (!done) std::fprintf(stderr, "%s\n", done.error().text().c_str());
    return done ? 0 : 1;
}
