#include "widgets/charts/histogram_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/charts/qcp.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::charts {
using common::Theme;
using common::Token;
using common::Type;
namespace {

constexpr double kBarShare = 0.84;    // of a bin's width
constexpr double kLeastHigh = 0.008;  // of the plot: what is there shows
constexpr double kLeastBins = 6;      // of the axis: few bars aren't as wide as the plot
constexpr int kMostTold = 40;

class ValueTicker : public QCPAxisTicker {
public:
    bool shares = false;

protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        if (!shares) return std::abs(tick - std::round(tick)) < 1e-6 ? common::number(tick) : QString();
        return QString::number(tick * 100, 'g', 3) + QStringLiteral(" %");
    }
};

/// The hovered and the current bar over the plot.
class BarMarks : public QWidget {
public:
    explicit BarMarks(QWidget* parent) : QWidget(parent) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        common::playRole(this, QAccessible::StaticText);
    }
    QRect hovered, current;
    QString empty;

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QColor wash = theme.colour(Token::T1);
        wash.setAlphaF(0.08f);
        if (hovered.isValid()) painter.fillRect(hovered, wash);
        painter.setPen(QPen(theme.colour(Token::Focus), 2));
        if (current.isValid()) painter.drawRoundedRect(QRectF(current).adjusted(0, 1, 0, -1), 3, 3);
        painter.setPen(theme.colour(Token::T3));
        painter.setFont(theme.font(Type::Table));
        if (!empty.isEmpty()) painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap, empty);
    }
};

}  // namespace

struct HistogramChart::Impl {
    explicit Impl(HistogramChart* chart) : q(chart) {}
    HistogramChart* q;
    QCustomPlot* plot = nullptr;
    BarMarks* marks = nullptr;
    QSharedPointer<ValueTicker> yTicker{new ValueTicker};
    QSharedPointer<QCPAxisTickerText> xTicker{new QCPAxisTickerText};
    std::vector<Bar> bars;
    std::vector<int> series;
    Look look = Look::Beside;
    Ticks ticks = Ticks::Bars;
    QString emptyText;
    int current = 0, currentSeries = -1;
    std::pair<int, int> hovered{-1, -1};

    [[nodiscard]] int count() const { return int(bars.size()); }
    [[nodiscard]] bool beside() const { return look == Look::Beside && series.size() > 1; }
    [[nodiscard]] double barWidth() const { return beside() ? kBarShare / double(series.size()) : kBarShare; }
    [[nodiscard]] double offset(int s) const { return beside() ? (s - (double(series.size()) - 1) / 2) * barWidth() : 0; }
    void build();
    void applyTheme();
    void fill();
    void placeTicks();
    void mark();
    [[nodiscard]] std::pair<int, int> at(const QPointF& where) const;
};

void HistogramChart::Impl::build() {
    auto* column = new QVBoxLayout(q);
    column->setContentsMargins(0, 0, 0, 0);
    plot = new QCustomPlot(q);
    plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    plot->setFocusPolicy(Qt::NoFocus);
    plot->setMinimumSize(80, 40);
    plot->axisRect()->setMinimumMargins(QMargins(40, 10, 14, 22));
    plot->xAxis->setTicker(xTicker);
    plot->yAxis->setTicker(yTicker);
    yTicker->setTickCount(4);
    column->addWidget(plot);
    marks = new BarMarks(q);
    applyTheme();
}

