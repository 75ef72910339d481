// MainWindow: modes, workspace, what the bars show.
#include <QStackedWidget>

#include "app/workbench/shell/context_bar.h"
#include "app/workbench/shell/main_window.h"
#include "app/workbench/shell/rail.h"
#include "app/workbench/shell/splitter_memory.h"
#include "app/workbench/shell/status_bar.h"
#include "app/workbench/shell/toast.h"
#include "widgets/jobs/jobs_panel.h"
#include "widgets/start/recent.h"
#include "widgets/train/queue_keeper.h"

namespace lathe::shell {
using namespace widgets::common;

MainWindow::Slot* MainWindow::slotOf(const QString& id) {
    for (Slot& slot : m_slots)
        if (slot.entry->id == id) return &slot;
    return nullptr;
}

MainWindow::Slot* MainWindow::currentSlot() {
    return slotOf(m_current);
}

Mode* MainWindow::currentMode() const {
    for (const Slot& slot : m_slots)
        if (slot.entry->id == m_current) return slot.mode;
    return nullptr;
}

Mode* MainWindow::mode(const QString& id) {
    Slot* slot = slotOf(id);
    return slot ? ensure(*slot) : nullptr;
}

Mode* MainWindow::ensure(Slot& slot) {
    if (slot.mode) return slot.mode;
    slot.mode = slot.entry->make(m_services, m_stack);
    m_stack->addWidget(slot.mode);
    rememberSplitters(*slot.mode, slot.entry->id);
    connectMode(slot);
    return slot.mode;
}

void MainWindow::connectMode(Slot& slot) {
    Mode* mode = slot.mode;
    const auto ifCurrent = [this, mode](void (MainWindow::*show)()) {
        return [this, mode, show] {
            if (mode == currentMode()) (this->*show)();
        };
    };
    connect(mode, &Mode::placeChanged, this, ifCurrent(&MainWindow::showPlace));
    connect(mode, &Mode::factsChanged, this, ifCurrent(&MainWindow::showFacts));
    connect(mode, &Mode::actionsChanged, this, ifCurrent(&MainWindow::showActions));
    connect(mode, &Mode::goTo, this, &MainWindow::goTo);
    connect(mode, &Mode::toast, this, [this](const QString& text, const QString& action, std::function<void()> run) {
        m_toast->show(text, action, std::move(run));
    });
    for (QAction* action : mode->modeActions())
        if (!mode->actions().contains(action)) mode->addAction(action);  // keys work while the mode is on the screen
}

void MainWindow::goTo(const QString& id, const QVariantMap& args) {
    if (id == QLatin1String("workspace")) return shellRequest(args);
    if (Slot* slot = slotOf(id)) enter(*slot, args);
}

void MainWindow::enter(Slot& slot, const QVariantMap& args) {
    if (Mode* before = currentMode(); before && before != slot.mode) before->leave();
    Mode* mode = ensure(slot);
    m_current = slot.entry->id;
    slot.action->setChecked(true);
    m_stack->setCurrentWidget(mode);
    giveWorkspace(slot);
    if (std::exchange(slot.stale, false)) mode->refresh();
    mode->enter(args);
    if (QWidget* focus = QApplication::focusWidget(); !focus || !mode->isAncestorOf(focus)) mode->setFocus(Qt::OtherFocusReason);
    showPlace();
    showFacts();
    showActions();
}

void MainWindow::giveWorkspace(Slot& slot) {
    if (slot.workspaceShown == m_opening + 1) return;
    slot.workspaceShown = m_opening + 1;
    slot.stale = false;
    slot.mode->setWorkspace(m_session->workspace());
}

void MainWindow::onWorkspaceChanged() {
    ++m_opening;
    const auto& workspace = m_session->workspace();
    m_noteBox->hide();
    m_queue->setWorkspace(workspace);
    if (!workspace)
        for (Slot& slot : m_slots)
            if (slot.mode) giveWorkspace(slot);  // nobody keeps a closed workspace
    showWorkspace();
    m_do.closeWorkspace->setEnabled(workspace != nullptr);
    if (Slot* slot = slotOf(m_current.isEmpty() ? m_wantedMode : m_current)) enter(*slot, {});
    if (!workspace || m_wantedImage.isEmpty()) return;
    const QString wanted = std::exchange(m_wantedImage, {});
    m_jobs->run<store::ImageRow>(
        tr("Find %1").arg(wanted), this,
        [workspace, name = wanted.toStdString()](std::stop_token, const Progress&) { return workspace->findImage(name); },
        [this](Result<store::ImageRow> image) {
            if (image)
                return goTo(m_current == QLatin1String("start") ? QStringLiteral("label") : m_current,
                            {{QStringLiteral("image"), qint64(image->id.value)}});
            m_note->show(Tone::Err, errorText(image.error()));
            m_noteBox->show();
        },
        true);
}

void MainWindow::showWorkspace() {
    const auto& workspace = m_session->workspace();
    QString cover;
    for (const auto& recent : widgets::start::recentWorkspaces())
        if (recent.path == m_session->path() && QFile::exists(recent.cover())) cover = recent.cover();
    const QString name = workspace ? QString::fromStdString(workspace->name()) : QString();
    m_bar->setWorkspace(name, cover);
    setWindowTitle(workspace ? tr("%1 – Lathe").arg(name) : QStringLiteral("Lathe"));
}

void MainWindow::onDataChanged() {
    for (Slot& slot : m_slots) {
        if (!slot.mode || slot.workspaceShown != m_opening + 1) continue;
        if (slot.mode == currentMode())
            slot.mode->refresh();
        else
            slot.stale = true;
    }
    showFacts();
}

void MainWindow::onImported(const data::ImportReport& report, const QString& source) {
    const auto& images = report.images;
    QString summary = images.added ? tr("%Ln images added", nullptr, int(images.added))
                                   : tr("No new images in %1").arg(QFileInfo(source).fileName());
    if (report.annotations.added) summary += tr(", %Ln annotations", nullptr, int(report.annotations.added));
    if (images.known) summary += tr(", %Ln known already", nullptr, int(images.known));
    if (images.missing) summary += tr(", %Ln files are missing", nullptr, int(images.missing));
    if (report.problems.empty() && images.added) {
        if (m_current == QLatin1String("start")) goTo(QStringLiteral("browse"));
        return;
    }
    if (report.problems.empty()) {
        m_note->show(Tone::Info, summary);
    } else {
        summary += tr(", %Ln refused", nullptr, int(report.problems.size()));
        m_note->show(Tone::Warn, summary, tr("Show problems"), [this, report, summary] { showProblems(report, summary); });
    }
    m_noteBox->show();
}

void MainWindow::showProblems(const data::ImportReport& report, const QString& summary) {
    m_problems->setProblems(summary, report.problems);
    m_problemsPopup->setAccessibleName(tr("Problems"));
    const int height = std::min(420, 40 + 38 * int(report.problems.size()) + 12);
    m_problemsPopup->open(QRect(width() - 560, m_stack->y() + 8, 540, height));
}

void MainWindow::showPlace() {
    if (Mode* mode = currentMode()) m_bar->setPlace(mode->place());
}

void MainWindow::showFacts() {
    Mode* mode = currentMode();
    if (!mode) return;
    m_status->setSaved(mode->allSaved());
    m_status->setFacts(mode->factsLeft(), mode->factsRight());
}

void MainWindow::showActions() {
    // Start has the workspace's own actions there, none of them the page's primary one (that is its Continue card).
    if (m_current == QLatin1String("start"))
        m_bar->setActions({m_do.open, m_do.import, m_do.newWorkspace});
    else if (Mode* mode = currentMode())
        m_bar->setActions(mode->barActions());
    if (menuBar()->isVisible()) fillMenuBar();
}

void MainWindow::showJobs() {
    const int running = m_jobs->runningCount();
    double fraction = -1;
    QString title;
    for (const JobInfo& job : m_jobs->jobs()) {
        if (job.state != JobInfo::Running) continue;
        if (title.isEmpty()) title = job.title;
        fraction = std::max(fraction, widgets::jobs::progressFraction(job));
    }
    m_rail->setBadge(running);
    m_status->setJobs(running, title, fraction);
}

void MainWindow::showDevice() {
    using State = rpc::Engine::State;
    const State state = m_services.engine->state();
    m_status->setEngine(state);
    if (m_deviceKnown || (state != State::Ready && state != State::Busy)) return;
    m_deviceKnown = true;
    m_jobs->run<Json>(
        tr("Ask the engine"), this, [engine = m_services.engine](std::stop_token, const Progress&) { return engine->handshake(); },
        [this](Result<Json> hello) {
            if (!hello || !hello->contains("devices") || (*hello)["devices"].empty()) return;
            const Json& device = (*hello)["devices"].front();
            const double memory = device.value("memory", 0.0);
            QString text = QString::fromStdString(device.value("name", std::string("cpu")));
            if (memory > 0) text += QStringLiteral(" · ") + fileSize(memory);
            m_status->setDevice(text);
        },
        true);
}

}  // namespace lathe::shell
