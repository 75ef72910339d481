#include "core/annot/clip.h"

#include <algorithm>
#include <cmath>

namespace lathe::annot::clip {
namespace {

using namespace ClipperLib;

constexpr double kGrid = 1024;
constexpr double kSliver = 2;  // half the width, in grid units, of the gap that a cutting line makes before it is closed

IntPoint gridPoint(Point p) {
    return {std::llround(p.x * kGrid), std::llround(p.y * kGrid)};
}

Path pathOf(std::span<const Point> points) {
    Path path;
    path.reserve(points.size());
    for (const Point p : points) path.push_back(gridPoint(p));
    return path;
}

// Nothing to work on is refused by Clipper, so it isn't asked for that.
void check(bool done) {
    if (!done) throw clipperException("the rings can't be worked out");
}

void gather(const PolyNode& outline, std::vector<Paths>& parts) {
    Paths& part = parts.emplace_back();
    part.push_back(outline.Contour);
    for (const PolyNode* hole : outline.Childs) part.push_back(hole->Contour);
    for (const PolyNode* hole : outline.Childs)
        for (const PolyNode* island : hole->Childs) gather(*island, parts);
}

Paths sliverOf(std::span<const Point> line) {
    ClipperOffset offset;
    offset.AddPath(pathOf(line), jtSquare, etOpenSquare);
    Paths sliver;
    offset.Execute(sliver, kSliver);
    return sliver;
}

// Vertices on the gap's border go to the line itself, so that the pieces meet again.
void closeGap(Path& path, const Path& line) {
    constexpr double kNear = 2 * kSliver;
    auto asPoint = [](const IntPoint& p) { return Point{double(p.X), double(p.Y)}; };
    for (IntPoint& vertex : path) {
        double nearest = kNear;
        Point to = asPoint(vertex);
        for (std::size_t k = 1; k < line.size(); ++k) {
            const Point q = nearestOnSegment(asPoint(vertex), asPoint(line[k - 1]), asPoint(line[k]));
            if (const double d = std::hypot(q.x - vertex.X, q.y - vertex.Y); d <= nearest) nearest = d, to = q;
        }
        vertex = {std::llround(to.x), std::llround(to.y)};
    }
}

}  // namespace

Paths pathsOf(const std::vector<Ring>& evenOdd) {
    Clipper clipper;
    bool any = false;
    for (const Ring& ring : evenOdd)
        if (ring.size() >= 3) any |= clipper.AddPath(pathOf(ring), ptSubject, true);
    Paths out;
    if (any) check(clipper.Execute(ctUnion, out, pftEvenOdd, pftEvenOdd));
    return out;
}

std::vector<Ring> ringsOf(const Paths& paths) {
    std::vector<Ring> rings;
    for (const Path& path : paths) {
        if (path.size() < 3) continue;
        Ring& ring = rings.emplace_back();
        ring.reserve(path.size());
        for (const IntPoint& p : path) ring.push_back({double(p.X) / kGrid, double(p.Y) / kGrid});
    }
    return rings;
}

Paths combined(ClipType operation, const Paths& subject, const Paths& clip) {
    Clipper clipper;
    const bool some = clipper.AddPaths(subject, ptSubject, true), others = clipper.AddPaths(clip, ptClip, true);
    Paths out;
    if (some || others) check(clipper.Execute(operation, out, pftNonZero, pftNonZero));
    return out;
}

std::vector<Paths> partsOf(const Paths& paths) {
    Clipper clipper;
    PolyTree tree;
    if (clipper.AddPaths(paths, ptSubject, true)) check(clipper.Execute(ctUnion, tree, pftNonZero, pftNonZero));
    std::vector<Paths> parts;
    for (const PolyNode* outline : tree.Childs) gather(*outline, parts);
    std::ranges::stable_sort(parts, std::greater(), areaOf);
    return parts;
}

Paths offset(const Paths& paths, double byPixels) {
    ClipperOffset offset(2.0, 0.05 * kGrid);
    offset.AddPaths(paths, jtRound, etClosedPolygon);
    Paths out;
    offset.Execute(out, byPixels * kGrid);
    return out;
}

std::vector<Paths> cut(const Paths& part, std::span<const Point> line) {
    auto pieces = partsOf(combined(ctDifference, part, sliverOf(line)));
    if (pieces.size() < 2) return {part};
    const Path path = pathOf(line);
    for (Paths& piece : pieces) {
        for (Path& ring : piece) closeGap(ring, path);
        SimplifyPolygons(piece, pftEvenOdd);
    }
    std::erase_if(pieces, [](const Paths& piece) { return piece.empty(); });
    return pieces;
}

double areaOf(const Paths& paths) {
    double sum = 0;
    for (const Path& path : paths) sum += Area(path);
    return sum / (kGrid * kGrid);
}

}  // namespace lathe::annot::clip
