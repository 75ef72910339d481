#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const auto file = lathe::fuzz::scratch() / "instances_train.json";
    lathe::fuzz::write(file, lathe::fuzz::textOf(data, size));
    lathe::fuzz::readAs("coco", file);
    return 0;
}
