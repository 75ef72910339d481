#include "widgets/canvas/view.h"

#include <QAccessible>
#include <QPaintEvent>

#include "widgets/canvas/accessible.h"
#include "widgets/canvas/outline.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kMargin = 12, kMaxScale = 64;
constexpr int kRest = 60;  // ms without a zoom until the exact scale is painted
constexpr std::size_t kMarksOnTop = 64;

Vec vec(annot::Point p) {
    return {float(p.x), float(p.y)};
}

Bounds boundsOf(const std::vector<std::vector<Vec>>& rings) {
    Bounds b;
    for (const auto& ring : rings)
        for (const Vec p : ring) b.add(p);
    return b;
}

}  // namespace

View::View(Document& document, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_tiles([this] { QMetaObject::invokeMethod(this, &View::frame, Qt::QueuedConnection); }) {
    installAccessibility();
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(200, 160);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        m_zooming = false;
        update();
        frame();
    });
    m_nudge.setSingleShot(true);
    m_nudge.setInterval(400);
    connect(&m_nudge, &QTimer::timeout, this, &View::settle);
    connect(&m_document, &Document::opened, this, &View::onOpened);
    connect(&m_document, &Document::sceneChanged, this, &View::onScene);
    connect(&m_document, &Document::selectionChanged, this, [this] { update(); });
    connect(&m_document, &Document::annotationsChanged, this, &View::tellAccessibility);
    connect(&m_document, &Document::hoverChanged, this, [this] { update(); });
    connect(&common::Theme::instance(), &common::Theme::changed, this, [this] { update(); });
    setTool(0);
}

View::~View() = default;

void View::setTool(int index) {
    if (index == m_toolIndex || index < 0 || index >= int(toolRegistry().size())) return;
    cancelTool();
    m_toolIndex = index;
    m_tool = toolRegistry()[std::size_t(index)].make(*this);
    showCursor(toolRegistry()[std::size_t(index)].cursor);
    m_document.setHovered(0);
    update();
}

void View::cancelTool() {
    settle();
    if (m_tool) m_tool->cancel();
}

void View::setClasses(const std::vector<store::ClassRow>& classes) {
    m_classes.clear();
    for (const auto& c : classes)
        m_classes[c.id.value] = {QString::fromStdString(c.name), QColor(QString::fromStdString(c.colour))};
    update();
}

void View::setActiveClass(std::optional<ClassId> id) {
    m_activeClass = id;
}

QString View::className(ClassId id) const {
    const auto c = m_classes.find(id.value);
    return c == m_classes.end() ? tr("class %1").arg(id.value) : c->second.first;
}

QColor View::colourOf(ClassId id) const {
    const auto c = m_classes.find(id.value);
    return c == m_classes.end() ? QColor(0xb1, 0xb4, 0xb9) : c->second.second;
}

std::optional<ClassId> View::classForNew() {
    if (!m_document.isOpen()) return std::nullopt;
    if (!m_activeClass) Q_EMIT classMissing();
    return m_activeClass;
}

void View::onOpened() {
    if (m_tool) m_tool->cancel();
    m_nudge.stop();
    m_hand.clear();
    m_handRings.clear();
    m_settling.clear();
    m_zooming = false;
    if (m_document.picture()) {
        m_tiles.setPicture(m_document.picture(), m_document.scene(), fitScale());
        fit();
    } else {
        m_tiles.setPicture(nullptr, nullptr, 1);
    }
    update();
    requestFrame();
}

void View::onScene(const Bounds& touched) {
    if (!m_document.scene()) return;
    m_tiles.setScene(m_document.scene(), touched);
    update();
    requestFrame();
}

void View::tellAccessibility() {
    if (!QAccessible::isActive()) return;
    QAccessibleEvent changed(this, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&changed);
}

// ---- the hand

void View::carry(std::vector<annot::Annotation> shapes) {
    if (m_hand.size() != shapes.size() || m_hand.empty() || m_hand.front().id != shapes.front().id) {
        IdSet ids;
        for (const auto& a : shapes)
            if (m_document.find(a.id)) ids.insert(a.id.value);
        m_document.setHidden(std::move(ids));
    }
    m_hand = std::move(shapes);
    m_handRings.clear();
    for (const auto& a : m_hand)
        m_handRings.push_back(m_handRings.size() < 500 ? outlineOf(a.shape) : std::vector<std::vector<Vec>>{});
    update();
}

