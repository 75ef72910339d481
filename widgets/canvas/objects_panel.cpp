#include "widgets/canvas/objects_panel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QMenu>
#include <set>

#include "core/annot/edit_plan.h"
#include "widgets/canvas/view.h"
#include "widgets/common/icons.h"
#include "widgets/common/kind_words.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

namespace {

constexpr std::size_t kMostShown = 2000;  // stretches of rows that the selection model is told of

QString sortText(ObjectSort sort) {
    switch (sort) {
        case ObjectSort::Order: return ObjectsPanel::tr("Drawing order");
        case ObjectSort::Number: return ObjectsPanel::tr("Number");
        case ObjectSort::Class: return ObjectsPanel::tr("Class");
        case ObjectSort::Size: return ObjectsPanel::tr("Size, largest first");
        case ObjectSort::Confidence: return ObjectsPanel::tr("Confidence, lowest first");
    }
    return {};
}

QToolButton* headerButton(const QString& icon, QWidget* parent) {
    auto* button = common::makeIconButton(icon, {}, parent);
    button->setFixedSize(24, 24);
    button->setIconSize({16, 16});
    return button;
}

}  // namespace

ObjectsPanel::ObjectsPanel(Document& document, View& view, QWidget* mode, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_view(view),
      m_model(new ObjectModel(document, view, this)),
      m_do("label", "lathe::widgets::canvas::ObjectsPanel", mode) {
    m_list = new ObjectList(*m_model, this);
    m_note = new common::Note(this);
    m_note->hide();
    buildActions();
    buildTools();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_fieldBox);
    column->addWidget(m_note);
    column->addWidget(m_list, 1);
    wire();
    retranslate();
    m_do.update();
}

void ObjectsPanel::buildActions() {
    const auto open = [this] { return m_document.isOpen(); };
    const auto any = [this] { return m_model->rowCount() > 0; };
    m_do.add(
        {"filter-objects", QT_TR_NOOP("Filter the objects"), "filter", "Ctrl+F"}, [this] { askForFilter(); }, open);
    m_do.add(
        {"sort-objects", QT_TR_NOOP("Sort the objects another way"), "sort", "Alt+S"},
        [this] { setSort(ObjectSort((int(m_model->sort()) + 1) % 5)); }, any);
    m_do.add(
        {"isolate", QT_TR_NOOP("Show only the selected shapes, or all again"), "target", "Alt+I"}, [this] { isolate(); },
        [this] { return m_document.only() || !m_document.selection().empty(); });
    m_do.add(
        {"isolate-listed", QT_TR_NOOP("Show only the listed shapes, or all again"), "list", "Alt+L"}, [this] { isolateListed(); },
        [this, any] { return m_document.only() || any(); });
    m_do.add(
        {"hide-listed", QT_TR_NOOP("Hide or show all listed shapes"), "eyeoff", "Ctrl+Alt+H"},
        [this] { flagListed(annot::Hidden, "Hide", "Show"); }, any);
    m_do.add(
        {"lock-listed", QT_TR_NOOP("Lock or unlock all listed shapes"), "lock", "Ctrl+Alt+L"},
        [this] { flagListed(annot::Locked, "Lock", "Unlock"); }, any);
}

void ObjectsPanel::buildTools() {
    m_tools = new QWidget(this);
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_filter = headerButton(QStringLiteral("filter"), m_tools);
    m_sort = headerButton(QStringLiteral("sort"), m_tools);
    m_filterMenu = new QMenu(m_filter);
    m_sortMenu = new QMenu(m_sort);
    m_filter->setMenu(m_filterMenu);
    m_sort->setMenu(m_sortMenu);
    for (QToolButton* button : {m_filter, m_sort}) {
        button->setPopupMode(QToolButton::InstantPopup);
        row->addWidget(button);
    }
    m_fieldBox = new QWidget(this);
    auto* field = new QHBoxLayout(m_fieldBox);
    field->setContentsMargins(12, 0, 12, 8);
    m_field = new QLineEdit(m_fieldBox);
    m_field->setClearButtonEnabled(true);
    field->addWidget(m_field);
    m_fieldBox->hide();
}

void ObjectsPanel::wire() {
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ObjectsPanel::takeSelection);
    connect(m_list, &QListView::entered, this,
            [this](const QModelIndex& i) { m_document.setHovered(i.isValid() ? m_model->idAt(i.row()).value : 0); });
    connect(m_list, &ObjectList::zoomAsked, this, &ObjectsPanel::zoomTo);
    connect(m_list, &ObjectList::toggled, this, &ObjectsPanel::toggle);
    connect(m_list, &ObjectList::moved, this, &ObjectsPanel::move);
    connect(m_field, &QLineEdit::textChanged, this, &ObjectsPanel::applyFilter);
    connect(m_field, &QLineEdit::editingFinished, this, [this] { m_fieldBox->setVisible(!m_field->text().isEmpty()); });
    connect(m_field, &QLineEdit::returnPressed, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_filterMenu, &QMenu::aboutToShow, this, &ObjectsPanel::fillFilterMenu);
    connect(m_sortMenu, &QMenu::aboutToShow, this, &ObjectsPanel::fillSortMenu);
    connect(&m_document, &Document::selectionChanged, this, [this] {
        showSelection();
        m_do.update();
    });
    connect(&m_document, &Document::annotationsChanged, this, [this] {
        showSelection();
        m_do.update();
        Q_EMIT countChanged();
    });
    connect(&m_document, &Document::isolationChanged, this, &ObjectsPanel::updateIsolation);
    connect(&m_document, &Document::opened, this, &ObjectsPanel::updateIsolation);
}

