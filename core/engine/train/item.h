// One labelled image of a run's data, as the trainer knows it.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace lathe::engine::train {

/// x0, y0, x1, y1 in px of the picture that it is about.
using Corners = std::array<float, 4>;

struct LabelledBox {
    int category = 0;
    Corners corners{};   ///< in px of the image
    float area = 0;      ///< px of the image; of the shape where it is no box
    bool crowd = false;  ///< judged as COCO does, not learnt
};
struct Item {
    std::int64_t image = 0;
    std::string split;               ///< "train", "val" or "test"
    int label = -1;                  ///< the class; of detection and segmentation the one in it that fewest images have
    std::string name;                ///< for messages: its path
    int width = 0, height = 0;       ///< px of the image, upright
    std::vector<LabelledBox> boxes;  ///< of detection
};

}  // namespace lathe::engine::train
