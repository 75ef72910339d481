// Where the pictures and masks of a set lie: the layouts that people use, and which mask belongs to which image.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <fstream>
#include <unordered_map>

#include "core/formats/masks_partners.h"

namespace lathe::formats::masks {
namespace {

namespace fs = std::filesystem;

constexpr int kLookedAt = 400;  // entries of a folder, to tell its layout
constexpr std::array kImageFolders{"images", "Images", "image", "imgs", "img", "JPEGImages"};
constexpr std::array kMaskFolders{"masks",        "Masks",       "mask",         "labels",       "Labels",
                                  "label",        "annotations", "Annotations",  "annotation",   "gt",
                                  "ground_truth", "groundtruth", "segmentation", "segmentations"};
constexpr std::array kObjectFolders{"instances", "instance_masks", "instance_ids"};

bool isFolder(const fs::path& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

// The beginning of a folder's files, in no order.
std::vector<fs::path> someFiles(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    int looked = 0;
    for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
         !error && at != end && looked < kLookedAt; at.increment(error), ++looked) {
        std::error_code ignored;
        if (at->is_regular_file(ignored) && !at->path().filename().string().starts_with('.')) files.push_back(at->path());
    }
    return files;
}

bool hasMaskFiles(const fs::path& folder) {
    for (const auto& file : someFiles(folder)) {
        const std::string suffix = lowered(file.extension().string());
        if (suffix == ".png" || suffix == ".bmp" || suffix == ".tif" || suffix == ".tiff") return true;
    }
    return false;
}

template <class List>
fs::path firstFolder(const fs::path& folder, const List& names) {
    for (const char* name : names)
        if (isFolder(folder / name)) return folder / name;
    return {};
}

// Label files of another format: COCO and Pascal VOC, YOLO, MOTS.
bool isForeign(const fs::path& file, const Partners& images) {
    const std::string suffix = lowered(file.extension().string());
    if (suffix == ".txt") return file.filename() == "labels.txt" || images.of(file.filename().string());
    return suffix == ".json" || suffix == ".xml" || suffix == ".csv";
}

// Do some masks below `masks` have their image below `images`? Decided by few names.
bool areSiblings(const fs::path& images, const fs::path& masks) {
    Partners partners;
    for (const auto& file : someFiles(images))
        if (hasImageSuffix(file)) partners.add(file.filename().string(), 0);
    const auto files = someFiles(masks);
    if (std::ranges::any_of(files, [&](const fs::path& file) { return isForeign(file, partners); })) return false;
    for (const auto& file : files)
        if (hasImageSuffix(file) && partners.of(file.filename().string())) return true;
    int looked = 0;
    for (const auto& below : foldersIn(masks))
        if (++looked < 50 && isFolder(images / below.filename()) && areSiblings(images / below.filename(), below)) return true;
    return false;
}

struct ImagesAndMasks {
    fs::path images, masks;
    bool objects = false;
};

std::optional<ImagesAndMasks> pairIn(const fs::path& folder) {
    const fs::path images = firstFolder(folder, kImageFolders);
    std::error_code error;
    if (images.empty()) {  // labels alone, as Lathe writes them when it is asked for no images
        const bool alone = isFolder(folder / "masks") && fs::exists(folder / "labelmap.txt", error);
        return alone ? std::optional(ImagesAndMasks{folder / "images", folder / "masks", false}) : std::nullopt;
    }
    for (const char* name : kMaskFolders)
        if (isFolder(folder / name) && areSiblings(images, folder / name)) return ImagesAndMasks{images, folder / name, false};
    for (const char* name : kObjectFolders)
        if (isFolder(folder / name) && areSiblings(images, folder / name)) return ImagesAndMasks{images, folder / name, true};
    return {};
}

bool isPerObject(const fs::path& folder) {
    if (!isFolder(folder / "masks") || !splitNamed(folder.filename().string()).empty()) return false;
    const auto masks = someFiles(folder / "masks");
    const auto images = isFolder(folder / "images") ? someFiles(folder / "images") : std::vector<fs::path>();
    if (images.size() > 1 || !hasMaskFiles(folder / "masks")) return false;
    return images.empty() ? !hasMaskFiles(folder) : images.front().stem() == folder.filename() || masks.size() > 1;
}

// Folders ID/images, ID/masks in it?
bool holdsPerObject(const fs::path& folder) {
    const auto folders = foldersIn(folder);
    if (folders.empty()) return false;
    const auto wanted = std::min<std::size_t>(folders.size(), 3);
    return std::all_of(folders.begin(), folders.begin() + std::ptrdiff_t(wanted), isPerObject);
}

bool hasSuffixPairs(const fs::path& folder) {
    Partners partners;
    std::vector<std::string> masks;
    for (const auto& file : someFiles(folder)) {
        if (!hasImageSuffix(file)) continue;
        const std::string stem = file.stem().string(), lower = lowered(stem);
        const bool mask = lower.ends_with("_mask") || lower.ends_with("_masks") || lower.ends_with("_label") ||
                          lower.ends_with("_labels") || lower.ends_with("-mask");
        if (mask)
            masks.push_back(file.filename().string());
        else
            partners.add(file.filename().string(), 0);
    }
    return !masks.empty() && std::ranges::all_of(masks, [&](const std::string& mask) { return partners.of(mask).has_value(); });
}

std::vector<fs::path> splitFoldersIn(const fs::path& folder) {
    auto folders = foldersIn(folder);
    std::erase_if(folders, [](const fs::path& path) {
        std::string leaf = path.filename().string();
        if (leaf.starts_with("stage1_")) leaf.erase(0, 7);  // as the Data Science Bowl has them
        return splitNamed(leaf).empty();
    });
    return folders;
}

std::string splitOf(std::string leaf) {
    if (leaf.starts_with("stage1_")) leaf.erase(0, 7);
    return splitNamed(leaf);
}

std::vector<fs::path> segNetFolders(const fs::path& source) {
    auto folders = splitFoldersIn(source);
    std::erase_if(folders, [](const fs::path& folder) { return !isFolder(folder.string() + "annot"); });
    return folders;
}

Look lookAtFolder(const fs::path& source) {
    for (const char* name : {"SegmentationClass", "SegmentationClassPNG", "SegmentationObject"})
        if (isFolder(source / name) && hasMaskFiles(source / name)) return {Style::Voc, 0.92, source};
    for (const auto& folder : segNetFolders(source))
        if (hasMaskFiles(folder.string() + "annot")) return {Style::SegNet, 0.92, source};
    if (const auto pair = pairIn(source))
        return {pair->objects ? Style::Objects : Style::Folders, pair->objects ? 0.7 : 0.87, source};
    if (holdsPerObject(source)) return {Style::PerObject, 0.92, source};
    for (const auto& folder : splitFoldersIn(source)) {
        if (const auto pair = pairIn(folder))
            return {pair->objects ? Style::Objects : Style::Folders, pair->objects ? 0.7 : 0.87, source};
        if (holdsPerObject(folder)) return {Style::PerObject, 0.92, source};
        if (hasSuffixPairs(folder)) return {Style::Suffix, 0.8, source};
    }
    if (hasSuffixPairs(source)) return {Style::Suffix, 0.8, source};
    return {Style::None, 0, source};
}

// train.txt, val.txt, test.txt: a name or a path a line, or image and mask.
class SplitLists {
public:
    explicit SplitLists(const fs::path& folder) {
        for (const char* split : {"train", "val", "test"}) {
            std::ifstream in(folder / (std::string(split) + ".txt"));
            for (std::string line; std::getline(in, line) && m_splits.size() < kMost;) {
                line.erase(std::find_if(line.rbegin(), line.rend(), [](unsigned char c) { return !std::isspace(c); }).base(),
                           line.end());
                m_splits.emplace(line, split);
                const std::string first = line.substr(0, line.find_first_of(" \t"));
                m_splits.emplace(first, split);
                m_splits.emplace(fs::path(first).stem().string(), split);
            }
        }
    }
    [[nodiscard]] std::string of(const std::string& name) const {
        const std::string stem = withoutSuffix(name);
        for (const std::string& key : {name, stem, fs::path(stem).filename().string()})
            if (const auto found = m_splits.find(key); found != m_splits.end()) return found->second;
        return {};
    }

private:
    static constexpr std::size_t kMost = 10'000'000;
    std::unordered_map<std::string, std::string> m_splits;
};

class Builder {
public:
    Builder(const Look& look, const ReadOptions& options) : m_options(options), m_lists(listFolder(look)) {
        m_out.style = look.style, m_out.source = look.source;
        m_out.nameFolders.push_back(look.source);
    }

