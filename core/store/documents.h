// The document of one image inside a write: read, replace by the frozen rule, edit and journal. For core/store alone.
#pragma once
#include <soci/soci.h>

#include "core/annot/edit.h"
#include "core/store/records.h"
#include "core/store/suggestions.h"

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

/// How an edit goes into the journal.
struct Entry {
    std::string op = "edit";
    long long ref = 0;    ///< the edit's seq that an undo or redo is about
    long long batch = 0;  ///< the class operation that it is part of: the image's state stays then
    std::span<const Acceptance> accepted = {};
};
/// Applies the edit to the image's document, journals it, and does what follows from it: the state of a new image, outcomes of
/// suggestions, retired classes that annotations name again. Returns the new seq.
[[nodiscard]] Result<long long> applyEdit(soci::session& sql, const annot::AnnotationEdit& edit, const Entry& entry);
[[nodiscard]] Result<annot::AnnotationEdit> editAt(soci::session& sql, long long seq);
/// Inserts a document row; returns its id.
[[nodiscard]] long long insertDocument(soci::session& sql, const PackedDocument& packed);

/// What could be undone and redone: seqs of edits, the last is next.
struct Steps {
    std::vector<long long> undo, redo;
};
[[nodiscard]] Steps stepsOf(soci::session& sql, ImageId image);

}  // namespace lathe::store
