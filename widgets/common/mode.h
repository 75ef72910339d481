// A mode of the window: one page, its actions, its place in the context bar, its facts in the status bar. Modes don't know each
// other; they ask the shell to go somewhere.
#pragma once
#include <QAction>
#include <QVariantMap>
#include <QWidget>
#include <memory>

#include "core/rpc/client.h"
#include "core/store/workspace.h"
#include "widgets/common/jobs.h"

namespace lathe::widgets::common {

/// What every mode is given by the shell. Outlives the modes.
struct Services {
    Jobs* jobs = nullptr;
    std::shared_ptr<rpc::Engine> engine;
    QString user;  ///< who acts
};

class Mode : public QWidget {
    Q_OBJECT
public:
    explicit Mode(Services& services, QWidget* parent = nullptr) : QWidget(parent), m_services(services) {}
    [[nodiscard]] virtual QString id() const = 0;        ///< "label", never translated
    [[nodiscard]] virtual QString title() const = 0;     ///< tr("Label")
    [[nodiscard]] virtual QString iconName() const = 0;  ///< of resources/icons
    /// nullptr: no workspace is open; show the empty state. Cheap: loading goes through jobs.
    virtual void setWorkspace(std::shared_ptr<store::Workspace> workspace) { m_workspace = std::move(workspace); }
    /// The workspace changed (own or other process). Coalesced to at most 4 a second.
    virtual void refresh() {}
    /// Shown now; args from the shell or another mode ({"image": 17}, {"run": "…"}, {"query": "…"}).
    virtual void enter(const QVariantMap& args) { (void)args; }
    virtual void leave() {}
    /// All actions with text, icon and key: they go to the menu, the command palette and the cheat sheet. Owned by the mode.
    [[nodiscard]] virtual QList<QAction*> modeActions() const { return {}; }
    /// Those at the right end of the context bar; the last one is the primary. Dynamic properties of an action: "barIcon" true
    /// shows its icon too, "barKind" "normal" makes a last one that isn't the view's primary.
    [[nodiscard]] virtual QList<QAction*> barActions() const { return {}; }
    [[nodiscard]] virtual QStringList place() const { return {}; }       ///< breadcrumb after the workspace
    [[nodiscard]] virtual QStringList factsLeft() const { return {}; }   ///< status bar after the saved state
    [[nodiscard]] virtual QStringList factsRight() const { return {}; }  ///< status bar before the engine
    [[nodiscard]] virtual bool allSaved() const { return true; }
Q_SIGNALS:
    void placeChanged();
    void factsChanged();
    /// A mode's id, or "workspace" for what the shell itself does: {"do": "new" | "open" | "import"}, {"open": folder},
    /// {"import": folder}, {"sample": "digits" | "bccd"}.
    void goTo(const QString& mode, const QVariantMap& args);
    void actionsChanged();  ///< barActions() or modeActions() return others now
    void toast(const QString& text, const QString& actionText, std::function<void()> action);

protected:
    void changeEvent(QEvent* event) override;  ///< LanguageChange -> retranslate()
    virtual void retranslate() {}
    [[nodiscard]] Services& services() const { return m_services; }
    [[nodiscard]] const std::shared_ptr<store::Workspace>& workspace() const { return m_workspace; }

private:
    Services& m_services;
    std::shared_ptr<store::Workspace> m_workspace;
};

}  // namespace lathe::widgets::common
