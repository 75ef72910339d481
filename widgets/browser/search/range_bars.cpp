#include "widgets/browser/search/range_bars.h"

#include <QLabel>
#include <QVBoxLayout>

#include "widgets/browser/search/query_terms.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

namespace lathe::widgets::browser::search {
namespace {

QString numberText(double number) {
    return QString::number(number, 'g', std::abs(number) >= 10000 ? 6 : 4);
}

}  // namespace

RangeBars::RangeBars(QWidget* parent) : QWidget(parent) {
    m_range = common::makeLabel({}, common::Type::Table, common::Token::T3, this);
    m_range->setAlignment(Qt::AlignRight);
    m_bars = new HistogramBars(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 0, 12, 6);
    layout->setSpacing(4);
    layout->addWidget(m_range);
    layout->addWidget(m_bars);
    connect(m_bars, &HistogramBars::hovered, this, &RangeBars::showRange);
    connect(m_bars, &HistogramBars::brushed, this, &RangeBars::brushed);
}

QString RangeBars::field() const {
    return QString::fromStdString(data::fieldTerm(m_facet.of, m_facet.name, {}));
}

void RangeBars::setField(const data::FieldFacet& facet, const QString& name) {
    m_facet = facet;
    m_bars->setCounts(facet.bins);
    m_bars->setAccessibleName(name);
    m_bars->setToolTip(MeasureFilter::tr("Drag to keep a range; click it again to let go"));
    showRange();
}

void RangeBars::setQuery(const QString& query) {
    const QString text = rangeTerm(query, field());
    std::optional<HistogramBars::Range> range;
    for (std::size_t first = 0; first < m_facet.bins.size() && !range && !text.isEmpty(); ++first)
        for (std::size_t last = first; last < m_facet.bins.size() && !range; ++last)
            if (text == QString::fromStdString(data::binsTerm(m_facet, first, last))) range = {first, last};
    m_bars->setChosen(range);
    showRange();
}

void RangeBars::brushed() {
    showRange();
    const auto chosen = m_bars->chosen();
    Q_EMIT rangeChosen(field(), chosen ? QString::fromStdString(data::binsTerm(m_facet, chosen->first, chosen->last)) : QString());
}

void RangeBars::showRange(int hovered) {
    if (m_facet.bins.empty()) return m_range->clear();
    const auto chosen = m_bars->chosen();
    std::size_t first = 0, last = m_facet.bins.size() - 1;
    if (chosen) first = chosen->first, last = chosen->last;
    if (hovered >= 0) first = last = std::min(std::size_t(hovered), last);
    const QString range = MeasureFilter::tr("%1 to %2").arg(numberText(m_facet.edges[first]), numberText(m_facet.edges[last + 1]));
    m_range->setText(hovered < 0 ? range : QStringLiteral("%1: %2").arg(range, common::number(double(m_facet.bins[first]))));
    if (hovered < 0)
        m_bars->setAccessibleDescription(chosen ? MeasureFilter::tr("Only %1").arg(range)
                                                : MeasureFilter::tr("All, %1").arg(range));
}

}  // namespace lathe::widgets::browser::search
