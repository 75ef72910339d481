#include "widgets/canvas/objects_panel.h"

#include <QItemSelectionModel>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "widgets/canvas/view.h"
#include "widgets/common/icons.h"

namespace lathe::widgets::canvas {

using common::Roles;
using common::Theme;
using common::Token;

namespace {

constexpr int kRow = 24, kIcon = 16;

/// The row of the kit, with lock and eye at the right end: shown when set, or under the mouse.
class ObjectDelegate : public common::RowDelegate {
public:
    explicit ObjectDelegate(QObject* parent) : RowDelegate(parent) { setRowHeight(kRow); }
    std::function<void(const QModelIndex&, annot::Flag)> toggled;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        RowDelegate::paint(painter, option, index);
        const auto flags = index.data(ObjectModel::FlagsRole).toUInt();
        const bool over = option.state & (QStyle::State_MouseOver | QStyle::State_Selected);
        const qreal scale = painter->device()->devicePixelRatioF();
        if (over || (flags & annot::Locked))
            draw(painter, lockRect(option.rect), (flags & annot::Locked) ? "lock" : "unlock",
                 (flags & annot::Locked) ? Token::T2 : Token::T3, scale);
        if (over || (flags & annot::Hidden))
            draw(painter, eyeRect(option.rect), (flags & annot::Hidden) ? "eyeoff" : "eye",
                 (flags & annot::Hidden) ? Token::T2 : Token::T3, scale);
    }

protected:
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override {
        if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonRelease) {
            const QPoint at = static_cast<QMouseEvent*>(event)->position().toPoint();
            const bool lock = lockRect(option.rect).contains(at), eye = eyeRect(option.rect).contains(at);
            if (lock || eye) {
                if (event->type() == QEvent::MouseButtonRelease && toggled) toggled(index, lock ? annot::Locked : annot::Hidden);
                return true;
            }
        }
        return RowDelegate::editorEvent(event, model, option, index);
    }

private:
    static QRect eyeRect(const QRect& row) { return {row.right() - 8 - kIcon, row.center().y() - kIcon / 2, kIcon, kIcon}; }
    static QRect lockRect(const QRect& row) { return eyeRect(row).translated(-kIcon - 4, 0); }
    static void draw(QPainter* painter, const QRect& r, const char* name, Token token, qreal scale) {
        painter->drawPixmap(r.topLeft(), common::iconPixmap(QString::fromLatin1(name), token, kIcon, scale));
    }
};

QString flagText(std::uint32_t flags) {
    QStringList words;
    if (flags & annot::Crowd) words << ObjectsPanel::tr("Crowd");
    if (flags & annot::Occluded) words << ObjectsPanel::tr("Occluded");
    if (flags & annot::Truncated) words << ObjectsPanel::tr("Truncated");
    if (flags & annot::Difficult) words << ObjectsPanel::tr("Difficult");
    return words.join(QStringLiteral(", "));
}

}  // namespace

QString kindIcon(const annot::Shape& shape) {
    static const char* const icons[] = {"tag", "box", "polygon", "brush", "skeleton"};
    return QString::fromLatin1(icons[shape.index()]);
}

ObjectModel::ObjectModel(Document& document, const View& view, QObject* parent)
    : QAbstractListModel(parent), m_document(document), m_view(view) {
    connect(&document, &Document::annotationsChanged, this, &ObjectModel::refresh);
    refresh();
}

// Most edits change a row's look alone; only added and deleted shapes reset the list.
void ObjectModel::refresh() {
    const auto& all = m_document.annotations();
    const bool same =
        all.size() == m_ids.size() &&
        std::equal(all.begin(), all.end(), m_ids.begin(), [](const annot::Annotation& a, AnnotationId id) { return a.id == id; });
    if (same) {
        if (!m_ids.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_ids.clear();
    m_ids.reserve(all.size());
    for (const auto& a : all) m_ids.push_back(a.id);
    endResetModel();
}

int ObjectModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_ids.size());
}
AnnotationId ObjectModel::idAt(int row) const {
    return m_ids[m_ids.size() - 1 - std::size_t(row)];
}
const annot::Annotation& ObjectModel::at(int row) const {
    return m_document.annotations()[m_ids.size() - 1 - std::size_t(row)];
}

int ObjectModel::rowOf(AnnotationId id) const {
    const int at = m_document.positionOf(id);
    return at < 0 ? -1 : rowCount() - 1 - at;
}

