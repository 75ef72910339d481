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
/// The tasks that a choice serves, added up.
enum Tasks : unsigned { Classify = 1, Detect = 2, Segment = 4, AnyTask = 7 };
struct Choice {
    const char *name, *title, *about;
    std::vector<Option> options = {};
    unsigned tasks = AnyTask;
    [[nodiscard]] bool serves(std::string_view task) const;  ///< the name of a task
    [[nodiscard]] const Option* find(std::string_view option) const;
};
enum class Seam { Task, Model, Optimizer, Schedule, Loss, Augmentation, Sampler, ClassWeights };

[[nodiscard]] std::span<const Choice> choices(Seam seam);
[[nodiscard]] const Choice* find(Seam seam, std::string_view name);
/// The names in the catalogue's order; with a task those that serve it.
[[nodiscard]] std::vector<std::string> names(Seam seam, std::string_view task = {});
/// The metric by which a task's runs are told apart, more is better: "accuracy", "ap", "miou".
[[nodiscard]] std::string_view metricOf(std::string_view task);
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
