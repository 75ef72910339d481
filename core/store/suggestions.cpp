#include "core/store/suggestions.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/time.h"
#include "core/store/class_rows.h"
#include "core/store/impl.h"
#include "core/store/suggestion_rows.h"
#include "core/store/transact.h"

namespace lathe::store {
namespace {

/// The last outcome of each suggestion of the image by the run.
Result<std::map<AnnotationId, Verdict>> lastOutcomes(soci::session& sql, ImageId image, const std::string& run) {
    LATHE_TRY(auto all, verdicts(sql, fmt::format("image_id = {}", image.value)));
    std::map<AnnotationId, Verdict> last;
    for (auto& v : all)
        if (v.row.run == run) last[v.row.suggestion] = std::move(v);
    return last;
}

bool sameThing(const annot::Annotation& a, const annot::Annotation& b) {
    return a.classId == b.classId && a.shape == b.shape;
}

bool isDecided(const std::map<AnnotationId, Verdict>& last, const annot::Annotation& shape) {
    return std::ranges::any_of(last, [&](const auto& one) {
        return one.second.row.outcome != Outcome::Reopened && sameThing(one.second.suggestion, shape);
    });
}

bool isThere(const annot::Annotations& annotations, const annot::Annotation& shape) {
    return std::ranges::any_of(annotations, [&](const auto& a) { return sameThing(a, shape); });
}

annot::Shape predictedShape(const Json& object) {
    if (const auto box = object.find("box"); box != object.end())
        return annot::Box{{box->at(0).get<double>(), box->at(1).get<double>(), box->at(2).get<double>(), box->at(3).get<double>()}};
    if (const auto mask = object.find("mask"); mask != object.end())
        return annot::Mask{mask->at("size").at(0).get<std::uint32_t>(), mask->at("size").at(1).get<std::uint32_t>(),
                           mask->at("counts").get<std::vector<std::uint32_t>>()};
    return annot::ImageLabel{};
}

Result<std::size_t> putOne(soci::session& sql, ImageId image, const std::string& run, annot::Annotations shapes, double now) {
    LATHE_TRY(const auto last, lastOutcomes(sql, image, run));
    LATHE_TRY(const StoredDocument document, readDocument(sql, image));
    LATHE_TRY(OpenSet set, OpenSet::read(sql, image, run));
    std::erase_if(shapes, [&](const auto& s) { return isDecided(last, s) || isThere(document.annotations, s); });
    std::ranges::stable_sort(shapes, std::greater<>(), [](const auto& a) { return a.confidence.value_or(0); });
    for (auto& shape : shapes) {
        shape.id = AnnotationId(set.nextSuggestion++);
        shape.source = "model:" + run, shape.author.clear();
    }
    set.shapes = std::move(shapes), set.at = now;
    set.store(sql);
    return set.shapes.size();
}

/// Classes of a set as they are called by now.
annot::Annotations withCurrentClasses(soci::session& sql, annot::Annotations shapes) {
    if (oneNumber(sql, "SELECT count(*) FROM retired_class") == 0) return shapes;
    for (auto& shape : shapes) shape.classId = ClassId(currentClass(sql, shape.classId.value));
    std::erase_if(shapes, [](const auto& shape) { return !shape.classId.valid(); });
    return shapes;
}

std::vector<std::string> runsOf(soci::session& sql, ImageId image) {
    std::vector<std::string> runs;
    const long long id = image.value;
    std::string run;
    soci::statement rows = (sql.prepare << "SELECT run FROM suggestion WHERE image_id = :i AND open > 0 ORDER BY at DESC, run",
                            soci::use(id), soci::into(run));
    for (rows.execute(); rows.fetch();) runs.push_back(run);
    return runs;
}

Result<long long> refuseIn(soci::session& sql, OpenSet& set, std::span<const AnnotationId> ids, const std::string& who) {
    OutcomeLog log(sql);
    long long deed = 0;
    for (const AnnotationId id : ids) {
        auto suggestion = set.take(id);
        if (!suggestion) continue;
        Verdict v;
        v.row.image = set.image, v.row.run = set.run, v.row.suggestion = id, v.row.who = who, v.row.at = base::now();
        v.row.outcome = Outcome::Refused, v.deed = deed, v.suggestion = std::move(*suggestion);
        deed = log.add(std::move(v));
    }
    if (deed) set.store(sql);
    return deed;
}

Result<> reopen(soci::session& sql, Verdict verdict, const std::string& who) {
    LATHE_TRY(const auto last, lastOutcomes(sql, verdict.row.image, verdict.row.run));
    if (last.at(verdict.row.suggestion).row.outcome != Outcome::Refused) return {};
    LATHE_TRY(OpenSet set, OpenSet::read(sql, verdict.row.image, verdict.row.run));
    set.putBack(verdict.suggestion);
    set.store(sql);
    verdict.row.outcome = Outcome::Reopened, verdict.row.who = who, verdict.row.at = base::now(), verdict.deed = 0;
    OutcomeLog(sql).add(std::move(verdict));
    return {};
}

void addCounts(soci::session& sql, const std::string& run, OutcomeCounts& counts) {
    std::string outcome;
    long long n = 0;
    soci::statement rows =
        (sql.prepare << "SELECT outcome, count(*) FROM suggestion_outcome WHERE seq IN (SELECT max(seq) FROM suggestion_outcome "
                        "WHERE run = :r GROUP BY image_id, suggestion) GROUP BY outcome",
         soci::use(run), soci::into(outcome), soci::into(n));
    for (rows.execute(); rows.fetch();) {
        if (outcome == "accepted") counts.accepted = n;
        if (outcome == "corrected") counts.corrected = n;
        if (outcome == "refused" || outcome == "removed") counts.refused += n;
    }
}

}  // namespace

Result<annot::Annotations> predictedShapes(const Json& prediction, std::span<const ClassRow> classes, double least) {
    if (!prediction.is_object()) return fail(ErrorCode::InvalidData, "the engine's answer is no prediction");
    if (prediction.contains("error")) return fail(ErrorCode::InvalidData, prediction.value("error", std::string()));
    try {
        const auto objects = prediction.find("objects");
        const Json one = Json::array({prediction});
        annot::Annotations shapes;
        for (const Json& object : objects == prediction.end() ? one : *objects) {
            const auto name = object.value("class", std::string());
            const auto known = std::ranges::find(classes, name, &ClassRow::name);
            if (known == classes.end())
                return fail(ErrorCode::NotFound, "the model knows a class that this workspace doesn't have; add it first", name);
            annot::Annotation shape;
            shape.classId = known->id;
            shape.confidence = object.value("confidence", 0.0);
            shape.shape = predictedShape(object);
            if (*shape.confidence >= least) shapes.push_back(std::move(shape));
        }
        return shapes;
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("the engine's answer can't be read: {}", error.what()));
    }
}

