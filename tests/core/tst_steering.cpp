// What the workbench does to steer runs, without an engine: histories of specs, edits, headers of checkpoints, the queue.
#include <QElapsedTimer>
#include <QTest>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/runs/checkpoints.h"
#include "core/runs/live_edit.h"
#include "core/runs/run_queue.h"
#include "core/runs/run_state.h"
#include "tests/support/sample_set.h"

using namespace lathe;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using runs::RunFolder;
using runs::RunRow;
using runs::RunState;

namespace {

runs::RunSpec resolvedSpec() {
    runs::RunSpec spec;
    spec.epochs = 10, spec.optimizer.lr = 0.1;
    spec.schedule.options = {{"floor", 0.25}};
    return spec;
}

/// A safetensors file of one tensor of four bytes.
void writeCheckpointFile(const fs::path& file, const Json& state, const std::string& extra = {}) {
    Json header = {{"__metadata__", {{"lathe", state.dump()}}},
                   {"random/cpu", {{"dtype", "U8"}, {"shape", {4}}, {"data_offsets", {0, 4}}}}};
    if (state.is_null()) header.erase("__metadata__");
    const std::string text = header.dump();
    const std::uint64_t length = text.size();
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << std::string(reinterpret_cast<const char*>(&length), 8) << text << "abcd" << extra;
}

}  // namespace

class TestSteering : public QObject {
    Q_OBJECT
private:
    base::TempFolder m_root;
    std::shared_ptr<store::Workspace> m_workspace;
    fs::path m_trace;  ///< what the stand-in for the engine was asked for: a line when it starts, one when it ends

    RunRow made(const std::string& name, const std::string& device = "cpu") {
        runs::RunSpec spec;
        spec.name = name, spec.device = device, spec.snapshot = "v1";
        const auto row = runs::createRun(*m_workspace, spec, "ana");
        if (!row) qFatal("%s", row.error().text().c_str());
        return *row;
    }
    /// An engine that notes its beginning and end and lasts `seconds`.
    void useEngine(const std::string& seconds) {
        const fs::path engine = m_root.path() / "engine";
        std::ofstream(engine) << "#!/bin/sh\necho \"start $2\" >> " << m_trace << "\nsleep " << seconds << "\necho \"end $2\" >> "
                              << m_trace << '\n';
        fs::permissions(engine, fs::perms::owner_all);
        qputenv("LATHE_ENGINE", engine.c_str());
    }
    /// "start A", "end A", … by the names of the runs.
    std::vector<std::string> trace(const std::vector<RunRow>& rows) const {
        std::vector<std::string> lines;
        std::ifstream in(m_trace);
        for (std::string word, folder; in >> word >> folder;)
            for (const RunRow& row : rows)
                if (row.folder == fs::path(folder)) lines.push_back(word + " " + row.name);
        return lines;
    }
    std::vector<std::string> waiting() const {
        std::vector<std::string> names;
        const auto state = runs::queueState(*m_workspace);
        for (const RunId& id : state->runs) names.push_back(runs::findRun(*m_workspace, id.value)->name);
        return names;
    }

private Q_SLOTS:
    void initTestCase() {
        m_workspace = test::makeSampleWorkspace(m_root.path(), 10);
        QVERIFY(m_workspace);
        QVERIFY(data::takeSnapshot(*m_workspace, "v1", {}, "ana"));
        m_trace = m_root.path() / "trace";
    }
    void init() { std::ofstream(m_trace, std::ios::trunc); }

