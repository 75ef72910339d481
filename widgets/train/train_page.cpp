// TrainMode: what stands where.
#include <QListView>
#include <QPaintEvent>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "widgets/train/next_run.h"
#include "widgets/train/preview_page.h"
#include "widgets/train/run_centre.h"
#include "widgets/train/run_log.h"
#include "widgets/train/run_queue_panel.h"
#include "widgets/train/runs_model.h"
#include "widgets/train/train_mode.h"
#include "widgets/train/validation_page.h"

namespace lathe::widgets::train {

void TrainMode::buildActions() {
    const auto live = [this] { return focus() && !runs::isFinal(focus()->state()); };
    m_start = m_do.add(
        {"start", QT_TR_NOOP("Start next run"), "play", "Ctrl+Return"}, [this] { start(); },
        [this] { return workspace() && m_images > 0 && !m_starting; });
    m_check = m_do.add(
        {"check", QT_TR_NOOP("Check the next run"), "flask", "Ctrl+Shift+Return"}, [this] { checkNext(); },
        [this] { return workspace() && m_images > 0 && !m_checking; });
    m_look = m_do.add(
        {"preview", QT_TR_NOOP("Preview the augmentations"), "eye", "V"}, [this] { togglePage(Preview); },
        [this] { return workspace() && m_images > 0; });
    m_said = m_do.add(
        {"validation", QT_TR_NOOP("Validation pictures"), "image", "Shift+V"}, [this] { togglePage(Validation); },
        [this] { return focus(); });
    m_enqueue = m_do.add(
        {"enqueue", QT_TR_NOOP("Queue next run"), "list", "Q"}, [this] { enqueue(); },
        [this] { return workspace() && m_images > 0 && !m_starting; });
    m_change = m_do.add(
        {"change", QT_TR_NOOP("Change the run…"), "sliders", "E"}, [this] { changeRun(); }, [this] { return changeable(); });
    m_checkpoints = m_do.add(
        {"checkpoints", QT_TR_NOOP("Checkpoints…"), "db", "K"}, [this] { showCheckpoints(); }, [this] { return focus(); });
    m_find = m_do.add({"find", QT_TR_NOOP("Find in the log"), "search", "Ctrl+F"}, [this] { m_log->startSearch(); });
    m_pause = m_do.add(
        {"pause", QT_TR_NOOP("Pause"), "pause", "P"}, [this] { pauseOrContinue(); }, live);
    m_stop = m_do.add(
        {"stop", QT_TR_NOOP("Stop"), "stop", "Ctrl+."}, [this] { stop(); }, live);
    m_resume = m_do.add(
        {"resume", QT_TR_NOOP("Resume"), "retry", "R"}, [this] { resume(); }, [this] { return resumable(); });
    m_resumeLater = m_do.add(
        {"resume_later", QT_TR_NOOP("Resume when its turn comes"), "clock", "Shift+R"}, [this] { resumeLater(); },
        [this] { return resumable(); });
    m_copy = m_do.add(
        {"copy", QT_TR_NOOP("Copy run"), "copy", "Ctrl+D"}, [this] { copyRun(); }, [this] { return focus(); });
    m_compare = m_do.add(
        {"compare", QT_TR_NOOP("Compare the ticked runs"), "compare", "Ctrl+Shift+C"}, [this] { compareTicked(); },
        [this] {
            const QStringList ticked = m_runs->tickedIds();
            return ticked.size() >= 2 || (ticked.size() == 1 && ticked.front() != m_focusId);
        });
    m_remove = m_do.add(
        {"remove", QT_TR_NOOP("Delete run…"), "trash", "Shift+Del"}, [this] { remove(); },
        [this, live] { return focus() && !live(); });
    m_import =
        m_do.add({"import", QT_TR_NOOP("Import images"), "download", ""}, [this] { Q_EMIT goTo(QStringLiteral("start"), {}); });
}

void TrainMode::buildPage() {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1);
    m_next = new NextRun(this);
    m_next->setFixedWidth(288);
    row->addWidget(m_next);
    row->addWidget(buildCentre(), 1);
    row->addWidget(buildRight());
}

QWidget* TrainMode::buildCentre() {
    auto* holder = new QWidget(this);
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_note = new common::Note(holder);
    m_note->hide();
    m_centre = new RunCentre(holder);
    m_empty = new common::EmptyState(QStringLiteral("train"), holder);
    m_stack = new QStackedWidget(holder);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_centre);
    m_preview = new PreviewPage(services(), holder);
    m_stack->addWidget(m_preview);
    m_validation = new ValidationPage(services(), holder);
    m_stack->addWidget(m_validation);
    m_pages = new QTabBar(holder);
    m_pages->setDrawBase(false);
    m_pages->setExpanding(false);
    m_pages->setAutoFillBackground(true);
    for (int page = 0; page < 3; ++page) m_pages->addTab(QString());
    column->addWidget(m_pages);
    column->addWidget(m_note);
    column->addWidget(m_stack, 1);
    return holder;
}

