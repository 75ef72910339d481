#include "core/engine/train/run_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/torch.h>
#include <algorithm>
#include <cmath>

#include "core/base/time.h"
#include "core/engine/nn/normalise.h"
#include "core/engine/train/dry_pass.h"
#include "core/engine/train/finite_trace.h"
#include "core/engine/train/fit_check.h"
#include "core/engine/train/layer_watch.h"
#include "core/engine/train/memory_limit.h"
#include "core/engine/train/optimizer.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/task.h"

namespace lathe::engine::train {
namespace {

constexpr double kLearnt = 0.25;  ///< share of the first loss (above its floor) below which a batch is known
constexpr double kHalf = 0.5;
constexpr double kFirstRate = 1e-5, kLastRate = 1;  ///< of the sweep
constexpr double kDiverged = 4;                     ///< times the best loss, where the sweep ends
constexpr double kFarOff = 10;                      ///< times the suggested rate, where the spec's is told to be off

struct Step {
    double rate, loss;
};

/// A fresh network of the spec on one batch.
class Trial {
public:
    [[nodiscard]] static Result<Trial> make(const runs::RunSpec& spec, const TrainData& data) {
        torch::manual_seed(spec.seed);
        Trial trial;
        LATHE_TRY(trial.m_model, nn::makeModel(modelConfig(spec, int(data.classes.size()))));
        trial.m_device = torch::Device(spec.device);
        trial.m_model->to(trial.m_device);
        nn::toChannelsLast(*trial.m_model);
        LATHE_TRY(trial.m_optimizer, makeOptimizer(*trial.m_model, spec));
        LATHE_TRY(trial.m_task, makeTask(spec, data, *trial.m_model, trial.m_device));
        trial.m_model->train();
        return trial;
    }
    /// The loss before the step.
    double step(const torch::Tensor& x, const torch::Tensor& labels, double rate) {
        m_optimizer->zeroGrad();
        const auto loss = m_task->loss(m_model->forward(x).to(torch::kFloat32), labels);
        const double value = loss.item<double>();
        if (!std::isfinite(value)) return value;
        loss.backward();
        m_optimizer->clip(kClip);
        m_optimizer->step(rate);
        return value;
    }
    [[nodiscard]] nn::Model& model() { return *m_model; }
    [[nodiscard]] const Task& task() const { return *m_task; }

private:
    static constexpr double kClip = 10;  ///< a trial is short: one wild step must not decide it
    std::shared_ptr<nn::Model> m_model;
    torch::Device m_device{torch::kCPU};
    std::unique_ptr<Optimizer> m_optimizer;
    std::shared_ptr<const Task> m_task;
};

class Check {
public:
    Check(const runs::RunSpec& spec, const TrainData& data, const CheckLimits& limits, std::stop_token stop,
          const Progress& progress)
        : m_spec(spec), m_data(data), m_limits(limits), m_stop(std::move(stop)), m_progress(progress) {}

    Result<Json> run() {
        const base::Stopwatch clock;
        Json result = Json::object();
        LATHE_TRY(const ReadyBatch batch, firstBatch(m_spec, m_data));
        m_x = batch.x, m_labels = batch.labels;
        if (!m_spec.weights.empty()) {
            LATHE_TRY(const Json weights, weightsCheck(m_spec, int(m_data.classes.size())));
            m_checks.push_back(weights);
        }
        LATHE_TRY(const bool fits, dry(batch, result));
        if (fits) LATHE_CHECK(trials(result));
        int passed = 0;
        for (const Json& check : m_checks) passed += check["ok"].get<bool>();
        result.update(
            {{"passed", passed}, {"failed", int(m_checks.size()) - passed}, {"seconds", clock.seconds()}, {"checks", m_checks}});
        return result;
    }

private:
    void tell(const char* name, bool ok, const Json& observed, const std::string& expected, const std::string& message) {
        m_checks.push_back({{"name", name}, {"ok", ok}, {"observed", observed}, {"expected", expected}, {"message", message}});
    }

    Result<> trials(Json& result) {
        LATHE_CHECK(untrained());
        LATHE_TRY(const auto learnt, overfit("one batch", m_labels));
        judgeOverfit(learnt);
        LATHE_CHECK(memorise());
        LATHE_TRY(result["learning_rate"], sweep());
        return {};
    }

    /// Layer by layer. False: the batch doesn't go through the network, or there is no room for it; nothing else can be tried.
    Result<bool> dry(const ReadyBatch& batch, Json& result) {
        m_progress.report(0, 0, "every layer once");
        try {
            auto told = dryPass(m_spec, m_data, batch);
            if (!told && told.error().code != ErrorCode::InvalidData) return fail(told.error());
            tell("shapes", told.has_value(), Json(), "every layer takes what the one before gives",
                 told ? fmt::format("a batch of {} goes through", shapeText(batch.x.sizes().vec())) : told.error().message);
            if (!told) return false;
            result.update(*told);
        } catch (const std::exception& error) {
            if (!isOutOfMemory(error)) throw;
            releaseCached(batch.x.device());
            tell("memory", false, Json(), "one step fits", fmt::format("a batch of {} doesn't fit: set batch lower", m_spec.batch));
            return false;
        }
        m_checks.push_back(memoryCheck(result["memory"]));
        return true;
    }

