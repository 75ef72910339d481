// SchemaEditor's parts and how they are laid out; what they do is in schema_deeds.cpp.
#include "widgets/canvas/schema_editor.h"

#include <QCompleter>
#include <QKeyEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace lathe::widgets::canvas {

using common::Roles;
using common::Token;
using common::Type;

void SchemaModel::setSchema(const annot::Schema& schema) {
    const bool same = schema.classes.size() == m_schema.classes.size();
    if (!same) beginResetModel();
    m_schema = schema;
    if (!same) return endResetModel();
    if (rowCount()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

const annot::ClassSchema* SchemaModel::at(int row) const {
    const int place = row - (m_withImage ? 1 : 0);
    return place >= 0 && place < int(m_schema.classes.size()) ? &m_schema.classes[std::size_t(place)] : nullptr;
}

int SchemaModel::rowOf(ClassId id) const {
    for (int row = 0; row < rowCount(); ++row)
        if (const auto* c = at(row); c && c->id == id) return row;
    return -1;
}

int SchemaModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_schema.classes.size()) + (m_withImage ? 1 : 0);
}

QVariant SchemaModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto* c = at(index.row());
    if (!c) {
        if (role == Qt::DisplayRole || role == Qt::EditRole) return tr("Whole image");
        if (role == Roles::IconName) return QStringLiteral("image");
        return {};
    }
    switch (role) {
        case Qt::DisplayRole:
        case Qt::EditRole:
        case Qt::ToolTipRole: return QString::fromStdString(c->name);
        case Roles::Swatch: return QColor(QString::fromStdString(c->colour));
        case Roles::KeyCap: return QString::fromStdString(c->key);
        case Roles::SubText: return QString::fromStdString(c->parent);
        default: return {};
    }
}

SchemaEditor::SchemaEditor(common::Services& services, QWidget* parent)
    : QWidget(parent),
      m_services(services),
      m_model(new SchemaModel(true, this)),
      m_names(new SchemaModel(false, this)),
      m_filtered(new QSortFilterProxyModel(this)) {
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* splitter = common::makeSplitter(Qt::Horizontal, tr("Label schema"), this);
    splitter->addWidget(buildList());
    splitter->addWidget(buildPage());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({280, 1000});
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(splitter);
    wire();
    retranslate();
}

QWidget* SchemaEditor::buildList() {
    m_list = new common::Panel({}, this);
    m_import = m_list->addHeaderButton(QStringLiteral("download"), tr("Take a schema file in"));
    m_export = m_list->addHeaderButton(QStringLiteral("upload"), tr("Write the schema to a file"));
    m_add = m_list->addHeaderButton(QStringLiteral("plus"), tr("Add class"));
    m_search = new QLineEdit(m_list);
    m_search->setClearButtonEnabled(true);
    m_view = new QListView(m_list);
    m_view->setModel(m_filtered);
    m_view->setItemDelegate(new common::RowDelegate(m_view));
    m_view->setUniformItemSizes(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto* field = new QVBoxLayout;
    field->setContentsMargins(12, 0, 12, 8);
    field->addWidget(m_search);
    m_list->body()->addLayout(field);
    m_list->body()->addWidget(m_view, 1);
    m_list->setMinimumWidth(200);
    return m_list;
}

QWidget* SchemaEditor::buildPage() {
    m_page = new common::Panel({}, this);
    m_close = m_page->addHeaderButton(QStringLiteral("x"), tr("Back to the canvas"));
    m_note = new common::Note(m_page);
    m_note->hide();
    m_form = new ClassForm(m_services, m_page);
    m_form->setNames(m_names);
    auto* scroll = new QScrollArea(m_page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_form);
    auto* classPage = new QWidget(m_page);
    auto* column = new QVBoxLayout(classPage);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll, 1);
    column->addWidget(buildDeeds());
    m_pages = new QStackedWidget(m_page);
    m_pages->addWidget(buildImage());
    m_pages->addWidget(classPage);
    m_page->body()->addWidget(m_note);
    m_page->body()->addWidget(m_pages, 1);
    return m_page;
}

QWidget* SchemaEditor::buildDeeds() {
    auto* bar = new QWidget(this);
    m_count = common::makeLabel({}, Type::Table, Token::T3, bar);
    m_into = new QLineEdit(bar);
    m_into->setMaximumWidth(200);
    auto* completer = new QCompleter(m_names, m_into);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_into->setCompleter(completer);
    m_merge = new common::ActionButton(tr("Merge"), common::ButtonKind::Normal, bar);
    m_delete = new common::ActionButton(tr("Delete"), common::ButtonKind::Danger, bar);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 8, 16, 12);
    row->addWidget(m_count, 1);
    row->addWidget(m_into);
    row->addWidget(m_merge);
    row->addWidget(m_delete);
    return bar;
}

