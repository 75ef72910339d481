// A fixed handful of validation images, spread over the classes and chosen by the seed, and what the model says of them after each
// epoch, written to the run folder (core/runs/validation.h). It costs nothing: validation computes what is told here anyway.
#pragma once
#include "core/engine/train/task.h"
#include "core/runs/run_folder.h"

namespace lathe::engine::train {

/// One thread. `data` outlives it.
class ValidationPictures {
public:
    ValidationPictures(runs::RunFolder folder, const runs::RunSpec& resolved, const TrainData& data);
    /// Items of the data; empty without a validation split.
    [[nodiscard]] const std::vector<std::int64_t>& items() const { return m_items; }
    /// What the account was shown (Account::show), after `epoch` of `epochs`, from 1 on. Files are whole or not there.
    [[nodiscard]] Result<> keep(const Account& account, const Json& figures, int epoch, int epochs, bool better);

private:
    [[nodiscard]] Result<> writeTruth() const;
    [[nodiscard]] Json truthOf(std::int64_t item) const;
    runs::RunFolder m_folder;
    runs::RunSpec m_spec;
    const TrainData& m_data;
    std::vector<std::int64_t> m_items;
    bool m_begun = false;
};

/// `count` of the samples, a class after the other (Item::label) and within a class in an order of the seed; in their own order.
[[nodiscard]] std::vector<std::int64_t> spreadOverClasses(const TrainData& data, const std::vector<std::int64_t>& samples,
                                                          std::size_t count, std::uint64_t seed);
/// A mask at another size: the nearest pixel.
[[nodiscard]] Json maskJson(const std::uint8_t* pixels, int width, int height, int toWidth, int toHeight);

}  // namespace lathe::engine::train
