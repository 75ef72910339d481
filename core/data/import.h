// Bring images and labels in, write them out, sample sets.
#pragma once
#include <filesystem>
#include <optional>

#include "core/formats/format.h"
#include "core/store/workspace.h"

namespace lathe::data {

/// What happens to annotations that the source has and a known, annotated image has not (equal class and shape count as the same).
enum class OnConflict {
    Keep,     ///< the workspace's stay; each such image is a problem with the counts
    Add,      ///< the source's are added to them
    Replace,  ///< the source's take their place
};

struct ImportOptions {
    std::string format;  ///< empty: found by looking
    std::optional<std::filesystem::path> images;
    bool link = false;  ///< register in place instead of copying into media/
    std::string split;
    formats::ColumnMap columns = {};  ///< see core/formats/columns.h
    formats::VocPixels vocPixels = formats::VocPixels::Auto;
    bool dryRun = false;
    bool labelsOnly = false;  ///< of a dry run: image files are only looked for, so that it is quick; what they hold isn't known
    OnConflict onConflict = OnConflict::Keep;  ///< added and replaced ones are ordinary edits: undo takes them back
    bool force = false;                        ///< label images of a frozen test set too
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
/// Importing the same again adds nothing. One bad item never stops it. An archive (zip, tar ...) is unpacked beside the workspace's
/// cache for as long as it takes.
[[nodiscard]] Result<ImportReport> importInto(store::Workspace& workspace, const std::filesystem::path& source,
                                              const ImportOptions& options, std::stop_token stop, const Progress& progress);

struct ExportOptions {
    std::string format = "coco";
    formats::ImageMode images = formats::ImageMode::Copy;
    std::string snapshot;  ///< id, name or digest prefix; empty: the workspace as it is
    std::string query;
    bool dryRun = false;  ///< writes nothing that stays; the report says what would be written and what the format can't hold
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
