#include "app/workbench/verbs/eval.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/workbench/verbs/resolve_model.h"
#include "app/workbench/verbs/table.h"
#include "core/base/files.h"
#include "core/data/snapshot.h"
#include "core/runs/slices.h"

namespace lathe::verbs {
namespace {

namespace fs = std::filesystem;
using runs::figures::Kept;
using store::Workspace;

constexpr int kCurveResamples = 1000;

struct EvalOptions {
    std::string workspace, model, snapshot, split = "test";
    std::vector<std::string> slices;
    bool suggest = false;
    [[nodiscard]] bool sliced() const { return suggest || !slices.empty(); }
};

/// The manifest to evaluate on: of the named snapshot (written into `temp`), else the run's own.
Result<fs::path> manifestFor(const Workspace& workspace, const ModelNamed& model, const std::string& snapshot,
                             const base::TempFolder& temp) {
    std::error_code ignored;
    if (snapshot.empty() && model.run) {
        const fs::path own = runs::RunFolder(model.run->folder).manifest();
        if (fs::exists(own, ignored)) return own;
    }
    LATHE_TRY(const data::SnapshotRow row, data::findSnapshot(workspace, snapshot.empty() ? "last" : snapshot));
    const fs::path file = temp.path() / "data.jsonl";
    LATHE_CHECK(data::writeManifest(workspace, row, model.task, file));
    return file;
}

/// What a finished run kept of the split: its report of it, and the outcomes. Nothing where it kept none.
std::optional<Json> keptAnswer(const ModelNamed& model, const EvalOptions& o) {
    if (!model.run || model.package || !o.snapshot.empty()) return {};
    const runs::RunFolder folder(model.run->folder);
    const auto report = base::readJson(folder.report());
    auto predictions = base::readJson(folder.predictions());
    if (!report || !predictions) return {};
    const Json splits = report->value("splits", Json::object());
    if (!splits.contains(o.split)) return {};
    Json answer = splits[o.split];
    answer["classes"] = predictions->value("classes", Json::array());
    answer["outcomes"] = std::move((*predictions)["samples"]);
    return answer;
}

/// Slices come from what the run kept; everything else is judged now.
Result<Json> answerFor(const Workspace& workspace, const ModelNamed& model, const EvalOptions& o, Call& call) {
    if (o.sliced())
        if (auto kept = keptAnswer(model, o)) {
            (*kept)["source"] = "kept";
            return *std::move(kept);
        }
    const base::TempFolder temp;
    LATHE_TRY(const fs::path manifest, manifestFor(workspace, model, o.snapshot, temp));
    const Json params = {{"model", model.folder.string()}, {"manifest", manifest.string()}, {"split", o.split}};
    LATHE_TRY(Json answer, call.engine()->call("evaluate", params, call.stop, call.progress()));
    answer["source"] = "evaluated";
    return answer;
}

Result<Json> slicesOf(const Workspace& workspace, const Kept& kept, const EvalOptions& o, const Call& call) {
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace, call.stop));
    std::vector<std::string> terms;
    for (const std::string& term : o.slices) terms.push_back(queryText(term));
    Json rows = Json::array();
    const auto add = [&](const std::vector<runs::Slice>& slices, bool suggested) {
        for (const runs::Slice& slice : slices) {
            rows.push_back(toJson(slice));
            if (suggested) rows.back()["suggested"] = true;
        }
    };
    LATHE_TRY(const auto asked, runs::slices(workspace, *index, kept, terms, {.stop = call.stop}));
    add(asked, false);
    if (o.suggest) {
        LATHE_TRY(const auto suggested, runs::suggestedSlices(workspace, *index, kept, {.stop = call.stop}));
        add(suggested, true);
    }
    return rows;
}

std::string shouted(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return char(std::toupper(c)); });
    return text;
}

/// "0.9312 [0.9011, 0.9540]" where there are ends.
std::string withEnds(const Json& row, const std::string& key) {
    if (!row.contains(key)) return "-";
    if (row[key].is_number_integer()) return row[key].dump();
    std::string text = figure(row[key].get<double>());
    if (row.contains(key + "_low"))
        text += fmt::format(" [{}, {}]", figure(row[key + "_low"].get<double>()), figure(row[key + "_high"].get<double>()));
    return text;
}

