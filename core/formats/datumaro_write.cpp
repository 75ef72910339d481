// Writes annotations/SPLIT.json ("default" for images without a split) and images/SPLIT/, item by item.
#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <unordered_set>

#include "core/annot/mask.h"
#include "core/base/files.h"
#include "core/formats/datumaro.h"
#include "core/formats/datumaro_labels.h"
#include "core/formats/datumaro_shapes.h"
#include "core/formats/exact_shape.h"
#include "core/formats/json_items.h"

namespace lathe::formats::datumaro_json {
namespace {

namespace fs = std::filesystem;
using annot::Annotation;
using annot::Point;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const Json& saidOf(const Annotation& a) {
    return memberOf(a.extra, "datumaro");
}

double finite(double value) {
    return std::isfinite(value) ? value : 0.0;
}

Json flat(const std::vector<Point>& points) {
    Json out = Json::array();
    for (const Point p : points) out.push_back(finite(p.x)), out.push_back(finite(p.y));
    return out;
}

Json rectJson(const annot::Rect& r) {
    return Json::array({finite(r.x), finite(r.y), finite(r.w), finite(r.h)});
}

// One shape in Datumaro's words.
struct Geometry {
    const char* type = nullptr;  // null: nothing to write
    Json fields = Json::object();
    double degrees = 0;
    annot::Shape read = {};  // as a reader will see it
};

Geometry ofEllipse(const annot::Ellipse& ellipse) {
    if (!(ellipse.rx > 0 && ellipse.ry > 0)) return {};
    const annot::Rect box = exact::upright({ellipse.centre, 2 * ellipse.rx, 2 * ellipse.ry, 0});
    const double x2 = box.x + box.w, y2 = box.y + box.h, degrees = exact::degreesOf(ellipse.angle);
    const double w = exact::extentOf(box.x, x2), h = exact::extentOf(box.y, y2);
    return {"ellipse",
            {{"points", flat({{box.x, box.y}, {x2, y2}})}},
            degrees,
            annot::Ellipse{{box.x + w / 2, box.y + h / 2}, w / 2, h / 2, exact::radiansOf(degrees)}};
}

Geometry ofKeypoints(const annot::Keypoints& keypoints, bool skeleton) {
    if (keypoints.items.empty()) return {};
    Json points = Json::array(), visibility = Json::array();
    for (const auto& item : keypoints.items) {
        points.push_back(finite(item.at.x)), points.push_back(finite(item.at.y));
        if (skeleton) points.push_back(item.visibility);
        visibility.push_back(item.visibility);
    }
    annot::Shape read = annot::Keypoints{keypoints.items, {}};
    if (skeleton) return {"skeleton", {{"points", std::move(points)}}, 0, std::move(read)};
    if (keypoints.items.size() == 1 && keypoints.items[0].visibility == 2) read = annot::Dot{keypoints.items[0].at};
    return {"points", {{"points", std::move(points)}, {"visibility", std::move(visibility)}}, 0, std::move(read)};
}

Geometry ofMask(const annot::Mask& mask) {
    if (annot::maskArea(mask) == 0) return {};
    return {"mask", {{"rle", {{"counts", annot::maskToCocoText(mask)}, {"size", {mask.height, mask.width}}}}}, 0, mask};
}

Geometry geometryOf(const annot::Shape& shape, bool skeleton) {
    if (std::holds_alternative<annot::ImageLabel>(shape)) return {"label", Json::object(), 0, shape};
    if (const auto* box = std::get_if<annot::Box>(&shape)) {
        if (!(box->rect.w > 0 && box->rect.h > 0)) return {};
        return {"bbox", {{"bbox", rectJson(box->rect)}}, 0, shape};
    }
    if (const auto* turned = std::get_if<annot::RotatedBox>(&shape)) {
        if (!(turned->w > 0 && turned->h > 0)) return {};
        const annot::Rect box = exact::upright(*turned);
        const double degrees = exact::degreesOf(turned->angle);
        annot::Shape read = annot::Box{box};
        if (degrees != 0) read = exact::turned(box, degrees);
        return {"bbox", {{"bbox", rectJson(box)}}, degrees, std::move(read)};
    }
    if (const auto* ellipse = std::get_if<annot::Ellipse>(&shape)) return ofEllipse(*ellipse);
    if (const auto* polygon = std::get_if<annot::Polygon>(&shape))
        return {"polygon", {{"points", flat(polygon->rings.front())}}, 0, shape};
    if (const auto* line = std::get_if<annot::Polyline>(&shape)) {
        if (line->points.size() < 2) return {};
        return {"polyline", {{"points", flat(line->points)}}, 0, shape};
    }
    if (const auto* dot = std::get_if<annot::Dot>(&shape))
        return {"points", {{"points", flat({dot->at})}, {"visibility", Json::array({2})}}, 0, shape};
    if (const auto* mask = std::get_if<annot::Mask>(&shape)) return ofMask(*mask);
    return ofKeypoints(std::get<annot::Keypoints>(shape), skeleton);
}

// A reader takes other numbers for an attribute.
bool isScore(const Annotation& a) {
    return a.confidence && *a.confidence >= 0 && *a.confidence <= 1;
}

// The annotation's own, then what has a field of its own in Lathe.
Json attributesOf(const Annotation& a, const Geometry& geometry) {
    Json out = a.attributes.is_object() ? a.attributes : Json::object();
    if (const Json& said = memberOf(saidOf(a), "attributes"); said.is_object())
        for (const auto& [name, value] : said.items())
            if (!out.contains(name)) out[name] = value;
    for (const auto& [flag, name] : kFlagNames)
        if (a.flags & flag) out[name] = true;
    if (a.confidence && *a.confidence >= 0 && *a.confidence <= 1 && !out.contains("score")) out["score"] = *a.confidence;
    if (geometry.degrees != 0) out["rotation"] = geometry.degrees;
    return out;
}

Json metaFor(const Annotation& a, const exact::Piece& piece, const Geometry& geometry, const Json& attributes) {
    Json own = piece.own;
    // A ring or a mask made of a polygon is meant to be read as another shape.
    if (own.is_null()) exact::keepDifference(own, piece.shape, geometry.read);
    Json meta = metaOf(a, kKnownFlags);
    if (meta.is_object()) {
        meta.erase("group");
        const bool asScore = isScore(a) && memberOf(attributes, "score") == *a.confidence;
        if (asScore) meta.erase("confidence");
    }
    if (own.is_object() && own.contains("ring")) meta["group"] = a.group;
    if (own.is_object()) meta.update(own);
    return meta.is_object() && !meta.empty() ? meta : Json();
}

class ItemWriter {
public:
    ItemWriter(const Written& labels, Losses& losses) : m_labels(labels), m_losses(losses) {}

