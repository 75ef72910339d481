#include "widgets/charts/xy_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/charts/qcp.h"
#include "widgets/charts/xy_overlay.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::charts {
using common::Theme;
using common::Token;
using common::Type;
namespace {

constexpr double kXyNear = 24;       // px from a point within which a click means it
constexpr double kXyMargin = 0.012;  // of the square, so that a line along its side shows
constexpr int kDrawnMarkers = 200;   // with more points than this they would be a band

}  // namespace

struct XyChart::Impl {
    explicit Impl(XyChart* chart) : q(chart) {}
    XyChart* q;
    QCustomPlot* plot = nullptr;
    XyOverlay* overlay = nullptr;
    std::vector<Series> series;
    QString xName, yName;
    bool diagonal = false, markers = false;
    int current = 0, point = 0;

    void build();
    void applyTheme();
    void fill();
    void mark();
    void addLine(const Series& one);
    [[nodiscard]] bool any() const { return current < int(series.size()) && !series[std::size_t(current)].points.isEmpty(); }
    [[nodiscard]] std::pair<int, int> nearest(const QPointF& at) const;
    [[nodiscard]] QString wordsOf(int s, int p) const;
};

void XyChart::Impl::build() {
    auto* column = new QVBoxLayout(q);
    column->setContentsMargins(0, 0, 0, 0);
    plot = new QCustomPlot(q);
    plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    plot->setFocusPolicy(Qt::NoFocus);
    plot->setMinimumSize(80, 60);
    plot->axisRect()->setMinimumMargins(QMargins(46, 10, 14, 34));
    for (auto* axis : {plot->xAxis, plot->yAxis}) {
        QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
        for (int k = 0; k <= 5; ++k) ticker->addTick(k / 5.0, QString::number(k * 20) + QStringLiteral(" %"));
        axis->setTicker(ticker);
        axis->setRange(-kXyMargin, 1 + kXyMargin);
    }
    column->addWidget(plot);
    overlay = new XyOverlay(q);
    overlay->series = &series;
    // The plot may be laid out after the chart was: when its page is shown for the first time.
    QObject::connect(plot, &QCustomPlot::afterReplot, q, [this] { mark(); });
    fill();
}

void XyChart::Impl::applyTheme() {
    const Theme& theme = Theme::instance();
    plot->setBackground(QBrush(theme.colour(Token::Panel)));
    for (auto* axis : {plot->xAxis, plot->yAxis}) {
        axis->setTickLabelFont(theme.font(Type::Caption));
        axis->setTickLabelColor(theme.colour(Token::T3));
        axis->setLabelFont(theme.font(Type::Caption));
        axis->setLabelColor(theme.colour(Token::T2));
        axis->setLabelPadding(2);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelPadding(6);
        axis->setBasePen(QPen(theme.colour(Token::Line2), 1));
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->grid()->setPen(QPen(theme.colour(Token::Line1), 1));
        axis->setVisible(!series.empty());
    }
}

void XyChart::Impl::addLine(const Series& one) {
    auto* line = new QCPCurve(plot->xAxis, plot->yAxis);
    QVector<double> x, y;
    for (const QPointF& p : one.points) x << p.x(), y << p.y();
    line->setData(x, y);
    const QColor colour = Theme::instance().series(one.number);
    QPen pen(colour, 2);
    if (auto dash = Theme::seriesDash(one.number); !dash.isEmpty()) {
        for (auto& length : dash) length /= 2;
        pen.setDashPattern(dash);
    }
    line->setPen(pen);
    if (markers && one.points.size() <= kDrawnMarkers)
        line->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colour, 1), QBrush(colour), 7));
}

void XyChart::Impl::fill() {
    plot->clearPlottables();
    plot->clearItems();
    applyTheme();
    if (diagonal && !series.empty()) {
        auto* line = new QCPItemLine(plot);
        line->start->setCoords(0, 0);
        line->end->setCoords(1, 1);
        line->setPen(QPen(Theme::instance().colour(Token::Line3), 1, Qt::DashLine));
    }
    for (const Series& one : series) addLine(one);
    plot->xAxis->setLabel(xName);
    plot->yAxis->setLabel(yName);
    plot->replot();  // the places of the points are asked for at once
}

void XyChart::Impl::mark() {
    overlay->setGeometry(q->rect());
    overlay->xName = xName;
    overlay->focused = q->hasFocus();
    // Where 0 and 1 lie.
    const QPointF low(plot->xAxis->coordToPixel(0), plot->yAxis->coordToPixel(0));
    const QPointF high(plot->xAxis->coordToPixel(1), plot->yAxis->coordToPixel(1));
    overlay->plot = QRectF(QPointF(low.x(), high.y()), QPointF(high.x(), low.y())).toRect();
    overlay->point =
        (q->hasFocus() || overlay->cursor) && any() ? std::optional(QPointF(q->pointAt(current, point))) : std::nullopt;
    overlay->update();
}

