// A JPEG by rows, straight from its file.
#include <cstring>

#include "core/image/codecs.h"
#include "core/image/file_handle.h"
#include "core/image/jpeg_job.h"

namespace lathe::image {
namespace {

// Each holds nothing that needs a destructor: errors come by longjmp.
bool begin(JpegJob& job, std::FILE* file) {
    if (setjmp(job.errors.back)) return false;
    job.prepare();
    jpeg_stdio_src(&job.jpeg, file);
    jpeg_read_header(&job.jpeg, TRUE);
    job.tooBig = job.tooManyCoefficients();
    if (job.tooBig) return false;
    job.chooseOutput({});
    jpeg_start_decompress(&job.jpeg);
    return true;
}

bool readRows(JpegJob& job, unsigned char* first, std::size_t step, int rows) {
    if (setjmp(job.errors.back)) return false;
    for (int y = 0; y < rows && !job.errors.cut; ++y) {
        JSAMPROW row = first + step * std::size_t(y);
        jpeg_read_scanlines(&job.jpeg, &row, 1);
    }
    if (job.jpeg.output_scanline == job.jpeg.output_height) job.judgeEnd();
    return true;
}

class JpegRows : public RowReader {
public:
    explicit JpegRows(std::FILE* file) : m_file(file) { std::memset(static_cast<void*>(&m_job), 0, sizeof m_job); }
    ~JpegRows() override { jpeg_destroy_decompress(&m_job.jpeg); }

    Result<> start() {
        if (const bool read = begin(m_job, m_file.get()); m_job.failed(read)) return fail(m_job.error());
        return {};
    }
    cv::Size size() const override { return {int(m_job.jpeg.output_width), int(m_job.jpeg.output_height)}; }
    int type() const override { return m_job.jpeg.output_components == 1 ? CV_8UC1 : CV_8UC3; }
    Result<cv::Mat> next(int rows) override {
        rows = std::min(rows, int(m_job.jpeg.output_height - m_job.jpeg.output_scanline));
        if (rows <= 0) return cv::Mat();
        cv::Mat band(rows, int(m_job.jpeg.output_width), CV_8UC(m_job.jpeg.output_components));
        if (const bool read = readRows(m_job, band.data, band.step, rows); m_job.failed(read)) return fail(m_job.error());
        return band.channels() == 4 ? bgrFromCmyk(band, m_job.inverted) : band;
    }

private:
    FileHandle m_file;
    JpegJob m_job;
};

}  // namespace

Result<std::unique_ptr<RowReader>> jpegRows(const std::filesystem::path& file) {
    std::FILE* opened = std::fopen(file.c_str(), "rb");
    if (!opened) return fail(ErrorCode::NotFound, "can't be opened", file.string());
    auto rows = std::make_unique<JpegRows>(opened);
    LATHE_CHECK(rows->start());
    return std::unique_ptr<RowReader>(std::move(rows));
}

}  // namespace lathe::image
