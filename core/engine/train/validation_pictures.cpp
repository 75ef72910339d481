#include "core/engine/train/validation_pictures.h"

#include <algorithm>
#include <map>

#include "core/base/files.h"
#include "core/engine/train/fit.h"
#include "core/engine/train/random.h"
#include "core/runs/validation.h"

namespace lathe::engine::train {
namespace {

constexpr std::size_t kLookedAtPictures = 12;

}  // namespace

std::vector<std::int64_t> spreadOverClasses(const TrainData& data, const std::vector<std::int64_t>& samples, std::size_t count,
                                            std::uint64_t seed) {
    auto shuffled = samples;
    Random random{seed, 0x76616c};
    random.shuffle(shuffled);
    std::map<int, std::vector<std::int64_t>> byClass;
    for (const std::int64_t sample : shuffled) byClass[data.items[std::size_t(sample)].label].push_back(sample);
    std::vector<std::int64_t> chosen;
    for (std::size_t round = 0; chosen.size() < std::min(count, samples.size()); ++round)
        for (const auto& [label, of] : byClass)
            if (round < of.size() && chosen.size() < count) chosen.push_back(of[round]);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

Json maskJson(const std::uint8_t* pixels, int width, int height, int toWidth, int toHeight) {
    runs::ClassRuns mask{toWidth, toHeight, {}};
    mask.pixels.reserve(std::size_t(toWidth) * std::size_t(toHeight));
    for (int y = 0; y < toHeight; ++y) {
        const auto* line = pixels + std::ptrdiff_t(std::min(height - 1, (2 * y + 1) * height / (2 * toHeight))) * width;
        for (int x = 0; x < toWidth; ++x) mask.pixels.push_back(line[std::min(width - 1, (2 * x + 1) * width / (2 * toWidth))]);
    }
    return runs::toJson(mask);
}

ValidationPictures::ValidationPictures(runs::RunFolder folder, const runs::RunSpec& resolved, const TrainData& data)
    : m_folder(std::move(folder)),
      m_spec(resolved),
      m_data(data),
      m_items(spreadOverClasses(data, data.splits.val, kLookedAtPictures, resolved.seed)) {}

Json ValidationPictures::truthOf(std::int64_t index) const {
    const Item& item = m_data.items[std::size_t(index)];
    Json one = {{"image", item.image}, {"name", item.name}, {"width", item.width}, {"height", item.height}, {"label", item.label}};
    if (m_spec.task == "detect") {
        one["boxes"] = Json::array();
        for (const LabelledBox& box : item.boxes) {
            const auto& c = box.corners;
            one["boxes"].push_back(
                {{"class", box.category}, {"box", {c[0], c[1], c[2] - c[0], c[3] - c[1]}}, {"crowd", box.crowd}});
        }
    }
    if (m_spec.task == "segment" && m_data.masks)
        if (const auto mask = m_data.masks->whole(index)) {
            const Fit fit = fitOf(mask->width, mask->height, m_spec.preprocessing);
            one["mask"] = maskJson(mask->pixels.data(), mask->width, mask->height, fit.width, fit.height);
        }
    return one;
}

Result<> ValidationPictures::writeTruth() const {
    Json pictures = Json::array();
    for (const std::int64_t item : m_items) pictures.push_back(truthOf(item));
    LATHE_CHECK(base::makeFolders(runs::validationFolder(m_folder)));
    const Json truth = {{"task", m_spec.task},
                        {"metric", runs::metricOf(m_spec.task)},
                        {"classes", m_data.classes},
                        {"pictures", std::move(pictures)}};
    return base::writeFileAtomically(runs::validationFolder(m_folder) / "pictures.json", truth.dump());
}

Result<> ValidationPictures::keep(const Account& account, const Json& figures, int epoch, int epochs, bool better) {
    if (m_items.empty()) return {};
    if (!m_begun) LATHE_CHECK(writeTruth());
    m_begun = true;
    Json told = {{"epoch", epoch},
                 {"value", figures.at("metrics").value(std::string(runs::metricOf(m_spec.task)), 0.0)},
                 {"better", better}};
    if (figures.contains("threshold")) told["threshold"] = figures["threshold"];
    told["said"] = account.shown();
    const std::string text = told.dump();
    if (runs::keepsValidation(epoch, epochs, better))
        LATHE_CHECK(base::writeFileAtomically(runs::validationFile(m_folder, epoch), text));
    return base::writeFileAtomically(runs::validationFolder(m_folder) / "latest.json", text);
}

}  // namespace lathe::engine::train
