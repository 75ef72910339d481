// What a network learns to say of a picture: the seam between the loop, which knows no task, and classify, detect, segment. One
// file a task (task_*.cpp) and one line in task.cpp.
#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/engine/nn/model.h"
#include "core/engine/train/data.h"
#include "core/engine/train/labels.h"

namespace lathe::engine::train {

constexpr int kResamples = 1000;  ///< for intervals

/// What a model said of some pictures, gathered batch by batch. One thread.
class Account {
public:
    virtual ~Account() = default;
    /// `output` is the model's, float32 on the task's device; `labels` beside it: what was asked (labels.h); `items`: of which
    /// items.
    virtual void add(const torch::Tensor& output, const torch::Tensor& labels, const std::vector<std::int64_t>& items) = 0;
    /// {"metrics":{…}, "per_class":[…], …}; `whole`: with 95 % intervals from kResamples resamples.
    [[nodiscard]] virtual Result<Json> figures(bool whole) const = 0;
    /// Of predictions.json, one a picture: {image, split, label, predicted, right, …}.
    [[nodiscard]] virtual Json samples() const = 0;

    /// Before add(): the items of which shown() tells.
    void show(const std::vector<std::int64_t>& items) { m_shown = {items.begin(), items.end()}; }
    /// For a person to look at, one for each of these that was added (core/runs/validation.h: "said").
    [[nodiscard]] virtual Json shown() const = 0;

protected:
    std::set<std::int64_t> m_shown;
};

class Task {
public:
    virtual ~Task() = default;
    [[nodiscard]] virtual std::shared_ptr<const Labels> labels() const = 0;
    /// Both on the device that the task was made for, or both on the CPU.
    [[nodiscard]] virtual torch::Tensor loss(const torch::Tensor& output, const torch::Tensor& labels) const = 0;
    [[nodiscard]] virtual std::unique_ptr<Account> account() const = 0;
    /// Metrics of each epoch; runs::metricOf(task) among them chooses the best epoch, "loss" decides between equal ones.
    [[nodiscard]] virtual std::vector<std::string> curves() const = 0;
};

/// `data` outlives the task and what it gives. `spec` is resolved.
[[nodiscard]] Result<std::shared_ptr<const Task>> makeTask(const runs::RunSpec& spec, const TrainData& data, const nn::Model& model,
                                                           torch::Device device);

/// What a task is made from.
struct TaskParts {
    const runs::RunSpec& spec;
    const TrainData& data;
    const nn::Model& model;
    torch::Device device;
};
[[nodiscard]] Result<std::shared_ptr<const Task>> makeClassify(const TaskParts& parts);
[[nodiscard]] Result<std::shared_ptr<const Task>> makeDetect(const TaskParts& parts);
[[nodiscard]] Result<std::shared_ptr<const Task>> makeSegment(const TaskParts& parts);

}  // namespace lathe::engine::train
