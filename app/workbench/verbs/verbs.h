// The headless twin: every verb of the command line. One file a group of verbs, one line each in verbs.cpp.
#pragma once

namespace lathe::verbs {

/// True for no arguments, "open ...", or window options alone.
[[nodiscard]] bool wantsWindow(int argc, char** argv);
/// Runs the verb; returns the exit code (0 done, 1 failed, 2 usage, 3 items skipped, 4 a gate said no, 130 cancelled).
[[nodiscard]] int run(int argc, char** argv);

}  // namespace lathe::verbs
