// Reading "panoptic". A first pass over the JSON brings images and categories, a second one the annotations, one at a time: the
// file of COCO 2017 has 300 MB.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <unordered_map>
#include <unordered_set>

#include "core/formats/coco_locate.h"
#include "core/formats/coco_read.h"
#include "core/formats/json_items.h"
#include "core/formats/mask_pixels.h"
#include "core/formats/panoptic.h"
#include "core/formats/source_files.h"
#include "core/image/decode.h"
#include "core/image/indexed.h"

namespace lathe::formats::panoptic {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kMostSegments = UINT16_MAX;

struct Image {
    std::string fileName;
    int width = 0, height = 0;
    Json extra;
    bool told = false;
};

std::optional<std::int64_t> idAt(const Json& object, std::string_view key) {
    const auto number = numberAt(object, key);
    if (!number || *number != std::floor(*number) || std::abs(*number) > 9e15) return {};
    return std::int64_t(*number);
}

int sideAt(const Json& object, std::string_view key) {
    const auto number = numberAt(object, key);
    return number && *number >= 1 && *number <= 1e6 ? int(*number) : 0;
}

Json without(const Json& object, std::initializer_list<const char*> known) {
    Json rest;
    for (const auto& [key, value] : object.items())
        if (std::ranges::count(known, key) == 0) rest[key] = value;
    return rest;
}

std::optional<annot::Rect> rectOf(const Json& list) {
    if (!list.is_array() || list.size() != 4) return {};
    std::array<double, 4> v{};
    for (std::size_t k = 0; k < 4; ++k) {
        const auto number = numberOf(list[k]);
        if (!number) return {};
        v[k] = *number;
    }
    return annot::Rect{v[0], v[1], v[2], v[3]};
}

// One JSON file: what its first pass brought.
struct File {
    fs::path json, pngs;
    std::string name;
    std::vector<Image> images;
    std::unordered_map<std::int64_t, std::size_t> imageOf;
    std::unordered_map<std::int64_t, ClassId> classOf;
};

fs::path pngFolder(const fs::path& json) {
    const std::string stem = json.stem().string();
    fs::path beside = json.parent_path();
    std::error_code error;
    for (const fs::path& folder : {beside / stem, beside.parent_path() / stem, beside / "panoptic", beside / "masks"})
        if (fs::is_directory(folder, error)) return folder;
    return beside;
}

class Reader {
public:
    Reader(const fs::path& source, const ReadOptions& options, Sink& sink) : m_source(source), m_options(options), m_sink(sink) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        const auto files = panopticFiles(m_source);
        if (files.empty())
            return fail(ErrorCode::NotFound, "holds no JSON file with segments_info (COCO panoptic)", m_source.string());
        for (const auto& json : files) {
            auto opened = open(json, stop, progress.part(0, 0.3));
            if (!opened && (files.size() == 1 || opened.error().code == ErrorCode::Cancelled)) return opened;
            if (!opened) m_sink.problem(base::problemOf(nameBelow(json, m_source), opened.error()));
        }
        m_sink.classes(m_classes.records());
        if (!m_extra.is_null()) m_sink.setExtra(m_extra);
        for (auto& file : m_files) LATHE_CHECK(deliver(file, stop, progress.part(0.3, 1)));
        return {};
    }

private:
    Result<> open(const fs::path& json, std::stop_token stop, const Progress& progress) {
        auto top = eachJsonItem(
            json, "annotations", [](JsonItem&&) {}, stop, progress);
        if (!top) return fail(top.error());
        File file;
        file.json = json, file.pngs = pngFolder(json);
        file.name = nameBelow(json, m_source);
        addImages(file, memberOf(*top, "images"));
        addCategories(file, memberOf(*top, "categories"));
        for (const auto& [key, value] : top->items())
            if (key != "images" && key != "annotations" && key != "categories" && !m_extra.contains(key)) m_extra[key] = value;
        m_files.push_back(std::move(file));
        return {};
    }

    void addImages(File& file, const Json& list) {
        std::int64_t place = 0;
        for (const Json& entry : list.is_array() ? list : Json::array()) {
            const std::string item = fmt::format("{}, image {}", file.name, ++place);
            const auto id = idAt(entry, "id");
            Image image;
            image.fileName = textOf(entry, "file_name");
            if (!id || image.fileName.empty()) {
                m_sink.problem({item, "missing_field", "has no id or no file_name; it is left out"});
                continue;
            }
            image.width = sideAt(entry, "width"), image.height = sideAt(entry, "height");
            image.extra = without(entry, {"id", "file_name", "width", "height"});
            image.extra["coco_id"] = *id;
            if (!file.imageOf.emplace(*id, file.images.size()).second)
                m_sink.problem({item, "duplicate_id", fmt::format("id {} is another image's too; segments go to the first", *id)});
            file.images.push_back(std::move(image));
        }
    }

