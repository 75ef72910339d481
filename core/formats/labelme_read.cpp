#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <unordered_set>

#include "core/annot/area_ops.h"
#include "core/formats/embedded.h"
#include "core/formats/image_table.h"
#include "core/formats/json_items.h"
#include "core/formats/labelme.h"
#include "core/image/decode.h"

namespace lathe::formats::labelme {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostParts = 1000;  // of one object

int pixelsAt(const Json& members, const char* key) {
    const auto value = numberAt(members, key);
    return value && *value >= 1 && *value < 1e9 ? int(*value) : 0;
}

std::vector<std::string> namesIn(const Json& members) {
    std::vector<std::string> names;
    if (const Json& flags = memberOf(members, "flags"); flags.is_object())
        for (const auto& [name, value] : flags.items())
            if (value == true) names.push_back(name);
    if (const Json& shapes = memberOf(members, "shapes"); shapes.is_array())
        for (const Json& shape : shapes)
            if (std::string label = textOf(shape, "label"); !label.empty()) names.push_back(std::move(label));
    return names;
}

Json imageExtra(const Json& members) {
    static const std::unordered_set<std::string> known{"version",   "flags",      "shapes",     "imagePath",
                                                       "imageData", "imageWidth", "imageHeight"};
    Json kept, fields;
    if (members.contains("version") && !members["version"].is_null()) kept["version"] = members["version"];
    if (const Json& flags = memberOf(members, "flags"); flags.is_object())
        if (!std::ranges::all_of(flags, [](const Json& value) { return value == true; })) kept["flags"] = flags;
    for (const auto& [key, value] : members.items())
        if (!known.contains(key) && !value.is_null()) fields[key] = value;
    if (!fields.empty()) kept["fields"] = std::move(fields);
    return kept.is_null() ? Json() : Json{{"labelme", std::move(kept)}};
}

// The image of a file: where labelme would look, then wherever the set has one of that name.
class ImageFinder {
public:
    ImageFinder(fs::path labels, fs::path images, bool whole) : m_labels(std::move(labels)), m_images(std::move(images)) {
        if (whole) table();
    }

    /// `sure`: no guess by the name alone.
    fs::path find(const fs::path& json, const std::string& imagePath, bool sure) {
        const std::string stem = withoutSuffix(nameBelow(json, m_labels));
        const fs::path beside = fs::path(stem).parent_path();
        std::string slashed(imagePath);
        std::ranges::replace(slashed, '\\', '/');
        for (const fs::path& place : {(beside / slashed).lexically_normal(), beside / safeRelative(imagePath).filename()})
            if (isImage(place)) return use(place);
        for (const char* suffix : {".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp", ".JPG", ".PNG"})
            if (isImage(stem + suffix)) return use(stem + suffix);
        if (sure) return m_images / (hasImageSuffix(slashed) ? beside / safeRelative(imagePath).filename() : fs::path(stem));
        return table().take(stem, imagePath);
    }
    template <class Visit>
    void eachUnused(Visit visit) const {
        if (m_table) m_table->eachUnused(visit);
    }
    [[nodiscard]] std::string nameOf(const fs::path& image) const { return nameBelow(image, m_images); }

private:
    [[nodiscard]] bool isImage(const fs::path& relative) const {
        std::error_code error;
        return relative.is_relative() && !relative.empty() && *relative.begin() != ".." && hasImageSuffix(relative) &&
               fs::is_regular_file(m_images / relative, error);
    }
    fs::path use(const fs::path& relative) {
        if (m_table) m_table->takeNamed(relative.generic_string());
        return m_images / relative;
    }
    ImageTable& table() {
        if (!m_table) m_table.emplace(m_images);
        return *m_table;
    }

    fs::path m_labels, m_images;
    std::optional<ImageTable> m_table;
};

class Reader {
public:
    Reader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_isFile(isFile(source)),
          m_labels(m_isFile ? source.parent_path() : source),
          m_files(m_isFile ? std::vector{source} : filesBelow(source, ".json")),
          m_options(options),
          m_sink(sink),
          m_images(m_labels, options.images.value_or(m_labels), !m_isFile) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        if (m_files.empty()) return fail(ErrorCode::NotFound, "holds no JSON files", m_labels.string());
        LATHE_CHECK(gatherClasses(stop));
        m_known = std::int64_t(m_classes.records().size());
        m_sink.classes(m_classes.records());
        std::int64_t done = 0;
        for (const auto& file : m_files) {
            if (stop.stop_requested()) return fail(cancelled());
            progress.report(++done, std::int64_t(m_files.size()), file.filename().string());
            readOne(file);
        }
        m_images.eachUnused([this](const fs::path& path) {
            if (m_taken.contains(path.lexically_normal().native())) return;
            ImageRecord record;
            record.path = path;
            deliver(std::move(record));
        });
        return {};
    }

private:
    static bool isFile(const fs::path& source) {
        std::error_code error;
        return fs::is_regular_file(source, error);
    }