std::vector<AnnotationId> View::drop(const std::string& label) {
    std::vector<annot::Change> changes;
    std::vector<AnnotationId> ids;
    for (std::size_t i = 0; i < m_hand.size(); ++i) {
        annot::Annotation& a = m_hand[i];
        const int at = m_document.positionOf(a.id);
        std::optional<annot::Annotation> before;
        if (at >= 0)
            before = m_document.annotations()[std::size_t(at)];
        else
            a = m_document.make(a.classId, std::move(a.shape));
        ids.push_back(a.id);
        m_settling.push_back({a, std::move(m_handRings[i]), {}});
        m_settling.back().box = boundsOf(m_settling.back().rings);
        changes.push_back({std::move(before), a, at, at});
    }
    m_hand.clear();
    m_handRings.clear();
    m_document.commit(label, std::move(changes));
    m_document.setHidden({});
    requestFrame();
    return ids;
}

void View::putBack() {
    m_hand.clear();
    m_handRings.clear();
    m_document.setHidden({});
    update();
}

void View::settle() {
    m_nudge.stop();
    if (!m_hand.empty() && !(m_tool && m_tool->busy())) drop("Nudge");
}

void View::dropSettled() {
    const auto before = m_settling.size();
    std::erase_if(m_settling, [&](const Settling& s) { return m_tiles.fresh(s.box, m_view); });
    if (m_settling.size() != before) update();
}

// ---- frames

void View::requestFrame() {
    if (std::exchange(m_frameAsked, true)) return;
    QMetaObject::invokeMethod(this, &View::frame, Qt::QueuedConnection);
}

void View::frame() {
    m_frameAsked = false;
    if (!m_document.isOpen()) return;
    const QRegion changed = m_tiles.step(m_view, m_zooming);
    dropSettled();
    if (changed.isEmpty()) return;
    const double k = 1 / ratio();
    QRegion logical;
    for (const QRect& r : changed.rectCount() > 12 ? QRegion(changed.boundingRect()) : changed)
        logical += QRectF(r.x() * k, r.y() * k, r.width() * k, r.height() * k).toAlignedRect();
    update(logical);
}

bool View::complete() const {
    return m_tiles.complete() && !m_zooming && m_settling.empty() && m_hand.empty() && !m_frameAsked;
}

void View::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const double k = ratio();
    painter.scale(1 / k, 1 / k);
    QRegion device;
    for (const QRect& r : event->region()) device += QRectF(r.x() * k, r.y() * k, r.width() * k, r.height() * k).toAlignedRect();
    m_tiles.paint(painter, device, m_view, common::Theme::instance().colour(common::Token::Paste));
    if (!m_document.isOpen()) return;
    painter.setRenderHint(QPainter::Antialiasing);
    paintMarks(painter);
    if (m_tool) m_tool->paint(painter);
    if (!m_ring) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(common::Theme::instance().colour(common::Token::Focus), 2 * k));
    painter.drawRect(QRectF(QPointF(), QSizeF(m_view.size)).adjusted(k, k, -k, -k));
}

void View::paintMarks(QPainter& painter) {
    for (const Settling& s : m_settling)
        if (!m_document.isSelected(s.shape.id))
            paintPlain(painter, markOf(s.shape, s.rings, colourOf(s.shape.classId), m_view), ratio());
    const std::int64_t hovered = m_document.hovered();
    const bool hover = hovered && !m_document.isSelected(AnnotationId(hovered)) && m_hand.empty();
    if (const ShapeRef s = hover ? m_document.scene()->find(hovered) : ShapeRef{}; s && !(s.head().flags & annot::Hidden)) {
        Mark mark = markOf(s, m_view);
        if (!s.head().giant) paintHovered(painter, mark, ratio());
        if (const auto* a = m_document.find(AnnotationId(hovered))) paintTag(painter, mark, className(a->classId), {}, ratio());
    }
    if (m_hand.empty())
        paintSelection(painter);
    else
        paintHand(painter);
}

void View::paintSelection(QPainter& painter) {
    const auto& selection = m_document.selection();
    if (selection.size() > kMarksOnTop) return;
    for (const AnnotationId id : selection) {
        const ShapeRef s = m_document.scene()->find(id.value);
        if (!s || s.head().rings == 0 || (s.head().flags & annot::Hidden)) continue;
        const Mark mark = markOf(s, m_view);
        if (!s.head().giant) paintSelected(painter, mark, ratio());
        if (selection.size() > 1) continue;
        const auto* a = m_document.find(id);
        if (m_tool && m_tool->showsGrips()) paintGrips(painter, gripsOf(*a, m_view, ratio()), m_view, ratio());
        paintTag(painter, mark, className(a->classId), sizeText(annot::bounds(a->shape)), ratio());
    }
}

void View::paintHand(QPainter& painter) {
    for (std::size_t i = 0; i < m_hand.size() && i < m_handRings.size(); ++i) {
        if (m_handRings[i].empty()) continue;
        const Mark mark = markOf(m_hand[i], m_handRings[i], colourOf(m_hand[i].classId), m_view);
        paintSelected(painter, mark, ratio());
        if (m_hand.size() > 1) continue;
        paintGrips(painter, gripsOf(m_hand[i], m_view, ratio()), m_view, ratio());
        paintTag(painter, mark, className(m_hand[i].classId), sizeText(annot::bounds(m_hand[i].shape)), ratio());
    }
}

