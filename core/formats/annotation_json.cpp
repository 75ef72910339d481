#include "core/formats/annotation_json.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/annot/mask.h"
#include "core/formats/json_items.h"

namespace lathe::formats {
namespace {

constexpr double kFurthestOut = 1e9;
constexpr std::array<std::pair<annot::Flag, std::string_view>, 6> kFlagWords{{{annot::Occluded, "occluded"},
                                                                              {annot::Truncated, "truncated"},
                                                                              {annot::Crowd, "crowd"},
                                                                              {annot::Difficult, "difficult"},
                                                                              {annot::Locked, "locked"},
                                                                              {annot::Hidden, "hidden"}}};

tl::unexpected<Fault> faulty(std::string code, std::string message) {
    return tl::unexpected<Fault>(Fault{std::move(code), std::move(message)});
}

template <std::size_t N>
Checked<std::array<double, N>> numbersIn(const Json& list, std::string_view what) {
    std::array<double, N> out{};
    if (!list.is_array() || list.size() != N) return faulty("invalid_data", fmt::format("{} isn't a list of {} numbers", what, N));
    for (std::size_t k = 0; k < N; ++k) {
        if (!list[k].is_number()) return faulty("invalid_data", fmt::format("{} holds something that isn't a number", what));
        out[k] = list[k].get<double>();
    }
    return out;
}

Checked<std::vector<annot::Point>> pointsIn(const Json& list) {
    if (!list.is_array()) return faulty("invalid_data", "points isn't a list");
    std::vector<annot::Point> points;
    for (const Json& item : list) {
        const auto pair = numbersIn<2>(item, "a point");
        if (!pair) return tl::unexpected(pair.error());
        points.push_back({(*pair)[0], (*pair)[1]});
    }
    return points;
}

Checked<annot::Rect> rectIn(const Json& list) {
    const auto v = numbersIn<4>(list, "the box");
    if (!v) return tl::unexpected(v.error());
    return annot::Rect{(*v)[0], (*v)[1], (*v)[2], (*v)[3]};
}

Checked<annot::Shape> polygonIn(const Json& rings) {
    if (!rings.is_array() || rings.empty()) return faulty("bad_polygon", "a polygon without points");
    const bool bare = rings[0].is_array() && !rings[0].empty() && rings[0][0].is_number();
    annot::Polygon polygon;
    for (const Json& ring : bare ? Json::array({rings}) : rings) {
        auto points = pointsIn(ring);
        if (!points) return tl::unexpected(points.error());
        polygon.rings.push_back(std::move(*points));
    }
    return polygon;
}

Checked<annot::Shape> maskIn(const Json& json) {
    const auto size = numbersIn<2>(memberOf(json, "size"), "the mask's size");
    if (!size) return tl::unexpected(size.error());
    const double h = (*size)[0], w = (*size)[1];
    if (!(h >= 0 && w >= 0 && h * w <= double(kLargestMask)) || h != std::floor(h) || w != std::floor(w) || h > 1e9 || w > 1e9)
        return faulty("bad_mask", fmt::format("a mask of {} x {} pixels can't be", w, h));
    const Json& counts = memberOf(json, "counts");
    if (counts.is_string()) {
        auto mask = annot::maskFromCocoText(counts.get_ref<const std::string&>(), std::uint32_t(h), std::uint32_t(w));
        if (!mask) return faulty("bad_mask", mask.error().message);
        return std::move(*mask);
    }
    annot::Mask mask{std::uint32_t(h), std::uint32_t(w), {}};
    if (!counts.is_array()) return faulty("bad_mask", "the mask has no counts");
    for (const Json& count : counts) {
        if (!count.is_number_unsigned() || count.get<std::uint64_t>() > UINT32_MAX)
            return faulty("bad_mask", "a count of the mask isn't a whole number");
        mask.counts.push_back(count.get<std::uint32_t>());
    }
    return mask;
}

Checked<annot::Shape> keypointsIn(const Json& json) {
    annot::Keypoints keypoints;
    const Json& points = memberOf(json, "points");
    if (!points.is_array()) return faulty("bad_keypoints", "keypoints without points");
    for (const Json& item : points) {
        const auto v = numbersIn<3>(item, "a keypoint");
        if (!v) return tl::unexpected(v.error());
        const double seen = (*v)[2];
        if (seen != 0 && seen != 1 && seen != 2) return faulty("bad_keypoints", fmt::format("a keypoint's visibility is {}", seen));
        keypoints.items.push_back({{(*v)[0], (*v)[1]}, std::uint8_t(seen)});
    }
    if (json.contains("box")) {
        const auto box = rectIn(json["box"]);
        if (!box) return tl::unexpected(box.error());
        keypoints.box = *box;
    }
    return keypoints;
}

/// A turned box or an ellipse: five numbers.
template <class Turned>
Checked<annot::Shape> turnedIn(const Json& list) {
    const auto v = numbersIn<5>(list, "the shape");
    if (!v) return tl::unexpected(v.error());
    return Turned{{(*v)[0], (*v)[1]}, (*v)[2], (*v)[3], (*v)[4]};
}

Checked<annot::Shape> shapeNamed(const std::string& kind, const Json& json) {
    if (kind == "image") return annot::ImageLabel{};
    if (kind == "polygon") return polygonIn(memberOf(json, "points"));
    if (kind == "mask") return maskIn(memberOf(json, "mask"));
    if (kind == "keypoints") return keypointsIn(json);
    if (kind == "rotated_box") return turnedIn<annot::RotatedBox>(memberOf(json, "rotated_box"));
    if (kind == "ellipse") return turnedIn<annot::Ellipse>(memberOf(json, "ellipse"));
    if (kind == "box") {
        const auto rect = rectIn(memberOf(json, json.contains("box") ? "box" : "bbox"));
        if (!rect) return tl::unexpected(rect.error());
        return annot::Box{*rect};
    }
    if (kind != "polyline" && kind != "point")
        return faulty("unknown_kind", fmt::format("there is no kind of shape called \"{}\"", kind));
    auto points = pointsIn(memberOf(json, "points"));
    if (!points) return tl::unexpected(points.error());
    if (kind == "polyline") return annot::Polyline{std::move(*points)};
    if (points->size() != 1) return faulty("invalid_data", fmt::format("a point of {} points", points->size()));
    return annot::Dot{points->front()};
}

/// The kind when the file doesn't say: by what there is.
std::string kindIn(const Json& json) {
    if (std::string kind = textOf(json, "kind"); !kind.empty()) return kind;
    for (const auto& [member, kind] :
         {std::pair{"mask", "mask"}, std::pair{"rotated_box", "rotated_box"}, std::pair{"ellipse", "ellipse"},
          std::pair{"points", "polygon"}, std::pair{"box", "box"}, std::pair{"bbox", "box"}})
        if (json.contains(member)) return kind;
    return "image";
}

struct ShapeChecker {
    static bool isFine(double v) { return std::isfinite(v) && std::abs(v) <= kFurthestOut; }
    static bool isFine(annot::Point p) { return isFine(p.x) && isFine(p.y); }
    static bool isFine(const annot::Rect& r) { return isFine(r.x) && isFine(r.y) && isFine(r.w) && isFine(r.h); }
    static bool isFine(const std::vector<annot::Point>& points) {
        return std::ranges::all_of(points, [](annot::Point p) { return isFine(p); });
    }
    static std::optional<Fault> check(bool finite, bool hasArea) {
        if (!finite) return Fault{"invalid_data", "holds a number that is none or is far out of any image"};
        return hasArea ? std::nullopt : std::optional(Fault{"zero_area", "has no area"});
    }

