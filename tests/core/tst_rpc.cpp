#include <sys/socket.h>
#include <unistd.h>
#include <QTest>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "core/base/files.h"
#include "core/rpc/client.h"
#include "core/rpc/protocol.h"
#include "core/rpc/server.h"

using namespace lathe;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// serve() on a thread, spoken to over a socket pair.
class Served {
public:
    explicit Served(std::map<std::string, rpc::Handler> handlers) : m_handlers(std::move(handlers)) {
        ::socketpair(AF_UNIX, SOCK_STREAM, 0, m_ends);
        m_thread = std::thread([this] { status = rpc::serve(m_ends[1], m_ends[1], m_handlers); });
    }
    ~Served() { end(); }
    void end() {
        if (!m_thread.joinable()) return;
        ::shutdown(m_ends[0], SHUT_WR);
        m_thread.join();
        ::close(m_ends[0]);
        ::close(m_ends[1]);
    }
    void send(const Json& message) { raw(rpc::frameOf(message)); }
    void raw(const std::string& bytes) { QCOMPARE(::write(m_ends[0], bytes.data(), bytes.size()), ssize_t(bytes.size())); }
    Json next() {
        while (true) {
            auto body = m_reader.next();
            if (!body) return {};
            if (*body) return Json::parse(**body);
            char buffer[4096];
            const ssize_t n = ::read(m_ends[0], buffer, sizeof buffer);
            if (n <= 0) return {};
            m_reader.feed({buffer, std::size_t(n)});
        }
    }
    int status = -1;

private:
    std::map<std::string, rpc::Handler> m_handlers;
    int m_ends[2]{};
    std::thread m_thread;
    rpc::FrameReader m_reader;
};

Json request(int id, const char* method, Json params = Json::object()) {
    return {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
}

fs::path script(const base::TempFolder& folder, const char* name, const std::string& text) {
    fs::path file = folder.path() / name;
    std::ofstream(file) << "#!/bin/sh\n" << text;
    fs::permissions(file, fs::perms::owner_all);
    return file;
}

/// A reply to the handshake as a shell can write it.
std::string shellReply(int protocol) {
    const std::string body = R"({"jsonrpc":"2.0","id":1,"result":{"protocol":)" + std::to_string(protocol) + "}}";
    return "printf 'Content-Length: " + std::to_string(body.size()) + "\\r\\n\\r\\n%s' '" + body + "'\n";
}

}  // namespace

