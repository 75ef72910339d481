#include <fmt/format.h>
#include <algorithm>
#include <map>
#include <set>

#include "core/formats/json_items.h"
#include "core/formats/labelme.h"
#include "core/formats/own_shape.h"
#include "core/formats/source_files.h"

namespace lathe::formats::labelme {
namespace {

namespace fs = std::filesystem;
using annot::Annotation;

constexpr const char* kVersion = "5.5.0";

Json jsonOf(const Points& points) {
    Json list = Json::array();
    for (const Point p : points) list.push_back(Json::array({p.x, p.y}));
    return list;
}

std::optional<Points> pointsOf(const Json& list) {
    Points points;
    if (!list.is_array()) return {};
    for (const Json& item : list) {
        if (!item.is_array() || item.size() < 2 || !numberOf(item[0]) || !numberOf(item[1])) return {};
        points.push_back({*numberOf(item[0]), *numberOf(item[1])});
    }
    return points;
}

const annot::Polygon* polygonOf(const Annotation& a) {
    return std::get_if<annot::Polygon>(&a.shape);
}

// Will it be a polygon in the file, which LabelMe joins with others of its label and group_id?
bool isPolygon(const Annotation& a) {
    return typeFor(a.shape) == "polygon";
}

// Which group_id each annotation of an image gets.
class Groups {
public:
    explicit Groups(const annot::Annotations& annotations) {
        for (const auto& a : annotations) {
            const auto id = groupIdOf(a.group);
            if (!id) continue;
            m_next = std::max(m_next, *id + 1);
            if (isPolygon(a)) ++m_polygons[{a.classId.value, *id}];
        }
    }
    /// Would LabelMe take it and another for one object?
    [[nodiscard]] bool joins(const Annotation& a) const {
        const auto id = groupIdOf(a.group);
        return id && isPolygon(a) && m_polygons.at({a.classId.value, *id}) > 1;
    }
    std::optional<std::int64_t> idOf(const Annotation& a, bool severalParts) {
        const auto id = joins(a) ? std::nullopt : groupIdOf(a.group);
        return id || !severalParts ? id : std::optional(m_next++);
    }

private:
    std::map<std::pair<std::int64_t, std::int64_t>, int> m_polygons;
    std::int64_t m_next = 0;
};

// The shape of an annotation as LabelMe holds it; several lists of points are several shapes.
struct Geometry {
    std::string type;
    std::vector<Json> points;
    std::string mask;  // base64
    Json own;          // the true shape
};

class ShapeWriter {
public:
    ShapeWriter(const std::vector<ClassRecord>& classes, Losses& losses) : m_classes(classes), m_losses(losses) {}

    /// Adds to "shapes"; false when the annotation can't be held.
    bool put(const Annotation& a, const std::string& image, bool old, Groups& groups, Json& shapes) {
        const auto geometry = geometryFor(a, image);
        if (!geometry) return false;
        const auto id = groups.idOf(a, geometry->points.size() > 1);
        if (groups.joins(a)) m_losses.add("group of polygons", image);
        const Json& parts = memberOf(memberOf(a.extra, "labelme"), "parts");
        for (std::size_t k = 0; k < geometry->points.size(); ++k) {
            const bool own = k > 0 && parts.is_array() && k - 1 < parts.size() && parts[k - 1].is_object();
            Json shape = shapeOf(own ? partOf(a, parts[k - 1]) : a, old);
            shape["points"] = geometry->points[k];
            shape["group_id"] = id ? Json(*id) : Json();
            shape["shape_type"] = geometry->type;
            if (!geometry->mask.empty()) shape["mask"] = geometry->mask;
            putOwn(a, id, geometry->own, shape);
            shapes.push_back(std::move(shape));
        }
        return true;
    }

private:
    // The keys in LabelMe's order, points and kind to be filled in.
    [[nodiscard]] Json shapeOf(const Annotation& a, bool old) const {
        const Json& kept = memberOf(a.extra, "labelme");
        Json attributes = a.attributes.is_object() ? a.attributes : Json::object();
        Json description = memberOf(kept, "description");
        if (!description.is_string() && memberOf(attributes, "description").is_string()) {
            description = attributes["description"];
            attributes.erase("description");
        }
        const Json flags = flagsOf(a, memberOf(kept, "flags"), attributes);
        Json shape{{"label", m_classes[std::size_t(a.classId.value - 1)].name}};
        if (a.confidence) shape["score"] = *a.confidence;
        shape["points"] = nullptr, shape["group_id"] = nullptr;
        if (!old || description.is_string()) shape["description"] = description.is_string() ? description : Json("");
        shape["shape_type"] = nullptr;
        shape["flags"] = flags;
        if (!attributes.empty()) shape["attributes"] = std::move(attributes);
        if (a.flags & annot::Difficult && !flags.contains("difficult")) shape["difficult"] = true;
        if (!old) shape["mask"] = nullptr;
        if (const Json& fields = memberOf(kept, "fields"); fields.is_object())
            for (const auto& [key, value] : fields.items())
                if (!shape.contains(key) || shape[key].is_null()) shape[key] = value;
        return shape;
    }

