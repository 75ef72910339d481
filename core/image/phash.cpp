#include "core/image/phash.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/image/decode.h"
#include "core/image/rows.h"

namespace lathe::image {
namespace {

namespace fs = std::filesystem;

constexpr int kSquare = 32, kLowest = 8;
constexpr std::uint64_t kLargestHashed = 1ull << 30;
constexpr std::int64_t kManyPixels = 40'000'000;

using Basis = std::array<std::array<float, kSquare>, kLowest>;

/// The lowest lines of the DCT-II; the factors that scipy leaves out, too, are the same for all.
Basis makeBasis() {
    Basis basis;
    for (int k = 0; k < kLowest; ++k)
        for (int n = 0; n < kSquare; ++n)
            basis[std::size_t(k)][std::size_t(n)] = float(std::cos(std::numbers::pi * k * (2 * n + 1) / (2 * kSquare)));
    return basis;
}

/// 8 x 8 lowest frequencies, row by row.
std::array<float, 64> lowFrequencies(const cv::Mat& square) {
    static const Basis basis = makeBasis();
    std::array<std::array<float, kSquare>, kLowest> columns{};
    for (int y = 0; y < kSquare; ++y) {
        const auto* row = square.ptr<std::uint8_t>(y);
        for (std::size_t k = 0; k < kLowest; ++k)
            for (std::size_t x = 0; x < kSquare; ++x) columns[k][x] += basis[k][std::size_t(y)] * float(row[x]);
    }
    std::array<float, 64> low{};
    for (std::size_t k = 0; k < kLowest; ++k)
        for (std::size_t l = 0; l < kLowest; ++l)
            for (std::size_t x = 0; x < kSquare; ++x) low[k * kLowest + l] += columns[k][x] * basis[l][x];
    return low;
}

std::uint64_t bitsAboveMedian(const std::array<float, 64>& values) {
    auto sorted = values;
    std::ranges::sort(sorted);
    const float median = (sorted[31] + sorted[32]) / 2;
    std::uint64_t bits = 0;
    for (const float value : values) bits = bits << 1 | std::uint64_t(value > median);
    return bits;
}

cv::Mat lumaOf(const cv::Mat& picture) {
    if (picture.channels() == 1) return picture;
    cv::Mat luma;
    cv::cvtColor(picture, luma, cv::COLOR_BGR2GRAY);
    return luma;
}

cv::Mat squareOf(const cv::Mat& grey) {
    cv::Mat square;
    const bool larger = std::min(grey.cols, grey.rows) >= kSquare;
    cv::resize(grey, square, {kSquare, kSquare}, 0, 0, larger ? cv::INTER_AREA : cv::INTER_CUBIC);
    return square;
}

int rangeOf(const cv::Mat& square) {
    double darkest = 0, brightest = 0;
    cv::minMaxLoc(square, &darkest, &brightest);
    return int(brightest - darkest);
}

/// Of the colour that varies most.
cv::Mat liveliestSquare(const cv::Mat& bgr) {
    std::vector<cv::Mat> channels;
    cv::split(bgr, channels);
    for (cv::Mat& channel : channels) channel = squareOf(channel);
    return *std::ranges::max_element(channels, {}, rangeOf);
}

std::array<std::uint8_t, 64> tinyOf(const cv::Mat& square) {
    constexpr int part = kSquare / kLowest;
    std::array<std::uint8_t, 64> tiny{};
    for (int k = 0; k < 64; ++k) {
        int sum = part * part / 2;
        for (int y = 0; y < part; ++y)
            for (int x = 0; x < part; ++x) sum += square.at<std::uint8_t>(k / kLowest * part + y, k % kLowest * part + x);
        tiny[std::size_t(k)] = std::uint8_t(sum / (part * part));
    }
    return tiny;
}

std::array<std::uint8_t, 3> meanColour(const cv::Mat& picture) {
    const cv::Scalar mean = cv::mean(picture);
    std::array<std::uint8_t, 3> colour{};
    for (int c = 0; c < 3; ++c) colour[std::size_t(c)] = std::uint8_t(std::lround(mean[picture.channels() == 1 ? 0 : c]));
    return colour;
}

Result<cv::Mat> small(std::string_view bytes, const fs::path& file, Colour colour) {
    const std::string name = file.filename().string();
    LATHE_TRY(const ImageInfo info, probeBytes(bytes, name));
    const bool large = std::int64_t(info.width) * info.height >= kManyPixels;
    if (large && (info.format == "png" || info.format == "tiff")) return decodeSmall(file, 512);
    DecodeOptions options{.colour = colour, .minSide = kHashSide};
    if (info.format != "jpeg") options.maxPixels = 1ull << 27;
    return decodeBytes(bytes, name, options);
}

}  // namespace

std::uint64_t perceptualHash(const cv::Mat& picture) {
    return bitsAboveMedian(lowFrequencies(squareOf(lumaOf(picture))));
}

Fingerprint fingerprintOf(const cv::Mat& picture) {
    cv::Mat square = squareOf(lumaOf(picture));
    if (rangeOf(square) <= Fingerprint::kFlatRange && picture.channels() == 3) square = liveliestSquare(picture);
    const bool isSmall = std::min(picture.cols, picture.rows) < kHashSide;
    Fingerprint print{bitsAboveMedian(lowFrequencies(square)), tinyOf(square), std::uint8_t(rangeOf(square)), {}, isSmall};
    if (print.isFlat()) print.mean = meanColour(picture);
    return print;
}

Result<Fingerprint> fingerprintOf(std::string_view bytes, const fs::path& file) {
    LATHE_TRY(const cv::Mat luma, small(bytes, file, Colour::Luma8));
    const Fingerprint print = fingerprintOf(luma);
    if (!print.isFlat()) return print;
    LATHE_TRY(const cv::Mat colour, small(bytes, file, Colour::Bgr8));
    return fingerprintOf(colour);
}

Result<Fingerprint> fingerprintOf(const fs::path& file) {
    LATHE_TRY(const std::string bytes, base::readFile(file, kLargestHashed));
    return fingerprintOf(bytes, file);
}

double likeness(const Fingerprint& a, const Fingerprint& b) {
    int sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0;
    for (std::size_t k = 0; k < 64; ++k) {
        const int x = a.tiny[k], y = b.tiny[k];
        sumA += x, sumB += y, squaresA += x * x, squaresB += y * y, products += x * y;
    }
    const double varianceA = 64.0 * squaresA - double(sumA) * sumA, varianceB = 64.0 * squaresB - double(sumB) * sumB;
    if (varianceA <= 0 || varianceB <= 0) return 0;
    return (64.0 * products - double(sumA) * sumB) / std::sqrt(varianceA * varianceB);
}

Result<std::string> pixelDigest(const fs::path& file) {
    LATHE_TRY(cv::Mat pixels, decodeDeep(file));
    base::Sha256 sha;
    const int size[3] = {pixels.cols, pixels.rows, pixels.depth()};
    sha.add({reinterpret_cast<const char*>(size), sizeof size});
    cv::Mat line;
    for (int y = 0; y < pixels.rows; ++y) {
        if (pixels.channels() == 1)
            cv::cvtColor(pixels.row(y), line, cv::COLOR_GRAY2BGR);
        else
            line = pixels.row(y);
        sha.add({reinterpret_cast<const char*>(line.data), line.total() * line.elemSize()});
    }
    return sha.hex();
}

}  // namespace lathe::image
