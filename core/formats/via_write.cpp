#include <fmt/format.h>
#include <algorithm>
#include <map>

#include "core/annot/convert.h"
#include "core/formats/json_items.h"
#include "core/formats/own_shape.h"
#include "core/formats/source_files.h"
#include "core/formats/via.h"

namespace lathe::formats::via {
namespace {

namespace fs = std::filesystem;
using annot::Annotation;
using Ring = std::vector<annot::Point>;

std::string textOf(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json listOf(const Ring& ring) {
    Json points = Json::array();
    for (const auto p : ring) points.push_back(Json::array({p.x, p.y}));
    return points;
}

Json shapeOf(const char* name, const Ring& points, bool closed) {
    Json xs = Json::array(), ys = Json::array();
    for (const auto p : points) xs.push_back(p.x), ys.push_back(p.y);
    if (closed) xs.push_back(points.front().x), ys.push_back(points.front().y);
    return {{"name", name}, {"all_points_x", std::move(xs)}, {"all_points_y", std::move(ys)}};
}

Json shapeOf(const annot::Rect& r) {
    return {{"name", "rect"}, {"x", r.x}, {"y", r.y}, {"width", r.w}, {"height", r.h}};
}

Json shapeOf(const annot::Point p) {
    return {{"name", "point"}, {"cx", p.x}, {"cy", p.y}};
}

Json shapeOf(const annot::Ellipse& e, bool asEllipse) {
    if (e.rx == e.ry && e.angle == 0 && !asEllipse)
        return {{"name", "circle"}, {"cx", e.centre.x}, {"cy", e.centre.y}, {"r", e.rx}};
    return {{"name", "ellipse"}, {"cx", e.centre.x}, {"cy", e.centre.y}, {"rx", e.rx}, {"ry", e.ry}, {"theta", e.angle}};
}

/// An outline with the holes in it.
struct Outline {
    Ring ring;
    std::vector<Ring> holes;
};

// Does the ring lie within the other (most of its corners do)?
bool isWithin(const Ring& ring, const Ring& other) {
    const annot::Shape area = annot::Polygon{{other}};
    const auto inside = std::ranges::count_if(ring, [&](annot::Point p) { return annot::contains(area, p); });
    return 2 * std::size_t(inside) > ring.size();
}

std::vector<Outline> outlinesOf(const annot::Polygon& polygon) {
    std::vector<std::pair<double, const Ring*>> rings;  // largest first: what a ring lies in comes before it
    for (const auto& ring : polygon.rings)
        if (ring.size() >= 3) rings.push_back({-annot::area(annot::Polygon{{ring}}), &ring});
    std::ranges::stable_sort(rings, {}, [](const auto& ring) { return ring.first; });
    std::vector<Outline> outlines;
    std::map<const Ring*, std::size_t> places;
    for (const auto& [area, ring] : rings) {
        const annot::Rect extent = annot::bounds(annot::Polygon{{*ring}});
        std::optional<std::size_t> smallest;
        int around = 0;
        for (const auto& [otherArea, other] : rings) {
            if (other == ring) break;
            if (!annot::bounds(annot::Polygon{{*other}}).intersects(extent) || !isWithin(*ring, *other)) continue;
            ++around;
            if (const auto at = places.find(other); at != places.end()) smallest = at->second;
        }
        if (around % 2 == 1 && smallest) {
            outlines[*smallest].holes.push_back(*ring);
        } else {
            places[ring] = outlines.size();
            outlines.push_back({*ring, {}});
        }
    }
    return outlines;
}

/// What an annotation becomes: shape_attributes and what Lathe adds.
struct Written {
    Json shape, own;
};

class RegionWriter {
public:
    RegionWriter(const std::vector<ClassRecord>& classes, std::string classAttribute, Losses& losses)
        : m_classes(classes), m_attribute(std::move(classAttribute)), m_losses(losses) {}

    /// Adds to "regions"; false when the annotation can't be held.
    bool put(const Annotation& a, const std::string& image, Json& regions, std::int64_t& objects) {
        const auto all = shapesOf(a, image);
        if (all.empty()) return false;
        const std::int64_t object = all.size() > 1 ? ++objects : 0;
        for (const auto& written : all) {
            Json region{{"shape_attributes", written.shape}, {"region_attributes", attributesOf(a)}};
            Json lathe = metaOf(a, 0);
            if (written.own.is_object())
                for (const auto& [key, value] : written.own.items()) lathe[key] = value;
            if (object > 0) lathe["object"] = object;
            if (const Json& fields = memberOf(memberOf(a.extra, "via"), "fields"); fields.is_object())
                for (const auto& [key, value] : fields.items()) region[key] = value;
            if (!lathe.is_null()) region["lathe"] = std::move(lathe);
            regions.push_back(std::move(region));
        }
        return true;
    }

private:
    [[nodiscard]] Json attributesOf(const Annotation& a) const {
        const std::string& name = m_classes[std::size_t(a.classId.value - 1)].name;
        Json attributes = Json::object();
        const Json& kept = memberOf(a.extra, "via");
        const bool none = kept.is_object() && kept.contains("class") && kept["class"].is_null() && name == "unnamed";
        if (!none) {
            const auto known = namesOf(memberOf(kept, "class"));
            attributes[m_attribute] = !known.empty() && known[0] == name ? kept["class"] : Json(name);
        }
        if (a.attributes.is_object())
            for (const auto& [key, value] : a.attributes.items())
                if (!attributes.contains(key)) attributes[key] = value;
        return attributes;
    }

    std::vector<Written> shapesOf(const Annotation& a, const std::string& image) {
        const Json& kept = memberOf(a.extra, "via");
        if (const auto* box = std::get_if<annot::Box>(&a.shape)) return {{shapeOf(box->rect), {}}};
        if (const auto* e = std::get_if<annot::Ellipse>(&a.shape)) return {{shapeOf(*e, memberOf(kept, "name") == "ellipse"), {}}};
        if (const auto* dot = std::get_if<annot::Dot>(&a.shape)) return {{shapeOf(dot->at), {}}};
        if (const auto* line = std::get_if<annot::Polyline>(&a.shape)) return {{shapeOf("polyline", line->points, false), {}}};
        if (const auto* polygon = std::get_if<annot::Polygon>(&a.shape))
            return polygonsOf(*polygon, memberOf(kept, "closed") == true, image);
        const std::string kind(annot::kindName(a.shape));
        m_losses.add(kind, image);
        if (const auto* mask = std::get_if<annot::Mask>(&a.shape)) return polygonsOf(annot::polygonOf(*mask), false, image);
        if (std::holds_alternative<annot::RotatedBox>(a.shape))
            return {{shapeOf("polygon", outlineOf(a.shape)->rings[0], false), {{"shape", ownShape(a.shape)}}}};
        if (const auto* keypoints = std::get_if<annot::Keypoints>(&a.shape)) {
            const annot::Rect box = annot::bounds(a.shape);
            const Json own{{"shape", ownKeypoints(*keypoints)}};
            if (box.w > 0 && box.h > 0) return {{shapeOf(box), own}};
        }
        m_losses.add("shape without an area", image);
        return {};
    }

    std::vector<Written> polygonsOf(const annot::Polygon& polygon, bool closed, const std::string& image) {
        std::vector<Written> all;
        const bool plain = polygon.rings.size() == 1 && polygon.rings[0].size() >= 3;
        for (const auto& outline : plain ? std::vector<Outline>{{polygon.rings[0], {}}} : outlinesOf(polygon)) {
            Json holes;
            for (const Ring& hole : outline.holes) holes.push_back(listOf(hole));
            if (!holes.is_null()) m_losses.add("hole", image);
            all.push_back({shapeOf("polygon", outline.ring, closed), holes.is_null() ? Json() : Json{{"holes", std::move(holes)}}});
        }
        if (all.size() > 1) m_losses.add("object of several parts", image);
        if (all.empty()) m_losses.add("shape without an area", image);
        return all;
    }

    const std::vector<ClassRecord>& m_classes;
    std::string m_attribute;
    Losses& m_losses;
};

class Writer {
public:
    Writer(fs::path folder, const WriteSource& source, ImageMode mode)
        : m_folder(std::move(folder)),
          m_source(source),
          m_project(memberOf(source.extra, "project")),
          m_placer(m_folder, mode),
          m_regions(source.classes, attributeOf(source.extra), m_losses) {}

    Result<WriteReport> run(const std::stop_token& stop, const Progress& progress) {
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            writeOne(image);
        }
        if (m_images.empty()) m_images[""];
        for (const auto& [folder, images] : m_images) LATHE_CHECK(writeFile(m_folder / folder, images));
        const std::string again = " (Lathe finds them again, VIA drops them when it saves)";
        m_losses.report({{"mask", "written as their outlines: VIA holds no masks"},
                         {"rotated_box", "written as polygons: VIA has no turned boxes" + again},
                         {"keypoints", "written as their boxes: VIA has no skeletons" + again},
                         {"hole", "left out of the outlines: VIA's polygons have none" + again},
                         {"object of several parts", "written as a region a part: VIA has no parts" + again},
                         {"details of a whole-image class", "left out: VIA holds its name alone"},
                         {"shape without an area", "left out: VIA's shapes have one"},
                         {"shape without a class", "left out: its class isn't known"}},
                        m_report.problems);
        return std::move(m_report);
    }

private:
    /// The entries of one label file.
    struct Images {
        std::string entries;
        Json ids = Json::array();
    };

    static std::string attributeOf(const Json& extra) {
        const Json& name = memberOf(extra, "class_attribute");
        return name.is_string() && !name.get_ref<const std::string&>().empty() ? name.get<std::string>() : "class";
    }

    // Splits are folders on top; a name that begins with one keeps it.
    static std::string nameOf(const ImageRecord& image) {
        if (image.split.empty()) return image.name;
        const fs::path name = safeRelative(image.name);
        if (name.has_parent_path() && splitNamed(name.begin()->string()) == image.split) return image.name;
        return (safeRelative(image.split) / name).generic_string();
    }

    void writeOne(const ImageRecord& image) {
        const std::string name = m_placer.place(image.path, nameOf(image), m_report);
        const std::string folder = image.split.empty() ? std::string() : fs::path(name).begin()->string();
        const std::string filename = folder.empty() ? name : name.substr(folder.size() + 1);
        const Json& kept = memberOf(image.extra, "via");
        Json entry{{"filename", filename}, {"size", sizeOf(image, kept)}, {"regions", Json::array()}};
        std::int64_t objects = 0;
        for (const auto& a : image.annotations) {
            if (std::holds_alternative<annot::ImageLabel>(a.shape)) continue;
            if (!hasClass(a))
                m_losses.add("shape without a class", image.name);
            else if (m_regions.put(a, image.name, entry["regions"], objects))
                ++m_report.annotations;
        }
        entry["file_attributes"] = fileAttributesOf(image, kept);
        if (const Json& fields = memberOf(kept, "fields"); fields.is_object())
            for (const auto& [key, value] : fields.items())
                if (!entry.contains(key)) entry[key] = value;
        const std::string id = filename + entry["size"].dump();
        Images& images = m_images[folder];
        images.entries += (images.entries.empty() ? "" : ",\n") + textOf(Json(id)) + ":" + textOf(entry);
        if (m_project.is_object()) images.ids.push_back(id);
        ++m_report.images;
    }

    // In bytes: VIA finds an image again by its name and its size.
    static Json sizeOf(const ImageRecord& image, const Json& kept) {
        std::error_code error;
        const auto size = fs::file_size(image.path, error);
        if (!error) return std::int64_t(size);
        return memberOf(kept, "size").is_number() ? kept["size"] : Json(-1);
    }

    Json fileAttributesOf(const ImageRecord& image, const Json& kept) {
        Json attributes = Json::object();
        std::vector<std::string> names;
        for (const auto& a : image.annotations) {
            if (!std::holds_alternative<annot::ImageLabel>(a.shape)) continue;
            if (!hasClass(a)) {
                m_losses.add("shape without a class", image.name);
                continue;
            }
            names.push_back(m_source.classes[std::size_t(a.classId.value - 1)].name);
            if (!a.attributes.empty() || !metaOf(a, 0).is_null()) m_losses.add("details of a whole-image class", image.name);
            ++m_report.annotations;
        }
        const Json& known = memberOf(kept, "file_class");
        Json& value = names.empty() ? attributes : attributes[known.is_string() ? known.get<std::string>() : "class"];
        if (names.size() == 1) value = names[0];
        if (names.size() > 1)
            for (const auto& name : names) value[name] = true;
        if (const Json& others = memberOf(kept, "file_attributes"); others.is_object())
            for (const auto& [key, other] : others.items())
                if (!attributes.contains(key)) attributes[key] = other;
        return attributes;
    }

    Result<> writeFile(const fs::path& folder, const Images& images) {
        if (!m_project.is_object()) return writeText(folder / "via_region_data.json", "{" + images.entries + "}\n", m_report);
        std::string text;
        for (const auto& [key, value] : m_project.items()) {
            text += (text.empty() ? "{" : ",\n") + textOf(Json(key)) + ":";
            if (key == "_via_img_metadata")
                text += "{" + images.entries + "}";
            else
                text += textOf(key == "_via_image_id_list" ? images.ids : value);
        }
        return writeText(folder / "via_project.json", text + "}\n", m_report);
    }

    [[nodiscard]] bool hasClass(const Annotation& a) const { return std::size_t(a.classId.value - 1) < m_source.classes.size(); }

    fs::path m_folder;
    const WriteSource& m_source;
    const Json& m_project;
    ImagePlacer m_placer;
    Losses m_losses;
    RegionWriter m_regions;
    WriteReport m_report;
    std::map<std::string, Images> m_images;
};

}  // namespace

Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                          const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return Writer(folder, source, options.images).run(stop, progress);
}

}  // namespace lathe::formats::via
