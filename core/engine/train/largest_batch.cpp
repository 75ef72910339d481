#include "core/engine/train/largest_batch.h"

#include <fmt/format.h>
#include <torch/torch.h>
#include <algorithm>
#include <map>
#include <optional>

#include "core/base/time.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/nn/stages.h"
#include "core/engine/train/autocast.h"
#include "core/engine/train/dry_pass.h"
#include "core/engine/train/layer_watch.h"
#include "core/engine/train/memory_limit.h"
#include "core/engine/train/optimizer.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/shape_error.h"

namespace lathe::engine::train {
namespace {

struct SizeTried {
    bool fits = false;
    std::int64_t peak = 0;
    double stepSeconds = 0;
};

class BatchSearch {
public:
    BatchSearch(const runs::RunSpec& spec, const TrainData& data, const BatchLimits& limits, std::stop_token stop,
                const Progress& progress)
        : m_spec(spec), m_data(data), m_limits(limits), m_stop(std::move(stop)), m_progress(progress), m_device(spec.device) {}

    Result<Json> run() {
        const std::uint64_t free = freeMemory(m_device);
        m_limit = m_device.is_cpu() && m_limits.memory > 0 ? m_limits.memory : free;
        if (m_limit == 0) return fail(ErrorCode::Unsupported, "how much memory is free isn't known here");
        LATHE_TRY(m_batch, firstBatch(m_spec, m_data));
        const int most =
            int(std::min<std::size_t>(std::size_t(m_limits.most), std::max<std::size_t>(1, m_data.splits.train.size())));
        int fits = 0, fails = 0;
        std::string ended = "most";
        for (int size = 1;; size = std::min(2 * size, most)) {
            LATHE_TRY(const bool fit, attempt(size));
            (fit ? fits : fails) = size;
            if (!fit || size == most) break;
            if (m_tried[size].stepSeconds > m_limits.slowest) {
                ended = "time";
                break;
            }
        }
        while (fails > 0 && fits > 0 && fails - fits > std::max(1, fits / 8)) {
            const int size = (fits + fails) / 2;
            LATHE_TRY(const bool fit, attempt(size));
            (fit ? fits : fails) = size;
        }
        return told(fits, fails > 0 ? "memory" : ended);
    }

private:
    Result<bool> attempt(int size) {
        if (m_stop.stop_requested()) return fail(ErrorCode::Cancelled, "the search was cancelled");
        m_progress.report(std::int64_t(m_tried.size()), 0, fmt::format("a batch of {}", size));
        SizeTried tried;
        try {
            std::optional<MemoryLimit> limit;
            if (m_device.is_cpu()) limit.emplace(m_limit);
            LATHE_TRY(tried, measured(size));
            tried.fits = true;
        } catch (const std::exception& error) {
            if (!isOutOfMemory(error)) throw;
        }
        releaseCached(m_device);
        m_tried[size] = tried;
        return tried.fits;
    }

    /// A fresh network each: what a size needs doesn't hang on those before it.
    Result<SizeTried> measured(int size) {
        LayerWatch watch(m_device);
        torch::manual_seed(m_spec.seed);
        LATHE_TRY(const auto model, nn::makeModel(modelConfig(m_spec, int(m_data.classes.size()))));
        model->to(m_device);
        nn::toChannelsLast(*model);
        nn::freeze(*model, m_spec.freeze);
        LATHE_TRY(const auto optimizer, makeOptimizer(*model, m_spec));
        LATHE_TRY(const auto task, makeTask(m_spec, m_data, *model, m_device));
        nn::trainUnfrozen(*model, m_spec.freeze);
        const ReadyBatch batch = repeated(m_batch, size);
        const auto step = [&] {
            const base::Stopwatch clock;
            optimizer->zeroGrad();
            torch::Tensor loss;
            {
                const Autocast autocast(m_device, m_spec.precision);
                loss = task->loss(model->forward(batch.x).to(torch::kFloat32), batch.labels);
            }
            loss.backward();
            optimizer->step(0);
            (void)loss.item<float>();
            return clock.seconds();
        };
        try {
            (void)step();
            SizeTried tried{true, 0, INFINITY};
            const base::Stopwatch all;
            do tried.stepSeconds = std::min(tried.stepSeconds, step());
            while (all.seconds() < m_limits.seconds && !m_stop.stop_requested());
            tried.peak = watch.peakBytes();
            return tried;
        } catch (const c10::Error& error) {
            if (isOutOfMemory(error) || size == 1) throw;
            return fail(shapeError(*model, error, m_spec, int(m_data.classes.size()), batch.x));
        }
    }

    [[nodiscard]] Json told(int largest, const std::string& ended) const {
        Json batches = Json::array();
        int suggested = 0;
        double quickest = 0;
        for (const auto& [size, tried] : m_tried) {
            const double rate = tried.fits && tried.stepSeconds > 0 ? size / tried.stepSeconds : 0;
            batches.push_back({{"batch", size}, {"fits", tried.fits}});
            if (!tried.fits) continue;
            batches.back().update({{"peak", tried.peak}, {"step_ms", tried.stepSeconds * 1e3}, {"images_per_second", rate}});
            if (rate > quickest) quickest = rate, suggested = size;
        }
        return {
            {"batches", std::move(batches)}, {"largest", largest}, {"suggested", suggested}, {"limit", m_limit}, {"ended", ended}};
    }

    const runs::RunSpec& m_spec;
    const TrainData& m_data;
    BatchLimits m_limits;
    std::stop_token m_stop;
    const Progress& m_progress;
    torch::Device m_device;
    std::uint64_t m_limit = 0;
    ReadyBatch m_batch;
    std::map<int, SizeTried> m_tried;
};

}  // namespace

Result<Json> largestBatch(const runs::RunSpec& resolved, const TrainData& data, const BatchLimits& limits, std::stop_token stop,
                          const Progress& progress) {
    at::set_num_threads(resolved.threads);
    return BatchSearch(resolved, data, limits, std::move(stop), progress).run();
}

}  // namespace lathe::engine::train