QVariant ObjectModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount() || m_document.annotations().size() != m_ids.size()) return {};
    const annot::Annotation& a = at(index.row());
    switch (role) {
        case Qt::DisplayRole: return m_view.className(a.classId);
        case Qt::AccessibleTextRole: return QStringLiteral("%1 %2").arg(m_view.className(a.classId)).arg(a.id.value);
        case FlagsRole: return a.flags;
        case Roles::IconName: return kindIcon(a.shape);
        case Roles::IconToken: return int(Token::T3);
        case Roles::Swatch:
            return QColor::fromRgb(m_document.colours().contains(a.classId.value) ? m_document.colours().at(a.classId.value)
                                                                                  : 0xffb1b4b9u);
        case Roles::SubText: {
            const QString flags = flagText(a.flags);
            return flags.isEmpty() ? QString::number(a.id.value) : QStringLiteral("%1  %2").arg(a.id.value).arg(flags);
        }
        case Roles::Right: {
            if (a.shape.index() == 0) return tr("whole image") + QString(12, QChar::Nbsp);
            const annot::Rect r = annot::bounds(a.shape);
            return QStringLiteral("%1 × %2").arg(common::number(r.w), common::number(r.h)) + QString(12, QChar::Nbsp);
        }
        default: return {};
    }
}

ObjectsPanel::ObjectsPanel(Document& document, View& view, QWidget* parent)
    : Panel(tr("Objects"), parent), m_document(document), m_view(view), m_model(new ObjectModel(document, view, this)) {
    m_list = new QListView(this);
    m_list->setModel(m_model);
    auto* delegate = new ObjectDelegate(m_list);
    delegate->toggled = [this](const QModelIndex& i, annot::Flag flag) { toggle(i, flag); };
    m_list->setItemDelegate(delegate);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::TabFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    body()->addWidget(m_list, 1);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ObjectsPanel::takeSelection);
    connect(m_list, &QListView::entered, this,
            [this](const QModelIndex& i) { m_document.setHovered(m_model->idAt(i.row()).value); });
    connect(m_list, &QListView::doubleClicked, this, [this](const QModelIndex& i) {
        if (const auto* a = m_document.find(m_model->idAt(i.row()))) m_view.centreOn(annot::bounds(a->shape));
    });
    connect(&document, &Document::selectionChanged, this, &ObjectsPanel::showSelection);
    connect(&document, &Document::annotationsChanged, this, [this] {
        setCount(common::number(double(m_document.annotations().size())));
        showSelection();
    });
    retranslate();
}

void ObjectsPanel::showSelection() {
    if (m_syncing) return;
    m_syncing = true;
    QItemSelection rows;
    const auto& ids = m_document.selection();
    if (!ids.empty() && ids.size() == std::size_t(m_model->rowCount()))
        rows.select(m_model->index(0), m_model->index(m_model->rowCount() - 1));
    else
        for (std::size_t i = 0; i < std::min<std::size_t>(ids.size(), 2000); ++i)
            if (const QModelIndex at = m_model->index(m_model->rowOf(ids[i])); at.isValid()) rows.select(at, at);
    m_list->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (!rows.isEmpty()) m_list->scrollTo(rows.first().topLeft());
    m_syncing = false;
}

void ObjectsPanel::takeSelection() {
    if (m_syncing) return;
    m_syncing = true;
    std::vector<AnnotationId> ids;
    for (const QModelIndex& i : m_list->selectionModel()->selectedIndexes()) ids.push_back(m_model->idAt(i.row()));
    m_view.settle();
    m_document.select(ids);
    if (ids.size() == 1)
        if (const auto* a = m_document.find(ids.front())) m_view.centreOn(annot::bounds(a->shape));
    m_syncing = false;
}

void ObjectsPanel::toggle(const QModelIndex& index, annot::Flag flag) {
    const auto* a = m_document.find(m_model->idAt(index.row()));
    if (!a) return;
    auto changed = *a;
    changed.flags ^= flag;
    const bool on = changed.flags & flag;
    m_document.replace(flag == annot::Locked ? (on ? "Lock" : "Unlock") : (on ? "Hide" : "Show"), {changed});
}

void ObjectsPanel::retranslate() {
    setTitle(tr("Objects"));
    m_list->setAccessibleName(tr("Object list"));
}

}  // namespace lathe::widgets::canvas
