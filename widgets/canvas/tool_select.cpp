#include "widgets/canvas/tool_select.h"

#include <algorithm>

#include "widgets/canvas/document.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kSelectSlack = 4, kDragFrom = 3;  // logical pixels
Vec vec(annot::Point p) {
    return {float(p.x), float(p.y)};
}

/// The shift that keeps a box within the picture, as far as it fits.
annot::Point keptShift(const annot::Rect& box, annot::Point shift, const annot::Rect& in) {
    auto one = [](double low, double size, double by, double from, double length) {
        if (size > length) return by;
        return std::clamp(low + by, from, from + length - size) - low;
    };
    return {one(box.x, box.w, shift.x, in.x, in.w), one(box.y, box.h, shift.y, in.y, in.h)};
}

}  // namespace

double SelectTool::slack() const {
    return kSelectSlack * host().ratio() / host().viewport().scale;
}

std::vector<std::int64_t> SelectTool::under(const Pointer& p) const {
    std::vector<std::int64_t> ids;
    const auto& scene = host().document().scene();
    if (!scene) return ids;
    for (const ShapeRef s : scene->hits(vec(p.image), float(slack()))) ids.push_back(s.head().id);
    return ids;
}

const ToolModes* SelectTool::modes() const {
    static const ToolModes all{
        "select.mode",
        QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "How shapes are selected by a drag"),
        {QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Band"), QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Lasso")}};
    return &all;
}

std::vector<AnnotationId> SelectTool::withGroup(AnnotationId id) const {
    const auto* a = host().document().find(id);
    if (!a || a->group == 0) return {id};
    std::vector<AnnotationId> ids;
    for (const auto& other : host().document().annotations())
        if (other.group == a->group && (other.id == id || !(other.flags & (annot::Locked | annot::Hidden))))
            ids.push_back(other.id);
    return ids;
}

void SelectTool::toggle(AnnotationId id) {
    auto selection = host().document().selection();
    const bool out = host().document().isSelected(id);
    for (const AnnotationId member : withGroup(id)) {
        std::erase(selection, member);
        if (!out) selection.push_back(member);
    }
    host().document().select(std::move(selection));
}

void SelectTool::press(const Pointer& p) {
    m_from = m_now = p;
    if (m_grips.press(p)) {
        m_state = m_grips.active() ? State::Grip : State::Idle;
        return;
    }
    Document& doc = host().document();
    m_stack = under(p);
    m_lasso = {p.image};
    if (m_stack.empty()) {
        m_state = State::Band;
        if (!(p.keys & (Qt::ShiftModifier | Qt::ControlModifier))) doc.select({});
        return;
    }
    m_state = State::Pressed;
    if (p.keys & (Qt::ShiftModifier | Qt::ControlModifier)) {
        toggle(AnnotationId(m_stack.front()));
        m_wasSelected = false;
        return;
    }
    m_wasSelected = std::any_of(m_stack.begin(), m_stack.end(), [&](std::int64_t id) { return doc.isSelected(AnnotationId(id)); });
    if (!m_wasSelected) doc.select(withGroup(AnnotationId(m_stack.front())));
}

void SelectTool::move(const Pointer& p, bool pressed) {
    m_now = p;
    if (!pressed) return hover(p);
    const QPointF d = p.device - m_from.device;
    const bool far = std::hypot(d.x(), d.y()) > kDragFrom * host().ratio();
    if (m_state == State::Grip)
        m_grips.move(p);
    else if (m_state == State::Moving || (m_state == State::Pressed && far))
        moveTo(p);
    else if (m_state == State::Band)
        m_lasso.push_back(p.image), host().repaintMarks();
}

void SelectTool::hover(const Pointer& p) {
    const auto ids = under(p);
    host().document().setHovered(ids.empty() ? 0 : ids.front());
    const Grip grip = m_grips.under(p);
    if (grip && grip.kind != Grip::Edge) return host().showCursor(m_grips.cursor(grip));
    const bool over = std::any_of(ids.begin(), ids.end(), [&](auto id) { return host().document().isSelected(AnnotationId(id)); });
    host().showCursor(over ? Qt::SizeAllCursor : Qt::ArrowCursor);
}

void SelectTool::moveTo(const Pointer& p) {
    if (m_state == State::Pressed) {
        m_state = State::Moving;
        m_before = host().document().selected();
        std::erase_if(m_before, [](const annot::Annotation& a) {
            return (a.flags & (annot::Locked | annot::Hidden)) || std::holds_alternative<annot::ImageLabel>(a.shape);
        });
        m_beforeBox = {};
        for (std::size_t i = 0; i < m_before.size(); ++i)
            m_beforeBox = i ? m_beforeBox.united(annot::bounds(m_before[i].shape)) : annot::bounds(m_before[i].shape);
    }
    annot::Point by{p.image.x - m_from.image.x, p.image.y - m_from.image.y};
    if (p.keys & Qt::ShiftModifier) (std::fabs(by.x) > std::fabs(by.y) ? by.y : by.x) = 0;
    if (host().keepInside()) by = keptShift(m_beforeBox, by, host().document().imageRect());
    auto moved = m_before;
    for (auto& a : moved) a.shape = annot::translated(std::move(a.shape), by.x, by.y);
    host().carry(std::move(moved));
}

