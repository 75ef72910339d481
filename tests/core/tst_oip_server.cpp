// The local server asked as any client would: raw HTTP through a socket, JSON and binary tensors, errors, the repository.
#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>

#include <QtTest>
#include <fstream>
#include <thread>

#ifndef Q_MOC_RUN  // moc needs none of it
#include "core/serve/oip_server.h"
#include "tests/support/toy_engine.h"
#endif

using namespace lathe;
namespace fs = std::filesystem;

class TestOipServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void metadata();
    void inferJson();
    void inferBinary();
    void errors_data();
    void errors();
    void repository();
    void manyAtOnce();
    void engineDeathIsRepaired();
    void takenPort();

private:
    struct Reply {
        int status = 0;
        QByteArray head, body;
        [[nodiscard]] Json json() const { return Json::parse(body.toStdString(), nullptr, false); }
    };
    Reply ask(const QByteArray& method, const QByteArray& path, const QByteArray& body = {}, const QByteArray& headers = {}) const;
    [[nodiscard]] QByteArray requestBody() const;

    std::unique_ptr<test::ToyHouse> m_house;
    std::unique_ptr<serve::OipServer> m_server;
    std::shared_ptr<rpc::Engine> m_engine;
    models::ModelRow m_model;
    int m_port = 0;
};