    void addCategories(File& file, const Json& list) {
        std::int64_t place = 0;
        for (const Json& entry : list.is_array() ? list : Json::array()) {
            const std::string item = fmt::format("{}, category {}", file.name, ++place);
            const auto id = idAt(entry, "id");
            const std::string name = textOf(entry, "name");
            if (!id || name.empty()) {
                m_sink.problem({item, "missing_field", "has no id or no name; it is left out"});
                continue;
            }
            const ClassId classId = m_classes.idOf(name);
            if (!file.classOf.emplace(*id, classId).second) continue;
            ClassRecord& record = m_classes.record(classId);
            if (!record.extra.is_null()) continue;  // of another file
            record.parent = textOf(entry, "supercategory");
            record.extra = without(entry, {"id", "name", "supercategory"});
            record.extra["coco_id"] = *id;
            if (const auto colour = colourIn(memberOf(entry, "color"))) record.colour = colourText(*colour);
        }
    }

    static std::optional<std::uint32_t> colourIn(const Json& list) {
        std::uint32_t colour = 0;
        if (!list.is_array() || list.size() != 3) return {};
        for (const Json& channel : list) {
            const auto number = numberOf(channel);
            if (!number || *number < 0 || *number > 255) return {};
            colour = colour << 8 | std::uint32_t(*number);
        }
        return colour;
    }

    Result<> deliver(File& file, std::stop_token stop, const Progress& progress) {
        CocoLocator locator(m_source, file.json, m_options.images);
        const auto visit = [&](JsonItem&& item) { readOne(file, locator, item); };
        const auto read = eachJsonItem(file.json, "annotations", visit, stop, progress);
        if (!read && read.error().code == ErrorCode::Cancelled) return fail(read.error());
        if (!read) m_sink.problem(base::problemOf(file.name, read.error()));
        for (Image& image : file.images) {
            if (stop.stop_requested()) return fail(cancelled());
            if (!image.told) send(start(image, locator));
        }
        return {};
    }

    ImageRecord start(Image& image, CocoLocator& locator) {
        image.told = true;
        ImageRecord record;
        record.path = locator.find(image.fileName);
        record.name = locator.nameOf(record.path);
        record.split = m_options.split.empty() ? locator.split() : m_options.split;
        record.width = image.width, record.height = image.height;
        record.extra = std::move(image.extra);
        return record;
    }

    void send(ImageRecord&& record) {
        if (m_taken.insert(record.path.native()).second) return m_sink.image(std::move(record));
        m_sink.problem({record.name, "duplicate", "is described by two JSON files; the first has been taken"});
    }

    void readOne(File& file, CocoLocator& locator, const JsonItem& item) {
        const std::string place = fmt::format("{}, annotation {}", file.name, item.index + 1);
        if (!item.value) return m_sink.problem(base::problemOf(place, item.value.error()));
        const auto id = idAt(*item.value, "image_id");
        const auto found = id ? file.imageOf.find(*id) : file.imageOf.end();
        if (found == file.imageOf.end())
            return m_sink.problem({place, "unknown_image", "its image_id is no image of this file; it is left out"});
        Image& image = file.images[found->second];
        if (image.told)
            return m_sink.problem({place, "duplicate", fmt::format("is a second one of {}; it is left out", image.fileName)});
        ImageRecord record = start(image, locator);
        if (const Json rest = without(*item.value, {"image_id", "file_name", "segments_info"}); !rest.is_null())
            record.extra["panoptic"] = rest;
        readSegments(file, *item.value, place, record);
        send(std::move(record));
    }

    // The PNG when it is as large as its image.
    std::optional<image::IndexImage> pngOf(const File& file, const Json& annotation, ImageRecord& record) {
        std::string name = textOf(annotation, "file_name");
        if (name.empty()) name = withoutSuffix(fs::path(record.name).filename().string()) + ".png";
        const fs::path path = file.pngs / safeRelative(name);
        const std::string item = nameBelow(path, m_source);
        auto png = image::decodeIndexed(path);
        if (!png) {
            m_sink.problem(base::problemOf(item, png.error()));
            return {};
        }
        int width = record.width, height = record.height;
        if (const auto info = image::probe(record.path)) width = info->width, height = info->height;
        if (width == 0 || height == 0) width = record.width = png->values.cols, height = record.height = png->values.rows;
        if (png->values.cols == width && png->values.rows == height) return std::move(*png);
        m_sink.problem({item, "wrong_size",
                        fmt::format("is {} x {}, but {} is {} x {}; its segments are left out", png->values.cols, png->values.rows,
                                    record.name, width, height)});
        return {};
    }

