#include "core/serve/push.h"

#include <fmt/format.h>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/serve/engine_model.h"
#include "core/serve/golden.h"
#include "core/serve/push_rows.h"

namespace lathe::serve {

namespace {

constexpr double kTolerance = 1e-4;

/// One push or rollback under way: the target's rows and hands, and the list of stages so far.
class Transaction {
public:
    Transaction(store::Workspace& workspace, TargetRow target, std::unique_ptr<Target> hands, const models::ModelRow& model,
                const std::string& user, std::stop_token stop, const Progress& progress)
        : m_workspace(workspace),
          m_target(std::move(target)),
          m_hands(std::move(hands)),
          m_model(model),
          m_stop(stop),
          m_progress(progress) {
        m_row.model = model.id.value;
        m_row.digest = model.digest;
        m_row.target = m_target.name;
        m_row.user = user;
        m_row.at = base::now();
    }

    /// Runs a stage and writes it down; false: it failed and its words are the push's message.
    bool stage(const std::string& name, const std::function<Result<std::string>()>& work) {
        m_progress.report(std::int64_t(m_row.stages.size()), 5, name);
        const base::Stopwatch watch;
        const auto done = m_stop.stop_requested() ? fail(ErrorCode::Cancelled, "The push was cancelled.") : work();
        const auto message = done ? *done : done.error().text();
        m_row.stages.push_back({{"stage", name}, {"ok", done.has_value()}, {"seconds", watch.seconds()}, {"message", message}});
        if (!done) m_row.message = fmt::format("{}: {}", name, message);
        return done.has_value();
    }

    bool preflight() {
        return stage("preflight", [&] { return m_hands->test(); });
    }
    bool upload() {
        return stage("upload", [&]() -> Result<std::string> {
            LATHE_CHECK(m_hands->upload(m_model.name, m_model.version, m_model.folder, m_stop, m_progress));
            return fmt::format("{} version {}", m_model.name, m_model.version);
        });
    }
    bool activate() {
        return stage("activate", [&]() -> Result<std::string> {
            m_touched = true;
            LATHE_CHECK(m_hands->activate(m_model.name, m_model.version));
            return fmt::format("version {} is the one in use", m_model.version);
        });
    }
    /// `engine` null: only what the target answers by itself is compared.
    bool parity(rpc::Engine* engine);
    void restore();
    Result<PushRow> finish(bool live, const std::string& before);

private:
    [[nodiscard]] Result<Parity> compare(rpc::Engine* engine, std::string& how);
    [[nodiscard]] Result<std::string> putBack();

