#include "core/annot/bytes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/base/json_depth.h"

namespace lathe::annot {
namespace {

static_assert(std::endian::native == std::endian::little, "packed numbers are little-endian");

constexpr std::array<double, 5> kPowers{1, 10, 100, 1000, 10000};
constexpr int kRaw = 7;
constexpr int kDeepestPacked = 200;  // nlohmann's dump and comparison recurse; the stack must hold it

bool sameBits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// The nearest whole number, halves to the even one, of a value below 2^51: adding 1.5 * 2^52 leaves no bit for a fraction.
std::int64_t wholeOf(double value) {
    constexpr double kShift = 0x1.8p52;
    return std::bit_cast<std::int64_t>(value + kShift) - std::bit_cast<std::int64_t>(kShift);
}

/// Is it a whole number of 1/power? `whole` is which.
bool fits(double value, double power, std::int64_t& whole) {
    if (!(std::abs(value) < 1e9)) return false;
    whole = wholeOf(value * power);
    return sameBits(double(whole) / power, value);
}

/// Smallest exponent with which each value is whole at this or a smaller one, or kRaw.
int exponentOf(std::span<const double> values) {
    int exponent = 0;
    std::int64_t whole = 0;
    for (const double value : values)
        while (!fits(value, kPowers[std::size_t(exponent)], whole))
            if (++exponent == int(kPowers.size())) return kRaw;
    return exponent;
}

constexpr std::size_t kLongestVarint = 10, kAtOnce = 64;  // bytes; numbers

char* putVarint(char* at, std::uint64_t value) {
    for (; value >= 128; value >>= 7) *at++ = char(value | 128);
    *at++ = char(value);
    return at;
}

/// Behind it; nullptr when there is none before `end`.
inline const char* getVarint(const char* at, const char* end, std::uint64_t& value) {
    value = 0;
    end = at + std::min(end - at, std::ptrdiff_t(kLongestVarint));
    for (unsigned shift = 0; at < end; shift += 7) {
        const auto next = std::uint8_t(*at++);
        value |= std::uint64_t(next & 127) << shift;
        if (next < 128) return at;
    }
    return nullptr;
}

std::int64_t fromZigzag(std::uint64_t value) {
    return std::int64_t(value >> 1) ^ -std::int64_t(value & 1);
}

std::uint64_t zigzagOf(std::int64_t value) {
    return std::uint64_t(value) << 1 ^ std::uint64_t(value >> 63);
}

}  // namespace

void ByteWriter::varint(std::uint64_t value) {
    if (value < 128) return m_out.push_back(char(value));
    std::array<char, kLongestVarint> bytes;
    m_out.append(bytes.data(), std::size_t(putVarint(bytes.data(), value) - bytes.data()));
}

void ByteWriter::zigzag(std::int64_t value) {
    varint(zigzagOf(value));
}

void ByteWriter::real(double value) {
    m_out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void ByteWriter::text(std::string_view value) {
    varint(value.size());
    m_out.append(value);
}

void ByteWriter::numbers(std::span<const double> values, std::size_t stride) {
    const int exponent = exponentOf(values);
    if (exponent != kRaw && putWholes(values, stride, exponent)) return;
    byte(kRaw);
    m_out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

/// False, with nothing written, when a value doesn't divide back to its own bits: a later one may have raised the exponent.
bool ByteWriter::putWholes(std::span<const double> values, std::size_t stride, int exponent) {
    const std::size_t start = m_out.size();
    const double power = kPowers[std::size_t(exponent)];
    std::array<std::int64_t, 4> before{};
    byte(std::uint8_t(exponent));
    for (std::size_t first = 0; first < values.size(); first += kAtOnce) {
        std::array<char, kAtOnce * kLongestVarint> bytes;
        char* at = bytes.data();
        std::size_t place = first % stride;
        for (const double value : values.subspan(first, std::min(kAtOnce, values.size() - first))) {
            std::int64_t whole = 0;
            if (!fits(value, power, whole)) return m_out.resize(start), false;
            at = putVarint(at, zigzagOf(whole - before[place]));
            before[place] = whole;
            if (++place == stride) place = 0;
        }
        m_out.append(bytes.data(), std::size_t(at - bytes.data()));
    }
    return true;
}

void ByteWriter::json(const Json& value) {
    text(value.is_null() ? std::string() : value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void ByteReader::fail() {
    m_failed = true;
    m_bytes = {};
}

std::uint8_t ByteReader::byte() {
    if (m_bytes.empty()) return fail(), 0;
    const auto value = std::uint8_t(m_bytes.front());
    m_bytes.remove_prefix(1);
    return value;
}

std::uint64_t ByteReader::varint() {
    std::uint64_t value = 0;
    const char* at = getVarint(m_bytes.data(), m_bytes.data() + m_bytes.size(), value);
    if (!at) return fail(), 0;
    m_bytes.remove_prefix(std::size_t(at - m_bytes.data()));
    return value;
}

std::int64_t ByteReader::zigzag() {
    return fromZigzag(varint());
}

double ByteReader::real() {
    double value = 0;
    if (m_bytes.size() < sizeof value) return fail(), 0;
    std::memcpy(&value, m_bytes.data(), sizeof value);
    m_bytes.remove_prefix(sizeof value);
    return value;
}

std::string_view ByteReader::text() {
    const std::size_t size = count(1);
    const std::string_view value = m_bytes.substr(0, size);
    m_bytes.remove_prefix(size);
    return value;
}

void ByteReader::numbers(std::span<double> values, std::size_t stride) {
    const int exponent = byte();
    if (exponent == kRaw) {
        if (m_bytes.size() < values.size_bytes()) return fail();
        if (!values.empty()) std::memcpy(values.data(), m_bytes.data(), values.size_bytes());
        m_bytes.remove_prefix(values.size_bytes());
        return;
    }
    if (exponent >= int(kPowers.size())) return fail();
    const double power = kPowers[std::size_t(exponent)];
    std::array<std::uint64_t, 4> before{};
    std::size_t place = 0;
    const char *at = m_bytes.data(), *end = at + m_bytes.size();
    for (double& value : values) {
        std::uint64_t read = 0;
        at = getVarint(at, end, read);
        if (!at) return fail();
        before[place] += std::uint64_t(fromZigzag(read));  // unsigned: hostile bytes may wrap
        value = double(std::int64_t(before[place])) / power;
        if (++place == stride) place = 0;
    }
    m_bytes.remove_prefix(std::size_t(at - m_bytes.data()));
}

Json ByteReader::json() {
    const std::string_view value = text();
    if (value.empty()) return nullptr;
    Json parsed = base::isTooDeep(value, kDeepestPacked) ? Json(Json::value_t::discarded) : Json::parse(value, nullptr, false);
    if (parsed.is_discarded()) return fail(), nullptr;
    return parsed;
}

std::size_t ByteReader::count(std::size_t least) {
    const std::uint64_t value = varint();
    if (value > m_bytes.size() / least) return fail(), 0;
    return std::size_t(value);
}

}  // namespace lathe::annot
