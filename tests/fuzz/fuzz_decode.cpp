#include "core/image/codecs.h"
#include "core/image/decode.h"
#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace lathe;
    const std::string_view bytes = fuzz::textOf(data, size);
    const image::DecodeOptions options{.minSide = size % 2 ? 16 : 0, .maxPixels = 1 << 18};
    const auto info = image::probeBytes(bytes, "input");
    if (const auto eighth = image::decodeJpegEighth(bytes)) {
        fuzz::promise(!eighth->empty() && eighth->depth() == CV_8U, "an eighth has pixels of 8 bit");
        const bool turned = info && info->orientation >= 5;
        fuzz::promise(!info || (turned ? eighth->rows : eighth->cols) == (info->width + 7) / 8, "an eighth of the probed size");
    }
    const auto picture = image::decodeBytes(bytes, "input", options);
    if (!picture) fuzz::promise(!picture.error().message.empty(), "an error says what was wrong");
    if (!picture) return 0;
    fuzz::promise(picture->type() == CV_8UC3 && !picture->empty(), "three channels of 8 bit");
    fuzz::promise(info && info->width > 0 && info->height > 0, "what decodes can be probed");
    if (!options.minSide) fuzz::promise(picture->cols == info->width && picture->rows == info->height, "the probed size");
    return 0;
}
