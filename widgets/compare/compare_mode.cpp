#include "widgets/compare/compare_mode.h"

#include <QStackedWidget>
#include <QTableView>

#include "widgets/charts/spark.h"
#include "widgets/compare/cases_panel.h"
#include "widgets/compare/figures_page.h"
#include "widgets/compare/settings_diff.h"
#include "widgets/compare/verdict_panel.h"

namespace lathe::widgets::compare {
namespace {

constexpr std::size_t kMostRuns = 500, kSparks = 60;

/// Settings of all, curves of the newest.
Result<std::vector<ComparedRun>> readRuns(const store::Workspace& workspace, const std::map<std::string, ComparedRun>& known,
                                          const std::stop_token& stop) {
    LATHE_TRY(const auto rows, runs::runs(workspace));
    std::vector<ComparedRun> found;
    for (const auto& row : rows) {
        if (stop.stop_requested() || found.size() >= kMostRuns) break;
        ComparedRun one;
        if (const auto before = known.find(row.id.value); before != known.end()) one = before->second;
        one.row = row;
        if (!one.settings.empty() && runs::isFinal(row.state)) {
            found.push_back(std::move(one));
            continue;
        }
        const runs::RunFolder folder(row.folder);
        if (const auto spec = folder.readSpec()) one.settings = settingsOf(*spec);
        if (found.size() < kSparks)
            if (const auto data = runs::readRun(folder))
                if (const auto series = data->series.find(charts::judgedBy(row)); series != data->series.end())
                    one.spark = charts::sparkValues(series->second, 40);
        found.push_back(std::move(one));
    }
    return found;
}

}  // namespace

CompareMode::CompareMode(common::Services& services, QWidget* parent)
    : Mode(services, parent), m_do("compare", staticMetaObject.className(), this) {
    buildActions();
    buildPage();
    wire();
    retranslate();
}

CompareMode::~CompareMode() = default;

void CompareMode::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    Mode::setWorkspace(workspace);
    m_thumbnails->setWorkspace(workspace);
    m_accuracy->clearSeries();
    m_loss->clearSeries();
    m_watches.clear();
    m_report.reset();
    m_a = m_b = {};
    m_first = true;
    m_table->setRuns({});
    m_figures->setWorkspace(workspace);
    forgetChosen();
    showState();
    if (workspace) load();
}

void CompareMode::refresh() {
    if (workspace()) load();
}

void CompareMode::enter(const QVariantMap& args) {
    m_wanted = args.value(QStringLiteral("runs")).toStringList();
    if (!m_wanted.isEmpty()) {
        m_first = true;
        refresh();
    }
}

void CompareMode::load() {
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    std::map<std::string, ComparedRun> known;
    for (int row = 0; row < m_table->rowCount(); ++row)
        if (const auto& run = m_table->at(row); runs::isFinal(run.row.state)) known.emplace(run.row.id.value, run);
    services().jobs->run<std::vector<ComparedRun>>(
        tr("Read the runs"), this,
        [workspace = workspace(), known](std::stop_token stop, const Progress&) { return readRuns(*workspace, known, stop); },
        [this, asked = workspace()](Result<std::vector<ComparedRun>> found) {
            m_loading = false;
            if (asked != workspace()) return load();
            if (found)
                take(std::move(*found));
            else
                m_note->show(common::Tone::Err, common::errorText(found.error()));
            if (std::exchange(m_again, false)) load();
        },
        true);
}

void CompareMode::take(std::vector<ComparedRun> found) {
    std::vector<runs::RunRow> rows;
    for (const auto& one : found) rows.push_back(one.row);
    charts::numberRuns(rows);
    std::erase_if(m_watches, [&](const auto& kept) {
        return std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return row.id.value == kept.first; });
    });
    m_tablePanel->setCount(QString::number(found.size()));
    const int before = m_table->rowCount();
    const auto stateOf = [this](const RunId& id) {
        return m_table->run(id) ? std::optional(m_table->run(id)->row.state) : std::nullopt;
    };
    const auto stateA = stateOf(m_a), stateB = stateOf(m_b);
    m_table->setRuns(std::move(found));
    const bool others = before != m_table->rowCount();
    if (others) fitColumns();
    if (std::exchange(m_first, false) || !m_table->run(m_a))
        chooseFirst();
    else if (others || stateA != stateOf(m_a) || stateB != stateOf(m_b))
        setPair(m_a, m_b), judgeAll();
    if (others) showCurves();
    if (others || stateA != stateOf(m_a) || stateB != stateOf(m_b)) showFigures();
    showDiff();
    showState();
    Q_EMIT factsChanged();
}

