// Batches on their way to the device: copied from pinned memory on a stream of their own while the step before is under way, and
// augmented there.
#pragma once
#include <c10/core/Stream.h>
#include <optional>

#include "core/engine/cuda/plugin.h"
#include "core/engine/train/loader.h"

namespace lathe::engine::train {

class CardFeed {
public:
    /// `table`: the card's kernels; nullptr: augmentations are left to the loader.
    CardFeed(torch::Device device, const cuda::CardTable* table);
    /// Whether the loader shall leave augmentations (Batch::plans) to bring().
    [[nodiscard]] bool augments() const { return m_table != nullptr; }
    [[nodiscard]] bool wantsPinned() const { return !m_device.is_cpu(); }
    /// Pictures and labels on the device, augmented; work on torch's current stream comes after them. The batch keeps its own.
    struct Brought {
        torch::Tensor pictures, labels;
    };
    [[nodiscard]] Brought bring(const Batch& batch) const;

private:
    [[nodiscard]] Brought copied(const Batch& batch) const;
    torch::Device m_device;
    const cuda::CardTable* m_table;
    std::optional<c10::Stream> m_stream;  ///< of a card
};

}  // namespace lathe::engine::train
