#include "core/store/class_ops.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/time.h"
#include "core/store/batch_rows.h"
#include "core/store/class_rows.h"
#include "core/store/column_index.h"
#include "core/store/documents.h"
#include "core/store/transact.h"

namespace lathe::store {
namespace {

using annot::Annotation;
using annot::AnnotationEdit;
using annot::Change;

std::int64_t objectsOf(const ColumnIndex& index, ClassId id, const std::vector<std::uint32_t>& ranks) {
    const auto start = index.objectStart();
    const auto classes = index.objectClasses();
    std::int64_t n = 0;
    for (const auto rank : ranks)
        n += std::count(classes.begin() + start[rank], classes.begin() + start[rank + 1], std::int32_t(id.value));
    return n;
}

/// Images that had the class when the index was made, and the journal's place then.
struct Candidates {
    std::set<std::int64_t> images;
    std::int64_t journal = 0;
};

Result<Candidates> candidates(const Workspace& workspace, ClassId id, const std::stop_token& stop) {
    LATHE_TRY(const auto index, ColumnIndex::load(workspace, stop));
    Candidates found;
    for (const auto rank : index->ranksWithClass(id)) found.images.insert(index->imageIds()[rank]);
    found.journal = index->revision().journal;
    return found;
}

void addLater(soci::session& sql, Candidates& found) {
    for (const ImageId id : imageIds(sql, fmt::format("SELECT DISTINCT image_id FROM journal WHERE seq > {}", found.journal)))
        found.images.insert(id.value);
}

Result<ClassRecord> recordOf(soci::session& sql, ClassId id) {
    const auto all = classRecords(sql);
    const auto at = std::ranges::find(all, id.value, &ClassRecord::id);
    if (at == all.end()) return fail(ErrorCode::NotFound, fmt::format("there is no class {}: it was merged or deleted", id.value));
    return *at;
}

// ---- rows of class

/// Classes whose parent was `from` get `to`; returns what undo needs.
Json moveChildren(soci::session& sql, const std::string& from, const std::string& to) {
    Json moved{{"from", from}, {"to", to}, {"ids", Json::array()}};
    if (from.empty() || from == to) return moved;
    for (const ClassRecord& r : classRecords(sql))
        if (r.parent == from) moved["ids"].push_back(r.id);
    sql << "UPDATE class SET parent = :t WHERE parent = :f", soci::use(to), soci::use(from);
    return moved;
}

void moveChildrenBack(soci::session& sql, const Json& moved) {
    const auto from = moved["from"].get<std::string>(), to = moved["to"].get<std::string>();
    for (const Json& id : moved["ids"]) {
        const auto child = id.get<long long>();
        sql << "UPDATE class SET parent = :f WHERE id = :i AND parent = :t", soci::use(from), soci::use(child), soci::use(to);
    }
}

Result<> setName(soci::session& sql, ClassId id, const std::string& name) {
    for (const ClassRecord& r : classRecords(sql))
        if (r.name == name && r.id != id.value)
            return fail(ErrorCode::AlreadyExists, "there is a class of this name already; merge the two or choose another", name);
    const long long key = id.value;
    sql << "UPDATE class SET name = :n WHERE id = :i", soci::use(name), soci::use(key);
    return {};
}

// ---- the batch

/// Makes the changes of one image; none: the image is left alone.
using Changes = std::function<std::vector<Change>(ImageId, const annot::Annotations&)>;

class Walk {
public:
    Walk(soci::session& sql, AnnotationEdit frame, BatchResult& result, std::stop_token stop, const Progress& progress)
        : m_sql(sql), m_frame(std::move(frame)), m_result(result), m_stop(std::move(stop)), m_progress(progress) {}

