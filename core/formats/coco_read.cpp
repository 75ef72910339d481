#include "core/formats/coco_read.h"

#include <fmt/format.h>
#include <algorithm>
#include <fstream>
#include <set>
#include <thread>
#include <unordered_map>

#include "core/base/files.h"
#include "core/base/json_depth.h"
#include "core/formats/coco_locate.h"
#include "core/formats/coco_parse.h"
#include "core/formats/source_files.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kOneThread = 256 << 10;  // bytes of a file
constexpr std::int64_t kParts = 1000;             // progress of reading and delivering, in one scale

// One JSON file, parsed.
struct File {
    fs::path path;
    std::vector<CocoImage> images;      ///< in the file's order
    std::vector<CocoShape> shapes;      ///< by image (place in `images`), then in the file's order
    std::vector<CocoCaption> captions;  ///< the same
    std::vector<CocoCategory> categories;
    std::vector<std::string> packed;  ///< by worker
    Json outline;
};

// All that is shared while a source is read.
class Reader {
public:
    Reader(const fs::path& source, const ReadOptions& options, Sink& sink) : m_source(source), m_options(options), m_sink(sink) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        const auto files = cocoFiles(m_source);
        if (files.empty()) return fail(ErrorCode::NotFound, "holds no JSON file that looks like COCO", m_source.string());
        for (std::size_t k = 0; k < files.size(); ++k) {
            const double from = 0.6 * double(k) / double(files.size()), to = 0.6 * double(k + 1) / double(files.size());
            auto parsed = parse(files[k], stop, progress.part(from, to));
            if (!parsed && (files.size() == 1 || parsed.error().code == ErrorCode::Cancelled)) return parsed;
            if (!parsed) m_sink.problem(base::problemOf(nameBelow(files[k], m_source), parsed.error()));
        }
        deliverClasses();
        deliverExtra();
        return deliverImages(stop, progress.part(0.6, 1));
    }

private:
    struct Where {
        std::size_t file, image;
        std::ptrdiff_t next = -1;  ///< the same image in another file
    };
    struct Held {
        std::string_view packed;
        AnnotationId id;
        ClassId classId;
    };

    Result<> parse(const fs::path& path, std::stop_token stop, const Progress& progress);
    void join(File& file, std::vector<CocoParser>& parsers, const std::string& name);
    void report(CocoParsed& parsed, const std::string& name);
    void placeShapes(File& file, const std::string& name);
    void deliverClasses();
    void deliverExtra();
    Result<> deliverImages(std::stop_token stop, const Progress& progress);
    void gather();
    void appendShapes(std::vector<Held>& shapes, Json& extra, const Where& where) const;
    static void giveIds(std::vector<Held>& shapes);
    void putShapes(ImageRecord& record, const std::vector<Held>& shapes) const;

    struct Entry {
        fs::path path;
        std::string name, split;
        std::size_t first, last;  ///< of m_where
    };
    void find(Entry& entry, CocoLocator& locator) const;

    const fs::path& m_source;
    const ReadOptions& m_options;
    Sink& m_sink;
    std::vector<File> m_files;
    std::vector<std::unordered_map<std::int64_t, std::int64_t>> m_classOf;  ///< by file: category id to class id
    std::vector<Where> m_where;
    std::vector<Entry> m_entries;
    std::vector<CocoLocator> m_locators;  ///< by file
};

Result<> checkStart(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(base::errnoError(errno, "can't be opened", path));
    char c = 0;
    while (in.get(c) && (std::isspace(std::uint8_t(c)) || std::uint8_t(c) >= 0xbb)) {  // a byte order mark too
    }
    if (c == '{') return {};
    return fail(ErrorCode::InvalidData,
                c == '[' ? "is a list of results, not a COCO data set: it has no images and categories" : "isn't a JSON object",
                path.string());
}

