// Figures of parts of a run's judged images: any search term as a slice, and slices that suggest themselves.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/runs/figures/evaluation.h"
#include "core/runs/figures/judge.h"
#include "core/runs/run_folder.h"
#include "core/store/column_index.h"

namespace lathe::runs {

/// Reads what the run kept of its judged images (figures/kept.h). NotFound where it has kept none yet.
[[nodiscard]] Result<figures::Kept> kept(const RunFolder& folder, const std::string& split = {});

struct Slice {
    std::string term;
    std::vector<ImageId> images;  ///< the judged ones that it finds
    /// By Judge::metrics(), with 95 % intervals over resamples of the slice's images; difference: to all judged images.
    struct Metric {
        std::string name;
        figures::Estimate estimate;
        double difference = 0;  ///< 0 where the slice has no such figure
    };
    std::vector<Metric> metrics;
    /// That a part as large, drawn by chance, is as far from the whole by the first metric: Fisher's exact test for accuracy, else
    /// 999 permutations. 1 where nothing can be said.
    double p = 1;
    std::optional<double> adjusted;  ///< of suggestions: for all that were looked at (false discovery rate)
    std::string verdict;             ///< "better", "worse" than all, "not enough evidence"
    [[nodiscard]] double evidence() const { return adjusted.value_or(p); }
};

struct SliceOptions {
    int resamples = 1000;
    std::stop_token stop = {};
};
/// One a term, in their order; an empty slice has no metrics. Any thread. Fails on a wrong term, naming it and its column;
/// Cancelled.
[[nodiscard]] Result<std::vector<Slice>> slices(const store::Workspace& workspace, const store::ColumnIndex& index,
                                                const figures::Kept& kept, const std::vector<std::string>& terms,
                                                const SliceOptions& options = {});

/// Classes, tags, attributes and imported fields, groups, thirds of width and of the figures of light: those that split the judged
/// images.
[[nodiscard]] std::vector<std::string> suggestedTerms(const store::Workspace& workspace, const store::ColumnIndex& index,
                                                      const figures::Kept& kept);
/// These as slices of at least kFewestImages images: the worse ones with evidence first, the worst at the top; then the others,
/// the worst first.
inline constexpr std::size_t kFewestImages = 5;
[[nodiscard]] Result<std::vector<Slice>> suggestedSlices(const store::Workspace& workspace, const store::ColumnIndex& index,
                                                         const figures::Kept& kept, const SliceOptions& options = {});

/// {term, images, metric, metrics:{NAME, NAME_low, NAME_high}, difference:{NAME}, p, adjusted_p, verdict}
[[nodiscard]] Json toJson(const Slice& slice);

}  // namespace lathe::runs
