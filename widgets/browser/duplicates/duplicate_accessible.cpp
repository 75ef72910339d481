#include "widgets/browser/duplicates/duplicate_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>

#include "widgets/browser/duplicates/duplicate_header.h"
#include "widgets/browser/duplicates/duplicate_view.h"

namespace lathe::widgets::browser::duplicates {
namespace {

class DuplicateItem : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    DuplicateItem(DuplicateView* view, std::size_t row) : m_view(view), m_row(row) {}
    [[nodiscard]] bool isValid() const override { return m_view && m_row < m_view->count(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Name && isValid() ? m_view->rowText(m_row) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override {
        if (!isValid()) return {};
        const QRect tile = m_view->tileRect(m_row);
        return {m_view->viewport()->mapToGlobal(tile.topLeft()), tile.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        if (!isValid()) return state;
        state.selectable = state.focusable = true;
        state.selected = m_view->current() == std::int64_t(m_row);
        state.offscreen = state.invisible = !m_view->viewport()->rect().intersects(m_view->tileRect(m_row));
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction(), toggleAction()}; }
    void doAction(const QString& name) override {
        if (!isValid()) return;
        m_view->setCurrent(m_row);
        if (name == toggleAction()) Q_EMIT m_view->keepWanted(m_row);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<DuplicateView> m_view;
    std::size_t m_row;
};

class DuplicateList : public QAccessibleWidget {
public:
    explicit DuplicateList(DuplicateView* view) : QAccessibleWidget(view, QAccessible::List), m_view(view) {}
    ~DuplicateList() override {
        for (const QAccessible::Id id : m_items) QAccessible::deleteAccessibleInterface(id);
    }
    [[nodiscard]] int childCount() const override { return int(m_view->count()) + int(m_view->headers().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        const int rows = int(m_view->count());
        if (index < 0) return nullptr;
        if (index >= rows) return QAccessible::queryAccessibleInterface(m_view->headers().value(index - rows));
        auto found = m_items.constFind(index);
        if (found == m_items.constEnd()) {
            auto* item = new DuplicateItem(m_view, std::size_t(index));
            found = m_items.insert(index, QAccessible::registerAccessibleInterface(item));
        }
        return QAccessible::accessibleInterface(*found);
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
        const QPoint pos = m_view->viewport()->mapFromGlobal(QPoint(x, y));
        for (DuplicateHeader* header : m_view->headers())
            if (header->geometry().contains(pos)) return QAccessible::queryAccessibleInterface(header);
        return child(int(m_view->rowAt(pos)));
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* item) const override {
        for (auto it = m_items.cbegin(); it != m_items.cend(); ++it)
            if (QAccessible::accessibleInterface(it.value()) == item) return it.key();
        const int header = item ? int(m_view->headers().indexOf(item->object())) : -1;
        return header < 0 ? -1 : int(m_view->count()) + header;
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Description ? m_view->describe() : QAccessibleWidget::text(kind);
    }

private:
    DuplicateView* m_view;
    mutable QHash<int, QAccessible::Id> m_items;
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
