#include "core/formats/mask_export.h"

#include <fmt/format.h>

#include "core/image/decode.h"

namespace lathe::formats {

std::string nameInSplit(const ImageRecord& image) {
    std::string name = safeRelative(image.name).generic_string();
    if (image.split.empty() || name.starts_with(image.split + "/")) return name;
    return (safeRelative(image.split) / name).generic_string();
}

std::string MaskNames::of(const std::string& imageName) {
    std::string name = withoutSuffix(imageName) + ".png";
    if (!m_taken.insert(name).second) m_taken.insert(name = imageName + ".png");  // a.jpg and a.png
    return name;
}

Result<cv::Size> maskSizeOf(const ImageRecord& image) {
    cv::Size size(image.width, image.height);
    if (size.width <= 0 || size.height <= 0) {
        const auto info = image.content ? image::probeBytes(*image.content, image.name) : image::probe(image.path);
        if (!info) return fail(info.error().code, "its size isn't known, so no mask is written: " + info.error().message);
        size = {info->width, info->height};
    }
    if (std::uint64_t(size.width) * std::uint64_t(size.height) > kLargestMaskPixels)
        return fail(ErrorCode::Unsupported, fmt::format("{} x {} are too many pixels for a mask", size.width, size.height));
    return size;
}

void countMaskLosses(const annot::Annotation& a, const KeptInMasks& kept, const std::string& image, Losses& losses) {
    if (!std::holds_alternative<annot::Mask>(a.shape)) losses.add(std::string(annot::kindName(a.shape)), image);
    if (!canBePainted(a.shape)) return;
    if (!kept.attributes && a.attributes.is_object() && !a.attributes.empty()) losses.add("annotation with attributes", image);
    if (!kept.meta && !metaOf(a, kept.flags).is_null()) losses.add("annotation with flags, author or confidence", image);
}

std::map<std::string, std::string> maskLossWords(const std::string& what) {
    const std::string filled = fmt::format("filled: {} hold pixels alone", what),
                      out = fmt::format("left out: {} hold areas alone", what);
    return {{"box", filled},
            {"polygon", filled},
            {"rotated_box", filled},
            {"ellipse", filled},
            {"keypoints", out},
            {"polyline", out},
            {"point", out},
            {"image", fmt::format("left out: {} have no whole-image classes", what)},
            {"annotation with attributes", fmt::format("written without them: {} have no place for them", what)},
            {"annotation with flags, author or confidence", fmt::format("written without them: {} have no place for them", what)},
            {"shape over another", "later ones lie on top: the pixels below belong to the later one alone"},
            {"shape of a class that was there", "drawn into one area: the shapes of a class can't be told apart any more"},
            {"shape without a pixel", "left out: it covers no pixel's centre"},
            {"shape that others hide", "left out: no pixel of it is left"},
            {"annotation without a class", "left out"}};
}

}  // namespace lathe::formats
