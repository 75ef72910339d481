// labels: slow
// What a run keeps of a few validation images after each epoch: of the best epoch the same as predictions.json says at the end.
#include <QTest>

#include "core/base/files.h"
#include "core/runs/validation.h"
#include "tests/engine/scenes.h"

using namespace testrun;
using lathe::base::TempFolder;
using lathe::runs::RunFolder;

class TestValidationPictures : public QObject {
    Q_OBJECT
private:
    TempFolder m_root;
    std::vector<Json> m_scenes;

    static const Json* sampleOf(const Json& predictions, std::int64_t image) {
        for (const Json& sample : predictions["samples"])
            if (sample["image"] == image) return &sample;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { m_scenes = drawScenes(m_root.path() / "images", 100); }

    void theFilesOfARun_data() {
        QTest::addColumn<QString>("task");
        for (const char* task : {"classify", "detect", "segment"}) QTest::newRow(task) << QString::fromUtf8(task);
    }
    void theFilesOfARun() {
        QFETCH(const QString, task);
        fs::path folder;
        if (task == "classify") {
            folder = m_root.path() / "runs" / "classify";
            fs::create_directories(folder);
            writeManifest(folder, {"disc", "square", "bar"}, drawShapes(m_root.path() / "small", 90));
            writeSpec(folder, {{"epochs", 4}, {"seed", 3}});
        } else {
            folder = makeRun(m_root.path(), task.toStdString(), task.toStdString(), m_scenes, {{"epochs", 4}});
        }
        const Ran ran = runEngine(folder);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        const RunFolder run(folder);
        QVERIFY(lathe::runs::validationEpochs(run) == (std::vector<int>{1, 2, 3, 4}));
        const auto set = lathe::runs::readValidationSet(run);
        QVERIFY2(set.has_value(), set ? "" : set.error().text().c_str());
        QCOMPARE(set->task, task.toStdString());
        QCOMPARE(set->pictures.size(), std::size_t(12));
        const auto latest = readJsonFile(lathe::runs::validationFolder(run) / "latest.json");
        QCOMPARE(latest["epoch"].get<int>(), 4);
        // The best epoch's weights are what predictions.json is made with.
        const Json report = readJsonFile(folder / "report.json"), predictions = readJsonFile(folder / "predictions.json");
        const auto epoch = lathe::runs::readValidationEpoch(run, report["best"]["epoch"].get<int>());
        QVERIFY2(epoch.has_value(), epoch ? "" : epoch.error().text().c_str());
        QVERIFY(epoch->better);
        QCOMPARE(epoch->value, report["best"]["value"].get<double>());
        QCOMPARE(epoch->said.size(), set->pictures.size());
        for (std::size_t i = 0; i < epoch->said.size(); ++i) {
            const auto& said = epoch->said[i];
            QCOMPARE(said.image, set->pictures[i].image);
            const Json* sample = sampleOf(predictions, said.image);
            QVERIFY(sample);
            QCOMPARE((*sample)["split"].get<std::string>(), std::string("val"));
            QCOMPARE(said.right, (*sample)["right"].get<bool>());
            if (task == "classify") checkClass(said, *sample, set->pictures[i]);
            if (task == "detect") checkBoxes(said, *sample, set->pictures[i]);
            if (task == "segment") checkMask(said, *sample, set->pictures[i]);
            if (QTest::currentTestFailed()) return;
        }
    }

    void spreadOverTheClassesAndTheSameEachTime() {
        const RunFolder run(m_root.path() / "runs" / "classify");
        const auto set = lathe::runs::readValidationSet(run);
        QVERIFY(set.has_value());
        std::map<int, int> byClass;
        for (const auto& picture : set->pictures) ++byClass[picture.label];
        QVERIFY(byClass == (std::map<int, int>{{0, 4}, {1, 4}, {2, 4}}));
        // Going on after the end, or the same spec again, chooses the same ones.
        const fs::path again = m_root.path() / "runs" / "again";
        fs::create_directories(again);
        fs::copy(run.path() / "data.jsonl", again / "data.jsonl");
        fs::copy(run.path() / "spec.json", again / "spec.json");
        QCOMPARE(runEngine(again).status, 0);
        for (const char* file : {"pictures.json", "000003.json"})
            QVERIFY(readJsonFile(lathe::runs::validationFolder(RunFolder(again)) / file) ==
                    readJsonFile(lathe::runs::validationFolder(run) / file));
    }

    void withoutValidationImagesThereIsNothing() {
        const fs::path folder = m_root.path() / "runs" / "none";
        fs::create_directories(folder);
        auto lines = drawShapes(m_root.path() / "none", 30);
        for (Line& line : lines) line.split = "train";
        writeManifest(folder, {"disc", "square", "bar"}, lines);
        writeSpec(folder, {{"epochs", 1}});
        QVERIFY(runEngine(folder).status == 0);
        const auto log = readLog(folder);
        QVERIFY(!log.of("epoch").empty());
        QVERIFY(log.of("phases").back()["train_s"].get<double>() > 0);
        QVERIFY(log.of("phases").back().contains("validation_s"));
    }

    void aFolderThatCannotBeWrittenEndsNoRun() {
        const fs::path folder = m_root.path() / "runs" / "blocked";
        fs::create_directories(folder);
        writeManifest(folder, {"disc", "square", "bar"}, drawShapes(m_root.path() / "blocked", 60));
        writeSpec(folder, {{"epochs", 2}});
        std::ofstream(folder / "validation") << "a file where the folder should be";
        const Ran ran = runEngine(folder);
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        const auto log = readLog(folder);
        QCOMPARE(log.lastState(), std::string("finished"));
        QVERIFY(log.says("the validation pictures aren't kept"));
    }

private:
    static void checkClass(const lathe::runs::ValidationSaid& said, const Json& sample, const lathe::runs::ValidationTruth& truth) {
        QCOMPARE(said.predicted, sample["predicted"].get<int>());
        QCOMPARE(truth.label, sample["label"].get<int>());
        QCOMPARE(said.top.size(), std::size_t(3));
        QCOMPARE(said.top.front().first, said.predicted);
        for (const auto& [category, probability] : said.top)
            QVERIFY(std::abs(probability - sample["probabilities"][std::size_t(category)].get<double>()) < 1e-6);
    }
    static void checkBoxes(const lathe::runs::ValidationSaid& said, const Json& sample, const lathe::runs::ValidationTruth& truth) {
        QCOMPARE(truth.boxes.size(), std::size_t(2));
        QCOMPARE(said.truths, 2);
        QCOMPARE(said.found, sample["found"].get<int>());
        QCOMPARE(said.falsely, sample["false"].get<int>());
        QVERIFY(said.boxes.size() <= sample["objects"].size());
        for (std::size_t i = 0; i < said.boxes.size(); ++i) {
            QCOMPARE(said.boxes[i].category, sample["objects"][i]["class"].get<int>());
            QCOMPARE(said.boxes[i].box, (sample["objects"][i]["box"].get<std::array<double, 4>>()));
            QVERIFY(said.boxes[i].confidence >= 0.05);
        }
    }
    /// The pictures here go into the network as they are: counted over the kept masks, the IoU is the sample's.
    static void checkMask(const lathe::runs::ValidationSaid& said, const Json& sample, const lathe::runs::ValidationTruth& truth) {
        QCOMPARE(said.mask.width, 96);
        QCOMPARE(said.mask.height, 64);
        QCOMPARE(truth.mask.pixels.size(), said.mask.pixels.size());
        for (std::size_t k = 0; k < 3; ++k) {
            std::int64_t both = 0, either = 0;
            for (std::size_t at = 0; at < said.mask.pixels.size(); ++at) {
                const bool is = truth.mask.pixels[at] == k, told = said.mask.pixels[at] == k;
                both += is && told, either += is || told;
            }
            QCOMPARE(both, sample["intersection"][k].get<std::int64_t>());
            QCOMPARE(either, sample["union"][k].get<std::int64_t>());
        }
        QCOMPARE(said.miou, sample["miou"].get<double>());
    }
};

QTEST_GUILESS_MAIN(TestValidationPictures)
#include "tst_validation_pictures.moc"
