// labels: slow
// Runs that are steered while they go on: edits and their history, forks, checkpoints kept by rule. Numbers are held bit for bit.
#include <QTest>
#include <csignal>

#include "core/runs/fit_words.h"
#include "core/runs/fork.h"
#include "core/runs/live_edit.h"
#include "core/runs/reproduction.h"
#include "tests/engine/run_support.h"
#include "tests/support/sample_set.h"

using namespace testrun;
using namespace lathe;
using runs::RunFolder;
using runs::RunRow;

namespace {

const Json kSpec = {{"epochs", 6},
                    {"batch", 16},
                    {"seed", 3},
                    {"device", "cpu"},
                    {"threads", 1},
                    {"ema", 0.9},
                    {"optimizer", {{"name", "adamw"}, {"lr", 0.002}}},
                    {"augmentation", {{{"name", "shift"}, {"pixels", 2}}, {{"name", "mixup"}}}}};
constexpr int kSteps = 15;  // of an epoch: 240 images in batches of 16

#define QVERIFY_RESULT(result) QVERIFY2((result).has_value(), (result) ? "" : (result).error().text().c_str())

}  // namespace

class TestSteer : public QObject {
    Q_OBJECT
private:
    base::TempFolder m_root;
    std::shared_ptr<store::Workspace> m_workspace;
    fs::path m_straight;  ///< kSpec from the beginning to its end, keeping every second epoch

    RunRow made(const Json& overrides) {
        Json json = runs::toJson(runs::RunSpec());
        json.merge_patch(kSpec);
        json.merge_patch(overrides);
        const auto spec = runs::runSpecFromJson(json);
        if (!spec) qFatal("%s", spec.error().text().c_str());
        const auto row = runs::createRun(*m_workspace, *spec, "ana");
        if (!row) qFatal("%s", row.error().text().c_str());
        return *row;
    }
    static runs::RunSpec specOf(const fs::path& folder) {
        const auto spec = RunFolder(folder).readSpec();
        if (!spec) qFatal("%s", spec.error().text().c_str());
        return *spec;
    }
    static std::vector<std::string> differences(const fs::path& a, const fs::path& b) {
        return runs::differences(RunFolder(a), RunFolder(b)).value_or(std::vector<std::string>{"can't be read"});
    }
    /// The tail of `whole` after `step` and all of `part` are the same points of the series.
    static bool sameTail(const fs::path& whole, const fs::path& part, std::int64_t step) {
        const Log a = readLog(whole), b = readLog(part);
        for (const char* series : {"train/loss", "val/loss", "val/accuracy", "lr"}) {
            auto tail = valuesOf(a, series);
            std::erase_if(tail, [step](const auto& point) { return point.first <= step; });
            if (tail.empty() || tail != valuesOf(b, series)) return false;
        }
        return true;
    }

private Q_SLOTS:
    void initTestCase() {
        m_workspace = test::makeSampleWorkspace(m_root.path(), 200);
        QVERIFY(m_workspace);
        m_straight = made({{"checkpoints", {{"keep_every", 2}}}}).folder;
        const Ran ran = runEngine(m_straight);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
    }

