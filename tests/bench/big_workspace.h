// A workspace as large as they come, made through the store's own bulk path.
#pragma once
#include <random>

#include "core/store/records.h"

namespace lathe::bench {

inline constexpr int kBigClasses = 80, kBigBoxes = 10;

/// The commonest class is in most images, the last ones are rare.
inline annot::Annotations someBoxes(std::mt19937_64& random, int width, int height) {
    annot::Annotations all;
    for (int k = 0; k < kBigBoxes; ++k) {
        const double w = double(4 + random() % std::uint64_t(width / 2)), h = double(4 + random() % std::uint64_t(height / 2));
        const double u = double(random() % 10000) / 10000;
        annot::Annotation a;
        a.id = AnnotationId(k + 1);
        a.classId = ClassId(1 + int(u * u * kBigClasses));
        a.shape =
            annot::Box{{double(random() % std::uint64_t(width)) - w / 2, double(random() % std::uint64_t(height)) - h / 2, w, h}};
        all.push_back(std::move(a));
    }
    return all;
}

inline store::ImageRow someImage(std::mt19937_64& random, int number) {
    store::ImageRow row;
    row.name = "images/" + std::to_string(number) + ".jpg", row.path = row.name, row.digest = std::to_string(number);
    row.width = 480 + int(random() % 320), row.height = 360 + int(random() % 240), row.channels = 3, row.state = "done";
    row.split = number % 10 == 0 ? "val" : number % 10 == 1 ? "test" : "train";
    row.brightness = double(random() % 25600) / 100, row.contrast = double(random() % 8000) / 100;
    row.sharpness = double(random() % 400000) / 100, row.entropy = double(random() % 800) / 100;
    row.colourfulness = double(random() % 10000) / 100;
    return row;
}

/// Attributes for every box, and what a camera tells of an image: 2 + 5 fields, one of them another one for each image.
inline void addAttributes(std::mt19937_64& random, annot::Annotations& all) {
    static constexpr const char* kPoses[] = {"left", "right", "front", "back"};
    for (auto& a : all) a.attributes = {{"pose", kPoses[random() % 4]}, {"occluded", random() % 8 == 0}};
}
inline std::string someExtra(std::mt19937_64& random, int number) {
    return Json{{"camera", "cam " + std::to_string(random() % 20)},
                {"site", "site-" + std::to_string(random() % 400)},
                {"exif", {{"iso", 100 << random() % 6}}},
                {"dose", random() % 500},
                {"frame", number}}
        .dump();
}

/// `images` images with ten boxes each, in transactions of 20,000. About 20 s for a million. `fields`: with attributes and
/// imported fields.
[[nodiscard]] inline Result<std::shared_ptr<store::Workspace>> bigWorkspace(const std::filesystem::path& folder, int images,
                                                                            bool fields = false) {
    LATHE_TRY(const auto workspace, store::Workspace::create(folder));
    for (int k = 1; k <= kBigClasses; ++k) LATHE_CHECK(workspace->addClass("class " + std::to_string(k)));
    std::mt19937_64 random(7);
    for (int from = 0; from < images; from += 20000)
        LATHE_CHECK(workspace->write([&](soci::session& sql) -> Result<> {
            store::ImageWriter writer(sql);
            for (int k = from; k < std::min(images, from + 20000); ++k) {
                const auto row = someImage(random, k);
                auto boxes = someBoxes(random, row.width, row.height);
                if (fields) addAttributes(random, boxes);
                const auto packed = store::packDocument(boxes);
                writer.add(row, &packed, fields ? someExtra(random, k) : std::string(), {});
            }
            store::touchImages(sql);
            return {};
        }));
    return workspace;
}

}  // namespace lathe::bench
