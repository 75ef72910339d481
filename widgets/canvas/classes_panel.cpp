#include "widgets/canvas/classes_panel.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

using common::Roles;
using common::Theme;
using common::Token;

namespace {

constexpr int kSetColumn = 48, kMostClassRows = 8;

/// The row of the kit, and the image's count left of the set's.
class ClassDelegate : public common::RowDelegate {
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        RowDelegate::paint(painter, option, index);
        painter->save();
        painter->setFont(Theme::instance().font(common::Type::Table));
        painter->setPen(Theme::instance().colour(Token::T2));
        painter->drawText(option.rect.adjusted(0, 0, -12 - kSetColumn, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(ClassModel::InImageRole).toString());
        painter->restore();
    }
};

}  // namespace

ClassModel::ClassModel(Document& document, QObject* parent) : QAbstractListModel(parent), m_document(document) {
    connect(&document, &Document::annotationsChanged, this, &ClassModel::recount);
}

void ClassModel::setClasses(const std::vector<store::ClassRow>& classes) {
    beginResetModel();
    m_classes = classes;
    endResetModel();
}

void ClassModel::setCounts(std::unordered_map<std::int64_t, std::int64_t> objects) {
    m_inSet = std::move(objects);
    if (rowCount()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void ClassModel::setCheckable(bool on) {
    m_checkable = on;
    if (rowCount()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void ClassModel::recount() {
    m_inImage.clear();
    m_ofImage.clear();
    for (const auto& a : m_document.annotations()) {
        ++m_inImage[a.classId.value];
        if (a.shape.index() == 0) m_ofImage.insert(a.classId.value);
    }
    if (rowCount()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int ClassModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_classes.size());
}

int ClassModel::rowOf(ClassId id) const {
    for (std::size_t i = 0; i < m_classes.size(); ++i)
        if (m_classes[i].id == id) return int(i);
    return -1;
}

QString ClassModel::keyOf(int row) const {
    const std::string& key = m_classes[std::size_t(row)].key;
    if (!key.empty()) return QString::fromStdString(key);
    return row < 9 ? QString::number(row + 1) : QString();
}

QVariant ClassModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const store::ClassRow& row = m_classes[std::size_t(index.row())];
    auto count = [&](const auto& of) {
        const auto at = of.find(row.id.value);
        return at == of.end() ? QString() : common::number(double(at->second));
    };
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole: return QString::fromStdString(row.name);
        case IdRole: return qlonglong(row.id.value);
        case InImageRole: return count(m_inImage);
        case Roles::Swatch: return QColor(QString::fromStdString(row.colour));
        case Roles::KeyCap: return keyOf(index.row());
        case Roles::Right: return count(m_inSet);
        case Qt::AccessibleDescriptionRole: return tr("%1 in this image, %2 in the set").arg(count(m_inImage), count(m_inSet));
        case Qt::CheckStateRole:
            if (!m_checkable && m_ofImage.empty()) return {};
            return m_ofImage.contains(row.id.value) ? Qt::Checked : Qt::Unchecked;
        default: return {};
    }
}

Qt::ItemFlags ClassModel::flags(const QModelIndex& index) const {
    auto flags = QAbstractListModel::flags(index);
    if (m_checkable || !m_ofImage.empty()) flags |= Qt::ItemIsUserCheckable;
    return flags;
}

bool ClassModel::setData(const QModelIndex& index, const QVariant&, int role) {
    if (role != Qt::CheckStateRole || !index.isValid()) return false;
    Q_EMIT imageLabelToggled(m_classes[std::size_t(index.row())].id);
    return true;
}

ClassesPanel::ClassesPanel(ClassModel& model, QWidget* parent) : Panel(tr("Classes"), parent), m_model(model) {
    m_schema = addHeaderButton(QStringLiteral("sliders"), tr("Label schema"));
    m_add = addHeaderButton(QStringLiteral("plus"), tr("Add class"));
    m_list = new QListView(this);
    m_list->setModel(&model);
    m_list->setItemDelegate(new ClassDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::TabFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_name = new QLineEdit(this);
    m_name->hide();
    auto* field = new QVBoxLayout;
    field->setContentsMargins(12, 4, 12, 8);
    field->addWidget(m_name);
    body()->addWidget(m_list);
    body()->addLayout(field);
    connect(m_add, &QToolButton::clicked, this, &ClassesPanel::askForName);
    connect(m_schema, &QToolButton::clicked, this, &ClassesPanel::schemaWanted);
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex& i) { Q_EMIT chosen(m_model.classes()[std::size_t(i.row())].id); });
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex& i) { Q_EMIT chosen(m_model.classes()[std::size_t(i.row())].id); });
    connect(m_name, &QLineEdit::returnPressed, this, [this] {
        const QString name = m_name->text().trimmed();
        m_name->clear();
        m_name->hide();
        if (!name.isEmpty()) Q_EMIT added(name);
    });
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        if (m_name->text().isEmpty()) m_name->hide();
    });
    const auto size = [this] {
        const int rows = std::clamp(m_model.rowCount(), 1, kMostClassRows);
        m_list->setFixedHeight(rows * Theme::instance().rowHeight() + 2);
    };
    connect(&model, &ClassModel::modelReset, this, size);
    connect(&Theme::instance(), &Theme::changed, this, size);
    size();
    retranslate();
}

void ClassesPanel::setActiveClass(std::optional<ClassId> id) {
    const QModelIndex at = m_model.index(id ? m_model.rowOf(*id) : -1);
    if (at.isValid())
        m_list->setCurrentIndex(at);
    else
        m_list->selectionModel()->clear();
}

void ClassesPanel::askForName() {
    m_name->show();
    m_name->setFocus();
}

void ClassesPanel::addRule(QWidget* card) {
    auto* room = new QVBoxLayout;
    room->setContentsMargins(12, 0, 12, 12);
    room->addWidget(card);
    body()->addLayout(room);
}

void ClassesPanel::retranslate() {
    setTitle(tr("Classes"));
    m_schema->setToolTip(tr("Label schema"));
    m_schema->setAccessibleName(tr("Label schema"));
    m_add->setToolTip(tr("Add class"));
    m_add->setAccessibleName(tr("Add class"));
    m_list->setAccessibleName(tr("Class list"));
    m_name->setPlaceholderText(tr("Name of the class, Enter adds it"));
    m_name->setAccessibleName(tr("Name of the new class"));
}

}  // namespace lathe::widgets::canvas