    /// Before the first step: the loss, the gradients, whether the picture matters.
    Result<> untrained() {
        LATHE_TRY(Trial trial, Trial::make(m_spec, m_data));
        const auto output = trial.model().forward(m_x).to(torch::kFloat32);
        const auto loss = trial.task().loss(output, m_labels);
        m_first = loss.item<double>();
        const double expected = std::log(double(m_data.classes.size()));
        const bool detects = m_spec.task == "detect";
        const bool fits = std::isfinite(m_first) && (detects ? m_first < 10 : m_first < 2 * expected + 0.5);
        tell("initial_loss", fits, m_first,
             detects ? "below 10" : fmt::format("about {:.2f}, the logarithm of {} classes", expected, m_data.classes.size()),
             fits ? "an untrained network is as unsure as it should be"
                  : "the network starts sure of itself: look at the normalisation (preprocessing.mean, std), the weights given, or "
                    "the loss");
        if (!std::isfinite(m_first)) return traceNotANumber(trial);
        loss.backward();
        judgeGradients(trial.model());
        const double spread = output.size(0) > 1 ? output.std(0).mean().item<double>() : 1;
        tell("looks_at_pictures", spread > 1e-6, spread, "above 0",
             spread > 1e-6 ? "different pictures give different answers"
                           : "all pictures give the same answer: are they all alike, or one colour?");
        return {};
    }

    Result<> traceNotANumber(Trial& trial) {
        const auto found = firstNotFinite(trial.model(), m_x, [&](const torch::Tensor& output, std::int64_t from, std::int64_t to) {
            return trial.task().loss(output, m_labels.slice(0, from, to));
        });
        const std::string where = found.text([](std::int64_t row) { return fmt::format("picture {} of the batch", row); });
        tell("finite", false, where, "numbers", fmt::format("the first that is no number is {}", where));
        return fail(ErrorCode::InvalidData,
                    fmt::format("the untrained network's loss is no number; the first that is none: {}", where));
    }

    void judgeGradients(const nn::Model& model) {
        std::vector<std::string> none, bad;
        double sum = 0, weights = 0;
        for (const auto& item : model.named_parameters()) {
            if (!item.value().requires_grad()) continue;
            const auto& gradient = item.value().grad();
            if (!gradient.defined() || gradient.abs().max().item<double>() == 0) {
                none.push_back(item.key());
                continue;
            }
            const double norm = gradient.norm().item<double>();
            if (!std::isfinite(norm)) bad.push_back(item.key());
            sum += norm * norm, weights += item.value().detach().square().sum().item<double>();
        }
        std::string words = "every weight has a gradient";
        if (!bad.empty()) words = fmt::format("the gradient of {} is no number", bad.front());
        if (!none.empty())
            words =
                fmt::format("{} weights have none: {}{}", none.size(),
                            fmt::join(none.begin(), none.begin() + std::min<std::ptrdiff_t>(3, std::ptrdiff_t(none.size())), ", "),
                            none.size() > 3 ? ", …" : "");
        // A level of a detector that no box of this batch suits has none, which is as it should be.
        const bool ok = bad.empty() && (none.empty() || m_spec.task == "detect");
        tell("gradients", ok, {{"norm", std::sqrt(sum)}, {"weights", std::sqrt(weights)}, {"without", none.size()}},
             "all finite, none missing", words);
    }

    struct Learnt {
        std::vector<Step> steps;
        double seconds = 0;
        [[nodiscard]] double last() const { return steps.empty() ? 0 : steps.back().loss; }
    };
    Result<Learnt> overfit(const std::string& what, const torch::Tensor& labels) {
        LATHE_TRY(Trial trial, Trial::make(m_spec, m_data));
        Learnt learnt;
        const base::Stopwatch clock;
        const double floor = floorOf(labels);
        for (int k = 0; k < m_limits.steps; ++k) {
            if (m_stop.stop_requested()) return fail(ErrorCode::Cancelled, "the check was cancelled");
            m_progress.report(k, m_limits.steps, what);
            const double warm = std::min(1.0, (k + 1) / 10.0);
            const double loss = trial.step(m_x, labels, m_spec.optimizer.lr * warm);
            learnt.steps.push_back({m_spec.optimizer.lr * warm, loss});
            if (!std::isfinite(loss) || loss - floor < kLearnt * 0.4 * (m_first - floor)) break;
            if (clock.seconds() > m_limits.seconds && k > 10) break;
        }
        learnt.seconds = clock.seconds();
        m_stepSeconds = learnt.seconds / double(learnt.steps.size());
        return learnt;
    }
    /// The least that the loss can be: label smoothing keeps it above 0.
    [[nodiscard]] double floorOf(const torch::Tensor&) const {
        const double s = m_spec.loss.labelSmoothing, classes = double(m_data.classes.size());
        if (m_spec.task == "detect" || s <= 0 || classes < 2) return 0;
        const double on = 1 - s + s / classes, off = s / classes;
        return -(on * std::log(on) + (classes - 1) * off * std::log(off));
    }