    void aLiveRunTakesEditsAndItsHistoryRepeatsIt() {
        const RunRow row = made({{"epochs", 4000}});
        const RunFolder folder(row.folder);
        auto process = startUntil(row.folder, "train/loss", 20);
        QVERIFY(process->state() == QProcess::Running);
        const auto first = runs::editRun(
            *m_workspace, row,
            {"lr=0.004", "weight_decay=0.2", "clip=0.5", "schedule.name=step", "schedule.every=3", "schedule.factor=0.5"}, "ana",
            60);
        QVERIFY_RESULT(first);
        QVERIFY(first->applied && first->step > 0);
        QCOMPARE(first->changes["optimizer.lr"].dump(), std::string("[0.002,0.004]"));
        QCOMPARE(first->changes["schedule.floor"].dump(), std::string("[0.0,null]"));
        QVERIFY(folder.want("pause"));
        QTRY_COMPARE_WITH_TIMEOUT(readLog(row.folder).lastState(), std::string("paused"), 60000);
        const int done = int(readLog(row.folder).of("epoch").size());
        const auto second = runs::editRun(*m_workspace, row, {fmt::format("epochs={}", done + 3)}, "ben", 60);
        QVERIFY_RESULT(second);
        QVERIFY(second->applied);
        // What the workbench would not send is refused by the engine as well, and the run goes on.
        QVERIFY(runs::requestEdit(folder, {{"optimizer.lr", -1}}, "eve"));
        QVERIFY(runs::requestEdit(folder, {{"model.name", "resnet18"}}, "eve"));
        QVERIFY(runs::requestEdit(folder, {{"epochs", 1}}, "eve"));
        QVERIFY(base::writeFileAtomically(folder.edits() / "0009.json", "{torn"));
        QTRY_COMPARE_WITH_TIMEOUT(runs::waitingEdits(folder).size(), std::size_t(0), 20000);
        QVERIFY(folder.want("run"));
        QVERIFY(process->waitForFinished(300000));
        QCOMPARE(process->exitCode(), 0);

        const Log log = readLog(row.folder);
        QCOMPARE(log.of("epoch").size(), std::size_t(done + 3));
        QCOMPARE(log.of("edit").size(), std::size_t(6));
        QVERIFY(log.says("ana changed optimizer.lr from 0.002 to 0.004"));
        QVERIFY(log.says("an edit by eve is refused: the run spec's optimizer.lr -1 must be a number"));
        QVERIFY(log.says("model.name can't be changed while a run goes on"));
        QVERIFY(log.says("is no edit of a run"));
        for (const auto& [step, rate] : valuesOf(log, "lr"))
            if (step > first->step) QCOMPARE(rate, 0.004 * std::pow(0.5, std::floor(double(step - 1) / kSteps / 3)));
        const runs::RunSpec spec = specOf(row.folder);
        QCOMPARE(spec.history.size(), std::size_t(2));
        QCOMPARE(spec.history[1].author, std::string("ben"));
        QCOMPARE(spec.epochs, done + 3);
        QCOMPARE(runs::startOf(spec)->epochs, 4000);
        QCOMPARE(runs::startOf(spec)->schedule.name, std::string("cosine"));
        QCOMPARE(runs::editRun(*m_workspace, row, {"lr=0.1"}, "ana", 1).error().code, ErrorCode::InvalidArgument);

        const auto again = runs::repeatRun(*m_workspace, row, "ana");
        QVERIFY_RESULT(again);
        const Ran ran = runEngine(again->folder);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        QCOMPARE(differences(row.folder, again->folder), std::vector<std::string>());
        QCOMPARE(specOf(again->folder).history.size(), std::size_t(2));
        QCOMPARE(readLog(again->folder).of("edit").size(), std::size_t(2));
    }

    void killedAfterAnEditItIsMadeAgainAtItsStep() {
        const RunRow row = made({{"epochs", 4000}, {"schedule", {{"name", "plateau"}, {"patience", 0}, {"factor", 0.7}}}});
        auto process = startUntil(row.folder, "train/loss", kSteps + 4);
        QVERIFY(process->state() == QProcess::Running);
        const auto done = runs::editRun(*m_workspace, row, {"lr=0.001", "epochs=8"}, "ana", 60);
        QVERIFY_RESULT(done);
        ::kill(pid_t(process->processId()), SIGKILL);
        process->waitForFinished();
        const Json last = readJsonFile(RunFolder(row.folder).checkpoints() / "last.json");
        QVERIFY(last["step"].get<std::int64_t>() <= done->step);
        // One more while nobody is at work: it waits until the first is made again, then it is taken.
        const auto waits = runs::editRun(*m_workspace, row, {"clip=0.1", "epochs=9"}, "ben", 1);
        QVERIFY_RESULT(waits);
        QVERIFY(!waits->applied);
        const Ran ran = runEngine(row.folder, true);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        const runs::RunSpec spec = specOf(row.folder);
        QCOMPARE(spec.history.size(), std::size_t(2));
        QCOMPARE(spec.history[0].step, done->step);
        QVERIFY(spec.history[1].step >= done->step);
        QCOMPARE(spec.epochs, 9);
        const auto again = runs::repeatRun(*m_workspace, row, "ana");
        QVERIFY_RESULT(again);
        auto second = startUntil(again->folder, "train/loss", std::size_t(spec.history[1].step) + 20);
        if (second->state() == QProcess::Running) ::kill(pid_t(second->processId()), SIGKILL);
        second->waitForFinished();
        QCOMPARE(runEngine(again->folder, true).status, 0);
        QCOMPARE(differences(row.folder, again->folder), std::vector<std::string>());
    }

