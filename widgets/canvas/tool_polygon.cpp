#include "widgets/canvas/tool_polygon.h"

#include <algorithm>

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kOnBorder = 12;  // logical pixels: a new course begins and ends on the border

/// The line and then the border from its end back to its start, by the way that leaves the larger area.
std::vector<annot::Point> withCourse(const std::vector<annot::Point>& ring, const std::vector<annot::Point>& line) {
    std::vector<annot::Point> best;
    double most = -1;
    for (const bool longer : {false, true}) {
        auto candidate = line;
        const auto back = pathAlong(ring, true, line.back(), line.front(), longer);
        candidate.front() = back.back();  // right on the border
        candidate.back() = back.front();
        candidate.insert(candidate.end(), back.begin(), back.end());
        candidate.erase(std::unique(candidate.begin(), candidate.end()), candidate.end());
        if (candidate.size() > 1 && candidate.front() == candidate.back()) candidate.pop_back();
        const double area = annot::area(annot::Polygon{{candidate}});
        if (candidate.size() >= 3 && area > most) most = area, best = std::move(candidate);
    }
    return best;
}

}  // namespace

const ToolModes* PolygonTool::modes() const {
    static const ToolModes all{"polygon.mode",
                               QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "What is drawn"),
                               {QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "New polygon"),
                                QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Part or hole"),
                                QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Reshape")}};
    return &all;
}

bool PolygonTool::start(const Pointer&) {
    if (mode() == New) return begin();
    if (const auto* polygon = selectedOf(Kind::Polygon)) return beginOn(*polygon);
    host().note(QCoreApplication::translate("lathe::widgets::canvas::Tool", "Select the polygon that is to be changed first."));
    return false;
}

bool PolygonTool::endsAt(const Pointer& p) const {
    return closed() && points().size() >= 3 && isNear(points().front(), p);
}

void PolygonTool::done(std::vector<annot::Point> points) {
    if (mode() == New) return finish(annot::Polygon{{std::move(points)}});
    if (mode() == Reshape) return reshape(std::move(points));
    const auto* a = target();
    if (!a || a->shape.index() != std::size_t(Kind::Polygon)) return cancel();
    auto polygon = std::get<annot::Polygon>(a->shape);
    polygon.rings.push_back(std::move(points));
    replaceTarget("Add part", std::move(polygon));
}

void PolygonTool::reshape(std::vector<annot::Point> line) {
    const auto* a = target();
    if (!a || a->shape.index() != std::size_t(Kind::Polygon)) return cancel();
    auto polygon = std::get<annot::Polygon>(a->shape);
    const double reach = kOnBorder * host().ratio() / host().viewport().scale;
    const auto ring = std::find_if(polygon.rings.begin(), polygon.rings.end(), [&](const auto& r) {
        return r.size() >= 3 && distanceToRing(r, true, line.front()) <= reach && distanceToRing(r, true, line.back()) <= reach;
    });
    auto course = ring == polygon.rings.end() ? std::vector<annot::Point>{} : withCourse(*ring, line);
    if (course.empty()) {
        host().note(
            QCoreApplication::translate("lathe::widgets::canvas::Tool", "The line must begin and end on the polygon's border."));
        return cancel();
    }
    *ring = std::move(course);
    replaceTarget("Reshape", std::move(polygon));
}

bool PolylineTool::start(const Pointer& p) {
    const auto* line = selectedOf(Kind::Polyline);
    const auto* known = line ? &std::get<annot::Polyline>(line->shape).points : nullptr;
    if (!known || known->empty() || !(isNear(known->front(), p) || isNear(known->back(), p))) return begin();
    m_reversed = !isNear(known->back(), p);
    points() = *known;
    if (m_reversed) std::reverse(points().begin(), points().end());
    return beginOn(*line);
}

void PolylineTool::done(std::vector<annot::Point> points) {
    if (!target()) return finish(annot::Polyline{std::move(points)});
    if (m_reversed) std::reverse(points.begin(), points.end());
    replaceTarget("Continue line", annot::Polyline{std::move(points)});
}

void PolylineTool::forget() {
    LineTool::forget();
    m_reversed = false;
}

}  // namespace lathe::widgets::canvas
