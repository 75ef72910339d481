// The files of a run's validation pictures: masks as runs, epochs that are kept, damaged files told with words; and the presets.
#include <QTest>
#include <random>

#include "core/base/files.h"
#include "core/runs/presets.h"
#include "core/runs/validation.h"

using namespace lathe;

class TestValidation : public QObject {
    Q_OBJECT
    base::TempFolder m_folder;

private Q_SLOTS:
    void masksGoThroughTheirRuns() {
        std::mt19937 random(2);
        for (int round = 0; round < 50; ++round) {
            runs::ClassRuns mask{1 + int(random() % 40), 1 + int(random() % 30), {}};
            mask.pixels.resize(std::size_t(mask.width * mask.height));
            std::uint8_t value = 0;
            for (auto& pixel : mask.pixels) pixel = random() % 4 == 0 ? value = std::uint8_t(random() % 256) : value;
            const auto back = runs::classRunsFromJson(*base::parseJson(runs::toJson(mask).dump()));
            QVERIFY(back.has_value());
            QCOMPARE(back->pixels, mask.pixels);
            QCOMPARE(std::pair(back->width, back->height), std::pair(mask.width, mask.height));
        }
    }

    void masksThatDontFitAreRefused() {
        const auto refused = [](const Json& json) { return !runs::classRunsFromJson(json).has_value(); };
        QVERIFY(refused({{"width", 2}, {"height", 2}, {"runs", {0, 3}}}));
        QVERIFY(refused({{"width", 2}, {"height", 2}, {"runs", {0, 5}}}));
        QVERIFY(refused({{"width", 2}, {"height", 2}, {"runs", {0, -4, 1, 8}}}));
        QVERIFY(refused({{"width", 100000}, {"height", 100000}, {"runs", {0, 10000000000}}}));
        QVERIFY(refused({{"width", 2}, {"height", 2}, {"runs", {"a", 4}}}));
        QVERIFY(refused({{"width", -2}, {"height", -2}, {"runs", {0, 4}}}));
        QVERIFY(refused(Json::array()));
        QVERIFY(!refused({{"width", 2}, {"height", 2}, {"runs", {255, 1, 3, 3}}}));
    }

    void longRunsKeepAPartOfTheirEpochs() {
        for (const int epochs : {1, 12, 64, 65, 1000}) {
            int kept = 0;
            for (int epoch = 1; epoch <= epochs; ++epoch) kept += runs::keepsValidation(epoch, epochs, false);
            QVERIFY2(kept <= 66 && kept >= std::min(epochs, 32), qPrintable(QStringLiteral("%1 of %2").arg(kept).arg(epochs)));
            QVERIFY(runs::keepsValidation(1, epochs, false) && runs::keepsValidation(epochs, epochs, false));
        }
        QVERIFY(!runs::keepsValidation(17, 1000, false) && runs::keepsValidation(17, 1000, true));
    }

    void otherFilesAreNoEpochs() {
        const runs::RunFolder run(m_folder.path() / "run");
        QVERIFY(runs::validationEpochs(run).empty());
        QVERIFY(!runs::readValidationSet(run).has_value());
        QVERIFY(base::makeFolders(runs::validationFolder(run)).has_value());
        for (const char* name : {"000012.json", "000003.json", "latest.json", "pictures.json", "12x.json", "000004.json.tmp"})
            QVERIFY(base::writeFileAtomically(runs::validationFolder(run) / name, "{").has_value());
        QVERIFY(runs::validationEpochs(run) == (std::vector<int>{3, 12}));
        QCOMPARE(runs::validationFile(run, 12).filename().string(), std::string("000012.json"));
    }

    void damagedFilesAreToldByName() {
        const runs::RunFolder run(m_folder.path() / "damaged");
        QVERIFY(base::makeFolders(runs::validationFolder(run)).has_value());
        for (const char* text : {"{", "[]", "{}", R"({"classes":3,"pictures":[]})", R"({"classes":[],"pictures":[{}]})",
                                 R"({"classes":["a"],"pictures":[{"image":1,"mask":{"width":2,"height":2,"runs":[0,1]}}]})",
                                 R"({"classes":["a"],"pictures":[{"image":1,"boxes":[{"class":0,"box":[1,2]}]}]})"}) {
            QVERIFY(base::writeFileAtomically(runs::validationFolder(run) / "pictures.json", text).has_value());
            const auto set = runs::readValidationSet(run);
            QVERIFY2(!set.has_value(), text);
            QVERIFY2(set.error().text().find("pictures.json") != std::string::npos, set.error().text().c_str());
        }
        for (const char* text :
             {R"({"epoch":"one","said":[]})", R"({"epoch":1})", R"({"epoch":1,"said":[{"image":1,"top":[[1]]}]})"}) {
            QVERIFY(base::writeFileAtomically(runs::validationFile(run, 1), text).has_value());
            QVERIFY2(!runs::readValidationEpoch(run, 1).has_value(), text);
        }
    }

    void presetsAreValidSpecs() {
        QCOMPARE(runs::presetNames(), (std::vector<std::string>{"usual", "quick", "accurate", "smallest"}));
        for (const std::string task : {"classify", "detect", "segment"}) {
            std::map<std::string, runs::RunSpec> specs;
            for (const std::string& name : runs::presetNames()) {
                const auto spec = runs::presetSpec(name, task, 500);
                QVERIFY2(spec.has_value(), spec ? "" : spec.error().text().c_str());
                const auto read = runs::runSpecFromJson(runs::toJson(*spec));
                QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
                for (const auto& one : spec->augmentation) QVERIFY(runs::find(runs::Seam::Augmentation, one.name)->serves(task));
                specs[name] = *spec;
            }
            QCOMPARE(runs::toJson(specs["usual"]).dump(), runs::toJson(runs::startingSpec(task)).dump());
            QVERIFY(2 * specs["quick"].epochs < specs["smallest"].epochs);
            QVERIFY(specs["smallest"].epochs < specs["accurate"].epochs);
            QVERIFY(runs::presetSpec("quick", task, 100)->epochs > runs::presetSpec("quick", task, 100000)->epochs);
        }
        const auto unknown = runs::presetSpec("fast", "detect", 0);
        QVERIFY(!unknown.has_value());
        QVERIFY(unknown.error().text().find("quick, accurate, smallest") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestValidation)
#include "tst_validation.moc"
