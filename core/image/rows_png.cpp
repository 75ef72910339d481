// A PNG by rows, straight from its file.
#include <cstdio>

#include "core/image/codecs.h"
#include "core/image/file_handle.h"
#include "core/image/png_context.h"

namespace lathe::image {
namespace {

class PngRows : public RowReader {
public:
    explicit PngRows(std::FILE* file) : m_file(file) {}

    Result<> start() {
        if (const int code = spng_set_png_file(m_context.get(), m_file.get())) return pngError(code);
        if (const int code = spng_get_ihdr(m_context.get(), &m_header)) return pngError(code);
        if (m_header.interlace_method) return fail(ErrorCode::Unsupported, "an interlaced PNG can't be read by rows");
        m_target = pngTarget(m_context.get(), m_header);
        const int flags = SPNG_DECODE_PROGRESSIVE | (m_target.transparent ? SPNG_DECODE_TRNS : 0);
        if (const int code = spng_decode_image(m_context.get(), nullptr, 0, m_target.format, flags)) return pngError(code);
        return {};
    }
    cv::Size size() const override { return {int(m_header.width), int(m_header.height)}; }
    int type() const override {
        const int channels = CV_MAT_CN(m_target.type);
        return CV_MAKETYPE(CV_MAT_DEPTH(m_target.type), channels >= 3 ? 3 : 1);
    }
    Result<cv::Mat> next(int rows) override {
        rows = std::min(rows, int(m_header.height) - m_at);
        if (rows <= 0) return cv::Mat();
        cv::Mat band(rows, int(m_header.width), m_target.type);
        for (int y = 0; y < rows; ++y, ++m_at) {
            const int code = spng_decode_row(m_context.get(), band.ptr(y), band.cols * band.elemSize());
            if (code && !(code == SPNG_EOI && m_at + 1 == int(m_header.height))) return pngError(code);
        }
        swapRedAndBlue(band);
        return toDeep(band);
    }

private:
    FileHandle m_file;
    PngContext m_context;
    spng_ihdr m_header{};
    PngTarget m_target;
    int m_at = 0;
};

}  // namespace

Result<std::unique_ptr<RowReader>> pngRows(const std::filesystem::path& file) {
    std::FILE* opened = std::fopen(file.c_str(), "rb");
    if (!opened) return fail(ErrorCode::NotFound, "can't be opened", file.string());
    auto rows = std::make_unique<PngRows>(opened);
    LATHE_CHECK(rows->start());
    return std::unique_ptr<RowReader>(std::move(rows));
}

}  // namespace lathe::image
