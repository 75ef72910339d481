// MainWindow: actions, menus, the command palette, popups.
#include <QStackedWidget>

#include "app/workbench/shell/cheat_sheet.h"
#include "app/workbench/shell/context_bar.h"
#include "app/workbench/shell/key_editor.h"
#include "app/workbench/shell/language.h"
#include "app/workbench/shell/main_window.h"
#include "app/workbench/shell/rail.h"
#include "app/workbench/shell/settings_popup.h"
#include "app/workbench/shell/status_bar.h"
#include "app/workbench/shell/user_popup.h"
#include "core/data/query.h"
#include "core/runs/runs.h"
#include "widgets/common/icons.h"
#include "widgets/common/key_map.h"
#include "widgets/start/recent.h"

namespace lathe::shell {
using namespace widgets::common;

QAction* MainWindow::makeAction(const QString& name, const QKeySequence& key, std::function<void()> run) {
    auto* action = new QAction(this);
    if (!name.isEmpty()) action->setIcon(icon(name));
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    addAction(action);
    return action;
}

void MainWindow::makeActions() {
    const auto key = [](const char* text) { return QKeySequence(QString::fromLatin1(text)); };
    const auto named = [](const char* text) { return QString::fromLatin1(text); };
    m_do.newWorkspace = makeAction(named("plus"), key("Ctrl+N"), [this] { chooseNew(); });
    m_do.open = makeAction(named("folder"), key("Ctrl+O"), [this] { chooseOpen(); });
    m_do.import = makeAction(named("download"), key("Ctrl+I"), [this] { chooseImport(); });
    m_do.importFile = makeAction(named("download"), key("Ctrl+Alt+I"), [this] { chooseImportFile(); });
    m_do.closeWorkspace = makeAction(named("x"), key("Ctrl+W"), [this] { m_session->close(); });
    m_do.quit = makeAction({}, key("Ctrl+Shift+Q"), [this] { close(); });
    m_do.command = makeAction(named("search"), key("Ctrl+K"), [this] { openPalette(); });
    m_do.keys = makeAction(named("keyboard"), key("F1"), [this] { m_cheatSheet->openWith(actionGroups()); });
    m_do.editKeys = makeAction(named("key"), key("Shift+F1"), [this] { openKeyEditor(); });
    m_do.jobs = makeAction(named("jobs"), key("Ctrl+J"), [this] { openJobs(); });
    m_do.settings = makeAction(named("gear"), key("Ctrl+,"), [this] { openSettings(); });
    m_do.user = makeAction(named("user"), key("Ctrl+Shift+U"), [this] { openUser(); });
    m_do.toggleTheme = makeAction(named("contrast"), key("Ctrl+Shift+T"), [] {
        const bool dark = Theme::instance().dark();
        QSettings().setValue(QStringLiteral("theme"), int(dark ? Theme::Choice::Light : Theme::Choice::Dark));
        Theme::instance().apply(dark ? Theme::Choice::Light : Theme::Choice::Dark);
    });
    m_do.toggleMenu = makeAction({}, key("F10"), [this] { toggleMenuBar(); });
    m_do.fullScreen = makeAction(named("fit"), key("F11"), [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    m_do.about = makeAction(named("info"), {}, [this] {
        QMessageBox::about(this, tr("About Lathe"),
                           tr("Lathe %1\nThe whole model loop on the machine under the desk.\nGPL-3.0-or-later")
                               .arg(QStringLiteral(LATHE_VERSION)));
    });
    m_do.closeWorkspace->setEnabled(false);
    for (QAction* action : {m_do.newWorkspace, m_do.open, m_do.import}) action->setProperty("barIcon", true);
    m_do.newWorkspace->setProperty("barKind", QStringLiteral("normal"));
    bindKeys();
}

void MainWindow::bindKeys() {
    const std::pair<QAction*, const char*> names[] = {{m_do.newWorkspace, "new"},       {m_do.open, "open"},
                                                      {m_do.import, "import"},          {m_do.importFile, "import-file"},
                                                      {m_do.closeWorkspace, "close"},   {m_do.quit, "quit"},
                                                      {m_do.command, "command"},        {m_do.keys, "keys"},
                                                      {m_do.editKeys, "edit-keys"},     {m_do.jobs, "jobs"},
                                                      {m_do.settings, "settings"},      {m_do.user, "user"},
                                                      {m_do.toggleTheme, "theme"},      {m_do.toggleMenu, "menu"},
                                                      {m_do.fullScreen, "full-screen"}, {m_do.about, "about"}};
    for (const auto& [action, name] : names) KeyMap::instance().bind(action, QStringLiteral("window.") + QLatin1String(name));
}

void MainWindow::retranslate() {
    showWorkspace();
    const auto name = [](QAction* action, const QString& text) {
        action->setText(text);
        action->setIconText(QString(text).remove(u'…'));
    };
    name(m_do.newWorkspace, tr("New workspace…"));
    name(m_do.open, tr("Open workspace…"));
    name(m_do.import, tr("Import folder…"));
    name(m_do.importFile, tr("Import file or archive…"));
    name(m_do.closeWorkspace, tr("Close workspace"));
    name(m_do.quit, tr("Quit"));
    name(m_do.command, tr("Search or type a command"));
    name(m_do.keys, tr("Keys"));
    name(m_do.editKeys, tr("Change keys…"));
    name(m_do.jobs, tr("Jobs"));
    name(m_do.settings, tr("Settings"));
    name(m_do.user, tr("Switch user…"));
    name(m_do.toggleTheme, tr("Switch dark and light"));
    name(m_do.toggleMenu, tr("Menu bar"));
    name(m_do.fullScreen, tr("Full screen"));
    name(m_do.about, tr("About Lathe"));
    for (Slot& slot : m_slots) slot.action->setText(modeTitle(*slot.entry));
    if (auto* button = findChild<QToolButton*>(QStringLiteral("closeNote")))
        button->setAccessibleName(tr("Close the message")), button->setToolTip(tr("Close the message"));
    m_jobsPopup->setAccessibleName(tr("Jobs popup"));
    m_stack->setAccessibleName(tr("Work area"));
    m_languageMenu->clear();
    m_languageMenu->addAction(QStringLiteral("English"), this, [this] { chooseLanguage(QStringLiteral("en")); });
    m_languageMenu->addAction(QStringLiteral("한국어"), this, [this] { chooseLanguage(QStringLiteral("ko")); });
    m_status->setLanguageMenu(m_languageMenu,
                              language() == QLatin1String("ko") ? QStringLiteral("한국어") : QStringLiteral("English"));
    if (!m_deviceKnown) m_status->setDevice(tr("%n core(s)", nullptr, QThread::idealThreadCount()));
    if (menuBar()->isVisible()) fillMenuBar();
    showPlace();
    showFacts();
}

QList<std::pair<QString, QList<QAction*>>> MainWindow::actionGroups() const {
    QList<std::pair<QString, QList<QAction*>>> groups;
    groups.append({tr("Workspace"), {m_do.newWorkspace, m_do.open, m_do.import, m_do.importFile, m_do.closeWorkspace, m_do.quit}});
    groups.append({tr("Go"), m_modeGroup->actions()});
    if (Mode* mode = currentMode(); mode && !mode->modeActions().isEmpty()) groups.append({mode->title(), mode->modeActions()});
    groups.append({tr("Window"),
                   {m_do.command, m_do.keys, m_do.editKeys, m_do.jobs, m_do.settings, m_do.user, m_do.toggleTheme, m_do.toggleMenu,
                    m_do.fullScreen, m_do.about}});
    return groups;
}

void MainWindow::emptyMenu(QWidget* menu) {
    for (QMenu* sub : menu->findChildren<QMenu*>(Qt::FindDirectChildrenOnly)) sub->deleteLater();
    for (QAction* action : menu->actions()) menu->removeAction(action);
}

void MainWindow::fillMenu(QMenu* menu) {
    emptyMenu(menu);
    for (const auto& [title, actions] : actionGroups()) {
        QMenu* sub = menu->addMenu(title);
        sub->addActions(actions);
    }
    menu->addSeparator();
    menu->addAction(m_do.settings);
    menu->addAction(m_do.keys);
}

void MainWindow::fillMenuBar() {
    emptyMenu(menuBar());
    for (const auto& [title, actions] : actionGroups()) menuBar()->addMenu(title)->addActions(actions);
}

void MainWindow::toggleMenuBar() {
    if (menuBar()->isVisible()) return menuBar()->hide();
    fillMenuBar();
    menuBar()->show();
    menuBar()->setFocus(Qt::MenuBarFocusReason);
    if (!menuBar()->actions().isEmpty()) menuBar()->setActiveAction(menuBar()->actions().first());
}

void MainWindow::fillWorkspaceMenu(QMenu* menu) {
    menu->clear();
    for (const auto& recent : widgets::start::recentWorkspaces()) {
        if (recent.missing) continue;
        QAction* action = menu->addAction(recent.name + u'\t' + timeAgo(recent.opened), this,
                                          [this, path = recent.path] { m_session->open(path); });
        action->setCheckable(true);
        action->setChecked(recent.path == m_session->path());
        action->setToolTip(recent.path);
    }
    menu->addSeparator();
    menu->addActions({m_do.open, m_do.newWorkspace, m_do.import, m_do.importFile});
    menu->addSeparator();
    menu->addAction(m_do.closeWorkspace);
}

void MainWindow::chooseNew() {
    const QString start = Session::freshFolder(tr("workspace"));
    QDir().mkpath(QFileInfo(start).path());
    const QString folder = QFileDialog::getSaveFileName(this, tr("New workspace"), start, tr("Workspaces (*.lathe)"), nullptr,
                                                        QFileDialog::DontConfirmOverwrite);
    if (!folder.isEmpty()) m_session->create(folder);
}

void MainWindow::chooseOpen() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open workspace"), QFileInfo(m_session->path()).path());
    if (!folder.isEmpty()) m_session->open(folder);
}

void MainWindow::chooseImport() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Import a folder of images"),
                                                             QSettings().value(QStringLiteral("importFrom")).toString());
    if (folder.isEmpty()) return;
    QSettings().setValue(QStringLiteral("importFrom"), folder);
    m_session->import(folder);
}

