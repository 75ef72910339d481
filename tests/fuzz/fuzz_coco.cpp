#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const auto file = lathe::fuzz::scratch() / "instances_train.json";
    lathe::fuzz::write(file, lathe::fuzz::textOf(data, size));
    const auto& coco = *lathe::formats::formatNamed("coco");
    (void)coco.looksLike(file);
    lathe::fuzz::promise(lathe::fuzz::delivered(coco, file, true) == lathe::fuzz::delivered(coco, file, false),
                         "the same packed and unpacked");
    return 0;
}
