#include "core/engine/load/decoded.h"

#include <cstring>

#include "core/engine/load/loaded_model.h"

namespace lathe::engine::load {

DecodedPictures::DecodedPictures(std::vector<Sample> samples, runs::Preprocessing preprocessing, const DecodedOptions& options)
    : m_samples(std::move(samples)), m_preprocessing(std::move(preprocessing)) {
    m_shape = {m_preprocessing.height, m_preprocessing.width, m_preprocessing.channels};
    m_kept = std::min(m_samples.size(), options.memoryBudget / std::max<std::size_t>(1, m_shape.bytes()));
    // Untouched pages cost nothing until a picture is written to them.
    m_memory.reset(new std::uint8_t[std::max<std::size_t>(1, m_kept * m_shape.bytes())]);
    m_present = std::make_unique<std::atomic<bool>[]>(std::max<std::size_t>(1, m_kept));
    if (options.cacheFolder.empty()) return;
    std::vector<std::string> digests;
    for (const Sample& sample : m_samples) digests.push_back(sample.digest);
    m_store = DecodedStore::open(options.cacheFolder, m_preprocessing, m_shape.bytes(), digests);
}

DecodedPictures::~DecodedPictures() = default;

Result<> DecodedPictures::copy(std::int64_t index, std::uint8_t* out) {
    const auto at = std::size_t(index);
    const std::size_t bytes = m_shape.bytes();
    if (at < m_kept && m_present[at].load(std::memory_order_acquire)) {
        std::memcpy(out, m_memory.get() + at * bytes, bytes);
        return {};
    }
    const Sample& sample = m_samples[at];
    if (!m_store || !m_store->read(sample.digest, out)) {
        LATHE_CHECK(decode(sample, out));
        if (m_store) m_store->write(sample.digest, out);
    }
    if (at < m_kept) {
        // Two threads may bring the same picture at once (train and evaluation): they write equal bytes.
        std::memcpy(m_memory.get() + at * bytes, out, bytes);
        m_present[at].store(true, std::memory_order_release);
    }
    return {};
}

Result<> DecodedPictures::decode(const Sample& sample, std::uint8_t* out) {
    LATHE_CHECK(readInput(sample.path, m_preprocessing, out));
    ++m_decoded;
    return {};
}

}  // namespace lathe::engine::load
