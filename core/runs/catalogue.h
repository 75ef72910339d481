// What a run spec can name: models, optimisers, schedules, losses, augmentations, samplers, with the options of each. The engine
// has a maker for every name (tests/engine holds the two together); the reader of specs checks against it and the window offers
// from it, so one more of a kind is its file in core/engine, its line there and its line here. Depends on core/base alone.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace lathe::runs {

/// A number of a choice. Titles and abouts are English, in the context "Catalogue" for who translates.
struct Option {
    const char *name, *title;
    double fallback, least, most;
    bool whole = false;  ///< a whole number
};
struct Choice {
    const char *name, *title, *about;
    std::vector<Option> options = {};
    [[nodiscard]] const Option* find(std::string_view option) const;
};
enum class Seam { Model, Optimizer, Schedule, Loss, Augmentation, Sampler, ClassWeights };

[[nodiscard]] std::span<const Choice> choices(Seam seam);
[[nodiscard]] const Choice* find(Seam seam, std::string_view name);
/// The names in the catalogue's order.
[[nodiscard]] std::vector<std::string> names(Seam seam);
/// The option's value in `options`, else its fallback. The name of an option that the choice has.
[[nodiscard]] double valueOf(const Choice& choice, const Json& options, std::string_view option);

/// What a section of the spec chose: {"name": "step", "every": 10}.
struct Named {
    std::string name;
    Json options = Json::object();  ///< numbers by option; those that the choice doesn't have are of no effect
    /// As valueOf(); the choice is in the catalogue.
    [[nodiscard]] double number(Seam seam, std::string_view option) const;
};

}  // namespace lathe::runs