/// What was asked for, else the two newest finished runs: the older is A.
void CompareMode::chooseFirst() {
    std::vector<RunId> chosen;
    for (const auto& id : m_wanted)
        if (m_table->run(RunId(id.toStdString()))) chosen.emplace_back(id.toStdString());
    m_wanted.clear();
    for (int row = 0; row < m_table->rowCount() && chosen.size() < 2; ++row) {
        const auto& run = m_table->at(row).row;
        if (run.state == runs::RunState::Finished && std::find(chosen.begin(), chosen.end(), run.id) == chosen.end())
            chosen.push_back(run.id);
    }
    if (chosen.empty() && m_table->rowCount() > 0) chosen.push_back(m_table->at(0).row.id);
    m_table->setTicked(chosen);
    if (chosen.empty()) return setPair({}, {});
    const auto [older, newer] =
        std::minmax_element(chosen.begin(), chosen.end(), [](const auto& x, const auto& y) { return x.value < y.value; });
    setPair(*older, *newer);
}

QString CompareMode::nameOf(const RunId& id) const {
    const auto* run = m_table->run(id);
    return !run ? QString() : QString::fromStdString(run->row.name.empty() ? id.value : run->row.name);
}

void CompareMode::setPair(const RunId& a, const RunId& b) {
    const bool otherA = a != m_a;
    m_a = a;
    m_b = b;
    m_table->setPair(a, b);
    m_verdict->setPair(nameOf(a), nameOf(b));
    auto ticked = m_table->tickedRuns();
    bool added = false;
    for (const auto& run : {a, b})
        if (run.valid() && !m_table->ticked(run)) ticked.push_back(run), added = true;
    if (added)
        m_table->setTicked(ticked);
    else
        showDiff(), showFigures();
    if (a.valid()) m_chosen->setColours(charts::runNumber(a), charts::runNumber(b));
    if (a.valid()) m_fixed->setColours(charts::runNumber(a), charts::runNumber(b));
    if (a.valid()) m_broken->setColours(charts::runNumber(a), charts::runNumber(b));
    if (const int row = m_table->rowOf(b); row >= 0 && m_view->currentIndex().row() != row) {
        const QSignalBlocker quiet(m_view->selectionModel());
        m_view->setCurrentIndex(m_table->index(row, 0));
        m_view->viewport()->update();
    }
    judge();
    if (otherA) judgeAll();
    updateActions();
    Q_EMIT placeChanged();
}

void CompareMode::judge() {
    if (m_pairJob) services().jobs->drop(m_pairJob);
    m_report.reset();
    const auto* a = m_table->run(m_a);
    const auto* b = m_table->run(m_b);
    nameCases();
    m_fixed->setCases({}, {});
    m_broken->setCases({}, {});
    m_confusion->setCounts({}, {});
    if (!a || !b || m_a == m_b)
        return m_verdict->setWords(tr("Choose a second run"),
                                   tr("Click a run to make it B. The baseline is A: press A on another run to change it."));
    m_verdict->setWords(tr("Comparing…"), tr("%1 against %2").arg(nameOf(m_b), nameOf(m_a)));
    m_pairJob = services().jobs->run<PairReport>(
        tr("Compare two runs"), this,
        [workspace = workspace(), a = a->row, b = b->row](std::stop_token, const Progress&) {
            return readPair(*workspace, a, b, runs::comparedBy(a.task));
        },
        [this, a = m_a, b = m_b](Result<PairReport> report) {
            if (a != m_a || b != m_b) return;
            if (report) return showReport(*report);
            if (report.error().code == ErrorCode::Cancelled) return;
            m_verdict->setWords(tr("These two can't be compared"), common::errorText(report.error()));
        },
        true);
}

void CompareMode::showReport(const PairReport& report) {
    m_report = report;
    m_verdict->setReport(report);
    nameCases();
    m_fixed->setCases(report.fixed, report.classes);
    m_broken->setCases(report.broken, report.classes);
    m_confusion->setDifference(report.classes, report.confusionA, report.confusionB);
    updateActions();
    Q_EMIT factsChanged();
}

