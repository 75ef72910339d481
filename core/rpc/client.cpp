#include "core/rpc/client.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <map>
#include <thread>

#include "core/base/log.h"
#include "core/rpc/pipe.h"
#include "core/rpc/process.h"
#include "core/rpc/protocol.h"

namespace lathe::rpc {

namespace {

constexpr std::size_t kWordsKept = 40, kWordsShown = 6;
constexpr auto kCancelGrace = std::chrono::seconds(2);

struct Pending {
    Progress progress;
    std::optional<Result<Json>> answer;
};

}  // namespace

struct Client::Impl {
    std::unique_ptr<Process> process;
    std::filesystem::path program, logFile;
    Json handshake;

    std::mutex mutex, writeMutex;
    std::condition_variable wake;
    std::map<std::int64_t, std::shared_ptr<Pending>> pending;
    std::int64_t lastId = 0;
    std::optional<Error> death;
    std::deque<std::string> words;  ///< the last lines of its stderr
    bool wordsEnded = false;
    std::thread reader, listener;

    void readAnswers();
    void readWords();
    void take(const Json& message);
    void die(Error error);
    Error deathError(const std::string& what);
    bool send(const Json& message);
    Result<Json> call(const std::string& method, const Json& params, std::stop_token stop, const Progress& progress,
                      double timeoutSeconds);
    Result<> shakeHands(double timeoutSeconds);
    ~Impl();
};

void Client::Impl::readWords() {
    std::ofstream log;
    if (!logFile.empty()) log.open(logFile, std::ios::app);
    std::string line;
    const auto keep = [&] {
        if (line.empty()) return;
        const std::lock_guard lock(mutex);
        words.push_back(std::exchange(line, {}));
        if (words.size() > kWordsKept) words.pop_front();
    };
    for (std::string bytes = readSome(process->err()); !bytes.empty(); bytes = readSome(process->err())) {
        if (log) (log << bytes).flush();
        for (const char c : bytes) {
            if (c == '\n')
                keep();
            else
                line += c;
        }
    }
    keep();
    const std::lock_guard lock(mutex);
    wordsEnded = true;
    wake.notify_all();
}

Error Client::Impl::deathError(const std::string& what) {
    std::unique_lock lock(mutex);
    wake.wait_for(lock, std::chrono::seconds(1), [this] { return wordsEnded; });
    const std::size_t from = words.size() > kWordsShown ? words.size() - kWordsShown : 0;
    const std::vector<std::string> last(words.begin() + std::ptrdiff_t(from), words.end());
    std::string text = fmt::format("the engine {}", what);
    const std::string ending = process->ending();
    if (!ending.empty()) text += fmt::format(" ({})", ending);
    if (!last.empty()) text += fmt::format("; its last words: {}", fmt::join(last, " | "));
    return {ErrorCode::EngineDied, text, program.string()};
}

void Client::Impl::die(Error error) {
    const std::lock_guard lock(mutex);
    if (!death) death = std::move(error);
    for (const auto& [id, one] : pending)
        if (!one->answer) one->answer = fail(*death);
    wake.notify_all();
}

void Client::Impl::readAnswers() {
    FrameReader frames;
    std::string foreign;
    for (std::string bytes = readSome(process->out()); !bytes.empty() && foreign.empty(); bytes = readSome(process->out())) {
        frames.feed(bytes);
        for (auto body = frames.next(); !body || *body; body = frames.next()) {
            const Json message = body ? Json::parse(**body, nullptr, false) : Json(Json::value_t::discarded);
            const bool ours =
                message.is_object() && (message.contains("result") || message.contains("error") || !message.contains("id"));
            if (!ours) {
                foreign = "doesn't speak the engine's protocol; is it another program?";
                break;
            }
            take(message);
        }
        if (!foreign.empty()) break;
    }
    if (!foreign.empty() || !process->waitFor(0.5)) process->kill();
    die(deathError(foreign.empty() ? "ended" : foreign));
}

void Client::Impl::take(const Json& message) {
    const Json params = message.contains("params") ? message["params"] : Json::object();
    const bool progressing = message.contains("method") && message["method"] == "$/progress" && params.is_object();
    const Json id = progressing ? params.value("id", Json()) : message.contains("id") ? message["id"] : Json();
    std::shared_ptr<Pending> one;
    {
        const std::lock_guard lock(mutex);
        const auto at = id.is_number_integer() ? pending.find(id.get<std::int64_t>()) : pending.end();
        if (at == pending.end()) return;
        one = at->second;
        if (!progressing) {
            if (message.contains("error"))
                one->answer = fail(errorFromJson(message["error"]));
            else
                one->answer = message["result"];
            wake.notify_all();
        }
    }
    const auto number = [&](const char* key) {
        return params.contains(key) && params[key].is_number() ? params[key].get<std::int64_t>() : 0;
    };
    const auto text = [&] {
        return params.contains("text") && params["text"].is_string() ? params["text"].get<std::string>() : std::string();
    };
    if (progressing) one->progress.report(number("done"), number("total"), text());
}

bool Client::Impl::send(const Json& message) {
    const std::lock_guard lock(writeMutex);
    return process->in() >= 0 && writeAll(process->in(), frameOf(message));
}

Result<Json> Client::Impl::call(const std::string& method, const Json& params, std::stop_token stop, const Progress& progress,
                                double timeoutSeconds) {
    auto one = std::make_shared<Pending>(Pending{progress, {}});
    std::unique_lock lock(mutex);
    if (death) return fail(*death);
    const std::int64_t id = ++lastId;
    pending[id] = one;
    lock.unlock();
    (void)send({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}});  // a failure shows as the engine's end
    const std::stop_callback wakeUp(stop, [this] {
        const std::lock_guard guard(mutex);
        wake.notify_all();
    });
    lock.lock();
    const auto answered = [&] { return one->answer.has_value(); };
    const auto answeredOrStopped = [&] { return answered() || stop.stop_requested(); };
    bool inTime = true;
    if (timeoutSeconds > 0)
        inTime = wake.wait_for(lock, std::chrono::duration<double>(timeoutSeconds), answeredOrStopped);
    else
        wake.wait(lock, answeredOrStopped);
    if (!answered()) {
        lock.unlock();
        (void)send({{"jsonrpc", "2.0"}, {"method", "$/cancel"}, {"params", {{"id", id}}}});
        lock.lock();
        if (inTime) wake.wait_for(lock, kCancelGrace, answered);
    }
    pending.erase(id);
    if (answered() && !(stop.stop_requested() && !one->answer->has_value())) return *one->answer;
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, fmt::format("{} was cancelled", method));
    return fail(ErrorCode::EngineDied, fmt::format("the engine gave no answer to {} in {} s", method, timeoutSeconds),
                program.string());
}

