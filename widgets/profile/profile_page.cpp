// ProfileMode: what stands where.
#include <QComboBox>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "widgets/common/keep_named.h"
#include "widgets/profile/phase_bars.h"
#include "widgets/profile/profile_mode.h"

namespace lathe::widgets::profile {
using common::makeLabel;
using common::Token;
using common::Type;

void ProfileMode::buildActions() {
    m_do.add({"newer", QT_TR_NOOP("Newer run"), "left", "["},
             [this] { m_run->setCurrentIndex(std::max(0, m_run->currentIndex() - 1)); });
    m_do.add({"older", QT_TR_NOOP("Older run"), "right", "]"},
             [this] { m_run->setCurrentIndex(std::min(m_run->count() - 1, m_run->currentIndex() + 1)); });
    m_train = m_do.add({"train", QT_TR_NOOP("Open in Train"), "train", ""}, [this] {
        Q_EMIT goTo(
            QStringLiteral("train"),
            m_watch ? QVariantMap{{QStringLiteral("run"), QString::fromStdString(m_watch->row().id.value)}} : QVariantMap{});
    });
}

void ProfileMode::buildPage() {
    auto* content = new QWidget(this);
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1);
    row->addWidget(buildCentre(), 1);
    row->addWidget(buildRight());
    m_empty = new common::EmptyState(QStringLiteral("profile"), this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
}

ProfileMode::Figure ProfileMode::addFigure(QHBoxLayout* row) {
    auto* column = new QVBoxLayout;
    column->setSpacing(3);
    Figure figure{makeLabel({}, Type::Caption, Token::T3, this), makeLabel(QStringLiteral("–"), Type::Page, Token::T1, this)};
    column->addWidget(figure.name);
    column->addWidget(figure.value);
    row->addLayout(column);
    return figure;
}

QWidget* ProfileMode::buildFigures() {
    auto* plate = new QFrame(this);
    plate->setAutoFillBackground(true);
    auto* row = new QHBoxLayout(plate);
    row->setContentsMargins(16, 12, 16, 12);
    row->setSpacing(32);
    auto* choice = new QVBoxLayout;
    choice->setSpacing(3);
    m_runName = makeLabel({}, Type::Caption, Token::T3, plate);
    m_run = new QComboBox(plate);
    m_run->setMinimumWidth(200);
    m_runName->setBuddy(m_run);
    choice->addWidget(m_runName);
    choice->addWidget(m_run);
    row->addLayout(choice);
    for (auto* figure : {&m_step, &m_p95, &m_waits, &m_speed}) *figure = addFigure(row);
    row->addStretch(1);
    connect(m_run, &QComboBox::currentIndexChanged, this, &ProfileMode::choose);
    return plate;
}

QWidget* ProfileMode::buildCentre() {
    auto* holder = new QWidget(this);
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(buildFigures());
    auto* splitter = common::namedSplitter(
        Qt::Vertical, [] { return tr("Phases and speed"); }, holder);
    m_phasesPanel = new common::Panel(QStringLiteral(" "), splitter);
    m_bars = new PhaseBars(QString(), m_phasesPanel);
    m_phasesPanel->body()->addWidget(m_bars, 1);
    m_curve = new charts::CurveChart(QString(), splitter);
    m_curve->setYRange(std::pair(0.0, 1.0));
    splitter->setSizes({420, 260});
    column->addWidget(splitter, 1);
    return holder;
}

QWidget* ProfileMode::buildRight() {
    auto* right = new QWidget(this);
    right->setFixedWidth(340);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    m_findingsPanel = new common::Panel(QStringLiteral(" "), right);
    auto* list = new QWidget;
    m_findings = new QVBoxLayout(list);
    m_findings->setContentsMargins(0, 0, 0, 0);
    m_findings->setSpacing(0);
    m_none = makeLabel({}, Type::Table, Token::T3, list);
    m_none->setWordWrap(true);
    m_none->setContentsMargins(12, 4, 12, 8);
    m_findings->addWidget(m_none);
    m_findings->addStretch(1);
    auto* scroll = new QScrollArea(m_findingsPanel);
    scroll->setWidget(list);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_findingsPanel->body()->addWidget(scroll);
    m_machine = new charts::MachinePanel(right);
    m_coresPanel = new common::Panel(QStringLiteral(" "), right);
    m_cores = new QVBoxLayout;
    m_cores->setContentsMargins(12, 0, 12, 12);
    m_cores->setSpacing(6);
    m_coresPanel->body()->addLayout(m_cores);
    column->addWidget(m_findingsPanel, 1);
    column->addWidget(m_machine);
    column->addWidget(m_coresPanel);
    connect(m_machine, &charts::MachinePanel::measured, this, &ProfileMode::showCores);
    return right;
}

void ProfileMode::paintEvent(QPaintEvent* event) {
    QPainter(this).fillRect(event->rect(), common::Theme::instance().colour(common::Token::Kerf));
}

void ProfileMode::retranslate() {
    m_do.retranslate();
    m_runName->setText(tr("Run"));
    m_step.name->setText(tr("Step, median"));
    m_p95.name->setText(tr("One step in twenty"));
    m_waits.name->setText(tr("Waits for data"));
    m_speed.name->setText(tr("Images a second"));
    m_phasesPanel->setTitle(tr("Phases of a step"));
    m_phasesPanel->setCount(tr("medians, epoch by epoch"));
    m_bars->setAccessibleName(tr("Phases of a step"));
    m_curve->setTitle(tr("Images per second"));
    m_findingsPanel->setTitle(tr("Findings"));
    m_coresPanel->setTitle(tr("Cores"));
    m_machine->retranslate();
    showCores(m_coreFigures);
    m_shownFindings.clear();
    showRun();
}

}  // namespace lathe::widgets::profile
