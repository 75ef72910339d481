// An annotation of every kind with everything that one can have: for tests of formats that lose nothing.
#pragma once
#include <filesystem>

#include "core/image/decode.h"
#include "tests/support/format_memory.h"

namespace lathe::test {

inline void putPicture(const std::filesystem::path& file) {
    std::filesystem::create_directories(file.parent_path());
    if (!image::writeImage(file, cv::Mat(6, 8, CV_8UC3, cv::Scalar(10, 20, 30)))) qFatal("can't write");
}

/// One of every kind, with everything that an annotation can have.
inline annot::Annotations everyKind() {
    const annot::Shape shapes[] = {annot::ImageLabel{},
                                   annot::Box{{0.1, 1.0 / 3, 2.5, 3}},
                                   annot::Polygon{{{{0, 0}, {10.1, 0}, {10, 10}}, {{1, 1}, {2, 1}, {2, 1.0 / 7}}}},
                                   annot::Mask{3, 4, {3, 4, 5}},
                                   annot::Mask{2, 2, {0, 4}},
                                   annot::Keypoints{{{{1.5, 2}, 2}, {{3, 4.25}, 1}, {{0, 0}, 0}}, {1, 2, 3, 4}},
                                   annot::Keypoints{{{{1.5, 2}, 2}}, {}},
                                   annot::RotatedBox{{10.25, 20.5}, 8, 1.0 / 3, -0.7},
                                   annot::Ellipse{{100.125, 50}, 20, 10, 0.5},
                                   annot::Polyline{{{1, 2}, {30.1, 4}, {1.0 / 7, 60}}},
                                   annot::Dot{{5.5, -6}}};
    annot::Annotations all;
    for (const auto& shape : shapes)
        all.push_back({AnnotationId(100 - std::int64_t(all.size())), ClassId(1 + std::int64_t(all.size() % 2)), shape});
    auto& full = all[1];
    full.flags = annot::Occluded | annot::Truncated | annot::Crowd | annot::Difficult | annot::Locked | annot::Hidden;
    full.group = 7, full.author = "Åsa", full.source = "model:r-1 corrected", full.confidence = 0.1;
    full.givenArea = 9.125, full.givenBox = annot::Rect{0.1, 0.2, 0.3, 0.4};
    full.attributes = {{"colour", "brown"}, {"age", 3}, {"list", {1, "a", nullptr}}, {"yes", true}};
    full.extra = {{"coco", {{"x", "]}\"\n"}}}};
    all[2].attributes = Json::object();
    return all;
}

/// Two images: one with everyKind(), one without labels and without a file.
inline MemorySink everything(const std::filesystem::path& folder) {
    putPicture(folder / "a.png");
    MemorySink sink;
    sink.m_classes = {{"cat", "animal", {{"coco_id", 17}}, "#00ff00"}, {"dog", "", {}}, {"never met", "", {}}};
    sink.m_images.push_back({"train/sub/a.png", folder / "a.png", 8, 6, "train", everyKind(), {{"coco_id", 1}, {"url", "x"}}});
    sink.m_images.push_back({"train/b.png", folder / "b.png", 0, 0, "", {}, {}});
    sink.m_extra = {{"info", {{"year", 2026}}}};
    return sink;
}

}  // namespace lathe::test
