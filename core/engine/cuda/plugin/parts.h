// The parts of the plugin's table, and how a part words what went wrong.
#pragma once
#include <c10/util/Exception.h>
#include <string>

#include "core/engine/cuda/plugin.h"

namespace lathe::engine::cuda {

[[nodiscard]] PixelKernels pixelKernels();
[[nodiscard]] GraphCalls graphCalls();

/// nullptr, or what was thrown; good until this thread's next call.
template <class Work>
const char* guarded(Work work) {
    thread_local std::string message;
    try {
        work();
        return nullptr;
    } catch (const c10::Error& error) {
        message = error.what_without_backtrace();
    } catch (const std::exception& error) {
        message = error.what();
    }
    return message.c_str();
}

}  // namespace lathe::engine::cuda
