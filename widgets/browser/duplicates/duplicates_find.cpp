// How the page of duplicates looks for them: asks what it would cost, runs the job, shows how far it is.
#include <QProgressBar>
#include <QSlider>
#include <QTimer>

#include "widgets/browser/duplicates/duplicate_view.h"
#include "widgets/browser/duplicates/duplicates_page.h"
#include "widgets/browser/search/split_mover.h"
#include "widgets/browser/tiles/image_pages.h"
#include "widgets/common/picture.h"

namespace lathe::widgets::browser::duplicates {
namespace {

constexpr double kQuickSeconds = 3;  // a search that took longer isn't repeated for every change of the workspace

}  // namespace

void DuplicatesPage::setSearch(std::shared_ptr<store::Workspace> workspace, const QString& query) {
    if (workspace != m_workspace) {
        forget();
        m_workspace = std::move(workspace);
        m_thumbnails->setWorkspace(m_workspace);
    }
    m_query = query;
    m_stale = true;
    if (isVisible()) ask();
}

void DuplicatesPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!event->spontaneous()) m_sets && m_sets->count(kind()) > 0 ? static_cast<QWidget*>(m_view)->setFocus() : setFocus();
    if (m_stale) ask();
}

void DuplicatesPage::forget() {
    for (quint64* job : {&m_asking, &m_job, &m_ranking})
        if (const quint64 id = std::exchange(*job, 0)) m_services.jobs->drop(id);
    ++m_generation;
    m_sets.reset();
    m_pages->reset(nullptr, nullptr);
    m_view->setSets(nullptr, kind());
    m_note->hide();
    m_mover->note()->hide();
    m_problems->hide();
    m_state = Empty::NoWorkspace;
    showProgress();
    showEmpty();
}

/// What would it cost? Then it is done, or offered.
void DuplicatesPage::ask() {
    m_stale = false;
    if (!m_workspace) return showEmpty();
    if (m_job && m_query == m_shownQuery) {
        m_once = true;
        return;
    }
    if (!m_sets) {
        m_state = Empty::Asking;
        showEmpty();
    }
    using Cost = std::pair<data::DuplicateWork, store::Revision>;
    if (m_asking) m_services.jobs->drop(m_asking);
    m_asking = m_services.jobs->run<Cost>(
        tr("Count the images"), this,
        [workspace = m_workspace, query = m_query.toStdString()](std::stop_token stop, const Progress&) -> Result<Cost> {
            const store::Revision revision = workspace->revision();
            LATHE_TRY(const data::DuplicateWork work, data::duplicateWork(*workspace, query, stop));
            return Cost(work, revision);
        },
        [this, generation = m_generation, query = m_query](const Result<Cost>& cost) {
            if (generation != m_generation || query != m_query) return;
            m_asking = 0;
            cost ? asked(cost->first, cost->second) : showError(cost.error());
        },
        true);
}

void DuplicatesPage::asked(const data::DuplicateWork& work, store::Revision revision) {
    const bool sameQuery = m_sets && m_query == m_shownQuery;
    if (sameQuery && revision == m_revision) return;
    m_undecoded = work.undecoded;
    const bool slow = work.undecoded > kAtOnce || (sameQuery && m_sets->found()->seconds > kQuickSeconds);
    if (!slow) return find();
    if (m_sets)
        return m_note->show(common::Tone::Info, tr("The images have changed since they were compared."), tr("Look again"),
                            [this] { find(); });
    m_state = Empty::Waiting;
    showEmpty();
}

