// The exact numbers of a shape of any kind, and the shape with other numbers.
#pragma once
#include <array>
#include <span>

#include "core/annot/shape.h"

namespace lathe::widgets::canvas {

/// What a number is; its words are the panel's.
enum class Number { X, Y, Width, Height, CentreX, CentreY, RadiusX, RadiusY, Angle };
[[nodiscard]] constexpr bool isLength(Number n) {
    return n == Number::Width || n == Number::Height || n == Number::RadiusX || n == Number::RadiusY;
}
/// Those of a kind, in the panel's order; at most five, none for a label of the whole image.
[[nodiscard]] std::span<const Number> numbersOf(const annot::Shape& shape);
/// By the same order; angles in degrees from -180 to 180.
[[nodiscard]] std::array<double, 5> valuesOf(const annot::Shape& shape);
/// The shape with these numbers; itself when a length would be none. A mask moves by whole pixels and keeps its size.
[[nodiscard]] annot::Shape withValues(annot::Shape shape, const std::array<double, 5>& values);

}  // namespace lathe::widgets::canvas
