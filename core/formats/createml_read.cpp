#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_set>

#include "core/formats/createml.h"
#include "core/formats/image_table.h"
#include "core/formats/json_items.h"
#include "core/image/decode.h"

namespace lathe::formats::createml {
namespace {

namespace fs = std::filesystem;

constexpr double kFurthest = 1e9;  // pixels

bool isFile(const fs::path& source) {
    std::error_code error;
    return fs::is_regular_file(source, error);
}

// One annotation of an entry, or a class of the whole image.
struct Found {
    std::string label;
    const Json* coordinates = nullptr;
    const Json* annotation = nullptr;
};

void addLabels(const Json& label, std::vector<Found>& found) {
    if (label.is_string() && !label.get_ref<const std::string&>().empty()) found.push_back({label.get<std::string>()});
    if (label.is_array())
        for (const Json& one : label)
            if (one.is_string()) found.push_back({one.get<std::string>()});
}

std::vector<Found> foundIn(const Json& entry) {
    std::vector<Found> found;
    addLabels(memberOf(entry, "label"), found);
    const std::string key = annotationsKey(entry);
    if (key.empty()) return found;
    const auto add = [&](const Json& annotation) {
        if (annotation.is_string()) return found.push_back({annotation.get<std::string>()});
        const Json& box = memberOf(annotation, "coordinates");
        found.push_back({textOf(annotation, "label"), box.is_null() ? nullptr : &box, &annotation});
    };
    const Json& list = entry[key];
    if (list.is_array())
        for (const Json& annotation : list) add(annotation);
    else
        add(list);
    return found;
}

struct Numbers {
    double x = 0, y = 0, w = 0, h = 0;
    [[nodiscard]] double largest() const { return std::max({std::abs(x), std::abs(y), std::abs(w), std::abs(h)}); }
};

std::optional<Numbers> numbersOf(const Json& box) {
    const auto x = numberAt(box, "x"), y = numberAt(box, "y"), w = numberAt(box, "width"), h = numberAt(box, "height");
    if (!x || !y || !w || !h) return {};
    return Numbers{*x, *y, *w, *h};
}

/// What a first look at a file says.
struct FileFacts {
    std::map<std::string, int> mentions;  ///< of an image
    std::int64_t boxes = 0;
    double largest = 0;
    /// Create ML can be told that boxes are parts of the image; the file doesn't say so, but no box is under a pixel.
    [[nodiscard]] bool isNormalised() const { return boxes > 0 && largest <= 1; }
};

class Reader {
public:
    Reader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_single(isFile(source)),
          m_labels(m_single ? source.parent_path() : source),
          m_imageFolder(options.images.value_or(m_labels)),
          m_options(options),
          m_sink(sink) {
        m_files = m_single ? std::vector{source} : filesBelow(source, ".json");
        if (!m_single) std::erase_if(m_files, [](const fs::path& file) { return likenessOf(file) == Likeness::No; });
        if (!m_single) table();
    }

    Result<> run(const std::stop_token& stop, const Progress& progress) {
        if (m_files.empty()) return fail(ErrorCode::NotFound, "holds no JSON lists of Create ML", m_labels.string());
        for (const auto& file : m_files) LATHE_CHECK(look(file, stop));
        m_known = std::int64_t(m_classes.records().size());
        m_sink.classes(m_classes.records());
        if (!m_spelling.is_null()) m_sink.setExtra(m_spelling);
        for (const auto& file : m_files) LATHE_CHECK(readOne(file, stop, progress));
        if (m_table)
            m_table->eachUnused([this](const fs::path& path) {
                ImageRecord record;
                record.path = path;
                if (!m_taken.contains(path.lexically_normal().native())) deliver(std::move(record));
            });
        return {};
    }

private:
    Result<> look(const fs::path& file, const std::stop_token& stop) {
        FileFacts& facts = m_facts[file.native()];
        const auto one = [&](JsonItem&& item) {
            if (!item.value) return;
            const std::string key = imageKey(*item.value);
            ++facts.mentions[textOf(*item.value, key)];
            if (m_spelling.is_null() && !key.empty()) {
                const std::string list = annotationsKey(*item.value);
                m_spelling = {{"image", key}, {"annotations", list.empty() ? "annotations" : list}};
            }
            for (const Found& found : foundIn(*item.value)) {
                if (!found.label.empty()) m_classes.idOf(found.label);
                const auto numbers = found.coordinates ? numbersOf(*found.coordinates) : std::nullopt;
                if (!numbers) continue;
                ++facts.boxes;
                facts.largest = std::max(facts.largest, numbers->largest());
            }
        };
        const auto read = eachJsonItem(file, "", one, stop, {});
        if (read || !facts.mentions.empty()) return {};
        if (m_single || read.error().code == ErrorCode::Cancelled) return fail(read.error());
        return {};
    }

