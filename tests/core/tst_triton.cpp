// labels: net
// A real Triton answers for the toy model: pushed to its repository, compared by golden inputs, replaced, rolled back, brought back
// when it answers wrongly. Skips without the server (tests/support/triton.sh setup; LATHE_TRITON, default ~/.cache/lathe/triton).
#include <QtTest>

#ifndef Q_MOC_RUN  // moc needs none of it
#include "core/serve/push.h"
#include "core/serve/triton_target.h"
#include "tests/support/toy_engine.h"
#include "tests/support/triton_server.h"
#endif

using namespace lathe;
namespace fs = std::filesystem;

namespace {

std::string stateOf(const Result<serve::PushRow>& push) {
    return push ? push->state + " " + push->message : push.error().text();
}

}  // namespace

class TestTriton : public QObject {
    Q_OBJECT
    std::unique_ptr<test::ToyHouse> m_house;
    test::TritonServer m_server;
    serve::TargetRow m_target;

    Result<serve::PushRow> push(int seed) {
        LATHE_TRY(const auto model, m_house->approved(seed));
        return serve::push(*m_house->workspace, *m_house->engine, model, m_target, "ana", {}, {});
    }
    std::vector<std::string> serving() { return (*serve::makeTarget(m_target))->serving().value_or(std::vector<std::string>()); }
    void spoilAhead(const models::ModelRow& model);

private Q_SLOTS:
    void initTestCase();
    void theServerIsTested();
    void pushesComparesAndRollsBack();
    void wrongAnswersBringTheOldBack();
    void aModelThatCannotBeLoadedBringsTheOldBack();
    void cleanupTestCase();
};

void TestTriton::initTestCase() {
    if (!test::TritonServer::isHere()) QSKIP("no Triton here; tests/support/triton.sh setup brings one");
    m_house = std::make_unique<test::ToyHouse>();
    const auto repository = m_house->path("repository");
    QVERIFY(
        m_server.start(QString::fromStdString(repository.string()), QString::fromStdString(m_house->path("triton.log").string())));
    serve::TargetRow row;
    row.name = "triton", row.kind = "triton", row.url = repository.string();
    row.options = {{"backend", "python"}, {"http", m_server.url()}};
    QVERIFY(serve::addTarget(*m_house->workspace, row, "ana").has_value());
    m_target = *serve::findTarget(*m_house->workspace, "triton");
}

void TestTriton::theServerIsTested() {
    const auto words = (*serve::makeTarget(m_target))->test();
    QVERIFY2(words.has_value(), words ? "" : words.error().text().c_str());
    QVERIFY2(words->starts_with("triton "), words->c_str());
}

void TestTriton::pushesComparesAndRollsBack() {
    const auto one = push(1);
    QVERIFY2(one && one->state == "live", stateOf(one).c_str());
    QCOMPARE(one->parity.cases, test::kCases);
    QVERIFY2(one->parity.ok && one->parity.maxAbs < 1e-5, std::to_string(one->parity.maxAbs).c_str());
    QCOMPARE(serving(), std::vector<std::string>{"toy:1"});
    const auto two = push(2);
    QVERIFY2(two && two->state == "live" && two->parity.ok, stateOf(two).c_str());
    QCOMPARE(serving(), std::vector<std::string>{"toy:2"});
    const auto back = serve::rollback(*m_house->workspace, m_target, "bo");
    QVERIFY2(back && back->state == "live" && back->parity.cases == test::kCases, stateOf(back).c_str());
    QCOMPARE(serving(), std::vector<std::string>{"toy:1"});
    QCOMPARE(*models::verifyAudit(*m_house->workspace), std::int64_t(0));
}

/// The version lies there already with the right model and a script that answers wrongly: only the golden inputs can tell.
void TestTriton::spoilAhead(const models::ModelRow& model) {
    const auto toy = m_house->path("repository/toy"), version = toy / std::to_string(model.version);
    fs::create_directories(version);
    for (const char* file : {"model.onnx", "manifest.json"}) fs::copy_file(model.folder / file, version / file);
    const auto script = test::TritonServer::spoiled(*base::readFile(toy / "1" / "model.py"));
    const auto config = serve::tritonConfig("toy", model.version, model.folder, *serve::findBackend("python"));
    QVERIFY(base::writeFileAtomically(version / "model.py", script).has_value());
    QVERIFY(base::writeFileAtomically(version / "config.pbtxt", *config).has_value());
}

void TestTriton::wrongAnswersBringTheOldBack() {
    const auto model = *m_house->approved(3);
    spoilAhead(model);
    const auto failed = serve::push(*m_house->workspace, *m_house->engine, model, m_target, "ana", {}, {});
    QVERIFY(failed.has_value());
    QCOMPARE(failed->state, std::string("failed"));
    QVERIFY2(!failed->parity.ok && failed->parity.maxAbs > 0.9, stateOf(failed).c_str());
    QCOMPARE(serving(), std::vector<std::string>{"toy:1"});
}

void TestTriton::aModelThatCannotBeLoadedBringsTheOldBack() {
    const auto model = *m_house->approved(4);
    spoilAhead(model);
    const auto script = m_house->path("repository/toy") / std::to_string(model.version) / "model.py";
    QVERIFY(base::writeFileAtomically(script, "raise RuntimeError('worn out')\n").has_value());
    const auto failed = serve::push(*m_house->workspace, *m_house->engine, model, m_target, "ana", {}, {});
    QVERIFY(failed.has_value());
    QCOMPARE(failed->state, std::string("failed"));
    QVERIFY2(failed->message.find("worn out") != std::string::npos, failed->message.c_str());
    QCOMPARE(serving(), std::vector<std::string>{"toy:1"});
}

void TestTriton::cleanupTestCase() {
    m_server.stop();
}

LATHE_TOY_MAIN(TestTriton)
#include "tst_triton.moc"
