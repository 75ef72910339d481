#include "core/engine/train/trainer.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include "core/engine/train/memory.h"
#include "core/engine/train/session.h"

namespace lathe::engine::train {
namespace {

/// The same numbers every time: kernels that add in a fixed order, and a fixed number of threads.
void makeDeterministic(const runs::RunSpec& spec) {
    auto& context = at::globalContext();
    context.setDeterministicAlgorithms(true, true);
    context.setDeterministicFillUninitializedMemory(false);
    context.setDeterministicCuDNN(true);
    context.setBenchmarkCuDNN(false);
    at::set_num_threads(spec.threads);
    torch::manual_seed(spec.seed);
}

Result<runs::RunState> trainSession(Session& session) {
    LATHE_CHECK(session.prepare());
    LATHE_TRY(const bool finished, session.runEpochs());
    if (!finished) return runs::RunState::Stopped;
    LATHE_CHECK(session.conclude());
    return runs::RunState::Finished;
}

}  // namespace

Result<runs::RunState> train(const runs::RunFolder& folder, const runs::RunSpec& resolved, TrainData& data,
                             const TrainOptions& options) {
    LATHE_TRY(auto events, runs::EventWriter::open(folder.events()));
    Result<runs::RunState> ended = runs::RunState::Failed;
    Journal journal(std::move(events));
    try {
        keepLargeBuffers();
        makeDeterministic(resolved);
        const auto start = runs::startOf(resolved);
        if (start) {
            Session session(folder, *start, data, options, journal);
            ended = trainSession(session);
        } else {
            ended = fail(start.error());
        }
    } catch (const c10::Error& error) {
        ended = fail(ErrorCode::EngineFailed, error.what_without_backtrace());
    } catch (const std::exception& error) {
        ended = fail(ErrorCode::EngineFailed, error.what());
    }
    const Error* error = ended ? nullptr : &ended.error();
    LATHE_CHECK(journal.state(ended ? *ended : runs::RunState::Failed, error ? error->text() : std::string()));
    return ended;
}

}  // namespace lathe::engine::train
