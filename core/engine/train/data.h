// The data of a run: pictures, what is labelled on them, and which of them train.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/engine/train/item.h"
#include "core/engine/train/pictures.h"

namespace lathe::engine::train {

struct Splits {
    std::vector<std::int64_t> train, val, test;  ///< indices into the items, ascending
    std::vector<std::string> messages;           ///< what had to be decided, in words
};

/// A mask of class indices, row after row; eval::kNotAsked where nothing is asked.
struct ClassMask {
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels;
};
/// What is asked of the pixels, for segmentation. Any thread.
class Masks {
public:
    virtual ~Masks() = default;
    /// In the network's input, as the picture lies there; shape.height x shape.width to `out`.
    [[nodiscard]] virtual Result<> copy(std::int64_t index, std::uint8_t* out) = 0;
    /// At the image's own size.
    [[nodiscard]] virtual Result<ClassMask> whole(std::int64_t index) = 0;
};

struct TrainData {
    std::shared_ptr<Pictures> pictures;  ///< of `items`, in their order
    std::shared_ptr<Masks> masks;        ///< of segmentation, likewise
    std::vector<Item> items;             ///< labelled ones only
    std::vector<std::string> classes;
    Splits splits;
};

}  // namespace lathe::engine::train
