// The search box: `class:WBC -split:test count(RBC)>20 (tag:blurry or file:*33*)`. See verbs.md for the terms.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/store/column_index.h"

namespace lathe::data {

/// ErrorCode::InvalidArgument; `column` is 1-based in the text, the message says what would be right there.
struct QueryError : Error {
    std::size_t column = 1;
};

enum class Sort { Id, Name, Added, Width, Height, Brightness, Contrast, Sharpness, Entropy, Colourfulness, Objects };

/// The ids that match, sorted. Empty text: all. Any thread; ~20 ms at a million images.
[[nodiscard]] Result<std::vector<ImageId>> runQuery(const store::Workspace& workspace, const store::ColumnIndex& index,
                                                    const std::string& text, Sort sort = Sort::Id, bool descending = false);
/// The language's words, for completion: fields with a colon, fields with a comparison, the values of those that have a list.
[[nodiscard]] std::span<const std::string_view> textFields();
[[nodiscard]] std::span<const std::string_view> numberFields();
[[nodiscard]] std::span<const std::string_view> valuesOf(std::string_view field);
/// Only the syntax and the names: nullopt when right.
[[nodiscard]] std::optional<QueryError> checkQuery(const std::string& text);

/// What a run predicted for an image, for the terms run: and wrong:.
struct RunOutcome {
    ImageId image;
    bool judged = false;  ///< the image had a label to compare with
    bool wrong = false;
};
using RunOutcomes = std::function<Result<std::vector<RunOutcome>>(const store::Workspace& workspace, const std::string& run)>;
/// The room of the runs lies above this one, so it hands its answer down (runs::installQueryTerms); called once, before the first
/// query. Without it the two terms are an error with words.
void setRunOutcomes(RunOutcomes outcomes);

struct Stats {
    std::int64_t images = 0, labelled = 0, reviewed = 0, annotations = 0;
    std::vector<std::pair<std::string, std::int64_t>> byKind, byClass, splits, channels;
    std::vector<store::ClassRow> classes;
    struct Spread {
        double min = 0, median = 0, max = 0;
    } width, height;
    double brightnessMean = 0, brightnessStd = 0;
    Problems problems;
};
[[nodiscard]] Result<Stats> stats(const store::Workspace& workspace, const std::string& query = {});

}  // namespace lathe::data
