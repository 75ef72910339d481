// A dense set over image ranks: 125 KB for a million, the form of every query's result. For core/data alone.
#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lathe::data {

class Bits {
public:
    explicit Bits(std::size_t size) : m_words((size + 63) / 64), m_size(size) {}
    void set(std::size_t i) { m_words[i / 64] |= 1ull << (i % 64); }
    void flip(std::size_t i) { m_words[i / 64] ^= 1ull << (i % 64); }
    [[nodiscard]] bool has(std::size_t i) const { return m_words[i / 64] >> (i % 64) & 1; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    /// Bit i % 64 of word i / 64; those beyond size() stay 0.
    [[nodiscard]] std::span<const std::uint64_t> words() const { return m_words; }
    [[nodiscard]] std::span<std::uint64_t> words() { return m_words; }
    void keep(const Bits& other) {
        for (std::size_t k = 0; k < m_words.size(); ++k) m_words[k] &= other.m_words[k];
    }
    void add(const Bits& other) {
        for (std::size_t k = 0; k < m_words.size(); ++k) m_words[k] |= other.m_words[k];
    }
    void invert() {
        for (auto& word : m_words) word = ~word;
        if (m_size % 64) m_words.back() &= (1ull << (m_size % 64)) - 1;
    }
    [[nodiscard]] std::size_t count() const {
        std::size_t n = 0;
        for (const auto word : m_words) n += std::size_t(std::popcount(word));
        return n;
    }
    /// Calls visit(rank) in ascending order.
    template <class Visit>
    void each(Visit visit) const {
        for (std::size_t k = 0; k < m_words.size(); ++k)
            for (auto word = m_words[k]; word; word &= word - 1) visit(k * 64 + std::size_t(std::countr_zero(word)));
    }
    template <class Test>
    [[nodiscard]] static Bits where(std::size_t size, Test test) {
        Bits bits(size);
        for (std::size_t k = 0; k < bits.m_words.size(); ++k) {
            std::uint64_t word = 0;
            for (std::size_t i = k * 64, end = std::min(size, i + 64); i < end; ++i)
                word |= std::uint64_t(bool(test(i))) << (i % 64);
            bits.m_words[k] = word;
        }
        return bits;
    }

private:
    std::vector<std::uint64_t> m_words;
    std::size_t m_size;
};

}  // namespace lathe::data
