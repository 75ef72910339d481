// Reads a file twice: once for its classes and to see where each image's elements lie, once for the annotations, image by image.
#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>
#include <unordered_set>

#include "core/formats/cvat.h"
#include "core/formats/cvat_cut.h"
#include "core/formats/cvat_tracks.h"
#include "core/formats/exact_shape.h"
#include "core/image/decode.h"

namespace lathe::formats::cvat_xml {
namespace {

namespace fs = std::filesystem;
using annot::Annotations;
using pugi::xml_node;

constexpr std::size_t kLargestLeftOut = 1 << 20;

struct Place {
    std::size_t file = 0;
    std::int64_t offset = 0, size = 0;
};

struct Entry {
    fs::path path;
    std::vector<Place> places;
};

int sideOf(const xml_node& image, const char* name) {
    const auto side = wholeOf(image, name);
    return side > 0 && side <= kLongestSide ? int(side) : 0;
}

std::string xmlText(const xml_node& node) {
    std::ostringstream out;
    node.print(out, "", pugi::format_raw);
    return out.str();
}

// Sorted by z_order as far as it says more than the order in the file.
void sortByZ(Annotations& annotations, const std::vector<std::int64_t>& z) {
    std::vector<std::size_t> order(annotations.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, [&](std::size_t k) { return z[k]; });
    Annotations sorted;
    for (const std::size_t k : order) {
        sorted.push_back(std::move(annotations[k]));
        sorted.back().id = AnnotationId(std::int64_t(sorted.size()));
    }
    annotations = std::move(sorted);
}

class Reader {
public:
    Reader(const fs::path& source, const ReadOptions& options, Sink& sink)
        : m_source(source), m_options(options), m_sink(sink), m_files(sourceFiles(source, options)) {}

    Result<> run(std::stop_token stop, const Progress& progress) {
        LATHE_CHECK(gather(stop, progress.part(0, 0.4)));
        m_sink.classes(m_labels.records());
        if (const Json& meta = m_files.front().meta; !meta.is_null()) m_sink.setExtra({{"meta", meta}});
        std::int64_t done = 0;
        for (const Entry& entry : m_entries) {
            if (stop.stop_requested()) return fail(cancelled());
            progress.part(0.4, 1).report(++done, std::int64_t(m_entries.size()), entry.path.filename().string());
            readEntry(entry);
        }
        for (std::size_t k = 0; k < m_files.size(); ++k) LATHE_CHECK(readTracks(k, stop));
        for (const SourceFile& file : m_files)
            file.images->eachUnused([&](const fs::path& path) {
                ImageRecord record;
                deliver(std::move(record), path, file, {});
            });
        return {};
    }

private:
    Result<> gather(std::stop_token stop, const Progress& progress) {
        if (m_files.empty()) return fail(ErrorCode::NotFound, "holds no CVAT XML file", m_source.string());
        m_tracks.resize(m_files.size());
        std::optional<Error> wrong;
        std::size_t good = 0;
        for (std::size_t k = 0; k < m_files.size(); ++k) {
            std::int64_t elements = 0;
            auto read = eachElement(
                m_files[k].path, [&](const Element& element) { gatherElement(k, element, ++elements); }, stop, progress);
            good += read.has_value() || elements > 0;
            if (read) continue;
            if (read.error().code == ErrorCode::Cancelled) return read;
            if (!wrong) wrong = read.error();
            m_sinkLater.push_back({m_files[k].name, elements > 0 ? "truncated" : "invalid_data", read.error().message});
        }
        if (good == 0) return fail(*wrong);
        for (Problem& problem : m_sinkLater) m_sink.problem(std::move(problem));
        return {};
    }

    void gatherElement(std::size_t file, const Element& element, std::int64_t number) {
        const bool isImage = element.name == "image", isTrack = element.name == "track";
        if (!isImage && !isTrack && element.name != "meta") return;
        pugi::xml_document document;
        const auto parsed =
            document.load_buffer(element.text.data(), element.text.size(), pugi::parse_default, pugi::encoding_utf8);
        if (!parsed)
            return void(m_sinkLater.push_back({fmt::format("{}, element {}", m_files[file].name, number), "invalid_data",
                                               fmt::format("<{}> isn't readable XML at byte {}: {}; it is left out", element.name,
                                                           element.offset + parsed.offset, parsed.description())}));
        const xml_node node = document.document_element();
        const Place place{file, element.offset, std::int64_t(element.text.size())};
        if (isImage) return gatherImage(node, place, number);
        if (isTrack) {
            m_tracks[file].push_back(place);
            return gatherLabels(node, node.attribute("label").value());
        }
        m_labels.readMeta(node);
        m_files[file].readMeta(node);
    }

