// Start: pick up where one was, see the loop, open a workspace.
#pragma once
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"
#include "widgets/common/parts.h"
#include "widgets/start/facts.h"
#include "widgets/start/loop_view.h"

class QLineEdit;

namespace lathe::widgets::start {

class ActivityPanel;
class ContinueCard;
class MachinePanel;
class ModelCard;
class NeedsPanel;
class RunCard;

class StartMode : public common::Mode {
    Q_OBJECT
public:
    explicit StartMode(common::Services& services, QWidget* parent = nullptr);
    [[nodiscard]] QString id() const override { return QStringLiteral("start"); }
    [[nodiscard]] QString title() const override { return tr("Start"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("start"); }
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) override;
    void refresh() override;
    void enter(const QVariantMap& args) override;
    [[nodiscard]] QList<QAction*> modeActions() const override;
    [[nodiscard]] QStringList factsLeft() const override;

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildPage();
    QWidget* buildSide();
    QWidget* buildCards(QWidget* parent);
    QWidget* buildWelcome(QWidget* parent);
    QWidget* buildWorkspaces(QWidget* parent);
    void buildActions();
    void showFacts();
    void showLoop();
    void showWorkspaces();
    void openPlace(LoopView::Place place);
    void ask(const char* key, const QString& value);

    StartFacts m_facts;
    bool m_loading = false, m_again = false, m_known = false;
    quint64 m_generation = 0;
    common::ActionSet m_do;
    QAction *m_continue, *m_toTrain, *m_toReview, *m_import, *m_new, *m_open, *m_digits, *m_bccd;
    QLabel *m_continueTitle, *m_loopTitle, *m_loopHint, *m_workspacesTitle;
    QWidget *m_cards, *m_loopBox, *m_welcome, *m_side;
    common::EmptyState* m_empty;
    ContinueCard* m_continueCard;
    RunCard* m_runCard;
    ModelCard* m_modelCard;
    LoopView* m_loop;
    QLineEdit* m_find;
    QWidget* m_shelf;
    NeedsPanel* m_needs;
    ActivityPanel* m_activity;
    MachinePanel* m_machine;
};

}  // namespace lathe::widgets::start
