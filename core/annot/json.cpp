// The form in which `lathe labels` prints an annotation.
#include <array>
#include <utility>

#include "core/annot/annotation.h"
#include "core/annot/mask.h"

namespace lathe::annot {
namespace {

constexpr std::array<std::pair<Flag, const char*>, 6> kFlagNames{{{Occluded, "occluded"},
                                                                  {Truncated, "truncated"},
                                                                  {Crowd, "crowd"},
                                                                  {Difficult, "difficult"},
                                                                  {Locked, "locked"},
                                                                  {Hidden, "hidden"}}};

Json arrayOf(const Rect& r) {
    return Json::array({r.x, r.y, r.w, r.h});
}

struct ShapeJson {
    Json& out;
    void operator()(const ImageLabel&) const {}
    void operator()(const Box& box) const { out["box"] = arrayOf(box.rect); }
    void operator()(const Polygon& polygon) const {
        Json& rings = out["points"] = Json::array();
        for (const auto& ring : polygon.rings) {
            Json points = Json::array();
            for (const Point p : ring) points.push_back(Json::array({p.x, p.y}));
            rings.push_back(std::move(points));
        }
    }
    void operator()(const Mask& mask) const {
        out["mask"] = {{"size", {mask.height, mask.width}}, {"counts", maskToCocoText(mask)}};
    }
    void operator()(const Keypoints& keypoints) const {
        Json& points = out["points"] = Json::array();
        for (const auto& item : keypoints.items) points.push_back(Json::array({item.at.x, item.at.y, int(item.visibility)}));
        if (keypoints.box != Rect{}) out["box"] = arrayOf(keypoints.box);
    }
    void operator()(const RotatedBox& b) const { out["rotated_box"] = Json::array({b.centre.x, b.centre.y, b.w, b.h, b.angle}); }
    void operator()(const Ellipse& e) const { out["ellipse"] = Json::array({e.centre.x, e.centre.y, e.rx, e.ry, e.angle}); }
    void operator()(const Polyline& line) const {
        Json& points = out["points"] = Json::array();
        for (const Point p : line.points) points.push_back(Json::array({p.x, p.y}));
    }
    void operator()(const Dot& dot) const { out["points"] = Json::array({Json::array({dot.at.x, dot.at.y})}); }
};

}  // namespace

Json toJson(const Annotation& annotation, std::string_view className) {
    Json out{{"id", annotation.id.value}, {"kind", kindName(annotation.shape)}, {"class", className}};
    std::visit(ShapeJson{out}, annotation.shape);
    out["attributes"] = annotation.attributes.is_null() ? Json::object() : annotation.attributes;
    out["flags"] = Json::array();
    for (const auto& [flag, name] : kFlagNames)
        if (annotation.flags & flag) out["flags"].push_back(name);
    if (annotation.group) out["group"] = annotation.group;
    out["author"] = annotation.author;
    out["source"] = annotation.source;
    out["confidence"] = annotation.confidence ? Json(*annotation.confidence) : Json(nullptr);
    return out;
}

}  // namespace lathe::annot
