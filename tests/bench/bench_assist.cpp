// links: lathe_annot_assist opencv_imgcodecs
// Assistance on 2 megapixels (a blood picture brought to 1632 x 1224): median and p95 of each first answer and of the refined one,
// in milliseconds, beside plain OpenCV where it has the same. To reach: first answers within 100 ms.   bench_assist PICTURE
// [ROUNDS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/imgproc/segmentation.hpp>
#include <opencv2/ximgproc/slic.hpp>

#include "core/annot/assist/assist.h"

using namespace lathe;
using namespace lathe::annot;
using namespace lathe::annot::assist;

namespace {

int g_rounds = 15;

double measure(const char* what, int rounds, const std::function<bool(int)>& f) {
    std::vector<double> ms;
    int failed = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto from = std::chrono::steady_clock::now();
        failed += !f(i);
        ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count());
    }
    std::sort(ms.begin(), ms.end());
    std::printf("%-34s median %8.1f ms  p95 %8.1f ms%s\n", what, ms[ms.size() / 2], ms[ms.size() * 95 / 100],
                failed ? "  (some found nothing)" : "");
    std::fflush(stdout);
    return ms[ms.size() / 2];
}

/// Another place each round, as a hand would have it.
Point placeOf(int round) {
    return {300.0 + round * 73 % 1000, 250.0 + round * 131 % 700};
}

void ratio(double ours, double peer) {
    std::printf("%-34s %.2f x the peer's time\n", "", ours / peer);
}

void wands(const cv::Mat& picture) {
    const double ours = measure("wand", g_rounds, [&](int i) { return bool(wand(picture, placeOf(i), 30)); });
    ratio(ours, measure("  cv::floodFill, whole picture", g_rounds, [&](int i) {
              cv::Mat mask(picture.rows + 2, picture.cols + 2, CV_8U, cv::Scalar(0));
              const Point p = placeOf(i);
              return cv::floodFill(picture, mask, {int(p.x), int(p.y)}, {}, nullptr, cv::Scalar::all(30), cv::Scalar::all(30),
                                   4 | cv::FLOODFILL_MASK_ONLY | cv::FLOODFILL_FIXED_RANGE | 255 << 8) > 0;
          }));
}

void wires(const cv::Mat& picture) {
    const double ours = measure("scissors, 512 x 512", g_rounds, [&](int i) {
        const Point p = placeOf(i);
        return bool(Scissors::make(picture, p, {p.x - 256, p.y - 256, 512, 512}));
    });
    const auto wire = Scissors::make(picture, placeOf(0), {0, 0, 700, 600});
    measure("scissors, a path", g_rounds, [&](int i) { return (*wire)->pathTo({100.0 + i * 30, 120}).size() > 1; });
    measure("scissors, all of the picture", g_rounds, [&](int i) {
        return bool(Scissors::make(picture, placeOf(i), {0, 0, 1632, 1224}));
    });
    ratio(ours, measure("  cv::IntelligentScissorsMB, 512", std::min(g_rounds, 3), [&](int i) {
              const Point p = placeOf(i);
              const cv::Rect in = cv::Rect(int(p.x) - 256, int(p.y) - 256, 512, 512) & cv::Rect({}, picture.size());
              cv::segmentation::IntelligentScissorsMB tool;
              tool.setEdgeFeatureCannyParameters(32, 100).setGradientMagnitudeMaxLimit(200).applyImage(picture(in));
              tool.buildMap({in.width / 2, in.height / 2});
              return true;
          }));
}

Rect boxOf(int i) {
    const Point p = placeOf(i);
    return {p.x - 120, p.y - 100, 260, 220};
}

void cuts(const cv::Mat& picture) {
    for (const auto& [name, effort] : {std::pair{"GrabCut, first", Effort::Quick}, {"GrabCut, refined", Effort::Full}})
        measure(name, g_rounds, [&, effort = effort](int i) { return bool(grabCut(picture, boxOf(i), {}, effort)); });
    for (const auto& [name, effort] :
         {std::pair{"extreme points, first", Effort::Quick}, {"extreme points, refined", Effort::Full}})
        measure(name, g_rounds, [&, effort = effort](int i) {
            const Rect r = boxOf(i);
            return bool(
                fromExtremes(picture, {{r.x, r.y + 100}, {r.x + 110, r.y}, {r.x + r.w, r.y + 90}, {r.x + 140, r.y + r.h}}, effort));
        });
    if (std::getenv("LATHE_BENCH_SLOW") == nullptr) return;
    measure("  cv::grabCut, whole picture, 1 round", 1, [&](int i) {
        cv::Mat mask, back, front;
        const Rect r = boxOf(i);
        cv::grabCut(picture, mask, cv::Rect(int(r.x), int(r.y), int(r.w), int(r.h)), back, front, 1, cv::GC_INIT_WITH_RECT);
        return true;
    });
}

void patches(const cv::Mat& picture) {
    const Rect all{0, 0, double(picture.cols), double(picture.rows)};
    const double first = measure("superpixels, first", g_rounds,
                                 [&](int i) { return bool(Superpixels::make(picture, all, 24 + i, Effort::Quick)); });
    measure("superpixels, refined", std::min(g_rounds, 5),
            [&](int i) { return bool(Superpixels::make(picture, all, 24 + i, Effort::Full)); });
    ratio(first, measure("  cv::ximgproc SLIC, whole picture", 1, [&](int) {
              cv::Mat lab;
              cv::cvtColor(picture, lab, cv::COLOR_BGR2Lab);
              const auto slic = cv::ximgproc::createSuperpixelSLIC(lab, cv::ximgproc::SLIC, 24, 15);
              slic->iterate(8);
              slic->enforceLabelConnectivity(25);
              return true;
          }));
}

void others(const cv::Mat& picture) {
    for (const auto& [name, effort] : {std::pair{"find similar, first", Effort::Quick}, {"find similar, refined", Effort::Full}})
        measure(name, g_rounds, [&, effort = effort](int i) { return bool(findSimilar(picture, boxOf(i), 0.5, effort)); });
    for (const auto& [name, effort] :
         {std::pair{"find similar, small box, first", Effort::Quick}, {"find similar, small box, refined", Effort::Full}})
        measure(name, g_rounds, [&, effort = effort](int i) {
            const Point p = placeOf(i);
            return bool(findSimilar(picture, {p.x, p.y, 24, 24}, 0.6, effort));
        });
    const auto background = wand(picture, {5, 5}, 60);
    for (const auto& [name, effort] :
         {std::pair{"separate, mask of the wand, first", Effort::Quick}, {"separate, mask of the wand, refined", Effort::Full}})
        measure(name, g_rounds, [&, effort = effort](int) { return bool(separated(*background, 4, effort)); });
    cv::Mat next;
    cv::warpAffine(picture, next, cv::Matx23d(1, 0, 12, 0, 1, 7), picture.size());
    measure("track a box", g_rounds, [&](int i) { return bool(tracked(picture, next, Box{boxOf(i)})); });
}

}  // namespace

int main(int argc, char** argv) {
    const cv::Mat small = argc > 1 ? cv::imread(argv[1]) : cv::Mat();
    if (small.empty()) return std::fprintf(stderr, "bench_assist PICTURE [ROUNDS]\n"), 2;
    if (argc > 2) g_rounds = std::max(1, std::atoi(argv[2]));
    cv::Mat picture;
    cv::resize(small, picture, {1632, 1224}, 0, 0, cv::INTER_CUBIC);
    wands(picture);
    wires(picture);
    cuts(picture);
    patches(picture);
    others(picture);
}
