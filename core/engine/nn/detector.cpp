#include "core/engine/nn/detector.h"

#include <torch/torch.h>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace lathe::engine::nn {
namespace {

using Corners = std::array<float, 4>;

float areaOf(const Corners& b) {
    return (b[2] - b[0]) * (b[3] - b[1]);
}

float overlapOf(const Corners& a, const Corners& b) {
    const float w = std::max(0.0F, std::min(a[2], b[2]) - std::max(a[0], b[0]));
    const float h = std::max(0.0F, std::min(a[3], b[3]) - std::max(a[1], b[1]));
    const float both = w * h;
    return both / (areaOf(a) + areaOf(b) - both);
}

/// Places in the order of their scores, best first; equal ones as they come.
std::vector<std::int64_t> bestFirst(const float* scores, std::int64_t count) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) { return scores[a] > scores[b]; });
    return order;
}

torch::Tensor nmsOnProcessor(const torch::Tensor& boxes, const torch::Tensor& scores, double overlap) {
    const auto b = boxes.to(torch::kFloat32).contiguous();
    const auto s = scores.to(torch::kFloat32).contiguous();
    const auto* corners = reinterpret_cast<const Corners*>(b.data_ptr<float>());
    const auto order = bestFirst(s.data_ptr<float>(), s.numel());
    std::vector<bool> gone(order.size(), false);
    std::vector<std::int64_t> kept;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (gone[i]) continue;
        kept.push_back(order[i]);
        for (std::size_t k = i + 1; k < order.size(); ++k)
            if (!gone[k] && double(overlapOf(corners[order[i]], corners[order[k]])) > overlap) gone[k] = true;
    }
    return torch::tensor(kept, torch::kInt64);
}

struct Candidate {
    float score;
    std::int64_t place;
    int category;
};

float sigmoid(float x) {
    return 1 / (1 + std::exp(-x));
}

/// The best candidates of one level, best first.
std::vector<Candidate> candidatesOf(const float* output, std::int64_t from, std::int64_t count, std::int64_t classes,
                                    const DecodeOptions& options) {
    std::vector<Candidate> found;
    for (std::int64_t place = from; place < from + count; ++place) {
        const float* row = output + place * (classes + 5);
        const float centred = sigmoid(row[classes + 4]);
        for (std::int64_t k = 0; k < classes; ++k) {
            const float score = std::sqrt(sigmoid(row[k]) * centred);
            if (double(score) > options.least) found.push_back({score, place, int(k)});
        }
    }
    const auto better = [](const Candidate& a, const Candidate& b) { return a.score > b.score; };
    std::stable_sort(found.begin(), found.end(), better);
    if (found.size() > std::size_t(options.perLevel)) found.resize(std::size_t(options.perLevel));
    return found;
}

std::vector<Found> suppressed(std::vector<Found> boxes, const DecodeOptions& options) {
    std::stable_sort(boxes.begin(), boxes.end(), [](const Found& a, const Found& b) { return a.score > b.score; });
    std::vector<Found> kept;
    for (const Found& box : boxes) {
        if (kept.size() >= std::size_t(options.most)) break;
        const bool covered = std::any_of(kept.begin(), kept.end(), [&](const Found& other) {
            return other.category == box.category && double(overlapOf(other.corners, box.corners)) > options.overlap;
        });
        if (!covered) kept.push_back(box);
    }
    return kept;
}

}  // namespace

Grid gridOf(std::span<const int> sizes, int height, int width) {
    Grid grid;
    std::vector<float> centres, sides;
    for (const int size : sizes) {
        int rows = height, columns = width;
        for (int step = size; step > 1; step /= 2) rows = (rows + 1) / 2, columns = (columns + 1) / 2;
        const int strideY = height / rows, strideX = width / columns;
        for (int y = 0; y < rows; ++y)
            for (int x = 0; x < columns; ++x) {
                centres.push_back(float(x * strideX)), centres.push_back(float(y * strideY));
                sides.push_back(float(size));
            }
        grid.levels.push_back(std::int64_t(rows) * columns);
    }
    grid.centres = torch::tensor(centres).reshape({-1, 2});
    grid.sizes = torch::tensor(sides);
    return grid;
}

// A box stays when no better one that stays overlaps it; repeated from "all stay" until nothing changes, which is greedy's answer.
torch::Tensor nmsByMatrix(const torch::Tensor& boxes, const torch::Tensor& scores, double overlap) {
    const auto order = std::get<1>(scores.sort(true, 0, true));
    const auto b = boxes.index_select(0, order).to(torch::kFloat32);
    const auto area = (b.select(1, 2) - b.select(1, 0)) * (b.select(1, 3) - b.select(1, 1));
    const auto low = torch::maximum(b.unsqueeze(1).narrow(2, 0, 2), b.unsqueeze(0).narrow(2, 0, 2));
    const auto high = torch::minimum(b.unsqueeze(1).narrow(2, 2, 2), b.unsqueeze(0).narrow(2, 2, 2));
    const auto both = (high - low).clamp_min(0).prod(2);
    const auto over = (both / (area.unsqueeze(1) + area.unsqueeze(0) - both)).gt(overlap).triu(1).to(torch::kFloat32);
    auto stays = torch::ones({b.size(0)}, b.options());
    for (std::int64_t round = 0; round <= b.size(0); ++round) {
        const auto next = torch::matmul(stays, over).eq(0).to(torch::kFloat32);
        if (torch::equal(next, stays)) break;
        stays = next;
    }
    return order.masked_select(stays.to(torch::kBool));
}

torch::Tensor nms(const torch::Tensor& boxes, const torch::Tensor& scores, double overlap) {
    if (boxes.size(0) == 0) return torch::empty({0}, boxes.options().dtype(torch::kInt64));
    return boxes.is_cpu() ? nmsOnProcessor(boxes, scores, overlap) : nmsByMatrix(boxes, scores, overlap);
}

std::vector<std::vector<Found>> decode(const torch::Tensor& output, const Grid& grid, int height, int width,
                                       const DecodeOptions& options) {
    const auto all = output.contiguous();
    const std::int64_t places = all.size(1), classes = all.size(2) - 5;
    const auto* centres = grid.centres.data_ptr<float>();
    const auto* sides = grid.sizes.data_ptr<float>();
    std::vector<std::vector<Found>> pictures;
    for (std::int64_t n = 0; n < all.size(0); ++n) {
        const float* rows = all.data_ptr<float>() + n * places * (classes + 5);
        std::vector<Found> boxes;
        std::int64_t from = 0;
        for (const std::int64_t count : grid.levels) {
            for (const Candidate& c : candidatesOf(rows, from, count, classes, options)) {
                const float* d = rows + c.place * (classes + 5) + classes;
                const float x = centres[2 * c.place], y = centres[2 * c.place + 1], side = sides[c.place];
                const auto w = float(width), h = float(height);
                boxes.push_back({c.category,
                                 c.score,
                                 {std::clamp(x - d[0] * side, 0.0F, w), std::clamp(y - d[1] * side, 0.0F, h),
                                  std::clamp(x + d[2] * side, 0.0F, w), std::clamp(y + d[3] * side, 0.0F, h)}});
            }
            from += count;
        }
        pictures.push_back(suppressed(std::move(boxes), options));
    }
    return pictures;
}

}  // namespace lathe::engine::nn
