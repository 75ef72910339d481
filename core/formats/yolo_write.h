// What the two writers of YOLO files share: which rows to write, and shapes made into them. Private to core/formats.
#pragma once
#include <array>
#include <cstdint>
#include <set>
#include <string>

#include "core/formats/source_files.h"
#include "core/formats/yolo_rows.h"

namespace lathe::formats::yolo {

/// What a source holds, from a look at all its images.
struct Content {
    std::array<std::int64_t, annot::kKindNames.size()> kinds{};  ///< annotations by kind
    std::set<std::string> splits;                                ///< "" too
    std::int64_t unsplit = 0;                                    ///< images without a split
    std::string firstUnsplit;
    std::size_t points = 0;  ///< of the largest keypoints
};
[[nodiscard]] Result<Content> contentOf(const WriteSource& source, std::stop_token stop, const Progress& progress);
/// A file holds rows of one kind: poses when there are keypoints (and no more outlines than those), polygons when there is an
/// outline, turned boxes, else boxes.
[[nodiscard]] Variant variantFor(const Content& content);

/// Makes label files of one variant; what becomes something else or is left out is counted.
class RowMaker {
public:
    RowMaker(Variant variant, Skeleton skeleton, std::size_t classes)
        : m_variant(variant), m_skeleton(skeleton), m_classes(classes) {}
    /// The label file of an image.
    [[nodiscard]] std::string textOf(const ImageRecord& image, WriteReport& report);
    void report(Problems& problems) const;

private:
    [[nodiscard]] std::optional<Frame> frameOf(const ImageRecord& image, WriteReport& report);
    void countLosses(const annot::Annotation& annotation, const std::string& image);
    [[nodiscard]] std::string rowOf(const annot::Annotation& annotation, const Frame& frame, const std::string& image);
    [[nodiscard]] std::string asBox(std::int64_t number, const annot::Shape& shape, const Frame& frame, const std::string& image);
    [[nodiscard]] std::string asRing(std::int64_t number, const annot::Shape& shape, const Frame& frame, const std::string& image);
    [[nodiscard]] std::string asTurnedBox(std::int64_t number, const annot::Shape& shape, const Frame& frame,
                                          const std::string& image);
    [[nodiscard]] std::string asPose(std::int64_t number, const annot::Shape& shape, const Frame& frame, const std::string& image);
    [[nodiscard]] std::string withoutArea(const std::string& image);

    Variant m_variant;
    Skeleton m_skeleton;
    std::size_t m_classes;
    Losses m_losses;
};

/// Places images so that no two have the same label file.
class StemPlacer {
public:
    StemPlacer(const std::filesystem::path& folder, ImageMode mode)
        : m_linked(folder, mode), m_copied(folder, mode == ImageMode::Link ? ImageMode::Copy : mode) {}
    /// The name that it got below the folder.
    std::string place(const ImageRecord& image, const std::string& name, WriteReport& report);
    void report(Problems& problems) const;

private:
    ImagePlacer m_linked, m_copied;
    std::set<std::string> m_stems;
    Losses m_losses;
};

/// The image's name without the folders that say what the layout says: "a.jpg" of "images/train/a.jpg" and "train/images/a.jpg".
[[nodiscard]] std::string plainName(const ImageRecord& image);

}  // namespace lathe::formats::yolo
