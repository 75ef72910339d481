// Picture and shapes into one opaque tile. Runs in the workers.
#pragma once
#include <QImage>
#include <atomic>
#include <vector>

#include "widgets/canvas/distance_plane.h"
#include "widgets/canvas/mask_painter.h"
#include "widgets/canvas/pyramid.h"
#include "widgets/canvas/scene.h"

namespace lathe::widgets::canvas {

/// Strokes reach this far from their line, device pixels: for queries and for marking tiles stale.
constexpr float kStrokeReach = 5;

/// Buffers of one worker and its painting.
class TilePainter {
public:
    TilePainter();
    ~TilePainter();
    /// Fills `tile` (RGB32, square, side a multiple of 8), the tile (tx, ty) at `scale`. False: stopped half-way.
    bool paint(QImage& tile, const Scene& scene, const Pyramid& picture, double scale, int tx, int ty,
               const std::atomic<bool>& stop);

private:
    struct Frame;
    struct Pens;
    struct Line {
        std::size_t from, to;
        bool closed;
    };
    bool shapes(const Frame& frame, bool small, const std::atomic<bool>& stop);
    [[nodiscard]] bool hidden(const Frame& frame, const Head& head) const;
    void shape(const Frame& frame, ShapeRef ref);
    void block(const Frame& frame, const Head& head);
    void mask(const Frame& frame, ShapeRef ref);
    void rings(const Frame& frame, ShapeRef ref);
    void giantRings(const Frame& frame, ShapeRef ref);
    void giantRun(const Frame& frame, ShapeRef ref, std::uint32_t first, std::uint32_t n, std::uint32_t from, std::uint32_t to);
    void fill(const Frame& frame, ShapeRef ref, std::uint32_t alpha);
    void strokes(const Frame& frame, const Head& head, const Pen& pen);
    [[nodiscard]] const Pen& penFor(const Frame& frame, const Head& head) const;

    std::unique_ptr<Pens> m_pens;
    TileInk m_ink;
    DistancePlane m_plane;
    RowFiller m_filler;
    MaskPainter m_masks;
    std::vector<ShapeRef> m_refs;
    std::vector<Local> m_points;
    std::vector<Line> m_lines, m_dots;
};

}  // namespace lathe::widgets::canvas
