// Who one is: the profiles of the workspace with their roles; one press and the edits are another's.
#pragma once
#include <QAbstractListModel>

#include "core/store/labelling.h"
#include "widgets/common/jobs.h"
#include "widgets/common/overlay.h"
#include "widgets/common/parts.h"

class QComboBox;
class QLineEdit;
class QListView;

namespace lathe::shell {

class Profiles : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void set(std::vector<store::User> users, const QString& current);
    [[nodiscard]] const store::User& at(int row) const { return m_users[std::size_t(row)]; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<store::User> m_users;
    QString m_current;
};

class UserPopup : public widgets::common::Overlay {
    Q_OBJECT
public:
    UserPopup(widgets::common::Jobs& jobs, QWidget* window);
    /// Without a workspace a name can be given, no profile kept.
    void openAt(const QPoint& bottomLeft, std::shared_ptr<store::Workspace> workspace, const QString& user);
    [[nodiscard]] QListView& list() const { return *m_list; }
    [[nodiscard]] QLineEdit& nameField() const { return *m_name; }
    [[nodiscard]] QComboBox& roleField() const { return *m_role; }

Q_SIGNALS:
    void userChosen(const QString& user);
    void profilesChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void read();
    void take(std::vector<store::User> users);
    void choose(const QModelIndex& index);
    void save();
    void remove();
    void write(const QString& title, std::function<Result<>(store::Workspace&)> work);
    void updateButtons();
    widgets::common::Jobs& m_jobs;
    std::shared_ptr<store::Workspace> m_workspace;
    QString m_user;
    Profiles* m_profiles;
    QListView* m_list;
    QLabel *m_title, *m_none;
    QLineEdit* m_name;
    QComboBox* m_role;
    widgets::common::ActionButton *m_save, *m_remove;
    widgets::common::Note* m_note;
};

/// "Annotator" …
[[nodiscard]] QString roleText(store::Role role);

}  // namespace lathe::shell
