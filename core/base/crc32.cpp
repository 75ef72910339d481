// By itself, so that a machine without OpenSSL can build what guards the logs.
#include <array>

#include "core/base/hash.h"

namespace lathe::base {

std::uint32_t crc32(std::string_view bytes) {
    static const auto table = [] {
        std::array<std::uint32_t, 256> rows{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            std::uint32_t row = i;
            for (int bit = 0; bit < 8; ++bit) row = (row >> 1) ^ ((row & 1) ? 0xEDB88320u : 0u);
            rows[i] = row;
        }
        return rows;
    }();
    std::uint32_t crc = ~0u;
    for (const char c : bytes) crc = table[(crc ^ static_cast<unsigned char>(c)) & 255] ^ (crc >> 8);
    return ~crc;
}

}  // namespace lathe::base
