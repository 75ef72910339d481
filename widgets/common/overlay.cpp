#include "widgets/common/overlay.h"

#include "widgets/common/style.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::common {

Overlay::Overlay(QWidget* window, const QString& accessibleName) : QWidget(window) {
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::ClickFocus);
    hide();
    m_body = new QVBoxLayout(this);
    m_body->setContentsMargins(kShadow + 1, kShadow + 1, kShadow + 1, kShadow + 1);
    m_body->setSpacing(0);
}

void Overlay::open(const QRect& plate) {
    QRect inside = plate;
    const QRect area = parentWidget()->rect().adjusted(4, 4, -4, -4);
    inside.setSize(inside.size().boundedTo(area.size()));
    if (inside.right() > area.right()) inside.moveRight(area.right());
    if (inside.bottom() > area.bottom()) inside.moveBottom(area.bottom());
    if (inside.top() < area.top()) inside.moveTop(area.top());
    setGeometry(inside.adjusted(-kShadow, -kShadow, kShadow, kShadow));
    if (!isVisible()) {
        m_before = QApplication::focusWidget();
        qApp->installEventFilter(this);
    }
    show();
    raise();
}

void Overlay::closeOverlay() {
    if (!isVisible()) return;
    qApp->removeEventFilter(this);
    m_closed.invalidate();
    const bool hadFocus = isAncestorOf(QApplication::focusWidget()) || hasFocus();
    hide();
    if (hadFocus && m_before) m_before->setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
}

void Overlay::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF plate = QRectF(rect()).adjusted(kShadow, kShadow, -kShadow, -kShadow);
    const int strength = theme.dark() ? 10 : 4;
    for (int i = kShadow; i > 0; i -= 2) {
        painter.setBrush(QColor(0, 0, 0, strength));
        painter.drawRoundedRect(plate.adjusted(-i, -i + 6, i, i).intersected(QRectF(rect())), 8 + i, 8 + i);
    }
    drawPlate(painter, plate, 8, theme.colour(Token::Popup), theme.colour(Token::Line2));
}

void Overlay::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return closeOverlay();
    QWidget::keyPressEvent(event);
}

bool Overlay::eventFilter(QObject* object, QEvent* event) {
    if (event->type() == QEvent::MouseButtonPress) {
        auto* widget = qobject_cast<QWidget*>(object);
        const bool own = widget && (widget == this || isAncestorOf(widget));
        const bool inWindow = widget && widget->window() == window();
        if (inWindow && !own) {
            closeOverlay();
            m_closed.start();
        }
    }
    return QWidget::eventFilter(object, event);
}

}  // namespace lathe::widgets::common