    /// All annotations of an image; `count` is how many of Lathe's.
    Json annotationsOf(const ImageRecord& record, std::int64_t& count) {
        Json out = Json::array();
        std::int64_t z = INT64_MIN;
        m_group = 0;
        for (const Annotation& a : record.annotations) m_group = std::max(m_group, a.group);
        for (const Annotation& a : record.annotations) {
            if (std::size_t(a.classId.value - 1) >= m_labels.labelIds.size()) {
                m_losses.add("shape without a class", record.name);
                continue;
            }
            const Json& own = memberOf(saidOf(a), "z_order");
            z = std::max(z, own.is_number_integer() ? own.get<std::int64_t>() : 0);
            count += putOne(out, a, record, z) ? 1 : 0;
        }
        const Json& said = memberOf(record.extra, "datumaro");
        for (const char* list : {"captions", "left_out"})
            for (const Json& item : memberOf(said, list)) out.push_back(item);
        return out;
    }

private:
    bool putOne(Json& out, const Annotation& a, const ImageRecord& record, std::int64_t z) {
        std::string loss;
        const auto pieces = exact::piecesOf(a.shape, record.width, record.height, loss);
        if (!loss.empty()) m_losses.add(loss, record.name);
        const std::int64_t group = pieces.size() > 1 && a.group == 0 ? ++m_group : a.group;
        bool any = false;
        for (const auto& piece : pieces) any = putPiece(out, a, piece, group, z) || any;
        if (!any) m_losses.add("shape without an area", record.name);
        return any;
    }

    bool putPiece(Json& out, const Annotation& a, const exact::Piece& piece, std::int64_t group, std::int64_t z) const {
        const Json& said = saidOf(a);
        Geometry geometry = geometryOf(piece.shape, textOf(said, "type") == "skeleton");
        if (!geometry.type) return false;
        const Json attributes = attributesOf(a, geometry);
        const Json& id = memberOf(said, "id");
        Json item{{"id", id.is_number() ? id : Json(a.id.value)},
                  {"type", geometry.type},
                  {"attributes", attributes},
                  {"group", group},
                  {"label_id", m_labels.labelIds[std::size_t(a.classId.value - 1)]}};
        item.update(geometry.fields);
        if (!std::holds_alternative<annot::ImageLabel>(piece.shape)) item["z_order"] = z;
        if (Json meta = metaFor(a, piece, geometry, attributes); !meta.is_null()) item["lathe"] = std::move(meta);
        if (said.is_object())
            for (const auto& [name, value] : said.items())
                if (name != "attributes" && name != "z_order" && !item.contains(name)) item[name] = value;
        out.push_back(std::move(item));
        return true;
    }

