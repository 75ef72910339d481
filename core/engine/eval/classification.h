// Figures of a classifier from its logits. Definitions as in scikit-learn (golden vectors in tests/data/engine).
#pragma once
#include <torch/types.h>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace lathe::engine::eval {

struct ClassFigures {
    double precision = 0, recall = 0, f1 = 0;  ///< 0 where undefined (no prediction, no sample)
    std::int64_t support = 0;                  ///< samples of the class
};
struct ClassificationFigures {
    std::int64_t samples = 0;
    double accuracy = 0;
    double macroF1 = 0;  ///< mean F1 over the classes that occur among labels or predictions
    double loss = 0;     ///< mean cross entropy, natural logarithm, no smoothing
    double ece = 0;      ///< expected calibration error, 15 equal bins of confidence (Guo et al. 2017, arXiv 1706.04599)
    std::vector<ClassFigures> perClass;
    std::vector<std::vector<std::int64_t>> confusion;  ///< [label][predicted]
};
/// logits N x C (any float type, any device), labels N (int64, 0 <= label < C). N may be 0.
[[nodiscard]] ClassificationFigures classificationFigures(const torch::Tensor& logits, const torch::Tensor& labels);
/// {"metrics":{accuracy, macro_f1, loss, ece, samples}, "per_class":[{class, precision, recall, f1, support}], "confusion":[[…]]}
[[nodiscard]] Json toJson(const ClassificationFigures& figures, const std::vector<std::string>& classes);

}  // namespace lathe::engine::eval