    Result<> over(const std::set<std::int64_t>& images, const Changes& changes) {
        std::int64_t done = 0;
        for (const auto image : images) {
            if (m_stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped; nothing was changed");
            LATHE_CHECK(one(ImageId(image), changes));
            m_progress.report(++done, std::int64_t(images.size()), m_frame.label);
        }
        return {};
    }

private:
    Result<> one(ImageId image, const Changes& changes) {
        LATHE_TRY(const StoredDocument document, readDocument(m_sql, image));
        m_frame.image = image;
        m_frame.changes = changes(image, document.annotations);
        if (m_frame.changes.empty()) return {};
        Entry entry;
        entry.batch = m_result.batch.value;
        if (auto applied = applyEdit(m_sql, m_frame, entry); !applied) return fail(std::move(applied).error());
        ++m_result.images, m_result.annotations += std::int64_t(m_frame.changes.size());
        return {};
    }

    soci::session& m_sql;
    AnnotationEdit m_frame;
    BatchResult& m_result;
    std::stop_token m_stop;
    Progress m_progress;
};

std::vector<Change> merged(const annot::Annotations& annotations, ClassId from, ClassId into) {
    const auto isLabel = [](const Annotation& a) { return std::holds_alternative<annot::ImageLabel>(a.shape); };
    bool labelled = std::ranges::any_of(annotations, [&](const auto& a) { return a.classId == into && isLabel(a); });
    std::vector<Change> changes;
    std::vector<AnnotationId> doubled;
    for (const auto& a : annotations) {
        if (a.classId != from) continue;
        if (isLabel(a) && std::exchange(labelled, labelled || isLabel(a))) {
            doubled.push_back(a.id);
            continue;
        }
        Annotation next = a;
        next.classId = into;
        changes.push_back({a, std::move(next), -1, -1});
    }
    std::ranges::move(annot::removalOf(annotations, doubled), std::back_inserter(changes));
    return changes;
}

std::vector<Change> removed(const annot::Annotations& annotations, ClassId id) {
    std::vector<AnnotationId> ids;
    for (const auto& a : annotations)
        if (a.classId == id) ids.push_back(a.id);
    return annot::removalOf(annotations, ids);
}

/// One operation that takes a class away.
struct Removal {
    ClassId from, into;  ///< into 0: deleted
    std::string label;
};

Result<BatchResult> takeAway(soci::session& sql, const Removal& what, const ClassRecord& record, const std::string& newParent,
                             Candidates found, const std::string& who, const std::stop_token& stop, const Progress& progress) {
    addLater(sql, found);
    BatchResult result;
    result.batch = BatchId(beginBatch(sql, what.label, who));
    Walk walk(sql, {{}, who, base::now(), what.label, {}}, result, stop, progress);
    LATHE_CHECK(walk.over(found.images, [&](ImageId, const annot::Annotations& annotations) {
        return what.into.valid() ? merged(annotations, what.from, what.into) : removed(annotations, what.from);
    }));
    retireClass(sql, what.from.value, what.into.value);
    const Json children = moveChildren(sql, record.name, newParent);
    endBatch(sql, result, {{"retired", what.from.value}, {"children", children}});
    return result;
}

// ---- undo

/// What takes one change back from `now`; nullopt: it can't be.
std::optional<Change> takenBack(const annot::Annotations& now, const Change& change) {
    const auto at = std::ranges::find(now, (change.before ? *change.before : *change.after).id, &Annotation::id);
    if (at == now.end())
        return change.after ? std::nullopt : std::optional(Change{std::nullopt, change.before, -1, change.orderBefore});
    if (!change.after) return std::nullopt;
    if (*at == *change.after) return Change{*at, change.before, change.before ? -1 : int(at - now.begin()), -1};
    if (!change.before || at->classId != change.after->classId || change.before->classId == change.after->classId)
        return std::nullopt;
    Annotation next = *at;
    next.classId = change.before->classId;
    return Change{*at, std::move(next), -1, -1};
}

bool isAsBefore(const annot::Annotations& now, const Change& change) {
    const auto at = std::ranges::find(now, (change.before ? *change.before : *change.after).id, &Annotation::id);
    if (at == now.end() || !change.before) return at == now.end() && !change.before;
    if (at->classId != change.before->classId) return false;
    return !change.after || *at == *change.before || change.before->classId != change.after->classId;
}

/// What undoes one image's part on its present annotations. Counts what can't be taken back.
std::vector<Change> undone(const annot::Annotations& now, const std::vector<Change>& changes, std::int64_t& skipped) {
    std::vector<Change> back;
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        if (!change->before && !change->after) continue;
        if (auto taken = takenBack(now, *change))
            back.push_back(std::move(*taken));
        else if (!isAsBefore(now, *change))
            ++skipped;
    }
    return back;
}

struct Part {
    long long seq = 0;
    ImageId image;
};

std::vector<Part> partsOf(soci::session& sql, BatchId batch) {
    std::vector<Part> parts;
    const long long id = batch.value;
    long long seq = 0, image = 0;
    soci::statement rows = (sql.prepare << "SELECT seq, image_id FROM journal WHERE batch = :b AND batch > 0 AND op = 'edit' "
                                           "ORDER BY seq",
                            soci::use(id), soci::into(seq), soci::into(image));
    for (rows.execute(); rows.fetch();) parts.push_back({seq, ImageId(image)});
    return parts;
}

Result<> undoPart(soci::session& sql, const Part& part, AnnotationEdit& frame, BatchResult& result) {
    LATHE_TRY(const AnnotationEdit edit, editAt(sql, part.seq));
    LATHE_TRY(const StoredDocument document, readDocument(sql, part.image));
    frame.image = part.image;
    const Steps steps = stepsOf(sql, part.image);
    const bool last = !steps.undo.empty() && steps.undo.back() == part.seq;
    frame.changes = last ? edit.inverse().changes : undone(document.annotations, edit.changes, result.skipped);
    if (frame.changes.empty()) return {};
    Entry entry;
    entry.batch = result.batch.value;
    entry.op = last ? "undo" : "edit", entry.ref = last ? part.seq : 0;
    if (auto applied = applyEdit(sql, frame, entry); !applied) return fail(std::move(applied).error());
    ++result.images, result.annotations += std::int64_t(frame.changes.size());
    return {};
}

Result<> undoClasses(soci::session& sql, const Json& classes) {
    if (classes.contains("retired")) reviveClass(sql, classes["retired"].get<long long>());
    if (classes.contains("renamed"))
        LATHE_CHECK(setName(sql, ClassId(classes["renamed"].get<long long>()), classes["children"]["from"].get<std::string>()));
    if (classes.contains("children")) moveChildrenBack(sql, classes["children"]);
    return {};
}

struct StoredBatch {
    std::string label;
    Json classes;
};

Result<StoredBatch> batchToUndo(soci::session& sql, BatchId batch) {
    const long long id = batch.value;
    std::string label, classes;
    int undone = 0;
    sql << "SELECT label, classes, undone FROM batch WHERE id = :i", soci::use(id), soci::into(label), soci::into(classes),
        soci::into(undone);
    if (!sql.got_data()) return fail(ErrorCode::NotFound, fmt::format("there is no operation {}", id));
    if (undone) return fail(ErrorCode::InvalidArgument, "this has been undone already", label);
    LATHE_TRY(const Json json, base::parseJson(classes));
    return StoredBatch{label, json};
}

}  // namespace

Result<ClassImpact> impactOf(const Workspace& workspace, ClassId id, std::stop_token stop) {
    LATHE_TRY(const auto index, ColumnIndex::load(workspace, stop));
    return readBy(workspace, [&](soci::session& sql) -> Result<ClassImpact> {
        LATHE_TRY(const ClassRecord record, recordOf(sql, id));
        const auto ranks = index->ranksWithClass(id);
        const auto all = classRecords(sql);
        return ClassImpact{std::int64_t(ranks.size()), objectsOf(*index, id, ranks),
                           std::ranges::count(all, record.name, &ClassRecord::parent)};
    });
}

Result<BatchResult> renameClass(Workspace& workspace, ClassId id, const std::string& name, const std::string& who) {
    if (name.find_first_not_of(" \t\r\n") == std::string::npos) return fail(ErrorCode::InvalidArgument, "a class needs a name");
    return written(workspace, [&](soci::session& sql) -> Result<BatchResult> {
        LATHE_TRY(const ClassRecord record, recordOf(sql, id));
        LATHE_CHECK(setName(sql, id, name));
        BatchResult result;
        result.batch = BatchId(beginBatch(sql, fmt::format("Rename class {} to {}", record.name, name), who));
        endBatch(sql, result, {{"renamed", id.value}, {"children", moveChildren(sql, record.name, name)}});
        return result;
    });
}

Result<BatchResult> mergeClass(Workspace& workspace, ClassId from, ClassId into, const std::string& who, std::stop_token stop,
                               Progress progress) {
    if (from == into) return fail(ErrorCode::InvalidArgument, "a class can't be merged into itself");
    LATHE_TRY(const Candidates found, candidates(workspace, from, stop));
    return written(workspace, [&](soci::session& sql) -> Result<BatchResult> {
        LATHE_TRY(const ClassRecord record, recordOf(sql, from));
        LATHE_TRY(const ClassRecord target, recordOf(sql, into));
        // The target may itself be a child of what goes: it moves up.
        const std::string parent = target.parent == record.name ? record.parent : target.name;
        const Removal what{from, into, fmt::format("Merge class {} into {}", record.name, target.name)};
        return takeAway(sql, what, record, parent, found, who, stop, progress);
    });
}

Result<BatchResult> deleteClass(Workspace& workspace, ClassId id, const std::string& who, std::stop_token stop, Progress progress) {
    LATHE_TRY(const Candidates found, candidates(workspace, id, stop));
    return written(workspace, [&](soci::session& sql) -> Result<BatchResult> {
        LATHE_TRY(const ClassRecord record, recordOf(sql, id));
        const Removal what{id, {}, fmt::format("Delete class {}", record.name)};
        return takeAway(sql, what, record, record.parent, found, who, stop, progress);
    });
}

Result<BatchResult> relabel(Workspace& workspace, const ObjectsByImage& objects, ClassId into, const std::string& who,
                            std::stop_token stop, Progress progress) {
    std::set<std::int64_t> images;
    for (const auto& [image, ids] : objects) images.insert(image.value);
    return written(workspace, [&](soci::session& sql) -> Result<BatchResult> {
        LATHE_TRY(const ClassRecord target, recordOf(sql, into));
        const std::string label = fmt::format("Class of many objects: {}", target.name);
        BatchResult result;
        result.batch = BatchId(beginBatch(sql, label, who));
        Walk walk(sql, {{}, who, base::now(), label, {}}, result, stop, progress);
        LATHE_CHECK(walk.over(images, [&](ImageId image, const annot::Annotations& annotations) {
            const auto& wanted = objects.at(image);
            std::vector<Change> changes;
            for (const auto& a : annotations) {
                if (a.classId == into || std::ranges::find(wanted, a.id) == wanted.end()) continue;
                Annotation next = a;
                next.classId = into;
                changes.push_back({a, std::move(next), -1, -1});
            }
            return changes;
        }));
        endBatch(sql, result, {{"children", moveChildren(sql, {}, {})}});
        return result;
    });
}

Result<BatchResult> undoBatch(Workspace& workspace, BatchId batch, const std::string& who, std::stop_token stop,
                              Progress progress) {
    return written(workspace, [&](soci::session& sql) -> Result<BatchResult> {
        LATHE_TRY(const StoredBatch stored, batchToUndo(sql, batch));
        LATHE_CHECK(undoClasses(sql, stored.classes));
        BatchResult result;
        result.batch = batch;
        AnnotationEdit frame{{}, who, base::now(), "Undo: " + stored.label, {}};
        const auto parts = partsOf(sql, batch);
        for (std::size_t k = 0; k < parts.size(); ++k) {
            if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped; nothing was changed");
            LATHE_CHECK(undoPart(sql, parts[k], frame, result));
            progress.report(std::int64_t(k + 1), std::int64_t(parts.size()), frame.label);
        }
        undoSplits(sql, batch);
        if (stored.classes.contains("meta")) undoMeta(sql, stored.classes["meta"]);
        sql << fmt::format("UPDATE batch SET undone = 1 WHERE id = {}", batch.value);
        return result;
    });
}

Result<std::vector<Batch>> batches(const Workspace& workspace, std::size_t most) {
    return readBy(workspace, [&](soci::session& sql) -> Result<std::vector<Batch>> {
        std::vector<Batch> all;
        long long id = 0, images = 0, annotations = 0;
        int undone = 0;
        double at = 0;
        std::string who, label;
        soci::statement rows = (sql.prepare << fmt::format("SELECT id, at, author, label, images, annotations, undone FROM batch "
                                                           "ORDER BY id DESC LIMIT {}",
                                                           most),
                                soci::into(id), soci::into(at), soci::into(who), soci::into(label), soci::into(images),
                                soci::into(annotations), soci::into(undone));
        for (rows.execute(); rows.fetch();) all.push_back({BatchId(id), at, who, label, images, annotations, undone != 0});
        return all;
    });
}

}  // namespace lathe::store
