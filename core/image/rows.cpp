#include "core/image/rows.h"

#include <opencv2/imgproc.hpp>

#include "core/image/codecs.h"

namespace lathe::image {
namespace {

/// Those that can only be decoded whole.
class WholeRows : public RowReader {
public:
    explicit WholeRows(cv::Mat picture) : m_picture(std::move(picture)) {}
    cv::Size size() const override { return m_picture.size(); }
    int type() const override { return m_picture.type(); }
    Result<cv::Mat> next(int rows) override {
        const int from = m_at;
        m_at = std::min(m_picture.rows, m_at + rows);
        return m_picture.rowRange(from, m_at);
    }

private:
    cv::Mat m_picture;
    int m_at = 0;
};

Result<std::unique_ptr<RowReader>> wholeRows(const std::filesystem::path& file) {
    LATHE_TRY(cv::Mat picture, decodeDeep(file));
    return std::unique_ptr<RowReader>(std::make_unique<WholeRows>(std::move(picture)));
}

int storedOrientation(const std::filesystem::path& file) {
    const auto info = probe(file);
    return info ? info->orientation : 1;
}

}  // namespace

Result<cv::Mat> decodeDeep(const std::filesystem::path& file) {
    LATHE_TRY(const cv::Mat native, decode(file, {.colour = Colour::Native}));
    return toDeep(native);
}

Result<std::unique_ptr<RowReader>> RowReader::open(const std::filesystem::path& file) {
    LATHE_TRY(const ImageInfo info, probe(file));
    Result<std::unique_ptr<RowReader>> reader = fail(ErrorCode::Unsupported, "not by rows");
    if (info.format == "jpeg") reader = jpegRows(file);
    if (info.format == "png") reader = pngRows(file);
    if (info.format == "tiff") reader = tiffRows(file);
    const bool byRows = reader.has_value();
    if (!byRows && reader.error().code != ErrorCode::Unsupported) {
        if (reader.error().context.empty()) reader.error().context = file.string();
        return reader;
    }
    if (!byRows) reader = wholeRows(file);
    if (reader && byRows) (*reader)->m_orientation = storedOrientation(file);
    return reader;
}

cv::Rect uprightPlace(int y, int h, cv::Size size, int orientation) {
    const int w = size.width, fromEnd = size.height - y - h;
    cv::Rect place(0, y, w, h);
    if (orientation == 3 || orientation == 4) place.y = fromEnd;
    if (orientation == 5 || orientation == 8) place = {y, 0, h, w};
    if (orientation == 6 || orientation == 7) place = {fromEnd, 0, h, w};
    return place;
}

Result<cv::Mat> decodeSmall(const std::filesystem::path& file, int side) {
    LATHE_TRY(const auto reader, RowReader::open(file));
    const cv::Size size = reader->size();
    const int by = std::max(1, std::max(size.width, size.height) / std::max(1, side));
    cv::Mat small;
    for (;;) {
        LATHE_TRY(const cv::Mat band, reader->next(by));
        if (band.empty()) break;
        cv::Mat row;
        cv::resize(band, row, {std::max(1, size.width / by), 1}, 0, 0, cv::INTER_AREA);
        small.push_back(row);
    }
    return upright(toBgr8(small), reader->orientation());
}

}  // namespace lathe::image
