// The bytes of packed documents: varints, numbers that come back bit for bit, length-prefixed text. Private to core/annot.
//
// Numbers: u8 e. e <= 4: every value times 10^e is a whole number, and zigzag varints follow, each the difference to the value
// `stride` before it. e == 7: raw little-endian f64. The smaller form is chosen only where it decodes to the same bits.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/json.h"

namespace lathe::annot {

class ByteWriter {
public:
    ByteWriter() = default;
    explicit ByteWriter(std::string&& before) : m_out(std::move(before)) {}
    void byte(std::uint8_t value) { m_out.push_back(char(value)); }
    void varint(std::uint64_t value);
    void zigzag(std::int64_t value);
    void real(double value);
    void text(std::string_view value);
    void raw(std::string_view bytes) { m_out.append(bytes); }
    /// Differences go to the value `stride` before: 2 for x0 y0 x1 y1 ...
    void numbers(std::span<const double> values, std::size_t stride = 2);
    /// As compact text. Null is the empty text.
    void json(const Json& value);
    [[nodiscard]] std::string take() { return std::move(m_out); }

private:
    bool putWholes(std::span<const double> values, std::size_t stride, int exponent);
    std::string m_out;
};

/// Reads what ByteWriter wrote. After the first thing that doesn't fit, failed() is true and everything reads as zero or empty, so
/// that a caller may check once at the end; no read goes past the end and no allocation exceeds what the bytes left could hold.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : m_bytes(bytes) {}
    std::uint8_t byte();
    std::uint64_t varint();
    std::int64_t zigzag();
    double real();
    std::string_view text();
    void numbers(std::span<double> values, std::size_t stride = 2);
    Json json();
    /// A count of things that take at least `least` bytes each; fails when that many can't follow.
    std::size_t count(std::size_t least);

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool atEnd() const { return m_bytes.empty(); }
    [[nodiscard]] std::size_t left() const { return m_bytes.size(); }
    void fail();

private:
    std::string_view m_bytes;
    bool m_failed = false;
};

inline constexpr std::uint8_t kDocumentVersion = 1;  ///< the first byte of a document

struct Annotation;
void putAnnotation(ByteWriter& out, const Annotation& annotation);
/// Sets in.failed() when the bytes are none.
[[nodiscard]] Annotation getAnnotation(ByteReader& in);

}  // namespace lathe::annot
