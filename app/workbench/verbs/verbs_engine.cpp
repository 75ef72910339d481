// predict, explain: what asks the engine (eval.cpp has eval).
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/workbench/verbs/eval.h"
#include "app/workbench/verbs/predictions_file.h"
#include "app/workbench/verbs/resolve_model.h"
#include "app/workbench/verbs/table.h"
#include "core/base/files.h"
#include "core/base/time.h"
#include "core/data/query.h"
#include "core/store/suggestions.h"

namespace lathe::verbs {

namespace {

namespace fs = std::filesystem;
using store::Workspace;

struct RunOrModel {
    std::string workspace, model;
    void addTo(CLI::App& app) {
        addWorkspace(app, workspace);
        app.add_option("MODEL", model, "A run or a model: id, its beginning, name, or last")->required();
    }
};

struct PredictOptions : RunOrModel {
    std::vector<std::string> images;
    std::string query, to;
    bool suggestions = false;
    int top = 5;
    double least = 0.25;
};

/// The named images, those of the query, or all.
Result<std::vector<ImageNamed>> imagesToPredict(const Workspace& workspace, const PredictOptions& o, const std::stop_token& stop) {
    std::vector<ImageNamed> result;
    for (const std::string& text : o.images) {
        LATHE_TRY(ImageNamed image, findImageOrFile(workspace, text));
        result.push_back(std::move(image));
    }
    if (!o.images.empty()) return result;
    LATHE_TRY(const auto index, store::ColumnIndex::load(workspace, stop));
    LATHE_TRY(const auto ids, data::runQuery(workspace, *index, queryText(o.query)));
    LATHE_TRY(const auto rows, workspace.images(ids));
    for (const store::ImageRow& row : rows)
        if (!row.missing) result.push_back({row.id, row.name, workspace.layout().file(row)});
    return result;
}

Json predictionJson(const Json& answer, const ImageNamed& image) {
    Json one = {{"image", image.id.value}, {"file", image.file}};
    for (const char* key : {"class", "index", "confidence", "scores", "objects", "error", "code"})
        if (answer.contains(key)) one[key] = answer[key];
    return one;
}

/// Asks in portions, so that Ctrl-C keeps what is done.
Result<> predictAll(const std::vector<ImageNamed>& images, const ModelNamed& model, const PredictOptions& o, Call& call,
                    Json& predictions) {
    constexpr std::size_t portion = 1000;
    const Progress whole = call.progress();
    for (std::size_t at = 0; at < images.size(); at += portion) {
        const std::size_t end = std::min(images.size(), at + portion);
        Json paths = Json::array();
        for (std::size_t i = at; i < end; ++i) paths.push_back(images[i].path.string());
        const Progress part([&, at](const base::ProgressState& s) {
            whole.report(std::int64_t(at) + s.done, std::int64_t(images.size()), s.text);
        });
        LATHE_TRY(
            const Json answer,
            call.engine()->call("predict", {{"model", model.folder.string()}, {"images", paths}, {"top", o.top}}, call.stop, part));
        for (std::size_t i = at; i < end; ++i) predictions.push_back(predictionJson(answer["predictions"][i - at], images[i]));
    }
    return {};
}

/// "12 RBC, 1 WBC" of the confident ones.
std::string objectsText(const Json& objects) {
    constexpr double confident = 0.5;
    std::map<std::string, int> counts;
    for (const Json& object : objects)
        if (object.value("confidence", 0.0) >= confident) ++counts[object.value("class", "")];
    std::string text;
    for (const auto& [name, count] : counts) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name);
    return text.empty() ? "nothing" : text;
}

Outcome predictOutcome(const Json& predictions, double seconds) {
    Outcome outcome;
    Json problems = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Json& one : predictions) {
        const bool bad = one.contains("error");
        if (bad)
            problems.push_back({{"item", one["file"]}, {"code", one.value("code", "invalid_data")}, {"message", one["error"]}});
        const std::string name = one.contains("class") && one["class"].is_string() ? one["class"].get<std::string>() : "-";
        rows.push_back({one.value("file", ""),
                        bad                       ? "-"
                        : one.contains("objects") ? objectsText(one["objects"])
                                                  : name,
                        bad ? one.value("error", "") : figure(one.value("confidence", 0.0))});
    }
    outcome.json = {{"images", predictions.size()}, {"seconds", seconds}, {"predictions", predictions}, {"problems", problems}};
    outcome.text = table({"FILE", "CLASS", "CONFIDENCE"}, rows);
    outcome.exit = problems.empty() ? 0 : 3;
    return outcome;
}

/// As annotations name it in their source: "model:ID of the run", "model:digits:1".
std::string suggesterOf(const ModelNamed& model) {
    if (!model.package && model.run) return model.run->id.value;
    return model.name.starts_with("model ") ? model.name.substr(6) : model.name;
}

