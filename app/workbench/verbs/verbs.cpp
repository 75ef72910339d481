#include "app/workbench/verbs/verbs.h"

#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <thread>

#include "app/workbench/verbs/progress_line.h"
#include "app/workbench/verbs/verb.h"

namespace lathe::verbs {

namespace {

constexpr char kQueryMark = '\x01';
constexpr int kUsage = 2, kCancelledExit = 130;

const std::vector<Verb>& allVerbs() {
    static const std::vector<Verb> verbs = [] {
        std::vector<Verb> all;
        for (auto* group : {workspaceVerbs, dataVerbs, versionVerbs, restoreVerbs, exploreVerbs, qualityVerbs, groupVerbs,
                            labelVerbs, runVerbs, steerVerbs, engineVerbs, modelVerbs, serveVerbs})
            for (const Verb& verb : group()) all.push_back(verb);
        return all;
    }();
    return verbs;
}

std::string overview() {
    std::string text = "lathe: a workbench for vision models.\n\n  lathe [open [WS]]      the window\n";
    for (const Verb& verb : allVerbs()) text += fmt::format("  lathe {:<16} {}\n", verb.name, verb.purpose);
    return text +
           "\nlathe VERB --help says more. --json prints one JSON object on stdout; --as USER says who acts.\n"
           "Exit codes: 0 done, 1 failed, 2 usage, 3 some items skipped, 4 a gate said no, 130 cancelled.\n";
}

/// Ctrl-C and SIGTERM ask the verb to stop; a second one ends the program at once. Signals are blocked in all threads and taken by
/// one, so that nothing runs in a handler.
std::stop_token stopOnSignals() {
    static std::stop_source source;
    static sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread([] {
        int signal = 0;
        ::sigwait(&set, &signal);
        source.request_stop();
        ::sigwait(&set, &signal);
        ::_exit(kCancelledExit);
    }).detach();
    return source.get_token();
}

int exitOf(const Error& error) {
    switch (error.code) {
        case ErrorCode::InvalidArgument: return kUsage;
        case ErrorCode::GateRefused: return 4;
        case ErrorCode::Cancelled: return kCancelledExit;
        default: return 1;
    }
}

void say(const Error& error) {
    clearProgress();
    std::fputs(fmt::format("lathe: {}\n", error.text()).c_str(), stderr);
}

int finish(Result<Outcome>&& result, bool json) {
    clearProgress();
    if (!result) {
        say(result.error());
        const Error& error = result.error();
        const Json object = {{"error", {{"code", base::name(error.code)}, {"message", error.message}, {"context", error.context}}}};
        if (json) std::puts(object.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
        return exitOf(error);
    }
    if (result->quiet) return result->exit;
    if (json)
        std::puts(result->json.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
    else
        std::fputs(result->text.c_str(), stdout);
    if (result->error) say(*result->error);
    if (result->error && result->exit == 0) return exitOf(*result->error);
    return result->exit;
}

/// A word like "-class:WBC" or "-(split:test" is a search term, not an option.
bool isNegatedTerm(const std::string& word) {
    if (word.size() < 3 || word[0] != '-' || word[1] == '-') return false;
    return word.find_first_of(":=<>(") != std::string::npos;
}

int parseAndRun(const Verb& verb, std::vector<std::string> words) {
    CLI::App app(verb.purpose, fmt::format("lathe {}", verb.name));
    app.footer(fmt::format("Example:\n  {}", verb.example));
    Call call;
    app.add_flag("--json", call.json, "Print one JSON object on stdout and nothing else");
    app.add_option("--as", call.as, "Who acts (else the settings, else the system's user name)");
    const Action action = verb.define(app);
    for (std::string& word : words)
        if (isNegatedTerm(word)) word.insert(word.begin(), kQueryMark);
    std::reverse(words.begin(), words.end());
    try {
        app.parse(std::move(words));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        std::fputs(fmt::format("lathe {}: {}\n`lathe {} --help` says more.\n", verb.name, error.what(), verb.name).c_str(), stderr);
        return kUsage;
    }
    call.stop = stopOnSignals();
    return finish(action(call), call.json);
}

}  // namespace

std::string queryText(const std::string& word) {
    return word.empty() || word[0] != kQueryMark ? word : word.substr(1);
}

bool wantsWindow(int argc, char** argv) {
    if (argc < 2) return true;
    static constexpr const char* options[] = {"open", "--mode", "--image", "--no-welcome", "--lang", "--theme"};
    const std::string first = argv[1];
    return std::any_of(std::begin(options), std::end(options),
                       [&](const char* option) { return first == option || first.starts_with(std::string(option) + "="); });
}

int run(int argc, char** argv) {
    const std::string name = argc > 1 ? argv[1] : "--help";
    if (name == "--help" || name == "-h" || name == "help") {
        std::fputs(overview().c_str(), stdout);
        return 0;
    }
    if (name == "--version") {
        std::puts("lathe " LATHE_VERSION);
        return 0;
    }
    const auto& verbs = allVerbs();
    const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& one) { return name == one.name; });
    if (verb == verbs.end()) {
        std::fputs(fmt::format("lathe: {} is not a verb of this version; `lathe --help` lists them\n", name).c_str(), stderr);
        return kUsage;
    }
    return parseAndRun(*verb, std::vector<std::string>(argv + 2, argv + argc));
}

}  // namespace lathe::verbs
