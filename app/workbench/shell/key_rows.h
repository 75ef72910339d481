// The rows of the key editor: every action with its keys.
#pragma once
#include <QAbstractTableModel>
#include <QAction>
#include <QPointer>
#include <QStyledItemDelegate>

namespace lathe::shell {

class KeyRows : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Where, Keys, Columns };
    using QAbstractTableModel::QAbstractTableModel;
    void clear();
    void add(const QString& where, const QList<QAction*>& actions);
    [[nodiscard]] QAction* at(int row) const { return m_rows[std::size_t(row)].action; }
    [[nodiscard]] QString whereOf(const QAction* action) const;
    /// The first that has the key where the action would have it too; nullptr: the key is free.
    [[nodiscard]] QAction* holder(const QAction& action, const QKeySequence& key) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

public Q_SLOTS:
    void refresh();

private:
    struct Row {
        QPointer<QAction> action;
        QString where;
    };
    std::vector<Row> m_rows;
};

/// In the column of the keys the field that waits for a press; elsewhere nothing can be edited.
class KeyDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

Q_SIGNALS:
    void pressed(int row, const QKeySequence& key) const;

protected:
    bool eventFilter(QObject* editor, QEvent* event) override;
};

/// "Ctrl Z, Ctrl Y".
[[nodiscard]] QString keysText(const QList<QKeySequence>& keys);

}  // namespace lathe::shell
