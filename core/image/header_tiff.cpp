// TIFF 6.0 and BigTIFF: the first page's fields, whether its strips are all there, the number of pages; EXIF blocks.
#include <fmt/format.h>
#include <set>
#include <vector>

#include "core/image/headers.h"

namespace lathe::image {
namespace {

constexpr std::uint64_t kMostValues = 1 << 24;  // strips or tiles of a page
constexpr int kMostPages = 10000;

class Tiff {
public:
    explicit Tiff(std::string_view bytes) : m_in(bytes, bytes.starts_with("MM")), m_bigEndian(bytes.starts_with("MM")) {
        const std::uint32_t version = m_in.u16(2);
        m_big = version == 43;
        m_ok = version == 42 || version == 43;
    }

    struct Entry {
        std::uint32_t tag = 0, type = 0;
        std::uint64_t count = 0, at = 0;  // at: where the values lie
    };

    [[nodiscard]] bool ok() const { return m_ok && !m_in.failed(); }
    [[nodiscard]] bool bigEndian() const { return m_bigEndian; }
    [[nodiscard]] std::uint64_t size() const { return m_in.all().size(); }
    [[nodiscard]] std::uint64_t firstPage() { return m_big ? m_in.u64(8) : m_in.u32(4); }

    // The entries of the page at `at`; `next` is the page after it.
    std::vector<Entry> page(std::uint64_t at, std::uint64_t& next) {
        const std::uint64_t count = m_big ? m_in.u64(at) : m_in.u16(at), step = m_big ? 20 : 12;
        at += m_big ? 8 : 2;
        next = 0;
        std::vector<Entry> entries;
        if (m_in.failed() || count > 65535 || count * step > size()) return entries;
        for (std::uint64_t k = 0; k < count && !m_in.failed(); ++k, at += step) entries.push_back(entry(at));
        if (!m_in.failed() && at + (m_big ? 8 : 4) <= size()) next = m_big ? m_in.u64(at) : m_in.u32(at);
        return entries;
    }

    [[nodiscard]] std::uint64_t value(const Entry& e, std::uint64_t index = 0) {
        const std::uint64_t at = e.at + index * typeSize(e.type);
        switch (typeSize(e.type)) {
            case 1: return m_in.u8(at);
            case 2: return m_in.u16(at);
            case 4: return m_in.u32(at);
            default: return m_in.u64(at);
        }
    }
    [[nodiscard]] bool failed() const { return m_in.failed(); }

private:
    static std::uint64_t typeSize(std::uint32_t type) {
        static constexpr std::uint8_t sizes[] = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 1, 1, 8, 8, 8};
        return type < sizeof sizes ? sizes[type] : 1;
    }

    Entry entry(std::uint64_t at) {
        Entry e{m_in.u16(at), m_in.u16(at + 2), m_big ? m_in.u64(at + 4) : m_in.u32(at + 4), 0};
        const std::uint64_t field = at + (m_big ? 12 : 8), room = m_big ? 8 : 4;
        const bool inside = e.count <= room && e.count * typeSize(e.type) <= room;
        e.at = inside ? field : (m_big ? m_in.u64(field) : m_in.u32(field));
        return e;
    }

    Bytes m_in;
    bool m_bigEndian, m_big = false, m_ok = false;
};

struct Page {
    std::uint64_t width = 0, height = 0, samples = 1, photometric = 1, sampleFormat = 1, orientation = 1, orientationAt = 0;
    std::uint64_t bits = 1;
    Tiff::Entry offsets, counts;
};

Page readPage(Tiff& tiff, const std::vector<Tiff::Entry>& entries) {
    Page page;
    std::set<std::uint32_t> seen;
    for (const auto& e : entries) {
        if (!seen.insert(e.tag).second || e.count == 0) continue;  // libtiff too goes by a tag's first entry
        switch (e.tag) {
            case 256: page.width = tiff.value(e); break;
            case 257: page.height = tiff.value(e); break;
            case 258: page.bits = tiff.value(e); break;
            case 262: page.photometric = tiff.value(e); break;
            case 273:
            case 324: page.offsets = e; break;
            case 274: page.orientation = tiff.value(e), page.orientationAt = e.at; break;
            case 277: page.samples = tiff.value(e); break;
            case 279:
            case 325: page.counts = e; break;
            case 339: page.sampleFormat = tiff.value(e); break;
            default: break;
        }
    }
    return page;
}

// A strip that would lie behind the end of the file: the library decodes what is there and leaves the rest grey.
bool dataIsThere(Tiff& tiff, const Page& page) {
    const std::uint64_t count = std::min(page.offsets.count, page.counts.count);
    for (std::uint64_t k = 0; k < std::min(count, kMostValues); ++k) {
        const std::uint64_t offset = tiff.value(page.offsets, k), bytes = tiff.value(page.counts, k);
        if (tiff.failed() || offset > tiff.size() || bytes > tiff.size() - offset) return false;
    }
    return true;
}

int countPages(Tiff& tiff, std::uint64_t next) {
    int pages = 1;
    for (std::set<std::uint64_t> seen; next && pages < kMostPages && seen.insert(next).second && next < tiff.size(); ++pages)
        if (std::uint64_t after = 0; !tiff.page(next, after).empty())
            next = after;
        else
            break;
    return pages;
}

const char* colourOf(const Page& page) {
    if (page.photometric == 3) return "palette";
    if (page.photometric == 5) return "cmyk";
    if (page.samples >= 4) return "rgba";
    return page.samples >= 3 ? "rgb" : "grey";
}

}  // namespace

Result<TiffHeader> tiffHeader(std::string_view bytes, bool whole) {
    Tiff tiff(bytes);
    TiffHeader out;
    out.bigEndian = tiff.bigEndian();
    std::uint64_t next = 0;
    const auto entries = tiff.page(tiff.firstPage(), next);
    if (!tiff.ok() || entries.empty()) return fail(cutOff("it ends before the TIFF's directory"));
    const Page page = readPage(tiff, entries);
    if (page.width == 0 || page.height == 0 || page.width > INT32_MAX || page.height > INT32_MAX)
        return fail(ErrorCode::InvalidData,
                    fmt::format("the TIFF header gives an impossible size, {} x {}", page.width, page.height));
    if (page.samples == 0 || page.samples > 64)
        return fail(ErrorCode::InvalidData, fmt::format("the TIFF header gives {} channels", page.samples));
    if (!dataIsThere(tiff, page))
        return fail(cutOff(whole ? "the pixels that the TIFF's directory names lie behind its end" : "more is needed"));
    out.info.format = "tiff";
    out.info.width = int(page.width), out.info.height = int(page.height);
    out.info.channels = int(page.samples), out.info.depth = int(page.bits);
    out.info.colour = colourOf(page);
    out.info.orientation = page.orientation >= 1 && page.orientation <= 8 ? int(page.orientation) : 1;
    out.info.frames = whole ? countPages(tiff, next) : 1;
    out.orientationAt = page.orientationAt;
    return out;
}

int exifOrientation(std::string_view block) {
    if (!block.starts_with("II") && !block.starts_with("MM")) return 1;
    Tiff tiff(block);
    std::uint64_t next = 0;
    for (const auto& e : tiff.page(tiff.firstPage(), next)) {
        if (e.tag != 274 || e.count != 1) continue;
        const std::uint64_t value = tiff.value(e);
        return value >= 1 && value <= 8 ? int(value) : 1;
    }
    return 1;
}

}  // namespace lathe::image