    void readSegments(const File& file, const Json& annotation, const std::string& place, ImageRecord& record) {
        const Json& segments = memberOf(annotation, "segments_info");
        if (!segments.is_array())
            return m_sink.problem({place, "missing_field", "has no list segments_info; its image has no labels"});
        const auto png = pngOf(file, annotation, record);
        if (!png) return;
        if (maskValuesOf(png->values, kMostSegments).size() > kMostSegments)
            return m_sink.problem({place, "too_many_segments",
                                   fmt::format("its PNG has more than {} colours; its segments are left out", kMostSegments)});
        // 0xRRGGBB of a colour is to become R + 256 G + 65536 B; a palette is meant by its colours.
        const auto swapped = [](std::uint32_t v) { return v >> 16 | (v & 0xff00) | (v & 0xff) << 16; };
        const auto meaning = [&](std::uint32_t value) {
            if (png->isColour()) return swapped(value);
            return value < png->palette.size() ? swapped(png->palette[value]) : value;
        };
        std::unordered_map<std::uint32_t, annot::Mask> masks;
        for (auto& [id, mask] : masksByValue(png->values, meaning)) masks.emplace(id, std::move(mask));
        std::int64_t number = 0;
        for (const Json& segment : segments)
            addSegment(file, segment, fmt::format("{}, segment {}", place, ++number), masks, record);
        if (!masks.empty())
            m_sink.problem({place, "unknown_segment",
                            fmt::format("{} segments of its PNG are not in segments_info; they are left out", masks.size())});
    }

    void addSegment(const File& file, const Json& segment, const std::string& item,
                    std::unordered_map<std::uint32_t, annot::Mask>& masks, ImageRecord& record) {
        const auto id = idAt(segment, "id"), category = idAt(segment, "category_id");
        if (!id || !category) return m_sink.problem({item, "missing_field", "has no id or no category_id; it is left out"});
        const auto found = *id > 0 && *id < 1 << 24 ? masks.find(std::uint32_t(*id)) : masks.end();
        if (found == masks.end())
            return m_sink.problem({item, "zero_area", fmt::format("no pixel of the PNG has its id {}; it is left out", *id)});
        annot::Annotation a;
        a.id = AnnotationId(*id), a.shape = std::move(found->second);
        masks.erase(found);
        const auto classId = file.classOf.find(*category);
        if (classId == file.classOf.end())
            return m_sink.problem(
                {item, "unknown_class", fmt::format("its category_id {} is no category of this file; it is left out", *category)});
        a.classId = classId->second;
        if (numberAt(segment, "iscrowd").value_or(0) != 0 || memberOf(segment, "iscrowd") == Json(true)) a.flags |= annot::Crowd;
        a.givenArea = numberAt(segment, "area");
        if (const auto box = rectOf(memberOf(segment, "bbox")); box && *box != annot::bounds(a.shape)) a.givenBox = box;
        if (const Json& attributes = memberOf(segment, "attributes"); attributes.is_object()) a.attributes = attributes;
        applyMeta(a, memberOf(segment, "lathe"));
        a.extra = without(segment, {"id", "category_id", "iscrowd", "area", "bbox", "attributes", "lathe"});
        record.annotations.push_back(std::move(a));
    }

    const fs::path& m_source;
    const ReadOptions& m_options;
    Sink& m_sink;
    std::vector<File> m_files;
    ClassList m_classes;
    Json m_extra;
    std::unordered_set<std::string> m_taken;
};

}  // namespace

bool looksPanoptic(const fs::path& json) {
    constexpr std::streamoff kLook = 1 << 18;
    std::ifstream in(json, std::ios::binary);
    std::string text(std::size_t(kLook), '\0');
    in.read(text.data(), kLook);
    text.resize(std::size_t(in.gcount()));
    in.clear();
    in.seekg(0, std::ios::end);
    if (const std::streamoff size = in.tellg(); size > kLook) {
        std::string tail(std::size_t(std::min(kLook, size - kLook)), '\0');
        in.seekg(-std::streamoff(tail.size()), std::ios::end);
        in.read(tail.data(), std::streamsize(tail.size()));
        text += tail;
    }
    return text.find("\"segments_info\"") != std::string::npos && text.find("\"annotations\"") != std::string::npos;
}

std::vector<fs::path> panopticFiles(const fs::path& source, bool* others) {
    std::error_code error;
    std::vector<fs::path> files;
    if (fs::is_regular_file(source, error)) {
        if (source.extension() == ".json" && looksPanoptic(source)) files.push_back(source);
        return files;
    }
    if (!fs::is_directory(source, error)) return files;
    const auto add = [&](const fs::path& folder) {
        int looked = 0;
        for (auto& file : filesBelow(folder, ".json", false)) {
            if (++looked > 64) break;
            if (looksPanoptic(file))
                files.push_back(std::move(file));
            else if (others && looksLikeCoco(file) > 0)
                *others = true;
        }
    };
    if (fs::is_directory(source / "annotations", error)) add(source / "annotations");
    if (files.empty()) add(source);
    if (!files.empty() || (others && *others)) return files;
    int looked = 0;
    for (const auto& folder : foldersIn(source))
        if (++looked <= 16) add(folder);
    return files;
}

Result<> readPanoptic(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop,
                      const Progress& progress) {
    std::error_code error;
    if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    return Reader(source, options, sink).run(stop, progress);
}

}  // namespace lathe::formats::panoptic
