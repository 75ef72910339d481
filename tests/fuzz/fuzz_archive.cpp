#include "core/formats/archive.h"
#include "tests/fuzz/fuzz_support.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace lathe;
    namespace fs = std::filesystem;
    static const fs::path folder = fuzz::scratch() / "in", archive = fuzz::scratch() / "a";
    fs::remove_all(folder);
    fs::create_directories(folder);
    fuzz::write(archive, fuzz::textOf(data, size));
    (void)formats::isArchive(archive);
    (void)formats::unpack(archive, folder, [](const Problem&) {}, {}, {});
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        fuzz::promise(entry.is_directory() || entry.symlink_status().type() == fs::file_type::regular, "files and folders alone");
    for (const auto& entry : fs::directory_iterator(fuzz::scratch()))
        fuzz::promise(entry.path() == folder || entry.path() == archive, "nothing lands outside of the folder");
    return 0;
}
