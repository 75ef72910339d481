#include "core/engine/train/session.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include "core/engine/nn/stages.h"
#include "core/engine/train/resolve.h"

namespace lathe::engine::train {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kLossWindow = 10;                      ///< steps between two looks at the losses
constexpr auto kLookEvery = std::chrono::milliseconds(200);  ///< at the control file, and log to disk

double secondsSince(Clock::time_point from) {
    return std::chrono::duration<double>(Clock::now() - from).count();
}

}  // namespace

Session::Session(const runs::RunFolder& folder, const runs::RunSpec& spec, TrainData& data, const TrainOptions& options,
                 Journal& journal)
    : m_folder(folder),
      m_spec(spec),
      m_history(spec.history),
      m_data(data),
      m_options(options),
      m_journal(journal),
      m_device(spec.device),
      m_pictures(folder, spec, data),
      m_mix(spec.augmentation),
      m_schedule(spec, (batchesPerEpoch(data.splits.train.size(), spec.batch) + spec.accumulate - 1) / spec.accumulate),
      m_perEpoch(batchesPerEpoch(data.splits.train.size(), spec.batch)) {
    m_spec.history.clear();
    m_lastCount = m_epochStart = Clock::now();
}

double Session::fractionalEpoch() const {
    return double(m_at.step) / double(std::max<std::int64_t>(1, stepsPerEpoch()));
}

std::int64_t Session::stepsPerEpoch() const {
    return (m_perEpoch + m_spec.accumulate - 1) / m_spec.accumulate;
}

std::string Session::wanted() const {
    return m_options.wanted ? m_options.wanted() : m_folder.wanted();
}

void Session::countSeconds() {
    m_at.seconds += secondsSince(m_lastCount);
    m_lastCount = Clock::now();
}

std::string Session::metric() const {
    return std::string(runs::metricOf(m_spec.task));
}

Json Session::best() const {
    return {{"epoch", m_at.bestEpoch}, {"metric", metric()}, {"value", m_at.bestValue}};
}

Result<LoaderOptions> Session::loaderOptions() const {
    LoaderOptions options;
    options.samples = m_data.splits.train;
    for (const std::int64_t sample : options.samples) options.classes.push_back(m_data.items[std::size_t(sample)].label);
    options.labels = m_task->labels();
    options.batch = m_spec.batch;
    options.sampler = m_spec.sampler;
    options.seed = m_spec.seed;
    options.firstEpoch = m_at.epoch, options.lastEpoch = m_spec.epochs, options.firstBatch = m_at.batch;
    LATHE_TRY(options.augmentation, Augmenter::make(m_spec.augmentation));
    options.mosaic = Mosaic(m_spec.augmentation);
    options.planOnly = m_feed->augments(), options.pinned = m_feed->wantsPinned();
    if (options.pinned) options.threads = std::max(2, int(std::thread::hardware_concurrency()) / 2);  // a card waits for none
    return options;
}

Result<bool> Session::runEpochs() {
    LATHE_TRY(auto options, loaderOptions());
    Loader loader(m_data.pictures, std::move(options));
    nn::trainUnfrozen(*m_model, m_spec.freeze);
    m_phases.start();
    while (true) {
        LATHE_TRY(const bool goOn, obey());
        if (!goOn) return false;
        loader.setLastEpoch(m_spec.epochs);
        auto batch = m_at.epoch < m_spec.epochs ? loader.next() : std::nullopt;
        if (!batch) break;
        LATHE_CHECK(tellUnreadable(batch->unreadable));
        if (!batch->samples.empty()) LATHE_CHECK(learn(*batch));
        ++m_at.batch;
        if (m_gathered >= m_spec.accumulate || (m_gathered > 0 && m_at.batch >= m_perEpoch)) step();
        if (m_losses.waiting() >= kLossWindow) LATHE_CHECK(readLosses(false));
        if (m_at.batch < m_perEpoch) continue;
        LATHE_CHECK(endEpoch());
        if (m_spec.earlyStop > 0 && m_at.sinceBest >= m_spec.earlyStop) {
            LATHE_CHECK(m_journal.message(
                "info", fmt::format("ended at epoch {}: no better validation for {} epochs", m_at.epoch, m_at.sinceBest)));
            break;
        }
    }
    if (m_savedStep != m_at.step) LATHE_CHECK(save("last", true));
    return true;
}

Result<> Session::endEpoch() {
    LATHE_CHECK(readLosses(true));
    countSeconds();
    const double seconds = secondsSince(m_epochStart);
    const double speed = seconds > 0 ? double(m_epochImages) / seconds : 0.0;
    Json told = {
        {"metrics", {{"train/loss", m_at.images > 0 ? m_at.lossSum / double(m_at.images) : 0.0}, {"images_per_second", speed}}}};
    m_journal.metric("images_per_second", m_at.step, fractionalEpoch(), speed);
    Json phases = m_phases.take();
    phases["epoch"] = m_at.epoch + 1;
    LATHE_CHECK(validate(told));
    phases["train_s"] = seconds, phases["validation_s"] = secondsSince(m_epochStart) - seconds;
    m_at.epoch += 1, m_at.batch = 0, m_at.lossSum = 0, m_at.images = 0;
    countSeconds();
    told["epoch"] = m_at.epoch, told["epochs"] = m_spec.epochs;
    told["seconds"] = secondsSince(m_epochStart);
    told["eta"] = m_at.seconds / m_at.epoch * (m_spec.epochs - m_at.epoch);
    told["best"] = best();
    LATHE_CHECK(m_journal.event("phases", phases));
    LATHE_CHECK(m_journal.event("epoch", told));
    LATHE_CHECK(saveAfterEpoch());
    m_epochStart = Clock::now(), m_epochImages = 0;
    m_phases.start();
    return {};
}

Result<bool> Session::obey() {
    if (m_gathered > 0) return true;  // gradients are in no checkpoint
    LATHE_CHECK(replayEdits());
    const bool over = m_at.epoch >= m_spec.epochs;  // the last chance to ask for more
    if (!over && Clock::now() - m_lastLook < kLookEvery) return true;
    m_lastLook = Clock::now();
    LATHE_CHECK(takeEdits());
    LATHE_CHECK(m_journal.writer().flush());
    const std::string state = wanted();
    if (state != "pause" && state != "stop") return true;
    LATHE_CHECK(readLosses(true));
    countSeconds();
    LATHE_CHECK(save("last", true));
    return state == "stop" ? Result<bool>(false) : waitWhilePaused();
}

Result<bool> Session::waitWhilePaused() {
    LATHE_CHECK(m_journal.state(runs::RunState::Paused));
    const auto pausedAt = Clock::now();
    std::string state;
    while ((state = wanted()) == "pause") {
        LATHE_CHECK(takeEdits());
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    if (state == "stop") return false;
    m_epochStart += Clock::now() - pausedAt;
    m_lastCount = Clock::now();
    LATHE_CHECK(m_journal.state(runs::RunState::Running));
    m_phases.start();
    return true;
}

Result<> Session::tellUnreadable(const std::vector<std::pair<std::int64_t, Error>>& unreadable) {
    for (const auto& [row, error] : unreadable) {
        const std::int64_t sample = m_data.splits.train[std::size_t(row)];
        if (!m_toldUnreadable.insert(sample).second) continue;
        LATHE_CHECK(
            m_journal.message("warning", fmt::format("{} is left out: {}", m_data.items[std::size_t(sample)].name, error.text())));
    }
    return {};
}

}  // namespace lathe::engine::train
