// Every change of annotations is a value. Undo is the edit's inverse, applied as a new edit.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/annot/annotation.h"

namespace lathe::annot {

/// One annotation of one image before and after. No before: added. No after: deleted. Orders are positions at the moment when the
/// change is applied, after the changes that stand before it in the edit: deleting several goes from the highest position down
/// (removalOf does), else the inverse puts them back in another order. With before and after, orderAfter -1 means "stays in place".
struct Change {
    std::optional<Annotation> before = {}, after = {};
    int orderBefore = -1, orderAfter = -1;  ///< position in the drawing order; -1: at the end / not there
    bool operator==(const Change&) const = default;
};

/// A step that is undone as one: who, when, where, what. `label` is a short English verb phrase ("Move box").
struct AnnotationEdit {
    ImageId image;
    std::string author;
    double at = 0;  ///< seconds since 1970
    std::string label;
    std::vector<Change> changes;

    [[nodiscard]] AnnotationEdit inverse() const;
    bool operator==(const AnnotationEdit&) const = default;
};

/// Deletes the annotations of these ids; ids that aren't there are left out. Its inverse restores the drawing order.
[[nodiscard]] std::vector<Change> removalOf(const Annotations& annotations, const std::vector<AnnotationId>& ids);
/// Applies to a document in memory (call it as annot::apply: std::apply is a candidate for vectors). ErrorCode::InvalidData when
/// `before` isn't what is there (someone else changed it), when an added id exists already; the document is as before then. Linear
/// in document and edit for edits of many shapes at once.
[[nodiscard]] Result<> apply(Annotations& annotations, const AnnotationEdit& edit);

[[nodiscard]] std::string packEdit(const AnnotationEdit& edit);
[[nodiscard]] Result<AnnotationEdit> unpackEdit(std::string_view body);

}  // namespace lathe::annot