Result<std::int64_t> putSuggestions(Workspace& workspace, const std::string& run,
                                    std::span<const std::pair<ImageId, annot::Annotations>> predictions) {
    if (run.empty()) return fail(ErrorCode::InvalidArgument, "suggestions need the name of the run that made them");
    return written(workspace, [&](soci::session& sql) -> Result<std::int64_t> {
        std::int64_t open = 0;
        const double now = base::now();
        for (const auto& [image, shapes] : predictions) {
            LATHE_TRY(const std::size_t n, putOne(sql, image, run, shapes, now));
            open += std::int64_t(n);
        }
        return open;
    });
}

Result<std::vector<SuggestionSet>> suggestions(const Workspace& workspace, ImageId image) {
    return readBy(workspace, [&](soci::session& sql) -> Result<std::vector<SuggestionSet>> {
        std::vector<SuggestionSet> sets;
        for (const auto& run : runsOf(sql, image)) {
            LATHE_TRY(OpenSet set, OpenSet::read(sql, image, run));
            sets.push_back({image, run, set.at, withCurrentClasses(sql, std::move(set.shapes))});
            if (sets.back().shapes.empty()) sets.pop_back();
        }
        return sets;
    });
}

Result<std::vector<ImageId>> imagesSuggested(const Workspace& workspace, const std::string& run) {
    return readBy(workspace, [&](soci::session& sql) -> Result<std::vector<ImageId>> {
        std::vector<ImageId> ids;
        long long id = 0;
        soci::statement rows = (sql.prepare << "SELECT DISTINCT image_id FROM suggestion WHERE open > 0 AND (:r = '' OR run = :s) "
                                               "ORDER BY image_id",
                                soci::use(run), soci::use(run), soci::into(id));
        for (rows.execute(); rows.fetch();) ids.push_back(ImageId(id));
        return ids;
    });
}

