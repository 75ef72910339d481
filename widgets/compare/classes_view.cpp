#include "widgets/compare/classes_view.h"

#include <QComboBox>
#include <QScrollArea>
#include <QVBoxLayout>

#include "widgets/charts/run_watch.h"

namespace lathe::widgets::compare {

using common::Token;
using common::Type;
using runs::figures::Estimate;
using runs::figures::Evaluation;
using runs::figures::FigureRow;
using runs::figures::Task;

namespace {

/// What stands for a class metric over the whole: the mean of the classes.
std::string wholeMetric(const std::string& metric) {
    return metric == "f1" ? "macro_f1" : metric == "iou" ? "miou" : metric;
}

}  // namespace

ClassesView::ClassesView(QWidget* parent) : FigureView(parent) {
    m_metric = new QComboBox(this);
    m_metricLabel = common::makeLabel({}, Type::Control, Token::T2, this);
    m_metricLabel->setBuddy(m_metric);
    m_hint = common::makeLabel({}, Type::Table, Token::T3, this);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(12, 6, 12, 6);
    bar->setSpacing(8);
    bar->addWidget(m_metricLabel);
    bar->addWidget(m_metric);
    bar->addSpacing(8);
    bar->addWidget(m_hint, 1);
    m_empty = common::makeLabel({}, Type::Table, Token::T3, this);
    m_empty->setContentsMargins(12, 4, 12, 4);
    m_empty->setWordWrap(true);
    m_rows = new charts::EstimateRows({});
    m_scroll = new QScrollArea(this);
    m_scroll->setWidget(m_rows);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    auto* panel = new common::Panel({}, this);
    panel->body()->addLayout(bar);
    panel->body()->addWidget(m_empty);
    panel->body()->addWidget(m_scroll, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(panel, 1);
    connect(m_metric, &QComboBox::activated, this, &ClassesView::showRows);
    connect(m_rows, &charts::EstimateRows::activated, this, &ClassesView::choose);
    connect(m_rows, &charts::EstimateRows::moved, this,
            [this](const QRect& row) { m_scroll->ensureVisible(row.center().x(), row.center().y(), 0, row.height()); });
    retranslate();
}

void ClassesView::retranslate() {
    m_metricLabel->setText(tr("Figure"));
    m_hint->setText(tr("95 % intervals over resampled images. Click a row: its images stand below."));
    m_rows->setAccessibleName(tr("Figures by class and size"));
    showRuns();
}

std::string ClassesView::metric() const {
    return m_metric->currentData().toString().toStdString();
}

void ClassesView::showRuns() {
    showMetrics();
    showRows();
}

void ClassesView::showMetrics() {
    const QString before = m_metric->currentData().toString();
    m_metric->clear();
    if (const auto some = shown(); !some.empty() && !some.front()->evaluation->byClass.empty())
        for (const auto& [name, estimate] : some.front()->evaluation->byClass.front().figures)
            m_metric->addItem(charts::metricText(name), QString::fromStdString(name));
    m_metric->setCurrentIndex(std::max(0, m_metric->findData(before)));
    m_metric->setEnabled(m_metric->count() > 0);
}

void ClassesView::addRow(const QString& name, const std::string& metric, bool strong, const Pick& pick) {
    charts::EstimateRows::Row row{name, {}, {}, strong};
    bool any = false;
    for (const RunFigures* run : shown()) {
        const FigureRow* figures = pick(*run->evaluation);
        const Estimate* estimate = figures ? figures->find(metric) : nullptr;
        const Estimate none;
        if (!estimate) estimate = &none;
        if (figures && row.count.isEmpty()) row.count = common::number(double(figures->support));
        charts::EstimateRows::Mark mark{run->number, std::nullopt, std::nullopt, estimateText(*estimate)};
        if (estimate->value >= 0) mark.value = estimate->value, any = true;
        if (estimate->low >= 0) mark.interval = std::pair(estimate->low, estimate->high);
        row.marks.push_back(std::move(mark));
    }
    if (any || !strong) m_made.push_back(std::move(row));
}

void ClassesView::showRows() {
    m_made.clear(), m_parts.clear();
    const auto some = shown();
    if (!some.empty() && m_metric->count() > 0) {
        const Evaluation& first = *some.front()->evaluation;
        addRow(tr("All"), wholeMetric(metric()), true, [](const Evaluation& e) { return &e.whole; });
        if (!m_made.empty()) m_parts.push_back({});
        for (std::size_t k = 0; k < first.classes.size(); ++k) {
            addRow(QString::fromStdString(first.classes[k]), metric(), false,
                   [k](const Evaluation& e) { return k < e.byClass.size() ? &e.byClass[k] : nullptr; });
            m_parts.push_back({int(k), -1});
        }
        const QStringList objects{tr("Small objects"), tr("Medium objects"), tr("Large objects")};
        const QStringList images{tr("Small images"), tr("Medium images"), tr("Large images")};
        for (std::size_t s = 0; s < first.bySize.size(); ++s) {
            const std::size_t before = m_made.size();
            const int size = first.bySize[s].name == "small" ? 0 : first.bySize[s].name == "medium" ? 1 : 2;
            // What there is by size: of objects AP, whatever is chosen for the classes.
            const std::string has =
                first.bySize[s].find(wholeMetric(metric())) ? wholeMetric(metric()) : first.bySize[s].figures[0].first;
            QString name = (first.task == Task::Detect ? objects : images)[size];
            if (has != wholeMetric(metric())) name += QStringLiteral(", ") + charts::metricText(has);
            addRow(name, has, true, [s](const Evaluation& e) { return s < e.bySize.size() ? &e.bySize[s] : nullptr; });
            if (m_made.size() > before) m_made.back().strong = false, m_parts.push_back({-1, size});
        }
    }
    const bool none = m_made.empty();
    m_empty->setVisible(none);
    m_scroll->setVisible(!none);
    if (none) m_empty->setText(emptyWords({Task::Classify, Task::Detect, Task::Segment}));
    m_rows->setRows(m_made);
}

void ClassesView::choose(int row) {
    const auto some = shown();
    if (some.empty()) return;
    const Part part = m_parts[std::size_t(row)];
    const RunFigures& run = *some.front();
    const QString name = m_made[std::size_t(row)].name;
    if (part.category >= 0)
        Q_EMIT chosen({name, {}, runs::figures::imagesOfClass(*run.kept, part.category)});
    else if (part.size >= 0)
        Q_EMIT chosen({name, {}, runs::figures::imagesOfSize(*run.kept, *run.evaluation, part.size)});
    else
        Q_EMIT chosen({name, QStringLiteral("split:") + QString::fromStdString(run.kept->split), {}});
}

}  // namespace lathe::widgets::compare
