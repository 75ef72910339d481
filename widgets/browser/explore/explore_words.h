// The exploration's figures in words of the language that is set: tool tips, rows, what charts tell of themselves.
#pragma once
#include <QString>

#include "core/data/explore.h"

namespace lathe::widgets::browser::explore {

/// All: one bar a bin, counts. Beside, Over: a bar for each split, as shares of the split, so that splits compare.
enum class SplitView { All, Beside, Over };

/// "3 images", "12 objects in 3 images" where the bar counts objects.
[[nodiscard]] QString countText(const data::Count& count, bool objects);
/// "640–799: 312 images", and by split "640–799: train 312 (12 %), val 40 (11 %)".
[[nodiscard]] QString binText(const data::Exploration& x, const data::Bin& bin, bool objects, SplitView view);
/// Of the split: the bin's images or objects by all of the split's.
[[nodiscard]] double splitShare(const data::Exploration& x, const data::Bin& bin, std::size_t split, bool objects);
/// "Platelets: none in val".
[[nodiscard]] QString findingText(const data::Exploration& x, const data::Finding& finding);
/// "train 120, val 0, test 8": images with the class.
[[nodiscard]] QString findingCounts(const data::Exploration& x, const data::Finding& finding);
/// "44 images, 43 labelled, 491 objects, 4 classes".
[[nodiscard]] QString summaryText(const data::Exploration& x);

}  // namespace lathe::widgets::browser::explore
