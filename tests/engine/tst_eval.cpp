// Figures of a classifier against scikit-learn (tests/data/engine/make_classification.py).
#include <torch/torch.h>
#include <QTest>
#include <cmath>

#include "core/engine/eval/classification.h"

using namespace lathe;
using namespace lathe::engine;

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
};

QTEST_GUILESS_MAIN(TestEval)
#include "tst_eval.moc"
