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
#include "core/runs/checkpoints.h"

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
    prepareSteps();
    LATHE_CHECK(restore());
    LATHE_CHECK(prepareCard());
    return announce();
}

Result<> Session::startWeights() {
    const std::string file = m_spec.parent ? runs::startCheckpoint(m_folder).string() : m_spec.weights;
    if (file.empty()) return {};
    LATHE_TRY(const nn::NamedTensors given, nn::readWeights(file));
    LATHE_TRY(const nn::LoadReport report, nn::loadState(*m_model, weightsOf(given), false));
    if (report.loaded.empty())
        return fail(ErrorCode::InvalidData, fmt::format("none of its weights fits the model {}", m_spec.model.name), file);
    if (report.missing.empty() && report.mismatched.empty()) return {};
    return m_journal.message("warning",
                             fmt::format("{} of the weights came from {}; these start at random: {}", report.loaded.size(), file,
                                         fmt::join(report.mismatched.empty() ? report.missing : report.mismatched, ", ")));
}

/// Back to the last checkpoint; what the log had after it never happened. No checkpoint: from the beginning.
Result<> Session::restore() {
    const auto file = m_folder.checkpoints() / "last.safetensors";
    if (!m_options.resume || !std::filesystem::exists(file)) {
        if (m_options.resume) LATHE_CHECK(m_journal.writer().truncate(0));
        return continueParent();
    }
    LATHE_TRY(const Checkpoint last, readCheckpoint(file));
    LATHE_CHECK(adopt(last));
    LATHE_CHECK(redoEdits(last.state.value("edits", std::size_t(0))));
    m_savedStep = m_at.step;
    return m_journal.writer().truncate(last.state.value("log_offset", std::uint64_t(0)));
}

Result<> Session::adopt(const Checkpoint& checkpoint) {
    LATHE_CHECK(nn::loadState(*m_model, weightsOf(checkpoint.tensors)));
    LATHE_CHECK(m_optimizer->load(checkpoint.tensors));
    m_at = positionFromJson(checkpoint.state);
    m_schedule.load(checkpoint.state.value("schedule", Json()));
    m_micro.load(checkpoint.state.value("pictures_at_once", Json()));
    if (m_scale) m_scale->load(checkpoint.state.value("loss_scale", Json()));
    if (m_ema) LATHE_CHECK(m_ema->load(checkpoint.tensors, m_at.step));
    if (const auto rng = checkpoint.tensors.find("random/cpu"); rng != checkpoint.tensors.end()) {
        auto generator = at::detail::getDefaultCPUGenerator();
        generator.set_state(rng->second);
    }
    loadDeviceRandom(checkpoint.tensors);
    const Json metric = checkpoint.state.value("metric", Json::object());
    if (metric.contains("value") && metric["value"].is_number()) m_value = metric["value"].get<double>();
    return {};
}

