// A picture from top to bottom in bands of rows, for those that must not lie in memory whole.
#pragma once
#include <filesystem>
#include <memory>
#include <opencv2/core/mat.hpp>

#include "core/base/result.h"
#include "core/image/decode.h"

namespace lathe::image {

/// Upright, to be looked at with its own depth: 1 or 3 channels of CV_8U, CV_16U or CV_32F (all other depths); alpha of 8 bit laid
/// over white, else dropped.
[[nodiscard]] Result<cv::Mat> decodeDeep(const std::filesystem::path& file);

/// One thread at a time. Rows are as stored: EXIF orientation is not applied, uprightBand() says where they belong.
class RowReader {
public:
    virtual ~RowReader() = default;
    [[nodiscard]] virtual cv::Size size() const = 0;  ///< as stored
    [[nodiscard]] virtual int type() const = 0;       ///< of the rows, as decodeDeep() has them
    /// The next `rows` rows, fewer at the end, none after it. A file cut off or damaged is an error.
    [[nodiscard]] virtual Result<cv::Mat> next(int rows) = 0;
    [[nodiscard]] int orientation() const { return m_orientation; }

    /// JPEG, PNG without interlacing and the usual TIFFs are read as they are asked for; anything else is decoded whole here (and
    /// can be refused for its size) and handed out from memory.
    [[nodiscard]] static Result<std::unique_ptr<RowReader>> open(const std::filesystem::path& file);

private:
    int m_orientation = 1;
};

/// Where `rows` rows from `y` on of a picture stored as `size` lie in the upright picture.
[[nodiscard]] cv::Rect uprightPlace(int y, int rows, cv::Size size, int orientation);
/// Turns stored pixels upright by EXIF orientation 1...8.
[[nodiscard]] cv::Mat upright(const cv::Mat& picture, int orientation);

/// Upright and scaled down (area) until the longer side is about `side`, with the memory of a few rows: as Colour::Bgr8.
[[nodiscard]] Result<cv::Mat> decodeSmall(const std::filesystem::path& file, int side);

}  // namespace lathe::image
