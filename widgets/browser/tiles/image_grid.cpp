#include "widgets/browser/tiles/image_grid.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <algorithm>

#include "widgets/common/icons.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser::tiles {
namespace {

using common::Theme;
using common::Token;

constexpr int kMargin = 12, kGapX = 10, kGapY = 8, kCaption = 24;

}  // namespace

ImageGrid::ImageGrid(GridItems& items, QWidget* parent) : QAbstractScrollArea(parent), m_chosen(items) {
    setAutoFillBackground(true);  // else the kerf shows under the scroll bar
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    common::keepNamed(this, [] { return tr("Images"); });
    connect(&Theme::instance(), &Theme::changed, this, [this] { viewport()->update(); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { m_chosen.items().forgetWishes(); });
    connect(&m_chosen, &TileSelection::changed, this, [this] {
        viewport()->update();
        setAccessibleDescription(describe());
        Q_EMIT selectionChanged();
    });
    connect(&m_chosen, &TileSelection::currentChanged, this, [this] { Q_EMIT currentChanged(current()); });
    watch();
}

void ImageGrid::watch() {
    connect(&m_chosen.items(), &GridItems::arrived, viewport(), qOverload<>(&QWidget::update));
    connect(&m_chosen.items(), &GridItems::looksChanged, viewport(), qOverload<>(&QWidget::update));
}

void ImageGrid::setItems(GridItems& items) {
    if (&m_chosen.items() == &items) return;
    m_chosen.items().disconnect(viewport());
    m_hovered = -1;
    verticalScrollBar()->setValue(0);
    m_chosen.setItems(items);
    watch();
    layOut();
}

void ImageGrid::reload() {
    m_hovered = -1;
    layOut();
    m_chosen.reload();
}

void ImageGrid::setTileWidth(int pixels) {
    m_wantedWidth = pixels;
    layOut();
}

void ImageGrid::setOverlayOpacity(double opacity) {
    m_overlay = opacity;
    viewport()->update();
}

void ImageGrid::setCurrent(std::size_t row, bool select) {
    if (row >= count()) return;
    m_chosen.setCurrent(row, select);
    scrollTo(row);
}

QRect ImageGrid::tileRect(std::size_t row) const {
    const int column = int(row % std::size_t(m_columns));
    const int line = int(row / std::size_t(m_columns));
    return {kMargin + column * (m_cellWidth + kGapX), kMargin + line * (m_cellHeight + kGapY) - verticalScrollBar()->value(),
            m_cellWidth, m_cellHeight};
}

int ImageGrid::rowAt(QPoint pos) const {
    const int x = pos.x() - kMargin, y = pos.y() + verticalScrollBar()->value() - kMargin;
    if (x < 0 || y < 0) return -1;
    const int column = x / (m_cellWidth + kGapX), line = y / (m_cellHeight + kGapY);
    if (column >= m_columns || x % (m_cellWidth + kGapX) >= m_cellWidth || y % (m_cellHeight + kGapY) >= m_cellHeight) return -1;
    const std::size_t row = std::size_t(line) * std::size_t(m_columns) + std::size_t(column);
    return row < count() ? int(row) : -1;
}

QString ImageGrid::tileName(std::size_t row) const {
    const auto look = m_chosen.items().lookAt(row);
    if (!look) return tr("Image %1").arg(row + 1);
    return look->images > 1 ? tr("%1, a group of %n image(s)", nullptr, look->images).arg(look->name) : look->name;
}

QString ImageGrid::describe() const {
    return tr("%n image(s), %1 selected", nullptr, int(count())).arg(selectedCount());
}

void ImageGrid::layOut() {
    const int width = std::max(1, viewport()->width() - 2 * kMargin);
    m_columns = std::max(1, (width + kGapX) / (m_wantedWidth + kGapX));
    m_cellWidth = (width - (m_columns - 1) * kGapX) / m_columns;
    m_cellHeight = m_cellWidth * 3 / 4 + kCaption;
    const int lines = int((count() + std::size_t(m_columns) - 1) / std::size_t(m_columns));
    const int content = 2 * kMargin + lines * (m_cellHeight + kGapY) - kGapY;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep((m_cellHeight + kGapY) / 3);
    verticalScrollBar()->setRange(0, std::max(0, content - viewport()->height()));
    viewport()->update();
}

std::pair<std::size_t, std::size_t> ImageGrid::visibleRows() const {
    const int top = std::max(0, verticalScrollBar()->value() - kMargin);
    const std::size_t first = std::size_t(top / (m_cellHeight + kGapY)) * std::size_t(m_columns);
    const std::size_t lines = std::size_t(viewport()->height() / (m_cellHeight + kGapY)) + 2;
    return {std::min(first, count()), std::min(first + lines * std::size_t(m_columns), count())};
}

void ImageGrid::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    const Theme& theme = Theme::instance();
    painter.fillRect(viewport()->rect(), theme.colour(Token::Panel));
    const auto [first, last] = visibleRows();
    for (std::size_t row = first; row < last; ++row) paintTile(painter, row);
    if (!m_band.isNull()) {
        QColor fill = theme.colour(Token::Focus);
        fill.setAlphaF(0.12F);
        painter.setPen(theme.colour(Token::Focus));
        painter.setBrush(fill);
        painter.drawRect(m_band.normalized());
    }
}

