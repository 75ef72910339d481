// labels: slow
// lathe-engine serve, spoken to by the workbench's client: predict, evaluate, explain, package, infer.
#include <torch/torch.h>
#include <QTest>
#include <cmath>
#include <cstring>

#include "core/base/files.h"
#include "core/engine/load/loaded_model.h"
#include "core/engine/nn/safetensors.h"
#include "core/rpc/client.h"
#include "tests/engine/run_support.h"

using namespace testrun;
using namespace lathe;

class TestServe : public QObject {
    Q_OBJECT
private:
    base::TempFolder m_root;
    fs::path m_run;
    std::vector<Line> m_lines;
    std::shared_ptr<rpc::Client> m_client;

    Json call(const std::string& method, const Json& params) {
        auto result = m_client->call(method, params);
        if (!result) qWarning("%s: %s", method.c_str(), result.error().text().c_str());
        return result ? *result : Json();
    }

private Q_SLOTS:
    void initTestCase() {
        m_lines = drawShapes(m_root.path() / "images", 240);
        m_run = m_root.path() / "runs" / "r";
        fs::create_directories(m_run);
        writeManifest(m_run, {"disc", "square", "bar"}, m_lines);
        writeSpec(m_run, {{"epochs", 5}, {"batch", 16}, {"device", "cpu"}});
        const Ran ran = runEngine(m_run);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        auto client = rpc::Client::start(engineProgram().toStdString(), 60);
        QVERIFY2(client.has_value(), client ? "" : client.error().text().c_str());
        m_client = *client;
    }
    void cleanupTestCase() { m_client.reset(); }
    void saysWhatItIs() {
        const Json& shake = m_client->handshake();
        QCOMPARE(shake["protocol"].get<int>(), 1);
        QVERIFY(shake["engine"].contains("torch"));
        QVERIFY(!shake["devices"].empty());
        for (const Json& check : shake["checks"]) QVERIFY(!check["message"].get<std::string>().empty());
    }
    void anotherProtocolIsRefusedInWords() {
        const auto reply = m_client->call("initialize", {{"protocol", 99}, {"client", "test"}});
        QVERIFY(!reply);
        QVERIFY(reply.error().message.find("99") != std::string::npos);
    }
    void predictsAndNamesBadImages() {
        const Json reply = call("predict", {{"model", m_run.string()},
                                            {"images", {m_lines[0].path, "/nowhere.png", m_lines[1].path}},
                                            {"ids", {7, 8, 9}},
                                            {"top", 2}});
        const Json& predictions = reply["predictions"];
        QCOMPARE(predictions.size(), std::size_t(3));
        QCOMPARE(predictions[0]["image"].get<int>(), 7);
        QCOMPARE(predictions[0]["scores"].size(), std::size_t(2));
        QVERIFY(predictions[1].contains("error"));
        const auto outcomes = readJsonFile(m_run / "predictions.json")["samples"];
        QVERIFY(!outcomes.empty());
    }
    void evaluatesAsTheRunDid() {
        const Json reply =
            call("evaluate", {{"model", m_run.string()}, {"manifest", (m_run / "data.jsonl").string()}, {"split", "test"}});
        const Json report = readJsonFile(m_run / "report.json");
        for (const char* key : {"accuracy", "macro_f1", "loss", "ece"})
            QVERIFY(std::abs(reply["metrics"][key].get<double>() - report["metrics"][key].get<double>()) < 1e-6);
        QVERIFY(reply["confusion"] == report["confusion"]);
        QCOMPARE(reply["outcomes"].size(), std::size_t(48));
    }
    void explainsOnTheImage() {
        const fs::path out = m_root.path() / "explained";
        const Json reply = call("explain", {{"model", m_run.string()},
                                            {"image", m_lines[0].path},
                                            {"method", "gradcam"},
                                            {"class", "bar"},
                                            {"out", out.string()}});
        QCOMPARE(reply["class"].get<std::string>(), std::string("bar"));
        QCOMPARE(reply["scores"].size(), std::size_t(3));
        const cv::Mat overlay = cv::imread((out / "overlay.png").string());
        QCOMPARE(overlay.size(), cv::Size(24, 20));
        const auto npy = *base::readFile(out / "map.npy");
        QCOMPARE(npy.size() % 64, (sizeof(float) * 24 * 20) % 64);
        QVERIFY(npy.find("(20, 24)") != std::string::npos);
        QVERIFY(fs::exists(out / "explanation.json"));
    }
    void packagesWhatItServes() {
        const fs::path out = m_root.path() / "package";
        const Json reply = call("package", {{"run", m_run.string()}, {"out", out.string()}});
        for (const Json& file : reply["files"])
            QVERIFY2(fs::exists(out / file.get<std::string>()), file.get<std::string>().c_str());
        const auto golden = engine::nn::readSafetensors(out / "golden.safetensors");
        QVERIFY(golden.has_value());
        const auto input = golden->tensors.at("input"), output = golden->tensors.at("logits");
        QCOMPARE(input.size(0), 8);
        const auto loaded = engine::load::loadModel(out);
        QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().text().c_str());
        const torch::NoGradGuard noGrad;
        QVERIFY(torch::allclose(loaded->model->forward(input), output, 1e-4, 1e-5));
        const Json warm = call("load", {{"model", out.string()}});
        QByteArray bytes(static_cast<const char*>(input.data_ptr()), int(input.nbytes()));
        const Json answer = call("infer", {{"handle", warm["handle"]},
                                           {"input", {{"shape", input.sizes().vec()}, {"data", bytes.toBase64().toStdString()}}}});
        const QByteArray raw = QByteArray::fromBase64(QByteArray::fromStdString(answer["output"]["data"].get<std::string>()));
        QCOMPARE(std::size_t(raw.size()), output.nbytes());
        auto served = torch::empty_like(output);
        std::memcpy(served.data_ptr(), raw.constData(), std::size_t(raw.size()));
        QVERIFY(torch::allclose(served, output, 1e-4, 1e-5));
        QVERIFY(call("unload", {{"handle", warm["handle"]}}).is_object());
        QVERIFY(!m_client->call("infer", {{"handle", warm["handle"]}, {"input", {{"shape", {0}}, {"data", ""}}}}));
    }
    void wrongParametersAreWords() {
        const auto missing = m_client->call("predict", Json::object());
        QVERIFY(!missing && missing.error().message.find("model") != std::string::npos);
        const auto nowhere = m_client->call("predict", {{"model", "/nowhere"}, {"images", Json::array()}});
        QVERIFY(!nowhere);
        QVERIFY(!m_client->call(
            "explain",
            {{"model", m_run.string()}, {"image", m_lines[0].path}, {"class", "ghost"}, {"out", m_root.path().string()}}));
    }
};

QTEST_GUILESS_MAIN(TestServe)
#include "tst_serve.moc"
