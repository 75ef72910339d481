// Pictures with shapes on them and run folders of the tasks that ask where they are.
#pragma once
#include <cmath>

#include "tests/engine/run_support.h"

namespace testrun {

inline const std::vector<std::string> kKinds = {"disc", "square"};

/// Two shapes on noise, 96 x 64, with boxes and outlines.
inline std::vector<Json> drawScenes(const fs::path& folder, int count) {
    fs::create_directories(folder);
    std::mt19937 random(9);
    std::vector<Json> lines;
    for (int i = 0; i < count; ++i) {
        cv::Mat picture(64, 96, CV_8U);
        for (int y = 0; y < picture.rows; ++y)
            for (int x = 0; x < picture.cols; ++x) picture.at<std::uint8_t>(y, x) = std::uint8_t(random() % 50);
        Json objects = Json::array();
        for (int k = 0; k < 2; ++k) {
            const int kind = int(random() % 2), r = 9 + int(random() % 5);
            const cv::Point at(16 + k * 46 + int(random() % 12), 20 + int(random() % 24));
            Json ring = Json::array();
            if (kind == 0) cv::circle(picture, at, r, 220, -1);
            if (kind == 1) cv::rectangle(picture, at - cv::Point(r, r), at + cv::Point(r, r), 220, 3);
            for (int p = 0; p < 32; ++p) {
                const double a = p * 2 * CV_PI / 32, s = kind == 0 ? 1 : 1 / std::max(std::abs(std::cos(a)), std::abs(std::sin(a)));
                ring.push_back(at.x + r * s * std::cos(a)), ring.push_back(at.y + r * s * std::sin(a));
            }
            objects.push_back(
                {{"class", kind}, {"kind", "polygon"}, {"box", {at.x - r, at.y - r, 2 * r, 2 * r}}, {"points", {ring}}});
        }
        const std::string file = (folder / fmt::format("{:03}.png", i)).string();
        cv::imwrite(file, picture);
        lines.push_back({{"image", i + 1},
                         {"digest", fmt::format("{:064x}", i + 1)},
                         {"path", file},
                         {"width", 96},
                         {"height", 64},
                         {"split", i % 5 == 3   ? "val"
                                   : i % 5 == 4 ? "test"
                                                : "train"},
                         {"label", -1},
                         {"objects", objects}});
    }
    return lines;
}

inline fs::path makeRun(const fs::path& root, const std::string& name, const std::string& task, const std::vector<Json>& lines,
                        const Json& more = {}) {
    fs::path folder = root / "runs" / name;
    fs::create_directories(folder);
    std::ofstream out(folder / "data.jsonl");
    out << Json{{"format", "lathe-manifest"}, {"version", 1}, {"task", task}, {"snapshot", "s"}, {"digest", "d"},
                {"classes", kKinds}}
               .dump()
        << '\n';
    for (const Json& line : lines) out << line.dump() << '\n';
    Json spec = lathe::runs::toJson(lathe::runs::startingSpec(task));
    spec.merge_patch({{"epochs", 12}, {"ema", 0.9}, {"seed", 4}});
    if (!more.is_null()) spec.merge_patch(more);
    writeSpec(folder, spec);
    return folder;
}

}  // namespace testrun
