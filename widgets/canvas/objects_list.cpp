#include "widgets/canvas/objects_list.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include "widgets/common/icons.h"
#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::widgets::canvas {

using common::Roles;
using common::Theme;
using common::Token;

namespace {

constexpr int kRow = 24, kEdge = 12, kIcon = 16, kSmall = 14, kName = 46;

QFont rowFont() {
    return Theme::instance().font(common::Type::Table);
}

int numberLeft(const QModelIndex& index) {
    return kName + QFontMetrics(rowFont()).horizontalAdvance(index.data(Qt::DisplayRole).toString()) + 8;
}

int lockLeft(const QModelIndex& index) {
    return numberLeft(index) + QFontMetrics(rowFont()).horizontalAdvance(index.data(ObjectModel::NumberRole).toString()) + 6;
}

struct RowPainter {
    QPainter& painter;
    QRect row;
    const QModelIndex& index;
    bool live;  ///< selected or under the mouse
    int right;  ///< where the size begins

    const Theme& theme() const { return Theme::instance(); }
    void icon(int x, const QString& name, int size, Token token) {
        painter.drawPixmap(QPoint(row.x() + x, row.center().y() - size / 2 + 1),
                           common::iconPixmap(name, token, size, painter.device()->devicePixelRatioF()));
    }
    int text(int x, int to, const QString& words, Token token, int align = Qt::AlignLeft) {
        const QRect where(row.x() + x, row.y(), std::max(0, to - x), row.height());
        painter.setPen(theme().colour(token));
        painter.drawText(where, align | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(words, Qt::ElideRight, where.width()));
        return painter.fontMetrics().horizontalAdvance(words);
    }
    void size(int to) {
        const QString words = index.data(ObjectModel::SizeRole).toString();
        right = to - painter.fontMetrics().horizontalAdvance(words) - 8;
        text(right, to, words, live ? Token::T2 : Token::T3, Qt::AlignRight);
    }
    void head() {
        icon(kEdge - 1, index.data(Roles::IconName).toString(), kSmall, Token::T3);
        common::drawPlate(painter, QRect(row.x() + 30, row.center().y() - 4, 10, 10), 2, index.data(Roles::Swatch).value<QColor>(),
                          {});
        text(kName, right, index.data(Qt::DisplayRole).toString(), Token::T1);
        if (const int x = numberLeft(index); x < right)
            text(x, right, index.data(ObjectModel::NumberRole).toString(), live ? Token::T2 : Token::T3);
    }
    void tags(int x) {
        QFont small = theme().font(common::Type::Caption);
        painter.setFont(small);
        for (const QString& tag : index.data(ObjectModel::TagsRole).toStringList()) {
            const int width = painter.fontMetrics().horizontalAdvance(tag) + 12;
            if (x + width > right) break;
            const QRect plate(row.x() + x, row.center().y() - 8, width, 18);
            common::drawPlate(painter, plate, 3, theme().colour(Token::Chip), {});
            painter.setPen(theme().colour(Token::T2));
            painter.drawText(plate, Qt::AlignCenter, tag);
            x += width + 4;
        }
        painter.setFont(rowFont());
    }
};

}  // namespace

ObjectDelegate::ObjectDelegate(const ObjectModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}

QRect ObjectDelegate::eyeRect(const QRect& row) const {
    return {row.right() - 8 - kIcon, row.center().y() - kIcon / 2 + 1, kIcon, kIcon};
}

QRect ObjectDelegate::lockRect(const QRect& row, const QModelIndex& index) const {
    return {row.x() + lockLeft(index), row.center().y() - kIcon / 2 + 1, kIcon, kIcon};
}

std::uint32_t ObjectDelegate::flagAt(const QRect& row, const QModelIndex& index, QPoint at) const {
    if (eyeRect(row).adjusted(-4, -4, 8, 4).contains(at)) return annot::Hidden;
    return lockRect(row, index).adjusted(-2, -4, 2, 4).contains(at) ? std::uint32_t(annot::Locked) : 0;
}

void ObjectDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const bool selected = m_model.document().isSelected(m_model.idAt(index.row()));
    const bool over = option.state & QStyle::State_MouseOver, active = option.state & QStyle::State_Active;
    const auto flags = index.data(ObjectModel::FlagsRole).toUInt();
    const Theme& theme = Theme::instance();
    painter->save();
    painter->setFont(rowFont());
    if (selected)
        painter->fillRect(option.rect, theme.colour(active ? Token::Sel : Token::SelOff));
    else if (over)
        painter->fillRect(option.rect, theme.colour(theme.dark() ? Token::Raised : Token::Hover));
    if (flags & annot::Hidden) painter->setOpacity(0.6);
    RowPainter row{*painter, option.rect, index, selected || over, 0};
    row.size(eyeRect(option.rect).left() - 8 - option.rect.x());
    row.head();
    const bool lock = over || (flags & annot::Locked);
    const int after = lockLeft(index);
    if (lock && after + kIcon < row.right)
        row.icon(after, (flags & annot::Locked) ? QStringLiteral("lock") : QStringLiteral("unlock"), kSmall, Token::T3);
    row.tags(after + (lock ? kIcon + 6 : 4));
    painter->setOpacity(1);
    if (over || selected || (flags & annot::Hidden))
        row.icon(eyeRect(option.rect).x() - option.rect.x(),
                 (flags & annot::Hidden) ? QStringLiteral("eyeoff") : QStringLiteral("eye"), kIcon, Token::T2);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        common::drawFocusRing(*painter, QRectF(option.rect).adjusted(2, 1, -2, -1), 3);
    painter->restore();
}

