// `lathe-engine serve`: the methods of core/rpc/protocol.h on stdin and stdout.
#pragma once

namespace lathe::app {

[[nodiscard]] int serveStdio();

}  // namespace lathe::app
