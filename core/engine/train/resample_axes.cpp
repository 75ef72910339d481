// The bilinear resampling of a picture that is scaled, mirrored and moved but not turned: its columns and rows are looked up once
// and each row of the picture is brought to the new width once. Sums are whole numbers as in cuda::bilinearPixel(), so the bytes
// are the same.
#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "core/base/simd.h"
#include "core/engine/train/augment_kinds.h"

namespace lathe::engine::train {
namespace {

constexpr int kNoLine = -1;  ///< outside and black

/// The two lines that a place lies between, and the second one's share in 1/256.
struct Pair {
    int first, second, part;
};

std::vector<Pair>& pairsOf(std::vector<Pair>& pairs, int side, double scale, double offset, int black) {
    const auto line = [&](int at) {
        if (black && (at < 0 || at >= side)) return kNoLine;
        return cuda::within(at, 0, side - 1);
    };
    pairs.resize(std::size_t(side));
    for (int k = 0; k < side; ++k) {
        const cuda::Between b = cuda::between(scale * (k + 0.5) + offset - 0.5, side);
        pairs[std::size_t(k)] = {line(b.at), line(b.at + 1), b.part};
    }
    return pairs;
}

/// The pixel in the column, zeros for one outside.
const std::uint8_t* at(const std::uint8_t* row, const std::uint8_t* zeros, int column, int channels) {
    return column < 0 ? zeros : row + std::ptrdiff_t(channels) * column;
}

constexpr int kQuad = 4;                     ///< pixels of three channels that one register takes
constexpr std::size_t kQuadBytes = 16;       ///< that hold all neighbours of a quad
constexpr std::size_t kBehind = kQuadBytes;  ///< what is read and written behind a line at most

/// Which bytes of a row four pixels of the wider one come from: 16-bit values, left and right neighbour and the right one's share.
struct alignas(32) Quad {
    std::array<std::uint8_t, 32> left, right;
    std::array<std::uint16_t, 16> part;
    int base;
};

/// What a thread keeps between pictures.
struct Room {
    std::vector<std::uint8_t> last;  ///< the picture's last row with a pixel of zeros behind it, which columns outside are
    std::vector<Pair> columns, rows;
    std::vector<Quad> quads;              ///< of the columns; none where they don't fit or the processor has no AVX2
    std::vector<std::uint16_t> lines[2];  ///< 256 times the values of two rows at the new width
    int held[2] = {-2, -2};
    int next = 0;  ///< which of the two is given up
};

#ifdef __x86_64__
/// False where the neighbours of four pixels lie too far apart: the picture gets smaller.
bool makeQuad(const std::vector<Pair>& columns, std::size_t first, Quad& quad) {
    constexpr std::uint8_t kZero = 0x80;  // of a shuffle
    quad.left.fill(kZero), quad.right.fill(kZero), quad.part.fill(0);
    int low = 1 << 30, high = -1;
    const std::size_t end = std::min(first + kQuad, columns.size());
    for (std::size_t k = first; k < end; ++k)
        for (const int line : {columns[k].first, columns[k].second})
            if (line != kNoLine) low = std::min(low, 3 * line), high = std::max(high, 3 * line + 3);
    quad.base = high < 0 ? 0 : low;
    if (high - quad.base > int(kQuadBytes)) return false;
    for (std::size_t k = first; k < end; ++k)
        for (int c = 0; c < 3; ++c) {
            const std::size_t value = 3 * (k - first) + std::size_t(c);
            const auto from = [&](int line) { return line == kNoLine ? kZero : std::uint8_t(3 * line + c - quad.base); };
            quad.left[2 * value] = from(columns[k].first), quad.right[2 * value] = from(columns[k].second);
            quad.part[value] = std::uint16_t(columns[k].part);
        }
    return true;
}

void quadsOf(const std::vector<Pair>& columns, int channels, std::vector<Quad>& quads) {
    quads.clear();
    if (!base::hasAvx2() || channels != 3 || 3 * columns.size() < kQuadBytes) return;
    quads.resize((columns.size() + kQuad - 1) / kQuad);
    for (std::size_t q = 0; q < quads.size(); ++q)
        if (!makeQuad(columns, kQuad * q, quads[q])) return quads.clear();
}

/// left 256 + (right - left) part, which is left (256 - part) + right part, in 16 bits without a sign.
LATHE_AVX2 void widenQuads(const std::uint8_t* row, const std::vector<Quad>& quads, std::uint16_t* out) {
    for (const Quad& quad : quads) {
        const __m256i bytes = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(row + quad.base)));
        const auto chosen = [&](const auto& which) LATHE_AVX2 {
            return _mm256_shuffle_epi8(bytes, _mm256_load_si256(reinterpret_cast<const __m256i*>(which.data())));
        };
        const __m256i left = chosen(quad.left), part = _mm256_load_si256(reinterpret_cast<const __m256i*>(quad.part.data()));
        const __m256i right = _mm256_mullo_epi16(_mm256_sub_epi16(chosen(quad.right), left), part);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_add_epi16(_mm256_slli_epi16(left, 8), right));
        out += std::ptrdiff_t(3) * kQuad;
    }
}

