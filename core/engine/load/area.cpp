#include "core/engine/load/area.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "core/base/simd.h"

namespace lathe::engine::load {
namespace {

// A mixed row's values reach 256 * 255; as signed words they are lowered, and a place's sum (weights of 256) is put back, rounded.
constexpr std::int16_t kLower = std::int16_t(-(1 << 15));
constexpr int kBack = (1 << 23) + (1 << 15);

/// A place covers three neighbours at most; those of weight 0 are neighbours too, so that all places read alike.
struct Taps {
    std::ptrdiff_t first = 0;
    std::int16_t weights[4] = {};  ///< sum 256; the last is 0
};

/// `from` >= 3.
Taps tapsOf(int place, int from, int to) {
    const double scale = double(from) / to, low = place * scale, high = std::min(low + scale, double(from));
    Taps taps;
    taps.first = std::min(std::ptrdiff_t(low), std::ptrdiff_t(from - 3));
    int sum = 0, widest = 0;
    for (int k = 0; k < 3; ++k) {
        const double cell = double(taps.first + k), covered = std::min(high, cell + 1) - std::max(low, cell);
        taps.weights[k] = std::int16_t(std::lround(std::max(0.0, covered) / scale * 256));
        sum += taps.weights[k];
        if (taps.weights[k] > taps.weights[widest]) widest = k;
    }
    taps.weights[widest] = std::int16_t(taps.weights[widest] + 256 - sum);
    return taps;
}

/// The places of one side, kept while pictures of the same sizes follow each other.
class Side {
public:
    void lay(int from, int to) {
        if (m_from == from && m_taps.size() == std::size_t(to)) return;
        m_from = from;
        m_taps.resize(std::size_t(to));
        for (int k = 0; k < to; ++k) m_taps[std::size_t(k)] = tapsOf(k, from, to);
        m_quads.resize(m_taps.size() / 4);
        for (std::size_t k = 0; k < m_taps.size() / 4 * 4; ++k) m_quads[k / 4].set(int(k % 4), m_taps[k]);
    }
    [[nodiscard]] const std::vector<Taps>& taps() const { return m_taps; }

    /// Four places' weights as mixColumnQuads() multiplies: the even places in a lane each, then the odd ones.
    struct Quad {
        std::int16_t two[2][16], last[2][16];
        void set(int place, const Taps& taps) {
            for (int k = 0; k < 8; ++k) {
                const int at = place / 2 * 8 + k;
                two[place % 2][at] = taps.weights[k % 2];
                last[place % 2][at] = k % 2 == 0 ? taps.weights[2] : std::int16_t(0);
            }
        }
    };
    [[nodiscard]] const std::vector<Quad>& quads() const { return m_quads; }

private:
    int m_from = 0;
    std::vector<Taps> m_taps;
    std::vector<Quad> m_quads;
};

#ifdef __x86_64__
/// As mixRows(), sixteen values at a time; where it stopped.
LATHE_AVX2 std::size_t mixRows16(const std::uint8_t* a, const std::uint8_t* b, const std::uint8_t* c, const std::int16_t* w,
                                 std::size_t count, std::int16_t* out) {
    const __m256i wa = _mm256_set1_epi16(w[0]), wb = _mm256_set1_epi16(w[1]), wc = _mm256_set1_epi16(w[2]);
    const __m256i lower = _mm256_set1_epi16(kLower);
    const auto times = [&](const std::uint8_t* at, __m256i weight) LATHE_AVX2 {
        return _mm256_mullo_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))), weight);
    };
    std::size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const __m256i sum = _mm256_add_epi16(_mm256_add_epi16(times(a + i, wa), times(b + i, wb)), times(c + i, wc));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), _mm256_add_epi16(sum, lower));
    }
    return i;
}

/// As mixColumns() of three channels, four places at a time; how many. Writes two bytes more, so the last places of a row are left.
LATHE_AVX2 std::size_t mixColumnQuads(const std::int16_t* row, const Side& columns, std::uint8_t* out) {
    const __m256i back = _mm256_set1_epi32(kBack);
    // Words 0 to 7 of a place as (0, 3), (1, 4), (2, 5); words 1 to 8 as 6, 7, 8. Then six bytes of eight.
    const __m256i pairs = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1));
    const __m256i thirds =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(10, 11, -1, -1, 12, 13, -1, -1, 14, 15, -1, -1, -1, -1, -1, -1));
    const __m256i close = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 1, 2, 4, 5, 6, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1));
    const auto words = [&](const std::int16_t* low, const std::int16_t* high) LATHE_AVX2 {
        return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(low))),
                                       _mm_loadu_si128(reinterpret_cast<const __m128i*>(high)), 1);
    };
    const auto load = [&](const std::int16_t* at) LATHE_AVX2 { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)); };
    const auto& taps = columns.taps();
    std::size_t k = 0;
    for (; k + 4 < taps.size(); k += 4, out += 12) {
        const Side::Quad& quad = columns.quads()[k / 4];
        const auto mixed = [&](std::size_t odd) LATHE_AVX2 {
            const std::int16_t *low = row + 3 * taps[k + odd].first, *high = row + 3 * taps[k + 2 + odd].first;
            const __m256i two = _mm256_madd_epi16(_mm256_shuffle_epi8(words(low, high), pairs), load(quad.two[odd]));
            const __m256i last = _mm256_madd_epi16(_mm256_shuffle_epi8(words(low + 1, high + 1), thirds), load(quad.last[odd]));
            return _mm256_srli_epi32(_mm256_add_epi32(_mm256_add_epi32(two, last), back), 16);
        };
        const __m256i wide = _mm256_packs_epi32(mixed(0), mixed(1));
        const __m256i bytes = _mm256_shuffle_epi8(_mm256_packus_epi16(wide, wide), close);
        _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm256_castsi256_si128(bytes));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(out + 6), _mm256_extracti128_si256(bytes, 1));
    }
    return k;
}
#endif

