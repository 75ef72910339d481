// The records of runs against a folder that this test writes as an engine would: log, lock, report.
#include <QElapsedTimer>
#include <QTest>
#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

#include "core/base/files.h"
#include "core/base/time.h"
#include "core/runs/runs.h"
#include "tests/support/sample_set.h"

using namespace lathe;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using runs::RunState;

namespace {

void say(runs::EventWriter& writer, const Json& event) {
    QVERIFY(writer.event(event));
}

/// What an engine leaves behind, up to `epochs` of 3.
void work(runs::EventWriter& writer, int epochs) {
    say(writer, {{"kind", "state"}, {"state", "running"}});
    say(writer, {{"kind", "plan"}, {"epochs", 3}});
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        for (int i = 0; i < 10; ++i) writer.metric("train/loss", {epoch * 10 + i, epoch - 1 + i / 10.0, base::now(), 1.0 / epoch});
        say(writer, {{"kind", "epoch"},
                     {"epoch", epoch},
                     {"epochs", 3},
                     {"metrics", {{"val/accuracy", epoch / 4.0}}},
                     {"best", {{"epoch", epoch}, {"metric", "accuracy"}, {"value", epoch / 4.0}}}});
    }
}

}  // namespace

class TestRuns : public QObject {
    Q_OBJECT
private:
    base::TempFolder m_root;
    std::shared_ptr<store::Workspace> m_workspace;

private Q_SLOTS:
    void initTestCase() {
        m_workspace = test::makeSampleWorkspace(m_root.path(), 10);
        QVERIFY(m_workspace);
    }

    void aRunIsMadeWithItsFolder() {
        runs::RunSpec spec;
        spec.epochs = 3;
        const auto run = runs::createRun(*m_workspace, spec, "ana");
        QVERIFY2(run, run ? "" : run.error().message.c_str());
        QCOMPARE(run->state, RunState::Queued);
        QCOMPARE(run->author, std::string("ana"));
        QVERIFY(!run->snapshot.empty() && !run->snapshotName.empty());
        const runs::RunFolder folder(run->folder);
        QVERIFY(fs::exists(folder.spec()) && fs::exists(folder.manifest()));
        QCOMPARE(folder.readSpec()->snapshot, run->snapshot);
        QCOMPARE(runs::refresh(*m_workspace, run->id)->state, RunState::Queued);
        spec.snapshot = "nothing";
        QCOMPARE(runs::createRun(*m_workspace, spec, "ana").error().code, ErrorCode::NotFound);
    }

    void statesFollowLogAndLock() {
        const auto run = runs::createRun(*m_workspace, {}, "ana");
        const runs::RunFolder folder(run->folder);
        auto writer = runs::EventWriter::open(folder.events());
        {
            const auto lock = folder.takeLock();
            work(*writer, 2);
            const auto now = runs::refresh(*m_workspace, run->id);
            QCOMPARE(now->state, RunState::Running);
            QCOMPARE(now->metrics.at("accuracy"), 0.5);
            QCOMPARE(now->epochs, 3);
            QCOMPARE(now->best.value, 0.5);
            QCOMPARE(runs::deleteRun(*m_workspace, run->id).error().code, ErrorCode::Locked);
            QCOMPARE(runs::launch(*run, true).error().code, ErrorCode::Locked);
        }
        const auto died = runs::refresh(*m_workspace, run->id);
        QCOMPARE(died->state, RunState::Died);
        QVERIFY(died->message.find("resume") != std::string::npos);
        QVERIFY(base::writeJson(folder.report(), {{"metrics", {{"accuracy", 0.75}}}, {"seconds", 12.5}}));
        say(*writer, {{"kind", "state"}, {"state", "finished"}});
        const auto finished = runs::refresh(*m_workspace, run->id);
        QCOMPARE(finished->state, RunState::Finished);
        QCOMPARE(finished->metrics.at("accuracy"), 0.75);
        QCOMPARE(finished->seconds, 12.5);
        const auto revision = m_workspace->revision();
        QVERIFY(runs::refresh(*m_workspace, run->id));
        QCOMPARE(m_workspace->revision().records, revision.records);  // nothing new: nothing written
        QVERIFY(runs::deleteRun(*m_workspace, run->id));
        QVERIFY(!fs::exists(run->folder));
    }

