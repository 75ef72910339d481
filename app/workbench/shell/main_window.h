// The one window: rail, context bar, mode stack, status bar, and the popups over them.
#pragma once
#include <QMainWindow>

#include "app/workbench/shell/command_palette.h"
#include "app/workbench/shell/mode_factory.h"
#include "app/workbench/shell/options.h"
#include "app/workbench/shell/session.h"
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"

class QStackedWidget;
namespace lathe::widgets::train {
class QueueKeeper;
}

namespace lathe::shell {

class CheatSheet;
class ContextBar;
class KeyEditor;
class Rail;
class SettingsPopup;
class StatusBar;
class Toast;
class UserPopup;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const Options& options);
    ~MainWindow() override;

    /// Goes to a mode; "workspace" with {"do": "new" | "open" | "import"}, {"open": path} or {"sample": name} is the shell itself.
    void goTo(const QString& mode, const QVariantMap& args = {});
    [[nodiscard]] widgets::common::Mode* currentMode() const;
    [[nodiscard]] widgets::common::Mode* mode(const QString& id);  ///< made if it wasn't yet
    [[nodiscard]] Session& session() { return *m_session; }
    [[nodiscard]] widgets::common::Jobs& jobs() { return *m_jobs; }
    /// Actions of the window itself, then of every mode made so far, by group for menu and cheat sheet.
    [[nodiscard]] QList<std::pair<QString, QList<QAction*>>> actionGroups() const;

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    struct Slot {
        const ModeEntry* entry = nullptr;
        QAction* action = nullptr;
        widgets::common::Mode* mode = nullptr;
        quint64 workspaceShown = 0;  ///< which opening of a workspace it was last given
        bool stale = false;          ///< data changed while it was hidden
    };
    struct WindowActions {
        QAction *newWorkspace, *open, *import, *importFile, *closeWorkspace, *quit, *command, *keys, *editKeys, *jobs, *settings,
            *user, *toggleTheme, *toggleMenu, *fullScreen, *about;
    };

    void makeActions();
    void makeModes();
    void makeLayout();
    void makePopups();
    void wire();
    void retranslate();
    void restore(const Options& options);
    QAction* makeAction(const QString& icon, const QKeySequence& key, std::function<void()> run);

    Slot* slotOf(const QString& id);
    Slot* currentSlot();
    widgets::common::Mode* ensure(Slot& slot);
    void connectMode(Slot& slot);
    void enter(Slot& slot, const QVariantMap& args);
    void giveWorkspace(Slot& slot);
    void onWorkspaceChanged();
    void onDataChanged();
    void onImported(const data::ImportReport& report, const QString& source);
    void showWorkspace();
    void showPlace();
    void showFacts();
    void showJobs();
    void showDevice();
    void showActions();

    static void emptyMenu(QWidget* menu);
    void fillMenu(QMenu* menu);
    void fillMenuBar();
    void fillWorkspaceMenu(QMenu* menu);
    void chooseNew();
    void chooseOpen();
    void chooseImport();
    void chooseImportFile();
    void openPalette();
    QList<PaletteEntry> entriesOf(Slot& slot);
    QList<PaletteEntry> windowEntries();
    void makeNextMode();
    void search(const QString& text);
    void openKeyEditor();
    void bindKeys();
    void openJobs();
    void openSettings();
    void openUser();
    void setUser(const QString& user);
    void chooseLanguage(const QString& choice);
    void shellRequest(const QVariantMap& args);
    void toggleMenuBar();
    void showProblems(const data::ImportReport& report, const QString& summary);

    widgets::common::Services m_services;
    widgets::common::Jobs* m_jobs;
    Session* m_session;
    widgets::train::QueueKeeper* m_queue;
    std::vector<Slot> m_slots;
    WindowActions m_do{};
    QActionGroup* m_modeGroup;
    QString m_current, m_wantedMode, m_wantedImage, m_systemUser;
    quint64 m_opening = 0;
    bool m_altAlone = false, m_deviceKnown = false;

    Rail* m_rail = nullptr;
    ContextBar* m_bar;
    StatusBar* m_status;
    QStackedWidget* m_stack;
    widgets::common::Note* m_note;
    QWidget* m_noteBox;
    CommandPalette* m_palette;
    CheatSheet* m_cheatSheet;
    KeyEditor* m_keyEditor;
    SettingsPopup* m_settings;
    UserPopup* m_userPopup;
    widgets::common::Overlay *m_jobsPopup, *m_problemsPopup;
    widgets::common::ProblemsList* m_problems;
    Toast* m_toast;
    QMenu *m_menu, *m_workspaceMenu, *m_languageMenu;
    QTimer m_engineTimer;
};

}  // namespace lathe::shell