Result<> Reader::parse(const fs::path& path, std::stop_token stop, const Progress& progress) {
    LATHE_CHECK(checkStart(path));
    const std::string name = fs::is_directory(m_source) ? nameBelow(path, m_source) : path.filename().string();
    CocoIds ids;
    std::error_code error;
    const bool small = fs::file_size(path, error) < kOneThread && !error;  // threads would cost more than they bring
    std::vector<CocoParser> parsers;
    for (unsigned k = small ? 1 : std::clamp(std::thread::hardware_concurrency(), 1u, 4u); k; --k) parsers.emplace_back(name, ids);
    BoundedQueue<CocoPiece> pieces(small ? std::size_t(kOneThread) : 4);
    Result<CocoOutline> outline;
    if (small) {
        outline = cutCoco(path, pieces, stop, progress);
        pieces.close();
        parsers.front().run(pieces);
    } else {
        std::vector<std::jthread> threads;
        for (auto& parser : parsers) threads.emplace_back([&parser, &pieces] { parser.run(pieces); });
        outline = cutCoco(path, pieces, stop, progress);
        pieces.close();
    }
    if (!outline) return fail(outline.error());
    File& file = m_files.emplace_back();
    file.path = path;
    if (!outline->whole)
        m_sink.problem(
            {name, "truncated", "the file ends in the middle or its brackets don't match; what was complete has been read"});
    file.outline = base::parseOrDiscard(outline->text);
    if (file.outline.is_discarded() && outline->whole)
        m_sink.problem({name, "invalid_data", "the JSON around its lists can't be read; info and licences are left out"});
    join(file, parsers, name);
    if (file.images.empty() && file.categories.empty())
        m_sink.problem({name, "not_coco", "has neither images nor categories, so there is nothing in it to import"});
    return {};
}

void Reader::report(CocoParsed& parsed, const std::string& name) {
    for (auto& problem : parsed.problems) m_sink.problem(std::move(problem));
    if (parsed.unreported)
        m_sink.problem({name, "more_problems", fmt::format("{} more bad elements are left out", parsed.unreported)});
}

void Reader::join(File& file, std::vector<CocoParser>& parsers, const std::string& name) {
    std::int64_t panoptic = 0;
    for (std::size_t k = 0; k < parsers.size(); ++k) {
        CocoParsed& parsed = parsers[k].out();
        for (auto& shape : parsed.shapes) shape.worker = std::uint32_t(k);
        std::ranges::move(parsed.images, std::back_inserter(file.images));
        file.shapes.insert(file.shapes.end(), parsed.shapes.begin(), parsed.shapes.end());
        std::ranges::move(parsed.categories, std::back_inserter(file.categories));
        std::ranges::move(parsed.captions, std::back_inserter(file.captions));
        panoptic += parsed.panoptic;
        report(parsed, name);
        file.packed.push_back(std::move(parsed.packed));
        std::vector<CocoShape>().swap(parsed.shapes);
    }
    if (panoptic)
        m_sink.problem(
            {name, "panoptic", fmt::format("{} panoptic annotations are left out: their masks lie in PNG files", panoptic)});
    std::ranges::sort(file.images, {}, &CocoImage::place);
    std::ranges::sort(file.categories, {}, &CocoCategory::place);
    placeShapes(file, name);
}

// Replaces foreign image ids by places in `images`; what belongs to no image or class is a problem.
void Reader::placeShapes(File& file, const std::string& name) {
    std::unordered_map<std::int64_t, std::int64_t> places;
    std::set<std::int64_t> categories;
    for (const auto& category : file.categories) categories.insert(category.id);
    places.reserve(file.images.size());
    for (std::size_t k = 0; k < file.images.size(); ++k)
        if (!places.emplace(file.images[k].id, std::int64_t(k)).second)
            m_sink.problem({fmt::format("{}, image {}", name, file.images[k].place + 1), "duplicate_id",
                            fmt::format("id {} is another image's too; the annotations go to the first", file.images[k].id)});
    std::int64_t reported = 0;
    const auto placed = [&](auto& one, bool known, std::int64_t category) {
        const auto found = places.find(one.image);
        if (found != places.end() && known) return one.image = found->second, true;
        if (++reported <= 2000)
            m_sink.problem({fmt::format("{}, annotation {}", name, one.place + 1), known ? "unknown_image" : "unknown_class",
                            known ? fmt::format("its image_id {} is no image of this file; it is left out", one.image)
                                  : fmt::format("its category_id {} is no category of this file; it is left out", category)});
        return false;
    };
    std::erase_if(file.shapes,
                  [&](CocoShape& shape) { return !placed(shape, categories.contains(shape.category), shape.category); });
    std::erase_if(file.captions, [&](CocoCaption& caption) { return !placed(caption, true, 0); });
    if (reported > 2000)
        m_sink.problem({name, "more_problems", fmt::format("{} more annotations belong to no image or class", reported - 2000)});
    const auto inOrder = [](const auto& a, const auto& b) { return std::pair(a.image, a.place) < std::pair(b.image, b.place); };
    std::ranges::sort(file.shapes, inOrder);
    std::ranges::sort(file.captions, inOrder);
}

