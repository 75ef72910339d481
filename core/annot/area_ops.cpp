#include "core/annot/area_ops.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "core/annot/clip.h"
#include "core/annot/convert.h"
#include "core/annot/mask.h"
#include "core/annot/runs.h"

namespace lathe::annot {
namespace {

using clip::Paths;
using ClipperLib::ctDifference;
using ClipperLib::ctIntersection;
using ClipperLib::ctUnion;

constexpr double kRound = 0.02;        // how far the ring of an ellipse may be from it
constexpr double kMostGrowth = 16384;  // pixels
constexpr int kMostStrength = 4;

Result<> checkAreal(const Shape& shape) {
    if (isAreal(shape)) return {};
    return fail(ErrorCode::InvalidData,
                fmt::format("a shape of the kind {} covers no area; choose boxes, ellipses, polygons or masks", kindName(shape)));
}

// Runs `work`, which may throw what Clipper throws.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const ClipperLib::clipperException& e) {
        return fail(ErrorCode::InvalidData, fmt::format("the outline can't be worked out: {}", e.what()));
    }
}

Result<Paths> pathsOf(const Shape& shape) {
    LATHE_CHECK(checkAreal(shape));
    const auto rings = ringsOf(shape, kRound);
    LATHE_CHECK(checkRings(rings));
    return clip::pathsOf(rings);
}

Shape polygonOf(const Paths& paths) {
    return Polygon{clip::ringsOf(paths)};
}

// Shapes in order, all of them areal, as the masks or the paths that an operation takes.
struct Operands {
    std::vector<Mask> masks;
    std::vector<Paths> paths;
};

Result<const Mask*> commonMask(const std::vector<const Shape*>& shapes) {
    const Mask* first = nullptr;
    for (const Shape* shape : shapes) {
        const auto* mask = std::get_if<Mask>(shape);
        if (!mask) continue;
        LATHE_CHECK(checkMask(*mask));
        if (first && (mask->width != first->width || mask->height != first->height))
            return fail(ErrorCode::InvalidData,
                        fmt::format("the masks are of {} x {} and {} x {} pixels; only masks of one size go together", first->width,
                                    first->height, mask->width, mask->height));
        if (!first) first = mask;
    }
    return first;
}

Result<Mask> asMask(const Shape& shape, const Mask& like) {
    LATHE_CHECK(checkAreal(shape));
    if (const auto* mask = std::get_if<Mask>(&shape)) return *mask;
    LATHE_CHECK(checkRings(ringsOf(shape, kRound)));
    return maskOf(shape, like.width, like.height);
}

Result<Operands> operands(const std::vector<const Shape*>& shapes) {
    if (shapes.empty()) return fail(ErrorCode::InvalidData, "there is no shape to work on");
    LATHE_TRY(const Mask* like, commonMask(shapes));
    Operands out;
    for (const Shape* shape : shapes) {
        if (like) {
            LATHE_TRY(out.masks.emplace_back(), asMask(*shape, *like));
        } else {
            LATHE_TRY(out.paths.emplace_back(), pathsOf(*shape));
        }
    }
    return out;
}

std::vector<const Shape*> pointersTo(std::span<const Shape> shapes) {
    std::vector<const Shape*> out;
    for (const Shape& shape : shapes) out.push_back(&shape);
    return out;
}

template <class MaskOperation>
Mask folded(const std::vector<Mask>& masks, MaskOperation operation) {
    Mask out = masks.front();
    for (std::size_t k = 1; k < masks.size(); ++k) out = operation(out, masks[k]);
    return out;
}

Paths joined(const std::vector<Paths>& sets, std::size_t from) {
    Paths all;
    for (std::size_t k = from; k < sets.size(); ++k) all.insert(all.end(), sets[k].begin(), sets[k].end());
    return all;
}

Paths common(const std::vector<Paths>& sets) {
    Paths out = sets.front();
    for (std::size_t k = 1; k < sets.size() && !out.empty(); ++k) out = clip::combined(ctIntersection, out, sets[k]);
    return out;
}

