// Figures of a classifier from its logits. Definitions as in scikit-learn (golden vectors in tests/data/engine).
#pragma once
#include <torch/types.h>
#include <array>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/runs/figures/curves.h"

namespace lathe::engine::eval {

struct ClassFigures {
    double precision = 0, recall = 0, f1 = 0;  ///< 0 where undefined (no prediction, no sample)
    std::int64_t support = 0;                  ///< samples of the class
    /// Of its probability, the class against all others; -1 where it has all samples or none.
    double rocAuc = -1, averagePrecision = -1;
    /// 95 %, over resampled samples; -1: not asked for
    std::array<double, 2> precisionInterval{-1, -1}, recallInterval{-1, -1}, f1Interval{-1, -1};
};
using runs::figures::ReliabilityBin;
struct ClassificationFigures {
    std::int64_t samples = 0;
    double accuracy = 0;
    double macroF1 = 0;                         ///< mean F1 over the classes that occur among labels or predictions
    double top5 = 0;                            ///< share of samples whose label is among the five most probable classes
    double loss = 0;                            ///< mean cross entropy, natural logarithm, no smoothing
    double rocAuc = -1, averagePrecision = -1;  ///< means over the classes where they are defined
    double ece = 0;  ///< expected calibration error, 15 equal bins of confidence (Guo et al. 2017, arXiv 1706.04599)
    std::vector<ReliabilityBin> reliability;                                  ///< ece's bins
    std::array<double, 2> accuracyInterval{-1, -1}, macroF1Interval{-1, -1};  ///< 95 %, over resampled samples; -1: not asked for
    std::vector<ClassFigures> perClass;
    std::vector<std::vector<std::int64_t>> confusion;  ///< [label][predicted]
};
/// logits N x C (any float type, any device), labels N (int64, 0 <= label < C). N may be 0. `resamples` for the intervals, drawn
/// with a fixed seed.
[[nodiscard]] ClassificationFigures classificationFigures(const torch::Tensor& logits, const torch::Tensor& labels,
                                                          int resamples = 0);
/// {"metrics":{accuracy, top5, macro_f1, roc_auc, average_precision, loss, ece, samples, accuracy_low, …}, "per_class":[{class,
/// precision, precision_low, precision_high, recall, …, f1, …, support, roc_auc, average_precision}], "confusion":[[…]],
/// "reliability":[{confidence, accuracy, samples}]}; what is -1 is left out.
[[nodiscard]] Json toJson(const ClassificationFigures& figures, const std::vector<std::string>& classes);

}  // namespace lathe::engine::eval
