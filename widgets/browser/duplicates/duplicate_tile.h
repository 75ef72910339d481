// Measures of a picture among duplicates, in pixels. For the view of them alone.
#pragma once

namespace lathe::widgets::browser::duplicates::duplicate_tile {

inline constexpr int kWidth = 208, kWide = 288;  ///< of groups, of leaks
inline constexpr int kEdge = 12, kGap = 8, kBelow = 4;
inline constexpr int kCaption = 56;  ///< three lines of 16 and their distance

[[nodiscard]] constexpr int heightOf(int width) {
    return width * 3 / 4 + kCaption;
}

}  // namespace lathe::widgets::browser::duplicates::duplicate_tile
