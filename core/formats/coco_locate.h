// Where the image files of a COCO file lie, and which split it is. Private to core/formats.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lathe::formats {

class CocoLocator {
public:
    /// `source` is what the user named, `json` one of its files.
    CocoLocator(const std::filesystem::path& source, const std::filesystem::path& json,
                const std::optional<std::filesystem::path>& images);
    /// The file of a file_name; where it should be when it is nowhere.
    [[nodiscard]] std::filesystem::path find(const std::string& fileName);
    /// Its name in Lathe: below the source, without a leading images/.
    [[nodiscard]] std::string nameOf(const std::filesystem::path& file) const;
    [[nodiscard]] const std::string& split() const { return m_split; }

private:
    std::filesystem::path m_top;
    std::vector<std::filesystem::path> m_folders;
    std::size_t m_last = 0;
    std::string m_split;
};

}  // namespace lathe::formats