Result<> Client::Impl::shakeHands(double timeoutSeconds) {
    LATHE_TRY(handshake, call("initialize", {{"protocol", kProtocolVersion}, {"client", LATHE_VERSION}}, {}, {}, timeoutSeconds));
    const Json version = handshake.is_object() && handshake.contains("protocol") ? handshake["protocol"] : Json();
    if (version == kProtocolVersion) return {};
    return fail(
        ErrorCode::Unsupported,
        fmt::format(
            "the engine speaks protocol version {}, this program needs {}; install lathe and lathe-engine of the same release",
            version.dump(), kProtocolVersion),
        program.string());
}

Client::Impl::~Impl() {
    if (!process) return;
    bool asked = false;
    {
        const std::lock_guard lock(mutex);
        asked = !death;
    }
    if (asked) (void)send({{"jsonrpc", "2.0"}, {"id", 0}, {"method", "shutdown"}, {"params", Json::object()}});
    {
        const std::lock_guard lock(writeMutex);
        process->closeInput();
    }
    if (!process->waitFor(2)) process->kill();
    if (reader.joinable()) reader.join();
    {
        std::unique_lock lock(mutex);
        if (!wake.wait_for(lock, std::chrono::seconds(1), [this] { return wordsEnded; })) process->killGroup();
    }
    if (listener.joinable()) listener.join();
}

Client::Client(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Client::~Client() = default;

Result<std::shared_ptr<Client>> Client::start(const std::filesystem::path& engine, double timeoutSeconds,
                                              const std::filesystem::path& log) {
    ignoreBrokenPipes();
    auto impl = std::make_unique<Impl>();
    LATHE_TRY(impl->process, Process::start(engine, {"serve"}));
    impl->program = engine;
    impl->logFile = log;
    Impl* raw = impl.get();
    impl->listener = std::thread([raw] { raw->readWords(); });
    impl->reader = std::thread([raw] { raw->readAnswers(); });
    LATHE_CHECK(impl->shakeHands(timeoutSeconds));
    return std::shared_ptr<Client>(new Client(std::move(impl)));
}

const Json& Client::handshake() const {
    return m_impl->handshake;
}

bool Client::alive() const {
    const std::lock_guard lock(m_impl->mutex);
    return !m_impl->death;
}

int Client::pid() const {
    return m_impl->process->pid();
}

Result<Json> Client::call(const std::string& method, const Json& params, std::stop_token stop, const Progress& progress) {
    return m_impl->call(method, params, std::move(stop), progress, 0);
}

}  // namespace lathe::rpc