// Classes of one name in several files are one.
void Reader::deliverClasses() {
    std::vector<ClassRecord> classes;
    std::unordered_map<std::string, std::int64_t> idOf;
    for (auto& file : m_files) {
        auto& ids = m_classOf.emplace_back();
        for (auto& category : file.categories) {
            const auto [found, added] = idOf.emplace(category.record.name, std::int64_t(classes.size()) + 1);
            if (added) classes.push_back(category.record);
            Json& extra = classes[std::size_t(found->second) - 1].extra;
            if (!added && category.record.extra.is_object())
                for (const auto& [key, value] : category.record.extra.items())
                    if (!extra.contains(key)) extra[key] = value;
            ids.emplace(category.id, found->second);
        }
    }
    m_sink.classes(classes);
}

void Reader::deliverExtra() {
    Json extra;
    for (const auto& file : m_files) {
        if (!file.outline.is_object()) continue;
        for (const auto& [key, value] : file.outline.items())
            if (key != "images" && key != "annotations" && key != "categories" && !extra.contains(key)) extra[key] = value;
    }
    if (!extra.is_null()) m_sink.setExtra(std::move(extra));
}

// One entry for each image, however many files describe it (instances, keypoints ...).
void Reader::gather() {
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t f = 0; f < m_files.size(); ++f) {
        CocoLocator& locator = m_locators.emplace_back(m_source, m_files[f].path, m_options.images);
        const std::string split = m_options.split.empty() ? locator.split() : m_options.split;
        for (std::size_t i = 0; i < m_files[f].images.size(); ++i) {
            const std::size_t place = m_where.size();
            m_where.push_back({f, i});
            m_entries.push_back({{}, {}, split, place, place});
            if (m_files.size() == 1) continue;  // looked for when it is delivered: each image is a file's alone
            find(m_entries.back(), locator);
            const auto [found, added] = known.emplace(split + '\n' + m_entries.back().path.native(), m_entries.size() - 1);
            if (added) continue;
            m_entries.pop_back();
            Entry& entry = m_entries[found->second];
            m_where[entry.last].next = std::ptrdiff_t(place);
            entry.last = place;
        }
    }
}

void Reader::find(Entry& entry, CocoLocator& locator) const {
    const Where& where = m_where[entry.first];
    entry.path = locator.find(m_files[where.file].images[where.image].fileName);
    entry.name = locator.nameOf(entry.path);
}

void Reader::appendShapes(std::vector<Held>& shapes, Json& extra, const Where& where) const {
    const File& file = m_files[where.file];
    const auto image = std::int64_t(where.image);
    const auto firstShape = std::ranges::lower_bound(file.shapes, image, {}, &CocoShape::image);
    for (auto shape = firstShape; shape != file.shapes.end() && shape->image == image; ++shape) {
        const auto packed = std::string_view(file.packed[shape->worker]).substr(shape->at, shape->size);
        shapes.push_back({packed, annot::idOfPacked(packed), ClassId(m_classOf[where.file].at(shape->category))});
    }
    const auto firstCaption = std::ranges::lower_bound(file.captions, image, {}, &CocoCaption::image);
    for (auto caption = firstCaption; caption != file.captions.end() && caption->image == image; ++caption)
        extra[kCocoCaptions].push_back(caption->fields);
}

