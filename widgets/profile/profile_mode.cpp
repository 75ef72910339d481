#include "widgets/profile/profile_mode.h"

#include <QComboBox>
#include <QStackedWidget>
#include <QThread>
#include <QVBoxLayout>

#include "widgets/common/icons.h"
#include "widgets/profile/phase_bars.h"

namespace lathe::widgets::profile {
using common::makeLabel;
using common::Token;
using common::Type;
namespace {

QString idOf(const runs::RunRow& row) {
    return QString::fromStdString(row.id.value);
}

}  // namespace

ProfileMode::ProfileMode(common::Services& services, QWidget* parent)
    : Mode(services, parent), m_do("profile", staticMetaObject.className(), this) {
    buildActions();
    buildPage();
    retranslate();
}

ProfileMode::~ProfileMode() = default;

void ProfileMode::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    Mode::setWorkspace(workspace);
    m_curve->clearSeries();
    m_watch.reset();
    take({});
    if (workspace) load();
}

void ProfileMode::refresh() {
    if (workspace()) load();
}

void ProfileMode::enter(const QVariantMap& args) {
    m_wanted = args.value(QStringLiteral("run")).toString();
    if (workspace()) load();
}

QList<QAction*> ProfileMode::modeActions() const {
    return m_do.all();
}

QList<QAction*> ProfileMode::barActions() const {
    return {m_train};
}

QStringList ProfileMode::place() const {
    return m_watch
               ? QStringList{QString::fromStdString(m_watch->row().name.empty() ? m_watch->row().id.value : m_watch->row().name),
                             tr("Phases")}
               : QStringList{tr("Phases")};
}

void ProfileMode::load() {
    services().jobs->run<std::vector<runs::RunRow>>(
        tr("Read the runs"), this, [workspace = workspace()](std::stop_token, const Progress&) { return runs::runs(*workspace); },
        [this, asked = workspace()](Result<std::vector<runs::RunRow>> rows) {
            if (rows && asked == workspace()) take(std::move(*rows));
        },
        true);
}

void ProfileMode::take(std::vector<runs::RunRow> rows) {
    charts::numberRuns(rows);
    const bool same = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                 [](const auto& x, const auto& y) { return x.id == y.id; });
    m_rows = std::move(rows);
    if (same && m_wanted.isEmpty() && m_watch) return choose(m_run->currentIndex());
    QString keep = !m_wanted.isEmpty() ? std::exchange(m_wanted, {}) : m_watch ? idOf(m_watch->row()) : QString();
    {
        const QSignalBlocker quiet(m_run);
        m_run->clear();
        for (const auto& row : m_rows)
            m_run->addItem(QString::fromStdString(row.name.empty() ? row.id.value : row.name), idOf(row));
        m_run->setCurrentIndex(std::max(0, m_run->findData(keep)));
    }
    m_stack->setCurrentIndex(m_rows.empty() ? 0 : 1);
    choose(m_run->currentIndex());
}

void ProfileMode::choose(int index) {
    if (index < 0 || index >= int(m_rows.size())) return showRun();
    const auto& row = m_rows[std::size_t(index)];
    if (m_watch && m_watch->row().id == row.id) return m_watch->setRow(row);
    m_curve->clearSeries();
    m_watch = std::make_unique<charts::RunWatch>(row);
    m_spec = {};
    m_curve->setSeries(idOf(row), {.name = tr("images/s"), .number = charts::runNumber(row.id), .solid = true, .smooth = false},
                       m_watch->curve("images_per_second"));
    connect(m_watch.get(), &charts::RunWatch::eventsChanged, this, &ProfileMode::showRun);
    connect(m_watch.get(), &charts::RunWatch::metricsChanged, m_curve, &charts::CurveChart::touch);
    services().jobs->run<runs::RunSpec>(
        tr("Read the settings"), this,
        [folder = runs::RunFolder(row.folder)](std::stop_token, const Progress&) { return folder.readSpec(); },
        [this, id = row.id](Result<runs::RunSpec> spec) {
            if (!spec || !m_watch || m_watch->row().id != id) return;
            m_spec = *spec;
            showRun();
        },
        true);
    showRun();
    Q_EMIT placeChanged();
}

