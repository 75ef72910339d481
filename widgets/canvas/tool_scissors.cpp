#include "widgets/canvas/tool_scissors.h"

#include <algorithm>

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {
constexpr double kScissorsNear = 8;                     // logical pixels: closing on the first point
constexpr double kLeastReach = 128, kMostReach = 1500;  // image pixels that a wire knows on each side of its anchor
}  // namespace

ScissorsTool::ScissorsTool(ToolHost& host) : AssistTool(host) {}

// As far as the hand can see, so that what is worked out has the precision of the screen.
annot::Rect ScissorsTool::regionAround(annot::Point anchor) const {
    const Viewport& v = host().viewport();
    const double reach = std::clamp(std::max(v.size.width(), v.size.height()) / v.scale / 2, kLeastReach, kMostReach);
    return {anchor.x - reach, anchor.y - reach, 2 * reach, 2 * reach};
}

bool ScissorsTool::atFirst(const Pointer& p) const {
    if (m_pieces.size() < 3) return false;
    const QPointF d = host().viewport().toDevice(m_pieces.front().from) - p.device;
    return std::hypot(d.x(), d.y()) <= kScissorsNear * host().ratio();
}

void ScissorsTool::press(const Pointer& p) {
    m_now = p;
    if (m_closing) return;
    if (m_pieces.empty()) {
        if (begin()) startAt(inside(p.image));
        return;
    }
    if (atFirst(p)) return close();
    const annot::Point at = inside(p.image);
    if (at == m_pieces.back().from) return;
    end(m_pieces.back(), at, p.keys & Qt::AltModifier);
    startAt(at);
}

void ScissorsTool::startAt(annot::Point anchor) {
    m_pieces.push_back({anchor, {}, std::nullopt, false});
    m_wire.reset();
    askWire(anchor);
    host().repaintMarks();
}

void ScissorsTool::end(Piece& piece, annot::Point to, bool straight) {
    piece.to = to;
    piece.straight = straight;
    if (straight)
        piece.path = {to};
    else if (m_wire)
        piece.path = m_wire->pathTo(to);
}

void ScissorsTool::askWire(annot::Point anchor) {
    host().document().services().jobs->run<Wire>(
        tr("Scissors"), &m_life,
        [picture = pixels(), anchor, around = regionAround(anchor)](std::stop_token stop, const base::Progress&) -> Result<Wire> {
            return annot::assist::Scissors::make(*picture, anchor, around, stop);
        },
        [this, piece = m_pieces.size() - 1, generation = m_generation](Result<Wire> wire) {
            if (generation != m_generation || piece >= m_pieces.size()) return;
            if (wire) return takeWire(piece, *wire);
            host().note(common::errorText(wire.error()));
            takeWire(piece, nullptr);
        },
        true);
}

// A click that came before the wire gets its path now.
void ScissorsTool::takeWire(std::size_t piece, const Wire& wire) {
    Piece& p = m_pieces[piece];
    if (p.to && p.path.empty()) p.path = wire ? wire->pathTo(*p.to) : std::vector{*p.to};
    if (piece + 1 == m_pieces.size() && !p.to) m_wire = wire;
    if (m_closing) finish();
    host().repaintMarks();
}

void ScissorsTool::move(const Pointer& p, bool) {
    m_now = p;
    if (m_pieces.empty()) return;
    host().showCursor(atFirst(p) ? Qt::PointingHandCursor : Qt::CrossCursor);
    host().repaintMarks();
}

void ScissorsTool::doubleClick(const Pointer& p) {
    if (m_pieces.size() >= 3)
        close();
    else
        press(p);
}

void ScissorsTool::key(const QKeyEvent& event) {
    const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (enter && underWay()) return close();
    AssistTool::key(event);
}

void ScissorsTool::close() {
    if (m_closing || m_pieces.size() < 2) return;
    m_closing = true;
    end(m_pieces.back(), m_pieces.front().from, false);
    finish();
}

void ScissorsTool::finish() {
    const bool waits = std::any_of(m_pieces.begin(), m_pieces.end(), [](const Piece& p) { return p.path.empty(); });
    if (waits) return;
    auto points = ring();
    forget();
    if (points.size() < 3) return cancel();
    takePolygon({{std::move(points)}});
}

std::vector<annot::Point> ScissorsTool::ring() const {
    std::vector<annot::Point> points;
    for (const Piece& p : m_pieces) {
        if (points.empty() || points.back() != p.from) points.push_back(p.from);
        for (const annot::Point at : p.path)
            if (at != points.back()) points.push_back(at);
    }
    while (points.size() > 1 && points.back() == points.front()) points.pop_back();
    return points;
}

std::vector<annot::Point> ScissorsTool::livePath() const {
    if (m_wire && !(m_now.keys & Qt::AltModifier)) return m_wire->pathTo(inside(m_now.image));
    return {m_pieces.back().from, inside(m_now.image)};
}

void ScissorsTool::back() {
    if (m_pieces.size() < 2) return cancel();
    m_pieces.pop_back();
    Piece& last = m_pieces.back();
    last = {last.from, {}, std::nullopt, false};
    m_wire.reset();
    ++m_generation;
    askWire(last.from);
    host().repaintMarks();
}

void ScissorsTool::forget() {
    m_pieces.clear();
    m_wire.reset();
    m_closing = false;
    ++m_generation;
}

void ScissorsTool::paint(QPainter& painter) {
    AssistTool::paint(painter);
    if (m_pieces.empty()) return;
    const double ratio = host().ratio();
    QPolygonF fixed, live;
    for (const annot::Point p : ring()) fixed << host().viewport().toDevice(p);
    if (!m_closing)
        for (const annot::Point p : livePath()) live << host().viewport().toDevice(p);
    painter.setBrush(Qt::NoBrush);
    for (const auto& [ink, width] : {std::pair{QColor(0, 0, 0, 128), 3.5}, std::pair{colour(), 1.5}}) {
        painter.setPen(QPen(ink, width * ratio, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(fixed);
        QPen dashed(ink, width * ratio);
        if (width < 2) dashed.setDashPattern({4, 8 / 3.0});
        painter.setPen(dashed);
        painter.drawPolyline(live);
    }
    painter.setPen(QPen(common::Theme::instance().colour(common::Token::Accent), 1.5 * ratio));
    painter.setBrush(Qt::white);
    for (const Piece& p : m_pieces) {
        const double r = (&p == &m_pieces.front() && atFirst(m_now) ? 6 : 3.5) * ratio;
        painter.drawEllipse(host().viewport().toDevice(p.from), r, r);
    }
}

}  // namespace lathe::widgets::canvas
