#include "core/image/indexed.h"
#include "tests/fuzz/fuzz_support.h"

// The input is instances.json beside one small mask.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::filesystem::path& folder = lathe::fuzz::scratch();
    static const bool made = [&] {
        std::filesystem::create_directories(folder / "instances");
        const cv::Mat ids = (cv::Mat_<std::uint16_t>(2, 2) << 0, 1, 2, 300);
        lathe::fuzz::write(folder / "instances/a.png", lathe::image::encodePng(ids).value());
        return true;
    }();
    (void)made;
    lathe::fuzz::write(folder / "instances.json", lathe::fuzz::textOf(data, size));
    lathe::fuzz::readAs("instance_masks", folder);
    return 0;
}
