#include "app/workbench/verbs/verbs.h"

namespace lathe::verbs {

bool wantsWindow(int argc, char**) { return argc < 2; }
int run(int, char**) { return 2; }

}  // namespace lathe::verbs
