// Images, splits and label files of a YOLO set: see yolo_layout.h.
#include "core/formats/yolo_layout.h"

#include <fmt/format.h>
#include <algorithm>
#include <fstream>

#include "core/base/files.h"

namespace lathe::formats::yolo {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestList = 1u << 30;
constexpr std::size_t kAmbiguous = std::size_t(-1);

/// A relative path with '/', without "." and ".."; "" for the folder itself.
std::string cleaned(const std::string& place) {
    const std::string safe = safeRelative(place).generic_string();
    return safe == "unnamed" && place.find("unnamed") == std::string::npos ? std::string() : safe;
}

/// "b/c" of "a/b/c"; "" of "c".
std::string shorter(const std::string& path) {
    const std::size_t slash = path.find('/');
    return slash == std::string::npos ? std::string() : path.substr(slash + 1);
}

/// The first folder of a path that names a split: "train" of "images/train/a.jpg" and of "obj_train_data/a.jpg".
std::string splitInPath(const std::string& name) {
    for (const auto& part : fs::path(name).parent_path()) {
        std::string word = part.string();
        if (word.starts_with("obj_") && word.ends_with("_data") && word.size() > 9) word = word.substr(4, word.size() - 9);
        if (auto split = splitNamed(word); !split.empty()) return split;
    }
    return {};
}

bool isCalled(const std::string& part, std::string_view name) {
    return std::ranges::equal(part, name, [](char a, char b) { return std::tolower(std::uint8_t(a)) == b; });
}

/// The stem with its last folder of pictures called labels; empty when it has none.
std::string inLabels(const std::string& stem) {
    std::vector<std::string> parts;
    for (const auto& part : fs::path(stem)) parts.push_back(part.string());
    for (std::size_t k = parts.size() - (parts.empty() ? 0 : 1); k-- > 0;) {
        if (!isCalled(parts[k], "images") && !isCalled(parts[k], "jpegimages")) continue;
        parts[k] = "labels";
        fs::path out;
        for (const auto& part : parts) out /= part;
        return out.generic_string();
    }
    return {};
}

/// Where labels may be, the surest first.
std::vector<std::string> labelStems(const std::string& stem) {
    if (auto rule = inLabels(stem); !rule.empty()) return {rule, stem};
    std::vector<std::string> stems{stem, "labels/" + stem};
    if (const auto rest = shorter(stem); !rest.empty()) stems.push_back("labels/" + rest);
    const fs::path path(stem);
    stems.push_back((path.parent_path() / "labels" / path.filename()).generic_string());
    return stems;
}

class Planner {
public:
    Planner(const fs::path& folder, DataFile data, const ReadOptions& options)
        : m_data(std::move(data)),
          m_folder(folder),
          m_options(options),
          m_images(options.images.value_or(folder)),
          m_labels(folder) {
        m_images.eachUnused([&](const fs::path& file) { m_names.push_back(nameBelow(file, m_images.folder())); });
        std::ranges::sort(m_names);
        if (!m_data.file.empty()) m_labels.leaveOut(m_data.file);
    }

    Set plan() {
        const bool same = trainIsVal();
        for (const auto& entry : m_data.splits)
            for (const auto& place : entry.places) assign(place, same && entry.split != "test" ? "" : entry.split);
        if (m_doubles > 0)
            problem("duplicate", fmt::format("{} images are in more than one split (first {}): they stay in the first", m_doubles,
                                             m_firstDouble));
        addUnlisted();
        for (auto& place : m_places) {
            place.label = m_labels.take(place.name, false);
            if (place.label.empty() && !place.listedAs.empty()) place.label = m_labels.takeListed(place.listedAs);
            if (place.label.empty() && m_options.images) place.label = m_labels.take(place.name, true);
            if (place.split.empty() && m_options.images && !same) place.split = splitInPath(nameBelow(place.label, m_folder));
            if (!m_options.split.empty()) place.split = m_options.split;
        }
        return {m_folder, std::move(m_data), std::move(m_places), m_labels.unused()};
    }

private:
    void problem(const char* code, std::string message) { m_data.problems.push_back({m_data.item, code, std::move(message)}); }

