// The packed pictures of brushes: bits from the highest of each byte. 32 bits: how many words; 5: bits of a word, less one; 4 times
// 4: bits of a run's length in each of four classes, less one. Then runs: 1 bit: 1 for one word repeated, 0 for as many words as
// follow; 2 bits: the class; the length less one; the word or words.
#include <fmt/format.h>
#include <array>
#include <utility>

#include "core/annot/mask.h"
#include "core/formats/label_studio.h"

namespace lathe::formats::labelstudio {
namespace {

constexpr std::array<int, 4> kLengthBits{3, 4, 8, 16};
constexpr std::size_t kLongestRun = 1u << 16, kChannels = 4;

class BitReader {
public:
    explicit BitReader(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}
    std::uint64_t read(int bits) {
        std::uint64_t value = 0;
        for (int k = 0; k < bits; ++k, ++m_at) {
            const std::size_t byte = m_at / 8;
            if (byte >= m_bytes.size()) return m_short = true, value;
            value = value << 1 | (m_bytes[byte] >> (7 - m_at % 8) & 1u);
        }
        return value;
    }
    [[nodiscard]] bool isShort() const { return m_short; }

private:
    std::span<const std::uint8_t> m_bytes;
    std::size_t m_at = 0;
    bool m_short = false;
};

class BitWriter {
public:
    void write(std::uint64_t value, int bits) {
        for (int k = bits - 1; k >= 0; --k, ++m_at) {
            if (m_at % 8 == 0) m_bytes.push_back(0);
            m_bytes.back() = std::uint8_t(m_bytes.back() | (value >> k & 1u) << (7 - m_at % 8));
        }
    }
    std::vector<std::uint8_t> take() { return std::move(m_bytes); }

private:
    std::vector<std::uint8_t> m_bytes;
    std::size_t m_at = 0;
};

tl::unexpected<Fault> bad(std::string message) {
    return tl::unexpected<Fault>(Fault{"bad_mask", std::move(message)});
}

/// Sets the pixels whose alpha lies in the words [from, to).
void setAlpha(std::vector<std::uint8_t>& raster, std::size_t from, std::size_t to) {
    for (std::size_t pixel = from / kChannels; pixel * kChannels + 3 < to; ++pixel) raster[pixel] = 1;
}

void putRun(BitWriter& out, std::size_t length, bool inside) {
    for (std::size_t done = 0; done < length;) {
        const std::size_t run = std::min(length - done, kLongestRun);
        std::size_t type = 0;
        while (run > std::size_t(1) << kLengthBits[type]) ++type;
        out.write(1, 1);
        out.write(type, 2);
        out.write(run - 1, kLengthBits[type]);
        out.write(inside ? 255 : 0, 8);
        done += run;
    }
}

}  // namespace

Checked<annot::Mask> maskOfRle(std::span<const std::uint8_t> packed, std::uint32_t width, std::uint32_t height) {
    const std::uint64_t pixels = std::uint64_t(width) * height;
    if (pixels == 0 || pixels > kLargestMask) return bad(fmt::format("a brush of {} x {} pixels can't be", width, height));
    BitReader in(packed);
    const std::uint64_t words = in.read(32);
    const int wordBits = int(in.read(5)) + 1;
    std::array<int, 4> lengthBits{};
    for (int& bits : lengthBits) bits = int(in.read(4)) + 1;
    if (in.isShort()) return bad("the brush's packed picture has no head");
    if (words != pixels * kChannels)
        return bad(fmt::format("the brush's picture is of {} words, {} x {} x 4 are {}", words, width, height, pixels * kChannels));
    if (words / kLongestRun > packed.size() * 8) return bad("the brush's packed picture is too short");
    std::vector<std::uint8_t> raster(pixels);
    for (std::uint64_t at = 0; at < words;) {
        const bool repeated = in.read(1);
        const std::uint64_t end = at + in.read(lengthBits[in.read(2)]) + 1;
        if (end > words) return bad("a run of the brush goes beyond its picture");
        if (repeated) {
            if (in.read(wordBits)) setAlpha(raster, at, end);
            at = end;
        }
        for (; at < end && !in.isShort(); ++at)
            if (in.read(wordBits)) setAlpha(raster, at, at + 1);
        if (in.isShort()) return bad("the brush's packed picture ends in the middle");
    }
    return annot::maskFromRaster(raster, height, width);
}

std::vector<std::uint8_t> rleOfMask(const annot::Mask& mask) {
    const auto raster = annot::maskToRaster(mask);
    BitWriter out;
    out.write(raster.size() * kChannels, 32);
    out.write(8 - 1, 5);
    for (const int bits : kLengthBits) out.write(std::uint64_t(bits) - 1, 4);
    for (std::size_t at = 0; at < raster.size();) {
        std::size_t end = at;
        while (end < raster.size() && raster[end] == raster[at]) ++end;
        putRun(out, (end - at) * kChannels, raster[at]);
        at = end;
    }
    return out.take();
}

}  // namespace lathe::formats::labelstudio
