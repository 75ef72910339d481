// Changes of a run that goes on: taken between two steps, kept in the spec's history, made again at the same steps when the run is
// resumed or repeated.
#include <fmt/format.h>

#include "core/engine/train/session.h"

namespace lathe::engine::train {
namespace {

/// "optimizer.lr from 0.1 to 0.01, epochs from 6 to 9"
std::string inWords(const Json& changes) {
    std::string words;
    for (const auto& [path, values] : changes.items()) {
        const std::string before = values[0].is_null() ? "none" : values[0].dump(),
                          after = values[1].is_null() ? "none" : values[1].dump();
        words += fmt::format("{}{} from {} to {}", words.empty() ? "" : ", ", path, before, after);
    }
    return words;
}

bool isMade(const std::vector<runs::SpecEdit>& history, const std::string& id) {
    return std::any_of(history.begin(), history.end(), [&](const runs::SpecEdit& edit) { return edit.id == id; });
}

}  // namespace

void Session::settle(runs::RunSpec spec) {
    m_spec = std::move(spec);
    m_optimizer->setWeightDecay(m_spec.optimizer.weightDecay);
    m_schedule.change(m_spec);
    if (m_graphs) m_graphs->forget();
}

/// The schedule's own counts come from the checkpoint; they are those after these edits.
Result<> Session::redoEdits(std::size_t count) {
    if (count > m_history.size())
        return fail(ErrorCode::Corrupt,
                    fmt::format("the checkpoint has seen {} edits of the run, its spec tells of {}", count, m_history.size()),
                    m_folder.resolved().string());
    const Json counted = m_schedule.save();
    for (std::size_t i = 0; i < count; ++i) {
        LATHE_TRY(runs::RunSpec spec, runs::replayed(m_spec, m_history[i]));
        spec.history.push_back(m_history[i]);
        settle(std::move(spec));
    }
    m_schedule.load(counted);
    return {};
}

Result<> Session::replayEdits() {
    while (m_spec.history.size() < m_history.size() && m_history[m_spec.history.size()].step <= m_at.step) {
        const runs::SpecEdit& edit = m_history[m_spec.history.size()];
        const double before = m_schedule.rate(m_at.step);
        LATHE_TRY(runs::RunSpec spec, runs::replayed(m_spec, edit));
        spec.history.push_back(edit);
        settle(std::move(spec));
        LATHE_CHECK(tellEdit(edit, before));
        m_lastLook = {};  // what waits for this is next
    }
    return {};
}

Result<> Session::takeEdits() {
    for (const runs::EditRequest& request : runs::waitingEdits(m_folder)) {
        const bool known = isMade(m_history, request.id);  // the engine ended before it took the file away
        if (!known && m_spec.history.size() < m_history.size()) {
            if (std::exchange(m_toldWaiting, true)) return {};
            return m_journal.message("info",
                                     fmt::format("an edit waits: those up to step {} are made again first", m_history.back().step));
        }
        if (!known) LATHE_CHECK(takeEdit(request));
        std::error_code ignored;
        std::filesystem::remove(request.file, ignored);
    }
    return {};
}

Result<runs::RunSpec> Session::specAfter(const runs::EditRequest& request) const {
    if (request.changes.is_null()) return fail(ErrorCode::InvalidData, "is no edit of a run", request.file.string());
    LATHE_TRY(const runs::RunSpec spec, runs::edited(m_spec, request.changes));
    const int begun = m_at.epoch + (m_at.batch > 0 ? 1 : 0);
    if (spec.epochs < begun)
        return fail(ErrorCode::InvalidArgument, fmt::format("{} epochs are done or under way: fewer can't be asked for", begun),
                    "epochs");
    return spec;
}

/// One that can't be made is refused aloud, and the run goes on.
Result<> Session::takeEdit(const runs::EditRequest& request) {
    auto after = specAfter(request);
    runs::SpecEdit edit{request.id, request.author, request.at, m_at.step, fractionalEpoch(), Json::object()};
    if (after) {
        edit.changes = runs::liveChanges(m_spec, *after);
        after->history.push_back(edit);
        if (auto written = base::writeJson(m_folder.resolved(), runs::toJson(*after)); !written) after = fail(written.error());
    }
    if (!after) {
        const std::string why = after.error().text();
        LATHE_CHECK(m_journal.message("warning", fmt::format("an edit by {} is refused: {}", request.author, why)));
        return m_journal.event("edit",
                               {{"id", request.id}, {"author", request.author}, {"changes", request.changes}, {"refused", why}});
    }
    const double before = m_schedule.rate(m_at.step);
    m_history.push_back(edit);
    settle(*std::move(after));
    return tellEdit(edit, before);
}

Result<> Session::tellEdit(const runs::SpecEdit& edit, double rateBefore) {
    Json told = runs::toJson(edit);
    told["rate"] = {rateBefore, m_schedule.rate(m_at.step)};
    told["epochs"] = m_spec.epochs;
    LATHE_CHECK(m_journal.event("edit", told));
    return m_journal.message("info",
                             fmt::format("{} changed {} at step {} (epoch {:.2f})", edit.author.empty() ? "someone" : edit.author,
                                         inWords(edit.changes), edit.step, edit.epoch));
}

}  // namespace lathe::engine::train
