// What a run's model said of a few validation images, epoch by epoch, for a person to look at. In the run folder:
//
//   validation/pictures.json   {"task", "metric", "classes":[names], "pictures":[{"image":id, "name":path, "width", "height",
//                              "label"; of detection "boxes":[{"class", "box":[x,y,w,h], "crowd"}]; of segmentation "mask"}]}
//   validation/000012.json     {"epoch":12, "value", "better", "threshold" (detection), "said":[{"image":id, "right"; of
//                              classification "predicted", "confidence", "top":[[class, probability]…]; of detection
//                              "objects":[{class, confidence, right, box}], "truths", "found", "false"; of segmentation "mask",
//                              "miou", "pixel_accuracy"}]}
//   validation/latest.json     the same as the newest of these
//
// Boxes in px of the image; a mask {"width", "height", "runs":[class, pixels, class, pixels …]} row after row at the size of the
// network's input, class 255: not asked for. Depends on core/base alone.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/runs/run_folder.h"

namespace lathe::runs {

[[nodiscard]] std::filesystem::path validationFolder(const RunFolder& folder);
/// `epoch` from 1 on.
[[nodiscard]] std::filesystem::path validationFile(const RunFolder& folder, int epoch);
/// Those that were kept, ascending; empty: none yet.
[[nodiscard]] std::vector<int> validationEpochs(const RunFolder& folder);
/// Of all `epochs` of a run: a long one keeps a part of them, and every better one.
[[nodiscard]] bool keepsValidation(int epoch, int epochs, bool better);

/// Classes of pixels, row after row.
struct ClassRuns {
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels;
};
[[nodiscard]] Json toJson(const ClassRuns& mask);
/// InvalidData when the runs don't fill the mask.
[[nodiscard]] Result<ClassRuns> classRunsFromJson(const Json& json);

// -- as read

struct ValidationBox {
    int category = 0;
    std::array<double, 4> box{};  ///< x, y, width, height in px of the image
    double confidence = 1;        ///< of a prediction
    bool right = true;            ///< of a prediction: it found an object; of a label: no crowd
};
struct ValidationTruth {
    std::int64_t image = 0;
    std::string name;
    int width = 0, height = 0, label = -1;
    std::vector<ValidationBox> boxes;
    ClassRuns mask;  ///< empty: none
};
struct ValidationSet {
    std::string task, metric;
    std::vector<std::string> classes;
    std::vector<ValidationTruth> pictures;
};
struct ValidationSaid {
    std::int64_t image = 0;
    bool right = false;
    int predicted = -1;  ///< of classification, with its confidence and the surest classes
    double confidence = 0;
    std::vector<std::pair<int, double>> top;
    std::vector<ValidationBox> boxes;  ///< of detection, the surest first
    int truths = 0, found = 0, falsely = 0;
    ClassRuns mask;  ///< of segmentation
    double miou = 0, pixelAccuracy = 0;
};
struct ValidationEpoch {
    int epoch = 0;
    double value = 0;  ///< of the set's metric
    bool better = false;
    double threshold = 0.5;  ///< of detection: the confidence from which on boxes count
    std::vector<ValidationSaid> said;
};
/// NotFound before the first epoch has ended, and of runs that had no validation images.
[[nodiscard]] Result<ValidationSet> readValidationSet(const RunFolder& folder);
[[nodiscard]] Result<ValidationEpoch> readValidationEpoch(const RunFolder& folder, int epoch);

}  // namespace lathe::runs
