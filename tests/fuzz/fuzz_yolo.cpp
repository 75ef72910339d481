// A data.yaml, a line "---", and the rows of an image; without that line rows alone.
#include "core/image/decode.h"
#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto& folder = lathe::fuzz::scratch();
    static const bool made = lathe::image::writeImage(folder / "a.png", cv::Mat(20, 40, CV_8UC3, cv::Scalar(1, 2, 3))).has_value();
    lathe::fuzz::promise(made, "a picture can be written");
    const std::string_view text = lathe::fuzz::textOf(data, size);
    const std::size_t cut = text.find("\n---\n");
    const bool named = cut != std::string_view::npos;
    lathe::fuzz::write(folder / "data.yaml", named ? text.substr(0, cut + 1) : "");
    lathe::fuzz::write(folder / "a.txt", named ? text.substr(cut + 5) : text);
    lathe::fuzz::readAs("yolo", folder);
    return 0;
}
