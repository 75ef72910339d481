// Reads each file twice: once for its categories, which may stand behind its items, once for the items.
#include <fmt/format.h>
#include <algorithm>
#include <fstream>
#include <numeric>
#include <unordered_set>

#include "core/base/files.h"
#include "core/base/json_depth.h"
#include "core/formats/datumaro.h"
#include "core/formats/datumaro_labels.h"
#include "core/formats/datumaro_shapes.h"
#include "core/formats/exact_shape.h"
#include "core/formats/image_table.h"
#include "core/formats/json_items.h"

namespace lathe::formats::datumaro_json {
namespace {

namespace fs = std::filesystem;
using annot::Annotations;

constexpr std::size_t kHead = 64 << 10;

// The image files, by what items call them.
class Pictures {
public:
    Pictures(const fs::path& folder, const std::vector<fs::path>& files) : m_table(folder) {
        for (const fs::path& file : files) m_subsets.insert(file.stem().string());
        m_table.eachUnused([&](const fs::path& file) {
            const std::string name = nameBelow(file, folder);
            m_names.emplace(name, file);
            m_stems.emplace(withoutSuffix(name), file);
            const auto [at, added] = m_leaves.emplace(file.filename().string(), file);
            if (!added) at->second.clear();  // several are called so
        });
    }

    /// images/SUBSET/NAME, images/NAME; when there is neither, the only file of that name.
    fs::path take(const std::string& subset, const std::string& name, const std::string& id) {
        const fs::path within = safeRelative(subset) / safeRelative(name.empty() ? id + ".jpg" : name);
        const fs::path* file = find(subset, name, id);
        if (!file) return m_table.folder() / within;
        (void)m_table.takeNamed(nameBelow(*file, m_table.folder()));
        return *file;
    }
    [[nodiscard]] const fs::path& folder() const { return m_table.folder(); }
    template <class Visit>
    void eachUnused(Visit visit) const {
        m_table.eachUnused(visit);
    }

private:
    using Places = std::unordered_map<std::string, fs::path>;
    static const fs::path* in(const Places& places, const fs::path& key) {
        const auto found = places.find(key.generic_string());
        return found == places.end() || found->second.empty() ? nullptr : &found->second;
    }

    const fs::path* find(const std::string& subset, const std::string& name, const std::string& id) const {
        const fs::path folder = safeRelative(subset), below = safeRelative(name);
        if (name.empty()) {
            const fs::path* file = in(m_stems, folder / safeRelative(id));
            return file ? file : in(m_stems, safeRelative(id));
        }
        if (const fs::path* file = in(m_names, folder / below)) return file;
        if (const fs::path* file = in(m_names, below)) return file;
        const fs::path* file = in(m_leaves, below.filename());
        return file && !isOfAnother(*file, subset) ? file : nullptr;
    }

    [[nodiscard]] bool isOfAnother(const fs::path& file, const std::string& subset) const {
        const std::string top = fs::path(nameBelow(file, m_table.folder())).begin()->string();
        return top != subset && m_subsets.contains(top);
    }

    ImageTable m_table;
    Places m_names, m_stems, m_leaves;
    std::unordered_set<std::string> m_subsets;
};

// The top object without its items, of a file that ends too early.
Json headOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string head(4 << 20, '\0');
    in.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(in.gcount()));
    const auto items = head.find("\"items\"", head.find("\"categories\""));
    if (items == std::string::npos) return {};
    int tries = 0;
    for (std::size_t at = items; at != std::string::npos && ++tries < 100; at = head.find("\"items\"", at + 1)) {
        std::string text = head.substr(0, at);
        text.resize(text.find_last_not_of(" \t\r\n,") + 1);
        Json json = base::parseOrDiscard(text + "}");
        if (json.is_object()) return json;
    }
    return {};
}

struct SourceFile {
    fs::path path;
    std::string name, subset;
    Json head;
    Used used;
};

class Reader {
public:
    Reader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_layout(layoutOf(source)), m_options(options), m_sink(sink), m_pictures(imageFolder(), m_layout.files) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        if (m_layout.files.empty()) return fail(ErrorCode::NotFound, "holds no Datumaro JSON", m_layout.root.string());
        LATHE_CHECK(gather(stop, progress.part(0, 0.4)));
        bool none = false;
        for (SourceFile& file : m_files) {
            (void)m_labels.addFile(memberOf(file.head, "categories"), file.used);
            none = none || file.used.none;
        }
        if (none) m_labels.addNone();
        m_sink.classes(m_labels.records());
        m_sink.setExtra(setExtra());
        for (std::size_t k = 0; k < m_files.size(); ++k) {
            const auto read = eachJsonItem(
                m_files[k].path, "items", [&](JsonItem&& item) { readItem(k, item); }, stop,
                progress.part(0.4 + 0.6 * double(k) / double(m_files.size()), 0.4 + 0.6 * double(k + 1) / double(m_files.size())));
            if (!read && read.error().code == ErrorCode::Cancelled) return fail(read.error());
        }
        m_pictures.eachUnused([&](const fs::path& path) {
            ImageRecord record;
            deliver(std::move(record), path, {});
        });
        return {};
    }