    /// Small sets train and validate on the same images: that is no split.
    [[nodiscard]] bool trainIsVal() const {
        const std::vector<std::string>*train = nullptr, *val = nullptr;
        for (const auto& entry : m_data.splits) {
            if (entry.split == "train") train = &entry.places;
            if (entry.split == "val") val = &entry.places;
        }
        return train && val && *train == *val;
    }

    void assign(const std::string& place, const std::string& split) {
        const std::string whole = cleaned(m_data.root + "/" + place), alone = cleaned(place);
        if (alone.empty()) return assignFolder("", split);
        if (found(whole, split) || found(alone, split)) return;
        for (std::string end = shorter(whole); !end.empty() && (m_options.images || end.find('/') != std::string::npos);
             end = shorter(end))
            if (found(end, split)) return;
        const fs::path leaf = fs::path(whole).filename();
        if (leaf.extension() == ".txt" && foundList(leaf.generic_string(), split)) return;
        if (m_options.images) return;  // images from elsewhere have folders of their own; the label files' ones tell the split
        problem("missing_folder", fmt::format("{} names {}, which isn't below {}: there are no images from it",
                                              split.empty() ? "train" : split, place, m_images.folder().string()));
    }

    bool found(const std::string& place, const std::string& split) {
        if (place.empty()) return false;
        const auto first = std::ranges::lower_bound(m_names, place + "/");
        if (first != m_names.end() && first->starts_with(place + "/")) {
            assignFolder(place + "/", split);
            return true;
        }
        if (std::ranges::binary_search(m_names, place)) {
            add(place, split);
            return true;
        }
        return foundList(place, split);
    }

    bool foundList(const std::string& place, const std::string& split) {
        std::error_code error;
        const fs::path list = m_folder / place;
        if (!fs::is_regular_file(list, error)) return false;
        readList(list, split);
        return true;
    }

    void assignFolder(const std::string& prefix, const std::string& split) {
        for (auto at = std::ranges::lower_bound(m_names, prefix); at != m_names.end() && at->starts_with(prefix); ++at)
            add(*at, split);
    }

    void readList(const fs::path& file, const std::string& split) {
        m_labels.leaveOut(file);
        const std::string item = nameBelow(file, m_folder);
        const auto text = base::readFile(file, kLargestList);
        if (!text) return m_data.problems.push_back(base::problemOf(item, text.error()));
        eachLine(*text, [&](std::int64_t number, std::string_view line) {
            if (!addListed(std::string(line), split))
                m_data.problems.push_back({fmt::format("{}, line {}", item, number), "missing_image",
                                           fmt::format("\"{}\" names no image", line.substr(0, 200))});
        });
    }

    bool addListed(const std::string& line, const std::string& split) {
        if (line.find_first_of("/\\") == std::string::npos)  // the same name may be in each split
            for (const std::string& word : {split, split == "val" ? std::string("valid") : split})
                for (const std::string& name : {fmt::format("images/{}/{}", word, line), fmt::format("{}/images/{}", word, line)})
                    if (std::ranges::binary_search(m_names, name)) return add(name, split, line), true;
        const std::string wanted = cleaned(line), name = nameBelow(m_images.takeNamed(line), m_images.folder());
        const std::string there = splitInPath(name), said = splitInPath(wanted);
        const bool another = !there.empty() && !said.empty() && there != said;  // found by its file name alone
        if (!another && std::ranges::binary_search(m_names, name)) return add(name, split, wanted), true;
        if (!hasImageSuffix(fs::path(wanted))) return false;
        add(wanted, split, wanted);
        return true;
    }

    void add(const std::string& name, const std::string& split, const std::string& listedAs = {}) {
        if (const auto [at, added] = m_index.try_emplace(name, m_places.size()); !added) {
            if (m_places[at->second].split != split && m_doubles++ == 0) m_firstDouble = name;
            return;
        }
        m_places.push_back({m_images.folder() / name, name, split, listedAs});
    }

    // A split that the data file fills is full: what else lies in a folder of its name isn't in it.
    void addUnlisted() {
        std::unordered_set<std::string> stated;
        for (const auto& entry : m_data.splits) stated.insert(entry.split);
        for (const auto& name : m_names) {
            const std::string split = splitInPath(name);
            if (!m_index.contains(name)) add(name, stated.contains(split) ? "" : split);
        }
    }

