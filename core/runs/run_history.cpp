#include "core/runs/run_history.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/runs/fields.h"

namespace lathe::runs {

namespace {

constexpr std::uint64_t kMostOfEdit = 1 << 20;
constexpr std::string_view kSchedule = "schedule.";

/// All live keys with their values.
Json liveValues(const RunSpec& spec) {
    const Json json = toJson(spec);
    Json values = Json::object();
    for (const auto& [key, value] : json.items()) {
        if (!value.is_object() && isLive(key)) values[key] = value;
        if (!value.is_object()) continue;
        for (const auto& [inner, innerValue] : value.items())
            if (const auto name = fmt::format("{}.{}", key, inner); isLive(name)) values[name] = innerValue;
    }
    return values;
}

/// null takes the key away.
void put(Json& json, const std::string& path, const Json& value) {
    const std::size_t dot = path.find('.');
    Json& at = dot == std::string::npos ? json : json[path.substr(0, dot)];
    const std::string key = dot == std::string::npos ? path : path.substr(dot + 1);
    if (value.is_null())
        at.erase(key);
    else
        at[key] = value;
}

Error notLive(const std::string& path) {
    return {ErrorCode::InvalidArgument,
            fmt::format("{} can't be changed while a run goes on; what can be: {}. Fork the run to change more", path,
                        fmt::join(livePaths(), ", ")),
            {}};
}

/// An option of another schedule would be left without effect by the reader.
Result<> checkOptions(const RunSpec& spec, const Json& changes) {
    const Choice* chosen = find(Seam::Schedule, spec.schedule.name);
    std::vector<std::string> known = {"name", "warmup_epochs"};
    for (const Option& option : chosen->options) known.emplace_back(option.name);
    for (const auto& [path, value] : changes.items()) {
        if (!path.starts_with(kSchedule)) continue;
        const std::string key = path.substr(kSchedule.size());
        if (std::find(known.begin(), known.end(), key) == known.end())
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("the schedule {} has no {}; known here: {}", chosen->name, key, fmt::join(known, ", ")), path);
    }
    return {};
}

/// A new run's 0 means "choose"; there is nobody who would choose now.
Result<> checkChosen(const RunSpec& spec, const Json& changes) {
    if (changes.contains("optimizer.lr") && spec.optimizer.lr <= 0)
        return fail(ErrorCode::InvalidArgument, "the learning rate of a run that goes on must be above 0", "optimizer.lr");
    if (changes.contains("epochs") && spec.epochs <= 0)
        return fail(ErrorCode::InvalidArgument, "the epochs of a run that goes on must be above 0", "epochs");
    return {};
}

void spellOutSchedule(RunSpec& spec) {
    const Choice* chosen = find(Seam::Schedule, spec.schedule.name);
    Json options = Json::object();
    for (const Option& option : chosen->options) options[option.name] = valueOf(*chosen, spec.schedule.options, option.name);
    spec.schedule.options = std::move(options);
}

Result<SpecEdit> editFromJson(const Json& json, const std::string& path) {
    SpecEdit edit;
    std::uint64_t step = 0;
    Fields fields(json, path);
    fields.text("id", edit.id);
    fields.text("author", edit.author);
    fields.real("at", edit.at, 0, 1e12);
    fields.seed("step", step);
    fields.real("epoch", edit.epoch, 0, 1e12);
    fields.object("changes", edit.changes);
    for (const auto& [key, values] : edit.changes.items())
        if (!isLive(key) || !values.is_array() || values.size() != 2)
            fields.refuse("changes",
                          fmt::format("[before, after] by key; these keys can be there: {}", fmt::join(livePaths(), ", ")));
    LATHE_CHECK(fields.finish());
    edit.step = std::int64_t(step);
    return edit;
}

EditRequest requestIn(const std::filesystem::path& file) {
    EditRequest request;
    request.file = file;
    request.changes = nullptr;
    const auto text = base::readFile(file, kMostOfEdit);
    if (!text) return request;
    const auto json = base::parseJson(*text);
    if (!json || !json->is_object()) return request;
    Fields fields(*json, "edit.");
    Json changes;
    fields.text("id", request.id);
    fields.text("author", request.author);
    fields.real("at", request.at, 0, 1e12);
    fields.object("changes", changes);
    if (fields.finish()) request.changes = std::move(changes);
    return request;
}

}  // namespace

bool isLive(std::string_view path) {
    static constexpr std::array<std::string_view, 7> known = {
        "optimizer.lr", "optimizer.weight_decay", "optimizer.clip",        "epochs",
        "early_stop",   "checkpoint_every",       "checkpoints.keep_every"};
    if (std::find(known.begin(), known.end(), path) != known.end()) return true;
    return path.starts_with(kSchedule) && path.size() > kSchedule.size();
}

