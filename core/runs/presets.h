// Ready settings for a task, sized for a processor: what a run starts from when somebody says no more than "quick". Depends on
// core/base alone.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/runs/run_spec.h"

namespace lathe::runs {

/// Titles and abouts are English, in the context "Catalogue" for who translates.
struct Preset {
    const char *name, *title, *about;
};
/// "usual" (startingSpec), "quick", "accurate", "smallest".
[[nodiscard]] std::span<const Preset> presets();
[[nodiscard]] std::vector<std::string> presetNames();
/// Model, size, epochs and augmentation; all else as startingSpec(). Small sets need more passes: `images` are those of the set,
/// all splits together; 0: not known. InvalidArgument for an unknown name, listing those that there are.
[[nodiscard]] Result<RunSpec> presetSpec(std::string_view preset, const std::string& task, std::int64_t images);

}  // namespace lathe::runs
