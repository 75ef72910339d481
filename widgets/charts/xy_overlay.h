// Cursor, marked point and key of an XyChart, painted over the plot. For xy_chart.cpp alone.
#pragma once
#include <QWidget>
#include <optional>

#include "widgets/charts/xy_chart.h"

namespace lathe::widgets::charts {

class XyOverlay : public QWidget {
    Q_OBJECT
public:
    explicit XyOverlay(QWidget* parent);
    const std::vector<XyChart::Series>* series = nullptr;
    XyChart::Corner corner = XyChart::Corner::BottomRight;
    QRect plot;                    ///< px
    std::optional<double> cursor;  ///< x
    std::optional<QPointF> point;  ///< px of the marked one
    bool focused = false;
    QString emptyText, xName;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintCursor(QPainter& painter) const;
    void paintKey(QPainter& painter) const;
    [[nodiscard]] QString textOf(const XyChart::Series& one) const;
};

}  // namespace lathe::widgets::charts
