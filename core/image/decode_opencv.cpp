#include <mutex>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>

#include <fmt/format.h>

#include "core/image/codecs.h"
#include "core/image/headers.h"

namespace lathe::image {
namespace {

int sayNothing(int, const char*, const char*, const char*, int, void*) {
    return 0;
}

// OpenCV turns TIFF pixels by their orientation itself, and not for all kinds: with the tag set to 1 it leaves them as stored.
std::string withoutOrientation(std::string_view bytes, const TiffHeader& tiff) {
    std::string copy(bytes);
    if (tiff.orientationAt && tiff.orientationAt + 2 <= copy.size()) {
        copy[tiff.orientationAt] = char(tiff.bigEndian ? 0 : 1);
        copy[tiff.orientationAt + 1] = char(tiff.bigEndian ? 1 : 0);
    }
    return copy;
}

cv::Mat imdecode(std::string_view bytes) {
    const cv::Mat buffer(1, int(bytes.size()), CV_8UC1, const_cast<char*>(bytes.data()));
    return cv::imdecode(buffer, cv::IMREAD_UNCHANGED);
}

}  // namespace

void keepOpenCvQuiet() {
    static std::once_flag once;
    std::call_once(once, [] {
        cv::redirectError(sayNothing);
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    });
}

Result<cv::Mat> decodeByOpenCv(std::string_view bytes, const ImageInfo& info) {
    keepOpenCvQuiet();
    if (bytes.size() > INT32_MAX) return fail(ErrorCode::Unsupported, "the file is larger than 2 GB");
    try {
        cv::Mat pixels;
        if (info.format == "tiff" && info.orientation != 1) {
            LATHE_TRY(const TiffHeader tiff, tiffHeader(bytes, true));
            pixels = imdecode(withoutOrientation(bytes, tiff));
        } else {
            pixels = imdecode(bytes);
        }
        if (pixels.empty())
            return fail(ErrorCode::InvalidData, fmt::format("the {} is damaged, or of a kind that isn't read ({} channels, {} bit)",
                                                            info.format, info.channels, info.depth));
        if (pixels.cols != info.width || pixels.rows != info.height)
            return fail(ErrorCode::InvalidData, fmt::format("the {} decodes to {} x {}, its header says {} x {}", info.format,
                                                            pixels.cols, pixels.rows, info.width, info.height));
        return pixels;
    } catch (const cv::Exception& e) {
        return fail(ErrorCode::InvalidData, fmt::format("the {} can't be decoded: {}", info.format, e.err));
    } catch (const std::exception& e) {
        return fail(ErrorCode::InvalidData, fmt::format("the {} can't be decoded: {}", info.format, e.what()));
    }
}

}  // namespace lathe::image
