#include "widgets/charts/curve_chart.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/charts/curve_chart_p.h"

namespace lathe::widgets::charts {

void ChartCursor::move(std::optional<double> x) {
    if (x == m_x) return;
    m_x = x;
    Q_EMIT moved();
}

CurveChart::CurveChart(const QString& title, QWidget* parent) : Chart(title, parent), m_impl(std::make_unique<Impl>()) {
    m_impl->q = this;
    setFocusPolicy(Qt::StrongFocus);
    m_impl->build();
    setTitle(title);
    linkCursor(new ChartCursor(this));
}

CurveChart::~CurveChart() = default;

void CurveChart::setTitle(const QString& title) {
    setAccessibleName(title);
    m_impl->title->setText(title);
}

void CurveChart::setSubtitle(const QString& subtitle) {
    m_impl->subtitle->setText(subtitle);
}
void CurveChart::setValueText(const QString& text) {
    m_impl->value->setText(text);
}

void CurveChart::addHeaderWidget(QWidget* widget) {
    m_impl->header->addWidget(widget);
}

void CurveChart::setAxis(Axis axis) {
    m_impl->axis = axis;
    m_impl->xTicker->time = axis == Axis::Time;
    resetZoom();
}

CurveChart::Axis CurveChart::axis() const {
    return m_impl->axis;
}

void CurveChart::setLogY(bool on) {
    m_impl->logY = m_impl->yTicker->log = on;
    m_impl->plot->yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    touch();
}

bool CurveChart::logY() const {
    return m_impl->logY;
}

void CurveChart::setPercent(bool on) {
    m_impl->percent = m_impl->yTicker->percent = on;
    touch();
}

void CurveChart::setCompact(bool on) {
    m_impl->compact = on;
    m_impl->legend->setVisible(!on);
    m_impl->yTicker->setTickCount(on ? 2 : 4);
    m_impl->xTicker->setTickCount(on ? 4 : 6);
    touch();
}

void CurveChart::setSmoothing(double weight) {
    m_impl->smoothing = weight;
    for (auto& line : m_impl->lines)
        if (line.style.smooth) line.data->setSmoothing(weight);
    touch();
}

double CurveChart::smoothing() const {
    return m_impl->smoothing;
}

void CurveChart::setSpan(std::optional<double> end) {
    m_impl->span = end;
    touch();
}

void CurveChart::setLived(std::optional<double> x) {
    m_impl->lived = x;
    touch();
}

void CurveChart::setYRange(std::optional<std::pair<double, double>> range) {
    m_impl->yWanted = range;
    touch();
}

void CurveChart::linkCursor(ChartCursor* cursor) {
    if (m_impl->cursor) disconnect(m_impl->cursor, nullptr, this, nullptr);
    m_impl->cursor = cursor;
    connect(cursor, &ChartCursor::moved, this, [this] { m_impl->overlay->update(); });
}

void CurveChart::setSeries(const QString& key, const Style& style, std::shared_ptr<CurveData> data) {
    auto& lines = m_impl->lines;
    auto found = std::find_if(lines.begin(), lines.end(), [&](const Line& line) { return line.key == key; });
    if (found == lines.end()) {
        lines.push_back({key, style, nullptr, m_impl->plot->addGraph(), m_impl->plot->addGraph()});
        found = std::prev(lines.end());
    }
    found->style = style;
    found->data = std::move(data);
    if (style.smooth) found->data->setSmoothing(m_impl->smoothing);
    m_impl->style(*found);
    m_impl->legend->updateGeometry();
    touch();
}

void CurveChart::removeSeries(const QString& key) {
    auto& lines = m_impl->lines;
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const Line& line) { return line.key == key; });
    if (found == lines.end()) return;
    m_impl->plot->removeGraph(found->raw);
    m_impl->plot->removeGraph(found->main);
    lines.erase(found);
    m_impl->legend->updateGeometry();
    touch();
}

void CurveChart::clearSeries() {
    for (const auto& key : seriesKeys()) removeSeries(key);
    m_impl->marks.clear();
}

QStringList CurveChart::seriesKeys() const {
    QStringList keys;
    for (const auto& line : m_impl->lines) keys << line.key;
    return keys;
}

void CurveChart::setMarks(QVector<Mark> marks) {
    m_impl->marks = std::move(marks);
    m_impl->overlay->update();
}

void CurveChart::setMoments(QVector<Moment> moments) {
    m_impl->moments = std::move(moments);
    m_impl->overlay->update();
}

