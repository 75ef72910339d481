// The window: modes, docks, actions, command palette, settings.
#pragma once

namespace lathe::shell {

/// `lathe [open [WS] [--mode NAME] [--image FILE] [--no-welcome] [--lang en|ko] [--theme light|dark|system]]`.
/// Makes the QApplication and the window; returns the exit code.
[[nodiscard]] int run(int argc, char** argv);

}  // namespace lathe::shell
