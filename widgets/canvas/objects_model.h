// The rows of the objects list: ids and their order, nothing else; what a row shows is read from the document.
#pragma once
#include <QAbstractListModel>
#include <unordered_map>

#include "widgets/canvas/document.h"
#include "widgets/canvas/objects_filter.h"

namespace lathe::widgets::canvas {

class View;

enum class ObjectSort { Order, Number, Class, Size, Confidence };  ///< Order: as drawn, the highest first

class ObjectModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { FlagsRole = Qt::UserRole + 1, NumberRole, TagsRole, SizeRole };
    ObjectModel(Document& document, const View& view, QObject* parent);
    void setFilter(const ObjectFilter& filter);
    [[nodiscard]] const ObjectFilter& filter() const { return m_filter; }
    void setSort(ObjectSort sort);
    [[nodiscard]] ObjectSort sort() const { return m_sort; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] AnnotationId idAt(int row) const { return m_rows[std::size_t(row)]; }
    [[nodiscard]] int rowOf(AnnotationId id) const;  ///< -1: not shown
    [[nodiscard]] const std::vector<AnnotationId>& ids() const { return m_rows; }
    [[nodiscard]] const Document& document() const { return m_document; }
    /// Rows come and go right now: what views say of their selection means nothing.
    [[nodiscard]] bool changing() const { return m_changing; }

private:
    void refresh();
    [[nodiscard]] std::vector<AnnotationId> wanted() const;
    [[nodiscard]] bool plain() const { return m_sort == ObjectSort::Order && m_filter.empty(); }
    [[nodiscard]] bool unchanged() const;
    void order(std::vector<AnnotationId>& ids) const;
    void take(std::vector<AnnotationId> rows);
    [[nodiscard]] ObjectMatcher::Names classNames() const;
    [[nodiscard]] QString description(const annot::Annotation& annotation) const;

    Document& m_document;
    const View& m_view;
    ObjectFilter m_filter;
    ObjectSort m_sort = ObjectSort::Order;
    std::vector<AnnotationId> m_rows;
    bool m_changing = false;
    mutable std::unordered_map<std::int64_t, int> m_rowOf;  ///< made when it is asked for
};

/// "box", "polygon" … : the icon of a shape's kind.
[[nodiscard]] QString kindIcon(const annot::Shape& shape);
/// "180 × 189", "whole image", "12 points".
[[nodiscard]] QString sizeOf(const annot::Shape& shape);

}  // namespace lathe::widgets::canvas
