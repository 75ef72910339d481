// "coco": a JSON file, a folder with annotations/*.json, or split folders with a JSON file each (Roboflow).
#include "core/formats/coco_read.h"
#include "core/formats/coco_write.h"
#include "core/formats/registry.h"
#include "core/formats/title_words.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;

class Coco final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "coco"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "COCO JSON: boxes, polygons, masks, keypoints, whole-image classes");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::error_code error;
        if (fs::is_directory(source, error)) return cocoFiles(source).empty() ? 0 : 0.9;
        return source.extension() == ".json" ? looksLikeCoco(source) : 0;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return readCoco(source, options, sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        return writeCoco(folder, source, options, stop, progress);
    }
};

}  // namespace

const Format& coco() {
    static const Coco format;
    return format;
}

}  // namespace lathe::formats
