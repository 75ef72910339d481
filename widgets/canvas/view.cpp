#include "widgets/canvas/view.h"

#include <QAccessible>
#include <QPaintEvent>

#include "widgets/canvas/accessible.h"
#include "widgets/common/counts.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kViewMargin = 12, kMaxScale = 64;
constexpr int kViewRest = 60;  // ms without a zoom until the exact scale is painted

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
    m_rest.setInterval(kViewRest);
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
    connect(&m_document, &Document::suggestionsChanged, this, [this] { update(); });
    connect(&m_document, &Document::hoverChanged, this, [this] { update(); });
    connect(&common::Theme::instance(), &common::Theme::changed, this, [this] { update(); });
    setTool(0);
}

View::~View() = default;

void View::setTool(int index) {
    if ((index == m_toolIndex && !m_lent) || index < 0 || index >= int(toolRegistry().size())) return;
    cancelTool();
    m_toolIndex = index;
    m_tool = toolRegistry()[std::size_t(index)].make(*this);
    showCursor(toolRegistry()[std::size_t(index)].cursor);
    m_document.setHovered(0);
    note({});
    update();
    Q_EMIT toolOptionsChanged();
    Q_EMIT toolStateChanged();
}

void View::lend(const std::function<std::unique_ptr<Tool>(ToolHost&)>& make) {
    cancelTool();
    m_lent = true;
    m_tool = make(*this);
    showCursor(Qt::ArrowCursor);
    update();
    Q_EMIT toolOptionsChanged();
    Q_EMIT toolStateChanged();
}

void View::returnTool() {
    if (!m_lent || !m_tool->finished()) return;
    m_lent = false;
    setTool(std::exchange(m_toolIndex, -1));
}

void View::repaintMarks() {
    update();
    if (m_lent && m_tool->finished()) QMetaObject::invokeMethod(this, &View::returnTool, Qt::QueuedConnection);
}

void View::toolAct(std::string_view action) {
    if (!toolCan(action)) return;
    m_tool->act(action);
    Q_EMIT toolStateChanged();
}

void View::toggle(const char* key) {
    m_memory[QString::fromLatin1(key)] = !isOn(key);
    Q_EMIT toolOptionsChanged();
    update();
}

void View::nextToolMode() {
    const ToolModes* modes = m_tool->modes();
    if (!modes) return;
    m_tool->setMode((m_tool->mode() + 1) % int(modes->texts.size()));
    Q_EMIT toolOptionsChanged();
}

void View::note(const QString& text) {
    if (std::exchange(m_noted, !text.isEmpty()) || m_noted) Q_EMIT toolNote(text);
}

void View::cancelTool() {
    settle();
    if (m_tool) m_tool->cancel();
    returnTool();
}

void View::setClasses(const std::vector<store::ClassRow>& classes) {
    m_classes.clear();
    for (const auto& c : classes)
        m_classes[c.id.value] = {QString::fromStdString(c.name), QColor(QString::fromStdString(c.colour))};
    update();
}

void View::setActiveClass(std::optional<ClassId> id) {
    const bool other = id && id != m_activeClass;
    m_activeClass = id;
    if (other && m_tool) m_tool->classChanged(*id);
}

QString View::className(ClassId id) const {
    const auto c = m_classes.find(id.value);
    return c == m_classes.end() ? tr("class %1").arg(id.value) : c->second.first;
}

QColor View::colourOf(ClassId id) const {
    const auto c = m_classes.find(id.value);
    return c == m_classes.end() ? QColor(0xb1, 0xb4, 0xb9) : c->second.second;
}

std::optional<ClassId> View::classForNew(int kind) {
    if (!m_document.isOpen()) return std::nullopt;
    if (!m_activeClass) {
        Q_EMIT classMissing();
        return std::nullopt;
    }
    const auto* schema = m_document.schemaOf(*m_activeClass);
    if (kind < 0 || !schema || (schema->kinds >> kind & 1)) return m_activeClass;
    note(tr("The label schema doesn't allow this kind of shape for %1: choose another class or another tool.")
             .arg(className(*m_activeClass)));
    return std::nullopt;
}

Handles View::handles() {
    return m_memory.value(QStringLiteral("handles.frame"), false).toBool() ? Handles::Frame : Handles::Points;
}

void View::onOpened() {
    if (m_tool) m_tool->cancel();
    m_nudge.stop();
    m_hand.clear();
    m_point.reset();
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
    Q_EMIT framed();
    const double k = 1 / ratio();
    QRegion logical;
    for (const QRect& r : changed.rectCount() > 12 ? QRegion(changed.boundingRect()) : changed)
        logical += QRectF(r.x() * k, r.y() * k, r.width() * k, r.height() * k).toAlignedRect();
    update(logical);
}

bool View::complete() const {
    return m_tiles.complete() && !m_zooming && m_settling.empty() && m_hand.empty() && !m_point && !m_frameAsked;
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
    paintMarks(painter, device);
    if (m_tool) m_tool->paint(painter);
    if (m_crosshair) paintCrosshair(painter);
    if (complete()) m_document.pictureWhole();
    if (!m_ring) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(common::Theme::instance().colour(common::Token::Focus), 2 * k));
    painter.drawRect(QRectF(QPointF(), QSizeF(m_view.size)).adjusted(k, k, -k, -k));
}

QString View::sizeText(const annot::Rect& box) const {
    return QStringLiteral("%1 × %2").arg(common::number(std::round(box.w)), common::number(std::round(box.h)));
}

// ---- where the picture lies

double View::fitScale() const {
    const annot::Rect r = m_document.imageRect();
    const double k = ratio(), w = std::max(16.0, width() * k - 2 * kViewMargin * k),
                 h = std::max(16.0, height() * k - 2 * kViewMargin * k);
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
    Q_EMIT viewMoved();
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
    Q_EMIT viewMoved();
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
    const QString shapes = common::Counts::shapes(std::int64_t(m_document.annotations().size()));
    const QString zoom = tr("zoom %1 %").arg(int(std::round(m_view.scale * 100)));
    if (!m_activeClass) return shapes + QStringLiteral(", ") + zoom;
    return QStringLiteral("%1, %2, %3").arg(shapes, tr("class %1").arg(className(*m_activeClass)), zoom);
}

}  // namespace lathe::widgets::canvas
