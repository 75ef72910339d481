// Masks of LabelMe: a PNG in base64 that is as large as the mask's box, and the box's first and last pixel.
#include <cmath>
#include <cstring>
#include <opencv2/imgcodecs.hpp>

#include "core/annot/convert.h"
#include "core/annot/mask.h"
#include "core/formats/embedded.h"
#include "core/formats/labelme.h"
#include "core/image/decode.h"

namespace lathe::formats::labelme {
namespace {

constexpr std::int64_t kMostPixels = std::int64_t(1) << 29;

// Is a pixel anything but 0? Alpha doesn't count.
class Pixels {
public:
    explicit Pixels(const cv::Mat& picture) : m_picture(picture), m_each(picture.elemSize()) {
        const int channels = picture.channels();
        m_looked = picture.elemSize1() * std::size_t(channels == 2 || channels == 4 ? channels - 1 : channels);
    }
    [[nodiscard]] bool isSet(int x, int y) const {
        const std::uint8_t* at = m_picture.ptr(y) + std::size_t(x) * m_each;
        for (std::size_t k = 0; k < m_looked; ++k)
            if (at[k]) return true;
        return false;
    }

private:
    const cv::Mat& m_picture;
    std::size_t m_each, m_looked;
};

class Counts {
public:
    void put(bool inside, std::int64_t count) {
        if (count <= 0) return;
        if (inside != m_inside) m_counts.push_back(0), m_inside = inside;
        m_counts.back() += std::uint32_t(count);
    }
    [[nodiscard]] std::vector<std::uint32_t> take() { return std::move(m_counts); }

private:
    std::vector<std::uint32_t> m_counts{0};
    bool m_inside = false;
};

annot::Mask placed(const cv::Mat& picture, std::int64_t left, std::int64_t top, std::int64_t columns, std::int64_t rows,
                   Size image) {
    const Pixels pixels(picture);
    const std::int64_t width = image.width, height = image.height;
    const std::int64_t x0 = std::clamp<std::int64_t>(left, 0, width), x1 = std::clamp<std::int64_t>(left + columns, x0, width);
    const std::int64_t y0 = std::clamp<std::int64_t>(top, 0, height), y1 = std::clamp<std::int64_t>(top + rows, y0, height);
    Counts counts;
    counts.put(false, x0 * height);
    for (std::int64_t x = x0; x < x1; ++x) {
        counts.put(false, y0);
        for (std::int64_t y = y0; y < y1; ++y) counts.put(pixels.isSet(int(x - left), int(y - top)), 1);
        counts.put(false, height - y1);
    }
    counts.put(false, (width - x1) * height);
    return {std::uint32_t(height), std::uint32_t(width), counts.take()};
}

std::string pngOf(const cv::Mat& picture) {
    std::vector<std::uint8_t> bytes;
    try {
        if (!cv::imencode(".png", picture, bytes)) return {};
    } catch (const cv::Exception&) {
        return {};
    }
    return {bytes.begin(), bytes.end()};
}

}  // namespace

Read<annot::Mask> readMask(const std::string& base64, const Points& box, Size image) {
    if (base64.empty()) return bad("missing_field", "is a mask without \"mask\", its PNG; it is left out");
    if (box.size() != 2) return bad("bad_points", "is a mask without a box of two points; it is left out");
    if (std::int64_t(image.width) * image.height > kMostPixels)
        return bad("bad_mask", "is a mask of an image of more than 2^29 pixels; it is left out");
    const auto bytes = bytesOfBase64(base64);
    if (!bytes) return bad("bad_mask", "its PNG " + bytes.error().message + "; it is left out");
    const auto picture = image::decodeBytes(*bytes, "mask.png", {.colour = image::Colour::Native});
    if (!picture) return bad("bad_mask", "its PNG can't be read: " + picture.error().message + "; it is left out");
    const Point from{std::min(box[0].x, box[1].x), std::min(box[0].y, box[1].y)};
    const Point to{std::max(box[0].x, box[1].x), std::max(box[0].y, box[1].y)};
    // As LabelMe: corners in whole numbers are the first and the last pixel and cut the PNG; others say where it begins alone.
    const bool whole =
        from.x == std::floor(from.x) && from.y == std::floor(from.y) && to.x == std::floor(to.x) && to.y == std::floor(to.y);
    const std::int64_t columns = whole ? std::min<std::int64_t>(picture->cols, std::int64_t(to.x - from.x) + 1) : picture->cols;
    const std::int64_t rows = whole ? std::min<std::int64_t>(picture->rows, std::int64_t(to.y - from.y) + 1) : picture->rows;
    annot::Mask mask = placed(*picture, std::llrint(from.x), std::llrint(from.y), columns, rows, image);
    if (annot::maskArea(mask) == 0) return bad("zero_area", "is a mask without a pixel in the image; it is left out");
    return mask;
}

std::optional<MaskText> maskText(const annot::Mask& mask, Point offset) {
    const annot::Rect box = annot::bounds(annot::Shape(mask));
    if (!(box.w > 0 && box.h > 0) || mask.height == 0 || box.w * box.h > double(kMostPixels)) return {};
    const int x0 = int(box.x), y0 = int(box.y);
    cv::Mat picture(int(box.h), int(box.w), CV_8UC1, cv::Scalar(0));
    std::size_t at = 0;
    bool inside = false;
    for (const std::uint32_t count : mask.counts) {
        for (std::size_t k = at; inside && k < at + count; ++k)
            picture.at<std::uint8_t>(int(k % mask.height) - y0, int(k / mask.height) - x0) = 1;
        at += count;
        inside = !inside;
    }
    const std::string png = pngOf(picture);
    if (png.empty()) return {};
    const Point first{box.x + offset.x, box.y + offset.y};
    return MaskText{base64Of(png), {first, {first.x + box.w - 1, first.y + box.h - 1}}};
}

std::optional<MaskText> maskText(const annot::Polygon& polygon) {
    const annot::Rect box = annot::bounds(annot::Shape(polygon));
    const Point from{std::floor(box.x), std::floor(box.y)};
    const double width = std::ceil(box.x + box.w) - from.x, height = std::ceil(box.y + box.h) - from.y;
    if (!(width > 0 && height > 0 && width * height <= double(kMostPixels))) return {};
    const annot::Shape moved = annot::translated(polygon, -from.x, -from.y);
    return maskText(annot::maskOf(moved, std::uint32_t(width), std::uint32_t(height)), from);
}

}  // namespace lathe::formats::labelme
