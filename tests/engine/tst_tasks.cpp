// labels: slow
// lathe-engine run, detection and segmentation from files to a report: learns, resumes to the same numbers, names bad labels.
#include <signal.h>
#include <QElapsedTimer>
#include <QTest>
#include <cmath>
#include <set>

#include "core/base/files.h"
#include "tests/engine/scenes.h"

using namespace testrun;
using lathe::base::TempFolder;

namespace {

const Json kHard = {
    {"augmentation", Json::array({{{"name", "mosaic"}}, {{"name", "flip"}}, {{"name", "zoom_crop"}, {"least", 0.5}}})},
    {"epochs", 4}};

}  // namespace

class TestTasks : public QObject {
    Q_OBJECT
private:
    TempFolder m_root;
    std::vector<Json> m_scenes;

private Q_SLOTS:
    void initTestCase() { m_scenes = drawScenes(m_root.path() / "images", 120); }
    void aDetectorFindsShapes() {
        const auto folder = makeRun(m_root.path(), "detect", "detect", m_scenes, {{"optimizer", {{"lr", 3e-3}}}, {"epochs", 20}});
        const Ran ran = runEngine(folder);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        const Json report = readJsonFile(folder / "report.json");
        const Json& metrics = report["metrics"];
        QVERIFY2(metrics["ap50"].get<double>() > 0.6, metrics.dump().c_str());
        QVERIFY(metrics["ap_low"].get<double>() < metrics["ap"].get<double>() &&
                metrics["ap"].get<double>() < metrics["ap_high"].get<double>());
        QCOMPARE(report["best"]["metric"].get<std::string>(), std::string("ap"));
        QCOMPARE(report["per_class"].size(), std::size_t(2));
        const Log log = readLog(folder);
        QCOMPARE(valuesOf(log, "val/ap").size(), std::size_t(20));
        const Json samples = readJsonFile(folder / "predictions.json")["samples"];
        QCOMPARE(samples.size(), std::size_t(48));
        int found = 0, truths = 0;
        for (const Json& sample : samples) {
            truths += sample["truths"].get<int>(), found += sample["found"].get<int>();
            QCOMPARE(sample["right"].get<bool>(), sample["found"] == sample["truths"] && sample["false"] == 0);
            for (const Json& object : sample["objects"]) QCOMPARE(object["box"].size(), std::size_t(4));
        }
        QCOMPARE(truths, 96);
        QVERIFY(found > 48);
        const Json resolved = readJsonFile(folder / "resolved.json");
        QCOMPARE(resolved["model"]["name"].get<std::string>(), std::string("fcos_light"));
        QCOMPARE(resolved["loss"]["name"].get<std::string>(), std::string("fcos"));
        QCOMPARE(resolved["preprocessing"]["width"].get<int>(), 96);  // smaller than the preset's long side: as they are
        QCOMPARE(resolved["preprocessing"]["height"].get<int>(), 64);
    }
    void aSegmenterPaintsShapes() {
        const auto folder = makeRun(m_root.path(), "segment", "segment", m_scenes);
        const Ran ran = runEngine(folder);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        const Json report = readJsonFile(folder / "report.json");
        QVERIFY2(report["metrics"]["miou"].get<double>() > 0.6, report["metrics"].dump().c_str());
        QCOMPARE(report["classes"].get<std::vector<std::string>>(), (std::vector<std::string>{"background", "disc", "square"}));
        QCOMPARE(report["confusion"].size(), std::size_t(3));
        QVERIFY(readLog(folder).says("under no shape: they are a class of their own"));
        std::int64_t pixels = 0;
        for (const Json& one : report["per_class"]) pixels += one["pixels"].get<std::int64_t>();
        QCOMPARE(pixels, std::int64_t(24) * 96 * 64);
    }
    void killedInMidEpochBothResumeToTheSameNumbers() {
        for (const auto& [task, metric] : {std::pair("detect", "ap"), {"segment", "miou"}}) {
            const auto straight = makeRun(m_root.path(), std::string(task) + "-straight", task, m_scenes, kHard);
            const Ran whole = runEngine(straight);
            QVERIFY2(whole.status == 0, qPrintable(whole.errors));
            const auto cut = makeRun(m_root.path(), std::string(task) + "-cut", task, m_scenes, kHard);
            auto first = startUntil(cut, "train/loss", 9 + 4);
            ::kill(pid_t(first->processId()), SIGKILL);
            first->waitForFinished();
            const Ran ran = runEngine(cut, true);
            QVERIFY2(ran.status == 0, qPrintable(ran.errors));
            QVERIFY2(equalRuns(straight, cut, metric), task);
        }
    }
    void badLabelsAreNamedAndTheRunGoesOn() {
        auto lines = drawScenes(m_root.path() / "bad", 20);
        lines[0]["objects"].push_back({{"class", 0}, {"kind", "box"}, {"box", {5, 5, 0, 8}}});
        lines[1]["objects"].push_back(
            {{"class", 1}, {"kind", "mask"}, {"box", {0, 0, 4, 4}}, {"mask", {{"size", {4, 4}}, {"counts", {0, 16}}}}});
        lines[2]["objects"] = Json::array();
        fs::remove(lines[5]["path"].get<std::string>());
        const auto folder = makeRun(m_root.path(), "bad", "detect", lines, {{"epochs", 1}});
        const Ran ran = runEngine(folder);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        const Log log = readLog(folder);
        QVERIFY(log.says("000.png: a box without area is left out"));
        QVERIFY(log.says("001.png: a mask of another size than its image is left out"));
        QVERIFY(log.says("1 images have no box and are left out"));
        QVERIFY(log.says("005.png is left out"));
    }
    void picturesKnownToBeEmptyAreLearntAndJudged() {
        auto lines = m_scenes;
        std::set<std::int64_t> empty;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            lines[i]["state"] = "done";
            if (i % 4 != 0) continue;
            lines[i]["objects"] = Json::array();
            cv::imwrite(lines[i]["path"].get<std::string>(), cv::Mat(64, 96, CV_8U, cv::Scalar(25)));
            empty.insert(lines[i]["image"].get<std::int64_t>());
        }
        const auto folder = makeRun(m_root.path(), "negatives", "detect", lines, {{"optimizer", {{"lr", 3e-3}}}, {"epochs", 20}});
        const Ran ran = runEngine(folder);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        QVERIFY(readLog(folder).says("30 images without a box are marked done"));
        int judged = 0, clean = 0;
        const Json samples = readJsonFile(folder / "predictions.json")["samples"];
        for (const Json& sample : samples) {
            if (!empty.contains(sample["image"].get<std::int64_t>())) continue;
            ++judged, clean += sample["false"] == 0;
            QCOMPARE(sample["truths"].get<int>(), 0);
            QCOMPARE(sample["right"].get<bool>(), sample["false"] == 0);
        }
        QCOMPARE(judged, 12);
        QVERIFY2(clean >= 10, qPrintable(QString::number(clean)));
        QVERIFY(readJsonFile(folder / "report.json")["metrics"]["ap50"].get<double>() > 0.4);
    }
    void nothingToLearnIsSaid() {
        auto boxes = m_scenes;
        for (Json& line : boxes)
            for (Json& object : line["objects"]) object.erase("points"), object["kind"] = "box";
        const Ran none = runEngine(makeRun(m_root.path(), "none", "segment", boxes));
        QVERIFY(none.status == 1 && none.errors.contains("none of the images has an outline or a mask"));
        const Ran wrong = runEngine(makeRun(m_root.path(), "wrong", "detect", m_scenes, {{"model", {{"name", "resnet18"}}}}));
        QVERIFY(wrong.status == 1 && wrong.errors.contains("fcos_light"));
    }
};

QTEST_GUILESS_MAIN(TestTasks)
#include "tst_tasks.moc"
