#include "core/engine/train/loader.h"

#include <cstring>
#include <numeric>
#include <utility>

namespace lathe::engine::train {
namespace {

/// Unreadable samples are taken out, the others keep their order.
void dropUnreadable(Batch& batch, const std::vector<std::optional<Error>>& errors) {
    std::vector<std::int64_t> kept, samples;
    for (std::size_t i = 0; i < errors.size(); ++i) {
        if (errors[i]) {
            batch.unreadable.emplace_back(batch.samples[i], *errors[i]);
        } else {
            kept.push_back(std::int64_t(i));
            samples.push_back(batch.samples[i]);
        }
    }
    if (batch.unreadable.empty()) return;
    if (!batch.plans.empty()) {
        std::vector<PicturePlan> plans;
        for (const std::int64_t row : kept) plans.push_back(std::move(batch.plans[std::size_t(row)]));
        batch.plans = std::move(plans);
    }
    const auto rows = torch::tensor(kept, torch::kInt64);
    batch.pictures = batch.pictures.index_select(0, rows);
    if (batch.labels.defined()) batch.labels = batch.labels.index_select(0, rows);
    batch.samples = std::move(samples);
}

}  // namespace

int batchesPerEpoch(std::size_t samples, int batch) {
    return int((samples + std::size_t(batch) - 1) / std::size_t(batch));
}

Loader::Loader(std::shared_ptr<Pictures> pictures, LoaderOptions options)
    : m_pictures(std::move(pictures)), m_options(std::move(options)) {
    m_perEpoch = batchesPerEpoch(m_options.samples.size(), m_options.batch);
    m_epoch = m_options.firstEpoch, m_index = m_options.firstBatch;
    if (m_perEpoch == 0) m_epoch = m_options.lastEpoch;
    for (int i = 0; i < std::max(1, m_options.threads); ++i) m_threads.emplace_back([this](std::stop_token stop) { work(stop); });
}

Loader::~Loader() {
    for (auto& thread : m_threads) thread.request_stop();
}

/// Under the lock. False when there is nothing left to open or no room.
bool Loader::openSlot() {
    if (m_index >= m_perEpoch) ++m_epoch, m_index = 0;
    if (m_epoch >= m_options.lastEpoch || int(m_slots.size()) >= m_options.ahead) return false;
    const auto count = std::int64_t(m_options.samples.size());
    if (m_orderEpoch != m_epoch) {
        m_order.resize(std::size_t(count));
        std::iota(m_order.begin(), m_order.end(), 0);
        Random random{m_options.seed, 0x6f72646572, std::uint64_t(m_epoch)};
        if (!m_options.sampler.name.empty()) m_order = epochOrder(m_options.sampler, m_options.classes, random);
        m_orderEpoch = m_epoch;
    }
    const auto from = count * m_index / m_perEpoch, to = count * (m_index + 1) / m_perEpoch;
    const auto shape = m_pictures->shape();
    auto slot = std::make_shared<Slot>();
    slot->batch.epoch = m_epoch, slot->batch.index = m_index;
    slot->batch.samples.assign(m_order.begin() + from, m_order.begin() + to);
    const auto bytes = torch::TensorOptions(torch::kUInt8).pinned_memory(m_options.pinned);
    slot->batch.pictures = torch::empty({to - from, shape.height, shape.width, shape.channels}, bytes);
    if (m_options.labels) slot->batch.labels = m_options.labels->room(to - from);
    if (m_options.labels && m_options.pinned)
        slot->batch.labels = torch::empty(slot->batch.labels.sizes(), slot->batch.labels.options().pinned_memory(true));
    if (m_options.planOnly) slot->batch.plans.resize(std::size_t(to - from));
    slot->errors.resize(std::size_t(to - from));
    m_slots.push_back(std::move(slot));
    ++m_index;
    return true;
}

Result<const std::uint8_t*> Loader::lend(std::int64_t sample, std::uint8_t* room, torch::Tensor& labels, std::int64_t row) {
    const std::int64_t item = m_options.samples[std::size_t(sample)];
    LATHE_TRY(const std::uint8_t* picture, m_pictures->lend(item, room));
    if (m_options.labels) LATHE_CHECK(m_options.labels->write(item, labels, row));
    return picture;
}

Result<> Loader::make(Slot& slot, std::size_t position) {
    const std::int64_t sample = slot.batch.samples[position];
    const auto row = std::int64_t(position);
    const auto shape = m_pictures->shape();
    const Labels* labels = m_options.labels.get();
    auto& room = slot.batch.labels;
    auto* picture = slot.batch.pictures.data_ptr<std::uint8_t>() + position * shape.bytes();
    LATHE_TRY(const std::uint8_t* from, lend(sample, picture, room, row));
    // Its place in the epoch as well: a sampler may take one twice.
    const auto place = std::uint64_t(slot.batch.index) * std::uint64_t(m_options.batch) + position;
    Random random{m_options.seed, 0x6175676d, std::uint64_t(slot.batch.epoch), std::uint64_t(sample), place};
    if (labels && m_options.mosaic.wants(random)) {
        const auto keep = [&](const std::uint8_t* at, std::uint8_t* out) {
            if (at != out) std::memcpy(out, at, shape.bytes());
        };
        const auto source = [&](std::uint64_t which, std::uint8_t* out, torch::Tensor& to, std::int64_t at) -> Result<> {
            LATHE_TRY(const std::uint8_t* other, lend(std::int64_t(which), out, to, at));
            keep(other, out);
            return {};
        };
        keep(std::exchange(from, picture), picture);
        // Where another one can't be read, the picture stays as it is.
        (void)Mosaic::apply(picture, shape, *labels, room, row, m_options.samples.size(), source, random);
    }
    std::uint8_t* mask = labels ? labels->mask(room, row) : nullptr;
    PicturePlan plan = m_options.augmentation.plan(shape, random);
    if (!m_options.planOnly)
        Augmenter::carryOut(plan, from, picture, shape, mask);
    else if (from != picture)
        std::memcpy(picture, from, shape.bytes());
    if (labels) labels->move(room, row, plan.placement, {0, 0, shape.width, shape.height});
    if (m_options.planOnly) slot.batch.plans[position] = std::move(plan);
    return {};
}

void Loader::fill(Slot& slot, std::size_t position) {
    try {
        if (auto made = make(slot, position); !made) slot.errors[position] = made.error();
    } catch (const std::exception& error) {
        slot.errors[position] = Error{ErrorCode::Internal, error.what(), {}};
    }
}

void Loader::work(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested()) {
        std::shared_ptr<Slot> slot;
        for (const auto& candidate : m_slots)
            if (candidate->handedOut < candidate->batch.samples.size()) {
                slot = candidate;
                break;
            }
        if (!slot && openSlot()) continue;
        if (!slot) {
            m_room.wait(lock, stop, [this] { return int(m_slots.size()) < m_options.ahead && m_epoch < m_options.lastEpoch; });
            continue;
        }
        // A few samples at once: tiny pictures would otherwise spend their time on the lock.
        const std::size_t from = slot->handedOut;
        const std::size_t to = slot->handedOut = std::min(from + 4, slot->batch.samples.size());
        lock.unlock();
        for (std::size_t i = from; i < to; ++i) fill(*slot, i);
        lock.lock();
        slot->done += to - from;
        if (slot->done == slot->batch.samples.size()) m_ready.notify_one();
    }
}

void Loader::setLastEpoch(int epoch) {
    if (epoch == m_options.lastEpoch) return;  // nobody else writes it
    {
        const std::lock_guard lock(m_mutex);
        m_options.lastEpoch = epoch;
    }
    m_room.notify_all();
}

std::optional<Batch> Loader::next() {
    std::unique_lock lock(m_mutex);
    const auto ended = [this] {
        return m_slots.empty() && (m_epoch >= m_options.lastEpoch || (m_epoch + 1 >= m_options.lastEpoch && m_index >= m_perEpoch));
    };
    m_ready.wait(lock,
                 [&] { return ended() || (!m_slots.empty() && m_slots.front()->done == m_slots.front()->batch.samples.size()); });
    if (m_slots.empty()) return std::nullopt;
    const auto slot = m_slots.front();
    m_slots.pop_front();
    lock.unlock();
    m_room.notify_all();
    dropUnreadable(slot->batch, slot->errors);
    return std::move(slot->batch);
}

}  // namespace lathe::engine::train
