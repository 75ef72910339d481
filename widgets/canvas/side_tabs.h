// The panel at the right with what belongs to the open image: its objects, its history, its comments.
#pragma once
#include <QStackedWidget>

#include "widgets/common/parts.h"

class QTabBar;

namespace lathe::widgets::canvas {

class CommentsPanel;
class HistoryPanel;
class ObjectsPanel;

class SideTabs : public common::Panel {
    Q_OBJECT
public:
    SideTabs(ObjectsPanel* objects, HistoryPanel* history, CommentsPanel* comments, QWidget* parent = nullptr);
    void choose(int index);
    void retranslate();

private:
    void name();
    ObjectsPanel* m_objects;
    HistoryPanel* m_history;
    CommentsPanel* m_comments;
    QTabBar* m_tabs;
    QStackedWidget *m_pages, *m_tools;
};

}  // namespace lathe::widgets::canvas
