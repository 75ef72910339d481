// Pushes to every kind of target: the gate, the stages, parity, what comes back when it fails, rollback.
#include <QtTest>

#ifndef Q_MOC_RUN  // moc needs none of it
#include "core/serve/oip_server.h"
#include "core/serve/push.h"
#include "core/serve/triton_target.h"
#include "tests/support/toy_engine.h"
#endif

using namespace lathe;
namespace fs = std::filesystem;

class TestTargets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wireRoundTrip();
    void unapprovedIsRefused();
    void changedByteIsRefused();
    void folderPushAndRollback();
    void folderMismatchBringsTheOldBack();
    void tritonLayout();
    void tritonByScript();
    void oipPushByLoad();
    void oipMismatchBringsTheOldBack();
    void wrongTargetsSayWhy();
    void unreachableServerSaysWhy();
};

namespace {

serve::TargetRow add(test::ToyHouse& house, const std::string& kind, const std::string& url,
                     std::map<std::string, std::string> options = {}) {
    serve::TargetRow row;
    row.name = "there";
    row.kind = kind;
    row.url = url;
    row.options = std::move(options);
    const auto added = serve::addTarget(*house.workspace, row, "ana");
    if (!added) qWarning("%s", added.error().text().c_str());
    return serve::findTarget(*house.workspace, "there").value_or(row);
}

Result<serve::PushRow> push(test::ToyHouse& house, const models::ModelRow& model, const serve::TargetRow& target) {
    return serve::push(*house.workspace, *house.engine, model, target, "ana", {}, {});
}

std::string stateOf(const Result<serve::PushRow>& push) {
    return push ? push->state + " " + push->message : push.error().text();
}

std::vector<std::string> actions(const test::ToyHouse& house) {
    std::vector<std::string> names;
    const auto log = models::auditLog(*house.workspace).value();
    for (const auto& entry : log) names.push_back(entry.action);
    return names;
}

}  // namespace

void TestTargets::wireRoundTrip() {
    serve::InferRequest request{"id-1", {{"input", {{2, 3}, {1, 2.5f, -3, 4, 5, 6e-7f}}}}, {"logits"}, true};
    for (const bool binary : {false, true}) {
        const auto body = serve::writeRequest(request, binary);
        const auto read = serve::readRequest(body.bytes, body.jsonLength);
        QVERIFY2(read, read ? "" : read.error().text().c_str());
        QCOMPARE(read->id, request.id);
        QCOMPARE(read->inputs[0].tensor.data, request.inputs[0].tensor.data);
        QVERIFY(read->binaryOutput);
    }
    const auto refused = [](const std::string& json, std::size_t extra = 0) {
        return !serve::readRequest(json + std::string(extra, '\0'), extra ? std::optional(json.size()) : std::nullopt);
    };
    QVERIFY(refused("{"));
    QVERIFY(refused("[]"));
    QVERIFY(refused("{}"));
    QVERIFY(refused(R"({"inputs":[{"name":"x","shape":[2],"datatype":"FP32","data":[1]}]})"));
    QVERIFY(refused(R"({"inputs":[{"name":"x","shape":[-1],"datatype":"FP32","data":[1]}]})"));
    QVERIFY(refused(R"({"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["a"]}]})"));
    QVERIFY(
        refused(R"({"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1],"parameters":{"binary_data_size":4}}]})", 4));
    QVERIFY(refused(R"({"inputs":[{"name":"x","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":8}}]})", 4));
    QVERIFY(refused(R"({"inputs":[{"name":"x","shape":[9000000000,9000000000],"datatype":"FP32","data":[]}]})"));
    const auto half = std::string(R"({"inputs":[{"name":"x","shape":[2],"datatype":"FP16","parameters":{"binary_data_size":4}}]})");
    const auto halves = serve::readRequest(half + std::string("\x00\x3e\x01\x80", 4), half.size());
    QVERIFY(halves);
    QCOMPARE(halves->inputs[0].tensor.data[0], 1.5f);
    QCOMPARE(halves->inputs[0].tensor.data[1], -5.9604645e-08f);
}

void TestTargets::unapprovedIsRefused() {
    test::ToyHouse house;
    const auto target = add(house, "folder", house.path("served"));
    const auto model = *house.package(1);
    const auto refused = push(house, model, target);
    QVERIFY(!refused && refused.error().code == ErrorCode::GateRefused);
    QVERIFY(!fs::exists(house.path("served/toy")));
    QCOMPARE(actions(house).back(), std::string("push.refused"));
    QVERIFY(serve::pushes(*house.workspace)->empty());
}