void ProfileMode::showRun() {
    if (!workspace())
        m_empty->setTexts(tr("No workspace is open"), tr("Open one to see where its runs spend their time."));
    else
        m_empty->setTexts(tr("No run to look at"), tr("Train one: after its first epoch the phases of a step are shown here."));
    m_empty->setActions(m_train);
    const auto phases = m_watch ? phasesOf(m_watch->events()) : std::vector<Phases>{};
    const QString none = QStringLiteral("–");
    const bool known = !phases.empty();
    m_step.value->setText(known ? ms(phases.back().step) : none);
    m_p95.value->setText(known && phases.back().p95 > 0 ? ms(phases.back().p95) : none);
    m_waits.value->setText(known ? charts::percentText(phases.back().waits(), 0) : none);
    charts::setToken(m_waits.value, known && phases.back().waits() > 0.1 ? Token::Warn : Token::T1);
    const double speed = m_watch ? m_watch->imagesPerSecond() : -1;
    m_speed.value->setText(speed >= 0 ? common::number(speed) : none);
    m_machine->setWaitShare(known ? phases.back().waits() : -1);
    m_bars->setPhases(phases);
    m_curve->setSpan(m_watch && m_watch->epochs() > 0 ? std::optional<double>(m_watch->epochs()) : std::nullopt);
    showFindings();
}

void ProfileMode::showFindings() {
    Observed seen;
    if (m_watch) {
        seen.phases = phasesOf(m_watch->events());
        for (const auto& point : m_watch->curve("images_per_second")->raw().points()) seen.speed.push_back(point.value);
        seen.finished = m_watch->state() == runs::RunState::Finished;
    }
    seen.spec = m_spec;
    seen.cores = QThread::idealThreadCount();
    const auto findings = findingsOf(seen);
    QString key;
    for (const auto& one : findings) key += one.rule + one.evidence + one.advice;
    key += seen.phases.empty() ? "-" : "+";
    if (key == m_shownFindings) return;
    m_shownFindings = key;
    while (m_findings->count() > 2) {
        std::unique_ptr<QLayoutItem> item(m_findings->takeAt(1));
        item->widget()->deleteLater();
    }
    for (const auto& one : findings) m_findings->insertWidget(m_findings->count() - 1, findingCard(one));
    m_none->setVisible(findings.empty());
    m_none->setText(seen.phases.empty() ? tr("Known after the first epoch.")
                                        : tr("Nothing slows this run down that these figures could show."));
    m_findingsPanel->setCount(findings.empty() ? QString() : tr("%1 of 5 rules").arg(findings.size()));
}

QWidget* ProfileMode::findingCard(const Finding& finding) {
    auto* card = new QWidget;
    auto* grid = new QGridLayout(card);
    grid->setContentsMargins(12, 10, 12, 10);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(3);
    const Token token = finding.severity == Finding::High     ? Token::Err
                        : finding.severity == Finding::Medium ? Token::Warn
                                                              : Token::T2;
    const QString icon = finding.severity == Finding::High     ? QStringLiteral("error")
                         : finding.severity == Finding::Medium ? QStringLiteral("warn")
                                                               : QStringLiteral("info");
    grid->addWidget(common::makeIconLabel(icon, token, 16, card), 0, 0, Qt::AlignTop);
    auto* title = makeLabel(finding.title, Type::Control, Token::T1, card);
    auto* saves = makeLabel(finding.saves > 0 ? tr("up to −%1").arg(ms(finding.saves)) : QString(), Type::Table, Token::Ok, card);
    grid->addWidget(title, 0, 1);
    grid->addWidget(saves, 0, 2, Qt::AlignRight);
    int row = 1;
    for (const auto& [text, tone] : {std::pair(finding.evidence, Token::T2), std::pair(finding.advice, Token::T3)}) {
        auto* label = makeLabel(text, Type::Table, tone, card);
        label->setWordWrap(true);
        grid->addWidget(label, row++, 1, 1, 2);
    }
    grid->addWidget(common::makeRule(card), row, 0, 1, 3);
    grid->setColumnStretch(1, 1);
    return card;
}

void ProfileMode::showCores(const charts::MachineFigures& figures) {
    constexpr int kMost = 16;
    const int count = std::min<int>(kMost, int(figures.cores.size()));
    if (m_coreCount != int(figures.cores.size())) {
        m_coreCount = int(figures.cores.size());
        for (int i = int(m_coreRows.size()); i < count; ++i) {
            auto* row = new QHBoxLayout;
            auto* label = makeLabel(QString::number(i), Type::Caption, Token::T3, m_coresPanel);
            label->setFixedWidth(96);
            auto* meter = new charts::Meter({}, m_coresPanel);
            row->addWidget(label);
            row->addWidget(meter, 1);
            m_cores->addLayout(row);
            m_coreRows.emplace_back(label, meter);
        }
        m_coresPanel->setCount(m_coreCount > kMost ? tr("the first %1 of %2").arg(kMost).arg(m_coreCount)
                                                   : QString::number(m_coreCount));
    }
    m_coreFigures = figures;
    for (int i = 0; i < count; ++i) {
        auto& [label, meter] = m_coreRows[std::size_t(i)];
        const QString text = charts::percentText(figures.cores[i], 0);
        label->setText(tr("Core %1  %2").arg(i).arg(text));
        meter->setAccessibleName(tr("Core %1").arg(i));
        meter->setShare(figures.cores[i], text);
    }
}

}  // namespace lathe::widgets::profile
