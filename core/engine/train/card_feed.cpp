#include "core/engine/train/card_feed.h"

#include <c10/core/Event.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/torch.h>

#include "core/engine/train/augment_batch.h"

namespace lathe::engine::train {

CardFeed::CardFeed(torch::Device device, const cuda::CardTable* table) : m_device(device), m_table(table) {
    if (device.is_cpu()) return;
    if (!m_device.has_index()) m_device.set_index(0);
    m_stream = c10::impl::VirtualGuardImpl(m_device.type()).getStreamFromGlobalPool(m_device, false);
}

CardFeed::Brought CardFeed::copied(const Batch& batch) const {
    Brought there{batch.pictures.to(m_device, true), batch.labels.to(m_device, true)};
    if (!m_table || batch.plans.empty()) return there;
    const bool masked = there.labels.dim() == 3 && there.labels.scalar_type() == torch::kUInt8;
    torch::Tensor masks = masked ? there.labels : torch::Tensor();
    carryOutBatch(m_table->pixels, batch.plans, there.pictures, masks);
    if (masked) there.labels = masks;
    return there;
}

CardFeed::Brought CardFeed::bring(const Batch& batch) const {
    if (!m_stream) return copied(batch);
    const c10::impl::VirtualGuardImpl card(m_device.type());
    const auto current = card.getStream(m_device);
    Brought there;
    c10::Event arrived(m_device.type());
    {
        const c10::StreamGuard guard(*m_stream);
        there = copied(batch);
        arrived.record(*m_stream);
    }
    arrived.block(current);
    // Their memory is the other stream's: not to be used again before what is queued here has read it.
    there.pictures.record_stream(current);
    there.labels.record_stream(current);
    return there;
}

}  // namespace lathe::engine::train