QWidget* TrainMode::buildRight() {
    auto* right = new QWidget(this);
    right->setFixedWidth(316);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    m_runsPanel = new common::Panel(QStringLiteral(" "), right);
    m_queueButton = m_runsPanel->addHeaderButton(QStringLiteral("list"), QStringLiteral(" "));
    m_changeButton = m_runsPanel->addHeaderButton(QStringLiteral("sliders"), QStringLiteral(" "));
    m_checkpointsButton = m_runsPanel->addHeaderButton(QStringLiteral("db"), QStringLiteral(" "));
    m_compareButton = m_runsPanel->addHeaderButton(QStringLiteral("compare"), QStringLiteral(" "));
    m_removeButton = m_runsPanel->addHeaderButton(QStringLiteral("trash"), QStringLiteral(" "));
    m_runs = new RunsModel(this);
    m_list = new QListView(m_runsPanel);
    m_list->setModel(m_runs);
    m_list->setItemDelegate(new RunsDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->addActions({m_copy, m_change, m_checkpoints, m_resume, m_resumeLater, m_stop, m_compare, m_remove});
    m_runsPanel->body()->addWidget(m_list);
    m_queue = new QueuePanel(right);
    m_machine = new charts::MachinePanel(right);
    m_log = new RunLog(right);
    column->addWidget(m_runsPanel, 2);
    column->addWidget(m_queue);
    column->addWidget(m_machine);
    column->addWidget(m_log, 3);
    return right;
}

void TrainMode::paintEvent(QPaintEvent* event) {
    QPainter(this).fillRect(event->rect(), common::Theme::instance().colour(common::Token::Kerf));
}

void TrainMode::wire() {
    m_draw.setSingleShot(true);
    m_draw.setInterval(100);
    connect(&m_draw, &QTimer::timeout, this, &TrainMode::draw);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (now.isValid()) choose(now.data(RunsModel::IdRole).toString());
    });
    connect(m_runs, &RunsModel::tickedChanged, this, &TrainMode::showRuns);
    connect(m_next, &NextRun::copyRequested, this, &TrainMode::copyRun);
    connect(m_next, &NextRun::presetsRequested, this, [this] { m_next->setCopied({}, std::nullopt); });
    connect(m_next, &NextRun::edited, this, [this] {
        if (m_pages->currentIndex() == Preview) m_preview->setSpec(m_next->spec());
        updateActions();
    });
    connect(m_next, &NextRun::previewRequested, m_look, &QAction::trigger);
    connect(m_preview, &PreviewPage::closeRequested, m_look, &QAction::trigger);
    connect(m_pages, &QTabBar::currentChanged, this, &TrainMode::showPage);
    connect(m_queue, &QueuePanel::moveRequested, this, &TrainMode::moveQueued);
    connect(m_queue, &QueuePanel::cancelRequested, this, [this](const QString& run) { changeQueue(run, runs::cancelQueued); });
    connect(m_queue, &QueuePanel::chosen, this, &TrainMode::choose);
    for (const auto& [button, action] : runButtons()) connect(button, &QToolButton::clicked, action, &QAction::trigger);
}

std::vector<std::pair<QToolButton*, QAction*>> TrainMode::runButtons() const {
    return {{m_queueButton, m_enqueue},
            {m_changeButton, m_change},
            {m_checkpointsButton, m_checkpoints},
            {m_compareButton, m_compare},
            {m_removeButton, m_remove}};
}

void TrainMode::retranslate() {
    m_do.retranslate();
    m_runsPanel->setTitle(tr("Runs"));
    m_list->setAccessibleName(tr("Runs"));
    for (const auto& [button, action] : runButtons()) {
        button->setToolTip(action->text());
        button->setAccessibleName(action->text());
    }
    m_next->retranslate();
    m_centre->retranslate();
    m_preview->retranslate();
    m_validation->retranslate();
    m_pages->setAccessibleName(tr("Pages of the run"));
    m_pages->setTabText(Curves, tr("Curves"));
    m_pages->setTabText(Validation, tr("Validation pictures"));
    m_pages->setTabText(Preview, tr("What the network will see"));
    m_machine->retranslate();
    m_queue->retranslate();
    m_log->retranslate();
    showLog();
    showState();
    updateActions();
}

}  // namespace lathe::widgets::train
