// Over- and underfitting in words: made curves of each kind, and those of real runs (tests/data/fit).
#include <QTest>
#include <cmath>

#include "core/base/json.h"
#include "core/runs/fit_words.h"

using namespace lathe;
using runs::FitCurves;
using runs::FitFinding;

namespace {

/// `train`, `val` and `value` of the epoch, from 1 on.
template <class Train, class Val, class Value>
FitCurves curvesOf(int epochs, Train train, Val val, Value value) {
    FitCurves curves;
    curves.metric = "accuracy", curves.classes = 10, curves.valImages = 5000, curves.planned = epochs;
    for (int e = 1; e <= epochs; ++e) curves.epochs.push_back({e, train(e), val(e), value(e)});
    return curves;
}

std::vector<std::string> kindsOf(const FitCurves& curves) {
    std::vector<std::string> kinds;
    for (const FitFinding& one : runs::fitFindings(curves)) kinds.push_back(one.kind);
    return kinds;
}

using Kinds = std::vector<std::string>;

}  // namespace

class TestFitWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void overfittingIsDatedAndMeasured() {
        const auto curves = curvesOf(
            30, [](int e) { return 1.5 * std::pow(0.9, e); },
            [](int e) { return e <= 11 ? 1.2 - 0.07 * e : 0.43 + 0.015 * (e - 11); },
            [](int e) { return e <= 11 ? 0.6 + 0.02 * e : 0.82; });
        const auto found = runs::fitFindings(curves);
        QCOMPARE(found.front().kind, std::string("overfits"));
        QCOMPARE(found.front().epoch, 12);
        QCOMPARE(found.front().numbers.at("best_epoch"), 11.0);
        const double last = 0.43 + 0.015 * (30 + 29 + 28 + 27 + 26 - 55) / 5;
        QVERIFY(std::abs(found.front().numbers.at("rise") - (last / 0.43 - 1)) < 1e-12);
        QCOMPARE(runs::inWords(found.front()),
                 std::string(
                     "Overfits since epoch 12: training loss 0.0794 still falls, validation loss 0.685 rose by 59 % from its best "
                     "at epoch 11. More data or augmentation, or a stop there."));
        QCOMPARE(runs::inWords(found.front(), "에포크 {since}부터 과적합"), std::string("에포크 12부터 과적합"));
        QCOMPARE(std::string(runs::fitTitle("overfits")), std::string("Overfitting"));
    }

    void aRisingLossWithAGrowingMetricIsOverconfidence() {
        const auto curves = curvesOf(
            20, [](int e) { return 1.0 * std::pow(0.8, e); }, [](int e) { return e < 8 ? 1.0 - 0.08 * e : 0.36 + 0.02 * (e - 8); },
            [](int e) { return 0.5 + 0.02 * e; });
        QCOMPARE(kindsOf(curves), Kinds{"overconfident"});
    }

    void aLevelOfNoiseIsNoRise() {
        const auto noise = [](int e) { return 0.03 * ((e * 7919) % 13 - 6) / 6.0; };
        const auto curves = curvesOf(
            24, [](int e) { return 0.5 + 0.4 * std::pow(0.7, e); }, [&](int e) { return 0.55 + 0.4 * std::pow(0.7, e) + noise(e); },
            [&](int e) { return 0.8 - 0.4 * std::pow(0.6, e) + noise(e) / 10; });
        for (const std::string& kind : kindsOf(curves)) QVERIFY2(kind != "overfits" && kind != "overconfident", kind.c_str());
    }

    void otherKinds_data() {
        QTest::addColumn<QString>("kind");
        QTest::newRow("early") << "early";
        QTest::newRow("underfits") << "underfits";
        QTest::newRow("improving") << "improving";
        QTest::newRow("plateau") << "plateau";
        QTest::newRow("gap") << "gap";
        QTest::newRow("noisy") << "noisy";
        QTest::newRow("fits") << "fits";
    }
    void otherKinds() {
        QFETCH(QString, kind);
        FitCurves curves;
        Kinds wanted{kind.toStdString()};
        if (kind == "early")
            curves = curvesOf(
                3, [](int) { return 1.0; }, [](int) { return 1.0; }, [](int) { return 0.5; });
        if (kind == "underfits")
            curves = curvesOf(
                20, [](int e) { return 2.30 + 0.02 / e; }, [](int e) { return 2.31 + 0.02 / e; },
                [](int e) { return 0.12 + 0.001 * (e % 2); });
        if (kind == "improving")
            curves = curvesOf(
                10, [](int e) { return 2.0 - 0.1 * e; }, [](int e) { return 2.1 - 0.1 * e; }, [](int e) { return 0.3 + 0.03 * e; });
        if (kind == "plateau")
            curves = curvesOf(
                20, [](int e) { return 0.4 + std::exp(-e); }, [](int e) { return 0.42 + std::exp(-e); },
                [](int e) { return 0.9 - std::exp(-e); });
        if (kind == "gap") {
            curves = curvesOf(
                20, [](int e) { return 0.1 + std::exp(-e); }, [](int e) { return 0.5 + std::exp(-e); },
                [](int e) { return 0.85 - std::exp(-e); });
            wanted.push_back("plateau");
        }
        if (kind == "noisy") {
            curves = curvesOf(
                4, [](int) { return 0.4; }, [](int) { return 0.42; }, [](int e) { return 0.8 + 0.001 * e; });
            curves.valImages = 40;
        }
        if (kind == "fits")
            curves = curvesOf(
                4, [](int e) { return 0.4 - 0.01 * e; }, [](int e) { return 0.42 - 0.01 * e; }, [](int) { return 0.9; });
        QCOMPARE(kindsOf(curves), wanted);
        for (const FitFinding& one : runs::fitFindings(curves)) {
            const std::string words = runs::inWords(one);
            QVERIFY2(words.find('{') == std::string::npos, words.c_str());
            QVERIFY(*runs::fitTitle(one.kind));
        }
    }

    void theIntervalIsWilsons() {
        auto curves = curvesOf(
            4, [](int) { return 0.4; }, [](int) { return 0.42; }, [](int) { return 0.9; });
        curves.valImages = 40;
        // scipy.stats.binomtest(36, 40).proportion_ci(method="wilson")
        const auto found = runs::fitFindings(curves);
        const auto noisy = std::find_if(found.begin(), found.end(), [](const FitFinding& one) { return one.kind == "noisy"; });
        QVERIFY(noisy != found.end());
        QVERIFY(std::abs(noisy->numbers.at("half") - (0.9604204713173936 - 0.7694822477247771) / 2) < 1e-12);
        QCOMPARE(runs::inWords(*noisy), std::string("Noisy validation: only 40 images, the interval is ±0.095."));
    }

    void realRunsAreJudged_data() {
        QTest::addColumn<QString>("kind");
        QTest::newRow("memorises") << "gap";
        QTest::newRow("overfits") << "overfits";
        QTest::newRow("underfits") << "underfits";
        QTest::newRow("preset") << "fits";
    }
    void realRunsAreJudged() {
        QFETCH(QString, kind);
        const auto json = base::readJson(std::string(LATHE_SOURCE_DIR "/tests/data/fit/") + QTest::currentDataTag() + ".json");
        QVERIFY(json);
        FitCurves curves;
        curves.metric = "accuracy", curves.classes = (*json)["classes"], curves.valImages = (*json)["val_images"];
        for (const Json& e : (*json)["epochs"]) curves.epochs.push_back({e[0], e[1], e[2], e[3]});
        curves.planned = curves.epochs.back().epoch;
        const auto found = runs::fitFindings(curves);
        QVERIFY(!found.empty());
        QCOMPARE(QString::fromStdString(found.front().kind), kind);
    }

    void nothingIsSaidOfNothing() {
        QVERIFY(runs::fitFindings({}).empty());
        auto curves = curvesOf(
            8, [](int) { return 1.0; }, [](int) { return std::nan(""); }, [](int) { return std::nan(""); });
        QVERIFY(runs::fitFindings(curves).empty());
    }
};

QTEST_GUILESS_MAIN(TestFitWords)
#include "tst_fit_words.moc"
