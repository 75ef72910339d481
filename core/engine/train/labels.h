// What is asked of each picture of a batch, in the form of the task, and how it moves when the picture is moved:
//   classify  int64 n, the class
//   detect    float32 n x most x 5: class, x0, y0, x1, y1 in px of the input; rows of class -1 are empty and come last
//   segment   uint8 n x H x W, the class of each pixel; eval::kNotAsked: neither learnt nor judged
#pragma once
#include <torch/types.h>
#include <memory>
#include <vector>

#include "core/engine/train/augment.h"
#include "core/engine/train/item.h"

namespace lathe::engine::train {

/// A part of the input, px.
struct Window {
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

/// Any thread; calls for different rows may run side by side.
class Labels {
public:
    virtual ~Labels() = default;
    /// For so many pictures, undefined until written.
    [[nodiscard]] virtual torch::Tensor room(std::int64_t pictures) const = 0;
    /// What is asked of the item, for the picture as it is before any augmentation.
    [[nodiscard]] virtual Result<> write(std::int64_t item, torch::Tensor& room, std::int64_t row) const = 0;
    /// The row's mask (H x W), which is resampled with the picture; nullptr: there is none.
    [[nodiscard]] virtual std::uint8_t* mask(torch::Tensor&, std::int64_t) const { return nullptr; }
    /// The picture of the row was moved and only this window of it shows.
    virtual void move(torch::Tensor&, std::int64_t, const Placement&, const Window&) const {}
    /// What is asked of another picture, of which a part stands in this one, comes to the row.
    virtual void join(torch::Tensor&, std::int64_t, const torch::Tensor& /*other*/, std::int64_t /*otherRow*/) const {}
    virtual void clear(torch::Tensor&, std::int64_t) const {}
};

}  // namespace lathe::engine::train
