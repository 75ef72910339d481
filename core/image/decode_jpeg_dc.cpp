// A JPEG at an eighth of its size from its DC coefficients alone: each block's mean. The other coefficients are stepped over,
// several at a time, which is about twice as quick as decoding them. ITU-T T.81: Annex B (markers), C and F.2 (Huffman decoding).
#include <array>
#include <bit>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "core/image/codecs.h"

namespace lathe::image {
namespace {

constexpr int kSkipBits = 13;  // 16 KB a table: two stay in the first cache
constexpr int kMostComponents = 3;
constexpr std::size_t kPadding = 16;

unsigned byteAt(std::string_view bytes, std::size_t at) {
    return std::uint8_t(bytes[at]);
}
unsigned wordAt(std::string_view bytes, std::size_t at) {
    return byteAt(bytes, at) << 8 | byteAt(bytes, at + 1);
}

/// Symbols by the next 16 bits.
struct Codes {
    std::vector<std::uint16_t> bySixteen;  ///< length << 8 | symbol; 0: no code

    /// `counts` of codes of 1 to 16 bits, their symbols in order. False: more codes than fit.
    bool build(std::string_view counts, std::string_view symbols) {
        bySixteen.assign(1u << 16, 0);
        std::size_t next = 0, at = 0;
        for (unsigned length = 1; length <= 16; ++length)
            for (unsigned k = byteAt(counts, length - 1); k > 0; --k) {
                const std::size_t span = std::size_t(1) << (16 - length);
                if (at + span > bySixteen.size() || next == symbols.size()) return false;
                const auto entry = std::uint16_t(length << 8 | byteAt(symbols, next++));
                std::fill_n(bySixteen.begin() + std::ptrdiff_t(at), span, entry);
                at += span;
            }
        return true;
    }
};

/// What the next kSkipBits hold of whole AC symbols with their value bits.
struct Skip {
    std::uint8_t bits = 0;    ///< 0: not even one whole symbol
    std::uint8_t places = 0;  ///< coefficients stepped over
    bool endOfBlock = false;
};

std::vector<std::uint16_t> skipsOf(const Codes& codes) {
    // bits | places << 5 | end of block << 11
    std::vector<std::uint16_t> skips(1u << kSkipBits, 0);
    for (unsigned prefix = 0; prefix < skips.size(); ++prefix) {
        Skip skip;
        while (!skip.endOfBlock) {
            const unsigned rest = prefix << (16 - kSkipBits + skip.bits) & 0xffff;
            const unsigned length = codes.bySixteen[rest] >> 8, symbol = codes.bySixteen[rest] & 0xff;
            const unsigned size = symbol & 15, run = symbol >> 4;
            if (length == 0 || skip.bits + length + size > kSkipBits) break;
            const bool end = size == 0 && run != 15;
            if (!end && skip.places + run + 1 > 62) break;
            skip.bits = std::uint8_t(skip.bits + length + size);
            skip.places = std::uint8_t(skip.places + (end ? 0 : run + 1));
            skip.endOfBlock = end;
        }
        skips[prefix] = std::uint16_t(skip.bits | skip.places << 5 | int(skip.endOfBlock) << 11);
    }
    return skips;
}

struct Component {
    unsigned id = 0, across = 1, down = 1, quantiser = 0, dc = 0, ac = 0;
    int last = 0;
    cv::Mat means{};  ///< a byte a block
};

/// The bits of one stretch between restart markers.
class Bits {
public:
    /// kPadding bytes may be read behind `end`.
    Bits(const unsigned char* at, const unsigned char* end) : m_at(at), m_end(end) {}
    /// At least 56 bits are there afterwards; zeros behind the end.
    void fill() {
        std::uint64_t next;
        std::memcpy(&next, m_at, sizeof next);
        m_bits |= __builtin_bswap64(next) >> m_count;
        m_at += std::min<std::ptrdiff_t>((63 - m_count) >> 3, m_end + std::ptrdiff_t(kPadding) - 8 - m_at);
        m_count |= 56;
    }
    [[nodiscard]] std::uint64_t peek(int count) const { return m_bits >> (64 - count); }
    void drop(unsigned count) {
        m_bits <<= count;
        m_count -= int(count);
    }
    /// Nothing was taken from behind the end.
    [[nodiscard]] bool isWithin() const { return m_at - m_count / 8 <= m_end; }

private:
    const unsigned char *m_at, *m_end;
    std::uint64_t m_bits = 0;
    int m_count = 0;
};

class DcDecoder {
public:
    explicit DcDecoder(std::string_view bytes) : m_bytes(bytes) {}

