// What can be undone elsewhere: a line at the bottom of the window with Undo, for 6 s.
#pragma once
#include <QLabel>
#include <QTimer>
#include <QToolButton>
#include <functional>

#include "widgets/common/overlay.h"

namespace lathe::shell {

class Toast : public QWidget {
    Q_OBJECT
public:
    explicit Toast(QWidget* window);
    void show(const QString& text, const QString& actionText, std::function<void()> action);
    void place();  ///< the window was resized

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QLabel* m_text;
    QToolButton* m_link;
    QTimer m_timer;
    std::function<void()> m_action;
};

}  // namespace lathe::shell
