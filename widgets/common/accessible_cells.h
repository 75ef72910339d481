// The cells of a self-painted view in the accessibility tree: a list whose items are made when asked for.
#pragma once
#include <QAbstractScrollArea>
#include <QAccessibleWidget>
#include <QHash>

namespace lathe::widgets::common {

/// GUI thread. A view's subclass says what its cells are; rectangles and positions are in the viewport.
class AccessibleCells : public QAccessibleWidget {
public:
    explicit AccessibleCells(QAbstractScrollArea* view) : QAccessibleWidget(view, QAccessible::List), m_view(view) {}
    ~AccessibleCells() override;

    [[nodiscard]] virtual int cells() const = 0;
    [[nodiscard]] virtual QString cellText(int cell) const = 0;
    [[nodiscard]] virtual QRect cellRect(int cell) const = 0;
    [[nodiscard]] virtual int cellAt(QPoint pos) const = 0;  ///< -1: none
    [[nodiscard]] virtual bool isSelected(int cell) const = 0;
    /// What can be done to a cell, of QAccessibleActionInterface's names.
    [[nodiscard]] virtual QStringList actions() const { return {QAccessibleActionInterface::pressAction()}; }
    virtual void act(int cell, const QString& action) = 0;

    [[nodiscard]] QAbstractScrollArea& view() const { return *m_view; }
    [[nodiscard]] int childCount() const override { return cells(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override;
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* item) const override;

private:
    QAbstractScrollArea* m_view;
    mutable QHash<int, QAccessible::Id> m_made;
};

}  // namespace lathe::widgets::common
