// Figures of any draw of judged samples: what intervals, slices and tests are made from.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/runs/figures/interval.h"
#include "core/runs/figures/kept.h"

namespace lathe::runs::figures {

/// Made once; any thread after that.
class Judge {
public:
    virtual ~Judge() = default;
    [[nodiscard]] virtual std::size_t size() const = 0;  ///< samples
    /// "accuracy", "macro_f1"; "f1", "ap50", "ap"; "miou", "pixel_accuracy". The first is the one that decides.
    [[nodiscard]] virtual const std::vector<std::string>& metrics() const = 0;
    /// "precision", "recall", "f1"; "ap50", "ap"; "iou", "dice"
    [[nodiscard]] virtual const std::vector<std::string>& classMetrics() const = 0;
    struct Figures {
        std::vector<double> whole;    ///< by metrics(); -1: undefined
        std::vector<double> byClass;  ///< class by class its classMetrics()
    };
    [[nodiscard]] virtual Figures figures(Weights weights) const = 0;
    [[nodiscard]] virtual double first(Weights weights) const = 0;  ///< figures().whole[0], quickly
    /// Of each class: samples, objects or pixels; what its figures rest on.
    [[nodiscard]] virtual std::vector<std::int64_t> support() const = 0;
    /// Values that a draw goes through: how many draws can be afforded.
    [[nodiscard]] virtual std::int64_t work() const = 0;
};

[[nodiscard]] std::unique_ptr<Judge> classJudge(std::vector<int> labels, std::vector<int> predicted, int classes);
/// Fails as DetectionMatches::of does. `kept` outlives the judge.
[[nodiscard]] Result<std::unique_ptr<Judge>> judgeOf(const Kept& kept, const std::stop_token& stop = {});

/// The 95 % ends by the rule that fits the metric: average precision without the bias of its resamples' mean.
[[nodiscard]] Estimate estimateOf(const std::string& metric, double value, std::vector<double> resamples);
/// `wanted` draws, or fewer (no less than 100) where more would go through more than some 10^9 values.
[[nodiscard]] int affordable(int wanted, std::int64_t work);

}  // namespace lathe::runs::figures
