// Writes annotations.xml (CVAT for images 1.1) and images/. The labels stand before the images and declare the attributes that the
// annotations have, so all annotations are looked at twice.
#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "core/base/files.h"
#include "core/formats/cvat.h"
#include "core/formats/cvat_shapes.h"
#include "core/formats/exact_shape.h"
#include "core/formats/json_items.h"
#include "core/formats/own_shape.h"

namespace lathe::formats::cvat_xml {
namespace {

namespace fs = std::filesystem;
using annot::Annotation;
using annot::Point;
using pugi::xml_node;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string wordsOf(const Json& value) {
    return value.is_string() ? value.get<std::string>() : dumped(value);
}

void put(xml_node node, const char* name, const std::string& value) {
    node.append_attribute(name) = value.c_str();
}

void put(xml_node node, const char* name, double value) {
    put(node, name, fmt::format("{}", std::isfinite(value) ? value : 0.0));
}

std::string pointsText(const std::vector<Point>& points) {
    std::string out;
    for (const Point p : points) fmt::format_to(std::back_inserter(out), "{}{},{}", out.empty() ? "" : ";", p.x, p.y);
    return out;
}

void putRect(xml_node node, const annot::Rect& box) {
    put(node, "xtl", box.x), put(node, "ytl", box.y), put(node, "xbr", box.x + box.w), put(node, "ybr", box.y + box.h);
}

// A box as its corners give it.
annot::Rect throughCorners(const annot::Rect& box) {
    return {box.x, box.y, exact::extentOf(box.x, box.x + box.w), exact::extentOf(box.y, box.y + box.h)};
}

class ElementWriter {
public:
    ElementWriter(const WriteSource& source, const std::vector<SeenAttributes>& seen, Losses& losses)
        : m_source(source), m_seen(seen), m_losses(losses) {}

    /// All annotations of an image; how many of them.
    std::int64_t put(xml_node image, const ImageRecord& record) {
        std::int64_t written = 0, z = INT64_MIN;
        m_group = 0;
        for (const Annotation& a : record.annotations) m_group = std::max(m_group, a.group);
        for (const Annotation& a : record.annotations) {
            if (std::size_t(a.classId.value - 1) >= m_source.classes.size()) {
                m_losses.add("shape without a class", record.name);
                continue;
            }
            z = std::max(z, zOf(a));
            written += putOne(image, a, record, z) ? 1 : 0;
        }
        return written;
    }

private:
    static std::int64_t zOf(const Annotation& a) {
        const Json& z = memberOf(memberOf(a.extra, "cvat"), "z_order");
        return z.is_number_integer() ? z.get<std::int64_t>() : 0;
    }

    bool putOne(xml_node image, const Annotation& a, const ImageRecord& record, std::int64_t z) {
        std::string loss;
        auto pieces = exact::piecesOf(a.shape, record.width, record.height, loss);
        if (!loss.empty()) m_losses.add(loss, record.name);
        const std::int64_t group = pieces.size() > 1 && a.group == 0 ? ++m_group : a.group;
        bool any = false;
        for (auto& piece : pieces) any = putPiece(image, a, piece, group, record, z) || any;
        if (!any) m_losses.add("shape without an area", record.name);
        return any;
    }

    bool putPiece(xml_node image, const Annotation& a, exact::Piece& piece, std::int64_t group, const ImageRecord& record,
                  std::int64_t z) {
        const ClassRecord& record_ = m_source.classes[std::size_t(a.classId.value - 1)];
        xml_node node = image.append_child("tag");
        cvat_xml::put(node, "label", record_.name);
        cvat_xml::put(node, "source", sourceOf(a));
        const bool isTag = std::holds_alternative<annot::ImageLabel>(piece.shape);
        if (!isTag) cvat_xml::put(node, "occluded", std::string(a.flags & annot::Occluded ? "1" : "0"));
        const auto read = putShape(node, piece.shape, record_, a);
        if (!read) {
            image.remove_child(node);
            return false;
        }
        if (!isTag) cvat_xml::put(node, "z_order", std::to_string(z));
        if (group > 0) cvat_xml::put(node, "group_id", std::to_string(group));
        putRest(node, a, piece, *read);
        putAttributes(node, a, record);
        if (std::holds_alternative<annot::Keypoints>(a.shape) && piece.own.is_object() && piece.own.contains("visibility"))
            m_losses.add("keypoints with hidden points", record.name);
        return true;
    }