void Reader::putShapes(ImageRecord& record, const std::vector<Held>& shapes) const {
    const bool packed = m_sink.takesPacked();
    if (!packed) record.annotations.reserve(shapes.size());
    for (const Held& shape : shapes) {
        if (packed) {
            record.packed.add(shape.packed, shape.id, shape.classId);
            continue;
        }
        auto annotation = annot::unpackOne(shape.packed);
        if (!annotation) continue;  // our own bytes of a moment ago
        annotation->id = shape.id, annotation->classId = shape.classId;
        record.annotations.push_back(std::move(*annotation));
    }
}

// Foreign ids stay where they are good; missing ones and second ones get the next free number. Ids near the end of their range
// aren't counted on from: nothing free may come behind them.
void Reader::giveIds(std::vector<Held>& shapes) {
    constexpr std::int64_t kCountedOn = std::int64_t(1) << 62;
    std::int64_t largest = 0;
    std::set<AnnotationId> taken;
    for (const auto& shape : shapes)
        if (shape.id.value < kCountedOn) largest = std::max(largest, shape.id.value);
    for (auto& shape : shapes)
        if (!shape.id.valid() || !taken.insert(shape.id).second) taken.insert(shape.id = AnnotationId(++largest));
}

Result<> Reader::deliverImages(std::stop_token stop, const Progress& progress) {
    gather();
    std::vector<Held> shapes;
    for (std::size_t k = 0; k < m_entries.size(); ++k) {
        if (stop.stop_requested()) return fail(cancelled());
        if (k % 100 == 0) progress.report(std::int64_t(k) * kParts / std::int64_t(m_entries.size()), kParts, "images");
        Entry& entry = m_entries[k];
        const Where& first = m_where[entry.first];
        if (entry.path.empty()) find(entry, m_locators[first.file]);
        const CocoImage& image = m_files[first.file].images[first.image];
        ImageRecord record{std::move(entry.name), std::move(entry.path), image.width, image.height, entry.split, {}, {}};
        record.extra = Json::parse(image.extra, nullptr, false);
        if (record.extra.is_discarded()) record.extra = nullptr;
        shapes.clear();
        for (auto at = std::ptrdiff_t(entry.first); at >= 0; at = m_where[std::size_t(at)].next)
            appendShapes(shapes, record.extra, m_where[std::size_t(at)]);
        giveIds(shapes);
        putShapes(record, shapes);
        m_sink.image(std::move(record));
    }
    return {};
}

}  // namespace

double looksLikeCoco(const fs::path& file) {
    constexpr std::streamoff kLook = 1 << 20;
    std::ifstream in(file, std::ios::binary);
    std::string text(std::size_t(kLook), '\0');
    in.read(text.data(), kLook);
    text.resize(std::size_t(in.gcount()));
    const auto first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (first == std::string::npos || text[first] != '{') return 0;
    in.clear();
    in.seekg(0, std::ios::end);
    const std::streamoff size = in.tellg();
    if (size > kLook) {
        std::string tail(std::size_t(std::min(kLook, size - kLook)), '\0');
        in.seekg(-std::streamoff(tail.size()), std::ios::end);
        in.read(tail.data(), std::streamsize(tail.size()));
        text += tail;
    }
    int keys = 0;
    for (const char* key : {"\"images\"", "\"annotations\"", "\"categories\""}) keys += text.find(key) != std::string::npos;
    return keys == 3 ? 0.95 : keys == 2 ? 0.85 : 0;
}

std::vector<fs::path> cocoFiles(const fs::path& source) {
    std::error_code error;
    if (!fs::is_directory(source, error)) return {source};
    std::vector<fs::path> files;
    const auto add = [&](const fs::path& folder) {
        for (auto& file : filesBelow(folder, ".json", false))
            if (looksLikeCoco(file) > 0) files.push_back(std::move(file));
    };
    if (fs::is_directory(source / "annotations", error)) add(source / "annotations");
    if (files.empty()) add(source);
    if (!files.empty()) return files;
    for (const auto& folder : foldersIn(source)) add(folder);
    return files;
}

Result<> readCoco(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop, const Progress& progress) {
    std::error_code error;
    if (!fs::exists(source, error)) return fail(ErrorCode::NotFound, "there is no such file or folder", source.string());
    return Reader(source, options, sink).run(stop, progress);
}

}  // namespace lathe::formats
