// labels: slow
// lathe-engine run on real folders: the same numbers twice, after kill -9, after pause and stop; bad data in words.
#include <QElapsedTimer>
#include <QTest>
#include <csignal>

#include "core/base/files.h"
#include "tests/engine/run_support.h"

using namespace testrun;
using lathe::base::TempFolder;

namespace {

const std::vector<std::string> kShapes = {"disc", "square", "bar"};
const Json kSpec = {{"epochs", 6},  {"batch", 16},
                    {"seed", 3},    {"device", "cpu"},
                    {"threads", 2}, {"augmentation", {{{"name", "shift"}, {"pixels", 2}}, {{"name", "flip"}, {"p", 0.5}}}}};

fs::path makeRun(const fs::path& root, const std::string& name, const std::vector<Line>& lines, const Json& spec = kSpec) {
    fs::path folder = root / "runs" / name;
    fs::create_directories(folder);
    writeManifest(folder, kShapes, lines);
    writeSpec(folder, spec);
    return folder;
}

}  // namespace

class TestRun : public QObject {
    Q_OBJECT
private:
    TempFolder m_root;
    std::vector<Line> m_shapes;
    fs::path m_reference;

private Q_SLOTS:
    void initTestCase() {
        m_shapes = drawShapes(m_root.path() / "images", 600);
        m_reference = makeRun(m_root.path(), "reference", m_shapes);
        const Ran ran = runEngine(m_reference);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
    }
    void finishesWithEverything() {
        const Log log = readLog(m_reference);
        QCOMPARE(log.lastState(), std::string("finished"));
        QCOMPARE(log.of("epoch").size(), std::size_t(6));
        const Json perClass = log.of("epoch").back()["per_class"];
        QCOMPARE(perClass.size(), std::size_t(3));
        double f1 = 0;
        for (const Json& one : perClass) f1 += one["f1"].get<double>() / 3;
        QVERIFY(std::abs(f1 - valuesOf(log, "val/macro_f1").back().second) < 1e-12);
        QCOMPARE(log.of("phases").size(), std::size_t(6));
        QVERIFY(log.of("phases").front().value("forward_ms", 0.0) > 0);
        QCOMPARE(valuesOf(log, "val/accuracy").size(), std::size_t(6));
        QCOMPARE(valuesOf(log, "train/loss").size(), std::size_t(6 * 23));
        const Json report = readJsonFile(m_reference / "report.json");
        QVERIFY2(report["metrics"]["accuracy"].get<double>() > 0.9, report["metrics"].dump().c_str());
        QCOMPARE(report["splits"]["test"]["metrics"]["samples"].get<int>(), 120);
        QCOMPARE(report["confusion"].size(), std::size_t(3));
        const Json samples = readJsonFile(m_reference / "predictions.json")["samples"];
        QCOMPARE(samples.size(), std::size_t(240));
        for (const char* key : {"image", "split", "label", "predicted", "confidence", "probabilities"})
            QVERIFY2(samples[0].contains(key), key);
        const auto kept = log.of("checkpoint");
        QVERIFY(!kept.empty());
        QCOMPARE(kept.back()["name"].get<std::string>(), std::string("best"));
        QCOMPARE(kept.back()["epoch"].get<int>(), report["best"]["epoch"].get<int>());
        QCOMPARE(kept.back()["bytes"].get<std::uintmax_t>(), fs::file_size(m_reference / "checkpoints" / "best.safetensors"));
    }
    void nothingIsLeftOpenInTheResolvedSpec() {
        const Json resolved = readJsonFile(m_reference / "resolved.json");
        QCOMPARE(resolved["model"]["name"].get<std::string>(), std::string("small"));
        QCOMPARE(resolved["preprocessing"]["width"].get<int>(), 24);
        QCOMPARE(resolved["preprocessing"]["height"].get<int>(), 20);
        QCOMPARE(resolved["preprocessing"]["channels"].get<int>(), 1);
        QCOMPARE(resolved["preprocessing"]["mean"].size(), std::size_t(1));
        QVERIFY(resolved["optimizer"]["lr"].get<double>() > 0);
        QCOMPARE(resolved["precision"].get<std::string>(), std::string("fp32"));
    }
    void theSameSpecTwiceIsBitEqual() {
        const auto again = makeRun(m_root.path(), "again", m_shapes);
        QCOMPARE(runEngine(again).status, 0);
        QVERIFY(equalRuns(m_reference, again));
    }
    void killedInMidEpochResumesToTheSameNumbers() {
        const auto killed = makeRun(m_root.path(), "killed", m_shapes);
        auto first = startUntil(killed, "train/loss", 23 * 2 + 5);
        QVERIFY(first->state() == QProcess::Running);
        ::kill(pid_t(first->processId()), SIGKILL);
        first->waitForFinished();
        QVERIFY(!lathe::runs::RunFolder(killed).engineAlive());
        auto second = startUntil(killed, "train/loss", 23 * 4 + 2, true);
        if (second->state() == QProcess::Running) ::kill(pid_t(second->processId()), SIGKILL);
        second->waitForFinished();
        const Ran ran = runEngine(killed, true);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        QVERIFY(equalRuns(m_reference, killed));
    }
    void allThatAStepDependsOnIsInTheCheckpoint() {
        const Json options = {
            {"optimizer", {{"name", "muon"}, {"clip", 1.0}, {"layer_decay", 0.9}}},
            {"schedule", {{"name", "plateau"}, {"patience", 0}, {"factor", 0.5}}},
            {"loss", {{"name", "focal"}, {"class_weights", {{"name", "effective"}}}}},
            {"sampler", {{"name", "weighted"}}},
            {"augmentation", Json::array({{{"name", "affine"}}, {{"name", "colour"}}, {{"name", "mixup"}}, {{"name", "cutmix"}}})},
            {"ema", 0.95},
            {"accumulate", 3},
            {"freeze", 1},
            {"epochs", 4}};
        const auto straight = makeRun(m_root.path(), "straight", m_shapes, options);
        const Ran whole = runEngine(straight);
        QVERIFY2(whole.status == 0, qPrintable(whole.errors));
        const auto killed = makeRun(m_root.path(), "cut", m_shapes, options);
        auto first = startUntil(killed, "train/loss", 23 + 5);
        QVERIFY(first->state() == QProcess::Running);
        ::kill(pid_t(first->processId()), SIGKILL);
        first->waitForFinished();
        const Ran ran = runEngine(killed, true);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        QVERIFY(equalRuns(straight, killed));
    }
    void aRunThatGetsNoBetterEndsEarly() {
        // From a rate of nothing no epoch is better than the first.
        const auto folder = makeRun(m_root.path(), "early", m_shapes,
                                    {{"optimizer", {{"lr", 1e-12}}}, {"epochs", 40}, {"early_stop", 2}, {"seed", 3}});
        const Ran ran = runEngine(folder);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        const Log log = readLog(folder);
        QCOMPARE(log.lastState(), std::string("finished"));
        QVERIFY(log.of("epoch").size() < 40);
        QVERIFY(log.of("epoch").size() >= 3);
    }
    void pauseStopAndResumeChangeNothing() {
        const auto folder = makeRun(m_root.path(), "paused", m_shapes);
        const lathe::runs::RunFolder run(folder);
        auto process = startUntil(folder, "train/loss", 8);
        QVERIFY(run.want("pause").has_value());
        QTRY_COMPARE_WITH_TIMEOUT(readLog(folder).lastState(), std::string("paused"), 20000);
        QVERIFY(run.want("run").has_value());
        QTRY_COMPARE_WITH_TIMEOUT(readLog(folder).lastState(), std::string("running"), 20000);
        QVERIFY(run.want("stop").has_value());
        QVERIFY(process->waitForFinished(60000));
        QCOMPARE(process->exitCode(), 130);
        QCOMPARE(readLog(folder).lastState(), std::string("stopped"));
        QCOMPARE(runEngine(folder, true).status, 0);
        QVERIFY(equalRuns(m_reference, folder));
    }
    void anUnreadablePictureIsNamedAndSkipped() {
        auto lines = m_shapes;
        const std::string bad = (m_root.path() / "images" / "bad.png").string();
        std::ofstream(bad) << "this is no picture";
        lines[0].path = bad;
        lines[1].path = (m_root.path() / "images" / "gone.png").string();
        const auto folder = makeRun(m_root.path(), "bad", lines, Json{{"epochs", 1}, {"device", "cpu"}});
        const Ran ran = runEngine(folder);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        QVERIFY(readLog(folder).says("bad.png"));
        QVERIFY(readLog(folder).says("gone.png"));
    }
    void withoutValidationATenthOfTrainIsUsed() {
        auto lines = m_shapes;
        for (auto& line : lines) line.split = "train";
        const auto folder = makeRun(m_root.path(), "noval", lines, Json{{"epochs", 1}, {"device", "cpu"}});
        QCOMPARE(runEngine(folder).status, 0);
        QVERIFY(readLog(folder).says("no image is in the split val"));
        QVERIFY(readLog(folder).says("no image is in the split test"));
        QCOMPARE(readJsonFile(folder / "report.json")["split"].get<std::string>(), std::string("val"));
    }
    void whatCantBeTrainedIsSaidInWords_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing labelled") << "unlabelled"
                                          << "none of the images has a class";
        QTest::newRow("one class") << "one"
                                   << "a classifier needs two or more";
        QTest::newRow("no train") << "test"
                                  << "in the split train";
        QTest::newRow("unknown model") << "model"
                                       << "must be one of auto, small, resnet18";
        QTest::newRow("card") << "card"
                              << "can't be used";
    }
    void whatCantBeTrainedIsSaidInWords() {
        QFETCH(QString, what);
        QFETCH(QString, words);
        auto lines = m_shapes;
        Json spec = {{"epochs", 1}, {"device", "cpu"}};
        for (auto& line : lines) {
            if (what == "unlabelled") line.label = -1;
            if (what == "one") line.label = 1;
            if (what == "test") line.split = "test";
        }
        if (what == "model") spec["model"] = {{"name", "resnet19"}};
        if (what == "card") spec["device"] = "cuda:7";
        const auto folder = makeRun(m_root.path(), "wrong-" + what.toStdString(), lines, spec);
        const Ran ran = runEngine(folder);
        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.errors.contains(words), qPrintable(ran.errors));
        const Log log = readLog(folder);
        QCOMPARE(log.lastState(), std::string("failed"));
        QVERIFY(log.of("state").back().value("message", "").find(words.toStdString()) != std::string::npos);
    }
    void aSecondEngineOnTheFolderIsRefused() {
        const auto lock = lathe::base::FileLock::tryLock(m_reference / "engine.lock");
        QVERIFY(lock.has_value());
        const Ran ran = runEngine(m_reference, true);
        QCOMPARE(ran.status, 1);
    }
};

QTEST_GUILESS_MAIN(TestRun)
#include "tst_run.moc"
