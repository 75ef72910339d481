#include "core/formats/json_items.h"

#include <fmt/format.h>
#include <charconv>
#include <cmath>
#include <fstream>

#include "core/base/files.h"
#include "core/base/json_depth.h"
#include "core/formats/source_files.h"

namespace lathe::formats {
namespace {

constexpr std::size_t kBlockRead = 1 << 20, kLargestItem = 256 << 20, kLargestRest = 64 << 20;

bool isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// NaN, Infinity and -Infinity, as Python writes them, are no JSON.
std::string withoutNaN(const std::string& text) {
    std::string out;
    bool quoted = false;
    for (std::size_t k = 0; k < text.size(); ++k) {
        const char c = text[k];
        if (quoted && c == '\\' && k + 1 < text.size()) {
            out += c, out += text[++k];
            continue;
        }
        if (c == '"') quoted = !quoted;
        const std::string_view rest = std::string_view(text).substr(k, 9);
        if (const std::size_t skip = rest.starts_with("NaN")         ? 3
                                     : rest.starts_with("Infinity")  ? 8
                                     : rest.starts_with("-Infinity") ? 9
                                                                     : 0;
            !quoted && skip > 0) {
            out += "null";
            k += skip - 1;
            continue;
        }
        out += c;
    }
    return out;
}

Result<Json> parsed(const std::string& text) {
    Json value = base::parseOrDiscard(text);
    if (value.is_discarded()) value = base::parseOrDiscard(withoutNaN(text));
    if (!value.is_discarded()) return value;
    // Once more for the words.
    return base::parseJson(text);
}

/// Follows brackets and strings of a file that comes in blocks, and keeps one element at a time.
class ItemCutter {
public:
    ItemCutter(std::string_view member, const std::function<void(JsonItem&&)>& visit) : m_member(member), m_visit(visit) {}

    Result<> feed(std::string_view block) {
        for (const char c : block) {
            if (m_string)
                inString(c);
            else
                outside(c);
            if (m_text.size() > kLargestItem || m_rest.size() > kLargestRest)
                return fail(ErrorCode::InvalidData, fmt::format("element {} fills more than 256 MB", m_index));
        }
        return {};
    }

    /// What is left when the file is over.
    Result<Json> finish() {
        if (!m_opened) return fail(ErrorCode::InvalidData, "holds no JSON");
        if (m_depth > 0 || m_string)
            return fail(ErrorCode::InvalidData, fmt::format("ends in the middle; {} whole elements were read", m_index));
        if (m_member.empty()) return Json();
        if (!m_found) return fail(ErrorCode::InvalidData, fmt::format("has no list \"{}\" in its top object", m_member));
        return parsed(m_rest);
    }
    [[nodiscard]] bool isWrong() const { return m_wrong; }

private:
    [[nodiscard]] bool inContainer() const { return m_container > 0; }
    void put(char c) { (inContainer() ? m_text : m_rest) += c; }

    void inString(char c) {
        put(c);
        if (m_escape)
            m_escape = false;
        else if (c == '\\')
            m_escape = true;
        else if (c == '"')
            m_string = false;
        if (m_string && m_depth == 1 && !inContainer()) m_lastString += c;
    }

    void outside(char c) {
        if (!m_opened && !isSpace(c) && c != '{' && c != '[')
            m_wrong = m_wrong || std::uint8_t(c) < 0x80;  // a byte order mark is none
        if (c == '"') {
            put(c);
            m_string = true;
            if (!inContainer()) m_lastString.clear();
        } else if (c == '{' || c == '[')
            open(c);
        else if (c == '}' || c == ']')
            close(c);
        else if (c == ',' && inContainer() && m_depth == m_container)
            emit();
        else if (inContainer() || m_opened)
            put(c);
        if (!isSpace(c)) m_last = c;
    }

    void open(char c) {
        const bool top = !m_opened && m_member.empty();
        const bool named = !m_member.empty() && m_depth == 1 && !inContainer() && m_last == ':' && m_lastString == m_member;
        m_opened = true;
        if (top || (named && !m_found)) {
            ++m_depth;
            m_container = m_depth;
            m_object = c == '{';
            m_found = true;
            return;
        }
        put(c);
        ++m_depth;
        if (inContainer()) m_deepest = std::max(m_deepest, m_depth - m_container);
    }

    void close(char c) {
        if (inContainer() && m_depth == m_container) {
            emit();
            m_container = 0;
            --m_depth;
            if (!m_member.empty()) m_rest += "null";
            return;
        }
        put(c);
        m_depth = std::max(0, m_depth - 1);
    }

    void emit() {
        std::string text = std::move(m_text);
        m_text.clear();
        const int deepest = std::exchange(m_deepest, 0);
        if (std::ranges::all_of(text, isSpace)) return;
        JsonItem item{m_index++, {}, Json()};
        if (deepest > base::kDeepestJson)
            item.value = fail(ErrorCode::InvalidData, fmt::format("is nested {} deep", deepest));
        else if (!m_object)
            item.value = parsed(text);
        else
            readMember(text, item);
        m_visit(std::move(item));
    }

    static void readMember(const std::string& text, JsonItem& item) {
        item.value = parsed("{" + text + "}");
        if (!item.value || item.value->empty()) return;
        item.key = item.value->begin().key();
        Json value = std::move(item.value->begin().value());
        item.value = std::move(value);
    }

    const std::string m_member;
    const std::function<void(JsonItem&&)>& m_visit;
    std::string m_text, m_rest, m_lastString;
    std::int64_t m_index = 0;
    int m_depth = 0, m_container = 0, m_deepest = 0;
    char m_last = 0;
    bool m_string = false, m_escape = false, m_opened = false, m_found = false, m_object = false, m_wrong = false;
};

}  // namespace

Result<Json> eachJsonItem(const std::filesystem::path& file, std::string_view member, const std::function<void(JsonItem&&)>& visit,
                          std::stop_token stop, const Progress& progress) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(base::errnoError(errno, "can't be read", file));
    std::error_code ignored;
    const auto total = std::int64_t(std::filesystem::file_size(file, ignored));
    ItemCutter cutter(member, visit);
    std::string block(kBlockRead, '\0');
    for (std::int64_t done = 0; in;) {
        if (stop.stop_requested()) return fail(cancelled());
        in.read(block.data(), std::streamsize(block.size()));
        const auto got = in.gcount();
        if (auto fed = cutter.feed(std::string_view(block).substr(0, std::size_t(got))); !fed)
            return fail(fed.error().code, fed.error().message, file.string());
        if (cutter.isWrong()) return fail(ErrorCode::InvalidData, "isn't JSON", file.string());
        progress.report(done += got, total, file.filename().string());
    }
    auto rest = cutter.finish();
    if (!rest && rest.error().context.empty()) return fail(rest.error().code, rest.error().message, file.string());
    return rest;
}

const Json& memberOf(const Json& object, std::string_view key) {
    static const Json none;
    if (!object.is_object()) return none;
    const auto found = object.find(std::string(key));
    return found == object.end() ? none : *found;
}

std::string textOf(const Json& object, std::string_view key) {
    const Json& value = memberOf(object, key);
    if (value.is_string()) return value.get<std::string>();
    return value.is_number() ? value.dump() : std::string();
}

std::optional<double> numberOf(const Json& value) {
    double number = 0;
    if (value.is_number()) {
        number = value.get<double>();
    } else if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
    } else {
        return {};
    }
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<double> numberAt(const Json& object, std::string_view key) {
    return numberOf(memberOf(object, key));
}

}  // namespace lathe::formats
