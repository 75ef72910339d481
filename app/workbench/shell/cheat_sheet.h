// F1: the keys of the window and of the current mode.
#pragma once
#include "app/workbench/shell/overlay.h"

class QAction;
class QGridLayout;
class QLabel;
class QScrollArea;

namespace lathe::shell {

class CheatSheet : public Overlay {
    Q_OBJECT
public:
    explicit CheatSheet(QWidget* window);
    using Group = std::pair<QString, QList<QAction*>>;
    void openWith(const QList<Group>& groups);

private:
    QWidget* m_page = nullptr;
    QScrollArea* m_area;
    QLabel* m_title;
};

}  // namespace lathe::shell
