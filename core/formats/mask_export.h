// What all writers of mask images share: the name of an image below its split, its size, its shapes drawn. Private to core/formats.
#pragma once
#include "core/formats/mask_pixels.h"
#include "core/formats/source_files.h"

namespace lathe::formats {

/// "train/a.jpg" of an image "a.jpg" or "train/a.jpg" in the split train.
[[nodiscard]] std::string nameInSplit(const ImageRecord& image);

/// Names of mask files: the image's with .png, or with .png behind it when another image has the same stem.
class MaskNames {
public:
    [[nodiscard]] std::string of(const std::string& imageName);

private:
    std::set<std::string> m_taken;
};

/// Width and height as the record says, else as the file has them; a problem when nobody knows or a mask would be too large.
[[nodiscard]] Result<cv::Size> maskSizeOf(const ImageRecord& image);

/// Counts what mask images can't hold of an annotation that is drawn: its kind, attributes, flags ... `kept` says what the format
/// has a place for.
struct KeptInMasks {
    bool attributes = false, meta = false;
    std::uint32_t flags = 0;
};
void countMaskLosses(const annot::Annotation& annotation, const KeptInMasks& kept, const std::string& image, Losses& losses);
/// The words for what countMaskLosses() and drawing counted. `what`: "masks", "panoptic PNG".
[[nodiscard]] std::map<std::string, std::string> maskLossWords(const std::string& what);

}  // namespace lathe::formats
