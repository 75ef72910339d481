// Ed25519 by libsodium: an approver's key and the signature.json of a package. For core/models alone.
#pragma once
#include <filesystem>
#include <string>

#include "core/base/json.h"
#include "core/base/result.h"

namespace lathe::models {

/// $XDG_DATA_HOME/lathe/keys/USER.key (~/.local/share without the variable); bytes unfit for a file name are percent-encoded.
[[nodiscard]] std::filesystem::path keyFile(const std::string& user);

/// An approval of `digest` as signature.json holds it: {version, algorithm, digest, user, at, public_key, signature}.
/// Makes the user's key (0600) on first use; refuses a key file that others can read.
[[nodiscard]] Result<Json> signApproval(const std::string& digest, const std::string& user);

/// Checks signature.json of `package` against `digest`; returns its content. NotFound without one, Corrupt when it doesn't fit.
[[nodiscard]] Result<Json> readSignature(const std::filesystem::path& package, const std::string& digest);

}  // namespace lathe::models
