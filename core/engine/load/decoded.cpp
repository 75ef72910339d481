#include "core/engine/load/decoded.h"

#include "core/engine/load/loaded_model.h"

namespace lathe::engine::load {

DecodedPictures::DecodedPictures(std::vector<Sample> samples, runs::Preprocessing preprocessing, const DecodedOptions& options)
    : m_samples(std::move(samples)), m_preprocessing(std::move(preprocessing)) {
    m_shape = {m_preprocessing.height, m_preprocessing.width, m_preprocessing.channels};
    m_kept = std::min(m_samples.size(), options.memoryBudget / std::max<std::size_t>(1, m_shape.bytes()));
    // Untouched pages cost nothing until a picture is written to them.
    m_memory.reset(new std::uint8_t[std::max<std::size_t>(1, m_kept * m_shape.bytes())]);
    m_states = std::make_unique<std::atomic<State>[]>(std::max<std::size_t>(1, m_kept));
    if (options.cacheFolder.empty()) return;
    std::vector<std::string> digests;
    for (const Sample& sample : m_samples) digests.push_back(sample.digest);
    m_store = DecodedStore::open(options.cacheFolder, m_preprocessing, m_shape.bytes(), digests);
}

DecodedPictures::~DecodedPictures() = default;

Result<const std::uint8_t*> DecodedPictures::lend(std::int64_t index, std::uint8_t* room) {
    const auto at = std::size_t(index);
    if (at < m_kept) {
        std::uint8_t* kept = m_memory.get() + at * m_shape.bytes();
        if (m_states[at].load(std::memory_order_acquire) == State::Present) return kept;
        // Two threads may ask for the same picture at once (train and evaluation): one of them brings it to its place.
        if (State absent = State::Absent; m_states[at].compare_exchange_strong(absent, State::Brought)) {
            const auto brought = bring(m_samples[at], kept);
            m_states[at].store(brought ? State::Present : State::Absent, std::memory_order_release);
            if (!brought) return fail(brought.error());
            return kept;
        }
    }
    LATHE_CHECK(bring(m_samples[at], room));
    return room;
}

Result<> DecodedPictures::bring(const Sample& sample, std::uint8_t* to) {
    if (m_store && m_store->read(sample.digest, to)) return {};
    LATHE_CHECK(readInput(sample.path, m_preprocessing, to));
    ++m_decoded;
    if (m_store) m_store->write(sample.digest, to);
    return {};
}

}  // namespace lathe::engine::load
