#include "core/formats/embedded.h"

#include <fmt/format.h>
#include <array>
#include <cstdint>

namespace lathe::formats {
namespace embedded {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kSpace = 64, kEnd = 65, kWrong = 255;

constexpr std::array<std::uint8_t, 256> values() {
    std::array<std::uint8_t, 256> table{};
    table.fill(kWrong);
    for (std::size_t k = 0; k < kAlphabet.size(); ++k) table[std::uint8_t(kAlphabet[k])] = std::uint8_t(k);
    for (const char c : {' ', '\n', '\r', '\t'}) table[std::uint8_t(c)] = kSpace;
    table['='] = kEnd;
    return table;
}
constexpr auto kValues = values();

std::string_view withoutPrefix(std::string_view text) {
    const auto comma = text.substr(0, 100).find(";base64,");
    return text.starts_with("data:") && comma != std::string_view::npos ? text.substr(comma + 8) : text;
}

}  // namespace
}  // namespace embedded

Result<std::string> bytesOfBase64(std::string_view text) {
    using namespace embedded;
    text = withoutPrefix(text);
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        const std::uint8_t value = kValues[std::uint8_t(c)];
        if (value == kEnd) break;
        if (value == kSpace) continue;
        if (value == kWrong)
            return fail(ErrorCode::InvalidData, fmt::format("isn't base64: it has a byte {}", int(std::uint8_t(c))));
        bits = bits << 6 | value;
        if ((held += 6) < 8) continue;
        held -= 8;
        bytes += char(std::uint8_t(bits >> held));
    }
    return bytes;
}

std::string base64Of(std::string_view bytes) {
    using embedded::kAlphabet;
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t k = 0; k < bytes.size(); k += 3) {
        std::uint32_t bits = 0;
        for (std::size_t j = 0; j < 3; ++j) bits = bits << 8 | (k + j < bytes.size() ? std::uint8_t(bytes[k + j]) : 0u);
        for (std::size_t j = 0; j < 4; ++j) text += k + j > bytes.size() ? '=' : kAlphabet[bits >> (18 - 6 * j) & 63];
    }
    return text;
}

}  // namespace lathe::formats