// One of two ways for a single shape: by pixels or by paths.
template <class OfMask, class OfPaths>
auto either(const Shape& shape, OfMask ofMask, OfPaths ofPaths) -> decltype(ofMask(Mask{})) {
    return guarded([&]() -> decltype(ofMask(Mask{})) {
        if (const auto* mask = std::get_if<Mask>(&shape)) {
            LATHE_CHECK(checkMask(*mask));
            return ofMask(*mask);
        }
        LATHE_TRY(const Paths paths, pathsOf(shape));
        return ofPaths(paths);
    });
}

std::vector<runs::Runs> maskParts(const Mask& mask) {
    auto parts = runs::pieces(runs::runsOf(mask), runs::Neighbours::SidesAndCorners);
    std::ranges::stable_sort(parts, std::greater(), runs::areaOf);
    return parts;
}

Mask merged(const std::vector<runs::Runs>& pieces, const Mask& like) {
    runs::Runs all;
    for (const auto& piece : pieces) all.insert(all.end(), piece.begin(), piece.end());
    std::ranges::sort(all, {}, [](const runs::Run& run) { return std::pair(run.x, run.from); });
    return runs::maskOf(all, like.height, like.width);
}

std::vector<Shape> shapesOf(const std::vector<runs::Runs>& pieces, const Mask& like) {
    std::vector<Shape> out;
    for (const auto& piece : pieces) out.emplace_back(runs::maskOf(piece, like.height, like.width));
    return out;
}

std::vector<Shape> shapesOf(const std::vector<Paths>& pieces) {
    std::vector<Shape> out;
    for (const Paths& piece : pieces) out.push_back(polygonOf(piece));
    return out;
}

// Cuts each part; what the line leaves whole stays with the largest piece.
template <class Piece, class Cut, class Size, class Join>
std::vector<Piece> cutParts(const std::vector<Piece>& parts, Cut cut, Size size, Join join) {
    std::vector<Piece> pieces;
    std::vector<const Piece*> whole;
    for (const Piece& part : parts) {
        auto cutPieces = cut(part);
        if (cutPieces.size() < 2)
            whole.push_back(&part);
        else
            std::ranges::move(cutPieces, std::back_inserter(pieces));
    }
    std::ranges::stable_sort(pieces, std::greater(), size);
    if (!pieces.empty())
        for (const Piece* part : whole) join(pieces.front(), *part);
    return pieces;
}

Result<std::vector<Shape>> cutMask(const Mask& mask, std::span<const Point> line) {
    auto pieces = cutParts(
        maskParts(mask), [&](const runs::Runs& part) { return runs::cut(part, line); }, runs::areaOf,
        [&](runs::Runs& piece, const runs::Runs& part) {
            piece = runs::runsOf(merged({piece, part}, mask));
        });
    if (pieces.empty()) return std::vector<Shape>{mask};
    return shapesOf(pieces, mask);
}

Result<std::vector<Shape>> cutPaths(const Shape& shape, const Paths& paths, std::span<const Point> line) {
    const auto pieces = cutParts(
        clip::partsOf(paths), [&](const Paths& part) { return clip::cut(part, line); }, clip::areaOf,
        [](Paths& piece, const Paths& part) { piece.insert(piece.end(), part.begin(), part.end()); });
    if (pieces.empty()) return std::vector<Shape>{shape};
    return shapesOf(pieces);
}

Mask smoothedMask(const Mask& mask, int radius) {
    using runs::Outside;
    const Mask opened = runs::dilated(runs::eroded(mask, radius, Outside::Foreground), radius);
    return runs::eroded(runs::dilated(opened, radius), radius, Outside::Foreground);
}

Mask holesFilledIn(const Mask& mask, double upToArea) {
    auto touchesBorder = [&](const runs::Runs& gap) {
        return std::ranges::any_of(gap, [&](const runs::Run& run) {
            return run.x == 0 || run.x + 1 == mask.width || run.from == 0 || run.to == mask.height;
        });
    };
    std::vector<runs::Runs> all{runs::runsOf(mask)};
    for (auto& gap : runs::pieces(runs::gapsOf(mask), runs::Neighbours::Sides))
        if (double(runs::areaOf(gap)) <= upToArea && !touchesBorder(gap)) all.push_back(std::move(gap));
    return merged(all, mask);
}

