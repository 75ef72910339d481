// "panoptic": COCO panoptic segmentation. A JSON file has images, categories (with isthing) and for each image one annotation with
// file_name (a PNG in the folder that is called like the JSON) and segments_info; a pixel of the PNG belongs to the segment
// R + 256 G + 65536 B, 0 to none. Each segment is one mask annotation whose id is the segment's. A category's id and isthing stay
// in the class's extra (coco_id, isthing), unknown fields where they were; area and bbox of the file are kept beside the shape.
#include "core/formats/panoptic.h"
#include "core/formats/registry.h"
#include "core/formats/title_words.h"

namespace lathe::formats::panoptic {
namespace {

namespace fs = std::filesystem;

class Panoptic final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "panoptic"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "COCO panoptic: JSON and PNG, each segment a mask");
    }

    // Where COCO JSON of other kinds lies beside, "coco" has more to read.
    [[nodiscard]] double looksLike(const fs::path& source) const override {
        bool others = false;
        return panopticFiles(source, &others).empty() ? 0 : others ? 0.5 : 0.97;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return readPanoptic(source, options, sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        return writePanoptic(folder, source, options, stop, progress);
    }
};

}  // namespace
}  // namespace lathe::formats::panoptic

namespace lathe::formats {

const Format& panopticFormat() {
    static const panoptic::Panoptic format;
    return format;
}

}  // namespace lathe::formats
