// Image files below a folder by the names that tables and lists have for them. Private to core/formats.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "core/formats/image_table.h"

namespace lathe::formats {

class NamedImages {
public:
    explicit NamedImages(const std::filesystem::path& folder) : m_table(folder) {}

    /// The file of that name; one in images/ first. Where it should be when there is none.
    [[nodiscard]] std::filesystem::path find(const std::string& name);
    /// Its name in Lathe: below the folder, without a leading images/.
    [[nodiscard]] std::string nameOf(const std::filesystem::path& file) const;
    /// "train", "val" or "test" when a folder of the name says so.
    [[nodiscard]] static std::string splitOf(const std::string& name);
    /// Width and height of the upright picture; nothing when there is no readable file.
    [[nodiscard]] static std::optional<std::pair<int, int>> sizeOf(const std::filesystem::path& file);
    template <class Visit>
    void eachUnused(Visit visit) const {
        m_table.eachUnused(visit);
    }

private:
    ImageTable m_table;
};

}  // namespace lathe::formats
