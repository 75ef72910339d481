#include "core/engine/train/task.h"

#include <fmt/format.h>

#include "core/engine/train/registry.h"

namespace lathe::engine::train {

namespace {
constexpr std::array<Maker<Result<std::shared_ptr<const Task>> (*)(const TaskParts&)>, 3> kTasks = {
    {{"classify", makeClassify}, {"detect", makeDetect}, {"segment", makeSegment}}};
}

Result<std::shared_ptr<const Task>> makeTask(const runs::RunSpec& spec, const TrainData& data, const nn::Model& model,
                                             torch::Device device) {
    const auto* task = makerOf(kTasks, spec.task);
    if (!task) return fail(ErrorCode::InvalidArgument, fmt::format("this engine has no task called \"{}\"", spec.task), "task");
    return task->make({spec, data, model, device});
}

}  // namespace lathe::engine::train