void TestTargets::changedByteIsRefused() {
    test::ToyHouse house;
    const auto target = add(house, "folder", house.path("served"));
    const auto model = *house.approved(1);
    QVERIFY(base::writeFileAtomically(model.folder / "labels.json", "[\"x\",\"b\",\"c\"]\n"));
    const auto refused = push(house, model, target);
    QVERIFY(!refused && refused.error().code == ErrorCode::GateRefused);
    QVERIFY(refused.error().context.ends_with("labels.json"));
}

void TestTargets::folderPushAndRollback() {
    test::ToyHouse house;
    const auto target = add(house, "folder", house.path("served"));
    QCOMPARE(serve::rollback(*house.workspace, target, "ana").error().code, ErrorCode::GateRefused);
    const auto first = *house.approved(1), second = *house.approved(2);
    const auto one = push(house, first, target);
    QVERIFY2(one && one->state == "live", stateOf(one).c_str());
    QVERIFY(one->parity.ok && one->parity.cases == test::kCases && one->parity.maxAbs < 1e-5);
    QCOMPARE(one->stages.size(), 4u);
    QCOMPARE(fs::read_symlink(house.path("served/toy/live")), fs::path("1"));
    QVERIFY(models::verifyPackage(house.path("served/toy/1"), first.digest));
    const auto two = push(house, second, target);
    QVERIFY2(two && two->state == "live", stateOf(two).c_str());
    QCOMPARE(fs::read_symlink(house.path("served/toy/live")), fs::path("2"));
    auto row = *serve::findTarget(*house.workspace, "there");
    QCOMPARE(row.live, second.digest);
    QCOMPARE(row.previous, first.digest);
    const auto back = serve::rollback(*house.workspace, row, "bo");
    QVERIFY2(back && back->state == "live", stateOf(back).c_str());
    QCOMPARE(back->digest, first.digest);
    QCOMPARE(fs::read_symlink(house.path("served/toy/live")), fs::path("1"));
    const auto all = *serve::pushes(*house.workspace);
    QCOMPARE(all.size(), 3u);
    QCOMPARE(all[1].state, std::string("rolled_back"));
    QCOMPARE(all[2].state, std::string("superseded"));
    QCOMPARE(actions(house).back(), std::string("push.rollback"));
    QCOMPARE(*models::verifyAudit(*house.workspace), std::int64_t(0));
}

void TestTargets::folderMismatchBringsTheOldBack() {
    test::ToyHouse house;
    const auto target = add(house, "folder", house.path("served"));
    const auto first = *house.approved(1), second = *house.approved(2);
    QVERIFY(push(house, first, target));
    QVERIFY(base::writeFileAtomically(house.path("spoil"), ""));
    const auto failed = push(house, second, target);
    QVERIFY(failed);
    QCOMPARE(failed->state, std::string("failed"));
    QVERIFY(!failed->parity.ok && failed->parity.maxAbs > 0.4);
    QCOMPARE(fs::read_symlink(house.path("served/toy/live")), fs::path("1"));
    const auto row = *serve::findTarget(*house.workspace, "there");
    QCOMPARE(row.live, first.digest);
    QCOMPARE(serve::pushes(*house.workspace)->at(1).state, std::string("live"));
    QCOMPARE(actions(house).back(), std::string("push.failed"));
}

void TestTargets::tritonLayout() {
    test::ToyHouse house;
    const auto target = add(house, "triton", house.path("repository"));
    const auto model = *house.approved(1);
    const auto pushed = push(house, model, target);
    QVERIFY2(pushed && pushed->state == "live", stateOf(pushed).c_str());
    QCOMPARE(*base::readFile(house.path("repository/toy/1/model.onnx")), *base::readFile(model.folder / "model.onnx"));
    const auto config = QString::fromStdString(*base::readFile(house.path("repository/toy/config.pbtxt")));
    for (const char* part : {"name: \"toy\"", "backend: \"onnxruntime\"", "dims: [ 1, 4, 4 ]", "dims: [ 3 ]", "versions: [ 1 ]"}) {
        QVERIFY2(config.contains(part), part);
    }
    const auto json = serve::tritonConfigJson("toy", 1, model.folder, *serve::findBackend("pytorch"));
    QVERIFY(json);
    const auto parsed = Json::parse(*json);
    QCOMPARE(parsed["input"][0]["name"].get<std::string>(), std::string("INPUT__0"));
    QCOMPARE(parsed["output"][0]["dims"].dump(), std::string("[3]"));
    // Nothing half-made stays behind, and a version folder of other content is never overwritten.
    for (const auto& entry : fs::directory_iterator(house.path("repository/toy")))
        QVERIFY(entry.path().filename().string()[0] != '.');
    QVERIFY(base::writeFileAtomically(house.path("repository/toy/1/model.onnx"), "else"));
    const auto again = push(house, model, target);
    QVERIFY(again && again->state == "failed");
    QCOMPARE(*base::readFile(house.path("repository/toy/1/model.onnx")), std::string("else"));
}