std::pair<int, int> XyChart::Impl::nearest(const QPointF& at) const {
    std::pair<int, int> best{-1, -1};
    double least = 1e9;
    for (int s = 0; s < int(series.size()); ++s)
        for (int p = 0; p < series[std::size_t(s)].points.size(); ++p) {
            const QPointF d = QPointF(q->pointAt(s, p)) - at;
            if (const double distance = std::hypot(d.x(), d.y()); distance < least) least = distance, best = {s, p};
        }
    return least <= kXyNear ? best : std::pair(-1, -1);
}

QString XyChart::Impl::wordsOf(int s, int p) const {
    const Series& one = series[std::size_t(s)];
    if (p < one.words.size()) return one.name + QStringLiteral(": ") + one.words[p];
    const QPointF at = one.points[p];
    return tr("%1: %2 %3, %4 %5").arg(one.name, xName, percentText(at.x()), yName, percentText(at.y()));
}

XyChart::XyChart(const QString& name, QWidget* parent) : Chart(name, parent), m(std::make_unique<Impl>(this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m->build();
}

XyChart::~XyChart() = default;

void XyChart::setAxes(const QString& x, const QString& y) {
    m->xName = x, m->yName = y;
    m->fill();
}

void XyChart::setDiagonal(bool shown) {
    m->diagonal = shown;
    m->fill();
}

void XyChart::setMarkers(bool shown) {
    m->markers = shown;
    m->fill();
}

void XyChart::setKeyCorner(Corner corner) {
    m->overlay->corner = corner;
    m->mark();
}

void XyChart::setSeries(std::vector<Series> series) {
    m->series = std::move(series);
    m->current = m->point = 0;
    m->overlay->cursor.reset();
    setToolTip({});
    m->fill();
}

void XyChart::setEmptyText(const QString& text) {
    m->overlay->emptyText = text;
    m->mark();
}

const std::vector<XyChart::Series>& XyChart::series() const {
    return m->series;
}

QString XyChart::state() const {
    if (m->series.empty()) return m->overlay->emptyText;
    QStringList parts;
    for (const Series& one : m->series) parts << (one.figure.isEmpty() ? one.name : one.name + ' ' + one.figure);
    if (hasFocus() && m->any()) parts << m->wordsOf(m->current, m->point);
    return parts.join(QStringLiteral("; "));
}

QPoint XyChart::pointAt(int series, int point) const {
    const QPointF at = m->series[std::size_t(series)].points[point];
    return QPointF(m->plot->xAxis->coordToPixel(at.x()), m->plot->yAxis->coordToPixel(at.y())).toPoint();
}

void XyChart::mousePressEvent(QMouseEvent* event) {
    const auto [s, p] = m->nearest(event->position());
    if (s < 0 || event->button() != Qt::LeftButton) return;
    m->current = s, m->point = p;
    m->mark();
    Q_EMIT activated(s, p);
}

void XyChart::mouseMoveEvent(QMouseEvent* event) {
    if (m->series.empty()) return;
    const double x = m->plot->xAxis->pixelToCoord(event->position().x());
    m->overlay->cursor = x >= -kXyMargin && x <= 1 + kXyMargin ? std::optional(std::clamp(x, 0.0, 1.0)) : std::nullopt;
    const auto [s, p] = m->nearest(event->position());
    if (s >= 0) m->current = s, m->point = p;
    setToolTip(s >= 0 ? m->wordsOf(s, p) : QString());
    setCursor(s >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    m->mark();
}

void XyChart::leaveEvent(QEvent*) {
    m->overlay->cursor.reset();
    m->mark();
}

void XyChart::keyPressEvent(QKeyEvent* event) {
    if (!m->any()) return Chart::keyPressEvent(event);
    const auto points = [this] { return int(m->series[std::size_t(m->current)].points.size()); };
    const int key = event->key();
    if (key == Qt::Key_Left || key == Qt::Key_Right)
        m->point = std::clamp(m->point + (key == Qt::Key_Right ? 1 : -1), 0, points() - 1);
    else if (key == Qt::Key_Home || key == Qt::Key_End)
        m->point = key == Qt::Key_Home ? 0 : points() - 1;
    else if (key == Qt::Key_Up || key == Qt::Key_Down)
        m->current = std::clamp(m->current + (key == Qt::Key_Down ? 1 : -1), 0, int(m->series.size()) - 1);
    else if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space)
        Q_EMIT activated(m->current, m->point);
    else
        return Chart::keyPressEvent(event);
    m->point = std::clamp(m->point, 0, std::max(0, points() - 1));
    if (m->any()) m->overlay->cursor = m->series[std::size_t(m->current)].points[m->point].x();
    m->mark();
}

void XyChart::focusInEvent(QFocusEvent*) {
    m->mark();
}
void XyChart::focusOutEvent(QFocusEvent*) {
    m->mark();
}

void XyChart::resizeEvent(QResizeEvent* event) {
    Chart::resizeEvent(event);
    m->plot->replot();
}

void XyChart::themeChanged() {
    m->fill();
}

}  // namespace lathe::widgets::charts
