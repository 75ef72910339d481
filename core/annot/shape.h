// Shapes as values, in pixels of the upright image (EXIF orientation applied), x right, y down, pixel (0,0) covers [0,1)x[0,1).
#pragma once
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

using Shape = std::variant<ImageLabel, Box, Polygon, Mask, Keypoints>;

/// "image", "box", "polygon", "mask", "keypoints": as in `stats` and `labels`.
[[nodiscard]] std::string_view kindName(const Shape& shape);
/// The bounding box; empty for ImageLabel.
[[nodiscard]] Rect bounds(const Shape& shape);
/// Area in pixels: box w*h, polygon by even-odd rings, mask by counting.
[[nodiscard]] double area(const Shape& shape);
/// Is the point inside (polygons even-odd; ImageLabel never)?
[[nodiscard]] bool contains(const Shape& shape, Point p);
/// Distance in pixels from p to the shape's outline; infinity for ImageLabel.
[[nodiscard]] double distanceToOutline(const Shape& shape, Point p);
[[nodiscard]] Shape translated(Shape shape, double dx, double dy);
/// Maps the box `from` onto `to` (resize by handles). `to` may be mirrored.
[[nodiscard]] Shape scaled(Shape shape, const Rect& from, const Rect& to);
/// Cut to [0,w]x[0,h]; a polygon is clipped, a mask stays.
[[nodiscard]] Shape keptInside(Shape shape, double w, double h);

}  // namespace lathe::annot
