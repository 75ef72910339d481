#include "core/engine/train/fit_check.h"

#include <fmt/format.h>
#include <algorithm>

#include "core/engine/nn/pt_file.h"
#include "core/engine/train/checkpoint.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/shape_error.h"

namespace lathe::engine::train {

Json memoryCheck(const Json& memory) {
    const auto of = [&](const char* key) { return memory.value(key, std::int64_t(0)); };
    const std::int64_t peak = of("peak"), free = of("free"), batch = std::max<std::int64_t>(1, of("batch_size"));
    const bool ok = free == 0 || peak < free;
    std::string words = fmt::format("a batch of {} takes {} MiB of {} MiB that are free", batch, peak >> 20, free >> 20);
    if (!ok) {
        const std::int64_t always = of("parameters") + of("gradients") + of("optimizer") + of("average");
        const std::int64_t room = (free - always) / std::max<std::int64_t>(1, (peak - always) / batch);
        words += room > 0 ? fmt::format(": set batch to {} or less", room) : ": choose a smaller model or smaller pictures";
    }
    return {{"name", "memory"},
            {"ok", ok},
            {"observed", {{"peak", peak}, {"free", free}}},
            {"expected", "less than is free"},
            {"message", words}};
}

Result<Json> weightsCheck(const runs::RunSpec& spec, int classes) {
    LATHE_TRY(const nn::NamedTensors file, nn::readWeights(spec.weights));
    const nn::NamedTensors given = weightsOf(file);
    LATHE_TRY(const auto model, nn::makeModel(modelConfig(spec, classes)));
    LATHE_TRY(const nn::LoadReport report, nn::loadState(*model, given, false));
    constexpr std::size_t kMostTold = 3;
    bool ok = !report.loaded.empty();
    std::string words = ok ? fmt::format("{} weights fit", report.loaded.size()) : "none of them fits this model";
    for (std::size_t i = 0; i < report.mismatched.size(); ++i) {  // "NAME (the shapes)"
        const std::string& told = report.mismatched[i];
        const Misfit misfit = misfitOf(*model, given, told.substr(0, told.find(' ')), spec);
        ok = ok && misfit.expected;
        if (i < kMostTold) words += "; " + misfit.text;
    }
    return Json{{"name", "weights"},
                {"ok", ok},
                {"observed", {{"loaded", report.loaded.size()}, {"mismatched", report.mismatched}}},
                {"expected", "of the same shapes"},
                {"message", words}};
}

}  // namespace lathe::engine::train
