#include "core/runs/live_edit.h"

#include <fmt/format.h>

#include <chrono>
#include <sstream>
#include <thread>

#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/runs/run_records.h"
#include "core/runs/run_state.h"

namespace lathe::runs {

namespace fs = std::filesystem;

namespace {

using namespace std::chrono_literals;

/// What people write for what the spec says.
std::string fullPath(const std::string& key) {
    if (key == "lr" || key == "weight_decay" || key == "clip") return "optimizer." + key;
    return key;
}

Result<Json> changesIn(const std::vector<std::string>& assignments) {
    Json changes = Json::object();
    for (const std::string& one : assignments) {
        const std::size_t equals = one.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::InvalidArgument, fmt::format("{} must be KEY=VALUE, for example optimizer.lr=0.001", one));
        const std::string text = one.substr(equals + 1);
        Json value = Json::parse(text, nullptr, false);
        changes[fullPath(one.substr(0, equals))] = value.is_discarded() ? Json(text) : std::move(value);
    }
    if (changes.empty())
        return fail(ErrorCode::InvalidArgument, "nothing is to be changed: say KEY=VALUE, for example optimizer.lr=0.001");
    return changes;
}

Result<base::FileLock> lockOf(const fs::path& file) {
    for (int attempt = 0;; ++attempt) {
        auto taken = base::FileLock::tryLock(file);
        if (taken || taken.error().code != ErrorCode::Locked || attempt >= 200) return taken;
        std::this_thread::sleep_for(10ms);
    }
}

int lastNumber(const fs::path& folder) {
    int last = 0;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".json") last = std::max(last, std::atoi(entry.path().stem().c_str()));
    return last;
}

Json valueAt(const Json& json, const std::string& path) {
    const Json* at = &json;
    std::istringstream parts(path);
    for (std::string part; std::getline(parts, part, '.');) {
        const bool known = at->is_object() && at->contains(part);
        if (!known) return {};
        at = &(*at)[part];
    }
    return *at;
}

bool isFixed(const std::string& path) {
    for (const std::string_view key : {"snapshot", "snapshot_name", "task", "version"})
        if (path == key) return true;
    return path.starts_with("parent") || path.starts_with("history");
}

/// Any setting of a run that no engine has seen. Nothing when one has meanwhile.
Result<std::optional<EditOutcome>> editWaiting(store::Workspace& workspace, RunRow run, const Json& changes) {
    const RunFolder folder(run.folder);
    const auto lock = folder.takeLock();  // an engine that starts now waits, and reads what is written here
    std::error_code ignored;
    if (!lock || fs::exists(folder.resolved(), ignored)) return std::nullopt;
    LATHE_TRY(const Json before, base::readJson(folder.spec()));
    Json after = before;
    for (const auto& [path, value] : changes.items()) {
        if (isFixed(path))
            return fail(ErrorCode::InvalidArgument, fmt::format("{} is fixed when a run is made: make a new one", path));
        LATHE_CHECK(setByPath(after, path + "=" + value.dump()));
    }
    LATHE_TRY(const RunSpec spec, runSpecFromJson(after));
    after = toJson(spec);
    EditOutcome outcome;
    for (const auto& [path, value] : changes.items()) outcome.changes[path] = {valueAt(before, path), valueAt(after, path)};
    LATHE_CHECK(base::writeJson(folder.spec(), after));
    run.name = spec.name, run.model = spec.model.name, run.epochs = spec.epochs;
    LATHE_CHECK(writeRow(workspace, run));
    outcome.applied = true;
    return outcome;
}

/// What the engine said of the edit; nothing while it hasn't.
std::optional<Result<EditOutcome>> answerTo(const RunFolder& folder, const std::string& id) {
    const auto spec = folder.readSpec();
    if (spec)
        for (const SpecEdit& edit : spec->history)
            if (edit.id == id) return EditOutcome{id, edit.changes, true, edit.step, edit.epoch};
    for (const EditRequest& request : waitingEdits(folder))
        if (request.id == id) return std::nullopt;
    std::optional<Result<EditOutcome>> answer;
    EventReader reader(folder.events());
    (void)reader.poll({}, [&](const Json& event) {
        if (event.is_object() && event.value("kind", "") == "edit" && event.value("id", "") == id && event.contains("refused"))
            answer = fail(ErrorCode::InvalidArgument, event.value("refused", ""), "refused by the engine");
    });
    return answer;
}

}  // namespace

Result<std::string> requestEdit(const RunFolder& folder, const Json& changes, const std::string& author) {
    LATHE_CHECK(base::makeFolders(folder.edits()));
    LATHE_TRY(const auto lock, lockOf(folder.edits() / "lock"));
    const std::string id = base::randomHex(12);
    const Json request = {{"id", id}, {"at", base::now()}, {"author", author}, {"changes", changes}};
    LATHE_CHECK(base::writeJson(folder.edits() / fmt::format("{:04}.json", lastNumber(folder.edits()) + 1), request));
    return id;
}

Result<EditOutcome> editRun(store::Workspace& workspace, const RunRow& run, const std::vector<std::string>& assignments,
                            const std::string& author, double seconds, std::stop_token stop) {
    LATHE_TRY(const Json changes, changesIn(assignments));
    const RunFolder folder(run.folder);
    LATHE_TRY(const RunRow now, refresh(workspace, run.id));
    if (!liveness(folder).alive && now.state == RunState::Queued) {
        LATHE_TRY(const auto done, editWaiting(workspace, now, changes));
        if (done) return *done;
    }
    if (now.state == RunState::Finished)
        return fail(ErrorCode::InvalidArgument, "is finished: fork it to train on with other settings", "run " + run.id.value);
    LATHE_TRY(const RunSpec spec, folder.readSpec());
    LATHE_TRY(const RunSpec after, edited(spec, changes));
    if (after.epochs < int(now.epoch))
        return fail(ErrorCode::InvalidArgument, fmt::format("{} epochs are done already", int(now.epoch)), "epochs");
    EditOutcome outcome;
    std::error_code ignored;
    LATHE_TRY(outcome.id, requestEdit(folder, changes, author));
    outcome.changes = liveChanges(spec, after);
    const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (liveness(folder).alive && std::chrono::steady_clock::now() < until && !stop.stop_requested()) {
        if (auto answer = answerTo(folder, outcome.id)) return *std::move(answer);
        std::this_thread::sleep_for(50ms);
    }
    if (auto answer = answerTo(folder, outcome.id)) return *std::move(answer);
    LATHE_TRY(const RunRow then, refresh(workspace, run.id));
    if (then.state != RunState::Finished) return outcome;
    fs::remove_all(folder.edits(), ignored);
    return fail(ErrorCode::InvalidArgument, "finished before the edit was taken: fork it to train on", "run " + run.id.value);
}

}  // namespace lathe::runs
