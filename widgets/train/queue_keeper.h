// Starts the queued runs of the open workspace, whichever mode is shown.
#pragma once
#include <QObject>
#include <memory>

#include "core/runs/run_queue.h"

namespace lathe::widgets::train {

/// GUI thread. One for the window; while another process drives the queue, it stands by (runs::QueueDriver).
class QueueKeeper : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~QueueKeeper() override;
    /// Lets go of the one before, without waiting for what it is starting. nullptr: none is open.
    void setWorkspace(std::shared_ptr<store::Workspace> workspace);

Q_SIGNALS:
    void changed();                       ///< a run was started, or couldn't be and is marked as failed
    void waiting(const QString& reason);  ///< nothing can be started: translated words; the queue is kept

private:
    void letGo();
    std::unique_ptr<runs::QueueDriver> m_driver;
};

}  // namespace lathe::widgets::train
