// Plain descriptors: whole writes, reads that tell end from error. Private to core/rpc.
#pragma once
#include <string>
#include <string_view>

namespace lathe::rpc {

/// Writes everything; false when the other end is gone. SIGPIPE must be ignored by the caller's program.
[[nodiscard]] bool writeAll(int fd, std::string_view bytes);
/// Blocks for some bytes; empty at the end of the stream or on an error.
[[nodiscard]] std::string readSome(int fd);
void ignoreBrokenPipes();

}  // namespace lathe::rpc
