#include "tests/fuzz/fuzz_support.h"

// What begins with a brace is JSON, anything else a CSV export.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const bool json = size > 0 && data[0] == '{';
    const auto file = lathe::fuzz::scratch() / (json ? "a.json" : "a.csv");
    std::error_code ignored;
    std::filesystem::remove(lathe::fuzz::scratch() / (json ? "a.csv" : "a.json"), ignored);
    lathe::fuzz::write(file, lathe::fuzz::textOf(data, size));
    lathe::fuzz::readAs("via", lathe::fuzz::scratch());
    return 0;
}
