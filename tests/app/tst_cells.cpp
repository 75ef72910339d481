// labels: slow
// A detector round the whole loop by verbs, on real pictures: the blood cells, small and short.
#include <QTest>
#include <fstream>

#include "tests/support/verbs.h"

using namespace lathe;
namespace fs = std::filesystem;

class TestCells : public QObject, private test::Verbs {
    Q_OBJECT
    QString m_workspace, m_run;

private Q_SLOTS:
    void initTestCase() {
        if (!hasEngine()) QSKIP("this preset has no engine");
        m_workspace = at("cells.lathe");
        QVERIFY(want(0, {"init", m_workspace}).is_object());
        QVERIFY(want(0, {"samples", "bccd", at("bccd")}).is_object());
        const Json imported = want(3, {"import", m_workspace, at("bccd")});
        QCOMPARE(imported["images"]["added"].get<int>(), 364);
        QVERIFY(want(0, {"split", m_workspace, "--train", "0.6", "--val", "0.2", "--test", "0.2", "--seed", "1"}).is_object());
    }
    void trainsAndSaysCocosFigures() {
        const Json trained =
            want(0, {"train", m_workspace, "--task", "detect", "--epochs", "2", "--size", "96", "--name", "cells"});
        QCOMPARE(text(trained["state"]), QStringLiteral("finished"));
        QCOMPARE(text(trained["model"]), QStringLiteral("fcos_light"));
        for (const char* metric : {"ap", "ap50", "ap75", "ar100", "ap_low", "ap_high", "loss"})
            QVERIFY2(trained["metrics"].contains(metric), metric);
        m_run = text(trained["run"]);
        const Json evaluated = want(0, {"eval", m_workspace, "cells", "--split", "test"});
        QCOMPARE(evaluated["metrics"]["ap50"].get<double>(), trained["metrics"]["ap50"].get<double>());
        QCOMPARE(evaluated["per_class"].size(), std::size_t(3));
        for (const char* key : {"ap_low", "ap50_high"}) QVERIFY2(evaluated["per_class"][0].contains(key), key);
        QVERIFY(!evaluated["per_size"].empty() && !evaluated["curves"]["precision_recall"]["classes"].empty());
    }
    void slicesHaveAveragePrecision() {
        const Json all = want(0, {"eval", m_workspace, "cells", "--slice", "width>0", "--slice", "class:WBC"});
        QCOMPARE(text(all["source"]), QStringLiteral("kept"));
        const Json& whole = all["slices"][0];
        QVERIFY(std::abs(whole["metrics"]["ap50"].get<double>() - all["metrics"]["ap50"].get<double>()) < 1e-3);
        QVERIFY(std::abs(whole["metrics"]["ap"].get<double>() - all["metrics"]["ap"].get<double>()) < 1e-3);
        QVERIFY(std::abs(whole["difference"]["f1"].get<double>()) < 1e-12);
        QCOMPARE(text(whole["verdict"]), QStringLiteral("not enough evidence"));
        QVERIFY(all["slices"][1]["metrics"].contains("ap50_low"));
    }
    void comparesByF1AndFindsWhatIsWrong() {
        QVERIFY(
            want(0, {"train", m_workspace, "--task", "detect", "--epochs", "1", "--size", "96", "--name", "shorter"}).is_object());
        const Json compared = want(0, {"compare", m_workspace, "cells", "shorter"});
        QCOMPARE(text(compared["metric"]), QStringLiteral("f1"));
        QVERIFY(compared["pairs"][0]["low"].get<double>() <= compared["pairs"][0]["high"].get<double>());
        const auto refused = run({"compare", m_workspace, "cells", "shorter", "--metric", "macro_f1"});
        QVERIFY(refused.exit != 0 && refused.errors.contains("accuracy or f1"));
        QVERIFY(want(0, {"query", m_workspace, "run:cells wrong:yes"})["total"].get<int>() > 0);
    }
    void predictsIntoCocoAndTheCanvas() {
        const Json predicted = want(0, {"predict", m_workspace, "cells", "--query", "split:test", "--to", at("found.coco.json")});
        const Json& first = predicted["predictions"][0];
        QVERIFY(first["objects"].is_array());
        std::ifstream in(at("found.coco.json").toStdString());
        const Json results = Json::parse(in);
        QVERIFY(!results.empty() && results[0]["bbox"].size() == 4 && results[0].contains("score"));
        const Json suggested =
            want(0, {"predict", m_workspace, "cells", "--query", "split:val", "--as-suggestions", "--least", "0.2"});
        QVERIFY(suggested["suggestions"].get<int>() > 0);
    }
    void theCheckBeforeTheStart() {
        const auto checked = run({"check", m_workspace, "--run", "--task", "detect", "--size", "96"});
        QVERIFY2(checked.exit == 0 || checked.exit == 4, qPrintable(checked.errors));
        QCOMPARE(checked.json["passed"].get<int>() + checked.json["failed"].get<int>(), int(checked.json["checks"].size()));
        for (const Json& one : checked.json["checks"])
            if (one["name"] != "learning_rate") QVERIFY2(one["ok"].get<bool>(), one.dump().c_str());
        QCOMPARE(run({"train", m_workspace, "--task", "detect", "--model", "resnet18"}).exit, 2);
    }
    void packagesPushesAndServes() {
        const Json packaged = want(0, {"package", m_workspace, "cells"});
        const QString model = text(packaged["model"]);
        QVERIFY(fs::exists(fs::path(packaged["folder"].get<std::string>()) / "model.onnx"));
        QVERIFY(want(0, {"submit", m_workspace, model, "--as", "ana"}).is_object());
        QVERIFY(want(0, {"approve", m_workspace, model, "--note", "looked at", "--as", "bo"}).is_object());
        QVERIFY(want(0, {"target", "add", m_workspace, "shelf", "--kind", "folder", "--url", at("served")}).is_object());
        QCOMPARE(text(want(0, {"push", m_workspace, model, "shelf"})["state"]), QStringLiteral("live"));
        const Json again = want(0, {"predict", m_workspace, model, "--query", "split:test"});
        QVERIFY(again["predictions"][0]["objects"].is_array());
        const auto refused = run({"explain", m_workspace, "cells", "BloodImage_00000.jpg", "--out", at("why")});
        QVERIFY(refused.exit == 1 && refused.errors.contains("explains classifiers"));
    }
};

QTEST_GUILESS_MAIN(TestCells)
#include "tst_cells.moc"
