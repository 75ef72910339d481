// The terms attribute: and meta: over the column index, and over the documents where the index doesn't keep the values. For
// core/data alone.
#pragma once
#include "core/data/bits.h"
#include "core/data/query_parse.h"

namespace lathe::data {

/// The images that have the field with such a value: of an attribute, on any of their shapes or on themselves. Texts are the same
/// without regard to case when none is the same letter by letter; "3" and "3.0" are the same number. Errors name the column of a
/// field that isn't there, and those that are.
[[nodiscard]] Result<Bits> withField(const store::Workspace& workspace, const store::ColumnIndex& index, const FieldTerm& term);
/// The objects, by their places in the index, of the images `among` that have such an attribute themselves or sit in an image that
/// has. Reads those images' documents.
[[nodiscard]] Result<Bits> objectsWithField(const store::Workspace& workspace, const store::ColumnIndex& index,
                                            const FieldTerm& term, const Bits& among);
/// group:NAME, group:none. An error with the term's column when the workspace has no rule.
[[nodiscard]] Result<Bits> inGroup(const store::ColumnIndex& index, const TextTerm& term);

}  // namespace lathe::data
