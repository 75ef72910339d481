// CurveChart's drawing: buckets into graphs, ranges, theme, mouse.
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/charts/curve_chart_p.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::charts {
using common::Theme;
using common::Token;
using common::Type;
namespace {

constexpr int kInterval = 50;  // 20 a second
constexpr int kMarkRoom = 26;  // pixels for the text over a mark
constexpr double kHuge = std::numeric_limits<double>::max();

QString clock(double seconds) {
    const int whole = int(std::abs(seconds));
    return whole < 3600 ? QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QChar('0'))
                        : QStringLiteral("%1:%2:%3")
                              .arg(whole / 3600)
                              .arg(whole / 60 % 60, 2, 10, QChar('0'))
                              .arg(whole % 60, 2, 10, QChar('0'));
}

QString tickText(double tick) {
    if (tick == 0) return QStringLiteral("0");
    const double size = std::abs(tick);
    if (size >= 1e6 || size < 1e-3)
        return QString::number(tick, 'e', 0).replace("e-0", "e-").replace("e+0", "e").replace('-', QChar(0x2212));
    QString text = size >= 1000 ? QLocale(QLocale::English).toString(tick, 'f', 0) : QString::number(tick, 'g', 6);
    return text.replace('-', QChar(0x2212));
}

}  // namespace

QString Ticker::getTickLabel(double tick, const QLocale&, QChar, int) {
    if (std::abs(tick) < 1e-12) tick = 0;
    if (time) return clock(tick);
    return percent ? QString::number(tick * 100, 'g', 4) + " %" : tickText(tick);
}

QVector<double> Ticker::createTickVector(double tickStep, const QCPRange& range) {
    if (!log || range.lower <= 0) return QCPAxisTicker::createTickVector(tickStep, range);
    QVector<double> all, decades;
    for (double decade = std::pow(10, std::floor(std::log10(range.lower))); decade <= range.upper; decade *= 10)
        for (double factor : {1.0, 2.0, 5.0})
            if (const double tick = decade * factor; tick >= range.lower && tick <= range.upper) {
                all << tick;
                if (factor == 1.0) decades << tick;
            }
    if (all.size() > 6 && decades.size() > 1) all = decades;
    while (all.size() > 6) {
        QVector<double> half;
        for (int i = 0; i < all.size(); i += 2) half << all[i];
        all = half;
    }
    return all.size() < 2 ? QCPAxisTicker::createTickVector(tickStep, range) : all;
}

QPen linePen(const CurveChart::Style& style, const QColor& colour) {
    QPen pen(colour, style.focus ? 2 : 1.25);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    if (const auto dash = Theme::seriesDash(style.number); !style.solid && !style.ink && !dash.isEmpty()) {
        auto scaled = dash;
        for (auto& length : scaled) length /= pen.widthF();
        pen.setDashPattern(scaled);
    }
    return pen;
}

void CurveChart::Impl::buildHeader() {
    header = new QHBoxLayout;
    header->setContentsMargins(14, 0, 14, 0);
    header->setSpacing(8);
    title = common::makeLabel({}, Type::Table, Token::T1, q);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    title->setProperty("weight", int(QFont::DemiBold));
    subtitle = common::makeLabel({}, Type::Table, Token::T3, q);
    value = common::makeLabel({}, Type::Table, Token::T2, q);
    legend = new Legend(this, q);
    header->addWidget(title);
    header->addWidget(subtitle);
    header->addStretch(1);
    header->addWidget(legend);
    header->addWidget(value);
    static_cast<QVBoxLayout*>(q->layout())->addLayout(header);
}

void CurveChart::Impl::build() {
    auto* column = new QVBoxLayout(q);
    column->setContentsMargins(0, 8, 0, 2);
    column->setSpacing(0);
    buildHeader();
    plot = new QCustomPlot(q);
    plot->setMinimumSize(80, 40);
    plot->setFocusPolicy(Qt::NoFocus);
    plot->setPlottingHints(QCP::phFastPolylines | QCP::phCacheLabels);
    plot->setAntialiasedElements(QCP::aePlottables);
    plot->setNoAntialiasingOnDrag(true);
    plot->axisRect()->setupFullAxesBox(false);
    plot->xAxis2->setVisible(false);
    plot->yAxis2->setVisible(false);
    plot->axisRect()->setMinimumMargins(QMargins(44, 8, 16, 22));
    xTicker.reset(new Ticker);
    yTicker.reset(new Ticker);
    xTicker->setTickCount(6);
    yTicker->setTickCount(4);
    plot->xAxis->setTicker(xTicker);
    plot->yAxis->setTicker(yTicker);
    column->addWidget(plot, 1);
    overlay = new Overlay(this, plot);
    overlay->installEventFilter(q);
    plot->installEventFilter(q);
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, q, [this] { draw(); });
    applyTheme();
}

