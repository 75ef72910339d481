// Label Studio's tasks, as its exports JSON and JSON_MIN have them. Private to core/formats.
//
// A task is a picture (data.image) with annotations, of which each is a list of results, and a result is a region or what is said
// about one with the same id. Numbers of regions are percent of original_width and original_height. A rectangle is turned about its
// top left corner, clockwise in degrees and in pixels (not in percent); x and y of an ellipse are its centre. A brush is a
// run-length packed RGBA picture (rle-pack of thi.ng umbrella, not COCO's), of which the alpha plane is the mask. image_rotation
// tells how the picture was turned on the screen: the numbers are those of the picture as it lies. JSON_MIN has the values of
// results alone, in lists by the name of their control, and an item for each annotation.
//
// What Lathe knows and Label Studio has no place for lies in "lathe" of a result: flags, group, author, source, extra, and the true
// shape when the region can't say it exactly. The shape counts only while the region is still what Lathe wrote for it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/annotation_json.h"
#include "core/formats/format.h"
#include "core/formats/source_files.h"

namespace lathe::formats::labelstudio {

inline constexpr const char* kOwn = "label_studio";  ///< the place of foreign fields in extra
inline constexpr const char* kTasks = "tasks.json";
inline constexpr const char* kConfig = "label_config.xml";

struct Size {
    double width = 0, height = 0;
    [[nodiscard]] bool known() const { return width > 0 && height > 0; }
};

/// The alpha plane of a packed RGBA picture of that size.
[[nodiscard]] Checked<annot::Mask> maskOfRle(std::span<const std::uint8_t> packed, std::uint32_t width, std::uint32_t height);
/// A white picture whose alpha is the mask.
[[nodiscard]] std::vector<std::uint8_t> rleOfMask(const annot::Mask& mask);

/// Bytes of base64 in both alphabets, whitespace passed over; nothing when it is none.
[[nodiscard]] std::optional<std::string> bytesOfBase64(std::string_view text);
/// Text with %20 and the like resolved.
[[nodiscard]] std::string withoutPercents(std::string_view text);

/// Is there a region's geometry in a value?
[[nodiscard]] bool hasGeometry(const Json& value);
/// The shape of a region. Masks must be of that size.
[[nodiscard]] Checked<annot::Shape> shapeOfValue(const Json& value, const Size& size);
/// The region's geometry without labels. Keypoints give their box, a polygon of several parts and a mask give a brush.
[[nodiscard]] Json valueOfShape(const annot::Shape& shape, const Size& size);
/// Does the region say what valueOfShape() makes of the shape? Then nobody has changed it since.
[[nodiscard]] bool says(const Json& value, const annot::Shape& shape, const Size& size);
/// "rectanglelabels" for what valueOfShape() gives.
[[nodiscard]] std::string_view typeOf(const annot::Shape& shape);

/// One task, or one item of JSON_MIN, with the annotation that counts.
struct Task {
    std::string item;                   ///< "tasks.json, task 12" for problems
    std::vector<std::string> pictures;  ///< as the task names them; several when it shows a list
    std::string key;                    ///< of data, where the picture is
    Json results = Json::array();
    Json other;  ///< foreign fields of other formats, from Lathe's own export
    Json extra;  ///< foreign fields of the task, its data and its annotation
    std::string split;
    Size size;            ///< that data gives
    bool least = false;   ///< an item of JSON_MIN
    std::string changed;  ///< when that was
    std::string model;    ///< of a prediction: its version
    std::optional<double> score;
};

/// What happens so often that it is said once a file.
struct Tally {
    std::int64_t cancelled = 0, drafts = 0, predicted = 0, predictionsLeft = 0, turned = 0, furtherLabels = 0, unlabelled = 0,
                 curves = 0;
};

/// `place` is the task's place in its file, from 0.
[[nodiscard]] Task taskOf(const Json& json, const std::string& file, std::int64_t place, Tally& tally, Problems& problems);
/// The path in an address: of a URL, an upload, a local-files address. With bytes for a data: address.
struct Address {
    std::string path;
    std::shared_ptr<const std::string> content;
    bool broken = false;
};
[[nodiscard]] Address addressOf(const std::string& text);
/// Classes of all its results, in their order.
void gatherClasses(const Task& task, ClassList& classes);
/// Does a region lack the size of its picture?
[[nodiscard]] bool lacksSize(const Task& task);
/// Where what was read about a picture goes.
struct Reading {
    ClassList& classes;
    ImageRecord& record;
    Tally& tally;
    Problems& problems;
};
/// Adds the annotations of `task` on its picture number `picture` to the record, and foreign fields to its extra. `fileSize` counts
/// where the task names none.
void readResults(const Task& task, std::size_t picture, const Size& fileSize, const Reading& out);

/// The control of keypoints that belong to a skeleton; its labels are no classes.
inline constexpr const char* kSkeletonPoints = "skeleton_points";
/// The value of an attribute in a result that says something about a region: one thing as itself, several as a list.
[[nodiscard]] Json attributeOf(const Json& detail);
/// The kind of result that writing makes of a value when nothing else is said.
[[nodiscard]] std::string_view kindOf(const Json& value);

/// Files of a source that look like tasks.
[[nodiscard]] std::vector<std::filesystem::path> taskFiles(const std::filesystem::path& source);
[[nodiscard]] double sureness(const std::filesystem::path& file);
[[nodiscard]] Result<> readTasks(const std::filesystem::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                 const Progress& progress);
[[nodiscard]] Result<WriteReport> writeTasks(const std::filesystem::path& folder, const WriteSource& source,
                                             const WriteOptions& options, std::stop_token stop, const Progress& progress);

}  // namespace lathe::formats::labelstudio