    void checkpointsAreKeptByRule() {
        const auto rows = runs::checkpoints(RunFolder(m_straight));
        std::vector<std::string> names;
        for (const auto& row : rows) names.push_back(row.name);
        QCOMPARE(names, (std::vector<std::string>{"best", "last", "epoch:2", "epoch:4", "epoch:6"}));
        QCOMPARE(rows[3].step, std::int64_t(4 * kSteps));
        QVERIFY(rows[3].everything && !rows[0].everything);
        QCOMPARE(rows[3].metric, std::string("accuracy"));
        QCOMPARE(*rows[3].value, valuesOf(readLog(m_straight), "val/accuracy")[3].second);
        QVERIFY(rows[3].bytes > 1000);
    }

    void aForkFromACheckpointOfAnEpochGoesOnExactly() {
        const auto parent = runs::findRun(*m_workspace, m_straight.filename().string());
        QVERIFY_RESULT(parent);
        const auto fork = runs::forkRun(*m_workspace, *parent, {"epoch:4", {}, {}, "from four"}, "ana");
        QVERIFY_RESULT(fork);
        QCOMPARE(fork->name, std::string("from four"));
        const auto origin = runs::parentOf(*fork);
        QVERIFY(origin && origin->resumes);
        QCOMPARE(origin->run, parent->id.value);
        QCOMPARE(origin->step, std::int64_t(4 * kSteps));
        const Ran ran = runEngine(fork->folder);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        QVERIFY(sameTail(m_straight, fork->folder, std::int64_t(4) * kSteps));
        const auto again = runs::repeatRun(*m_workspace, *fork, "ana");
        QVERIFY_RESULT(again);
        QCOMPARE(runEngine(again->folder).status, 0);
        QCOMPARE(differences(fork->folder, again->folder), std::vector<std::string>());
    }

    void aForkOfAStoppedRunGoesOnInTheMiddleOfItsEpoch() {
        const RunRow row = made({{"epochs", 200}});
        auto process = startUntil(row.folder, "train/loss", 2 * kSteps + 6);
        QVERIFY(RunFolder(row.folder).want("stop"));
        QVERIFY(process->waitForFinished(60000));
        QCOMPARE(process->exitCode(), 130);
        const auto last = runs::findCheckpoint(RunFolder(row.folder), "last");
        QVERIFY_RESULT(last);
        const std::string epochs = fmt::format("epochs={}", last->epoch + 3);
        const auto fork = runs::forkRun(*m_workspace, row, {"last", {epochs}, {}, {}}, "ana");
        QVERIFY_RESULT(fork);
        QVERIFY(runs::parentOf(*fork)->resumes);
        QCOMPARE(runEngine(fork->folder).status, 0);
        // The parent itself, told the same and resumed.
        const auto edit = runs::editRun(*m_workspace, row, {epochs}, "ana", 1);
        QVERIFY_RESULT(edit);
        QCOMPARE(runEngine(row.folder, true).status, 0);
        QVERIFY(sameTail(row.folder, fork->folder, last->step));
        QCOMPARE(numbersOf(row.folder)["metrics"].dump(), numbersOf(fork->folder)["metrics"].dump());
        QCOMPARE(readJsonFile(row.folder / "predictions.json").dump(), readJsonFile(fork->folder / "predictions.json").dump());
    }

