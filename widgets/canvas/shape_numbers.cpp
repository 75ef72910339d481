#include "widgets/canvas/shape_numbers.h"

#include <cmath>
#include <numbers>

namespace lathe::widgets::canvas {

namespace {

constexpr Number kBounds[] = {Number::X, Number::Y, Number::Width, Number::Height};
constexpr Number kPlace[] = {Number::X, Number::Y};
constexpr Number kTurned[] = {Number::CentreX, Number::CentreY, Number::Width, Number::Height, Number::Angle};
constexpr Number kRound[] = {Number::CentreX, Number::CentreY, Number::RadiusX, Number::RadiusY, Number::Angle};
constexpr double kDegrees = 180 / std::numbers::pi;

using Values = std::array<double, 5>;

double degrees(double radians) {
    return std::remainder(radians * kDegrees, 360);
}

struct Read {
    Values operator()(const annot::RotatedBox& b) const { return {b.centre.x, b.centre.y, b.w, b.h, degrees(b.angle)}; }
    Values operator()(const annot::Ellipse& e) const { return {e.centre.x, e.centre.y, e.rx, e.ry, degrees(e.angle)}; }
    Values operator()(const annot::Dot& d) const { return {d.at.x, d.at.y}; }
    template <class T>
    Values operator()(const T& other) const {
        const annot::Rect r = annot::bounds(annot::Shape(other));
        return {r.x, r.y, r.w, r.h};
    }
};

/// A flat shape (a straight line) has no size to scale in that direction.
annot::Shape placed(annot::Shape shape, const Values& v) {
    const annot::Rect from = annot::bounds(shape);
    if (from.w == v[2] && from.h == v[3]) return annot::translated(std::move(shape), v[0] - from.x, v[1] - from.y);
    const annot::Rect to{v[0], v[1], from.w > 0 ? v[2] : from.w, from.h > 0 ? v[3] : from.h};
    return annot::scaled(std::move(shape), from, to);
}

struct Write {
    const Values& v;
    [[nodiscard]] bool sized() const { return v[2] > 0 && v[3] > 0; }
    annot::Shape operator()(annot::ImageLabel label) const { return label; }
    annot::Shape operator()(annot::Box box) const {
        if (sized()) box.rect = {v[0], v[1], v[2], v[3]};
        return box;
    }
    annot::Shape operator()(annot::RotatedBox b) const {
        return sized() ? annot::RotatedBox{{v[0], v[1]}, v[2], v[3], v[4] / kDegrees} : b;
    }
    annot::Shape operator()(annot::Ellipse e) const {
        return sized() ? annot::Ellipse{{v[0], v[1]}, v[2], v[3], v[4] / kDegrees} : e;
    }
    annot::Shape operator()(annot::Dot) const { return annot::Dot{{v[0], v[1]}}; }
    annot::Shape operator()(annot::Mask mask) const {
        const annot::Rect from = annot::bounds(annot::Shape(mask));
        return annot::translated(std::move(mask), std::round(v[0] - from.x), std::round(v[1] - from.y));
    }
    template <class T>
    annot::Shape operator()(T other) const {
        return placed(std::move(other), v);
    }
};

}  // namespace

std::span<const Number> numbersOf(const annot::Shape& shape) {
    if (std::holds_alternative<annot::ImageLabel>(shape)) return {};
    if (std::holds_alternative<annot::RotatedBox>(shape)) return kTurned;
    if (std::holds_alternative<annot::Ellipse>(shape)) return kRound;
    if (std::holds_alternative<annot::Dot>(shape) || std::holds_alternative<annot::Mask>(shape)) return kPlace;
    return kBounds;
}

std::array<double, 5> valuesOf(const annot::Shape& shape) {
    return std::visit(Read{}, shape);
}

annot::Shape withValues(annot::Shape shape, const std::array<double, 5>& values) {
    return std::visit([&](auto&& kind) { return Write{values}(std::forward<decltype(kind)>(kind)); }, std::move(shape));
}

}  // namespace lathe::widgets::canvas
