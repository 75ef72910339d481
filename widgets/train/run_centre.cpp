#include "widgets/train/run_centre.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include "widgets/common/keep_named.h"
#include "widgets/common/parts.h"

namespace lathe::widgets::train {
using charts::CurveChart;
using common::makeLabel;
using common::Token;
using common::Type;

RunCentre::RunCentre(QWidget* parent) : QWidget(parent) {
    buildView();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(buildFigures());
    column->addWidget(buildCharts(), 3);
    column->addWidget(buildSmall(), 2);
    column->addWidget(buildWords());
    retranslate();
    applyView();
}

RunCentre::Figure RunCentre::addFigure(QHBoxLayout* row) {
    auto* column = new QVBoxLayout;
    column->setSpacing(3);
    Figure figure{makeLabel({}, Type::Caption, Token::T3, this), makeLabel(QStringLiteral("–"), Type::Section, Token::T1, this)};
    column->addStretch(1);
    column->addWidget(figure.name);
    column->addWidget(figure.value);
    column->addStretch(1);
    row->addLayout(column);
    return figure;
}

QWidget* RunCentre::buildFigures() {
    auto* plate = new QFrame(this);
    plate->setAutoFillBackground(true);
    plate->setFixedHeight(88);
    auto* outer = new QVBoxLayout(plate);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 10, 16, 6);
    row->setSpacing(24);
    auto* big = new QVBoxLayout;
    big->setSpacing(0);
    m_caption = makeLabel({}, Type::Caption, Token::T3, plate);
    m_value = makeLabel(QStringLiteral("–"), Type::Figure, Token::T1, plate);
    big->addWidget(m_caption);
    big->addWidget(m_value);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    m_best = makeLabel({}, Type::Table, Token::T2, plate);
    m_against = makeLabel({}, Type::Table, Token::T2, plate);
    words->addStretch(1);
    words->addWidget(m_best);
    words->addWidget(m_against);
    words->addStretch(1);
    row->addLayout(big);
    row->addLayout(words);
    row->addStretch(1);
    for (auto* figure : {&m_epoch, &m_left, &m_speed, &m_wait}) *figure = addFigure(row);
    outer->addLayout(row, 1);
    m_meter = new charts::Meter(QString(), plate);
    outer->addWidget(m_meter);
    return plate;
}

QWidget* RunCentre::buildCharts() {
    auto* splitter = common::namedSplitter(
        Qt::Horizontal, [] { return tr("Loss and accuracy"); }, this);
    m_loss = new CurveChart(QString(), splitter);
    m_accuracy = new CurveChart(QString(), splitter);
    for (auto* chart : {m_loss, m_accuracy}) chart->linkCursor(&m_cursor);
    m_loss->setSmoothing(0.93);
    m_viewButton = common::makeIconButton(QStringLiteral("sliders"), QStringLiteral(" "), m_loss);
    m_viewButton->setFixedSize(24, 20);
    m_viewButton->setIconSize({16, 16});
    m_viewButton->setPopupMode(QToolButton::InstantPopup);
    m_viewButton->setMenu(m_view);
    m_viewButton->setStyleSheet(QStringLiteral("QToolButton::menu-indicator{image:none}"));
    m_loss->addHeaderWidget(m_viewButton);
    splitter->setSizes({1, 1});
    return splitter;
}

QWidget* RunCentre::buildSmall() {
    auto* splitter = common::namedSplitter(
        Qt::Horizontal, [] { return tr("Classes and rates"); }, this);
    auto* classes = new QFrame(splitter);
    classes->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(classes);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(2);
    auto* header = new QHBoxLayout;
    header->setContentsMargins(14, 0, 14, 0);
    m_barsTitle = makeLabel({}, Type::Table, Token::T1, classes);
    QFont bold = m_barsTitle->font();
    bold.setWeight(QFont::DemiBold);
    m_barsTitle->setFont(bold);
    m_barsTitle->setProperty("weight", int(QFont::DemiBold));
    m_barsSub = common::makeElidedLabel({}, Type::Table, Token::T3, classes);
    header->addWidget(m_barsTitle);
    header->addWidget(m_barsSub, 1);
    column->addLayout(header);
    m_bars = new charts::BarRows(QString());
    auto* scroll = new QScrollArea(classes);
    scroll->setWidget(m_bars);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_barsEmpty = makeLabel({}, Type::Table, Token::T3, classes);
    m_barsEmpty->setWordWrap(true);
    m_barsEmpty->setContentsMargins(14, 8, 14, 8);
    column->addWidget(m_barsEmpty);
    column->addWidget(scroll, 1);
    auto* right = common::namedSplitter(
        Qt::Vertical, [] { return tr("Rates"); }, splitter);
    m_rate = new CurveChart(QString(), right);
    m_images = new CurveChart(QString(), right);
    for (auto* chart : {m_rate, m_images}) {
        chart->setCompact(true);
        chart->linkCursor(&m_cursor);
    }
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({360, 570});
    return splitter;
}

