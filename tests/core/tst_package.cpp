// Packages: made whole, read back, verified byte by byte, with a card that people can read.
#include <QtTest>

#ifndef Q_MOC_RUN  // moc needs none of it
#include "tests/support/toy_engine.h"
#endif

using namespace lathe;
namespace fs = std::filesystem;

class TestPackage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void packagesARun();
    void versionsCountByName();
    void everyChangedByteIsNamed();
    void strangersAreRefused();
    void failureLeavesNothingBehind();
    void cardSaysWhatMatters();
};

void TestPackage::packagesARun() {
    test::ToyHouse house;
    const auto info = models::packageRun(*house.workspace, *house.engine, house.run(1), "ana", {}, {});
    QVERIFY2(info, info ? "" : info.error().text().c_str());
    QCOMPARE(info->digest.size(), 64u);
    QCOMPARE(info->folder, house.workspace->layout().models() / info->digest);
    QCOMPARE(info->name, std::string("toy"));
    QCOMPARE(info->labels, (std::vector<std::string>{"a", "b", "c"}));
    for (const char* name : {"weights.safetensors", "model.pt", "model.onnx", "preprocessing.json", "labels.json", "card.md",
                             "report.json", "golden.safetensors", "spec.json"}) {
        QVERIFY2(std::any_of(info->files.begin(), info->files.end(), [&](const auto& file) { return file.path == name; }), name);
    }
    QVERIFY(models::verifyPackage(info->folder, info->digest));
    const auto read = models::readPackage(info->folder);
    QVERIFY(read);
    QCOMPARE(read->digest, info->digest);
    const auto model = models::findModel(*house.workspace, "last");
    QVERIFY(model);
    QCOMPARE(model->id.value, info->digest.substr(0, 12));
    QCOMPARE(model->state, std::string("packaged"));
    QCOMPARE(model->metrics.at("accuracy"), 0.9);
}

void TestPackage::versionsCountByName() {
    test::ToyHouse house;
    QCOMPARE(house.package(1)->version, 1);
    QCOMPARE(house.package(2)->version, 2);
    const auto first = models::findModel(*house.workspace, "toy:1"), newest = models::findModel(*house.workspace, "toy");
    QCOMPARE(first->version, 1);
    QCOMPARE(newest->version, 2);
    QCOMPARE(models::findModel(*house.workspace, first->digest.substr(0, 8))->digest, first->digest);
    const auto unknown = models::findModel(*house.workspace, "nothing");
    QVERIFY(!unknown && unknown.error().code == ErrorCode::NotFound);
}

void TestPackage::everyChangedByteIsNamed() {
    test::ToyHouse house;
    const auto model = *house.package(1);
    const auto info = *models::readPackage(model.folder);
    for (const auto& file : info.files) {
        const auto path = model.folder / file.path;
        const auto bytes = *base::readFile(path);
        auto changed = bytes;
        changed[changed.size() / 2] = char(changed[changed.size() / 2] ^ 1);
        QVERIFY(base::writeFileAtomically(path, changed));
        const auto verified = models::verifyPackage(model.folder, model.digest);
        QVERIFY(!verified && verified.error().code == ErrorCode::Corrupt);
        QVERIFY(verified.error().context.ends_with(file.path));
        QVERIFY(base::writeFileAtomically(path, bytes));
    }
    QVERIFY(models::verifyPackage(model.folder, model.digest));
    auto manifest = *base::readFile(model.folder / "manifest.json");
    QVERIFY(base::writeFileAtomically(model.folder / "manifest.json", manifest + " "));
    QVERIFY(models::verifyPackage(model.folder, model.digest).error().context.ends_with("manifest.json"));
}

void TestPackage::strangersAreRefused() {
    test::ToyHouse house;
    const auto model = *house.package(1);
    QVERIFY(base::writeFileAtomically(model.folder / "extra.pkl", "x"));
    QVERIFY(models::verifyPackage(model.folder, model.digest).error().context.ends_with("extra.pkl"));
    const auto folder = house.path("evil");
    fs::create_directories(folder);
    QVERIFY(base::writeJson(folder / "manifest.json",
                            Json{{"name", "x"},
                                 {"version", 1},
                                 {"task", "classify"},
                                 {"files", Json::array({{{"path", "../../etc/passwd"}, {"sha256", ""}, {"size", 0}}})}}));
    const auto read = models::readPackage(folder);
    QVERIFY(!read && read.error().code == ErrorCode::InvalidData);
    QCOMPARE(models::readPackage(house.path("nowhere")).error().code, ErrorCode::NotFound);
}

void TestPackage::failureLeavesNothingBehind() {
    test::ToyHouse house;
    auto run = house.run(1);
    fs::remove(run.folder / "weights_seed");
    QVERIFY(!models::packageRun(*house.workspace, *house.engine, run, "ana", {}, {}));
    QVERIFY(models::models(*house.workspace)->empty());
    QVERIFY(!fs::exists(house.workspace->layout().models()) || fs::is_empty(house.workspace->layout().models()));
}

void TestPackage::cardSaysWhatMatters() {
    test::ToyHouse house;
    const auto model = *house.package(1);
    const auto card = QString::fromStdString(*base::readFile(model.folder / "card.md"));
    for (const char* part : {"# Model card", "## Data", "## Figures", "accuracy | 0.9000", "a\\|b", "## Settings",
                             "## Intended use", "## Limits", "recall 0.8000"}) {
        QVERIFY2(card.contains(QString::fromUtf8(part)), part);
    }
}

LATHE_TOY_MAIN(TestPackage)
#include "tst_package.moc"
