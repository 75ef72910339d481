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

/// Values with their images, at most kShownValues: all of the field in their order when they are so few, else those that most of
/// the images that match have.
inline constexpr std::size_t kShownValues = 50;
struct ValueCounts {
    std::vector<std::pair<std::string, std::int64_t>> values;
    std::int64_t more = 0;  ///< values of the images that match beyond those
};
/// An attribute or an imported field. Not there: fields whose values the index doesn't keep (store::IndexField), that are
/// different for most images (names, numbers of files), or the same for all images.
struct FieldFacet {
    store::IndexField::Of of = store::IndexField::Of::Attribute;
    std::string name;
    ValueCounts counts;
    /// Of a field of many numbers instead: bin k holds edges[k] <= x < edges[k+1]. An image with two values counts in each bin
    /// once. Bins of numbers that are counted on, one for each image (numbers of files), aren't made.
    std::vector<double> edges;
    std::vector<std::int64_t> bins;
};
struct GroupFacet {
    std::string rule;  ///< empty: the workspace has no rule
    ValueCounts counts;
    std::int64_t none = 0;  ///< images that match without a group
};

/// Counts over the images that match.
struct Facets {
    std::vector<std::pair<ClassId, std::int64_t>> imagesByClass, objectsByClass;
    std::vector<std::pair<std::string, std::int64_t>> bySplit, byState, byTag, byAuthor, byKind;
    std::vector<Histogram> histograms;  ///< only of what differs among the workspace's images
    std::vector<FieldFacet> byField;    ///< attributes, then imported fields
    GroupFacet byGroup;
};
/// `ids` in any order.
[[nodiscard]] Facets facets(const store::Workspace& workspace, const store::ColumnIndex& index, const std::vector<ImageId>& ids);

/// Of `ids` those that a run got right, wrong, or couldn't be judged on (no label); as the terms run: and wrong: say it. Reads the
/// run's predictions. InvalidArgument when there is no such run or it has kept none.
struct RunCounts {
    std::int64_t right = 0, wrong = 0, unjudged = 0;
};
[[nodiscard]] Result<RunCounts> runCounts(const store::Workspace& workspace, const store::ColumnIndex& index,
                                          const std::vector<ImageId>& ids, const std::string& run);

/// "attribute:pose=left", "meta:\"scan date\"=2026-01-02", "group:ward-3": what a value is found by. An empty value of a field:
/// that it is there at all.
[[nodiscard]] std::string fieldTerm(store::IndexField::Of of, const std::string& name, const std::string& value);
/// "meta:age=40..60", what the bins [first, last] of a field of numbers are found by.
[[nodiscard]] std::string binsTerm(const FieldFacet& facet, std::size_t first, std::size_t last);
[[nodiscard]] std::string groupTerm(const std::string& group);

/// The images that match, in order, with their facets. Any thread; under 100 ms at a million images with ten million objects.
struct SearchResult {
    std::vector<ImageId> ids;
    Facets facets;
    double seconds = 0;  ///< of finding and sorting alone
};
[[nodiscard]] Result<SearchResult> search(const store::Workspace& workspace, const store::ColumnIndex& index,
                                          const std::string& text, Sort sort = Sort::Id, bool descending = false);

}  // namespace lathe::data
