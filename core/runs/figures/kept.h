// What a run said of every judged image, as predictions.json keeps it and an evaluation hands it back.
//   {"classes":[names], "samples":[{image, split, label, right, confidence, width, height, and by the task
//     classify  predicted, probabilities
//     detect    truths, found, false (objects), objects:[{class, confidence, right, box}], asked:[{class, box, area, crowd}]
//     segment   intersection, union, pixels: by class; pixels are the truth's}]}
// width, height, asked and pixels came later: runs from before have none of them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/runs/figures/detection.h"

namespace lathe::runs::figures {

enum class Task { Classify, Detect, Segment };
[[nodiscard]] std::string_view name(Task task);  ///< "classify", "detect", "segment"

struct KeptSample {
    std::int64_t image = 0;
    int label = -1, predicted = -1;
    bool right = false;
    double confidence = 0;
    int width = 0, height = 0;                        ///< px; 0: not kept
    std::vector<float> probabilities;                 ///< of classification
    std::int64_t found = 0, missed = 0, falsely = 0;  ///< objects of detection, at the run's own threshold
    std::vector<std::int64_t> intersection, together, pixels;
};
struct Kept {
    Task task = Task::Classify;
    std::string split;
    std::vector<std::string> classes;
    std::vector<KeptSample> samples;  ///< labelled ones
    /// Of detection; `image` is the sample's place. hasTruths: the labels' boxes were kept, so there can be average precision.
    std::vector<DetectionTruth> truths;
    std::vector<Detection> detections;
    bool hasTruths = false;
};
/// `json` as above. `split` empty: "test" if there is such a sample, else "val". InvalidData names the sample; NotFound where the
/// split has none.
[[nodiscard]] Result<Kept> keptOf(const Json& json, std::string split = {});

}  // namespace lathe::runs::figures