    void aHistoryGoesThereAndBack() {
        runs::RunSpec spec = resolvedSpec();
        const std::string before = runs::toJson(spec).dump();
        const Json asked[] = {{{"optimizer.lr", 0.01}, {"epochs", 20}},
                              {{"schedule.name", "step"}, {"schedule.every", 4}},
                              {{"optimizer.lr", 0.1 + 0.2}, {"checkpoints.keep_every", 5}, {"early_stop", 3}}};
        std::int64_t step = 10;
        for (const Json& changes : asked) {
            auto after = runs::edited(spec, changes);
            QVERIFY2(after, after ? "" : after.error().text().c_str());
            after->history.push_back({"id", "ana", 1.5, step++, 0.5, runs::liveChanges(spec, *after)});
            spec = *after;
        }
        QCOMPARE(spec.schedule.number(runs::Seam::Schedule, "factor"), 0.1);
        QCOMPARE(spec.history[1].changes["schedule.floor"].dump(), std::string("[0.25,null]"));
        QCOMPARE(spec.history[1].changes["schedule.factor"].dump(), std::string("[null,0.1]"));
        const auto back = runs::runSpecFromJson(Json::parse(runs::toJson(spec).dump()));
        QVERIFY2(back, back ? "" : back.error().text().c_str());
        QCOMPARE(runs::toJson(*back).dump(), runs::toJson(spec).dump());
        auto start = runs::startOf(*back);
        QVERIFY(start);
        QCOMPARE(start->history.size(), std::size_t(3));
        QCOMPARE(runs::toJson(*runs::endOf(*start)).dump(), runs::toJson(spec).dump());
        QCOMPARE(runs::toJson(runs::withoutPast(*start)).dump(), before);
        const auto middle = runs::afterEdits(spec, 1);
        QCOMPARE(middle->epochs, 20);
        QCOMPARE(middle->schedule.name, std::string("cosine"));
        QCOMPARE(middle->history.size(), std::size_t(1));
    }

    void wrongEditsAndHistoriesAreSaid_data() {
        QTest::addColumn<QString>("changes");
        QTest::addColumn<QString>("words");
        QTest::newRow("not live") << R"({"batch": 8})"
                                  << "batch can't be changed while a run goes on; what can be: optimizer.lr";
        QTest::newRow("type") << R"({"optimizer.lr": "big"})"
                              << "optimizer.lr";
        QTest::newRow("range") << R"({"optimizer.weight_decay": -1})"
                               << "a number from 0 to 1000";
        QTest::newRow("auto rate") << R"({"optimizer.lr": 0})"
                                   << "above 0";
        QTest::newRow("auto epochs") << R"({"epochs": 0})"
                                     << "above 0";
        QTest::newRow("choice") << R"({"schedule.name": "zigzag"})"
                                << "one of cosine";
        QTest::newRow("another's option") << R"({"schedule.every": 3})"
                                          << "the schedule cosine has no every; known here: name, warmup_epochs, floor";
        QTest::newRow("null") << R"({"epochs": null})"
                              << "above 0";
        QTest::newRow("same") << R"({"epochs": 10})"
                              << "already";
        QTest::newRow("nothing") << R"({})"
                                 << "KEY=VALUE";
        QTest::newRow("no object") << R"([1])"
                                   << "KEY=VALUE";
    }
    void wrongEditsAndHistoriesAreSaid() {
        QFETCH(QString, changes);
        QFETCH(QString, words);
        const auto after = runs::edited(resolvedSpec(), Json::parse(changes.toStdString()));
        QVERIFY(!after);
        QVERIFY2(after.error().text().find(words.toStdString()) != std::string::npos, after.error().text().c_str());
        QCOMPARE(after.error().code, ErrorCode::InvalidArgument);
    }
    void wrongPastsOfSpecsAreSaid() {
        const auto words = [](const char* key, const char* value) {
            Json json = runs::toJson(resolvedSpec());
            json[key] = Json::parse(value);
            const auto read = runs::runSpecFromJson(json);
            return read ? std::string("read") : read.error().text();
        };
        QVERIFY(words("history", R"({"a": 1})").find("list of edits") != std::string::npos);
        QVERIFY(words("history", R"([{"step": -1}])").find("history.0.step") != std::string::npos);
        QVERIFY(words("history", R"([{"changes": {"model.name": ["a", "b"]}}])").find("history.0.changes") != std::string::npos);
        QVERIFY(words("history", R"([{"changes": {"epochs": 3}}])").find("history.0.changes") != std::string::npos);
        QVERIFY(words("history", R"([{"step": 5}, {"step": 4}])").find("history.1") != std::string::npos);
        QVERIFY(words("parent", R"({"resumes": 1})").find("parent.resumes") != std::string::npos);
        QVERIFY(words("parent", R"({"mother": 1})").find("parent.mother") != std::string::npos);
        QCOMPARE(words("parent", R"({"run": "a", "checkpoint": "last", "step": 4})"), std::string("read"));
    }