/// Three channels at once; reads a byte behind the row and writes a fourth value, which the next pixel overwrites.
void widen3(const std::uint8_t* row, const std::uint8_t* zeros, const std::vector<Pair>& columns, std::uint16_t* out) {
    const __m128i none = _mm_setzero_si128();
    const __m128i half = _mm_set1_epi32(1 << 15), flip = _mm_set1_epi16(std::int16_t(0x8000));
    for (const Pair& p : columns) {
        std::int32_t left, right;
        std::memcpy(&left, at(row, zeros, p.first, 3), 4);
        std::memcpy(&right, at(row, zeros, p.second, 3), 4);
        const __m128i both = _mm_unpacklo_epi8(_mm_unpacklo_epi8(_mm_cvtsi32_si128(left), _mm_cvtsi32_si128(right)), none);
        const __m128i sums = _mm_madd_epi16(both, _mm_set1_epi32(p.part << 16 | (256 - p.part)));
        // To 16 bits without a sign, which SSE2 has no packing for.
        const __m128i narrow = _mm_xor_si128(_mm_packs_epi32(_mm_sub_epi32(sums, half), none), flip);
        _mm_storel_epi64(reinterpret_cast<__m128i*>(out), narrow);
        out += 3;
    }
}

/// (top (256 - part) + bottom part + half) / 65536 of sixteen values at a time; where it stopped.
LATHE_AVX2 std::size_t blend16(const std::uint16_t* top, const std::uint16_t* bottom, int part, std::size_t count,
                               std::uint8_t* out) {
    const __m256i weights = _mm256_set1_epi32(part << 16 | (256 - part));
    const __m256i flip = _mm256_set1_epi16(std::int16_t(0x8000)), back = _mm256_set1_epi32((1 << 23) + (1 << 15));
    const auto values = [&](const std::uint16_t* at)
                            LATHE_AVX2 { return _mm256_xor_si256(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)), flip); };
    const auto sum = [&](__m256i pairs)
                         LATHE_AVX2 { return _mm256_srli_epi32(_mm256_add_epi32(_mm256_madd_epi16(pairs, weights), back), 16); };
    std::size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const __m256i a = values(top + i), b = values(bottom + i);
        const __m256i words = _mm256_packs_epi32(sum(_mm256_unpacklo_epi16(a, b)), sum(_mm256_unpackhi_epi16(a, b)));
        const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(words, words), 0x08);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), _mm256_castsi256_si128(bytes));
    }
    return i;
}

