// A virtual grid of tiles: paints what is visible, holds keys, never a widget or object per tile.
#pragma once
#include <QAbstractScrollArea>

#include "widgets/browser/tiles/tile_selection.h"

namespace lathe::widgets::browser::tiles {

/// Keys: arrows, Page, Home/End move; Shift extends; Ctrl+A all; Space toggles; Enter opens. Accessible as a list. Selected tiles
/// can be dragged where the items allow it (kDragType).
class ImageGrid : public QAbstractScrollArea {
    Q_OBJECT
public:
    static constexpr const char* kDragType = "application/x-lathe-tiles";
    explicit ImageGrid(GridItems& items, QWidget* parent = nullptr);
    /// Shows other things; nothing is selected then.
    void setItems(GridItems& items);
    [[nodiscard]] const GridItems& items() const { return m_chosen.items(); }
    [[nodiscard]] TileSelection& chosen() { return m_chosen; }
    void reload();                           ///< the items are another set: selection of keys that are gone is dropped
    void setTileWidth(int pixels);           ///< wanted width; the row is filled evenly
    void setOverlayOpacity(double opacity);  ///< of the marks, 0…1
    [[nodiscard]] std::vector<ImageId> selected() const { return m_chosen.images(); }
    [[nodiscard]] std::vector<std::size_t> selectedRows() const { return m_chosen.rows(); }
    [[nodiscard]] std::size_t selectedCount() const { return m_chosen.selectedCount(); }
    [[nodiscard]] int currentRow() const { return m_chosen.currentRow(); }
    [[nodiscard]] ImageId current() const { return m_chosen.current(); }
    void setCurrent(std::size_t row, bool select = true);
    void selectAll() { m_chosen.selectAll(); }
    void clearSelection() { m_chosen.clear(); }
    // for the accessible interface
    [[nodiscard]] std::size_t count() const { return m_chosen.count(); }
    [[nodiscard]] QRect tileRect(std::size_t row) const;  ///< in the viewport
    [[nodiscard]] int rowAt(QPoint pos) const;            ///< -1: none
    [[nodiscard]] QString tileName(std::size_t row) const;
    [[nodiscard]] bool isSelected(std::size_t row) const { return m_chosen.isSelected(row); }
    [[nodiscard]] QString describe() const;
Q_SIGNALS:
    void selectionChanged();
    void currentChanged(lathe::ImageId image);
    void opened(lathe::ImageId image);
    void menuRequested(const QPoint& globalPos);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void layOut();
    void paintTile(QPainter& painter, std::size_t row);
    void paintMarks(QPainter& painter, const QRect& picture, const TileLook& tile) const;
    void paintCaption(QPainter& painter, const QRect& cell, const TileLook& tile, bool selected) const;
    void watch();
    void startDrag();
    void paintCheck(QPainter& painter, const QRect& picture) const;
    void paintSize(QPainter& painter, const QRect& frame, int images) const;
    [[nodiscard]] std::pair<std::size_t, std::size_t> visibleRows() const;
    void moveCurrent(int by, Qt::KeyboardModifiers modifiers);
    void bandSelect(const QRect& band);
    void scrollTo(std::size_t row);

    TileSelection m_chosen;
    int m_wantedWidth = 180, m_columns = 1, m_cellWidth = 180, m_cellHeight = 160;
    double m_overlay = 0.7;
    int m_hovered = -1;
    QPoint m_bandStart, m_pressed;
    QRect m_band;
    bool m_mayDrag = false, m_selectOnRelease = false;
};

}  // namespace lathe::widgets::browser::tiles