void MainWindow::chooseImportFile() {
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Import labels or an archive"), QSettings().value(QStringLiteral("importFrom")).toString(),
        tr("Labels and archives (*.json *.jsonl *.xml *.csv *.txt *.yaml *.zip *.tar *.gz *.tgz *.7z *.xz *.zst);;All files (*)"));
    if (file.isEmpty()) return;
    QSettings().setValue(QStringLiteral("importFrom"), QFileInfo(file).path());
    m_session->import(file);
}

void MainWindow::shellRequest(const QVariantMap& args) {
    if (args.contains(QStringLiteral("open"))) return m_session->open(args.value(QStringLiteral("open")).toString());
    if (args.contains(QStringLiteral("sample"))) return m_session->sample(args.value(QStringLiteral("sample")).toString());
    if (args.contains(QStringLiteral("import"))) return m_session->import(args.value(QStringLiteral("import")).toString());
    const QString what = args.value(QStringLiteral("do")).toString();
    if (what == QLatin1String("new"))
        m_do.newWorkspace->trigger();
    else if (what == QLatin1String("open"))
        m_do.open->trigger();
    else if (what == QLatin1String("import"))
        m_do.import->trigger();
    else if (what == QLatin1String("keys"))
        m_do.keys->trigger();
}

QList<PaletteEntry> MainWindow::windowEntries() {
    QList<PaletteEntry> entries;
    for (const auto& [title, actions] : actionGroups()) {
        if (currentMode() && title == currentMode()->title()) continue;
        for (QAction* action : actions) {
            if (action == m_do.command) continue;
            entries.append({action->icon().name(),
                            action->iconText(),
                            title,
                            keyLabel(action->shortcut()),
                            action->isEnabled(),
                            [action] { action->trigger(); },
                            {},
                            0});
        }
    }
    return entries;
}