    Result<> readOne(const fs::path& file, const std::stop_token& stop, const Progress& progress) {
        const std::string name = nameBelow(file, m_labels);
        const FileFacts& facts = m_facts[file.native()];
        if (facts.isNormalised())
            m_sink.problem(
                {name, "normalised", "its boxes are all between 0 and 1, so they are taken as parts of the image, not as pixels"});
        std::map<std::string, std::pair<int, ImageRecord>> held;  // images that the file has more than once
        std::int64_t twice = 0;
        const auto one = [&](JsonItem&& item) {
            const std::string place = fmt::format("{}, image {}", name, item.index + 1);
            if (!item.value) return m_sink.problem(base::problemOf(place, item.value.error()));
            const std::string image = textOf(*item.value, imageKey(*item.value));
            if (image.empty())
                return m_sink.problem({place, "missing_field", "names no image (\"image\" or \"imagefilename\"); it is left out"});
            const auto count = facts.mentions.find(image);
            const bool several = count != facts.mentions.end() && count->second > 1;
            ImageRecord fresh;
            ImageRecord& record = several ? held.try_emplace(image, 0, ImageRecord()).first->second.second : fresh;
            if (record.path.empty() && !begin(file, *item.value, image, record)) {
                ++twice;
                record.path.clear();
                return;
            }
            addAnnotations(*item.value, fmt::format("{}, {}", name, image), facts.isNormalised(), record);
            if (several && ++held[image].first < count->second) return;
            deliver(std::move(record));
            if (several) held.erase(image);
        };
        const auto read = eachJsonItem(file, "", one, stop, progress);
        for (auto& [image, kept] : held)
            if (!kept.second.path.empty()) deliver(std::move(kept.second));
        if (twice > 0) m_sink.problem({name, "duplicate", fmt::format("describes {} images once more; they are left out", twice)});
        if (!read && read.error().code == ErrorCode::Cancelled) return fail(read.error());
        if (!read) m_sink.problem(base::problemOf(name, read.error()));
        return {};
    }

    // False when another file had the image already.
    bool begin(const fs::path& file, const Json& entry, const std::string& image, ImageRecord& record) {
        record.path = find(file, image);
        if (!m_taken.insert(record.path.lexically_normal().native()).second) return false;
        Json kept, fields;
        if (memberOf(entry, "label").is_string()) kept["form"] = "label";
        for (const auto& [key, value] : entry.items())
            if (key != imageKey(entry) && key != annotationsKey(entry) && key != "label" && !value.is_null()) fields[key] = value;
        if (!fields.empty()) kept["fields"] = std::move(fields);
        if (!kept.is_null()) record.extra["createml"] = std::move(kept);
        return true;
    }

    void addAnnotations(const Json& entry, const std::string& name, bool normalised, ImageRecord& record) {
        std::optional<Numbers> size;
        if (normalised) size = sizeOf(record, name);
        std::int64_t number = 0;
        for (const Found& found : foundIn(entry)) {
            const std::string item = fmt::format("{}, object {}", name, ++number);
            if (found.label.empty()) {
                m_sink.problem({item, "missing_field", "has no \"label\"; it is left out"});
                continue;
            }
            annot::Annotation a;
            a.classId = m_classes.idOf(found.label);
            if (a.classId.value > m_known) {
                m_sink.problem({item, "unknown_class", "has a label that wasn't there a moment ago; it is left out"});
                continue;
            }
            if (normalised && found.coordinates && !size) continue;  // named for the whole image
            if (found.coordinates && !takeBox(*found.coordinates, item, size, a)) continue;
            if (found.annotation) takeRest(*found.annotation, a);
            record.annotations.push_back(std::move(a));
        }
    }