    std::optional<cv::Mat> run() {
        if (!readMarkers() || !readScan()) return {};
        return picture();
    }

private:
    /// Up to the start of the scan. False: not of this kind, or damaged.
    bool readMarkers() {
        if (m_bytes.size() < 4 || wordAt(m_bytes, 0) != 0xffd8) return false;
        for (std::size_t at = 2; at + 4 <= m_bytes.size();) {
            if (byteAt(m_bytes, at) != 0xff) return false;
            const unsigned marker = byteAt(m_bytes, at + 1);
            if (marker == 0xff) {
                ++at;
                continue;
            }
            const unsigned size = wordAt(m_bytes, at + 2);
            if (size < 2 || at + 2 + size > m_bytes.size()) return false;
            const std::string_view body = m_bytes.substr(at + 4, size - 2);
            at += 2 + size;
            if (marker == 0xda) return m_scanAt = at, readScanHeader(body);
            if (!readMarker(marker, body)) return false;
        }
        return false;
    }

    bool readMarker(unsigned marker, std::string_view body) {
        if (marker == 0xc0 || marker == 0xc1) return readFrame(body);
        if (marker == 0xc4) return readCodes(body);
        if (marker == 0xdb) return readQuantisers(body);
        if (marker == 0xdd) return body.size() >= 2 && (m_restart = wordAt(body, 0), true);
        if (marker == 0xee && body.size() >= 12 && body.starts_with("Adobe")) return byteAt(body, 11) == 1;  // YCbCr
        return (marker >= 0xe0 && marker <= 0xef) || marker == 0xfe;
    }

    bool readFrame(std::string_view body) {
        if (!m_components.empty() || body.size() < 6 || byteAt(body, 0) != 8) return false;
        m_height = wordAt(body, 1), m_width = wordAt(body, 3);
        const unsigned count = byteAt(body, 5);
        if (m_width == 0 || m_height == 0 || (count != 1 && count != kMostComponents) || body.size() < 6 + 3 * count) return false;
        for (unsigned k = 0; k < count; ++k) {
            const unsigned sampling = byteAt(body, 7 + 3 * k), quantiser = byteAt(body, 8 + 3 * k);
            Component c{.id = byteAt(body, 6 + 3 * k), .across = sampling >> 4, .down = sampling & 15, .quantiser = quantiser};
            if (c.across < 1 || c.across > 2 || c.down < 1 || c.down > 2 || quantiser > 3) return false;
            if (k > 0 && (c.across != 1 || c.down != 1)) return false;
            if (k > 0 && c.id == m_components.front().id) return false;
            m_components.push_back(c);
        }
        if (count == 1) m_components[0].across = m_components[0].down = 1;  // blocks of one component come line by line
        // "RGB" as ids, without a marker that says otherwise, are no YCbCr.
        return count == 1 || m_components[0].id != 'R';
    }

    bool readCodes(std::string_view body) {
        while (!body.empty()) {
            if (body.size() < 17) return false;
            const unsigned kind = byteAt(body, 0) >> 4, number = byteAt(body, 0) & 15;
            std::size_t count = 0;
            for (std::size_t k = 1; k <= 16; ++k) count += byteAt(body, k);
            if (kind > 1 || number > 3 || count > 256 || body.size() < 17 + count) return false;
            Codes& codes = (kind == 0 ? m_dc : m_ac)[number];
            if (!codes.build(body.substr(1, 16), body.substr(17, count))) return false;
            if (kind == 1) m_skips[number] = skipsOf(codes);
            body.remove_prefix(17 + count);
        }
        return true;
    }

