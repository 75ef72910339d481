// The lineage in the accessibility tree: a list whose items are the cards, made when asked for.
#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include "widgets/browser/versions/version_lineage_view.h"

namespace lathe::widgets::browser::versions {
namespace {

class LineageItem : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    LineageItem(LineageView* view, int node) : m_view(view), m_node(node) {}
    [[nodiscard]] bool isValid() const override { return m_view && std::size_t(m_node) < m_view->lineage().nodes.size(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Name && isValid() ? m_view->nodeText(m_node) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override {
        const QRect card = m_view->nodeRect(m_node);
        return {m_view->viewport()->mapToGlobal(card.topLeft()), card.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        state.selectable = state.focusable = true;
        state.selected = m_view->current() == m_node;
        state.offscreen = state.invisible = !m_view->viewport()->rect().intersects(m_view->nodeRect(m_node));
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& name) override {
        if (name == pressAction()) m_view->activate(m_node);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<LineageView> m_view;
    int m_node;
};

class LineageAccessible : public QAccessibleWidget {
public:
    explicit LineageAccessible(LineageView* view) : QAccessibleWidget(view, QAccessible::List), m_view(view) {}
    ~LineageAccessible() override {
        for (const QAccessible::Id id : m_items) QAccessible::deleteAccessibleInterface(id);
    }
    [[nodiscard]] int childCount() const override { return int(m_view->lineage().nodes.size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) return nullptr;
        auto found = m_items.constFind(index);
        if (found == m_items.constEnd())
            found = m_items.insert(index, QAccessible::registerAccessibleInterface(new LineageItem(m_view, index)));
        return QAccessible::accessibleInterface(*found);
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
        return child(m_view->nodeAt(m_view->viewport()->mapFromGlobal(QPoint(x, y))));
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* item) const override {
        for (auto it = m_items.cbegin(); it != m_items.cend(); ++it)
            if (QAccessible::accessibleInterface(it.value()) == item) return it.key();
        return -1;
    }

private:
    LineageView* m_view;
    mutable QHash<int, QAccessible::Id> m_items;
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
