// F1: the keys of the window and of the current mode.
#pragma once
#include "widgets/common/overlay.h"
#include "widgets/common/parts.h"

class QAction;
class QLabel;
class QLineEdit;
class QScrollArea;

namespace lathe::shell {

class CheatSheet : public widgets::common::Overlay {
    Q_OBJECT
public:
    explicit CheatSheet(QWidget* window);
    using Group = std::pair<QString, QList<QAction*>>;
    void openWith(const QList<Group>& groups);
Q_SIGNALS:
    void editAsked();  ///< keys are to be changed

private:
    void fill();
    QList<Group> m_groups;
    QWidget* m_page = nullptr;
    QScrollArea* m_area;
    QLabel* m_title;
    QLineEdit* m_search;
    widgets::common::ActionButton* m_edit;
};

}  // namespace lathe::shell