    Result<> gatherClasses(const std::stop_token& stop) {
        std::size_t good = 0;
        std::optional<Error> first;
        for (const auto& file : m_files) {
            if (stop.stop_requested()) return fail(cancelled());
            const auto members = membersOf(file);
            if (!members && !first) first = members.error();
            if (!members || !isLabelMe(*members)) continue;
            ++good;
            for (const auto& name : namesIn(*members)) m_classes.idOf(name);
        }
        if (good > 0) return {};
        if (first) return fail(*first);
        return fail(ErrorCode::InvalidData, "holds no LabelMe JSON (an object with \"shapes\")", m_labels.string());
    }

    void readOne(const fs::path& file) {
        const std::string name = nameBelow(file, m_labels);
        const auto members = membersOf(file);
        if (!members) return m_sink.problem(base::problemOf(name, members.error()));
        if (!isLabelMe(*members))
            return m_sink.problem({name, "not_labelme", "isn't LabelMe JSON (it has no list \"shapes\"); it is passed over"});
        ImageRecord record;
        record.width = pixelsAt(*members, "imageWidth"), record.height = pixelsAt(*members, "imageHeight");
        if (record.width == 0 || record.height == 0) record.width = record.height = 0;
        record.extra = imageExtra(*members);
        findImage(file, name, *members, record);
        if (!m_taken.insert(record.path.lexically_normal().native()).second)
            return m_sink.problem(
                {name, "duplicate", fmt::format("describes {} once more; it is left out", record.path.filename().string())});
        addFlags(*members, record);
        addShapes(*members, name, record);
        for (std::size_t k = 0; k < record.annotations.size(); ++k) record.annotations[k].id = AnnotationId(std::int64_t(k) + 1);
        deliver(std::move(record));
    }

    void findImage(const fs::path& file, const std::string& name, const Json& members, ImageRecord& record) {
        const std::string data = textOf(members, "imageData");
        record.path = m_images.find(file, textOf(members, "imagePath"), !data.empty());
        std::error_code error;
        if (data.empty() || fs::exists(record.path, error)) return;
        auto bytes = bytesOfBase64(data);
        const auto info = bytes ? image::probeBytes(*bytes, name) : Result<image::ImageInfo>(fail(bytes.error()));
        if (!info) return m_sink.problem({name, "bad_image_data", "its imageData " + info.error().message + "; it is passed over"});
        record.content = std::make_shared<const std::string>(std::move(*bytes));
        if (!hasImageSuffix(record.path)) record.path += info->format == "jpeg" ? ".jpg" : "." + info->format;
    }

    void addFlags(const Json& members, ImageRecord& record) {
        const Json& flags = memberOf(members, "flags");
        if (!flags.is_object()) return;
        for (const auto& [name, value] : flags.items()) {
            if (value != true) continue;
            if (const ClassId id = m_classes.idOf(name); id.value <= m_known)
                record.annotations.push_back({{}, id, annot::ImageLabel{}});
        }
    }

    void addShapes(const Json& members, const std::string& name, ImageRecord& record) {
        const Json& shapes = memberOf(members, "shapes");
        if (!shapes.is_array()) return;
        std::map<std::pair<std::int64_t, std::int64_t>, std::size_t> objects;  // class, group_id: place of the first polygon
        for (std::size_t k = 0; k < shapes.size(); ++k) {
            const std::string item = fmt::format("{}, object {}", name, k + 1);
            auto part = readShape(shapes[k], [&] { return sizeOf(record); });
            if (!part) {
                m_sink.problem({item, part.error().code, part.error().message});
                continue;
            }
            part->annotation.classId = m_classes.idOf(part->label);
            if (part->annotation.classId.value > m_known) {
                m_sink.problem({item, "unknown_class", "has a label that wasn't there a moment ago; it is left out"});
                continue;
            }
            if (part->groupId && std::holds_alternative<annot::Polygon>(part->annotation.shape)) {
                const auto [at, first] =
                    objects.try_emplace({part->annotation.classId.value, *part->groupId}, record.annotations.size());
                if (!first && join(record.annotations[at->second], part->annotation, item)) continue;
            }
            record.annotations.push_back(std::move(part->annotation));
        }
    }

