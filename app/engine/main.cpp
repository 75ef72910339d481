// lathe-engine: everything that touches a tensor. `serve`: JSON-RPC on stdin/stdout; `run FOLDER [--resume]`: one run folder.
#include "core/base/log.h"

int main() {
    lathe::base::startLog("lathe-engine");
    return 2;
}
