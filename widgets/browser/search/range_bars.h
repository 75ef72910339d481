// A histogram of a field of numbers in the filters: drag over it to keep a range.
#pragma once
#include "widgets/browser/search/histogram.h"

class QLabel;

namespace lathe::widgets::browser::search {

class RangeBars : public QWidget {
    Q_OBJECT
public:
    explicit RangeBars(QWidget* parent);
    /// `name`: for a screen reader.
    void setField(const data::FieldFacet& facet, const QString& name);
    /// Shows the range that the query's text holds, if it is one of whole bins.
    void setQuery(const QString& query);
Q_SIGNALS:
    /// As FacetPanel::rangeChosen.
    void rangeChosen(const QString& field, const QString& searchTerm);

private:
    [[nodiscard]] QString field() const;
    void brushed();
    void showRange(int hovered = -1);

    data::FieldFacet m_facet;
    QLabel* m_range;
    HistogramBars* m_bars;
};

}  // namespace lathe::widgets::browser::search