/// The same of eight.
void blend8(const std::uint16_t* top, const std::uint16_t* bottom, __m128i weights, std::uint8_t* out) {
    const __m128i flip = _mm_set1_epi16(std::int16_t(0x8000)), back = _mm_set1_epi32((1 << 23) + (1 << 15));
    const __m128i a = _mm_xor_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(top)), flip);
    const __m128i b = _mm_xor_si128(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bottom)), flip);
    const auto sum = [&](__m128i pairs) { return _mm_srli_epi32(_mm_add_epi32(_mm_madd_epi16(pairs, weights), back), 16); };
    const __m128i words = _mm_packs_epi32(sum(_mm_unpacklo_epi16(a, b)), sum(_mm_unpackhi_epi16(a, b)));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm_packus_epi16(words, words));
}
#endif

void widen(const std::uint8_t* row, const std::uint8_t* zeros, const std::vector<Pair>& columns, int channels, std::uint16_t* out) {
#ifdef __x86_64__
    if (channels == 3) return widen3(row, zeros, columns, out);
#endif
    for (const Pair& p : columns) {
        const std::uint8_t *left = at(row, zeros, p.first, channels), *right = at(row, zeros, p.second, channels);
        for (int k = 0; k < channels; ++k) *out++ = std::uint16_t(left[k] * (256 - p.part) + right[k] * p.part);
    }
}

void blend(const std::uint16_t* top, const std::uint16_t* bottom, int part, std::size_t count, std::uint8_t* out) {
    std::size_t i = 0;
#ifdef __x86_64__
    if (base::hasAvx2()) i = blend16(top, bottom, part, count, out);
    const __m128i weights = _mm_set1_epi32(part << 16 | (256 - part));
    for (; i + 8 <= count; i += 8) blend8(top + i, bottom + i, weights, out + i);
#endif
    for (; i < count; ++i) out[i] = std::uint8_t((top[i] * (256 - part) + bottom[i] * part + (1 << 15)) >> 16);
}

/// The row at the new width; the one that was asked for before it stays.
const std::uint16_t* lineOf(Room& room, const std::uint8_t* from, int row, const PictureShape& shape) {
    for (const int k : {0, 1})
        if (room.held[k] == row) return room.next = 1 - k, room.lines[k].data();
    const int k = room.next;
    room.next = 1 - k, room.held[k] = row;
    auto& line = room.lines[k];
    const std::size_t width = std::size_t(shape.width) * std::size_t(shape.channels);
    if (row == kNoLine) {
        std::fill(line.begin(), line.end(), std::uint16_t(0));
        return line.data();
    }
    const std::uint8_t* values = row == shape.height - 1 ? room.last.data() : from + std::size_t(row) * width;
#ifdef __x86_64__
    if (!room.quads.empty()) return widenQuads(values, room.quads, line.data()), line.data();
#endif
    widen(values, room.last.data() + width, room.columns, shape.channels, line.data());
    return line.data();
}

}  // namespace

void resampleAlongAxes(const std::uint8_t* from, std::uint8_t* picture, const PictureShape& shape, const cuda::Resampling& how) {
    thread_local Room room;
    const std::size_t width = std::size_t(shape.width) * std::size_t(shape.channels);
    const std::uint8_t* end = from + shape.bytes();
    room.last.assign(end - width, end);
    room.last.resize(width + std::max(kBehind, std::size_t(shape.channels)), 0);
    pairsOf(room.columns, shape.width, how.inverse[0], how.inverse[2], how.black);
    pairsOf(room.rows, shape.height, how.inverse[4], how.inverse[5], how.black);
#ifdef __x86_64__
    quadsOf(room.columns, shape.channels, room.quads);
#endif
    for (const int k : {0, 1}) room.lines[k].resize(width + kBehind), room.held[k] = -2;
    for (const Pair& p : room.rows) {
        const std::uint16_t* top = lineOf(room, from, p.first, shape);
        const std::uint16_t* bottom = lineOf(room, from, p.second, shape);
        blend(top, bottom, p.part, width, picture);
        picture += width;
    }
}

}  // namespace lathe::engine::train
