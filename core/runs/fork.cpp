#include "core/runs/fork.h"

#include <fmt/format.h>

#include <array>

#include "core/base/hash.h"
#include "core/runs/run_history.h"

namespace lathe::runs {

namespace fs = std::filesystem;

namespace {

/// A copy of a checkpoint beside the runs, until it has its place in the new one: the parent may replace its own meanwhile.
class PinnedCheckpoint {
public:
    static Result<PinnedCheckpoint> take(const fs::path& checkpoint, const fs::path& folder) {
        PinnedCheckpoint pinned(folder / fmt::format(".fork-{}.safetensors", base::randomHex(8)));
        LATHE_CHECK(base::copyFileAtomically(checkpoint, pinned.m_file));
        return pinned;
    }
    PinnedCheckpoint(PinnedCheckpoint&& other) noexcept : m_file(std::exchange(other.m_file, {})) {}
    ~PinnedCheckpoint() {
        std::error_code ignored;
        if (!m_file.empty()) fs::remove(m_file, ignored);
    }
    [[nodiscard]] const fs::path& file() const { return m_file; }
    [[nodiscard]] Result<> moveTo(const fs::path& to) {
        LATHE_CHECK(base::makeFolders(to.parent_path()));
        std::error_code error;
        fs::rename(m_file, to, error);
        if (error) return fail(base::errnoError(error.value(), "the checkpoint can't be put into the new run", to));
        m_file.clear();
        return {};
    }

private:
    explicit PinnedCheckpoint(fs::path file) : m_file(std::move(file)) {}
    fs::path m_file;
};

/// What a position in a run and the state of its optimiser depend on.
bool goesOn(const Json& before, const Json& after) {
    static constexpr std::array<const char*, 10> keys = {
        "/model",  "/preprocessing", "/snapshot", "/batch",          "/accumulate",
        "/freeze", "/ema",           "/seed",     "/optimizer/name", "/optimizer/layer_decay"};
    return std::all_of(keys.begin(), keys.end(), [&](const char* key) {
        const Json::json_pointer at(key);
        return before.at(at) == after.at(at);
    });
}

Result<RunSpec> changed(const RunSpec& base, const ForkOptions& options) {
    Json json = toJson(base);
    for (const std::string& one : options.changes) {
        if (one.starts_with("task=") || one.starts_with("history") || one.starts_with("parent"))
            return fail(ErrorCode::InvalidArgument, fmt::format("{}: a fork can't change that of its parent", one));
        LATHE_CHECK(setByPath(json, one));
    }
    if (options.epochs) json["epochs"] = *options.epochs;
    return runSpecFromJson(json);
}

/// Settings that were "choose" in the parent's spec.json are chosen in the resolved one; a changed model chooses anew.
void chooseAnew(RunSpec& spec, const RunSpec& before) {
    if (spec.model.name == before.model.name) return;
    spec.model.options = Json::object();
    if (spec.optimizer.lr == before.optimizer.lr) spec.optimizer.lr = 0;
    if (spec.batch == before.batch) spec.batch = 0;
}

Result<> checkLeft(const RunSpec& spec, const CheckpointRow& from) {
    if (spec.epochs <= from.epoch)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("{} of {} epochs are done: say --epochs N with more, or --weights-only to begin anew", from.epoch,
                                spec.epochs),
                    "epochs");
    const int since = from.state.value("since_best", 0);
    if (spec.earlyStop > 0 && since >= spec.earlyStop)
        return fail(
            ErrorCode::InvalidArgument,
            fmt::format("the run ended early, after {} epochs without a better one: say --set early_stop=N with more, or 0", since),
            "early_stop");
    return {};
}

Result<> checkOwn(const CheckpointRow& row, const RunSpec& spec) {
    const std::string model = row.state.value("model", "");
    if (model == spec.model.name) return {};
    return fail(ErrorCode::InvalidData,
                fmt::format("the checkpoint is another run's: it holds the model {}, the run trains {}", model, spec.model.name),
                row.file.string());
}

/// The best of which the checkpoint tells, where it is there still.
Result<> takeBest(const RunFolder& parent, const CheckpointRow& from, const RunFolder& fork) {
    const auto best = findCheckpoint(parent, "best");
    if (!best || best->state.value("best_epoch", 0) != from.state.value("best_epoch", -1)) return {};
    return base::copyFileAtomically(best->file, startBestCheckpoint(fork));
}

Result<> fillFork(const RunFolder& parent, const CheckpointRow& from, PinnedCheckpoint& pinned, const RunRow& fork, bool resumes) {
    const RunFolder folder(fork.folder);
    LATHE_CHECK(pinned.moveTo(startCheckpoint(folder)));
    return resumes ? takeBest(parent, from, folder) : Result<>();
}

}  // namespace

Result<RunRow> forkRun(store::Workspace& workspace, const RunRow& parent, const ForkOptions& options, const std::string& author) {
    const RunFolder folder(parent.folder);
    LATHE_TRY(const CheckpointRow found, findCheckpoint(folder, options.from));
    LATHE_TRY(PinnedCheckpoint pinned, PinnedCheckpoint::take(found.file, workspace.layout().runs()));
    LATHE_TRY(CheckpointRow from, readCheckpointHeader(pinned.file()));
    if (options.from == "best") from.epoch = from.state.value("best_epoch", from.epoch);
    LATHE_TRY(const RunSpec whole, folder.readSpec());
    LATHE_CHECK(checkOwn(from, whole));
    LATHE_TRY(RunSpec before, afterEdits(whole, from.state.value("edits", std::size_t(0))));
    before = withoutPast(before);
    LATHE_TRY(RunSpec spec, changed(before, options));
    chooseAnew(spec, before);
    const bool resumes = !options.weightsOnly && from.everything && goesOn(toJson(before), toJson(spec));
    if (resumes) LATHE_CHECK(checkLeft(spec, from));
    LATHE_TRY(const std::string digest, base::sha256OfFile(pinned.file()));
    spec.weights.clear();
    spec.name = options.name.empty() ? parent.name + " fork" : options.name;
    spec.parent = Parent{parent.id.value, parent.name, options.from, digest, from.epoch, from.step, resumes};
    LATHE_TRY(RunRow fork, createRun(workspace, spec, author));
    if (auto filled = fillFork(folder, from, pinned, fork, resumes); !filled) {
        (void)deleteRun(workspace, fork.id);
        return fail(filled.error());
    }
    return fork;
}

Result<RunRow> repeatRun(store::Workspace& workspace, const RunRow& run, const std::string& author) {
    const RunFolder folder(run.folder);
    LATHE_TRY(RunSpec spec, folder.readSpec());
    spec.name = run.name + " again";
    LATHE_TRY(RunRow again, createRun(workspace, spec, author));
    const RunFolder to(again.folder);
    Result<> copied = spec.parent ? base::makeFolders(to.checkpoints()) : Result<>();
    if (copied && spec.parent) copied = base::copyFileAtomically(startCheckpoint(folder), startCheckpoint(to));
    std::error_code ignored;
    if (copied && spec.parent && fs::exists(startBestCheckpoint(folder), ignored))
        copied = base::copyFileAtomically(startBestCheckpoint(folder), startBestCheckpoint(to));
    if (copied) return again;
    (void)deleteRun(workspace, again.id);
    return fail(copied.error());
}

std::optional<Parent> parentOf(const RunRow& run) {
    const auto spec = RunFolder(run.folder).readSpec();
    return spec ? spec->parent : std::nullopt;
}

}  // namespace lathe::runs
