// All that can be said of a run from what it kept of its judged images: figures with intervals by class and by size, curves,
// calibration, scores. No network runs again.
#pragma once
#include <map>

#include "core/runs/figures/curves.h"
#include "core/runs/figures/interval.h"
#include "core/runs/figures/kept.h"

namespace lathe::runs::figures {

/// The whole, a class or a size with its figures ("f1" -> 0.93, 0.90 to 0.95).
struct FigureRow {
    std::string name;
    std::int64_t support = 0;  ///< images; of classes: samples, objects or pixels that have it
    std::vector<std::pair<std::string, Estimate>> figures;
    [[nodiscard]] const Estimate* find(std::string_view metric) const;  ///< nullptr: not there
};
/// By class, and their mean.
struct ClassCurves {
    std::vector<Curve> byClass;
    Curve mean;
};
struct Evaluation {
    Task task = Task::Classify;
    std::string split;
    std::vector<std::string> classes;
    FigureRow whole;
    std::vector<FigureRow> byClass;
    /// "small", "medium", "large": of detection the objects (COCO's sizes), else the thirds of the images by their pixels; none
    /// where all images are of a size or it wasn't kept.
    std::vector<FigureRow> bySize;
    std::array<std::int64_t, 2> sizeEnds{0, 0};  ///< px up to which an image is small, medium; 0: objects
    ClassCurves roc;                             ///< of classification
    ClassCurves precisionRecall;                 ///< of classification, and of detection at IoU 0.5 (area: AP50)
    std::vector<ReliabilityBin> reliability;     ///< of classification, and of detection: found objects that are right
    double ece = -1;
    std::vector<ScoreBin> scores;                      ///< of what was said, right and wrong
    std::vector<std::vector<ScoreBin>> scoresByClass;  ///< by the class that was said
    bool hasTruths = true;  ///< false: a detector's run from before the labels' boxes were kept, so there is no precision
};
/// `resamples`: draws for the intervals, fewer where they would take too long; 0: none. Any thread, seconds for large sets.
/// Cancelled.
[[nodiscard]] Result<Evaluation> evaluationOf(const Kept& kept, int resamples = 1000, const std::stop_token& stop = {});

/// {"per_size":[{size, images, METRIC, METRIC_low, …}], "curves":{"roc":{"mean":{area, points:[[x, y, threshold]]},
/// "classes":[{class, area, positives, points}]}, "precision_recall":…}, "reliability":[{from, to, confidence, accuracy,
/// samples}], "ece", "scores":[{from, to, right, wrong}]}. Curves are thinned; an infinite threshold is null.
[[nodiscard]] Json toJson(const Evaluation& evaluation);

/// NAME, NAME_low and NAME_high; what is -1 is left out.
void put(Json& to, const std::string& name, const Estimate& estimate);

// The images behind a part of a chart, in the samples' order.
[[nodiscard]] std::vector<std::int64_t> imagesOfClass(const Kept& kept, int category);
[[nodiscard]] std::vector<std::int64_t> imagesOfSize(const Kept& kept, const Evaluation& evaluation, int size);
[[nodiscard]] std::vector<std::int64_t> imagesInReliabilityBin(const Kept& kept, int bin);
[[nodiscard]] std::vector<std::int64_t> imagesInScoreBin(const Kept& kept, int bin, bool right);
/// Those that a threshold gets wrong for a class: without it from the threshold on, or with it below. Class -1: of any.
[[nodiscard]] std::vector<std::int64_t> imagesWrongAt(const Kept& kept, int category, double threshold);

}  // namespace lathe::runs::figures