QSize ObjectDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {100, kRow};
}

ObjectList::ObjectList(ObjectModel& model, QWidget* parent)
    : QListView(parent), m_model(model), m_delegate(new ObjectDelegate(model, this)) {
    setModel(&model);
    setItemDelegate(m_delegate);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::TabFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

// Keys that mean something to the list here, even where an action of the mode has them too.
bool ObjectList::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        const bool arrow = key.key() == Qt::Key_Up || key.key() == Qt::Key_Down;
        if ((key.modifiers() == Qt::AltModifier && arrow) || (key.key() == Qt::Key_Escape && m_gap >= 0)) {
            event->accept();
            return true;
        }
    }
    return QListView::event(event);
}

// The eye and the lock of a row are buttons: they change nothing of the selection.
bool ObjectList::takeFlag(const QMouseEvent& event) {
    const QPoint at = event.position().toPoint();
    const QModelIndex index = indexAt(at);
    const std::uint32_t flag = index.isValid() ? m_delegate->flagAt(visualRect(index), index, at) : 0;
    if (!flag || event.button() != Qt::LeftButton) return false;
    m_onFlag = true;
    Q_EMIT toggled(m_model.idAt(index.row()), flag);
    return true;
}

void ObjectList::mousePressEvent(QMouseEvent* event) {
    m_onFlag = m_mayDrag = false;
    if (takeFlag(*event)) return;
    m_pressed = event->position().toPoint();
    m_mayDrag = event->button() == Qt::LeftButton && m_model.sort() == ObjectSort::Order && indexAt(m_pressed).isValid() &&
                !(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier));
    const QModelIndex index = indexAt(m_pressed);
    const bool several = m_mayDrag && selectionModel()->isSelected(index) && selectionModel()->selectedIndexes().size() > 1;
    if (!several) QListView::mousePressEvent(event);
}

int ObjectList::gapAt(QPoint at) const {
    const QModelIndex index = indexAt(QPoint(4, std::clamp(at.y(), 0, viewport()->height() - 1)));
    if (!index.isValid()) return m_model.rowCount();
    return index.row() + (at.y() > visualRect(index).center().y() ? 1 : 0);
}

void ObjectList::mouseMoveEvent(QMouseEvent* event) {
    if (m_onFlag) return;
    const QPoint at = event->position().toPoint();
    const bool far = (at - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (!(event->buttons() & Qt::LeftButton) || !m_mayDrag || (m_gap < 0 && !far)) {
        if (!(event->buttons() & Qt::LeftButton)) QListView::mouseMoveEvent(event);
        return;
    }
    m_gap = gapAt(at);
    if (at.y() < kRow / 2) verticalScrollBar()->triggerAction(QScrollBar::SliderSingleStepSub);
    if (at.y() > viewport()->height() - kRow / 2) verticalScrollBar()->triggerAction(QScrollBar::SliderSingleStepAdd);
    viewport()->update();
}

void ObjectList::mouseReleaseEvent(QMouseEvent* event) {
    if (std::exchange(m_onFlag, false)) return;
    const int gap = std::exchange(m_gap, -1);
    viewport()->update();
    if (gap >= 0) {
        Q_EMIT moved(gap);
    } else if (m_mayDrag && selectionModel()->selectedIndexes().size() > 1) {
        QMouseEvent press(QEvent::MouseButtonPress, m_pressed, event->globalPosition(), Qt::LeftButton, Qt::LeftButton, {});
        QListView::mousePressEvent(&press);  // it was no drag of several: the row alone
    }
    m_mayDrag = false;
    QListView::mouseReleaseEvent(event);
}

void ObjectList::mouseDoubleClickEvent(QMouseEvent* event) {
    if (takeFlag(*event)) return;
    if (const QModelIndex index = indexAt(event->position().toPoint()); index.isValid()) Q_EMIT zoomAsked(index);
}

void ObjectList::moveBy(int rows) {
    const auto chosen = selectionModel()->selectedIndexes();
    if (chosen.isEmpty() || m_model.sort() != ObjectSort::Order) return;
    int low = m_model.rowCount(), high = 0;
    for (const QModelIndex& i : chosen) low = std::min(low, i.row()), high = std::max(high, i.row());
    const int gap = rows < 0 ? low - 1 : high + 2;
    if (gap >= 0 && gap <= m_model.rowCount()) Q_EMIT moved(gap);
}

void ObjectList::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_gap >= 0) {
        m_gap = -1;
        m_mayDrag = false;
        return viewport()->update();
    }
    if (event->modifiers() & Qt::AltModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down))
        return moveBy(event->key() == Qt::Key_Up ? -1 : 1);
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        return Q_EMIT zoomAsked(currentIndex());
    QListView::keyPressEvent(event);
}

void ObjectList::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (m_gap < 0) return;
    const bool below = m_gap >= m_model.rowCount();
    const QRect row = visualRect(m_model.index(below ? m_model.rowCount() - 1 : m_gap));
    QPainter painter(viewport());
    painter.fillRect(QRect(4, (below ? row.bottom() : row.top()) - 1, viewport()->width() - 8, 2),
                     Theme::instance().colour(Token::Focus));
}

void ObjectList::leaveEvent(QEvent* event) {
    QListView::leaveEvent(event);
    Q_EMIT entered({});
}

}  // namespace lathe::widgets::canvas
