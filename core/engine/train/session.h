// The state of one training run between two steps, and the steps. Internal to this folder; trainer.h is the way in.
#pragma once
#include <chrono>
#include <memory>
#include <set>

#include "core/engine/profile/phases.h"
#include "core/engine/train/batch_mix.h"
#include "core/engine/train/card_feed.h"
#include "core/engine/train/checkpoint.h"
#include "core/engine/train/ema.h"
#include "core/engine/train/evaluate.h"
#include "core/engine/train/journal.h"
#include "core/engine/train/loader.h"
#include "core/engine/train/loss_scale.h"
#include "core/engine/train/loss_window.h"
#include "core/engine/train/micro_batch.h"
#include "core/engine/train/norms.h"
#include "core/engine/train/optimizer.h"
#include "core/engine/train/schedule.h"
#include "core/engine/train/step_graph.h"
#include "core/engine/train/task.h"
#include "core/engine/train/trainer.h"
#include "core/engine/train/validation_pictures.h"
#include "core/runs/run_history.h"

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
    [[nodiscard]] Result<> continueParent();
    [[nodiscard]] Result<> adopt(const Checkpoint& checkpoint);  ///< all that a step depends on
    /// Between two steps: the history's edits whose step has come, and those that wait in the folder.
    [[nodiscard]] Result<> replayEdits();
    [[nodiscard]] Result<> takeEdits();
    [[nodiscard]] Result<> takeEdit(const runs::EditRequest& request);
    [[nodiscard]] Result<runs::RunSpec> specAfter(const runs::EditRequest& request) const;
    [[nodiscard]] Result<> tellEdit(const runs::SpecEdit& edit, double rateBefore);
    [[nodiscard]] Result<> redoEdits(std::size_t count);  ///< those that a checkpoint has seen
    void settle(runs::RunSpec spec);                      ///< the settings that hold from now on
    [[nodiscard]] Result<> announce();
    [[nodiscard]] Result<LoaderOptions> loaderOptions() const;
    struct Input {
        torch::Tensor x, labels;
        BatchMix::Mixed mixed;
        torch::Tensor share;  ///< two scalars, of the batch's own labels and of those mixed in
    };
    // session_card.cpp
    [[nodiscard]] Result<> prepareCard();
    [[nodiscard]] static StepGraph::Tensors graphInputs(const Input& input);
    [[nodiscard]] torch::Tensor backAndForth(const StepGraph::Tensors& inputs);
    [[nodiscard]] Result<torch::Tensor> lossByGraph(const Input& input, const std::function<Result<torch::Tensor>()>& eagerly);
    void saveDeviceRandom(nn::NamedTensors& tensors) const;
    void loadDeviceRandom(const nn::NamedTensors& tensors) const;
    [[nodiscard]] Input inputOf(Batch& batch);
    /// Of rows [from, to) of the batch.
    [[nodiscard]] torch::Tensor lossOf(const Input& input, const torch::Tensor& output, std::int64_t from, std::int64_t to) const;
    [[nodiscard]] Result<> acceptLoss(const Batch& batch, const Input& input, const torch::Tensor& loss);
    [[nodiscard]] Error lossError(double loss, std::int64_t step, double rate, const std::string& where) const;
    void prepareSteps();
    [[nodiscard]] Result<> learn(Batch& batch);
    void step();
    [[nodiscard]] Result<> readLosses(bool all);
    [[nodiscard]] Result<> endEpoch();
    /// Adds the figures of the validation split to the epoch's event.
    [[nodiscard]] Result<> validate(Json& epoch);
    [[nodiscard]] Result<> validateWeights(Json& epoch);
    [[nodiscard]] Result<> save(const std::string& name, bool everything);
    [[nodiscard]] Result<> saveAfterEpoch();
    [[nodiscard]] Result<bool> obey();
    [[nodiscard]] Result<bool> waitWhilePaused();
    [[nodiscard]] Result<> tellUnreadable(const std::vector<std::pair<std::int64_t, Error>>& unreadable);
    [[nodiscard]] Result<Evaluated> evaluateSplit(const std::vector<std::int64_t>& samples,
                                                  const std::vector<std::int64_t>& shown = {});
    [[nodiscard]] Result<> keepPictures(const Account& account, const Json& figures, bool better);
    [[nodiscard]] std::string metric() const;
    [[nodiscard]] Json best() const;
    [[nodiscard]] std::string wanted() const;
    [[nodiscard]] double fractionalEpoch() const;
    [[nodiscard]] std::int64_t stepsPerEpoch() const;
    void countSeconds();

    const runs::RunFolder& m_folder;
    runs::RunSpec m_spec;                   ///< as it is now; its history: the edits made so far
    std::vector<runs::SpecEdit> m_history;  ///< those and, of a run that is repeated or resumed, those to come
    TrainData& m_data;
    const TrainOptions& m_options;
    Journal& m_journal;
    torch::Device m_device;
    std::shared_ptr<nn::Model> m_model;
    std::unique_ptr<Optimizer> m_optimizer;
    Position m_at;
    std::shared_ptr<const Task> m_task;
    ValidationPictures m_pictures;
    BatchMix m_mix;
    Schedule m_schedule;
    std::unique_ptr<Ema> m_ema;
    int m_perEpoch = 0;  ///< batches
    int m_gathered = 0;  ///< batches whose gradients wait for the next step
    MicroBatch m_micro;
    std::unique_ptr<LossScale> m_scale;  ///< of fp16 alone
    std::unique_ptr<Norms> m_norms;
    std::unique_ptr<CardFeed> m_feed;
    std::unique_ptr<StepGraph> m_graphs;  ///< of a card alone
    LossWindow m_losses;
    profile::PhaseClock m_phases;
    std::set<std::int64_t> m_toldUnreadable;
    bool m_toldPictures = false, m_toldWaiting = false;
    std::optional<double> m_value;  ///< of the metric, when it was validated last
    std::int64_t m_savedStep = -1;  ///< where the last checkpoint stands
    std::chrono::steady_clock::time_point m_lastCount, m_lastLook, m_epochStart;
    std::int64_t m_epochImages = 0;  ///< since m_epochStart, for images_per_second
};

}  // namespace lathe::engine::train
