// The counting of explore(): one pass over the index, a tally a thread. For core/data alone.
#pragma once
#include <array>
#include <unordered_map>

#include "core/data/explore.h"
#include "core/data/object_ranges.h"

namespace lathe::data {

/// Where everything is counted: slots of classes and splits.
struct TallyPlan {
    std::vector<int> slotOfClass;   ///< by class id, -1: none
    std::vector<int> detailOfSlot;  ///< place among the detailed classes, -1: not one of them
    std::vector<int> slotOfSplit;   ///< by the index's split code
    std::size_t slots = 0, details = 0, splits = 0;
};

class Tally {
public:
    static constexpr int kAreaBins = 17;  ///< kAreaEdges has one more
    static constexpr int kCells = PlaceMap::kCells * PlaceMap::kCells;
    static constexpr int kLightBins = 27, kContrastBins = 27;
    static constexpr double kLightStep = 10, kContrastStep = 5;  ///< the last bins are open
    [[nodiscard]] static const std::array<double, kAreaBins + 1>& areaEdges();

    Tally(const TallyPlan& plan, const store::ColumnIndex& index, const ObjectPlaces& places);
    void image(std::uint32_t rank);
    void add(const Tally& other);

    std::int64_t labelled = 0, objectsWithoutArea = 0;
    std::vector<Count> splits;                        ///< by split
    std::vector<Count> classes;                       ///< slot * splits + split
    std::vector<std::int64_t> together;               ///< detail * details + detail, upper half
    std::vector<std::vector<std::int64_t>> perImage;  ///< by number of objects, then split
    std::vector<std::int64_t> light, contrast;        ///< bin * splits + split
    std::int64_t lightUnknown = 0, contrastUnknown = 0, sizeUnknown = 0;
    std::vector<Count> areas;   ///< ((1 + detail) * splits + split) * kAreaBins + bin; 0: all classes
    std::vector<Count> places;  ///< (1 + detail) * kCells + cell
    std::unordered_map<std::uint64_t, std::vector<std::int64_t>> sizes;  ///< width << 32 | height, by split

private:
    void countSize(std::uint32_t rank, std::size_t split);
    void countLight(std::uint32_t rank, std::size_t split);
    void countObjects(std::uint32_t rank, std::size_t split);
    void countClass(int slot, std::size_t split, std::uint32_t rank);
    void countArea(std::size_t row, std::size_t split, int bin, std::uint32_t rank);
    void countPlace(std::size_t row, int cell, std::uint32_t rank);

    const TallyPlan& m_plan;
    const store::ColumnIndex& m_index;
    const ObjectPlaces& m_places;
    std::vector<std::uint32_t> m_classSeen, m_areaSeen, m_placeSeen;  ///< the rank that was counted there last
    std::vector<int> m_present;                                       ///< details of the image
    std::uint64_t m_lastSize = 0;
    std::vector<std::int64_t>* m_lastSizeCounts = nullptr;
};

}  // namespace lathe::data
