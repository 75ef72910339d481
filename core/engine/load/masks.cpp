// Masks of class indices from the outlines and masks of a manifest.
#include <fmt/format.h>
#include <algorithm>
#include <mutex>

#include "core/annot/convert.h"
#include "core/engine/eval/segmentation.h"
#include "core/engine/load/dataset.h"
#include "core/engine/train/fit.h"

namespace lathe::engine::load {
namespace {

constexpr std::size_t kLookedAt = 64;  ///< images that tell how much is covered

/// `mask` has the picture's size.
void paint(const annot::Mask& mask, std::uint8_t value, train::ClassMask& out) {
    std::size_t at = 0;
    bool set = false;
    for (const std::uint32_t count : mask.counts) {
        if (set)
            for (std::size_t i = at; i < at + count; ++i)
                out.pixels[i % mask.height * std::size_t(out.width) + i / mask.height] = value;
        at += count, set = !set;
    }
}

train::ClassMask painted(const Sample& sample, bool background) {
    train::ClassMask out{sample.width, sample.height, {}};
    out.pixels.assign(std::size_t(out.width) * std::size_t(out.height), background ? 0 : eval::kNotAsked);
    const auto width = std::uint32_t(sample.width), height = std::uint32_t(sample.height);
    for (const Object& object : sample.objects) {
        const auto value = std::uint8_t(object.crowd ? eval::kNotAsked : object.category + (background ? 1 : 0));
        if (const auto* mask = std::get_if<annot::Mask>(&object.shape))
            paint(*mask, value, out);
        else if (const auto drawn = annot::maskOf(object.shape, width, height); drawn.height > 0)
            paint(drawn, value, out);
    }
    return out;
}

/// Row after row.
using Runs = std::vector<std::pair<std::uint8_t, std::uint32_t>>;

Runs packed(const std::vector<std::uint8_t>& pixels) {
    Runs runs;
    for (const std::uint8_t pixel : pixels) {
        if (runs.empty() || runs.back().first != pixel) runs.emplace_back(pixel, 0);
        ++runs.back().second;
    }
    return runs;
}

class ManifestMasks final : public train::Masks {
public:
    ManifestMasks(std::vector<Sample> samples, runs::Preprocessing preprocessing, bool background)
        : m_samples(std::move(samples)),
          m_preprocessing(std::move(preprocessing)),
          m_background(background),
          m_packed(m_samples.size()) {}

    [[nodiscard]] Result<train::ClassMask> whole(std::int64_t index) override {
        const Sample& sample = m_samples[std::size_t(index)];
        if (sample.width <= 0 || sample.height <= 0) return fail(ErrorCode::InvalidData, "its size isn't known", sample.path);
        return painted(sample, m_background);
    }
    [[nodiscard]] Result<> copy(std::int64_t index, std::uint8_t* out) override {
        auto& place = m_packed[std::size_t(index)];
        std::shared_ptr<const Runs> runs;
        {
            const std::lock_guard lock(m_mutex);
            runs = place;
        }
        if (!runs) {
            LATHE_TRY(const train::ClassMask mask, whole(index));
            runs = std::make_shared<const Runs>(packed(inInput(mask)));
            const std::lock_guard lock(m_mutex);
            place = runs;
        }
        for (const auto& [value, count] : *runs) std::fill_n(out, count, value), out += count;
        return {};
    }

private:
    /// The nearest pixel of each place; outside the picture nothing is asked.
    [[nodiscard]] std::vector<std::uint8_t> inInput(const train::ClassMask& mask) const {
        const auto width = std::size_t(m_preprocessing.width);
        const train::Fit fit = train::fitOf(mask.width, mask.height, m_preprocessing);
        std::vector<std::uint8_t> out(width * std::size_t(m_preprocessing.height), eval::kNotAsked);
        for (int y = 0; y < fit.height; ++y) {
            const auto fromY = std::size_t(std::min(mask.height - 1, int((y + 0.5) * mask.height / fit.height)));
            for (int x = 0; x < fit.width; ++x) {
                const auto fromX = std::size_t(std::min(mask.width - 1, int((x + 0.5) * mask.width / fit.width)));
                out[std::size_t(fit.y + y) * width + std::size_t(fit.x + x)] = mask.pixels[fromY * std::size_t(mask.width) + fromX];
            }
        }
        return out;
    }
    std::vector<Sample> m_samples;
    runs::Preprocessing m_preprocessing;
    bool m_background;
    std::mutex m_mutex;
    std::vector<std::shared_ptr<const Runs>> m_packed;
};

}  // namespace

std::shared_ptr<train::Masks> masksOf(const std::vector<Sample>& samples, const runs::Preprocessing& preprocessing,
                                      bool background) {
    return std::make_shared<ManifestMasks>(samples, preprocessing, background);
}

double uncovered(const std::vector<Sample>& samples) {
    std::size_t bare = 0, pixels = 0, looked = 0;
    for (const Sample& sample : samples) {
        if (looked == kLookedAt) break;
        if (sample.split == "val" || sample.split == "test" || sample.width <= 0) continue;
        const auto mask = painted(sample, false);
        bare += std::size_t(std::count(mask.pixels.begin(), mask.pixels.end(), eval::kNotAsked));
        pixels += mask.pixels.size(), ++looked;
    }
    return pixels > 0 ? double(bare) / double(pixels) : 0;
}

}  // namespace lathe::engine::load
