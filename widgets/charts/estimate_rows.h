// Figures with their intervals on a common scale, a row each, a mark a run: what is known of a class, and how well.
#pragma once
#include <optional>
#include <vector>

#include "widgets/charts/chart.h"

namespace lathe::widgets::charts {

class EstimateRows : public Chart {
    Q_OBJECT
public:
    struct Mark {
        int number = 0;                                       ///< the theme's series
        std::optional<double> value;                          ///< 0…1; none: undefined
        std::optional<std::pair<double, double>> interval{};  ///< 95 %
        QString text{};                                       ///< as read at the right
    };
    struct Row {
        QString name, count;
        std::vector<Mark> marks;
        bool strong = false;  ///< the whole, in bold
    };
    explicit EstimateRows(const QString& name, QWidget* parent = nullptr);
    void setRows(std::vector<Row> rows);
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] QString state() const override;
    [[nodiscard]] QRect rowRect(int row) const;
    [[nodiscard]] QSize sizeHint() const override { return {520, heightOf() + 4}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, heightOf()}; }
Q_SIGNALS:
    void activated(int row);       ///< clicked, or Enter
    void moved(const QRect& row);  ///< by a key: what should be in sight

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int heightOf() const;
    [[nodiscard]] int rowAt(int y) const;
    [[nodiscard]] QRectF axisRect() const;
    void paintAxis(QPainter& painter) const;
    void paintRow(QPainter& painter, int row) const;
    void paintMark(QPainter& painter, const Mark& mark, double y, bool strong) const;
    std::vector<Row> m_rows;
    double m_low = 0;  ///< the scale's left end
    int m_marks = 1, m_textWidth = 60, m_hovered = -1, m_current = 0;
};

}  // namespace lathe::widgets::charts
