// Vector instructions that not every x86-64 processor has, chosen when the program runs. Empty elsewhere.
#pragma once
#ifdef __x86_64__
#include <immintrin.h>

/// Of a function, or behind a lambda's parameters: it may use AVX2 and is called where hasAvx2() alone.
#define LATHE_AVX2 __attribute__((target("avx2")))

namespace lathe::base {

[[nodiscard]] inline bool hasAvx2() {
    static const bool has = __builtin_cpu_supports("avx2");
    return has;
}

}  // namespace lathe::base
#endif
