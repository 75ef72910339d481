#include "widgets/browser/tiles/image_list_delegate.h"

#include <QPainter>

#include "widgets/browser/tiles/image_table.h"
#include "widgets/common/icons.h"
#include "widgets/common/style.h"

namespace lathe::widgets::browser::tiles {

using common::Theme;
using common::Token;

void ImageListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QStyleOptionViewItem cell = option;
    // The row is what is current: one cell with a ring of its own would say otherwise.
    cell.state &= ~QStyle::State_KeyboardFocusChange;
    RowDelegate::paint(painter, cell, index);
    painter->save();
    painter->setClipRect(option.rect);
    if (index.column() == ImageTable::Picture) paintPicture(*painter, option, index);
    if (index.column() == ImageTable::Classes) paintClasses(*painter, option, index);
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    if (view && view->hasFocus() && view->currentIndex().row() == index.row()) {
        painter->setPen(Theme::instance().colour(Token::Focus));
        painter->drawLine(option.rect.topLeft(), option.rect.topRight());
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    } else {
        painter->setPen(Theme::instance().colour(Token::Line1));
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    }
    painter->restore();
}

void ImageListDelegate::paintPicture(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* table = qobject_cast<const ImageTable*>(index.model());
    const QRect frame(option.rect.left() + 12, option.rect.top() + 4, 48, option.rect.height() - 8);
    painter.fillRect(frame, Theme::instance().colour(Token::Paste));
    const Tile* tile = table ? table->tileAt(index.row()) : nullptr;
    if (!tile) return;
    const QPixmap picture = tile->image.missing ? QPixmap() : table->pictureOf(*tile);
    if (tile->image.missing)
        painter.drawPixmap(frame.center() - QPoint(8, 8),
                           common::iconPixmap(QStringLiteral("file"), Token::Warn, 16, painter.device()->devicePixelRatioF()));
    if (picture.isNull()) return;
    const QSize size = picture.size().scaled(frame.size(), Qt::KeepAspectRatio);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(QRect(frame.center() - QPoint(size.width() / 2 - 1, size.height() / 2 - 1), size), picture);
}

/// A swatch, the name and how many, as far as there is room; then how many more.
void ImageListDelegate::paintClasses(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto classes = index.data(ImageTable::ClassesRole).value<QList<ImageTable::ClassCount>>();
    const Theme& theme = Theme::instance();
    painter.setFont(theme.font(common::Type::Table));
    painter.setPen(theme.colour(Token::T1));
    const QFontMetrics metrics = painter.fontMetrics();
    QRect rest = option.rect.adjusted(8, 0, -8, 0);
    for (qsizetype k = 0; k < classes.size(); ++k) {
        const auto& [name, colour, objects] = classes[k];
        const QString words = objects > 0 ? QStringLiteral("%1 %2").arg(name).arg(objects) : name;
        const QString more = QStringLiteral("+%1").arg(classes.size() - k);
        const int after = k + 1 < classes.size() ? metrics.horizontalAdvance(more) + 8 : 0;
        if (k > 0 && 14 + metrics.horizontalAdvance(words) + after > rest.width()) {
            painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, more);
            return;
        }
        common::drawPlate(painter, QRect(rest.left(), rest.center().y() - 4, 10, 10), 2, colour, {});
        rest.setLeft(rest.left() + 14);
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(words, Qt::ElideRight, rest.width()));
        rest.setLeft(rest.left() + metrics.horizontalAdvance(words) + 10);
    }
}

}  // namespace lathe::widgets::browser::tiles
