#include "core/store/suggestion_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/time.h"

namespace lathe::store {
namespace {

double confidenceOf(const annot::Annotation& a) {
    return a.confidence.value_or(0);
}

}  // namespace

Result<OpenSet> OpenSet::read(soci::session& sql, ImageId image, const std::string& run) {
    OpenSet set{image, run, 0, 1, {}};
    const long long id = image.value;
    Bytes body(sql);
    sql << "SELECT at, next_suggestion, body FROM suggestion WHERE image_id = :i AND run = :r", soci::use(id), soci::use(run),
        soci::into(set.at), soci::into(set.nextSuggestion), soci::into(body.blob());
    if (!sql.got_data()) return set;
    LATHE_TRY(set.shapes, annot::unpack(body.get()));
    return set;
}

void OpenSet::store(soci::session& sql) const {
    const long long id = image.value, open = static_cast<long long>(shapes.size());
    Bytes body(sql, annot::pack(shapes));
    sql << "DELETE FROM suggestion WHERE image_id = :i AND run = :r", soci::use(id), soci::use(run);
    sql << "INSERT INTO suggestion (image_id, run, at, open, next_suggestion, body) VALUES (:i, :r, :a, :o, :n, :b)", soci::use(id),
        soci::use(run), soci::use(at), soci::use(open), soci::use(nextSuggestion), soci::use(body.blob());
}

std::optional<annot::Annotation> OpenSet::take(AnnotationId id) {
    const auto at = std::ranges::find(shapes, id, &annot::Annotation::id);
    if (at == shapes.end()) return std::nullopt;
    annot::Annotation taken = std::move(*at);
    shapes.erase(at);
    return taken;
}

void OpenSet::putBack(const annot::Annotation& suggestion) {
    if (std::ranges::find(shapes, suggestion.id, &annot::Annotation::id) != shapes.end()) return;
    const auto at = std::ranges::find_if(shapes, [&](const auto& s) {
        const double a = confidenceOf(s), b = confidenceOf(suggestion);
        return a < b || (a == b && s.id > suggestion.id);
    });
    shapes.insert(at, suggestion);
}

OutcomeLog::OutcomeLog(soci::session& sql) : m_sql(sql), m_seq(oneNumber(sql, "SELECT max(seq) FROM suggestion_outcome")) {}

long long OutcomeLog::add(Verdict v) {
    ++m_seq;
    if (v.deed == 0) v.deed = m_seq;
    const long long image = v.row.image.value, suggestion = v.row.suggestion.value, annotation = v.row.annotation.value;
    const long long classId = v.suggestion.classId.value;
    const std::string outcome(kOutcomeNames[std::size_t(v.row.outcome)]);
    const double confidence = confidenceOf(v.suggestion);
    Bytes body(m_sql, annot::packOne(v.suggestion));
    m_sql << "INSERT INTO suggestion_outcome (seq, image_id, run, suggestion, annotation, outcome, author, at, confidence, "
             "class_id, deed, body) VALUES (:s,:i,:r,:g,:a,:o,:w,:t,:c,:k,:d,:b)",
        soci::use(m_seq), soci::use(image), soci::use(v.row.run), soci::use(suggestion), soci::use(annotation), soci::use(outcome),
        soci::use(v.row.who), soci::use(v.row.at), soci::use(confidence), soci::use(classId), soci::use(v.deed),
        soci::use(body.blob());
    return v.deed;
}

Result<std::vector<Verdict>> verdicts(soci::session& sql, const std::string& where) {
    std::vector<Verdict> all;
    long long seq = 0, image = 0, suggestion = 0, annotation = 0, classId = 0, deed = 0;
    std::string run, outcome, who;
    double at = 0, confidence = 0;
    Bytes body(sql);
    soci::statement rows =
        (sql.prepare << fmt::format("SELECT seq, image_id, run, suggestion, annotation, outcome, author, at, confidence, class_id, "
                                    "deed, body FROM suggestion_outcome WHERE {} ORDER BY seq",
                                    where),
         soci::into(seq), soci::into(image), soci::into(run), soci::into(suggestion), soci::into(annotation), soci::into(outcome),
         soci::into(who), soci::into(at), soci::into(confidence), soci::into(classId), soci::into(deed), soci::into(body.blob()));
    for (rows.execute(); rows.fetch();) {
        const auto kind = std::ranges::find(kOutcomeNames, outcome);
        if (kind == kOutcomeNames.end()) return fail(ErrorCode::Corrupt, "an unknown outcome of a suggestion: " + outcome);
        LATHE_TRY(auto shape, annot::unpackOne(body.get()));
        all.push_back({{seq, ImageId(image), run, AnnotationId(suggestion), AnnotationId(annotation),
                        Outcome(kind - kOutcomeNames.begin()), who, at, confidence, ClassId(classId)},
                       deed,
                       std::move(shape)});
    }
    return all;
}

}  // namespace lathe::store
