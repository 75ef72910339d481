// lathe-engine: everything that touches a tensor. `serve`: JSON-RPC on stdin/stdout; `run FOLDER [--resume]`: one run folder;
// `doctor`: what this machine can do, as JSON.
#include <unistd.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include "app/engine/doctor.h"
#include "app/engine/run.h"
#include "app/engine/serve.h"
#include "core/base/log.h"
#include "core/rpc/client.h"

namespace {

constexpr const char* kUsage =
    "lathe-engine trains, evaluates, explains and exports models for lathe.\n"
    "  lathe-engine serve                  JSON-RPC 2.0 on stdin and stdout (the workbench starts this)\n"
    "  lathe-engine run FOLDER [--resume]  trains the run in FOLDER (spec.json and data.jsonl)\n"
    "  lathe-engine doctor                 what this machine can do, as JSON\n"
    "  lathe-engine --version\n";

int runVerb(const std::vector<std::string>& words) {
    lathe::app::RunOptions options;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "--resume")
            options.resume = true;
        else if (words[i].starts_with("-") || !options.folder.empty())
            return std::cerr << "lathe-engine run: unknown argument " << words[i] << '\n', 2;
        else
            options.folder = words[i];
    }
    if (options.folder.empty()) return std::cerr << "lathe-engine run: which folder?\n", 2;
    return lathe::app::runFolder(options);
}

int dispatch(const std::vector<std::string>& words) {
    if (words.empty() || words[0] == "--help" || words[0] == "-h") return std::cout << kUsage, words.empty() ? 2 : 0;
    if (words[0] == "--version") return std::cout << lathe::app::versionText() << '\n', 0;
    if (words[0] == "serve") return lathe::app::serveStdio();
    if (words[0] == "doctor") return std::cout << lathe::app::doctor().dump(2) << '\n', 0;
    if (words[0] == "run") return runVerb(words);
    return std::cerr << "lathe-engine: unknown verb " << words[0] << "\n" << kUsage, 2;
}

/// Threads that wait for each other spin where another program wants the cores too: two runs side by side took
/// 30 times as long a step as with threads that soon sleep, and one alone is no slower. libgomp reads this when it is loaded,
/// before main(): whoever starts the engine sets it (rpc::engineEnvironment()), else the program starts itself once more.
void sleepWhenWaiting(char** argv) {
    if (std::getenv("GOMP_SPINCOUNT") || std::getenv("OMP_WAIT_POLICY")) return;
    ::setenv("GOMP_SPINCOUNT", lathe::rpc::kSpinCount, 1);
    ::execv("/proc/self/exe", argv);
}

}  // namespace

int main(int argc, char** argv) {
    sleepWhenWaiting(argv);
    lathe::base::startLog("lathe-engine");
    const int status = dispatch({argv + 1, argv + argc});
    std::cout.flush();
    std::fflush(nullptr);
    // libtorch's own static objects don't survive an ordered exit once a card was used.
    ::_exit(status);
}
