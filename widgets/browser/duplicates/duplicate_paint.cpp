// How the sets of pictures are painted; how they are laid out and answer is in duplicate_view.cpp.
#include <QPainter>
#include <QScrollBar>

#include "widgets/browser/duplicates/duplicate_tile.h"
#include "widgets/browser/duplicates/duplicate_view.h"
#include "widgets/browser/duplicates/duplicate_words.h"
#include "widgets/common/icons.h"
#include "widgets/common/style.h"

namespace lathe::widgets::browser::duplicates {

using common::Theme;
using common::Token;
using common::Type;
using data::Fate;

namespace {

constexpr int kFateHeight = 22, kFateInset = 6;
const QColor kOnPicture(0, 0, 0, 199);  // black 78 %

QRect frameOf(const QRect& cell) {
    return {cell.left(), cell.top(), cell.width(), cell.height() - duplicate_tile::kCaption};
}

QFont fateFont() {
    QFont font = Theme::instance().font(Type::Caption);
    font.setWeight(QFont::Medium);
    return font;
}

QString fateIcon(Fate fate) {
    return fate == Fate::Kept ? QStringLiteral("check") : fate == Fate::Excluded ? QStringLiteral("no") : QStringLiteral("minus");
}

}  // namespace

QRect DuplicateView::fateRect(std::size_t row) const {
    const QRect frame = frameOf(tileRect(row));
    const int words = QFontMetrics(fateFont()).horizontalAdvance(fateText(m_sets->fate(m_kind, row)));
    return {frame.left() + kFateInset, frame.top() + kFateInset, words + 30, kFateHeight};
}

QRect DuplicateView::leaveRect(std::size_t row) const {
    const QRect frame = frameOf(tileRect(row));
    return {frame.right() - kFateInset - kFateHeight + 1, frame.top() + kFateInset, kFateHeight, kFateHeight};
}

void DuplicateView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::instance().colour(Token::Panel));
    const auto [first, last] = visibleSets();
    for (std::size_t set = first; set < last; ++set) paintSet(painter, set);
}

void DuplicateView::paintSet(QPainter& painter, std::size_t set) {
    const int top = m_tops[set] - verticalScrollBar()->value();
    if (set > 0) painter.fillRect(QRect(0, top, viewport()->width(), 1), Theme::instance().colour(Token::Line1));
    const std::size_t first = m_sets->firstRow(m_kind, set), images = m_sets->images(m_kind, set).size();
    const int step = duplicate_tile::heightOf(m_width) + duplicate_tile::kGap;
    const auto above = std::size_t(std::max(0, -tileRect(first).top() / step)) * std::size_t(m_columns);
    for (std::size_t row = first + above; row < first + images && tileRect(row).top() <= viewport()->height(); ++row)
        paintTile(painter, row);
}

void DuplicateView::paintTile(QPainter& painter, std::size_t row) {
    const QRect cell = tileRect(row), frame = frameOf(cell);
    painter.fillRect(frame, Theme::instance().colour(Token::Paste));
    const tiles::Tile* tile = m_pages.at(row);
    if (tile) paintPicture(painter, frame, row, *tile);
    paintCaption(painter, cell, row, tile);
    paintRing(painter, frame, row);
    if (!decides()) return;
    paintFate(painter, row);
    if (std::int64_t(row) == m_hovered || std::int64_t(row) == m_current) paintLeave(painter, row);
}

void DuplicateView::paintPicture(QPainter& painter, const QRect& frame, std::size_t row, const tiles::Tile& tile) {
    const QPixmap pixmap = tile.image.missing ? QPixmap() : m_thumbnails.get(tile.image);
    if (tile.image.missing)
        painter.drawPixmap(frame.center() - QPoint(10, 10),
                           common::iconPixmap(QStringLiteral("file"), Token::Warn, 20, devicePixelRatioF()));
    if (pixmap.isNull()) return;
    const QSize size = pixmap.size().scaled(frame.size(), Qt::KeepAspectRatio);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (decides() && m_sets->fate(m_kind, row) == Fate::Excluded) painter.setOpacity(0.5);
    painter.drawPixmap(QRect(frame.center() - QPoint(size.width() / 2, size.height() / 2), size), pixmap);
    painter.restore();
}

/// Number and name; size, split and labels; how it is like the first.
void DuplicateView::paintCaption(QPainter& painter, const QRect& cell, std::size_t row, const tiles::Tile* tile) const {
    const Theme& theme = Theme::instance();
    const std::size_t place = row - m_sets->firstRow(m_kind, m_sets->setOfRow(m_kind, row));
    const QString name = tile ? QString::fromStdString(tile->image.name).section('/', -1) : QString();
    const bool first = place == 0, exact = m_sets->sameAs(m_kind, row) >= 0;
    QRect line(cell.left(), cell.bottom() - duplicate_tile::kCaption + 5, cell.width(), 16);
    const auto text = [&](const QString& words, Type type, Token token, Qt::TextElideMode elide) {
        painter.setFont(theme.font(type));
        painter.setPen(theme.colour(token));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(words, elide, line.width()));
        line.translate(0, 16);
    };
    text(QStringLiteral("%1  %2").arg(place + 1).arg(name), Type::Table, Token::T1, Qt::ElideMiddle);
    text(tile ? tileText(*tile) : QString(), Type::Caption, Token::T2, Qt::ElideRight);
    if (exact) {
        painter.drawPixmap(line.topLeft() + QPoint(0, 1),
                           common::iconPixmap(QStringLiteral("copy"), Token::T2, 14, devicePixelRatioF()));
        line.setLeft(line.left() + 18);
    }
    text(likenessText(*m_sets, m_kind, row), Type::Caption, first ? Token::T3 : exact ? Token::T1 : Token::T2, Qt::ElideRight);
}

void DuplicateView::paintFate(QPainter& painter, std::size_t row) const {
    const Fate fate = m_sets->fate(m_kind, row);
    const QRect box = fateRect(row);
    common::drawPlate(painter, box, 3, fate == Fate::Kept ? Theme::instance().colour(Token::Accent) : kOnPicture, {});
    painter.drawPixmap(box.topLeft() + QPoint(5, 4), common::iconPixmap(fateIcon(fate), Token::OnAccent, 14, devicePixelRatioF()));
    painter.setFont(fateFont());
    painter.setPen(Theme::instance().colour(Token::OnAccent));
    painter.drawText(box.adjusted(23, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, fateText(fate));
}

void DuplicateView::paintLeave(QPainter& painter, std::size_t row) const {
    const bool left = m_sets->isLeft((*m_sets->rows(m_kind))[row]);
    const QRect box = leaveRect(row);
    common::drawPlate(painter, box, 3, kOnPicture, {});
    painter.drawPixmap(box.topLeft() + QPoint(4, 4), common::iconPixmap(left ? QStringLiteral("undo") : QStringLiteral("minus"),
                                                                        Token::OnAccent, 14, devicePixelRatioF()));
}

void DuplicateView::paintRing(QPainter& painter, const QRect& frame, std::size_t row) const {
    const bool current = std::int64_t(row) == m_current, over = std::int64_t(row) == m_hovered;
    if (!current && !over) return;
    painter.setPen(QPen(Theme::instance().colour(current ? Token::Focus : Token::Line3), current && hasFocus() ? 2 : 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(frame.adjusted(0, 0, -1, -1));
}

}  // namespace lathe::widgets::browser::duplicates