    void aForkFromTheBestStartsAnew() {
        const auto parent = runs::findRun(*m_workspace, m_straight.filename().string());
        const auto fork = runs::forkRun(*m_workspace, *parent, {"best", {"optimizer.lr=0.0005"}, 2, {}}, "ana");
        QVERIFY_RESULT(fork);
        QVERIFY(!runs::parentOf(*fork)->resumes);
        QCOMPARE(runEngine(fork->folder).status, 0);
        const Log log = readLog(fork->folder);
        QCOMPARE(log.of("epoch").size(), std::size_t(2));
        QCOMPARE(log.of("fork").size(), std::size_t(1));
        QVERIFY(valuesOf(log, "train/loss").front().second < valuesOf(readLog(m_straight), "train/loss").front().second);
    }

    void whatCantBeForkedIsSaid() {
        const auto parent = runs::findRun(*m_workspace, m_straight.filename().string());
        const auto code = [&](const runs::ForkOptions& options) {
            const auto fork = runs::forkRun(*m_workspace, *parent, options, "ana");
            return fork ? std::string("forked") : fork.error().text();
        };
        QVERIFY(code({"last", {}, {}, {}}).find("6 of 6 epochs are done") != std::string::npos);
        QVERIFY(code({"epoch:3", {}, {}, {}}).find("there are best, last, epoch:2") != std::string::npos);
        QVERIFY(code({"epoch:4", {"task=detect"}, {}, {}}).find("can't change") != std::string::npos);
        QVERIFY(code({"epoch:4", {"optimizer.lr=big"}, {}, {}}).find("optimizer.lr") != std::string::npos);
        const std::size_t before = runs::runs(*m_workspace)->size();
        const fs::path file = RunFolder(m_straight).checkpoints() / "epoch-0002.safetensors";
        const std::string bytes = *base::readFile(file);
        QVERIFY(base::writeFileAtomically(file, std::string_view(bytes).substr(0, bytes.size() - 5)));
        QVERIFY(code({"epoch:2", {}, {}, {}}).find("the checkpoint is damaged") != std::string::npos);
        QVERIFY(base::writeFileAtomically(file, bytes));
        const RunRow other = made({{"model", {{"name", "resnet18"}}}, {"epochs", 1}});
        fs::create_directories(RunFolder(other.folder).checkpoints());
        fs::copy_file(file, RunFolder(other.folder).checkpoints() / "last.safetensors");
        const auto foreign = runs::forkRun(*m_workspace, other, {"last", {}, {}, {}}, "ana");
        QVERIFY(!foreign && foreign.error().message.find("another run's") != std::string::npos);
        QCOMPARE(runs::runs(*m_workspace)->size(), before + 1);
    }

    void aForkWhoseStartWasDamagedIsRefusedByTheEngine() {
        const auto parent = runs::findRun(*m_workspace, m_straight.filename().string());
        const auto fork = runs::forkRun(*m_workspace, *parent, {"epoch:4", {}, {}, {}}, "ana");
        QVERIFY_RESULT(fork);
        const fs::path file = runs::startCheckpoint(RunFolder(fork->folder));
        std::string bytes = *base::readFile(file);
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
        QVERIFY(base::writeFileAtomically(file, bytes));
        const Ran ran = runEngine(fork->folder);
        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.errors.contains("damaged or another one"), qPrintable(ran.errors));
        QCOMPARE(readLog(fork->folder).lastState(), std::string("failed"));
    }

    void aRealRunsCurvesGiveWords() {
        const auto data = runs::readRun(RunFolder(m_straight));
        QVERIFY_RESULT(data);
        const runs::FitCurves curves = runs::fitCurves(*data, "classify");
        QCOMPARE(curves.epochs.size(), std::size_t(6));
        QCOMPARE(curves.valImages, 80);
        QCOMPARE(curves.classes, 2);
        QCOMPARE(curves.planned, 6);
        const auto found = runs::fitFindings(curves);
        QVERIFY(!found.empty());
        for (const auto& one : found) {
            const std::string words = runs::inWords(one);
            QVERIFY2(words.size() > 20 && words.find('{') == std::string::npos, words.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestSteer)
#include "tst_steer.moc"
