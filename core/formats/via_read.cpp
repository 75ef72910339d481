#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <unordered_set>

#include "core/formats/embedded.h"
#include "core/formats/image_table.h"
#include "core/formats/json_items.h"
#include "core/formats/via.h"
#include "core/formats/via_survey.h"
#include "core/image/decode.h"

namespace lathe::formats::via {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUnnamed = "unnamed";  // as ClassList calls an empty name

bool isFile(const fs::path& source) {
    std::error_code error;
    return fs::is_regular_file(source, error);
}

std::string splitOfFile(const fs::path& file) {
    const std::string stem = file.stem().string();
    return splitNamed(stem.substr(stem.find_last_of("_-") + 1));
}

class Reader {
public:
    Reader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_single(isFile(source)),
          m_labels(m_single ? source.parent_path() : source),
          m_imageFolder(options.images.value_or(m_labels)),
          m_files(labelFiles(source)),
          m_options(options),
          m_sink(sink) {
        if (!m_single) table();
    }

    Result<> run(const std::stop_token& stop, const Progress& progress) {
        if (m_files.empty()) return fail(ErrorCode::NotFound, "holds no JSON or CSV of the VGG Image Annotator", m_labels.string());
        LATHE_CHECK(survey(stop));
        deliverClasses();
        for (const auto& file : m_files) LATHE_CHECK(readOne(file, stop, progress));
        if (m_table)
            m_table->eachUnused([this](const fs::path& path) {
                ImageRecord record;
                record.path = path;
                if (!m_taken.contains(path.lexically_normal().native())) deliver(std::move(record), {});
            });
        return {};
    }

private:
    Result<> survey(const std::stop_token& stop) {
        for (const auto& file : m_files) {
            auto& names = m_mentions[file.native()];
            const auto rest = eachImage(file,
                                        [&](Entry&& entry) {
                                            if (!entry.image) return;
                                            ++names[textOf(*entry.image, "filename")];
                                            m_survey.addImage(*entry.image);
                                        },
                                        stop, {});
            if (!rest && rest.error().code == ErrorCode::Cancelled) return fail(rest.error());
            if (!rest || !rest->is_object()) continue;
            m_survey.addProject(*rest);
            if (m_files.size() == 1) m_extra["project"] = *rest;
        }
        return {};
    }

    void deliverClasses() {
        m_attribute = m_survey.classAttribute();
        for (const auto& name : m_survey.namesOf(m_attribute)) m_classes.idOf(name);
        for (const auto& name : m_survey.imageNames()) m_classes.idOf(name);
        const std::int64_t without = m_survey.regions() - m_survey.regionsWith(m_attribute);
        if (without > 0) m_classes.idOf(kUnnamed);
        m_known = std::int64_t(m_classes.records().size());
        m_sink.classes(m_classes.records());
        if (!m_attribute.empty()) m_extra["class_attribute"] = m_attribute;
        if (!m_extra.is_null()) m_sink.setExtra(m_extra);
        const std::string name = m_single ? m_files[0].filename().string() : m_labels.filename().string();
        if (m_survey.isGuess())
            m_sink.problem({name, "class_attribute",
                            fmt::format("the class is taken from the attribute \"{}\" (regions have {}); the others are attributes",
                                        m_attribute, fmt::join(m_survey.attributes(), ", "))});
        if (without > 0)
            m_sink.problem(
                {name, "no_class", fmt::format("{} regions have no class; they are in the class \"{}\"", without, kUnnamed)});
    }

    Result<> readOne(const fs::path& file, const std::stop_token& stop, const Progress& progress) {
        const std::string name = nameBelow(file, m_labels);
        const auto& mentions = m_mentions[file.native()];
        std::map<std::string, std::pair<int, ImageRecord>> held;  // images that the file has more than once
        std::int64_t twice = 0;
        const auto one = [&](Entry&& entry) {
            const std::string item = fmt::format("{}, image {}", name, entry.number);
            if (!entry.image) return m_sink.problem(base::problemOf(item, entry.image.error()));
            const std::string filename = textOf(*entry.image, "filename");
            if (filename.empty()) return m_sink.problem({item, "missing_field", "has no \"filename\"; it is left out"});
            ImageRecord* record = nullptr;
            ImageRecord fresh;
            const auto count = mentions.find(filename);
            const bool several = count != mentions.end() && count->second > 1;
            if (several) record = &held.try_emplace(filename, 0, ImageRecord()).first->second.second;
            if (!record) record = &fresh;
            if (record->path.empty() && !begin(file, *entry.image, filename, *record)) {
                ++twice;
                record->path.clear();
                return;
            }
            addRegions(*entry.image, fmt::format("{}, {}", name, filename), *record);
            if (several && ++held[filename].first < count->second) return;
            deliver(std::move(*record), file);
            if (several) held.erase(filename);
        };
        const auto read = eachImage(file, one, stop, progress);
        for (auto& [filename, kept] : held)
            if (!kept.second.path.empty()) deliver(std::move(kept.second), file);
        if (twice > 0) m_sink.problem({name, "duplicate", fmt::format("describes {} images once more; they are left out", twice)});
        if (!read && read.error().code == ErrorCode::Cancelled) return fail(read.error());
        if (!read) m_sink.problem(base::problemOf(name, read.error()));
        return {};
    }