void ImageGrid::paintTile(QPainter& painter, std::size_t row) {
    const Theme& theme = Theme::instance();
    const QRect cell = tileRect(row);
    const QRect frame(cell.left(), cell.top(), cell.width(), cell.height() - kCaption);
    const bool chosen = isSelected(row);
    painter.fillRect(frame, theme.colour(Token::Paste));
    if (const auto tile = m_chosen.items().lookAt(row)) {
        if (!tile->picture.isNull()) {
            const QSize size = tile->picture.size().scaled(frame.size(), Qt::KeepAspectRatio);
            const QRect picture(frame.center() - QPoint(size.width() / 2, size.height() / 2), size);
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawPixmap(picture, tile->picture);
            paintMarks(painter, picture, *tile);
        } else if (tile->missing) {
            painter.drawPixmap(frame.center() - QPoint(10, 10), common::iconPixmap("file", Token::Warn, 20, devicePixelRatioF()));
        }
        paintCaption(painter, cell, *tile, chosen);
        if (tile->images > 1) paintSize(painter, frame, tile->images);
    }
    if (chosen || int(row) == m_hovered || (int(row) == currentRow() && hasFocus())) {
        const QColor ring = chosen || int(row) == currentRow() ? theme.colour(Token::Focus) : theme.colour(Token::Line3);
        painter.setPen(QPen(ring, chosen ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(frame.adjusted(0, 0, -1, -1));
    }
    if (chosen) paintCheck(painter, frame);
}

void ImageGrid::paintMarks(QPainter& painter, const QRect& picture, const TileLook& tile) const {
    if (m_overlay <= 0 || tile.marks.size() > 400) return;
    painter.save();
    painter.setOpacity(m_overlay);
    painter.setBrush(Qt::NoBrush);
    for (const TileLook::Mark& mark : tile.marks) {
        const QRectF box(picture.left() + mark.box.left() * picture.width(), picture.top() + mark.box.top() * picture.height(),
                         mark.box.width() * picture.width(), mark.box.height() * picture.height());
        painter.setPen(QPen(mark.colour, 1.25));
        painter.drawRect(box);
    }
    painter.restore();
}

void ImageGrid::paintCaption(QPainter& painter, const QRect& cell, const TileLook& tile, bool chosen) const {
    const Theme& theme = Theme::instance();
    painter.setFont(theme.font(common::Type::Caption));
    QRect line(cell.left() + 1, cell.bottom() - kCaption + 1, cell.width() - 2, kCaption);
    const int rightWidth = std::min(painter.fontMetrics().horizontalAdvance(tile.right) + 2, line.width() / 2);
    painter.setPen(theme.colour(Token::T3));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(tile.right, Qt::ElideRight, rightWidth));
    if (tile.swatch.isValid()) {
        painter.fillRect(QRect(line.left(), line.center().y() - 4, 9, 9), tile.swatch);
        line.setLeft(line.left() + 14);
    }
    painter.setPen(theme.colour(chosen ? Token::T1 : Token::T2));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(tile.name, Qt::ElideMiddle, line.width() - rightWidth - 8));
}

