#include "widgets/canvas/shape_edits.h"

#include <algorithm>
#include <ranges>

#include "core/annot/area_ops.h"
#include "widgets/canvas/document.h"

namespace lathe::widgets::canvas {

namespace {

using annot::Annotation;
using annot::Shape;
using Annotations = std::vector<Annotation>;

tl::unexpected<Error> nothingLeft() {
    return fail(ErrorCode::InvalidData, "nothing of the shape would be left");
}

Annotations arealOf(const Annotations& all) {
    Annotations out;
    std::ranges::copy_if(all, std::back_inserter(out), annot::isAreal, &Annotation::shape);
    return out;
}

Result<Annotations> severalAreal(const Annotations& all) {
    Annotations areal = arealOf(all);
    if (areal.size() >= 2) return areal;
    return fail(ErrorCode::InvalidData, "choose two or more boxes, ellipses, polygons or masks");
}

std::vector<Shape> shapesOf(const Annotations& all) {
    std::vector<Shape> shapes;
    for (const auto& a : all) shapes.push_back(a.shape);
    return shapes;
}

// The lowest one becomes `shape`, the others go.
Result<Becomings> merged(const Annotations& areal, Result<Shape> shape) {
    if (!shape) return fail(shape.error());
    if (annot::isEmpty(*shape)) return nothingLeft();
    Becomings out;
    for (const auto& a : areal) out.push_back({a, {}});
    out.front().shapes.push_back(std::move(*shape));
    return out;
}

// Shapes that come apart; the others are left out.
template <class Apart>
Result<Becomings> apart(const Annotations& all, Apart makePieces) {
    Becomings out;
    for (const auto& a : all) {
        if (!annot::isAreal(a.shape)) continue;
        LATHE_TRY(std::vector<Shape> pieces, makePieces(a.shape));
        if (pieces.size() > 1) out.push_back({a, std::move(pieces)});
    }
    return out;
}

// A new annotation that is like another but for its shape.
Annotation pieceOf(Document& document, const Annotation& was, const Shape& shape) {
    Annotation piece = document.make(was.classId, shape);
    piece.flags = was.flags;
    piece.group = was.group;
    piece.attributes = was.attributes;
    return piece;
}

struct Placed {
    int at;
    const Becoming* becoming;
};

// From the highest place down, so that the places below stay true.
std::vector<Placed> placed(const Document& document, const Becomings& all) {
    std::vector<Placed> out;
    for (const auto& b : all) out.push_back({document.positionOf(b.was.id), &b});
    std::ranges::sort(out, std::greater(), &Placed::at);
    return out;
}

void addChanges(Document& document, const Placed& placed, std::vector<annot::Change>& changes, std::vector<AnnotationId>& ids) {
    const auto& [was, shapes] = *placed.becoming;
    if (shapes.empty()) return changes.push_back({was, std::nullopt, placed.at, -1});
    Annotation first = was;
    if (first.shape != shapes.front()) first.setShape(shapes.front());
    ids.push_back(first.id);
    changes.push_back({was, std::move(first), placed.at, placed.at});
    for (std::size_t k = shapes.size() - 1; k > 0; --k) {
        Annotation piece = pieceOf(document, was, shapes[k]);
        ids.push_back(piece.id);
        changes.push_back({std::nullopt, std::move(piece), -1, placed.at + 1});
    }
}

std::vector<Move> raised(const std::vector<int>& positions, int count) {
    std::vector<Move> out;
    int limit = count - 1;
    for (std::size_t k = positions.size(); k-- > 0;) {
        const bool room = positions[k] < limit;
        if (room) out.push_back({positions[k], positions[k] + 1, k});
        limit = room ? positions[k] : positions[k] - 1;
    }
    return out;
}

std::vector<Move> lowered(const std::vector<int>& positions) {
    std::vector<Move> out;
    int limit = 0;
    for (std::size_t k = 0; k < positions.size(); ++k) {
        const bool room = positions[k] > limit;
        if (room) out.push_back({positions[k], positions[k] - 1, k});
        limit = room ? positions[k] : positions[k] + 1;
    }
    return out;
}

}  // namespace

Reshape uniting() {
    return [](const Annotations& all) -> Result<Becomings> {
        LATHE_TRY(const Annotations areal, severalAreal(all));
        return merged(areal, annot::united(shapesOf(areal)));
    };
}

Reshape subtracting() {
    return [](const Annotations& all) -> Result<Becomings> {
        LATHE_TRY(const Annotations areal, severalAreal(all));
        const auto shapes = shapesOf(areal);
        LATHE_TRY(Shape rest, annot::subtracted(shapes.front(), std::span(shapes).subspan(1)));
        if (annot::isEmpty(rest)) return nothingLeft();
        return Becomings{{areal.front(), {std::move(rest)}}};
    };
}

Reshape intersecting() {
    return [](const Annotations& all) -> Result<Becomings> {
        LATHE_TRY(const Annotations areal, severalAreal(all));
        return merged(areal, annot::intersected(shapesOf(areal)));
    };
}

Reshape splitting() {
    return [](const Annotations& all) -> Result<Becomings> {
        LATHE_TRY(Becomings out, apart(all, annot::parts));
        if (out.empty()) return fail(ErrorCode::InvalidData, "the shape is in one piece");
        return out;
    };
}

Reshape cutting(std::vector<annot::Point> line) {
    return [line = std::move(line)](const Annotations& all) -> Result<Becomings> {
        LATHE_TRY(Becomings out, apart(all, [&](const Shape& shape) { return annot::cutByLine(shape, line); }));
        if (out.empty()) return fail(ErrorCode::InvalidData, "the line doesn't go right through a shape");
        return out;
    };
}

Reshape each(std::function<Result<Shape>(const Shape&)> change) {
    return [change = std::move(change)](const Annotations& all) -> Result<Becomings> {
        Becomings out;
        Result<Becomings> failure = nothingLeft();
        bool any = false;
        for (const auto& a : all) {
            Result<Shape> shape = change(a.shape);
            const bool gone = shape && !annot::isEmpty(a.shape) && annot::isEmpty(*shape);
            if (!shape) failure = fail(shape.error());
            if (!shape || gone) continue;
            any = true;
            if (*shape != a.shape) out.push_back({a, {std::move(*shape)}});
        }
        return any ? out : failure;
    };
}

bool commit(Document& document, const std::string& label, const Becomings& all) {
    std::vector<annot::Change> changes;
    std::vector<AnnotationId> ids;
    for (const auto& b : all)
        if (const Annotation* now = document.find(b.was.id); !now || *now != b.was) return false;
    for (const Placed& p : placed(document, all)) addChanges(document, p, changes, ids);
    std::ranges::reverse(ids);
    for (const AnnotationId id : document.selection())
        if (std::ranges::none_of(all, [id](const Becoming& b) { return b.was.id == id; })) ids.push_back(id);
    document.commit(label, std::move(changes));
    if (!ids.empty()) document.select(std::move(ids));
    return true;
}

std::vector<Move> moves(const std::vector<int>& positions, int count, Order order) {
    if (order == Order::Forward) return raised(positions, count);
    if (order == Order::Backward) return lowered(positions);
    std::vector<Move> out;
    const int many = int(positions.size());
    for (int k = 0; k < many; ++k) {
        if (order == Order::Front) out.push_back({positions[std::size_t(k)] - k, count - 1, std::size_t(k)});
        if (order == Order::Back) out.push_back({positions[std::size_t(many - 1 - k)] + k, 0, std::size_t(many - 1 - k)});
    }
    std::erase_if(out, [](const Move& m) { return m.from == m.to; });
    return out;
}

void reorder(Document& document, const std::string& label, Order order) {
    std::vector<int> positions;
    for (const AnnotationId id : document.selection())
        if (const int at = document.positionOf(id); at >= 0) positions.push_back(at);
    std::ranges::sort(positions);
    const auto& all = document.annotations();
    std::vector<annot::Change> changes;
    for (const Move& m : moves(positions, int(all.size()), order)) {
        const Annotation& a = all[std::size_t(positions[m.which])];
        changes.push_back({a, a, m.from, m.to});
    }
    document.commit(label, std::move(changes));
}

std::size_t weightOf(const Shape& shape) {
    if (const auto* mask = std::get_if<annot::Mask>(&shape)) return mask->counts.size() + mask->width;
    std::size_t points = 8;
    if (const auto* polygon = std::get_if<annot::Polygon>(&shape))
        for (const auto& ring : polygon->rings) points += ring.size();
    if (const auto* line = std::get_if<annot::Polyline>(&shape)) points += line->points.size();
    return points;
}

}  // namespace lathe::widgets::canvas
