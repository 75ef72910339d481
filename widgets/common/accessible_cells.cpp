#include "widgets/common/accessible_cells.h"

namespace lathe::widgets::common {
namespace {

/// Lives no longer than its list, which takes it out of Qt's cache.
class Cell : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    Cell(AccessibleCells& list, int index) : m_list(list), m_index(index) {}
    [[nodiscard]] bool isValid() const override { return m_list.isValid() && m_index < m_list.cells(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return &m_list; }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Name && isValid() ? m_list.cellText(m_index) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override {
        if (!isValid()) return {};
        const QRect cell = m_list.cellRect(m_index);
        return {m_list.view().viewport()->mapToGlobal(cell.topLeft()), cell.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        if (!isValid()) return state;
        state.selectable = state.focusable = true;
        state.selected = m_list.isSelected(m_index);
        state.offscreen = state.invisible = !m_list.view().viewport()->rect().intersects(m_list.cellRect(m_index));
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return m_list.actions(); }
    void doAction(const QString& name) override {
        if (isValid()) m_list.act(m_index, name);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    AccessibleCells& m_list;
    int m_index;
};

}  // namespace

AccessibleCells::~AccessibleCells() {
    for (const QAccessible::Id id : m_made) QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface* AccessibleCells::child(int index) const {
    if (index < 0 || index >= cells()) return nullptr;
    auto found = m_made.constFind(index);
    if (found == m_made.constEnd()) {
        auto* cell = new Cell(const_cast<AccessibleCells&>(*this), index);
        found = m_made.insert(index, QAccessible::registerAccessibleInterface(cell));
    }
    return QAccessible::accessibleInterface(*found);
}

QAccessibleInterface* AccessibleCells::childAt(int x, int y) const {
    return child(cellAt(m_view->viewport()->mapFromGlobal(QPoint(x, y))));
}

int AccessibleCells::indexOfChild(const QAccessibleInterface* item) const {
    for (auto it = m_made.cbegin(); it != m_made.cend(); ++it)
        if (QAccessible::accessibleInterface(it.value()) == item) return it.key();
    return -1;
}

}  // namespace lathe::widgets::common
