#include "widgets/explain/outcome_delegate.h"

#include <QPainter>

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::explain {

using common::Theme;
using common::Token;

void OutcomeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    const bool selected = option.state & QStyle::State_Selected;
    const bool wrong = index.data(common::Roles::RightTone).isValid();
    painter->save();
    if (selected)
        painter->fillRect(option.rect, theme.colour(option.state & QStyle::State_Active ? Token::Sel : Token::SelOff));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.colour(Token::Raised));
    const QRect picture(option.rect.left() + 12, option.rect.top() + 7, 60, 44);
    painter->fillRect(picture, theme.colour(Token::Paste));
    const QPixmap thumbnail = index.data(Qt::DecorationRole).value<QPixmap>();
    if (!thumbnail.isNull()) {
        const QSize size = thumbnail.size().scaled(picture.size(), Qt::KeepAspectRatio);
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawPixmap(QRect(picture.center() - QPoint(size.width() / 2 - 1, size.height() / 2 - 1), size), thumbnail);
    }
    const QRect text = option.rect.adjusted(82, 7, -12, -7);
    const QString right = index.data(common::Roles::Right).toString();
    painter->setFont(theme.font(common::Type::Table));
    const int rightWidth = painter->fontMetrics().horizontalAdvance(right);
    painter->setPen(theme.colour(Token::T1));
    painter->drawText(text, Qt::AlignLeft | Qt::AlignTop,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, text.width() - rightWidth - 8));
    painter->drawText(text, Qt::AlignRight | Qt::AlignTop, right);
    painter->setFont(theme.font(common::Type::Caption));
    painter->setPen(theme.colour(wrong ? Token::Err : selected ? Token::T2 : Token::T3));
    painter->drawText(text.translated(0, -6), Qt::AlignLeft | Qt::AlignBottom, index.data(common::Roles::SubText).toString());
    const QRectF bar(text.left(), text.bottom() - 2, text.width(), 3);
    painter->fillRect(bar, theme.colour(Token::Line2));
    painter->fillRect(QRectF(bar.left(), bar.top(), bar.width() * right.toDouble(), bar.height()),
                      theme.colour(wrong ? Token::Err : Token::Ok));
    painter->restore();
}

}  // namespace lathe::widgets::explain