class TestRpc : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void framesSurviveAnyCutting() {
        const std::string stream = rpc::frame("{\"a\":1}") + "content-length:2\r\nContent-Type: x\r\n\r\n{}" + rpc::frame("");
        for (std::size_t step = 1; step <= stream.size(); ++step) {
            rpc::FrameReader reader;
            std::vector<std::string> bodies;
            for (std::size_t at = 0; at < stream.size(); at += step) {
                reader.feed(std::string_view(stream).substr(at, step));
                for (auto body = reader.next(); body && *body; body = reader.next()) bodies.push_back(**body);
            }
            QCOMPARE(bodies, (std::vector<std::string>{"{\"a\":1}", "{}", ""}));
        }
    }

    void foreignStreamsAreRefused() {
        for (const char* text :
             {"hello world", "Content-Length: x\r\n\r\n", "Content-Length: 99999999999\r\n\r\n", "Content-Type: y\r\n\r\n{}"}) {
            rpc::FrameReader reader;
            reader.feed(text);
            const auto body = reader.next();
            QVERIFY2(!body, text);
            QCOMPARE(body.error().code, ErrorCode::InvalidData);
        }
    }

    void errorsCrossTheWire() {
        const Error error{ErrorCode::NotFound, "no such model", "a/b"};
        const Error back = rpc::errorFromJson(rpc::errorToJson(error));
        QCOMPARE(back.code, error.code);
        QCOMPARE(back.message, error.message);
        QCOMPARE(back.context, error.context);
    }

    void callsAnswersAndErrors() {
        Served served(
            {{"add", [](const Json& p, auto, const auto&) -> Result<Json> { return p["a"].get<int>() + p["b"].get<int>(); }},
             {"fail", [](const Json&, auto, const auto&) -> Result<Json> { return fail(ErrorCode::InvalidData, "bad", "x.png"); }},
             {"throw", [](const Json&, auto, const auto&) -> Result<Json> { throw std::runtime_error("thrown"); }}});
        served.send(request(1, "add", {{"a", 2}, {"b", 3}}));
        QCOMPARE(served.next()["result"].get<int>(), 5);
        served.send(request(2, "fail"));
        const Json failed = served.next();
        QCOMPARE(failed["error"]["data"]["code"].get<std::string>(), std::string("invalid_data"));
        QCOMPARE(failed["error"]["data"]["context"].get<std::string>(), std::string("x.png"));
        served.send(request(3, "throw"));
        QVERIFY(served.next()["error"]["message"].get<std::string>().find("thrown") != std::string::npos);
        served.send(request(4, "add", {{"a", "x"}}));
        QCOMPARE(served.next()["error"]["data"]["code"].get<std::string>(), std::string("invalid_argument"));
        served.send(request(5, "nothing"));
        QCOMPARE(served.next()["error"]["code"].get<int>(), rpc::kMethodNotFound);
        served.raw(rpc::frame("{not json"));
        QCOMPARE(served.next()["error"]["code"].get<int>(), rpc::kParseError);
        served.send(request(6, "shutdown"));
        QVERIFY(served.next().contains("result"));
        served.end();
        QCOMPARE(served.status, 0);
    }

    void cancelReachesRunningAndWaiting() {
        Served served({{"wait", [](const Json&, std::stop_token stop, const auto&) -> Result<Json> {
                            while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
                            return fail(ErrorCode::Cancelled, "stopped");
                        }}});
        served.send(request(1, "wait"));
        served.send(request(2, "wait"));
        served.send({{"jsonrpc", "2.0"}, {"method", "$/cancel"}, {"params", {{"id", 2}}}});
        served.send({{"jsonrpc", "2.0"}, {"method", "$/cancel"}, {"params", {{"id", 1}}}});
        for (int id = 1; id <= 2; ++id) {
            const Json answer = served.next();
            QCOMPARE(answer["id"].get<int>(), id);
            QCOMPARE(answer["error"]["code"].get<int>(), rpc::kCancelled);
        }
    }

    void progressIsPaced() {
        Served served({{"count", [](const Json&, auto, const Progress& progress) -> Result<Json> {
                            for (int i = 1; i <= 2000; ++i) progress.report(i, 2000, "counting");
                            return true;
                        }}});
        served.send(request(1, "count"));
        int seen = 0;
        Json last, message;
        for (message = served.next(); !message.contains("result"); message = served.next(), ++seen) last = message;
        QVERIFY2(seen >= 2 && seen < 100, qPrintable(QString::number(seen)));
        QCOMPARE(last["params"]["done"].get<int>(), 2000);
    }

    void endOfInputStopsTheJob() {
        std::atomic<bool> stopped = false;
        Served served({{"wait", [&](const Json&, std::stop_token stop, const auto&) -> Result<Json> {
                            while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
                            stopped = true;
                            return true;
                        }}});
        served.send(request(1, "wait"));
        std::this_thread::sleep_for(50ms);
        served.end();
        QVERIFY(stopped);
    }

    void programsThatAreNoEngineAreNamedQuickly_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("ends at once") << "exit 3"
                                      << "exit status 3";
        QTest::newRow("a library is missing")
            << "echo \"$0: error while loading shared libraries: libtorch_cpu.so: cannot open shared object file\" >&2; exit 127"
            << "libtorch_cpu.so";
        QTest::newRow("echoes") << "exec cat"
                                << "another program";
        QTest::newRow("chatters") << "echo hello; exec sleep 30"
                                  << "another program";
        QTest::newRow("other version") << QString::fromStdString(shellReply(7)) + "exec sleep 30"
                                       << "protocol version 7";
        QTest::newRow("says nothing") << "exec sleep 30"
                                      << "no answer";
    }
    void programsThatAreNoEngineAreNamedQuickly() {
        QFETCH(QString, text);
        QFETCH(QString, words);
        const base::TempFolder folder;
        const auto begin = std::chrono::steady_clock::now();
        const auto client = rpc::Client::start(script(folder, "engine", text.toStdString()), 1);
        QVERIFY(!client);
        QVERIFY2(client.error().message.find(words.toStdString()) != std::string::npos, client.error().message.c_str());
        QVERIFY(std::chrono::steady_clock::now() - begin < 6s);
    }

    void realProgramsThatAreNoEngine() {
        for (const char* program : {"/bin/false", "/bin/cat", "/etc/hostname", "/nowhere/engine"}) {
            const auto client = rpc::Client::start(program, 2);
            QVERIFY2(!client, program);
            QCOMPARE(client.error().code, ErrorCode::EngineDied);
            QVERIFY(client.error().message.size() > 15);
        }
    }

    void deathInMidCallHasItsLastWords() {
        const base::TempFolder folder;
        auto client =
            rpc::Client::start(script(folder, "engine", shellReply(1) + "sleep 0.3; echo 'CUDA out of luck' >&2; kill -9 $$"), 2);
        QVERIFY2(client, client ? "" : client.error().message.c_str());
        const auto answer = (*client)->call("predict", Json::object());
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::EngineDied);
        QVERIFY(answer.error().message.find("CUDA out of luck") != std::string::npos);
        QVERIFY(answer.error().message.find("signal 9") != std::string::npos);
        QVERIFY(!(*client)->alive());
        QVERIFY(!(*client)->call("predict", Json::object()));
    }

    void cancelReturnsAndDestructionIsQuick() {
        const base::TempFolder folder;
        const auto begin = std::chrono::steady_clock::now();
        {
            auto client = rpc::Client::start(script(folder, "engine", shellReply(1) + "exec cat >/dev/null"), 2);
            QVERIFY(client);
            std::stop_source stop;
            const std::jthread stopper([&] {
                std::this_thread::sleep_for(50ms);
                stop.request_stop();
            });
            const auto answer = (*client)->call("predict", Json::object(), stop.get_token());
            QVERIFY(!answer);
            QCOMPARE(answer.error().code, ErrorCode::Cancelled);
        }
        QVERIFY(std::chrono::steady_clock::now() - begin < 4s);
    }

    void findEngineSaysWhereItLooked() {
        qputenv("LATHE_ENGINE", "/nowhere/lathe-engine");
        const auto found = rpc::findEngine();
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::NotFound);
        qputenv("LATHE_ENGINE", "/bin/cat");
        QVERIFY(rpc::findEngine().has_value());
    }
};

QTEST_GUILESS_MAIN(TestRpc)
#include "tst_rpc.moc"
