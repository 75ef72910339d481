#include "app/workbench/shell/main_window.h"

#include "app/workbench/shell/cheat_sheet.h"
#include "app/workbench/shell/context_bar.h"
#include "app/workbench/shell/key_editor.h"
#include "app/workbench/shell/language.h"
#include "app/workbench/shell/rail.h"
#include "app/workbench/shell/settings_popup.h"
#include "app/workbench/shell/status_bar.h"
#include "app/workbench/shell/toast.h"
#include "app/workbench/shell/user_popup.h"
#include "widgets/common/icons.h"
#include "widgets/common/key_map.h"
#include "widgets/jobs/jobs_panel.h"
#include "widgets/start/import_sheet.h"
#include "widgets/train/queue_keeper.h"

namespace lathe::shell {
using namespace widgets::common;

namespace {

constexpr int kOpeningMs = 300;

QString userOfSystem() {
    const QString name = qEnvironmentVariable("USER");
    return name.isEmpty() ? QDir::home().dirName() : name;
}

}  // namespace

MainWindow::MainWindow(const Options& options)
    : m_jobs(new Jobs(this)),
      m_session(new Session(*m_jobs, this)),
      m_queue(new widgets::train::QueueKeeper(this)),
      m_modeGroup(new QActionGroup(this)),
      m_systemUser(userOfSystem()) {
    m_services.jobs = m_jobs;
    m_services.engine = std::make_shared<rpc::Engine>();
    setUser(QSettings().value(QStringLiteral("user")).toString());
    setAcceptDrops(true);
    makeActions();
    makeModes();
    makeLayout();
    makePopups();
    m_rail->setUser(m_services.user);
    wire();
    retranslate();
    restore(options);
}

MainWindow::~MainWindow() {
    m_engineTimer.stop();
    for (Slot& slot : m_slots) delete slot.mode;  // while the services they use are still there
}

void MainWindow::makeModes() {
    m_modeGroup->setExclusive(true);
    int number = 1;
    for (const ModeEntry& entry : modeEntries()) {
        auto* action = new QAction(icon(entry.icon), {}, this);
        action->setCheckable(true);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number++)));
        KeyMap::instance().bind(action, QStringLiteral("window.go-") + entry.id);
        m_modeGroup->addAction(action);
        addAction(action);
        connect(action, &QAction::triggered, this, [this, id = entry.id] { goTo(id); });
        m_slots.push_back({&entry, action});
    }
}

void MainWindow::makeLayout() {
    auto* frame = new QWidget(this);
    frame->setObjectName(QStringLiteral("frame"));
    frame->setAttribute(Qt::WA_StyledBackground);
    m_rail = new Rail(m_modeGroup->actions(), m_do.jobs, m_do.settings, frame);
    m_bar = new ContextBar(m_do.command, frame);
    m_status = new StatusBar(m_do.jobs, frame);
    m_stack = new QStackedWidget(frame);
    m_noteBox = new QWidget(frame);
    m_noteBox->setAutoFillBackground(true);
    auto* noteRow = new QHBoxLayout(m_noteBox);
    noteRow->setContentsMargins(12, 6, 8, 6);
    m_note = new Note(m_noteBox);
    auto* hide = makeIconButton(QStringLiteral("x"), tr("Close the message"), m_noteBox);
    hide->setObjectName(QStringLiteral("closeNote"));
    connect(hide, &QToolButton::clicked, m_noteBox, &QWidget::hide);
    noteRow->addWidget(m_note, 1);
    noteRow->addWidget(hide);
    m_noteBox->hide();
    auto* grid = new QGridLayout(frame);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(1);
    grid->addWidget(m_rail, 0, 0, 4, 1);
    grid->addWidget(m_bar, 0, 1);
    grid->addWidget(m_noteBox, 1, 1);
    grid->addWidget(m_stack, 2, 1);
    grid->addWidget(m_status, 3, 1);
    grid->setRowStretch(2, 1);
    setCentralWidget(frame);
    menuBar()->hide();
}

void MainWindow::makePopups() {
    m_menu = new QMenu(this);
    m_workspaceMenu = new QMenu(this);
    m_languageMenu = new QMenu(this);
    m_rail->setMenu(m_menu);
    m_bar->workspaceButton()->setMenu(m_workspaceMenu);
    m_palette = new CommandPalette(this);
    m_cheatSheet = new CheatSheet(this);
    m_keyEditor = new KeyEditor(this);
    m_settings = new SettingsPopup(this);
    m_userPopup = new UserPopup(*m_jobs, this);
    m_jobsPopup = new Overlay(this, tr("Jobs"));
    m_jobsPopup->body()->addWidget(new widgets::jobs::JobsPanel(*m_jobs, m_jobsPopup));
    m_problemsPopup = new Overlay(this, tr("Problems"));
    m_problems = new ProblemsList(m_problemsPopup);
    m_problemsPopup->body()->addWidget(m_problems);
    m_toast = new Toast(this);
}

