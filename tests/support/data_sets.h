// Small real data sets that tests make for themselves.
#pragma once
#include <filesystem>
#include <fstream>
#include <opencv2/imgproc.hpp>

#include "core/image/decode.h"
#include "core/store/workspace.h"

namespace lathe::test {

namespace fs = std::filesystem;

/// A picture that no other seed makes.
inline cv::Mat picture(int seed, int width = 40, int height = 30) {
    cv::Mat image(height, width, CV_8UC3, cv::Scalar(seed % 256, seed / 256 % 256, 128));
    cv::rectangle(image, {seed % 20, seed % 10, 9, 7}, cv::Scalar(250, 10, seed % 256), cv::FILLED);
    return image;
}

/// FOLDER/CLASS/NN.png for each class, `each` pictures; all different.
inline void makeClassFolders(const fs::path& folder, const std::vector<std::string>& classes, int each) {
    int seed = 0;
    for (const auto& name : classes) {
        fs::create_directories(folder / name);
        for (int k = 0; k < each; ++k) {
            const auto written = image::writeImage(folder / name / (std::to_string(100 + k) + ".png"), picture(++seed));
            if (!written) throw std::runtime_error(written.error().text());
        }
    }
}

/// The blood cells that are shipped with Lathe.
inline fs::path bloodCells() {
    return fs::path(LATHE_SOURCE_DIR) / "resources/samples/bccd";
}

}  // namespace lathe::test
