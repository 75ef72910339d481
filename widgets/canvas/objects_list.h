// The list itself: how a row is painted, where its eye and lock are, and how rows are dragged to another place.
#pragma once
#include <QListView>
#include <QStyledItemDelegate>

#include "widgets/canvas/objects_model.h"

namespace lathe::widgets::canvas {

/// Kind, swatch, class, number, lock, tags; size and eye at the right end. Lock and eye are shown when set, or under the mouse.
class ObjectDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ObjectDelegate(const ObjectModel& model, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QRect eyeRect(const QRect& row) const;
    [[nodiscard]] QRect lockRect(const QRect& row, const QModelIndex& index) const;
    /// What lies under the point of a row: Hidden (the eye), Locked (the lock), or nothing.
    [[nodiscard]] std::uint32_t flagAt(const QRect& row, const QModelIndex& index, QPoint at) const;

private:
    const ObjectModel& m_model;
};

class ObjectList : public QListView {
    Q_OBJECT
public:
    ObjectList(ObjectModel& model, QWidget* parent);
    [[nodiscard]] const ObjectDelegate& rows() const { return *m_delegate; }

Q_SIGNALS:
    void toggled(lathe::AnnotationId id, std::uint32_t flag);
    /// The selected rows to the gap above `row` (rowCount(): under the last).
    void moved(int row);
    void zoomAsked(const QModelIndex& index);  ///< double click, Enter

protected:
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] bool takeFlag(const QMouseEvent& event);
    [[nodiscard]] int gapAt(QPoint at) const;
    void moveBy(int rows);
    ObjectModel& m_model;
    ObjectDelegate* m_delegate;
    QPoint m_pressed;
    int m_gap = -1;
    bool m_mayDrag = false, m_onFlag = false;
};

}  // namespace lathe::widgets::canvas
