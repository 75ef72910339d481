// TrainMode: what can be done.
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>

#include "core/runs/run_history.h"
#include "widgets/common/icons.h"
#include "widgets/train/check_report.h"
#include "widgets/train/next_run.h"
#include "widgets/train/preview_page.h"
#include "widgets/train/runs_model.h"
#include "widgets/train/train_mode.h"
#include "widgets/train/validation_page.h"

namespace lathe::widgets::train {

QList<QAction*> TrainMode::modeActions() const {
    return {m_start,       m_check, m_look,   m_said,        m_enqueue, m_pause,   m_stop,  m_change,
            m_checkpoints, m_find,  m_resume, m_resumeLater, m_copy,    m_compare, m_remove};
}

QList<QAction*> TrainMode::barActions() const {
    return {m_pause, m_stop, m_check, m_start};
}

QStringList TrainMode::place() const {
    const auto* run = m_runs->run(m_focusId);
    return run ? QStringList{tr("Runs"), QString::fromStdString(run->name.empty() ? run->id.value : run->name)}
               : QStringList{tr("Runs")};
}

QStringList TrainMode::factsLeft() const {
    const auto* run = m_runs->run(m_focusId);
    return run ? QStringList{tr("Run folder runs/%1").arg(QString::fromStdString(run->id.value))} : QStringList{};
}

QStringList TrainMode::factsRight() const {
    const auto* run = focus();
    return run && !runs::isFinal(run->state()) ? QStringList{tr("epoch %1").arg(run->epoch(), 0, 'f', 1)} : QStringList{};
}

bool TrainMode::resumable() const {
    const auto* run = focus();
    return run && !m_resuming && (run->state() == runs::RunState::Stopped || run->state() == runs::RunState::Died);
}

void TrainMode::updateActions() {
    m_do.update();
    const bool paused = focus() && focus()->state() == runs::RunState::Paused;
    m_pause->setText(paused ? tr("Continue") : tr("Pause"));
    m_pause->setIcon(common::icon(paused ? QStringLiteral("play") : QStringLiteral("pause")));
    for (const auto& [button, action] : runButtons()) button->setEnabled(action->isEnabled());
}

void TrainMode::failed(const Error& error) {
    if (error.code == ErrorCode::Cancelled) return;
    m_note->show(common::Tone::Err, common::errorText(error));
}

void TrainMode::start() {
    if (!workspace() || m_starting || !m_next->check().isEmpty()) return;
    m_starting = true;
    updateActions();
    services().jobs->run<runs::RunRow>(
        tr("Start a run"), this,
        [workspace = workspace(), wanted = m_next->wanted(), author = services().user.toStdString()](
            std::stop_token stop, const Progress& progress) -> Result<runs::RunRow> {
            progress.report(0, 2, "freezing the images");
            LATHE_TRY(runs::RunRow row, madeRun(*workspace, wanted, author));
            if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "the run was not started");
            progress.report(1, 2, "starting the engine");
            LATHE_TRY([[maybe_unused]] const int pid, runs::launch(row, false));
            return row;
        },
        [this](Result<runs::RunRow> row) {
            m_starting = false;
            updateActions();
            if (!row) return failed(row.error());
            const QString before = m_focusId;
            m_focusId = QString::fromStdString(row->id.value);
            if (!before.isEmpty() && m_runs->tickedIds().size() < 4) m_runs->setTicked(m_runs->tickedIds() << before);
            m_note->hide();
            load();
        });
}

/// Trials on one batch by an engine of their own; a run that goes on is not disturbed but for the processor.
void TrainMode::checkNext() {
    runCheck({});
}

void TrainMode::runCheck(const runs::CheckWhat& what) {
    if (!workspace() || m_checking || !m_next->check().isEmpty()) return;
    m_checking = true;
    updateActions();
    services().jobs->run<Json>(
        what.trials ? tr("Check the next run") : tr("Find the largest batch"), this,
        [workspace = workspace(), spec = m_next->spec(), author = services().user.toStdString(), what](std::stop_token stop,
                                                                                                       const Progress& progress) {
            return runs::checkRun(*workspace, spec, author, stop, progress, what);
        },
        [this](Result<Json> result) {
            m_checking = false;
            updateActions();
            if (!result) return failed(result.error());
            auto* report = new CheckReport(window(), *result);
            connect(report, &CheckReport::rateChosen, m_next, &NextRun::setRate);
            connect(report, &CheckReport::batchChosen, m_next, &NextRun::setBatch);
            connect(report, &CheckReport::largestBatchWanted, this, [this] { runCheck({.trials = false, .largestBatch = true}); });
            report->openInMiddle();
        });
}

