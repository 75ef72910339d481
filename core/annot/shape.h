// Shapes as values, in pixels of the upright image (EXIF orientation applied), x right, y down, pixel (0,0) covers [0,1)x[0,1).
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

namespace lathe::annot {

struct Point {
    double x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

struct Rect {
    double x = 0, y = 0, w = 0, h = 0;
    [[nodiscard]] bool contains(Point p) const { return p.x >= x && p.y >= y && p.x < x + w && p.y < y + h; }
    [[nodiscard]] bool intersects(const Rect& o) const { return x < o.x + o.w && o.x < x + w && y < o.y + o.h && o.y < y + h; }
    [[nodiscard]] Rect united(const Rect& o) const;
    [[nodiscard]] Rect grown(double by) const { return {x - by, y - by, w + 2 * by, h + 2 * by}; }
    bool operator==(const Rect&) const = default;
};

/// The whole image has the class.
struct ImageLabel {
    bool operator==(const ImageLabel&) const = default;
};

struct Box {
    Rect rect;
    bool operator==(const Box&) const = default;
};

/// Several parts, each a closed ring without the repeated last point. Even-odd filling, so a ring within another is a hole.
struct Polygon {
    std::vector<std::vector<Point>> rings;
    bool operator==(const Polygon&) const = default;
};

/// Run lengths in column-major order, starting with background, as COCO has them: counts sum to height * width.
struct Mask {
    std::uint32_t height = 0, width = 0;
    std::vector<std::uint32_t> counts;
    bool operator==(const Mask&) const = default;
};

/// Keypoints of a skeleton. visibility: 0 not labelled, 1 labelled but hidden, 2 visible.
struct Keypoints {
    struct Item {
        Point at;
        std::uint8_t visibility = 0;
        bool operator==(const Item&) const = default;
    };
    std::vector<Item> items;
    Rect box;  ///< the instance's box; empty when none was given
    bool operator==(const Keypoints&) const = default;
};

/// A rectangle turned about its centre. angle: radians, clockwise as seen (x right, y down), of the width against the x axis.
struct RotatedBox {
    Point centre;
    double w = 0, h = 0, angle = 0;
    bool operator==(const RotatedBox&) const = default;
};

/// Radii along its own axes; angle as of RotatedBox.
struct Ellipse {
    Point centre;
    double rx = 0, ry = 0, angle = 0;
    bool operator==(const Ellipse&) const = default;
};

/// An open line.
struct Polyline {
    std::vector<Point> points;
    bool operator==(const Polyline&) const = default;
};

/// A single point.
struct Dot {
    Point at;
    bool operator==(const Dot&) const = default;
};

/// The order is the packed form's: new kinds go to the end.
using Shape = std::variant<ImageLabel, Box, Polygon, Mask, Keypoints, RotatedBox, Ellipse, Polyline, Dot>;

/// The names of the kinds by index of the variant, as in `stats`, `labels`, the search language and label schemas.
inline constexpr std::array<std::string_view, std::variant_size_v<Shape>> kKindNames{
    "image", "box", "polygon", "mask", "keypoints", "rotated_box", "ellipse", "polyline", "point"};
[[nodiscard]] std::string_view kindName(const Shape& shape);

/// Its corners, clockwise as seen, from the one that is top left at angle 0.
[[nodiscard]] std::array<Point, 4> corners(const RotatedBox& box);
/// A closed ring of points on the ellipse, within `tolerance` pixels of it.
[[nodiscard]] std::vector<Point> ringOf(const Ellipse& ellipse, double tolerance = 0.1);
/// The bounding box; empty for ImageLabel.
[[nodiscard]] Rect bounds(const Shape& shape);
/// Area in pixels: box w*h, polygon by even-odd rings, mask by counting; lines and points have none.
[[nodiscard]] double area(const Shape& shape);
/// Is the point inside (polygons even-odd; ImageLabel never)?
[[nodiscard]] bool contains(const Shape& shape, Point p);
/// Distance in pixels from p to the shape's outline; infinity for ImageLabel.
[[nodiscard]] double distanceToOutline(const Shape& shape, Point p);
[[nodiscard]] Shape translated(Shape shape, double dx, double dy);
/// Maps the box `from` onto `to` (resize by handles). `to` may be mirrored. A turned box or ellipse stays one: its sides are scaled
/// as lengths along their own direction.
[[nodiscard]] Shape scaled(Shape shape, const Rect& from, const Rect& to);
/// Turned about a point, radians clockwise as seen. A box becomes a RotatedBox; a mask stays.
[[nodiscard]] Shape rotated(Shape shape, Point about, double angle);
/// Coordinates, widths and heights rounded to whole pixels (sides at least one); angles and masks stay.
[[nodiscard]] Shape alignedToPixels(Shape shape);
/// Cut to [0,w]x[0,h]; polygons are clipped, points clamped; a mask stays, a turned box or an ellipse is moved inside as far as its
/// bounds fit.
[[nodiscard]] Shape keptInside(Shape shape, double w, double h);

}  // namespace lathe::annot
