#include "widgets/browser/duplicates/duplicate_view.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <algorithm>

#include "widgets/browser/duplicates/duplicate_header.h"
#include "widgets/browser/duplicates/duplicate_tile.h"
#include "widgets/browser/duplicates/duplicate_words.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser::duplicates {

using common::Theme;

DuplicateView::DuplicateView(tiles::ImagePages& pages, common::Thumbnails& thumbnails, QWidget* parent)
    : QAbstractScrollArea(parent), m_pages(pages), m_thumbnails(thumbnails) {
    setAutoFillBackground(true);  // else the kerf shows under the scroll bar
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    common::keepNamed(this, [] { return tr("Pictures that are alike"); });
    connect(&Theme::instance(), &Theme::changed, this, [this] { viewport()->update(); });
    connect(&m_pages, &tiles::ImagePages::arrived, this, &DuplicateView::showFates);
    connect(&m_thumbnails, &common::Thumbnails::ready, viewport(), qOverload<>(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        m_thumbnails.forgetWishes();
        placeHeaders();
    });
}

void DuplicateView::setSets(std::shared_ptr<DuplicateSets> sets, DuplicateKind kind) {
    const bool otherKind = kind != m_kind;
    const ImageId before = otherKind ? ImageId() : currentImage();
    m_sets = std::move(sets);
    m_kind = kind;
    m_hovered = -1;
    m_width = kind == DuplicateKind::Leaks ? duplicate_tile::kWide : duplicate_tile::kWidth;
    layOut();
    m_current = m_sets && before.valid() ? m_sets->rowOf(kind, before) : -1;
    if (m_current < 0 && count() > 0) m_current = 0;
    if (otherKind) verticalScrollBar()->setValue(0);
    showFates();
    Q_EMIT currentChanged();
}

void DuplicateView::showFates() {
    placeHeaders();
    viewport()->update();
    setAccessibleDescription(describe());
}

std::size_t DuplicateView::count() const {
    return m_sets ? m_sets->rows(m_kind)->size() : 0;
}

ImageId DuplicateView::currentImage() const {
    return m_current >= 0 && std::size_t(m_current) < count() ? (*m_sets->rows(m_kind))[std::size_t(m_current)] : ImageId();
}

void DuplicateView::setCurrent(std::size_t row) {
    if (row >= count()) return;
    m_current = std::int64_t(row);
    scrollTo(row);
    viewport()->update();
    setAccessibleDescription(describe());
    Q_EMIT currentChanged();
}

QString DuplicateView::rowText(std::size_t row) const {
    const tiles::Tile* tile = m_pages.at(row);
    const QString name = tile ? QString::fromStdString(tile->image.name) : tr("Image %1").arg(row + 1);
    QStringList parts{name};
    if (tile) parts << tileText(*tile);
    parts << likenessText(*m_sets, m_kind, row);
    if (decides()) parts << fateText(m_sets->fate(m_kind, row));
    return parts.join(QStringLiteral(", "));
}

QString DuplicateView::describe() const {
    if (count() == 0) return tr("none");
    QString sets = tr("%Ln set(s)", nullptr, int(m_sets->count(m_kind)));
    if (m_current < 0) return sets;
    const std::size_t set = m_sets->setOfRow(m_kind, std::size_t(m_current));
    return sets + QStringLiteral("; ") + setTitle(m_kind, set) + QStringLiteral(": ") + rowText(std::size_t(m_current));
}

QList<DuplicateHeader*> DuplicateView::headers() const {
    QList<DuplicateHeader*> visible;
    for (DuplicateHeader* header : m_headers)
        if (!header->isHidden()) visible << header;
    return visible;
}

void DuplicateView::layOut() {
    using namespace duplicate_tile;
    m_columns = std::max(1, (viewport()->width() - 2 * kEdge + kGap) / (m_width + kGap));
    const std::size_t sets = m_sets ? m_sets->count(m_kind) : 0;
    m_tops.assign(1, 0);
    m_tops.reserve(sets + 1);
    for (std::size_t set = 0; set < sets; ++set) {
        const int lines = int((m_sets->images(m_kind, set).size() + std::size_t(m_columns) - 1) / std::size_t(m_columns));
        m_tops.push_back(m_tops.back() + DuplicateHeader::kHeight + lines * (heightOf(m_width) + kGap) + kBelow);
    }
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep((heightOf(m_width) + kGap) / 3);
    verticalScrollBar()->setRange(0, std::max(0, m_tops.back() - viewport()->height()));
}