QList<PaletteEntry> MainWindow::entriesOf(Slot& slot) {
    QList<PaletteEntry> entries;
    const QString id = slot.entry->id;
    for (QAction* action : slot.mode->modeActions()) {
        if (!action->isVisible() || action->isSeparator()) continue;
        const bool here = id == m_current;
        entries.append({action->icon().name(),
                        action->iconText(),
                        slot.mode->title(),
                        keyLabel(action->shortcut()),
                        action->isEnabled() || !here,
                        [this, id, action] {
                            if (m_current != id) goTo(id);
                            action->trigger();
                        },
                        {},
                        0});
    }
    return entries;
}

// The modes not made yet are made one by one while the palette is open, so that all their actions can be found.
void MainWindow::makeNextMode() {
    for (Slot& slot : m_slots) {
        if (slot.mode || !(m_palette->isVisible() || m_keyEditor->isVisible())) continue;
        ensure(slot);
        if (m_palette->isVisible()) m_palette->addEntries(entriesOf(slot));
        if (m_keyEditor->isVisible()) m_keyEditor->addGroup(slot.mode->title(), slot.mode->modeActions());
        QTimer::singleShot(0, this, &MainWindow::makeNextMode);
        return;
    }
}

// The modes not made yet are made one by one meanwhile, so that all their keys can be changed.
void MainWindow::openKeyEditor() {
    QList<std::pair<QString, QList<QAction*>>> groups = actionGroups();
    for (Slot& slot : m_slots)
        if (slot.mode && slot.mode != currentMode()) groups.append({slot.mode->title(), slot.mode->modeActions()});
    m_keyEditor->openWith(groups);
    QTimer::singleShot(50, this, &MainWindow::makeNextMode);
}

