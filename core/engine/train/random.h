// Random numbers that depend on their place alone (seed, epoch, sample), never on the order in which threads ask.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "core/engine/cuda/pixels.h"

namespace lathe::engine::train {

/// SplitMix64 (Steele, Lea, Flood 2014) started from a mix of the keys.
class Random {
public:
    Random(std::initializer_list<std::uint64_t> keys) {
        for (const std::uint64_t key : keys) m_state = cuda::splitMix(m_state ^ cuda::splitMix(key + cuda::kGolden));
    }
    std::uint64_t next() { return cuda::splitMix(m_state += cuda::kGolden); }
    /// [0, 1)
    double uniform() { return cuda::uniformOf(next()); }
    /// Of what comes next: number i of it is cuda::drawAt(state(), i).
    [[nodiscard]] std::uint64_t state() const { return m_state; }
    void skip(std::uint64_t count) { m_state += cuda::kGolden * count; }
    /// [-amount, amount)
    double either(double amount) { return (2 * uniform() - 1) * amount; }
    /// 0 … count - 1; the bias below 2^-40 for counts below 2^24 does not matter here.
    std::uint64_t below(std::uint64_t count) { return std::uint64_t((Wide(next()) * count) >> 64); }
    template <class T>
    void shuffle(std::vector<T>& values) {
        for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
    }

private:
    __extension__ using Wide = unsigned __int128;
    std::uint64_t m_state = 0;
};

}  // namespace lathe::engine::train