TestOipServer::Reply TestOipServer::ask(const QByteArray& method, const QByteArray& path, const QByteArray& body,
                                        const QByteArray& headers) const {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(quint16(m_port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) return {};
    const QByteArray request = method + " " + path +
                               " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) +
                               "\r\n" + headers + "\r\n" + body;
    QByteArray all;
    if (::send(fd, request.constData(), std::size_t(request.size()), MSG_NOSIGNAL) == request.size()) {
        char buffer[65536];
        for (ssize_t n = 0; (n = ::recv(fd, buffer, sizeof(buffer), 0)) > 0;) all.append(buffer, n);
    }
    ::close(fd);
    const auto end = all.indexOf("\r\n\r\n");
    Reply reply;
    reply.head = all.left(end);
    reply.body = all.mid(end + 4);
    reply.status = reply.head.mid(9, 3).toInt();
    return reply;
}

QByteArray TestOipServer::requestBody() const {
    const auto input = test::toyInputs();
    const Json json{
        {"id", "42"},
        {"inputs", Json::array({{{"name", "input"}, {"shape", input.shape}, {"datatype", "FP32"}, {"data", input.data}}})}};
    return QByteArray::fromStdString(json.dump());
}

void TestOipServer::initTestCase() {
    m_house = std::make_unique<test::ToyHouse>();
    m_engine = std::make_shared<rpc::Engine>();
    m_model = *m_house->package(1);
    m_server = std::make_unique<serve::OipServer>(m_engine);
    const auto added = m_server->addModel(m_model.folder);
    QVERIFY2(added, added ? "" : added.error().text().c_str());
    m_server->setRepository(m_house->path("repository"));
    const auto url = m_server->start(0);
    QVERIFY2(url, url ? "" : url.error().text().c_str());
    m_port = QString::fromStdString(*url).section(':', -1).toInt();
    QVERIFY(m_port > 0);
}

void TestOipServer::metadata() {
    QCOMPARE(ask("GET", "/v2/health/live").status, 200);
    QCOMPARE(ask("GET", "/v2/health/ready").status, 200);
    const auto server = ask("GET", "/v2").json();
    QCOMPARE(server["name"].get<std::string>(), std::string("lathe"));
    QVERIFY(server["extensions"].dump().find("binary_tensor_data") != std::string::npos);
    for (const char* path : {"/v2/models/toy", "/v2/models/toy/versions/1"}) {
        const auto model = ask("GET", path).json();
        QCOMPARE(model["name"].get<std::string>(), std::string("toy"));
        QCOMPARE(model["versions"].dump(), std::string("[\"1\"]"));
        QCOMPARE(model["inputs"][0]["shape"].dump(), std::string("[-1,1,4,4]"));
        QCOMPARE(model["outputs"][0]["datatype"].get<std::string>(), std::string("FP32"));
    }
    QCOMPARE(ask("GET", "/v2/models/toy/ready").status, 200);
    QCOMPARE(ask("GET", "/v2/models/toy/versions/1/ready").status, 200);
    QCOMPARE(ask("GET", "/v2/models/toy/versions/2/ready").status, 404);
}

void TestOipServer::inferJson() {
    const auto reply = ask("POST", "/v2/models/toy/infer", requestBody(), "Content-Type: application/json\r\n");
    QCOMPARE(reply.status, 200);
    QVERIFY(!reply.head.contains("Inference-Header-Content-Length"));
    const auto json = reply.json();
    QCOMPARE(json["id"].get<std::string>(), std::string("42"));
    QCOMPARE(json["model_name"].get<std::string>(), std::string("toy"));
    QCOMPARE(json["model_version"].get<std::string>(), std::string("1"));
    const auto& output = json["outputs"][0];
    QCOMPARE(output["name"].get<std::string>(), std::string("logits"));
    QCOMPARE(output["shape"].dump(), std::string("[5,3]"));
    const auto wanted = test::forward(test::toyWeights(1), test::toyInputs());
    const auto values = output["data"].get<std::vector<float>>();
    for (std::size_t k = 0; k < wanted.data.size(); ++k) QVERIFY(std::abs(values.at(k) - wanted.data[k]) < 1e-6f);
}

void TestOipServer::inferBinary() {
    const auto input = test::toyInputs();
    const auto raw = serve::rawBytes(input);
    const Json json{{"inputs", Json::array({{{"name", "input"},
                                             {"shape", input.shape},
                                             {"datatype", "FP32"},
                                             {"parameters", {{"binary_data_size", raw.size()}}}}})},
                    {"outputs", Json::array({{{"name", "logits"}, {"parameters", {{"binary_data", true}}}}})}};
    const auto head = QByteArray::fromStdString(json.dump());
    const auto reply = ask(
        "POST", "/v2/models/toy/versions/1/infer", head + QByteArray(raw.data(), qsizetype(raw.size())),
        "Content-Type: application/octet-stream\r\nInference-Header-Content-Length: " + QByteArray::number(head.size()) + "\r\n");
    QCOMPARE(reply.status, 200);
    const auto at = reply.head.indexOf("Inference-Header-Content-Length: ");
    QVERIFY(at > 0);
    const auto length = reply.head.mid(at + 33).split('\r').first().toInt();
    const auto description = Json::parse(reply.body.left(length).toStdString());
    QCOMPARE(description["outputs"][0]["parameters"]["binary_data_size"].get<int>(), 60);
    QVERIFY(!description["outputs"][0].contains("data"));
    const auto wanted = test::forward(test::toyWeights(1), input);
    QCOMPARE(reply.body.size() - length, qsizetype(60));
    QCOMPARE(reply.body.mid(length), QByteArray(reinterpret_cast<const char*>(wanted.data.data()), 60));
}

void TestOipServer::errors_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const QByteArray infer = "/v2/models/toy/infer";
    QTest::newRow("no model") << QByteArray("/v2/models/none/infer") << requestBody() << 404;
    QTest::newRow("no version") << QByteArray("/v2/models/toy/versions/9/infer") << requestBody() << 404;
    QTest::newRow("no route") << QByteArray("/v3") << QByteArray() << 404;
    QTest::newRow("not json") << infer << QByteArray("{\"inputs\":") << 400;
    QTest::newRow("no inputs") << infer << QByteArray("{}") << 400;
    QTest::newRow("wrong name")
        << infer
        << QByteArray(R"({"inputs":[{"name":"x","shape":[1,1,4,4],"datatype":"FP32","data":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}]})")
        << 400;
    QTest::newRow("wrong shape") << infer
                                 << QByteArray(R"({"inputs":[{"name":"input","shape":[1,4],"datatype":"FP32","data":[0,0,0,0]}]})")
                                 << 400;
    QTest::newRow("empty batch") << infer
                                 << QByteArray(R"({"inputs":[{"name":"input","shape":[0,1,4,4],"datatype":"FP32","data":[]}]})")
                                 << 400;
    QTest::newRow("wrong type") << infer << QByteArray(R"({"inputs":[{"name":5,"shape":"x","datatype":"FP32","data":[0]}]})")
                                << 400;
    QTest::newRow("load of nothing") << QByteArray("/v2/repository/models/none/load") << QByteArray() << 404;
    QTest::newRow("load outside") << QByteArray("/v2/repository/models/..%2F..%2Fetc/load") << QByteArray() << 404;
    QTest::newRow("load hidden") << QByteArray("/v2/repository/models/../load") << QByteArray() << 400;
    QTest::newRow("file outside") << QByteArray("/v2/repository/models/toy/load")
                                  << QByteArray(R"({"parameters":{"file:3/../../x":"AAAA"}})") << 400;
    QTest::newRow("unload of nothing") << QByteArray("/v2/repository/models/none/unload") << QByteArray() << 404;
}

