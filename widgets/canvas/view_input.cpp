// View's mouse, wheel and keys.
#include <QContextMenuEvent>

#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

namespace {

QPointF arrow(int key) {
    switch (key) {
        case Qt::Key_Left: return {-1, 0};
        case Qt::Key_Right: return {1, 0};
        case Qt::Key_Up: return {0, -1};
        case Qt::Key_Down: return {0, 1};
        default: return {};
    }
}

}  // namespace

Pointer View::pointer(const QMouseEvent& event) const {
    const QPointF device = event.position() * ratio();
    return {device, m_view.toImage(device), event.modifiers(), m_pressed ? m_button : event.button()};
}

void View::showCursor(const QCursor& cursor) {
    m_cursor = cursor;
    if (!m_panning && !m_space) setCursor(cursor);
}

void View::startPan(QPointF device) {
    m_panning = true;
    m_spacePanned = true;
    m_panFrom = device;
    setCursor(Qt::ClosedHandCursor);
}

void View::mousePressEvent(QMouseEvent* event) {
    const Pointer p = pointer(*event);
    constexpr Qt::KeyboardModifiers levels = Qt::ControlModifier | Qt::ShiftModifier;
    m_levelling = event->button() == Qt::LeftButton && event->modifiers() == levels && m_document.isOpen();
    m_levelFrom = p.device;
    if (m_levelling) return;
    const bool drags = m_space || m_document.inPast();
    if (event->button() == Qt::MiddleButton || (drags && event->button() == Qt::LeftButton)) return startPan(p.device);
    if (!isForTool(event->button()) || m_pressed) return;
    settle();
    m_pressed = true;
    m_button = event->button();
    m_tool->press(p);
    Q_EMIT toolStateChanged();
}

bool View::isForTool(Qt::MouseButton button) const {
    if (!m_document.isOpen() || !m_tool) return false;
    return button == Qt::LeftButton || (button == Qt::RightButton && m_tool->usesRightButton());
}

void View::mouseMoveEvent(QMouseEvent* event) {
    const Pointer p = pointer(*event);
    moveCrosshair(p.device);
    if (m_levelling) {
        const QPointF by = p.device - std::exchange(m_levelFrom, p.device);
        Q_EMIT levelsDragged({by.x() / m_view.size.width(), -by.y() / m_view.size.height()});
        return;
    }
    if (m_panning) {
        panBy(p.device - m_panFrom);
        m_panFrom = p.device;
        return;
    }
    if (!m_document.isOpen()) return;
    const annot::Rect in = m_document.imageRect();
    Q_EMIT pointerMoved(p.image, in.contains(p.image));
    if (!m_tool || m_space || m_document.inPast()) return;
    if (!m_pressed && m_tool->showsGrips() && m_toolIndex != 0) m_document.setHovered(0);
    m_tool->move(p, m_pressed);
}

void View::mouseReleaseEvent(QMouseEvent* event) {
    if (std::exchange(m_levelling, false)) return;
    if (m_panning && (event->button() == Qt::MiddleButton || event->button() == Qt::LeftButton)) {
        m_panning = false;
        setCursor(m_space ? QCursor(Qt::OpenHandCursor) : m_cursor);
        return;
    }
    if (!m_pressed || event->button() != m_button) return;
    const Pointer p = pointer(*event);
    m_pressed = false;
    if (m_document.isOpen()) m_tool->release(p);
    Q_EMIT toolStateChanged();
}

void View::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_space || !m_document.isOpen() || m_document.inPast()) return;
    m_pressed = true;
    m_button = Qt::LeftButton;
    m_tool->doubleClick(pointer(*event));
    Q_EMIT toolStateChanged();
}

