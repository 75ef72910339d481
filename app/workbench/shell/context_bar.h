// The top of the window: workspace and place at the left, the command field in the middle, the mode's actions at the right with the
// primary one at the end.
#pragma once
#include <QAction>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

class QHBoxLayout;

namespace lathe::shell {

class ContextBar : public QWidget {
    Q_OBJECT
public:
    explicit ContextBar(QAction* command, QWidget* parent);
    void setWorkspace(const QString& name, const QString& cover);  ///< empty name: none is open
    void setPlace(const QStringList& place);
    void setActions(const QList<QAction*>& actions);
    [[nodiscard]] QRect fieldRect() const { return m_field->geometry(); }
    [[nodiscard]] QToolButton* workspaceButton() const { return m_workspace; }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void retranslate();
    void arrange();
    QToolButton* m_workspace;
    QWidget *m_left, *m_right;
    QPushButton* m_field;
    class QLabel* m_crumbs;
    QHBoxLayout* m_actions;
};

}  // namespace lathe::shell
