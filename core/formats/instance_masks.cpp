// "instance_masks": images/SPLIT/NAME, instances/SPLIT/STEM.png (16-bit grey: 0 is nothing, each other value one object) and
// instances.json: {"format": "instance_masks", "classes": [{"name", "colour", "parent", "extra"}], "images": [{"file", "mask",
// "split", "width", "height", "extra", "instances": {"1": {"class", "attributes", "lathe", "extra"}}}]}. Objects lie in the file in
// drawing order; "lathe" holds flags, author, source, confidence and group. Reader and writer are of one piece: nothing else writes
// this.
#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <fstream>
#include <unordered_set>

#include "core/base/files.h"
#include "core/formats/image_table.h"
#include "core/formats/json_items.h"
#include "core/formats/mask_export.h"
#include "core/formats/registry.h"
#include "core/formats/title_words.h"
#include "core/image/decode.h"
#include "core/image/indexed.h"

namespace lathe::formats::instance_masks {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "instances.json";
constexpr std::int64_t kMostObjects = UINT16_MAX;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::int64_t idOf(const std::string& text) {
    std::int64_t id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && id > 0 && id <= kMostObjects ? id : 0;
}

class Reader {
public:
    Reader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_source(source), m_options(options), m_sink(sink), m_images(options.images ? *options.images : source / "images") {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        const fs::path file = m_source / kFile;
        auto rest = eachJsonItem(
            file, "images", [&](JsonItem&& item) { gather(item); }, stop, progress.part(0, 0.2));
        if (!rest && m_seen == 0) return fail(rest.error());
        if (!rest) m_sink.problem(base::problemOf(kFile, rest.error()));
        deliverClasses(rest ? *rest : Json());
        const auto second = eachJsonItem(
            file, "images", [&](JsonItem&& item) { readOne(item); }, stop, progress.part(0.2, 1));
        if (!second && second.error().code == ErrorCode::Cancelled) return fail(second.error());
        m_images.eachUnused([&](const fs::path& path) {
            ImageRecord record;
            record.name = nameBelow(path, m_images.folder()), record.path = path, record.split = splitOf({}, record.name);
            m_sink.image(std::move(record));
        });
        return {};
    }

private:
    // Classes that objects name and the list of classes doesn't.
    void gather(const JsonItem& item) {
        ++m_seen;
        if (!item.value) return;
        const Json& instances = memberOf(*item.value, "instances");
        if (!instances.is_object()) return;
        for (const auto& [key, object] : instances.items())
            if (const std::string name = textOf(object, "class"); !name.empty()) m_used.insert(name);
    }

    void deliverClasses(const Json& top) {
        const Json& list = memberOf(top, "classes");
        for (const Json& entry : list.is_array() ? list : Json::array()) {
            const std::string name = textOf(entry, "name");
            if (name.empty()) continue;
            ClassRecord& record = m_classes.record(m_classes.idOf(name));
            record.parent = textOf(entry, "parent");
            if (const auto colour = colourOf(textOf(entry, "colour"))) record.colour = colourText(*colour);
            record.extra = memberOf(entry, "extra");
        }
        for (const std::string& name : m_used) (void)m_classes.idOf(name);
        m_sink.classes(m_classes.records());
    }

    [[nodiscard]] std::string splitOf(const std::string& said, const std::string& name) const {
        if (!m_options.split.empty()) return m_options.split;
        if (std::string split = splitNamed(said); !split.empty()) return split;
        return fs::path(name).has_parent_path() ? splitNamed(fs::path(name).begin()->string()) : std::string();
    }

    void readOne(const JsonItem& item) {
        const std::string place = fmt::format("{}, image {}", kFile, item.index + 1);
        if (!item.value) return m_sink.problem(base::problemOf(place, item.value.error()));
        const std::string name = textOf(*item.value, "file");
        if (name.empty()) return m_sink.problem({place, "missing_field", "has no \"file\"; it is left out"});
        ImageRecord record;
        record.path = m_images.takeNamed(name);
        record.name = nameBelow(record.path, m_images.folder());
        record.split = splitOf(textOf(*item.value, "split"), record.name);
        record.extra = memberOf(*item.value, "extra");
        if (!m_taken.insert(record.path.native()).second)
            return m_sink.problem({place, "duplicate", fmt::format("describes {} once more; it is left out", name)});
        const Json& instances = memberOf(*item.value, "instances");
        if (instances.is_object() && !instances.empty()) readMask(*item.value, instances, record);
        m_sink.image(std::move(record));
    }