    // Polygons of one label and one group_id are one object. False when the second has to stay by itself.
    bool join(annot::Annotation& object, const annot::Annotation& part, const std::string& item) {
        auto& rings = std::get<annot::Polygon>(object.shape).rings;
        auto more = std::get<annot::Polygon>(part.shape).rings;
        if (rings.size() >= kMostParts) return false;
        annot::Polygon all{rings};
        all.rings.insert(all.rings.end(), more.begin(), more.end());
        if (overlap(all, rings.size())) {
            const annot::Shape both[] = {object.shape, part.shape};
            auto united = annot::united(both);
            if (!united || !std::holds_alternative<annot::Polygon>(*united)) return false;
            all = std::get<annot::Polygon>(std::move(*united));
            m_sink.problem({item.substr(0, item.rfind(", object")), "parts_united",
                            fmt::format("object{} overlaps another part of its object (one label, one group_id); they are one "
                                        "outline now",
                                        item.substr(item.rfind(' ')))});
        }
        keepRest(object, part, rings.size());
        rings = std::move(all.rings);
        return true;
    }

    // What a further part has besides its points, when it isn't the first one's.
    static void keepRest(annot::Annotation& object, const annot::Annotation& part, std::size_t place) {
        Json own = memberOf(object.extra, "labelme");
        Json parts = own.is_object() && own.contains("parts") ? own["parts"] : Json::array();
        if (own.is_object()) own.erase("parts");
        Json rest = memberOf(part.extra, "labelme");
        const bool same = (own.empty() ? Json() : own) == rest && object.attributes == part.attributes &&
                          object.flags == part.flags && object.confidence == part.confidence;
        if (same) return;
        Json kept{{"extra", std::move(rest)}, {"attributes", part.attributes}, {"flags", part.flags}};
        if (part.confidence) kept["score"] = *part.confidence;
        while (parts.size() + 1 < place) parts.push_back(nullptr);
        parts.push_back(std::move(kept));
        object.extra["labelme"]["parts"] = std::move(parts);
    }

    // labelme trusts the image more than what its file says.
    static std::optional<Size> sizeOf(const ImageRecord& record) {
        if (record.content)
            if (const auto info = image::probeBytes(*record.content, record.path.string())) return Size{info->width, info->height};
        if (const auto info = image::probe(record.path)) return Size{info->width, info->height};
        if (record.width > 0) return Size{record.width, record.height};
        return {};
    }

    void deliver(ImageRecord&& record) {
        record.name = m_images.nameOf(record.path);
        record.split = m_options.split;
        if (record.split.empty() && record.name.find('/') != std::string::npos)
            record.split = splitNamed(fs::path(record.name).begin()->string());
        m_sink.image(std::move(record));
    }

    bool m_isFile;
    fs::path m_labels;
    std::vector<fs::path> m_files;
    const ReadOptions& m_options;
    Sink& m_sink;
    ImageFinder m_images;
    ClassList m_classes;
    std::int64_t m_known = 0;
    std::unordered_set<std::string> m_taken;
};

}  // namespace

Result<Json> membersOf(const fs::path& file) {
    Json members = Json::object();
    std::optional<Error> broken;
    const auto rest = eachJsonItem(file, "",
                                   [&](JsonItem&& item) {
                                       if (!item.value && !broken) broken = item.value.error();
                                       if (item.value) members[item.key] = std::move(*item.value);
                                   },
                                   {}, {});
    if (!rest) return fail(rest.error());
    if (broken) return fail(broken->code, broken->message, file.string());
    return members;
}

bool isLabelMe(const Json& members) {
    if (!members.is_object()) return false;
    if (members.contains("shapes"))
        return members["shapes"].is_array() || (members["shapes"].is_null() && members.contains("imagePath"));
    return members.contains("imagePath") && memberOf(members, "flags").is_object();
}

Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop, const Progress& progress) {
    std::error_code error;
    if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    return Reader(source, options, sink).run(std::move(stop), progress);
}

}  // namespace lathe::formats::labelme