    void aRunThatWaitsIsEditedInItsSpec() {
        const RunRow row = made("waits");
        const auto done = runs::editRun(*m_workspace, row, {"lr=0.5", "batch=8", "model.name=resnet18", "name=renamed"}, "ana");
        QVERIFY2(done, done ? "" : done.error().text().c_str());
        QVERIFY(done->applied);
        QCOMPARE(done->changes["batch"].dump(), std::string("[0,8]"));
        QCOMPARE(RunFolder(row.folder).readSpec()->optimizer.lr, 0.5);
        QCOMPARE(RunFolder(row.folder).readSpec()->history.size(), std::size_t(0));
        QCOMPARE(runs::findRun(*m_workspace, "renamed")->model, std::string("resnet18"));
        QCOMPARE(runs::editRun(*m_workspace, row, {"snapshot=v2"}, "ana").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(runs::editRun(*m_workspace, row, {"batch=-8"}, "ana").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(runs::editRun(*m_workspace, row, {"batch"}, "ana").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(RunFolder(row.folder).readSpec()->batch, 8);
    }

    void editsWaitInOrder() {
        const RunRow row = made("edits");
        const RunFolder folder(row.folder);
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&, i] { (void)runs::requestEdit(folder, {{"epochs", 10 + i}}, "ana").value(); });
        for (auto& thread : threads) thread.join();
        const std::string last = runs::requestEdit(folder, {{"epochs", 99}}, "ben").value();
        const auto waiting = runs::waitingEdits(folder);
        QCOMPARE(waiting.size(), std::size_t(5));
        QCOMPARE(waiting.back().id, last);
        QCOMPARE(waiting.back().changes["epochs"].get<int>(), 99);
        QCOMPARE(waiting.back().file.filename().string(), std::string("0005.json"));
        std::ofstream(folder.edits() / "0006.json") << R"({"id": 7, "changes": {}})";
        QVERIFY(runs::waitingEdits(folder).back().changes.is_null());
    }

    void headersOfCheckpointsAreRead() {
        const RunFolder folder(made("kept").folder);
        QCOMPARE(runs::findCheckpoint(folder, "last").error().code, ErrorCode::NotFound);
        const Json state = {{"epoch", 4}, {"step", 60}, {"best_epoch", 3}, {"metric", {{"name", "accuracy"}, {"value", 0.5}}}};
        for (const char* name : {"last", "best", "epoch-0012", "epoch-0002", "epoch-x", "other"})
            writeCheckpointFile(folder.checkpoints() / (std::string(name) + ".safetensors"), state);
        writeCheckpointFile(folder.checkpoints() / "epoch-0003.safetensors", state, "more");
        writeCheckpointFile(folder.checkpoints() / "epoch-0004.safetensors", Json());
        std::ofstream(folder.checkpoints() / "epoch-0005.safetensors") << "short";
        const auto rows = runs::checkpoints(folder);
        std::vector<std::string> names;
        for (const auto& row : rows) names.push_back(row.name);
        QCOMPARE(names, (std::vector<std::string>{"best", "last", "epoch:2", "epoch:3", "epoch:4", "epoch:5", "epoch:12"}));
        QCOMPARE(rows[0].epoch, 3);
        QVERIFY(rows[1].epoch == 4 && rows[1].step == 60 && rows[1].everything && rows[1].value == 0.5);
        QVERIFY(rows[3].problem.find("damaged") != std::string::npos);
        QVERIFY(rows[4].problem.find("weights alone") != std::string::npos);
        QVERIFY(rows[5].problem.find("too short") != std::string::npos);
        QCOMPARE(runs::findCheckpoint(folder, "epoch:3").error().code, ErrorCode::Corrupt);
        QCOMPARE(runs::findCheckpoint(folder, "epoch:12")->step, std::int64_t(60));
    }

    void theQueueKeepsItsOrder() {
        std::vector<RunRow> rows;
        for (const char* name : {"a", "b", "c", "d"}) {
            rows.push_back(made(name));
            QVERIFY(runs::enqueue(*m_workspace, rows.back()));
        }
        QVERIFY(runs::enqueue(*m_workspace, rows[0]));  // twice is once
        using Names = std::vector<std::string>;
        QCOMPARE(waiting(), (Names{"a", "b", "c", "d"}));
        QVERIFY(runs::moveQueued(*m_workspace, rows[3].id, runs::QueueMove::Front));
        QCOMPARE(waiting(), (Names{"d", "a", "b", "c"}));
        QVERIFY(runs::moveQueued(*m_workspace, rows[0].id, runs::QueueMove::Down));
        QVERIFY(runs::moveQueued(*m_workspace, rows[2].id, runs::QueueMove::Up));
        QCOMPARE(waiting(), (Names{"d", "b", "c", "a"}));
        QVERIFY(runs::moveQueued(*m_workspace, rows[1].id, runs::QueueMove::Back));
        QVERIFY(runs::moveQueued(*m_workspace, rows[3].id, runs::QueueMove::Up));  // the first stays the first
        QCOMPARE(waiting(), (Names{"d", "c", "a", "b"}));
        QVERIFY(runs::cancelQueued(*m_workspace, rows[2].id));
        QCOMPARE(runs::findRun(*m_workspace, "c")->state, RunState::Stopped);
        QVERIFY(runs::findRun(*m_workspace, "c")->message.find("queue") != std::string::npos);
        QCOMPARE(runs::cancelQueued(*m_workspace, rows[2].id).error().code, ErrorCode::NotFound);
        QCOMPARE(runs::moveQueued(*m_workspace, rows[2].id, runs::QueueMove::Up).error().code, ErrorCode::NotFound);
        QVERIFY(runs::enqueue(*m_workspace, rows[2]));
        QCOMPARE(runs::findRun(*m_workspace, "c")->state, RunState::Queued);
        QVERIFY(runs::deleteRun(*m_workspace, rows[0].id));
        QCOMPARE(waiting(), (Names{"d", "b", "c"}));
        QVERIFY(!runs::queueState(*m_workspace)->driven);
        QCOMPARE(runs::setQueueSlots(*m_workspace, 0).error().code, ErrorCode::InvalidArgument);
        for (const std::size_t i : {1, 2, 3}) QVERIFY(runs::cancelQueued(*m_workspace, rows[i].id));
    }

    void runsAreStartedOneAfterTheOther() {
        useEngine("0.4");
        std::vector<RunRow> rows;
        for (const char* name : {"first", "second", "third"}) {
            rows.push_back(made(name));
            QVERIFY(runs::enqueue(*m_workspace, rows.back()));
        }
        std::mutex mutex;
        std::vector<RunId> started;
        const auto tell = [&](const runs::QueueDriver::News& news) {
            const std::lock_guard lock(mutex);
            started.insert(started.end(), news.started.begin(), news.started.end());
        };
        {
            const runs::QueueDriver driver(m_workspace, tell), standBy(m_workspace, tell);
            QTRY_VERIFY_WITH_TIMEOUT(runs::queueState(*m_workspace)->driven, 3000);
            QTRY_COMPARE_WITH_TIMEOUT(trace(rows).size(), std::size_t(6), 20000);
        }
        QCOMPARE(trace(rows),
                 (std::vector<std::string>{"start first", "end first", "start second", "end second", "start third", "end third"}));
        QCOMPARE(started.size(), std::size_t(3));
        QVERIFY(waiting().empty());
        // This engine ends without a word, so the run has died: it may go on when its turn comes.
        QTRY_VERIFY_WITH_TIMEOUT(!runs::liveness(RunFolder(rows[0].folder)).alive, 5000);
        QVERIFY(runs::enqueue(*m_workspace, rows[0]));
        QCOMPARE(runs::findRun(*m_workspace, "first")->state, RunState::Queued);
        QCOMPARE(runs::driveQueueOnce(*m_workspace)->started, std::vector<RunId>{rows[0].id});
        QCOMPARE(runs::enqueue(*m_workspace, rows[0]).error().code, ErrorCode::InvalidArgument);  // it goes on
        QTRY_COMPARE_WITH_TIMEOUT(trace(rows).size(), std::size_t(8), 20000);
    }

    void slotsAreOfADevice() {
        useEngine("1");
        const std::vector<RunRow> rows = {made("one", "cpu"), made("two", "cpu"), made("card", "cuda:0"), made("any", "auto")};
        for (const RunRow& row : rows) QVERIFY(runs::enqueue(*m_workspace, row));
        const auto news = runs::driveQueueOnce(*m_workspace);
        QVERIFY(news);
        QCOMPARE(news->started.size(), std::size_t(2));
        QCOMPARE(waiting(), (std::vector<std::string>{"two", "any"}));
        QVERIFY(runs::setQueueSlots(*m_workspace, 2));
        QCOMPARE(runs::driveQueueOnce(*m_workspace)->started.size(), std::size_t(1));
        QVERIFY(runs::cancelQueued(*m_workspace, rows[3].id));
        QVERIFY(runs::setQueueSlots(*m_workspace, 1));
        QTRY_COMPARE_WITH_TIMEOUT(trace(rows).size(), std::size_t(6), 10000);
    }

    void aFailureDoesNotHoldUpTheNext() {
        useEngine("0.1");
        const RunRow bad = made("bad"), good = made("good"), gone = made("gone");
        for (const RunRow& row : {bad, gone, good}) QVERIFY(runs::enqueue(*m_workspace, row));
        fs::remove_all(bad.folder);
        fs::create_directories(bad.folder / "engine.log");  // nothing can be written there
        QVERIFY(runs::deleteRun(*m_workspace, gone.id));
        const auto news = runs::driveQueueOnce(*m_workspace);
        QVERIFY(news);
        QVERIFY(waiting().empty());
        QTRY_COMPARE_WITH_TIMEOUT(trace({good}), (std::vector<std::string>{"start good", "end good"}), 10000);
        const auto failed = runs::findRun(*m_workspace, "bad");
        QVERIFY2(failed->state == RunState::Failed || failed->state == RunState::Died,
                 std::string(runs::name(failed->state)).c_str());
    }

    void withoutAnEngineTheQueueWaits() {
        qputenv("LATHE_ENGINE", "/nowhere/engine");
        const RunRow row = made("patient");
        QVERIFY(runs::enqueue(*m_workspace, row));
        const auto news = runs::driveQueueOnce(*m_workspace);
        QVERIFY(news && !news->problem.empty());
        QCOMPARE(waiting(), std::vector<std::string>{"patient"});
        QVERIFY(runs::cancelQueued(*m_workspace, row.id));
    }

    void whatADriverLeftBehindIsCleanedUp() {
        // Killed between the start of a run and its leaving the queue.
        useEngine("0.2");
        const RunRow started = made("started"), next = made("next");
        for (const RunRow& row : {started, next}) QVERIFY(runs::enqueue(*m_workspace, row));
        QVERIFY(runs::launch(started, false));
        QCOMPARE(runs::driveQueueOnce(*m_workspace)->started.size(), std::size_t(0));
        QCOMPARE(waiting(), std::vector<std::string>{"next"});
        QTRY_COMPARE_WITH_TIMEOUT(trace({started}).size(), std::size_t(2), 10000);
        QTRY_VERIFY_WITH_TIMEOUT(!runs::liveness(RunFolder(started.folder)).alive, 5000);
        QCOMPARE(runs::driveQueueOnce(*m_workspace)->started, std::vector<RunId>{next.id});
        QTRY_COMPARE_WITH_TIMEOUT(trace({next}).size(), std::size_t(2), 10000);
        QCOMPARE(trace({started}).size(), std::size_t(2));
    }

    void aDamagedQueueIsSaid() {
        std::ofstream(m_workspace->layout().runs() / "queue.json") << R"({"runs": 5})";
        QVERIFY(runs::queueState(*m_workspace).error().message.find("no queue of runs") != std::string::npos);
        fs::remove(m_workspace->layout().runs() / "queue.json");
        QVERIFY(runs::queueState(*m_workspace)->runs.empty());
    }
};

QTEST_GUILESS_MAIN(TestSteering)
#include "tst_steering.moc"
