// What a batch does to the weights of a run.
#include <fmt/format.h>
#include <torch/torch.h>

#include "core/engine/nn/normalise.h"
#include "core/engine/train/autocast.h"
#include "core/engine/train/finite_trace.h"
#include "core/engine/train/memory_limit.h"
#include "core/engine/train/session.h"
#include "core/engine/train/shape_error.h"

namespace lathe::engine::train {

Session::Input Session::inputOf(Batch& batch) {
    const auto brought = m_feed->bring(batch);
    Input input{{}, brought.labels, {}, {}};
    m_phases.mark(profile::Phase::Data);
    input.x = nn::normalised(brought.pictures, m_spec.preprocessing.mean, m_spec.preprocessing.std);
    Random random{m_spec.seed, 0x6d6978, std::uint64_t(m_at.epoch), std::uint64_t(m_at.batch)};
    input.mixed = m_mix.apply(input.x, input.labels, random);
    if (input.mixed.labels.defined())
        input.share = nn::sent(torch::tensor({float(input.mixed.share), float(1 - input.mixed.share)}), m_device);
    return input;
}

torch::Tensor Session::lossOf(const Input& input, const torch::Tensor& output, std::int64_t from, std::int64_t to) const {
    auto loss = m_task->loss(output, input.labels.slice(0, from, to));
    if (!input.mixed.labels.defined()) return loss;
    return loss * input.share[0] + m_task->loss(output, input.mixed.labels.slice(0, from, to)) * input.share[1];
}

Result<> Session::learn(Batch& batch) {
    if (m_gathered == 0) m_optimizer->zeroGrad();
    Input input;
    const int group = std::min(m_spec.accumulate, m_perEpoch - (m_at.batch - m_gathered));  // the last of an epoch may be smaller
    const Learning how{*m_model,
                       [&](const torch::Tensor& x) {
                           const Autocast autocast(m_device, m_spec.precision);
                           return m_model->forward(x).to(torch::kFloat32);
                       },
                       [&](const torch::Tensor& output) {
                           const Autocast autocast(m_device, m_spec.precision);
                           return lossOf(input, output, 0, output.size(0));
                       },
                       [&](const torch::Tensor& loss) { return acceptLoss(batch, input, loss); },
                       [&](const torch::Tensor& loss) {
                           const auto share = group > 1 ? loss / group : loss;
                           return m_scale ? m_scale->scaled(share) : share;
                       },
                       [&] { m_phases.mark(profile::Phase::Forward); }};
    try {
        input = inputOf(batch);
        auto loss = lossByGraph(input, [&] { return m_micro.learn(how, input.x); });
        for (const std::string& text : m_micro.takeNews()) LATHE_CHECK(m_journal.message("warning", text));
        if (!loss) return fail(loss.error());
        const auto images = std::int64_t(batch.samples.size());
        m_losses.add({m_at.step + 1, images, fractionalEpoch(), m_schedule.rate(m_at.step), 0}, *loss);
        m_at.images += images, m_at.allImages += images, m_epochImages += images;
    } catch (const c10::Error& error) {
        if (isOutOfMemory(error) || !input.x.defined()) throw;
        return fail(shapeError(*m_model, error, m_spec, int(m_data.classes.size()), input.x));
    }
    m_phases.mark(profile::Phase::Backward);
    ++m_gathered;
    return {};
}

/// On the processor the loss is there to be looked at before it does harm; on a card readLosses() sees it some steps later.
Result<> Session::acceptLoss(const Batch& batch, const Input& input, const torch::Tensor& loss) {
    if (!m_device.is_cpu()) return {};
    const double value = loss.item<double>();
    if (std::isfinite(value)) return {};
    LATHE_CHECK(readLosses(true));
    m_journal.metric("train/loss", m_at.step + 1, fractionalEpoch(), value);
    const auto found = firstNotFinite(*m_model, input.x, [&](const torch::Tensor& output, std::int64_t from, std::int64_t to) {
        return lossOf(input, output, from, to);
    });
    const auto name = [&](std::int64_t row) {
        return m_data.items[std::size_t(m_data.splits.train[std::size_t(batch.samples[std::size_t(row)])])].name;
    };
    return fail(lossError(value, m_at.step + 1, m_schedule.rate(m_at.step), found.text(name)));
}

Error Session::lossError(double loss, std::int64_t step, double rate, const std::string& where) const {
    return {ErrorCode::EngineFailed,
            fmt::format("the loss became {} at step {}: the first that is no number is {}. Try a lower learning rate (it was {:g}) "
                        "or clipping (optimizer.clip)",
                        loss, step, where, rate),
            {}};
}

void Session::step() {
    bool sound = true;
    if (m_scale) {
        std::vector<torch::Tensor> gradients;
        for (const ParameterGroup& group : m_optimizer->groups())
            for (const auto& parameter : group.parameters)
                if (parameter.grad().defined()) gradients.push_back(parameter.grad());
        sound = m_scale->unscale(gradients);
    }
    if (sound) {
        m_norms->before(*m_optimizer, m_at.step);
        const double rate = m_schedule.rate(m_at.step);
        const bool stepped = m_graphs && m_graphs->step(rate);
        if (!stepped && m_spec.optimizer.clip > 0) m_optimizer->clip(m_spec.optimizer.clip);
        if (!stepped) m_optimizer->step(rate);
        m_norms->after(m_at.step, fractionalEpoch());
        if (m_ema) m_ema->update();
    }
    m_phases.mark(profile::Phase::Optimizer);
    ++m_at.step;
    m_gathered = 0;
}

Result<> Session::readLosses(bool all) {
    m_norms->report(m_journal, all);
    for (const LossWindow::Point& point : m_losses.take(all)) {
        m_at.lossSum += point.loss * double(point.images);
        m_journal.metric("train/loss", point.step, point.epoch, point.loss);
        m_journal.metric("lr", point.step, point.epoch, point.lr);
        if (std::isfinite(point.loss)) continue;
        const std::string weights = notFiniteWeights(*m_model);
        return fail(lossError(point.loss, point.step, point.lr, weights.empty() ? "the loss itself" : "the weights " + weights));
    }
    return {};
}

void Session::prepareSteps() {
    m_norms = std::make_unique<Norms>(Norms::everyFor(stepsPerEpoch()));
    if (m_spec.precision == "fp16") m_scale = std::make_unique<LossScale>(m_device);
}

}  // namespace lathe::engine::train
