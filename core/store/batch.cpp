#include "core/store/batch.h"

#include <fmt/format.h>

#include "core/annot/edit_plan.h"
#include "core/base/time.h"
#include "core/store/batch_rows.h"
#include "core/store/chunks.h"
#include "core/store/class_rows.h"
#include "core/store/documents.h"
#include "core/store/transact.h"

namespace lathe::store {
namespace {

void putMeta(soci::session& sql, const std::string& key, long long value) {
    const std::string text = std::to_string(value);
    sql << "UPDATE meta SET value = :v WHERE key = :k", soci::use(text), soci::use(key);
}

long long getMeta(soci::session& sql, const std::string& key) {
    long long value = 0;
    sql << "SELECT CAST(value AS INTEGER) FROM meta WHERE key = :k", soci::use(key), soci::into(value);
    return sql.got_data() ? value : 0;
}

}  // namespace

long long beginBatch(soci::session& sql, const std::string& label, const std::string& who) {
    const long long id = oneNumber(sql, "SELECT max(id) FROM batch") + 1;
    const double at = base::now();
    sql << "INSERT INTO batch (id, at, author, label, images, annotations, undone, classes) VALUES (:i,:a,:w,:l,0,0,0,'')",
        soci::use(id), soci::use(at), soci::use(who), soci::use(label);
    return id;
}

void endBatch(soci::session& sql, const BatchResult& result, const Json& undo) {
    const long long id = result.batch.value, images = result.images, annotations = result.annotations;
    const std::string text = undo.dump(-1, ' ', false, Json::error_handler_t::replace);
    sql << "UPDATE batch SET images = :n, annotations = :a, classes = :c WHERE id = :i", soci::use(images), soci::use(annotations),
        soci::use(text), soci::use(id);
}

void undoSplits(soci::session& sql, BatchId batch) {
    const auto any = oneNumber(sql, fmt::format("SELECT count(*) FROM batch_split WHERE batch = {}", batch.value));
    if (any == 0) return;
    sql << fmt::format(
        "UPDATE image SET split = (SELECT before_split FROM batch_split b WHERE b.batch = {0} AND b.image_id = image.id) "
        "WHERE EXISTS (SELECT 1 FROM batch_split b WHERE b.batch = {0} AND b.image_id = image.id AND b.after_split = image.split)",
        batch.value);
    touchImages(sql);
}

void undoMeta(soci::session& sql, const Json& meta) {
    for (const auto& [key, change] : meta.items())
        if (getMeta(sql, key) == change["after"].get<long long>()) putMeta(sql, key, change["before"].get<long long>());
}

BatchWriter::BatchWriter(soci::session& sql, std::string label, std::string who, BatchId batch)
    : m_sql(sql), m_label(std::move(label)), m_who(std::move(who)), m_at(base::now()) {
    m_result.batch = batch;
}

Result<> BatchWriter::setAnnotations(ImageId image, const annot::Annotations& to) {
    LATHE_TRY(const StoredDocument document, readDocument(m_sql, image));
    annot::AnnotationEdit edit{image, m_who, m_at, m_label, annot::changesBetween(document.annotations, to)};
    if (edit.changes.empty()) return {};
    Entry entry;
    entry.batch = m_result.batch.value;
    if (auto applied = applyEdit(m_sql, edit, entry); !applied) return fail(std::move(applied).error());
    ++m_result.images, m_result.annotations += std::int64_t(edit.changes.size());
    for (const auto& a : to) m_classes.insert(a.classId.value);
    return {};
}

void BatchWriter::setSplit(ImageId image, const std::string& split) {
    const long long id = image.value, batch = m_result.batch.value;
    m_sql
        << "INSERT INTO batch_split (batch, image_id, before_split, after_split) SELECT :b, id, split, :s FROM image WHERE id = :i",
        soci::use(batch), soci::use(split), soci::use(id);
    m_sql << "UPDATE image SET split = :s WHERE id = :i", soci::use(split), soci::use(id);
    m_splits = true;
}

Result<> BatchWriter::setSplit(std::span<const ImageId> images, const std::string& split) {
    LATHE_CHECK(checkSplit(split));
    const long long batch = m_result.batch.value;
    eachChunk(images, [&](const std::string& list) {
        m_sql << fmt::format(
            "INSERT INTO batch_split (batch, image_id, before_split, after_split) SELECT :b, id, split, :s FROM image WHERE id IN "
            "({})",
            list),
            soci::use(batch), soci::use(split);
        m_sql << fmt::format("UPDATE image SET split = :s WHERE id IN ({})", list), soci::use(split);
    });
    m_splits = m_splits || !images.empty();
    return {};
}

void BatchWriter::setMeta(const std::string& key, long long value) {
    m_meta[key] = {{"before", getMeta(m_sql, key)}, {"after", value}};
    putMeta(m_sql, key, value);
}

void BatchWriter::finish() {
    for (const auto id : m_classes) reviveClass(m_sql, id);
    if (m_splits) touchImages(m_sql);
    endBatch(m_sql, m_result, {{"meta", m_meta}});
}

Result<BatchResult> writeBatch(Workspace& workspace, const std::string& label, const std::string& who,
                               const std::function<Result<>(soci::session&, BatchWriter&)>& work) {
    return written(workspace, [&](soci::session& sql) -> Result<BatchResult> {
        BatchWriter writer(sql, label, who, BatchId(beginBatch(sql, label, who)));
        LATHE_CHECK(work(sql, writer));
        writer.finish();
        return writer.result();
    });
}

}  // namespace lathe::store
