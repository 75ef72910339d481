#include "tests/fuzz/fuzz_support.h"

// The input is a file of pictures, or one of labels (by its fourth byte), plain or gzipped.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::filesystem::path& folder = lathe::fuzz::scratch();
    const std::string_view text = lathe::fuzz::textOf(data, size);
    const bool labels = size > 3 && text[3] == 1;
    constexpr std::string_view kPictures("\0\0\x08\x03\0\0\0\x02\0\0\0\x01\0\0\0\x02\x01\x02\x03\x04", 20);
    constexpr std::string_view kLabels("\0\0\x08\x01\0\0\0\x02\x07\x03", 10);
    lathe::fuzz::write(folder / "train-images-idx3-ubyte", labels ? kPictures : text);
    lathe::fuzz::write(folder / "train-labels-idx1-ubyte", labels ? text : kLabels);
    lathe::fuzz::readAs("idx", folder);
    return 0;
}
