// Bring images and labels in, write them out, sample sets.
#pragma once
#include <filesystem>
#include <optional>

#include "core/formats/format.h"
#include "core/store/workspace.h"

namespace lathe::data {

struct ImportOptions {
    std::string format;  ///< empty: found by looking
    std::optional<std::filesystem::path> images;
    bool link = false;  ///< register in place instead of copying into media/
    std::string split;
    bool dryRun = false;
    std::string author;
};
struct ImportReport {
    std::string format;
    struct {
        std::int64_t added = 0, known = 0, skipped = 0, missing = 0;
    } images;
    struct {
        std::int64_t added = 0, skipped = 0;
    } annotations;
    std::vector<std::string> classes;  ///< of the source, in its order
    Problems problems;                 ///< each bad item by name and reason; missing files are one problem in all
    double seconds = 0;
    bool cancelled = false;  ///< stopped: everything finished so far is kept
};
/// Importing the same again adds nothing. One bad item never stops it.
[[nodiscard]] Result<ImportReport> importInto(store::Workspace& workspace, const std::filesystem::path& source,
                                              const ImportOptions& options, std::stop_token stop, const Progress& progress);

struct ExportOptions {
    std::string format = "coco";
    formats::ImageMode images = formats::ImageMode::Copy;
    std::string snapshot;  ///< id, name or digest prefix; empty: the workspace as it is
    std::string query;
};
[[nodiscard]] Result<formats::WriteReport> exportTo(const store::Workspace& workspace, const std::filesystem::path& folder,
                                                    const ExportOptions& options, std::stop_token stop, const Progress& progress);

struct SampleSet {
    std::string name;
    std::int64_t images;
    std::string task;
    std::string about;
};
[[nodiscard]] std::vector<SampleSet> sampleSets();
/// "digits": cut from opencv-doc's digits.png into class folders; "bccd": VOC, shipped. Says what to install when the source is
/// absent.
[[nodiscard]] Result<> writeSamples(const std::string& name, const std::filesystem::path& folder, const Progress& progress);

}  // namespace lathe::data
