#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace lathe;
    const std::string_view body = fuzz::textOf(data, size);
    if (const auto one = annot::unpackOne(body)) (void)annot::toJson(*one, "class");
    const auto annotations = annot::unpack(body);
    if (!annotations) return 0;
    const std::string packed = annot::pack(*annotations);
    const auto back = annot::unpack(packed);
    fuzz::promise(back && annot::pack(*back) == packed, "what was unpacked packs to the same each time");
    return 0;
}
