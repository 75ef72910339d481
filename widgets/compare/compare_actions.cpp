// CompareMode: what can be done.
#include <QFileDialog>
#include <QTableView>

#include "core/base/json.h"
#include "widgets/compare/cases_panel.h"
#include "widgets/compare/compare_mode.h"
#include "widgets/compare/figures_page.h"
#include "widgets/compare/verdict_panel.h"

namespace lathe::widgets::compare {

QList<QAction*> CompareMode::modeActions() const {
    return {m_makeA, m_swap, m_openAct, m_browse, m_export, m_submit};
}

QList<QAction*> CompareMode::barActions() const {
    return {m_export, m_submit};
}

QStringList CompareMode::place() const {
    return m_a.valid() && m_b.valid() && m_a != m_b ? QStringList{tr("Runs"), tr("%1 and %2").arg(nameOf(m_a), nameOf(m_b))}
                                                    : QStringList{tr("Runs")};
}

QStringList CompareMode::factsLeft() const {
    return {tr("%n run(s)", nullptr, m_table->rowCount()), tr("%n in the charts", nullptr, int(m_table->tickedRuns().size()))};
}

void CompareMode::updateActions() {
    m_do.update();
}

void CompareMode::makeCurrentA() {
    const auto index = m_view->currentIndex();
    if (!index.isValid()) return;
    const RunId run = m_table->at(index.row()).row.id;
    setPair(run, run == m_b ? m_a : m_b);
}

std::vector<Case> CompareMode::selectedCases() const {
    if (m_figures->tab() != FiguresPage::Learning) return m_chosen->selected();
    auto cases = m_fixed->selected();
    const auto broken = m_broken->selected();
    cases.insert(cases.end(), broken.begin(), broken.end());
    return cases;
}

void CompareMode::openInLabel(ImageId image) {
    Q_EMIT goTo(QStringLiteral("label"), {{QStringLiteral("image"), qlonglong(image.value)}});
}

void CompareMode::openSelected() {
    const auto cases = selectedCases();
    if (!cases.empty()) openInLabel(cases.front().image.id);
}

/// The selected images, else those of what was clicked, else all that changed.
void CompareMode::showInBrowse() {
    auto cases = selectedCases();
    if (cases.empty() && !m_chosenQuery.isEmpty())
        return Q_EMIT goTo(QStringLiteral("browse"), {{QStringLiteral("query"), m_chosenQuery}});
    if (cases.empty()) cases = m_chosenCases;
    if (cases.empty() && m_report) {
        cases = m_report->broken;
        cases.insert(cases.end(), m_report->fixed.begin(), m_report->fixed.end());
    }
    QStringList terms;
    for (const auto& one : cases) terms << QStringLiteral("file:\"%1\"").arg(QString::fromStdString(one.image.name));
    if (!terms.isEmpty())
        Q_EMIT goTo(QStringLiteral("browse"), {{QStringLiteral("query"), terms.mid(0, 40).join(QStringLiteral(" or "))}});
}

/// Packaging and submitting are Review's: it is told which run.
void CompareMode::submit() {
    if (m_b.valid()) Q_EMIT goTo(QStringLiteral("review"), {{QStringLiteral("run"), QString::fromStdString(m_b.value)}});
}

void CompareMode::exportReport() {
    if (!m_report) return;
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export the comparison"), QStringLiteral("compare-%1-%2.json").arg(nameOf(m_a), nameOf(m_b)), tr("JSON (*.json)"));
    if (file.isEmpty()) return;
    const auto& verdict = m_report->verdict;
    Json json{{"metric", m_report->metric},
              {"a", m_a.value},
              {"b", m_b.value},
              {"difference", verdict.difference},
              {"low", verdict.low},
              {"high", verdict.high},
              {"p", verdict.p},
              {"test", verdict.test},
              {"verdict", verdict.verdict},
              {"images", m_report->images},
              {"sentence", m_verdict->sentence().toStdString()}};
    for (const auto& [key, cases] : {std::pair("fixed", &m_report->fixed), std::pair("broken", &m_report->broken)}) {
        json[key] = Json::array();
        for (const auto& one : *cases) json[key].push_back(one.image.name);
    }
    if (const auto written = base::writeJson(file.toStdString(), json); !written)
        m_note->show(common::Tone::Err, common::errorText(written.error()));
}

}  // namespace lathe::widgets::compare
