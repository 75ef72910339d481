#include "widgets/compare/figures_page.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include "widgets/compare/calibration_view.h"
#include "widgets/compare/classes_view.h"
#include "widgets/compare/curves_view.h"
#include "widgets/compare/slices_view.h"

namespace lathe::widgets::compare {

FiguresPage::FiguresPage(common::Jobs& jobs, QWidget* learning, QWidget* parent)
    : QWidget(parent), m_jobs(jobs), m_reader(std::make_shared<FiguresReader>()) {
    auto* strip = new common::Panel({}, this);
    m_tabs = new common::Segments(QStringLiteral(" "), strip);
    m_state = common::makeLabel({}, common::Type::Table, common::Token::T3, strip);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(12);
    row->addWidget(m_tabs);
    row->addWidget(m_state, 1);
    strip->body()->addLayout(row);
    m_stack = new QStackedWidget(this);
    m_slices = new SlicesView(jobs);
    for (QWidget* page : {learning, static_cast<QWidget*>(new CurvesView), static_cast<QWidget*>(new CalibrationView),
                          static_cast<QWidget*>(new ClassesView), static_cast<QWidget*>(m_slices)})
        m_stack->addWidget(page);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(strip);
    column->addWidget(m_stack, 1);
    connect(m_tabs, &common::Segments::changed, this, [this](int tab) { setTab(Tab(tab)); });
    for (int tab = Curves; tab < kTabs; ++tab) connect(view(tab), &FigureView::chosen, this, &FiguresPage::chosen);
    retranslate();
}

FigureView* FiguresPage::view(int tab) const {
    return static_cast<FigureView*>(m_stack->widget(tab));
}

void FiguresPage::retranslate() {
    m_tabs->setAccessibleName(tr("Charts of the ticked runs"));
    m_tabs->setItems({tr("Learning curves"), tr("ROC and precision"), tr("Calibration"), tr("By class"), tr("Slices")});
    for (int tab = Curves; tab < kTabs; ++tab) view(tab)->retranslate();
}

void FiguresPage::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    if (m_job) m_jobs.drop(m_job);
    m_reader = std::make_shared<FiguresReader>();
    m_wanted.clear();
    m_figures.clear();
    m_stale = false;
    m_slices->setWorkspace(std::move(workspace));
    for (int tab = Curves; tab < kTabs; ++tab) view(tab)->setRuns({});
}

void FiguresPage::setTab(Tab tab) {
    m_tabs->setCurrent(tab);
    m_stack->setCurrentIndex(tab);
    if (m_stale && tab != Learning) read();
    Q_EMIT tabChanged();
}

FiguresPage::Tab FiguresPage::tab() const {
    return Tab(m_stack->currentIndex());
}

void FiguresPage::setRuns(std::vector<WantedRun> runs) {
    m_wanted = std::move(runs);
    m_stale = true;
    if (tab() != Learning) read();
}

void FiguresPage::read() {
    m_stale = false;
    if (m_job) m_jobs.drop(m_job);
    m_state->setText(m_wanted.empty() ? QString() : tr("Reading what the runs kept…"));
    m_job = m_jobs.run<std::vector<RunFigures>>(
        tr("Figures of the ticked runs"), this,
        [reader = m_reader, wanted = m_wanted](std::stop_token stop, const Progress&) { return reader->read(wanted, stop); },
        [this, reader = m_reader](Result<std::vector<RunFigures>> figures) {
            if (reader != m_reader || !figures) return;
            m_state->clear();
            m_figures = std::move(*figures);
            QStringList missing;
            for (const RunFigures& run : m_figures)
                if (!run.there()) missing << run.name;
            if (!missing.isEmpty() && missing.size() < qsizetype(m_figures.size()))
                m_state->setText(tr("Without predictions: %1").arg(missing.join(QStringLiteral(", "))));
            for (int tab = Curves; tab < kTabs; ++tab) view(tab)->setRuns(m_figures);
        });
}

}  // namespace lathe::widgets::compare
