// lathe: without arguments the window, with a verb its headless twin.
#include "app/workbench/verbs/verbs.h"
#include "core/base/log.h"
#include "core/runs/query_terms.h"
#ifdef LATHE_WITH_GUI
#include "app/workbench/shell/shell.h"
#endif

int main(int argc, char** argv) {
    lathe::base::startLog("lathe");
    lathe::runs::installQueryTerms();
#ifdef LATHE_WITH_GUI
    if (lathe::verbs::wantsWindow(argc, argv)) return lathe::shell::run(argc, argv);
#endif
    return lathe::verbs::run(argc, argv);
}
