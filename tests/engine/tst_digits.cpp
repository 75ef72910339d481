// labels: slow
// The handwritten digits of OpenCV's documentation: at least 98.5 % of the 500 test digits in under 90 s on two cores.
#include <QElapsedTimer>
#include <QTest>

#include "core/base/files.h"
#include "tests/engine/run_support.h"

using namespace testrun;

class TestDigits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void learnsTheDigits() {
        const lathe::base::TempFolder root;
        const auto lines = cutDigits(root.path() / "images");
        if (lines.empty()) QSKIP("the package opencv-doc is not installed");
        const fs::path folder = root.path() / "runs" / "digits";
        fs::create_directories(folder);
        std::vector<std::string> classes;
        for (int i = 0; i < 10; ++i) classes.push_back(std::to_string(i));
        writeManifest(folder, classes, lines);
        writeSpec(folder, {{"seed", 1}, {"device", "cpu"}, {"augmentation", {{{"name", "shift"}, {"pixels", 2}}}}});
        QElapsedTimer clock;
        clock.start();
        const Ran ran = runEngine(folder);
        const double seconds = double(clock.elapsed()) / 1000;
        QVERIFY2(ran.status == 0, qPrintable(ran.errors));
        const Json report = readJsonFile(folder / "report.json");
        const double accuracy = report["metrics"]["accuracy"].get<double>();
        qInfo("digits: %.2f %% of test in %.1f s, %.0f images/s", accuracy * 100, seconds,
              report["metrics"]["images_per_second"].get<double>());
        QVERIFY2(accuracy >= 0.985, report["metrics"].dump().c_str());
        QVERIFY2(seconds < 90, "too slow: is the machine busy?");
    }
};

QTEST_GUILESS_MAIN(TestDigits)
#include "tst_digits.moc"
