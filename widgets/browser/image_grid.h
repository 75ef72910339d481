// A virtual grid of thumbnails: paints what is visible, holds ids, never a widget or object per image.
#pragma once
#include <QAbstractScrollArea>
#include <QColor>
#include <QHash>
#include <unordered_set>

#include "widgets/browser/image_pages.h"
#include "widgets/common/picture.h"

namespace lathe::widgets::browser {

/// Colours and names of the classes, for marks and tooltips.
struct ClassLook {
    QString name;
    QColor colour;
};

/// Keys: arrows, Page, Home/End move; Shift extends; Ctrl+A all; Space toggles; Enter opens. Accessible as a list of images.
class ImageGrid : public QAbstractScrollArea {
    Q_OBJECT
public:
    ImageGrid(ImagePages& pages, common::Thumbnails& thumbnails, QWidget* parent = nullptr);
    void reload();  ///< after ImagePages::reset: selection of ids that are gone is dropped
    void setClasses(QHash<qint64, ClassLook> classes);
    void setTileWidth(int pixels);                        ///< wanted width; the row is filled evenly
    void setOverlayOpacity(double opacity);               ///< of the marks, 0…1
    [[nodiscard]] std::vector<ImageId> selected() const;  ///< in grid order
    [[nodiscard]] std::size_t selectedCount() const { return m_selection.size(); }
    [[nodiscard]] int currentRow() const { return m_current; }  ///< -1: none
    [[nodiscard]] ImageId current() const;                      ///< invalid when there is none
    void setCurrent(std::size_t row, bool select = true);
    void selectAll();
    void clearSelection();
    // for the accessible interface
    [[nodiscard]] std::size_t count() const { return m_pages.count(); }
    [[nodiscard]] QRect tileRect(std::size_t row) const;  ///< in the viewport
    [[nodiscard]] int rowAt(QPoint pos) const;            ///< -1: none
    [[nodiscard]] QString tileName(std::size_t row) const;
    [[nodiscard]] bool isSelected(std::size_t row) const;
    [[nodiscard]] QString describe() const;
Q_SIGNALS:
    void selectionChanged();
    void currentChanged(lathe::ImageId image);
    void opened(lathe::ImageId image);
    void menuRequested(const QPoint& globalPos);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
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
    void paintMarks(QPainter& painter, const QRect& picture, const Tile& tile) const;
    void paintCaption(QPainter& painter, const QRect& cell, const Tile& tile, bool selected) const;
    void paintCheck(QPainter& painter, const QRect& picture) const;
    [[nodiscard]] std::pair<std::size_t, std::size_t> visibleRows() const;
    void moveCurrent(int by, Qt::KeyboardModifiers modifiers);
    void selectRange(std::size_t from, std::size_t to, bool keep);
    void toggle(std::size_t row);
    void bandSelect(const QRect& band);
    void scrollTo(std::size_t row);
    void changeSelection();

    ImagePages& m_pages;
    common::Thumbnails& m_thumbnails;
    QHash<qint64, ClassLook> m_classes;
    std::unordered_set<std::int64_t> m_selection;
    int m_wantedWidth = 180, m_columns = 1, m_cellWidth = 180, m_cellHeight = 160;
    double m_overlay = 0.7;
    int m_current = -1, m_anchor = -1, m_hovered = -1;
    QPoint m_bandStart;
    QRect m_band;
};

}  // namespace lathe::widgets::browser
