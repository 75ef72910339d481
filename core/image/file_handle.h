// A C file that closes itself, for the codecs that read from one. Private to core/image.
#pragma once
#include <cstdio>
#include <memory>

namespace lathe::image {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

}  // namespace lathe::image
