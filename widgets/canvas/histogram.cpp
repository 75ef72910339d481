#include "widgets/canvas/histogram.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/common/parts.h"

namespace lathe::widgets::canvas {

namespace {

constexpr int kPad = 6, kColumns = 256;

/// Heights 0...1 of the columns; the root, so that a peak doesn't flatten all else.
std::vector<double> columnsOf(const std::array<std::uint32_t, Statistics::kBins>& bins) {
    std::vector<double> columns(kColumns, 0);
    for (std::size_t i = 0; i < bins.size(); ++i) columns[i * kColumns / bins.size()] += bins[i];
    const double most = *std::max_element(columns.begin(), columns.end());
    for (double& c : columns) c = most > 0 ? std::sqrt(c / most) : 0;
    return columns;
}

QPainterPath curveOf(const std::vector<double>& columns, const QRectF& in) {
    QPainterPath path(in.bottomLeft());
    for (std::size_t i = 0; i < columns.size(); ++i)
        path.lineTo(in.left() + (double(i) + 0.5) * in.width() / double(columns.size()), in.bottom() - columns[i] * in.height());
    path.lineTo(in.bottomRight());
    return path;
}

}  // namespace

Histogram::Histogram(QWidget* parent) : QWidget(parent) {
    setMinimumHeight(96);
    setCursor(Qt::SizeHorCursor);
    setAccessibleName(tr("Histogram"));
    tell();
}

void Histogram::setStatistics(const Statistics& statistics) {
    m_statistics = statistics;
    tell();
    update();
}

void Histogram::setWindow(double low, double high) {
    m_low = low;
    m_high = high;
    tell();
    update();
}

void Histogram::setChannel(Channel channel) {
    m_channel = channel;
    update();
}

void Histogram::tell() {
    setAccessibleDescription(tr("Values %1 to %2, shown from %3 to %4")
                                 .arg(common::number(m_statistics.least), common::number(m_statistics.most), common::number(m_low),
                                      common::number(m_high)));
}

double Histogram::xOf(double value) const {
    const double span = std::max(m_statistics.most - m_statistics.least, 1e-9);
    return kPad + std::clamp((value - m_statistics.least) / span, 0.0, 1.0) * (width() - 2 * kPad);
}

double Histogram::valueAt(double x) const {
    const double part = std::clamp((x - kPad) / std::max(1, width() - 2 * kPad), 0.0, 1.0);
    return m_statistics.least + part * (m_statistics.most - m_statistics.least);
}

void Histogram::paintEvent(QPaintEvent*) {
    using common::Theme;
    using common::Token;
    QPainter painter(this);
    painter.fillRect(rect(), Theme::instance().colour(Token::Well));
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF in = QRectF(rect()).adjusted(kPad, 4, -kPad, -10);
    static const QColor colours[] = {QColor(90, 140, 255), QColor(70, 200, 110), QColor(255, 100, 90)};
    for (int c = 0; c < m_statistics.channels; ++c) {
        if (m_statistics.channels == 3 && m_channel != Channel::All && c != 3 - int(m_channel)) continue;
        QColor colour = m_statistics.channels == 1 ? Theme::instance().colour(Token::T2) : colours[c];
        colour.setAlpha(150);
        painter.fillPath(curveOf(columnsOf(m_statistics.histogram[std::size_t(c)]), in), colour);
    }
    const double low = xOf(m_low), high = xOf(m_high);
    painter.fillRect(QRectF(QPointF(0, 0), QPointF(low, height())), QColor(0, 0, 0, 90));
    painter.fillRect(QRectF(QPointF(high, 0), QPointF(width(), height())), QColor(0, 0, 0, 90));
    painter.setPen(QPen(Theme::instance().colour(Token::Accent), 1.5));
    for (const double x : {low, high}) painter.drawLine(QPointF(x, 0), QPointF(x, height() - 8));
    painter.setBrush(Theme::instance().colour(Token::Accent));
    painter.setPen(Qt::NoPen);
    for (const double x : {low, high})
        painter.drawPolygon(QPolygonF{QPointF(x, height() - 10), QPointF(x - 5, height() - 1), QPointF(x + 5, height() - 1)});
}

void Histogram::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const double x = event->position().x();
    m_dragsHigh = std::fabs(x - xOf(m_high)) < std::fabs(x - xOf(m_low)) || x > xOf(m_high);
    mouseMoveEvent(event);
}

void Histogram::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return;
    const double value = valueAt(event->position().x()), least = (m_statistics.most - m_statistics.least) / 1000;
    const double low = m_dragsHigh ? m_low : std::min(value, m_high - least);
    const double high = m_dragsHigh ? std::max(value, m_low + least) : m_high;
    Q_EMIT windowDragged(low, high);
}

}  // namespace lathe::widgets::canvas