    // Takes those that came from a shape's flags out of the attributes.
    static Json flagsOf(const Annotation& a, const Json& names, Json& attributes) {
        Json flags = Json::object();
        const auto isSet = [&](const std::string& name) {
            for (const auto& [flag, known] : kFlagNames)
                if (name == known) return std::optional((a.flags & flag) != 0);
            return std::optional<bool>();
        };
        if (names.is_object())
            for (const auto& [name, value] : names.items()) {
                if (!value.is_null())
                    flags[name] = value;
                else if (attributes.contains(name))
                    flags[name] = attributes[name], attributes.erase(name);
                else if (const auto set = isSet(name))
                    flags[name] = *set;
            }
        for (const auto& [flag, name] : kFlagNames)  // X-AnyLabeling has a key of its own for difficult ones
            if (a.flags & flag && flag != annot::Difficult && !flags.contains(name)) flags[name] = true;
        return flags;
    }

    static Annotation partOf(const Annotation& object, const Json& part) {
        Annotation a = object;
        a.extra = Json{{"labelme", memberOf(part, "extra")}};
        a.attributes = memberOf(part, "attributes");
        const Json& flags = memberOf(part, "flags");
        a.flags = flags.is_number_unsigned() ? flags.get<std::uint32_t>() : 0;
        a.confidence = numberAt(part, "score");
        return a;
    }

    static void putOwn(const Annotation& a, std::optional<std::int64_t> id, const Json& ownShape, Json& shape) {
        Json meta = metaOf(a, ~0u);
        if (meta.is_null()) meta = Json::object();
        meta.erase("confidence"), meta.erase("group");
        if ((id ? groupOf(*id) : 0) != a.group) meta["group"] = a.group;
        if (!ownShape.is_null()) meta["shape"] = ownShape;
        if (!meta.empty()) shape["lathe"] = std::move(meta);
    }

    std::optional<Geometry> geometryFor(const Annotation& a, const std::string& image) {
        const std::string kind(annot::kindName(a.shape));
        if (const auto* mask = std::get_if<annot::Mask>(&a.shape)) return pixels(maskText(*mask), "empty mask", image);
        if (const auto* polygon = polygonOf(a); polygon && polygon->rings.size() != 1) return ringsOf(*polygon, image);
        const Json& kept = memberOf(a.extra, "labelme");
        std::string type = textOf(kept, "shape_type");
        if (const auto points = pointsOf(memberOf(kept, "points")))
            if (const auto known = geometryOf(type.empty() ? typeFor(a.shape) : type, *points); known && *known == a.shape)
                return Geometry{type.empty() ? typeFor(a.shape) : type, {kept["points"]}, {}, {}};
        if (const auto points = pointsFor(a.shape, type); type.empty() || !points || !isOf(type, *points, a.shape))
            type = typeFor(a.shape);
        const auto points = pointsFor(a.shape, type);
        if (!points || points->empty()) {
            m_losses.add("shape without points", image);
            return {};
        }
        return Geometry{type, {jsonOf(*points)}, {}, ownOf(a.shape, type, kind, image)};
    }

    // Would these points be read as a shape of this kind again?
    static bool isOf(const std::string& type, const Points& points, const annot::Shape& shape) {
        const auto read = geometryOf(type, points);
        return read && read->index() == shape.index();
    }

    std::optional<Geometry> ringsOf(const annot::Polygon& polygon, const std::string& image) {
        if (polygon.rings.empty() || overlap(polygon)) {
            if (!polygon.rings.empty()) m_losses.add("polygon with holes", image);
            return pixels(maskText(polygon), "shape without points", image);
        }
        Geometry geometry{"polygon", {}, {}, {}};
        for (const auto& ring : polygon.rings) geometry.points.push_back(jsonOf(ring));
        return geometry;
    }

    std::optional<Geometry> pixels(const std::optional<MaskText>& text, const char* loss, const std::string& image) {
        if (text) return Geometry{"mask", {jsonOf(text->box)}, text->base64, {}};
        m_losses.add(loss, image);
        return {};
    }

