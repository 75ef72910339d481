#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::widgets::common {
namespace {

constexpr int kEdge = 12, kCell = 8;

/// A model may give the flags or one of them.
Qt::Alignment horizontal(const QVariant& alignment) {
    if (!alignment.isValid()) return Qt::AlignLeft;
    const bool flags = alignment.metaType() == QMetaType::fromType<Qt::Alignment>();
    return (flags ? alignment.value<Qt::Alignment>() : Qt::Alignment(alignment.toInt())) & Qt::AlignHorizontal_Mask;
}

struct RowPainter {
    QPainter& painter;
    const QStyleOptionViewItem& option;
    const QModelIndex& index;
    QRect rest;
    bool selected, live;
    Token quiet;  // t3, which becomes t2 on a selection or under the mouse

    const Theme& theme() const { return Theme::instance(); }
    int middle(int height) const { return option.rect.y() + (option.rect.height() - height) / 2; }
    void take(int width) { rest.setLeft(rest.left() + width); }
    void text(const QRect& where, const QString& value, Token token, Qt::Alignment align) {
        painter.setPen(theme().colour(live ? token : Token::T4));
        painter.drawText(where, int(align | Qt::AlignVCenter) | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(value, Qt::ElideRight, where.width()));
    }
    void ground();
    void check();
    void keyCap();
    void swatch();
    void iconCell();
    void right();
    void main();
};

void RowPainter::ground() {
    const bool over = option.state & QStyle::State_MouseOver, window = option.state & QStyle::State_Active;
    if (selected)
        painter.fillRect(option.rect, theme().colour(window ? Token::Sel : Token::SelOff));
    else if (over && live)
        painter.fillRect(option.rect, theme().colour(theme().dark() ? Token::Raised : Token::Hover));
    const bool keyboard = option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange;
    if (keyboard && !selected) {
        painter.setPen(QPen(theme().colour(Token::Focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
}

void RowPainter::check() {
    const QVariant state = index.data(Qt::CheckStateRole);
    if (!state.isValid()) return;
    QStyleOptionButton box;
    box.rect = QRect(rest.x(), middle(14), 14, 14);
    box.state = live ? QStyle::State_Enabled : QStyle::State_None;
    const auto value = Qt::CheckState(state.toInt());
    box.state |= value == Qt::Checked            ? QStyle::State_On
                 : value == Qt::PartiallyChecked ? QStyle::State_NoChange
                                                 : QStyle::State_Off;
    QApplication::style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter, nullptr);
    take(22);
}

void RowPainter::keyCap() {
    const QString key = index.data(Roles::KeyCap).toString();
    if (key.isEmpty()) return;
    QFont font = theme().font(Type::Caption);
    font.setWeight(QFont::Medium);
    const int width = std::max(18, QFontMetrics(font).horizontalAdvance(key) + 10);
    const QRect cap(rest.x(), middle(16), width, 16);
    drawPlate(painter, cap, 3, Qt::transparent, theme().colour(selected ? Token::Line3 : Token::Line2));
    painter.save();
    painter.setFont(font);
    text(cap, key, Token::T2, Qt::AlignHCenter);
    painter.restore();
    take(width + 8);
}

void RowPainter::swatch() {
    const QVariant value = index.data(Roles::Swatch);
    if (!value.isValid()) return;
    const QColor colour = value.value<QColor>();
    drawPlate(painter, QRect(rest.x(), middle(10), 10, 10), 2, live ? colour : theme().colour(Token::T4), {});
    take(18);
}

void RowPainter::iconCell() {
    const QString name = index.data(Roles::IconName).toString();
    if (name.isEmpty()) return;
    const QVariant token = index.data(Roles::IconToken);
    const Token tint = !live ? Token::T4 : token.isValid() ? Token(token.toInt()) : Token::T2;
    painter.drawPixmap(QPoint(rest.x(), middle(14)), iconPixmap(name, tint, 14, painter.device()->devicePixelRatioF()));
    take(22);
}

void RowPainter::right() {
    const QString value = index.data(Roles::Right).toString();
    if (value.isEmpty()) return;
    const QVariant tone = index.data(Roles::RightTone);
    const int width = painter.fontMetrics().horizontalAdvance(value);
    text(rest, value, tone.isValid() ? toneToken(Tone(tone.toInt())) : quiet, Qt::AlignRight);
    rest.setRight(rest.right() - width - 8);
}

void RowPainter::main() {
    const Qt::Alignment align = horizontal(index.data(Qt::TextAlignmentRole));
    const QVariant colour = index.data(Qt::ForegroundRole);
    const QString value = index.data(Qt::DisplayRole).toString(), sub = index.data(Roles::SubText).toString();
    if (colour.isValid() && live) {
        painter.setPen(colour.value<QColor>());
        painter.drawText(rest, int(align | Qt::AlignVCenter) | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(value, Qt::ElideRight, rest.width()));
    } else {
        text(rest, value, Token::T1, align);
    }
    if (sub.isEmpty()) return;
    take(painter.fontMetrics().horizontalAdvance(value) + 8);
    if (rest.width() > 12) text(rest, sub, quiet, Qt::AlignLeft);
}

bool inTable(const QStyleOptionViewItem& option) {
    return qobject_cast<const QTableView*>(option.widget);
}

}  // namespace

RowDelegate::RowDelegate(QObject* parent) : QStyledItemDelegate(parent) {}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const bool live = index.flags() & Qt::ItemIsEnabled, selected = option.state & QStyle::State_Selected;
    const bool over = option.state & QStyle::State_MouseOver;
    const bool first = index.column() == 0, last = index.column() == index.model()->columnCount(index.parent()) - 1;
    const QRect rest = option.rect.adjusted(first ? kEdge : kCell, 0, -(last ? kEdge : kCell), 0);
    painter->save();
    painter->setFont(index.data(Qt::FontRole).isValid() ? index.data(Qt::FontRole).value<QFont>()
                                                        : Theme::instance().font(Type::Table));
    RowPainter row{*painter, option, index, rest, selected, live, selected || over ? Token::T2 : Token::T3};
    row.ground();
    row.check();
    row.keyCap();
    row.swatch();
    row.iconCell();
    row.right();
    row.main();
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    const int height = m_height ? m_height : inTable(option) ? theme.tableRowHeight() : theme.rowHeight();
    const QFontMetrics metrics(theme.font(Type::Table));
    int width = metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString()) + 2 * kEdge;
    for (int role : {int(Roles::Right), int(Roles::SubText), int(Roles::KeyCap)})
        if (const QString text = index.data(role).toString(); !text.isEmpty()) width += metrics.horizontalAdvance(text) + 18;
    for (int role : {int(Roles::Swatch), int(Roles::IconName), int(Qt::CheckStateRole)})
        if (index.data(role).isValid()) width += 22;
    return {width, height};
}

bool RowDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                              const QModelIndex& index) {
    const QVariant state = index.data(Qt::CheckStateRole);
    if (!state.isValid() || !(index.flags() & Qt::ItemIsUserCheckable))
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    bool toggle = false;
    if (event->type() == QEvent::MouseButtonRelease) {
        const int x = static_cast<QMouseEvent*>(event)->position().toPoint().x() - option.rect.x();
        toggle = x >= 0 && x < kEdge + 22;
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        toggle = key == Qt::Key_Space || key == Qt::Key_Select;
    }
    if (!toggle) return false;
    return model->setData(index, state.toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

}  // namespace lathe::widgets::common