void TestOipServer::errors() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    const auto reply = ask("POST", path, body);
    QCOMPARE(reply.status, status);
    QVERIFY2(reply.json().is_object() && reply.json().contains("error") && !reply.json()["error"].get<std::string>().empty(),
             reply.body);
    QCOMPARE(ask("GET", "/v2/models/toy/ready").status, 200);
}

void TestOipServer::repository() {
    const auto second = *m_house->package(2);
    const auto folder = m_house->path("repository/toy");
    fs::create_directories(folder);
    fs::copy(second.folder, folder / "2", fs::copy_options::recursive);
    const auto state = [&](const char* version) {
        for (const auto& item : ask("POST", "/v2/repository/index", "{}").json()) {
            if (item["version"] == version) return item["state"].get<std::string>();
        }
        return std::string("absent");
    };
    QCOMPARE(state("2"), std::string("UNAVAILABLE"));
    const auto loaded = ask("POST", "/v2/repository/models/toy/load");
    QVERIFY2(loaded.status == 200, loaded.body);
    QCOMPARE(state("2"), std::string("READY"));
    QCOMPARE(ask("GET", "/v2/models/toy/versions/1/ready").status, 404);
    // A broken version doesn't take the good one's place.
    fs::copy(folder / "2", folder / "3", fs::copy_options::recursive);
    QVERIFY(base::writeFileAtomically(folder / "3/labels.json", "[]"));
    fs::remove(folder / "live");
    QVERIFY(ask("POST", "/v2/repository/models/toy/load").status >= 400);
    QCOMPARE(ask("GET", "/v2/models/toy/versions/2/ready").status, 200);
    fs::remove_all(folder / "3");
    QCOMPARE(ask("POST", "/v2/repository/models/toy/unload").status, 200);
    QCOMPARE(ask("GET", "/v2/models/toy/ready").status, 404);
    QVERIFY(m_server->addModel(m_model.folder));
}

void TestOipServer::manyAtOnce() {
    const auto wanted = test::forward(test::toyWeights(1), test::toyInputs());
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 6; ++t) {
        threads.emplace_back([&] {
            for (int k = 0; k < 10; ++k) {
                const auto reply = ask("POST", "/v2/models/toy/infer", requestBody());
                if (reply.status == 200 && std::abs(reply.json()["outputs"][0]["data"][4].get<float>() - wanted.data[4]) < 1e-6f)
                    ++right;
            }
        });
    }
    // Meanwhile the model is put in place of itself: nobody may notice.
    for (int k = 0; k < 5; ++k) QVERIFY(m_server->addModel(m_model.folder));
    for (auto& thread : threads) thread.join();
    QCOMPARE(right.load(), 60);
}

void TestOipServer::engineDeathIsRepaired() {
    QCOMPARE(ask("POST", "/v2/models/toy/infer", requestBody()).status, 200);
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const auto name = entry.path().filename().string();
        if (!std::isdigit(static_cast<unsigned char>(name[0]))) continue;
        std::ifstream stat(entry.path() / "stat");
        std::string pid, command, state, parent;
        stat >> pid >> command >> state >> parent;
        if (parent == std::to_string(::getpid())) ::kill(std::stoi(name), SIGKILL);
    }
    QCOMPARE(ask("POST", "/v2/models/toy/infer", requestBody()).status, 200);
}

void TestOipServer::takenPort() {
    serve::OipServer other(m_engine);
    const auto taken = other.start(m_port);
    QVERIFY(!taken);
    QCOMPARE(taken.error().code, ErrorCode::Network);
}

LATHE_TOY_MAIN(TestOipServer)
#include "tst_oip_server.moc"
