// labels: slow alone
// The handwritten digits of OpenCV's documentation by the verbs with nothing chosen: at least 98.5 % of the 500 test digits in
// under 90 s on two cores.
#include "tests/support/verbs.h"

using namespace lathe;

class TestDigits : public QObject, private test::Verbs {
    Q_OBJECT
private Q_SLOTS:
    void learnsTheDigits() {
        if (!hasEngine()) QSKIP("this build has no engine");
        if (!QFile::exists("/usr/share/doc/opencv-doc")) QSKIP("the package opencv-doc is not installed");
        const QString workspace = at("digits.lathe");
        QVERIFY(makeDigits(workspace));
        const Json run = want(0, {"train", workspace, "--snapshot", "v1", "--seed", "1", "--device", "cpu"});
        QVERIFY(run.is_object());
        const Json report = want(0, {"eval", workspace, text(run["run"]), "--split", "test"});
        QVERIFY(report.is_object());
        const double accuracy = report["metrics"]["accuracy"].get<double>(), seconds = run["seconds"].get<double>();
        qInfo("digits: %.2f %% of test, trained in %.1f s", accuracy * 100, seconds);
        QVERIFY2(accuracy >= 0.985, report["metrics"].dump().c_str());
        QVERIFY2(seconds < 90, "too slow: is the machine busy?");
    }
};

QTEST_GUILESS_MAIN(TestDigits)
#include "tst_digits.moc"