void MainWindow::openPalette() {
    QList<PaletteEntry> entries;
    if (Slot* slot = currentSlot(); slot && slot->mode) entries = entriesOf(*slot);
    entries += windowEntries();
    for (Slot& slot : m_slots)
        if (slot.mode && slot.entry->id != m_current) entries += entriesOf(slot);
    QRect field = m_bar->fieldRect();
    field.moveTopLeft(m_bar->mapTo(this, field.topLeft()));
    m_palette->openOver(field, std::move(entries));
    QTimer::singleShot(50, this, &MainWindow::makeNextMode);
}

void MainWindow::search(const QString& text) {
    const auto workspace = m_session->workspace();
    if (!workspace || text.size() < 2) return;
    struct Found {
        std::vector<store::ImageRow> images;
        std::vector<runs::RunRow> runs;
    };
    m_jobs->run<Found>(
        tr("Search"), m_palette,
        [workspace, text = text.toStdString()](std::stop_token stop, const Progress&) -> Result<Found> {
            Found found;
            LATHE_TRY(const auto index, store::ColumnIndex::load(*workspace, stop));
            if (auto ids = data::runQuery(*workspace, *index, "file:*" + text + "*")) {
                ids->resize(std::min<std::size_t>(ids->size(), 8));
                LATHE_TRY(found.images, workspace->images(*ids));
            }
            if (const auto runs = runs::runs(*workspace))
                for (const auto& run : *runs)
                    if (QString::fromStdString(run.name).contains(QString::fromStdString(text), Qt::CaseInsensitive))
                        found.runs.push_back(run);
            return found;
        },
        [this, text](Result<Found> found) {
            if (!found) return;
            QList<PaletteEntry> entries;
            for (const auto& image : found->images)
                entries.append({QStringLiteral("image"),
                                QString::fromStdString(image.name),
                                tr("image"),
                                {},
                                true,
                                [this, id = image.id] {
                                    goTo(QStringLiteral("label"), {{QStringLiteral("image"), qint64(id.value)}});
                                },
                                {},
                                0});
            for (const auto& run : found->runs)
                entries.append({QStringLiteral("train"),
                                QString::fromStdString(run.name),
                                tr("run"),
                                {},
                                true,
                                [this, id = run.id] {
                                    goTo(QStringLiteral("train"), {{QStringLiteral("run"), QString::fromStdString(id.value)}});
                                },
                                {},
                                0});
            m_palette->setFound(text, std::move(entries));
        },
        true);
}

void MainWindow::openJobs() {
    if (m_jobsPopup->isVisible()) return m_jobsPopup->closeOverlay();
    if (m_jobsPopup->closedJustNow()) return;  // the same press closed it
    const QPoint at = m_rail->jobsButton()->mapTo(this, QPoint(0, m_rail->jobsButton()->height()));
    const int height = std::clamp(64 + int(m_jobs->jobs().size()) * 34, 96, 420);
    m_jobsPopup->open(QRect(68, at.y() - height, 480, height));
    m_jobsPopup->setFocus(Qt::PopupFocusReason);
}

void MainWindow::openSettings() {
    if (m_settings->isVisible()) return m_settings->closeOverlay();
    if (m_settings->closedJustNow()) return;  // the same press closed it
    const QPoint at = m_rail->settingsButton()->mapTo(this, QPoint(0, m_rail->settingsButton()->height()));
    m_settings->openAt(QPoint(68, at.y()), m_services.user, m_systemUser);
}

void MainWindow::openUser() {
    if (m_userPopup->isVisible()) return m_userPopup->closeOverlay();
    if (m_userPopup->closedJustNow()) return;  // the same press closed it
    const QPoint at = m_rail->userButton()->mapTo(this, QPoint(0, m_rail->userButton()->height()));
    m_userPopup->openAt(QPoint(68, at.y()), m_session->workspace(), m_services.user);
}

}  // namespace lathe::shell
