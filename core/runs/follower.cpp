#include <chrono>
#include <condition_variable>

#include "core/runs/run_state.h"
#include "core/runs/runs.h"

namespace lathe::runs {

namespace {

using namespace std::chrono_literals;

constexpr auto kPoll = 50ms, kIdlePoll = 500ms, kLivenessEvery = 250ms;

class Following {
public:
    Following(RunFolder folder, std::function<void(RunFollower::Batch)> deliver)
        : m_folder(std::move(folder)), m_deliver(std::move(deliver)), m_reader(m_folder.events()) {}

    void run(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        while (!stop.stop_requested()) {
            step();
            std::unique_lock lock(mutex);
            wake.wait_for(lock, stop, isFinal(m_state) ? kIdlePoll : kPoll, [] { return false; });
        }
    }

private:
    RunFolder m_folder;
    std::function<void(RunFollower::Batch)> m_deliver;
    EventReader m_reader;
    RunFold m_fold;
    Liveness m_live;
    std::chrono::steady_clock::time_point m_asked{};
    RunState m_state = RunState::Queued;
    bool m_first = true;

    void step() {
        const auto now = std::chrono::steady_clock::now();
        if (m_first || now - m_asked >= kLivenessEvery) {
            m_live = liveness(m_folder);
            m_asked = now;
        }
        RunFollower::Batch batch = read();
        batch.state = effectiveState(m_fold, m_live);
        const bool news = m_first || batch.restarted || batch.state != m_state || !batch.metrics.empty() || !batch.events.empty();
        m_first = false;
        m_state = batch.state;
        if (news) m_deliver(std::move(batch));
    }

    /// Points of one series that came in several frames are put together.
    RunFollower::Batch read() {
        RunFollower::Batch batch;
        std::map<std::string, std::vector<MetricPoint>, std::less<>> series;
        const auto polled = m_reader.poll(
            [&](std::string_view name, const std::vector<MetricPoint>& more) {
                auto& all = series[std::string(name)];
                all.insert(all.end(), more.begin(), more.end());
            },
            [&](const Json& event) { batch.events.push_back(event); });
        batch.restarted = polled && polled->restarted;
        if (batch.restarted) m_fold = RunFold();
        for (const Json& event : batch.events) m_fold.take(event);
        for (auto& [name, all] : series) {
            m_fold.take(name, all);
            batch.metrics.emplace_back(name, std::move(all));
        }
        return batch;
    }
};

}  // namespace

RunFollower::RunFollower(RunFolder folder, std::function<void(Batch)> deliver)
    : m_thread([following = std::make_shared<Following>(std::move(folder), std::move(deliver))](const std::stop_token& stop) {
          following->run(stop);
      }) {}

RunFollower::~RunFollower() = default;

Result<RunData> readRun(const RunFolder& folder) {
    RunData data;
    EventReader reader(folder.events());
    const auto polled =
        reader.poll([&](std::string_view series, const auto& points) { data.series[std::string(series)].append(points); },
                    [&](const Json& event) { data.events.push_back(event); });
    if (!polled) return fail(polled.error());
    return data;
}

}  // namespace lathe::runs