/// 256 times the mean of three rows, as signed words.
void mixRows(const cv::Mat& from, const Taps& taps, std::size_t count, std::int16_t* out) {
    const auto *a = from.ptr<std::uint8_t>(int(taps.first)), *b = from.ptr<std::uint8_t>(int(taps.first) + 1),
               *c = from.ptr<std::uint8_t>(int(taps.first) + 2);
    const auto* w = taps.weights;
    std::size_t i = 0;
#ifdef __x86_64__
    if (base::hasAvx2()) i = mixRows16(a, b, c, w, count, out);
    const __m128i none = _mm_setzero_si128(), lower = _mm_set1_epi16(kLower);
    const __m128i wa = _mm_set1_epi16(w[0]), wb = _mm_set1_epi16(w[1]), wc = _mm_set1_epi16(w[2]);
    const auto words = [&](const std::uint8_t* at) {
        return _mm_unpacklo_epi8(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(at)), none);
    };
    for (; i + 8 <= count; i += 8) {
        const __m128i sum = _mm_add_epi16(_mm_add_epi16(_mm_mullo_epi16(words(a + i), wa), _mm_mullo_epi16(words(b + i), wb)),
                                          _mm_mullo_epi16(words(c + i), wc));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), _mm_add_epi16(sum, lower));
    }
#endif
    for (; i < count; ++i) out[i] = std::int16_t(a[i] * w[0] + b[i] * w[1] + c[i] * w[2] + kLower);
}

#ifdef __x86_64__
/// Three channels at once; reads a fourth value of each place.
void mixColumns3(const std::int16_t* row, const Side& columns, std::uint8_t* out) {
    const __m128i back = _mm_set1_epi32(kBack), none = _mm_setzero_si128();
    const auto values = [](const std::int16_t* at) { return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(at)); };
    const auto& taps = columns.taps();
    const std::size_t done = base::hasAvx2() ? mixColumnQuads(row, columns, out) : 0;
    out += 3 * done;
    for (std::size_t k = done; k < taps.size(); ++k) {
        const std::int16_t* at = row + 3 * taps[k].first;
        const __m128i weights = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(taps[k].weights));
        const __m128i two = _mm_shuffle_epi32(weights, 0x00), last = _mm_shuffle_epi32(weights, 0x55);
        const __m128i sums = _mm_add_epi32(_mm_madd_epi16(_mm_unpacklo_epi16(values(at), values(at + 3)), two),
                                           _mm_madd_epi16(_mm_unpacklo_epi16(values(at + 6), none), last));
        const __m128i rounded = _mm_srli_epi32(_mm_add_epi32(sums, back), 16);
        const int bytes = _mm_cvtsi128_si32(_mm_packus_epi16(_mm_packs_epi32(rounded, rounded), rounded));
        *out++ = std::uint8_t(bytes), *out++ = std::uint8_t(bytes >> 8), *out++ = std::uint8_t(bytes >> 16);
    }
}
#endif

void mixColumns(const std::int16_t* row, const Side& columns, int channels, std::uint8_t* out) {
#ifdef __x86_64__
    if (channels == 3) return mixColumns3(row, columns, out);
#endif
    for (const Taps& taps : columns.taps()) {
        const std::int16_t* at = row + channels * taps.first;
        for (int k = 0; k < channels; ++k, ++at)
            *out++ = std::uint8_t((at[0] * taps.weights[0] + at[channels] * taps.weights[1] +
                                   at[2 * std::ptrdiff_t(channels)] * taps.weights[2] + kBack) >>
                                  16);
    }
}

bool upToTwice(int from, int to) {
    return from >= 3 && to > 0 && from >= to && from <= 2 * to;
}

}  // namespace

bool shrinkByArea(const cv::Mat& from, cv::Mat& to) {
    if (!upToTwice(from.cols, to.cols) || !upToTwice(from.rows, to.rows) || from.type() != to.type()) return false;
    if (from.type() != CV_8UC1 && from.type() != CV_8UC3) return false;
    thread_local Side columns, rows;
    thread_local std::vector<std::int16_t> row;
    const std::size_t count = std::size_t(from.cols) * std::size_t(from.channels());
    columns.lay(from.cols, to.cols);
    rows.lay(from.rows, to.rows);
    row.resize(count + 8);
    for (int y = 0; y < to.rows; ++y) {
        mixRows(from, rows.taps()[std::size_t(y)], count, row.data());
        mixColumns(row.data(), columns, from.channels(), to.ptr<std::uint8_t>(y));
    }
    return true;
}

}  // namespace lathe::engine::load
