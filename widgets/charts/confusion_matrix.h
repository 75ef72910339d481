// Truth against prediction: rows truth, columns predicted, one blue by share of the row. A click gives the cell.
#pragma once
#include <vector>

#include "widgets/charts/chart.h"

namespace lathe::widgets::charts {

class ConfusionMatrix : public Chart {
    Q_OBJECT
public:
    explicit ConfusionMatrix(const QString& name, QWidget* parent = nullptr);
    /// counts[truth][predicted].
    void setCounts(QStringList classes, std::vector<std::vector<double>> counts);
    /// b minus a: better cells blue (more on the diagonal, less off it), worse ones rust.
    void setDifference(QStringList classes, const std::vector<std::vector<double>>& a, const std::vector<std::vector<double>>& b);
    [[nodiscard]] QString state() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {140, 140}; }
Q_SIGNALS:
    void cellActivated(int truth, int predicted);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRectF cell(int truth, int predicted) const;
    [[nodiscard]] std::pair<int, int> cellAt(const QPointF& at) const;
    [[nodiscard]] QColor fill(int truth, int predicted) const;
    [[nodiscard]] QString cellText(int truth, int predicted) const;
    void paintCell(QPainter& painter, int truth, int predicted) const;
    void paintNames(QPainter& painter) const;
    QStringList m_classes;
    std::vector<std::vector<double>> m_counts;
    bool m_difference = false;
    double m_most = 1;
    int m_truth = 0, m_predicted = 0;
};

}  // namespace lathe::widgets::charts