const std::vector<std::string>& livePaths() {
    static const std::vector<std::string> paths = {"optimizer.lr",
                                                   "optimizer.weight_decay",
                                                   "optimizer.clip",
                                                   "schedule.name",
                                                   "schedule.warmup_epochs",
                                                   "schedule.*",
                                                   "epochs",
                                                   "early_stop",
                                                   "checkpoint_every",
                                                   "checkpoints.keep_every"};
    return paths;
}

Result<RunSpec> edited(const RunSpec& spec, const Json& changes) {
    if (!changes.is_object() || changes.empty())
        return fail(ErrorCode::InvalidArgument, "nothing is to be changed: say KEY=VALUE, for example optimizer.lr=0.001");
    Json json = toJson(spec);
    for (const auto& [path, value] : changes.items()) {
        if (!isLive(path)) return fail(notLive(path));
        put(json, path, value);
    }
    LATHE_TRY(RunSpec after, runSpecFromJson(json));
    LATHE_CHECK(checkOptions(after, changes));
    LATHE_CHECK(checkChosen(after, changes));
    spellOutSchedule(after);
    if (liveChanges(spec, after).empty())
        return fail(ErrorCode::InvalidArgument, "nothing would change: the run has these values already");
    return after;
}

Json liveChanges(const RunSpec& before, const RunSpec& after) {
    const Json from = liveValues(before), to = liveValues(after);
    Json changes = Json::object();
    for (const auto& [key, value] : from.items()) {
        const Json now = to.contains(key) ? to[key] : Json();
        if (now != value) changes[key] = {value, now};
    }
    for (const auto& [key, value] : to.items())
        if (!from.contains(key)) changes[key] = {Json(), value};
    return changes;
}

Result<RunSpec> replayed(const RunSpec& spec, const SpecEdit& edit, bool forward) {
    Json json = toJson(spec);
    for (const auto& [path, values] : edit.changes.items()) put(json, path, values.at(forward ? 1 : 0));
    return runSpecFromJson(json);
}

Result<RunSpec> startOf(const RunSpec& spec) {
    RunSpec start = spec;
    for (auto edit = spec.history.rbegin(); edit != spec.history.rend(); ++edit) {
        LATHE_TRY(start, replayed(start, *edit, false));
    }
    return start;
}

Result<RunSpec> endOf(const RunSpec& start) {
    RunSpec end = start;
    for (const SpecEdit& edit : start.history) {
        LATHE_TRY(end, replayed(end, edit));
    }
    return end;
}

Result<RunSpec> afterEdits(const RunSpec& spec, std::size_t count) {
    LATHE_TRY(RunSpec start, startOf(spec));
    start.history.resize(std::min(count, start.history.size()));
    return endOf(start);
}

RunSpec withoutPast(RunSpec spec) {
    spec.history.clear();
    spec.parent.reset();
    return spec;
}

Json toJson(const SpecEdit& edit) {
    return {{"id", edit.id},     {"author", edit.author}, {"at", edit.at},
            {"step", edit.step}, {"epoch", edit.epoch},   {"changes", edit.changes}};
}

Json toJson(const Parent& parent) {
    return {{"run", parent.run},     {"name", parent.name},     {"checkpoint", parent.checkpoint}, {"step", parent.step},
            {"epoch", parent.epoch}, {"digest", parent.digest}, {"resumes", parent.resumes}};
}

Result<std::vector<SpecEdit>> historyFromJson(const Json& json) {
    if (!json.is_array()) return fail(ErrorCode::InvalidArgument, "the run spec's history must be a list of edits");
    std::vector<SpecEdit> history;
    for (std::size_t i = 0; i < json.size(); ++i) {
        LATHE_TRY(SpecEdit edit, editFromJson(json[i], fmt::format("history.{}.", i)));
        if (!history.empty() && edit.step < history.back().step)
            return fail(ErrorCode::InvalidArgument, fmt::format("the run spec's history.{} stands before the edit ahead of it", i));
        history.push_back(std::move(edit));
    }
    return history;
}

Result<Parent> parentFromJson(const Json& json) {
    Parent parent;
    std::uint64_t step = 0;
    Fields fields(json, "parent.");
    fields.text("run", parent.run);
    fields.text("name", parent.name);
    fields.text("checkpoint", parent.checkpoint);
    fields.text("digest", parent.digest);
    fields.integer("epoch", parent.epoch, 0, 1 << 30);
    fields.seed("step", step);
    if (const Json* resumes = fields.take("resumes")) {
        if (resumes->is_boolean())
            parent.resumes = resumes->get<bool>();
        else
            fields.refuse("resumes", "true or false");
    }
    LATHE_CHECK(fields.finish());
    parent.step = std::int64_t(step);
    return parent;
}

std::vector<EditRequest> waitingEdits(const RunFolder& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder.edits(), error))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<EditRequest> requests;
    for (const auto& file : files) requests.push_back(requestIn(file));
    return requests;
}

}  // namespace lathe::runs
