// Four pictures in one (Bochkovskiy et al. 2020, arXiv 2004.10934), each a part of a quarter, labels with them.
#pragma once
#include <functional>
#include <optional>

#include "core/engine/train/labels.h"
#include "core/engine/train/random.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::train {

class Mosaic {
public:
    /// Takes "mosaic" from the list.
    explicit Mosaic(const std::vector<runs::Augmentation>& declared);
    /// Does this sample become one? Asks `random` only where the list has a mosaic.
    [[nodiscard]] bool wants(Random& random) const { return m_p > 0 && random.uniform() < m_p; }

    /// Writes picture `which` (any number below `count`) and what is asked of it.
    using Source = std::function<Result<>(std::uint64_t which, std::uint8_t* picture, torch::Tensor& labels, std::int64_t row)>;
    /// The picture and row come in as one sample and go out as the mosaic of it and three others.
    [[nodiscard]] static Result<> apply(std::uint8_t* picture, const PictureShape& shape, const Labels& labels, torch::Tensor& room,
                                        std::int64_t row, std::uint64_t count, const Source& source, Random& random);

private:
    double m_p = 0;
};

}  // namespace lathe::engine::train