bool isEnd(const std::string& key, const Json& row) {
    for (const char* end : {"_low", "_high"})
        if (key.ends_with(end) && row.contains(key.substr(0, key.size() - std::string_view(end).size()))) return true;
    return false;
}

/// A line a row: `name`, then every figure that one of them has.
std::string rowsText(const Json& rows, const char* name) {
    std::vector<std::string> head{shouted(name)}, keys;
    for (const Json& row : rows)
        for (const auto& [key, value] : row.items())
            if (value.is_number() && !isEnd(key, row) && std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    for (const std::string& key : keys) head.push_back(shouted(key));
    std::vector<std::vector<std::string>> lines;
    for (const Json& row : rows) {
        lines.push_back({row.value(name, "")});
        for (const std::string& key : keys) lines.back().push_back(withEnds(row, key));
    }
    return table(head, lines);
}

std::string sliceText(const Json& slices) {
    std::vector<std::vector<std::string>> lines;
    for (const Json& one : slices) {
        const std::string metric = one.value("metric", "");
        const Json& differences = one["difference"];
        lines.push_back({one.value("term", ""), one["images"].dump(), metric, withEnds(one["metrics"], metric),
                         differences.contains(metric) ? figure(differences[metric].get<double>()) : "-",
                         one.contains("adjusted_p") ? figure(one["adjusted_p"].get<double>())
                         : one.contains("p")        ? figure(one["p"].get<double>())
                                                    : "-",
                         one.value("verdict", "")});
    }
    return table({"SLICE", "IMAGES", "METRIC", "VALUE", "DIFFERENCE", "P", "VERDICT"}, lines);
}

std::string evaluationText(const Json& json) {
    std::string text;
    const Json& metrics = json["metrics"];
    for (const auto& [metric, value] : metrics.items())
        if (value.is_number() && !isEnd(metric, metrics)) text += fmt::format("{}: {}\n", metric, withEnds(metrics, metric));
    if (!json["per_class"].empty()) text += rowsText(json["per_class"], "class");
    if (!json["per_size"].empty()) text += rowsText(json["per_size"], "size");
    if (!json["slices"].empty()) text += sliceText(json["slices"]);
    return text;
}

Result<Outcome> evaluate(const EvalOptions& o, Call& call) {
    LATHE_TRY(const auto workspace, Workspace::open(o.workspace));
    LATHE_TRY(const ModelNamed model, findRunOrModel(*workspace, o.model));
    LATHE_TRY(const Json answer, answerFor(*workspace, model, o, call));
    Outcome outcome;
    outcome.json = {{"model", model.name}, {"split", o.split}, {"source", answer["source"]}};
    for (const char* key : {"metrics", "per_class", "confusion", "classes", "problems"})
        outcome.json[key] = answer.contains(key) ? answer[key] : Json::array();
    LATHE_TRY(const Kept kept, runs::figures::keptOf({{"classes", answer["classes"]}, {"samples", answer["outcomes"]}}, o.split));
    LATHE_TRY(const auto all, runs::figures::evaluationOf(kept, kCurveResamples, call.stop));
    outcome.json.update(toJson(all));
    LATHE_TRY(outcome.json["slices"], slicesOf(*workspace, kept, o, call));
    outcome.text = evaluationText(outcome.json);
    outcome.exit = outcome.json["problems"].empty() ? 0 : 3;
    return outcome;
}

}  // namespace

Action eval(CLI::App& app) {
    const auto o = std::make_shared<EvalOptions>();
    addWorkspace(app, o->workspace);
    app.add_option("MODEL", o->model, "A run or a model: id, its beginning, name, or last")->required();
    app.add_option("--snapshot", o->snapshot, "Evaluate on this frozen version instead of the run's own");
    app.add_option("--split", o->split, "train, val, test or all");
    app.add_option("--slice", o->slices,
                   "A search term whose images are judged by themselves, from what a run kept; may be repeated")
        ->allow_extra_args(false);
    app.add_flag("--suggest-slices", o->suggest,
                 "Classes, tags, attributes, groups, thirds of size and light as slices, the worst first");
    return [o](Call& call) { return evaluate(*o, call); };
}

}  // namespace lathe::verbs
