#include "widgets/browser/tiles/image_list.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QTimer>
#include <algorithm>

#include "widgets/browser/tiles/image_list_delegate.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser::tiles {
namespace {

const QString kHeaderKey = QStringLiteral("browse/listHeader");

int widthAtFirst(int column) {
    switch (column) {
        case ImageTable::Picture: return 72;
        case ImageTable::File: return 200;
        case ImageTable::Classes: return 176;
        case ImageTable::Tags:
        case ImageTable::Added: return 96;
        case ImageTable::Split: return 56;
        case ImageTable::Objects: return 72;
        default: return 84;
    }
}

}  // namespace

ImageList::ImageList(ImageItems& items, TileSelection& chosen, QWidget* parent)
    : QTableView(parent), m_chosen(chosen), m_table(new ImageTable(items, this)), m_saving(new QTimer(this)) {
    setModel(m_table);
    setItemDelegate(new ImageListDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(kRowHeight);
    verticalHeader()->hide();
    buildHeader();
    common::keepNamed(this, [] { return tr("List of images"); });
    connect(&m_chosen, &TileSelection::changed, this, &ImageList::showChosen);
    connect(&m_chosen, &TileSelection::currentChanged, this, &ImageList::showCurrent);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this, &items] {
        items.forgetWishes();
        showChosen();
    });
    connect(&items, &GridItems::looksChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&common::Theme::instance(), &common::Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void ImageList::buildHeader() {
    QHeaderView* header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(48);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    common::keepNamed(header, [] { return tr("Columns"); });
    for (int column = 0; column < ImageTable::Columns_; ++column) header->resizeSection(column, widthAtFirst(column));
    restoreHeader();
    m_saving->setSingleShot(true);
    m_saving->setInterval(300);
    connect(m_saving, &QTimer::timeout, this, [header] { QSettings().setValue(kHeaderKey, header->saveState()); });
    connect(header, &QHeaderView::sectionResized, m_saving, qOverload<>(&QTimer::start));
    connect(header, &QHeaderView::sectionMoved, m_saving, qOverload<>(&QTimer::start));
    connect(header, &QHeaderView::sectionClicked, this, &ImageList::sortBy);
    connect(header, &QWidget::customContextMenuRequested, this,
            [this, header](const QPoint& pos) { columnsMenu()->popup(header->mapToGlobal(pos)); });
}

void ImageList::restoreHeader() {
    QHeaderView* header = horizontalHeader();
    header->restoreState(QSettings().value(kHeaderKey).toByteArray());
    header->setSortIndicatorShown(false);
    header->setSectionsClickable(true);
    header->setSectionHidden(ImageTable::File, false);
}

QMenu* ImageList::columnsMenu() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < ImageTable::Columns_; ++column) {
        if (column == ImageTable::File) continue;
        QAction* shown = menu->addAction(ImageTable::columnText(column));
        shown->setCheckable(true);
        shown->setChecked(!isColumnHidden(column));
        connect(shown, &QAction::toggled, this, [this, column](bool on) {
            setColumnHidden(column, !on);
            m_saving->start();
        });
    }
    return menu;
}

