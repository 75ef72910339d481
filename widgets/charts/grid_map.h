// A grid of cells shaded by value, one blue by lightness: what comes together, what sits where. A click gives the cell.
#pragma once
#include <functional>
#include <vector>

#include "widgets/charts/chart.h"

namespace lathe::widgets::charts {

class GridMap : public Chart {
    Q_OBJECT
public:
    struct Grid {
        int rows = 0, columns = 0;
        std::vector<double> values;         ///< row * columns + column; shade is the root of its share of the largest
        QStringList rowNames, columnNames;  ///< none: not shown
        bool numbers = false;               ///< the value in the cell where there is room
        double aspect = 0;                  ///< width over height of the whole; 0: cells are square
        bool stretched = false;             ///< takes all the room instead
        std::function<double(int row, int column)> share;  ///< 0…1 instead of value / largest
    };
    explicit GridMap(const QString& name, QWidget* parent = nullptr);
    void setGrid(Grid grid);
    /// A cell in words ("RBC with WBC: 12 images"): tool tip and state.
    void setWords(std::function<QString(int row, int column)> words) { m_words = std::move(words); }
    void setEmptyText(const QString& text);
    [[nodiscard]] const Grid& grid() const { return m_grid; }
    [[nodiscard]] QString state() const override;
    [[nodiscard]] QRectF cellRect(int row, int column) const;
    [[nodiscard]] QSize sizeHint() const override { return {320, 240}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 120}; }
Q_SIGNALS:
    void activated(int row, int column);  ///< clicked, or Enter

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRectF gridRect() const;
    [[nodiscard]] QRectF gridUnder(int heads) const;
    [[nodiscard]] std::pair<int, int> cellAt(const QPointF& at) const;
    [[nodiscard]] double shadeOf(int row, int column) const;
    [[nodiscard]] bool namesUpright() const;
    void paintCell(QPainter& painter, int row, int column) const;
    void paintNames(QPainter& painter) const;
    void paintColumnNames(QPainter& painter, double side) const;
    Grid m_grid;
    std::function<QString(int, int)> m_words;
    QString m_empty;
    double m_most = 1;
    std::pair<int, int> m_current{0, 0}, m_hovered{-1, -1};
};

}  // namespace lathe::widgets::charts
