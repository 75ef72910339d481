#include "core/data/explore_tally.h"

#include <algorithm>

namespace lathe::data {
namespace {

constexpr std::uint32_t kNone = 0xffffffff;

template <class T>
void addAll(std::vector<T>& to, const std::vector<T>& from) {
    for (std::size_t k = 0; k < from.size(); ++k) to[k] += from[k];
}

}  // namespace

const std::array<double, Tally::kAreaBins + 1>& Tally::areaEdges() {
    static const std::array<double, kAreaBins + 1> edges{0,   0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2,
                                                         0.5, 1,     2,     5,     10,   20,   50,   100, 1e300};
    return edges;
}

Tally::Tally(const TallyPlan& plan, const store::ColumnIndex& index, const ObjectPlaces& objectPlaces)
    : splits(plan.splits),
      classes(plan.slots * plan.splits),
      together(plan.details * plan.details),
      light(kLightBins * plan.splits),
      contrast(kContrastBins * plan.splits),
      areas((1 + plan.details) * plan.splits * kAreaBins),
      places((1 + plan.details) * kCells),
      m_plan(plan),
      m_index(index),
      m_places(objectPlaces),
      m_classSeen(plan.slots, kNone),
      m_areaSeen((1 + plan.details) * kAreaBins, kNone),
      m_placeSeen((1 + plan.details) * kCells, kNone) {}

void Tally::image(std::uint32_t rank) {
    const auto split = std::size_t(m_plan.slotOfSplit[m_index.splitCodes()[rank]]);
    const std::size_t objects = m_index.objectStart()[rank + 1] - m_index.objectStart()[rank];
    splits[split] += {1, std::int64_t(objects)};
    labelled += objects > 0;
    if (objects >= perImage.size()) perImage.resize(objects + 1, std::vector<std::int64_t>(m_plan.splits));
    ++perImage[objects][split];
    countSize(rank, split);
    countLight(rank, split);
    countObjects(rank, split);
}

void Tally::countSize(std::uint32_t rank, std::size_t split) {
    const auto width = m_index.widths()[rank], height = m_index.heights()[rank];
    if (width <= 0 || height <= 0) {
        ++sizeUnknown;
        return;
    }
    const std::uint64_t size = std::uint64_t(width) << 32 | std::uint32_t(height);
    if (!m_lastSizeCounts || size != m_lastSize) {
        m_lastSizeCounts = &sizes.try_emplace(size, m_plan.splits).first->second;
        m_lastSize = size;
    }
    ++(*m_lastSizeCounts)[split];
}

void Tally::countLight(std::uint32_t rank, std::size_t split) {
    const auto put = [&](std::vector<std::int64_t>& counts, std::int64_t& unknown, float value, double step, int bins) {
        if (!(value >= 0)) {
            ++unknown;
            return;
        }
        ++counts[std::size_t(std::min(int(double(value) / step), bins - 1)) * m_plan.splits + split];
    };
    put(light, lightUnknown, m_index.brightness()[rank], kLightStep, kLightBins);
    put(contrast, contrastUnknown, m_index.contrast()[rank], kContrastStep, kContrastBins);
}

void Tally::countObjects(std::uint32_t rank, std::size_t split) {
    const auto& edges = areaEdges();
    m_present.clear();
    for (std::size_t k = m_index.objectStart()[rank]; k < m_index.objectStart()[rank + 1]; ++k) {
        const auto id = std::size_t(std::max(m_index.objectClasses()[k], 0));
        const int slot = id < m_plan.slotOfClass.size() ? m_plan.slotOfClass[id] : -1;
        const int detail = slot < 0 ? -1 : m_plan.detailOfSlot[std::size_t(slot)];
        if (slot >= 0) countClass(slot, split, rank);
        if (const double share = coverage(m_index, rank, k); share >= 0) {
            const int bin = int(std::upper_bound(edges.begin() + 1, edges.end() - 1, share) - edges.begin()) - 1;
            countArea(0, split, bin, rank);
            if (detail >= 0) countArea(std::size_t(1 + detail), split, bin, rank);
        } else {
            ++objectsWithoutArea;
        }
        if (m_places.known(k)) {
            constexpr double kCell = 100.0 / PlaceMap::kCells;
            const int cell = int(m_places.yPercent(k) / kCell) * PlaceMap::kCells + int(m_places.xPercent(k) / kCell);
            countPlace(0, cell, rank);
            if (detail >= 0) countPlace(std::size_t(1 + detail), cell, rank);
        }
    }
    for (const int a : m_present)
        for (const int b : m_present)
            if (a <= b) ++together[std::size_t(a) * m_plan.details + std::size_t(b)];
}

void Tally::countClass(int slot, std::size_t split, std::uint32_t rank) {
    Count& count = classes[std::size_t(slot) * m_plan.splits + split];
    ++count.objects;
    if (m_classSeen[std::size_t(slot)] == rank) return;
    m_classSeen[std::size_t(slot)] = rank;
    ++count.images;
    if (const int detail = m_plan.detailOfSlot[std::size_t(slot)]; detail >= 0) m_present.push_back(detail);
}

void Tally::countArea(std::size_t row, std::size_t split, int bin, std::uint32_t rank) {
    Count& count = areas[(row * m_plan.splits + split) * kAreaBins + std::size_t(bin)];
    ++count.objects;
    auto& seen = m_areaSeen[row * kAreaBins + std::size_t(bin)];
    if (seen != rank) seen = rank, ++count.images;
}

void Tally::countPlace(std::size_t row, int cell, std::uint32_t rank) {
    Count& count = places[row * kCells + std::size_t(cell)];
    ++count.objects;
    auto& seen = m_placeSeen[row * kCells + std::size_t(cell)];
    if (seen != rank) seen = rank, ++count.images;
}

void Tally::add(const Tally& o) {
    labelled += o.labelled, objectsWithoutArea += o.objectsWithoutArea;
    lightUnknown += o.lightUnknown, contrastUnknown += o.contrastUnknown, sizeUnknown += o.sizeUnknown;
    addAll(splits, o.splits), addAll(classes, o.classes), addAll(together, o.together);
    addAll(light, o.light), addAll(contrast, o.contrast), addAll(areas, o.areas), addAll(places, o.places);
    if (o.perImage.size() > perImage.size()) perImage.resize(o.perImage.size(), std::vector<std::int64_t>(m_plan.splits));
    for (std::size_t n = 0; n < o.perImage.size(); ++n) addAll(perImage[n], o.perImage[n]);
    for (const auto& [size, counts] : o.sizes) addAll(sizes.try_emplace(size, m_plan.splits).first->second, counts);
}

}  // namespace lathe::data
