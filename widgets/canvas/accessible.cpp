#include "widgets/canvas/accessible.h"

#include <QAccessibleWidget>
#include <unordered_map>

#include "widgets/canvas/view.h"

namespace lathe::widgets::canvas {

namespace {

/// One shape. It knows its id alone, so it outlives edits and answers "gone" once it is.
class ShapeAccessible : public QAccessibleInterface {
public:
    ShapeAccessible(View* view, AnnotationId id) : m_view(view), m_id(id) {}
    bool isValid() const override { return m_view && m_view->shapes().find(m_id); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view.data()); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Graphic; }
    QAccessible::State state() const override {
        QAccessible::State s;
        s.selectable = true;
        s.selected = isValid() && m_view->shapes().isSelected(m_id);
        s.offscreen = isValid() && !rect().intersects(QRect(m_view->mapToGlobal(QPoint()), m_view->size()));
        return s;
    }
    QString text(QAccessible::Text kind) const override {
        const auto* a = m_view ? m_view->shapes().find(m_id) : nullptr;
        if (!a) return {};
        const annot::Rect r = annot::bounds(a->shape);
        if (kind == QAccessible::Name) return QStringLiteral("%1 %2").arg(m_view->className(a->classId)).arg(m_id.value);
        if (kind != QAccessible::Description) return {};
        const auto kindText = QString::fromUtf8(annot::kindName(a->shape).data(), qsizetype(annot::kindName(a->shape).size()));
        return QStringLiteral("%1, x %2, y %3, %4 × %5").arg(kindText).arg(r.x).arg(r.y).arg(r.w).arg(r.h);
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override {
        const auto* a = m_view ? m_view->shapes().find(m_id) : nullptr;
        return a ? m_view->screenRect(annot::bounds(a->shape)) : QRect();
    }
    [[nodiscard]] AnnotationId id() const { return m_id; }

private:
    QPointer<View> m_view;
    AnnotationId m_id;
};

/// Its children are the shapes, then the widgets that lie on it (pins of comments).
class CanvasAccessible : public QAccessibleWidget {
public:
    explicit CanvasAccessible(View* view) : QAccessibleWidget(view, QAccessible::Canvas), m_view(view) {}
    ~CanvasAccessible() override {
        for (const auto& [id, known] : m_ids) QAccessible::deleteAccessibleInterface(known);
    }
    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Description ? m_view->stateText() : QAccessibleWidget::text(kind);
    }
    int childCount() const override { return shapeCount() + QAccessibleWidget::childCount(); }
    QAccessibleInterface* child(int index) const override {
        if (index < 0) return nullptr;
        if (index >= shapeCount()) return QAccessibleWidget::child(index - shapeCount());
        return shape(m_view->shapes().annotations()[std::size_t(index)].id);
    }
    int indexOfChild(const QAccessibleInterface* wanted) const override {
        if (const auto* shape = dynamic_cast<const ShapeAccessible*>(wanted)) return m_view->shapes().positionOf(shape->id());
        const int widget = QAccessibleWidget::indexOfChild(wanted);
        return widget < 0 ? -1 : shapeCount() + widget;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        if (QWidget* on = m_view->childAt(m_view->mapFromGlobal(QPoint(x, y)))) return QAccessible::queryAccessibleInterface(on);
        const auto& scene = m_view->shapes().scene();
        if (!scene) return nullptr;
        const annot::Point at = m_view->imageAt({x, y});
        const auto hits = scene->hits({float(at.x), float(at.y)}, float(3 / m_view->zoom()));
        return hits.empty() ? nullptr : shape(AnnotationId(hits.front().head().id));
    }

private:
    [[nodiscard]] int shapeCount() const { return int(m_view->shapes().annotations().size()); }
    QAccessibleInterface* shape(AnnotationId id) const {
        QAccessible::Id& known = m_ids[id.value];
        if (!known) known = QAccessible::registerAccessibleInterface(new ShapeAccessible(m_view, id));
        return QAccessible::accessibleInterface(known);
    }
    View* m_view;
    mutable std::unordered_map<std::int64_t, QAccessible::Id> m_ids;
};

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* view = qobject_cast<View*>(object);
    return view ? new CanvasAccessible(view) : nullptr;
}

}  // namespace

void installAccessibility() {
    static const bool once = (QAccessible::installFactory(make), true);
    (void)once;
}

}  // namespace lathe::widgets::canvas
