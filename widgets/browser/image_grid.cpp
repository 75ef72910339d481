#include "widgets/browser/image_grid.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <algorithm>

#include "widgets/common/icons.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser {
namespace {

using common::Theme;
using common::Token;

constexpr int kMargin = 12, kGapX = 10, kGapY = 8, kCaption = 24;

}  // namespace

ImageGrid::ImageGrid(ImagePages& pages, common::Thumbnails& thumbnails, QWidget* parent)
    : QAbstractScrollArea(parent), m_pages(pages), m_thumbnails(thumbnails) {
    setAutoFillBackground(true);  // else the kerf shows under the scroll bar
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    common::keepNamed(this, [] { return tr("Images"); });
    connect(&m_pages, &ImagePages::arrived, this, [this] { viewport()->update(); });
    connect(&m_thumbnails, &common::Thumbnails::ready, this, [this] { viewport()->update(); });
    connect(&Theme::instance(), &Theme::changed, this, [this] { viewport()->update(); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { m_thumbnails.forgetWishes(); });
}

void ImageGrid::reload() {
    if (!m_selection.empty()) {
        std::unordered_set<std::int64_t> kept;
        for (const ImageId id : m_pages.ids())
            if (m_selection.count(id.value)) kept.insert(id.value);
        m_selection = std::move(kept);
    }
    m_current = std::min<int>(m_current, int(count()) - 1);
    m_anchor = m_current;
    m_hovered = -1;
    layOut();
    changeSelection();
    Q_EMIT currentChanged(current());
}

void ImageGrid::setClasses(QHash<qint64, ClassLook> classes) {
    m_classes = std::move(classes);
    viewport()->update();
}

void ImageGrid::setTileWidth(int pixels) {
    m_wantedWidth = pixels;
    layOut();
}

void ImageGrid::setOverlayOpacity(double opacity) {
    m_overlay = opacity;
    viewport()->update();
}

std::vector<ImageId> ImageGrid::selected() const {
    std::vector<ImageId> ids;
    if (m_selection.empty()) return ids;
    for (const ImageId id : m_pages.ids())
        if (m_selection.count(id.value)) ids.push_back(id);
    return ids;
}

ImageId ImageGrid::current() const {
    return m_current >= 0 && std::size_t(m_current) < count() ? m_pages.idAt(std::size_t(m_current)) : ImageId();
}

void ImageGrid::setCurrent(std::size_t row, bool select) {
    if (row >= count()) return;
    m_current = int(row);
    m_anchor = m_current;
    if (select) m_selection = {m_pages.idAt(row).value};
    scrollTo(row);
    changeSelection();
    Q_EMIT currentChanged(current());
}

void ImageGrid::selectAll() {
    for (const ImageId id : m_pages.ids()) m_selection.insert(id.value);
    changeSelection();
}

void ImageGrid::clearSelection() {
    m_selection.clear();
    changeSelection();
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
    const Tile* tile = m_pages.at(row);
    return tile ? QString::fromStdString(tile->image.name) : tr("Image %1").arg(row + 1);
}

bool ImageGrid::isSelected(std::size_t row) const {
    return row < count() && m_selection.count(m_pages.idAt(row).value) > 0;
}

QString ImageGrid::describe() const {
    return tr("%n image(s), %1 selected", nullptr, int(count())).arg(m_selection.size());
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
    const Tile* tile = m_pages.at(row);
    if (tile) {
        const QPixmap pixmap = tile->image.missing ? QPixmap() : m_thumbnails.get(tile->image);
        if (!pixmap.isNull()) {
            const QSize size = pixmap.size().scaled(frame.size(), Qt::KeepAspectRatio);
            const QRect picture(frame.center() - QPoint(size.width() / 2, size.height() / 2), size);
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawPixmap(picture, pixmap);
            paintMarks(painter, picture, *tile);
        } else if (tile->image.missing) {
            painter.drawPixmap(frame.center() - QPoint(10, 10), common::iconPixmap("file", Token::Warn, 20, devicePixelRatioF()));
        }
        paintCaption(painter, cell, *tile, chosen);
    }
    if (chosen || int(row) == m_hovered || (int(row) == m_current && hasFocus())) {
        const QColor ring = chosen || int(row) == m_current ? theme.colour(Token::Focus) : theme.colour(Token::Line3);
        painter.setPen(QPen(ring, chosen ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(frame.adjusted(0, 0, -1, -1));
    }
    if (chosen) paintCheck(painter, frame);
}

void ImageGrid::paintMarks(QPainter& painter, const QRect& picture, const Tile& tile) const {
    if (m_overlay <= 0 || tile.marks.size() > 400) return;
    painter.save();
    painter.setOpacity(m_overlay);
    painter.setBrush(Qt::NoBrush);
    for (const Tile::Mark& mark : tile.marks) {
        const QRectF box(picture.left() + mark.box.left() * picture.width(), picture.top() + mark.box.top() * picture.height(),
                         mark.box.width() * picture.width(), mark.box.height() * picture.height());
        painter.setPen(QPen(m_classes.value(mark.classId.value).colour, 1.25));
        painter.drawRect(box);
    }
    painter.restore();
}

void ImageGrid::paintCaption(QPainter& painter, const QRect& cell, const Tile& tile, bool chosen) const {
    const Theme& theme = Theme::instance();
    painter.setFont(theme.font(common::Type::Caption));
    const QRect line(cell.left() + 1, cell.bottom() - kCaption + 1, cell.width() - 2, kCaption);
    QString right = QString::fromStdString(tile.image.split);
    if (!tile.imageClasses.empty()) {
        const ClassLook look = m_classes.value(tile.imageClasses.front().value);
        const QString text = look.name;
        right = right.isEmpty() ? text : text + QStringLiteral("  ") + right;
    }
    const int rightWidth = std::min(painter.fontMetrics().horizontalAdvance(right) + 2, line.width() / 2);
    painter.setPen(theme.colour(Token::T3));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, painter.fontMetrics().elidedText(right, Qt::ElideRight, rightWidth));
    painter.setPen(theme.colour(chosen ? Token::T1 : Token::T2));
    const QString name = QString::fromStdString(tile.image.name).section('/', -1);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideMiddle, line.width() - rightWidth - 8));
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
    const int before = m_current >= 0 ? tileRect(std::size_t(m_current)).top() : 0;
    layOut();
    if (m_current >= 0 && before >= 0 && before < viewport()->height()) scrollTo(std::size_t(m_current));
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
    if (event->modifiers() & Qt::ShiftModifier) {
        selectRange(std::size_t(std::max(0, m_anchor)), std::size_t(row), event->modifiers() & Qt::ControlModifier);
        m_current = row;
    } else if (event->modifiers() & Qt::ControlModifier ||
               QRect(tileRect(std::size_t(row)).topLeft(), QSize(26, 26)).contains(event->pos())) {
        toggle(std::size_t(row));
    } else {
        setCurrent(std::size_t(row));
    }
    Q_EMIT currentChanged(current());
}