void CurveChart::Impl::applyTheme() {
    const auto& theme = Theme::instance();
    plot->setBackground(QBrush(theme.colour(Token::Plot)));
    for (auto* ax : {plot->xAxis, plot->yAxis}) {
        ax->setTickLabelFont(theme.font(Type::Caption));
        ax->setTickLabelColor(theme.colour(Token::T3));
        ax->setTickPen(Qt::NoPen);
        ax->setSubTickPen(Qt::NoPen);
        ax->setTickLabelPadding(6);
        ax->grid()->setZeroLinePen(Qt::NoPen);
        ax->grid()->setSubGridVisible(false);
    }
    plot->xAxis->setBasePen(QPen(theme.colour(Token::Line2), 1));
    plot->yAxis->setBasePen(Qt::NoPen);
    plot->xAxis->grid()->setVisible(false);
    plot->yAxis->grid()->setPen(QPen(theme.colour(Token::Line1), 1));
    for (auto& line : lines) style(line);
}

QColor CurveChart::Impl::colour(const Line& line) const {
    return line.style.ink ? Theme::instance().colour(Token::T1) : Theme::instance().series(line.style.number);
}

void CurveChart::Impl::style(Line& line) {
    QColor faint = colour(line);
    line.main->setPen(linePen(line.style, faint));
    line.main->setAdaptiveSampling(false);
    faint.setAlphaF(0.3f);
    line.raw->setPen(QPen(faint, 1));
    line.raw->setAdaptiveSampling(false);
    line.main->setLayer(line.style.focus ? "axes" : "main");
}

double CurveChart::Impl::offset(const Line& line) const {
    return axis == Axis::Time ? line.data->first(axis) : 0;
}

std::pair<double, double> CurveChart::Impl::fullX() const {
    double low = kHuge, high = -kHuge;
    for (const auto& line : lines) {
        if (line.data->empty()) continue;
        low = std::min(low, line.data->first(axis) - offset(line));
        high = std::max(high, line.data->last(axis) - offset(line));
    }
    if (low > high) low = 0, high = 1;
    if (span && axis == Axis::Epoch) low = 0, high = std::max(high, *span);
    if (low > 0 && low < high * 0.2) low = 0;
    return high > low ? std::pair(low, high) : std::pair(low, low + 1);
}

void CurveChart::Impl::schedule() {
    dirty = true;
    if (timer.isActive() || !q->isVisible()) return;
    const qint64 since = sinceDraw.isValid() ? sinceDraw.elapsed() : kInterval;
    timer.start(int(std::clamp<qint64>(kInterval - since, 0, kInterval)));
}

void CurveChart::Impl::fill(Line& line, double& low, double& high) {
    const double shift = offset(line);
    const auto range = q->xRange();
    const double from = range.first, to = range.second;
    const auto width = std::size_t(std::max(50, plot->axisRect()->width()));
    const bool behind = line.style.smooth && line.data->smoothing() > 0;
    const auto take = [&](double value) {
        if (!std::isfinite(value) || (logY && value <= 0)) return false;
        low = std::min(low, value);
        high = std::max(high, value);
        return true;
    };
    const auto extremes = [&](const runs::MetricSeries& series) {
        QVector<QCPGraphData> points;
        for (const auto& bucket : series.resampled(axis, from + shift, to + shift, width)) {
            if (take(bucket.min)) points << QCPGraphData(bucket.x - shift, bucket.min);
            if (bucket.max != bucket.min && take(bucket.max)) points << QCPGraphData(bucket.x - shift, bucket.max);
        }
        return points;
    };
    line.raw->setVisible(behind);
    if (!behind) {
        line.main->data()->set(extremes(line.data->raw()), true);
        return;
    }
    line.raw->data()->set(extremes(line.data->raw()), true);
    QVector<QCPGraphData> means;
    for (const auto& bucket : line.data->smooth().resampled(axis, from + shift, to + shift, width))
        if (take(bucket.mean)) means << QCPGraphData(bucket.x - shift, bucket.mean);
    line.main->data()->set(means, true);
}

