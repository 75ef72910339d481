#include "app/workbench/shell/shell.h"

namespace lathe::shell {

int run(int, char**) { return 2; }

}  // namespace lathe::shell
