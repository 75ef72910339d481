#include "app/engine/base64.h"

#include <array>
#include <cstdint>

namespace lathe::app {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::array<int, 256> makeValues() {
    std::array<int, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) values[static_cast<unsigned char>(kAlphabet[i])] = int(i);
    return values;
}

}  // namespace

std::string toBase64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k) text += k <= count ? kAlphabet[group >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

Result<std::string> fromBase64(std::string_view text) {
    static const std::array<int, 256> values = makeValues();
    if (text.size() % 4 != 0) return fail(ErrorCode::InvalidData, "base64 text is cut off");
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : text) {
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0) return fail(ErrorCode::InvalidData, "a character doesn't belong into base64 text");
        group = group << 6 | std::uint32_t(value), bits += 6;
        if (bits >= 8) bits -= 8, bytes += char(group >> bits & 255);
    }
    return bytes;
}

}  // namespace lathe::app