    void judgeOverfit(const Learnt& learnt) {
        const double floor = floorOf(m_labels), least = m_spec.task == "detect" ? kHalf : kLearnt;
        const bool ok = std::isfinite(learnt.last()) && learnt.last() - floor < least * (m_first - floor);
        tell("overfit_one_batch", ok, learnt.last(), fmt::format("below {:.3f}", floor + least * (m_first - floor)),
             ok ? fmt::format("one batch is known after {} steps", learnt.steps.size())
             : std::isfinite(learnt.last())
                 ? fmt::format(
                       "after {} steps one batch isn't known: a higher rate, less weight decay, or labels that don't go with "
                       "their pictures",
                       learnt.steps.size())
                 : "the loss became no number: a lower rate (optimizer.lr) or clipping (optimizer.clip)");
        const auto half = std::find_if(learnt.steps.begin(), learnt.steps.end(),
                                       [&](const Step& step) { return step.loss - floor < kHalf * (m_first - floor); });
        const bool reached = half != learnt.steps.end();
        const auto steps = half - learnt.steps.begin();
        tell("time_to_loss", reached,
             reached ? Json{{"steps", steps}, {"seconds", learnt.seconds * double(steps) / double(learnt.steps.size())}} : Json(),
             fmt::format("half the first loss within {} steps", m_limits.steps),
             reached ? fmt::format("half the first loss after {} steps", steps) : "not reached");
    }

    /// Labels dealt to other pictures of the batch: a network that learns these looks at its pictures.
    Result<> memorise() {
        if (m_spec.task != "classify" || m_labels.size(0) < 4) return {};
        const auto dealt = m_labels.roll(1);
        LATHE_TRY(const Learnt learnt, overfit("dealt labels", dealt));
        const double floor = floorOf(dealt);
        const bool ok = std::isfinite(learnt.last()) && learnt.last() - floor < kHalf * (m_first - floor);
        tell("memorise", ok, learnt.last(), fmt::format("below {:.3f}", floor + kHalf * (m_first - floor)),
             ok ? "labels dealt to other pictures are learnt by heart too: the network has room enough"
                : "labels dealt to other pictures are not learnt: the network is small for its data, or its rate too low");
        return {};
    }

    /// Rates from a hundred-thousandth to one, a little more each step; the suggestion is a third of the rate at which the smoothed
    /// loss was least.
    Result<Json> sweep() {
        LATHE_TRY(Trial trial, Trial::make(m_spec, m_data));
        // As many steps as the time is for: the whole range is seen however slow they are.
        const int steps =
            std::clamp(int(m_limits.seconds / std::max(1e-6, m_stepSeconds)), std::min(20, m_limits.steps), m_limits.steps);
        const double factor = std::pow(kLastRate / kFirstRate, 1.0 / std::max(1, steps - 1));
        Json curve = Json::array();
        double smooth = 0, weight = 0, best = INFINITY, bestRate = kFirstRate;
        for (int k = 0; k < steps; ++k) {
            if (m_stop.stop_requested()) return fail(ErrorCode::Cancelled, "the check was cancelled");
            m_progress.report(k, steps, "sweep of rates");
            const double rate = kFirstRate * std::pow(factor, k), loss = trial.step(m_x, m_labels, rate);
            if (!std::isfinite(loss)) break;
            smooth = 0.8 * smooth + 0.2 * loss, weight = 0.8 * weight + 0.2;
            const double value = smooth / weight;
            curve.push_back({rate, loss});
            if (value < best) best = value, bestRate = rate;
            if (value > kDiverged * best && k > 10) break;
        }
        const double suggested = bestRate / 3, rate = m_spec.optimizer.lr;
        const bool ok = rate < kFarOff * suggested && rate > suggested / (10 * kFarOff);
        tell("learning_rate", ok, rate, fmt::format("from {:.2g} to {:.2g}", suggested / (10 * kFarOff), kFarOff * suggested),
             ok ? fmt::format("a sweep suggests {:.2g}", suggested)
                : fmt::format("a sweep suggests {:.2g}: set optimizer.lr", suggested));
        return Json{{"suggested", suggested}, {"spec", rate}, {"curve", curve}};
    }

    const runs::RunSpec& m_spec;
    const TrainData& m_data;
    CheckLimits m_limits;
    std::stop_token m_stop;
    const Progress& m_progress;
    torch::Tensor m_x, m_labels;
    double m_first = 0, m_stepSeconds = 0;
    Json m_checks = Json::array();
};

}  // namespace

Result<Json> checkRun(const runs::RunSpec& resolved, const TrainData& data, const CheckLimits& limits, std::stop_token stop,
                      const Progress& progress) {
    at::set_num_threads(resolved.threads);
    return Check(resolved, data, limits, std::move(stop), progress).run();
}

}  // namespace lathe::engine::train