QString CurveChart::momentAt(double x) const {
    constexpr double kNear = 5;
    QStringList said;
    for (const Moment& moment : m_impl->moments)
        if (std::abs(m_impl->px(moment.x) - m_impl->px(x)) <= kNear) said << moment.text;
    return said.join('\n');
}

void CurveChart::touch() {
    m_impl->schedule();
}

void CurveChart::zoom(double from, double to) {
    const auto [low, high] = m_impl->fullX();
    const double smallest = (high - low) * 1e-5;
    if (!(to - from > smallest)) return;
    m_impl->view = std::pair(std::max(from, low), std::min(to, high));
    if (m_impl->view->first <= low && m_impl->view->second >= high) m_impl->view.reset();
    touch();
    Q_EMIT zoomChanged();
}

void CurveChart::resetZoom() {
    m_impl->view.reset();
    touch();
    Q_EMIT zoomChanged();
}

bool CurveChart::zoomed() const {
    return m_impl->view.has_value();
}
std::pair<double, double> CurveChart::xRange() const {
    return m_impl->view ? *m_impl->view : m_impl->fullX();
}
std::pair<double, double> CurveChart::yRange() const {
    const auto range = m_impl->plot->yAxis->range();
    return {range.lower, range.upper};
}
int CurveChart::drawn() const {
    return m_impl->drawn;
}
double CurveChart::secondsDrawing() const {
    return m_impl->seconds;
}

QString CurveChart::state() const {
    QStringList parts;
    for (const auto& line : m_impl->lines) {
        const auto& points = line.series().points();
        if (points.empty()) continue;
        const QString name = line.style.label.isEmpty() ? line.style.name : line.style.label;
        parts << tr("%1 %2 at %3")
                     .arg(name, m_impl->text(points.back().value),
                          m_impl->xText(on(m_impl->axis, points.back()) - m_impl->offset(line)));
    }
    for (const auto& mark : m_impl->marks) parts << mark.text;
    for (const auto& moment : m_impl->moments) parts << moment.text;
    if (m_impl->view)
        parts << tr("zoomed to %1 to %2").arg(m_impl->xText(m_impl->view->first), m_impl->xText(m_impl->view->second));
    return parts.isEmpty() ? tr("no values yet") : parts.join(", ");
}

QStringList CurveChart::cursorTable(double x) const {
    QStringList rows;
    for (const auto& line : m_impl->lines)
        if (const auto point = m_impl->at(line, x)) {
            if (rows.isEmpty()) rows << m_impl->xText(on(m_impl->axis, *point) - m_impl->offset(line));
            rows << (line.style.name.isEmpty() ? line.style.label : line.style.name) + " " + m_impl->text(point->value);
        }
    return rows;
}

void CurveChart::themeChanged() {
    m_impl->applyTheme();
    touch();
}

void CurveChart::showEvent(QShowEvent* event) {
    Chart::showEvent(event);
    if (m_impl->dirty) m_impl->draw();
}

void CurveChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), common::Theme::instance().colour(common::Token::Plot));
    if (!hasFocus()) return;
    painter.setPen(QPen(common::Theme::instance().colour(common::Token::Focus), 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

bool CurveChart::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_impl->plot && event->type() == QEvent::Resize) {
        m_impl->overlay->setGeometry(m_impl->plot->rect());
        touch();
    }
    if (watched == m_impl->overlay && m_impl->mouse(event)) return true;
    return Chart::eventFilter(watched, event);
}

void CurveChart::keyPressEvent(QKeyEvent* event) {
    const auto [from, to] = xRange();
    const double step = (to - from) / 100, middle = m_impl->cursor->x().value_or((from + to) / 2);
    switch (event->key()) {
        case Qt::Key_Left: return m_impl->cursor->move(std::max(from, m_impl->cursor->x().value_or(to) - step));
        case Qt::Key_Right: return m_impl->cursor->move(std::min(to, m_impl->cursor->x().value_or(from) + step));
        case Qt::Key_Home: return m_impl->cursor->move(from);
        case Qt::Key_End: return m_impl->cursor->move(to);
        case Qt::Key_Plus: return zoom(middle - (middle - from) * 0.7, middle + (to - middle) * 0.7);
        case Qt::Key_Minus: return zoom(middle - (middle - from) / 0.7, middle + (to - middle) / 0.7);
        case Qt::Key_Escape:
            if (!m_impl->cursor->x() && !m_impl->view) break;
            m_impl->cursor->move(std::nullopt);
            return resetZoom();
        default: break;
    }
    Chart::keyPressEvent(event);
}

}  // namespace lathe::widgets::charts
