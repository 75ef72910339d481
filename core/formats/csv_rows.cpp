// Rows of a table and their fields.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/formats/csv.h"

namespace lathe::formats::csvfile {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestRow = 16u << 20;

}  // namespace

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

Rows::Rows(const fs::path& file, char separator, std::size_t block)
    : m_in(file, std::ios::binary), m_separator(separator), m_block(block, '\0') {
    for (const char c : {'\xEF', '\xBB', '\xBF'}) {
        if (peek() != std::uint8_t(c)) break;
        (void)take();
    }
}

int Rows::peek() {
    if (m_at == m_size) {
        m_in.read(m_block.data(), std::streamsize(m_block.size()));
        m_size = std::size_t(m_in.gcount()), m_at = 0;
    }
    return m_at == m_size ? -1 : std::uint8_t(m_block[m_at]);
}

int Rows::take() {
    const int c = peek();
    if (c >= 0) ++m_at;
    m_newlines += c == '\n';
    return c;
}

void Rows::put(std::string& field, char c) {
    if (field.size() < kLargestRow)
        field += c;
    else
        m_tooLong = true;
}

void Rows::quoted(std::string& field) {
    for (int c = take(); c >= 0; c = take()) {
        if (c == '"') {
            if (peek() != '"') return;
            (void)take();
        }
        put(field, char(c));
    }
}

bool Rows::next(Fields& fields) {
    while (peek() == '\n' || peek() == '\r') (void)take();
    fields.clear();
    m_tooLong = false;
    if (peek() < 0) return false;
    m_line = m_newlines + 1;
    std::string field;
    for (int c = take(); c >= 0 && c != '\n'; c = take()) {
        if (c == '"' && trimmed(field).empty()) {
            field.clear();
            quoted(field);
        } else if (c == std::uint8_t(m_separator)) {
            if (fields.size() * sizeof(std::string) < kLargestRow)
                fields.push_back(std::move(field));
            else
                m_tooLong = true;
            field.clear();
        } else if (c != '\r' || (peek() != '\n' && peek() >= 0)) {
            put(field, char(c));
        }
    }
    fields.push_back(std::move(field));
    return true;
}

std::optional<double> numberIn(std::string_view field, bool comma) {
    std::string text(trimmed(field));
    if (comma) std::ranges::replace(text, ',', '.');
    if (text.starts_with('+')) text.erase(0, 1);
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(number)) return {};
    return number;
}

bool isEmpty(std::string_view field) {
    const std::string_view text = trimmed(field);
    return text.empty() || text == "NA" || text == "nan" || text == "NaN" || text == "None" || text == "null";
}

}  // namespace lathe::formats::csvfile
