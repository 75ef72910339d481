// What became of suggestions follows from the edits: accepted, corrected later, removed, opened again by an undo.
#include <fmt/format.h>

#include <algorithm>

#include "core/store/class_rows.h"
#include "core/store/suggestion_rows.h"

namespace lathe::store {
namespace {

bool fromModel(const std::optional<annot::Annotation>& a) {
    return a && a->source.starts_with("model:");
}

class Follower {
public:
    Follower(soci::session& sql, const annot::AnnotationEdit& edit, const Entry& entry)
        : m_sql(sql), m_edit(edit), m_entry(entry), m_log(sql) {}

    Result<> all() {
        for (const auto& change : m_edit.changes)
            if (fromModel(change.before) || fromModel(change.after)) LATHE_CHECK(one(change));
        for (const auto& [run, set] : m_sets) set.store(m_sql);
        return {};
    }

private:
    Result<> one(const annot::Change& change) {
        if (m_entry.batch && change.before && change.after) return {};  // a merge of classes corrects nothing
        const AnnotationId id = change.after ? change.after->id : change.before->id;
        const auto accepted = std::ranges::find(m_entry.accepted, id, &Acceptance::annotation);
        if (!change.before && accepted != m_entry.accepted.end()) return accept(*accepted, *change.after);
        LATHE_TRY(const auto last, lastOf(id));
        if (!last) return {};
        if (!change.after) return removed(*last);
        const Outcome now = outcomeOf(*change.after, last->suggestion);
        if (last->row.outcome == Outcome::Reopened) {
            LATHE_TRY(OpenSet * set, setOf(last->row.run));
            (void)set->take(last->row.suggestion);
        }
        if (now != last->row.outcome) record(*last, now);
        return {};
    }

    Result<> accept(const Acceptance& accepted, const annot::Annotation& annotation) {
        LATHE_TRY(OpenSet * set, setOf(accepted.run));
        const auto suggestion = set->take(accepted.suggestion);
        if (!suggestion)
            return fail(ErrorCode::InvalidData,
                        "the suggestion isn't open any more: someone else has decided it; reload the image");
        Verdict verdict;
        verdict.row.run = accepted.run, verdict.row.suggestion = accepted.suggestion, verdict.row.annotation = annotation.id;
        verdict.suggestion = *suggestion;
        record(verdict, outcomeOf(annotation, *suggestion));
        return {};
    }

    Result<> removed(const Verdict& last) {
        if (m_entry.op != "undo") {
            record(last, Outcome::Removed);
            return {};
        }
        LATHE_TRY(OpenSet * set, setOf(last.row.run));
        set->putBack(last.suggestion);
        record(last, Outcome::Reopened);
        return {};
    }

    Outcome outcomeOf(const annot::Annotation& now, const annot::Annotation& suggestion) {
        const ClassId wanted(currentClass(m_sql, suggestion.classId.value));
        const bool same = now.shape == suggestion.shape && now.classId == wanted;
        return same && !now.source.ends_with(" corrected") ? Outcome::Accepted : Outcome::Corrected;
    }

    void record(Verdict verdict, Outcome outcome) {
        verdict.row.image = m_edit.image, verdict.row.who = m_edit.author, verdict.row.at = m_edit.at;
        verdict.row.outcome = outcome, verdict.deed = m_deed;
        m_deed = m_log.add(std::move(verdict));
    }

    Result<std::optional<Verdict>> lastOf(AnnotationId id) {
        LATHE_TRY(auto found, verdicts(m_sql, fmt::format("seq = (SELECT max(seq) FROM suggestion_outcome WHERE image_id = {} AND "
                                                          "annotation = {})",
                                                          m_edit.image.value, id.value)));
        return found.empty() ? std::optional<Verdict>() : std::optional(std::move(found.front()));
    }

    Result<OpenSet*> setOf(const std::string& run) {
        if (const auto known = m_sets.find(run); known != m_sets.end()) return &known->second;
        LATHE_TRY(OpenSet set, OpenSet::read(m_sql, m_edit.image, run));
        return &m_sets.emplace(run, std::move(set)).first->second;
    }

    soci::session& m_sql;
    const annot::AnnotationEdit& m_edit;
    const Entry& m_entry;
    OutcomeLog m_log;
    std::map<std::string, OpenSet> m_sets;
    long long m_deed = 0;
};

}  // namespace

Result<> followSuggestions(soci::session& sql, const annot::AnnotationEdit& edit, const Entry& entry) {
    const bool any = std::ranges::any_of(edit.changes, [](const auto& c) { return fromModel(c.before) || fromModel(c.after); });
    return any ? Follower(sql, edit, entry).all() : Result<>();
}

}  // namespace lathe::store