QWidget* RunCentre::buildWords() {
    auto* plate = new QFrame(this);
    plate->setAutoFillBackground(true);
    auto* grid = new QGridLayout(plate);
    grid->setContentsMargins(14, 8, 14, 8);
    grid->setVerticalSpacing(6);
    grid->setHorizontalSpacing(8);
    m_fitIcon = new QLabel(plate);
    m_fitIcon->setFixedSize(16, 16);
    m_fit = makeLabel({}, Type::Table, Token::T1, plate);
    m_waits = makeLabel({}, Type::Table, Token::T2, plate);
    for (QLabel* label : {m_fit, m_waits}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_stepBar = new charts::StepBar(plate);
    grid->addWidget(m_fitIcon, 0, 0, Qt::AlignTop);
    grid->addWidget(m_fit, 0, 1);
    grid->addWidget(m_stepBar, 1, 0, 1, 2);
    grid->addWidget(m_waits, 2, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    return plate;
}

void RunCentre::buildView() {
    m_view = new QMenu(this);
    m_log = m_view->addAction(QString());
    m_log->setCheckable(true);
    m_log->setChecked(true);
    m_view->addSeparator();
    auto* axes = new QActionGroup(m_view);
    for (QAction** action : {&m_byEpoch, &m_byStep, &m_byTime}) {
        *action = axes->addAction(m_view->addAction(QString()));
        (*action)->setCheckable(true);
    }
    m_byEpoch->setChecked(true);
    m_view->addSeparator();
    auto* weights = new QActionGroup(m_view);
    for (double weight : {0.0, 0.6, 0.93, 0.98}) {
        auto* action = weights->addAction(m_view->addAction(QString()));
        action->setCheckable(true);
        action->setChecked(weight == 0.93);
        m_smooth.emplace_back(action, weight);
    }
    connect(m_view, &QMenu::triggered, this, &RunCentre::applyView);
}

void RunCentre::applyView() {
    const auto axis = m_byStep->isChecked()   ? CurveChart::Axis::Step
                      : m_byTime->isChecked() ? CurveChart::Axis::Time
                                              : CurveChart::Axis::Epoch;
    for (auto* chart : {m_loss, m_accuracy, m_rate, m_images})
        if (chart->axis() != axis) chart->setAxis(axis);
    m_loss->setLogY(m_log->isChecked());
    double weight = 0;
    for (const auto& [action, value] : m_smooth)
        if (action->isChecked()) weight = value;
    m_loss->setSmoothing(weight);
    const QString scale = m_log->isChecked() ? tr("log") : tr("linear");
    m_loss->setSubtitle(weight > 0 ? tr("%1, smoothed %2").arg(scale).arg(weight) : scale);
}

void RunCentre::retranslate() {
    m_loss->setTitle(tr("Loss"));
    showTask();
    m_rate->setTitle(tr("Learning rate"));
    m_images->setTitle(tr("Images per second"));
    m_barsEmpty->setText(tr("Known after the first epoch with validation images."));
    m_epoch.name->setText(tr("Epoch"));
    m_left.name->setText(tr("Left"));
    m_speed.name->setText(tr("Images/s"));
    m_wait.name->setText(tr("Waits for data"));
    m_meter->setAccessibleName(tr("Progress of the run"));
    m_viewButton->setToolTip(tr("Scale, axis, smoothing"));
    m_viewButton->setAccessibleName(tr("Scale, axis, smoothing"));
    m_log->setText(tr("Logarithmic loss"));
    m_byEpoch->setText(tr("By epoch"));
    m_byStep->setText(tr("By step"));
    m_byTime->setText(tr("By time"));
    for (const auto& [action, weight] : m_smooth) action->setText(weight > 0 ? tr("Smoothed %1").arg(weight) : tr("Not smoothed"));
    m_stepBar->setAccessibleName(tr("Shares of a step"));
    m_toldEvents = 0;
    applyView();
    update();
}

}  // namespace lathe::widgets::train