Paths holesFilledIn(const Paths& paths, double upToArea) {
    Paths kept = paths;
    std::erase_if(kept, [&](const ClipperLib::Path& path) {
        const double area = clip::areaOf({path});
        return area < 0 && -area <= upToArea;
    });
    return clip::combined(ctUnion, kept, {});
}

// Douglas-Peucker may let lines cross; then the outline is worked out anew.
Result<Shape> simplifiedPolygon(const Polygon& polygon, double tolerance) {
    Polygon out;
    for (const Ring& ring : polygon.rings)
        if (ring.size() >= 3) out.rings.push_back(simplifiedRing(ring, tolerance));
    const Paths paths = clip::pathsOf(out.rings);
    double turned = 0;
    for (const auto& path : paths) turned += std::abs(clip::areaOf({path}));
    double given = 0;
    for (const Ring& ring : out.rings) given += std::abs(shoelace(ring)) / 2;
    const bool crosses = std::abs(turned - given) > 1e-3 * (1 + given);
    return crosses ? polygonOf(paths) : Shape(std::move(out));
}

struct IsEmpty {
    bool operator()(const Box& box) const { return !(box.rect.w > 0 && box.rect.h > 0); }
    bool operator()(const RotatedBox& box) const { return !(box.w > 0 && box.h > 0); }
    bool operator()(const Ellipse& e) const { return !(e.rx > 0 && e.ry > 0); }
    bool operator()(const Polygon& polygon) const {
        return std::ranges::none_of(polygon.rings, [](const Ring& ring) { return ring.size() >= 3; });
    }
    bool operator()(const Mask& mask) const { return maskArea(mask) == 0; }
    bool operator()(const Polyline& line) const { return line.points.empty(); }
    template <class Other>
    bool operator()(const Other&) const {
        return false;
    }
};

double ratio(double common, double a, double b) {
    const double all = a + b - common;
    return all > 0 ? std::clamp(common / all, 0.0, 1.0) : 0;
}

}  // namespace

bool isAreal(const Shape& shape) {
    return std::holds_alternative<Box>(shape) || std::holds_alternative<RotatedBox>(shape) ||
           std::holds_alternative<Ellipse>(shape) || std::holds_alternative<Polygon>(shape) || std::holds_alternative<Mask>(shape);
}

bool isEmpty(const Shape& shape) {
    return std::visit(IsEmpty{}, shape);
}

Result<Shape> united(std::span<const Shape> shapes) {
    return guarded([&]() -> Result<Shape> {
        LATHE_TRY(const Operands all, operands(pointersTo(shapes)));
        if (!all.masks.empty()) return Shape(folded(all.masks, runs::united));
        return polygonOf(clip::combined(ctUnion, joined(all.paths, 0), {}));
    });
}

Result<Shape> subtracted(const Shape& from, std::span<const Shape> what) {
    return guarded([&]() -> Result<Shape> {
        auto shapes = pointersTo(what);
        shapes.insert(shapes.begin(), &from);
        LATHE_TRY(const Operands all, operands(shapes));
        if (!all.masks.empty()) return Shape(folded(all.masks, runs::subtracted));
        return polygonOf(clip::combined(ctDifference, all.paths.front(), joined(all.paths, 1)));
    });
}

Result<Shape> intersected(std::span<const Shape> shapes) {
    return guarded([&]() -> Result<Shape> {
        LATHE_TRY(const Operands all, operands(pointersTo(shapes)));
        if (!all.masks.empty()) return Shape(folded(all.masks, runs::intersected));
        return polygonOf(common(all.paths));
    });
}

Result<std::vector<Shape>> cutByLine(const Shape& shape, std::span<const Point> line) {
    if (line.size() < 2) return fail(ErrorCode::InvalidData, "a line to cut along needs two points");
    LATHE_CHECK(checkPoints(line));
    return either(
        shape, [&](const Mask& mask) { return cutMask(mask, line); },
        [&](const Paths& paths) { return cutPaths(shape, paths, line); });
}

