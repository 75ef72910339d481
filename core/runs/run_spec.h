// Run spec: one JSON with everything that decides a run. The same spec on the same machine gives the same numbers.
// Depends on core/base alone, so that the engine on a bare machine reads it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/runs/catalogue.h"

namespace lathe::runs {

/// Declared once, travels inside the model package; one implementation (core/engine/load) serves training, evaluation,
/// prediction, explanation and parity.
struct Preprocessing {
    int width = 0, height = 0;       ///< network input; 0: chosen from the images by the engine
    int channels = 0;                ///< 3 RGB, 1 grey; 0: chosen likewise
    std::string resize = "stretch";  ///< "stretch", "letterbox", "none" (images must have the size)
    /// "area_linear": area when shrinking, linear when growing. "dct_area_linear": the same after a JPEG was decoded at the reduced
    /// size that its blocks give (image::Cover), which is quicker.
    std::string interpolation = "dct_area_linear";
    std::vector<double> mean, std;  ///< per channel, of values scaled to 0…1
};

/// {"name": "shift", "pixels": 2}: applied on training images only, see Seam::Augmentation.
using Augmentation = Named;

/// What was changed while the run went on (run_history.h).
struct SpecEdit {
    std::string id, author;
    double at = 0;          ///< seconds since 1970
    std::int64_t step = 0;  ///< steps done when it was made
    double epoch = 0;
    Json changes = Json::object();  ///< {"optimizer.lr": [old, new]}; null: the key isn't there
};
/// The run and the checkpoint that a fork starts from.
struct Parent {
    std::string run, name;
    std::string checkpoint;  ///< "best", "last", "epoch:5"
    std::string digest;      ///< SHA-256 of its file
    int epoch = 0;
    std::int64_t step = 0;
    bool resumes = false;  ///< goes on exactly where the parent was; else it takes the weights alone
};

struct RunSpec {
    int version = 1;
    std::string name;
    std::string task = "classify";
    std::string snapshot;  ///< digest
    std::string snapshotName;
    struct {
        std::string name = "auto";
        Json options;
    } model;  ///< Seam::Model
    Preprocessing preprocessing;
    std::vector<Augmentation> augmentation;
    struct : Named {
        double lr = 0, weightDecay = 0.05;
        double clip = 0;        ///< the most that the norm of all gradients may be; 0: any
        double layerDecay = 1;  ///< times the rate for each stage further from the head
    } optimizer{{"adamw"}};     ///< lr 0: the model's preset
    struct : Named {
        double warmupEpochs = 1;
    } schedule{{"cosine"}};
    struct : Named {
        double labelSmoothing = 0.1;
        Named classWeights{"none"};
    } loss{{"auto"}};  ///< the task's usual one
    Named sampler{"shuffled"};
    /// Of segmentation, what pixels under no shape are: "class" (one more class, the first), "ignore" (neither learnt nor judged),
    /// "auto": a class where they are a tenth of all or more.
    std::string background = "auto";
    int epochs = 0;      ///< 0: the preset of model and data
    int batch = 0;       ///< 0: preset
    int accumulate = 1;  ///< batches to a step
    double ema = 0;      ///< decay of the averaged weights that are validated and kept; 0: none
    int freeze = 0;      ///< stages from the picture on that keep the weights that were given
    int earlyStop = 0;   ///< ends after so many epochs without a better validation; 0: never
    std::uint64_t seed = 0;
    std::string device = "auto";     ///< "cpu", "cuda", "cuda:1", "auto"
    std::string precision = "auto";  ///< "fp32", "bf16", "fp16", "auto"
    std::string weights;             ///< file to start from; empty: random
    int threads = 0;                 ///< 0: all cores
    int checkpointEvery = 1;         ///< epochs
    int keepEvery = 0;               ///< epochs between checkpoints that are kept; 0: best and last alone
    std::vector<SpecEdit> history;   ///< in order of their steps; the values above are those after it
    std::optional<Parent> parent;
};

/// What a new run starts from when nobody says more: the defaults, and augmentations that harm no set (a classifier: shift by 2
/// pixels; the others: mirrored, parts of the picture, light and colour) with averaged weights for the others.
[[nodiscard]] RunSpec startingSpec(const std::string& task = "classify");
[[nodiscard]] Json toJson(const RunSpec& spec);
/// Unknown keys and wrong values are InvalidArgument naming the key ("optimizer.lr") and what is allowed. Missing keys default.
[[nodiscard]] Result<RunSpec> runSpecFromJson(const Json& json);
/// `--set optimizer.lr=0.01`
[[nodiscard]] Result<> setByPath(Json& spec, const std::string& assignment);
[[nodiscard]] Json toJson(const Preprocessing& preprocessing);
[[nodiscard]] Result<Preprocessing> preprocessingFromJson(const Json& json);

}  // namespace lathe::runs
