#include "core/annot/bytes.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace lathe::annot {
namespace {

static_assert(std::endian::native == std::endian::little, "packed numbers are little-endian");

constexpr std::array<double, 5> kPowers{1, 10, 100, 1000, 10000};
constexpr int kRaw = 7;
constexpr int kDeepestJson = 200;  // nlohmann's dump and comparison recurse; the stack must hold it

bool sameBits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool fits(double value, int exponent) {
    if (!(std::abs(value) < 1e9)) return false;
    const double power = kPowers[std::size_t(exponent)];
    return sameBits(double(std::int64_t(std::nearbyint(value * power))) / power, value);
}

// Smallest exponent with which all values are whole, or kRaw.
int exponentOf(std::span<const double> values) {
    int exponent = 0;
    for (const double value : values)
        while (!fits(value, exponent))
            if (++exponent == int(kPowers.size())) return kRaw;
    // A later value may have raised the exponent: at the larger one, earlier values still have to divide back to their own bits.
    for (const double value : values)
        if (!fits(value, exponent)) return kRaw;
    return exponent;
}

bool tooDeep(std::string_view text) {
    int depth = 0;
    bool inString = false;
    for (std::size_t k = 0; k < text.size(); ++k) {
        const char c = text[k];
        if (inString) {
            if (c == '\\') ++k;
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kDeepestJson) return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

}  // namespace

void ByteWriter::varint(std::uint64_t value) {
    while (value >= 128) {
        m_out.push_back(char(value | 128));
        value >>= 7;
    }
    m_out.push_back(char(value));
}

void ByteWriter::zigzag(std::int64_t value) {
    varint(std::uint64_t(value) << 1 ^ std::uint64_t(value >> 63));
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
    byte(std::uint8_t(exponent));
    if (exponent == kRaw) {
        m_out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
        return;
    }
    std::array<std::int64_t, 4> before{};
    for (std::size_t k = 0; k < values.size(); ++k) {
        const auto whole = std::int64_t(std::nearbyint(values[k] * kPowers[std::size_t(exponent)]));
        zigzag(whole - before[k % stride]);
        before[k % stride] = whole;
    }
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
    for (int shift = 0; shift < 64; shift += 7) {
        const std::uint8_t next = byte();
        value |= std::uint64_t(next & 127) << shift;
        if (next < 128) return m_failed ? 0 : value;
    }
    fail();
    return 0;
}

std::int64_t ByteReader::zigzag() {
    const std::uint64_t value = varint();
    return std::int64_t(value >> 1) ^ -std::int64_t(value & 1);
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
        std::memcpy(values.data(), m_bytes.data(), values.size_bytes());
        m_bytes.remove_prefix(values.size_bytes());
        return;
    }
    if (exponent >= int(kPowers.size())) return fail();
    std::array<std::uint64_t, 4> before{};
    for (std::size_t k = 0; k < values.size(); ++k) {
        before[k % stride] += std::uint64_t(zigzag());  // unsigned: hostile bytes may wrap
        values[k] = double(std::int64_t(before[k % stride])) / kPowers[std::size_t(exponent)];
    }
}

Json ByteReader::json() {
    const std::string_view value = text();
    if (value.empty()) return nullptr;
    Json parsed = tooDeep(value) ? Json(Json::value_t::discarded) : Json::parse(value, nullptr, false);
    if (parsed.is_discarded()) return fail(), nullptr;
    return parsed;
}

std::size_t ByteReader::count(std::size_t least) {
    const std::uint64_t value = varint();
    if (value > m_bytes.size() / least) return fail(), 0;
    return std::size_t(value);
}

}  // namespace lathe::annot
