// The bilinear resampling of a picture that is scaled, mirrored and moved but not turned: its columns and rows are looked up once
// and each row of the picture is brought to the new width once. Sums are whole numbers as in cuda::bilinearPixel(), so the bytes
// are the same.
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <algorithm>
#include <cstring>
#include <vector>

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

/// What a thread keeps between pictures.
struct Room {
    std::vector<std::uint8_t> before;  ///< a pixel of zeros behind it, which columns outside are
    std::vector<Pair> columns, rows;
    std::vector<std::uint16_t> lines[2];  ///< 256 times the values of two rows at the new width
    int held[2] = {-2, -2};
    int next = 0;  ///< which of the two is given up
};

#ifdef __SSE2__
/// Three channels at once; reads and writes a fourth value, which the next pixel overwrites.
void widen3(const std::uint8_t* row, const std::uint8_t* zeros, const std::vector<Pair>& columns, std::uint16_t* out) {
    const __m128i none = _mm_setzero_si128();
    const __m128i half = _mm_set1_epi32(1 << 15), flip = _mm_set1_epi16(std::int16_t(0x8000));
    for (const Pair& p : columns) {
        std::int32_t left, right;
        std::memcpy(&left, p.first < 0 ? zeros : row + 3 * p.first, 4);
        std::memcpy(&right, p.second < 0 ? zeros : row + 3 * p.second, 4);
        const __m128i both = _mm_unpacklo_epi8(_mm_unpacklo_epi8(_mm_cvtsi32_si128(left), _mm_cvtsi32_si128(right)), none);
        const __m128i sums = _mm_madd_epi16(both, _mm_set1_epi32(p.part << 16 | (256 - p.part)));
        // To 16 bits without a sign, which SSE2 has no packing for.
        const __m128i narrow = _mm_xor_si128(_mm_packs_epi32(_mm_sub_epi32(sums, half), none), flip);
        _mm_storel_epi64(reinterpret_cast<__m128i*>(out), narrow);
        out += 3;
    }
}

/// (top (256 - part) + bottom part + half) / 65536 of eight values.
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
#ifdef __SSE2__
    if (channels == 3) return widen3(row, zeros, columns, out);
#endif
    for (const Pair& p : columns) {
        const std::uint8_t *left = p.first < 0 ? zeros : row + channels * p.first,
                           *right = p.second < 0 ? zeros : row + channels * p.second;
        for (int k = 0; k < channels; ++k) *out++ = std::uint16_t(left[k] * (256 - p.part) + right[k] * p.part);
    }
}

void blend(const std::uint16_t* top, const std::uint16_t* bottom, int part, std::size_t count, std::uint8_t* out) {
    std::size_t i = 0;
#ifdef __SSE2__
    const __m128i weights = _mm_set1_epi32(part << 16 | (256 - part));
    for (; i + 8 <= count; i += 8) blend8(top + i, bottom + i, weights, out + i);
#endif
    for (; i < count; ++i) out[i] = std::uint8_t((top[i] * (256 - part) + bottom[i] * part + (1 << 15)) >> 16);
}

/// The row at the new width; the one that was asked for before it stays.
const std::uint16_t* lineOf(Room& room, int row, const PictureShape& shape) {
    for (const int k : {0, 1})
        if (room.held[k] == row) return room.next = 1 - k, room.lines[k].data();
    const int k = room.next;
    room.next = 1 - k, room.held[k] = row;
    auto& line = room.lines[k];
    const std::uint8_t* zeros = room.before.data() + shape.bytes();
    if (row == kNoLine)
        std::fill(line.begin(), line.end(), std::uint16_t(0));
    else
        widen(room.before.data() + std::size_t(row) * std::size_t(shape.width) * std::size_t(shape.channels), zeros, room.columns,
              shape.channels, line.data());
    return line.data();
}

}  // namespace

void resampleAlongAxes(std::uint8_t* picture, const PictureShape& shape, const cuda::Resampling& how) {
    thread_local Room room;
    const std::size_t width = std::size_t(shape.width) * std::size_t(shape.channels);
    room.before.resize(shape.bytes() + std::size_t(std::max(4, shape.channels)));
    std::memcpy(room.before.data(), picture, shape.bytes());
    std::fill(room.before.begin() + std::ptrdiff_t(shape.bytes()), room.before.end(), std::uint8_t(0));
    pairsOf(room.columns, shape.width, how.inverse[0], how.inverse[2], how.black);
    pairsOf(room.rows, shape.height, how.inverse[4], how.inverse[5], how.black);
    for (const int k : {0, 1}) room.lines[k].resize(width + 8), room.held[k] = -2;
    for (const Pair& p : room.rows) {
        const std::uint16_t* top = lineOf(room, p.first, shape);
        const std::uint16_t* bottom = lineOf(room, p.second, shape);
        blend(top, bottom, p.part, width, picture);
        picture += width;
    }
}

}  // namespace lathe::engine::train