void SelectTool::release(const Pointer& p) {
    const State state = std::exchange(m_state, State::Idle);
    if (state == State::Grip)
        m_grips.release();
    else if (state == State::Moving)
        host().drop("Move");
    else if (state == State::Band)
        finishBand(p);
    else if (state == State::Pressed && m_wasSelected)
        goDeeper();
}

void SelectTool::goDeeper() {
    Document& doc = host().document();
    if (doc.selection().size() > 1) return doc.select({AnnotationId(m_stack.front())});
    const auto at = std::find_if(m_stack.begin(), m_stack.end(), [&](std::int64_t id) { return doc.isSelected(AnnotationId(id)); });
    if (at == m_stack.end()) return;
    doc.select({AnnotationId(at + 1 == m_stack.end() ? m_stack.front() : *(at + 1))});
}

std::vector<std::int64_t> SelectTool::inBand(const Pointer& p) const {
    Bounds band;
    band.add(vec(m_from.image));
    band.add(vec(p.image));
    return host().document().scene()->within(band);
}

// Shapes that lie wholly within the ring; a mask by the corners of its box.
std::vector<std::int64_t> SelectTool::inLasso() const {
    std::vector<std::int64_t> ids;
    if (m_lasso.size() < 3) return ids;
    const annot::Shape ring = annot::Polygon{{m_lasso}};
    const annot::Rect r = annot::bounds(ring);
    const auto& scene = *host().document().scene();
    const auto in = [&](Vec v) { return annot::contains(ring, {double(v.x), double(v.y)}); };
    for (const std::int64_t id : scene.within({float(r.x), float(r.y), float(r.x + r.w), float(r.y + r.h)})) {
        const ShapeRef s = scene.find(id);
        const Head& h = s.head();
        bool all =
            s.mask() ? in({h.box.x0, h.box.y0}) && in({h.box.x1, h.box.y0}) && in({h.box.x0, h.box.y1}) && in({h.box.x1, h.box.y1})
                     : h.rings > 0;
        for (std::uint32_t k = h.firstRing; all && k < h.firstRing + h.rings; ++k) all = std::ranges::all_of(s.store->ring(k), in);
        if (all) ids.push_back(id);
    }
    return ids;
}

void SelectTool::finishBand(const Pointer& p) {
    host().repaintMarks();
    const bool band = mode() == 0;
    const QPointF d = p.device - m_from.device;
    const bool clicked = std::hypot(d.x(), d.y()) < kDragFrom * host().ratio();
    if (clicked) host().document().setCurrentSuggestion(host().document().suggestionAt(p.image, slack()));
    if (!host().document().scene() || (band && clicked)) return;
    std::vector<AnnotationId> ids;
    if (p.keys & (Qt::ShiftModifier | Qt::ControlModifier)) ids = host().document().selection();
    for (const std::int64_t id : band ? inBand(p) : inLasso())
        if (!host().document().isSelected(AnnotationId(id))) ids.push_back(AnnotationId(id));
    std::sort(ids.begin(), ids.end());
    host().document().select(std::move(ids));
}

void SelectTool::doubleClick(const Pointer& p) {
    if (!m_grips.insertAt(p)) press(p);
}

bool SelectTool::wants(const QKeyEvent& event) const {
    if (event.key() == Qt::Key_Escape) return busy() || !host().document().selection().empty();
    return event.key() == Qt::Key_Delete && m_grips.vertex() && host().document().selection().size() == 1;
}

void SelectTool::key(const QKeyEvent& event) {
    if (event.key() == Qt::Key_Delete && !m_grips.removeVertex()) host().document().remove("Delete", host().document().selection());
    if (event.key() != Qt::Key_Escape) return;
    if (busy())
        cancel();
    else
        host().document().select({});
}

void SelectTool::cancel() {
    m_grips.cancel();
    m_grips.forgetVertex();
    if (m_state == State::Moving) host().putBack();
    m_state = State::Idle;
    host().repaintMarks();
}

void SelectTool::paint(QPainter& painter) {
    m_grips.paint(painter);
    if (m_state != State::Band) return;
    QColor colour = common::Theme::instance().colour(common::Token::Focus);
    painter.setPen(QPen(colour, 1));
    colour.setAlphaF(0.12f);
    painter.setBrush(colour);
    if (mode() == 0) return painter.drawRect(QRectF(m_from.device, m_now.device).normalized());
    QPolygonF lasso;
    for (const annot::Point p : m_lasso) lasso << host().viewport().toDevice(p);
    painter.drawPolygon(lasso);
}

}  // namespace lathe::widgets::canvas
