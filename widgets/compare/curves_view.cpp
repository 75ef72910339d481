#include "widgets/compare/curves_view.h"

#include <QComboBox>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/common/keep_named.h"

namespace lathe::widgets::compare {

using common::Token;
using common::Type;
using runs::figures::Curve;
using runs::figures::Task;

CurvesView::CurvesView(QWidget* parent) : FigureView(parent) {
    m_class = new QComboBox(this);
    m_classLabel = common::makeLabel({}, Type::Control, Token::T2, this);
    m_classLabel->setBuddy(m_class);
    m_hint = common::makeLabel({}, Type::Table, Token::T3, this);
    auto* strip = new common::Panel({}, this);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(12, 6, 12, 6);
    bar->setSpacing(8);
    strip->body()->addLayout(bar);
    bar->addWidget(m_classLabel);
    bar->addWidget(m_class);
    bar->addSpacing(8);
    bar->addWidget(m_hint, 1);
    auto* both = common::namedSplitter(Qt::Horizontal, [] { return tr("ROC and precision"); });
    m_rocPanel = new common::Panel(QStringLiteral(" "), both);
    m_precisionPanel = new common::Panel(QStringLiteral(" "), both);
    m_roc = new charts::XyChart({}, m_rocPanel);
    m_roc->setDiagonal(true);
    m_precision = new charts::XyChart({}, m_precisionPanel);
    m_precision->setKeyCorner(charts::XyChart::Corner::BottomLeft);
    m_rocPanel->body()->addWidget(m_roc, 1);
    m_precisionPanel->body()->addWidget(m_precision, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(strip);
    column->addWidget(both, 1);
    connect(m_class, &QComboBox::activated, this, &CurvesView::showCurves);
    connect(m_roc, &charts::XyChart::activated, this, [this](int s, int p) { choose(Kind::Roc, s, p); });
    connect(m_precision, &charts::XyChart::activated, this, [this](int s, int p) { choose(Kind::PrecisionRecall, s, p); });
    retranslate();
}

void CurvesView::retranslate() {
    m_classLabel->setText(tr("Class"));
    m_rocPanel->setTitle(tr("ROC"));
    m_roc->setAccessibleName(tr("ROC"));
    m_roc->setAxes(tr("False positive rate"), tr("True positive rate"));
    m_precisionPanel->setTitle(tr("Precision and recall"));
    m_precision->setAccessibleName(tr("Precision against recall"));
    m_precision->setAxes(tr("Recall"), tr("Precision"));
    showRuns();
}

int CurvesView::category() const {
    return m_class->currentIndex() - 1;
}

void CurvesView::showRuns() {
    showClasses();
    showCurves();
}

void CurvesView::showClasses() {
    const int before = m_class->currentIndex();
    m_class->clear();
    m_class->addItem(tr("All, their mean"));
    if (const auto some = shown(); !some.empty())
        for (const auto& name : some.front()->evaluation->classes) m_class->addItem(QString::fromStdString(name));
    m_class->setCurrentIndex(before > 0 && before < m_class->count() ? before : 0);
    m_class->setEnabled(m_class->count() > 1);
}

void CurvesView::showCurves() {
    m_rocPanel->setVisible(taskOf(m_runs) != Task::Detect);
    m_precisionPanel->setCount(taskOf(m_runs) == Task::Detect ? tr("found objects at IoU 0.5") : QString());
    m_hint->setText(category() < 0 ? tr("Choose a class, then click a point: below stand the images that its threshold gets wrong.")
                                   : tr("Click a point: below stand the images that its threshold gets wrong."));
    for (const Kind kind : {Kind::Roc, Kind::PrecisionRecall}) {
        chart(kind)->setEmptyText(emptyWords({Task::Classify, Task::Detect}));
        fill(kind);
    }
}

void CurvesView::fill(Kind kind) {
    auto& drawn = m_drawn[kind];
    drawn.clear();
    std::vector<charts::XyChart::Series> series;
    for (const RunFigures* run : shown()) {
        const auto& curves = kind == Kind::Roc ? run->evaluation->roc : run->evaluation->precisionRecall;
        const auto k = std::size_t(std::max(category(), 0));
        if (category() >= 0 && k >= curves.byClass.size()) continue;
        Curve curve = category() < 0 ? curves.mean : curves.byClass[k];
        if (!curve.defined()) continue;
        runs::figures::thin(curve);
        const QString area = curve.area < 0 ? QString() : QString::number(curve.area, 'f', 3);
        charts::XyChart::Series one{run->name, (kind == Kind::Roc ? tr("AUC %1") : tr("AP %1")).arg(area), run->number, {}, {}};
        Drawn behind{run->kept, run->name, {}};
        for (const auto& p : curve.points) one.points << QPointF(p.x, p.y), behind.thresholds.push_back(p.threshold);
        series.push_back(std::move(one));
        drawn.push_back(std::move(behind));
    }
    chart(kind)->setSeries(std::move(series));
}

void CurvesView::choose(Kind kind, int series, int point) {
    if (category() < 0) return;
    const Drawn& drawn = m_drawn[kind][std::size_t(series)];
    const double threshold = drawn.thresholds[std::size_t(point)];
    const QString at = std::isinf(threshold) ? tr("no threshold") : QString::number(threshold, 'f', 3);
    Q_EMIT chosen({tr("%1, %2: wrong at the threshold %3").arg(drawn.name, m_class->currentText(), at),
                   {},
                   runs::figures::imagesWrongAt(*drawn.kept, category(), threshold)});
}

}  // namespace lathe::widgets::compare
