// From a manifest to what the trainer takes: labelled items, their boxes or masks, and the classes.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/engine/load/manifest.h"
#include "core/engine/train/data.h"
#include "core/runs/run_spec.h"

namespace lathe::engine::load {

inline constexpr const char* kBackground = "background";

/// The samples that the task can use and their items, in one order.
struct Labelled {
    std::vector<Sample> samples;
    std::vector<train::Item> items;
    std::vector<std::string> messages;  ///< what was left out and why, with names
};
/// Detection takes images without any object too where their state of review says that they are done ("done", "accepted").
/// `classes[k]` is the class of the manifest's class k, -1: it is left out. Sizes that the manifest lacks are read from the files.
[[nodiscard]] Labelled labelled(const Manifest& manifest, const std::string& task, const std::vector<int>& classes);
/// Every class as it is.
[[nodiscard]] Labelled labelled(const Manifest& manifest, const std::string& task);

/// Share of the pixels of (up to 64) training samples that are under no shape.
[[nodiscard]] double uncovered(const std::vector<Sample>& samples);

/// The items' masks, from polygons and masks in the order of the objects, the later over the earlier. What no shape covers is class
/// 0 and all classes are one higher where `background` is a class, else it is not asked. Kept packed once made; a picture's size is
/// the manifest's.
[[nodiscard]] std::shared_ptr<train::Masks> masksOf(const std::vector<Sample>& samples, const runs::Preprocessing& preprocessing,
                                                    bool background);

}  // namespace lathe::engine::load
