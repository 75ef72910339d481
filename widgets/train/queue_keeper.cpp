#include "widgets/train/queue_keeper.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include "widgets/common/jobs.h"

namespace lathe::widgets::train {

QueueKeeper::~QueueKeeper() {
    letGo();
}

void QueueKeeper::setWorkspace(std::shared_ptr<store::Workspace> workspace) {
    letGo();
    if (!workspace) return;
    QPointer<QueueKeeper> self(this);
    m_driver = std::make_unique<runs::QueueDriver>(std::move(workspace), [self](const runs::QueueDriver::News& news) {
        common::onGuiThread(qApp, [self, problem = QString::fromStdString(news.problem)] {
            if (!self) return;
            if (!problem.isEmpty()) Q_EMIT self->waiting(tr("The queue waits: %1").arg(problem));
            Q_EMIT self->changed();
        });
    });
}

void QueueKeeper::letGo() {
    if (!m_driver) return;
    auto ending = std::make_shared<std::unique_ptr<runs::QueueDriver>>(std::move(m_driver));
    QThreadPool::globalInstance()->start([ending] { ending->reset(); });
}

}  // namespace lathe::widgets::train
