// What differs between two versions, in words, and its images as rows side by side.
#pragma once
#include "widgets/browser/versions/version_compare.h"

namespace lathe::widgets::browser::versions {

/// A kind of difference to choose images by.
struct DiffKind {
    QString text;
    QColor colour;  ///< of the marks; invalid: none
    std::int64_t count = 0;
    unsigned image = 0;                      ///< an ImageChange; 0: not about the image
    std::optional<data::ShapeChange> shape;  ///< neither: all
    [[nodiscard]] bool has(const data::ItemDiff& item) const;
};
/// All first; kinds that don't occur are left out.
[[nodiscard]] std::vector<DiffKind> kindsOf(const data::ItemsDiff& items);
/// "2 images added, 3 annotations added, 1 changed"; equal versions: that they are.
[[nodiscard]] QString summaryOf(const Comparison& comparison);
/// One line for each thing: "train → test", "2 shapes added: car".
[[nodiscard]] QStringList wordsOf(const data::ItemDiff& item, const Comparison& comparison, const tiles::ClassLooks& classes);
[[nodiscard]] PairSource pairsOf(const std::shared_ptr<const Comparison>& comparison, const tiles::ClassLooks& classes);

}  // namespace lathe::widgets::browser::versions