    DataFile m_data;
    fs::path m_folder;
    const ReadOptions& m_options;
    ImageTable m_images;
    LabelFiles m_labels;
    std::vector<std::string> m_names;  ///< of all image files, sorted
    std::vector<Place> m_places;
    std::unordered_map<std::string, std::size_t> m_index;
    std::int64_t m_doubles = 0;
    std::string m_firstDouble;
};

bool isLabelFile(const fs::path& file) {
    const std::string leaf = file.filename().string();
    return leaf != "classes.txt" && leaf != "predefined_classes.txt";
}

}  // namespace

LabelFiles::LabelFiles(const fs::path& folder) : m_folder(folder) {
    for (auto& file : filesBelow(folder, ".txt")) {
        if (!isLabelFile(file)) continue;
        const std::string stem = withoutSuffix(nameBelow(file, folder));
        m_byStem.emplace(stem, m_files.size());
        if (const auto [at, added] = m_byLeaf.try_emplace(file.stem().string(), m_files.size()); !added) at->second = kAmbiguous;
        m_files.push_back(std::move(file));
    }
    m_used.resize(m_files.size());
}

void LabelFiles::leaveOut(const fs::path& file) {
    const auto at = m_byStem.find(withoutSuffix(nameBelow(file, m_folder)));
    if (at == m_byStem.end() || m_files[at->second].extension() != file.extension()) return;
    m_used[at->second] = true;
    m_byLeaf.erase(file.stem().string());
    m_byStem.erase(at);
}

fs::path LabelFiles::use(const std::string& stem) {
    const auto at = m_byStem.find(stem);
    if (at == m_byStem.end()) return {};
    m_used[at->second] = true;
    return m_files[at->second];
}

fs::path LabelFiles::take(const std::string& imageName, bool anywhere) {
    const std::string stem = withoutSuffix(imageName);
    for (const auto& candidate : labelStems(stem))
        if (auto file = use(candidate); !file.empty()) return file;
    if (!anywhere) return {};
    const auto at = m_byLeaf.find(fs::path(stem).filename().string());
    if (at == m_byLeaf.end() || at->second == kAmbiguous || m_used[at->second]) return {};
    m_used[at->second] = true;
    return m_files[at->second];
}

fs::path LabelFiles::takeListed(const std::string& imageName) {
    const std::string stem = withoutSuffix(imageName);
    for (std::string end = stem; !end.empty(); end = shorter(end)) {
        if (end.find('/') == std::string::npos && end != stem) break;
        if (const auto rule = inLabels(end); !rule.empty())
            if (auto file = use(rule); !file.empty()) return file;
        if (auto file = use(end); !file.empty()) return file;
    }
    return {};
}

std::vector<fs::path> LabelFiles::unused() const {
    std::vector<fs::path> files;
    for (std::size_t k = 0; k < m_files.size(); ++k)
        if (!m_used[k]) files.push_back(m_files[k]);
    return files;
}

Set setOf(const fs::path& folder, DataFile data, const ReadOptions& options) {
    return Planner(folder, std::move(data), options).plan();
}

Look lookAtLabels(const fs::path& folder) {
    Look look;
    int entries = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
         !error && at != end; at.increment(error)) {
        if (++entries > 20'000 || look.like + look.unlike == 10) break;
        std::error_code ignored;
        if (at->path().filename().string().starts_with('.')) at.disable_recursion_pending();
        if (at->path().extension() != ".txt" || !isLabelFile(at->path()) || !at->is_regular_file(ignored)) continue;
        std::ifstream in(at->path(), std::ios::binary);
        std::string head(1 << 16, '\0');
        in.read(head.data(), std::streamsize(head.size()));
        head.resize(std::size_t(in.gcount()));
        bool like = true, any = false;
        eachLine(head, [&](std::int64_t number, std::string_view line) {
            if (number > 3 || std::size_t(line.data() + line.size() - head.data()) == (1u << 16)) return;
            const auto row = parseRow(line);
            any = true;
            like = like && row && row->classIndex < 10'000 &&
                   std::ranges::all_of(row->values, [](double v) { return (v >= -0.5 && v <= 1.5) || v == 2; });
        });
        if (any) ++(like ? look.like : look.unlike);
    }
    return look;
}

}  // namespace lathe::formats::yolo
