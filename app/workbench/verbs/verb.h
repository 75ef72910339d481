// What a verb is: a name, one line of purpose, an example, and a function that adds its options and hands back what it does.
#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/problem.h"
#include "core/base/progress.h"
#include "core/rpc/client.h"
#include "core/store/workspace.h"

namespace lathe::verbs {

/// What a verb leaves: an object for --json, text for people, how it went.
struct Outcome {
    Json json = Json::object();
    std::string text;  ///< printed without --json; ends with a newline
    int exit = 0;
    bool quiet = false;          ///< everything was printed already
    std::optional<Error> error;  ///< a failure that still has something to print
};

/// What every verb may use.
class Call {
public:
    bool json = false;
    std::string as;  ///< --as
    std::stop_token stop;

    /// --as, else user/name of the settings, else the system's user name.
    [[nodiscard]] std::string user() const;
    /// Progress to stderr: a bar on a terminal, a line per 5 s otherwise.
    [[nodiscard]] Progress progress() const;
    [[nodiscard]] const std::shared_ptr<rpc::Engine>& engine();

private:
    std::shared_ptr<rpc::Engine> m_engine;
};

using Action = std::function<Result<Outcome>(Call& call)>;

struct Verb {
    const char* name;
    const char* purpose;
    const char* example;
    Action (*define)(CLI::App& app);
};

/// The groups, each in its own file.
[[nodiscard]] std::vector<Verb> workspaceVerbs();
[[nodiscard]] std::vector<Verb> dataVerbs();
[[nodiscard]] std::vector<Verb> versionVerbs();
[[nodiscard]] std::vector<Verb> restoreVerbs();
[[nodiscard]] std::vector<Verb> exploreVerbs();
[[nodiscard]] std::vector<Verb> qualityVerbs();
[[nodiscard]] std::vector<Verb> groupVerbs();
[[nodiscard]] std::vector<Verb> labelVerbs();
[[nodiscard]] std::vector<Verb> runVerbs();
[[nodiscard]] std::vector<Verb> steerVerbs();
[[nodiscard]] std::vector<Verb> engineVerbs();
[[nodiscard]] std::vector<Verb> modelVerbs();
[[nodiscard]] std::vector<Verb> serveVerbs();

/// Adds the required positional WS.
inline void addWorkspace(CLI::App& app, std::string& path) {
    app.add_option("WS", path, "The workspace, a folder NAME.lathe")->required();
}
/// Search text may begin with '-' ("-class:WBC"), which the parser would take for an option: verbs.cpp marks such words, this
/// takes the mark off.
[[nodiscard]] std::string queryText(const std::string& word);
[[nodiscard]] Json toJson(const Problems& problems);
/// The first problems in words, for people.
[[nodiscard]] std::string describe(const Problems& problems);

}  // namespace lathe::verbs
