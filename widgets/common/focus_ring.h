// The 2-px ring round a control that was reached by the keyboard; the mouse leaves none.
#pragma once
#include <QFocusFrame>
#include <QObject>
#include <QPointer>

namespace lathe::widgets::common {

/// One per application, made by Theme. Watches focus-in events.
class FocusRing : public QObject {
    Q_OBJECT
public:
    explicit FocusRing(QObject* parent);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void moveTo(QWidget* widget);
    QPointer<QFocusFrame> m_frame;
    bool m_keys = false;  ///< the last press was a key: Qt gives the reason "Tab" also when it moves the focus by itself
};

}  // namespace lathe::widgets::common
