// Figures of a classifier against scikit-learn (tests/data/engine/make_classification.py), of a detector against pycocotools
// (make_detection.py).
#include <torch/torch.h>
#include <QProcess>
#include <QTest>
#include <cmath>

#include "core/engine/eval/classification.h"
#include "core/runs/figures/detection.h"

using namespace lathe;
using namespace lathe::engine;

namespace {

/// One case of make_detection.py.
struct DetectionCase {
    explicit DetectionCase(const Json& json)
        : images(json["images"]), categories(json["categories"]), ap(json["ap"]), stats(json["stats"]) {
        const auto box = [](const Json& row) { return runs::figures::DetectionBox{row[2], row[3], row[4], row[5]}; };
        for (const Json& row : json["truths"]) truths.push_back({row[0], row[1], box(row), row[6], row[7] == 1});
        for (const Json& row : json["detections"]) detections.push_back({row[0], row[1], box(row), row[6]});
    }
    [[nodiscard]] Result<runs::figures::DetectionFigures> figures(const runs::figures::DetectionOptions& options = {}) const {
        return runs::figures::detectionFigures(truths, detections, images, categories, options);
    }
    int images, categories;
    std::vector<runs::figures::DetectionTruth> truths;
    std::vector<runs::figures::Detection> detections;
    std::vector<double> ap, stats;
};

std::array<double, 12> twelve(const runs::figures::DetectionFigures& f) {
    return {f.ap, f.ap50, f.ap75, f.apSmall, f.apMedium, f.apLarge, f.ar1, f.ar10, f.ar100, f.arSmall, f.arMedium, f.arLarge};
}

/// The greatest difference to pycocotools over all figures of all cases.
double worstDifference(const Json& cases) {
    double worst = 0;
    for (const Json& json : cases) {
        const DetectionCase one(json);
        const auto figures = one.figures();
        if (!figures) return 1;
        const auto ours = twelve(*figures);
        for (std::size_t k = 0; k < ours.size(); ++k) worst = std::max(worst, std::abs(ours[k] - one.stats[k]));
        for (std::size_t k = 0; k < one.ap.size(); ++k) worst = std::max(worst, std::abs(figures->perClass[k].ap - one.ap[k]));
    }
    return worst;
}

Json detectionCases() {
    return *base::readJson(LATHE_SOURCE_DIR "/tests/data/engine/detection.json");
}

}  // namespace