    Layout build() {
        switch (m_out.style) {
            case Style::Voc: voc(); break;
            case Style::SegNet: segNet(); break;
            case Style::Folders:
            case Style::Objects: folders(); break;
            case Style::Suffix: suffixes(); break;
            case Style::PerObject: perObject(); break;
            case Style::Given: join(*m_options.images, {}, m_out.source, &Picture::classes); break;
            case Style::None: break;
        }
        return std::move(m_out);
    }

private:
    static fs::path listFolder(const Look& look) {
        return look.style == Style::Voc ? look.source / "ImageSets" / "Segmentation" : look.source;
    }

    void voc() {
        const fs::path images = m_options.images ? *m_options.images : firstFolder(m_out.source, kImageFolders);
        fs::path classes;
        for (const char* name : {"SegmentationClass", "SegmentationClassPNG"})
            if (classes.empty() && hasMaskFiles(m_out.source / name)) classes = m_out.source / name;
        join(images.empty() ? m_out.source / "JPEGImages" : images, {}, classes, &Picture::classes);
        if (const fs::path objects = m_out.source / "SegmentationObject"; isFolder(objects))
            addMasks(imagesBelow(objects), objects, &Picture::objects);
    }

    void segNet() {
        for (const auto& folder : segNetFolders(m_out.source)) {
            const std::string leaf = folder.filename().string();
            const fs::path given = m_options.images ? *m_options.images / leaf : folder;
            join(isFolder(given) || !m_options.images ? given : *m_options.images, leaf, folder.string() + "annot",
                 &Picture::classes);
        }
    }