QString ObjectsPanel::countText() const {
    const auto all = double(m_document.annotations().size());
    if (m_model->filter().empty()) return common::number(all);
    return tr("%1 of %2").arg(common::number(m_model->rowCount()), common::number(all));
}

// ---- filter and sort

void ObjectsPanel::askForFilter() {
    Q_EMIT asked();
    m_fieldBox->show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void ObjectsPanel::applyFilter() {
    m_model->setFilter(ObjectFilter::parse(m_field->text()));
    m_filter->setIcon(m_model->filter().empty() ? common::icon(QStringLiteral("filter"))
                                                : common::icon(QStringLiteral("filter"), common::Token::AccentText));
    showSelection();
    m_do.update();
    Q_EMIT countChanged();
}

void ObjectsPanel::addTerms(const QString& title, const QString& term, const QStringList& values, const QStringList& words) {
    if (values.isEmpty()) return;
    QMenu* sub = m_filterMenu->addMenu(title);
    for (qsizetype i = 0; i < values.size(); ++i) {
        QAction* action = sub->addAction(words[i], this, [this, term, value = values[i]] {
            m_fieldBox->show();
            m_field->setText(withTerm(m_field->text(), term, value));
            m_fieldBox->setVisible(!m_field->text().isEmpty());
        });
        action->setCheckable(true);
        action->setChecked(hasTerm(m_field->text(), term, values[i]));
    }
}

void ObjectsPanel::fillFilterMenu() {
    m_filterMenu->clear();
    qDeleteAll(m_filterMenu->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
    std::set<QString> classes, authors;
    std::uint32_t kinds = 0;
    for (const auto& a : m_document.annotations()) {
        classes.insert(m_view.className(a.classId));
        if (!a.author.empty()) authors.insert(QString::fromStdString(a.author));
        kinds |= 1u << a.shape.index();
    }
    QStringList present, presentNames;
    for (qsizetype i = 0; i < kindTerms().size(); ++i)
        if (kinds >> i & 1) present << kindTerms()[i], presentNames << common::kindWords()[i];
    const QStringList classList(classes.begin(), classes.end()), authorList(authors.begin(), authors.end());
    addTerms(tr("Class"), QStringLiteral("class"), classList.mid(0, 200), classList);
    addTerms(tr("Kind"), QStringLiteral("kind"), present, presentNames);
    addTerms(tr("Flag"), QStringLiteral("flag"), flagTerms(),
             {tr("Occluded"), tr("Truncated"), tr("Crowd"), tr("Difficult"), tr("Locked"), tr("Hidden")});
    addTerms(tr("Author"), QStringLiteral("author"), authorList, authorList);
    addTerms(tr("Source"), QStringLiteral("source"), sourceTerms(),
             {tr("Imported"), tr("By hand"), tr("Of a model, unchanged"), tr("Of a model, corrected")});
    m_filterMenu->addSeparator();
    m_filterMenu->addAction(m_do["filter-objects"]);
    m_filterMenu
        ->addAction(tr("Show all"), this,
                    [this] {
                        m_field->clear();
                        m_fieldBox->hide();
                    })
        ->setEnabled(!m_model->filter().empty());
    m_filterMenu->addSeparator();
    for (const char* id : {"isolate", "isolate-listed", "hide-listed", "lock-listed"}) m_filterMenu->addAction(m_do[id]);
}

void ObjectsPanel::fillSortMenu() {
    m_sortMenu->clear();
    for (int i = 0; i < 5; ++i) {
        QAction* action = m_sortMenu->addAction(sortText(ObjectSort(i)), this, [this, i] { setSort(ObjectSort(i)); });
        action->setCheckable(true);
        action->setChecked(int(m_model->sort()) == i);
    }
}

void ObjectsPanel::setSort(ObjectSort sort) {
    m_model->setSort(sort);
    m_sort->setToolTip(tr("Sort: %1").arg(sortText(sort)));
    showSelection();
}

// ---- isolate, hide, lock, move

void ObjectsPanel::isolate() {
    if (m_document.only()) return m_document.setOnly(std::nullopt);
    isolateOnly(m_document.selection());
}

void ObjectsPanel::isolateListed() {
    if (m_document.only()) return m_document.setOnly(std::nullopt);
    isolateOnly(m_model->ids());
}

void ObjectsPanel::isolateOnly(const std::vector<AnnotationId>& ids) {
    m_view.settle();
    IdSet only;
    for (const AnnotationId id : ids) only.insert(id.value);
    if (!only.empty()) m_document.setOnly(std::move(only));
}

void ObjectsPanel::updateIsolation() {
    m_do.update();
    if (!m_document.only()) return m_note->hide();
    const int hidden = int(m_document.annotations().size()) - int(m_document.only()->size());
    m_note->show(common::Tone::Info, tr("%n shape(s) set aside", nullptr, std::max(0, hidden)), tr("Show all"),
                 [this] { m_document.setOnly(std::nullopt); });
}

void ObjectsPanel::flagListed(annot::Flag flag, const char* on, const char* off) {
    m_view.settle();
    std::vector<annot::Annotation> shapes;
    bool set = false;
    for (const AnnotationId id : m_model->ids()) {
        shapes.push_back(*m_document.find(id));
        set = set || !(shapes.back().flags & flag);
    }
    std::erase_if(shapes, [&](const annot::Annotation& a) { return bool(a.flags & flag) == set; });
    for (auto& a : shapes) a.flags ^= flag;
    m_document.replace(set ? on : off, std::move(shapes));
}

void ObjectsPanel::toggle(AnnotationId id, std::uint32_t flag) {
    m_view.settle();
    const auto* a = m_document.find(id);
    if (!a) return;
    auto changed = *a;
    changed.flags ^= flag;
    const bool on = changed.flags & flag;
    m_document.replace(flag == annot::Locked ? (on ? "Lock" : "Unlock") : (on ? "Hide" : "Show"), {changed});
}

// The rows run from the highest shape down: the gap above a row is the place right after its shape.
void ObjectsPanel::move(int row) {
    m_view.settle();
    const int to = row >= m_model->rowCount()
                       ? (m_model->rowCount() ? m_document.positionOf(m_model->idAt(m_model->rowCount() - 1)) : 0)
                       : m_document.positionOf(m_model->idAt(row)) + 1;
    m_document.commit("Reorder", annot::reorderOf(m_document.annotations(), m_document.selection(), to));
}

// ---- selection

void ObjectsPanel::showSelection() {
    if (m_syncing) return;
    m_syncing = true;
    std::vector<int> rows;
    for (const AnnotationId id : m_document.selection())
        if (const int row = m_model->rowOf(id); row >= 0) rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    QItemSelection chosen;
    for (std::size_t i = 0; i < rows.size() && std::size_t(chosen.size()) < kMostShown;) {
        std::size_t end = i;
        while (end + 1 < rows.size() && rows[end + 1] == rows[end] + 1) ++end;
        chosen.append(QItemSelectionRange(m_model->index(rows[i]), m_model->index(rows[end])));
        i = end + 1;
    }
    m_list->selectionModel()->select(chosen, QItemSelectionModel::ClearAndSelect);
    const bool seen = !rows.empty() && m_list->selectionModel()->isSelected(m_list->currentIndex());
    if (!rows.empty() && !seen) {
        m_list->selectionModel()->setCurrentIndex(m_model->index(rows.front()), QItemSelectionModel::NoUpdate);
        m_list->scrollTo(m_model->index(rows.front()));
    }
    m_list->viewport()->update();
    m_syncing = false;
}

// With Ctrl rows are added and taken away, so that a selection longer than the view was told of stays whole.
void ObjectsPanel::takeSelection(const QItemSelection& selected, const QItemSelection& deselected) {
    if (m_syncing || m_model->changing()) return;
    m_syncing = true;
    std::vector<AnnotationId> ids;
    if (QApplication::keyboardModifiers() & Qt::ControlModifier) {
        IdSet gone;
        for (const QModelIndex& i : deselected.indexes()) gone.insert(m_model->idAt(i.row()).value);
        for (const AnnotationId id : m_document.selection())
            if (!gone.contains(id.value)) ids.push_back(id);
        for (const QModelIndex& i : selected.indexes())
            if (!m_document.isSelected(m_model->idAt(i.row()))) ids.push_back(m_model->idAt(i.row()));
    } else {
        for (const QModelIndex& i : m_list->selectionModel()->selectedIndexes()) ids.push_back(m_model->idAt(i.row()));
    }
    m_view.settle();
    m_document.select(ids);
    if (ids.size() == 1)
        if (const auto* a = m_document.find(ids.front())) m_view.centreOn(annot::bounds(a->shape));
    m_list->viewport()->update();
    m_syncing = false;
}

void ObjectsPanel::zoomTo(const QModelIndex& index) {
    if (const auto* a = m_document.find(m_model->idAt(index.row()))) m_view.centreOn(annot::bounds(a->shape));
}

void ObjectsPanel::retranslate() {
    m_do.retranslate();
    setAccessibleName(tr("Objects"));
    m_list->setAccessibleName(tr("Object list"));
    m_field->setPlaceholderText(tr("Class, number, kind:box, flag:locked …"));
    m_field->setAccessibleName(tr("Filter of the objects"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setToolTip(tr("Filter") + QStringLiteral("   ") + common::keyLabel(m_do["filter-objects"]->shortcut()));
    m_sort->setAccessibleName(tr("Sort"));
    m_sort->setToolTip(tr("Sort: %1").arg(sortText(m_model->sort())));
}

}  // namespace lathe::widgets::canvas
