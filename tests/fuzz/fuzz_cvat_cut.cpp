#include "core/formats/cvat_cut.h"
#include "tests/fuzz/fuzz_support.h"

namespace {

using namespace lathe;

/// The elements, where they stand, and how it ended, read so many bytes at a time.
std::string cutBy(std::size_t block, const std::filesystem::path& file) {
    std::string all;
    const auto read = formats::cvat_xml::eachElement(
        file,
        [&](const formats::cvat_xml::Element& element) {
            fuzz::promise(formats::cvat_xml::textAt(file, element.offset, std::int64_t(element.text.size())) == element.text,
                          "an element is found again where it stood");
            all += std::string(element.name) + ' ' + std::to_string(element.offset) + ' ' + std::string(element.text) + '\n';
        },
        {}, {}, block);
    return read ? all + "whole" : all + read.error().message;
}

}  // namespace

/// Wherever the blocks of a file end, the same elements are cut.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const auto file = fuzz::scratch() / "a.xml";
    fuzz::write(file, fuzz::textOf(data, size));
    const std::string whole = cutBy(size + 1, file);
    for (const std::size_t block : {1, 7, 64}) fuzz::promise(cutBy(block, file) == whole, "the same elements");
    return 0;
}
