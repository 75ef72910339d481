// Large XML files element by element, in bounded memory. Private to core/formats.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/progress.h"
#include "core/base/result.h"

namespace lathe::formats::cvat_xml {

inline constexpr std::size_t kBlock = 1 << 20;

/// One element right below the file's root, whole, as it stands in the file.
struct Element {
    std::string_view name, text;
    std::int64_t offset = 0;  ///< of `text` in the file
};

/// Calls `visit` for the elements below the root <annotations>. A root of another name, an element above 256 MB, a file that can't
/// be read and one that ends too early (after all whole elements were visited) are errors. Reads `block` bytes at a time.
[[nodiscard]] Result<> eachElement(const std::filesystem::path& file, const std::function<void(const Element&)>& visit,
                                   std::stop_token stop, const Progress& progress, std::size_t block = kBlock);
/// `size` bytes of a file from `offset`: an element met before.
[[nodiscard]] Result<std::string> textAt(const std::filesystem::path& file, std::int64_t offset, std::int64_t size);

}  // namespace lathe::formats::cvat_xml
