#include "widgets/compare/calibration_view.h"

#include <QComboBox>
#include <QVBoxLayout>

#include "widgets/common/keep_named.h"

namespace lathe::widgets::compare {

using charts::percentText;
using common::Token;
using common::Type;
using runs::figures::Task;

namespace {

constexpr int kRightSeries = 0, kWrongSeries = 7;  ///< as in the confusion matrix

}  // namespace

CalibrationView::CalibrationView(QWidget* parent) : FigureView(parent) {
    auto* both = common::namedSplitter(Qt::Horizontal, [] { return tr("Calibration"); });
    m_reliabilityPanel = new common::Panel(QStringLiteral(" "), both);
    m_reliability = new charts::XyChart({}, m_reliabilityPanel);
    m_reliability->setDiagonal(true);
    m_reliability->setMarkers(true);
    m_reliability->setKeyCorner(charts::XyChart::Corner::BottomRight);
    m_reliabilityPanel->body()->addWidget(m_reliability, 1);
    m_scoresPanel = new common::Panel(QStringLiteral(" "), both);
    m_run = new QComboBox(m_scoresPanel);
    m_runLabel = common::makeLabel({}, Type::Control, Token::T2, m_scoresPanel);
    m_runLabel->setBuddy(m_run);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(12, 2, 12, 4);
    bar->setSpacing(8);
    bar->addWidget(m_runLabel);
    bar->addWidget(m_run);
    bar->addStretch(1);
    m_scoresPanel->body()->addLayout(bar);
    m_scores = new charts::HistogramChart({}, m_scoresPanel);
    m_scoresPanel->body()->addWidget(m_scores, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(both, 1);
    connect(m_run, &QComboBox::activated, this, &CalibrationView::showScores);
    connect(m_reliability, &charts::XyChart::activated, this, &CalibrationView::chooseBin);
    connect(m_scores, &charts::HistogramChart::activated, this, &CalibrationView::chooseScore);
    retranslate();
}

void CalibrationView::retranslate() {
    m_reliabilityPanel->setTitle(tr("Reliability"));
    m_reliabilityPanel->setCount(tr("on the diagonal: the confidence is what it says"));
    m_reliability->setAccessibleName(tr("Reliability"));
    m_reliability->setAxes(tr("Confidence"), tr("Share that is right"));
    m_scoresPanel->setTitle(tr("Scores"));
    m_scoresPanel->setCount(tr("blue right, red wrong"));
    m_scores->setAccessibleName(tr("Scores, right and wrong"));
    m_runLabel->setText(tr("Run"));
    showRuns();
}

void CalibrationView::showRuns() {
    const QString before = m_run->currentText();
    m_run->clear();
    for (const RunFigures* run : shown()) m_run->addItem(run->name);
    m_run->setCurrentIndex(std::max(0, m_run->findText(before)));
    m_run->setEnabled(m_run->count() > 1);
    const QString empty = emptyWords({Task::Classify, Task::Detect});
    m_reliability->setEmptyText(empty);
    m_scores->setEmptyText(empty);
    showReliability();
    showScores();
}

void CalibrationView::showReliability() {
    std::vector<charts::XyChart::Series> series;
    m_bins.clear();
    for (const RunFigures* run : shown()) {
        const auto& evaluation = *run->evaluation;
        if (evaluation.ece < 0) continue;
        charts::XyChart::Series one{run->name, tr("ECE %1").arg(percentText(evaluation.ece)), run->number, {}, {}};
        std::vector<int> bins;
        for (int k = 0; k < int(evaluation.reliability.size()); ++k) {
            const auto& bin = evaluation.reliability[std::size_t(k)];
            if (bin.samples == 0) continue;
            one.points << QPointF(bin.confidence, bin.accuracy);
            one.words << tr("%1 to %2: confidence %3, right %4, %Ln sample(s)", nullptr, int(bin.samples))
                             .arg(percentText(bin.from, 0), percentText(bin.to, 0), percentText(bin.confidence),
                                  percentText(bin.accuracy));
            bins.push_back(k);
        }
        series.push_back(std::move(one));
        m_bins.push_back(std::move(bins));
    }
    m_reliability->setSeries(std::move(series));
}

const RunFigures* CalibrationView::scored() const {
    const auto some = shown();
    const int at = m_run->currentIndex();
    return at >= 0 && at < int(some.size()) ? some[std::size_t(at)] : nullptr;
}

void CalibrationView::showScores() {
    std::vector<charts::HistogramChart::Bar> bars;
    if (const RunFigures* run = scored(); run && run->evaluation->ece >= 0)
        for (const auto& bin : run->evaluation->scores)
            bars.push_back({percentText(bin.from, 0),
                            tr("%1 to %2: %3 right, %4 wrong")
                                .arg(percentText(bin.from, 0), percentText(bin.to, 0))
                                .arg(bin.right)
                                .arg(bin.wrong),
                            {double(bin.right), double(bin.wrong)}});
    m_scores->setBars(std::move(bars), {kRightSeries, kWrongSeries}, charts::HistogramChart::Look::Beside,
                      charts::HistogramChart::Ticks::Edges, false);
}

void CalibrationView::chooseBin(int series, int point) {
    std::vector<const RunFigures*> drawn;
    for (const RunFigures* run : shown())
        if (run->evaluation->ece >= 0) drawn.push_back(run);
    const RunFigures& run = *drawn[std::size_t(series)];
    const int bin = m_bins[std::size_t(series)][std::size_t(point)];
    const auto& what = run.evaluation->reliability[std::size_t(bin)];
    Q_EMIT chosen({tr("%1: confidence %2 to %3").arg(run.name, percentText(what.from, 0), percentText(what.to, 0)),
                   {},
                   runs::figures::imagesInReliabilityBin(*run.kept, bin)});
}

void CalibrationView::chooseScore(int bar, int series) {
    const RunFigures* run = scored();
    if (!run || series < 0) return;
    const auto& bin = run->evaluation->scores[std::size_t(bar)];
    const QString words = series == 0 ? tr("%1: right, scored %2 to %3") : tr("%1: wrong, scored %2 to %3");
    Q_EMIT chosen({words.arg(run->name, percentText(bin.from, 0), percentText(bin.to, 0)),
                   {},
                   runs::figures::imagesInScoreBin(*run->kept, bar, series == 0)});
}

}  // namespace lathe::widgets::compare
