// Figures by class: a row each with swatch, name, bar, a mark where the compared run stands, and the value. Only visible rows
// paint.
#pragma once
#include <QColor>
#include <optional>
#include <vector>

#include "widgets/charts/chart.h"

namespace lathe::widgets::charts {

class BarRows : public Chart {
    Q_OBJECT
public:
    struct Row {
        QString name;
        QColor colour;
        double value = 0;             ///< 0…1 of the bar
        std::optional<double> mark;   ///< the compared run's value
        QString text;                 ///< as read at the right
        std::vector<double> parts{};  ///< thin bars in the theme's series colours instead of one by `value`
        QString tip{};                ///< instead of name and text
    };
    explicit BarRows(const QString& name, QWidget* parent = nullptr);
    void setRows(std::vector<Row> rows);
    /// The bar's range; what figures lie in 0.9…1 is told apart by a range that starts above 0 (the state says so).
    void setRange(double low, double high);
    void setMostColumns(int columns);  ///< 2 unless told
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] QString state() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {180, 60}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
Q_SIGNALS:
    void moved(const QRect& row);           ///< by a key: what should be in sight
    void activated(int row);                ///< clicked, or Enter
    void partActivated(int row, int part);  ///< a thin bar was clicked; activated() isn't sent then

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] int columns(int width) const;
    [[nodiscard]] QRect rowRect(int row) const;
    [[nodiscard]] int rowAt(const QPoint& at) const;
    [[nodiscard]] QRect barRect(const QRect& row) const;
    /// Of a place in a row with thin bars, -1: none.
    [[nodiscard]] int partAt(int row, const QPoint& at) const;
    void paintRow(QPainter& painter, int row, const QRect& rect) const;
    void paintBar(QPainter& painter, const Row& row, const QRectF& bar) const;
    std::vector<Row> m_rows;
    int m_valueWidth = 44, m_mostColumns = 2;
    double m_low = 0, m_high = 1;
    int m_hovered = -1, m_current = 0;
};

}  // namespace lathe::widgets::charts
