#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "widgets/charts/spark.h"
#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/compare/runs_table.h"

namespace lathe::widgets::compare {
using common::Theme;
using common::Token;
using common::Type;
namespace {

void paintLine(QPainter& painter, const QRect& row, int number) {
    QPen pen(Theme::instance().series(number), 2.5);
    if (auto dash = Theme::seriesDash(number); !dash.isEmpty()) {
        for (auto& length : dash) length /= 2.5;
        pen.setDashPattern(dash);
    }
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    painter.drawLine(row.left(), row.center().y() + 1, row.left() + 16, row.center().y() + 1);
}

/// Line sample or an empty tick, then the A or B cap; returns where the name begins.
int paintRunCell(QPainter& painter, const QRect& row, const QModelIndex& index) {
    const auto& theme = Theme::instance();
    if (index.data(Qt::CheckStateRole).toInt() == Qt::Checked) {
        paintLine(painter, row, index.data(RunsTable::NumberRole).toInt());
    } else {
        painter.setPen(QPen(theme.colour(Token::Line2), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(row.left() + 2.5, row.center().y() - 5.5, 12, 12), 3, 3);
    }
    const QString mark = index.data(RunsTable::MarkRole).toString();
    if (mark.isEmpty()) return row.left() + 28;
    const QRectF cap(row.left() + 28, row.center().y() - 8, 18, 17);
    painter.setPen(QPen(theme.colour(Token::Line3), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(cap, 3, 3);
    painter.setPen(theme.colour(Token::T1));
    painter.drawText(cap, Qt::AlignCenter, mark);
    return row.left() + 54;
}

}  // namespace

void TableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& theme = Theme::instance();
    const bool selected = option.state & QStyle::State_Selected, over = option.state & QStyle::State_MouseOver;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected)
        painter->fillRect(option.rect, theme.colour(option.state & QStyle::State_Active ? Token::Sel : Token::SelOff));
    else if (over)
        painter->fillRect(option.rect, theme.colour(theme.dark() ? Token::Raised : Token::Hover));
    painter->setPen(QPen(theme.colour(Token::Line1), 1));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    QRect row = option.rect.adjusted(index.column() == 0 ? 12 : 8, 0, -8, 0);
    painter->setFont(theme.font(Type::Table));
    const bool first = index.column() == 0;
    if (first) row.setLeft(paintRunCell(*painter, row, index));
    if (const auto values = index.data(RunsTable::SparkRole).value<QVector<float>>(); !values.isEmpty()) {
        charts::paintSpark(*painter, QRectF(row.left(), row.center().y() - 9, std::min(64, row.width()), 18), values,
                           theme.series(index.data(RunsTable::NumberRole).toInt()));
    }
    if (const QString icon = index.data(RunsTable::IconRole).toString(); !icon.isEmpty()) {
        painter->drawPixmap(
            QPoint(row.left(), row.center().y() - 6),
            common::iconPixmap(icon, Token(index.data(RunsTable::ToneRole).toInt()), 14, painter->device()->devicePixelRatioF()));
        row.adjust(20, 0, 0, 0);
    }
    const QVariant tone = index.data(RunsTable::ToneRole);
    const bool bright = first || index.data(RunsTable::DiffersRole).toBool() ||
                        (Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignRight);
    painter->setPen(theme.colour(tone.isValid() ? Token(tone.toInt()) : bright ? Token::T1 : selected ? Token::T2 : Token::T3));
    painter->drawText(row, index.data(Qt::TextAlignmentRole).toInt(),
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, row.width()));
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(theme.colour(Token::Focus), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

bool TableDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
    if (!index.data(Qt::CheckStateRole).isValid()) return false;
    bool toggle = false;
    if (event->type() == QEvent::MouseButtonRelease)
        toggle = static_cast<QMouseEvent*>(event)->position().toPoint().x() - option.rect.x() < 36;
    else if (event->type() == QEvent::KeyPress)
        toggle = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
    if (!toggle) return false;
    return model->setData(index, index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked,
                          Qt::CheckStateRole);
}

}  // namespace lathe::widgets::compare
