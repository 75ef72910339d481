#include "app/workbench/verbs/check_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

#include "app/workbench/verbs/table.h"

namespace lathe::verbs {
namespace {

using Rows = std::vector<std::vector<std::string>>;

double numberOf(const Json& json, const char* key) {
    return json.value(key, 0.0);
}

std::string layersText(const Json& result) {
    Rows rows;
    for (const Json& layer : result["layers"]) {
        const auto shape = layer["shape"].get<std::vector<std::int64_t>>();
        std::string kind = layer.value("kind", "");
        for (const Json& op : layer["then"]) kind += ", " + op.get<std::string>();
        if (const int calls = layer.value("calls", 1); calls > 1) kind += fmt::format(" ({} times)", calls);
        rows.push_back({layer.value("name", ""), kind, fmt::format("{}", fmt::join(shape, "x")),
                        std::to_string(layer.value("parameters", std::int64_t(0))), sizeText(numberOf(layer, "activation_bytes")),
                        fmt::format("{:.2f}", numberOf(layer, "forward_ms")),
                        fmt::format("{:.2f}", numberOf(layer, "backward_ms"))});
    }
    return table({"LAYER", "KIND", "OUTPUT", "PARAMETERS", "KEPT", "FORWARD ms", "BACKWARD ms"}, rows);
}

std::string memoryText(const Json& result) {
    const Json& m = result["memory"];
    const auto of = [&](const char* key) { return sizeText(numberOf(m, key)); };
    const Json& t = result["times"];
    return fmt::format(
        "{} parameters; a batch of {} takes {} of {} that are free: weights {}, gradients {}, optimiser {}, activations {}, "
        "pictures {}\nforward {:.1f} ms, backward {:.1f} ms, optimiser {:.1f} ms\n\n",
        result.value("parameters", std::int64_t(0)), m.value("batch_size", 0), of("peak"), of("free"), of("parameters"),
        of("gradients"), of("optimizer"), of("activations"), of("batch"), numberOf(t, "forward_ms"), numberOf(t, "backward_ms"),
        numberOf(t, "optimizer_ms"));
}

std::string batchesText(const Json& found) {
    Rows rows;
    for (const Json& one : found["batches"])
        rows.push_back(one.value("fits", false)
                           ? std::vector<std::string>{std::to_string(one.value("batch", 0)), sizeText(numberOf(one, "peak")),
                                                      fmt::format("{:.1f}", numberOf(one, "step_ms")),
                                                      fmt::format("{:.1f}", numberOf(one, "images_per_second"))}
                           : std::vector<std::string>{std::to_string(one.value("batch", 0)), "out of memory", "-", "-"});
    const int largest = found.value("largest", 0);
    const std::string words =
        largest > 0 ? fmt::format("{} {}, the quickest is {}: --batch {}\n",
                                  found.value("ended", "") == "memory" ? "the largest batch that fits is" : "batches fit up to",
                                  largest, found.value("suggested", 0), found.value("suggested", 0))
                    : "not even one picture fits: a smaller model (--model) or smaller pictures (--size)\n";
    return "\n" + table({"BATCH", "PEAK", "STEP ms", "IMAGES/s"}, rows) + words;
}

std::string trialsText(const Json& result) {
    Rows rows;
    for (const Json& one : result["checks"])
        rows.push_back({one.value("ok", false) ? "ok" : "failed", one.value("name", ""), one.value("message", "")});
    return table({"", "CHECK", "SAYS"}, rows) + fmt::format("{} passed, {} failed, {:.0f} s\n", result.value("passed", 0),
                                                            result.value("failed", 0), result.value("seconds", 0.0));
}

}  // namespace

std::string checkText(const Json& result) {
    std::string text;
    if (result.contains("layers")) text += layersText(result) + memoryText(result);
    if (result.contains("checks")) text += trialsText(result);
    if (result.contains("largest_batch")) text += batchesText(result["largest_batch"]);
    return text;
}

}  // namespace lathe::verbs