    // False when another file had the image already.
    bool begin(const fs::path& file, const Json& image, const std::string& filename, ImageRecord& record) {
        static const std::unordered_set<std::string> known{"filename", "size", "regions", "file_attributes", "base64_img_data"};
        record.path = find(file, filename);
        if (!m_taken.insert(record.path.lexically_normal().native()).second) return false;
        Json kept, fields;
        if (image.contains("size")) kept["size"] = image["size"];
        for (const auto& [key, value] : image.items())
            if (!known.contains(key)) fields[key] = value;
        takeContent(textOf(image, "base64_img_data"), record, fields);
        takeFileAttributes(image, record, kept);
        if (!fields.empty()) kept["fields"] = std::move(fields);
        if (!kept.is_null()) record.extra["via"] = std::move(kept);
        return true;
    }

    // VIA 1 may carry the image, or its address, along.
    static void takeContent(const std::string& data, ImageRecord& record, Json& fields) {
        std::error_code error;
        if (data.empty()) return;
        if (!data.starts_with("data:")) {
            fields["base64_img_data"] = data;
            return;
        }
        if (fs::exists(record.path, error)) return;
        auto bytes = bytesOfBase64(data);
        if (bytes && image::probeBytes(*bytes, record.path.string()))
            record.content = std::make_shared<const std::string>(std::move(*bytes));
    }

    void takeFileAttributes(const Json& image, ImageRecord& record, Json& kept) {
        Json attributes = memberOf(image, "file_attributes");
        if (!attributes.is_object() || attributes.empty()) return;
        if (const std::string name = fileClassOf(image); !name.empty()) {
            for (const auto& text : namesOf(attributes[name]))
                if (const ClassId id = m_classes.idOf(text); id.value <= m_known)
                    record.annotations.push_back({{}, id, annot::ImageLabel{}});
            kept["file_class"] = name;
            attributes.erase(name);
        }
        if (!attributes.empty()) kept["file_attributes"] = std::move(attributes);
    }

    void addRegions(const Json& image, const std::string& name, ImageRecord& record) {
        std::map<std::int64_t, std::size_t> objects;
        std::int64_t number = 0;
        for (const Json* json : regionsOf(image)) {
            const std::string item = fmt::format("{}, object {}", name, ++number);
            auto region = readRegion(*json, m_attribute);
            if (!region) {
                m_sink.problem({item, region.error().code, region.error().message});
                continue;
            }
            const auto names = namesOf(memberOf(memberOf(*json, "region_attributes"), m_attribute));
            annot::Annotation& a = region->annotation;
            a.classId = m_classes.idOf(names.empty() ? kUnnamed : names[0]);
            if (a.classId.value > m_known) {
                m_sink.problem({item, "unknown_class", "has a class beyond the first 100,000; it is left out"});
                continue;
            }
            if (auto* polygon = std::get_if<annot::Polygon>(&a.shape); polygon && region->object > 0) {
                const auto [at, first] = objects.try_emplace(region->object, record.annotations.size());
                auto* whole = first ? nullptr : std::get_if<annot::Polygon>(&record.annotations[at->second].shape);
                if (whole) {
                    whole->rings.insert(whole->rings.end(), polygon->rings.begin(), polygon->rings.end());
                    continue;
                }
            }
            record.annotations.push_back(std::move(a));
        }
    }

    // Beside the label file, in "images" there, else wherever the set has one of that name.
    fs::path find(const fs::path& file, const std::string& filename) {
        const fs::path beside = fs::path(nameBelow(file, m_labels)).parent_path();
        const bool address = filename.find("://") != std::string::npos;
        const fs::path name = address ? safeRelative(filename).filename() : safeRelative(filename);
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

    void deliver(ImageRecord&& record, const fs::path& file) {
        for (std::size_t k = 0; k < record.annotations.size(); ++k) record.annotations[k].id = AnnotationId(std::int64_t(k) + 1);
        record.name = nameBelow(record.path, m_imageFolder);
        record.split = m_options.split;
        if (record.split.empty() && record.name.find('/') != std::string::npos)
            record.split = splitNamed(fs::path(record.name).begin()->string());
        if (record.split.empty() && !file.empty()) record.split = splitOfFile(file);
        m_sink.image(std::move(record));
    }

    bool m_single;
    fs::path m_labels, m_imageFolder;
    std::vector<fs::path> m_files;
    const ReadOptions& m_options;
    Sink& m_sink;
    std::optional<ImageTable> m_table;
    Survey m_survey;
    std::string m_attribute;
    ClassList m_classes;
    std::int64_t m_known = 0;
    Json m_extra;
    std::map<std::string, std::map<std::string, int>> m_mentions;
    std::unordered_set<std::string> m_taken;
};

}  // namespace

Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop, const Progress& progress) {
    std::error_code error;
    if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    return Reader(source, options, sink).run(stop, progress);
}

}  // namespace lathe::formats::via
