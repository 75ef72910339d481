// CVAT's masks: runs in row-major order over a cropped box, background first; Lathe's are column-major over the whole image.
#include <fmt/format.h>
#include <charconv>

#include "core/formats/cvat_mask.h"
#include "core/formats/cvat_shapes.h"

namespace lathe::formats::cvat_xml {
namespace {

constexpr std::uint64_t kMostPixels = 1ull << 29;

// Half-open, in pixels of the crop.
struct Span {
    std::uint64_t from = 0, to = 0;
};

tl::expected<std::vector<Span>, std::string> spansOf(std::string_view text, std::uint64_t pixels) {
    std::vector<Span> spans;
    std::uint64_t at = 0;
    bool inside = false;
    for (const char *p = text.data(), *end = p + text.size(); p != end;) {
        if (*p == ' ' || *p == ',' || *p == '\n' || *p == '\r' || *p == '\t') {
            ++p;
            continue;
        }
        std::uint64_t run = 0;
        const auto read = std::from_chars(p, end, run);
        if (read.ec != std::errc()) return tl::unexpected(std::string("its rle isn't a list of whole numbers"));
        if (run > pixels - at)
            return tl::unexpected(fmt::format("its rle has more than the {} pixels of its width and height", pixels));
        if (inside && run > 0) spans.push_back({at, at + run});
        at += run;
        inside = !inside;
        p = read.ptr;
    }
    if (at != pixels) return tl::unexpected(fmt::format("its rle has {} pixels, its width and height {}", at, pixels));
    return spans;
}

// The part of the crop that has pixels and lies within the image, in pixels of the image.
struct Area {
    std::int64_t left = INT64_MAX, top = INT64_MAX, right = INT64_MIN, bottom = INT64_MIN;
    [[nodiscard]] bool isEmpty() const { return left >= right || top >= bottom; }
};

struct Placing {
    std::int64_t left, top, width, height, imageWidth, imageHeight;
};

// Calls visit(row, first, end) for the pieces of the spans' rows within the image.
template <class Visit>
void eachPiece(const std::vector<Span>& spans, const Placing& f, Visit visit) {
    for (const Span& span : spans)
        for (std::uint64_t at = span.from; at < span.to;) {
            const auto row = std::int64_t(at / std::uint64_t(f.width)), first = std::int64_t(at % std::uint64_t(f.width));
            const std::int64_t end = std::min<std::int64_t>(f.width, first + std::int64_t(span.to - at));
            at += std::uint64_t(end - first);
            if (f.top + row < 0 || f.top + row >= f.imageHeight) continue;
            const std::int64_t x0 = std::max<std::int64_t>(0, f.left + first), x1 = std::min(f.imageWidth, f.left + end);
            if (x0 < x1) visit(f.top + row, x0, x1);
        }
}

// Column-major runs of a raster that fills `area` of the image.
annot::Mask maskIn(const std::vector<std::uint8_t>& raster, const Area& area, const Placing& f) {
    annot::Mask mask{std::uint32_t(f.imageHeight), std::uint32_t(f.imageWidth), {}};
    const std::int64_t columns = area.right - area.left, rows = area.bottom - area.top;
    std::uint64_t from = 0;
    bool inside = false;
    const auto change = [&](std::uint64_t at) {
        mask.counts.push_back(std::uint32_t(at - from));
        from = at;
        inside = !inside;
    };
    for (std::int64_t x = 0; x < columns; ++x) {
        const auto column = std::uint64_t(area.left + x) * std::uint64_t(f.imageHeight) + std::uint64_t(area.top);
        if (inside && area.top > 0) change(column - std::uint64_t(area.top));
        for (std::int64_t y = 0; y < rows; ++y)
            if (bool(raster[std::size_t(y * columns + x)]) != inside) change(column + std::uint64_t(y));
        if (inside && area.bottom < f.imageHeight) change(column + std::uint64_t(rows));
    }
    const std::uint64_t all = std::uint64_t(f.imageWidth) * std::uint64_t(f.imageHeight);
    if (from < all || mask.counts.empty()) mask.counts.push_back(std::uint32_t(all - from));
    return mask;
}

}  // namespace

tl::expected<annot::Mask, Problem> maskOf(const pugi::xml_node& node, int width, int height) {
    const auto far = [](std::int64_t v) { return v < -kLongestSide || v > kLongestSide; };
    const Placing f{wholeOf(node, "left", INT64_MIN),
                    wholeOf(node, "top", INT64_MIN),
                    wholeOf(node, "width"),
                    wholeOf(node, "height"),
                    width,
                    height};
    if (f.width <= 0 || f.height <= 0 || far(f.left) || far(f.top) || far(f.width) || far(f.height))
        return bad("bad_mask", "its left, top, width and height aren't those of a box of pixels; it is left out");
    if (width <= 0 || height <= 0)
        return bad("unknown_size", "the size of its image isn't known, so a mask can't be placed; it is left out");
    if (far(width) || far(height) || std::uint64_t(width) * std::uint64_t(height) > kMostPixels ||
        std::uint64_t(f.width) * std::uint64_t(f.height) > kMostPixels)
        return bad("bad_mask", "is of more than 2^29 pixels; it is left out");
    const auto spans = spansOf(node.attribute("rle").value(), std::uint64_t(f.width) * std::uint64_t(f.height));
    if (!spans) return bad("bad_mask", spans.error() + "; it is left out");
    Area area;
    eachPiece(*spans, f, [&](std::int64_t row, std::int64_t x0, std::int64_t x1) {
        area = {std::min(area.left, x0), std::min(area.top, row), std::max(area.right, x1), std::max(area.bottom, row + 1)};
    });
    if (area.isEmpty()) return bad("zero_area", "the mask has no pixel within the image; it is left out");
    const std::int64_t columns = area.right - area.left;
    std::vector<std::uint8_t> raster(std::size_t(columns * (area.bottom - area.top)));
    eachPiece(*spans, f, [&](std::int64_t row, std::int64_t x0, std::int64_t x1) {
        const auto begin = raster.begin() + (row - area.top) * columns - area.left;
        std::fill(begin + x0, begin + x1, std::uint8_t(1));
    });
    return maskIn(raster, area, f);
}

std::optional<Crop> cropOf(const annot::Mask& mask) {
    const annot::Rect box = annot::bounds(mask);
    if (box.w <= 0 || box.h <= 0) return {};
    Crop crop{std::uint32_t(box.x), std::uint32_t(box.y), std::uint32_t(box.w), std::uint32_t(box.h), {}};
    std::vector<std::uint8_t> raster(std::size_t(crop.width) * crop.height);
    std::uint64_t at = 0;
    for (std::size_t k = 0; k < mask.counts.size(); at += mask.counts[k++])
        for (std::uint64_t p = at; k % 2 && p < at + mask.counts[k]; ++p)
            raster[(p % mask.height - crop.top) * crop.width + (p / mask.height - crop.left)] = 1;
    std::uint64_t run = 0;
    bool inside = false;
    const auto put = [&] { fmt::format_to(std::back_inserter(crop.rle), "{}{}", crop.rle.empty() ? "" : ", ", run); };
    for (const std::uint8_t pixel : raster) {
        if (bool(pixel) != inside) {
            put();
            run = 0;
            inside = !inside;
        }
        ++run;
    }
    put();
    return crop;
}

}  // namespace lathe::formats::cvat_xml
