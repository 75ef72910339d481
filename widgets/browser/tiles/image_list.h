// The images of a search as a list with columns, beside the grid: the same selection, the same sorts.
#pragma once
#include <QTableView>

#include "widgets/browser/tiles/image_table.h"
#include "widgets/browser/tiles/tile_selection.h"

class QMenu;
class QTimer;

namespace lathe::widgets::browser::tiles {

/// Keys: Up/Down, Page, Home/End move; Shift extends; Ctrl moves alone; Space toggles; Enter opens. A press on a column's head
/// sorts, its menu chooses the columns; these and their widths are remembered.
class ImageList : public QTableView {
    Q_OBJECT
public:
    static constexpr int kRowHeight = 40;
    /// `chosen`: the grid's, which shows the same items.
    ImageList(ImageItems& items, TileSelection& chosen, QWidget* parent = nullptr);
    void reload();  ///< the items are another set
    void setSort(data::Sort sort, bool descending);
    void retranslate();
    [[nodiscard]] ImageTable& table() { return *m_table; }
    /// A box for each column that may be hidden. Deletes itself.
    [[nodiscard]] QMenu* columnsMenu();
    [[nodiscard]] QString describe() const;
    void keyboardSearch(const QString&) override {}  ///< it would read every row; the search box is quicker
Q_SIGNALS:
    void sortWanted(lathe::data::Sort sort, bool descending);
    void opened(lathe::ImageId image);
    void menuRequested(const QPoint& globalPos);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    [[nodiscard]] QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex& index,
                                                                       const QEvent* event) const override;

private:
    void buildHeader();
    void restoreHeader();
    void sortBy(int column);
    void showChosen();
    void showCurrent();
    void moveTo(int row, Qt::KeyboardModifiers modifiers);
    [[nodiscard]] int pageRows() const;

    TileSelection& m_chosen;
    ImageTable* m_table;
    QTimer* m_saving;
    data::Sort m_sort = data::Sort::Id;
    bool m_descending = false;
};

}  // namespace lathe::widgets::browser::tiles