QString View::sizeText(const annot::Rect& box) const {
    return QStringLiteral("%1 × %2").arg(common::number(std::round(box.w)), common::number(std::round(box.h)));
}

// ---- where the picture lies

double View::fitScale() const {
    const annot::Rect r = m_document.imageRect();
    const double k = ratio(), w = std::max(16.0, width() * k - 2 * kMargin * k), h = std::max(16.0, height() * k - 2 * kMargin * k);
    return std::clamp(std::min(w / std::max(1.0, r.w), h / std::max(1.0, r.h)), 0.001, 32.0);
}

void View::fit() {
    Viewport v = m_view;
    v.size = QSizeF(width() * ratio(), height() * ratio()).toSize();
    v.scale = fitScale();
    const annot::Rect r = m_document.imageRect();
    v.ox = std::round((v.size.width() - r.w * v.scale) / 2);
    v.oy = std::round((v.size.height() - r.h * v.scale) / 2);
    setView(v, false);
    m_fitted = true;
}

void View::zoomTo(double scale) {
    zoomBy(scale / m_view.scale, QPointF(m_view.size.width() / 2.0, m_view.size.height() / 2.0));
}

void View::zoomBy(double factor, QPointF device) {
    if (!m_document.isOpen()) return;
    const annot::Point at = m_view.toImage(device);
    Viewport v = m_view;
    v.scale = std::clamp(m_view.scale * factor, std::min(fitScale() / 4, 0.05), kMaxScale);
    v.ox = std::round(device.x() - at.x * v.scale);
    v.oy = std::round(device.y() - at.y * v.scale);
    setView(clamped(v), true);
}

void View::moveTo(const Viewport& view) {
    Viewport v = view;
    v.size = m_view.size;
    setView(v, v.scale != m_view.scale);
}

void View::panBy(QPointF device) {
    Viewport v = m_view;
    v.ox = std::round(v.ox + device.x());
    v.oy = std::round(v.oy + device.y());
    setView(clamped(v), false);
}

void View::centreOn(const annot::Rect& box) {
    const QRectF r = m_view.toDevice(box), all(QPointF(), QSizeF(m_view.size));
    if (!m_document.isOpen() || all.contains(r) || (r.contains(all))) return;
    panBy(all.center() - r.center());
}

// Some of the picture always stays in sight.
Viewport View::clamped(Viewport v) const {
    const annot::Rect r = m_document.imageRect();
    const double keep = 48 * ratio();
    v.ox = std::round(std::clamp(v.ox, keep - r.w * v.scale, v.size.width() - keep));
    v.oy = std::round(std::clamp(v.oy, keep - r.h * v.scale, v.size.height() - keep));
    return v;
}

void View::setView(const Viewport& view, bool zoomed) {
    const bool scaled = view.scale != m_view.scale;
    m_view = view;
    m_fitted = false;
    if (zoomed && scaled) {
        m_zooming = true;
        m_rest.start();
    }
    if (scaled) Q_EMIT zoomChanged();
    update();
    requestFrame();
}

void View::resizeEvent(QResizeEvent*) {
    const QSize size = QSizeF(width() * ratio(), height() * ratio()).toSize();
    if (m_fitted && m_document.isOpen()) {
        m_tiles.setOverview(fitScale());
        return fit();
    }
    m_view.ox = std::round(m_view.ox + (size.width() - m_view.size.width()) / 2.0);
    m_view.oy = std::round(m_view.oy + (size.height() - m_view.size.height()) / 2.0);
    m_view.size = size;
    requestFrame();
}

QRect View::screenRect(const annot::Rect& box) const {
    const QRectF r = m_view.toDevice(box);
    const double k = 1 / ratio();
    return {mapToGlobal(QPointF(r.x() * k, r.y() * k).toPoint()), QSizeF(r.width() * k, r.height() * k).toSize()};
}

annot::Point View::imageAt(QPoint global) const {
    return m_view.toImage(QPointF(mapFromGlobal(global)) * ratio());
}

QString View::stateText() const {
    if (!m_document.isOpen()) return tr("no image");
    const QString shapes = tr("%n shape(s)", nullptr, int(m_document.annotations().size()));
    const QString zoom = tr("zoom %1 %").arg(int(std::round(m_view.scale * 100)));
    if (!m_activeClass) return shapes + QStringLiteral(", ") + zoom;
    return QStringLiteral("%1, %2, %3").arg(shapes, tr("class %1").arg(className(*m_activeClass)), zoom);
}

}  // namespace lathe::widgets::canvas
