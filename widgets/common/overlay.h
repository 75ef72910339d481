// A popup inside the window: a plate with a shadow that closes on Esc or a press outside, and gives the focus back. A child of the
// window, so that it needs no compositor and stays in the accessibility tree.
#pragma once
#include <QElapsedTimer>
#include <QFrame>
#include <QPointer>

class QVBoxLayout;

namespace lathe::widgets::common {

class Overlay : public QWidget {
    Q_OBJECT
public:
    static constexpr int kShadow = 16;
    Overlay(QWidget* window, const QString& accessibleName);
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }
    /// Shows the plate (without its shadow) at this place of the window, kept inside it.
    void open(const QRect& plate);
    void closeOverlay();
    /// Closed by the press that is being handled: a button that opens the popup should leave it closed.
    [[nodiscard]] bool closedJustNow() const { return m_closed.isValid() && m_closed.elapsed() < 300; }
Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    QVBoxLayout* m_body;
    QPointer<QWidget> m_before;
    QElapsedTimer m_closed;
};

}  // namespace lathe::widgets::common