void ImageList::setSort(data::Sort sort, bool descending) {
    m_sort = sort;
    m_descending = descending;
    const int column = ImageTable::columnOf(sort);
    m_table->setSorted(column);
    horizontalHeader()->setSortIndicatorShown(column >= 0);
    if (column >= 0) horizontalHeader()->setSortIndicator(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

/// The header has turned its arrow already; what holds is told by setSort().
void ImageList::sortBy(int column) {
    const auto sort = ImageTable::sortOf(column);
    const bool descending = sort == m_sort && !m_descending;
    setSort(sort.value_or(m_sort), sort ? descending : m_descending);
    if (sort) Q_EMIT sortWanted(*sort, descending);
}

void ImageList::reload() {
    m_table->reload();
    showCurrent();
    showChosen();
}

void ImageList::retranslate() {
    m_table->retranslate();
    setAccessibleDescription(describe());
}

QString ImageList::describe() const {
    return tr("%Ln image(s), %1 selected", nullptr, int(m_chosen.count())).arg(m_chosen.selectedCount());
}

/// The rows in sight alone: of a million that are chosen none is asked for before it is seen.
void ImageList::showChosen() {
    if (!isVisible() || m_table->rowCount() == 0 || m_chosen.count() != std::size_t(m_table->rowCount())) return;
    const int first = std::max(0, rowAt(0));
    const int last = std::min(m_table->rowCount() - 1, first + viewport()->height() / kRowHeight + 1);
    QItemSelection seen;
    for (int row = first; row <= last; ++row)
        if (m_chosen.isSelected(std::size_t(row)))
            seen.select(m_table->index(row, 0), m_table->index(row, ImageTable::Columns_ - 1));
    selectionModel()->select(seen, QItemSelectionModel::ClearAndSelect);
    setAccessibleDescription(describe());
}

void ImageList::showCurrent() {
    const int row = m_chosen.currentRow();
    if (row < 0 || row >= m_table->rowCount() || m_chosen.count() != std::size_t(m_table->rowCount())) return;
    const int column = currentIndex().isValid() ? currentIndex().column() : int(ImageTable::File);
    selectionModel()->setCurrentIndex(m_table->index(row, column), QItemSelectionModel::NoUpdate);
    viewport()->update();  // the ring is the row's, not the cell's
}

QItemSelectionModel::SelectionFlags ImageList::selectionCommand(const QModelIndex&, const QEvent*) const {
    return QItemSelectionModel::NoUpdate;
}

void ImageList::mousePressEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid()) {
        if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier) m_chosen.clear();
        return;
    }
    const auto row = std::size_t(index.row());
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    if (event->button() == Qt::LeftButton) m_chosen.press(row, event->modifiers());
    if (event->button() == Qt::RightButton && !m_chosen.isSelected(row)) m_chosen.setCurrent(row);
}

/// A drag over the rows extends the choice.
void ImageList::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return QTableView::mouseMoveEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && index.row() != m_chosen.currentRow()) moveTo(index.row(), Qt::ShiftModifier);
}

void ImageList::mouseReleaseEvent(QMouseEvent*) {}

void ImageList::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && indexAt(event->pos()).isValid()) Q_EMIT opened(m_chosen.current());
}

void ImageList::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid();
    Q_EMIT menuRequested(byKey ? viewport()->mapToGlobal(visualRect(currentIndex()).center()) : event->globalPos());
}

void ImageList::keyPressEvent(QKeyEvent* event) {
    const int row = std::max(0, m_chosen.currentRow()), last = m_table->rowCount() - 1;
    switch (event->key()) {
        case Qt::Key_Up: return moveTo(row - 1, event->modifiers());
        case Qt::Key_Down: return moveTo(row + 1, event->modifiers());
        case Qt::Key_PageUp: return moveTo(row - pageRows(), event->modifiers());
        case Qt::Key_PageDown: return moveTo(row + pageRows(), event->modifiers());
        case Qt::Key_Home: return moveTo(0, event->modifiers());
        case Qt::Key_End: return moveTo(last, event->modifiers());
        case Qt::Key_Space:
            if (m_chosen.currentRow() >= 0) m_chosen.toggle(std::size_t(row));
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_chosen.current().valid()) Q_EMIT opened(m_chosen.current());
            return;
        case Qt::Key_Escape: return m_chosen.clear();
        default: QTableView::keyPressEvent(event);
    }
}

void ImageList::moveTo(int row, Qt::KeyboardModifiers modifiers) {
    if (m_table->rowCount() == 0) return;
    row = std::clamp(row, 0, m_table->rowCount() - 1);
    m_chosen.moveTo(std::size_t(row), modifiers);
    scrollTo(m_table->index(row, std::max(0, currentIndex().column())));
}

int ImageList::pageRows() const {
    return std::max(1, viewport()->height() / kRowHeight - 1);
}

void ImageList::focusInEvent(QFocusEvent* event) {
    if (m_chosen.currentRow() < 0 && m_table->rowCount() > 0) m_chosen.setCurrent(0, false);
    QTableView::focusInEvent(event);
}

/// Chosen, and the current one, may be others since it was hidden.
void ImageList::showEvent(QShowEvent* event) {
    QTableView::showEvent(event);
    if (event->spontaneous()) return;
    showCurrent();
    if (currentIndex().isValid()) scrollTo(currentIndex());
    showChosen();
}

void ImageList::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    showChosen();
}

}  // namespace lathe::widgets::browser::tiles
