#include "widgets/browser/search/histogram.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/browser/search/query_terms.h"
#include "widgets/common/focus_ring.h"
#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser::search {
namespace {

using common::Theme;
using common::Token;

QString measureName(data::Measure measure) {
    switch (measure) {
        case data::Measure::Annotations: return MeasureFilter::tr("Objects per image");
        case data::Measure::Width: return MeasureFilter::tr("Width");
        case data::Measure::Height: return MeasureFilter::tr("Height");
        case data::Measure::Aspect: return MeasureFilter::tr("Aspect ratio");
        case data::Measure::Brightness: return MeasureFilter::tr("Brightness");
        case data::Measure::Contrast: return MeasureFilter::tr("Contrast");
        case data::Measure::Sharpness: return MeasureFilter::tr("Sharpness");
        case data::Measure::Entropy: return MeasureFilter::tr("Entropy");
        case data::Measure::Colourfulness: return MeasureFilter::tr("Colourfulness");
        case data::Measure::Area: return MeasureFilter::tr("Object area");
        case data::Measure::Confidence: return MeasureFilter::tr("Confidence");
    }
    return {};
}

QString edgeText(double edge) {
    if (edge >= 10000) return QString::number(edge, 'g', 3);
    return QString::number(edge, 'g', 4);
}

}  // namespace

HistogramBars::HistogramBars(QWidget* parent) : QWidget(parent) {
    setFixedHeight(36);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    common::playRole(this, QAccessible::Chart);
}

void HistogramBars::setCounts(std::vector<std::int64_t> counts) {
    if (counts.size() != m_counts.size()) m_chosen.reset();
    m_counts = std::move(counts);
    update();
}

void HistogramBars::setChosen(std::optional<Range> range) {
    if (m_pressed || range == m_chosen) return;
    m_chosen = range;
    update();
}

std::size_t HistogramBars::binAt(double x) const {
    const int n = int(m_counts.size());
    return std::size_t(std::clamp(int(x * n / std::max(1, width())), 0, std::max(0, n - 1)));
}

void HistogramBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    const std::int64_t most = m_counts.empty() ? 1 : std::max<std::int64_t>(1, *std::ranges::max_element(m_counts));
    const double step = m_counts.empty() ? 1 : double(width()) / double(m_counts.size());
    if (m_chosen)
        painter.fillRect(QRectF(double(m_chosen->first) * step, 0, double(m_chosen->last - m_chosen->first + 1) * step, height()),
                         theme.colour(Token::Line2));
    for (std::size_t k = 0; k < m_counts.size(); ++k) {
        const bool in = !m_chosen || (k >= m_chosen->first && k <= m_chosen->last);
        const double high = m_counts[k] > 0 ? std::max(1.0, double(m_counts[k]) / double(most) * height()) : 0;
        const double gap = step > 3 ? 1 : 0;
        painter.fillRect(QRectF(double(k) * step, height() - high, step - gap, high),
                         theme.colour(in ? Token::AccentText : Token::T4));
    }
    painter.fillRect(QRectF(0, height() - 1, width(), 1), theme.colour(Token::Line1));
}

void HistogramBars::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_counts.empty()) return;
    m_before = m_chosen;
    m_anchor = binAt(event->position().x());
    m_chosen = Range{m_anchor, m_anchor};
    m_pressed = true, m_moved = false;
    update();
}

void HistogramBars::mouseMoveEvent(QMouseEvent* event) {
    const std::size_t at = binAt(event->position().x());
    Q_EMIT hovered(m_counts.empty() ? -1 : int(at));
    if (!m_pressed) return;
    m_moved = m_moved || at != m_anchor;
    m_chosen = Range{std::min(at, m_anchor), std::max(at, m_anchor)};
    update();
}

void HistogramBars::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_pressed) return;
    m_pressed = false;
    const bool again = !m_moved && m_before && m_anchor >= m_before->first && m_anchor <= m_before->last;
    if (again) m_chosen.reset();
    update();
    Q_EMIT brushed();
}

void HistogramBars::leaveEvent(QEvent*) {
    Q_EMIT hovered(-1);
}