    bool readQuantisers(std::string_view body) {
        while (!body.empty()) {
            const unsigned deep = byteAt(body, 0) >> 4, number = byteAt(body, 0) & 15;
            const std::size_t size = deep ? 128 : 64;
            if (deep > 1 || number > 3 || body.size() < 1 + size) return false;
            m_quantisers[number] = int(deep ? wordAt(body, 1) : byteAt(body, 1));
            body.remove_prefix(1 + size);
        }
        return true;
    }

    bool readScanHeader(std::string_view body) {
        const std::size_t count = m_components.size();
        if (count == 0 || body.size() != 4 + 2 * count || byteAt(body, 0) != count) return false;
        for (std::size_t k = 0; k < count; ++k) {
            Component& c = m_components[k];
            const unsigned tables = byteAt(body, 2 + 2 * k);
            c.dc = tables >> 4, c.ac = tables & 15;
            if (byteAt(body, 1 + 2 * k) != c.id || c.dc > 3 || c.ac > 3 || m_dc[c.dc].bySixteen.empty() || m_skips[c.ac].empty())
                return false;
        }
        return byteAt(body, 1 + 2 * count) == 0 && byteAt(body, 2 + 2 * count) == 63 && byteAt(body, 3 + 2 * count) == 0;
    }

    /// The scan's bytes without the zeros behind 0xff, cut at restart markers.
    void unstuff(std::vector<unsigned char>& data, std::vector<std::size_t>& ends) const {
        data.reserve(m_bytes.size() - m_scanAt + kPadding);
        const auto* at = reinterpret_cast<const unsigned char*>(m_bytes.data()) + m_scanAt;
        const auto* end = reinterpret_cast<const unsigned char*>(m_bytes.data()) + m_bytes.size();
        while (at < end) {
            const auto* found = static_cast<const unsigned char*>(std::memchr(at, 0xff, std::size_t(end - at)));
            data.insert(data.end(), at, found ? found : end);
            if (!found || found + 1 >= end) break;
            at = found + 2;
            if (found[1] == 0)
                data.push_back(0xff);
            else if (found[1] >= 0xd0 && found[1] <= 0xd7)
                ends.push_back(data.size()), data.insert(data.end(), kPadding, 0);
            else if (found[1] == 0xff)
                --at;
            else
                break;
        }
        ends.push_back(data.size());
        data.insert(data.end(), kPadding, 0);
    }

    bool readScan() {
        const Component& first = m_components.front();
        const unsigned unitsAcross = (m_width + 8 * first.across - 1) / (8 * first.across);
        const unsigned unitsDown = (m_height + 8 * first.down - 1) / (8 * first.down);
        std::vector<unsigned char> data;
        std::vector<std::size_t> ends;
        unstuff(data, ends);
        // A block takes two bits at least; what can't be whole isn't made room for.
        const std::uint64_t units = std::uint64_t(unitsAcross) * unitsDown;
        if (units * (std::uint64_t(first.across) * first.down + m_components.size() - 1) > std::uint64_t(data.size()) * 4)
            return false;
        for (Component& c : m_components) c.means.create(int(unitsDown * c.down), int(unitsAcross * c.across), CV_8UC1);
        std::size_t stretch = 0;
        Bits bits(data.data(), data.data() + ends[0]);
        unsigned left = m_restart;
        for (unsigned y = 0; y < unitsDown; ++y)
            for (unsigned x = 0; x < unitsAcross; ++x) {
                if (m_restart > 0 && left-- == 0) {
                    if (!bits.isWithin() || ++stretch >= ends.size()) return false;
                    bits = Bits(data.data() + ends[stretch - 1] + kPadding, data.data() + ends[stretch]);
                    for (Component& c : m_components) c.last = 0;
                    left = m_restart - 1;
                }
                for (Component& c : m_components)
                    if (!readUnit(bits, c, x, y)) return false;
                if (!bits.isWithin()) return false;
            }
        return true;
    }

