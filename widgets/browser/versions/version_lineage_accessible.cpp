// The lineage in the accessibility tree: its items are the cards.
#include "widgets/browser/versions/version_lineage_view.h"
#include "widgets/common/accessible_cells.h"

namespace lathe::widgets::browser::versions {
namespace {

class LineageAccessible : public common::AccessibleCells {
public:
    explicit LineageAccessible(LineageView* view) : AccessibleCells(view), m_view(view) {}
    [[nodiscard]] int cells() const override { return int(m_view->lineage().nodes.size()); }
    [[nodiscard]] QString cellText(int node) const override { return m_view->nodeText(node); }
    [[nodiscard]] QRect cellRect(int node) const override { return m_view->nodeRect(node); }
    [[nodiscard]] int cellAt(QPoint pos) const override { return m_view->nodeAt(pos); }
    [[nodiscard]] bool isSelected(int node) const override { return m_view->current() == node; }
    void act(int node, const QString& action) override {
        if (action == QAccessibleActionInterface::pressAction()) m_view->activate(node);
    }

private:
    LineageView* m_view;
};

QAccessibleInterface* makeLineageAccessible(const QString&, QObject* object) {
    auto* view = qobject_cast<LineageView*>(object);
    return view ? new LineageAccessible(view) : nullptr;
}

}  // namespace

void installLineageAccessibility() {
    static const bool once = (QAccessible::installFactory(makeLineageAccessible), true);
    (void)once;
}

}  // namespace lathe::widgets::browser::versions
