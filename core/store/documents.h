// The document of one image inside a write: read, replace by the frozen rule, journal. For core/store alone.
#pragma once
#include <soci/soci.h>

#include "core/annot/edit.h"
#include "core/store/records.h"

namespace lathe::store {

struct StoredDocument {
    long long id = 0;  ///< 0: none yet
    long long nextAnnotation = 1;
    std::string state;
    annot::Annotations annotations;
};

/// NotFound when there is no such image; Corrupt when its document can't be unpacked.
[[nodiscard]] Result<StoredDocument> readDocument(soci::session& sql, ImageId image);
/// Changes the document in place if no snapshot names it (id above meta.frozen_doc), else adds a new one.
void storeDocument(soci::session& sql, ImageId image, const StoredDocument& old, const PackedDocument& packed);
/// Appends to the journal; returns the new seq. `ref`: the edit's seq that an undo or redo is about.
[[nodiscard]] long long appendJournal(soci::session& sql, const annot::AnnotationEdit& edit, const std::string& op, long long ref);
/// Inserts a document row; returns its id.
[[nodiscard]] long long insertDocument(soci::session& sql, const PackedDocument& packed);

/// What could be undone and redone: seqs of edits, the last is next.
struct Steps {
    std::vector<long long> undo, redo;
};
[[nodiscard]] Steps stepsOf(soci::session& sql, ImageId image);

}  // namespace lathe::store