    // The geometry. Nothing when there is none.
    std::optional<annot::Shape> putShape(xml_node node, const annot::Shape& shape, const ClassRecord& record, const Annotation& a) {
        if (std::holds_alternative<annot::ImageLabel>(shape)) return shape;
        if (const auto* box = std::get_if<annot::Box>(&shape)) return putBox(node, *box);
        if (const auto* turned = std::get_if<annot::RotatedBox>(&shape)) return putTurned(node, *turned);
        if (const auto* ellipse = std::get_if<annot::Ellipse>(&shape)) return putEllipse(node, *ellipse);
        if (const auto* polygon = std::get_if<annot::Polygon>(&shape)) {
            node.set_name("polygon");
            cvat_xml::put(node, "points", pointsText(polygon->rings.front()));
            return shape;
        }
        if (const auto* line = std::get_if<annot::Polyline>(&shape)) {
            node.set_name("polyline");
            cvat_xml::put(node, "points", pointsText(line->points));
            return line->points.size() < 2 ? std::nullopt : std::optional(shape);
        }
        if (const auto* dot = std::get_if<annot::Dot>(&shape)) {
            node.set_name("points");
            cvat_xml::put(node, "points", pointsText({dot->at}));
            return shape;
        }
        if (const auto* mask = std::get_if<annot::Mask>(&shape)) return putMask(node, *mask);
        return putKeypoints(node, std::get<annot::Keypoints>(shape), record, a);
    }

    static std::optional<annot::Shape> putBox(xml_node node, const annot::Box& box) {
        node.set_name("box");
        putRect(node, box.rect);
        if (!(box.rect.w > 0 && box.rect.h > 0)) return {};
        return annot::Box{throughCorners(box.rect)};
    }

    static std::optional<annot::Shape> putTurned(xml_node node, const annot::RotatedBox& turned) {
        node.set_name("box");
        const annot::Rect box = exact::upright(turned);
        const double degrees = exact::degreesOf(turned.angle);
        putRect(node, box);
        cvat_xml::put(node, "rotation", degrees);
        if (!(box.w > 0 && box.h > 0)) return {};
        return exact::turned(throughCorners(box), degrees);
    }

    static std::optional<annot::Shape> putEllipse(xml_node node, const annot::Ellipse& ellipse) {
        node.set_name("ellipse");
        const double degrees = exact::degreesOf(ellipse.angle);
        cvat_xml::put(node, "cx", ellipse.centre.x), cvat_xml::put(node, "cy", ellipse.centre.y);
        cvat_xml::put(node, "rx", ellipse.rx), cvat_xml::put(node, "ry", ellipse.ry);
        if (degrees != 0) cvat_xml::put(node, "rotation", degrees);
        if (!(ellipse.rx > 0 && ellipse.ry > 0)) return {};
        return annot::Ellipse{ellipse.centre, ellipse.rx, ellipse.ry, exact::radiansOf(degrees)};
    }

    static std::optional<annot::Shape> putMask(xml_node node, const annot::Mask& mask) {
        node.set_name("mask");
        const auto crop = cropOf(mask);
        if (!crop) return {};
        cvat_xml::put(node, "rle", crop->rle);
        cvat_xml::put(node, "left", std::to_string(crop->left)), cvat_xml::put(node, "top", std::to_string(crop->top));
        cvat_xml::put(node, "width", std::to_string(crop->width)), cvat_xml::put(node, "height", std::to_string(crop->height));
        return mask;
    }

    static std::optional<annot::Shape> putKeypoints(xml_node node, const annot::Keypoints& keypoints, const ClassRecord& record,
                                                    const Annotation& a) {
        if (keypoints.items.empty()) return {};
        const auto names = pointsOf(record);
        if (names.size() == keypoints.items.size()) {
            node.set_name("skeleton");
            putSkeleton(node, keypoints, names, a);
            return annot::Keypoints{keypoints.items, {}};
        }
        std::vector<Point> points;
        annot::Keypoints read;
        for (const auto& item : keypoints.items) points.push_back(item.at), read.items.push_back({item.at, 2});
        node.set_name("points");
        cvat_xml::put(node, "points", pointsText(points));
        if (points.size() == 1) return annot::Dot{points.front()};
        return read;
    }

