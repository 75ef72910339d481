// Duplicates in words of the language that is set: what was found, what a threshold means, how a picture is like the first.
#pragma once
#include <QString>

#include "widgets/browser/duplicates/duplicate_sets.h"
#include "widgets/browser/tiles/image_pages.h"

namespace lathe::widgets::browser::duplicates {

/// "12 groups, 31 images, 3 leaks between splits, 4 excluded".
[[nodiscard]] QString foundText(const data::Duplicates& found);
/// What pictures that differ in so many bits may differ in.
[[nodiscard]] QString thresholdText(int bits);
/// "Group 3", "Exact copies 3", "Leak 3".
[[nodiscard]] QString setTitle(DuplicateKind kind, std::size_t set);
/// "4 images, keeps 1, excludes 3"; of a leak its splits, as soon as they are known.
[[nodiscard]] QString setText(const DuplicateSets& sets, DuplicateKind kind, std::size_t set, tiles::ImagePages& pages);
/// "the first", "exact copy", "near, 3 bits from the first".
[[nodiscard]] QString likenessText(const DuplicateSets& sets, DuplicateKind kind, std::size_t row);
/// "Keep", "Exclude", "Leave as it is".
[[nodiscard]] QString fateText(data::Fate fate);
/// "640 × 480 · train · 12 labels".
[[nodiscard]] QString tileText(const tiles::Tile& tile);
/// "about 8 min": for so many images to be decoded. `perSecond` 0: not known.
[[nodiscard]] QString workText(std::int64_t images, double perSecond);

}  // namespace lathe::widgets::browser::duplicates