Result<std::vector<SuggestedRun>> suggestedRuns(const Workspace& workspace) {
    return readBy(workspace, [](soci::session& sql) -> Result<std::vector<SuggestedRun>> {
        std::vector<SuggestedRun> all;
        std::string run;
        double at = 0;
        long long images = 0, open = 0;
        soci::statement rows =
            (sql.prepare << "SELECT run, max(at), count(*), sum(open) FROM suggestion WHERE open > 0 GROUP BY run "
                            "ORDER BY 2 DESC, 1",
             soci::into(run), soci::into(at), soci::into(images), soci::into(open));
        for (rows.execute(); rows.fetch();) all.push_back({run, at, images, open});
        return all;
    });
}

Result<> dropSuggestions(Workspace& workspace, const std::string& run) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        Bytes none(sql, annot::pack({}));
        sql << "UPDATE suggestion SET open = 0, body = :b WHERE run = :r", soci::use(none.blob()), soci::use(run);
        return {};
    });
}

Result<std::int64_t> commitAccepted(Workspace& workspace, const annot::AnnotationEdit& edit, std::span<const Acceptance> accepted) {
    long long seq = 0;
    const auto done = workspace.impl().transaction(Bump::Nothing, [&](soci::session& sql) -> Result<> {
        Entry entry;
        entry.accepted = accepted;
        LATHE_TRY(seq, applyEdit(sql, edit, entry));
        return {};
    });
    if (!done) return fail(done.error());
    return seq;
}

Result<std::int64_t> refuse(Workspace& workspace, ImageId image, const std::string& run, std::span<const AnnotationId> ids,
                            const std::string& who) {
    return written(workspace, [&](soci::session& sql) -> Result<std::int64_t> {
        LATHE_TRY(OpenSet set, OpenSet::read(sql, image, run));
        LATHE_TRY(const long long deed, refuseIn(sql, set, ids, who));
        return deed;
    });
}

Result<> unrefuse(Workspace& workspace, ImageId image, std::int64_t refused, const std::string& who) {
    return workspace.write([&](soci::session& sql) -> Result<> {
        LATHE_TRY(const auto rows,
                  verdicts(sql, fmt::format("image_id = {} AND deed = {} AND outcome = 'refused'", image.value, refused)));
        for (const auto& row : rows) LATHE_CHECK(reopen(sql, row, who));
        return {};
    });
}

Result<std::vector<OutcomeRow>> outcomes(const Workspace& workspace, ImageId image) {
    return readBy(workspace, [&](soci::session& sql) -> Result<std::vector<OutcomeRow>> {
        LATHE_TRY(const auto all, verdicts(sql, fmt::format("image_id = {}", image.value)));
        std::vector<OutcomeRow> rows;
        for (const auto& v : all) rows.push_back(v.row);
        return rows;
    });
}

Result<OutcomeCounts> outcomeCounts(const Workspace& workspace, const std::string& run) {
    return readBy(workspace, [&](soci::session& sql) -> Result<OutcomeCounts> {
        OutcomeCounts counts;
        addCounts(sql, run, counts);
        long long open = 0;
        soci::indicator has = soci::i_null;
        sql << "SELECT sum(open) FROM suggestion WHERE run = :r", soci::use(run), soci::into(open, has);
        counts.open = has == soci::i_ok ? open : 0;
        return counts;
    });
}

}  // namespace lathe::store