private:
    [[nodiscard]] fs::path imageFolder() const {
        if (m_options.images) return *m_options.images;
        std::error_code error;
        return fs::is_directory(m_layout.root / "images", error) ? m_layout.root / "images" : m_layout.root;
    }

    Result<> gather(std::stop_token stop, const Progress& progress) {
        std::optional<Error> wrong;
        for (const fs::path& path : m_layout.files) {
            SourceFile file{path, nameBelow(path, m_layout.root), path.stem().string(), {}, {}};
            std::int64_t items = 0;
            auto rest = eachJsonItem(
                path, "items", [&](JsonItem&& item) { ++items, gatherItem(file, item); }, stop, progress);
            if (rest) {
                file.head = std::move(*rest);
            } else {
                if (rest.error().code == ErrorCode::Cancelled) return fail(rest.error());
                m_sink.problem({file.name, items > 0 ? "truncated" : "invalid_data", rest.error().message});
                if (!wrong) wrong = rest.error();
                if (items == 0) continue;
                file.head = headOf(path);
            }
            m_files.push_back(std::move(file));
        }
        if (m_files.empty()) return fail(*wrong);
        return {};
    }

    void gatherItem(SourceFile& file, const JsonItem& item) {
        if (!item.value || !item.value->is_object()) return;
        if (const auto path = pathOf(*item.value, file)) ++m_uses[path->native()];
        for (const Json& annotation : memberOf(*item.value, "annotations")) {
            const Json& label = memberOf(annotation, "label_id");
            if (label.is_number_integer())
                file.used.labels.insert(label.get<std::int64_t>());
            else if (label.is_null() && textOf(annotation, "type") != "caption")
                file.used.none = true;
        }
    }

    // Nothing for clouds of points and videos.
    std::optional<fs::path> pathOf(const Json& item, const SourceFile& file) {
        for (const char* other : {"point_cloud", "video", "video_frame"})
            if (item.contains(other) && !item.contains("image")) return {};
        const std::string id = textOf(item, "id");
        std::string name = textOf(memberOf(item, "image"), "path");
        if (name.empty()) name = textOf(memberOf(item, "media"), "path");
        if (name.empty() && id.empty()) return {};
        return m_pictures.take(file.subset, name, id);
    }

    // What the first file says besides items and labels.
    [[nodiscard]] Json setExtra() const {
        Json extra = m_files.front().head;
        if (!extra.is_object()) return {};
        extra.erase("items");
        if (!memberOf(extra, "categories").is_object()) return extra;
        Json& categories = extra["categories"];
        for (const auto& [name, list] : {std::pair{"label", "labels"}, std::pair{"points", "items"}, std::pair{"mask", "colormap"}})
            if (categories.contains(name) && categories[name].is_object()) categories[name].erase(list);
        if (categories.contains("mask") && categories["mask"].empty()) categories.erase("mask");
        return extra;
    }

    void readItem(std::size_t fileIndex, JsonItem& item) {
        const SourceFile& file = m_files[fileIndex];
        const std::string number = fmt::format("{}, item {}", file.name, item.index + 1);
        if (!item.value) return m_sink.problem({number, "invalid_data", item.value.error().message + "; it is left out"});
        if (!item.value->is_object()) return m_sink.problem({number, "invalid_data", "isn't an object; it is left out"});
        const auto path = pathOf(*item.value, file);
        if (!path) {
            const bool named = !textOf(*item.value, "id").empty();
            return m_sink.problem({number, named ? "unsupported" : "missing_field",
                                   named ? "isn't an image but a cloud of points or a video; it is left out"
                                         : "has neither an id nor an image path; it is left out"});
        }
        // Items of one picture are one record: it waits for the last of them.
        ImageRecord& record = m_waiting[path->native()];
        addItem(*item.value, fileIndex, record);
        if (--m_uses[path->native()] > 0) return;
        deliver(std::move(record), *path, file.subset);
        m_waiting.erase(path->native());
    }

    void addItem(const Json& item, std::size_t fileIndex, ImageRecord& record) {
        const Json& size = memberOf(memberOf(item, "image"), "size");
        if (size.is_array() && size.size() == 2 && record.width == 0) {
            const double h = numberOf(size[0]).value_or(0), w = numberOf(size[1]).value_or(0);
            if (h >= 1 && w >= 1 && h <= 1 << 20 && w <= 1 << 20) record.width = int(w), record.height = int(h);
        }
        for (const auto& [name, value] : item.items())
            if (name != "annotations" && name != "image") record.extra["datumaro"][name] = value;
        std::vector<std::int64_t> z;
        Annotations all;
        std::int64_t number = 0, last = INT64_MIN;
        for (const Json& annotation : memberOf(item, "annotations")) {
            ++number;
            if (textOf(annotation, "type") == "caption") {
                record.extra["datumaro"]["captions"].push_back(annotation);
                continue;
            }
            auto read = readOne(annotation, fileIndex);
            if (!read) {
                if (read.error().code == "unsupported") record.extra["datumaro"]["left_out"].push_back(annotation);
                read.error().item = fmt::format("{}, item {}, annotation {}", m_files[fileIndex].name, textOf(item, "id"), number);
                m_sink.problem(std::move(read.error()));
                continue;
            }
            if (exact::joined(all, *read, memberOf(annotation, "lathe"))) continue;
            if (!std::holds_alternative<annot::ImageLabel>(read->shape)) last = zOrderOf(annotation);
            all.push_back(std::move(*read));
            z.push_back(last);
        }
        addSorted(record.annotations, std::move(all), z);
    }

    [[nodiscard]] ReadShape readOne(const Json& annotation, std::size_t fileIndex) const {
        auto read = readShape(annotation);
        if (!read) return read;
        const Json& label = memberOf(annotation, "label_id");
        read->classId = m_labels.classOf(fileIndex, label);
        if (!read->classId.valid()) return bad("unknown_class", fmt::format("there is no label {}; it is left out", label.dump()));
        return read;
    }

    // By z_order; the file's ids where they tell annotations apart.
    static void addSorted(Annotations& to, Annotations&& all, const std::vector<std::int64_t>& z) {
        std::vector<std::size_t> order(all.size());
        std::iota(order.begin(), order.end(), std::size_t(0));
        std::ranges::stable_sort(order, {}, [&](std::size_t k) { return z[k]; });
        for (const std::size_t k : order) to.push_back(std::move(all[k]));
        std::unordered_set<std::int64_t> seen;
        if (std::ranges::all_of(to, [&](const auto& a) { return a.id.value > 0 && seen.insert(a.id.value).second; })) return;
        for (std::size_t k = 0; k < to.size(); ++k) {
            if (to[k].id.valid() && !memberOf(memberOf(to[k].extra, "datumaro"), "id").is_number())
                to[k].extra["datumaro"]["id"] = to[k].id.value;
            to[k].id = AnnotationId(std::int64_t(k) + 1);
        }
    }

    void deliver(ImageRecord&& record, const fs::path& path, std::string subset) {
        record.name = nameBelow(path, m_pictures.folder());
        record.path = path;
        if (subset.empty() && record.name.find('/') != std::string::npos) subset = fs::path(record.name).begin()->string();
        record.split = splitNamed(subset);
        if (!subset.empty() && subset != "default" && subset != record.split && !record.extra.is_null())
            record.extra["datumaro"]["subset"] = subset;
        if (!m_options.split.empty()) record.split = m_options.split;
        m_sink.image(std::move(record));
    }

    Layout m_layout;
    const ReadOptions& m_options;
    Sink& m_sink;
    Pictures m_pictures;
    std::vector<SourceFile> m_files;
    Labels m_labels;
    std::unordered_map<std::string, std::int64_t> m_uses;  // items that are still to come, by path
    std::unordered_map<std::string, ImageRecord> m_waiting;
};

}  // namespace

