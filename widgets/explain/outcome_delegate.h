// A row of the list: thumbnail, name, answer, confidence as number and bar (red where the answer is wrong).
#pragma once
#include <QStyledItemDelegate>

namespace lathe::widgets::explain {

class OutcomeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {220, 58}; }
};

}  // namespace lathe::widgets::explain
