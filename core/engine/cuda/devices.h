// What this machine can compute on, found without loading any CUDA library into the process until a card is wanted.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/engine/cuda/plugin.h"

namespace lathe::engine::cuda {

struct Device {
    std::string id;            ///< "cpu", "cuda:0": what a spec names
    std::string name;          ///< "AMD EPYC …", "NVIDIA H200"
    std::string kind;          ///< "cpu" or "cuda"
    std::uint64_t memory = 0;  ///< bytes
};
struct Check {
    std::string name;  ///< "processor", "driver", "card", "plugin"
    bool ok = false;
    std::string message;  ///< what is there, or why it is not used and what to install
};
struct Machine {
    std::vector<Device> devices;  ///< the processor first
    std::vector<Check> checks;
    [[nodiscard]] bool hasCard() const;
    [[nodiscard]] std::string whyNoCard() const;  ///< the first failed check in words
};
/// Asks the driver (libcuda.so.1) and looks for the plugin; a few milliseconds. `full` also opens the plugin (loads libtorch_cuda).
[[nodiscard]] Machine lookAtMachine(bool full = false);
/// "auto", "cpu", "cuda", "cuda:1" or a card's name -> "cpu" or "cuda:N", with the plugin opened. "auto" falls back to the
/// processor; a card asked for by name that can't be used is an error that says why.
[[nodiscard]] Result<std::string> chooseDevice(const std::string& wanted);
/// What the plugin offers besides torch's own, once a card was chosen; nullptr before and where there is no card.
[[nodiscard]] const CardTable* cardTable();
/// {"devices":[{name, kind, memory, id}], "checks":[{name, ok, message}]}
[[nodiscard]] Json toJson(const Machine& machine);

}  // namespace lathe::engine::cuda
