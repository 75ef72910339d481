#include "core/formats/datumaro_shapes.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "core/annot/mask.h"
#include "core/formats/exact_shape.h"
#include "core/formats/json_items.h"
#include "core/formats/own_shape.h"
#include "core/formats/source_files.h"

namespace lathe::formats::datumaro_json {
namespace {

using annot::Annotation;
using annot::Point;

using ShapeOr = tl::expected<annot::Shape, Problem>;
using Numbers = tl::expected<std::vector<double>, Problem>;

constexpr double kLongestSide = 1 << 20, kMostPixels = 1 << 29;

Numbers numbersOf(const Json& item, const char* name, std::size_t count = 0) {
    const Json& list = memberOf(item, name);
    if (!list.is_array()) return bad("missing_field", fmt::format("has no list \"{}\"; it is left out", name));
    std::vector<double> out;
    for (const Json& value : list) {
        if (!value.is_number() || !std::isfinite(value.get<double>()))
            return bad("invalid_data", fmt::format("\"{}\" holds something that isn't a number; it is left out", name));
        out.push_back(value.get<double>());
    }
    if (count && out.size() != count)
        return bad("invalid_data", fmt::format("\"{}\" has {} numbers, {} are needed; it is left out", name, out.size(), count));
    return out;
}

tl::expected<std::vector<Point>, Problem> pointsOf(const Json& item) {
    const auto numbers = numbersOf(item, "points");
    if (!numbers) return tl::unexpected(numbers.error());
    if (numbers->empty() || numbers->size() % 2)
        return bad("invalid_data",
                   fmt::format("\"points\" has {} numbers, not two for each point; it is left out", numbers->size()));
    std::vector<Point> points;
    for (std::size_t k = 0; k < numbers->size(); k += 2) points.push_back({(*numbers)[k], (*numbers)[k + 1]});
    return points;
}

double rotationOf(const Json& item) {
    const Json& rotation = memberOf(memberOf(item, "attributes"), "rotation");
    return rotation.is_number() && std::isfinite(rotation.get<double>()) ? rotation.get<double>() : 0;
}

ShapeOr boxOf(const Json& item) {
    const auto v = numbersOf(item, "bbox", 4);
    if (!v) return tl::unexpected(v.error());
    const annot::Rect box{(*v)[0], (*v)[1], (*v)[2], (*v)[3]};
    if (box.w <= 0 || box.h <= 0)
        return bad("zero_area", fmt::format("the box {}, {} of {} x {} has no area; it is left out", box.x, box.y, box.w, box.h));
    if (const double degrees = rotationOf(item); degrees != 0) return exact::turned(box, degrees);
    return annot::Box{box};
}

ShapeOr turnedOf(const Json& item) {
    const auto v = numbersOf(item, "points", 5);
    if (!v) return tl::unexpected(v.error());
    if ((*v)[2] <= 0 || (*v)[3] <= 0) return bad("zero_area", "the turned box has no area; it is left out");
    return annot::RotatedBox{{(*v)[0], (*v)[1]}, (*v)[2], (*v)[3], exact::radiansOf((*v)[4])};
}

ShapeOr ellipseOf(const Json& item) {
    const auto v = numbersOf(item, "points", 4);
    if (!v) return tl::unexpected(v.error());
    const double w = exact::extentOf((*v)[0], (*v)[2]), h = exact::extentOf((*v)[1], (*v)[3]);
    if (w <= 0 || h <= 0) return bad("zero_area", fmt::format("the ellipse of {} x {} has no area; it is left out", w, h));
    return annot::Ellipse{{(*v)[0] + w / 2, (*v)[1] + h / 2}, w / 2, h / 2, exact::radiansOf(rotationOf(item))};
}

ShapeOr polygonOf(const Json& item) {
    auto points = pointsOf(item);
    if (!points) return tl::unexpected(points.error());
    if (points->size() < 3)
        return bad("bad_polygon", fmt::format("has {} points, a polygon needs three; it is left out", points->size()));
    annot::Polygon polygon{{std::move(*points)}};
    if (annot::area(polygon) <= 0) return bad("zero_area", "the polygon has no area; it is left out");
    return polygon;
}

ShapeOr polylineOf(const Json& item) {
    auto points = pointsOf(item);
    if (!points) return tl::unexpected(points.error());
    if (points->size() < 2)
        return bad("bad_polyline", fmt::format("has {} points, a line needs two; it is left out", points->size()));
    return annot::Polyline{std::move(*points)};
}

bool isVisibility(double value) {
    return value == 0 || value == 1 || value == 2;
}

ShapeOr dotsOf(const Json& item) {
    const auto points = pointsOf(item);
    if (!points) return tl::unexpected(points.error());
    annot::Keypoints keypoints;
    for (const Point at : *points) keypoints.items.push_back({at, 2});
    if (const Json& seen = memberOf(item, "visibility"); !seen.is_null()) {
        const auto visibility = numbersOf(item, "visibility", points->size());
        if (!visibility) return tl::unexpected(visibility.error());
        if (!std::ranges::all_of(*visibility, isVisibility))
            return bad("bad_keypoints", "a point's visibility isn't 0, 1 or 2; it is left out");
        for (std::size_t k = 0; k < points->size(); ++k) keypoints.items[k].visibility = std::uint8_t((*visibility)[k]);
    }
    if (keypoints.items.size() == 1 && keypoints.items[0].visibility == 2) return annot::Dot{keypoints.items[0].at};
    return keypoints;
}

ShapeOr skeletonOf(const Json& item) {
    const auto v = numbersOf(item, "points");
    if (!v) return tl::unexpected(v.error());
    if (v->empty() || v->size() % 3)
        return bad("bad_keypoints",
                   fmt::format("its skeleton has {} numbers, not three for each point; it is left out", v->size()));
    annot::Keypoints keypoints;
    for (std::size_t k = 0; k < v->size(); k += 3) {
        if (!isVisibility((*v)[k + 2])) return bad("bad_keypoints", "a point's visibility isn't 0, 1 or 2; it is left out");
        keypoints.items.push_back({{(*v)[k], (*v)[k + 1]}, std::uint8_t((*v)[k + 2])});
    }
    return keypoints;
}

ShapeOr maskOf(const Json& item) {
    const Json& rle = memberOf(item, "rle");
    const auto size = numbersOf(rle, "size", 2);
    if (!size) return bad("bad_mask", "its rle has no \"size\": [height, width]; it is left out");
    const double h = (*size)[0], w = (*size)[1];
    if (!(h >= 1 && w >= 1 && h <= kLongestSide && w <= kLongestSide) || h * w > kMostPixels || h != std::floor(h) ||
        w != std::floor(w))
        return bad("bad_mask", fmt::format("a mask of {} x {} can't be; it is left out", w, h));
    annot::Mask mask{std::uint32_t(h), std::uint32_t(w), {}};
    const Json& counts = memberOf(rle, "counts");
    if (counts.is_string()) {
        auto read = annot::maskFromCocoText(counts.get_ref<const std::string&>(), mask.height, mask.width);
        if (!read) return bad("bad_mask", read.error().message + "; it is left out");
        mask = std::move(*read);
    } else {
        const auto numbers = numbersOf(rle, "counts");
        if (!numbers) return bad("bad_mask", "its rle has no \"counts\"; it is left out");
        for (const double count : *numbers) {
            if (!(count >= 0 && count <= kMostPixels && count == std::floor(count)))
                return bad("bad_mask", "its rle holds something that isn't a run; it is left out");
            mask.counts.push_back(std::uint32_t(count));
        }
        if (const auto checked = annot::checkMask(mask); !checked)
            return bad("bad_mask", checked.error().message + "; it is left out");
    }
    if (annot::maskArea(mask) == 0) return bad("zero_area", "the mask has no pixel; it is left out");
    return mask;
}

ShapeOr shapeOf(const Json& item) {
    const std::string type = textOf(item, "type");
    if (type == "label") return annot::ImageLabel{};
    if (type == "bbox") return boxOf(item);
    if (type == "rotated_bbox") return turnedOf(item);
    if (type == "polygon") return polygonOf(item);
    if (type == "polyline") return polylineOf(item);
    if (type == "points") return dotsOf(item);
    if (type == "skeleton") return skeletonOf(item);
    if (type == "mask") return maskOf(item);
    if (type == "ellipse") return ellipseOf(item);
    if (type.empty()) return bad("missing_field", "has no type; it is left out");
    return bad("unsupported", fmt::format("a {:.60} isn't a shape that Lathe has; it is left out", type));
}

// Attributes that have a field of their own go there; see the header.
void readAttributes(const Json& item, bool turns, Annotation& a) {
    const Json& all = memberOf(item, "attributes");
    if (!all.is_object()) return;
    for (const auto& [name, value] : all.items()) {
        const auto flag = std::ranges::find_if(kFlagNames, [&, &key = name](const FlagName& f) { return key == f.name; });
        if (flag != kFlagNames.end() && value.is_boolean()) {
            if (value.get<bool>())
                a.flags |= flag->flag;
            else
                a.extra["datumaro"]["attributes"][name] = false;
        } else if (name == "score" && value.is_number() && value >= 0 && value <= 1)
            a.confidence = value.get<double>();
        else if (name == "rotation" && turns && value.is_number()) {
            if (value == 0) a.extra["datumaro"]["attributes"][name] = value;
        } else
            a.attributes[name] = value;
    }
}

void readRest(const Json& item, Annotation& a) {
    constexpr std::string_view known[] = {"id",     "attributes", "group", "label_id",   "bbox",
                                          "points", "rle",        "lathe", "visibility", "z_order"};
    for (const auto& [name, value] : item.items())
        if (std::ranges::find(known, std::string_view(name)) == std::end(known) && name != "type")
            a.extra["datumaro"][name] = value;
    if (const std::int64_t z = zOrderOf(item)) a.extra["datumaro"]["z_order"] = z;
    if (textOf(item, "type") == "skeleton") a.extra["datumaro"]["type"] = "skeleton";
}

}  // namespace

std::int64_t zOrderOf(const Json& item) {
    const Json& z = memberOf(item, "z_order");
    return z.is_number_integer() ? z.get<std::int64_t>() : 0;
}

ReadShape readShape(const Json& item) {
    if (!item.is_object()) return bad("invalid_data", "isn't an object; it is left out");
    auto shape = shapeOf(item);
    if (!shape) return tl::unexpected(std::move(shape.error()));
    Annotation a;
    a.shape = std::move(*shape);
    const std::string type = textOf(item, "type");
    readAttributes(item, type == "bbox" || type == "ellipse", a);
    readRest(item, a);
    const Json& own = memberOf(item, "lathe");
    exact::restore(a.shape, own);
    const auto confidence = a.confidence;
    if (const Json& group = memberOf(item, "group"); group.is_number_integer())
        a.group = std::max<std::int64_t>(0, group.get<std::int64_t>());
    applyMeta(a, own);
    if (!a.confidence) a.confidence = confidence;
    if (const Json& id = memberOf(item, "id"); id.is_number_integer()) a.id = AnnotationId(id.get<std::int64_t>());
    return a;
}

}  // namespace lathe::formats::datumaro_json
