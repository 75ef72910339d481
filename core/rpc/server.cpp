#include "core/rpc/server.h"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "core/base/log.h"
#include "core/rpc/pipe.h"
#include "core/rpc/protocol.h"

namespace lathe::rpc {

namespace {

using Clock = std::chrono::steady_clock;

struct Request {
    Json id;
    std::string method;
    Json params;
    std::stop_source stop;
};

/// The reading thread takes messages, one worker runs the handlers.
class Server {
public:
    Server(int out, const std::map<std::string, Handler>& handlers) : m_out(out), m_handlers(handlers) {}
    int run(int in);

private:
    int m_out;
    const std::map<std::string, Handler>& m_handlers;
    std::mutex m_mutex, m_outMutex;
    std::condition_variable m_wake;
    std::deque<std::shared_ptr<Request>> m_waiting;
    std::shared_ptr<Request> m_running;
    bool m_ending = false;

    void send(const Json& message);
    void reply(const Json& id, const Result<Json>& result);
    void refuse(const Json& id, int code, const std::string& message);
    bool take(const std::string& body);  ///< false: shutdown was asked for
    void cancel(const Json& id);
    void work();
    Result<Json> handle(Request& request);
    Progress progressOf(const Json& id);
    void stopAll();
};

void Server::send(const Json& message) {
    const std::lock_guard lock(m_outMutex);
    if (!writeAll(m_out, frameOf(message))) log::debug("the workbench no longer listens");
}

void Server::reply(const Json& id, const Result<Json>& result) {
    Json message{{"jsonrpc", "2.0"}, {"id", id}};
    if (result)
        message["result"] = *result;
    else
        message["error"] = errorToJson(result.error());
    send(message);
}

void Server::refuse(const Json& id, int code, const std::string& message) {
    send({{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", message}}}});
}

void Server::cancel(const Json& id) {
    const std::lock_guard lock(m_mutex);
    if (m_running && m_running->id == id) m_running->stop.request_stop();
    for (const auto& request : m_waiting)
        if (request->id == id) request->stop.request_stop();
}

bool Server::take(const std::string& body) {
    const Json message = Json::parse(body, nullptr, false);
    if (message.is_discarded()) return refuse(nullptr, kParseError, "the message is no JSON"), true;
    const bool named = message.is_object() && message.contains("method") && message["method"].is_string();
    const Json id = message.is_object() && message.contains("id") ? message["id"] : Json();
    if (!named) return refuse(id, kInvalidRequest, "a message needs a method"), true;
    const std::string method = message["method"];
    const Json params = message.contains("params") ? message["params"] : Json::object();
    if (method == "$/cancel") return cancel(params.is_object() && params.contains("id") ? params["id"] : Json()), true;
    if (method == "shutdown") {
        stopAll();
        reply(id, Json::object());
        return false;
    }
    if (id.is_null()) return true;  // a notification that we don't know
    if (!m_handlers.contains(method)) return refuse(id, kMethodNotFound, fmt::format("this engine has no method {}", method)), true;
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back(std::make_shared<Request>(Request{id, method, params, {}}));
    m_wake.notify_all();
    return true;
}

Progress Server::progressOf(const Json& id) {
    struct Pace {
        std::mutex mutex;
        Clock::time_point last{};
    };
    return Progress([this, id, pace = std::make_shared<Pace>()](const base::ProgressState& state) {
        {
            const std::lock_guard lock(pace->mutex);
            const auto now = Clock::now();
            const bool complete = state.total > 0 && state.done >= state.total;
            if (!complete && now - pace->last < std::chrono::milliseconds(50)) return;
            pace->last = now;
        }
        send({{"jsonrpc", "2.0"},
              {"method", "$/progress"},
              {"params", {{"id", id}, {"done", state.done}, {"total", state.total}, {"text", state.text}}}});
    });
}

Result<Json> Server::handle(Request& request) {
    if (request.stop.stop_requested()) return fail(ErrorCode::Cancelled, "cancelled before it started");
    try {
        return m_handlers.at(request.method)(request.params, request.stop.get_token(), progressOf(request.id));
    } catch (const Json::exception& error) {
        return fail(ErrorCode::InvalidArgument, fmt::format("the parameters of {} are wrong: {}", request.method, error.what()));
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::EngineFailed, fmt::format("{} needs more memory than there is", request.method));
    } catch (const std::exception& error) {
        return fail(ErrorCode::EngineFailed, fmt::format("{} failed: {}", request.method, error.what()));
    }
}

void Server::work() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_ending || !m_waiting.empty(); });
        if (m_waiting.empty()) return;
        m_running = m_waiting.front();
        m_waiting.pop_front();
        const auto request = m_running;
        lock.unlock();
        reply(request->id, handle(*request));
        lock.lock();
        m_running.reset();
    }
}

void Server::stopAll() {
    const std::lock_guard lock(m_mutex);
    m_ending = true;
    if (m_running) m_running->stop.request_stop();
    for (const auto& request : m_waiting) request->stop.request_stop();
    m_wake.notify_all();
}

int Server::run(int in) {
    std::thread worker([this] { work(); });
    FrameReader reader;
    int status = 0;
    for (bool open = true; open;) {
        const std::string bytes = readSome(in);
        if (bytes.empty()) break;
        reader.feed(bytes);
        while (open) {
            auto body = reader.next();
            if (!body) {
                log::error(body.error().message);
                status = 1;
                open = false;
            } else if (!*body) {
                break;
            } else {
                open = take(**body);
            }
        }
    }
    stopAll();
    worker.join();
    return status;
}

}  // namespace

int serve(int inFd, int outFd, const std::map<std::string, Handler>& handlers) {
    ignoreBrokenPipes();
    return Server(outFd, handlers).run(inFd);
}

}  // namespace lathe::rpc
