// The C interface of liblathe_cuda.so, opened with dlopen: it brings libtorch_cuda into the process.
#pragma once

extern "C" {
/// 0 when torch can use `count` cards; else 1 and the reason in `message` (at most `size` bytes with the final 0).
using LatheCudaOpen = int (*)(int* count, char* message, unsigned long size);
inline constexpr const char* kLatheCudaOpen = "lathe_cuda_open";
}
