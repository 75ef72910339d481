// The beginning and the end of a run, and its checkpoints.
#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/torch.h>

#include "core/engine/nn/normalise.h"
#include "core/engine/nn/pt_file.h"
#include "core/engine/nn/stages.h"
#include "core/engine/train/outcome.h"
#include "core/engine/train/resolve.h"
#include "core/engine/train/session.h"

namespace lathe::engine::train {

Json toJson(const Position& p) {
    return {{"epoch", p.epoch},          {"batch", p.batch},          {"step", p.step},           {"loss_sum", p.lossSum},
            {"images", p.images},        {"all_images", p.allImages}, {"seconds", p.seconds},     {"best_epoch", p.bestEpoch},
            {"best_value", p.bestValue}, {"best_loss", p.bestLoss},   {"since_best", p.sinceBest}};
}

Position positionFromJson(const Json& json) {
    Position p;
    p.epoch = json.value("epoch", 0), p.batch = json.value("batch", 0), p.step = json.value("step", std::int64_t(0));
    p.lossSum = json.value("loss_sum", 0.0), p.images = json.value("images", std::int64_t(0));
    p.allImages = json.value("all_images", std::int64_t(0)), p.seconds = json.value("seconds", 0.0);
    p.bestEpoch = json.value("best_epoch", 0), p.bestValue = json.value("best_value", -1.0);
    p.bestLoss = json.value("best_loss", 0.0), p.sinceBest = json.value("since_best", 0);
    return p;
}

Result<> Session::prepare() {
    LATHE_TRY(m_model, nn::makeModel(modelConfig(m_spec, int(m_data.classes.size()))));
    LATHE_CHECK(startWeights());
    m_model->to(m_device);
    nn::toChannelsLast(*m_model);
    nn::freeze(*m_model, m_spec.freeze);
    LATHE_TRY(m_optimizer, makeOptimizer(*m_model, m_spec));
    LATHE_TRY(m_task, makeTask(m_spec, m_data, *m_model, m_device));
    if (m_spec.ema > 0) m_ema = std::make_unique<Ema>(*m_model, m_spec.ema);
    if (m_options.resume) LATHE_CHECK(restore());
    return announce();
}

Result<> Session::startWeights() {
    if (m_spec.weights.empty()) return {};
    LATHE_TRY(const nn::NamedTensors given, nn::readWeights(m_spec.weights));
    LATHE_TRY(const nn::LoadReport report, nn::loadState(*m_model, weightsOf(given), false));
    if (report.loaded.empty())
        return fail(ErrorCode::InvalidData, fmt::format("none of its weights fits the model {}", m_spec.model.name),
                    m_spec.weights);
    if (report.missing.empty() && report.mismatched.empty()) return {};
    return m_journal.message(
        "warning", fmt::format("{} of the weights came from {}; these start at random: {}", report.loaded.size(), m_spec.weights,
                               fmt::join(report.mismatched.empty() ? report.missing : report.mismatched, ", ")));
}

/// Back to the last checkpoint; what the log had after it never happened. No checkpoint: from the beginning.
Result<> Session::restore() {
    const auto file = m_folder.checkpoints() / "last.safetensors";
    if (!std::filesystem::exists(file)) return m_journal.writer().truncate(0);
    LATHE_TRY(const Checkpoint last, readCheckpoint(file));
    LATHE_CHECK(nn::loadState(*m_model, weightsOf(last.tensors)));
    LATHE_CHECK(m_optimizer->load(last.tensors));
    m_at = positionFromJson(last.state);
    m_schedule.load(last.state.value("schedule", Json()));
    if (m_ema) LATHE_CHECK(m_ema->load(last.tensors, m_at.step));
    if (const auto rng = last.tensors.find("random/cpu"); rng != last.tensors.end()) {
        auto generator = at::detail::getDefaultCPUGenerator();
        generator.set_state(rng->second);
    }
    return m_journal.writer().truncate(last.state.value("log_offset", std::uint64_t(0)));
}

Result<> Session::announce() {
    LATHE_CHECK(m_journal.state(runs::RunState::Running));
    if (m_at.step == 0) {
        for (const std::string& text : m_options.messages) LATHE_CHECK(m_journal.message("info", text));
        for (const std::string& text : m_data.splits.messages) LATHE_CHECK(m_journal.message("warning", text));
    }
    std::int64_t parameters = 0;
    for (const auto& parameter : m_model->parameters()) parameters += parameter.numel();
    return m_journal.event(
        "plan", {{"epochs", m_spec.epochs},
                 {"steps_per_epoch", stepsPerEpoch()},
                 {"model", m_spec.model.name},
                 {"parameters", parameters},
                 {"device", m_spec.device},
                 {"precision", m_spec.precision},
                 {"threads", m_spec.threads},
                 {"images",
                  {{"train", m_data.splits.train.size()}, {"val", m_data.splits.val.size()}, {"test", m_data.splits.test.size()}}},
                 {"resumed_at_step", m_at.step}});
}

Result<> Session::save(const char* name, bool everything) {
    LATHE_CHECK(m_journal.writer().flush());
    Checkpoint checkpoint{nn::stateOf(*m_model), toJson(m_at)};
    checkpoint.state["log_offset"] = m_journal.writer().offset();
    checkpoint.state["model"] = m_spec.model.name;
    checkpoint.state["classes"] = m_data.classes;
    checkpoint.state["schedule"] = m_schedule.save();
    if (everything) {
        m_optimizer->save(checkpoint.tensors);
        if (m_ema) m_ema->save(checkpoint.tensors);
        checkpoint.tensors["random/cpu"] = at::detail::getDefaultCPUGenerator().get_state();
    }
    return writeCheckpoint(m_folder.checkpoints() / (std::string(name) + ".safetensors"), checkpoint);
}

Result<Evaluated> Session::evaluateSplit(const std::vector<std::int64_t>& samples) {
    LATHE_TRY(Evaluated evaluated, evaluate(*m_model, *m_task, m_data, samples, m_spec));
    for (const auto& [sample, error] : evaluated.unreadable) {
        if (!m_toldUnreadable.insert(sample).second) continue;
        LATHE_CHECK(
            m_journal.message("warning", fmt::format("{} is left out: {}", m_data.items[std::size_t(sample)].name, error.text())));
    }
    return evaluated;
}

// What is validated and kept is the average of the weights, where there is one.
Result<> Session::validate(Json& epoch) {
    if (m_ema) m_ema->swap();
    auto done = validateWeights(epoch);
    if (m_ema) m_ema->swap();
    nn::trainUnfrozen(*m_model, m_spec.freeze);
    return done;
}

Result<> Session::validateWeights(Json& epoch) {
    const bool measured = !m_data.splits.val.empty();
    double value = 0, loss = 0;
    if (measured) {
        LATHE_TRY(const Evaluated evaluated, evaluateSplit(m_data.splits.val));
        LATHE_TRY(const Json figures, evaluated.account->figures(false));
        const Json& metrics = figures.at("metrics");
        value = metrics.value(metric(), 0.0), loss = metrics.value("loss", 0.0);
        for (const std::string& name : m_task->curves()) {
            const double point = metrics.value(name, 0.0);  // left out where nothing was to be found
            m_journal.metric("val/" + name, m_at.step, fractionalEpoch(), point);
            epoch["metrics"]["val/" + name] = point;
        }
        epoch["per_class"] = figures.at("per_class");
    }
    const bool better = !measured || value > m_at.bestValue || (value == m_at.bestValue && loss < m_at.bestLoss);
    if (measured) m_schedule.observe(better);
    m_at.sinceBest = better ? 0 : m_at.sinceBest + 1;
    if (!better) return {};
    m_at.bestEpoch = m_at.epoch + 1, m_at.bestValue = value, m_at.bestLoss = loss;
    return save("best", false);
}

Result<> Session::conclude() {
    const auto file = m_folder.checkpoints() / "best.safetensors";
    if (std::filesystem::exists(file)) {
        LATHE_TRY(const Checkpoint checkpoint, readCheckpoint(file));
        LATHE_CHECK(nn::loadState(*m_model, weightsOf(checkpoint.tensors)));
    }
    std::vector<SplitOutcome> splits;
    for (const auto& [name, samples] : {std::pair("val", m_data.splits.val), {"test", m_data.splits.test}}) {
        if (samples.empty()) continue;
        LATHE_TRY(Evaluated evaluated, evaluateSplit(samples));
        splits.push_back({name, std::move(evaluated)});
    }
    LATHE_TRY(Json report, reportOf(splits, m_data.classes));
    report["metrics"]["images_per_second"] = m_at.seconds > 0 ? double(m_at.allImages) / m_at.seconds : 0.0;
    report["best"] = best();
    report["epochs"] = m_at.epoch;
    report["seconds"] = m_at.seconds;
    LATHE_CHECK(base::writeFileAtomically(m_folder.path() / "predictions.json", predictionsOf(splits, m_data.classes).dump()));
    LATHE_CHECK(base::writeJson(m_folder.report(), report));
    return m_journal.event("report", {{"metrics", report["metrics"]}, {"best", report["best"]}});
}

}  // namespace lathe::engine::train
