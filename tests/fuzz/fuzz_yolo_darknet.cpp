// obj.data, obj.names, train.txt and the rows of an image, with lines "---" between.
#include "core/image/decode.h"
#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto& folder = lathe::fuzz::scratch();
    static const bool made = lathe::image::writeImage(folder / "a.png", cv::Mat(20, 40, CV_8UC3, cv::Scalar(1, 2, 3))).has_value();
    lathe::fuzz::promise(made, "a picture can be written");
    std::string_view text = lathe::fuzz::textOf(data, size);
    for (const char* name : {"obj.data", "obj.names", "train.txt", "a.txt"}) {
        const std::size_t cut = text.find("---\n");
        lathe::fuzz::write(folder / name, text.substr(0, cut));
        text.remove_prefix(cut == std::string_view::npos ? text.size() : cut + 4);
    }
    lathe::fuzz::readAs("yolo_darknet", folder);
    return 0;
}
