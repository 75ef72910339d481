// The validation images that are shown, as rows of an icon view: drawn ready by a worker, with a mark of right and wrong.
#pragma once
#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include "widgets/train/validation_item.h"

namespace lathe::widgets::train {

class ValidationModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { WordsRole = Qt::UserRole + 1, KnownRole, RightRole };
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// Rows stay where their pictures are the same ones.
    void setItems(std::vector<ValidationItem> items, ValidationClasses classes);
    void setDrawn(std::vector<QImage> drawn);  ///< of all items, in their order
    void setWrongOnly(bool on);
    [[nodiscard]] const std::vector<ValidationItem>& items() const { return m_items; }
    [[nodiscard]] const ValidationClasses& classes() const { return m_classes; }
    [[nodiscard]] const ValidationItem& item(int row) const { return m_items[m_shown[std::size_t(row)]]; }
    [[nodiscard]] int wrong() const;  ///< how many

private:
    [[nodiscard]] std::vector<std::size_t> wanted() const;
    void show(std::vector<std::size_t> shown);
    std::vector<ValidationItem> m_items;
    std::vector<QImage> m_drawn;
    std::vector<std::size_t> m_shown;
    ValidationClasses m_classes;
    bool m_wrongOnly = false;
};

/// A picture over its words.
class ValidationDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int kWords = 24, kPad = 6;  ///< px below a picture and about it
    using QStyledItemDelegate::QStyledItemDelegate;
    void setCell(const QSize& cell) { m_cell = cell; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return m_cell; }

private:
    QSize m_cell{200, 180};
};

}  // namespace lathe::widgets::train
