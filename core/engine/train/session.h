// The state of one training run between two steps, and the steps. Internal to this folder; trainer.h is the way in.
#pragma once
#include <chrono>
#include <memory>
#include <set>

#include "core/engine/profile/phases.h"
#include "core/engine/train/batch_mix.h"
#include "core/engine/train/checkpoint.h"
#include "core/engine/train/ema.h"
#include "core/engine/train/evaluate.h"
#include "core/engine/train/journal.h"
#include "core/engine/train/loader.h"
#include "core/engine/train/loss_window.h"
#include "core/engine/train/optimizer.h"
#include "core/engine/train/schedule.h"
#include "core/engine/train/task.h"
#include "core/engine/train/trainer.h"

namespace lathe::engine::train {

/// Where the run is; goes into every checkpoint.
struct Position {
    int epoch = 0, batch = 0;  ///< the next batch
    std::int64_t step = 0;     ///< steps of the optimiser done
    double lossSum = 0;        ///< over the epoch so far, by image
    std::int64_t images = 0;   ///< of the epoch so far
    std::int64_t allImages = 0;
    double seconds = 0;                   ///< spent training, over all sittings
    int bestEpoch = 0;                    ///< 1-based; 0: none yet
    double bestValue = -1, bestLoss = 0;  ///< of the task's metric, and the validation's loss
    int sinceBest = 0;                    ///< epochs
};
[[nodiscard]] Json toJson(const Position& position);
[[nodiscard]] Position positionFromJson(const Json& json);

class Session {
public:
    Session(const runs::RunFolder& folder, const runs::RunSpec& spec, TrainData& data, const TrainOptions& options,
            Journal& journal);
    /// Model, optimiser, the last checkpoint on resume, the plan in the log.
    [[nodiscard]] Result<> prepare();
    /// False when it was stopped on the way (and can be resumed).
    [[nodiscard]] Result<bool> runEpochs();
    /// Evaluates the best epoch, writes predictions.json and report.json.
    [[nodiscard]] Result<> conclude();

private:
    [[nodiscard]] Result<> startWeights();
    [[nodiscard]] Result<> restore();
    [[nodiscard]] Result<> announce();
    [[nodiscard]] Result<LoaderOptions> loaderOptions() const;
    [[nodiscard]] torch::Tensor forward(Batch& batch);  ///< the loss
    void learn(Batch& batch);
    void step();
    [[nodiscard]] Result<> readLosses(bool all);
    [[nodiscard]] Result<> endEpoch();
    /// Adds the figures of the validation split to the epoch's event.
    [[nodiscard]] Result<> validate(Json& epoch);
    [[nodiscard]] Result<> validateWeights(Json& epoch);
    [[nodiscard]] Result<> save(const char* name, bool everything);
    [[nodiscard]] Result<bool> obey();
    [[nodiscard]] Result<bool> waitWhilePaused();
    [[nodiscard]] Result<> tellUnreadable(const std::vector<std::pair<std::int64_t, Error>>& unreadable);
    [[nodiscard]] Result<Evaluated> evaluateSplit(const std::vector<std::int64_t>& samples);
    [[nodiscard]] std::string metric() const;
    [[nodiscard]] Json best() const;
    [[nodiscard]] std::string wanted() const;
    [[nodiscard]] double fractionalEpoch() const;
    [[nodiscard]] std::int64_t stepsPerEpoch() const;
    void countSeconds();

    const runs::RunFolder& m_folder;
    const runs::RunSpec& m_spec;
    TrainData& m_data;
    const TrainOptions& m_options;
    Journal& m_journal;
    torch::Device m_device;
    std::shared_ptr<nn::Model> m_model;
    std::unique_ptr<Optimizer> m_optimizer;
    Position m_at;
    std::shared_ptr<const Task> m_task;
    BatchMix m_mix;
    Schedule m_schedule;
    std::unique_ptr<Ema> m_ema;
    int m_perEpoch = 0;  ///< batches
    int m_gathered = 0;  ///< batches whose gradients wait for the next step
    LossWindow m_losses;
    profile::PhaseClock m_phases;
    std::set<std::int64_t> m_toldUnreadable;
    std::chrono::steady_clock::time_point m_lastCount, m_lastLook, m_epochStart;
    std::int64_t m_epochImages = 0;  ///< since m_epochStart, for images_per_second
};

}  // namespace lathe::engine::train
