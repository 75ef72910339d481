// Photographs and copies of them, for tests of duplicates.
#pragma once
#include <opencv2/imgcodecs.hpp>

#include "core/data/import.h"
#include "tests/support/data_sets.h"

namespace lathe::test {

inline cv::Mat photo(const char* name) {
    return image::decode(bloodCells() / "JPEGImages" / (std::string(name) + ".jpg")).value();
}

/// FOLDER/copies.lathe, class a: one photograph as one.png, one.tiff (the same pixels), half.png and poor.jpg; another one as
/// two.png and twice.jpg; other.jpg alone. No splits.
inline std::shared_ptr<store::Workspace> copiedPhotos(const fs::path& folder) {
    const fs::path at = folder / "copies" / "a";
    fs::create_directories(at);
    const auto write = [&](const char* name, const cv::Mat& picture, int quality = 95) {
        if (!cv::imwrite((at / name).string(), picture, {cv::IMWRITE_JPEG_QUALITY, quality})) throw std::runtime_error(name);
    };
    const cv::Mat one = photo("BloodImage_00000"), two = photo("BloodImage_00050");
    cv::Mat half, twice;
    cv::resize(one, half, {}, 0.5, 0.5, cv::INTER_AREA);
    cv::resize(two, twice, {}, 2, 2, cv::INTER_CUBIC);
    write("one.png", one);
    write("one.tiff", one);
    write("half.png", half);
    write("poor.jpg", one, 15);
    write("two.png", two);
    write("twice.jpg", twice);
    write("other.jpg", photo("BloodImage_00100"));
    auto workspace = store::Workspace::create(folder / "copies.lathe").value();
    const auto report = data::importInto(*workspace, at.parent_path(), {}, {}, {});
    if (!report || !report->problems.empty()) throw std::runtime_error("import");
    return workspace;
}

}  // namespace lathe::test
