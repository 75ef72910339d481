#include "widgets/charts/spark.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"

namespace lathe::widgets::charts {
namespace {

constexpr int kKept = 60;

std::pair<double, double> rangeOf(const QVector<float>& values, double low, double high) {
    if (high > low) return {low, high};
    double least = std::numeric_limits<double>::max(), most = std::numeric_limits<double>::lowest();
    for (float value : values)
        if (std::isfinite(value)) least = std::min<double>(least, value), most = std::max<double>(most, value);
    if (most < least) return {0, 1};
    return most > least ? std::pair(least, most) : std::pair(least - 0.5, most + 0.5);
}

}  // namespace

void paintSpark(QPainter& painter, const QRectF& rect, const QVector<float>& values, const QColor& colour, bool fill, double low,
                double high) {
    if (values.size() < 2) return;
    const auto [least, most] = rangeOf(values, low, high);
    QPolygonF line;
    for (int i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) continue;
        const double share = std::clamp((values[i] - least) / (most - least), 0.0, 1.0);
        line << QPointF(rect.left() + rect.width() * i / (values.size() - 1), rect.bottom() - 1 - share * (rect.height() - 2));
    }
    if (line.size() < 2) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (fill) {
        QPolygonF area = line;
        area << QPointF(line.last().x(), rect.bottom()) << QPointF(line.first().x(), rect.bottom());
        QColor tint = colour;
        tint.setAlphaF(0.2f);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tint);
        painter.drawPolygon(area);
    }
    painter.setPen(QPen(colour, 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    painter.restore();
}

QVector<float> sparkValues(const runs::MetricSeries& series, int count) {
    QVector<float> values;
    if (series.size() == 0) return values;
    const auto axis = runs::MetricSeries::Axis::Step;
    const auto buckets =
        series.resampled(axis, on(axis, series.points().front()), on(axis, series.points().back()), std::size_t(count));
    values.reserve(int(buckets.size()));
    for (const auto& bucket : buckets) values << float(bucket.mean);
    return values;
}

Spark::Spark(const QString& name, int seriesNumber, QWidget* parent) : Chart(name, parent), m_series(seriesNumber) {
    setFixedHeight(22);
}

void Spark::setRange(double low, double high) {
    m_low = low;
    m_high = high;
    update();
}

void Spark::push(double value, const QString& text) {
    m_values << float(value);
    if (m_values.size() > kKept) m_values.removeFirst();
    m_text = text;
    update();
}

void Spark::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QVector<float> padded(kKept - m_values.size(), std::numeric_limits<float>::quiet_NaN());
    padded += m_values;
    paintSpark(painter, rect(), padded, common::Theme::instance().series(m_series), true, m_low, m_high);
}

Meter::Meter(const QString& name, QWidget* parent) : Chart(name, parent) {
    setFixedHeight(4);
}

void Meter::setShare(double share, const QString& text) {
    m_share = share;
    m_text = text;
    update();
}

void Meter::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = common::Theme::instance();
    painter.fillRect(rect(), theme.colour(common::Token::Line1));
    if (m_share > 0)
        painter.fillRect(QRectF(0, 0, width() * std::min(1.0, m_share), height()), theme.colour(common::Token::AccentText));
}

}  // namespace lathe::widgets::charts
