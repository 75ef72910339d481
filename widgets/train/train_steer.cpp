// TrainMode: runs that go on are changed, forked, queued.
#include <QPointer>
#include <QTabBar>

#include "core/runs/fork.h"
#include "core/runs/live_edit.h"
#include "core/runs/run_history.h"
#include "widgets/train/checkpoint_list.h"
#include "widgets/train/next_run.h"
#include "widgets/train/run_changes.h"
#include "widgets/train/run_queue_panel.h"
#include "widgets/train/runs_model.h"
#include "widgets/train/train_mode.h"

namespace lathe::widgets::train {

bool TrainMode::changeable() const {
    const auto* run = focus();
    return run && run->state() != runs::RunState::Finished && run->state() != runs::RunState::Failed;
}

void TrainMode::changeRun() {
    auto* run = focus();
    if (!changeable()) return;
    services().jobs->run<runs::RunSpec>(
        tr("Read the settings"), this,
        [folder = runs::RunFolder(run->row().folder)](std::stop_token, const Progress&) { return folder.readSpec(); },
        [this, id = m_focusId](Result<runs::RunSpec> spec) {
            auto* now = focus();
            if (!now || id != m_focusId) return;
            if (!spec) return failed(spec.error());
            auto* popup = new ChangeRun(window(), nameOfRun(now->row()), *spec, changesOf(now->events()), int(now->epoch()));
            connect(popup, &ChangeRun::changeRequested, this,
                    [this, popup, row = now->row()](const auto& changes) { sendChange(popup, row, changes); });
            popup->openInMiddle();
        },
        true);
}

void TrainMode::sendChange(ChangeRun* popup, const runs::RunRow& row, const std::vector<std::string>& changes) {
    popup->setBusy(true);
    services().jobs->run<runs::EditOutcome>(
        tr("Change the run"), this,
        [workspace = workspace(), row, changes, author = services().user.toStdString()](std::stop_token stop, const Progress&) {
            return runs::editRun(*workspace, row, changes, author, 10, stop);
        },
        [this, popup = QPointer(popup)](Result<runs::EditOutcome> outcome) {
            if (!outcome) {
                if (popup) return popup->showError(common::errorText(outcome.error()));
                return failed(outcome.error());
            }
            if (popup) popup->closeOverlay();
            Q_EMIT toast(outcome->applied ? tr("The run was changed at epoch %1").arg(outcome->epoch, 0, 'f', 1)
                                          : tr("The change waits until the engine takes it"),
                         {}, {});
            load();
        });
}

void TrainMode::showCheckpoints() {
    const auto* row = m_runs->run(m_focusId);
    if (!row) return;
    services().jobs->run<std::vector<runs::CheckpointRow>>(
        tr("Read the checkpoints"), this,
        [folder = runs::RunFolder(row->folder)](std::stop_token, const Progress&) -> Result<std::vector<runs::CheckpointRow>> {
            return runs::checkpoints(folder);
        },
        [this, row = *row](Result<std::vector<runs::CheckpointRow>> rows) {
            if (!rows) return failed(rows.error());
            auto* popup = new CheckpointList(window(), nameOfRun(row), std::move(*rows));
            connect(popup, &CheckpointList::forkRequested, this,
                    [this, row](const QString& checkpoint, int epoch) { fillFork(row, checkpoint, epoch); });
            popup->openInMiddle();
        },
        true);
}

/// The form of the next run as the parent is now.
void TrainMode::fillFork(const runs::RunRow& row, const QString& checkpoint, int epoch) {
    services().jobs->run<runs::RunSpec>(
        tr("Read the settings"), this,
        [folder = runs::RunFolder(row.folder)](std::stop_token, const Progress&) {
            return folder.readSpec().map(runs::withoutPast);
        },
        [this, row, checkpoint, epoch](Result<runs::RunSpec> spec) {
            if (!spec) return failed(spec.error());
            m_next->setFork(nameOfRun(row), *spec, {row, checkpoint.toStdString(), epoch});
        },
        true);
}

/// Makes the next run as the form has it: a fork, or one that begins by itself. Not started yet. Worker.
Result<runs::RunRow> TrainMode::madeRun(store::Workspace& workspace, const NextRun::Wanted& wanted, const std::string& author) {
    if (!wanted.fork) return runs::createRun(workspace, wanted.spec, author);
    runs::ForkOptions options;
    options.from = wanted.fork->checkpoint;
    options.name = wanted.spec.name;
    options.epochs = wanted.spec.epochs;
    options.changes = assignmentsBetween(runs::toJson(wanted.base), runs::toJson(wanted.spec),
                                         {"name", "epochs", "snapshot", "snapshot_name", "history", "parent"});
    return runs::forkRun(workspace, wanted.fork->parent, options, author);
}

void TrainMode::enqueue() {
    if (!workspace() || m_starting || !m_next->check().isEmpty()) return;
    m_starting = true;
    updateActions();
    services().jobs->run<runs::RunRow>(
        tr("Queue a run"), this,
        [workspace = workspace(), wanted = m_next->wanted(), author = services().user.toStdString()](
            std::stop_token stop, const Progress&) -> Result<runs::RunRow> {
            LATHE_TRY(runs::RunRow row, madeRun(*workspace, wanted, author));
            if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "the run was not queued");
            LATHE_CHECK(runs::enqueue(*workspace, row));
            return row;
        },
        [this](Result<runs::RunRow> row) {
            m_starting = false;
            updateActions();
            if (!row) return failed(row.error());
            load();
        });
}

void TrainMode::resumeLater() {
    if (!resumable()) return;
    changeQueue(m_focusId, [](store::Workspace& workspace, const RunId& id) -> Result<> {
        LATHE_TRY(const runs::RunRow run, runs::findRun(workspace, id.value));
        return runs::enqueue(workspace, run);
    });
}

void TrainMode::changeQueue(const QString& run, std::function<Result<>(store::Workspace&, const RunId&)> how) {
    services().jobs->run<bool>(
        tr("Change the queue"), this,
        [workspace = workspace(), id = RunId{run.toStdString()}, how = std::move(how)](std::stop_token,
                                                                                       const Progress&) -> Result<bool> {
            LATHE_CHECK(how(*workspace, id));
            return true;
        },
        [this](Result<bool> done) {
            if (!done) failed(done.error());
            load();
        },
        true);
}

void TrainMode::moveQueued(const QString& run, int by) {
    changeQueue(run, [by](store::Workspace& workspace, const RunId& id) -> Result<> {
        for (int i = 0; i < std::abs(by); ++i)
            LATHE_CHECK(runs::moveQueued(workspace, id, by < 0 ? runs::QueueMove::Up : runs::QueueMove::Down));
        return {};
    });
}

}  // namespace lathe::widgets::train