Result<std::vector<Shape>> parts(const Shape& shape) {
    return either(
        shape, [](const Mask& mask) -> Result<std::vector<Shape>> { return shapesOf(maskParts(mask), mask); },
        [](const Paths& paths) { return shapesOf(clip::partsOf(paths)); });
}

Result<Shape> grown(const Shape& shape, double by) {
    if (!(std::abs(by) <= kMostGrowth))
        return fail(ErrorCode::InvalidData, fmt::format("a shape grows by at most {} pixels", kMostGrowth));
    return either(
        shape,
        [by](const Mask& mask) -> Result<Shape> {
            return Shape(by >= 0 ? runs::dilated(mask, by) : runs::eroded(mask, -by, runs::Outside::Background));
        },
        [by](const Paths& paths) { return polygonOf(clip::offset(paths, by)); });
}

Result<Shape> smoothed(const Shape& shape, int strength) {
    if (strength < 1 || strength > kMostStrength)
        return fail(ErrorCode::InvalidData, fmt::format("the strength goes from 1 to {}", kMostStrength));
    return either(
        shape, [strength](const Mask& mask) -> Result<Shape> { return Shape(smoothedMask(mask, strength)); },
        [strength](const Paths& paths) {
            auto rings = clip::ringsOf(paths);
            for (int pass = 0; pass < strength; ++pass)
                for (Ring& ring : rings) ring = cutCorners(ring);
            return polygonOf(clip::pathsOf(rings));
        });
}

Result<Shape> simplified(const Shape& shape, double tolerance) {
    if (!(tolerance >= 0)) return fail(ErrorCode::InvalidData, "the tolerance must be a number from 0");
    if (const auto* line = std::get_if<Polyline>(&shape)) {
        LATHE_CHECK(checkPoints(line->points));
        Polyline out;
        for (const std::size_t k : placesKept(line->points, tolerance)) out.points.push_back(line->points[k]);
        return Shape(std::move(out));
    }
    LATHE_CHECK(checkAreal(shape));
    if (const auto* mask = std::get_if<Mask>(&shape)) LATHE_CHECK(checkMask(*mask));
    const auto* polygon = std::get_if<Polygon>(&shape);
    if (!polygon) return shape;
    LATHE_CHECK(checkRings(polygon->rings));
    return guarded([&] { return simplifiedPolygon(*polygon, tolerance); });
}

Result<Shape> holesFilled(const Shape& shape, double upToArea) {
    return either(
        shape, [upToArea](const Mask& mask) -> Result<Shape> { return Shape(holesFilledIn(mask, upToArea)); },
        [upToArea](const Paths& paths) { return polygonOf(holesFilledIn(paths, upToArea)); });
}

Result<Shape> specksDropped(const Shape& shape, double belowArea) {
    auto drop = [belowArea](auto& pieces, auto size) {
        while (pieces.size() > 1 && double(size(pieces.back())) < belowArea) pieces.pop_back();
    };
    return either(
        shape,
        [&](const Mask& mask) -> Result<Shape> {
            auto pieces = maskParts(mask);
            drop(pieces, runs::areaOf);
            return Shape(merged(pieces, mask));
        },
        [&](const Paths& paths) {
            auto pieces = clip::partsOf(paths);
            drop(pieces, clip::areaOf);
            return polygonOf(joined(pieces, 0));
        });
}

Result<double> iou(const Shape& a, const Shape& b) {
    return guarded([&]() -> Result<double> {
        LATHE_TRY(const Operands all, operands({&a, &b}));
        if (!all.masks.empty())
            return ratio(double(maskArea(runs::intersected(all.masks[0], all.masks[1]))), double(maskArea(all.masks[0])),
                         double(maskArea(all.masks[1])));
        return ratio(clip::areaOf(common(all.paths)), clip::areaOf(all.paths[0]), clip::areaOf(all.paths[1]));
    });
}

}  // namespace lathe::annot
