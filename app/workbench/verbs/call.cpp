#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "app/workbench/verbs/progress_line.h"
#include "app/workbench/verbs/verb.h"

namespace lathe::verbs {

namespace {

namespace fs = std::filesystem;

/// user/name as the window's settings dialog keeps it (an ini file: section [user], key name).
std::string userOfSettings() {
    const char* config = std::getenv("XDG_CONFIG_HOME");
    const char* home = std::getenv("HOME");
    const fs::path folder = config && *config ? fs::path(config) : fs::path(home ? home : "") / ".config";
    std::ifstream file(folder / "Lathe" / "lathe.conf");
    std::string section;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("["))
            section = line;
        else if (section == "[user]" && line.starts_with("name="))
            return line.substr(5);
    }
    return {};
}

std::string userOfSystem() {
    const passwd* entry = ::getpwuid(::getuid());
    if (entry && entry->pw_name) return entry->pw_name;
    const char* user = std::getenv("USER");
    return user && *user ? user : fmt::format("uid-{}", ::getuid());
}

}  // namespace

std::string Call::user() const {
    if (!as.empty()) return as;
    const std::string set = userOfSettings();
    return set.empty() ? userOfSystem() : set;
}

Progress Call::progress() const {
    return progressOnStderr();
}

const std::shared_ptr<rpc::Engine>& Call::engine() {
    if (!m_engine) m_engine = std::make_shared<rpc::Engine>();
    return m_engine;
}

Json toJson(const Problems& problems) {
    Json list = Json::array();
    for (const Problem& problem : problems)
        list.push_back({{"item", problem.item}, {"code", problem.code}, {"message", problem.message}});
    return list;
}

std::string describe(const Problems& problems) {
    constexpr std::size_t shown = 20;
    std::string text;
    for (std::size_t i = 0; i < problems.size() && i < shown; ++i)
        text += fmt::format("  {}: {}\n", problems[i].item, problems[i].message);
    if (problems.size() > shown) text += fmt::format("  … and {} more (--json lists all)\n", problems.size() - shown);
    return text.empty() ? text : fmt::format("{} skipped:\n{}", problems.size(), text);
}

}  // namespace lathe::verbs
