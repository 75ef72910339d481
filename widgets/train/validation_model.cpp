#include "widgets/train/validation_model.h"

#include <QPainter>
#include <algorithm>

#include "widgets/common/icons.h"
#include "widgets/common/style.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::train {
using common::Theme;
using common::Token;
using common::Type;

int ValidationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant ValidationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const std::size_t at = m_shown[std::size_t(index.row())];
    const ValidationItem& one = m_items[at];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole: return one.still->name;
        case WordsRole: return validationWords(one, m_classes);
        case KnownRole: return one.said.has_value();
        case RightRole: return one.said && one.said->right;
        case Qt::DecorationRole: return at < m_drawn.size() ? QVariant(m_drawn[at]) : QVariant();
        case Qt::AccessibleTextRole: {
            QStringList words{one.still->name, validationWords(one, m_classes)};
            if (one.said) words << (one.said->right ? tr("right") : tr("wrong"));
            return words.join(QStringLiteral(", "));
        }
        default: return {};
    }
}

std::vector<std::size_t> ValidationModel::wanted() const {
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < m_items.size(); ++i)
        if (!m_wrongOnly || (m_items[i].said && !m_items[i].said->right)) shown.push_back(i);
    return shown;
}

void ValidationModel::show(std::vector<std::size_t> shown) {
    if (shown == m_shown) {
        if (!m_shown.empty()) Q_EMIT dataChanged(index(0), index(int(m_shown.size()) - 1));
        return;
    }
    beginResetModel();
    m_shown = std::move(shown);
    endResetModel();
}

void ValidationModel::setItems(std::vector<ValidationItem> items, ValidationClasses classes) {
    const bool same = std::equal(items.begin(), items.end(), m_items.begin(), m_items.end(),
                                 [](const auto& a, const auto& b) { return a.still == b.still; });
    if (!same) {
        beginResetModel();
        m_items.clear(), m_drawn.clear(), m_shown.clear();
        endResetModel();
    }
    m_items = std::move(items);
    m_classes = std::move(classes);
    show(wanted());
}

void ValidationModel::setDrawn(std::vector<QImage> drawn) {
    m_drawn = std::move(drawn);
    if (!m_shown.empty()) Q_EMIT dataChanged(index(0), index(int(m_shown.size()) - 1), {Qt::DecorationRole});
}

void ValidationModel::setWrongOnly(bool on) {
    m_wrongOnly = on;
    show(wanted());
}

int ValidationModel::wrong() const {
    return int(std::count_if(m_items.begin(), m_items.end(), [](const auto& one) { return one.said && !one.said->right; }));
}

void ValidationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& theme = Theme::instance();
    const bool selected = option.state & QStyle::State_Selected, over = option.state & QStyle::State_MouseOver;
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRect cell = option.rect.adjusted(2, 2, -2, -2);
    if (selected || over)
        common::drawPlate(*painter, cell, 4, theme.colour(selected ? Token::Sel : theme.dark() ? Token::Raised : Token::Hover), {});
    const QRect inner = cell.adjusted(kPad - 2, kPad - 2, 2 - kPad, 2 - kPad - kWords);
    const QImage picture = index.data(Qt::DecorationRole).value<QImage>();
    const QSizeF size = (picture.isNull() ? QSizeF(4, 3) : QSizeF(picture.size())).scaled(inner.size(), Qt::KeepAspectRatio);
    const QRectF place(inner.x() + (inner.width() - size.width()) / 2, inner.y() + (inner.height() - size.height()) / 2,
                       size.width(), size.height());
    if (picture.isNull())
        painter->fillRect(place, theme.colour(Token::Well));
    else
        painter->drawImage(place, picture);
    QRect line(inner.left(), inner.bottom() + 2, inner.width(), kWords);
    if (index.data(ValidationModel::KnownRole).toBool()) {
        const bool right = index.data(ValidationModel::RightRole).toBool();
        painter->drawPixmap(QPoint(line.left(), line.center().y() - 6),
                            common::iconPixmap(right ? QStringLiteral("ok") : QStringLiteral("error"),
                                               right ? Token::Ok : Token::Err, 14, painter->device()->devicePixelRatioF()));
        line.setLeft(line.left() + 20);
    }
    painter->setFont(theme.font(Type::Table));
    painter->setPen(theme.colour(selected ? Token::T1 : Token::T2));
    painter->drawText(
        line, Qt::AlignVCenter | Qt::AlignLeft,
        painter->fontMetrics().elidedText(index.data(ValidationModel::WordsRole).toString(), Qt::ElideRight, line.width()));
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        common::drawFocusRing(*painter, QRectF(cell).adjusted(1, 1, -1, -1), 4);
    painter->restore();
}

}  // namespace lathe::widgets::train