    static void putSkeleton(xml_node node, const annot::Keypoints& keypoints, const std::vector<std::string>& names,
                            const Annotation& a) {
        const Json& said = memberOf(memberOf(a.extra, "cvat"), "points");
        for (std::size_t k = 0; k < names.size(); ++k) {
            const auto& item = keypoints.items[k];
            xml_node point = node.append_child("points");
            cvat_xml::put(point, "label", names[k]);
            cvat_xml::put(point, "source", sourceOf(a));
            cvat_xml::put(point, "outside", std::string(item.visibility == 0 ? "1" : "0"));
            cvat_xml::put(point, "occluded", std::string(item.visibility == 1 ? "1" : "0"));
            cvat_xml::put(point, "points", pointsText({item.at}));
            const Json& attributes = memberOf(said, names[k]);
            if (attributes.is_object())
                for (const auto& [name, value] : attributes.items()) putAttribute(point, name, value);
        }
    }

    // What the file said; else by hand, or by a model.
    static std::string sourceOf(const Annotation& a) {
        if (std::string said = formats::textOf(memberOf(a.extra, "cvat"), "source"); !said.empty()) return said;
        if (!a.source.starts_with("model:")) return "manual";
        return a.source.ends_with(" corrected") ? "semi-auto" : "auto";
    }

    // Fields of the file that Lathe doesn't know, and fields of Lathe's that CVAT doesn't.
    static void putRest(xml_node node, const Annotation& a, exact::Piece& piece, const annot::Shape& read) {
        if (const Json& said = memberOf(a.extra, "cvat"); said.is_object())
            for (const auto& [name, value] : said.items())
                if (value.is_string() && name != "source" && !name.empty() && !node.attribute(name.c_str()))
                    cvat_xml::put(node, name.c_str(), value.get<std::string>());
        Json own = std::move(piece.own);
        // A ring or a mask made of a polygon is meant to be read as another shape.
        if (own.is_null()) exact::keepDifference(own, piece.shape, read);
        Json meta = metaOf(a, annot::Occluded);
        if (meta.is_object()) meta.erase("group");
        if (own.is_object() && own.contains("ring")) meta["group"] = a.group;
        if (own.is_object()) meta.update(own);
        if (meta.is_object() && !meta.empty()) cvat_xml::put(node, "lathe", dumped(meta));
        piece.own = std::move(own);
    }

    static void putAttribute(xml_node node, const std::string& name, const Json& value) {
        xml_node attribute = node.append_child("attribute");
        cvat_xml::put(attribute, "name", name);
        attribute.text() = wordsOf(value).c_str();
    }

    void putAttributes(xml_node node, const Annotation& a, const ImageRecord& record) {
        if (!a.attributes.is_object()) return;
        const ClassRecord& owner = m_source.classes[std::size_t(a.classId.value - 1)];
        const SeenAttributes& seen = m_seen[std::size_t(a.classId.value - 1)];
        for (const auto& [name, value] : a.attributes.items()) {
            putAttribute(node, name, value);
            const auto declared = declaredInput(owner, name);
            const auto found = seen.find(name);
            const Input input = declared ? *declared : found == seen.end() ? Input::Words : found->second;
            if (input != inputOf(value) || (input == Input::Words && !value.is_string()))
                m_losses.add("attribute value", record.name);
        }
    }

    const WriteSource& m_source;
    const std::vector<SeenAttributes>& m_seen;
    Losses& m_losses;
    std::int64_t m_group = 0;
};

// <meta> as it was read, or a new one; with the labels.
void putMeta(xml_node root, const WriteSource& source, const std::vector<SeenAttributes>& seen) {
    pugi::xml_document kept;
    const std::string text = textOf(source.extra, "meta");
    xml_node meta;
    if (!text.empty() && kept.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8) && kept.child("meta"))
        meta = root.append_copy(kept.child("meta"));
    else
        meta = root.append_child("meta");
    xml_node owner;
    for (const char* name : {"task", "job", "project"})
        if (!owner) owner = meta.child(name);
    if (!owner) {
        owner = meta.append_child("task");
        owner.append_child("size");
    }
    if (xml_node size = owner.child("size")) size.text() = std::to_string(source.imageCount).c_str();
    if (xml_node mode = owner.child("mode")) mode.text() = "annotation";
    xml_node labels = owner.child("labels");
    if (!labels) labels = owner.append_child("labels");
    labels.remove_children();
    for (std::size_t k = 0; k < source.classes.size(); ++k) putLabel(labels, source.classes[k], seen[k]);
}

class Writer {
public:
    Writer(const fs::path& folder, const WriteSource& source, const WriteOptions& options)
        : m_folder(folder), m_source(source), m_placer(folder / "images", options.images), m_seen(source.classes.size()) {}

