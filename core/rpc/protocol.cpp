#include "core/rpc/protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace lathe::rpc {

namespace {

constexpr std::size_t kMaxHeader = 4096;
constexpr std::uint64_t kMaxBody = 1ull << 30;

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return result;
}

Result<std::uint64_t> contentLength(std::string_view header) {
    static constexpr std::string_view key = "content-length:";
    const std::string text = lowered(header);
    std::size_t at = text.find(key);
    if (at == std::string::npos || (at > 0 && text[at - 1] != '\n'))
        return fail(ErrorCode::InvalidData, "a message has no Content-Length");
    at = text.find_first_not_of(' ', at + key.size());
    std::uint64_t length = 0;
    if (at == std::string::npos) return fail(ErrorCode::InvalidData, "a message's Content-Length is empty");
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), length);
    const bool whole = end == text.data() + text.size() || *end == '\r' || *end == ' ';
    if (error != std::errc() || !whole) return fail(ErrorCode::InvalidData, "a message's Content-Length is no number");
    if (length > kMaxBody)
        return fail(ErrorCode::InvalidData, fmt::format("a message of {} bytes is over the limit of 1 GiB", length));
    return length;
}

ErrorCode codeNamed(std::string_view text) {
    for (int i = 0; i <= int(ErrorCode::Internal); ++i)
        if (base::name(ErrorCode(i)) == text) return ErrorCode(i);
    return ErrorCode::EngineFailed;
}

}  // namespace

std::string frame(std::string_view body) {
    return fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body);
}

std::string frameOf(const Json& message) {
    return frame(message.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void FrameReader::feed(std::string_view bytes) {
    m_buffer.append(bytes);
}

Result<std::optional<std::string>> FrameReader::next() {
    const std::string_view rest = std::string_view(m_buffer).substr(m_at);
    const std::size_t end = rest.substr(0, kMaxHeader).find("\r\n\r\n");
    if (end == std::string_view::npos) {
        const std::string start = lowered(rest.substr(0, 8));
        const bool plausible = std::string_view("content-").starts_with(start);
        if (rest.size() >= kMaxHeader || !plausible)
            return fail(ErrorCode::InvalidData, "the stream isn't framed by Content-Length headers");
        return std::nullopt;
    }
    LATHE_TRY(const std::uint64_t length, contentLength(rest.substr(0, end)));
    if (rest.size() - end - 4 < length) return std::nullopt;
    std::string body(rest.substr(end + 4, length));
    m_at += end + 4 + length;
    if (m_at == m_buffer.size() || m_at > (1u << 20)) {
        m_buffer.erase(0, m_at);
        m_at = 0;
    }
    return body;
}

Json errorToJson(const Error& error) {
    const int code = error.code == ErrorCode::Cancelled ? kCancelled : kEngineError;
    return {{"code", code}, {"message", error.message}, {"data", {{"code", base::name(error.code)}, {"context", error.context}}}};
}

Error errorFromJson(const Json& json) {
    const auto text = [](const Json& object, const char* key) {
        const bool there = object.is_object() && object.contains(key) && object[key].is_string();
        return there ? object[key].get<std::string>() : std::string();
    };
    const Json data = json.is_object() && json.contains("data") ? json["data"] : Json();
    Error error{codeNamed(text(data, "code")), text(json, "message"), text(data, "context")};
    if (json.is_object() && json.contains("code") && json["code"] == kCancelled) error.code = ErrorCode::Cancelled;
    if (error.message.empty()) error.message = "the engine answered with an error without words";
    return error;
}

}  // namespace lathe::rpc
