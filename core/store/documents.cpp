#include "core/store/documents.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/hash.h"

namespace lathe::store {

using base::fail;

PackedDocument packDocument(const annot::Annotations& annotations) {
    PackedDocument packed;
    packed.body = annot::pack(annotations);
    packed.digest = base::sha256(packed.body);
    packed.objects = static_cast<long long>(annotations.size());
    for (const auto& a : annotations) packed.nextAnnotation = std::max<long long>(packed.nextAnnotation, a.id.value + 1);
    return packed;
}

PackedDocument packDocument(const annot::PackedList& annotations) {
    PackedDocument packed;
    packed.body = annotations.document();
    packed.digest = base::sha256(packed.body);
    packed.objects = static_cast<long long>(annotations.size());
    for (std::size_t k = 0; k < annotations.size(); ++k)
        packed.nextAnnotation = std::max<long long>(packed.nextAnnotation, annotations.id(k).value + 1);
    return packed;
}

Result<StoredDocument> readDocument(soci::session& sql, ImageId image) {
    StoredDocument document;
    const long long id = image.value;
    Bytes body(sql);
    soci::indicator has = soci::i_null;
    sql << "SELECT i.doc_id, i.next_annotation, i.state, d.body FROM image i LEFT JOIN annotation_doc d ON d.id = i.doc_id WHERE "
           "i.id = :i",
        soci::use(id), soci::into(document.id), soci::into(document.nextAnnotation), soci::into(document.state),
        soci::into(body.blob(), has);
    if (!sql.got_data()) return fail(ErrorCode::NotFound, "there is no such image in the workspace", fmt::format("image {}", id));
    if (has != soci::i_ok) return document;
    auto annotations = annot::unpack(body.get());
    if (!annotations) return fail(annotations.error().code, annotations.error().message, fmt::format("image {}", id));
    document.annotations = std::move(*annotations);
    return document;
}

long long insertDocument(soci::session& sql, const PackedDocument& packed) {
    Bytes body(sql, packed.body);
    const long long id = oneNumber(sql, "SELECT max(id) FROM annotation_doc") + 1;
    sql << "INSERT INTO annotation_doc (id, digest, objects, body) VALUES (:i, :d, :o, :b)", soci::use(id),
        soci::use(packed.digest), soci::use(packed.objects), soci::use(body.blob());
    return id;
}

void storeDocument(soci::session& sql, ImageId image, const StoredDocument& old, const PackedDocument& packed) {
    const long long id = image.value;
    const long long frozen = oneNumber(sql, "SELECT CAST(value AS INTEGER) FROM meta WHERE key='frozen_doc'");
    long long document = old.id;
    if (old.id > frozen) {
        Bytes body(sql, packed.body);
        sql << "UPDATE annotation_doc SET digest = :d, objects = :o, body = :b WHERE id = :i", soci::use(packed.digest),
            soci::use(packed.objects), soci::use(body.blob()), soci::use(old.id);
    } else {
        document = insertDocument(sql, packed);
    }
    const long long next = std::max(old.nextAnnotation, packed.nextAnnotation);
    sql << "UPDATE image SET doc_id = :d, next_annotation = :n WHERE id = :i", soci::use(document), soci::use(next), soci::use(id);
}

Steps stepsOf(soci::session& sql, ImageId image) {
    Steps steps;
    const long long id = image.value;
    long long seq = 0, ref = 0;
    std::string op;
    soci::statement rows = (sql.prepare << "SELECT seq, op, ref FROM journal WHERE image_id = :i ORDER BY seq", soci::use(id),
                            soci::into(seq), soci::into(op), soci::into(ref));
    for (rows.execute(); rows.fetch();) {
        if (op == "edit") steps.undo.push_back(seq), steps.redo.clear();
        if (op == "import") steps.redo.clear();
        if (op == "undo" && !steps.undo.empty()) steps.undo.pop_back(), steps.redo.push_back(ref);
        if (op == "redo" && !steps.redo.empty()) steps.redo.pop_back(), steps.undo.push_back(ref);
    }
    return steps;
}

}  // namespace lathe::store
