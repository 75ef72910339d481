#include "core/formats/cvat_elements.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "core/formats/cvat_shapes.h"
#include "core/formats/exact_shape.h"
#include "core/formats/json_items.h"

namespace lathe::formats::cvat_xml {
namespace {

using annot::Annotation;
using annot::Point;
using pugi::xml_node;

std::string compactText(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string wordsOf(const Json& value) {
    return value.is_string() ? value.get<std::string>() : compactText(value);
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

std::int64_t zOf(const Annotation& a) {
    const Json& z = memberOf(memberOf(a.extra, "cvat"), "z_order");
    return z.is_number_integer() ? z.get<std::int64_t>() : 0;
}

// What the file said; else by hand, or by a model.
std::string sourceOf(const Annotation& a) {
    if (std::string said = formats::textOf(memberOf(a.extra, "cvat"), "source"); !said.empty()) return said;
    if (!a.source.starts_with("model:")) return "manual";
    return a.source.ends_with(" corrected") ? "semi-auto" : "auto";
}

void putAttribute(xml_node node, const std::string& name, const Json& value) {
    xml_node attribute = node.append_child("attribute");
    put(attribute, "name", name);
    attribute.text() = wordsOf(value).c_str();
}

std::optional<annot::Shape> putBox(xml_node node, const annot::Box& box) {
    node.set_name("box");
    putRect(node, box.rect);
    if (!(box.rect.w > 0 && box.rect.h > 0)) return {};
    return annot::Box{throughCorners(box.rect)};
}

std::optional<annot::Shape> putTurned(xml_node node, const annot::RotatedBox& turned) {
    node.set_name("box");
    const annot::Rect box = exact::upright(turned);
    const double degrees = exact::degreesOf(turned.angle);
    putRect(node, box);
    put(node, "rotation", degrees);
    if (!(box.w > 0 && box.h > 0)) return {};
    if (degrees == 0) return annot::Box{throughCorners(box)};
    return exact::turned(throughCorners(box), degrees);
}

std::optional<annot::Shape> putEllipse(xml_node node, const annot::Ellipse& ellipse) {
    node.set_name("ellipse");
    const double degrees = exact::degreesOf(ellipse.angle);
    put(node, "cx", ellipse.centre.x), put(node, "cy", ellipse.centre.y);
    put(node, "rx", ellipse.rx), put(node, "ry", ellipse.ry);
    if (degrees != 0) put(node, "rotation", degrees);
    if (!(ellipse.rx > 0 && ellipse.ry > 0)) return {};
    return annot::Ellipse{ellipse.centre, ellipse.rx, ellipse.ry, exact::radiansOf(degrees)};
}

std::optional<annot::Shape> putMask(xml_node node, const annot::Mask& mask) {
    node.set_name("mask");
    const auto crop = cropOf(mask);
    if (!crop) return {};
    put(node, "rle", crop->rle);
    put(node, "left", std::to_string(crop->left)), put(node, "top", std::to_string(crop->top));
    put(node, "width", std::to_string(crop->width)), put(node, "height", std::to_string(crop->height));
    return mask;
}

void putSkeleton(xml_node node, const annot::Keypoints& keypoints, const std::vector<std::string>& names, const Annotation& a) {
    const Json& said = memberOf(memberOf(a.extra, "cvat"), "points");
    for (std::size_t k = 0; k < names.size(); ++k) {
        const auto& item = keypoints.items[k];
        xml_node point = node.append_child("points");
        put(point, "label", names[k]);
        put(point, "source", sourceOf(a));
        put(point, "outside", std::string(item.visibility == 0 ? "1" : "0"));
        put(point, "occluded", std::string(item.visibility == 1 ? "1" : "0"));
        put(point, "points", pointsText({item.at}));
        const Json& attributes = memberOf(said, names[k]);
        if (attributes.is_object())
            for (const auto& [name, value] : attributes.items()) putAttribute(point, name, value);
    }
}

std::optional<annot::Shape> putKeypoints(xml_node node, const annot::Keypoints& keypoints, const ClassRecord& record,
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
    put(node, "points", pointsText(points));
    if (points.size() == 1) return annot::Dot{points.front()};
    return read;
}

// The geometry. Nothing when there is none.
std::optional<annot::Shape> putShape(xml_node node, const annot::Shape& shape, const ClassRecord& record, const Annotation& a) {
    if (std::holds_alternative<annot::ImageLabel>(shape)) return shape;
    if (const auto* box = std::get_if<annot::Box>(&shape)) return putBox(node, *box);
    if (const auto* turned = std::get_if<annot::RotatedBox>(&shape)) return putTurned(node, *turned);
    if (const auto* ellipse = std::get_if<annot::Ellipse>(&shape)) return putEllipse(node, *ellipse);
    if (const auto* polygon = std::get_if<annot::Polygon>(&shape)) {
        node.set_name("polygon");
        put(node, "points", pointsText(polygon->rings.front()));
        return shape;
    }
    if (const auto* line = std::get_if<annot::Polyline>(&shape)) {
        node.set_name("polyline");
        put(node, "points", pointsText(line->points));
        return line->points.size() < 2 ? std::nullopt : std::optional(shape);
    }
    if (const auto* dot = std::get_if<annot::Dot>(&shape)) {
        node.set_name("points");
        put(node, "points", pointsText({dot->at}));
        return shape;
    }
    if (const auto* mask = std::get_if<annot::Mask>(&shape)) return putMask(node, *mask);
    return putKeypoints(node, std::get<annot::Keypoints>(shape), record, a);
}

// Fields of the file that Lathe doesn't know, and fields of Lathe's that CVAT doesn't.
void putRest(xml_node node, const Annotation& a, exact::Piece& piece, const annot::Shape& read) {
    if (const Json& said = memberOf(a.extra, "cvat"); said.is_object())
        for (const auto& [name, value] : said.items())
            if (value.is_string() && name != "source" && !name.empty() && !node.attribute(name.c_str()))
                put(node, name.c_str(), value.get<std::string>());
    Json own = std::move(piece.own);
    // A ring or a mask made of a polygon is meant to be read as another shape.
    if (own.is_null()) exact::keepDifference(own, piece.shape, read);
    Json meta = metaOf(a, annot::Occluded);
    if (meta.is_object()) meta.erase("group");
    if (own.is_object() && own.contains("ring")) meta["group"] = a.group;
    if (own.is_object()) meta.update(own);
    if (meta.is_object() && !meta.empty()) put(node, "lathe", compactText(meta));
    piece.own = std::move(own);
}

// One element; false when the shape is nothing that can be written.
bool addPiece(xml_node image, const Annotation& a, exact::Piece& piece, std::int64_t group, const ClassRecord& owner,
              std::int64_t z, xml_node& node) {
    node = image.append_child("tag");
    put(node, "label", owner.name);
    put(node, "source", sourceOf(a));
    const bool isTag = std::holds_alternative<annot::ImageLabel>(piece.shape);
    if (!isTag) put(node, "occluded", std::string(a.flags & annot::Occluded ? "1" : "0"));
    const auto read = putShape(node, piece.shape, owner, a);
    if (!read) return !image.remove_child(node);
    if (!isTag) put(node, "z_order", std::to_string(z));
    if (group > 0) put(node, "group_id", std::to_string(group));
    putRest(node, a, piece, *read);
    return true;
}

}  // namespace

std::int64_t Elements::add(xml_node image, const ImageRecord& record) {
    std::int64_t written = 0, z = INT64_MIN;
    m_group = 0;
    for (const Annotation& a : record.annotations) m_group = std::max(m_group, a.group);
    for (const Annotation& a : record.annotations) {
        if (std::size_t(a.classId.value - 1) >= m_source.classes.size()) {
            m_losses.add("shape without a class", record.name);
            continue;
        }
        z = std::max(z, zOf(a));
        written += addOne(image, a, record, z) ? 1 : 0;
    }
    return written;
}

bool Elements::addOne(xml_node image, const Annotation& a, const ImageRecord& record, std::int64_t z) {
    std::string loss;
    auto pieces = exact::piecesOf(a.shape, record.width, record.height, loss);
    if (!loss.empty()) m_losses.add(loss, record.name);
    const std::int64_t group = pieces.size() > 1 && a.group == 0 ? ++m_group : a.group;
    const ClassRecord& owner = m_source.classes[std::size_t(a.classId.value - 1)];
    bool any = false;
    for (auto& piece : pieces) {
        xml_node node;
        if (!addPiece(image, a, piece, group, owner, z, node)) continue;
        any = true;
        addAttributes(node, a, record);
        if (std::holds_alternative<annot::Keypoints>(a.shape) && memberOf(piece.own, "visibility").is_array())
            m_losses.add("keypoints with hidden points", record.name);
    }
    if (!any) m_losses.add("shape without an area", record.name);
    return any;
}

void Elements::addAttributes(xml_node node, const Annotation& a, const ImageRecord& record) {
    if (!a.attributes.is_object()) return;
    const ClassRecord& owner = m_source.classes[std::size_t(a.classId.value - 1)];
    const SeenAttributes& seen = m_seen[std::size_t(a.classId.value - 1)];
    for (const auto& [name, value] : a.attributes.items()) {
        putAttribute(node, name, value);
        const auto declared = declaredInput(owner, name);
        const auto found = seen.find(name);
        const Input input = declared ? *declared : found == seen.end() ? Input::Words : found->second;
        if (input != inputOf(value) || (input == Input::Words && !value.is_string())) m_losses.add("attribute value", record.name);
    }
}

}  // namespace lathe::formats::cvat_xml
