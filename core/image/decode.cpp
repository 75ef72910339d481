#include "core/image/decode.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/files.h"
#include "core/image/codecs.h"
#include "core/image/headers.h"

namespace lathe::image {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestFile = 1ull << 30;
constexpr std::uint64_t kHead = 256 << 10;        // enough for nearly every header
constexpr std::uint64_t kMostBytes = 3ull << 29;  // decoded, in the file's own depth: 1.5 GB

Error within(Error error, const std::string& name) {
    if (error.context.empty()) error.context = name;
    return error;
}

Result<> checkSize(const ImageInfo& info, std::uint64_t maxPixels) {
    const std::uint64_t pixels = std::uint64_t(info.width) * std::uint64_t(info.height);
    const std::uint64_t bytes = pixels * unsigned(std::max(1, info.channels)) * ((unsigned(std::max(8, info.depth)) + 7) / 8);
    if (pixels <= maxPixels && bytes <= kMostBytes) return {};
    return fail(ErrorCode::Unsupported,
                fmt::format("too large: {} x {} pixels would need {} MB; cut it into tiles", info.width, info.height, bytes >> 20));
}

ImageInfo turned(ImageInfo info) {
    if (info.orientation >= 5) std::swap(info.width, info.height);
    return info;
}

Result<std::string> readHead(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(base::errnoError(errno, "can't be opened", file));
    std::string bytes(kHead, '\0');
    in.read(bytes.data(), std::streamsize(bytes.size()));
    bytes.resize(std::size_t(in.gcount()));
    return bytes;
}

cv::Mat inColour(const cv::Mat& pixels, Colour colour, bool rgb) {
    if (colour == Colour::Native) return pixels;
    if (colour == Colour::Grey8 || colour == Colour::Luma8) return toGrey8(pixels);
    if (colour == Colour::Bgr8 || rgb) return toBgr8(pixels);
    cv::Mat out;
    if (pixels.channels() == 1 && pixels.depth() == CV_8U)
        cv::cvtColor(pixels, out, cv::COLOR_GRAY2RGB);
    else
        cv::cvtColor(toBgr8(pixels), out, cv::COLOR_BGR2RGB);
    return out;
}

Result<cv::Mat> decodeChecked(std::string_view bytes, const DecodeOptions& options) {
    LATHE_TRY(const ImageInfo info, checkedHeader(bytes, true, options.maxPixels));
    return decodeAll(bytes, info, options);
}

}  // namespace

Result<ImageInfo> checkedHeader(std::string_view bytes, bool whole, std::uint64_t maxPixels) {
    if (bytes.empty()) return fail(ErrorCode::InvalidData, "the file is empty");
    LATHE_TRY(ImageInfo info, header(bytes, whole));
    LATHE_CHECK(checkSize(info, maxPixels));
    return info;
}

cv::Mat placeIn(std::vector<std::uint8_t>* memory, int height, int width, int type) {
    if (!memory) return cv::Mat(height, width, type);
    const std::size_t bytes = std::size_t(height) * std::size_t(width) * CV_ELEM_SIZE(type);
    if (memory->size() < bytes) memory->resize(bytes);
    return cv::Mat(height, width, type, memory->data());
}

Result<cv::Mat> decodeAll(std::string_view bytes, const ImageInfo& info, const DecodeOptions& options,
                          std::vector<std::uint8_t>* memory) {
    try {
        StoredPixels stored;
        if (info.format == "jpeg") {
            LATHE_TRY(stored, decodeJpeg(bytes, info, options, memory));
        } else if (info.format == "png") {
            LATHE_TRY(stored, decodePng(bytes, options, memory));
        } else {
            LATHE_TRY(stored.pixels, decodeByOpenCv(bytes, info));
        }
        return upright(inColour(stored.pixels, options.colour, stored.rgb), info.orientation);
    } catch (const std::exception& e) {
        return fail(ErrorCode::Unsupported, fmt::format("can't be decoded: {}", e.what()));
    }
}

Result<ImageInfo> probeBytes(std::string_view bytes, const std::string& name) {
    auto info = checkedHeader(bytes, true, DecodeOptions{}.maxPixels);
    if (!info) return fail(within(info.error(), name));
    info->bytes = bytes.size();
    return turned(*info);
}

Result<ImageInfo> probe(const fs::path& file) {
    std::error_code error;
    if (fs::is_directory(file, error)) return fail(ErrorCode::InvalidData, "is a folder, not an image", file.string());
    LATHE_TRY(std::string head, readHead(file));
    const std::uint64_t size = fs::file_size(file, error);
    if (!error && size > head.size()) {
        if (auto info = checkedHeader(head, false, DecodeOptions{}.maxPixels)) {
            info->bytes = size;
            return turned(*info);
        }
        if (sniff(head).empty() || !whyUnsupported(sniff(head)).empty()) return probeBytes(head, file.string());
        LATHE_TRY(head, base::readFile(file, kLargestFile));
    }
    return probeBytes(head, file.string());
}

Result<cv::Mat> decodeBytes(std::string_view bytes, const std::string& name, const DecodeOptions& options) {
    auto picture = decodeChecked(bytes, options);
    if (!picture) return fail(within(picture.error(), name));
    return picture;
}

Result<cv::Mat> decode(const fs::path& file, const DecodeOptions& options) {
    LATHE_TRY(const std::string bytes, base::readFile(file, kLargestFile));
    return decodeBytes(bytes, file.string(), options);
}

Result<> Decoder::read(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail(base::errnoError(errno, "can't be opened", file));
    struct stat facts {};
    m_size = 0;
    if (::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode) || std::uint64_t(facts.st_size) > kLargestFile) {
        ::close(descriptor);
        LATHE_TRY(const std::string bytes, base::readFile(file, kLargestFile));
        m_bytes.assign(bytes.begin(), bytes.end());
        m_size = bytes.size();
        return {};
    }
    // One byte more: a file that grows meanwhile is seen to.
    if (m_bytes.size() <= std::size_t(facts.st_size)) m_bytes.resize(std::size_t(facts.st_size) + 1);
    ssize_t got = 0;
    while (m_size < m_bytes.size() && (got = ::read(descriptor, m_bytes.data() + m_size, m_bytes.size() - m_size)) > 0)
        m_size += std::size_t(got);
    const int number = errno;
    ::close(descriptor);
    if (got < 0) return fail(base::errnoError(number, "can't be read", file));
    return {};
}

Result<Decoder::Picture> Decoder::decode(const fs::path& file, const DecodeOptions& options) {
    LATHE_CHECK(read(file));
    const std::string_view bytes(m_bytes.data(), m_size);
    auto info = checkedHeader(bytes, true, options.maxPixels);
    if (!info) return fail(within(info.error(), file.string()));
    auto pixels = decodeAll(bytes, *info, options, &m_pixels);
    if (!pixels) return fail(within(pixels.error(), file.string()));
    const ImageInfo shown = turned(*info);
    return Picture{*pixels, shown.width, shown.height};
}

Result<> writeImage(const fs::path& file, const cv::Mat& picture) {
    keepOpenCvQuiet();
    std::vector<std::uint8_t> bytes;
    try {
        if (!cv::imencode(file.extension().string(), picture, bytes))
            return fail(ErrorCode::Unsupported, "can't be written in this format; use .png or .jpg", file.string());
    } catch (const cv::Exception& e) {
        return fail(ErrorCode::Unsupported, fmt::format("can't be written: {}", e.err), file.string());
    }
    return base::writeFileAtomically(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace lathe::image