    void readMask(const Json& entry, const Json& instances, ImageRecord& record) {
        const std::string below = (fs::path("instances") / safeRelative(textOf(entry, "mask"))).generic_string();
        const auto picture = image::decodeIndexed(m_source / below);
        if (!picture) return m_sink.problem(base::problemOf(below, picture.error()));
        record.width = picture->values.cols, record.height = picture->values.rows;
        double width = numberAt(entry, "width").value_or(0), height = numberAt(entry, "height").value_or(0);
        if (const auto info = image::probe(record.path)) width = info->width, height = info->height;
        if (picture->isColour()) return m_sink.problem({below, "invalid_data", "has colours, not numbers; the mask is left out"});
        if ((width > 0 && width != record.width) || (height > 0 && height != record.height)) {
            m_sink.problem({below, "wrong_size",
                            fmt::format("is {} x {}, but {} is {} x {}; the mask is left out", record.width, record.height,
                                        record.name, width, height)});
            record.width = int(std::clamp(width, 0.0, 1e9)), record.height = int(std::clamp(height, 0.0, 1e9));
            return;
        }
        std::map<std::uint32_t, annot::Mask> masks;
        for (auto& [value, mask] : masksByValue(picture->values, [](std::uint32_t v) { return v; }))
            masks.emplace(value, std::move(mask));
        for (const auto& [key, object] : instances.items()) addObject(below, key, object, masks, record);
        for (const auto& [value, mask] : masks)
            m_sink.problem({fmt::format("{}, object {}", below, value), "unknown_object",
                            "is in the mask, but not in instances.json; it is left out"});
    }

    void addObject(const std::string& mask, const std::string& key, const Json& object, std::map<std::uint32_t, annot::Mask>& masks,
                   ImageRecord& record) {
        const std::string item = fmt::format("{}, object {}", mask, key);
        const std::int64_t id = idOf(key);
        const auto found = masks.find(std::uint32_t(id));
        if (id == 0 || found == masks.end()) return m_sink.problem({item, "zero_area", "has no pixel in the mask; it is left out"});
        annot::Annotation a;
        a.id = AnnotationId(id), a.shape = std::move(found->second);
        masks.erase(found);
        const std::string name = textOf(object, "class");
        if (name.empty()) return m_sink.problem({item, "missing_field", "has no \"class\"; it is left out"});
        if (!m_used.contains(name)) return;  // the file was changed meanwhile
        a.classId = m_classes.idOf(name);
        if (const Json& attributes = memberOf(object, "attributes"); attributes.is_object()) a.attributes = attributes;
        if (const Json& extra = memberOf(object, "extra"); extra.is_object()) a.extra = extra;
        applyMeta(a, memberOf(object, "lathe"));
        record.annotations.push_back(std::move(a));
    }

    const fs::path& m_source;
    const ReadOptions& m_options;
    Sink& m_sink;
    ImageTable m_images;
    ClassList m_classes;
    std::set<std::string> m_used;
    std::unordered_set<std::string> m_taken;
    std::int64_t m_seen = 0;
};

class Writer {
public:
    Writer(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder), m_source(source), m_placer(folder / "images", mode) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        m_json.open(m_folder / kFile, std::ios::binary);
        m_json << "{\"format\":\"instance_masks\",\"version\":1,\n\"classes\":" << dumped(classList()) << ",\n\"images\":[";
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            LATHE_CHECK(writeOne(image));
        }
        m_json << "]}\n";
        if (!m_json.flush()) return fail(base::errnoError(errno, "could not be written", m_folder / kFile));
        ++m_report.files;
        auto words = maskLossWords("mask images");
        words["object beyond 65535"] = "left out: a 16-bit mask numbers 65535 objects";
        m_losses.report(words, m_report.problems);
        return std::move(m_report);
    }

