// From the options of `lathe train` to a run spec.
#pragma once
#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/runs/run_spec.h"

namespace lathe::verbs {

struct TrainOptions {
    std::string specFile, task, model, snapshot, device, precision, weights, name;
    std::optional<int> epochs, batch, size;
    std::optional<double> lr;
    std::optional<std::uint64_t> seed;
    std::vector<std::string> sets;

    void addTo(CLI::App& app);
    /// Defaults, then --spec, then the single options, then --set, each over the one before.
    [[nodiscard]] Result<runs::RunSpec> spec() const;
};

}  // namespace lathe::verbs
