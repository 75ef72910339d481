// SHA-256 (OpenSSL: SHA-NI where the processor has it). Digests are lower-case hex, 64 characters.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace lathe::base {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    void add(std::string_view bytes);
    /// Lower-case hex; the object can't be used after it.
    [[nodiscard]] std::string hex();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

[[nodiscard]] std::string sha256(std::string_view bytes);
/// Reads in 1 MiB pieces, memory bounded.
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& file);
/// MD5 (RFC 1321) in lower-case hex: for formats that name content by it (DVC), not for safety.
[[nodiscard]] std::string md5(std::string_view bytes);
[[nodiscard]] Result<std::string> md5OfFile(const std::filesystem::path& file);
/// CRC-32 (IEEE 802.3, as in zlib) of bytes; guards the frames of logs.
[[nodiscard]] std::uint32_t crc32(std::string_view bytes);
/// `count` random lower-case hex digits from the system.
[[nodiscard]] std::string randomHex(int count);

}  // namespace lathe::base
