// The methods of core/rpc/protocol.h, one function each. They run on the RPC worker thread.
#pragma once
#include <stop_token>

#include "app/engine/model_cache.h"
#include "core/base/json.h"
#include "core/base/progress.h"

namespace lathe::app {

struct Call {
    const Json& params;
    std::stop_token stop;
    const Progress& progress;
    ModelCache& models;
};
[[nodiscard]] Result<Json> initialize(const Call& call);
[[nodiscard]] Result<Json> predict(const Call& call);
[[nodiscard]] Result<Json> evaluate(const Call& call);
[[nodiscard]] Result<Json> explain(const Call& call);
[[nodiscard]] Result<Json> package(const Call& call);
[[nodiscard]] Result<Json> loadHeld(const Call& call);
[[nodiscard]] Result<Json> infer(const Call& call);
[[nodiscard]] Result<Json> unload(const Call& call);
[[nodiscard]] Result<Json> preprocess(const Call& call);
/// Trials of the run in a folder (spec.json, data.jsonl), before it is started; resolved.json is written there.
[[nodiscard]] Result<Json> checkFolder(const Call& call);
/// {"folder": as of check, "out": a folder, "count", "seed"} -> {"pictures":[{file, image, objects | mask | words}], "classes",
/// "width", "height"}: a batch as the declared augmentations make it.
[[nodiscard]] Result<Json> preview(const Call& call);

/// A string that the method can't do without.
[[nodiscard]] Result<std::string> textParam(const Json& params, const char* key);
/// [{class, confidence}] of the `top` most probable classes, best first.
[[nodiscard]] Json topScores(const std::vector<float>& probabilities, const std::vector<std::string>& labels, int top);
[[nodiscard]] std::vector<float> rowOf(const torch::Tensor& matrix, std::int64_t row);

}  // namespace lathe::app
