#include "core/formats/coco_locate.h"

#include <algorithm>

#include "core/formats/source_files.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;

// "train2017" of instances_train2017.json.
std::string tailOf(const fs::path& json) {
    const std::string stem = json.stem().string();
    const auto at = stem.find_last_of('_');
    return at == std::string::npos ? stem : stem.substr(at + 1);
}

}  // namespace

CocoLocator::CocoLocator(const fs::path& source, const fs::path& json, const std::optional<fs::path>& images) {
    const fs::path beside = json.parent_path();
    const fs::path root = beside.filename() == "annotations" ? beside.parent_path() : beside;
    const std::string tail = tailOf(json);
    m_split = splitNamed(tail);
    if (m_split.empty()) m_split = splitNamed(beside.filename().string());
    std::error_code error;
    m_top = fs::is_directory(source, error) ? source : root;
    std::vector<fs::path> candidates;
    if (images) {
        m_top = *images;
        candidates = {*images / tail, *images};
    } else {
        candidates = {root / "images" / tail, root / tail, root / "images", root / "data", root, beside};
        if (!m_split.empty()) candidates.insert(candidates.begin() + 2, {root / "images" / m_split, root / m_split});
    }
    for (auto& folder : candidates)
        if (fs::is_directory(folder, error) && std::ranges::find(m_folders, folder) == m_folders.end())
            m_folders.push_back(std::move(folder));
    if (m_folders.empty()) m_folders.push_back(images ? *images : root);
}

fs::path CocoLocator::find(const std::string& fileName) {
    const fs::path relative = safeRelative(fileName);
    std::error_code error;
    if (fs::path file = m_folders[m_last] / relative; fs::exists(file, error)) return file;
    for (std::size_t k = 0; k < m_folders.size(); ++k)
        if (fs::path file = m_folders[k] / relative; k != m_last && fs::exists(file, error)) return m_last = k, file;
    if (relative.has_parent_path())  // a prefix of somebody else's machine
        for (const auto& folder : m_folders)
            if (fs::path file = folder / relative.filename(); fs::exists(file, error)) return file;
    return m_folders[m_last] / relative;
}

std::string CocoLocator::nameOf(const fs::path& file) const {
    std::string name = nameBelow(file, m_top);
    if (name.starts_with("images/")) name.erase(0, 7);
    return name;
}

}  // namespace lathe::formats