void CurveChart::Impl::placeRanges(double low, double high) {
    if (yWanted) low = std::min(low, yWanted->first), high = std::max(high, yWanted->second);
    if (low > high || (low == 0 && high == 0)) low = 0, high = 1;  // nothing to see, or zeros alone
    if (logY) {
        const double room = std::max(1.05, std::pow(high / low, 0.05));
        plot->yAxis->setRange(low / room, high * room);
    } else {
        const double room = high > low ? (high - low) * 0.05 : std::max(1e-9, std::abs(high) * 0.1);
        const bool fromZero = low >= 0 && low - room < 0;
        const double above = marks.isEmpty() ? 0 : (high - low) * kMarkRoom / std::max(80, plot->axisRect()->height() - kMarkRoom);
        plot->yAxis->setRange(fromZero ? 0 : low - room, high + std::max(room, above));
    }
    const auto [from, to] = q->xRange();
    plot->xAxis->setRange(from, to);
}

void CurveChart::Impl::draw() {
    if (!q->isVisible()) return;
    QElapsedTimer watch;
    watch.start();
    dirty = false;
    sinceDraw.restart();
    double low = kHuge, high = -kHuge;
    for (auto& line : lines) fill(line, low, high);
    placeRanges(low, high);
    plot->replot(QCustomPlot::rpQueuedRefresh);
    overlay->update();
    ++drawn;
    seconds += double(watch.nsecsElapsed()) / 1e9;
}

QRectF CurveChart::Impl::plotRect() const {
    return plot->axisRect()->rect();
}

QString CurveChart::Impl::xText(double x) const {
    if (axis == Axis::Time) return clock(x);
    if (axis == Axis::Step) return CurveChart::tr("step %1").arg(QLocale(QLocale::English).toString(std::llround(x)));
    const QString epoch = std::abs(x - std::round(x)) < 0.005 ? QString::number(std::llround(x)) : QString::number(x, 'f', 2);
    return CurveChart::tr("epoch %1").arg(epoch);
}

std::optional<runs::MetricPoint> CurveChart::Impl::at(const Line& line, double x) const {
    return CurveData::nearest(line.series(), axis, x + offset(line));
}

void CurveChart::Impl::wheel(QWheelEvent* event) {
    const auto [from, to] = q->xRange();
    const double at = plot->xAxis->pixelToCoord(event->position().x());
    const double factor = std::pow(0.8, event->angleDelta().y() / 120.0);
    q->zoom(at - (at - from) * factor, at + (to - at) * factor);
}

bool CurveChart::Impl::mouse(QEvent* event) {
    auto* mouse = dynamic_cast<QMouseEvent*>(event);
    switch (event->type()) {
        case QEvent::Wheel: wheel(static_cast<QWheelEvent*>(event)); return true;
        case QEvent::Leave: cursor->move(std::nullopt); return false;
        case QEvent::MouseButtonPress:
            q->setFocus(Qt::MouseFocusReason);
            if (mouse->button() == Qt::LeftButton) overlay->bandFrom = overlay->bandTo = mouse->position().x();
            return true;
        case QEvent::MouseMove:
            if (overlay->bandFrom) overlay->bandTo = mouse->position().x();
            cursor->move(plotRect().adjusted(-4, -4, 4, 4).contains(mouse->position())
                             ? std::optional(plot->xAxis->pixelToCoord(mouse->position().x()))
                             : std::nullopt);
            overlay->setToolTip(cursor->x() ? q->momentAt(*cursor->x()) : QString());
            overlay->update();
            return true;
        case QEvent::MouseButtonRelease: {
            const auto from = std::exchange(overlay->bandFrom, std::nullopt), to = std::exchange(overlay->bandTo, std::nullopt);
            overlay->update();
            if (from && to && std::abs(*to - *from) > 6)
                q->zoom(plot->xAxis->pixelToCoord(std::min(*from, *to)), plot->xAxis->pixelToCoord(std::max(*from, *to)));
            return true;
        }
        case QEvent::MouseButtonDblClick: q->resetZoom(); return true;
        default: return false;
    }
}

}  // namespace lathe::widgets::charts
