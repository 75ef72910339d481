#include "widgets/common/focus_ring.h"

#include "widgets/common/style.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::common {
namespace {

class Frame : public QFocusFrame {
public:
    using QFocusFrame::QFocusFrame;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        drawFocusRing(painter, rect(), 6);
    }
};

/// Fields draw their own ring, views show their current row.
bool wantsRing(const QWidget* widget) {
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QSlider*>(widget);
}

bool byKeyboard(Qt::FocusReason reason) {
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
}

}  // namespace

FocusRing::FocusRing(QObject* parent) : QObject(parent) {
    qApp->installEventFilter(this);
}

bool FocusRing::eventFilter(QObject* object, QEvent* event) {
    if (event->type() == QEvent::FocusIn && object->isWidgetType()) {
        auto* widget = static_cast<QWidget*>(object);
        moveTo(m_keys && byKeyboard(static_cast<QFocusEvent*>(event)->reason()) && wantsRing(widget) ? widget : nullptr);
    } else if (event->type() == QEvent::KeyPress) {
        m_keys = true;
    } else if (event->type() == QEvent::MouseButtonPress) {
        m_keys = false;
        moveTo(nullptr);
    }
    return false;
}

void FocusRing::moveTo(QWidget* widget) {
    if (!widget) {
        if (m_frame) m_frame->setWidget(nullptr);
        return;
    }
    if (!m_frame) m_frame = new Frame(widget->window());
    m_frame->setWidget(widget);
}

}  // namespace lathe::widgets::common
