#include "widgets/explain/map_file.h"

#include <cstring>
#include <regex>

#include "core/base/files.h"

namespace lathe::widgets::explain {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";

struct Header {
    int rows = 0, columns = 0;
    std::size_t dataAt = 0;
};

Result<Header> parseHeader(const std::string& bytes, const std::string& context) {
    if (bytes.size() < 12 || bytes.compare(0, kMagic.size(), kMagic) != 0)
        return fail(ErrorCode::InvalidData, "is not a .npy file", context);
    const bool wide = bytes[6] >= 2;
    std::uint32_t length = 0;
    std::memcpy(&length, bytes.data() + 8, wide ? 4 : 2);
    Header header;
    header.dataAt = (wide ? 12u : 10u) + length;
    if (header.dataAt > bytes.size()) return fail(ErrorCode::InvalidData, "is cut off in its header", context);
    const std::string text = bytes.substr(wide ? 12 : 10, length);
    static const std::regex shape(R"('shape':\s*\((\d{1,9}),\s*(\d{1,9}),?\s*\))");
    std::smatch found;
    if (text.find("'<f4'") == std::string::npos || text.find("'fortran_order': False") == std::string::npos ||
        !std::regex_search(text, found, shape))
        return fail(ErrorCode::InvalidData, "is not a float32 map of two dimensions in C order", context);
    header.rows = std::stoi(found[1]);
    header.columns = std::stoi(found[2]);
    return header;
}

}  // namespace

Result<cv::Mat> readMap(const std::filesystem::path& file) {
    LATHE_TRY(const std::string bytes, base::readFile(file));
    LATHE_TRY(const Header header, parseHeader(bytes, file.string()));
    const std::size_t wanted = std::size_t(header.rows) * std::size_t(header.columns) * sizeof(float);
    if (wanted == 0 || bytes.size() - header.dataAt != wanted)
        return fail(ErrorCode::InvalidData, "is cut off in its data", file.string());
    cv::Mat map(header.rows, header.columns, CV_32FC1);
    std::memcpy(map.data, bytes.data() + header.dataAt, wanted);
    return map;
}

}  // namespace lathe::widgets::explain