    void gatherLabels(const xml_node& node, const char* label) {
        if (*label || node.attribute("label")) m_labels.named(label);
        for (const auto& child : node.children()) {
            if (!isShape(child.name()) && std::string_view(child.name()) != "track") continue;
            const bool isImage = std::string_view(node.name()) == "image";
            const std::string name = isImage ? child.attribute("label").value() : label;
            if (isImage && child.attribute("label")) m_labels.named(name);
            if (std::string_view(child.name()) == "skeleton") m_labels.learnPoints(name, child);
        }
        if (node.child("track")) m_labels.learnPoints(label, node);
    }

    void gatherImage(const xml_node& image, const Place& place, std::int64_t number) {
        const SourceFile& file = m_files[place.file];
        const std::string name = image.attribute("name").value();
        if (name.empty())
            return void(m_sinkLater.push_back({fmt::format("{}, element {}", file.name, number), "missing_field",
                                               "<image> has no name, so its file can't be found; it is left out"}));
        gatherLabels(image, "");
        Entry entry{file.images->take(name, image.attribute("subset").value()), {place}};
        std::error_code error;
        std::string key = entry.path.native();
        if (!fs::exists(entry.path, error))
            key += fmt::format("\n{}\n{}", image.attribute("task_id").value(), image.attribute("subset").value());
        const auto [at, added] = m_places.emplace(std::move(key), m_entries.size());
        if (added)
            m_entries.push_back(std::move(entry));
        else
            m_entries[at->second].places.push_back(place);
    }

    // Elements of one picture in several places are one record.
    void readEntry(const Entry& entry) {
        ImageRecord record;
        std::vector<std::int64_t> z;
        std::string subset;
        for (const Place& place : entry.places) {
            const SourceFile& file = m_files[place.file];
            const auto text = textAt(file.path, place.offset, place.size);
            pugi::xml_document document;
            if (!text || !document.load_buffer(text->data(), text->size(), pugi::parse_default, pugi::encoding_utf8)) {
                m_sink.problem({file.name, "io", "has changed while it was read"});
                continue;
            }
            const xml_node image = document.document_element();
            if (subset.empty()) subset = image.attribute("subset").value();
            readImage(image, file, entry.path, record, z);
        }
        sortByZ(record.annotations, z);
        deliver(std::move(record), entry.path, m_files[entry.places.front().file], subset);
    }

    void readImage(const xml_node& image, const SourceFile& file, const fs::path& path, ImageRecord& record,
                   std::vector<std::int64_t>& z) {
        if (record.width == 0) record.width = sideOf(image, "width"), record.height = sideOf(image, "height");
        int width = record.width, height = record.height;
        if (image.child("mask") && (width == 0 || height == 0))
            if (const auto info = image::probe(path)) width = info->width, height = info->height;
        readImageExtra(image, record);
        std::int64_t number = 0, last = INT64_MIN;
        for (const auto& node : image.children()) {
            if (node.type() != pugi::node_element) continue;
            ++number;
            auto annotation = readElement(node, width, height);
            if (!annotation) {
                if (annotation.error().code == "unsupported") keepText(node, record);
                annotation.error().item =
                    fmt::format("{}, image {}, annotation {}", file.name, image.attribute("name").value(), number);
                m_sink.problem(std::move(annotation.error()));
                continue;
            }
            if (exact::joined(record.annotations, *annotation, ownOf(node))) continue;
            if (std::string_view(node.name()) != "tag") last = wholeOf(node, "z_order");
            z.push_back(last);
            record.annotations.push_back(std::move(*annotation));
        }
    }

    [[nodiscard]] ReadShape readElement(const xml_node& node, int width, int height) const {
        if (!isShape(node.name()))
            return tl::unexpected(Problem{
                {}, "unsupported", fmt::format("<{:.60}> isn't a kind of shape that is known; it is left out", node.name())});
        const Label* label = m_labels.find(node.attribute("label").value());
        if (!node.attribute("label") || !label) return tl::unexpected(Problem{{}, "missing_field", "has no label; it is left out"});
        return readShape(node, *label, width, height);
    }

