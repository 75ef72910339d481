// What is common to detectors: where the places of their output lie, and from the output to boxes. Boxes are x0, y0, x1, y1 in px
// of the network's input.
#pragma once
#include <torch/types.h>
#include <array>
#include <span>
#include <vector>

namespace lathe::engine::nn {

/// The places of an output N x places x (classes + 5), level after level, rows first. Defined as torchvision's AnchorGenerator has
/// it for one square anchor a place: the centre of a place is its column and row times the whole-numbered stride.
struct Grid {
    torch::Tensor centres;             ///< places x 2 (x, y), float32
    torch::Tensor sizes;               ///< places, of the anchor's side; float32
    std::vector<std::int64_t> levels;  ///< places of each level
};
/// `sizes`: anchor side of each level; level k has ceil-halved the picture log2(sizes[k]) times.
[[nodiscard]] Grid gridOf(std::span<const int> sizes, int height, int width);

struct Found {
    int category = 0;
    float score = 0;
    std::array<float, 4> corners{};
};
struct DecodeOptions {
    double least = 0.05;   ///< score
    int perLevel = 1000;   ///< candidates, the best
    double overlap = 0.6;  ///< IoU of one class above which the weaker goes
    int most = 100;        ///< a picture, the best
};
/// Boxes of each picture, best first: scores are sqrt(sigmoid(class) sigmoid(centredness)), as torchvision's FCOS gives them.
/// `output` is float32, anywhere: per place the classes' logits, distances to left, top, right, bottom in anchor sides, and the
/// centredness' logit. What stays after suppression (nms.h) is all that leaves a card.
[[nodiscard]] std::vector<std::vector<Found>> decode(const torch::Tensor& output, const Grid& grid, int height, int width,
                                                     const DecodeOptions& options = {});

}  // namespace lathe::engine::nn
