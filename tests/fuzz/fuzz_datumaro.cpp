#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const std::filesystem::path folder = [] {
        auto annotations = lathe::fuzz::scratch() / "annotations";
        std::filesystem::create_directories(annotations);
        return annotations;
    }();
    lathe::fuzz::write(folder / "train.json", lathe::fuzz::textOf(data, size));
    lathe::fuzz::readAs("datumaro", folder / "train.json");
    return 0;
}