    void runsAreFoundByWhatPeopleWrite() {
        runs::RunSpec spec;
        spec.name = "first one";
        const auto a = runs::createRun(*m_workspace, spec, "ana");
        std::this_thread::sleep_for(1100ms);  // ids are in order of the second
        spec.name = "second one";
        const auto b = runs::createRun(*m_workspace, spec, "ana");
        QCOMPARE(runs::findRun(*m_workspace, "last")->id.value, b->id.value);
        QCOMPARE(runs::findRun(*m_workspace, "first one")->id.value, a->id.value);
        QCOMPARE(runs::findRun(*m_workspace, a->id.value)->id.value, a->id.value);
        QCOMPARE(runs::findRun(*m_workspace, a->id.value.substr(0, 19))->id.value, a->id.value);
        QCOMPARE(runs::findRun(*m_workspace, "20").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(runs::findRun(*m_workspace, "zebra").error().code, ErrorCode::NotFound);
        QCOMPARE(runs::runs(*m_workspace)->front().id.value, b->id.value);
    }

    void aCopiedFolderIsAdopted() {
        const auto run = runs::createRun(*m_workspace, {}, "ana");
        const fs::path copy = m_root.path() / "elsewhere" / "run-of-a-friend";
        fs::create_directories(copy.parent_path());
        fs::copy(run->folder, copy, fs::copy_options::recursive);
        const auto adopted = runs::adoptRun(*m_workspace, copy);
        QVERIFY2(adopted, adopted ? "" : adopted.error().message.c_str());
        QCOMPARE(adopted->id.value, std::string("run-of-a-friend"));
        QCOMPARE(runs::adoptRun(*m_workspace, copy).error().code, ErrorCode::AlreadyExists);
        QVERIFY(runs::deleteRun(*m_workspace, adopted->id));
        QVERIFY(fs::exists(copy));
    }

    void theFollowerDeliversEverythingAndNoticesDeath() {
        const auto run = runs::createRun(*m_workspace, {}, "ana");
        const runs::RunFolder folder(run->folder);
        std::mutex mutex;
        std::size_t points = 0, events = 0, restarts = 0;
        std::atomic<RunState> state = RunState::Queued;
        const runs::RunFollower follower(folder, [&](const runs::RunFollower::Batch& batch) {
            const std::lock_guard guard(mutex);
            if (batch.restarted) points = events = 0, ++restarts;
            for (const auto& [series, more] : batch.metrics) points += more.size();
            events += batch.events.size();
            state = batch.state;
        });
        auto lock = std::make_unique<Result<base::FileLock>>(folder.takeLock());
        auto writer = runs::EventWriter::open(folder.events());
        work(*writer, 2);
        const auto checkpoint = writer->offset();
        work(*writer, 1);
        const auto counted = [&] {
            const std::lock_guard guard(mutex);
            return std::pair(points, events);
        };
        QTRY_COMPARE_WITH_TIMEOUT(counted(), (std::pair<std::size_t, std::size_t>(30, 7)), 1000);
        QTRY_COMPARE_WITH_TIMEOUT(state.load(), RunState::Running, 1000);
        QVERIFY(writer->truncate(checkpoint));
        QTRY_COMPARE_WITH_TIMEOUT(counted(), (std::pair<std::size_t, std::size_t>(20, 4)), 1000);
        QElapsedTimer timer;
        timer.start();
        lock.reset();
        QTRY_COMPARE_WITH_TIMEOUT(state.load(), RunState::Died, 2000);
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    }

    void anEngineThatCantStartIsSaidWithItsWords() {
        const fs::path engine = m_root.path() / "engine";
        std::ofstream(engine) << "#!/bin/sh\necho 'error while loading shared libraries: libtorch.so' >&2\nexit 127\n";
        fs::permissions(engine, fs::perms::owner_all);
        qputenv("LATHE_ENGINE", engine.c_str());
        const auto run = runs::createRun(*m_workspace, {}, "ana");
        const auto pid = runs::launch(*run, false);
        QVERIFY(pid && *pid > 0);
        QTRY_COMPARE_WITH_TIMEOUT(runs::refresh(*m_workspace, run->id)->state, RunState::Died, 3000);
        QVERIFY(runs::refresh(*m_workspace, run->id)->message.find("libtorch.so") != std::string::npos);
        qputenv("LATHE_ENGINE", "/nowhere/engine");
        QCOMPARE(runs::launch(*run, false).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestRuns)
#include "tst_runs.moc"
