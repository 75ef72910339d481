#include "widgets/browser/tiles/grid_accessible.h"

#include "widgets/browser/tiles/image_grid.h"
#include "widgets/common/accessible_cells.h"

namespace lathe::widgets::browser::tiles {
namespace {

class GridAccessible : public common::AccessibleCells {
public:
    explicit GridAccessible(ImageGrid* grid) : AccessibleCells(grid), m_grid(grid) {}
    [[nodiscard]] int cells() const override { return int(m_grid->count()); }
    [[nodiscard]] QString cellText(int row) const override { return m_grid->tileName(std::size_t(row)); }
    [[nodiscard]] QRect cellRect(int row) const override { return m_grid->tileRect(std::size_t(row)); }
    [[nodiscard]] int cellAt(QPoint pos) const override { return m_grid->rowAt(pos); }
    [[nodiscard]] bool isSelected(int row) const override { return m_grid->isSelected(std::size_t(row)); }
    void act(int row, const QString& action) override {
        if (action == QAccessibleActionInterface::pressAction()) m_grid->setCurrent(std::size_t(row));
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Description ? m_grid->describe() : AccessibleCells::text(kind);
    }

private:
    ImageGrid* m_grid;
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