    Result<WriteReport> run(std::stop_token stop, const Progress& progress) {
        LATHE_CHECK(lookThrough(stop, progress.part(0, 0.3)));
        const fs::path file = m_folder / "annotations.xml";
        std::ofstream out(file, std::ios::binary);
        putHead(out);
        ElementWriter elements(m_source, m_seen, m_losses);
        for (std::size_t k = 0; k < m_order.size(); ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(m_order[k].second));
            progress.part(0.3, 1).report(std::int64_t(k) + 1, std::int64_t(m_order.size()), image.name);
            putImage(out, image, k, elements);
        }
        out << "</annotations>\n";
        if (!out.flush()) return fail(base::errnoError(errno, "could not be written", file));
        ++m_report.files;
        reportLosses();
        return std::move(m_report);
    }

private:
    // The order of names, and the attributes of the classes.
    Result<> lookThrough(std::stop_token stop, const Progress& progress) {
        for (std::size_t k = 0; k < m_source.imageCount; ++k) {
            if (stop.stop_requested()) return fail(cancelled());
            LATHE_TRY(const ImageRecord image, m_source.image(k));
            progress.report(std::int64_t(k) + 1, std::int64_t(m_source.imageCount), image.name);
            m_order.emplace_back(image.name, k);
            for (const Annotation& a : image.annotations) lookAt(a);
        }
        std::ranges::sort(m_order);
        return {};
    }

    void lookAt(const Annotation& a) {
        const auto index = std::size_t(a.classId.value - 1);
        if (index >= m_seen.size() || !a.attributes.is_object()) return;
        for (const auto& [name, value] : a.attributes.items()) {
            const auto [at, added] = m_seen[index].emplace(name, inputOf(value));
            if (!added && at->second != inputOf(value)) at->second = Input::Words;
        }
    }

    void putHead(std::ostream& out) {
        pugi::xml_document document;
        document.append_child("version").text() = "1.1";
        putMeta(document, m_source, m_seen);
        out << "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n";
        for (const auto& node : document.children()) node.print(out, "  ", pugi::format_default, pugi::encoding_utf8, 1);
    }

    void putImage(std::ostream& out, const ImageRecord& record, std::size_t id, ElementWriter& elements) {
        const std::string name = m_placer.place(record.path, record.name, m_report);
        pugi::xml_document document;
        xml_node image = document.append_child("image");
        put(image, "id", std::to_string(id));
        put(image, "name", name);
        const Json& said = memberOf(record.extra, "cvat");
        const std::string subset = textOf(said, "subset");
        const bool same = !subset.empty() && splitNamed(subset) == record.split;
        if (same || !record.split.empty()) put(image, "subset", same ? subset : record.split);
        if (said.is_object())
            for (const auto& [key, value] : said.items())
                if (value.is_string() && key != "subset" && !key.empty()) put(image, key.c_str(), value.get<std::string>());
        if (record.width > 0 && record.height > 0) {
            put(image, "width", std::to_string(record.width));
            put(image, "height", std::to_string(record.height));
        }
        m_report.annotations += elements.put(image, record);
        for (const Json& text : memberOf(said, "left_out"))
            if (text.is_string()) {
                const auto& element = text.get_ref<const std::string&>();
                image.append_buffer(element.data(), element.size(), pugi::parse_default, pugi::encoding_utf8);
            }
        image.print(out, "  ", pugi::format_default, pugi::encoding_utf8, 1);
        ++m_report.images;
    }

    void reportLosses() {
        m_losses.report(
            {{"polygon with a hole", "written as a mask: CVAT's polygons have no holes (Lathe reads it back as it was)"},
             {"polygon of several parts",
              "written as a polygon each, in one group: CVAT's polygons have one ring (Lathe reads it back as it was)"},
             {"keypoints with hidden points", "written as plain points: their class has no names for them"},
             {"attribute value", "written as text: CVAT declares one kind of value for an attribute"},
             {"shape without an area", "left out: CVAT takes none"},
             {"shape without a class", "left out: its class isn't in the list"}},
            m_report.problems);
    }

    fs::path m_folder;
    const WriteSource& m_source;
    ImagePlacer m_placer;
    std::vector<SeenAttributes> m_seen;  // by class
    std::vector<std::pair<std::string, std::size_t>> m_order;
    WriteReport m_report;
    Losses m_losses;
};

}  // namespace

Result<WriteReport> write(const fs::path& folder, const WriteSource& source, const WriteOptions& options, std::stop_token stop,
                          const Progress& progress) {
    LATHE_CHECK(makeEmptyFolder(folder));
    return Writer(folder, source, options).run(std::move(stop), progress);
}

}  // namespace lathe::formats::cvat_xml
