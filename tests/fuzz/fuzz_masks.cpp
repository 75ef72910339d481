#include "core/image/indexed.h"
#include "tests/fuzz/fuzz_support.h"

namespace {

namespace fs = std::filesystem;
using lathe::fuzz::write;

const fs::path& folder() {
    static const bool made = [] {
        fs::create_directories(lathe::fuzz::scratch() / "masks");
        const cv::Mat mask = (cv::Mat_<std::uint8_t>(2, 2) << 0, 1, 2, 255);
        write(lathe::fuzz::scratch() / "masks/z.png", lathe::image::encodePng(mask).value());
        return true;
    }();
    (void)made;
    return lathe::fuzz::scratch();
}

}  // namespace

// The input is a mask, or a file that names values: a labelmap.txt and a dataset_meta.json.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view text = lathe::fuzz::textOf(data, size);
    const bool named = !text.empty() && (std::isprint(std::uint8_t(text[0])) || text[0] == '\n');
    std::error_code ignored;
    fs::remove(folder() / "masks/a.png", ignored);
    fs::remove(folder() / "dataset_meta.json", ignored);
    write(folder() / "labelmap.txt", named ? text : "background:0,0,0::\na:1,2,3::\nb:128,0,0:x:y\n");
    if (!named) write(folder() / "masks/a.png", text);
    lathe::fuzz::readAs("masks", folder());
    if (!named || text[0] != '{') return 0;
    write(folder() / "labelmap.txt", "\n");
    write(folder() / "dataset_meta.json", text);
    lathe::fuzz::readAs("masks", folder());
    return 0;
}