/// How many images the tile stands for.
void ImageGrid::paintSize(QPainter& painter, const QRect& frame, int images) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::instance().font(common::Type::Caption));
    const QString text = common::number(images);
    const int width = painter.fontMetrics().horizontalAdvance(text) + 26;
    const QRect plate(frame.right() - width - 5, frame.top() + 6, width, 18);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 199));
    painter.drawRoundedRect(plate, 3, 3);
    painter.setPen(QPen(Qt::white, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(plate.left() + 6.5, plate.top() + 7.5, 7, 6));  // a pile
    painter.drawPolyline(QPolygonF(
        {plate.topLeft() + QPointF(8.5, 5.5), plate.topLeft() + QPointF(15.5, 5.5), plate.topLeft() + QPointF(15.5, 11.5)}));
    painter.drawText(plate.adjusted(0, 0, -5, 0), Qt::AlignRight | Qt::AlignVCenter, text);
    painter.restore();
}

void ImageGrid::paintCheck(QPainter& painter, const QRect& frame) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::instance().colour(Token::Accent));
    const QRect box(frame.left() + 6, frame.top() + 6, 16, 16);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(QPen(Qt::white, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(
        QPolygonF({box.topLeft() + QPointF(4, 8.5), box.topLeft() + QPointF(7, 11.5), box.topLeft() + QPointF(12, 5)}));
    painter.restore();
}

void ImageGrid::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    const int current = currentRow(), before = current >= 0 ? tileRect(std::size_t(current)).top() : 0;
    layOut();
    if (current >= 0 && before >= 0 && before < viewport()->height()) scrollTo(std::size_t(current));
}

/// The current one may be another since it was hidden.
void ImageGrid::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    if (currentRow() >= 0 && !event->spontaneous()) scrollTo(std::size_t(currentRow()));
}

void ImageGrid::mousePressEvent(QMouseEvent* event) {
    const int row = rowAt(event->pos());
    if (event->button() == Qt::RightButton) {
        if (row >= 0 && !isSelected(std::size_t(row))) setCurrent(std::size_t(row));
        return;
    }
    if (event->button() != Qt::LeftButton) return;
    if (row < 0) {
        m_bandStart = event->pos();
        m_band = QRect(m_bandStart, QSize(1, 1));
        if (!(event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier))) clearSelection();
        return;
    }
    const auto at = std::size_t(row);
    if (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)) return m_chosen.press(at, event->modifiers());
    if (QRect(tileRect(at).topLeft(), QSize(26, 26)).contains(event->pos())) return m_chosen.toggle(at);
    m_pressed = event->pos();
    m_mayDrag = m_chosen.items().canBeDragged();
    // A press on one of several selected tiles may be the start of dragging them all.
    m_selectOnRelease = m_mayDrag && isSelected(at);
    if (!m_selectOnRelease) setCurrent(at);
}

