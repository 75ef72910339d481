// Small real sets that tests make for themselves: class folders of drawn shapes, and a workspace that holds them.
#pragma once
#include <filesystem>
#include <memory>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>

#include "core/data/import.h"
#include "core/data/snapshot.h"
#include "core/store/workspace.h"

namespace lathe::test {

/// FOLDER/disc and FOLDER/square with `each` pictures of 32x32, all different, deterministic.
inline void makeClassFolders(const std::filesystem::path& folder, int each) {
    for (const char* name : {"disc", "square"}) {
        std::filesystem::create_directories(folder / name);
        for (int i = 0; i < each; ++i) {
            cv::Mat picture(32, 32, CV_8UC3, cv::Scalar(20 + i % 50, 30, 40 + i % 7));
            const cv::Point centre(11 + i * 7 % 10, 11 + i * 5 % 10);
            const int radius = 5 + i % 4;
            const cv::Scalar colour(200 - i % 60, 180 + i % 40, 160 + i % 90);
            if (name[0] == 'd')
                cv::circle(picture, centre, radius, colour, -1);
            else
                cv::rectangle(picture, centre - cv::Point(radius, radius), centre + cv::Point(radius, radius), colour, -1);
            cv::imwrite((folder / name / (std::string(name) + "_" + std::to_string(1000 + i) + ".png")).string(), picture);
        }
    }
}

/// FOLDER/shapes.lathe with that set imported and split 0.6 / 0.2 / 0.2. Null when something failed (the message is printed).
inline std::shared_ptr<store::Workspace> makeSampleWorkspace(const std::filesystem::path& folder, int each) {
    makeClassFolders(folder / "shapes", each);
    auto workspace = store::Workspace::create(folder / "shapes.lathe");
    if (!workspace) return std::fprintf(stderr, "%s\n", workspace.error().text().c_str()), nullptr;
    const auto report = data::importInto(**workspace, folder / "shapes", {}, {}, {});
    if (!report) return std::fprintf(stderr, "%s\n", report.error().text().c_str()), nullptr;
    data::SplitOptions split;
    split.train = 0.6, split.val = 0.2, split.test = 0.2, split.stratify = true, split.seed = 1;
    if (const auto done = data::assignSplits(**workspace, split); !done)
        return std::fprintf(stderr, "%s\n", done.error().text().c_str()), nullptr;
    return *workspace;
}

}  // namespace lathe::test
