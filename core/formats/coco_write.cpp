#include "core/formats/coco_write.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>
#include <unordered_set>

#include "core/annot/convert.h"
#include "core/annot/mask.h"
#include "core/base/files.h"
#include "core/formats/coco_parse.h"
#include "core/formats/own_shape.h"
#include "core/formats/source_files.h"

namespace lathe::formats {
namespace {

namespace fs = std::filesystem;
using annot::Annotation;

constexpr const char* kInstances = "instances";
constexpr const char* kKeypoints = "person_keypoints";
constexpr const char* kLabels = "labels";
constexpr const char* kCaptions = "captions";

std::string textOf(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

constexpr std::int64_t kAnyId = -1;  // 0 is an id: Label Studio's exports begin with it

// Keeps wanted ids while they are free, numbers the others from 1.
class Ids {
public:
    std::int64_t give(std::int64_t wanted) {
        if (wanted >= 0 && m_taken.insert(wanted).second) return wanted;
        while (!m_taken.insert(++m_last).second) {}
        return m_last;
    }

private:
    std::unordered_set<std::int64_t> m_taken;
    std::int64_t m_last = 0;
};

std::int64_t foreignId(const Json& extra) {
    return extra.is_object() && extra.contains("coco_id") && extra["coco_id"].is_number_integer()
               ? extra["coco_id"].get<std::int64_t>()
               : kAnyId;
}

using Text = std::string;

void putNumber(Text& out, double value) {
    fmt::format_to(std::back_inserter(out), "{}", std::isfinite(value) ? value : 0.0);
}

void putRect(Text& out, const annot::Rect& r) {
    const double numbers[] = {r.x, r.y, r.w, r.h};
    for (int k = 0; k < 4; ++k) {
        out += k ? ',' : '[';
        putNumber(out, numbers[k]);
    }
    out += ']';
}

void putPolygon(Text& out, const annot::Polygon& polygon) {
    out += '[';
    for (const auto& ring : polygon.rings) {
        out += &ring == &polygon.rings.front() ? "[" : ",[";
        for (const auto& point : ring) {
            if (&point != &ring.front()) out += ',';
            putNumber(out, point.x);
            out += ',';
            putNumber(out, point.y);
        }
        out += ']';
    }
    out += ']';
}

// Crowds carry their counts as a list, others as text: as COCO's own files do.
void putMask(Text& out, const annot::Mask& mask, bool crowd) {
    out += R"({"counts":)";
    if (crowd) {
        out += '[';
        for (std::size_t k = 0; k < mask.counts.size(); ++k)
            fmt::format_to(std::back_inserter(out), "{}{}", k ? "," : "", mask.counts[k]);
        out += ']';
    } else {
        out += textOf(annot::maskToCocoText(mask));
    }
    fmt::format_to(std::back_inserter(out), R"(,"size":[{},{}]}})", mask.height, mask.width);
}

void putKeypoints(Text& out, const annot::Keypoints& keypoints, const Json& extra) {
    std::int64_t named = 0;
    out += R"(,"keypoints":[)";
    for (const auto& item : keypoints.items) {
        if (&item != &keypoints.items.front()) out += ',';
        putNumber(out, item.at.x);
        out += ',';
        putNumber(out, item.at.y);
        fmt::format_to(std::back_inserter(out), ",{}", item.visibility);
        named += item.visibility > 0;
    }
    const bool given = extra.is_object() && extra.contains("num_keypoints");
    out += fmt::format(R"(],"num_keypoints":{})", given ? textOf(extra["num_keypoints"]) : std::to_string(named));
}

void putSegmentation(Text& out, const Annotation& a, const annot::Mask* holed) {
    out += R"(,"segmentation":)";
    if (holed)
        putMask(out, *holed, a.flags & annot::Crowd);
    else if (const auto* polygon = std::get_if<annot::Polygon>(&a.shape))
        putPolygon(out, *polygon);
    else if (const auto outline = outlineOf(a.shape))
        putPolygon(out, *outline);
    else if (const auto* mask = std::get_if<annot::Mask>(&a.shape))
        putMask(out, *mask, a.flags & annot::Crowd);
    else
        out += a.extra.is_object() && a.extra.contains("segmentation") ? textOf(a.extra["segmentation"]) : "[]";
}

// Fields that Lathe keeps and COCO has no name for.
void putRest(Text& out, const Annotation& a, bool holed) {
    if (a.confidence) {
        out += R"(,"score":)";
        putNumber(out, *a.confidence);
    }
    if (a.attributes.is_object()) out += fmt::format(R"(,"attributes":{})", textOf(a.attributes));
    Json meta = metaOf(a, annot::Crowd);
    if (meta.is_object()) meta.erase("confidence");
    if (Json own = holed ? ownPolygon(std::get<annot::Polygon>(a.shape)) : ownShape(a.shape); !own.is_null())
        meta["shape"] = std::move(own);
    if (meta.is_object() && !meta.empty()) out += fmt::format(R"(,"lathe":{})", textOf(meta));
    if (!a.extra.is_object()) return;
    static const std::unordered_set<std::string> written{"coco_id", "segmentation", "num_keypoints",
                                                         "id",      "image_id",     "category_id"};
    for (const auto& [key, value] : a.extra.items())
        if (!written.contains(key)) out += fmt::format(",{}:{}", textOf(key), textOf(value));
}

/// `holed`: the mask that is written for a polygon with a hole.
Text annotationText(const Annotation& a, std::int64_t id, std::int64_t image, std::int64_t category, const annot::Mask* holed) {
    Text out = fmt::format(R"({{"id":{},"image_id":{},"category_id":{})", id, image, category);
    if (!std::holds_alternative<annot::ImageLabel>(a.shape)) {
        putSegmentation(out, a, holed);
        out += R"(,"area":)";
        putNumber(out, a.givenArea ? *a.givenArea : annot::area(a.shape));
        out += R"(,"bbox":)";
        putRect(out, a.givenBox ? *a.givenBox : annot::bounds(a.shape));
        out += a.flags & annot::Crowd ? R"(,"iscrowd":1)" : R"(,"iscrowd":0)";
        if (const auto* keypoints = std::get_if<annot::Keypoints>(&a.shape)) putKeypoints(out, *keypoints, a.extra);
    }
    putRest(out, a, holed);
    return out + "}";
}

bool hasHole(const Annotation& a) {
    const auto* polygon = std::get_if<annot::Polygon>(&a.shape);
    if (!polygon || polygon->rings.size() < 2) return false;
    for (const auto& ring : polygon->rings)
        for (const auto& other : polygon->rings)
            if (&ring != &other && !ring.empty() && annot::contains(annot::Polygon{{other}}, ring.front())) return true;
    return false;
}

/// A COCO polygon has no holes: others take its rings together. Nothing where there is none, or no known size.
std::optional<annot::Mask> holedMask(const Annotation& a, const ImageRecord& image) {
    constexpr std::int64_t most = 1 << 30;  // pixels
    const bool sized = image.width > 0 && image.height > 0 && std::int64_t(image.width) * image.height <= most;
    if (!sized || !hasHole(a)) return {};
    return annot::maskOf(a.shape, std::uint32_t(image.width), std::uint32_t(image.height));
}

// One JSON file, written as the images come: annotations wait in a file beside it until the images' list is closed.
class Output {
public:
    Output(fs::path file, const Json& extra, const std::string& categories) : m_file(std::move(file)) {
        m_images.open(part("images"), std::ios::binary);
        m_annotations.open(part("annotations"), std::ios::binary);
        m_images << "{\"info\":" << textOf(extra.value("info", Json::object()))
                 << ",\"licenses\":" << textOf(extra.value("licenses", Json::array()));
        for (const auto& [key, value] : extra.items())
            if (key != "info" && key != "licenses") m_images << ',' << textOf(key) << ':' << textOf(value);
        m_images << ",\n\"categories\":" << categories << ",\n\"images\":[";
    }
    ~Output() {
        std::error_code ignored;
        for (const char* name : {"images", "annotations"}) fs::remove(part(name), ignored);
    }
    Output(const Output&) = delete;

    void image(const Text& text) { m_images << (std::exchange(m_anyImage, true) ? ",\n" : "\n") << text; }
    void annotation(const Text& text) { m_annotations << (std::exchange(m_anyAnnotation, true) ? ",\n" : "\n") << text; }
    [[nodiscard]] std::int64_t nextId(std::int64_t wanted) { return m_ids.give(wanted); }

    Result<> finish() {
        m_annotations.close();
        m_images << "],\n\"annotations\":[";
        std::ifstream in(part("annotations"), std::ios::binary);
        if (m_anyAnnotation) m_images << in.rdbuf();
        m_images << "]}\n";
        m_images.close();
        if (!m_images || !m_annotations) return fail(base::errnoError(errno ? errno : EIO, "could not be written", m_file));
        std::error_code error;
        fs::rename(part("images"), m_file, error);
        if (error) return fail(base::errnoError(error.value(), "could not be written", m_file));
        return {};
    }

private:
    [[nodiscard]] fs::path part(const char* name) const {
        return m_file.parent_path() / fmt::format(".{}.{}.part", m_file.stem().string(), name);
    }

    fs::path m_file;
    std::ofstream m_images, m_annotations;
    Ids m_ids;
    bool m_anyImage = false, m_anyAnnotation = false;
};

class Writer {
public:
    Writer(const fs::path& folder, const WriteSource& source, ImageMode mode)
        : m_folder(folder),
          m_source(source),
          m_extra(source.extra.is_object() ? source.extra : Json::object()),
          m_placer(folder / "images", mode) {
        giveCategoryIds();
    }

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        LATHE_CHECK(base::makeFolders(m_folder / "annotations"));
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            if (k % 100 == 0) progress.report(std::int64_t(k), std::int64_t(m_source.imageCount), image.name);
            writeOne(image);
        }
        if (m_outputs.empty()) (void)output(kInstances, "");
        for (auto& [name, out] : m_outputs) LATHE_CHECK(out->finish());
        m_report.files += std::int64_t(m_outputs.size());
        const std::string outline = "written as a polygon: COCO has no such kind; Lathe reads it back as it is";
        const std::string box = "written with a bbox alone: COCO has no such kind; Lathe reads it back as it is";
        m_losses.report(
            {{"polygon with a hole", "written as a run-length mask: a COCO polygon has no holes; Lathe reads it back as it is"},
             {"polygon with a hole on a picture of unknown size",
              "written as rings: other programs take the rings of a COCO polygon together and fill the hole"},
             {"rotated_box", outline},
             {"ellipse", outline},
             {"polyline", box},
             {"point", box},
             {"annotation without a class", "left out"}},
            m_report.problems);
        return std::move(m_report);
    }

private:
    void giveCategoryIds() {
        Ids ids;
        Json list = Json::array();
        std::unordered_set<std::int64_t> wanted;
        for (const auto& record : m_source.classes) {
            const std::int64_t id = foreignId(record.extra);
            m_categoryIds.push_back(id >= 0 && wanted.insert(id).second ? ids.give(id) : kAnyId);
        }
        for (auto& id : m_categoryIds)
            if (id == kAnyId) id = ids.give(kAnyId);
        for (std::size_t k = 0; k < m_source.classes.size(); ++k) {
            const ClassRecord& record = m_source.classes[k];
            Json category{{"id", m_categoryIds[k]}, {"name", record.name}, {"supercategory", record.parent}};
            if (record.extra.is_object())
                for (const auto& [key, value] : record.extra.items())
                    if (key != "coco_id" && !category.contains(key)) category[key] = value;
            list.push_back(std::move(category));
        }
        m_categories = textOf(list);
    }

