#include "core/image/rows.h"
#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace lathe;
    const auto file = fuzz::scratch() / "input";
    fuzz::write(file, fuzz::textOf(data, size));
    const auto info = image::probe(file);
    if (info && std::int64_t(info->width) * info->height > 1 << 18) return 0;
    const auto reader = image::RowReader::open(file);
    if (!reader) return 0;
    const cv::Size stored = (*reader)->size();
    for (int y = 0; y < stored.height;) {
        const auto band = (*reader)->next(7);
        if (!band) return 0;
        fuzz::promise(band->cols == stored.width && band->type() == (*reader)->type(), "bands are as wide and deep as told");
        y += band->rows;
        fuzz::promise(!band->empty() && y <= stored.height, "as many rows as told");
    }
    const bool turned = (*reader)->orientation() >= 5;
    fuzz::promise(info && (turned ? info->height : info->width) == stored.width, "the probed size");
    (void)image::decodeSmall(file, 5);
    return 0;
}
