#include "core/annot/assist/separate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "core/annot/assist/pixels.h"
#include "core/annot/mask.h"

namespace lathe::annot::assist {

namespace {

constexpr std::size_t kStopAfter = 1 << 16;

/// Pixels with a depth above 0, deepest first, those of equal depth in reading order: by radix, as positive floats are ordered like
/// the numbers that their bits are.
std::vector<int> pixelsByDepth(const cv::Mat& depth) {
    constexpr int kDigit = 16, kBuckets = 1 << kDigit;
    const float* values = depth.ptr<float>();
    const auto keyOf = [values](int i) { return ~std::bit_cast<std::uint32_t>(values[i]); };
    std::vector<int> order;
    for (int i = 0; i < int(depth.total()); ++i)
        if (values[i] > 0) order.push_back(i);
    std::vector<int> sorted(order.size());
    for (int shift = 0; shift < 32; shift += kDigit) {
        std::vector<std::size_t> start(kBuckets + 1);
        const auto bucket = [&](int i) { return keyOf(i) >> shift & (kBuckets - 1); };
        for (const int i : order) ++start[bucket(i) + 1];
        std::partial_sum(start.begin(), start.end(), start.begin());
        for (const int i : order) sorted[start[bucket(i)]++] = i;
        order.swap(sorted);
    }
    return order;
}

/// Watershed by immersion with persistence: pixels are taken from the deepest inside outward; two basins that meet become one when
/// the shallower one rises less than `waist` above the place where they meet. (cv::watershed needs markers and leaves gaps.) The
/// outermost pixels of `depth` are 0.
class Immersion {
public:
    Immersion(const cv::Mat& depth, double waist) : m_depth(depth), m_waist(waist), m_labels(depth.size(), CV_32S, cv::Scalar(-1)) {
        for (int k = 0, dy = -1; dy <= 1; ++dy)
            for (int dx = -1; dx <= 1; ++dx)
                if (dx != 0 || dy != 0) m_around[std::size_t(k++)] = dy * depth.cols + dx;
    }

    Result<cv::Mat> run(const std::stop_token& stop) {
        const auto order = pixelsByDepth(m_depth);
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i % kStopAfter == 0) LATHE_CHECK(checkStop(stop));
            take(order[i]);
        }
        int* labels = m_labels.ptr<int>();
        for (const int i : order) labels[i] = root(labels[i]);
        return m_labels;
    }

private:
    int root(int label) {
        while (m_parent[std::size_t(label)] != label)
            label = m_parent[std::size_t(label)] = m_parent[std::size_t(m_parent[std::size_t(label)])];
        return label;
    }
    // The deepest neighbour's basin takes the pixel; shallow basins that meet here are swallowed by the deepest one.
    void take(int pixel) {
        const float* depth = m_depth.ptr<float>();
        int* labels = m_labels.ptr<int>();
        std::array<int, 8> near{};
        std::size_t count = 0;
        int best = -1, nearest = -1;
        float deepest = 0;
        for (const int offset : m_around) {
            if (labels[pixel + offset] < 0) continue;
            const int label = near[count++] = root(labels[pixel + offset]);
            if (best < 0 || m_peak[std::size_t(label)] > m_peak[std::size_t(best)]) best = label;
            if (depth[pixel + offset] > deepest) deepest = depth[pixel + offset], nearest = label;
        }
        if (best < 0) {
            best = int(m_parent.size());
            m_parent.push_back(best);
            m_peak.push_back(depth[pixel]);
        }
        labels[pixel] = nearest < 0 ? best : nearest;
        for (std::size_t k = 0; k < count; ++k)
            if (near[k] != best && m_peak[std::size_t(near[k])] - depth[pixel] < m_waist) m_parent[std::size_t(near[k])] = best;
    }
    const cv::Mat& m_depth;
    double m_waist;
    cv::Mat m_labels;
    std::array<int, 8> m_around{};
    std::vector<int> m_parent;
    std::vector<float> m_peak;
};

/// Every pixel of `raster` gets the number of its basin, all else -1; found on blocks of `block` x `block` pixels, of which one
/// that is set sets the block.
Result<cv::Mat> basinsOf(const cv::Mat& raster, double waist, int block, const std::stop_token& stop) {
    cv::Mat blocks = raster;
    if (block > 1) {
        cv::Mat padded;
        cv::copyMakeBorder(raster, padded, 0, (block - raster.rows % block) % block, 0, (block - raster.cols % block) % block,
                           cv::BORDER_CONSTANT, cv::Scalar(0));
        cv::dilate(padded, padded, cv::Mat::ones(block, block, CV_8U), {0, 0});  // the block's first pixel sees the whole block
        cv::resize(padded, blocks, {padded.cols / block, padded.rows / block}, 0, 0, cv::INTER_NEAREST);
    }
    cv::Mat framed, depth;
    cv::copyMakeBorder(blocks, framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar(0));  // the picture's edge is a border, too
    cv::distanceTransform(framed, depth, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    cv::GaussianBlur(depth, depth, {3, 3}, 0.8);
    depth.setTo(0, framed == 0);
    depth *= block;
    LATHE_TRY(cv::Mat labels, Immersion(depth, waist).run(stop));
    labels = labels(cv::Rect(1, 1, blocks.cols, blocks.rows));
    if (block == 1) return labels;
    cv::Mat wide;
    cv::resize(labels, wide, {blocks.cols * block, blocks.rows * block}, 0, 0, cv::INTER_NEAREST);
    wide = wide(cv::Rect(0, 0, raster.cols, raster.rows));
    wide.setTo(-1, raster == 0);
    return wide;
}

std::vector<Mask> masksOf(const cv::Mat& labels, cv::Point at, cv::Size whole) {
    std::vector<cv::Rect> boxes;
    for (int y = 0; y < labels.rows; ++y) {
        const int* row = labels.ptr<int>(y);
        for (int x = 0; x < labels.cols;) {
            const int label = row[x], from = x;
            while (x < labels.cols && row[x] == label) ++x;
            if (label < 0) continue;
            if (boxes.size() <= std::size_t(label)) boxes.resize(std::size_t(label) + 1);
            boxes[std::size_t(label)] |= cv::Rect(from, y, x - from, 1);
        }
    }
    std::vector<Mask> out;
    for (std::size_t label = 0; label < boxes.size(); ++label)
        if (const cv::Rect& box = boxes[label]; !box.empty())
            out.push_back(maskOfCrop(labels(box) == int(label), at + box.tl(), whole));
    std::stable_sort(out.begin(), out.end(), [](const Mask& a, const Mask& b) { return maskArea(a) > maskArea(b); });
    return out;
}

}  // namespace

Result<std::vector<Mask>> separated(const Mask& mask, double waist, Effort effort, std::stop_token stop) {
    LATHE_CHECK(checkMask(mask));
    const cv::Rect in = pixelBounds(mask);
    if (in.empty()) return fail(ErrorCode::InvalidData, "the mask is empty: there is nothing to part");
    return guarded([&]() -> Result<std::vector<Mask>> {
        const int block = effort == Effort::Full ? 1 : std::max(1, int(std::ceil(std::sqrt(double(in.area()) / kPartedAtOnce))));
        LATHE_TRY(const cv::Mat labels, basinsOf(rasterOf(mask, in), std::max(waist, 0.0), block, stop));
        return masksOf(labels, in.tl(), {int(mask.width), int(mask.height)});
    });
}

}  // namespace lathe::annot::assist
