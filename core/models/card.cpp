// The model card. Headings follow Mitchell et al. 2019, "Model Cards for Model Reporting" (arXiv 1810.03993).
#include <fmt/format.h>

#include "core/base/time.h"
#include "core/models/package.h"

namespace lathe::models {

namespace {

std::string figure(const Json& value) {
    if (!value.is_number()) return value.is_string() ? value.get<std::string>() : "–";
    return value.is_number_integer() ? fmt::format("{}", value.get<std::int64_t>()) : fmt::format("{:.4f}", value.get<double>());
}

/// A cell: no line break and no bar may end it early.
std::string cell(std::string text) {
    for (std::size_t at = 0; (at = text.find_first_of("|\n\r", at)) != std::string::npos; at += 2) {
        text.replace(at, 1, text[at] == '|' ? "\\|" : "  ");
    }
    return text;
}

std::string row(const std::vector<std::string>& cells) {
    std::string line = "|";
    for (const auto& text : cells) line += fmt::format(" {} |", cell(text));
    return line + "\n";
}

std::string metricsTable(const Json& metrics) {
    if (!metrics.is_object() || metrics.empty()) return "No figures were recorded.\n";
    std::string text = "| metric | value |\n|---|---|\n";
    for (const auto& [name, value] : metrics.items()) text += row({name, figure(value)});
    return text;
}

std::string classTable(const Json& classes) {
    if (!classes.is_array() || classes.empty()) return "No figures per class were recorded.\n";
    std::string text = "| class | precision | recall | F1 | samples |\n|---|---|---|---|---|\n";
    for (const auto& item : classes) {
        const auto get = [&](const char* key) { return item.contains(key) ? figure(item.at(key)) : std::string("–"); };
        text += row({get("class"), get("precision"), get("recall"), get("f1"), get("support")});
    }
    return text;
}

std::string splitLines(const Json& report) {
    if (!report.contains("splits") || !report["splits"].is_object()) return {};
    std::string text;
    for (const auto& [split, figures] : report["splits"].items()) {
        if (!figures.is_object()) continue;
        const auto& metrics = figures.contains("metrics") ? figures["metrics"] : figures;
        text += fmt::format("\n### Split {}\n\n{}", split, metricsTable(metrics));
    }
    return text;
}

std::string weakest(const Json& classes) {
    std::string name;
    double lowest = 2;
    if (!classes.is_array()) return {};
    for (const auto& item : classes) {
        if (!item.contains("recall") || !item["recall"].is_number() || !item.contains("class")) continue;
        const double recall = item["recall"];
        if (recall < lowest) lowest = recall, name = figure(item["class"]);
    }
    if (name.empty()) return {};
    return fmt::format("- It finds \"{}\" least often: recall {:.4f}.\n", name, lowest);
}

std::string preprocessingLine(const runs::Preprocessing& p) {
    return fmt::format("{} x {} pixels, {}, resized by \"{}\" ({})", p.width, p.height, p.channels == 1 ? "grey" : "RGB", p.resize,
                       p.interpolation);
}

std::string settings(const runs::RunSpec& spec) {
    std::string text = "| setting | value |\n|---|---|\n";
    text += row({"model", spec.model.name});
    text += row({"input", preprocessingLine(spec.preprocessing)});
    text += row({"optimiser", fmt::format("{}, learning rate {:g}, weight decay {:g}", spec.optimizer.name, spec.optimizer.lr,
                                          spec.optimizer.weightDecay)});
    text += row({"schedule", fmt::format("{}, {:g} epochs of warm-up", spec.schedule.name, spec.schedule.warmupEpochs)});
    text += row({"loss", fmt::format("{}, label smoothing {:g}, class weights {}", spec.loss.name, spec.loss.labelSmoothing,
                                     spec.loss.classWeights.name)});
    text += row({"sampling", spec.sampler.name});
    if (spec.ema > 0) text += row({"averaged weights", fmt::format("decay {:g}", spec.ema)});
    if (spec.accumulate > 1) text += row({"batches to a step", fmt::format("{}", spec.accumulate)});
    if (spec.freeze > 0) text += row({"frozen stages", fmt::format("{}", spec.freeze)});
    text += row({"epochs, batch", fmt::format("{}, {}", spec.epochs, spec.batch)});
    text += row({"seed", fmt::format("{}", spec.seed)});
    text += row({"device, precision", fmt::format("{}, {}", spec.device, spec.precision)});
    if (!spec.weights.empty()) text += row({"started from", spec.weights});
    std::string augmentation;
    for (const auto& item : spec.augmentation) augmentation += (augmentation.empty() ? "" : ", ") + item.name;
    return text + row({"augmentation", augmentation.empty() ? "none" : augmentation});
}

}  // namespace

std::string modelCard(const runs::RunRow& run, const Json& report, const runs::RunSpec& spec) {
    const auto metrics = report.value("metrics", Json::object());
    const auto classes = report.value("per_class", Json::array());
    std::string text = fmt::format("# Model card: {}\n\n", run.name.empty() ? run.id.value : run.name);
    text += fmt::format("- Task: {}\n- Run: {}\n- Trained by: {}\n- Started: {}\n- Training time: {:.0f} s\n\n", spec.task,
                        run.id.value, run.author, base::isoTime(run.started), run.seconds);
    text += fmt::format("## Data\n\n- Snapshot: {}\n- Digest: `{}`\n\n",
                        run.snapshotName.empty() ? spec.snapshotName : run.snapshotName,
                        spec.snapshot.empty() ? run.snapshot : spec.snapshot);
    text += "## Figures\n\n" + metricsTable(metrics) + splitLines(report) + "\n### Per class\n\n" + classTable(classes);
    text += "\n## Settings\n\n" + settings(spec);
    text += fmt::format(
        "\n## Intended use\n\nTo {} pictures like those of the snapshot above, preprocessed as preprocessing.json "
        "says. A person approved exactly this package; its digest is in the audit log.\n",
        spec.task);
    text += "\n## Limits\n\n" + weakest(classes) +
            "- The figures hold for data like the test split; other cameras, light or classes were not measured.\n"
            "- The model always names one of its classes, also for a picture of something else.\n";
    return text;
}

}  // namespace lathe::models
