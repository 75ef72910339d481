// Stands in for libFuzzer: runs every file below the given folders through the target, and the file cut short at a few places.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);

namespace {

void runFile(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    for (const std::size_t eighths : {8, 7, 5, 3, 1}) {
        const std::string part = bytes.substr(0, bytes.size() * eighths / 8);
        LLVMFuzzerTestOneInput(reinterpret_cast<const unsigned char*>(part.data()), part.size());
    }
}

}  // namespace

int main(int count, char** folders) {
    int files = 0;
    for (int k = 1; k < count; ++k)
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folders[k]))
            if (entry.is_regular_file()) {
                std::printf("%s\n", entry.path().c_str());
                std::fflush(stdout);
                runFile(entry.path());
                ++files;
            }
    std::printf("%d files\n", files);
    return files > 0 ? 0 : 1;
}