    void folders() {
        const auto place = m_out.style == Style::Objects ? &Picture::objects : &Picture::classes;
        if (const auto pair = pairIn(m_out.source)) return join(given(pair->images, {}), {}, pair->masks, place);
        for (const auto& folder : splitFoldersIn(m_out.source))
            if (const auto pair = pairIn(folder)) {
                m_out.nameFolders.push_back(folder);
                join(given(pair->images, folder.filename().string()), folder.filename().string(), pair->masks, place);
            }
    }

    void suffixes() {
        std::vector<std::pair<fs::path, std::string>> places;
        for (const auto& folder : splitFoldersIn(m_out.source))
            if (hasSuffixPairs(folder)) places.emplace_back(folder, folder.filename().string());
        if (hasSuffixPairs(m_out.source)) places = {{m_out.source, {}}};
        for (const auto& [folder, prefix] : places) {
            m_out.nameFolders.push_back(folder);
            auto files = imagesBelow(folder);
            std::vector<fs::path> images, masks;
            for (auto& file : files) (isMaskName(file) ? masks : images).push_back(std::move(file));
            start(images, folder, prefix);
            addMasks(masks, folder, &Picture::classes);
        }
    }

    void perObject() {
        std::vector<fs::path> tops{m_out.source};
        if (!holdsPerObject(m_out.source)) tops = splitFoldersIn(m_out.source);
        for (const auto& top : tops) {
            const std::string prefix = top == m_out.source ? std::string() : top.filename().string();
            for (const auto& folder : foldersIn(top)) onePerObject(folder, prefix);
        }
    }

