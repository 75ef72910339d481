// Where keys are changed: every action of the window with its keys, a preset for all, and words when a key is taken already.
#pragma once
#include <QSortFilterProxyModel>

#include "app/workbench/shell/key_rows.h"
#include "widgets/common/overlay.h"
#include "widgets/common/parts.h"

class QComboBox;
class QLineEdit;
class QTableView;

namespace lathe::shell {

class KeyEditor : public widgets::common::Overlay {
    Q_OBJECT
public:
    explicit KeyEditor(QWidget* window);
    void openWith(const QList<std::pair<QString, QList<QAction*>>>& groups);
    void addGroup(const QString& where, const QList<QAction*>& actions);  ///< while it is open: modes made meanwhile
    [[nodiscard]] QTableView& table() const { return *m_table; }
    [[nodiscard]] QLineEdit& search() const { return *m_search; }

private:
    void build();
    QWidget* buildHead();
    QWidget* buildFoot();
    void wire();
    [[nodiscard]] QAction* current() const;
    void editCurrent();
    void assign(QAction* action, const QKeySequence& key);
    void give(QAction* action, const QKeySequence& key);
    void takeFrom(QAction* holder, QAction* action, const QKeySequence& key);
    void removeKeys();
    void resetKeys();
    void choosePreset(int index);
    void showPreset();
    void updateButtons();

    KeyRows* m_rows;
    QSortFilterProxyModel* m_shown;
    QTableView* m_table;
    QLineEdit* m_search;
    QComboBox* m_preset;
    QLabel *m_title, *m_presetLabel, *m_about;
    widgets::common::Note* m_note;
    widgets::common::ActionButton *m_change, *m_remove, *m_reset, *m_resetAll;
};

}  // namespace lathe::shell
