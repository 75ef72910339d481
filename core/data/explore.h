// What a data set is like: counts by class, size, place, light and split, each with the query that finds its images.
#pragma once
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/store/column_index.h"

namespace lathe::data {

/// Images of a bar, and objects where the bar counts them.
struct Count {
    std::int64_t images = 0, objects = 0;
    Count& operator+=(const Count& o) { return images += o.images, objects += o.objects, *this; }
    bool operator==(const Count&) const = default;
};

struct Bin {
    double from = 0, to = 0;  ///< [from, to); infinite at an open end
    std::string label;        ///< "640", "1.2–1.4", "≥ 60": numbers and signs alone, so that it needs no translation
    std::string query;        ///< finds the bin's images within the exploration (within()); empty: no words can
    std::vector<Count> bySplit;
    [[nodiscard]] Count all() const;
};

struct Bars {
    std::vector<Bin> bins;
    std::int64_t unknown = 0;  ///< images (of areas: objects) that have no such figure
    bool single = false;       ///< each bin is one value; else bins touch
    [[nodiscard]] bool empty() const { return bins.empty(); }
};

/// Centres of objects over the image, kCells x kCells of equal size; row 0 is the top.
struct PlaceMap {
    static constexpr int kCells = 20;
    std::vector<Count> cells;  ///< row * kCells + column; empty: no object has a place
    std::int64_t objects = 0;
};

struct ClassFigures {
    store::ClassRow row;
    Bin bin;     ///< images and objects with it
    Bars areas;  ///< as Exploration::areas; empty for classes that aren't in `detailed`
    PlaceMap places;
};

/// A class that evaluation or training will miss.
struct Finding {
    enum class Kind {
        Missing,  ///< none in a split that has images, though elsewhere
        Few,      ///< fewer than kFewImages images in val or test: figures by class say little
        Rare,     ///< fewer than kRareImages images, or 1/kRareRatio of the commonest class's objects; not if one of the above
        Unused,   ///< no object anywhere
    } kind = Kind::Unused;
    static constexpr std::int64_t kFewImages = 5, kRareImages = 20, kRareRatio = 100;
    std::size_t classIndex = 0;
    int split = -1;  ///< of Missing and Few, index into Exploration::splits
    Count count;     ///< in the split, or in all
    std::string query;
    bool operator==(const Finding&) const = default;
};

struct Exploration {
    std::string query;                ///< what was looked at
    std::vector<std::string> splits;  ///< those with images: train, val, test, others; "" (none) last
    std::vector<Count> splitCounts;   ///< images and objects of each
    std::int64_t images = 0, labelled = 0, objects = 0;
    std::vector<ClassFigures> classes;  ///< in the workspace's order
    /// Classes with objects, most images first, at most kDetailed: those with areas, places and co-occurrence.
    static constexpr std::size_t kDetailed = 256;
    std::vector<std::size_t> detailed;
    std::vector<std::vector<std::int64_t>> together;  ///< images with both, by place in `detailed`; the diagonal: with the one
    Bars sizes;                                       ///< the commonest sizes ("640 × 480"), then all others
    std::size_t distinctSizes = 0;
    double commonAspect = 1;  ///< width over height of the commonest size
    Bars widths, heights, aspects;
    std::vector<std::vector<std::int64_t>> sizeTable;  ///< images by bin of heights, bin of widths
    Bars areas;                                        ///< share of the image that an object covers, percent, logarithmic
    Bars perImage;                                     ///< objects per image
    Bars brightness, contrast;
    PlaceMap places;
    std::vector<Finding> findings;  ///< missing, few, rare, unused; the most objects first
    double seconds = 0;

    /// Of a cell of the matrix: both classes (by place in `detailed`), or the one.
    [[nodiscard]] std::string pairQuery(std::size_t a, std::size_t b) const;
    [[nodiscard]] std::string sizeQuery(std::size_t heightBin, std::size_t widthBin) const;
    /// Of a cell of a map; `className` empty: any.
    [[nodiscard]] static std::string placeQuery(int row, int column, const std::string& className = {});
    /// "split:val"; "split:none" for "".
    [[nodiscard]] std::string splitQuery(std::size_t split) const;
    /// `terms` (and a split) within what was looked at: the text for the search box.
    [[nodiscard]] std::string within(const std::string& terms, int split = -1) const;
};

/// Any thread; all cores. Linear in the images and objects of the search; the first time all objects are read for their places
/// (object_ranges.h). InvalidArgument with a column for a wrong query; Cancelled when stop is asked for.
[[nodiscard]] Result<Exploration> explore(const store::Workspace& workspace, const store::ColumnIndex& index,
                                          const std::string& query = {}, std::stop_token stop = {}, const Progress& progress = {});

}  // namespace lathe::data
