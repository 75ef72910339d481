// The pictures of a manifest, decoded and resized once: kept in memory within a budget, and on disk when a cache folder is given.
#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/engine/load/decoded_store.h"
#include "core/engine/load/manifest.h"
#include "core/engine/train/pictures.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::load {

struct DecodedOptions {
    std::filesystem::path cacheFolder;                ///< cache/decoded of the workspace; empty: memory only
    std::size_t memoryBudget = std::size_t(4) << 30;  ///< bytes; pictures above it are decoded again each time
};

/// Any thread. A picture is decoded by the first that asks for it.
class DecodedPictures final : public train::Pictures {
public:
    DecodedPictures(std::vector<Sample> samples, runs::Preprocessing preprocessing, const DecodedOptions& options = {});
    ~DecodedPictures() override;
    [[nodiscard]] train::PictureShape shape() const override { return m_shape; }
    [[nodiscard]] std::int64_t size() const override { return std::int64_t(m_samples.size()); }
    [[nodiscard]] Result<const std::uint8_t*> lend(std::int64_t index, std::uint8_t* room) override;
    [[nodiscard]] std::int64_t decodedCount() const { return m_decoded; }  ///< files decoded by this object so far

private:
    [[nodiscard]] Result<> bring(const Sample& sample, std::uint8_t* to);
    std::vector<Sample> m_samples;
    runs::Preprocessing m_preprocessing;
    train::PictureShape m_shape;
    std::size_t m_kept = 0;  ///< the first m_kept pictures have a place in memory
    std::unique_ptr<std::uint8_t[]> m_memory;
    enum class State : std::uint8_t { Absent, Brought, Present };
    std::unique_ptr<std::atomic<State>[]> m_states;  ///< of the kept
    std::unique_ptr<DecodedStore> m_store;
    std::atomic<std::int64_t> m_decoded{0};
};

}  // namespace lathe::engine::load