void HistogramChart::Impl::applyTheme() {
    const Theme& theme = Theme::instance();
    plot->setBackground(QBrush(theme.colour(Token::Panel)));
    for (auto* axis : {plot->xAxis, plot->yAxis}) {
        axis->setTickLabelFont(theme.font(Type::Caption));
        axis->setTickLabelColor(theme.colour(Token::T3));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelPadding(6);
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    plot->xAxis->setBasePen(QPen(theme.colour(Token::Line2), 1));
    plot->xAxis->grid()->setVisible(false);
    plot->yAxis->setBasePen(Qt::NoPen);
    plot->yAxis->grid()->setPen(QPen(theme.colour(Token::Line1), 1));
    for (int s = 0; s < plot->plottableCount(); ++s) {
        QColor colour = theme.series(series[std::size_t(s)]);
        const bool over = !beside() && series.size() > 1;
        plot->plottable(s)->setPen(over ? QPen(colour, 1.25) : QPen(Qt::NoPen));
        if (over) colour.setAlphaF(0.28f);
        plot->plottable(s)->setBrush(colour);
    }
}

void HistogramChart::Impl::fill() {
    plot->clearPlottables();
    double most = 0;
    for (const Bar& bar : bars)
        for (const double value : bar.values) most = std::max(most, value);
    for (int s = 0; s < int(series.size()); ++s) {
        auto* drawn = new QCPBars(plot->xAxis, plot->yAxis);
        drawn->setWidth(barWidth() * (beside() ? 0.94 : 1));
        drawn->setAntialiased(false);
        QVector<double> keys, values;
        for (int k = 0; k < count(); ++k) {
            const double value = bars[std::size_t(k)].values[std::size_t(s)];
            keys << k + offset(s);
            values << (value > 0 ? std::max(value, most * kLeastHigh) : 0);
        }
        drawn->setData(keys, values, true);
    }
    const double middle = (count() - 1) / 2.0, half = std::max(kLeastBins, double(count())) / 2 + 0.1;
    plot->xAxis->setRange(middle - half, middle + half);
    plot->yAxis->setRange(0, most > 0 ? most * 1.06 : 1);
    applyTheme();
    placeTicks();
}

/// Only as many texts as have room.
void HistogramChart::Impl::placeTicks() {
    const QFontMetrics metrics(Theme::instance().font(Type::Caption));
    int widest = 1;
    for (const Bar& bar : bars) widest = std::max(widest, metrics.horizontalAdvance(bar.tick));
    const double room = std::max(40.0, q->width() - 60.0) / std::max(kLeastBins, double(count()));
    const int every = std::max(1, int(std::ceil((widest + 8) / room)));
    xTicker->clear();
    for (int k = 0; k < count(); k += every)
        if (!bars[std::size_t(k)].tick.isEmpty())
            xTicker->addTick(k - (ticks == Ticks::Edges ? 0.5 : 0), bars[std::size_t(k)].tick);
    for (auto* axis : {plot->xAxis, plot->yAxis}) axis->setVisible(count() > 0);
    plot->replot(QCustomPlot::rpQueuedReplot);
    marks->empty = count() == 0 ? emptyText : QString();
    mark();
}

void HistogramChart::Impl::mark() {
    marks->setGeometry(q->rect());
    marks->hovered = hovered.first >= 0 ? q->barRect(hovered.first, hovered.second) : QRect();
    marks->current = q->hasFocus() && current < count() ? q->barRect(current, currentSeries) : QRect();
    marks->update();
}

std::pair<int, int> HistogramChart::Impl::at(const QPointF& where) const {
    if (count() == 0 || !plot->axisRect()->rect().adjusted(0, 0, 0, 24).contains(where.toPoint())) return {-1, -1};
    const double x = plot->xAxis->pixelToCoord(where.x());
    const int bar = int(std::lround(x));
    if (bar < 0 || bar >= count()) return {-1, -1};
    if (!beside()) return {bar, -1};
    const int s = int(std::floor((x - bar + kBarShare / 2) / barWidth()));
    return {bar, std::clamp(s, 0, int(series.size()) - 1)};
}

HistogramChart::HistogramChart(const QString& name, QWidget* parent) : Chart(name, parent), m(std::make_unique<Impl>(this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m->build();
}

HistogramChart::~HistogramChart() = default;

void HistogramChart::setBars(std::vector<Bar> bars, std::vector<int> series, Look look, Ticks ticks, bool shares) {
    m->bars = std::move(bars);
    for (Bar& bar : m->bars) bar.values.resize(series.size());
    m->series = std::move(series);
    m->look = look;
    m->ticks = ticks;
    m->yTicker->shares = shares;
    m->current = std::clamp(m->current, 0, std::max(0, m->count() - 1));
    m->currentSeries = m->beside() ? std::clamp(m->currentSeries, 0, int(m->series.size()) - 1) : -1;
    m->hovered = {-1, -1};
    setToolTip({});
    m->fill();
}

void HistogramChart::setEmptyText(const QString& text) {
    m->emptyText = text;
    m->placeTicks();
}

const std::vector<HistogramChart::Bar>& HistogramChart::bars() const {
    return m->bars;
}

QString HistogramChart::state() const {
    if (m->bars.empty()) return m->emptyText;
    QStringList parts;
    for (const Bar& bar : m->bars) {
        if (parts.size() == kMostTold) break;
        parts << bar.words;
    }
    if (m->count() > kMostTold) parts << tr("%n more", nullptr, m->count() - kMostTold);
    return parts.join(QStringLiteral("; "));
}

QRect HistogramChart::barRect(int bar, int series) const {
    const double half = (series < 0 ? kBarShare : m->barWidth()) / 2, middle = bar + (series < 0 ? 0 : m->offset(series));
    const int left = int(std::floor(m->plot->xAxis->coordToPixel(middle - half)));
    const int right = int(std::ceil(m->plot->xAxis->coordToPixel(middle + half)));
    const QRect plot = m->plot->axisRect()->rect();
    return {left, plot.top(), right - left, plot.height()};
}

void HistogramChart::mousePressEvent(QMouseEvent* event) {
    const auto [bar, series] = m->at(event->position());
    if (bar < 0 || event->button() != Qt::LeftButton) return;
    m->current = bar;
    m->currentSeries = series;
    m->mark();
    Q_EMIT activated(bar, series);
}

void HistogramChart::mouseMoveEvent(QMouseEvent* event) {
    const auto over = m->at(event->position());
    if (over == m->hovered) return;
    m->hovered = over;
    setToolTip(over.first < 0 ? QString() : m->bars[std::size_t(over.first)].words);
    setCursor(over.first < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    m->mark();
}

void HistogramChart::leaveEvent(QEvent*) {
    m->hovered = {-1, -1};
    m->mark();
}

void HistogramChart::keyPressEvent(QKeyEvent* event) {
    const int last = m->count() - 1, lastSeries = int(m->series.size()) - 1;
    const int key = event->key();
    if (key == Qt::Key_Left)
        m->current = std::max(0, m->current - 1);
    else if (key == Qt::Key_Right)
        m->current = std::clamp(m->current + 1, 0, std::max(0, last));
    else if (key == Qt::Key_Home || key == Qt::Key_End)
        m->current = key == Qt::Key_Home ? 0 : std::max(0, last);
    else if (m->beside() && (key == Qt::Key_Up || key == Qt::Key_Down))
        m->currentSeries = std::clamp(m->currentSeries + (key == Qt::Key_Down ? 1 : -1), 0, lastSeries);
    else if ((key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) && last >= 0)
        Q_EMIT activated(m->current, m->currentSeries);
    else
        return Chart::keyPressEvent(event);
    m->mark();
}

void HistogramChart::focusInEvent(QFocusEvent*) {
    m->mark();
}
void HistogramChart::focusOutEvent(QFocusEvent*) {
    m->mark();
}

void HistogramChart::resizeEvent(QResizeEvent* event) {
    Chart::resizeEvent(event);
    m->placeTicks();
}

void HistogramChart::themeChanged() {
    m->applyTheme();
    m->plot->replot(QCustomPlot::rpQueuedReplot);
    m->mark();
}

}  // namespace lathe::widgets::charts