void ImageGrid::startDrag() {
    m_mayDrag = m_selectOnRelease = false;
    auto* drag = new QDrag(this);
    auto* data = new QMimeData;
    data->setData(QString::fromLatin1(kDragType), QByteArray::number(qulonglong(selectedCount())));
    drag->setMimeData(data);
    const int row = rowAt(m_pressed);
    const auto look = row >= 0 ? m_chosen.items().lookAt(std::size_t(row)) : std::nullopt;
    if (look && !look->picture.isNull())
        drag->setPixmap(look->picture.scaled(72, 72, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    drag->exec(Qt::CopyAction);
}

void ImageGrid::mouseMoveEvent(QMouseEvent* event) {
    if (m_mayDrag && event->buttons() & Qt::LeftButton &&
        (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance())
        return startDrag();
    if (!m_band.isNull()) {
        m_band = QRect(m_bandStart, event->pos());
        bandSelect(m_band.normalized());
        viewport()->update();
        return;
    }
    const int row = rowAt(event->pos());
    if (row == m_hovered) return;
    m_hovered = row;
    viewport()->setToolTip(row >= 0 ? tileName(std::size_t(row)) : QString());
    viewport()->update();
}

void ImageGrid::mouseReleaseEvent(QMouseEvent*) {
    m_mayDrag = false;
    if (std::exchange(m_selectOnRelease, false))
        if (const int row = rowAt(m_pressed); row >= 0) setCurrent(std::size_t(row));
    m_band = QRect();
    viewport()->update();
}

void ImageGrid::mouseDoubleClickEvent(QMouseEvent* event) {
    const int row = rowAt(event->pos());
    if (row >= 0 && event->button() == Qt::LeftButton) Q_EMIT opened(m_chosen.items().imageAt(std::size_t(row)));
}

void ImageGrid::contextMenuEvent(QContextMenuEvent* event) {
    if (event->reason() == QContextMenuEvent::Keyboard && currentRow() >= 0)
        Q_EMIT menuRequested(viewport()->mapToGlobal(tileRect(std::size_t(currentRow())).center()));
    else
        Q_EMIT menuRequested(event->globalPos());
}

void ImageGrid::keyPressEvent(QKeyEvent* event) {
    const int page = m_columns * std::max(1, viewport()->height() / (m_cellHeight + kGapY));
    switch (event->key()) {
        case Qt::Key_Left: return moveCurrent(-1, event->modifiers());
        case Qt::Key_Right: return moveCurrent(1, event->modifiers());
        case Qt::Key_Up: return moveCurrent(-m_columns, event->modifiers());
        case Qt::Key_Down: return moveCurrent(m_columns, event->modifiers());
        case Qt::Key_PageUp: return moveCurrent(-page, event->modifiers());
        case Qt::Key_PageDown: return moveCurrent(page, event->modifiers());
        case Qt::Key_Home: return moveCurrent(-int(count()), event->modifiers());
        case Qt::Key_End: return moveCurrent(int(count()), event->modifiers());
        case Qt::Key_Space:
            if (currentRow() >= 0) m_chosen.toggle(std::size_t(currentRow()));
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (current().valid()) Q_EMIT opened(current());
            return;
        case Qt::Key_Escape: return clearSelection();
        default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void ImageGrid::focusInEvent(QFocusEvent* event) {
    if (currentRow() < 0 && count() > 0) m_chosen.setCurrent(0, false);
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void ImageGrid::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void ImageGrid::leaveEvent(QEvent*) {
    m_hovered = -1;
    viewport()->update();
}

void ImageGrid::moveCurrent(int by, Qt::KeyboardModifiers modifiers) {
    if (count() == 0) return;
    const auto target = std::size_t(std::clamp(std::max(0, currentRow()) + by, 0, int(count()) - 1));
    m_chosen.moveTo(target, modifiers);
    scrollTo(target);
}

void ImageGrid::bandSelect(const QRect& band) {
    const auto [first, last] = visibleRows();
    std::vector<std::size_t> rows;
    for (std::size_t row = first; row < last; ++row)
        if (tileRect(row).intersects(band)) rows.push_back(row);
    m_chosen.add(rows);
}

void ImageGrid::scrollTo(std::size_t row) {
    const QRect rect = tileRect(row);
    QScrollBar* bar = verticalScrollBar();
    if (rect.top() < kMargin)
        bar->setValue(bar->value() + rect.top() - kMargin);
    else if (rect.bottom() > viewport()->height() - kMargin)
        bar->setValue(bar->value() + rect.bottom() - viewport()->height() + kMargin);
}

}  // namespace lathe::widgets::browser::tiles