QWidget* SchemaEditor::buildImage() {
    auto* page = new QWidget(this);
    m_imageHint = common::makeLabel({}, Type::Table, Token::T3, page);
    m_imageHint->setWordWrap(true);
    m_imageAttributes = new AttributeTable(page);
    m_overlap = new QCheckBox(page);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(16, 8, 16, 16);
    column->setSpacing(12);
    column->addWidget(m_imageHint);
    column->addWidget(m_imageAttributes);
    column->addWidget(m_overlap);
    column->addStretch();
    return page;
}

void SchemaEditor::wire() {
    connect(m_search, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &SchemaEditor::choose);
    connect(m_add, &QToolButton::clicked, this, &SchemaEditor::addClass);
    connect(m_import, &QToolButton::clicked, this, &SchemaEditor::importFile);
    connect(m_export, &QToolButton::clicked, this, &SchemaEditor::exportFile);
    connect(m_close, &QToolButton::clicked, this, &SchemaEditor::closed);
    connect(m_form, &ClassForm::changed, this, &SchemaEditor::saveClass);
    connect(m_form, &ClassForm::renamed, this, &SchemaEditor::rename);
    connect(m_merge, &QPushButton::clicked, this, &SchemaEditor::merge);
    connect(m_into, &QLineEdit::returnPressed, this, &SchemaEditor::merge);
    connect(m_delete, &QPushButton::clicked, this, &SchemaEditor::askDelete);
    connect(m_imageAttributes, &AttributeTable::changed, this, &SchemaEditor::saveImage);
    connect(m_overlap, &QCheckBox::clicked, this, &SchemaEditor::saveImage);
}

void SchemaEditor::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    if (workspace != m_workspace) m_form->settle();  // into the one before
    m_workspace = std::move(workspace);
    m_form->setWorkspace(m_workspace);
    m_current.reset();
    m_unsaved = false;
    m_note->hide();
    setSchema({});
}

void SchemaEditor::setSchema(const annot::Schema& schema) {
    // A newer state on its way to the disk comes back as the next schema.
    if (std::ranges::any_of(m_deeds, [this](const Deed& deed) { return deed.workspace == m_workspace; })) return;
    m_schema = schema;
    for (auto& c : m_schema.classes)
        if (m_unsaved && c.id == m_form->schema().id) c = m_form->schema();
    m_model->setSchema(m_schema);
    m_names->setSchema(m_schema);
    m_list->setCount(common::number(double(schema.classes.size())));
    m_imageAttributes->setAttributes(schema.image);
    m_overlap->setChecked(schema.overlap);
    showClass(m_current);
}

void SchemaEditor::setPicture(const QImage& picture, ImageId image, const annot::Rect& crop) {
    m_form->setPicture(picture, image, crop);
}

void SchemaEditor::showClass(std::optional<ClassId> id) {
    const int row = id ? m_model->rowOf(*id) : 0;
    const QModelIndex at = m_filtered->mapFromSource(m_model->index(std::max(row, 0)));
    if (at.isValid() && at != m_view->currentIndex()) return m_view->setCurrentIndex(at);
    choose(m_view->currentIndex());
}

void SchemaEditor::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return Q_EMIT closed();
    QWidget::keyPressEvent(event);
}

void SchemaEditor::retranslate() {
    m_list->setTitle(tr("Label schema"));
    m_import->setToolTip(tr("Take a schema file in"));
    m_export->setToolTip(tr("Write the schema to a file"));
    m_add->setToolTip(tr("Add class"));
    m_close->setToolTip(tr("Back to the canvas  Esc"));
    m_import->setAccessibleName(tr("Take a schema file in"));
    m_export->setAccessibleName(tr("Write the schema to a file"));
    m_add->setAccessibleName(tr("Add class"));
    m_close->setAccessibleName(tr("Back to the canvas"));
    m_search->setPlaceholderText(tr("Filter"));
    m_search->setAccessibleName(tr("Filter the classes"));
    m_view->setAccessibleName(tr("Classes of the schema"));
    m_into->setPlaceholderText(tr("Merge into …"));
    m_into->setAccessibleName(tr("Class to merge into"));
    m_merge->setText(tr("Merge"));
    m_delete->setText(tr("Delete"));
    m_overlap->setText(tr("Areas may overlap"));
    m_imageHint->setText(tr("Attributes that belong to the image, not to a shape."));
    m_form->retranslate();
    m_imageAttributes->retranslate();
}

}  // namespace lathe::widgets::canvas