    store::Workspace& m_workspace;
    TargetRow m_target;
    std::unique_ptr<Target> m_hands;
    const models::ModelRow& m_model;
    std::stop_token m_stop;
    Progress m_progress;
    PushRow m_row;
    base::Stopwatch m_watch;
    bool m_touched = false;  ///< the target may serve the new version already
};

Result<Parity> Transaction::compare(rpc::Engine* engine, std::string& how) {
    LATHE_TRY(const auto golden, readGolden(m_model.folder / "golden.safetensors"));
    const auto served = [&](const Tensor& input) { return m_hands->infer(m_model.name, m_model.version, input); };
    how = "answered by the target";
    auto parity = compareGolden(golden, served, kTolerance, m_stop);
    if (parity || parity.error().code != ErrorCode::Unsupported) return parity;
    if (!engine) {
        how = "the target answers no requests; its bytes were compared";
        return Parity{0, 0, true};
    }
    const auto uploaded = m_hands->uploadedFolder(m_model.name, m_model.version);
    how =
        uploaded.empty() ? "a local engine on the package; the target answers no requests" : "a local engine on the uploaded bytes";
    LATHE_TRY(const auto local, EngineModel::load(*engine, uploaded.empty() ? m_model.folder : uploaded, m_stop));
    return compareGolden(
        golden, [&](const Tensor& input) { return local->infer(input, m_stop); }, kTolerance, m_stop);
}

bool Transaction::parity(rpc::Engine* engine) {
    return stage("parity", [&]() -> Result<std::string> {
        std::string how;
        LATHE_TRY(m_row.parity, compare(engine, how));
        const auto words =
            fmt::format("{} golden cases, largest difference {:.3g} ({})", m_row.parity.cases, m_row.parity.maxAbs, how);
        if (m_row.parity.ok) return words;
        return fail(ErrorCode::GateRefused, fmt::format("{}; allowed is {:g}", words, kTolerance));
    });
}

/// Upload does nothing when the version is there still, and brings it back when it was cleaned away.
Result<std::string> Transaction::putBack() {
    if (m_target.live.empty()) {
        LATHE_CHECK(m_hands->deactivate(m_model.name, m_model.version));
        return std::string("nothing was live before; the new version was taken out of use");
    }
    LATHE_TRY(const auto old, models::findModel(m_workspace, m_target.live));
    LATHE_CHECK(m_hands->upload(old.name, old.version, old.folder, {}, {}));
    LATHE_CHECK(m_hands->activate(old.name, old.version));
    if (old.name != m_model.name) LATHE_CHECK(m_hands->deactivate(m_model.name, m_model.version));
    return fmt::format("{}:{} is in use again", old.name, old.version);
}

void Transaction::restore() {
    if (!m_touched || m_target.live == m_model.digest) return;
    const auto reason = m_row.message;
    m_stop = {};  // what was begun is put back even when the push was cancelled
    const bool restored = stage("restore", [&] { return putBack(); });
    m_row.message = restored ? reason : fmt::format("{}; and the old version could not be put back: {}", reason, m_row.message);
}

Result<PushRow> Transaction::finish(bool live, const std::string& before) {
    m_row.state = live ? "live" : "failed";
    m_row.seconds = m_watch.seconds();
    LATHE_CHECK(recordPush(m_workspace, m_target, m_row, before));
    m_progress.report(5, 5, m_row.state);
    return m_row;
}

/// One push per target at a time, over all processes.
Result<base::FileLock> lockTarget(const store::Workspace& workspace, const TargetRow& target) {
    const auto folder = workspace.layout().cache();
    LATHE_CHECK(base::makeFolders(folder));
    auto lock = base::FileLock::tryLock(folder / fmt::format("push-{}.lock", target.id));
    if (lock || lock.error().code != ErrorCode::Locked) return lock;
    return fail(ErrorCode::Locked, "Another push to this target is under way; wait for it.", target.name);
}

Result<> gate(store::Workspace& workspace, const models::ModelRow& model, const std::string& target, const std::string& user) {
    auto allowed = models::checkApproval(workspace, model);
    if (allowed) return {};
    if (allowed.error().code == ErrorCode::GateRefused) {
        LATHE_CHECK(recordRefusal(workspace, model.digest, target, user, allowed.error()));
    }
    return allowed;
}

/// `model` as the registry has it now: an approval may be newer than the caller's row.
Result<models::ModelRow> fresh(const store::Workspace& workspace, const models::ModelRow& model) {
    return models::findModel(workspace, model.digest);
}

}  // namespace

Result<PushRow> push(store::Workspace& workspace, rpc::Engine& engine, const models::ModelRow& model, const TargetRow& target,
                     const std::string& user, std::stop_token stop, const Progress& progress) {
    LATHE_TRY(const auto current, fresh(workspace, model));
    if (auto allowed = gate(workspace, current, target.name, user); !allowed) return fail(std::move(allowed).error());
    LATHE_TRY(const auto row, findTarget(workspace, target.name));
    LATHE_TRY(const auto lock, lockTarget(workspace, row));
    LATHE_TRY(auto hands, makeTarget(row));
    try {
        Transaction transaction(workspace, row, std::move(hands), current, user, stop, progress);
        const bool live = transaction.preflight() && transaction.upload() && transaction.activate() && transaction.parity(&engine);
        if (!live) transaction.restore();
        return transaction.finish(live, "superseded");
    } catch (const std::exception& error) {
        return fail(ErrorCode::Io, fmt::format("The push broke off: {}", error.what()), target.name);
    }
}

Result<PushRow> rollback(store::Workspace& workspace, const TargetRow& target, const std::string& user) {
    LATHE_TRY(const auto row, findTarget(workspace, target.name));
    if (row.previous.empty()) return fail(ErrorCode::GateRefused, "There is no version before to go back to.", row.name);
    LATHE_TRY(const auto model, models::findModel(workspace, row.previous));
    if (auto allowed = gate(workspace, model, row.name, user); !allowed) return fail(std::move(allowed).error());
    LATHE_TRY(const auto lock, lockTarget(workspace, row));
    LATHE_TRY(auto hands, makeTarget(row));
    try {
        Transaction transaction(workspace, row, std::move(hands), model, user, {}, {});
        const bool live = transaction.upload() && transaction.activate() && transaction.parity(nullptr);
        if (!live) transaction.restore();
        return transaction.finish(live, "rolled_back");
    } catch (const std::exception& error) {
        return fail(ErrorCode::Io, fmt::format("The rollback broke off: {}", error.what()), target.name);
    }
}

}  // namespace lathe::serve