/// In the place of the run's curves; off again it shows those.
void TrainMode::togglePage(int page) {
    m_pages->setCurrentIndex(m_pages->currentIndex() == page ? int(Curves) : page);
    if (m_stack->currentWidget() == m_validation) m_validation->setFocus(Qt::ShortcutFocusReason);
}

void TrainMode::showPage(int page) {
    if (page == Preview) m_preview->setSpec(m_next->spec());
    followPage();
}

void TrainMode::want(const char* state) {
    auto* run = focus();
    if (!run) return;
    services().jobs->run<bool>(
        tr("Tell the engine"), this,
        [folder = runs::RunFolder(run->row().folder), state = std::string(state)](std::stop_token,
                                                                                  const Progress&) -> Result<bool> {
            LATHE_CHECK(folder.want(state));
            return true;
        },
        [this](Result<bool> told) {
            if (!told) failed(told.error());
        },
        true);
}

void TrainMode::pauseOrContinue() {
    const auto* run = focus();
    if (run) want(run->state() == runs::RunState::Paused ? "run" : "pause");
}

void TrainMode::stop() {
    want("stop");
}

void TrainMode::resume() {
    auto* run = focus();
    if (!resumable()) return;
    m_resuming = true;
    updateActions();
    services().jobs->run<bool>(
        tr("Resume the run"), this,
        [row = run->row()](std::stop_token, const Progress&) -> Result<bool> {
            LATHE_TRY([[maybe_unused]] const int pid, runs::launch(row, true));
            return true;
        },
        [this](Result<bool> begun) {
            m_resuming = false;
            updateActions();
            if (!begun) return failed(begun.error());
            m_note->hide();
        });
}

void TrainMode::copyRun() {
    const auto* row = m_runs->run(m_focusId);
    if (!row) return;
    services().jobs->run<runs::RunSpec>(
        tr("Read the settings"), this,
        [folder = runs::RunFolder(row->folder)](std::stop_token, const Progress&) {
            return folder.readSpec().map(runs::withoutPast);
        },
        [this, name = QString::fromStdString(row->name.empty() ? row->id.value : row->name)](Result<runs::RunSpec> spec) {
            if (spec)
                m_next->setCopied(name, *spec);
            else
                failed(spec.error());
        },
        true);
}

void TrainMode::compareTicked() {
    QStringList ids = m_runs->tickedIds();
    if (!ids.contains(m_focusId)) ids << m_focusId;
    Q_EMIT goTo(QStringLiteral("compare"), {{QStringLiteral("runs"), ids}});
}

void TrainMode::remove() {
    const auto* row = m_runs->run(m_focusId);
    if (!row || !runs::isFinal(row->state)) return;
    const QString name = QString::fromStdString(row->name.empty() ? row->id.value : row->name);
    QMessageBox box(QMessageBox::NoIcon, tr("Delete run"), tr("Delete run %1?").arg(name), QMessageBox::Cancel, this);
    box.setInformativeText(tr("Its folder with settings, curves and checkpoints goes for good. Packages made from it stay."));
    auto* yes = box.addButton(tr("Delete %1").arg(name), QMessageBox::DestructiveRole);
    yes->setProperty("kind", "danger");
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    if (box.clickedButton() != yes) return;
    services().jobs->run<bool>(
        tr("Delete run"), this,
        [workspace = workspace(), id = row->id](std::stop_token, const Progress&) -> Result<bool> {
            LATHE_CHECK(runs::deleteRun(*workspace, id));
            return true;
        },
        [this](Result<bool> done) {
            if (!done) failed(done.error());
            load();
        });
}

void TrainMode::loadDevices() {
    m_devicesKnown = true;
    if (!services().engine) return;
    services().jobs->run<Json>(
        tr("Ask the engine for devices"), this,
        [engine = services().engine](std::stop_token, const Progress&) { return engine->handshake(); },
        [this](Result<Json> told) {
            if (!told || !told->is_object() || !told->contains("devices")) return;
            std::vector<std::pair<QString, std::string>> devices;
            int card = 0;
            for (const auto& device : (*told)["devices"])
                if (device.value("kind", "") == "cuda") {
                    const std::string name = "cuda:" + std::to_string(card++);
                    devices.emplace_back(QString::fromStdString(name + " " + device.value("name", "")), name);
                }
            m_next->setDevices(devices);
        },
        true);
}

}  // namespace lathe::widgets::train