    bool readUnit(Bits& bits, Component& c, unsigned x, unsigned y) {
        for (unsigned v = 0; v < c.down; ++v)
            for (unsigned h = 0; h < c.across; ++h) {
                if (!readDc(bits, c) || !skipAc(bits, c)) return false;
                // The transform of a lone DC coefficient is an eighth of it everywhere; samples are shifted by 128 (T.81, A.3.1).
                const int mean = ((c.last * m_quantisers[c.quantiser] + 4) >> 3) + 128;
                c.means.ptr<std::uint8_t>(int(y * c.down + v))[x * c.across + h] = std::uint8_t(std::clamp(mean, 0, 255));
            }
        return true;
    }

    bool readDc(Bits& bits, Component& c) const {
        bits.fill();
        const unsigned entry = m_dc[c.dc].bySixteen[bits.peek(16)], size = entry & 0xff;
        if (entry == 0 || size > 11) return false;
        bits.drop(entry >> 8);
        if (size == 0) return true;
        const int value = int(bits.peek(int(size)));
        bits.drop(size);
        c.last += value < 1 << (size - 1) ? value - (1 << size) + 1 : value;  // F.2.2.1
        return std::abs(c.last) < 1 << 15;
    }

    bool skipAc(Bits& bits, const Component& c) const {
        const auto& skips = m_skips[c.ac];
        for (unsigned place = 0; place < 63;) {
            bits.fill();
            for (int turn = 0; turn < 3 && place < 63; ++turn) {  // 56 bits last for three
                const unsigned skip = skips[bits.peek(kSkipBits)], next = place + (skip >> 5 & 63);
                if (skip == 0 || next >= 63) {  // the next block may begin within these bits
                    if (turn > 0) break;
                    if (!skipOne(bits, c, place)) return false;
                    break;
                }
                bits.drop(skip & 31);
                if (skip >> 11) return true;
                place = next;
            }
        }
        return true;
    }

    bool skipOne(Bits& bits, const Component& c, unsigned& place) const {
        const unsigned entry = m_ac[c.ac].bySixteen[bits.peek(16)], size = entry & 15, run = entry >> 4 & 15;
        if (entry == 0) return false;
        bits.drop((entry >> 8) + size);
        place = size == 0 && run != 15 ? 63 : place + run + 1;
        return place <= 63;
    }

    cv::Mat picture() const {
        const cv::Size size(int(m_width + 7) / 8, int(m_height + 7) / 8);
        const cv::Rect all({}, size);
        if (m_components.size() == 1) return m_components[0].means(all).clone();
        cv::Mat planes[kMostComponents], together, bgr;
        planes[0] = m_components[0].means(all);
        for (int k = 1; k < kMostComponents; ++k) {
            cv::Mat& plane = planes[3 - k];  // OpenCV's order is Y, Cr, Cb
            if (m_components[0].means.size() == m_components[std::size_t(k)].means.size())
                plane = m_components[std::size_t(k)].means(all);
            else
                cv::resize(m_components[std::size_t(k)].means, plane, m_components[0].means.size(), 0, 0, cv::INTER_LINEAR),
                    plane = plane(all);
        }
        cv::merge(planes, kMostComponents, together);
        cv::cvtColor(together, bgr, cv::COLOR_YCrCb2BGR);
        return bgr;
    }

    const std::string_view m_bytes;
    unsigned m_width = 0, m_height = 0, m_restart = 0;
    std::size_t m_scanAt = 0;
    std::vector<Component> m_components;
    std::array<Codes, 4> m_dc, m_ac;
    std::array<std::vector<std::uint16_t>, 4> m_skips;
    std::array<int, 4> m_quantisers{};
};

}  // namespace

std::optional<cv::Mat> decodeJpegEighth(std::string_view bytes) {
    return DcDecoder(bytes).run();
}

}  // namespace lathe::image
