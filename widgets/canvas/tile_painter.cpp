#include "widgets/canvas/tile_painter.h"

#include <algorithm>

#include "widgets/canvas/levels.h"

namespace lathe::widgets::canvas {

namespace {

constexpr double kToGrid = 6755399441055744.0 / 256;  // adding and subtracting it rounds to 1/256
constexpr float kBlockSide = 3, kHaloSide = 12, kCrowded = 2.5f;
constexpr float kAreaFill = 0.25f, kTilePainterHoverFill = 0.12f;

/// Masks have a fill of their own.
float fillOf(const Head& head, Fill fill) {
    const bool area =
        head.kind == Kind::Box || head.kind == Kind::Polygon || head.kind == Kind::RotatedBox || head.kind == Kind::Ellipse;
    return fill == Fill::All && area ? kAreaFill : 0;
}

}  // namespace

struct TilePainter::Pens {
    explicit Pens(float o)
        : opacity(o),
          full(1.75f, 0.75f, o),
          small(0, 0.6f, o),
          marked(2, 1, o),
          crowd(1.75f, 0.75f, o, 1.5f, 3),
          suggestion(1.75f, 0.75f, o, 6, 4),
          locked(1.5f, 0.5f, 0.6f * o),
          dot(4, 3, o) {}
    float opacity;
    Pen full, small, marked, crowd, suggestion, locked, dot;
};

struct TilePainter::Frame {
    int side;
    const Scene& scene;
    double scale, ox, oy;
    Bounds view;  ///< image pixels that reach the tile
    int limit;    ///< of levels.h
    [[nodiscard]] Local local(Vec p) const {
        return {(double(p.x) * scale + kToGrid) - kToGrid - ox, (double(p.y) * scale + kToGrid) - kToGrid - oy};
    }
};

TilePainter::TilePainter() : m_pens(std::make_unique<Pens>(1.f)) {}
TilePainter::~TilePainter() = default;

bool TilePainter::paint(QImage& tile, const Scene& scene, const Pyramid& picture, double scale, int tx, int ty,
                        const std::atomic<bool>& stop) {
    const int side = tile.width();
    const double ox = double(tx) * side, oy = double(ty) * side;
    picture.paint(tile, scale, std::int64_t(tx) * side, std::int64_t(ty) * side, scene.look().tone.get());
    if (m_pens->opacity != scene.look().opacity) m_pens = std::make_unique<Pens>(scene.look().opacity);
    const Bounds view{float(ox / scale), float(oy / scale), float((ox + side) / scale), float((oy + side) / scale)};
    const Frame frame{side, scene, scale, ox, oy, view.grown(float(kStrokeReach / scale)), keepLimit(scale)};
    m_refs.clear();
    scene.query(frame.view, [&](ShapeRef s) { m_refs.push_back(s); });
    if (m_refs.empty()) return true;
    m_plane.reset(side);
    m_ink.reset(side);
    std::sort(m_refs.begin(), m_refs.end(), [](ShapeRef a, ShapeRef b) { return a.head().z > b.head().z; });
    for (const bool small : {false, true})  // blocks lie under outlines
        if (!shapes(frame, small, stop)) return false;
    m_ink.over(tile);
    return true;
}

// From the top down.
bool TilePainter::shapes(const Frame& frame, bool small, const std::atomic<bool>& stop) {
    std::size_t count = 0;
    for (const ShapeRef s : m_refs) {
        if (!(++count & 63) && stop) return false;
        if (m_ink.allCovered()) return true;
        if ((s.head().box.side() * float(frame.scale) < kBlockSide) == small && !hidden(frame, s.head())) shape(frame, s);
    }
    return true;
}

bool TilePainter::hidden(const Frame& frame, const Head& head) const {
    const Local a = frame.local({head.box.x0, head.box.y0}), b = frame.local({head.box.x1, head.box.y1});
    const auto whole = [&](double v) { return int(std::clamp(v, -8.0, frame.side + 8.0)); };
    const double reach = double(kStrokeReach) + 1;
    return m_ink.covered(whole(a.x - reach), whole(a.y - reach), whole(b.x + reach), whole(b.y + reach));
}

void TilePainter::shape(const Frame& frame, ShapeRef ref) {
    const Head& head = ref.head();
    if (head.flags & annot::Hidden) return;
    if (!frame.scene.shows(head)) return;
    if (head.box.side() * float(frame.scale) < kBlockSide && head.kind != Kind::Keypoints) return block(frame, head);
    if (ref.mask()) return mask(frame, ref);
    m_points.clear();
    m_lines.clear();
    m_dots.clear();
    if (head.giant)
        giantRings(frame, ref);
    else
        rings(frame, ref);
    strokes(frame, head, penFor(frame, head));
    if (const float filled = fillOf(head, frame.scene.look().fill); filled > 0)
        fill(frame, ref, std::uint32_t(256 * filled * frame.scene.look().opacity));
    else if (head.giant && frame.scene.hovered() == head.id)
        fill(frame, ref, std::uint32_t(256 * kTilePainterHoverFill));
}

void TilePainter::block(const Frame& frame, const Head& head) {
    const Local a = frame.local({head.box.x0, head.box.y0}), b = frame.local({head.box.x1, head.box.y1});
    const int side = frame.side;
    const int x0 = int(std::floor(a.x)), x1 = std::max(x0 + 1, int(std::floor(b.x)));
    const int y0 = int(std::floor(a.y)), y1 = std::max(y0 + 1, int(std::floor(b.y)));
    const auto alpha = std::uint32_t(256 * frame.scene.look().opacity);
    const std::uint32_t colour = frame.scene.colourOf(head);
    for (int y = std::max(0, y0); y < std::min(side, y1); ++y)
        for (int x = std::max(0, x0); x < std::min(side, x1); ++x) m_ink.behind(x, y, colour, alpha);
}

void TilePainter::mask(const Frame& frame, ShapeRef ref) {
    const Head& head = ref.head();
    const Local a = frame.local({head.box.x0, head.box.y0}), b = frame.local({head.box.x1, head.box.y1});
    const double side = frame.side;
    const auto edge = [&](double v, double reach) { return int(std::clamp(std::floor(v) + reach, 0.0, side)); };
    const QRect area(QPoint(edge(a.x, -3), edge(a.y, -3)), QPoint(edge(b.x, 4) - 1, edge(b.y, 4) - 1));
    MaskLook look{frame.scene.colourOf(head), frame.scene.look().opacity, frame.scene.selected().contains(head.id),
                  frame.scene.hovered() == head.id, (head.flags & annot::Locked) != 0};
    look.filled = frame.scene.look().fill != Fill::None;
    m_masks.each(*ref.mask(), area, frame.scale, -frame.ox, -frame.oy, look,
                 [&](int x, int y, std::uint32_t c, std::uint32_t alpha) { m_ink.behind(x, y, c, alpha); });
}

void TilePainter::rings(const Frame& frame, ShapeRef ref) {
    const Head& head = ref.head();
    for (std::uint32_t r = head.firstRing; r < head.firstRing + head.rings; ++r) {
        const std::size_t from = m_points.size();
        for (std::uint32_t i = ref.store->ringStart[r]; i < ref.store->ringStart[r + 1]; ++i)
            if (ref.store->keep[i] >= frame.limit) m_points.push_back(frame.local(ref.store->points[i]));
        if (m_points.size() > from) (m_points.size() - from == 1 ? m_dots : m_lines).push_back({from, m_points.size(), true});
    }
}

// Edges from point `from` to point `to` (n: the first again) of a ring that starts at `first`.
void TilePainter::giantRun(const Frame& frame, ShapeRef ref, std::uint32_t first, std::uint32_t n, std::uint32_t from,
                           std::uint32_t to) {
    if (from >= to) return;
    const std::size_t start = m_points.size();
    for (std::uint32_t i = from; i <= to; ++i) {
        const std::uint32_t p = first + i % n;
        if (ref.store->keep[p] >= frame.limit || i == from || i == to) m_points.push_back(frame.local(ref.store->points[p]));
    }
    m_lines.push_back({start, m_points.size(), false});
}

void TilePainter::giantRings(const Frame& frame, ShapeRef ref) {
    const Head& head = ref.head();
    const LoosePoint* loose = frame.scene.loose().id == head.id ? &frame.scene.loose() : nullptr;
    std::uint32_t run = head.firstRun;
    for (std::uint32_t r = head.firstRing; r < head.firstRing + head.rings; ++r) {
        const std::uint32_t first = ref.store->ringStart[r], n = ref.store->ringStart[r + 1] - first;
        for (std::uint32_t from = 0; from < n; from += Shapes::kRun, ++run) {
            if (!ref.store->runs[run].meets(frame.view)) continue;
            const std::uint32_t to = std::min(from + Shapes::kRun, n);
            if (!loose || loose->ring != int(r - head.firstRing)) {
                giantRun(frame, ref, first, n, from, to);
                continue;
            }
            const auto cut = std::uint32_t(loose->point);  // the edges before and after it are in the hand
            if (cut > 0) giantRun(frame, ref, first, n, from, std::min(to, cut - 1));
            giantRun(frame, ref, first, n, std::max(from, cut + 1), cut > 0 ? to : std::min(to, n - 1));
        }
    }
}

void TilePainter::fill(const Frame& frame, ShapeRef ref, std::uint32_t alpha) {
    const Head& head = ref.head();
    for (std::uint32_t r = head.firstRing; r < head.firstRing + head.rings; ++r) {
        m_points.clear();
        for (std::uint32_t i = ref.store->ringStart[r]; i < ref.store->ringStart[r + 1]; ++i)
            if (ref.store->keep[i] >= frame.limit) m_points.push_back(frame.local(ref.store->points[i]));
        m_filler.ring(m_points, frame.side);
    }
    m_filler.compose(m_ink, frame.scene.colourOf(head), alpha);
}

const Pen& TilePainter::penFor(const Frame& frame, const Head& head) const {
    const float side = head.box.side() * float(frame.scale);
    if (frame.scene.hovered() == head.id || frame.scene.selected().contains(head.id)) return m_pens->marked;
    if (head.flags & annot::Locked) return m_pens->locked;
    if (head.suggestion) return m_pens->suggestion;
    const bool halo = side >= kHaloSide && head.crowd < kCrowded * float(frame.scale);
    if (!halo) return m_pens->small;
    return (head.flags & annot::Crowd) ? m_pens->crowd : m_pens->full;
}

void TilePainter::strokes(const Frame& frame, const Head& head, const Pen& pen) {
    const std::span<const Local> all(m_points);
    for (const Line& l : m_lines) m_plane.line(all.subspan(l.from, l.to - l.from), l.closed, pen, m_ink);
    const std::uint32_t colour = frame.scene.colourOf(head);
    if (!m_lines.empty()) m_plane.compose(m_ink, pen, colour);
    for (const Line& l : m_dots) m_plane.line(all.subspan(l.from, 1), true, m_pens->dot, m_ink);
    if (!m_dots.empty()) m_plane.compose(m_ink, m_pens->dot, colour);
}

}  // namespace lathe::widgets::canvas
