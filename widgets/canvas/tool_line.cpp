#include "widgets/canvas/tool_line.h"

#include <algorithm>
#include <cmath>

#include "widgets/canvas/document.h"
#include "widgets/canvas/marks.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kLineNear = 8, kTrail = 10;  // logical pixels: ending on a point, points of a drawn trail
constexpr std::size_t kMostDots = 2000;

bool isFollowing(const Pointer& p) {
    return p.keys & Qt::ControlModifier;
}

}  // namespace

bool LineTool::isNear(annot::Point at, const Pointer& p) const {
    const QPointF d = host().viewport().toDevice(at) - p.device;
    return std::hypot(d.x(), d.y()) <= kLineNear * host().ratio();
}

const annot::Annotation* LineTool::target() const {
    return host().document().find(m_target);
}

const annot::Annotation* LineTool::selectedOf(Kind kind) const {
    const auto& selection = host().document().selection();
    const auto* a = selection.size() == 1 ? host().document().find(selection.front()) : nullptr;
    const bool fits = a && a->shape.index() == std::size_t(kind) && !(a->flags & (annot::Locked | annot::Hidden));
    return fits ? a : nullptr;
}

bool LineTool::beginOn(const annot::Annotation& shape) {
    m_target = shape.id;
    draft() = shape;
    setDrawing(true);
    return true;
}

void LineTool::replaceTarget(const char* label, annot::Shape shape) {
    const auto* a = target();
    setDrawing(false);
    if (a) {
        annot::Annotation now = *a;
        now.setShape(std::move(shape));
        host().document().replace(label, {now});
        host().document().select({now.id});
    }
    forget();
    host().repaintMarks();
}

// What a click would add: one place, or the border of the neighbour under the pointer from the last point on.
std::vector<annot::Point> LineTool::next(const Pointer& p, bool following) {
    const std::int64_t except = m_target.value;
    if (!following || m_points.empty()) return {snap().place(p, except)};
    const Snap to = snap().near(p, except);
    const auto* neighbour = to ? host().document().find(AnnotationId(to.id)) : nullptr;
    if (!neighbour) return {snap().place(p, except)};
    const auto border = borderOf(neighbour->shape, to.ring);
    const bool ring = isClosed(neighbour->shape);
    if (distanceToRing(border, ring, m_points.back()) * host().viewport().scale > kLineNear * host().ratio()) return {to.at};
    auto path = pathAlong(border, ring, m_points.back(), to.at, p.keys & Qt::AltModifier);
    if (!path.empty() && path.front() == m_points.back()) path.erase(path.begin());
    return path;
}

void LineTool::add(const Pointer& p, bool following) {
    m_steps.push_back(m_points.size());
    const auto more = next(p, following);
    m_points.insert(m_points.end(), more.begin(), more.end());
    m_lastAdded = p.device;
    host().repaintMarks();
}

void LineTool::press(const Pointer& p) {
    if (!drawing()) {
        if (!start(p)) return;
        m_lastAdded = p.device;
        if (!m_points.empty()) return;  // a line that goes on: the press was on its end
    }
    if (!m_points.empty() && endsAt(p)) return complete();
    add(p, isFollowing(p));
}

void LineTool::move(const Pointer& p, bool pressed) {
    DrawTool::move(p, pressed);
    if (!drawing()) return;
    (void)snap().place(p, m_target.value);
    const QPointF d = p.device - m_lastAdded;
    const bool trail = pressed && !isFollowing(p) && std::hypot(d.x(), d.y()) >= kTrail * host().ratio();
    if (trail) add(p, false);
    host().showCursor(!m_points.empty() && endsAt(p) ? Qt::PointingHandCursor : Qt::CrossCursor);
}

// A trail that comes back to its start closes there.
void LineTool::release(const Pointer& p) {
    if (closed() && m_points.size() > 8 && endsAt(p) && p.device != m_lastAdded) complete();
}

// The second click of a double click has nothing to add: its press was the last point.
void LineTool::doubleClick(const Pointer& p) {
    if (m_points.size() >= least())
        complete();
    else
        press(p);
}

void LineTool::takeBack() {
    if (m_steps.empty()) return cancel();
    m_points.resize(std::min(m_points.size(), m_steps.back()));
    m_steps.pop_back();
    if (m_points.empty()) cancel();
}

void LineTool::complete() {
    auto points = m_points;
    points.erase(std::unique(points.begin(), points.end()), points.end());
    if (closed() && points.size() > 1 && points.front() == points.back()) points.pop_back();
    if (points.size() < least()) return cancel();
    done(std::move(points));
}

void LineTool::forget() {
    m_points.clear();
    m_steps.clear();
    m_target = {};
}

void LineTool::paint(QPainter& painter) {
    if (m_points.empty()) return DrawTool::paint(painter);
    QPolygonF line;
    for (const annot::Point p : m_points) line << host().viewport().toDevice(p);
    const auto dots = line.size();
    for (const annot::Point p : next(now(), isFollowing(now()))) line << host().viewport().toDevice(p);
    const double ratio = host().ratio();
    paintLine(painter, line, host().colourOf(draft().classId), ratio);
    painter.setPen(QPen(common::Theme::instance().colour(common::Token::Accent), 1.5 * ratio));
    painter.setBrush(Qt::white);
    for (auto i = std::max<qsizetype>(0, dots - qsizetype(kMostDots)); i < dots; ++i) {
        const double r = (i == 0 && endsAt(now()) ? 6 : 3.5) * ratio;
        painter.drawEllipse(line[i], r, r);
    }
    snap().paint(painter);
}

}  // namespace lathe::widgets::canvas
