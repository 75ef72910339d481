#include "tests/fuzz/fuzz_support.h"

/// The first line is the head of the set, the rest a label.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view text = lathe::fuzz::textOf(data, size);
    const auto line = text.find('\n');
    const auto& folder = lathe::fuzz::scratch();
    std::filesystem::create_directories(folder / "labels");
    lathe::fuzz::write(folder / "dataset.json", text.substr(0, line));
    lathe::fuzz::write(folder / "labels/a.jpg.json", line == text.npos ? std::string_view() : text.substr(line + 1));
    lathe::fuzz::readAs("git", folder);
    return 0;
}