/// A fork that goes on where the run was that it comes from. Its best so far counts as long as its weights are there.
Result<> Session::continueParent() {
    if (!m_spec.parent) return {};
    if (m_spec.parent->resumes) {
        LATHE_TRY(const Checkpoint start, readCheckpoint(runs::startCheckpoint(m_folder)));
        LATHE_CHECK(adopt(start));
        const auto best = m_folder.checkpoints() / "best.safetensors", given = runs::startBestCheckpoint(m_folder);
        std::filesystem::remove(best);  // of an earlier attempt
        if (std::filesystem::exists(given)) {
            LATHE_CHECK(base::copyFileAtomically(given, best));
        } else {
            m_at.bestEpoch = 0, m_at.bestValue = -1, m_at.sinceBest = 0;
        }
    }
    return m_journal.event("fork", {{"parent", runs::toJson(*m_spec.parent)}});
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

Result<> Session::saveAfterEpoch() {
    if (m_at.epoch % std::max(1, m_spec.checkpointEvery) == 0 || m_at.epoch == m_spec.epochs) LATHE_CHECK(save("last", true));
    if (m_spec.keepEvery == 0 || m_at.epoch % m_spec.keepEvery != 0) return {};
    return save(std::filesystem::path(runs::epochCheckpointFile(m_at.epoch)).stem().string(), true);
}

Result<> Session::save(const std::string& name, bool everything) {
    LATHE_CHECK(m_journal.writer().flush());
    Checkpoint checkpoint{nn::stateOf(*m_model), toJson(m_at)};
    checkpoint.state["log_offset"] = m_journal.writer().offset();
    checkpoint.state["model"] = m_spec.model.name;
    checkpoint.state["classes"] = m_data.classes;
    checkpoint.state["schedule"] = m_schedule.save();
    checkpoint.state["pictures_at_once"] = m_micro.save();
    if (m_scale) checkpoint.state["loss_scale"] = m_scale->save();
    checkpoint.state["edits"] = m_spec.history.size();
    checkpoint.state["metric"] = {{"name", metric()}, {"value", m_value ? Json(*m_value) : Json()}};
    if (name == "last") m_savedStep = m_at.step;
    if (everything) {
        m_optimizer->save(checkpoint.tensors);
        if (m_ema) m_ema->save(checkpoint.tensors);
        checkpoint.tensors["random/cpu"] = at::detail::getDefaultCPUGenerator().get_state();
        saveDeviceRandom(checkpoint.tensors);
    }
    const auto file = m_folder.checkpoints() / (name + ".safetensors");
    LATHE_CHECK(writeCheckpoint(file, checkpoint));
    if (name == "last") return {};  // each epoch's: not worth a word
    const bool isBest = name == "best";
    std::error_code ignored;
    return m_journal.event("checkpoint", {{"name", isBest ? name : fmt::format("epoch:{}", m_at.epoch)},
                                          {"epoch", isBest ? m_at.bestEpoch : m_at.epoch},
                                          {"bytes", std::filesystem::file_size(file, ignored)}});
}

Result<Evaluated> Session::evaluateSplit(const std::vector<std::int64_t>& samples, const std::vector<std::int64_t>& shown) {
    LATHE_TRY(Evaluated evaluated, evaluate(*m_model, *m_task, m_data, samples, m_spec, {}, {}, shown));
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
        LATHE_TRY(const Evaluated evaluated, evaluateSplit(m_data.splits.val, m_pictures.items()));
        LATHE_TRY(const Json figures, evaluated.account->figures(false));
        const Json& metrics = figures.at("metrics");
        value = metrics.value(metric(), 0.0), loss = metrics.value("loss", 0.0);
        for (const std::string& name : m_task->curves()) {
            const double point = metrics.value(name, 0.0);  // left out where nothing was to be found
            m_journal.metric("val/" + name, m_at.step, fractionalEpoch(), point);
            epoch["metrics"]["val/" + name] = point;
        }
        epoch["per_class"] = figures.at("per_class");
        LATHE_CHECK(keepPictures(*evaluated.account, figures, value > m_at.bestValue));
    }
    const bool better = !measured || value > m_at.bestValue || (value == m_at.bestValue && loss < m_at.bestLoss);
    if (measured) m_schedule.observe(better), m_value = value;
    m_at.sinceBest = better ? 0 : m_at.sinceBest + 1;
    if (!better) return {};
    m_at.bestEpoch = m_at.epoch + 1, m_at.bestValue = value, m_at.bestLoss = loss;
    return save("best", false);
}

/// Only to look at: a run goes on when they can't be written.
Result<> Session::keepPictures(const Account& account, const Json& figures, bool better) {
    const auto kept = m_pictures.keep(account, figures, m_at.epoch + 1, m_spec.epochs, better);
    if (kept || std::exchange(m_toldPictures, true)) return {};
    return m_journal.message("warning", fmt::format("the validation pictures aren't kept: {}", kept.error().text()));
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
