#include <QTest>
#include <cmath>

#include "core/base/files.h"
#include "core/runs/reproduction.h"
#include "core/runs/runs.h"
#include "core/runs/statistics.h"

using namespace lathe;

namespace {

Json golden() {
    const auto json = base::readJson(std::filesystem::path(LATHE_SOURCE_DIR) / "tests/data/stats/golden.json");
    return json ? *json : Json();
}

/// A run folder whose predictions are right or wrong as given.
runs::RunRow runWith(const std::filesystem::path& folder, const std::vector<int>& right) {
    Json samples = Json::array();
    for (std::size_t i = 0; i < right.size(); ++i) {
        const int predicted = right[i] ? 0 : 1;
        samples.push_back({{"image", i + 1},
                           {"split", "test"},
                           {"label", 0},
                           {"predicted", predicted},
                           {"confidence", 0.9},
                           {"probabilities", right[i] ? Json{0.9, 0.1} : Json{0.1, 0.9}}});
    }
    std::filesystem::create_directories(folder);
    (void)base::writeJson(folder / "predictions.json", {{"classes", {"a", "b"}}, {"samples", samples}});
    runs::RunRow row;
    row.id = RunId(folder.filename().string());
    row.folder = folder;
    return row;
}

}  // namespace

class TestCompare : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mcnemarAgreesWithScipy() {
        const Json all = golden();
        for (const Json& one : all["mcnemar"]) {
            const double p = runs::mcnemarExact(one["b"], one["c"]), wanted = one["p"];
            QVERIFY2(std::abs(p - wanted) <= 1e-10 * std::max(wanted, 1e-300) + 1e-15, one.dump().c_str());
        }
    }

    void macroF1AgreesWithScikitLearn() {
        const Json g = golden()["f1"];
        const auto labels = g["labels"].get<std::vector<int>>(), predicted = g["predicted"].get<std::vector<int>>();
        const std::vector<std::uint32_t> ones(labels.size(), 1);
        QVERIFY(std::abs(runs::macroF1(labels, predicted, ones) - g["macro_f1"].get<double>()) < 1e-12);
    }

    void bootstrapIntervalAgreesWithScipy() {
        const Json g = golden()["bootstrap"];
        const auto a = g["a"].get<std::vector<int>>(), b = g["b"].get<std::vector<int>>();
        const auto figure = [&](std::span<const std::uint32_t> w) {
            double sum = 0;
            for (std::size_t i = 0; i < a.size(); ++i) sum += double(b[i] - a[i]) * w[i];
            return sum / double(a.size());
        };
        const auto interval = runs::pairedBootstrap(a.size(), figure, 9999);
        QVERIFY(std::abs(interval.low - g["low"].get<double>()) <=
                0.005 + 1e-12);  // one sample of 200 either way: another generator
        QVERIFY(std::abs(interval.high - g["high"].get<double>()) <= 0.005 + 1e-12);
        const auto again = runs::pairedBootstrap(a.size(), figure, 9999);
        QCOMPARE(again.low, interval.low);
        QCOMPARE(again.p, interval.p);
    }

    void theVerdictIsBetterWorseOrNotEnough() {
        const base::TempFolder temp;
        std::vector<int> good(200, 1), bad(200, 1), nearly(200, 1);
        for (int i = 0; i < 30; ++i) bad[std::size_t(i)] = 0;
        nearly[0] = nearly[1] = 0;
        const auto a = runWith(temp.path() / "good", good), b = runWith(temp.path() / "bad", bad),
                   c = runWith(temp.path() / "nearly", nearly);
        const auto worse = runs::comparePair(a, b, "accuracy");
        QVERIFY2(worse, worse ? "" : worse.error().message.c_str());
        QCOMPARE(worse->verdict, std::string("worse"));
        QCOMPARE(worse->broken.size(), std::size_t(30));
        QVERIFY(worse->fixed.empty() && worse->difference == -0.15);
        QVERIFY(worse->low < -0.15 && worse->high > -0.15 && worse->high < 0);
        const auto better = runs::comparePair(b, a, "loss");
        QCOMPARE(better->verdict, std::string("better"));
        QVERIFY(better->difference < 0);
        QCOMPARE(runs::comparePair(a, c, "accuracy")->verdict, std::string("not enough evidence"));
        QCOMPARE(runs::comparePair(a, b, "macro_f1")->verdict, std::string("worse"));
        QCOMPARE(runs::comparePair(a, b, "beauty").error().code, ErrorCode::InvalidArgument);
    }

    void runsThatCantBeComparedSayWhy() {
        const base::TempFolder temp;
        const auto a = runWith(temp.path() / "a", {1, 1, 0});
        auto none = a;
        none.folder = temp.path() / "nothing";
        QCOMPARE(runs::comparePair(a, none, "accuracy").error().code, ErrorCode::NotFound);
        const auto empty = runWith(temp.path() / "empty", {});
        QCOMPARE(runs::comparePair(a, empty, "accuracy").error().code, ErrorCode::InvalidData);
    }

    void differencesAreBitForBit() {
        const base::TempFolder temp;
        const runs::RunFolder folders[] = {runs::RunFolder(temp.path() / "a"), runs::RunFolder(temp.path() / "b"),
                                           runs::RunFolder(temp.path() / "c")};
        for (int k = 0; k < 3; ++k) {
            std::filesystem::create_directories(folders[k].path());
            auto writer = runs::EventWriter::open(folders[k].events());
            for (int i = 0; i < 10; ++i) {
                writer->metric("train/loss", {i, 0, 100.0 * k, k == 2 && i == 7 ? std::nextafter(0.5, 1) : 0.5});
                writer->metric("images_per_second", {i, 0, 100.0 * k, 1000.0 + k});
            }
            (void)writer->flush();
            (void)base::writeJson(folders[k].report(),
                                  {{"metrics", {{"accuracy", 0.5}, {"images_per_second", k}}}, {"seconds", k}});
        }
        QVERIFY(runs::differences(folders[0], folders[1])->empty());
        const auto found = runs::differences(folders[0], folders[2]);
        QCOMPARE(found->size(), std::size_t(1));
        QVERIFY(found->front().find("train/loss at step 7") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestCompare)
#include "tst_compare.moc"
