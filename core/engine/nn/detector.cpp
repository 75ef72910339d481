#include "core/engine/nn/detector.h"

#include <torch/torch.h>
#include <algorithm>

#include "core/engine/nn/nms.h"

namespace lathe::engine::nn {
namespace {

/// The best candidates of all levels: N x candidates, corners N x candidates x 4.
struct Candidates {
    torch::Tensor scores, categories, corners;
};

/// The best of each level, best first, whatever their score.
std::pair<torch::Tensor, torch::Tensor> bestOfLevel(const torch::Tensor& output, std::int64_t classes, int most) {
    const auto centred = torch::sigmoid(output.narrow(2, classes + 4, 1));
    const auto all = (torch::sigmoid(output.narrow(2, 0, classes)) * centred).sqrt().flatten(1);
    const auto [scores, index] = all.topk(std::min<std::int64_t>(most, all.size(1)), 1);
    return {scores, index};
}

Candidates candidatesOf(const torch::Tensor& output, const Grid& grid, int height, int width, int perLevel) {
    const std::int64_t classes = output.size(2) - 5;
    std::vector<torch::Tensor> scores, places, categories;
    std::int64_t from = 0;
    for (const std::int64_t count : grid.levels) {
        const auto [best, index] = bestOfLevel(output.narrow(1, from, count), classes, perLevel);
        scores.push_back(best);
        places.push_back(index.div(classes, "floor") + from);
        categories.push_back(index.remainder(classes));
        from += count;
    }
    const auto place = torch::cat(places, 1);
    const auto flat = place.flatten();
    const auto shape = std::vector<std::int64_t>{place.size(0), place.size(1), 2};
    const auto centres = grid.centres.to(output.device()).index_select(0, flat).reshape(shape);
    const auto sides = grid.sizes.to(output.device()).index_select(0, flat).reshape(place.sizes()).unsqueeze(2);
    const auto distances = output.narrow(2, classes, 4).gather(1, place.unsqueeze(2).expand({-1, -1, 4})) * sides;
    const auto x = torch::stack({centres.select(2, 0) - distances.select(2, 0), centres.select(2, 0) + distances.select(2, 2)}, 2);
    const auto y = torch::stack({centres.select(2, 1) - distances.select(2, 1), centres.select(2, 1) + distances.select(2, 3)}, 2);
    const auto inX = x.clamp(0, width), inY = y.clamp(0, height);
    const auto corners = torch::stack({inX.select(2, 0), inY.select(2, 0), inX.select(2, 1), inY.select(2, 1)}, 2);
    return {torch::cat(scores, 1), torch::cat(categories, 1), corners};
}

std::vector<Found> foundIn(const Candidates& all, std::int64_t picture, const DecodeOptions& options) {
    const auto good = all.scores[picture].gt(options.least).nonzero().squeeze(1);
    auto scores = all.scores[picture].index_select(0, good);
    auto categories = all.categories[picture].index_select(0, good);
    auto corners = all.corners[picture].index_select(0, good);
    const auto kept = nms(corners, scores, categories, options.overlap, options.most);
    scores = scores.index_select(0, kept).cpu(), categories = categories.index_select(0, kept).cpu();
    corners = corners.index_select(0, kept).cpu().contiguous();
    std::vector<Found> found;
    for (std::int64_t i = 0; i < kept.size(0); ++i) {
        const float* c = corners.data_ptr<float>() + i * 4;
        found.push_back({int(categories.data_ptr<std::int64_t>()[i]), scores.data_ptr<float>()[i], {c[0], c[1], c[2], c[3]}});
    }
    return found;
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

std::vector<std::vector<Found>> decode(const torch::Tensor& output, const Grid& grid, int height, int width,
                                       const DecodeOptions& options) {
    const torch::NoGradGuard still;
    const Candidates all = candidatesOf(output, grid, height, width, options.perLevel);
    std::vector<std::vector<Found>> pictures;
    for (std::int64_t n = 0; n < output.size(0); ++n) pictures.push_back(foundIn(all, n, options));
    return pictures;
}

}  // namespace lathe::engine::nn