    Json ownOf(const annot::Shape& shape, const std::string& type, const std::string& kind, const std::string& image) {
        if (std::holds_alternative<annot::RotatedBox>(shape)) return ownShape(shape);
        if (std::holds_alternative<annot::Ellipse>(shape) && type == "polygon") {
            m_losses.add(kind, image);
            return ownShape(shape);
        }
        const auto* keypoints = std::get_if<annot::Keypoints>(&shape);
        if (!keypoints) return {};
        const auto plain = [](const auto& item) { return item.visibility == 2; };
        if (keypoints->box == annot::Rect() && std::ranges::all_of(keypoints->items, plain)) return {};
        m_losses.add(kind, image);
        return ownKeypoints(*keypoints);
    }

    const std::vector<ClassRecord>& m_classes;
    Losses& m_losses;
};

class Writer {
public:
    Writer(fs::path folder, const WriteSource& source, ImageMode mode)
        : m_folder(std::move(folder)), m_source(source), m_placer(m_folder, mode), m_shapes(source.classes, m_losses) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            LATHE_CHECK(writeOne(image));
        }
        m_losses.report(
            {{"ellipse", "written as polygons: LabelMe has circles alone (Lathe finds the ellipses again)"},
             {"keypoints", "written as \"points\" without visibility and order (Lathe finds them again)"},
             {"polygon with holes", "written as masks of their pixels: LabelMe's polygons have no holes"},
             {"group of polygons", "written without group_id: LabelMe takes polygons of one label and group_id for one object"},
             {"details of a whole-image class", "left out: an image's flags are true or false"},
             {"empty mask", "left out: LabelMe holds masks by their box"},
             {"shape without points", "left out: LabelMe needs a point at least"},
             {"shape without a class", "left out: LabelMe needs a label"}},
            m_report.problems);
        return std::move(m_report);
    }

private:
    // Splits are folders on top; a name that begins with one keeps it.
    static std::string nameOf(const ImageRecord& image) {
        if (image.split.empty()) return image.name;
        const fs::path name = safeRelative(image.name);
        if (name.has_parent_path() && splitNamed(name.begin()->string()) == image.split) return image.name;
        return (safeRelative(image.split) / name).generic_string();
    }

    Result<> writeOne(const ImageRecord& image) {
        const std::string name = m_placer.place(image.path, nameOf(image), m_report);
        std::string stem = withoutSuffix(name);
        if (!m_stems.insert(stem).second) m_stems.insert(stem = name);  // a.jpg and a.png
        const Json& kept = memberOf(image.extra, "labelme");
        const std::string version = textOf(kept, "version");
        Json file{{"version", version.empty() ? kVersion : version}, {"flags", flagsOf(image, memberOf(kept, "flags"))}};
        file["shapes"] = shapesOf(image, version.starts_with("4.") || version.starts_with("3."));
        file["imagePath"] = fs::path(name).filename().string();
        file["imageData"] = nullptr;
        file["imageHeight"] = image.height > 0 ? Json(image.height) : Json();
        file["imageWidth"] = image.width > 0 ? Json(image.width) : Json();
        if (const Json& fields = memberOf(kept, "fields"); fields.is_object())
            for (const auto& [key, value] : fields.items())
                if (!file.contains(key)) file[key] = value;
        ++m_report.images;
        return writeText(m_folder / (stem + ".json"), file.dump(2, ' ', false, Json::error_handler_t::replace) + "\n", m_report);
    }

    Json shapesOf(const ImageRecord& image, bool old) {
        Groups groups(image.annotations);
        Json shapes = Json::array();
        for (const auto& a : image.annotations) {
            if (std::holds_alternative<annot::ImageLabel>(a.shape)) continue;
            if (!hasClass(a))
                m_losses.add("shape without a class", image.name);
            else if (m_shapes.put(a, image.name, old, groups, shapes))
                ++m_report.annotations;
        }
        return shapes;
    }

    Json flagsOf(const ImageRecord& image, const Json& known) {
        Json flags = known.is_object() ? known : Json::object();
        for (auto& value : flags)
            if (value.is_boolean()) value = false;
        for (const auto& a : image.annotations) {
            if (!std::holds_alternative<annot::ImageLabel>(a.shape)) continue;
            if (!hasClass(a)) {
                m_losses.add("shape without a class", image.name);
                continue;
            }
            flags[m_source.classes[std::size_t(a.classId.value - 1)].name] = true;
            if (!a.attributes.empty() || !metaOf(a, 0).is_null()) m_losses.add("details of a whole-image class", image.name);
            ++m_report.annotations;
        }
        return flags;
    }

    [[nodiscard]] bool hasClass(const Annotation& a) const { return std::size_t(a.classId.value - 1) < m_source.classes.size(); }

    fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    Losses m_losses;
    ShapeWriter m_shapes;
    WriteReport m_report;
    std::set<std::string> m_stems;
};

}  // namespace

Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                          const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return Writer(folder, source, options.images).run(std::move(stop), progress);
}

}  // namespace lathe::formats::labelme
