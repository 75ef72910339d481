// Regions and shapes, and the texts within them.
#include <fmt/format.h>
#include <array>
#include <cmath>
#include <numbers>

#include "core/annot/convert.h"
#include "core/annot/mask.h"
#include "core/formats/json_items.h"
#include "core/formats/label_studio.h"
#include "core/image/decode.h"

namespace lathe::formats::labelstudio {
namespace {

using annot::Point;

constexpr double kRadians = std::numbers::pi / 180;

tl::unexpected<Fault> faulty(std::string code, std::string message) {
    return tl::unexpected<Fault>(Fault{std::move(code), std::move(message)});
}

double pixels(double percent, double side) {
    return percent * side / 100;
}

/// The number of percent that reads as exactly this many pixels, where there is one.
double percent(double at, double side) {
    const double guess = at * 100 / side;
    if (pixels(guess, side) == at) return guess;
    double up = guess, down = guess;
    for (int k = 0; k < 4; ++k) {
        up = std::nextafter(up, HUGE_VAL), down = std::nextafter(down, -HUGE_VAL);
        if (pixels(up, side) == at) return up;
        if (pixels(down, side) == at) return down;
    }
    return guess;
}

double degrees(double angle) {
    const double guess = angle / kRadians;
    for (const double v : {guess, std::nextafter(guess, HUGE_VAL), std::nextafter(guess, -HUGE_VAL)})
        if (v * kRadians == angle) return v;
    return guess;
}

Point turned(Point p, double angle) {
    return {p.x * std::cos(angle) - p.y * std::sin(angle), p.x * std::sin(angle) + p.y * std::cos(angle)};
}

Checked<std::array<double, 2>> numbersAt(const Json& value, const char* a, const char* b) {
    const auto x = numberAt(value, a), y = numberAt(value, b);
    if (!x || !y) return faulty("invalid_data", fmt::format("{} or {} is no number", a, b));
    return std::array{*x, *y};
}

Checked<annot::Shape> rectangleOf(const Json& value, const Size& size) {
    const auto at = numbersAt(value, "x", "y"), sides = numbersAt(value, "width", "height");
    if (!at || !sides) return tl::unexpected(at ? sides.error() : at.error());
    const annot::Rect r{pixels((*at)[0], size.width), pixels((*at)[1], size.height), pixels((*sides)[0], size.width),
                        pixels((*sides)[1], size.height)};
    const double angle = numberAt(value, "rotation").value_or(0) * kRadians;
    if (angle == 0) return annot::Box{r};
    const Point middle = turned({r.w / 2, r.h / 2}, angle);
    return annot::RotatedBox{{r.x + middle.x, r.y + middle.y}, r.w, r.h, angle};
}

Checked<annot::Shape> ellipseOf(const Json& value, const Size& size) {
    const auto at = numbersAt(value, "x", "y"), radii = numbersAt(value, "radiusX", "radiusY");
    if (!at || !radii) return tl::unexpected(at ? radii.error() : at.error());
    return annot::Ellipse{{pixels((*at)[0], size.width), pixels((*at)[1], size.height)},
                          pixels((*radii)[0], size.width),
                          pixels((*radii)[1], size.height),
                          numberAt(value, "rotation").value_or(0) * kRadians};
}

Checked<annot::Shape> polygonOf(const Json& points, const Size& size) {
    std::vector<Point> ring;
    for (const Json& point : points) {
        const bool pair = point.is_array() && point.size() == 2;
        const auto x = pair ? numberOf(point[0]) : std::nullopt, y = pair ? numberOf(point[1]) : std::nullopt;
        if (!x || !y) return faulty("bad_polygon", "a point isn't two numbers");
        ring.push_back({pixels(*x, size.width), pixels(*y, size.height)});
    }
    return annot::Polygon{{std::move(ring)}};
}

Checked<annot::Shape> vectorOf(const Json& value, const Size& size) {
    std::vector<Point> points;
    for (const Json& vertex : value["vertices"]) {
        const auto at = numbersAt(vertex, "x", "y");
        if (!at) return faulty("bad_polyline", "a vertex isn't two numbers");
        points.push_back({pixels((*at)[0], size.width), pixels((*at)[1], size.height)});
    }
    if (memberOf(value, "closed") == Json(true)) return annot::Polygon{{std::move(points)}};
    return annot::Polyline{std::move(points)};
}

bool isPixels(double side) {
    return side >= 1 && side <= 1e6 && side == std::floor(side);
}

Checked<annot::Shape> brushOf(const Json& rle, const Size& size) {
    if (!isPixels(size.width) || !isPixels(size.height)) return faulty("bad_mask", "a brush whose picture has no size in pixels");
    std::vector<std::uint8_t> bytes;
    bytes.reserve(rle.size());
    for (const Json& byte : rle) {
        if (!byte.is_number_unsigned() || byte.get<std::uint64_t>() > 255)
            return faulty("bad_mask", "the brush holds something that is no byte");
        bytes.push_back(byte.get<std::uint8_t>());
    }
    return maskOfRle(bytes, std::uint32_t(size.width), std::uint32_t(size.height));
}

/// A PNG in base64: black where the mask is, clear elsewhere.
Checked<annot::Shape> bitmaskOf(const std::string& url) {
    const auto bytes = bytesOfBase64(std::string_view(url).substr(std::min(url.find(',') + 1, url.size())));
    if (!bytes) return faulty("bad_mask", "the bitmask isn't base64");
    const auto picture = image::decodeBytes(*bytes, "the bitmask", {.colour = image::Colour::Native});
    if (!picture) return faulty("bad_mask", picture.error().message);
    const int channels = picture->channels();
    if (picture->depth() != CV_8U || channels == 3) return faulty("bad_mask", "the bitmask has no transparency");
    std::vector<std::uint8_t> raster;
    raster.reserve(picture->total());
    for (int y = 0; y < picture->rows; ++y) {
        const auto* row = picture->ptr<std::uint8_t>(y);
        for (int x = 0; x < picture->cols; ++x) raster.push_back(row[(x + 1) * channels - 1]);
    }
    return annot::maskFromRaster(raster, std::uint32_t(picture->rows), std::uint32_t(picture->cols));
}

Checked<annot::Shape> geometryOf(const Json& value, const Size& size) {
    if (memberOf(value, "rle").is_array()) return brushOf(value["rle"], size);
    if (memberOf(value, "imageDataURL").is_string()) return bitmaskOf(value["imageDataURL"].get<std::string>());
    if (!size.known()) return faulty("unknown_size", "its numbers are percent of a picture whose size isn't known");
    if (memberOf(value, "vertices").is_array()) return vectorOf(value, size);
    if (memberOf(value, "points").is_array()) return polygonOf(value["points"], size);
    if (value.contains("radiusX")) return ellipseOf(value, size);
    if (value.contains("height")) return rectangleOf(value, size);
    const auto at = numbersAt(value, "x", "y");
    if (!at) return tl::unexpected(at.error());
    return annot::Dot{{pixels((*at)[0], size.width), pixels((*at)[1], size.height)}};
}

Json brushValue(const annot::Mask& mask) {
    return {{"format", "rle"}, {"rle", rleOfMask(mask)}};
}

struct ValueMaker {
    const Size& size;
    [[nodiscard]] double x(double v) const { return percent(v, size.width); }
    [[nodiscard]] double y(double v) const { return percent(v, size.height); }
    [[nodiscard]] Json rectangle(const annot::Rect& r, double rotation) const {
        return {{"x", x(r.x)}, {"y", y(r.y)}, {"width", x(r.w)}, {"height", y(r.h)}, {"rotation", rotation}};
    }

