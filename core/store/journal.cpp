// Annotations and their journal: every change is one transaction; undo and redo are derived from the journal.
#include <fmt/format.h>

#include <set>

#include "core/base/time.h"
#include "core/store/class_rows.h"
#include "core/store/documents.h"
#include "core/store/impl.h"
#include "core/store/state_rows.h"
#include "core/store/suggestion_rows.h"

namespace lathe::store {
namespace {

using base::fail;

long long appendJournal(soci::session& sql, const annot::AnnotationEdit& edit, const Entry& entry) {
    const long long seq = oneNumber(sql, "SELECT max(seq) FROM journal") + 1;
    const long long image = edit.image.value;
    Bytes body(sql, annot::packEdit(edit));
    sql << "INSERT INTO journal (seq, image_id, at, author, op, ref, label, body, batch) VALUES (:s,:i,:a,:w,:o,:r,:l,:b,:g)",
        soci::use(seq), soci::use(image), soci::use(edit.at), soci::use(edit.author), soci::use(entry.op), soci::use(entry.ref),
        soci::use(edit.label), soci::use(body.blob()), soci::use(entry.batch);
    return seq;
}

void begin(soci::session& sql, const annot::AnnotationEdit& edit) {
    const long long id = edit.image.value;
    sql << "UPDATE image SET state = 'in_progress' WHERE id = :i", soci::use(id);
    StateLog(sql).add({edit.image, edit.author, edit.at, "new", "in_progress", {}});
}

/// Undo, history and paste may bring back a class that was merged or deleted since.
void reviveClasses(soci::session& sql, const annot::AnnotationEdit& edit) {
    if (oneNumber(sql, "SELECT count(*) FROM retired_class") == 0) return;
    std::set<std::int64_t> named;
    for (const auto& change : edit.changes)
        if (change.after) named.insert(change.after->classId.value);
    bool any = false;
    for (const auto id : named) any |= reviveClass(sql, id);
    if (any) sql << "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'records'";
}

using Stack = std::vector<long long> Steps::*;

/// Undo (inverse of the last step) and redo (the step again) are the same but for the stack and the direction.
Result<std::optional<annot::AnnotationEdit>> step(Workspace::Impl& impl, ImageId image, const std::string& who, Stack stack) {
    std::optional<annot::AnnotationEdit> done;
    const bool undoing = stack == &Steps::undo;
    LATHE_CHECK(impl.transaction(Bump::Nothing, [&](soci::session& sql) -> Result<> {
        done.reset();
        const Steps steps = stepsOf(sql, image);
        if ((steps.*stack).empty()) return {};
        const long long ref = (steps.*stack).back();
        LATHE_TRY(auto edit, editAt(sql, ref));
        if (undoing) edit = edit.inverse();
        edit.image = image, edit.author = who, edit.at = base::now();
        Entry entry;
        entry.op = undoing ? "undo" : "redo", entry.ref = ref;
        if (auto applied = applyEdit(sql, edit, entry); !applied) return fail(std::move(applied).error());
        done = std::move(edit);
        return {};
    }));
    return done;
}

Result<Steps> readSteps(const Workspace& workspace, ImageId image) {
    Steps steps;
    LATHE_CHECK(workspace.read([&](soci::session& sql) -> Result<> {
        steps = stepsOf(sql, image);
        return {};
    }));
    return steps;
}

}  // namespace

Result<long long> applyEdit(soci::session& sql, const annot::AnnotationEdit& edit, const Entry& entry) {
    LATHE_TRY(StoredDocument document, readDocument(sql, edit.image));
    annot::Annotations annotations = std::move(document.annotations);
    LATHE_CHECK(annot::apply(annotations, edit));
    PackedDocument packed = packDocument(annotations);
    for (const auto& change : edit.changes)
        if (change.after) packed.nextAnnotation = std::max<long long>(packed.nextAnnotation, change.after->id.value + 1);
    storeDocument(sql, edit.image, document, packed);
    const long long seq = appendJournal(sql, edit, entry);
    if (document.state == "new" && entry.batch == 0) begin(sql, edit);
    if (entry.batch == 0) reviveClasses(sql, edit);
    if (auto followed = followSuggestions(sql, edit, entry); !followed) return fail(std::move(followed).error());
    return seq;
}

Result<annot::AnnotationEdit> editAt(soci::session& sql, long long seq) {
    Bytes body(sql);
    sql << "SELECT body FROM journal WHERE seq = :s", soci::use(seq), soci::into(body.blob());
    if (!sql.got_data()) return fail(ErrorCode::Corrupt, fmt::format("the journal has no entry {}", seq));
    return annot::unpackEdit(body.get());
}

Result<annot::Annotations> Workspace::annotations(ImageId image) const {
    annot::Annotations annotations;
    LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
        LATHE_TRY(auto document, readDocument(sql, image));
        annotations = std::move(document.annotations);
        return {};
    }));
    return annotations;
}

Result<AnnotationId> Workspace::nextAnnotationId(ImageId image) const {
    long long next = 0;
    LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
        const long long id = image.value;
        sql << "SELECT next_annotation FROM image WHERE id = :i", soci::use(id), soci::into(next);
        if (!sql.got_data())
            return fail(ErrorCode::NotFound, "there is no such image in the workspace", fmt::format("image {}", id));
        return {};
    }));
    return AnnotationId(next);
}

Result<std::int64_t> Workspace::commit(const annot::AnnotationEdit& edit) {
    long long seq = 0;
    LATHE_CHECK(m_impl->transaction(Bump::Nothing, [&](soci::session& sql) -> Result<> {
        LATHE_TRY(seq, applyEdit(sql, edit, {}));
        return {};
    }));
    return seq;
}

Result<std::optional<annot::AnnotationEdit>> Workspace::undo(ImageId image, const std::string& who) {
    return step(*m_impl, image, who, &Steps::undo);
}

Result<std::optional<annot::AnnotationEdit>> Workspace::redo(ImageId image, const std::string& who) {
    return step(*m_impl, image, who, &Steps::redo);
}

Result<bool> Workspace::canUndo(ImageId image) const {
    LATHE_TRY(const auto steps, readSteps(*this, image));
    return !steps.undo.empty();
}

Result<bool> Workspace::canRedo(ImageId image) const {
    LATHE_TRY(const auto steps, readSteps(*this, image));
    return !steps.redo.empty();
}

Result<std::vector<JournalEntry>> Workspace::history(ImageId image) const {
    std::vector<JournalEntry> entries;
    LATHE_CHECK(read([&](soci::session& sql) -> Result<> {
        const long long id = image.value;
        long long seq = 0, batch = 0;
        double at = 0;
        std::string author, op, label;
        Bytes body(sql);
        soci::statement rows =
            (sql.prepare << "SELECT seq, at, author, op, label, body, batch FROM journal WHERE image_id = :i ORDER BY seq",
             soci::use(id), soci::into(seq), soci::into(at), soci::into(author), soci::into(op), soci::into(label),
             soci::into(body.blob()), soci::into(batch));
        for (rows.execute(); rows.fetch();) {
            JournalEntry entry{seq, {image, author, at, label, {}}, op, batch};
            if (op != "import") {
                LATHE_TRY(entry.edit, annot::unpackEdit(body.get()));
            }
            entries.push_back(std::move(entry));
        }
        return {};
    }));
    return entries;
}

}  // namespace lathe::store
