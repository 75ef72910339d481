// Result<T>: the value or an Error. For everything that can fail on user data, disk, GPU or network; exceptions of libraries are
// caught at the border of the folder that uses them.
#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace lathe::base {

/// What kind of failure. The window maps a code to translated words; `message` is English.
enum class ErrorCode {
    InvalidArgument,  ///< a usage error: the caller gave something that can't be meant (exit 2)
    InvalidData,      ///< a file or record that breaks its own format
    NotFound,         ///< nothing of that name
    AlreadyExists,    ///< would overwrite something of the user's
    Unsupported,      ///< valid, but not something this version can do
    Io,               ///< disk: permission, full, vanished
    DiskFull,
    ReadOnly,
    Locked,        ///< another process holds it
    NewerVersion,  ///< made by a newer Lathe
    Corrupt,       ///< failed an integrity check
    Network,
    EngineDied,    ///< the engine process ended or could not start
    EngineFailed,  ///< the engine answered with an error
    GateRefused,   ///< check, review, parity or rollout said no (exit 4)
    Cancelled,     ///< stop was asked for (exit 130)
    Internal,
};

/// The code's stable name in snake_case ("invalid_data"), as printed in `problems[].code`.
std::string_view name(ErrorCode code);

/// Says what was wrong, where (file, line, field), and what to do.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;  ///< one sentence in English: what was wrong and what to do
    std::string context;  ///< where: a path, "file.json:12, field bbox"; may be empty

    /// "context: message", or the message alone.
    [[nodiscard]] std::string text() const;
};

template <class T = void>
using Result = tl::expected<T, Error>;

/// return fail(ErrorCode::NotFound, "…", path);
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string context = {}) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(context)});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace lathe::base

namespace lathe {
using base::Error;
using base::ErrorCode;
using base::fail;
using base::Result;
}  // namespace lathe

#define LATHE_CONCAT_(a, b) a##b
#define LATHE_CONCAT(a, b) LATHE_CONCAT_(a, b)
/// LATHE_TRY(auto x, f()); hands the error of f() up, else declares x.
#define LATHE_TRY(declaration, expression) LATHE_TRY_IMPL(LATHE_CONCAT(latheResult_, __LINE__), declaration, expression)
#define LATHE_TRY_IMPL(result, declaration, expression)                 \
    auto result = (expression);                                         \
    if (!result) return ::lathe::base::fail(std::move(result).error()); \
    declaration = std::move(*result)
/// LATHE_CHECK(f()); hands the error of a Result<void> up.
#define LATHE_CHECK(expression) \
    if (auto latheChecked = (expression); !latheChecked) return ::lathe::base::fail(std::move(latheChecked).error())