    Json operator()(const annot::ImageLabel&) const { return Json::object(); }
    Json operator()(const annot::Box& box) const { return rectangle(box.rect, 0); }
    Json operator()(const annot::Keypoints& keypoints) const {
        return rectangle(keypoints.box == annot::Rect{} ? annot::bounds(keypoints) : keypoints.box, 0);
    }
    Json operator()(const annot::RotatedBox& b) const {
        const Point middle = turned({b.w / 2, b.h / 2}, b.angle);
        double rotation = std::fmod(degrees(b.angle), 360);
        if (rotation < 0) rotation += 360;
        return rectangle({b.centre.x - middle.x, b.centre.y - middle.y, b.w, b.h}, rotation);
    }
    Json operator()(const annot::Ellipse& e) const {
        return {
            {"x", x(e.centre.x)}, {"y", y(e.centre.y)}, {"radiusX", x(e.rx)}, {"radiusY", y(e.ry)}, {"rotation", degrees(e.angle)}};
    }
    Json operator()(const annot::Polygon& polygon) const {
        if (polygon.rings.size() != 1) {
            if (size.width * size.height > double(kLargestMask)) return Json::object();
            return brushValue(annot::maskOf(polygon, std::uint32_t(size.width), std::uint32_t(size.height)));
        }
        Json points = Json::array();
        for (const Point p : polygon.rings[0]) points.push_back(Json::array({x(p.x), y(p.y)}));
        return {{"points", std::move(points)}, {"closed", true}};
    }
    Json operator()(const annot::Polyline& line) const {
        Json vertices = Json::array(), before;
        for (const Point p : line.points) {
            const std::string id = fmt::format("point-{}", vertices.size() + 1);
            vertices.push_back({{"id", id}, {"x", x(p.x)}, {"y", y(p.y)}, {"prevPointId", before}, {"isBezier", false}});
            before = id;
        }
        return {{"vertices", std::move(vertices)}, {"closed", false}};
    }
    Json operator()(const annot::Dot& dot) const { return {{"x", x(dot.at.x)}, {"y", y(dot.at.y)}, {"width", 0.5}}; }
    Json operator()(const annot::Mask& mask) const { return brushValue(mask); }
};

int base64Value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

int hexValue(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

std::optional<std::string> bytesOfBase64(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        if (c == '=' || c == '\n' || c == '\r' || c == ' ') continue;
        const int value = base64Value(c);
        if (value < 0) return {};
        bits = bits << 6 | std::uint32_t(value), held += 6;
        if (held < 8) continue;
        held -= 8;
        bytes += char(bits >> held & 0xff);
    }
    return bytes;
}

std::string withoutPercents(std::string_view text) {
    std::string out;
    for (std::size_t k = 0; k < text.size(); ++k) {
        const bool coded = text[k] == '%' && k + 2 < text.size() && hexValue(text[k + 1]) >= 0 && hexValue(text[k + 2]) >= 0;
        if (!coded)
            out += text[k];
        else
            out += char(hexValue(text[k + 1]) * 16 + hexValue(text[k + 2])), k += 2;
    }
    return out;
}

bool hasGeometry(const Json& value) {
    if (!value.is_object()) return false;
    return (value.contains("x") && value.contains("y")) || memberOf(value, "points").is_array() ||
           memberOf(value, "rle").is_array() || memberOf(value, "vertices").is_array() ||
           memberOf(value, "imageDataURL").is_string();
}

Checked<annot::Shape> shapeOfValue(const Json& value, const Size& size) {
    auto shape = geometryOf(value, size);
    if (!shape) return shape;
    if (auto fault = faultOf(*shape)) return tl::unexpected(std::move(*fault));
    return shape;
}

Json valueOfShape(const annot::Shape& shape, const Size& size) {
    return std::visit(ValueMaker{size}, shape);
}

bool says(const Json& value, const annot::Shape& shape, const Size& size) {
    if (!size.known() || !value.is_object()) return false;
    const auto* polygon = std::get_if<annot::Polygon>(&shape);
    const bool brush = std::holds_alternative<annot::Mask>(shape) || (polygon && polygon->rings.size() != 1);
    if (brush != memberOf(value, "rle").is_array()) return false;
    Json expected = valueOfShape(shape, size);
    if (std::holds_alternative<annot::Dot>(shape)) expected.erase("width");
    if (expected.empty()) return false;
    for (const auto& [key, part] : expected.items())
        if (memberOf(value, key) != part) return false;
    return true;
}

std::string_view typeOf(const annot::Shape& shape) {
    static constexpr std::array<std::string_view, std::variant_size_v<annot::Shape>> types{
        "choices",         "rectanglelabels", "polygonlabels", "brushlabels",   "rectanglelabels",
        "rectanglelabels", "ellipselabels",   "vectorlabels",  "keypointlabels"};
    const auto* polygon = std::get_if<annot::Polygon>(&shape);
    return polygon && polygon->rings.size() != 1 ? "brushlabels" : types[shape.index()];
}

}  // namespace lathe::formats::labelstudio