QRect DuplicateView::tileRect(std::size_t row) const {
    using namespace duplicate_tile;
    const std::size_t set = m_sets->setOfRow(m_kind, row), place = row - m_sets->firstRow(m_kind, set);
    const int column = int(place % std::size_t(m_columns)), line = int(place / std::size_t(m_columns));
    const int top = m_tops[set] - verticalScrollBar()->value() + DuplicateHeader::kHeight;
    return {kEdge + column * (m_width + kGap), top + line * (heightOf(m_width) + kGap), m_width, heightOf(m_width)};
}

std::int64_t DuplicateView::rowAt(QPoint pos) const {
    using namespace duplicate_tile;
    const int y = pos.y() + verticalScrollBar()->value();
    if (count() == 0 || y < 0 || y >= m_tops.back() || pos.x() < kEdge) return -1;
    const auto set = std::size_t(std::ranges::upper_bound(m_tops, y) - m_tops.begin()) - 1;
    const int inside = y - m_tops[set] - DuplicateHeader::kHeight, column = (pos.x() - kEdge) / (m_width + kGap);
    if (inside < 0 || column >= m_columns || (pos.x() - kEdge) % (m_width + kGap) >= m_width) return -1;
    if (inside % (heightOf(m_width) + kGap) >= heightOf(m_width)) return -1;
    const auto place = std::size_t(inside / (heightOf(m_width) + kGap)) * std::size_t(m_columns) + std::size_t(column);
    return place < m_sets->images(m_kind, set).size() ? std::int64_t(m_sets->firstRow(m_kind, set) + place) : -1;
}

std::pair<std::size_t, std::size_t> DuplicateView::visibleSets() const {
    if (count() == 0) return {0, 0};
    const int top = verticalScrollBar()->value(), bottom = top + viewport()->height();
    const auto first = std::size_t(std::ranges::upper_bound(m_tops, top) - m_tops.begin()) - 1;
    const auto last = std::size_t(std::ranges::lower_bound(m_tops, bottom) - m_tops.begin());
    return {first, std::min(last, m_tops.size() - 1)};
}

void DuplicateView::placeHeaders() {
    const auto [first, last] = visibleSets();
    while (m_headers.size() < qsizetype(last - first)) {
        auto* header = new DuplicateHeader(this);
        connect(header, &DuplicateHeader::gridWanted, this, &DuplicateView::gridWanted);
        connect(header, &DuplicateHeader::moveWanted, this, &DuplicateView::moveWanted);
        m_headers << header;
    }
    for (qsizetype k = 0; k < m_headers.size(); ++k) {
        const std::size_t set = first + std::size_t(k);
        if (set >= last) {
            m_headers[k]->hide();
            continue;
        }
        m_headers[k]->setGeometry(0, m_tops[set] - verticalScrollBar()->value(), viewport()->width(), DuplicateHeader::kHeight);
        m_headers[k]->show(set, setTitle(m_kind, set), setText(*m_sets, m_kind, set, m_pages), m_sets->leaks(m_kind, set),
                           !decides());
    }
}

void DuplicateView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    const bool seen = m_current >= 0 && viewport()->rect().intersects(tileRect(std::size_t(m_current)));
    layOut();
    if (seen) scrollTo(std::size_t(m_current));
    placeHeaders();
}

void DuplicateView::mousePressEvent(QMouseEvent* event) {
    const std::int64_t row = rowAt(event->pos());
    if (row < 0) return;
    setCurrent(std::size_t(row));
    if (event->button() != Qt::LeftButton || !decides()) return;
    if (fateRect(std::size_t(row)).contains(event->pos())) Q_EMIT keepWanted(std::size_t(row));
    if (leaveRect(std::size_t(row)).contains(event->pos())) Q_EMIT leaveWanted(std::size_t(row));
}

QString DuplicateView::tipAt(QPoint pos) const {
    if (m_hovered < 0) return {};
    const auto row = std::size_t(m_hovered);
    const auto tip = [](const QAction* action) {
        return action ? action->text() + QStringLiteral("   ") + common::keyLabel(action->shortcut()) : QString();
    };
    if (decides() && fateRect(row).contains(pos)) return tip(m_keep);
    if (decides() && leaveRect(row).contains(pos)) return tip(m_leave);
    return rowText(row);
}

