// Progress on stderr: a bar that is drawn over on a terminal, one line per 5 s otherwise. Any thread.
#pragma once
#include "core/base/progress.h"

namespace lathe::verbs {

[[nodiscard]] Progress progressOnStderr();
/// Wipes the bar, so that a message can be written. Harmless when there is none.
void clearProgress();

}  // namespace lathe::verbs
