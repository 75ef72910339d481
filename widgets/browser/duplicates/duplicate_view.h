// A virtual list of sets of pictures side by side: paints what is visible, with one line of links above each visible set.
#pragma once
#include <QAbstractScrollArea>

#include "widgets/browser/duplicates/duplicate_sets.h"
#include "widgets/browser/tiles/image_pages.h"
#include "widgets/common/picture.h"

class QAction;

namespace lathe::widgets::browser::duplicates {

class DuplicateHeader;

/// Keys: arrows, Page, Home/End move through the pictures; Space keeps one; Enter opens. Accessible as a list of the pictures.
class DuplicateView : public QAbstractScrollArea {
    Q_OBJECT
public:
    DuplicateView(tiles::ImagePages& pages, common::Thumbnails& thumbnails, QWidget* parent = nullptr);
    /// Of the same kind the current image stays current where it is in the new sets. The pages must show the rows of that kind.
    void setSets(std::shared_ptr<DuplicateSets> sets, DuplicateKind kind);
    void setTips(const QAction* keep, const QAction* leave) { m_keep = keep, m_leave = leave; }  ///< of what is clicked on a tile
    void showFates();  ///< they are others now, or the language is
    [[nodiscard]] DuplicateKind kind() const { return m_kind; }
    [[nodiscard]] std::int64_t current() const { return m_current; }  ///< a row; -1: none
    [[nodiscard]] ImageId currentImage() const;
    void setCurrent(std::size_t row);
    // for tests and the accessible interface
    [[nodiscard]] std::size_t count() const;               ///< rows: pictures of all sets
    [[nodiscard]] QRect tileRect(std::size_t row) const;   ///< in the viewport, with the caption
    [[nodiscard]] QRect fateRect(std::size_t row) const;   ///< where its fate stands; a click keeps it
    [[nodiscard]] QRect leaveRect(std::size_t row) const;  ///< a click leaves it as it is
    [[nodiscard]] std::int64_t rowAt(QPoint pos) const;    ///< -1: none
    [[nodiscard]] QString rowText(std::size_t row) const;  ///< all that the tile says
    [[nodiscard]] QString describe() const;
    [[nodiscard]] QList<DuplicateHeader*> headers() const;  ///< of the visible sets
Q_SIGNALS:
    void currentChanged();
    void opened(lathe::ImageId image);
    void keepWanted(std::size_t row);
    void leaveWanted(std::size_t row);
    void gridWanted(std::size_t set);
    void moveWanted(std::size_t set, const QPoint& globalPos);
    void menuRequested(const QPoint& globalPos);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void layOut();
    void placeHeaders();
    [[nodiscard]] std::pair<std::size_t, std::size_t> visibleSets() const;
    [[nodiscard]] bool decides() const { return m_kind != DuplicateKind::Leaks; }
    void paintSet(QPainter& painter, std::size_t set);
    void paintTile(QPainter& painter, std::size_t row);
    void paintPicture(QPainter& painter, const QRect& frame, std::size_t row, const tiles::Tile& tile);
    void paintCaption(QPainter& painter, const QRect& cell, std::size_t row, const tiles::Tile* tile) const;
    void paintFate(QPainter& painter, std::size_t row) const;
    void paintLeave(QPainter& painter, std::size_t row) const;
    void paintRing(QPainter& painter, const QRect& frame, std::size_t row) const;
    void moveBy(std::int64_t rows);
    void moveLine(int by);
    void movePage(int by);
    void scrollTo(std::size_t row);
    [[nodiscard]] QString tipAt(QPoint pos) const;

    tiles::ImagePages& m_pages;
    common::Thumbnails& m_thumbnails;
    std::shared_ptr<DuplicateSets> m_sets;
    DuplicateKind m_kind = DuplicateKind::Groups;
    std::vector<int> m_tops{0};  ///< of the sets, pixels from the first; and the end
    QList<DuplicateHeader*> m_headers;
    const QAction *m_keep = nullptr, *m_leave = nullptr;
    int m_columns = 1, m_width = 200;
    std::int64_t m_current = -1, m_hovered = -1;
};

}  // namespace lathe::widgets::browser::duplicates
