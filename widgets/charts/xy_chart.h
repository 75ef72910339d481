// Lines through points of the unit square: ROC, precision against recall, reliability. One cursor over all of them; a point can be
// asked for what is behind it.
#pragma once
#include <QPointF>
#include <QVector>
#include <memory>
#include <vector>

#include "widgets/charts/chart.h"

namespace lathe::widgets::charts {

class XyChart : public Chart {
    Q_OBJECT
public:
    struct Series {
        QString name;             ///< "A base"
        QString figure;           ///< in the key behind it: "AUC 0.983"
        int number = 0;           ///< colour and dash of the theme's series
        QVector<QPointF> points;  ///< x never falls; NaN breaks the line
        QStringList words{};      ///< one a point, for tool tip and screen reader; none: its coordinates
    };
    enum class Corner { BottomRight, BottomLeft };
    explicit XyChart(const QString& name, QWidget* parent = nullptr);
    ~XyChart() override;
    void setAxes(const QString& x, const QString& y);
    void setDiagonal(bool shown);      ///< from (0, 0) to (1, 1)
    void setMarkers(bool shown);       ///< a dot a point
    void setKeyCorner(Corner corner);  ///< where the key stands
    void setSeries(std::vector<Series> series);
    void setEmptyText(const QString& text);  ///< what stands there without series
    [[nodiscard]] const std::vector<Series>& series() const;
    [[nodiscard]] QString state() const override;
    [[nodiscard]] QPoint pointAt(int series, int point) const;  ///< px in the chart
    [[nodiscard]] QSize sizeHint() const override { return {360, 300}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 150}; }
Q_SIGNALS:
    void activated(int series, int point);  ///< clicked near it, or Enter

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void themeChanged() override;

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

/// The height of the line at x: of the last of several points there, linear between points; NaN outside.
[[nodiscard]] double heightAt(const QVector<QPointF>& points, double x);

}  // namespace lathe::widgets::charts