void DuplicatesPage::find() {
    if (!m_workspace) return;
    if (m_job) m_services.jobs->drop(m_job);
    m_typing->stop();
    m_note->hide();
    m_once = false;
    m_shownQuery = m_query;
    if (!m_sets) m_state = Empty::Looking;
    data::DuplicateOptions options;
    options.threshold = m_threshold->value();
    options.query = m_query.toStdString();
    m_job = m_services.jobs->run<Found>(
        tr("Find duplicates"), this,
        [workspace = m_workspace, options, rule = rule(), picks = m_sets ? m_sets->picks() : data::Picks()](
            std::stop_token stop, const Progress& progress) -> Result<Found> {
            Found result;
            result.revision = workspace->revision();
            LATHE_TRY(data::Duplicates duplicates, data::findDuplicates(*workspace, options, stop, progress));
            const auto all = std::make_shared<const data::Duplicates>(std::move(duplicates));
            LATHE_TRY(result.sets, DuplicateSets::make(*workspace, all, rule, picks, stop));
            return result;
        },
        [this, generation = ++m_generation](Result<Found> result) {
            if (generation == m_generation) found(std::move(result));
        });
    showProgress();
    m_sets ? showStrip() : showEmpty();
}

void DuplicatesPage::found(Result<Found> result) {
    m_job = 0;
    showProgress();
    if (!result) return showError(result.error());
    m_sets = std::move(result->sets);
    m_revision = result->revision;
    const data::Duplicates& all = *m_sets->found();
    if (all.decoded > 1000 && all.seconds > 0) m_perSecond = double(all.decoded) / all.seconds;
    showProblems();
    showSets();
    if (std::exchange(m_once, false)) ask();
}

/// What was decoded so far is remembered.
void DuplicatesPage::stop() {
    if (!m_job) return;
    m_services.jobs->drop(std::exchange(m_job, 0));
    ++m_generation;
    m_once = false;
    m_state = Empty::Stopped;
    showProgress();
    if (!m_sets) return showEmpty();
    m_threshold->setValue(m_sets->found()->threshold);
    m_typing->stop();
    showStrip();
}

/// Another rule for what was found.
void DuplicatesPage::rank() {
    if (!m_sets || m_job) return;
    using Sets = std::shared_ptr<DuplicateSets>;
    if (m_ranking) m_services.jobs->drop(m_ranking);
    m_ranking = m_services.jobs->run<Sets>(
        tr("Choose what to keep"), this,
        [workspace = m_workspace, all = m_sets->found(), rule = rule(), picks = m_sets->picks()](
            std::stop_token stop, const Progress&) { return DuplicateSets::make(*workspace, all, rule, picks, stop); },
        [this, all = m_sets->found(), wanted = rule()](Result<Sets> sets) {
            if (!m_sets || m_sets->found() != all || wanted != rule()) return;  // of what isn't shown any more
            m_ranking = 0;
            if (!sets) return showError(sets.error());
            m_sets = std::move(*sets);
            showSets();
        },
        true);
}

void DuplicatesPage::showProgress() {
    m_stop->setEnabled(looking());
    m_again->setEnabled(m_workspace && !looking());
    if (!looking()) return m_running->hide();
    for (const common::JobInfo& job : m_services.jobs->jobs()) {
        if (job.id != m_job) continue;
        m_running->setVisible(job.shown);  // what is over at once doesn't flash
        const auto& [done, total, text] = job.progress;
        m_progress->setRange(0, total > 0 ? 1000 : 0);
        if (total > 0) m_progress->setValue(int(done * 1000 / total));
        const double share = total > 0 ? double(done) / double(total) : 0;
        m_progressText->setText(share > 0.02 && job.seconds > 3
                                    ? tr("%1 left").arg(common::duration(job.seconds * (1 - share) / share))
                                    : tr("Comparing"));
    }
}

/// The list hides itself when there are none.
void DuplicatesPage::showProblems() {
    const Problems& problems = m_sets->found()->problems;
    m_problems->setProblems(tr("%Ln image(s) couldn't be compared", nullptr, int(problems.size())), problems);
}

/// What was found stays; else there is a way to try again.
void DuplicatesPage::showError(const Error& error) {
    if (error.code == ErrorCode::Cancelled) return;
    m_note->show(common::Tone::Err, common::errorText(error), tr("Look again"), [this] { find(); });
    if (m_sets) return showStrip();
    m_state = Empty::Failed;
    showEmpty();
}

}  // namespace lathe::widgets::browser::duplicates
