// The shapes of the image as a list, highest first: kind, class, size, hide and lock; selection goes both ways.
#pragma once
#include <QAbstractListModel>
#include <QListView>

#include "widgets/canvas/document.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

class View;

/// Keeps no rows of its own: what is asked for is read from the document.
class ObjectModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { FlagsRole = Qt::UserRole + 1 };
    ObjectModel(Document& document, const View& view, QObject* parent);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] AnnotationId idAt(int row) const;
    [[nodiscard]] int rowOf(AnnotationId id) const;

private:
    void refresh();
    [[nodiscard]] const annot::Annotation& at(int row) const;
    Document& m_document;
    const View& m_view;
    std::vector<AnnotationId> m_ids;  ///< as the views know them
};

class ObjectsPanel : public common::Panel {
    Q_OBJECT
public:
    ObjectsPanel(Document& document, View& view, QWidget* parent = nullptr);
    void retranslate();

private:
    void showSelection();
    void takeSelection();
    void toggle(const QModelIndex& index, annot::Flag flag);
    Document& m_document;
    View& m_view;
    ObjectModel* m_model;
    QListView* m_list;
    bool m_syncing = false;
};

/// "box", "polygon" … : the icon of a shape's kind.
[[nodiscard]] QString kindIcon(const annot::Shape& shape);

}  // namespace lathe::widgets::canvas