void TestTargets::tritonByScript() {
    test::ToyHouse house;
    const auto target = add(house, "triton", house.path("repository"), {{"backend", "python"}});
    const auto pushed = push(house, *house.approved(1), target);
    QVERIFY2(pushed && pushed->state == "live", stateOf(pushed).c_str());
    QVERIFY(!base::readFile(house.path("repository/toy/1/model.onnx"))->empty());
    QVERIFY(base::readFile(house.path("repository/toy/1/model.py"))->find("class TritonPythonModel") != std::string::npos);
    const auto config = QString::fromStdString(*base::readFile(house.path("repository/toy/config.pbtxt")));
    QVERIFY(config.contains("backend: \"python\"") && !config.contains("platform"));
}

void TestTargets::oipPushByLoad() {
    test::ToyHouse house;
    serve::OipServer server(std::make_shared<rpc::Engine>());
    const auto url = *server.start(0);
    const auto target = add(house, "oip", url);
    const auto pushed = push(house, *house.approved(1), target);
    QVERIFY2(pushed && pushed->state == "live", stateOf(pushed).c_str());
    QVERIFY(pushed->parity.ok && pushed->parity.cases == test::kCases);
    const auto hands = *serve::makeTarget(target);
    QCOMPARE(*hands->serving(), std::vector<std::string>{"toy:1"});
    const auto second = push(house, *house.approved(2), target);
    QVERIFY2(second && second->state == "live", stateOf(second).c_str());
    QCOMPARE(*hands->serving(), std::vector<std::string>{"toy:2"});
    const auto back = serve::rollback(*house.workspace, *serve::findTarget(*house.workspace, "there"), "ana");
    QVERIFY2(back && back->state == "live" && back->parity.cases == test::kCases, stateOf(back).c_str());
    QCOMPARE(*hands->serving(), std::vector<std::string>{"toy:1"});
}

void TestTargets::oipMismatchBringsTheOldBack() {
    test::ToyHouse house;
    serve::OipServer server(std::make_shared<rpc::Engine>());
    const auto target = add(house, "oip", *server.start(0), {{"repository", house.path("shared").string()}});
    server.setRepository(house.path("shared"));
    QCOMPARE(stateOf(push(house, *house.approved(1), target)), std::string("live "));
    QVERIFY(base::writeFileAtomically(house.path("spoil"), ""));
    const auto failed = push(house, *house.approved(2), target);
    QVERIFY(failed);
    QCOMPARE(failed->state, std::string("failed"));
    QCOMPARE(failed->stages.back()["stage"].get<std::string>(), std::string("restore"));
    QVERIFY(failed->stages.back()["ok"].get<bool>());
    const auto hands = *serve::makeTarget(target);
    QCOMPARE(*hands->serving(), std::vector<std::string>{"toy:1"});
}

void TestTargets::wrongTargetsSayWhy() {
    test::ToyHouse house;
    serve::TargetRow row;
    row.name = "x";
    row.kind = "pigeon";
    const auto unknown = serve::addTarget(*house.workspace, row, "ana");
    QVERIFY(!unknown && unknown.error().message.find("folder, triton, oip") != std::string::npos);
    row.kind = "oip";
    row.url = "ftp://x";
    QCOMPARE(serve::addTarget(*house.workspace, row, "ana").error().code, ErrorCode::InvalidArgument);
    row.kind = "triton";
    row.url = house.path("r").string();
    row.options = {{"backend", "tensorrt"}};
    QCOMPARE(serve::addTarget(*house.workspace, row, "ana").error().code, ErrorCode::InvalidArgument);
    row.options.clear();
    QVERIFY(serve::addTarget(*house.workspace, row, "ana"));
    QCOMPARE(serve::addTarget(*house.workspace, row, "ana").error().code, ErrorCode::AlreadyExists);
    QCOMPARE(serve::findTarget(*house.workspace, "y").error().code, ErrorCode::NotFound);
}

void TestTargets::unreachableServerSaysWhy() {
    test::ToyHouse house;
    const auto target = add(house, "oip", "http://127.0.0.1:9");
    const auto failed = push(house, *house.approved(1), target);
    QVERIFY(failed);
    QCOMPARE(failed->state, std::string("failed"));
    QVERIFY(failed->message.find("didn't answer") != std::string::npos);
    QCOMPARE(failed->stages.size(), 1u);
}

LATHE_TOY_MAIN(TestTargets)
#include "tst_targets.moc"
