// "masks": semantic segmentation as mask images. Each value (index PNG, grey or palette) or colour (with a file of names) is a
// class, and each class of an image becomes one mask; masks that number objects become one annotation an object. 0 is background
// unless a file of names says otherwise, 255 and VOC's border colour (224, 224, 192) are nobody's. Layouts read: see Style in
// masks.h. Written: images/, masks/ (palette PNG, index k is the k-th class), labelmap.txt (name:r,g,b:parts:actions, background
// first).
#include "core/formats/masks.h"
#include "core/formats/registry.h"
#include "core/formats/title_words.h"

namespace lathe::formats::masks {
namespace {

namespace fs = std::filesystem;

class Masks final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "masks"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue",
                                 "Mask images: classes as values or colours (VOC SegmentationClass, CamVid, images/ and masks/)");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override { return lookAt(source).sure; }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        return readMasks(source, options, sink, stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        return writeMasks(folder, source, options, stop, progress);
    }
};

}  // namespace
}  // namespace lathe::formats::masks

namespace lathe::formats {

const Format& masksFormat() {
    static const masks::Masks format;
    return format;
}

}  // namespace lathe::formats