void ImageGrid::mouseMoveEvent(QMouseEvent* event) {
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
    m_band = QRect();
    viewport()->update();
}

void ImageGrid::mouseDoubleClickEvent(QMouseEvent* event) {
    const int row = rowAt(event->pos());
    if (row >= 0 && event->button() == Qt::LeftButton) Q_EMIT opened(m_pages.idAt(std::size_t(row)));
}

void ImageGrid::contextMenuEvent(QContextMenuEvent* event) {
    if (event->reason() == QContextMenuEvent::Keyboard && m_current >= 0)
        Q_EMIT menuRequested(viewport()->mapToGlobal(tileRect(std::size_t(m_current)).center()));
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
            if (m_current >= 0) toggle(std::size_t(m_current));
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
    if (m_current < 0 && count() > 0) m_current = 0;
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
    const int target = std::clamp(std::max(0, m_current) + by, 0, int(count()) - 1);
    if (modifiers & Qt::ShiftModifier) {
        selectRange(std::size_t(std::max(0, m_anchor)), std::size_t(target), false);
        m_current = target;
        scrollTo(std::size_t(target));
    } else if (modifiers & Qt::ControlModifier) {
        m_current = target;
        scrollTo(std::size_t(target));
        viewport()->update();
    } else {
        setCurrent(std::size_t(target));
        return;
    }
    Q_EMIT currentChanged(current());
}

void ImageGrid::selectRange(std::size_t from, std::size_t to, bool keep) {
    if (!keep) m_selection.clear();
    for (std::size_t row = std::min(from, to); row <= std::max(from, to) && row < count(); ++row)
        m_selection.insert(m_pages.idAt(row).value);
    changeSelection();
}

void ImageGrid::toggle(std::size_t row) {
    const std::int64_t id = m_pages.idAt(row).value;
    if (!m_selection.erase(id)) m_selection.insert(id);
    m_current = m_anchor = int(row);
    changeSelection();
}

void ImageGrid::bandSelect(const QRect& band) {
    const auto [first, last] = visibleRows();
    for (std::size_t row = first; row < last; ++row)
        if (tileRect(row).intersects(band)) m_selection.insert(m_pages.idAt(row).value);
    changeSelection();
}

void ImageGrid::scrollTo(std::size_t row) {
    const QRect rect = tileRect(row);
    QScrollBar* bar = verticalScrollBar();
    if (rect.top() < kMargin)
        bar->setValue(bar->value() + rect.top() - kMargin);
    else if (rect.bottom() > viewport()->height() - kMargin)
        bar->setValue(bar->value() + rect.bottom() - viewport()->height() + kMargin);
}

void ImageGrid::changeSelection() {
    viewport()->update();
    setAccessibleDescription(describe());
    Q_EMIT selectionChanged();
}

}  // namespace lathe::widgets::browser
