// What the browser shows beside the images that match: counts by value, and histograms whose bins are ranges of the search
// language.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/data/query.h"

namespace lathe::data {

/// What has a histogram. The last two are of objects, the others of images.
enum class Measure {
    Annotations,
    Width,
    Height,
    Aspect,
    Brightness,
    Contrast,
    Sharpness,
    Entropy,
    Colourfulness,
    Area,
    Confidence,
};
inline constexpr std::size_t kMeasures = 11;
/// The field of the search language: "brightness".
[[nodiscard]] std::string_view fieldOf(Measure measure);

/// Equal bins between round numbers, the same for every search of one index; by powers for areas. Bin k holds edges[k] <= x <
/// edges[k+1].
struct Histogram {
    Measure of = Measure::Width;
    std::vector<double> edges;
    std::vector<std::int64_t> counts;  ///< of the images (or their objects) that match; one less than edges

    /// "brightness:40..80", the search term of the bins [first, last].
    [[nodiscard]] std::string term(std::size_t first, std::size_t last) const;
};

/// Counts over the images that match.
struct Facets {
    std::vector<std::pair<ClassId, std::int64_t>> imagesByClass, objectsByClass;
    std::vector<std::pair<std::string, std::int64_t>> bySplit, byState, byTag, byAuthor, byKind;
    std::vector<Histogram> histograms;  ///< only of what differs among the workspace's images
};
/// `ids` in any order.
[[nodiscard]] Facets facets(const store::Workspace& workspace, const store::ColumnIndex& index, const std::vector<ImageId>& ids);

/// The images that match, in order, with their facets. Any thread; under 100 ms at a million images with ten million objects.
struct SearchResult {
    std::vector<ImageId> ids;
    Facets facets;
    double seconds = 0;  ///< of finding and sorting alone
};
[[nodiscard]] Result<SearchResult> search(const store::Workspace& workspace, const store::ColumnIndex& index,
                                          const std::string& text, Sort sort = Sort::Id, bool descending = false);

}  // namespace lathe::data
