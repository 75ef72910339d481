#include "core/engine/load/area.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "core/base/simd.h"

namespace lathe::engine::load {
namespace {

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

#ifdef __x86_64__
/// As mixRows(), sixteen values at a time; where it stopped.
LATHE_AVX2 std::size_t mixRows16(const std::uint8_t* a, const std::uint8_t* b, const std::uint8_t* c, const std::int16_t* w,
                                 std::size_t count, std::uint16_t* out) {
    const __m256i wa = _mm256_set1_epi16(w[0]), wb = _mm256_set1_epi16(w[1]), wc = _mm256_set1_epi16(w[2]);
    const auto times = [&](const std::uint8_t* at, __m256i weight) LATHE_AVX2 {
        return _mm256_mullo_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))), weight);
    };
    std::size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const __m256i sum = _mm256_add_epi16(_mm256_add_epi16(times(a + i, wa), times(b + i, wb)), times(c + i, wc));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), sum);
    }
    return i;
}

/// As mixColumns3(), two places at a time, a lane each; how many. Writes a fourth byte, so the last place of a row is left.
LATHE_AVX2 std::size_t mixColumnPairs(const std::uint16_t* row, const std::vector<Taps>& columns, std::uint8_t* out) {
    const __m256i flip = _mm256_set1_epi16(std::int16_t(0x8000)), back = _mm256_set1_epi32((1 << 23) + (1 << 15));
    const auto both = [&](const void* low, const void* high) LATHE_AVX2 {
        return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadl_epi64(static_cast<const __m128i*>(low))),
                                       _mm_loadl_epi64(static_cast<const __m128i*>(high)), 1);
    };
    std::size_t k = 0;
    for (; k + 2 < columns.size(); k += 2, out += 6) {
        const Taps &p = columns[k], &q = columns[k + 1];
        const std::uint16_t *at = row + 3 * p.first, *to = row + 3 * q.first;
        const auto values = [&](int step) LATHE_AVX2 { return _mm256_xor_si256(both(at + step, to + step), flip); };
        const __m256i weights = both(p.weights, q.weights);
        const __m256i two = _mm256_shuffle_epi32(weights, 0x00), last = _mm256_shuffle_epi32(weights, 0x55);
        const __m256i sums = _mm256_add_epi32(_mm256_madd_epi16(_mm256_unpacklo_epi16(values(0), values(3)), two),
                                              _mm256_madd_epi16(_mm256_unpacklo_epi16(values(6), flip), last));
        const __m256i rounded = _mm256_srli_epi32(_mm256_add_epi32(sums, back), 16);
        const __m256i bytes = _mm256_packus_epi16(_mm256_packs_epi32(rounded, rounded), rounded);
        const int low = _mm256_extract_epi32(bytes, 0), high = _mm256_extract_epi32(bytes, 4);
        std::memcpy(out, &low, 4);
        std::memcpy(out + 3, &high, 4);
    }
    return k;
}
#endif

/// 256 times the mean of three rows.
void mixRows(const cv::Mat& from, const Taps& taps, std::size_t count, std::uint16_t* out) {
    const auto *a = from.ptr<std::uint8_t>(int(taps.first)), *b = from.ptr<std::uint8_t>(int(taps.first) + 1),
               *c = from.ptr<std::uint8_t>(int(taps.first) + 2);
    const auto* w = taps.weights;
    std::size_t i = 0;
#ifdef __x86_64__
    if (base::hasAvx2()) i = mixRows16(a, b, c, w, count, out);
    const __m128i none = _mm_setzero_si128();
    const __m128i wa = _mm_set1_epi16(w[0]), wb = _mm_set1_epi16(w[1]), wc = _mm_set1_epi16(w[2]);
    const auto words = [&](const std::uint8_t* at) {
        return _mm_unpacklo_epi8(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(at)), none);
    };
    for (; i + 8 <= count; i += 8) {
        const __m128i sum = _mm_add_epi16(_mm_add_epi16(_mm_mullo_epi16(words(a + i), wa), _mm_mullo_epi16(words(b + i), wb)),
                                          _mm_mullo_epi16(words(c + i), wc));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i), sum);
    }
#endif
    for (; i < count; ++i) out[i] = std::uint16_t(a[i] * w[0] + b[i] * w[1] + c[i] * w[2]);
}

#ifdef __x86_64__
/// Three channels at once; reads a fourth value of each place.
void mixColumns3(const std::uint16_t* row, const std::vector<Taps>& columns, std::uint8_t* out) {
    const __m128i flip = _mm_set1_epi16(std::int16_t(0x8000)), back = _mm_set1_epi32((1 << 23) + (1 << 15));
    const auto values = [&](const std::uint16_t* at) {
        return _mm_xor_si128(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(at)), flip);
    };
    const std::size_t done = base::hasAvx2() ? mixColumnPairs(row, columns, out) : 0;
    out += 3 * done;
    for (std::size_t k = done; k < columns.size(); ++k) {
        const Taps& taps = columns[k];
        const std::uint16_t* at = row + 3 * taps.first;
        const __m128i weights = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(taps.weights));
        const __m128i two = _mm_shuffle_epi32(weights, 0x00), last = _mm_shuffle_epi32(weights, 0x55);
        const __m128i sums = _mm_add_epi32(_mm_madd_epi16(_mm_unpacklo_epi16(values(at), values(at + 3)), two),
                                           _mm_madd_epi16(_mm_unpacklo_epi16(values(at + 6), flip), last));
        const __m128i rounded = _mm_srli_epi32(_mm_add_epi32(sums, back), 16);
        const int bytes = _mm_cvtsi128_si32(_mm_packus_epi16(_mm_packs_epi32(rounded, rounded), rounded));
        *out++ = std::uint8_t(bytes), *out++ = std::uint8_t(bytes >> 8), *out++ = std::uint8_t(bytes >> 16);
    }
}
#endif

void mixColumns(const std::uint16_t* row, const std::vector<Taps>& columns, int channels, std::uint8_t* out) {
#ifdef __x86_64__
    if (channels == 3) return mixColumns3(row, columns, out);
#endif
    for (const Taps& taps : columns) {
        const std::uint16_t* at = row + channels * taps.first;
        for (int k = 0; k < channels; ++k, ++at)
            *out++ = std::uint8_t((at[0] * taps.weights[0] + at[channels] * taps.weights[1] +
                                   at[2 * std::ptrdiff_t(channels)] * taps.weights[2] + (1 << 15)) >>
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
    thread_local std::vector<Taps> columns;
    thread_local std::vector<std::uint16_t> row;
    const std::size_t count = std::size_t(from.cols) * std::size_t(from.channels());
    columns.resize(std::size_t(to.cols));
    row.resize(count + 8);
    for (int x = 0; x < to.cols; ++x) columns[std::size_t(x)] = tapsOf(x, from.cols, to.cols);
    for (int y = 0; y < to.rows; ++y) {
        mixRows(from, tapsOf(y, from.rows, to.rows), count, row.data());
        mixColumns(row.data(), columns, from.channels(), to.ptr<std::uint8_t>(y));
    }
    return true;
}

}  // namespace lathe::engine::load