private:
    Json classList() const {
        Json list = Json::array();
        for (const auto& record : m_source.classes) {
            Json entry{{"name", record.name}};
            if (!record.colour.empty()) entry["colour"] = record.colour;
            if (!record.parent.empty()) entry["parent"] = record.parent;
            if (!record.extra.is_null()) entry["extra"] = record.extra;
            list.push_back(std::move(entry));
        }
        return list;
    }

    Result<> writeOne(const ImageRecord& image) {
        const std::string name = m_placer.place(image.path, nameInSplit(image), m_report), mask = m_names.of(name);
        ++m_report.images;
        Json entry{{"file", name}, {"mask", mask}};
        if (!image.split.empty()) entry["split"] = image.split;
        if (!image.extra.is_null()) entry["extra"] = image.extra;
        const auto size = maskSizeOf(image);
        if (size) {
            entry["width"] = size->width, entry["height"] = size->height;
            LATHE_CHECK(writeMask(image, *size, mask, entry["instances"]));
        } else {
            m_report.problems.push_back(base::problemOf(image.name, size.error()));
        }
        m_json << (m_report.images > 1 ? ",\n" : "\n") << dumped(entry);
        return {};
    }

    Result<> writeMask(const ImageRecord& image, cv::Size size, const std::string& mask, Json& instances) {
        instances = Json::object();
        MaskPainter painter(size.width, size.height);
        std::vector<std::pair<const annot::Annotation*, int>> drawn;
        std::unordered_set<std::int64_t> taken;
        for (const auto& a : image.annotations)
            if (a.id.value <= kMostObjects) taken.insert(a.id.value);
        int last = 0;
        std::unordered_set<std::int64_t> given;
        for (const auto& a : image.annotations) {
            if (!isWritable(a, image.name)) continue;
            std::int64_t id = a.id.value;
            if (id < 1 || id > kMostObjects || !given.insert(id).second) {
                while (last < kMostObjects && taken.contains(++last)) {}
                if (!taken.insert(id = last).second) {
                    m_losses.add("object beyond 65535", image.name);
                    continue;
                }
            }
            draw(a, int(id), image.name, painter, drawn);
        }
        for (const auto& [a, id] : drawn) {
            if (painter.left(id) == 0) {
                m_losses.add("shape that others hide", image.name);
                continue;
            }
            instances[std::to_string(id)] = entryOf(*a);
            ++m_report.annotations;
        }
        cv::Mat ids;
        painter.values().convertTo(ids, CV_16U);
        LATHE_TRY(const std::string png, image::encodePng(ids));
        return writeText(m_folder / "instances" / mask, png, m_report);
    }

    bool isWritable(const annot::Annotation& a, const std::string& image) {
        if (a.classId.value < 1 || std::size_t(a.classId.value) > m_source.classes.size())
            return m_losses.add("annotation without a class", image), false;
        countMaskLosses(a, {true, true, 0}, image, m_losses);
        return canBePainted(a.shape);
    }

    void draw(const annot::Annotation& a, int id, const std::string& image, MaskPainter& painter,
              std::vector<std::pair<const annot::Annotation*, int>>& drawn) {
        const auto painted = painter.paint(a.shape, id);
        if (painted.pixels == 0) return m_losses.add("shape without a pixel", image);
        if (painted.hides) m_losses.add("shape over another", image);
        drawn.emplace_back(&a, id);
    }

    Json entryOf(const annot::Annotation& a) const {
        Json entry{{"class", m_source.classes[std::size_t(a.classId.value - 1)].name}};
        if (a.attributes.is_object() && !a.attributes.empty()) entry["attributes"] = a.attributes;
        if (Json meta = metaOf(a, 0); !meta.is_null()) entry["lathe"] = std::move(meta);
        if (a.extra.is_object() && !a.extra.empty()) entry["extra"] = a.extra;
        return entry;
    }

    fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    MaskNames m_names;
    WriteReport m_report;
    Losses m_losses;
    std::ofstream m_json;
};

class InstanceMasks final : public Format {
public:
    [[nodiscard]] std::string_view name() const override { return "instance_masks"; }
    [[nodiscard]] std::string_view title() const override {
        return QT_TRANSLATE_NOOP("Catalogue", "16-bit mask images of numbered objects, with instances.json");
    }

    [[nodiscard]] double looksLike(const fs::path& source) const override {
        std::ifstream in(source / kFile, std::ios::binary);
        std::string head(256, '\0');
        in.read(head.data(), std::streamsize(head.size()));
        return head.find("\"instance_masks\"") == std::string::npos ? 0 : 0.97;
    }

    [[nodiscard]] Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                                const Progress& progress) const override {
        std::error_code error;
        if (!fs::is_directory(source, error)) return fail(ErrorCode::NotFound, "there is no such folder", source.string());
        return Reader(source, options, sink).run(stop, progress);
    }

    [[nodiscard]] Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options,
                                            std::stop_token stop, const Progress& progress) const override {
        LATHE_CHECK(makeEmptyFolder(folder));
        return Writer(folder, source, options.images).run(stop, progress);
    }
};

}  // namespace
}  // namespace lathe::formats::instance_masks

namespace lathe::formats {

const Format& instanceMasks() {
    static const instance_masks::InstanceMasks format;
    return format;
}

}  // namespace lathe::formats
