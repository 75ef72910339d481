// The image files of a source, found by what label files call them. Private to core/formats.
#pragma once
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/formats/source_files.h"

namespace lathe::formats {

/// All image files below a folder. Label files name theirs in every way: with folders or without, with backslashes, without a
/// suffix, or as another machine had them.
class ImageTable {
public:
    explicit ImageTable(const std::filesystem::path& folder);

    /// The image of a label file: `filename` beside it or anywhere below, else the image with the label file's own stem
    /// (`labelStem`: its path below the source without the suffix). Marks it as used. When there is none: where it should be.
    std::filesystem::path take(const std::string& labelStem, const std::string& filename);
    /// The image of a name in a list file: by the whole path below the folder, then by ever shorter ends of it, then by its stem.
    /// Marks it as used. When there is none: where it should be. A bare file name that lies in several folders is nobody's.
    std::filesystem::path takeNamed(const std::string& filename);
    /// Image files that no label file took, in order.
    template <class Visit>
    void eachUnused(Visit visit) const {
        for (std::size_t k = 0; k < m_files.size(); ++k)
            if (!m_used[k]) visit(m_files[k]);
    }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] std::size_t size() const { return m_files.size(); }

private:
    using Places = std::unordered_map<std::string, std::size_t>;
    [[nodiscard]] const std::filesystem::path* use(const Places& places, const std::string& key);

    std::filesystem::path m_folder;
    std::vector<std::filesystem::path> m_files;
    std::vector<bool> m_used;
    Places m_byName, m_byStem, m_byLeaf, m_byLeafStem;
};

}  // namespace lathe::formats
