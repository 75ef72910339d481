// From the options of `lathe train` to a run spec.
#pragma once
#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/runs/run_spec.h"

namespace lathe::verbs {

struct TrainOptions {
    std::string specFile, preset, task, model, snapshot, device, precision, weights, name;
    std::optional<int> epochs, batch, size;
    std::optional<double> lr;
    std::optional<std::uint64_t> seed;
    std::vector<std::string> sets;

    void addTo(CLI::App& app);
    /// Defaults or the preset, then --spec, then the single options, then --set, each over the one before. `images`: of the
    /// workspace, for the epochs of a preset.
    [[nodiscard]] Result<runs::RunSpec> spec(std::int64_t images) const;
};

}  // namespace lathe::verbs