/// Into the canvas: images of the workspace get them as open suggestions of this run.
Result<> suggest(Workspace& workspace, const std::string& run, const Json& predictions, double least, Outcome& outcome) {
    LATHE_TRY(const auto classes, workspace.classes());
    std::vector<std::pair<ImageId, annot::Annotations>> puts;
    for (const Json& one : predictions) {
        const ImageId image(one.value("image", 0LL));
        if (!image.valid() || one.contains("error")) continue;
        auto shapes = store::predictedShapes(one, classes, one.contains("objects") ? least : 0);
        if (shapes)
            puts.emplace_back(image, std::move(*shapes));
        else
            outcome.json["problems"].push_back(
                {{"item", one["file"]}, {"code", base::name(shapes.error().code)}, {"message", shapes.error().text()}});
    }
    LATHE_TRY(const auto open, store::putSuggestions(workspace, run, puts));
    outcome.json["suggestions"] = open;
    outcome.text += fmt::format("{} suggestions of {} wait in the canvas\n", open, run);
    if (!outcome.json["problems"].empty()) outcome.exit = 3;
    return {};
}

Action predict(CLI::App& app) {
    const auto o = std::make_shared<PredictOptions>();
    o->addTo(app);
    app.add_option("IMAGES", o->images, "Ids, names or paths; none: all of the workspace");
    app.add_option("--query", o->query, "The images that match");
    app.add_option("--top", o->top, "How many classes to score")->check(CLI::Range(1, 100000));
    app.add_option("--to", o->to, "FILE.jsonl, FILE.csv, FILE.coco.json or sqlite:///FILE");
    app.add_flag("--as-suggestions", o->suggestions, "Into the canvas as suggestions");
    app.add_option("--least", o->least, "Of objects, the confidence from which on they are suggested")->check(CLI::Range(0.0, 1.0));
    return [o](Call& call) -> Result<Outcome> {
        if (!o->to.empty()) LATHE_CHECK(checkDestination(o->to));
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const ModelNamed model, findRunOrModel(*workspace, o->model));
        LATHE_TRY(const auto images, imagesToPredict(*workspace, *o, call.stop));
        const base::Stopwatch watch;
        Json predictions = Json::array();
        const auto done = predictAll(images, model, *o, call, predictions);
        if (!done && (done.error().code != ErrorCode::Cancelled || predictions.empty())) return fail(done.error());
        Outcome outcome = predictOutcome(predictions, watch.seconds());
        if (!o->to.empty()) {
            LATHE_CHECK(writePredictions(o->to, predictions, model.name, *workspace));
            outcome.json["to"] = o->to;
            outcome.text = fmt::format("{} predictions written to {}\n", predictions.size(), o->to);
        }
        if (o->suggestions) LATHE_CHECK(suggest(*workspace, suggesterOf(model), predictions, o->least, outcome));
        if (!done) outcome.exit = 130;
        return outcome;
    };
}

/// A run keeps its explanations; a package never changes, so its go to the workspace.
fs::path explanationFolder(const Workspace& workspace, const ModelNamed& model, const ImageNamed& image,
                           const std::string& method) {
    const fs::path base =
        model.package ? workspace.layout().cache() / "explanations" / model.folder.filename() : model.folder / "explanations";
    std::string name = image.id.valid() ? std::to_string(image.id.value) : fs::path(image.file).stem().string();
    return base / fmt::format("{}-{}", name, method);
}

Action explain(CLI::App& app) {
    struct Options : RunOrModel {
        std::string image, method = "gradcam", label, out;
    };
    const auto o = std::make_shared<Options>();
    o->addTo(app);
    app.add_option("IMAGE", o->image, "An id, a file name in the workspace, or a path")->required();
    app.add_option("--method", o->method, "gradcam");
    app.add_option("--class", o->label, "The class to explain; the predicted one when not given");
    app.add_option("--out", o->out, "Where to write map.npy, overlay.png and explanation.json");
    return [o](Call& call) -> Result<Outcome> {
        LATHE_TRY(const auto workspace, Workspace::open(o->workspace));
        LATHE_TRY(const ModelNamed model, findRunOrModel(*workspace, o->model));
        LATHE_TRY(const ImageNamed image, findImageOrFile(*workspace, o->image));
        const fs::path out = o->out.empty() ? explanationFolder(*workspace, model, image, o->method) : fs::absolute(o->out);
        LATHE_CHECK(base::makeFolders(out));
        Json params = {
            {"model", model.folder.string()}, {"image", image.path.string()}, {"method", o->method}, {"out", out.string()}};
        if (!o->label.empty()) params["class"] = o->label;
        Outcome outcome;
        LATHE_TRY(outcome.json, call.engine()->call("explain", params, call.stop, call.progress()));
        outcome.json["image"] = image.file;
        outcome.text = fmt::format("{} of {} for \"{}\" (score {})\n", o->method, image.file, outcome.json.value("class", ""),
                                   figure(outcome.json.value("score", 0.0)));
        for (const Json& file : outcome.json["files"]) outcome.text += fmt::format("  {}\n", file.get<std::string>());
        return outcome;
    };
}

}  // namespace

std::vector<Verb> engineVerbs() {
    return {
        {"eval", "Evaluate a run or model", "lathe eval digits.lathe last --slice \"brightness<40\" --suggest-slices", eval},
        {"predict", "Batch prediction", "lathe predict digits.lathe last --query split:test --to predictions.csv", predict},
        {"explain", "Why the model says what it says: a map over the picture",
         "lathe explain digits.lathe last 17 --method gradcam --out why", explain},
    };
}

}  // namespace lathe::verbs
