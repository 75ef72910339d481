#include "core/formats/csv.h"
#include "tests/fuzz/fuzz_support.h"

namespace {

using namespace lathe;

/// The fields of each row with its line, read so many bytes at a time.
std::string rowsBy(std::size_t block, const std::filesystem::path& file, char separator) {
    formats::csvfile::Rows rows(file, separator, block);
    std::string all;
    for (formats::csvfile::Fields fields; rows.next(fields);) {
        fuzz::promise(!fields.empty(), "a row has a field");
        all += std::to_string(rows.line()) + (rows.tooLong() ? " too long" : "");
        for (const auto& field : fields) all += '|' + field;
        all += '\n';
    }
    return all;
}

}  // namespace

/// Wherever the blocks of a file end, the same rows are read.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const auto file = fuzz::scratch() / "a.csv";
    fuzz::write(file, fuzz::textOf(data, size));
    for (const char separator : {',', ';', '\t'}) {
        const std::string whole = rowsBy(size + 1, file, separator);
        for (const std::size_t block : {1, 7, 64}) fuzz::promise(rowsBy(block, file, separator) == whole, "the same rows");
    }
    return 0;
}
