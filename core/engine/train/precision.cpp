#include "core/engine/train/precision.h"

#include <fmt/format.h>
#include <torch/torch.h>
#include <algorithm>
#include <cmath>
#include <fstream>

#include "core/base/time.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/train/autocast.h"
#include "core/engine/train/resolve.h"

namespace lathe::engine::train {
namespace {

constexpr int kTimedSteps = 8;
constexpr std::int64_t kTriedPictures = 16;
constexpr double kPrecisionSeconds = 3;  ///< large networks are judged by fewer steps
constexpr double kSameLoss = 0.02;

/// A network in one precision. Forward and back with a plain loss of the output: the layers are what the precision changes.
class PrecisionTrial {
public:
    static Result<PrecisionTrial> make(const runs::RunSpec& spec, int classes, std::string precision) {
        torch::manual_seed(spec.seed);
        PrecisionTrial trial;
        LATHE_TRY(trial.m_model, nn::makeModel(modelConfig(spec, classes)));
        nn::toChannelsLast(*trial.m_model);
        trial.m_model->train();
        trial.m_precision = std::move(precision);
        return trial;
    }
    double step(const torch::Tensor& x) {
        const base::Stopwatch clock;
        m_model->zero_grad();
        torch::Tensor loss;
        {
            const Autocast autocast(torch::kCPU, m_precision);
            loss = m_model->forward(x).to(torch::kFloat32).square().mean();
        }
        loss.backward();
        if (std::isnan(firstLoss)) firstLoss = loss.item<double>();
        return clock.seconds();
    }
    double firstLoss = NAN;

private:
    std::shared_ptr<nn::Model> m_model;
    std::string m_precision;
};

}  // namespace

bool processorHasBf16() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("flags"))
            return line.find("avx512_bf16") != std::string::npos || line.find("amx_bf16") != std::string::npos;
    return false;
}

PrecisionChoice chosenPrecision(const PrecisionTimes& times) {
    const double ratio = times.bf16Seconds / times.fp32Seconds;
    const bool same = std::abs(times.bf16Loss - times.fp32Loss) <= kSameLoss * std::abs(times.fp32Loss);
    return {ratio < kBf16Pays && same ? "bf16" : "fp32",
            fmt::format("a step in bf16 takes {:.2f} times that in fp32 ({:.0f} ms){}", ratio, times.fp32Seconds * 1e3,
                        same ? "" : fmt::format(", and its loss is {:.4g}, not {:.4g}", times.bf16Loss, times.fp32Loss))};
}

Result<PrecisionTimes> measurePrecision(const runs::RunSpec& spec, int classes) {
    at::set_num_threads(spec.threads);
    try {
        LATHE_TRY(auto fp32, PrecisionTrial::make(spec, classes, "fp32"));
        LATHE_TRY(auto bf16, PrecisionTrial::make(spec, classes, "bf16"));
        const auto& p = spec.preprocessing;
        const std::int64_t pictures = std::min<std::int64_t>(spec.batch, kTriedPictures);
        const auto x = torch::randn({pictures, p.channels, p.height, p.width}).contiguous(torch::MemoryFormat::ChannelsLast);
        PrecisionTimes times{fp32.step(x), bf16.step(x), fp32.firstLoss, bf16.firstLoss};  // these make kernels
        const base::Stopwatch all;
        for (int k = 0; k < kTimedSteps && (k == 0 || all.seconds() < kPrecisionSeconds); ++k) {
            const double a = fp32.step(x), b = bf16.step(x);  // by turns: what else the machine does slows both
            times.fp32Seconds = k == 0 ? a : std::min(times.fp32Seconds, a);
            times.bf16Seconds = k == 0 ? b : std::min(times.bf16Seconds, b);
        }
        return times;
    } catch (const c10::Error& error) {
        return fail(ErrorCode::EngineFailed, error.what_without_backtrace());
    }
}

}  // namespace lathe::engine::train
