#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    lathe::fuzz::write(lathe::fuzz::scratch() / "a.jsonl", lathe::fuzz::textOf(data, size));
    lathe::fuzz::readAs("jsonl", lathe::fuzz::scratch());
    return 0;
}
