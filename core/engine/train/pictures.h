// Where training takes its pictures from: decoded, resized, uint8 H x W x C. Decoding lives in core/engine/load; a machine with
// a card alone gives tensors.
#pragma once
#include <torch/types.h>
#include <cstdint>
#include <cstring>

#include "core/base/result.h"

namespace lathe::engine::train {

struct PictureShape {
    int height = 0, width = 0, channels = 0;
    [[nodiscard]] std::size_t bytes() const { return std::size_t(height) * std::size_t(width) * std::size_t(channels); }
};

class Pictures {
public:
    virtual ~Pictures() = default;
    [[nodiscard]] virtual PictureShape shape() const = 0;
    [[nodiscard]] virtual std::int64_t size() const = 0;
    /// Where picture `index` lies: in its own place, which stays while this object lives, or in `room` (shape().bytes()), which it
    /// is written to where it has none yet. Any thread. An unreadable picture is an error, the others still come.
    [[nodiscard]] virtual Result<const std::uint8_t*> lend(std::int64_t index, std::uint8_t* room) = 0;
    /// Writes picture `index` to `out`; otherwise as lend().
    [[nodiscard]] Result<> copy(std::int64_t index, std::uint8_t* out) {
        LATHE_TRY(const std::uint8_t* at, lend(index, out));
        if (at != out) std::memcpy(out, at, shape().bytes());
        return {};
    }
};

/// uint8 N x H x W x C in memory.
class TensorPictures final : public Pictures {
public:
    explicit TensorPictures(const torch::Tensor& pictures) : m_pictures(pictures.contiguous()) {}
    [[nodiscard]] PictureShape shape() const override {
        return {int(m_pictures.size(1)), int(m_pictures.size(2)), int(m_pictures.size(3))};
    }
    [[nodiscard]] std::int64_t size() const override { return m_pictures.size(0); }
    [[nodiscard]] Result<const std::uint8_t*> lend(std::int64_t index, std::uint8_t*) override {
        return m_pictures.const_data_ptr<std::uint8_t>() + std::size_t(index) * shape().bytes();
    }

private:
    torch::Tensor m_pictures;
};

}  // namespace lathe::engine::train
