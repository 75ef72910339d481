// The writer thread of edits, and the watcher of everybody's commits.
#include <sys/resource.h>
#include <unistd.h>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "core/base/log.h"
#include "core/store/impl.h"
#include "core/store/sqlite.h"

namespace lathe::store {

using base::fail;

namespace {

/// Tiles are painted first: an edit of 50,000 shapes takes a processor for a third of a second to write.
void stepBack() {
    (void)::setpriority(PRIO_PROCESS, id_t(::gettid()), 10);
}

}  // namespace

struct EditQueue::Impl {
    std::shared_ptr<Workspace> workspace;
    Done done;
    mutable std::mutex mutex;
    std::condition_variable some, empty;
    struct Item {
        annot::AnnotationEdit edit;
        Commit commit;  ///< empty: Workspace::commit
    };
    std::deque<Item> edits;
    bool busy = false, closing = false;
    std::thread thread;

    void work();
    void commitOne(const Item& item);
    void push(Item item);
};

void EditQueue::Impl::commitOne(const Item& item) {
    const auto result = item.commit ? item.commit(*workspace) : workspace->commit(item.edit);
    if (!result) log::error("an edit was not saved: " + result.error().text());
    if (done) done(item.edit, result);
}

void EditQueue::Impl::push(Item item) {
    const std::lock_guard guard(mutex);
    edits.push_back(std::move(item));
    some.notify_one();
}

void EditQueue::Impl::work() {
    stepBack();
    std::unique_lock lock(mutex);
    for (;;) {
        some.wait(lock, [&] { return closing || !edits.empty(); });
        if (edits.empty()) return;
        const Item item = std::move(edits.front());
        edits.pop_front();
        busy = true;
        lock.unlock();
        commitOne(item);
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
    m_impl->push({std::move(edit), {}});
}

void EditQueue::push(annot::AnnotationEdit edit, Commit commit) {
    m_impl->push({std::move(edit), std::move(commit)});
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
