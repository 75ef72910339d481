// CompareMode: the figures behind the tabs, and the images of what is clicked there.
#include <QStackedWidget>
#include <map>

#include "widgets/charts/run_watch.h"
#include "widgets/compare/cases_panel.h"
#include "widgets/compare/compare_mode.h"
#include "widgets/compare/figures_page.h"

namespace lathe::widgets::compare {
namespace {

using KeptPair = std::array<std::shared_ptr<const runs::figures::Kept>, 2>;

/// The images as cases, with what A and B said where they judged them.
Result<std::vector<Case>> casesFor(const store::Workspace& workspace, const std::vector<std::int64_t>& images,
                                   const KeptPair& kept) {
    std::array<std::map<std::int64_t, const runs::figures::KeptSample*>, 2> byImage;
    for (std::size_t k = 0; k < 2; ++k)
        if (kept[k])
            for (const auto& sample : kept[k]->samples) byImage[k][sample.image] = &sample;
    std::vector<ImageId> ids;
    for (const auto image : images) ids.emplace_back(image);
    LATHE_TRY(const auto rows, workspace.images(ids));
    std::vector<Case> cases;
    for (const auto& row : rows) {
        Case one{.image = row};
        const auto words = [](const runs::figures::KeptSample& s) {
            return outcomeText(s.found, s.missed, s.falsely, s.intersection, s.together);
        };
        const auto a = byImage[0].find(row.id.value), b = byImage[1].find(row.id.value);
        if (a != byImage[0].end()) {
            const auto& said = *a->second;
            one.label = said.label, one.a = said.predicted, one.confidenceA = float(said.confidence);
            one.wordsA = words(said), one.rightA = said.right;
        }
        if (b != byImage[1].end()) {
            const auto& said = *b->second;
            one.label = said.label, one.b = said.predicted, one.confidenceB = float(said.confidence);
            one.wordsB = words(said), one.rightB = said.right;
        }
        cases.push_back(std::move(one));
    }
    return cases;
}

}  // namespace

/// The ticked runs as the charts' pages are to have them: B, whose slices are suggested, A, then the others.
void CompareMode::showFigures() {
    std::vector<WantedRun> wanted;
    const auto add = [&](const RunId& id) {
        const auto* run = m_table->run(id);
        if (!run) return;
        const QString name = id == m_a && m_a != m_b ? tr("A %1").arg(nameOf(id))
                             : id == m_b             ? tr("B %1").arg(nameOf(id))
                                                     : nameOf(id);
        wanted.push_back({run->row, name, charts::runNumber(id)});
    };
    const auto ticked = m_table->tickedRuns();
    for (const RunId& id : {m_b, m_a})
        if (id.valid() && m_table->ticked(id) && (wanted.empty() || wanted.front().row.id != id)) add(id);
    for (const RunId& id : ticked)
        if (id != m_a && id != m_b) add(id);
    m_figures->setRuns(std::move(wanted));
}

void CompareMode::showChosen(const Chosen& what) {
    if (m_chosenJob) services().jobs->drop(m_chosenJob);
    KeptPair kept;
    QStringList classes;
    for (const RunFigures& run : m_figures->figures()) {
        if (!run.there()) continue;
        if (run.run == m_a) kept[0] = run.kept;
        if (run.run == m_b) kept[1] = run.kept;
        if (classes.isEmpty())
            for (const auto& name : run.kept->classes) classes << QString::fromStdString(name);
    }
    m_chosenJob = services().jobs->run<std::vector<Case>>(
        tr("Find the images"), this,
        [workspace = workspace(), images = what.images, kept](std::stop_token, const Progress&) {
            return casesFor(*workspace, images, kept);
        },
        [this, what, classes](Result<std::vector<Case>> cases) {
            if (!cases) return;
            m_chosenQuery = what.query;
            m_chosenCases = *cases;
            m_chosen->setWords(what.words);
            m_chosen->setCases(std::move(*cases), classes);
            updateActions();
        },
        true);
}

void CompareMode::forgetChosen() {
    if (m_chosenJob) services().jobs->drop(m_chosenJob);
    m_chosenQuery.clear();
    m_chosenCases.clear();
    m_chosen->setWords({});
    m_chosen->setCases({}, {});
    m_bottom->setCurrentIndex(m_figures->tab() == FiguresPage::Learning ? 0 : 1);
    updateActions();
}

}  // namespace lathe::widgets::compare
