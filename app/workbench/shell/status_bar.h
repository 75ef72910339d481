// The bottom of the window: saved state and the mode's facts at the left; jobs, engine, device, language at the right.
#pragma once
#include <QToolButton>
#include <QWidget>

#include "core/rpc/client.h"
#include "widgets/common/jobs.h"

class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace lathe::shell {

class StatusBar : public QWidget {
    Q_OBJECT
public:
    explicit StatusBar(QAction* jobs, QWidget* parent);
    void setSaved(bool allSaved);
    void setFacts(const QStringList& left, const QStringList& right);
    void setEngine(rpc::Engine::State state);
    void setDevice(const QString& text);
    void setJobs(int running, const QString& what, double fraction);  ///< fraction < 0: not known
    void setLanguageMenu(QMenu* menu, const QString& shown);
    [[nodiscard]] QToolButton* jobsButton() const { return m_jobs; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    QLabel *m_savedIcon, *m_saved, *m_engineDot, *m_engine, *m_device;
    QHBoxLayout *m_left, *m_right;
    QToolButton *m_jobs, *m_language;
    QProgressBar* m_meter;
    bool m_allSaved = true;
    rpc::Engine::State m_state = rpc::Engine::State::NotStarted;
};

}  // namespace lathe::shell
