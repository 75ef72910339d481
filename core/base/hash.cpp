#include "core/base/hash.h"

#include <openssl/evp.h>
#include <array>
#include <fstream>
#include <random>

#include "core/base/files.h"

namespace lathe::base {

namespace {

class Digest {
public:
    explicit Digest(const EVP_MD* kind) : m_context(EVP_MD_CTX_new()) { EVP_DigestInit_ex(m_context, kind, nullptr); }
    ~Digest() { EVP_MD_CTX_free(m_context); }
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;

    void add(std::string_view bytes) { EVP_DigestUpdate(m_context, bytes.data(), bytes.size()); }
    std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned size = 0;
        EVP_DigestFinal_ex(m_context, digest.data(), &size);
        static constexpr char kDigits[] = "0123456789abcdef";
        std::string text;
        text.reserve(std::size_t(size) * 2);
        for (unsigned k = 0; k < size; ++k) text += {kDigits[digest[k] >> 4], kDigits[digest[k] & 15]};
        return text;
    }

private:
    EVP_MD_CTX* m_context;
};

std::string digestOf(const EVP_MD* kind, std::string_view bytes) {
    Digest digest(kind);
    digest.add(bytes);
    return digest.hex();
}

/// Reads in 1 MiB pieces, memory bounded.
Result<std::string> digestOfFile(const EVP_MD* kind, const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(errnoError(errno, "can't be opened", file));
    Digest digest(kind);
    std::string buffer(1 << 20, '\0');
    while (in.read(buffer.data(), std::streamsize(buffer.size())) || in.gcount() > 0)
        digest.add(std::string_view(buffer.data(), std::size_t(in.gcount())));
    if (in.bad()) return fail(ErrorCode::Io, "can't be read to its end", file.string());
    return digest.hex();
}

}  // namespace

struct Sha256::State {
    Digest digest{EVP_sha256()};
};

Sha256::Sha256() : m_state(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
    m_state->digest.add(bytes);
}

std::string Sha256::hex() {
    return m_state->digest.hex();
}

std::string sha256(std::string_view bytes) {
    return digestOf(EVP_sha256(), bytes);
}

Result<std::string> sha256OfFile(const std::filesystem::path& file) {
    return digestOfFile(EVP_sha256(), file);
}

std::string md5(std::string_view bytes) {
    return digestOf(EVP_md5(), bytes);
}

Result<std::string> md5OfFile(const std::filesystem::path& file) {
    return digestOfFile(EVP_md5(), file);
}

std::string randomHex(int count) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::random_device device;
    std::string text;
    for (int i = 0; i < count; ++i) text += kDigits[device() & 15];
    return text;
}

}  // namespace lathe::base
