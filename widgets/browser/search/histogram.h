// A histogram of a measure in the filters: drag over it to keep a range.
#pragma once
#include <QWidget>
#include <optional>

#include "core/data/facets.h"

class QLabel;

namespace lathe::widgets::browser::search {

/// The bars. Bins are chosen by dragging, or by Left, Right and Shift with them; Escape, Delete or a click on the chosen range lets
/// go.
class HistogramBars : public QWidget {
    Q_OBJECT
public:
    explicit HistogramBars(QWidget* parent = nullptr);
    void setCounts(std::vector<std::int64_t> counts);
    struct Range {
        std::size_t first = 0, last = 0;
        bool operator==(const Range&) const = default;
    };
    void setChosen(std::optional<Range> range);
    [[nodiscard]] std::optional<Range> chosen() const { return m_chosen; }
    [[nodiscard]] QSize sizeHint() const override { return {200, 36}; }
Q_SIGNALS:
    void brushed();         ///< by the user; chosen() says what
    void hovered(int bin);  ///< -1: none

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] std::size_t binAt(double x) const;
    void step(int by, bool extend);

    std::vector<std::int64_t> m_counts;
    std::optional<Range> m_chosen, m_before;
    std::size_t m_anchor = 0;
    bool m_pressed = false, m_moved = false;
};

/// Its name, the range at hand and the bars.
class MeasureFilter : public QWidget {
    Q_OBJECT
public:
    explicit MeasureFilter(data::Measure measure, QWidget* parent = nullptr);
    [[nodiscard]] data::Measure measure() const { return m_histogram.of; }
    void setHistogram(const data::Histogram& histogram);
    /// Shows the range that the query's text holds, if it is one of whole bins.
    void setQuery(const QString& query);
    void retranslate();
Q_SIGNALS:
    /// The range's search term; empty: any value.
    void rangeChosen(const QString& field, const QString& searchTerm);

private:
    void showRange(int hovered = -1);

    data::Histogram m_histogram;
    QLabel *m_name, *m_range;
    HistogramBars* m_bars;
};

}  // namespace lathe::widgets::browser::search
