#include "widgets/browser/duplicates/duplicate_accessible.h"

#include "widgets/browser/duplicates/duplicate_header.h"
#include "widgets/browser/duplicates/duplicate_view.h"
#include "widgets/common/accessible_cells.h"

namespace lathe::widgets::browser::duplicates {
namespace {

/// The pictures, then the visible lines above them.
class DuplicateList : public common::AccessibleCells {
public:
    explicit DuplicateList(DuplicateView* view) : AccessibleCells(view), m_view(view) {}
    [[nodiscard]] int cells() const override { return int(m_view->count()); }
    [[nodiscard]] QString cellText(int row) const override { return m_view->rowText(std::size_t(row)); }
    [[nodiscard]] QRect cellRect(int row) const override { return m_view->tileRect(std::size_t(row)); }
    [[nodiscard]] int cellAt(QPoint pos) const override { return int(m_view->rowAt(pos)); }
    [[nodiscard]] bool isSelected(int row) const override { return m_view->current() == row; }
    [[nodiscard]] QStringList actions() const override {
        return {QAccessibleActionInterface::pressAction(), QAccessibleActionInterface::toggleAction()};
    }
    void act(int row, const QString& action) override {
        m_view->setCurrent(std::size_t(row));
        if (action == QAccessibleActionInterface::toggleAction()) Q_EMIT m_view->keepWanted(std::size_t(row));
    }

    [[nodiscard]] int childCount() const override { return cells() + int(m_view->headers().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        return index < cells() ? AccessibleCells::child(index)
                               : QAccessible::queryAccessibleInterface(m_view->headers().value(index - cells()));
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
        const QPoint pos = m_view->viewport()->mapFromGlobal(QPoint(x, y));
        for (DuplicateHeader* header : m_view->headers())
            if (header->geometry().contains(pos)) return QAccessible::queryAccessibleInterface(header);
        return AccessibleCells::childAt(x, y);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* item) const override {
        if (const int row = AccessibleCells::indexOfChild(item); row >= 0) return row;
        const int header = item ? int(m_view->headers().indexOf(item->object())) : -1;
        return header < 0 ? -1 : cells() + header;
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Description ? m_view->describe() : AccessibleCells::text(kind);
    }

private:
    DuplicateView* m_view;
};

QAccessibleInterface* makeDuplicateList(const QString&, QObject* object) {
    auto* view = qobject_cast<DuplicateView*>(object);
    return view ? new DuplicateList(view) : nullptr;
}

}  // namespace

void installDuplicateAccessibility() {
    static const bool once = (QAccessible::installFactory(makeDuplicateList), true);
    (void)once;
}

}  // namespace lathe::widgets::browser::duplicates
