#include "core/image/indexed.h"
#include "tests/fuzz/fuzz_support.h"

// The input is the JSON beside one small PNG with the segments 1, 2 and 65536.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::filesystem::path& folder = lathe::fuzz::scratch();
    static const bool made = [&] {
        cv::Mat ids(2, 2, CV_8UC3, cv::Scalar(0, 0, 0));
        ids.at<cv::Vec3b>(0, 1) = {0, 0, 1}, ids.at<cv::Vec3b>(1, 0) = {0, 0, 2}, ids.at<cv::Vec3b>(1, 1) = {1, 0, 0};
        lathe::fuzz::write(folder / "a.png", lathe::image::encodePng(ids).value());
        return true;
    }();
    (void)made;
    lathe::fuzz::write(folder / "p.json", lathe::fuzz::textOf(data, size));
    lathe::fuzz::readAs("panoptic", folder / "p.json");
    return 0;
}
