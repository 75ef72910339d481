#include "core/formats/cvat_cut.h"

#include <fmt/format.h>
#include <fstream>

#include "core/base/files.h"
#include "core/formats/source_files.h"

namespace lathe::formats::cvat_xml {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestElement = 256 << 20;

// Follows tags, quotes, comments and CDATA of a file that comes in blocks; keeps one element below the root at a time.
class ElementCutter {
public:
    explicit ElementCutter(const std::function<void(const Element&)>& visit) : m_visit(visit) {}

    Result<> feed(std::string_view block) {
        for (std::size_t at = 0; at < block.size() && !m_over;) {
            at += step(block.substr(at));
            if (!m_wrong.empty()) return fail(ErrorCode::InvalidData, m_wrong);
            if (m_text.size() > kLargestElement)
                return fail(ErrorCode::InvalidData, fmt::format("an element fills more than 256 MB, at byte {}", m_start));
        }
        return {};
    }

    Result<> finish() const {
        if (!m_rooted) return fail(ErrorCode::InvalidData, "holds no XML");
        if (!m_over) return fail(ErrorCode::InvalidData, fmt::format("ends in the middle; {} whole elements were read", m_count));
        return {};
    }

private:
    enum class In { Text, Opening, Tag, Quote, Comment, Cdata, Instruction, Declaration };

    // Takes some characters from the front; how many.
    std::size_t step(std::string_view rest) {
        switch (m_in) {
            case In::Text: return text(rest);
            case In::Quote: return quote(rest);
            case In::Opening: return opening(rest.front());
            case In::Tag: return tag(rest);
            case In::Declaration:
                put(rest.front());
                m_angles += rest.front() == '<' ? 1 : rest.front() == '>' ? -1 : 0;
                if (m_angles == 0) m_in = In::Text;
                return 1;
            default: return hidden(rest.front());
        }
    }

    std::size_t text(std::string_view rest) {
        const std::size_t end = rest.find('<');
        if (m_depth >= 2) m_text.append(rest.substr(0, end));
        const std::size_t taken = std::min(end, rest.size());
        m_offset += std::int64_t(taken);
        if (end == std::string_view::npos) return taken;
        if (m_depth < 2) {
            m_start = m_offset;
            m_text.clear();
        }
        m_text += '<';
        ++m_offset;
        m_in = In::Opening;
        m_mark.clear();
        return taken + 1;
    }

    // What kind of tag, by the characters after '<'.
    std::size_t opening(char c) {
        m_mark += c;
        put(c);
        if (m_mark == "!") return 1;
        m_last[0] = m_last[1] = 0;
        if (m_mark == "!-")
            m_in = In::Comment;
        else if (m_mark == "![")
            m_in = In::Cdata;
        else if (m_mark[0] == '!') {
            m_in = In::Declaration;
            m_angles = 1;
            if (c == '>') m_in = In::Text;
        } else if (c == '?')
            m_in = In::Instruction;
        else {
            m_in = In::Tag;
            m_closing = c == '/';
            m_slash = false;
            if (c == '>') endTag();
        }
        return 1;
    }

    std::size_t tag(std::string_view rest) {
        const std::size_t end = std::min(rest.find_first_of("\"'>"), rest.size());
        if (end > 0) {
            m_slash = rest[end - 1] == '/';
            m_text.append(rest.substr(0, end));
            m_offset += std::int64_t(end);
        }
        if (end == rest.size()) return end;
        put(rest[end]);
        if (rest[end] == '>') {
            endTag();
        } else {
            m_quote = rest[end];
            m_slash = false;
            m_in = In::Quote;
        }
        return end + 1;
    }

    std::size_t quote(std::string_view rest) {
        const std::size_t end = rest.find(m_quote);
        const std::size_t taken = end == std::string_view::npos ? rest.size() : end + 1;
        m_text.append(rest.substr(0, taken));
        m_offset += std::int64_t(taken);
        if (end != std::string_view::npos) m_in = In::Tag;
        return taken;
    }

    // Within a comment, CDATA or a processing instruction.
    std::size_t hidden(char c) {
        put(c);
        const bool over =
            c == '>' &&
            (m_in == In::Instruction ? m_last[1] == '?' : m_last[1] == m_last[0] && m_last[1] == (m_in == In::Comment ? '-' : ']'));
        m_last[0] = m_last[1], m_last[1] = c;
        if (over) m_in = In::Text;
        return 1;
    }

    void put(char c) {
        m_text += c;
        ++m_offset;
    }

    [[nodiscard]] std::string_view name() const {
        const std::string_view all(m_text);
        return all.substr(1, all.find_first_of(" \t\r\n/>", 1) - 1);
    }

    void endTag() {
        m_in = In::Text;
        if (m_closing) {
            if (--m_depth == 1) emit();
            m_over = m_depth <= 0;
            return;
        }
        if (m_depth == 0 && name() != "annotations")
            m_wrong = fmt::format("begins with <{}>, not with <annotations>: it isn't CVAT XML", name().substr(0, 60));
        m_rooted = true;
        if (m_slash) {
            if (m_depth == 1) emit();
            m_over = m_depth == 0;
            return;
        }
        ++m_depth;
    }

    void emit() {
        ++m_count;
        m_visit({name(), m_text, m_start});
        m_text.clear();
    }

    const std::function<void(const Element&)>& m_visit;
    std::string m_text, m_mark, m_wrong;
    std::int64_t m_offset = 0, m_start = 0, m_count = 0;
    int m_depth = 0, m_angles = 0;
    In m_in = In::Text;
    char m_quote = 0, m_last[2] = {};
    bool m_closing = false, m_slash = false, m_rooted = false, m_over = false;
};

}  // namespace

Result<> eachElement(const fs::path& file, const std::function<void(const Element&)>& visit, std::stop_token stop,
                     const Progress& progress, std::size_t block) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(base::errnoError(errno, "can't be read", file));
    std::error_code ignored;
    const auto total = std::int64_t(fs::file_size(file, ignored));
    ElementCutter cutter(visit);
    std::string bytes(block, '\0');
    for (std::int64_t done = 0; in;) {
        if (stop.stop_requested()) return fail(cancelled());
        in.read(bytes.data(), std::streamsize(bytes.size()));
        const auto got = in.gcount();
        if (auto fed = cutter.feed(std::string_view(bytes).substr(0, std::size_t(got))); !fed)
            return fail(fed.error().code, fed.error().message, file.string());
        progress.report(done += got, total, file.filename().string());
    }
    if (auto whole = cutter.finish(); !whole) return fail(whole.error().code, whole.error().message, file.string());
    return {};
}

Result<std::string> textAt(const fs::path& file, std::int64_t offset, std::int64_t size) {
    std::ifstream in(file, std::ios::binary);
    std::string text(std::size_t(size), '\0');
    if (!in.seekg(offset) || !in.read(text.data(), std::streamsize(size)))
        return fail(ErrorCode::Io, "has changed while it was read", file.string());
    return text;
}

}  // namespace lathe::formats::cvat_xml
