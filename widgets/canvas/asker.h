// Questions to a worker: one at a time, the newest next, and no answer that nobody waits for any more.
#pragma once
#include <functional>
#include <optional>
#include <utility>

#include "widgets/common/jobs.h"

namespace lathe::widgets::canvas {

/// GUI thread. A question that comes while one is being answered takes the place of the one that waits. A short one that runs is
/// let finish and its answer is told too (a ghost that follows the hand); a long one is stopped and never heard of again.
template <class Answer>
class Asker {
public:
    using Work = std::function<Result<Answer>(std::stop_token)>;
    using Done = std::function<void(Result<Answer>)>;
    enum Length { Short, Long };

    Asker(common::Jobs& jobs, QString title) : m_jobs(jobs), m_title(std::move(title)) {}
    ~Asker() { stop(); }
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;

    void ask(Length length, Work work, Done done) {
        if (m_running == Long) stop();
        m_next = Question{length, std::move(work), std::move(done)};
        if (!m_running) start();
    }
    /// Forgets what is asked.
    void stop() {
        if (m_running) m_jobs.cancel(m_job);
        m_next.reset();
        m_running.reset();
        ++m_generation;
    }
    [[nodiscard]] bool busy() const { return m_running.has_value(); }
    [[nodiscard]] bool isLong() const { return m_running == Long && !m_next; }

private:
    struct Question {
        Length length;
        Work work;
        Done done;
    };
    void start() {
        Question q = *std::exchange(m_next, std::nullopt);
        m_running = q.length;
        m_job = m_jobs.run<Answer>(
            m_title, &m_life, [work = std::move(q.work)](std::stop_token stop, const base::Progress&) { return work(stop); },
            [this, done = std::move(q.done), generation = m_generation](Result<Answer> answer) {
                if (generation != m_generation) return;
                m_running.reset();
                if (m_next) start();
                done(std::move(answer));
            },
            true);
    }
    common::Jobs& m_jobs;
    QString m_title;
    QObject m_life;  // answers to a tool that is gone are dropped
    std::optional<Question> m_next;
    std::optional<Length> m_running;
    quint64 m_job = 0, m_generation = 0;
};

}  // namespace lathe::widgets::canvas
