// labels: slow
// `lathe duplicates` through the real program: groups, leaks, exclusion and its undo, exit codes, Ctrl-C.
#include <signal.h>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <opencv2/imgcodecs.hpp>

#include "tests/support/data_sets.h"
#include "tests/support/verbs.h"

using namespace lathe;
namespace fs = std::filesystem;

class TestDuplicatesVerb : public QObject, private test::Verbs {
    Q_OBJECT
    QString m_workspace;

    void importInto(const QString& workspace, const char* folder, const char* split) const {
        QVERIFY(want(0, {"import", workspace, at(folder), "--split", split}).is_object());
    }

private Q_SLOTS:
    void initTestCase() {
        m_workspace = at("cells.lathe");
        for (const char* folder : {"one/c", "two/c"}) fs::create_directories(m_root.path() / folder);
        for (int k = 0; k < 8; ++k) {
            const auto name = (test::bloodCells() / "JPEGImages" / ("BloodImage_0000" + std::to_string(k) + ".jpg")).string();
            if (!QFile::exists(QString::fromStdString(name))) continue;
            const cv::Mat picture = cv::imread(name);
            cv::imwrite((m_root.path() / "one/c" / ("p" + std::to_string(k) + ".jpg")).string(), picture);
            if (k != 0 && k != 2) continue;
            cv::Mat half;
            cv::resize(picture, half, {}, 0.5, 0.5, cv::INTER_AREA);
            cv::imwrite((m_root.path() / "two/c" / ("half" + std::to_string(k) + ".png")).string(), half);
        }
        QVERIFY(want(0, {"init", m_workspace}).is_object());
        importInto(m_workspace, "one", "train");
        importInto(m_workspace, "two", "test");
    }

    void groupsAndLeaks() {
        const Json found = want(0, {"duplicates", m_workspace});
        QCOMPARE(found["groups"].size(), std::size_t(2));
        QCOMPARE(found["leaks"].size(), std::size_t(2));
        for (const Json& leak : found["leaks"]) {
            QVERIFY(leak["distance"].get<int>() <= 6 && leak["a"].get<int>() < leak["b"].get<int>());
            QVERIFY(std::ranges::find(found["groups"], Json{leak["a"], leak["b"]}) != found["groups"].end());
        }
        QCOMPARE(want(0, {"duplicates", m_workspace})["decoded"].get<int>(), 0);
        const Ran table = raw({"duplicates", m_workspace});
        QCOMPARE(table.exit, 0);
        QVERIFY2(table.text.contains("half0.png") && table.text.contains("Leaks between splits"), qPrintable(table.text));
        QVERIFY(want(0, {"duplicates", m_workspace, "--query", "split:train"})["groups"].empty());
        QVERIFY(want(0, {"duplicates", m_workspace, "--query", "-split:train"})["groups"].empty());
    }

    void wrongWordsAreUsage() {
        QCOMPARE(run({"duplicates", m_workspace, "--threshold", "17"}).exit, 2);
        QCOMPARE(run({"duplicates", m_workspace, "--threshold", "many"}).exit, 2);
        QCOMPARE(run({"duplicates", m_workspace, "--keep", "prettiest"}).exit, 2);
        QCOMPARE(run({"duplicates", m_workspace, "--keep", "first", "--undo"}).exit, 2);
        QCOMPARE(run({"duplicates", m_workspace, "--query", "split:nowhere"}).exit, 2);
        QCOMPARE(run({"duplicates", at("nowhere.lathe")}).exit, 1);
    }

    void oneIsKeptAndTheRestComesBack() {
        const Json kept = want(0, {"duplicates", m_workspace, "--keep", "largest", "--as", "ana"});
        QCOMPARE(kept["excluded"].size(), std::size_t(2));
        const Json skipped = want(0, {"query", m_workspace, "state:skipped"});
        QCOMPARE(skipped["total"].get<int>(), 2);
        for (const Json& image : skipped["images"]) QVERIFY(text(image["file"]).contains("half"));
        const Json after = want(0, {"duplicates", m_workspace});
        QVERIFY(after["groups"].empty() && after["leaks"].empty() && after["left_out"] == 2);
        const Json back = want(0, {"duplicates", m_workspace, "--undo"});
        QVERIFY(back["brought_back"] == 2 && back["groups"].size() == 2);
        QCOMPARE(want(0, {"query", m_workspace, "state:skipped"})["total"].get<int>(), 0);
    }

    void missingFilesAreExit3() {
        const QString workspace = at("linked.lathe");
        QVERIFY(want(0, {"init", workspace}).is_object());
        QVERIFY(want(0, {"import", workspace, at("two"), "--link"}).is_object());
        QVERIFY(fs::remove(m_root.path() / "two/c/half0.png"));
        const Json found = want(3, {"duplicates", workspace});
        QCOMPARE(found["problems"].size(), std::size_t(1));
        QVERIFY(text(found["problems"][0]["item"]).contains("half0.png"));
        QCOMPARE(text(found["problems"][0]["code"]), QStringLiteral("missing_image"));
    }

    void controlCKeepsWhatWasSeen() {
        const QString workspace = at("many.lathe");
        test::makeClassFolders(m_root.path() / "many", {"a"}, 3000);
        QVERIFY(want(0, {"init", workspace}).is_object());
        QVERIFY(want(0, {"import", workspace, at("many")}).is_object());
        QProcess process;
        prepare(process);
        process.start(test::program("lathe"), {"duplicates", workspace, "--json"});
        QVERIFY(process.waitForStarted());
        const QString cache = workspace + "/cache/fingerprints.bin";
        while (process.state() == QProcess::Running && QFile(cache).size() < 1000) QTest::qWait(1);
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(60'000));
        if (process.exitCode() == 0) QSKIP("it was through before the signal came");
        QCOMPARE(process.exitCode(), 130);
        const Json again = want(0, {"duplicates", workspace});
        QVERIFY2(again["decoded"].get<int>() < 3000, again.dump().substr(0, 200).c_str());
    }
};

QTEST_GUILESS_MAIN(TestDuplicatesVerb)
#include "tst_duplicates_verb.moc"