    void onePerObject(const fs::path& folder, const std::string& prefix) {
        Picture picture;
        const std::string id = folder.filename().string();
        const auto images = imagesBelow(folder / "images");
        picture.image = images.empty() ? folder / "images" / (id + ".png") : images.front();
        if (m_options.images && images.empty()) picture.image = *m_options.images / (id + ".png");
        picture.name = (fs::path(prefix) / picture.image.filename()).generic_string();
        picture.split = splitOf(prefix);
        if (picture.split.empty()) picture.split = m_lists.of(id);
        picture.each = imagesBelow(folder / "masks");
        if (!images.empty() || !picture.each.empty()) m_out.pictures.push_back(std::move(picture));
    }

    static bool isMaskName(const fs::path& file) {
        const std::string stem = lowered(file.stem().string());
        return withoutMaskEnd(stem) != stem && !stem.ends_with("_l") && !stem.ends_with("_m");
    }

    [[nodiscard]] fs::path given(const fs::path& found, const std::string& split) const {
        if (!m_options.images) return found;
        return isFolder(*m_options.images / split) ? *m_options.images / split : *m_options.images;
    }

    // Images of one folder and masks of another. `prefix` goes before their names.
    void join(const fs::path& images, const std::string& prefix, const fs::path& masks, fs::path Picture::*place) {
        auto files = imagesBelow(images);
        const std::string inside = masks.lexically_relative(images).generic_string() + "/";
        std::erase_if(files, [&](const fs::path& file) { return nameBelow(file, images).starts_with(inside); });
        start(files, images, prefix);
        if (masks.empty()) return;
        m_out.nameFolders.push_back(masks);
        addMasks(imagesBelow(masks), masks, place);
    }

    void start(const std::vector<fs::path>& images, const fs::path& folder, const std::string& prefix) {
        m_partners = {}, m_folder = folder, m_prefix = prefix;
        for (const auto& file : images) (void)add(file, nameBelow(file, folder));
    }

    std::size_t add(const fs::path& file, const std::string& below) {
        Picture picture;
        picture.image = file;
        picture.name = (fs::path(m_prefix) / below).generic_string();
        const fs::path relative(picture.name);
        if (relative.has_parent_path()) picture.split = splitOf(relative.begin()->string());
        if (picture.split.empty()) picture.split = m_lists.of(below);
        m_partners.add(below, m_out.pictures.size());
        m_out.pictures.push_back(std::move(picture));
        return m_out.pictures.size() - 1;
    }

    void addMasks(const std::vector<fs::path>& masks, const fs::path& folder, fs::path Picture::*place) {
        for (const auto& mask : masks) {
            const std::string below = nameBelow(mask, folder);
            auto partner = m_partners.of(below);
            if (!partner) {  // the image is missing; its suffix can only be guessed
                const std::string name = withoutMaskBegin(withoutMaskEnd(withoutSuffix(below))) + ".jpg";
                partner = add(m_folder / name, name);
            }
            Picture& picture = m_out.pictures[*partner];
            if ((picture.*place).empty())
                picture.*place = mask;
            else
                m_out.problems.push_back({nameBelow(mask, m_out.source), "duplicate",
                                          fmt::format("is a second mask of {}; it is left out", picture.name)});
        }
    }

    const ReadOptions& m_options;
    SplitLists m_lists;
    Layout m_out;
    Partners m_partners;
    fs::path m_folder;
    std::string m_prefix;
};

}  // namespace

Look lookAt(const fs::path& source) {
    if (!isFolder(source)) return {};
    Look look = lookAtFolder(source);
    if (look.style != Style::None) return look;
    const auto folders = foldersIn(source);
    if (folders.size() != 1 || hasImagesBelow(source) == false) return look;
    return someFiles(source).empty() ? lookAtFolder(folders.front()) : look;
}

Layout layoutOf(const Look& look, const ReadOptions& options) {
    Look seen = look;
    if (seen.style == Style::None && options.images && isFolder(seen.source)) seen.style = Style::Given;
    return Builder(seen, options).build();
}

}  // namespace lathe::formats::masks
