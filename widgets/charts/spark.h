// A tiny curve for rows and meters.
#pragma once
#include <QColor>
#include <QVector>

#include "widgets/charts/chart.h"
#include "widgets/charts/curve_data.h"

class QPainter;

namespace lathe::widgets::charts {

/// Paints `values` evenly over the rectangle, for delegates. NaN: a gap. Range empty (high <= low): that of the values.
void paintSpark(QPainter& painter, const QRectF& rect, const QVector<float>& values, const QColor& colour, bool fill = false,
                double low = 0, double high = 0);
/// At most `count` values of a series, each the mean of its bucket, for paintSpark.
[[nodiscard]] QVector<float> sparkValues(const runs::MetricSeries& series, int count);

/// The last values of something that goes on ("CPU"), filled, fixed range.
class Spark : public Chart {
    Q_OBJECT
public:
    explicit Spark(const QString& name, int seriesNumber, QWidget* parent = nullptr);
    void setRange(double low, double high);
    void push(double value, const QString& text);  ///< keeps the last 60; text: the value in words
    [[nodiscard]] QString state() const override { return m_text; }
    [[nodiscard]] QSize sizeHint() const override { return {120, 22}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVector<float> m_values;
    QString m_text;
    int m_series;
    double m_low = 0, m_high = 1;
};

/// A 4-px bar: how much of a whole. Not known (share < 0): empty.
class Meter : public Chart {
    Q_OBJECT
public:
    explicit Meter(const QString& name, QWidget* parent = nullptr);
    void setShare(double share, const QString& text);
    [[nodiscard]] QString state() const override { return m_text; }
    [[nodiscard]] QSize sizeHint() const override { return {80, 4}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_share = -1;
    QString m_text;
};

}  // namespace lathe::widgets::charts
