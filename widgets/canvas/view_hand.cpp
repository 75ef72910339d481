// View as the tools' host: what is in the hand, and how it becomes an edit.
#include "widgets/canvas/outline.h"
#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

namespace {

constexpr std::size_t kOutlined = 500, kMasks = 32;

Vec vec(annot::Point p) {
    return {float(p.x), float(p.y)};
}

Bounds boundsOf(const std::vector<std::vector<Vec>>& rings) {
    Bounds b;
    for (const auto& ring : rings)
        for (const Vec p : ring) b.add(p);
    return b;
}

Bounds boundsOf(const annot::Rect& r) {
    Bounds b;
    if (r.w <= 0) return b;
    b.add(Vec{float(r.x), float(r.y)});
    b.add(Vec{float(r.x + r.w), float(r.y + r.h)});
    return b;
}

}  // namespace

View::Carried View::carried(annot::Annotation shape, bool outlined) const {
    Carried c{std::move(shape), {}, {}, {}};
    if (!outlined) return c;
    if (const auto* mask = std::get_if<annot::Mask>(&c.shape.shape)) {
        const auto cells = std::make_shared<const annot::MaskCells>(*mask);
        c.mask = std::make_shared<MaskLayer>();
        c.mask->reset(cells, colourOf(c.shape.classId).rgb(), cells->bounds());
        c.box = boundsOf(c.mask->box());
    } else {
        c.rings = outlineOf(c.shape.shape, m_document.styleOf(c.shape.classId).edges);
        c.box = boundsOf(c.rings);
    }
    return c;
}

void View::hideCarried(const std::vector<annot::Annotation>& shapes) {
    IdSet ids;
    for (const auto& a : shapes)
        if (m_document.find(a.id)) ids.insert(a.id.value);
    m_document.setHidden(std::move(ids));
}

void View::carry(std::vector<annot::Annotation> shapes) {
    if (m_hand.size() != shapes.size() || m_hand.empty() || m_hand.front().shape.id != shapes.front().id) hideCarried(shapes);
    m_hand.clear();
    for (auto& a : shapes) {
        const bool isMask = std::holds_alternative<annot::Mask>(a.shape);
        m_hand.push_back(carried(std::move(a), m_hand.size() < (isMask ? kMasks : kOutlined)));
    }
    update();
}

void View::carryMask(annot::Annotation shape, std::shared_ptr<const annot::MaskCells> cells, const annot::Rect& touched) {
    const auto classId = shape.classId;
    if (m_hand.size() != 1 || !m_hand[0].mask || m_hand[0].shape.id != shape.id) {
        hideCarried({shape});
        m_hand.clear();
        m_hand.push_back({std::move(shape), {}, std::make_shared<MaskLayer>(), {}});
        m_hand[0].mask->reset(cells, colourOf(classId).rgb(), cells->bounds());
    }
    m_hand[0].shape.classId = classId;
    m_hand[0].mask->set(std::move(cells), colourOf(classId).rgb(), touched);
    m_hand[0].box = boundsOf(m_hand[0].mask->box());
    update();
}

annot::Change View::changeOf(Carried& c, int at) {
    annot::Annotation& a = c.shape;
    if (c.mask && at < 0) a.shape = annot::Mask{};
    if (at < 0) {
        const auto given = a;
        a = m_document.make(given.classId, given.shape);
        a.group = given.group;
        if (!given.attributes.is_null()) a.attributes = given.attributes;
    }
    if (c.mask) {
        a.setShape(c.mask->mask()->toMask());
        m_document.offerCells(a.id, c.mask->mask());
    }
    if (at < 0) return {std::nullopt, a, -1, -1};
    const annot::Annotation& before = m_document.annotations()[std::size_t(at)];
    if (before.shape != a.shape) a.setShape(a.shape);
    return {before, a, at, at};
}

std::vector<AnnotationId> View::drop(const std::string& label, const Besides& besides) {
    std::vector<annot::Change> changes;
    std::vector<AnnotationId> ids;
    for (Carried& c : m_hand) {
        changes.push_back(changeOf(c, m_document.positionOf(c.shape.id)));
        ids.push_back(c.shape.id);
    }
    for (const auto& a : besides.replaced)
        if (const int at = m_document.positionOf(a.id); at >= 0)
            changes.push_back({m_document.annotations()[std::size_t(at)], a, at, at});
    for (auto& change : annot::removalOf(m_document.annotations(), besides.removed)) changes.push_back(std::move(change));
    for (Carried& c : m_hand) m_settling.push_back(std::move(c));
    m_hand.clear();
    m_document.commit(label, std::move(changes));
    m_document.setHidden({});
    requestFrame();
    return ids;
}

// ---- one point of a giant

void View::carryPoint(AnnotationId id, int ring, int point, annot::Point to) {
    if (!m_point) {
        const auto* a = m_document.find(id);
        if (!a || std::size_t(ring) >= ringCount(a->shape)) return;
        const auto points = ringOf(a->shape, std::size_t(ring));
        const std::size_t n = points.size(), i = std::size_t(point);
        m_point = CarriedPoint{id, ring, point, to, {}};
        if (i > 0 || isClosed(a->shape)) m_point->edges.push_back(vec(points[(i + n - 1) % n]));
        m_point->edges.push_back(vec(to));
        if (i + 1 < n || isClosed(a->shape)) m_point->edges.push_back(vec(points[(i + 1) % n]));
        m_document.setLoose({id.value, ring, point});
    }
    const bool first = m_point->point == 0 && m_point->edges.size() == 2;  // the start of an open line
    m_point->to = to;
    m_point->edges[first ? 0 : 1] = vec(to);
    update();
}

void View::dropPoint(const std::string& label) {
    if (!m_point) return;
    const CarriedPoint p = *std::exchange(m_point, {});
    const auto* a = m_document.find(p.id);
    if (!a) return m_document.setLoose({});
    annot::Annotation now = *a;
    now.setShape(dragged(now.shape, {}, {Grip::Vertex, 0, 0, p.ring, p.point, {}}, p.to, false));
    auto line = p.edges;  // there and back: rings are closed when they are painted
    if (line.size() == 3) line.push_back(line[1]);
    Carried settling{{}, {std::move(line)}, {}, {}};
    settling.shape.classId = now.classId;
    settling.shape.shape = annot::Polyline{};
    settling.box = boundsOf(settling.rings);
    m_settling.push_back(std::move(settling));
    m_document.replace(label, {std::move(now)});
    m_document.setLoose({});
    requestFrame();
}

void View::putBack() {
    m_hand.clear();
    m_document.setHidden({});
    if (std::exchange(m_point, {})) m_document.setLoose({});
    update();
}

void View::settle() {
    m_nudge.stop();
    if (!m_hand.empty() && !(m_tool && m_tool->busy())) drop("Nudge", {});
}

void View::dropSettled() {
    const auto before = m_settling.size();
    std::erase_if(m_settling, [&](const Carried& c) { return m_tiles.fresh(c.box, m_view); });
    if (m_settling.size() != before) update();
}

}  // namespace lathe::widgets::canvas
