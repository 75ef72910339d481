// eval: a run or model judged on the images of a split, whole and by slices.
#pragma once
#include "app/workbench/verbs/verb.h"

namespace lathe::verbs {

[[nodiscard]] Action eval(CLI::App& app);

}  // namespace lathe::verbs