    Output& output(const std::string& kind, const std::string& split) {
        auto& out = m_outputs[split.empty() ? kind : kind + "_" + split];
        if (!out) {
            const std::string name = safeRelative(split.empty() ? kind : kind + "_" + split).filename().string();
            out = std::make_unique<Output>(m_folder / "annotations" / (name + ".json"), m_extra, m_categories);
        }
        return *out;
    }

    static const char* kindOf(const Annotation& a) {
        if (std::holds_alternative<annot::Keypoints>(a.shape)) return kKeypoints;
        return std::holds_alternative<annot::ImageLabel>(a.shape) ? kLabels : kInstances;
    }

    void writeOne(const ImageRecord& image) {
        const std::int64_t id = m_imageIds[image.split].give(foreignId(image.extra));
        Json record{{"id", id},
                    {"file_name", m_placer.place(image.path, image.name, m_report)},
                    {"width", image.width},
                    {"height", image.height}};
        if (image.extra.is_object())
            for (const auto& [key, value] : image.extra.items())
                if (key != "coco_id" && key != kCocoCaptions && !record.contains(key)) record[key] = value;
        const Text text = textOf(record);
        output(kInstances, image.split).image(text);
        std::unordered_set<std::string> told{kInstances};
        for (const auto& a : image.annotations) {
            const auto index = std::size_t(a.classId.value - 1);
            if (index >= m_categoryIds.size()) {
                m_losses.add("annotation without a class", image.name);
                continue;
            }
            const auto holed = holedMask(a, image);
            if (holed)
                m_losses.add("polygon with a hole", image.name);
            else if (hasHole(a))
                m_losses.add("polygon with a hole on a picture of unknown size", image.name);
            if (!ownShape(a.shape).is_null()) m_losses.add(std::string(annot::kindName(a.shape)), image.name);
            Output& out = output(kindOf(a), image.split);
            if (told.insert(kindOf(a)).second) out.image(text);
            out.annotation(annotationText(a, out.nextId(a.id.valid() ? a.id.value : kAnyId), id, m_categoryIds[index],
                                          holed ? &*holed : nullptr));
            ++m_report.annotations;
        }
        writeCaptions(image, id, text);
        ++m_report.images;
    }

    void writeCaptions(const ImageRecord& image, std::int64_t id, const Text& text) {
        if (!image.extra.is_object() || !image.extra.contains(kCocoCaptions)) return;
        Output& out = output(kCaptions, image.split);
        out.image(text);
        for (Json caption : image.extra[kCocoCaptions]) {
            if (!caption.is_object()) continue;
            caption["id"] =
                out.nextId(caption.value("id", Json()).is_number_integer() ? caption["id"].get<std::int64_t>() : kAnyId);
            caption["image_id"] = id;
            out.annotation(textOf(caption));
        }
    }

    fs::path m_folder;
    const WriteSource& m_source;
    Json m_extra;
    ImagePlacer m_placer;
    WriteReport m_report;
    Losses m_losses;
    std::map<std::string, std::unique_ptr<Output>> m_outputs;
    std::map<std::string, Ids> m_imageIds;  ///< by split: each is a file of its own
    std::vector<std::int64_t> m_categoryIds;
    std::string m_categories;
};

}  // namespace

Result<WriteReport> writeCoco(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                              const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return Writer(folder, source, options.images).run(stop, progress);
}

}  // namespace lathe::formats