    const Written& m_labels;
    Losses& m_losses;
    std::int64_t m_group = 0;
};

// One annotation file, open until the end.
struct SubsetFile {
    fs::path path;
    std::ofstream out;
    std::unordered_set<std::string> ids;
    bool empty = true;
};

class Writer {
public:
    Writer(const fs::path& folder, const WriteSource& source, const WriteOptions& options)
        : m_folder(folder),
          m_source(source),
          m_placer(folder / "images", options.images),
          m_labels(categoriesOf(source.classes, source.extra)) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        LATHE_CHECK(base::makeFolders(m_folder / "annotations"));
        ItemWriter items(m_labels, m_losses);
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            putImage(image, items);
        }
        if (m_files.empty()) fileOf("default");
        for (auto& [subset, file] : m_files) {
            file.out << "\n]}\n";
            if (!file.out.flush()) return fail(base::errnoError(errno, "could not be written", file.path));
            ++m_report.files;
        }
        m_losses.report(
            {{"polygon with a hole", "written as a mask: Datumaro's polygons have no holes (Lathe reads it back as it was)"},
             {"polygon of several parts",
              "written as a polygon each, in one group: Datumaro's polygons have one ring (Lathe reads it back as it was)"},
             {"shape without an area", "left out: there is nothing to write"},
             {"shape without a class", "left out: its class isn't in the list"}},
            m_report.problems);
        return std::move(m_report);
    }

private:
    static std::string subsetOf(const ImageRecord& record) {
        const std::string said = textOf(memberOf(record.extra, "datumaro"), "subset");
        std::string subset = !said.empty() && splitNamed(said) == record.split ? said : record.split;
        if (subset.empty()) subset = "default";
        return safeRelative(subset).filename().string();
    }

    SubsetFile& fileOf(const std::string& subset) {
        SubsetFile& file = m_files[subset];
        if (file.out.is_open()) return file;
        file.path = m_folder / "annotations" / (subset + ".json");
        file.out.open(file.path, std::ios::binary);
        Json head = m_source.extra.is_object() ? m_source.extra : Json::object();
        if (!head.contains("info") && !head.contains("infos")) head["info"] = Json::object();
        head.erase("items");
        head["categories"] = m_labels.categories;
        std::string text = dumped(head);
        text.pop_back();
        file.out << text << ",\"items\":[";
        return file;
    }

    void putImage(const ImageRecord& record, ItemWriter& items) {
        const std::string subset = subsetOf(record);
        SubsetFile& file = fileOf(subset);
        std::string name = safeRelative(record.name).generic_string();
        if (name.starts_with(subset + "/")) name.erase(0, subset.size() + 1);
        const std::string placed = m_placer.place(record.path, subset + "/" + name, m_report).substr(subset.size() + 1);
        const Json& said = memberOf(record.extra, "datumaro");
        std::string id = textOf(said, "id");
        if (id.empty() || !file.ids.insert(id).second)
            for (id = withoutSuffix(placed); !file.ids.insert(id).second;) {
                if (id == placed)
                    id += '_';
                else
                    id = placed;
            }
        Json item{{"id", id}, {"annotations", items.annotationsOf(record, m_report.annotations)}};
        if (said.is_object())
            for (const auto& [key, value] : said.items())
                if (key != "captions" && key != "left_out" && key != "subset" && !item.contains(key)) item[key] = value;
        item["image"] = {{"path", placed}};
        if (record.width > 0 && record.height > 0) item["image"]["size"] = {record.height, record.width};
        file.out << (file.empty ? "\n" : ",\n") << dumped(item);
        file.empty = false;
        ++m_report.images;
    }

    fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    Written m_labels;
    std::map<std::string, SubsetFile> m_files;
    WriteReport m_report;
    Losses m_losses;
};

}  // namespace

Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                          const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return Writer(folder, source, options).run(std::move(stop), progress);
}

}  // namespace lathe::formats::datumaro_json
