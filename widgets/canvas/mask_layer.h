// The mask in the hand: a layer of device pixels that is made again only where the mask changed or the view moved.
#pragma once
#include <QPainter>
#include <QRegion>
#include <memory>

#include "core/annot/mask_cells.h"
#include "widgets/canvas/mask_painter.h"
#include "widgets/canvas/viewport.h"

namespace lathe::widgets::canvas {

/// GUI thread.
class MaskLayer {
public:
    /// Another version of the mask; `touched` (image pixels) is what may differ from the one before.
    void set(std::shared_ptr<const annot::MaskCells> mask, std::uint32_t colour, const annot::Rect& touched);
    /// Another mask altogether, within `box`.
    void reset(std::shared_ptr<const annot::MaskCells> mask, std::uint32_t colour, const annot::Rect& box);
    void paint(QPainter& painter, const QRegion& region, const Viewport& view);
    [[nodiscard]] const std::shared_ptr<const annot::MaskCells>& mask() const { return m_mask; }
    [[nodiscard]] const annot::Rect& box() const { return m_box; }

private:
    void build(const QRect& device);
    std::shared_ptr<const annot::MaskCells> m_mask;
    std::uint32_t m_colour = 0;
    annot::Rect m_box;    ///< all that was ever touched
    annot::Rect m_stale;  ///< not built yet
    QImage m_layer;       ///< of the view's size
    QRect m_built;        ///< device pixels that aren't clear
    Viewport m_view;
    MaskPainter m_painter;
};

}  // namespace lathe::widgets::canvas