    std::optional<Numbers> sizeOf(ImageRecord& record, const std::string& name) {
        if (const auto info = image::probe(record.path)) return Numbers{0, 0, double(info->width), double(info->height)};
        m_sink.problem(
            {name, "no_image_size", "has boxes as parts of the image, and the image isn't there; its boxes are left out"});
        return {};
    }

    bool takeBox(const Json& coordinates, const std::string& item, const std::optional<Numbers>& size, annot::Annotation& a) {
        auto box = numbersOf(coordinates);
        if (!box || box->largest() > kFurthest) {
            m_sink.problem({item, "bad_box", "has no x, y, width and height in numbers; it is left out"});
            return false;
        }
        if (size) box = Numbers{box->x * size->w, box->y * size->h, box->w * size->w, box->h * size->h};
        if (!(box->w > 0 && box->h > 0)) {
            m_sink.problem({item, "zero_area", "has no width or no height; it is left out"});
            return false;
        }
        a.shape = annot::Box{{box->x - box->w / 2, box->y - box->h / 2, box->w, box->h}};
        return true;
    }

    static void takeRest(const Json& annotation, annot::Annotation& a) {
        Json fields;
        for (const auto& [key, value] : annotation.items()) {
            if (key == "label" || key == "coordinates" || key == "lathe" || value.is_null()) continue;
            if (key == "confidence" && value.is_number())
                a.confidence = value.get<double>();
            else
                fields[key] = value;
        }
        const Json& lathe = memberOf(annotation, "lathe");
        applyMeta(a, lathe);
        if (const Json& attributes = memberOf(lathe, "attributes"); attributes.is_object()) a.attributes = attributes;
        if (!fields.empty()) a.extra["createml"]["fields"] = std::move(fields);
    }

    // Beside the label file, in "images" there, else wherever the set has one of that name.
    fs::path find(const fs::path& file, const std::string& image) {
        const fs::path beside = fs::path(nameBelow(file, m_labels)).parent_path(), name = safeRelative(image);
        std::error_code error;
        for (const fs::path& place : {beside / name, beside / "images" / name}) {
            if (!fs::is_regular_file(m_imageFolder / place, error)) continue;
            return m_table ? m_table->takeNamed(place.generic_string()) : m_imageFolder / place;
        }
        const fs::path found = table().takeNamed(name.generic_string());
        return fs::exists(found, error) ? found : m_imageFolder / beside / name;
    }
    ImageTable& table() {
        if (!m_table) m_table.emplace(m_imageFolder);
        return *m_table;
    }

    void deliver(ImageRecord&& record) {
        for (std::size_t k = 0; k < record.annotations.size(); ++k) record.annotations[k].id = AnnotationId(std::int64_t(k) + 1);
        record.name = nameBelow(record.path, m_imageFolder);
        record.split = m_options.split;
        if (record.split.empty() && record.name.find('/') != std::string::npos)
            record.split = splitNamed(fs::path(record.name).begin()->string());
        m_sink.image(std::move(record));
    }

    bool m_single;
    fs::path m_labels, m_imageFolder;
    std::vector<fs::path> m_files;
    const ReadOptions& m_options;
    Sink& m_sink;
    std::optional<ImageTable> m_table;
    std::map<std::string, FileFacts> m_facts;
    ClassList m_classes;
    std::int64_t m_known = 0;
    Json m_spelling;
    std::unordered_set<std::string> m_taken;
};

}  // namespace

Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop, const Progress& progress) {
    std::error_code error;
    if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    return Reader(source, options, sink).run(stop, progress);
}

}  // namespace lathe::formats::createml
