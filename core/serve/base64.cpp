#include "core/serve/base64.h"

#include <sodium.h>

namespace lathe::serve {

std::string toBase64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

Result<std::string> fromBase64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    const int status = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                                         "\r\n", &length, nullptr, sodium_base64_VARIANT_ORIGINAL);
    if (status != 0) return fail(ErrorCode::InvalidData, "This is not base64.");
    bytes.resize(length);
    return bytes;
}

}  // namespace lathe::serve