    static void readImageExtra(const xml_node& image, ImageRecord& record) {
        constexpr std::string_view known[] = {"id", "name", "width", "height", "subset"};
        for (const auto& attribute : image.attributes())
            if (std::ranges::find(known, std::string_view(attribute.name())) == std::end(known))
                record.extra["cvat"][attribute.name()] = std::string(attribute.value());
    }

    // What Lathe has no shape for goes back into an export as it was.
    static void keepText(const xml_node& node, ImageRecord& record) {
        std::string text = xmlText(node);
        if (text.size() <= kLargestLeftOut) record.extra["cvat"]["left_out"].push_back(std::move(text));
    }

    Result<> readTracks(std::size_t k, std::stop_token stop) {
        SourceFile& file = m_files[k];
        Tracks tracks(file, m_labels, m_sink);
        for (const Place& place : m_tracks[k]) {
            if (stop.stop_requested()) return fail(cancelled());
            const auto text = textAt(file.path, place.offset, place.size);
            pugi::xml_document document;
            if (text && document.load_buffer(text->data(), text->size(), pugi::parse_default, pugi::encoding_utf8))
                tracks.read(document.document_element());
        }
        tracks.report();
        const auto& frames = tracks.frames();
        const bool severalTasks = !frames.empty() && frames.begin()->first.first != frames.rbegin()->first.first;
        for (const auto& [key, frame] : frames) {
            if (stop.stop_requested()) return fail(cancelled());
            std::string name = fmt::format("frame_{:06}.png", key.second);
            if (severalTasks) name = fmt::format("task_{}/{}", key.first, name);
            if (frame.image) file.images->use(*frame.image);
            deliverFrame(frame, frame.image ? *frame.image : file.images->folder() / safeRelative(name), file, key.first);
        }
        return {};
    }

    void deliverFrame(const Frame& frame, const fs::path& path, const SourceFile& file, const std::string& task) {
        ImageRecord record;
        std::tie(record.width, record.height) = file.sizeOf(task);
        for (const auto& packed : frame.shapes)
            if (auto annotation = annot::unpackOne(packed)) record.annotations.push_back(std::move(*annotation));
        if (record.annotations.size() == frame.z.size()) sortByZ(record.annotations, frame.z);
        deliver(std::move(record), path, file, frame.subset);
    }

    void deliver(ImageRecord&& record, const fs::path& path, const SourceFile& file, const std::string& subset) {
        std::error_code error;
        if (fs::exists(path, error) && !m_delivered.insert(path.native()).second) {
            if (!record.annotations.empty())
                m_sink.problem(
                    {file.name, "duplicate", fmt::format("describes {} once more; it is left out", path.filename().string())});
            return;
        }
        const bool severalFolders = m_files.size() > 1 && m_files.front().images != m_files.back().images;
        record.name = nameBelow(path, severalFolders ? m_source : file.images->folder());
        record.path = path;
        record.split = splitNamed(subset);
        if (record.split.empty() && subset.empty()) record.split = splitNamed(file.subset);
        if (record.split.empty() && subset.empty()) record.split = splitNamed(file.path.stem().string());
        if (!subset.empty() && subset != record.split) record.extra["cvat"]["subset"] = subset;
        if (!m_options.split.empty()) record.split = m_options.split;
        m_sink.image(std::move(record));
    }

    fs::path m_source;
    const ReadOptions& m_options;
    Sink& m_sink;
    std::vector<SourceFile> m_files;
    Labels m_labels;
    std::vector<Entry> m_entries;
    std::unordered_map<std::string, std::size_t> m_places;
    std::vector<std::vector<Place>> m_tracks;  // by file
    std::unordered_set<std::string> m_delivered;
    Problems m_sinkLater;  // problems of the first pass: classes come first
};

}  // namespace

Result<> read(const fs::path& source, const ReadOptions& options, Sink& sink, std::stop_token stop, const Progress& progress) {
    return Reader(source, options, sink).run(std::move(stop), progress);
}

}  // namespace lathe::formats::cvat_xml
