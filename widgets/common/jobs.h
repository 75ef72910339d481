// The bridge from worker threads to the GUI thread: jobs with progress and cancel, delivered coalesced; stale results are dropped.
#pragma once
#include <QObject>
#include <QPointer>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/base/progress.h"
#include "core/base/result.h"

namespace lathe::widgets::common {

struct JobInfo {
    quint64 id = 0;
    QString title;  ///< "Import bccd", translated
    base::ProgressState progress;
    double seconds = 0;
    enum State { Running, Done, Failed, Cancelled } state = Running;
    QString message;     ///< error or result in words
    bool shown = false;  ///< longer than 200 ms, so it is in the jobs panel
};

/// Owner of all running jobs. Lives on the GUI thread; methods from there only.
class Jobs : public QObject {
    Q_OBJECT
public:
    explicit Jobs(QObject* parent = nullptr);
    ~Jobs() override;  ///< asks all to stop, writes what is to be written and waits

    /// Runs `work` on a pool thread, then `done` on the GUI thread, unless `receiver` is gone by then. Returns the job's id.
    /// quiet: never in the panel (thumbnails, small reads).
    template <class T>
    quint64 run(const QString& title, QObject* receiver, std::function<Result<T>(std::stop_token, const Progress&)> work,
                std::function<void(Result<T>)> done, bool quiet = false) {
        return runIn<T>(quiet ? Lane::Quiet : Lane::Shown, title, receiver, std::move(work), std::move(done));
    }

    /// Small writes to the workspace: quiet, one after the other in the order they were given, and never dropped: not by cancel(),
    /// not when the window closes before their turn.
    template <class T>
    void write(const QString& title, QObject* receiver, std::function<Result<T>()> work, std::function<void(Result<T>)> done) {
        runIn<T>(
            Lane::Writes, title, receiver, [work = std::move(work)](std::stop_token, const Progress&) { return work(); },
            std::move(done));
    }
    /// Asks it to stop. One that got to its end first has done its work and says so.
    void cancel(quint64 id);
    /// Asks it to stop; what it brings all the same is not wanted and its `done` hears Cancelled. For reads of which the newest has
    /// the last word.
    void drop(quint64 id);
    [[nodiscard]] QList<JobInfo> jobs() const;  ///< running and the last 50 ended, newest first
    [[nodiscard]] int runningCount() const;     ///< shown ones
    void clearEnded();
Q_SIGNALS:
    void changed();  ///< at most 20 times a second
    void ended(JobInfo job);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
    enum class Lane { Shown, Quiet, Writes };
    template <class T>
    quint64 runIn(Lane lane, const QString& title, QObject* receiver,
                  std::function<Result<T>(std::stop_token, const Progress&)> work, std::function<void(Result<T>)> done) {
        auto box = std::make_shared<std::optional<Result<T>>>();
        QPointer<QObject> guard(receiver);
        return start(
            lane, title,
            [work = std::move(work), box](std::stop_token stop, const Progress& progress) -> Result<> {
                box->emplace(work(stop, progress));
                if (!**box) return fail((**box).error());
                return {};
            },
            [guard, box, done = std::move(done)](const Result<>& outcome) {
                if (!guard || !done) return;
                if (!outcome)
                    done(fail(outcome.error()));
                else
                    done(std::move(**box));
            });
    }
    quint64 start(Lane lane, const QString& title, std::function<Result<>(std::stop_token, const Progress&)> work,
                  std::function<void(const Result<>&)> done);
};

/// Calls `f` on the GUI thread if `receiver` still lives then. Any thread.
void onGuiThread(QObject* receiver, std::function<void()> f);

}  // namespace lathe::widgets::common
