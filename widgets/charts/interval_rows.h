// Differences with their intervals, a row each, around a line at zero: what a verdict rests on.
#pragma once
#include <optional>
#include <vector>

#include "widgets/charts/chart.h"

namespace lathe::widgets::charts {

class IntervalRows : public Chart {
    Q_OBJECT
public:
    struct Row {
        QString name;
        int count = 0;  ///< samples it rests on
        double difference = 0;
        std::optional<std::pair<double, double>> interval;  ///< none: a count, not an estimate
        QString text;                                       ///< as read at the right
        bool strong = false;                                ///< the whole, in bold
    };
    explicit IntervalRows(const QString& name, QWidget* parent = nullptr);
    void setRows(std::vector<Row> rows);
    [[nodiscard]] QString state() const override;
    [[nodiscard]] QSize sizeHint() const override { return {420, int(m_rows.size()) * 25 + 30}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {260, 60}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintAxis(QPainter& painter, const QRectF& axis, double extent) const;
    void paintRow(QPainter& painter, const Row& row, int top, const QRectF& axis, double extent) const;
    std::vector<Row> m_rows;
};

}  // namespace lathe::widgets::charts
