#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    lathe::fuzz::write(lathe::fuzz::scratch() / "a.csv", lathe::fuzz::textOf(data, size));
    lathe::fuzz::readAs("csv", lathe::fuzz::scratch());
    return 0;
}
