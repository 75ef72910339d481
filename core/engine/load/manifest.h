// The data manifest of a run folder, data.jsonl (core/runs/run_folder.h).
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/annot/shape.h"
#include "core/base/result.h"

namespace lathe::engine::load {

struct Object {
    int category = -1;
    annot::Shape shape;  ///< box, polygon or mask; other kinds are read as their box
    bool crowd = false;
};
struct Sample {
    std::int64_t image = 0;
    std::string digest, path;  ///< the path is absolute after reading
    int width = 0, height = 0;
    std::string split;
    std::string state;  ///< of review: "done", "accepted" …; empty where the manifest has none
    int label = -1;
    std::vector<Object> objects;  ///< of detection and segmentation
};
struct Manifest {
    std::string task, snapshot, digest;
    std::vector<std::string> classes;
    std::vector<Sample> samples;
};
/// Relative paths are taken from the manifest's folder. Errors name the line.
/// Objects are read when `task` (else the manifest's own) needs them.
[[nodiscard]] Result<Manifest> readManifest(const std::filesystem::path& file, const std::string& task = {});

}  // namespace lathe::engine::load
