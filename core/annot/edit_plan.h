// Edits made from what is wanted: another drawing order, another state altogether.
#pragma once
#include "core/annot/edit.h"

namespace lathe::annot {

/// Moves the annotations of these ids, which keep their order among themselves, into the gap below position `to` (the number of
/// annotations: to the top). Ids that aren't there are left out; what stands right already isn't moved.
[[nodiscard]] std::vector<Change> reorderOf(const Annotations& annotations, const std::vector<AnnotationId>& ids, int to);
/// What turns `from` into `to`, ids, values and order: going back to a moment of the past as one edit.
[[nodiscard]] std::vector<Change> changesBetween(const Annotations& from, const Annotations& to);

}  // namespace lathe::annot
