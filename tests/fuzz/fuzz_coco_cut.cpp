#include "core/formats/coco_cut.h"
#include "tests/fuzz/fuzz_support.h"

namespace {

using namespace lathe;

/// The elements and the outline, read so many bytes at a time.
std::string cutBy(std::size_t block, const std::filesystem::path& file) {
    formats::BoundedQueue<formats::CocoPiece> pieces(std::size_t(1) << 20);
    const auto outline = formats::cutCoco(file, pieces, {}, {}, block);
    std::string all;
    formats::CocoPiece piece;
    while (pieces.pop(piece))
        for (std::size_t k = 0; k < piece.elements.size(); ++k)
            all += std::to_string(int(piece.part)) + ' ' + std::to_string(piece.first + std::int64_t(k)) + ' ' +
                   piece.text.substr(piece.elements[k].at, piece.elements[k].size) + '\n';
    return outline ? all + outline->text + (outline->whole ? "whole" : "torn") : all;
}

}  // namespace

/// Wherever the blocks of a file end, the same elements are cut.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const auto file = fuzz::scratch() / "a.json";
    fuzz::write(file, fuzz::textOf(data, size));
    const std::string whole = cutBy(size + 1, file);
    for (const std::size_t block : {1, 7, 64}) fuzz::promise(cutBy(block, file) == whole, "the same elements");
    return 0;
}
