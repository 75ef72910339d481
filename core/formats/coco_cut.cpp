#include "core/formats/coco_cut.h"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "core/base/files.h"

namespace lathe::formats {
namespace {

constexpr std::size_t kPadding = 64;              // simdjson reads up to 32 bytes behind the end; it is asked for at the parser
constexpr std::size_t kLargestElement = 1 << 30;  // offsets within a piece are 32 bit
constexpr std::size_t kLargestOutline = 64 << 20;
constexpr std::size_t kNone = ~std::size_t(0);

CocoPart partNamed(std::string_view key) {
    if (key == "images") return CocoPart::Images;
    if (key == "annotations") return CocoPart::Annotations;
    return key == "categories" ? CocoPart::Categories : CocoPart::None;
}

// Follows strings and nesting. Depth 1 is the top-level object, depth 2 the inside of one of its values.
class Cutter {
public:
    Cutter(BoundedQueue<CocoPiece>& out, std::size_t block) : m_out(out), m_atOnce(block) {}

    Result<CocoOutline> run(int fd, const std::filesystem::path& file, std::stop_token stop, const Progress& progress) {
        std::int64_t done = 0;
        const std::int64_t total = std::int64_t(::lseek(fd, 0, SEEK_END));
        ::lseek(fd, 0, SEEK_SET);
        while (true) {
            if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "stopped as asked");
            const std::size_t kept = m_block.size();
            m_block.resize(kept + m_atOnce);
            const ssize_t n = ::read(fd, m_block.data() + kept, m_atOnce);
            m_block.resize(kept + std::size_t(std::max<ssize_t>(n, 0)));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) return fail(base::errnoError(errno, "can't be read", file));
            if (n == 0) break;
            scan(kept);
            finishBlock();
            if (m_block.size() > kLargestElement || m_outline.size() > kLargestOutline)
                return fail(ErrorCode::InvalidData, "one element fills more than any annotation could; it isn't a COCO file",
                            file.string());
            progress.report(done += n, total, file.filename().string());
        }
        return CocoOutline{std::move(m_outline), m_depth == 0 && m_opened && !m_string};
    }

private:
#if defined(__SSE2__)
    // Bits of the bytes that matter among 16; [ and { fall together when 0x20 is set, ] and } too.
    static unsigned marks(const char* p) {
        const auto v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        const auto folded = _mm_or_si128(v, _mm_set1_epi8(0x20));
        const auto brackets = _mm_or_si128(_mm_cmpeq_epi8(folded, _mm_set1_epi8('{')), _mm_cmpeq_epi8(folded, _mm_set1_epi8('}')));
        const auto quotes = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
        return unsigned(_mm_movemask_epi8(_mm_or_si128(brackets, quotes)));
    }
#endif

    void scan(std::size_t at) {
#if defined(__SSE2__)
        for (; at + 16 <= m_block.size(); at += 16)
            for (unsigned bits = marks(&m_block[at]); bits; bits &= bits - 1) mark(at + std::size_t(__builtin_ctz(bits)));
#endif
        for (; at < m_block.size(); ++at)
            if (m_block[at] && std::strchr("{}[]\"\\", m_block[at])) mark(at);
    }

    void mark(std::size_t at) {
        const char c = m_block[at];
        if (m_string)
            inString(c, at);
        else if (c == '"')
            m_string = true, m_stringAt = at + 1;
        else if (c == '{' || c == '[')
            open(c, at);
        else if (c == '}' || c == ']')
            close(at);
    }

    void inString(char c, std::size_t at) {
        if (m_offset + at == m_escaped) return;
        if (c == '\\') m_escaped = m_offset + at + 1;
        if (c != '"') return;
        m_string = false;
        if (m_depth == 1 && m_stringAt != kNone) m_lastString = m_block.substr(m_stringAt, at - m_stringAt);
    }

    void open(char c, std::size_t at) {
        m_opened = true;
        if (m_depth == 2 && m_part != CocoPart::None && m_element == kNone) m_element = at;
        if (++m_depth != 2 || c != '[') return;
        m_part = partNamed(m_lastString);  // the last string before a value's opening bracket is its key
        if (m_part == CocoPart::None) return;
        m_outline.append(m_block, m_outlineAt, at + 1 - m_outlineAt);
        m_outlineAt = kNone;
    }

    void close(std::size_t at) {
        if (m_depth > 0) --m_depth;
        if (m_part == CocoPart::None) return;
        if (m_depth == 2 && m_element != kNone) {
            m_elements.push_back({m_element, at + 1 - m_element});
            m_element = kNone;
        } else if (m_depth == 1) {
            flush();
            m_part = CocoPart::None;
            m_outlineAt = at;
        }
    }

    // Hands out the elements found so far in one piece.
    void flush() {
        if (m_elements.empty()) return;
        const std::size_t from = m_elements.front().at, to = m_elements.back().at + m_elements.back().size;
        CocoPiece piece{m_part, count(), {}, {}};
        piece.text.reserve(to - from + kPadding);
        piece.text.assign(m_block, from, to - from);
        for (const auto& e : m_elements) piece.elements.push_back({std::uint32_t(e.at - from), std::uint32_t(e.size)});
        count() += std::int64_t(m_elements.size());
        m_elements.clear();
        m_out.push(std::move(piece));
    }

    std::int64_t& count() {
        return m_counts[std::size_t(m_part)];
    }

    // Keeps only what the next block needs: the beginning of an unfinished element or of a string on top.
    void finishBlock() {
        flush();
        if (m_outlineAt != kNone) {
            m_outline.append(m_block, m_outlineAt, std::string::npos);
            m_outlineAt = 0;
        }
        std::size_t from = m_block.size();
        if (m_element != kNone) from = m_element;
        if (m_string && m_depth == 1) from = std::min(from, m_stringAt);
        if (m_element != kNone) m_element -= from;
        m_stringAt = m_string && m_depth == 1 ? m_stringAt - from : kNone;
        if (m_outlineAt != kNone) m_outlineAt = m_block.size() - from;
        m_offset += from;
        m_block.erase(0, from);
    }

    struct Place {
        std::size_t at, size;
    };
    BoundedQueue<CocoPiece>& m_out;
    const std::size_t m_atOnce;
    std::string m_block, m_outline, m_lastString;
    std::vector<Place> m_elements;
    CocoPart m_part = CocoPart::None;
    int m_depth = 0;
    bool m_string = false, m_opened = false;
    std::size_t m_offset = 0, m_escaped = kNone, m_stringAt = kNone, m_element = kNone, m_outlineAt = 0;
    std::int64_t m_counts[4] = {};
};

}  // namespace

Result<CocoOutline> cutCoco(const std::filesystem::path& file, BoundedQueue<CocoPiece>& out, std::stop_token stop,
                            const Progress& progress, std::size_t block) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        out.close();
        return fail(base::errnoError(errno, "can't be opened", file));
    }
    ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    auto outline = Cutter(out, block).run(fd, file, stop, progress);
    ::close(fd);
    out.close();
    return outline;
}

}  // namespace lathe::formats
