// Serve: targets, what is live on them, push and roll back, try the served model on a picture.
#pragma once
#include "core/serve/push.h"
#include "widgets/common/action_set.h"
#include "widgets/common/mode.h"
#include "widgets/serve/live_panel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QStackedWidget;

namespace lathe::widgets::common {
class EmptyState;
class FormRows;
class Note;
class Panel;
}  // namespace lathe::widgets::common

namespace lathe::widgets::serve {

class PushTable;
class Stages;
class TryPanel;

class ServeMode : public common::Mode {
    Q_OBJECT
public:
    explicit ServeMode(common::Services& services, QWidget* parent = nullptr);
    [[nodiscard]] QString id() const override { return QStringLiteral("serve"); }
    [[nodiscard]] QString title() const override { return tr("Serve"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("serve"); }
    void setWorkspace(std::shared_ptr<store::Workspace> workspace) override;
    void refresh() override;
    void enter(const QVariantMap& args) override;  ///< {"model": id}
    [[nodiscard]] QList<QAction*> modeActions() const override;
    [[nodiscard]] QList<QAction*> barActions() const override { return {m_test, m_rollback, m_push}; }
    [[nodiscard]] QStringList place() const override;

protected:
    void retranslate() override;

private:
    struct Read {
        std::vector<lathe::serve::TargetRow> targets;
        std::vector<lathe::serve::PushRow> pushes;
        std::vector<models::ModelRow> models;
        std::map<std::string, PackageFacts> packages;  ///< of what is live, by digest
    };
    [[nodiscard]] static Result<Read> readAll(const store::Workspace& workspace);
    void buildActions();
    void buildPage();
    QWidget* buildLeft();
    QWidget* buildCentre();
    QWidget* buildNewTarget();
    void read();
    void showRead(Read read);
    void showTargets();
    void showPushes();
    void showCurrent();
    void showLastPush(const lathe::serve::PushRow* push);
    void askForTarget();
    void addTarget();
    void testTarget();
    void push();
    void rollback();
    void updateActions();
    void showError(const Error& error);
    void showPushed(Result<lathe::serve::PushRow> pushed);
    [[nodiscard]] const lathe::serve::TargetRow* target() const;
    [[nodiscard]] const models::ModelRow* modelOf(const std::string& digest) const;
    [[nodiscard]] QString nameOf(const lathe::serve::PushRow& push) const;
    [[nodiscard]] static QString kindText(const std::string& kind);
    [[nodiscard]] const lathe::serve::PushRow* latestPush(const std::string& target) const;

    Read m_read;
    common::Panel *m_targetPanel, *m_pushPanel, *m_headPanel, *m_newPanel, *m_parityPanel, *m_historyPanel;
    QListWidget *m_targets, *m_pushes;
    QLabel *m_title, *m_subtitle, *m_modelLabel, *m_parity, *m_nameLabel, *m_kindLabel, *m_urlLabel;
    QComboBox *m_model, *m_kind;
    QLineEdit *m_name, *m_url;
    Stages* m_stages;
    LivePanel* m_live;
    PushTable* m_history;
    TryPanel* m_try;
    QStackedWidget* m_pages;
    common::EmptyState* m_empty;
    common::Note* m_note;
    common::ActionSet m_do;
    QAction *m_push, *m_rollback, *m_test, *m_add, *m_new;
    QString m_wantedModel;
    bool m_adding = false;  ///< the form of a first target is open
};

}  // namespace lathe::widgets::serve
