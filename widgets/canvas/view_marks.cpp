// What View paints above the tiles: hover, selection, handles, what is in the hand, suggestions.
#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

namespace {

constexpr std::size_t kMarksOnTop = 64, kMostTags = 400, kViewMarksMostTogether = 1000;

annot::Rect rectOf(const Bounds& b) {
    return {double(b.x0), double(b.y0), double(b.width()), double(b.height())};
}

}  // namespace

void View::paintMarks(QPainter& painter, const QRegion& device) {
    for (const Carried& c : m_settling) {
        if (c.mask) c.mask->paint(painter, device, m_view);
        if (c.rings.empty()) continue;
        const Mark mark = markOf(c.shape, c.rings, colourOf(c.shape.classId), m_view);
        if (mark.isGiant())
            paintRough(painter, mark);
        else if (!m_document.isSelected(c.shape.id))
            paintPlain(painter, mark, ratio());
    }
    if (m_hand.empty() && !m_point) paintHovered(painter);
    paintSuggestions(painter);
    if (m_point)
        paintPoint(painter);
    else if (m_hand.empty())
        paintSelection(painter);
    else
        paintHand(painter, device);
}

void View::paintHovered(QPainter& painter) {
    const std::int64_t hovered = m_document.hovered();
    if (!hovered || m_document.isSelected(AnnotationId(hovered))) return;
    const ShapeRef s = m_document.scene()->find(hovered);
    const auto* a = m_document.find(AnnotationId(hovered));
    if (!s || !a || (s.head().flags & annot::Hidden)) return;
    Mark mark;
    if (s.head().paintedByTiles()) {
        mark.colour = colourOf(a->classId);
        mark.box = m_view.toDevice(rectOf(s.head().box));
    } else {
        mark = markOf(s, m_view);
        canvas::paintHovered(painter, mark, ratio());
    }
    paintTag(painter, mark, className(a->classId), {}, ratio());
}

// Beyond some hundreds tags would hide the picture; the tiles show the dashes.
void View::paintSuggestions(QPainter& painter) {
    const auto& all = m_document.suggestions();
    const QRectF seen(QPointF(), QSizeF(m_view.size));
    for (std::size_t i = 0; i < all.size() && all.size() <= kMostTags; ++i) {
        const ShapeRef s = m_document.scene()->find(Scene::suggestionId(i));
        if (!s || s.isEmpty()) continue;
        const QRectF box = m_view.toDevice(rectOf(s.head().box));
        if (!seen.intersects(box)) continue;
        if (int(i) == m_document.currentSuggestion() && !s.head().paintedByTiles())
            canvas::paintHovered(painter, markOf(s, m_view), ratio());
        const QString name = className(all[i].classId);
        paintSuggestionTag(painter, box, all[i].confidence ? name + QStringLiteral(" %1").arg(*all[i].confidence, 0, 'f', 2) : name,
                           ratio());
    }
}

void View::paintSelection(QPainter& painter) {
    const auto& selection = m_document.selection();
    if (selection.size() <= kMarksOnTop)
        for (const AnnotationId id : selection) paintSelected(painter, id, selection.size() == 1);
    if (!selection.empty() && selection.size() <= kViewMarksMostTogether && m_tool && m_tool->showsGrips())
        paintHandles(painter, m_document.selected());
}

void View::paintSelected(QPainter& painter, AnnotationId id, bool alone) {
    const ShapeRef s = m_document.scene()->find(id.value);
    if (!s || s.isEmpty() || (s.head().flags & annot::Hidden)) return;
    Mark mark;
    if (s.head().paintedByTiles()) {
        mark.colour = QColor::fromRgb(s.head().colour);
        mark.box = m_view.toDevice(rectOf(s.head().box));
    } else {
        mark = markOf(s, m_view);
        canvas::paintSelected(painter, mark, ratio());
    }
    const auto* a = m_document.find(id);
    if (alone && a) paintTag(painter, mark, className(a->classId), sizeText(annot::bounds(a->shape)), ratio());
}

void View::paintHandles(QPainter& painter, const std::vector<annot::Annotation>& shapes) {
    if (shapes.empty()) return;
    if (shapes.size() == 1) return paintGrips(painter, gripsOf(shapes[0], m_view, ratio(), handles()), m_view, ratio());
    const QRectF frame = m_view.toDevice(frameOf(shapes).rect());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(255, 255, 255, 150), ratio(), Qt::DashLine));
    painter.drawRect(frame);
    paintGrips(painter, gripsOf(shapes, m_view, ratio()), m_view, ratio());
}

void View::paintHand(QPainter& painter, const QRegion& device) {
    std::vector<annot::Annotation> shapes;
    for (const Carried& c : m_hand) {
        if (m_hand.size() <= kMarksOnTop) shapes.push_back(c.shape);
        if (c.mask) c.mask->paint(painter, device, m_view);
        if (c.rings.empty()) continue;
        const Mark mark = markOf(c.shape, c.rings, colourOf(c.shape.classId), m_view);
        if (mark.isGiant())
            paintRough(painter, mark);
        else
            canvas::paintSelected(painter, mark, ratio());
        if (m_hand.size() == 1)
            paintTag(painter, mark, className(c.shape.classId), sizeText(annot::bounds(c.shape.shape)), ratio());
    }
    if (m_hand.size() <= kMarksOnTop && m_tool && m_tool->showsGrips() && !m_hand.front().mask) paintHandles(painter, shapes);
}

void View::paintPoint(QPainter& painter) {
    const auto* a = m_document.find(m_point->id);
    if (!a) return;
    Mark mark;
    mark.colour = colourOf(a->classId);
    QPolygonF line;
    for (const Vec p : m_point->edges) line << m_view.toDevice(annot::Point{double(p.x), double(p.y)});
    paintLine(painter, line, mark.colour, ratio());
    paintGrips(painter, {{Grip::Vertex, 0, 0, m_point->ring, m_point->point, m_point->to}}, m_view, ratio());
}

}  // namespace lathe::widgets::canvas