void CompareMode::nameCases() {
    const QString pending = m_report ? QString() : tr("Known when there are two finished runs to compare.");
    m_fixed->setEmptyText(m_report ? tr("B fixed no image that A had wrong.") : pending);
    m_broken->setEmptyText(m_report ? tr("B broke no image that A had right.") : pending);
}

/// The verdict column: each finished run against A, one after the other.
void CompareMode::judgeAll() {
    if (m_allJob) services().jobs->drop(m_allJob);
    const auto* a = m_table->run(m_a);
    if (!a) return;
    std::vector<runs::RunRow> others;
    for (int row = 0; row < m_table->rowCount(); ++row)
        if (const auto& run = m_table->at(row).row; run.id != m_a && run.state == runs::RunState::Finished) others.push_back(run);
    using Verdicts = std::vector<std::pair<RunId, Result<runs::PairVerdict>>>;
    m_allJob = services().jobs->run<Verdicts>(
        tr("Compare with %1").arg(nameOf(m_a)), this,
        [a = a->row, others](std::stop_token stop, const Progress& progress) -> Result<Verdicts> {
            Verdicts verdicts;
            for (const auto& other : others) {
                if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped");
                verdicts.emplace_back(other.id, runs::comparePair(a, other, runs::comparedBy(a.task)));
                progress.report(std::int64_t(verdicts.size()), std::int64_t(others.size()));
            }
            return verdicts;
        },
        [this, asked = m_a](Result<Verdicts> verdicts) {
            if (!verdicts || asked != m_a) return;
            for (auto& [run, verdict] : *verdicts)
                m_table->setVerdict(run, verdict ? std::optional(*verdict) : std::nullopt,
                                    verdict ? QString() : common::errorText(verdict.error()));
        });
}

void CompareMode::nameCurves() {
    const auto* a = m_table->run(m_a);
    const std::string task = a ? a->row.task : std::string();
    m_accuracy->setTitle(task == "detect"    ? tr("Validation AP")
                         : task == "segment" ? tr("Validation mean IoU")
                                             : tr("Validation accuracy"));
}

void CompareMode::showCurves() {
    nameCurves();
    m_accuracy->clearSeries();
    m_loss->clearSeries();
    for (const auto& id : m_table->tickedRuns()) {
        auto& watch = m_watches[id.value];
        if (!watch) {
            watch = std::make_unique<charts::RunWatch>(m_table->run(id)->row);
            connect(watch.get(), &charts::RunWatch::metricsChanged, this, [this] {
                m_accuracy->touch();
                m_loss->touch();
            });
        }
        const bool pair = id == m_a || id == m_b;
        const QString name = id == m_a ? tr("A %1").arg(nameOf(id)) : id == m_b ? tr("B %1").arg(nameOf(id)) : nameOf(id);
        const charts::CurveChart::Style style{.name = name, .number = charts::runNumber(id), .focus = pair, .smooth = false};
        m_accuracy->setSeries(QString::fromStdString(id.value), style, watch->curve(charts::judgedBy(watch->row())));
        m_loss->setSeries(QString::fromStdString(id.value), style, watch->curve("val/loss"));
    }
}

void CompareMode::showDiff() {
    std::vector<SettingsDiff::Run> chosen;
    for (const auto& id : m_table->tickedRuns())
        chosen.push_back({id == m_a   ? QStringLiteral("A")
                          : id == m_b ? QStringLiteral("B")
                                      : nameOf(id),
                          m_table->run(id)->settings});
    std::stable_sort(chosen.begin(), chosen.end(), [](const auto& x, const auto& y) {
        return (x.name == "A") * 2 + (x.name == "B") > (y.name == "A") * 2 + (y.name == "B");
    });
    const bool enough = chosen.size() > 1;
    m_diff->setRuns(std::move(chosen));
    const bool none = m_diff->rowCount() == 0;
    m_diffEmpty->setVisible(none);
    m_diffView->setVisible(!none);
    m_diffEmpty->setText(enough ? tr("The ticked runs have the same settings, names and seeds included.")
                                : tr("Tick two runs or more to see what differs."));
}

void CompareMode::showState() {
    const bool some = m_table->rowCount() > 0;
    m_stack->setCurrentIndex(some ? 1 : 0);
    if (!workspace())
        m_empty->setTexts(tr("No workspace is open"), tr("Open one to compare its runs."));
    else
        m_empty->setTexts(tr("No runs to compare"), tr("Train two, with one setting changed, and see here whether it helped."));
    m_empty->setActions(m_train);
}

}  // namespace lathe::widgets::compare