void MainWindow::wire() {
    connect(m_menu, &QMenu::aboutToShow, this, [this] { fillMenu(m_menu); });
    // An action in a menu keeps its key alive, and the keys of a mode must rest while it is hidden.
    connect(m_menu, &QMenu::aboutToHide, this, [this] { QTimer::singleShot(0, this, [this] { emptyMenu(m_menu); }); });
    connect(m_workspaceMenu, &QMenu::aboutToShow, this, [this] { fillWorkspaceMenu(m_workspaceMenu); });
    connect(m_session, &Session::workspaceChanged, this, &MainWindow::onWorkspaceChanged);
    connect(m_session, &Session::dataChanged, this, &MainWindow::onDataChanged);
    connect(m_queue, &widgets::train::QueueKeeper::changed, this, &MainWindow::onDataChanged);
    connect(m_queue, &widgets::train::QueueKeeper::waiting, this, [this](const QString& reason) {
        m_note->show(Tone::Warn, reason);
        m_noteBox->show();
    });
    connect(m_session, &Session::described, this, [this] {
        showWorkspace();
        onDataChanged();
    });
    connect(m_session, &Session::imported, this, &MainWindow::onImported);
    connect(m_session, &Session::importAsked, this, [this](const QString& source) {
        auto* sheet = new widgets::start::ImportSheet(this, *m_jobs, m_session->workspace(), source, m_services.user);
        connect(sheet, &widgets::start::ImportSheet::accepted, m_session,
                [this, source](const data::ImportOptions& options) { m_session->importWith(source, options); });
        sheet->openInMiddle();
    });
    connect(m_session, &Session::failed, this, [this](const QString& text) {
        m_note->show(Tone::Err, text);
        m_noteBox->show();
        if (m_current.isEmpty()) goTo(m_wantedMode);
    });
    connect(m_jobs, &Jobs::changed, this, &MainWindow::showJobs);
    connect(m_palette, &CommandPalette::searchWanted, this, &MainWindow::search);
    connect(m_cheatSheet, &CheatSheet::editAsked, this, &MainWindow::openKeyEditor);
    connect(m_rail, &Rail::userClicked, this, &MainWindow::openUser);
    connect(m_userPopup, &UserPopup::userChosen, this, &MainWindow::setUser);
    connect(m_userPopup, &UserPopup::profilesChanged, this, &MainWindow::onDataChanged);
    connect(m_settings, &SettingsPopup::themeChosen, this, [](int choice) {
        QSettings().setValue(QStringLiteral("theme"), choice);
        Theme::instance().apply(Theme::Choice(choice));
    });
    connect(m_settings, &SettingsPopup::compactChosen, this, [](bool compact) {
        QSettings().setValue(QStringLiteral("compact"), compact);
        Theme::instance().setCompact(compact);
    });
    connect(m_settings, &SettingsPopup::languageChosen, this, &MainWindow::chooseLanguage);
    connect(m_settings, &SettingsPopup::userChosen, this, &MainWindow::setUser);
    connect(&Theme::instance(), &Theme::changed, this, &MainWindow::showPlace);
    qApp->installEventFilter(this);
    m_engineTimer.setInterval(500);
    connect(&m_engineTimer, &QTimer::timeout, this, &MainWindow::showDevice);
    m_engineTimer.start();
}

void MainWindow::restore(const Options& options) {
    QSettings settings;
    constexpr QSize kWanted(1400, 900), kFrame(16, 48);  // about what a window manager puts around it
    resize(kWanted.boundedTo(screen()->availableSize() - kFrame));
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_wantedMode = options.mode;
    m_wantedImage = options.image;
    QString workspace = options.workspace;
    if (workspace.isEmpty()) {
        workspace = settings.value(QStringLiteral("window/workspace")).toString();
        if (!Session::isWorkspace(workspace)) workspace.clear();
        if (m_wantedMode.isEmpty() && !workspace.isEmpty()) m_wantedMode = settings.value(QStringLiteral("window/mode")).toString();
    }
    if (!slotOf(m_wantedMode)) m_wantedMode = m_wantedImage.isEmpty() ? QStringLiteral("start") : QStringLiteral("label");
    if (workspace.isEmpty()) return goTo(m_wantedMode);
    m_session->open(workspace);
    // A quick opening comes before the mode is made, so that nobody sees it empty first.
    QTimer::singleShot(kOpeningMs, this, [this] {
        if (m_current.isEmpty()) goTo(m_wantedMode);
    });
}

void MainWindow::closeEvent(QCloseEvent* event) {
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/workspace"), m_session->path());
    settings.setValue(QStringLiteral("window/mode"), m_current);
    if (Mode* mode = currentMode()) mode->leave();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    if (m_toast->isVisible()) m_toast->place();
    for (Overlay* overlay : findChildren<Overlay*>())
        if (overlay->isVisible()) overlay->closeOverlay();
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QMainWindow::changeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QString path = event->mimeData()->urls().value(0).toLocalFile();
    if (path.isEmpty()) return;
    event->acceptProposedAction();
    if (Session::isWorkspace(path))
        m_session->open(path);
    else
        m_session->import(path);
}

// Alt pressed and let go alone shows or hides the menu bar.
bool MainWindow::eventFilter(QObject* object, QEvent* event) {
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        m_altAlone = key->key() == Qt::Key_Alt && !(key->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier));
    } else if (event->type() == QEvent::MouseButtonPress) {
        m_altAlone = false;
    } else if (event->type() == QEvent::KeyRelease && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt &&
               std::exchange(m_altAlone, false) && isActiveWindow()) {
        toggleMenuBar();
    }
    return QMainWindow::eventFilter(object, event);
}

void MainWindow::setUser(const QString& user) {
    const QString before = std::exchange(m_services.user, user.isEmpty() ? m_systemUser : user);
    m_session->setUser(m_services.user);
    if (!m_rail || m_services.user == before) return;
    QSettings().setValue(QStringLiteral("user"), user);
    m_rail->setUser(m_services.user);
    onDataChanged();  // who may decide is another one now
}

void MainWindow::chooseLanguage(const QString& choice) {
    QSettings().setValue(QStringLiteral("language"), choice);
    setLanguage(choice);
}

}  // namespace lathe::shell
