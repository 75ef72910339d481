#include "core/runs/run_state.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace lathe::runs {

namespace {

constexpr std::size_t kLogTail = 4096;
constexpr int kLogLines = 4;

/// Start time of a process that runs (no zombie); 0 when there is none. Fields of /proc/PID/stat after the name: 1 state, 20 start.
long long startOf(int pid) {
    std::ifstream file(fmt::format("/proc/{}/stat", pid));
    std::string text(4096, '\0');  // read as a stream: one that ends meanwhile is an error here, an exception through an iterator
    file.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(file.gcount()));
    const std::size_t close = text.rfind(')');
    if (close == std::string::npos) return 0;
    std::istringstream fields(text.substr(close + 1));
    std::string word;
    for (int i = 0; i < 20 && fields >> word; ++i)
        if (i == 0 && (word == "Z" || word == "X")) return 0;
    return fields ? std::strtoll(word.c_str(), nullptr, 10) : 0;
}

double number(const Json& json, const char* key, double otherwise) {
    return json.contains(key) && json[key].is_number() ? json[key].get<double>() : otherwise;
}

std::string text(const Json& json, const char* key) {
    return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : "";
}

std::vector<std::string> lastLines(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    if (!in) return {};
    const auto size = std::size_t(in.tellg());
    in.seekg(std::streamoff(size > kLogTail ? size - kLogTail : 0));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        if (line.find_first_not_of(" \t\r") != std::string::npos) lines.push_back(line);
    if (lines.size() > kLogLines) lines.erase(lines.begin(), lines.end() - kLogLines);
    return lines;
}

/// "val/accuracy" -> "accuracy": the latest value of the validation split stands for the run until the report is there.
std::string metricOfSeries(std::string_view series) {
    if (series.starts_with("val/")) return std::string(series.substr(4));
    if (series == "images_per_second") return std::string(series);
    return {};
}

}  // namespace

bool EngineProcess::alive() const {
    return pid > 0 && startOf(pid) == start && start != 0;
}

EngineProcess readEngineProcess(const RunFolder& folder) {
    EngineProcess process;
    std::ifstream(folder.pidFile()) >> process.pid >> process.start >> process.launched;
    return process;
}

Result<> writeEngineProcess(const RunFolder& folder, int pid, double launched) {
    return base::writeFileAtomically(folder.pidFile(), fmt::format("{} {} {:.6f}\n", pid, startOf(pid), launched));
}

void RunFold::take(const Json& event) {
    if (!event.is_object()) return;
    const double at = number(event, "time", last);
    if (first == 0) first = at;
    last = std::max(last, at);
    const std::string kind = text(event, "kind");
    if (kind == "state") {
        if (const auto state = runStateNamed(text(event, "state"))) {
            logged = *state;
            loggedAt = at;
            if (logged == RunState::Running && epoch == 0) first = at;  // it may have waited before
            message = text(event, "message");
        }
        return;
    }
    epochs = int(number(event, "epochs", epochs));
    if (kind == "epoch") epoch = number(event, "epoch", epoch);
    if (event.contains("metrics") && event["metrics"].is_object())
        for (const auto& [key, value] : event["metrics"].items())
            if (value.is_number()) metrics[key.starts_with("val/") ? key.substr(4) : key] = value.get<double>();
    if (event.contains("best") && event["best"].is_object()) {
        bestMetric = text(event["best"], "metric");
        bestEpoch = number(event["best"], "epoch", bestEpoch);
        bestValue = number(event["best"], "value", bestValue);
    }
}

void RunFold::take(std::string_view series, const std::vector<MetricPoint>& points) {
    if (points.empty()) return;
    if (first == 0) first = points.front().time;
    last = std::max(last, points.back().time);
    epoch = std::max(epoch, points.back().epoch);
    if (const std::string metric = metricOfSeries(series); !metric.empty()) metrics[metric] = points.back().value;
}

Liveness liveness(const RunFolder& folder) {
    Liveness result;
    result.process = readEngineProcess(folder);
    result.alive = result.process.alive() || folder.engineAlive();
    return result;
}

bool wasStarted(const RunFolder& folder) {
    std::error_code ignored;
    return readEngineProcess(folder).pid > 0 || std::filesystem::exists(folder.resolved(), ignored);
}

RunState effectiveState(const RunFold& fold, const Liveness& liveness) {
    const bool outdated = fold.loggedAt < liveness.process.launched;
    if (liveness.alive) return outdated && isFinal(fold.logged) ? RunState::Queued : fold.logged;
    if (liveness.process.pid == 0 && fold.loggedAt == 0) return RunState::Queued;
    if (!outdated && fold.loggedAt > 0 && fold.logged == RunState::Queued) return RunState::Queued;  // waits to go on
    if (outdated || !isFinal(fold.logged)) return RunState::Died;
    return fold.logged;
}

std::string deathMessage(const RunFolder& folder) {
    std::string words = "the engine ended before the run was done (killed or crashed); resume it with `lathe resume`";
    std::string tail;
    for (const std::string& line : lastLines(folder.log())) tail += (tail.empty() ? "" : " | ") + line;
    return tail.empty() ? words : words + "; its log ends with: " + tail;
}

}  // namespace lathe::runs
