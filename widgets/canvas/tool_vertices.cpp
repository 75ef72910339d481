#include "widgets/canvas/tool_vertices.h"

#include <algorithm>
#include <cmath>

#include "widgets/canvas/document.h"
#include "widgets/canvas/tool_options.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {

constexpr const char* kVerticesSize = "vertices.size";
constexpr double kVerticesStandard = 24, kVerticesMost = 1000;

bool isPointed(const annot::Annotation& a) {
    return ringCount(a.shape) > 0 && !(a.flags & (annot::Locked | annot::Hidden));
}

std::size_t pointsOf(const annot::Shape& shape) {
    std::size_t sum = 0;
    for (std::size_t r = 0; r < ringCount(shape); ++r) sum += ringOf(shape, r).size();
    return sum;
}

// What can't be drawn any more goes.
void dropDegenerate(annot::Shape& shape) {
    if (auto* polygon = std::get_if<annot::Polygon>(&shape))
        std::erase_if(polygon->rings, [](const auto& ring) { return ring.size() < 3; });
    if (auto* line = std::get_if<annot::Polyline>(&shape); line && line->points.size() < 2) line->points.clear();
}

}  // namespace

const ToolModes* VerticesTool::modes() const {
    static const ToolModes all{"vertices.mode",
                               QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "How vertices are deleted"),
                               {QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Band"),
                                QT_TRANSLATE_NOOP("lathe::widgets::canvas::Tool", "Round eraser")}};
    return &all;
}

double VerticesTool::radius() const {
    return sizeOf(host(), kVerticesSize, kVerticesStandard) / 2;
}

void VerticesTool::addOptions(QHBoxLayout& row) {
    if (mode() == Eraser) addSize(row, host(), kVerticesSize, kVerticesStandard, kVerticesMost);
}

bool VerticesTool::can(std::string_view action) const {
    return mode() == Eraser && (action == "larger" || action == "smaller");
}

void VerticesTool::act(std::string_view action) {
    stepSize(host(), kVerticesSize, kVerticesStandard, kVerticesMost, action == "larger" ? 1 : -1);
}

bool VerticesTool::wheel(double notches, const Pointer& p) {
    if (mode() != Eraser) return false;
    m_at = p;
    stepSize(host(), kVerticesSize, kVerticesStandard, kVerticesMost, notches);
    return true;
}

void VerticesTool::collect() {
    Document& doc = host().document();
    m_before = doc.selection().empty() ? doc.annotations() : doc.selected();
    std::erase_if(m_before, [](const annot::Annotation& a) { return !isPointed(a); });
    m_now = m_before;
}

template <class In>
void VerticesTool::takeAway(const annot::Rect& around, const In& in) {
    for (annot::Annotation& a : m_now) {
        if (!annot::bounds(a.shape).grown(1e-6).intersects(around)) continue;
        if (auto* polygon = std::get_if<annot::Polygon>(&a.shape))
            for (auto& ring : polygon->rings) std::erase_if(ring, in);
        if (auto* line = std::get_if<annot::Polyline>(&a.shape)) std::erase_if(line->points, in);
    }
}

annot::Rect VerticesTool::band() const {
    const annot::Point a = m_from.image, b = m_at.image;
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::fabs(a.x - b.x), std::fabs(a.y - b.y)};
}

void VerticesTool::press(const Pointer& p) {
    collect();
    m_from = m_at = p;
    m_pressed = true;
    move(p, true);
}

void VerticesTool::move(const Pointer& p, bool pressed) {
    m_at = p;
    host().showCursor(mode() == Eraser ? Qt::BlankCursor : Qt::CrossCursor);
    host().repaintMarks();
    if (!pressed || !m_pressed || mode() != Eraser) return;
    const double r = radius();
    const annot::Point c = p.image;
    takeAway({c.x - r, c.y - r, 2 * r, 2 * r}, [=](annot::Point q) { return std::hypot(q.x - c.x, q.y - c.y) <= r; });
    std::vector<annot::Annotation> changed;
    for (std::size_t i = 0; i < m_now.size(); ++i)
        if (pointsOf(m_now[i].shape) != pointsOf(m_before[i].shape)) changed.push_back(m_now[i]);
    if (!changed.empty()) host().carry(std::move(changed));
}

void VerticesTool::release(const Pointer& p) {
    if (!m_pressed) return;
    m_at = p;
    if (mode() == Band) takeAway(band(), [r = band()](annot::Point q) { return r.contains(q); });
    finish();
}

void VerticesTool::finish() {
    m_pressed = false;
    host().putBack();
    std::vector<annot::Change> changes;
    std::vector<AnnotationId> gone;
    Document& doc = host().document();
    for (std::size_t i = 0; i < m_now.size(); ++i) {
        if (pointsOf(m_now[i].shape) == pointsOf(m_before[i].shape)) continue;
        dropDegenerate(m_now[i].shape);
        const int at = doc.positionOf(m_now[i].id);
        if (pointsOf(m_now[i].shape) == 0) {
            gone.push_back(m_now[i].id);
        } else if (at >= 0) {
            m_now[i].setShape(m_now[i].shape);
            changes.push_back({doc.annotations()[std::size_t(at)], m_now[i], at, at});
        }
    }
    for (auto& change : annot::removalOf(doc.annotations(), gone)) changes.push_back(std::move(change));
    m_before.clear();
    m_now.clear();
    doc.commit("Delete vertices", std::move(changes));
    host().repaintMarks();
}

bool VerticesTool::wants(const QKeyEvent& event) const {
    return event.key() == Qt::Key_Escape && (m_pressed || !host().document().selection().empty());
}

void VerticesTool::key(const QKeyEvent&) {
    if (m_pressed)
        cancel();
    else
        host().document().select({});
}

void VerticesTool::cancel() {
    if (m_pressed) host().putBack();
    m_pressed = false;
    m_before.clear();
    m_now.clear();
    host().repaintMarks();
}

void VerticesTool::paint(QPainter& painter) {
    if (mode() == Eraser) {
        const double r = radius() * host().viewport().scale;
        painter.setBrush(Qt::NoBrush);
        for (const auto& [colour, width] : {std::pair{QColor(0, 0, 0, 160), 3.0}, {QColor(Qt::white), 1.25}}) {
            painter.setPen(QPen(colour, width * host().ratio(), Qt::DashLine));
            painter.drawEllipse(m_at.device, r, r);
        }
        return;
    }
    if (!m_pressed) return;
    QColor colour = common::Theme::instance().colour(common::Token::Err);
    painter.setPen(QPen(colour, 1));
    colour.setAlphaF(0.12f);
    painter.setBrush(colour);
    painter.drawRect(QRectF(m_from.device, m_at.device).normalized());
}

}  // namespace lathe::widgets::canvas