void HistogramBars::step(int by, bool extend) {
    if (m_counts.empty()) return;
    const int last = int(m_counts.size()) - 1;
    if (!m_chosen) {
        m_anchor = by > 0 ? 0 : std::size_t(last);
        m_chosen = Range{m_anchor, m_anchor};
    } else {
        const int end = int(m_chosen->first == m_anchor ? m_chosen->last : m_chosen->first);
        const auto to = std::size_t(std::clamp(end + by, 0, last));
        if (!extend) m_anchor = to;
        m_chosen = Range{std::min(to, m_anchor), std::max(to, m_anchor)};
    }
    update();
    Q_EMIT brushed();
}

void HistogramBars::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left: return step(-1, event->modifiers() & Qt::ShiftModifier);
        case Qt::Key_Right: return step(1, event->modifiers() & Qt::ShiftModifier);
        case Qt::Key_Escape:
        case Qt::Key_Delete:
            if (!m_chosen) break;
            m_chosen.reset();
            update();
            Q_EMIT brushed();
            return;
        default: break;
    }
    QWidget::keyPressEvent(event);
}

MeasureFilter::MeasureFilter(data::Measure measure, QWidget* parent) : QWidget(parent) {
    m_histogram.of = measure;
    m_name = common::makeLabel({}, common::Type::Control, Token::T1, this);
    m_range = common::makeLabel({}, common::Type::Table, Token::T3, this);
    m_bars = new HistogramBars(this);
    auto* head = new QHBoxLayout;
    head->addWidget(m_name);
    head->addStretch();
    head->addWidget(m_range);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 12, 0);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(m_bars);
    connect(m_bars, &HistogramBars::hovered, this, &MeasureFilter::showRange);
    connect(m_bars, &HistogramBars::brushed, this, [this] {
        showRange();
        const auto chosen = m_bars->chosen();
        const auto field = data::fieldOf(m_histogram.of);
        Q_EMIT rangeChosen(QString::fromLatin1(field.data(), qsizetype(field.size())),
                           chosen ? QString::fromStdString(m_histogram.term(chosen->first, chosen->last)) : QString());
    });
    retranslate();
}

void MeasureFilter::setHistogram(const data::Histogram& histogram) {
    m_histogram = histogram;
    m_bars->setCounts(histogram.counts);
    showRange();
}

void MeasureFilter::setQuery(const QString& query) {
    const auto field = data::fieldOf(m_histogram.of);
    const QString text = rangeTerm(query, QString::fromLatin1(field.data(), qsizetype(field.size())));
    std::optional<HistogramBars::Range> range;
    for (std::size_t first = 0; first < m_histogram.counts.size() && !range && !text.isEmpty(); ++first)
        for (std::size_t last = first; last < m_histogram.counts.size() && !range; ++last)
            if (text == QString::fromStdString(m_histogram.term(first, last))) range = {first, last};
    m_bars->setChosen(range);
    showRange();
}

void MeasureFilter::showRange(int hovered) {
    if (m_histogram.edges.size() < 2) return m_range->clear();
    const auto chosen = m_bars->chosen();
    std::size_t first = 0, last = m_histogram.counts.size() - 1;
    if (chosen) first = chosen->first, last = chosen->last;
    if (hovered >= 0) first = last = std::min(std::size_t(hovered), m_histogram.counts.size() - 1);
    const QString range = tr("%1 to %2").arg(edgeText(m_histogram.edges[first]), edgeText(m_histogram.edges[last + 1]));
    m_range->setText(hovered < 0 ? range : QStringLiteral("%1: %2").arg(range, common::number(double(m_histogram.counts[first]))));
    if (hovered < 0) m_bars->setAccessibleDescription(chosen ? tr("Only %1").arg(range) : tr("All, %1").arg(range));
}

void MeasureFilter::retranslate() {
    m_name->setText(measureName(m_histogram.of));
    m_bars->setAccessibleName(measureName(m_histogram.of));
    m_bars->setToolTip(tr("Drag to keep a range; click it again to let go"));
    showRange();
}

}  // namespace lathe::widgets::browser::search