double likeness(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string head(kHead, '\0');
    in.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(in.gcount()));
    const auto first = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (first == std::string::npos || head[first] != '{') return 0;
    if (head.find("\"dm_format_version\"") != std::string::npos) return 0.97;
    const auto categories = head.find("\"categories\"");
    if (categories == std::string::npos) return 0;
    const auto open = head.find_first_not_of(" \t\r\n:", categories + 12);
    if (open == std::string::npos || head[open] != '{') return 0;  // a list: COCO
    const bool labels = head.find("\"label\"", open) != std::string::npos && head.find("\"labels\"", open) != std::string::npos;
    return labels || head.find("\"items\"", open) != std::string::npos ? 0.97 : 0;
}

Layout layoutOf(const fs::path& source) {
    std::error_code error;
    const auto folderOf = [](const fs::path& path) { return path.empty() ? fs::path(".") : path; };
    if (!fs::is_directory(source, error)) {
        const fs::path folder = folderOf(source.parent_path());
        const bool standard = folder.filename() == "annotations";
        return {standard ? folderOf(folder.parent_path()) : folder, {source}};
    }
    // A folder of a data set, of a project, or the annotations themselves.
    for (const fs::path& root : {source, source / "dataset"}) {
        auto files = filesBelow(root / "annotations", ".json", false);
        std::erase_if(files, [](const fs::path& file) { return likeness(file) == 0; });
        if (!files.empty()) return {root, std::move(files)};
    }
    auto files = filesBelow(source, ".json", false);
    std::erase_if(files, [](const fs::path& file) { return likeness(file) == 0; });
    const bool isAnnotations = source.filename() == "annotations";
    return {isAnnotations ? folderOf(source.parent_path()) : source, std::move(files)};
}

Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop, const Progress& progress) {
    return Reader(source, options, sink).run(std::move(stop), progress);
}

}  // namespace lathe::formats::datumaro_json