void View::wheelEvent(QWheelEvent* event) {
    const QPointF at = event->position() * ratio();
    const QPoint pixels = event->pixelDelta(), angle = event->angleDelta();
    const bool forTool = event->modifiers() & (Qt::AltModifier | Qt::ControlModifier);
    const double notches = (angle.y() ? angle.y() : angle.x()) / 120.0;  // Alt turns the wheel sideways on some desktops
    if (forTool && m_document.isOpen() && m_tool->wheel(notches, {at, m_view.toImage(at), event->modifiers()}))
        return event->accept();
    if (event->modifiers() & Qt::ShiftModifier) {
        const QPointF by = pixels.isNull() ? QPointF(angle) * 0.6 : QPointF(pixels);
        panBy((std::abs(by.x()) > std::abs(by.y()) ? by : QPointF(by.y(), 0)) * ratio());
    } else if (angle.y()) {
        zoomBy(std::exp2(angle.y() / 120.0 / 4), at);
    }
    event->accept();
}

void View::leaveEvent(QEvent*) {
    m_document.setHovered(0);
    moveCrosshair({-1, -1});
    Q_EMIT pointerMoved({}, false);
    update();
}

void View::contextMenuEvent(QContextMenuEvent* event) {
    if (m_document.isOpen() && !m_document.selection().empty() && !m_tool->usesRightButton())
        Q_EMIT wantsClassMenu(event->globalPos());
}

bool View::wantsKey(const QKeyEvent& event) const {
    if (!m_document.isOpen()) return false;
    if (event.key() == Qt::Key_Space && event.modifiers() == Qt::NoModifier) return true;
    if (m_document.inPast()) return false;
    const bool plain = !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (plain && !arrow(event.key()).isNull() && !m_document.selection().empty()) return true;
    return m_tool && m_tool->wants(event);
}

bool View::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && wantsKey(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void View::keyPressEvent(QKeyEvent* event) {
    if (!wantsKey(*event)) return QWidget::keyPressEvent(event);
    if (event->key() == Qt::Key_Space) {
        if (event->isAutoRepeat()) return;
        m_space = true;
        m_spacePanned = false;
        setCursor(Qt::OpenHandCursor);
        return;
    }
    if (m_tool->wants(*event)) {
        settle();
        m_tool->key(*event);
        Q_EMIT toolStateChanged();
        return;
    }
    if (!nudge(*event)) QWidget::keyPressEvent(event);
}

void View::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Space || event->isAutoRepeat() || !m_space) return QWidget::keyReleaseEvent(event);
    m_space = false;
    if (!m_panning) setCursor(m_cursor);
    if (!m_spacePanned) Q_EMIT spaceTapped();
}

void View::focusInEvent(QFocusEvent* event) {
    m_ring = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    update();
    QWidget::focusInEvent(event);
}

void View::focusOutEvent(QFocusEvent* event) {
    m_space = m_ring = false;
    settle();
    update();
    if (!m_panning) setCursor(m_cursor);
    QWidget::focusOutEvent(event);
}

// One pixel, with Shift ten; keys that follow each other are one step of undo.
bool View::nudge(const QKeyEvent& event) {
    const QPointF by = arrow(event.key()) * (event.modifiers() & Qt::ShiftModifier ? 10 : 1);
    if (by.isNull() || (m_tool && m_tool->busy())) return false;
    auto shapes = m_document.selected();
    if (!m_hand.empty()) {
        shapes.clear();
        for (const Carried& c : m_hand) shapes.push_back(c.shape);
    }
    std::erase_if(shapes, [](const annot::Annotation& a) { return (a.flags & annot::Locked) || a.shape.index() == 0; });
    if (shapes.empty()) return true;
    annot::Rect all = annot::bounds(shapes.front().shape);
    for (const auto& a : shapes) all = all.united(annot::bounds(a.shape));
    const annot::Rect in = m_document.imageRect();
    const bool leaves = all.x + by.x() < in.x || all.y + by.y() < in.y || all.x + all.w + by.x() > in.x + in.w ||
                        all.y + all.h + by.y() > in.y + in.h;
    if (m_keepInside && leaves) return true;
    for (auto& a : shapes) a.shape = annot::translated(std::move(a.shape), by.x(), by.y());
    carry(std::move(shapes));
    m_nudge.start();
    return true;
}

}  // namespace lathe::widgets::canvas