class TestEval : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchesScikitLearn() {
        const Json cases = *base::readJson(LATHE_SOURCE_DIR "/tests/data/engine/classification.json");
        QVERIFY(cases.size() >= 5);
        for (const Json& one : cases) {
            const auto rows = one["logits"].get<std::vector<std::vector<double>>>();
            const auto labels = one["labels"].get<std::vector<std::int64_t>>();
            std::vector<double> flat;
            for (const auto& row : rows) flat.insert(flat.end(), row.begin(), row.end());
            const auto logits = torch::tensor(flat, torch::kFloat64).reshape({std::int64_t(rows.size()), -1});
            const auto figures = eval::classificationFigures(logits, torch::tensor(labels));
            const auto close = [&](double value, const char* key) { return std::abs(value - one[key].get<double>()) < 1e-9; };
            QVERIFY(close(figures.accuracy, "accuracy"));
            QVERIFY(close(figures.macroF1, "macro_f1"));
            QVERIFY(close(figures.loss, "loss"));
            QVERIFY(close(figures.ece, "ece"));
            QVERIFY(close(figures.top5, "top5"));
            for (std::size_t k = 0; k < figures.perClass.size(); ++k) {
                QVERIFY(std::abs(figures.perClass[k].rocAuc - one["roc_auc"][k].get<double>()) < 1e-9);
                QVERIFY(std::abs(figures.perClass[k].averagePrecision - one["average_precision"][k].get<double>()) < 1e-9);
            }
            const auto sure = eval::classificationFigures(logits, torch::tensor(labels), 300);
            QVERIFY(sure.accuracyInterval[0] <= sure.accuracy && sure.accuracy <= sure.accuracyInterval[1]);
            QVERIFY(labels.size() == 1 || sure.accuracyInterval[0] < sure.accuracyInterval[1]);
            QVERIFY(sure.macroF1Interval[0] <= sure.macroF1Interval[1]);
            for (const auto& one : sure.perClass)
                if (one.support > 0) QVERIFY(one.recallInterval[0] <= one.recall && one.recall <= one.recallInterval[1]);
            QVERIFY(Json(figures.confusion) == one["confusion"]);
            for (std::size_t k = 0; k < figures.perClass.size(); ++k) {
                QVERIFY(std::abs(figures.perClass[k].precision - one["precision"][k].get<double>()) < 1e-12);
                QVERIFY(std::abs(figures.perClass[k].recall - one["recall"][k].get<double>()) < 1e-12);
                QVERIFY(std::abs(figures.perClass[k].f1 - one["f1"][k].get<double>()) < 1e-12);
                QCOMPARE(figures.perClass[k].support, one["support"][k].get<std::int64_t>());
            }
        }
    }
    void nothingToMeasureIsNoCrash() {
        const auto figures = eval::classificationFigures(torch::zeros({0, 3}), torch::zeros({0}, torch::kInt64));
        QCOMPARE(figures.samples, 0);
        QCOMPARE(figures.perClass.size(), std::size_t(3));
    }
    void detectionsMatchPycocotools() {
        const Json cases = detectionCases();
        QCOMPARE(cases.size(), std::size_t(60));
        QVERIFY(worstDifference(cases) < 1e-9);
    }
    void aThousandRandomCasesMatchToo() {
        const QString python = qEnvironmentVariable("LATHE_TEST_PYTHON");
        if (python.isEmpty()) QSKIP("LATHE_TEST_PYTHON names no Python with pycocotools; installer/test.sh sets it");
        QProcess oracle;
        oracle.start(python, {QStringLiteral(LATHE_SOURCE_DIR "/tests/data/engine/make_detection.py"), "1000", "77"});
        QVERIFY(oracle.waitForFinished(300'000));
        const Json cases = Json::parse(oracle.readAllStandardOutput().toStdString());
        QCOMPARE(cases.size(), std::size_t(1000));
        QVERIFY(worstDifference(cases) < 1e-9);
    }
    void everyDetectionHasItsOutcome() {
        const std::vector<runs::figures::DetectionTruth> truths = {{0, 0, {10, 10, 20, 20}, 400},
                                                                   {0, 0, {100, 100, 50, 50}, 2500, true}};
        const std::vector<runs::figures::Detection> detections = {{0, 0, {11, 10, 20, 20}, 0.9},
                                                                  {0, 0, {10, 11, 20, 20}, 0.8},
                                                                  {0, 0, {110, 110, 20, 20}, 0.7},
                                                                  {0, 0, {300, 0, 9, 9}, 0.6}};
        const auto figures = runs::figures::detectionFigures(truths, detections, 1, 1);
        QVERIFY(figures.has_value());
        QCOMPARE(figures->found, (std::vector<int>{0, -1, -2, -1}));
        QCOMPARE(figures->perClass[0].truths, 1);
    }
    void anIntervalHoldsItsFigure() {
        int held = 0, wide = 0, all = 0;
        for (const Json& json : detectionCases()) {
            const auto f = DetectionCase(json).figures({.resamples = 200});
            QVERIFY(f.has_value());
            if (f->ap < 0) continue;
            QVERIFY(f->apInterval[0] <= f->apInterval[1]);
            ++all;
            held += f->ap >= f->apInterval[0] && f->ap <= f->apInterval[1];
            wide += f->apInterval[1] > f->apInterval[0];
            const auto again = DetectionCase(json).figures({.resamples = 200});
            QVERIFY(f->apInterval == again->apInterval);
            for (const auto& one : f->perClass)
                QVERIFY(one.ap < 0 ||
                        (one.apInterval[0] <= one.ap && one.ap <= one.apInterval[1] && one.ap50Interval[1] >= one.ap50));
            const double sizes[] = {f->apSmall, f->apMedium, f->apLarge};
            for (std::size_t k = 0; k < 3; ++k)
                QVERIFY(sizes[k] < 0 || (f->apOfSizeInterval[k][0] <= sizes[k] && sizes[k] <= f->apOfSizeInterval[k][1]));
        }
        QCOMPARE(held, all);
        QVERIFY(wide >= 25);
    }
    void whatCannotBeJudgedIsNamed() {
        const std::vector<runs::figures::DetectionTruth> truths = {{0, 0, {0, 0, 5, 5}, 25}};
        const std::vector<runs::figures::Detection> far = {{0, 0, {0, 0, 5, 5}, 0.5}, {4, 0, {0, 0, 5, 5}, 0.5}};
        QCOMPARE(runs::figures::detectionFigures(truths, far, 1, 1).error().context, std::string("detection 1"));
        const std::vector<runs::figures::Detection> unscored = {{0, 0, {0, 0, 5, 5}, std::nan("")}};
        QVERIFY(!runs::figures::detectionFigures(truths, unscored, 1, 1));
        QVERIFY(!runs::figures::detectionFigures(truths, {}, 1, 0));
        QCOMPARE(runs::figures::detectionFigures(truths, {}, 1, 1)->ap, 0.);
        QCOMPARE(runs::figures::detectionFigures({}, unscored, 1, 1).has_value(), false);
        QCOMPARE(runs::figures::detectionFigures({}, {}, 0, 0)->ap, -1.);
    }
};

QTEST_GUILESS_MAIN(TestEval)
#include "tst_eval.moc"
