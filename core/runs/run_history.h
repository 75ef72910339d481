// What was changed of a run while it went on: the edits that wait in its folder, and the history that its spec keeps of those that
// were made. A spec with a history holds the values as they are now; startOf() are those that it began with, and an engine that is
// given such a spec makes the same changes at the same steps. Depends on core/base alone.
//
// In the event log: {"kind":"edit", "id", "author", "at", "step", "epoch", "changes":{path:[old, new]}, "rate":[before, after],
// "epochs"}; one that was refused {"kind":"edit", "id", "author", "changes":{path:value}, "refused":words}; at the start of a fork
// {"kind":"fork", "parent":{…}}.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/runs/run_folder.h"
#include "core/runs/run_spec.h"

namespace lathe::runs {

/// May the key of a spec be changed while the run goes on? "optimizer.lr", ".weight_decay", ".clip", "schedule.…" (name, options,
/// warmup_epochs), "epochs", "early_stop", "checkpoint_every", "checkpoints.keep_every".
[[nodiscard]] bool isLive(std::string_view path);
/// The keys for messages and forms; "schedule.*" stands for the options of the schedule.
[[nodiscard]] const std::vector<std::string>& livePaths();

/// The spec with `changes` ({"optimizer.lr": 0.001}), read as any spec is: a key that isn't live or a value that isn't allowed is
/// InvalidArgument with words. A rate of 0 and 0 epochs, which elsewhere mean "choose", are refused.
[[nodiscard]] Result<RunSpec> edited(const RunSpec& spec, const Json& changes);
/// {"optimizer.lr": [0.01, 0.001]} for all live keys that differ; null: the key isn't there.
[[nodiscard]] Json liveChanges(const RunSpec& before, const RunSpec& after);
/// The spec with the second values of `edit` (forward) or the first ones.
[[nodiscard]] Result<RunSpec> replayed(const RunSpec& spec, const SpecEdit& edit, bool forward = true);
/// The values with which the run began; the history is kept, as what is to come.
[[nodiscard]] Result<RunSpec> startOf(const RunSpec& spec);
/// The other way round: the values after the whole history of a spec that holds those of its start.
[[nodiscard]] Result<RunSpec> endOf(const RunSpec& start);
/// As it was after the first `count` edits, and these as its history.
[[nodiscard]] Result<RunSpec> afterEdits(const RunSpec& spec, std::size_t count);
/// The values as they are, without history and parent: what a new run starts from.
[[nodiscard]] RunSpec withoutPast(RunSpec spec);

[[nodiscard]] Result<std::vector<SpecEdit>> historyFromJson(const Json& json);
[[nodiscard]] Result<Parent> parentFromJson(const Json& json);
[[nodiscard]] Json toJson(const SpecEdit& edit);
[[nodiscard]] Json toJson(const Parent& parent);

/// An edit that waits in the run's folder for the engine: edits/0001.json {"id", "at", "author", "changes": {path: value}}.
struct EditRequest {
    std::string id, author;
    double at = 0;  ///< seconds since 1970
    Json changes = Json::object();
    std::filesystem::path file;
};
/// In order of their numbers. Of a file that can't be read `changes` is null.
[[nodiscard]] std::vector<EditRequest> waitingEdits(const RunFolder& folder);

}  // namespace lathe::runs
