#include "core/formats/image_table.h"

namespace lathe::formats {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSeveral = std::size_t(-1);

void addOnlyOne(std::unordered_map<std::string, std::size_t>& places, const std::string& key, std::size_t place) {
    const auto [at, added] = places.emplace(key, place);
    if (!added) at->second = kSeveral;
}

}  // namespace

ImageTable::ImageTable(const fs::path& folder) : m_folder(folder) {
    for (auto& file : imagesBelow(folder)) {
        const std::string name = nameBelow(file, folder), leaf = file.filename().string();
        m_byName.emplace(name, m_files.size());
        m_byStem.emplace(withoutSuffix(name), m_files.size());
        addOnlyOne(m_byLeaf, leaf, m_files.size());
        addOnlyOne(m_byLeafStem, withoutSuffix(leaf), m_files.size());
        m_files.push_back(std::move(file));
    }
    m_used.resize(m_files.size());
}

const fs::path* ImageTable::use(const Places& places, const std::string& key) {
    const auto found = places.find(key);
    if (found == places.end() || found->second == kSeveral) return nullptr;
    m_used[found->second] = true;
    return &m_files[found->second];
}

fs::path ImageTable::take(const std::string& labelStem, const std::string& filename) {
    const std::string leaf = safeRelative(filename).filename().generic_string();
    const std::string beside = (fs::path(labelStem).parent_path() / leaf).generic_string();
    for (const auto& [places, key] : {std::pair{&m_byName, beside}, std::pair{&m_byStem, labelStem}, std::pair{&m_byName, leaf},
                                      std::pair{&m_byStem, withoutSuffix(leaf)}, std::pair{&m_byLeaf, leaf}})
        if (const auto* file = use(*places, key)) return *file;
    return m_folder / (filename.empty() ? labelStem + ".jpg" : beside);
}

fs::path ImageTable::takeNamed(const std::string& filename) {
    const fs::path wanted = safeRelative(filename);
    for (fs::path end = wanted; !end.empty();) {
        if (const auto* file = use(m_byName, end.generic_string())) return *file;
        fs::path shorter;
        for (auto part = std::next(end.begin()); part != end.end(); ++part) shorter /= *part;
        end = shorter;
    }
    const std::string leaf = wanted.filename().generic_string();
    for (const auto& [places, key] : {std::pair{&m_byStem, withoutSuffix(wanted.generic_string())}, std::pair{&m_byLeaf, leaf},
                                      std::pair{&m_byLeafStem, withoutSuffix(leaf)}, std::pair{&m_byLeafStem, leaf}})
        if (const auto* file = use(*places, key)) return *file;
    return m_folder / wanted;
}

}  // namespace lathe::formats
