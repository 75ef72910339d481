// Between pictures whose values say what is there and masks: for all formats that keep masks as image files. Private to
// core/formats.
#pragma once
#include <functional>
#include <opencv2/core/mat.hpp>
#include <set>
#include <unordered_map>
#include <vector>

#include "core/annot/shape.h"

namespace lathe::formats {

constexpr std::uint64_t kLargestMaskPixels = 1ull << 29;

/// Of one pixel: the grey level, the index, or 0xRRGGBB of a CV_8UC3 (B, G, R) picture.
[[nodiscard]] std::uint32_t maskValueAt(const cv::Mat& values, int y, int x);
/// Are red, green and blue the same everywhere?
[[nodiscard]] bool isGreyThroughout(const cv::Mat& bgr);
/// The different values of a picture; stops when there are more than `most`.
[[nodiscard]] std::set<std::uint32_t> maskValuesOf(const cv::Mat& values, std::size_t most);

struct ValueMask {
    std::uint32_t value = 0;
    annot::Mask mask;
};
/// One mask for each number that `meaning` gives to the picture's values (several may get the same), in ascending order; 0: none.
/// The masks are those of maskFromRaster(), made in one pass.
[[nodiscard]] std::vector<ValueMask> masksByValue(const cv::Mat& values,
                                                  const std::function<std::uint32_t(std::uint32_t)>& meaning);

/// Draws areal shapes over each other.
class MaskPainter {
public:
    MaskPainter(int width, int height) : m_values(height, width, CV_32SC1, cv::Scalar(0)) {}

    struct Painted {
        std::uint64_t pixels = 0;  ///< that the shape covers
        bool hides = false;        ///< pixels of another value among them
        bool merges = false;       ///< `value` was there before
    };
    /// The shape's pixels get `value` (above 0).
    Painted paint(const annot::Shape& areal, int value);
    /// Pixels that still have the value.
    [[nodiscard]] std::uint64_t left(int value) const;
    /// CV_32SC1, 0 where nothing was drawn.
    [[nodiscard]] const cv::Mat& values() const { return m_values; }

private:
    cv::Mat m_values;
    std::unordered_map<int, std::uint64_t> m_left;
};

/// Box, polygon, mask, turned box or ellipse?
[[nodiscard]] bool canBePainted(const annot::Shape& shape);

/// The colour (0xRRGGBB) that Pascal VOC's devkit gives to an index.
[[nodiscard]] std::uint32_t vocColour(unsigned index);
/// "#rrggbb" of 0xRRGGBB and back; nothing when the text is no such colour.
[[nodiscard]] std::string colourText(std::uint32_t colour);
[[nodiscard]] std::optional<std::uint32_t> colourOf(std::string_view text);

}  // namespace lathe::formats
