// Where the picture lies in the view. All in device pixels: at rest the offset is whole, so tiles are copied 1:1.
#pragma once
#include <QPointF>
#include <QRect>
#include <QSize>
#include <cmath>

#include "core/annot/shape.h"
#include "widgets/canvas/geometry.h"

namespace lathe::widgets::canvas {

struct Viewport {
    double scale = 1;       ///< device pixels per image pixel
    double ox = 0, oy = 0;  ///< of the picture's corner; whole numbers
    QSize size{1, 1};       ///< of the view

    [[nodiscard]] annot::Point toImage(QPointF device) const { return {(device.x() - ox) / scale, (device.y() - oy) / scale}; }
    [[nodiscard]] QPointF toDevice(annot::Point p) const { return {ox + p.x * scale, oy + p.y * scale}; }
    [[nodiscard]] QRectF toDevice(const annot::Rect& r) const {
        return {QPointF(ox + r.x * scale, oy + r.y * scale), QSizeF(r.w * scale, r.h * scale)};
    }
    /// Device pixels that a change within b touches, strokes of `reach` device pixels included.
    [[nodiscard]] QRect touched(const Bounds& b, double reach) const {
        if (b.empty()) return {};
        const double low = -1e6, high = 1e6;
        const QPointF from(std::clamp(ox + double(b.x0) * scale - reach, low, high),
                           std::clamp(oy + double(b.y0) * scale - reach, low, high));
        const QPointF to(std::clamp(ox + double(b.x1) * scale + reach, low, high),
                         std::clamp(oy + double(b.y1) * scale + reach, low, high));
        return QRectF(from, to).toAlignedRect() & QRect({}, size);
    }
    /// The picture's pixels on the screen.
    [[nodiscard]] QRect picture(int width, int height) const {
        return {int(ox), int(oy), std::max(1, int(std::round(width * scale))), std::max(1, int(std::round(height * scale)))};
    }
};

}  // namespace lathe::widgets::canvas
