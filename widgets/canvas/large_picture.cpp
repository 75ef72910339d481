#include "widgets/canvas/large_picture.h"

#include <opencv2/imgproc.hpp>

#include "core/base/hash.h"
#include "core/image/decode.h"

namespace lathe::widgets::canvas {

namespace {

constexpr std::int64_t kLargePixels = std::int64_t(48) << 20;
constexpr std::uint64_t kCacheBudget = std::uint64_t(8) << 30;
constexpr int kBandRows = 512;  // a power of two: the levels of a band end on whole pixels

/// The file as it is now: a changed one has other blocks; 2: how the levels are halved.
std::string keyOf(const store::ImageRow& row, const std::filesystem::path& file) {
    std::error_code ignored;
    const auto time = std::filesystem::last_write_time(file, ignored).time_since_epoch().count();
    const auto bytes = std::filesystem::file_size(file, ignored);
    return base::sha256("2:" + row.digest + ":" + std::to_string(time) + ":" + std::to_string(bytes) + ":" + file.string())
        .substr(0, 32);
}

cv::Mat previewOf(const store::Layout& layout, const store::ImageRow& row) {
    if (row.digest.size() < 3) return {};
    const auto file = layout.cache() / "thumbs" / row.digest.substr(0, 2) / (row.digest + ".jpg");
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return {};
    return image::decode(file).value_or(cv::Mat());
}

cv::Size turned(cv::Size stored, int orientation) {
    return orientation >= 5 ? cv::Size(stored.height, stored.width) : stored;
}

/// One band, upright, into all levels.
Result<> putBand(Pyramid& picture, const cv::Mat& band, cv::Point at) {
    cv::Mat pixels = band;
    for (int level = 0; level < Pyramid::kLevels; ++level) {
        LATHE_CHECK(picture.put(level, {at.x >> level, at.y >> level}, pixels));
        if (pixels.rows < 2 || pixels.cols < 2) break;
        pixels = Pyramid::halved(pixels);
    }
    return {};
}

/// The first band's height: when the file's first rows are the picture's last ones, the odd rows come first, so that every other
/// band begins at a multiple of kBandRows in the upright picture.
int firstBand(cv::Size stored, int orientation) {
    const bool backwards = image::uprightPlace(0, 1, stored, orientation).tl() != cv::Point();
    const int odd = stored.height % kBandRows;
    return backwards && odd ? odd : kBandRows;
}

}  // namespace

bool isLarge(int width, int height) {
    return std::int64_t(width) * height > kLargePixels;
}

Result<> openLarge(const store::Layout& layout, OpenImage& open) {
    const auto file = layout.file(open.row), folder = layout.cache() / "pictures";
    LATHE_TRY(std::shared_ptr<image::RowReader> rows, image::RowReader::open(file));
    const cv::Size size = turned(rows->size(), rows->orientation());
    const std::string key = keyOf(open.row, file);
    int levels = Pyramid::kBlockLevels;
    while (levels < Pyramid::kLevels && std::max(size.width, size.height) >> (levels - 1) > 512) ++levels;
    if (auto known = image::BlockFile::open(folder, key, size, rows->type(), levels)) {
        open.picture = std::make_shared<const Pyramid>(size, rows->type(), *known, cv::Mat(), true);
        return {};
    }
    auto blocks = image::BlockFile::create(folder, key, size, rows->type(), levels, kCacheBudget);
    auto growing = std::make_shared<Pyramid>(size, rows->type(), blocks ? *blocks : nullptr, previewOf(layout, open.row), false);
    open.picture = growing;
    open.rest = OpenImage::Rest{growing, std::move(rows), file.string()};
    return {};
}

Result<> readRest(const OpenImage::Rest& rest, std::stop_token stop, const Progress& progress,
                  const std::function<void(const cv::Rect&)>& grown) {
    const cv::Size stored = rest.rows->size();
    const int orientation = rest.rows->orientation();
    int most = firstBand(stored, orientation);
    for (int y = 0; y < stored.height; most = kBandRows) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "another image was opened");
        LATHE_TRY(const cv::Mat band, rest.rows->next(most));
        if (band.empty()) break;
        const cv::Rect part = image::uprightPlace(y, band.rows, stored, orientation);
        LATHE_CHECK(putBand(*rest.picture, image::upright(band, orientation), part.tl()));
        rest.picture->grow(part);
        grown(part);
        y += band.rows;
        progress.report(y, stored.height);
    }
    if (rest.picture->blocks()) LATHE_CHECK(rest.picture->blocks()->finish());
    return {};
}

}  // namespace lathe::widgets::canvas
