#include "core/formats/masks_partners.h"

#include <array>
#include <cctype>

namespace lathe::formats::masks {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSeveral = SIZE_MAX;  // images of one name in different folders

// What a mask's name has beyond its image's.
constexpr std::array kMaskEnds{"_mask", "_masks",      "_label",    "_labels",      "_gt",       "_seg", "_segmentation",
                               "-mask", "_annotation", "_instance", "_groundtruth", "_labelids", "_l",   "_m"};
constexpr std::array kMaskBegins{"gt_", "mask_", "label_", "labels_", "seg_", "annotation_"};
constexpr std::array kImageBegins{"image_", "img_", "im_", "images_"};

template <class List>
std::string withoutBegin(const std::string& stem, const List& begins) {
    const auto slash = stem.rfind('/');
    const std::string folder = slash == std::string::npos ? std::string() : stem.substr(0, slash + 1);
    const std::string leaf = stem.substr(folder.size());
    for (const std::string_view begin : begins)
        if (leaf.size() > begin.size() && lowered(leaf).starts_with(begin)) return folder + leaf.substr(begin.size());
    return stem;
}

}  // namespace

std::string lowered(std::string text) {
    for (char& c : text) c = char(std::tolower(std::uint8_t(c)));
    return text;
}

std::string withoutMaskEnd(const std::string& stem) {
    for (const std::string_view end : kMaskEnds)
        if (stem.size() > end.size() && lowered(stem).ends_with(end)) return stem.substr(0, stem.size() - end.size());
    return stem;
}

std::string withoutMaskBegin(const std::string& stem) {
    return withoutBegin(stem, kMaskBegins);
}

void Partners::add(const std::string& name, std::size_t place) {
    const std::string stem = withoutSuffix(name);
    m_byName.emplace(name, place), m_byStem.emplace(stem, place);
    m_byBare.emplace(withoutBegin(stem, kImageBegins), place);
    const std::string leaf = fs::path(stem).filename().string();
    if (const auto [at, added] = m_byLeaf.emplace(leaf, place); !added) at->second = kSeveral;
}

std::optional<std::size_t> Partners::of(const std::string& name) const {
    const std::string stem = withoutSuffix(name), shorter = withoutMaskEnd(stem), bare = withoutBegin(shorter, kMaskBegins);
    for (const auto& [places, key] :
         {std::pair{&m_byName, stem}, std::pair{&m_byStem, stem}, std::pair{&m_byStem, shorter}, std::pair{&m_byStem, bare},
          std::pair{&m_byBare, bare}, std::pair{&m_byLeaf, fs::path(stem).filename().string()},
          std::pair{&m_byLeaf, fs::path(shorter).filename().string()}})
        if (const auto found = places->find(key); found != places->end() && found->second != kSeveral) return found->second;
    return {};
}

}  // namespace lathe::formats::masks
