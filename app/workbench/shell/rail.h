// The left edge of the window: the mark with the menu, the modes, and at the bottom jobs, settings, user.
#pragma once
#include <QAction>
#include <QToolButton>
#include <QWidget>

namespace lathe::shell {

class Rail : public QWidget {
    Q_OBJECT
public:
    /// `modes`: checkable actions in order; the first (Start) stands apart.
    Rail(const QList<QAction*>& modes, QAction* jobs, QAction* settings, QWidget* parent);
    void setMenu(QMenu* menu);
    void setBadge(int running);
    void setUser(const QString& user);
    [[nodiscard]] QToolButton* jobsButton() const { return m_jobs; }
    [[nodiscard]] QToolButton* settingsButton() const { return m_settings; }
    [[nodiscard]] QToolButton* userButton() const { return m_user; }
Q_SIGNALS:
    void userClicked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    QToolButton *m_mark, *m_jobs, *m_settings, *m_user;
    QString m_userName;
};

}  // namespace lathe::shell
