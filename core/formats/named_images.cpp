#include "core/formats/named_images.h"

#include "core/image/decode.h"

namespace lathe::formats {

namespace {
constexpr const char* kImagesFolder = "images";
}

std::filesystem::path NamedImages::find(const std::string& name) {
    const std::string inside = std::string(kImagesFolder) + "/" + safeRelative(name).generic_string();
    std::error_code error;
    return m_table.takeNamed(std::filesystem::is_regular_file(m_table.folder() / inside, error) ? inside : name);
}

std::string NamedImages::nameOf(const std::filesystem::path& file) const {
    std::string name = nameBelow(file, m_table.folder());
    if (name.starts_with("images/")) name.erase(0, 7);
    return name;
}

std::string NamedImages::splitOf(const std::string& name) {
    for (const auto& part : std::filesystem::path(name).parent_path())
        if (std::string split = splitNamed(part.string()); !split.empty()) return split;
    return {};
}

std::optional<std::pair<int, int>> NamedImages::sizeOf(const std::filesystem::path& file) {
    const auto info = image::probe(file);
    if (!info || info->width <= 0 || info->height <= 0) return {};
    return std::pair{info->width, info->height};
}

}  // namespace lathe::formats
