#include "widgets/browser/tiles/grid_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>

#include "widgets/browser/tiles/image_grid.h"

namespace lathe::widgets::browser::tiles {
namespace {

class GridItem : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    GridItem(ImageGrid* grid, int row) : m_grid(grid), m_row(row) {}
    [[nodiscard]] bool isValid() const override { return m_grid && std::size_t(m_row) < m_grid->count(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_grid); }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Name ? m_grid->tileName(std::size_t(m_row)) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override {
        const QRect tile = m_grid->tileRect(std::size_t(m_row));
        return {m_grid->viewport()->mapToGlobal(tile.topLeft()), tile.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        state.selectable = state.focusable = true;
        state.selected = m_grid->isSelected(std::size_t(m_row));
        state.offscreen = state.invisible = !m_grid->viewport()->rect().intersects(m_grid->tileRect(std::size_t(m_row)));
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& name) override {
        if (name == pressAction()) m_grid->setCurrent(std::size_t(m_row));
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<ImageGrid> m_grid;
    int m_row;
};

class GridAccessible : public QAccessibleWidget {
public:
    explicit GridAccessible(ImageGrid* grid) : QAccessibleWidget(grid, QAccessible::List), m_grid(grid) {}
    ~GridAccessible() override {
        for (const QAccessible::Id id : m_items) QAccessible::deleteAccessibleInterface(id);
    }
    [[nodiscard]] int childCount() const override { return int(m_grid->count()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        if (index < 0 || std::size_t(index) >= m_grid->count()) return nullptr;
        auto found = m_items.constFind(index);
        if (found == m_items.constEnd())
            found = m_items.insert(index, QAccessible::registerAccessibleInterface(new GridItem(m_grid, index)));
        return QAccessible::accessibleInterface(*found);
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
        return child(m_grid->rowAt(m_grid->viewport()->mapFromGlobal(QPoint(x, y))));
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* item) const override {
        for (auto it = m_items.cbegin(); it != m_items.cend(); ++it)
            if (QAccessible::accessibleInterface(it.value()) == item) return it.key();
        return -1;
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Description ? m_grid->describe() : QAccessibleWidget::text(kind);
    }

private:
    ImageGrid* m_grid;
    mutable QHash<int, QAccessible::Id> m_items;
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object) {
    auto* grid = qobject_cast<ImageGrid*>(object);
    return grid ? new GridAccessible(grid) : nullptr;
}

}  // namespace

void installGridAccessibility() {
    static const bool once = (QAccessible::installFactory(makeAccessible), true);
    (void)once;
}

}  // namespace lathe::widgets::browser::tiles
