// labels: slow
// lathe check --run on real pictures: layers, memory, the largest batch, and a network that its pictures don't fit, in words.
#include <QTest>

#include "tests/support/verbs.h"

using namespace lathe;

class TestCheckRun : public QObject, private test::Verbs {
    Q_OBJECT
    QString m_workspace;

private Q_SLOTS:
    void initTestCase() {
        if (!hasEngine()) QSKIP("this preset has no engine");
        if (!QFile::exists("/usr/share/doc/opencv-doc")) QSKIP("the package opencv-doc is not installed");
        m_workspace = at("digits.lathe");
        QVERIFY(makeDigits(m_workspace));
    }

    void everyLayerAndTheLargestBatch() {
        const auto checked = run({"check", m_workspace, "--run", "--largest-batch", "--memory", "48"});
        QVERIFY2(checked.exit == 0 || checked.exit == 4, qPrintable(checked.errors));
        double kept = 0, parameters = 0;
        for (const Json& layer : checked.json["layers"]) {
            kept += layer["activation_bytes"].get<double>(), parameters += layer["parameters"].get<double>();
            QVERIFY(layer["forward_ms"].get<double>() >= 0 && layer["shape"].is_array());
        }
        QCOMPARE(checked.json["layers"].size(), std::size_t(16));
        QCOMPARE(parameters, checked.json["parameters"].get<double>());
        const Json& memory = checked.json["memory"];
        QCOMPARE(kept, memory["activations"].get<double>());
        QVERIFY(memory["peak"].get<double>() > kept && memory["free"].get<double>() > memory["peak"].get<double>());
        const Json& found = checked.json["largest_batch"];
        QVERIFY2(found["largest"].get<int>() >= 2 && found["ended"] == "memory", found.dump().c_str());
        QCOMPARE(found["limit"].get<std::int64_t>(), std::int64_t(48) << 20);
        QVERIFY(found["suggested"].get<int>() <= found["largest"].get<int>());
        int seen = 0;
        for (const Json& check : checked.json["checks"])
            if (check["name"] == "shapes" || check["name"] == "memory") seen += check["ok"].get<bool>();
        QCOMPARE(seen, 2);
    }

    void whatDoesNotFitIsSaidByLayer() {
        const auto checked = raw({"check", m_workspace, "--run", "--set", "model.name=small", "--set", "preprocessing.width=64",
                                  "--set", "preprocessing.height=8"});
        QCOMPARE(checked.exit, 4);
        QVERIFY2(checked.text.contains("behind layer stage4.widen.bn (BatchNorm2d)"), qPrintable(checked.text));
        QVERIFY2(checked.text.contains("set preprocessing.width and preprocessing.height to at least 16"),
                 qPrintable(checked.text));
        QVERIFY(checked.text.contains("1 failed"));
    }
};

QTEST_GUILESS_MAIN(TestCheckRun)
#include "tst_check_run.moc"
