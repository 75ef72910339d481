// How a row of the list of images is painted: a small picture, classes with their colours, words.
#pragma once
#include "widgets/common/parts.h"

namespace lathe::widgets::browser::tiles {

class ImageListDelegate : public common::RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintPicture(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintClasses(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
};

}  // namespace lathe::widgets::browser::tiles
