// The writer thread of edits, and the watcher of everybody's commits.
#include <condition_variable>
#include <deque>
#include <mutex>

#include "core/base/log.h"
#include "core/store/impl.h"
#include "core/store/sqlite.h"

namespace lathe::store {

using base::fail;

struct EditQueue::Impl {
    std::shared_ptr<Workspace> workspace;
    Done done;
    mutable std::mutex mutex;
    std::condition_variable some, empty;
    std::deque<annot::AnnotationEdit> edits;
    bool busy = false, closing = false;
    std::thread thread;

    void work();
    void commitOne(const annot::AnnotationEdit& edit);
};

void EditQueue::Impl::commitOne(const annot::AnnotationEdit& edit) {
    const auto result = workspace->commit(edit);
    if (!result) log::error("an edit was not saved: " + result.error().text());
    if (done) done(edit, result);
}

void EditQueue::Impl::work() {
    std::unique_lock lock(mutex);
    for (;;) {
        some.wait(lock, [&] { return closing || !edits.empty(); });
        if (edits.empty()) return;
        const annot::AnnotationEdit edit = std::move(edits.front());
        edits.pop_front();
        busy = true;
        lock.unlock();
        commitOne(edit);
        lock.lock();
        busy = false;
        if (edits.empty()) empty.notify_all();
    }
}

EditQueue::EditQueue(std::shared_ptr<Workspace> workspace, Done done) : m_impl(std::make_unique<Impl>()) {
    m_impl->workspace = std::move(workspace);
    m_impl->done = std::move(done);
    m_impl->thread = std::thread([impl = m_impl.get()] { impl->work(); });
}

EditQueue::~EditQueue() {
    {
        const std::lock_guard guard(m_impl->mutex);
        m_impl->closing = true;
    }
    m_impl->some.notify_all();
    m_impl->thread.join();
}

void EditQueue::push(annot::AnnotationEdit edit) {
    const std::lock_guard guard(m_impl->mutex);
    m_impl->edits.push_back(std::move(edit));
    m_impl->some.notify_one();
}

std::size_t EditQueue::pending() const {
    const std::lock_guard guard(m_impl->mutex);
    return m_impl->edits.size() + (m_impl->busy ? 1 : 0);
}

void EditQueue::flush() {
    std::unique_lock lock(m_impl->mutex);
    m_impl->empty.wait(lock, [&] { return m_impl->edits.empty() && !m_impl->busy; });
}

ChangeWatcher::ChangeWatcher(std::shared_ptr<const Workspace> workspace, std::function<void(Revision)> changed)
    : m_thread([workspace = std::move(workspace), changed = std::move(changed)](const std::stop_token& stop) {
          std::mutex mutex;
          std::condition_variable_any wake;
          Revision last = workspace->revision();
          std::unique_lock lock(mutex);
          while (!stop.stop_requested()) {
              wake.wait_for(lock, stop, std::chrono::milliseconds(100), [] { return false; });
              if (stop.stop_requested()) return;
              if (const Revision now = workspace->revision(); now != last) changed(last = now);
          }
      }) {}

ChangeWatcher::~ChangeWatcher() = default;

}  // namespace lathe::store
