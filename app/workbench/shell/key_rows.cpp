#include "app/workbench/shell/key_rows.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

#include "widgets/common/key_map.h"
#include "widgets/common/parts.h"
#include "widgets/common/style.h"

namespace lathe::shell {
using namespace widgets::common;

namespace {

bool isModifier(int key) {
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta || key == Qt::Key_AltGr ||
           key == Qt::Key_unknown || key == 0;
}

QKeySequence sequenceOf(const QKeyEvent& event) {
    const int key = event.key() == Qt::Key_Backtab ? int(Qt::Key_Tab) : event.key();
    return QKeySequence(QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, Qt::Key(key)));
}

}  // namespace

QString keysText(const QList<QKeySequence>& keys) {
    QStringList all;
    for (const QKeySequence& key : keys) all << keyLabel(key);
    return all.join(QStringLiteral(", "));
}

void KeyRows::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void KeyRows::add(const QString& where, const QList<QAction*>& actions) {
    std::vector<Row> rows;
    for (QAction* action : actions)
        if (!action->objectName().isEmpty() && !action->isSeparator()) rows.push_back({action, where});
    if (rows.empty()) return;
    beginInsertRows({}, rowCount(), rowCount() + int(rows.size()) - 1);
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    endInsertRows();
}

QString KeyRows::whereOf(const QAction* action) const {
    for (const Row& row : m_rows)
        if (row.action == action) return row.where;
    return {};
}

QAction* KeyRows::holder(const QAction& action, const QKeySequence& key) const {
    for (const Row& row : m_rows)
        if (row.action && clash(action, key, *row.action)) return row.action;
    return nullptr;
}

void KeyRows::refresh() {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

int KeyRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int KeyRows::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(Columns);
}

QVariant KeyRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = m_rows[std::size_t(index.row())];
    if (!row.action) return {};
    const bool changed = KeyMap::instance().isChanged(row.action->objectName());
    if (role == Qt::AccessibleDescriptionRole && changed) return tr("changed");
    if (role == Qt::UserRole) return QString(row.action->iconText() + u' ' + row.where + u' ' + keysText(row.action->shortcuts()));
    if (role == Qt::FontRole && index.column() == Keys && changed) {
        QFont bold = Theme::instance().font(Type::Table);
        bold.setWeight(QFont::DemiBold);
        return bold;
    }
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case Name: return row.action->iconText();
        case Where: return row.where;
        default: return keysText(row.action->shortcuts());
    }
}

QVariant KeyRows::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Name ? tr("Action") : section == Where ? tr("Where") : tr("Keys");
}

Qt::ItemFlags KeyRows::flags(const QModelIndex& index) const {
    const auto flags = QAbstractTableModel::flags(index);
    return index.column() == Keys ? flags | Qt::ItemIsEditable : flags;
}

QWidget* KeyDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const {
    auto* field = new QLineEdit(parent);
    field->setReadOnly(true);
    field->setAccessibleName(tr("New keys of %1").arg(index.siblingAtColumn(KeyRows::Name).data().toString()));
    field->setProperty("row", index.row());
    return field;
}

void KeyDelegate::setEditorData(QWidget* editor, const QModelIndex&) const {
    static_cast<QLineEdit*>(editor)->setText(tr("Press the keys, Esc leaves"));
}

void KeyDelegate::setModelData(QWidget*, QAbstractItemModel*, const QModelIndex&) const {}

// Every press but Esc is the new key; nothing of it reaches the window.
bool KeyDelegate::eventFilter(QObject* editor, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (event->type() != QEvent::KeyPress) return QStyledItemDelegate::eventFilter(editor, event);
    const auto& key = *static_cast<QKeyEvent*>(event);
    if (isModifier(key.key())) return true;
    auto* field = static_cast<QWidget*>(editor);
    const int row = field->property("row").toInt();
    Q_EMIT closeEditor(field, QAbstractItemDelegate::RevertModelCache);
    if (key.key() != Qt::Key_Escape || key.modifiers()) Q_EMIT pressed(row, sequenceOf(key));
    return true;
}

void KeyDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = Theme::instance();
    const bool on = option.state & QStyle::State_Selected, over = option.state & QStyle::State_MouseOver;
    painter->save();
    if (on || over) painter->fillRect(option.rect, theme.colour(on ? Token::Sel : Token::Hover));
    const QVariant font = index.data(Qt::FontRole);
    painter->setFont(font.isValid() ? font.value<QFont>() : theme.font(Type::Table));
    const Token quiet = on ? Token::T2 : Token::T3;
    painter->setPen(theme.colour(index.column() == KeyRows::Where ? quiet : Token::T1));
    const QRect inside = option.rect.adjusted(8, 0, -8, 0);
    painter->drawText(inside, Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, inside.width()));
    painter->restore();
}

QSize KeyDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {100, Theme::instance().tableRowHeight()};
}

}  // namespace lathe::shell
