// Over- and underfitting in words: a diagnosis from the curves of training and validation, with its evidence. Pure functions.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/runs/runs.h"

namespace lathe::runs {

/// One validated epoch. NaN where nothing was measured.
struct FitEpoch {
    int epoch = 0;  ///< 1-based
    double trainLoss = 0, valLoss = 0, value = 0;
};
struct FitCurves {
    std::string metric;  ///< of `value`, more is better: "accuracy", "ap", "miou"
    std::vector<FitEpoch> epochs;
    int planned = 0;    ///< epochs of the spec
    int valImages = 0;  ///< 0: not known
    int classes = 0;    ///< 0: not known
};
[[nodiscard]] FitCurves fitCurves(const RunData& data, std::string_view task);

/// kind and the numbers that its pattern names:
///   "early"      epochs                                            too few epochs to say anything
///   "overfits"   since, train_loss, val_loss, rise, best_epoch     validation loss rises while training loss still falls
///   "overconfident"  the same and gain                             validation loss rises while the metric still gets better
///   "underfits"  epochs, train_loss, value                         neither loss nor metric gets better, and both are bad
///   "improving"  epochs, gain, value                               validation still gets better at the end
///   "plateau"    since, value, spread                              nothing has changed since
///   "noisy"      images, half                                      few validation images; half: of the 95 % interval of the metric
///   "gap"        train_loss, val_loss, ratio                       training loss is far below validation's, which doesn't rise
///   "fits"       train_loss, val_loss, value                       nothing else is to be said
struct FitFinding {
    std::string kind;
    int epoch = 0;  ///< where it begins; 0: of the whole run
    std::map<std::string, double> numbers;
    const char* pattern = "";  ///< English, context "Fit", with {name} for the numbers: to be translated
};
/// The most important first; empty for a run without validation.
[[nodiscard]] std::vector<FitFinding> fitFindings(const FitCurves& curves);
/// The pattern (the finding's own, or its translation) with the numbers in their usual form: shares in %, losses with 3 digits.
[[nodiscard]] std::string inWords(const FitFinding& finding, std::string_view pattern = {});
/// "Overfitting", "Underfitting", …: English, context "Fit".
[[nodiscard]] const char* fitTitle(std::string_view kind);

}  // namespace lathe::runs
