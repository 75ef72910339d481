// The tool bar at the left: one button a tool, with its key in the corner.
#pragma once
#include <QAction>
#include <QFrame>
#include <QList>

namespace lathe::widgets::canvas {

class ToolStrip : public QFrame {
    Q_OBJECT
public:
    /// Checkable actions in the order of toolRegistry().
    explicit ToolStrip(const QList<QAction*>& tools, QWidget* parent = nullptr);
    void retranslate();
};

}  // namespace lathe::widgets::canvas