void DuplicateView::mouseMoveEvent(QMouseEvent* event) {
    const std::int64_t row = rowAt(event->pos());
    const bool other = std::exchange(m_hovered, row) != row;
    viewport()->setToolTip(tipAt(event->pos()));
    if (other) viewport()->update();
}

void DuplicateView::mouseDoubleClickEvent(QMouseEvent* event) {
    const std::int64_t row = rowAt(event->pos());
    if (row < 0 || event->button() != Qt::LeftButton) return;
    const auto at = std::size_t(row);
    // The second click of two on a control of the tile is one on it, too.
    if (decides() && (fateRect(at).contains(event->pos()) || leaveRect(at).contains(event->pos()))) return mousePressEvent(event);
    Q_EMIT opened((*m_sets->rows(m_kind))[at]);
}

void DuplicateView::contextMenuEvent(QContextMenuEvent* event) {
    if (m_current < 0) return;
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    Q_EMIT menuRequested(byKey ? viewport()->mapToGlobal(tileRect(std::size_t(m_current)).center()) : event->globalPos());
}

void DuplicateView::keyPressEvent(QKeyEvent* event) {
    if (m_current < 0) return QAbstractScrollArea::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_Left: return moveBy(-1);
        case Qt::Key_Right: return moveBy(1);
        case Qt::Key_Up: return moveLine(-1);
        case Qt::Key_Down: return moveLine(1);
        case Qt::Key_PageUp: return movePage(-1);
        case Qt::Key_PageDown: return movePage(1);
        case Qt::Key_Home: return setCurrent(0);
        case Qt::Key_End: return setCurrent(count() - 1);
        case Qt::Key_Space:
            if (decides()) Q_EMIT keepWanted(std::size_t(m_current));
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier)
                return Q_EMIT opened(currentImage());
            [[fallthrough]];
        default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void DuplicateView::moveBy(std::int64_t rows) {
    setCurrent(std::size_t(std::clamp<std::int64_t>(m_current + rows, 0, std::int64_t(count()) - 1)));
}

/// To the line above or below, of the next set after the last line of one; in the same column where there is one.
void DuplicateView::moveLine(int by) {
    const auto row = std::size_t(m_current);
    const std::size_t set = m_sets->setOfRow(m_kind, row), first = m_sets->firstRow(m_kind, set);
    const auto columns = std::size_t(m_columns);
    const std::size_t place = row - first, images = m_sets->images(m_kind, set).size(), column = place % columns;
    if (by > 0 && place / columns < (images - 1) / columns) return setCurrent(first + std::min(images - 1, place + columns));
    if (by < 0 && place >= columns) return setCurrent(row - columns);
    if (by > 0 ? set + 1 >= m_sets->count(m_kind) : set == 0) return;
    const std::size_t other = by > 0 ? set + 1 : set - 1, size = m_sets->images(m_kind, other).size();
    const std::size_t line = by > 0 ? 0 : (size - 1) / columns * columns;
    setCurrent(m_sets->firstRow(m_kind, other) + std::min(size - 1, line + column));
}

void DuplicateView::movePage(int by) {
    const std::int64_t before = m_current;
    const int wanted = tileRect(std::size_t(m_current)).top() + verticalScrollBar()->value() + by * viewport()->height();
    while (true) {
        const std::int64_t row = m_current;
        moveLine(by);
        const int top = tileRect(std::size_t(m_current)).top() + verticalScrollBar()->value();
        if (m_current == row) return;
        if ((by > 0 ? top <= wanted : top >= wanted)) continue;
        if (row != before) setCurrent(std::size_t(row));
        return;
    }
}

void DuplicateView::scrollTo(std::size_t row) {
    const QRect rect = tileRect(row).adjusted(0, -DuplicateHeader::kHeight, 0, duplicate_tile::kBelow);
    QScrollBar* bar = verticalScrollBar();
    if (rect.top() < 0)
        bar->setValue(bar->value() + rect.top());
    else if (rect.bottom() > viewport()->height())
        bar->setValue(bar->value() + rect.bottom() - viewport()->height());
}

void DuplicateView::focusInEvent(QFocusEvent* event) {
    if (m_current < 0 && count() > 0) setCurrent(0);
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void DuplicateView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void DuplicateView::leaveEvent(QEvent*) {
    m_hovered = -1;
    viewport()->update();
}

}  // namespace lathe::widgets::browser::duplicates
