// A TIFF by rows: strips as they come, tiles a row of them at a time.
#include <fmt/format.h>
#include <tiffio.h>
#include <opencv2/imgproc.hpp>

#include "core/image/codecs.h"

namespace lathe::image {
namespace {

struct CloseTiff {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};

constexpr std::uint32_t kWidestTile = 1 << 16;
constexpr std::uint64_t kLargestTiles = 1ull << 30;  // bytes of a row of tiles, and of a tile

Error damaged(int row) {
    return {ErrorCode::InvalidData, fmt::format("the TIFF is damaged or ends too early, at row {}", row), {}};
}

class TiffRows : public RowReader {
public:
    explicit TiffRows(TIFF* tiff) : m_tiff(tiff) {}

    Result<> start() {
        std::uint16_t bits = 8, samples = 1, format = SAMPLEFORMAT_UINT, photometric = 0, planar = PLANARCONFIG_CONTIG;
        std::uint16_t compression = COMPRESSION_NONE;
        TIFFGetField(m_tiff.get(), TIFFTAG_IMAGEWIDTH, &m_width);
        TIFFGetField(m_tiff.get(), TIFFTAG_IMAGELENGTH, &m_height);
        TIFFGetFieldDefaulted(m_tiff.get(), TIFFTAG_BITSPERSAMPLE, &bits);
        TIFFGetFieldDefaulted(m_tiff.get(), TIFFTAG_SAMPLESPERPIXEL, &samples);
        TIFFGetFieldDefaulted(m_tiff.get(), TIFFTAG_SAMPLEFORMAT, &format);
        TIFFGetFieldDefaulted(m_tiff.get(), TIFFTAG_PLANARCONFIG, &planar);
        TIFFGetFieldDefaulted(m_tiff.get(), TIFFTAG_COMPRESSION, &compression);
        TIFFGetField(m_tiff.get(), TIFFTAG_PHOTOMETRIC, &photometric);
        if (compression == COMPRESSION_JPEG && photometric == PHOTOMETRIC_YCBCR) {
            TIFFSetField(m_tiff.get(), TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
            photometric = PHOTOMETRIC_RGB;
        }
        const int depth = format == SAMPLEFORMAT_IEEEFP ? (bits == 32 ? CV_32F : -1) : bits == 8 ? CV_8U : bits == 16 ? CV_16U : -1;
        const bool colours = photometric == PHOTOMETRIC_MINISBLACK ? samples <= 2 : photometric == PHOTOMETRIC_RGB && samples <= 4;
        if (samples == 0 || depth < 0 || format == SAMPLEFORMAT_INT || !colours || (planar != PLANARCONFIG_CONTIG && samples > 1))
            return fail(ErrorCode::Unsupported, "a TIFF of this kind can't be read by rows");
        m_type = CV_MAKETYPE(depth, samples);
        if (TIFFIsTiled(m_tiff.get())) {
            TIFFGetField(m_tiff.get(), TIFFTAG_TILEWIDTH, &m_tileWidth);
            TIFFGetField(m_tiff.get(), TIFFTAG_TILELENGTH, &m_tileHeight);
        }
        if (!areTilesFit()) return fail(ErrorCode::Unsupported, "a TIFF with tiles of this size can't be read by rows");
        const auto step = std::size_t(TIFFScanlineSize(m_tiff.get()));
        if (!m_tileWidth && step != std::size_t(m_width) * CV_ELEM_SIZE(m_type))
            return fail(ErrorCode::Unsupported, "a TIFF of this kind can't be read by rows");
        return {};
    }
    cv::Size size() const override { return {int(m_width), int(m_height)}; }
    int type() const override { return CV_MAKETYPE(CV_MAT_DEPTH(m_type), CV_MAT_CN(m_type) >= 3 ? 3 : 1); }
    Result<cv::Mat> next(int rows) override {
        rows = std::min(rows, int(m_height) - m_at);
        if (rows <= 0) return cv::Mat();
        cv::Mat band(rows, int(m_width), m_type);
        for (int y = 0; y < rows; ++y, ++m_at)
            if (!(m_tileWidth ? tiledRow(band.row(y)) : TIFFReadScanline(m_tiff.get(), band.ptr(y), std::uint32_t(m_at)) == 1))
                return fail(damaged(m_at));
        if (band.channels() == 3) cv::cvtColor(band, band, cv::COLOR_RGB2BGR);
        if (band.channels() == 4) cv::cvtColor(band, band, cv::COLOR_RGBA2BGRA);
        return toDeep(band);
    }

private:
    [[nodiscard]] bool areTilesFit() const {
        if (m_tileWidth > kWidestTile || m_tileHeight > kWidestTile) return false;
        return std::uint64_t(std::max(m_width, m_tileWidth)) * m_tileHeight * CV_ELEM_SIZE(m_type) <= kLargestTiles;
    }
    bool tiledRow(cv::Mat to) {
        if (m_at % int(m_tileHeight) == 0 && !readTiles()) return false;
        m_tiles.row(m_at % int(m_tileHeight)).copyTo(to);
        return true;
    }
    bool readTiles() {
        m_tiles.create(int(m_tileHeight), int(m_width), m_type);
        cv::Mat tile(int(m_tileHeight), int(m_tileWidth), m_type);
        if (std::size_t(TIFFTileSize(m_tiff.get())) != tile.total() * tile.elemSize()) return false;
        for (int x = 0; x < int(m_width); x += int(m_tileWidth)) {
            if (TIFFReadTile(m_tiff.get(), tile.data, std::uint32_t(x), std::uint32_t(m_at), 0, 0) < 0) return false;
            const int w = std::min(int(m_tileWidth), int(m_width) - x);
            tile.colRange(0, w).copyTo(m_tiles.colRange(x, x + w));
        }
        return true;
    }

    std::unique_ptr<TIFF, CloseTiff> m_tiff;
    std::uint32_t m_width = 0, m_height = 0, m_tileWidth = 0, m_tileHeight = 0;
    int m_type = CV_8UC1, m_at = 0;
    cv::Mat m_tiles;
};

}  // namespace

Result<std::unique_ptr<RowReader>> tiffRows(const std::filesystem::path& file) {
    keepOpenCvQuiet();
    static const bool quiet = [] {
        TIFFSetErrorHandler(nullptr);
        TIFFSetWarningHandler(nullptr);
        return true;
    }();
    (void)quiet;
    TIFF* opened = TIFFOpen(file.c_str(), "r");
    if (!opened) return fail(ErrorCode::InvalidData, "the TIFF is damaged", file.string());
    auto rows = std::make_unique<TiffRows>(opened);
    LATHE_CHECK(rows->start());
    return std::unique_ptr<RowReader>(std::move(rows));
}

}  // namespace lathe::image