    std::optional<Fault> operator()(const annot::ImageLabel&) const { return {}; }
    std::optional<Fault> operator()(const annot::Box& b) const { return check(isFine(b.rect), b.rect.w > 0 && b.rect.h > 0); }
    std::optional<Fault> operator()(const annot::Dot& dot) const { return check(isFine(dot.at), true); }
    std::optional<Fault> operator()(const annot::RotatedBox& b) const {
        return check(isFine(b.centre) && isFine(b.w) && isFine(b.h) && isFine(b.angle), b.w > 0 && b.h > 0);
    }
    std::optional<Fault> operator()(const annot::Ellipse& e) const {
        return check(isFine(e.centre) && isFine(e.rx) && isFine(e.ry) && isFine(e.angle), e.rx > 0 && e.ry > 0);
    }
    std::optional<Fault> operator()(const annot::Polyline& line) const {
        if (line.points.size() < 2) return Fault{"bad_polyline", "a line of fewer than two points"};
        return check(isFine(line.points), true);
    }
    std::optional<Fault> operator()(const annot::Keypoints& keypoints) const {
        if (keypoints.items.empty()) return Fault{"bad_keypoints", "keypoints without points"};
        return check(std::ranges::all_of(keypoints.items, [](const auto& i) { return isFine(i.at); }) && isFine(keypoints.box),
                     true);
    }
    std::optional<Fault> operator()(const annot::Polygon& polygon) const {
        if (polygon.rings.empty()) return Fault{"bad_polygon", "a polygon without points"};
        for (const auto& ring : polygon.rings)
            if (ring.size() < 3) return Fault{"bad_polygon", fmt::format("a polygon of {} points", ring.size())};
        return check(std::ranges::all_of(polygon.rings, [](const auto& ring) { return isFine(ring); }), true);
    }
    std::optional<Fault> operator()(const annot::Mask& mask) const {
        if (std::uint64_t(mask.height) * mask.width > kLargestMask)
            return Fault{"bad_mask", fmt::format("a mask of {} x {} pixels is too large", mask.width, mask.height)};
        const auto whole = annot::checkMask(mask);
        return whole ? std::nullopt : std::optional(Fault{"bad_mask", whole.error().message});
    }
};

std::optional<Fault> readGiven(const Json& json, annot::Annotation& annotation) {
    if (json.contains("given_area")) annotation.givenArea = numberAt(json, "given_area");
    if (!json.contains("given_box")) return {};
    const auto box = rectIn(json["given_box"]);
    if (!box) return box.error();
    annotation.givenBox = *box;
    return {};
}

}  // namespace

std::optional<Fault> faultOf(const annot::Shape& shape) {
    return std::visit(ShapeChecker{}, shape);
}

Json shapeJson(const annot::Shape& shape) {
    Json json = annot::toJson({.shape = shape}, "");
    for (const char* key : {"id", "class", "attributes", "flags", "author", "source", "confidence"}) json.erase(key);
    return json;
}

Checked<annot::Shape> shapeOfJson(const Json& json) {
    if (!json.is_object()) return faulty("invalid_data", "isn't an object");
    auto shape = shapeNamed(kindIn(json), json);
    if (!shape) return shape;
    if (auto fault = faultOf(*shape)) return tl::unexpected(std::move(*fault));
    return shape;
}

Json fullJson(const annot::Annotation& annotation, std::string_view className) {
    Json json = annot::toJson(annotation, className);
    if (annotation.attributes.is_null()) json.erase("attributes");
    if (annotation.givenArea) json["given_area"] = *annotation.givenArea;
    if (annotation.givenBox) {
        const annot::Rect& r = *annotation.givenBox;
        json["given_box"] = Json::array({r.x, r.y, r.w, r.h});
    }
    if (!annotation.extra.is_null()) json["extra"] = annotation.extra;
    return json;
}

Checked<annot::Annotation> annotationOfJson(const Json& json) {
    auto shape = shapeOfJson(json);
    if (!shape) return tl::unexpected(shape.error());
    annot::Annotation annotation;
    annotation.shape = std::move(*shape);
    const Json& id = memberOf(json, "id");
    if (id.is_number_integer()) annotation.id = AnnotationId(id.get<std::int64_t>());
    const Json& flags = memberOf(json, "flags");
    for (const auto& [flag, word] : kFlagWords)
        if (flags.is_array() && std::ranges::find(flags, Json(word)) != flags.end()) annotation.flags |= flag;
    const Json& group = memberOf(json, "group");
    if (group.is_number_integer()) annotation.group = group.get<std::int64_t>();
    annotation.author = textOf(json, "author");
    annotation.source = textOf(json, "source");
    annotation.confidence = numberAt(json, json.contains("confidence") ? "confidence" : "score");
    if (memberOf(json, "attributes").is_object()) annotation.attributes = json["attributes"];
    if (memberOf(json, "extra").is_object()) annotation.extra = json["extra"];
    if (auto fault = readGiven(json, annotation)) return tl::unexpected(std::move(*fault));
    return annotation;
}

}  // namespace lathe::formats
