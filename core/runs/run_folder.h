// A run's folder: whole by itself. The engine writes nothing else; the workbench follows it and indexes it into the store.
//
//   spec.json        the run spec as started; the engine writes resolved.json, in which nothing "auto" or 0 is left,
//                    with the values as they are now and, of a run that was changed while it went on, its history
//   data.jsonl       the data manifest: header line {"format":"lathe-manifest","version":1,"task","snapshot","digest",
//                    "classes":[names]} then a line per image {"image":id,"digest","path","width","height","split",
//                    "label":class index (classify; -1 none), "objects":[{"class","kind","box":[x,y,w,h],...}],
//                    "state":of review when it was written, or ""}
//   events.log       core/runs/event_log.h
//   checkpoints/     last.safetensors + last.json, best.safetensors + best.json, by rule epoch-0005.safetensors …: weights,
//                    optimiser, random states, sampler, log offset, how many edits were made; start.safetensors of a fork
//   edits/           changes that wait for the engine (run_history.h); it takes them between two steps
//   predictions.safetensors / .json
//                    per-sample outcomes of val and test: image, split, label, right, confidence, and by the task
//                    predicted and probabilities; objects, truths, found, false; intersection and union by class
//   report.json      the final metrics: {"metrics":{...},"per_class":[...],"confusion":[[...]],
//                    "splits":{"val":{...},"test":{...}}}
//   control          wanted state, written by the workbench: "run", "pause" or "stop"
//   engine.lock      flock()ed by the engine while it works on the folder: free + state not final = the engine died
//   engine.pid       process id of the engine that was started last
//   engine.log       the engine's stderr
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/files.h"
#include "core/base/json.h"
#include "core/runs/run_spec.h"

namespace lathe::runs {

enum class RunState { Queued, Running, Paused, Stopped, Finished, Failed, Died };
[[nodiscard]] std::string_view name(RunState state);  ///< "queued", "running", … "died"
[[nodiscard]] bool isFinal(RunState state);           ///< Stopped, Finished, Failed, Died
[[nodiscard]] std::optional<RunState> runStateNamed(std::string_view text);

class RunFolder {
public:
    explicit RunFolder(std::filesystem::path path) : m_path(std::move(path)) {}
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path spec() const { return m_path / "spec.json"; }
    [[nodiscard]] std::filesystem::path resolved() const { return m_path / "resolved.json"; }
    [[nodiscard]] std::filesystem::path manifest() const { return m_path / "data.jsonl"; }
    [[nodiscard]] std::filesystem::path events() const { return m_path / "events.log"; }
    [[nodiscard]] std::filesystem::path checkpoints() const { return m_path / "checkpoints"; }
    [[nodiscard]] std::filesystem::path edits() const { return m_path / "edits"; }
    [[nodiscard]] std::filesystem::path report() const { return m_path / "report.json"; }
    [[nodiscard]] std::filesystem::path control() const { return m_path / "control"; }
    [[nodiscard]] std::filesystem::path lock() const { return m_path / "engine.lock"; }
    [[nodiscard]] std::filesystem::path log() const { return m_path / "engine.log"; }
    [[nodiscard]] Result<RunSpec> readSpec() const;             ///< resolved.json if there, else spec.json
    [[nodiscard]] Result<> want(std::string_view state) const;  ///< writes `control`
    [[nodiscard]] std::string wanted() const;                   ///< "run" when there is no control file
    [[nodiscard]] bool engineAlive() const;                     ///< engine.lock is held
    /// For the engine: takes engine.lock. Tries for 2 s, because engineAlive() of a follower holds it for an instant. Locked when
    /// another engine works on the folder.
    [[nodiscard]] Result<base::FileLock> takeLock() const;
    [[nodiscard]] std::filesystem::path pidFile() const { return m_path / "engine.pid"; }
    [[nodiscard]] std::filesystem::path predictions() const { return m_path / "predictions.json"; }

private:
    std::filesystem::path m_path;
};

}  // namespace lathe::runs
