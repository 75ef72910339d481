#include "core/formats/registry.h"

#include <fmt/format.h>
#include <array>

namespace lathe::formats {

std::span<const Format* const> allFormats() {
    static const std::array formats{&gitFolder(),
                                    &coco(),
                                    &voc(),
                                    &yoloFormat(),
                                    &yoloDarknetFormat(),
                                    &labelmeFormat(),
                                    &viaFormat(),
                                    &createmlFormat(),
                                    &panopticFormat(),
                                    &masksFormat(),
                                    &instanceMasks(),
                                    &idxFormat(),
                                    &jsonl(),
                                    &csv(),
                                    &labelStudio(),
                                    &cvat(),
                                    &datumaro(),
                                    &classFolders()};
    return formats;
}

const Format* formatNamed(std::string_view name) {
    for (const Format* format : allFormats())
        if (format->name() == name) return format;
    return nullptr;
}

Result<const Format*> detectFormat(const std::filesystem::path& source) {
    std::error_code error;
    if (!std::filesystem::exists(source, error))
        return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    const Format* best = nullptr;
    double sureness = 0;
    for (const Format* format : allFormats()) {
        const double sure = format->looksLike(source);
        if (sure > sureness) sureness = sure, best = format;
    }
    if (best) return best;
    std::string names;
    for (const Format* format : allFormats()) names += fmt::format("{}{}", names.empty() ? "" : ", ", format->name());
    return fail(
        ErrorCode::NotFound,
        fmt::format("holds nothing that can be imported: looked for image files (jpg, png, tif, bmp, webp ...) and labels of the "
                    "formats {}",
                    names),
        source.string());
}

}  // namespace lathe::formats
