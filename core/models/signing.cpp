#include "core/models/signing.h"

#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <array>
#include <cstdlib>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/models/registry.h"

namespace lathe::models {

namespace fs = std::filesystem;

namespace {

using Seed = std::array<unsigned char, crypto_sign_SEEDBYTES>;
using PublicKey = std::array<unsigned char, crypto_sign_PUBLICKEYBYTES>;
using SecretKey = std::array<unsigned char, crypto_sign_SECRETKEYBYTES>;
using Signature = std::array<unsigned char, crypto_sign_BYTES>;

template <std::size_t N>
std::string toHex(const std::array<unsigned char, N>& bytes) {
    std::string text(N * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), N);
    text.pop_back();
    return text;
}

template <std::size_t N>
bool fromHex(const std::string& text, std::array<unsigned char, N>& bytes) {
    std::size_t length = 0;
    return text.size() == N * 2 && sodium_hex2bin(bytes.data(), N, text.data(), text.size(), nullptr, &length, nullptr) == 0 &&
           length == N;
}

std::string fileName(const std::string& user) {
    std::string name;
    for (const unsigned char c : user) {
        const bool plain = std::isalnum(c) || c == '-' || c == '_' || c == '@' || (c == '.' && !name.empty());
        name += plain ? std::string(1, char(c)) : fmt::format("%{:02X}", c);
    }
    return name;
}

Result<> checkPrivate(const fs::path& file) {
    struct stat info {};
    if (::stat(file.c_str(), &info) != 0) return fail(base::errnoError(errno, "read the key", file));
    if ((info.st_mode & 077) == 0) return {};
    return fail(ErrorCode::GateRefused, "The signing key can be read by others; make it private with chmod 600.", file.string());
}

Result<Seed> makeKey(const fs::path& file) {
    Seed seed;
    randombytes_buf(seed.data(), seed.size());
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    fs::permissions(file.parent_path(), fs::perms::owner_all, error);
    const auto old = ::umask(077);
    auto written = base::writeFileAtomically(file, toHex(seed) + "\n");
    ::umask(old);
    if (!written) return fail(std::move(written).error());
    if (::chmod(file.c_str(), 0600) != 0) return fail(base::errnoError(errno, "protect the key", file));
    return seed;
}

Result<Seed> seedOf(const std::string& user) {
    const auto file = keyFile(user);
    if (!fs::exists(file)) return makeKey(file);
    LATHE_CHECK(checkPrivate(file));
    LATHE_TRY(auto text, base::readFile(file, 1024));
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.pop_back();
    Seed seed;
    if (!fromHex(text, seed)) return fail(ErrorCode::Corrupt, "This is not a signing key (64 hex digits).", file.string());
    return seed;
}

std::string message(const std::string& digest, const std::string& user, const std::string& at) {
    return Json::array({"lathe-approval-1", digest, user, at}).dump();
}

const unsigned char* bytes(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool holds(const Json& json) {
    PublicKey key;
    Signature signature;
    if (!fromHex(json.value("public_key", ""), key) || !fromHex(json.value("signature", ""), signature)) return false;
    const auto text = message(json.value("digest", ""), json.value("user", ""), json.value("at", ""));
    return crypto_sign_verify_detached(signature.data(), bytes(text), text.size(), key.data()) == 0;
}

}  // namespace

fs::path keyFile(const std::string& user) {
    const char* data = std::getenv("XDG_DATA_HOME");
    const char* home = std::getenv("HOME");
    const fs::path base = data && *data ? fs::path(data) : fs::path(home ? home : "/") / ".local/share";
    return base / "lathe" / "keys" / (fileName(user) + ".key");
}

Result<Json> signApproval(const std::string& digest, const std::string& user) {
    if (user.empty()) return fail(ErrorCode::InvalidArgument, "An approval needs the name of a person.");
    if (sodium_init() < 0) return fail(ErrorCode::Internal, "libsodium could not be started.");
    LATHE_TRY(Seed seed, seedOf(user));
    PublicKey publicKey;
    SecretKey secretKey;
    crypto_sign_seed_keypair(publicKey.data(), secretKey.data(), seed.data());
    const auto at = base::isoTime(base::now());
    const auto text = message(digest, user, at);
    Signature signature;
    crypto_sign_detached(signature.data(), nullptr, bytes(text), text.size(), secretKey.data());
    sodium_memzero(secretKey.data(), secretKey.size());
    sodium_memzero(seed.data(), seed.size());
    return Json{{"version", 1},
                {"algorithm", "ed25519"},
                {"digest", digest},
                {"user", user},
                {"at", at},
                {"public_key", toHex(publicKey)},
                {"signature", toHex(signature)}};
}

Result<Json> readSignature(const fs::path& package, const std::string& digest) {
    const auto file = package / "signature.json";
    if (!fs::exists(file)) return fail(ErrorCode::NotFound, "The package has no signature; it was not approved.", file.string());
    LATHE_TRY(auto json, base::readJson(file));
    try {
        if (sodium_init() < 0) return fail(ErrorCode::Internal, "libsodium could not be started.");
        if (json.value("algorithm", "") != "ed25519" || json.value("digest", "") != digest) {
            return fail(ErrorCode::Corrupt, "The signature is for another package.", file.string());
        }
        if (!holds(json)) return fail(ErrorCode::Corrupt, "The signature doesn't fit its text.", file.string());
    } catch (const std::exception& error) {
        return fail(ErrorCode::InvalidData, fmt::format("signature.json has a field of the wrong kind: {}", error.what()),
                    file.string());
    }
    return json;
}

Result<> verifySignature(const fs::path& package, const std::string& digest) {
    LATHE_TRY([[maybe_unused]] const auto json, readSignature(package, digest));
    return {};
}

}  // namespace lathe::models
