// labels: slow
// The command line through the real programs: the whole loop on a small set, exit codes, Ctrl-C and kill -9.
#include <signal.h>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>

#include "core/base/files.h"
#include "core/runs/event_log.h"
#include "core/runs/run_folder.h"
#include "tests/support/sample_set.h"
#include "tests/support/verbs.h"

using namespace lathe;
namespace fs = std::filesystem;

class TestVerbs : public QObject, private test::Verbs {
    Q_OBJECT
private:
    QString m_workspace, m_run, m_model;

    /// A second, longer run on a process of its own.
    std::unique_ptr<QProcess> startTraining(const QString& name, int epochs) const {
        auto process = std::make_unique<QProcess>();
        prepare(*process);
        process->start(test::program("lathe"), {"train", m_workspace, "--snapshot", "v1", "--seed", "5", "--device", "cpu",
                                                "--epochs", QString::number(epochs), "--name", name, "--json"});
        return process;
    }
    Json runNamed(const QString& name) const {
        const Json all = want(0, {"runs", m_workspace, "--query", "name:" + name});
        return all.is_object() && all["runs"].size() == 1 ? all["runs"][0] : Json();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(QFile::exists(test::program("lathe")));
        m_workspace = at("shapes.lathe");
        test::makeClassFolders(m_root.path() / "shapes", 80);
        test::makeClassFolders(m_root.path() / "more", 1);
    }

    void exitCodesOfUsage() {
        QCOMPARE(raw({"nonsense"}).exit, 2);
        QVERIFY(raw({"sweep"}).errors.contains("not a verb of this version"));
        QCOMPARE(raw({"import"}).exit, 2);
        QCOMPARE(raw({"stats", at("nowhere.lathe"), "--shape"}).exit, 2);
        const Ran missing = run({"stats", at("nowhere.lathe")});
        QCOMPARE(missing.exit, 1);
        QVERIFY(missing.errors.trimmed().size() > 20);
        QCOMPARE(raw({"--help"}).exit, 0);
    }

    void everyVerbHelpsWithAnExample() {
        const QStringList lines = raw({"--help"}).text.split('\n');
        int verbs = 0;
        for (const QString& line : lines) {
            const QStringList words = line.split(' ', Qt::SkipEmptyParts);
            if (words.size() < 3 || words[0] != "lathe" || !line.startsWith("  lathe ") || words[1].startsWith('[')) continue;
            const Ran help = raw({words[1], "--help"});
            QCOMPARE(help.exit, 0);
            QVERIFY2(help.text.contains("Example:\n  lathe " + words[1]), qPrintable(words[1]));
            ++verbs;
        }
        QVERIFY2(verbs >= 36, qPrintable(QString::number(verbs)));
    }

    void doctorAlwaysAnswers() {
        const Json with = want(0, {"doctor"});
        QVERIFY(with["engine"].contains("version") && with["engine"].contains("torch") && !with["checks"].empty());
        QProcess process;
        prepare(process);
        auto environment = process.processEnvironment();
        environment.insert("LATHE_ENGINE", "/nowhere/lathe-engine");
        process.setProcessEnvironment(environment);
        process.start(test::program("lathe"), {"doctor", "--json"});
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitCode(), 0);
        const Json without = Json::parse(process.readAllStandardOutput().toStdString());
        QVERIFY(without["checks"][0]["ok"] == false);
    }

    void imagesComeInAndAreFrozen() {
        QVERIFY(want(0, {"init", m_workspace}).is_object());
        QCOMPARE(run({"init", m_workspace}).exit, 1);
        QCOMPARE(want(0, {"import", m_workspace, at("shapes"), "--dry-run"})["images"]["added"].get<int>(), 160);
        QCOMPARE(want(0, {"import", m_workspace, at("shapes")})["images"]["added"].get<int>(), 160);
        QCOMPARE(want(0, {"import", m_workspace, at("shapes")})["images"]["known"].get<int>(), 160);
        const Json split =
            want(0, {"split", m_workspace, "--train", "0.6", "--val", "0.2", "--test", "0.2", "--stratify", "--seed", "1"});
        QCOMPARE(split["splits"]["train"].get<int>(), 96);
        QCOMPARE(run({"split", m_workspace, "--train", "-1", "--val", "0", "--test", "0"}).exit, 2);
        const Json snapshot = want(0, {"snapshot", m_workspace, "v1"});
        QCOMPARE(snapshot["images"].get<int>(), 160);
        QCOMPARE(want(0, {"diff", m_workspace, "v1", "last"})["images"]["added"].get<int>(), 0);
        const Json stats = want(0, {"stats", m_workspace});
        QCOMPARE(stats["classes"].size(), std::size_t(2));
        QCOMPARE(stats["splits"]["test"].get<int>(), 32);
    }

    void explores() {
        const Json x = want(0, {"explore", m_workspace, "--query", "-class:disc", "--report", at("report.html")});
        QCOMPARE(x["images"].get<int>(), 80);
        QCOMPARE(x["classes"].size(), std::size_t(2));
        for (const Json& bin : x["brightness"]["bins"])
            QCOMPARE(want(0, {"query", m_workspace, text(bin["query"])})["total"].get<int>(), bin["images"].get<int>());
        const auto html = base::readFile((m_root.path() / "report.html"));
        QVERIFY(html.has_value() && html->find("</html>") != std::string::npos);
    }

    void queriesTakeNegatedTermsAndNameErrors() {
        QCOMPARE(want(0, {"query", m_workspace, "class:disc"})["total"].get<int>(), 80);
        QCOMPARE(want(0, {"query", m_workspace, "-class:disc", "--limit", "3"})["images"].size(), std::size_t(3));
        QCOMPARE(want(0, {"stats", m_workspace, "--query", "-class:disc"})["images"].get<int>(), 80);
        const Ran wrong = run({"query", m_workspace, "width>>3"});
        QCOMPARE(wrong.exit, 2);
        QVERIFY(wrong.errors.contains("column") || wrong.errors.contains("width"));
        const Json labels = want(0, {"labels", m_workspace, "disc/disc_1000.png", "--history"});
        QCOMPARE(text(labels["annotations"][0]["class"]), QStringLiteral("disc"));
    }

    void theSchemaGoesOutAndIn() {
        QCOMPARE(want(0, {"schema", m_workspace, "--out", at("schema.json")})["classes"].get<int>(), 2);
        Json file = base::readJson(at("schema.json").toStdString()).value();
        file["classes"][0]["rule"] = "Round.";
        file["classes"].push_back({{"name", "triangle"}, {"kinds", {"polygon", "box"}}});
        QVERIFY(base::writeJson(at("more.json").toStdString(), file).has_value());
        const Json taken = want(0, {"schema", m_workspace, "--in", at("more.json")});
        QVERIFY(taken["added"] == 1 && taken["changed"] == 1 && taken["kept"] == 0);
        QCOMPARE(text(want(0, {"schema", m_workspace})["classes"][0]["rule"]), QStringLiteral("Round."));
        file["classes"][1]["colour"] = "blue";
        QVERIFY(base::writeJson(at("wrong.json").toStdString(), file).has_value());
        const Ran wrong = run({"schema", m_workspace, "--in", at("wrong.json")});
        QCOMPARE(wrong.exit, 1);
        QVERIFY2(wrong.errors.contains("class 'square', field colour"), qPrintable(wrong.errors));
    }

    void classesAreChangedEverywhereAndBack() {
        QCOMPARE(want(0, {"class", m_workspace, "delete", "disc", "--dry-run"})["annotations"].get<int>(), 80);
        QCOMPARE(want(0, {"class", m_workspace, "merge", "disc", "square"})["images"].get<int>(), 80);
        QCOMPARE(want(0, {"query", m_workspace, "class:square"})["total"].get<int>(), 160);
        QCOMPARE(want(0, {"class", m_workspace, "undo"})["annotations"].get<int>(), 80);
        QCOMPARE(want(0, {"query", m_workspace, "class:disc"})["total"].get<int>(), 80);
        QCOMPARE(want(0, {"class", m_workspace, "delete", "triangle"})["annotations"].get<int>(), 0);
        QCOMPARE(run({"class", m_workspace, "rename", "nothing", "x"}).exit, 1);
        QCOMPARE(run({"class", m_workspace, "paint", "disc"}).exit, 2);
        const Json history = want(0, {"labels", m_workspace, "disc/disc_1000.png", "--history"})["history"];
        QCOMPARE(text(history.back()["label"]), QStringLiteral("Undo: Merge class disc into square"));
        QVERIFY(want(0, {"comments", m_workspace})["comments"].empty());
    }

    void trainingFinishesAndRepeats() {
        if (!hasEngine()) QSKIP("lathe-engine isn't built");
        QCOMPARE(run({"train", m_workspace, "--set", "optimizer.speed=3"}).exit, 2);
        const Json trained = want(
            0, {"train", m_workspace, "--snapshot", "v1", "--seed", "1", "--device", "cpu", "--epochs", "6", "--name", "first"});
        QVERIFY(trained.is_object());
        m_run = text(trained["run"]);
        QCOMPARE(text(trained["state"]), QStringLiteral("finished"));
        QCOMPARE(text(trained["snapshot"]), QStringLiteral("v1"));
        QVERIFY(trained["metrics"]["accuracy"].get<double>() > 0.7);
        QVERIFY(trained["epochs"] == 6 && trained["best"]["epoch"] > 0 && fs::exists(trained["folder"].get<std::string>()));
        QCOMPARE(text(want(0, {"runs", m_workspace, "--query", "state:finished"})["runs"][0]["run"]), m_run);
        QVERIFY(want(0, {"show", m_workspace, "first"})["series"].contains("train/loss"));
        const Json again = want(0, {"rerun", m_workspace, m_run, "--verify"});
        QVERIFY2(again["equal"] == true, again.dump().c_str());
        const Json compared = want(0, {"compare", m_workspace, m_run, "last"});
        QCOMPARE(text(compared["pairs"][0]["verdict"]), QStringLiteral("not enough evidence"));
        QCOMPARE(run({"compare", m_workspace, m_run}).exit, 2);
        QCOMPARE(run({"show", m_workspace, "nobody"}).exit, 1);
    }

    void theEngineAnswers() {
        if (m_run.isEmpty()) QSKIP("no trained run");
        const Json evaluated = want(0, {"eval", m_workspace, m_run, "--split", "test"});
        QCOMPARE(evaluated["per_class"].size(), std::size_t(2));
        QCOMPARE(evaluated["confusion"].size(), std::size_t(2));
        QCOMPARE(text(evaluated["source"]), QStringLiteral("evaluated"));
        QVERIFY(evaluated["slices"].empty() && evaluated["metrics"].contains("macro_f1_low"));
        QVERIFY(evaluated["per_class"][0]["recall_high"] >= evaluated["per_class"][0]["recall"]);
        QCOMPARE(evaluated["curves"]["roc"]["classes"].size(), std::size_t(2));
        QVERIFY(evaluated["curves"]["precision_recall"]["mean"]["area"].get<double>() > 0.5);
        std::int64_t inBins = 0;
        for (const Json& bin : evaluated["reliability"]) inBins += bin["samples"].get<std::int64_t>();
        QCOMPARE(inBins, 32);
        const Json predicted = want(0, {"predict", m_workspace, m_run, "--query", "split:test"});
        QCOMPARE(predicted["predictions"].size(), std::size_t(32));
        for (const char* to : {"p.jsonl", "p.csv", "p.coco.json"}) {
            QVERIFY(want(0, {"predict", m_workspace, m_run, "disc/disc_1000.png", "--to", at(to)}).is_object());
            QVERIFY(fs::file_size(at(to).toStdString()) > 20);
        }
        QVERIFY(want(0, {"predict", m_workspace, m_run, "disc/disc_1000.png", "--to", "sqlite:///" + at("p.db")}).is_object());
        QCOMPARE(run({"predict", m_workspace, m_run, "--to", "p.xyz"}).exit, 2);
        const Json suggested = want(0, {"predict", m_workspace, m_run, "--as-suggestions"});
        QCOMPARE(want(0, {"query", m_workspace, "suggestions:yes"})["total"].get<int>(), suggested["suggestions"].get<int>());
        QVERIFY(want(0, {"explain", m_workspace, m_run, at("shapes/disc/disc_1001.png"), "--out", at("why")}).is_object());
        for (const char* file : {"why/map.npy", "why/overlay.png", "why/explanation.json"})
            QVERIFY(fs::file_size(at(file).toStdString()) > 0);
    }

    void slicesComeFromWhatTheRunKept() {
        if (m_run.isEmpty()) QSKIP("no trained run");
        const Json sliced =
            want(0, {"eval", m_workspace, m_run, "--slice", "class:disc", "--slice", "-class:disc", "--slice", "tag:none_has_it"});
        QCOMPARE(text(sliced["source"]), QStringLiteral("kept"));
        QCOMPARE(sliced["slices"].size(), std::size_t(3));
        const Json& disc = sliced["slices"][0];
        QCOMPARE(disc["images"].get<int>() + sliced["slices"][1]["images"].get<int>(), 32);
        QCOMPARE(text(disc["metric"]), QStringLiteral("accuracy"));
        const double recall = sliced["per_class"][0]["recall"];  // of the discs: their accuracy
        QVERIFY(std::abs(disc["metrics"]["accuracy"].get<double>() - recall) < 1e-9);
        QVERIFY(disc["metrics"].contains("accuracy_low") && disc["difference"].contains("macro_f1") && disc.contains("p"));
        QCOMPARE(text(sliced["slices"][2]["verdict"]), QStringLiteral("not enough evidence"));
        const auto wrong = run({"eval", m_workspace, m_run, "--slice", "brightness<<3"});
        QVERIFY2(wrong.exit == 2 && wrong.errors.contains("brightness<<3"), qPrintable(wrong.errors));
        const Json suggested = want(0, {"eval", m_workspace, m_run, "--suggest-slices", "--split", "val"});
        QVERIFY(!suggested["slices"].empty());
        QVERIFY(suggested["slices"][0]["suggested"] == true && suggested["slices"][0].contains("adjusted_p"));
        QVERIFY(raw({"eval", m_workspace, m_run, "--slice", "class:disc"}).text.contains("SLICE"));
    }

    void reviewAndPush() {
        if (m_run.isEmpty()) QSKIP("no trained run");
        const Json package = want(0, {"package", m_workspace, m_run});
        QVERIFY(package.is_object());
        m_model = text(package["model"]);
        QVERIFY(want(0, {"target", "add", m_workspace, "here", "--kind", "folder", "--url", at("served")}).is_object());
        QVERIFY(want(0, {"target", "test", m_workspace, "here"}).is_object());
        QVERIFY(want(0, {"submit", m_workspace, m_model, "--as", "ana"}).is_object());
        QCOMPARE(run({"push", m_workspace, m_model, "here"}).exit, 4);
        QCOMPARE(run({"approve", m_workspace, m_model, "--note", "own", "--as", "ana"}).exit, 4);
        QVERIFY(want(0, {"review", m_workspace, m_model})["whole"] == true);
        QVERIFY(want(0, {"approve", m_workspace, m_model, "--note", "good", "--as", "bo"}).is_object());
        const Json pushed = want(0, {"push", m_workspace, m_model, "here"});
        QVERIFY(pushed["parity"]["ok"] == true);
        QCOMPARE(text(pushed["state"]), QStringLiteral("live"));
        QVERIFY(!want(0, {"pushes", m_workspace})["pushes"].empty());
        QCOMPARE(want(0, {"targets", m_workspace})["targets"].size(), std::size_t(1));
        QVERIFY(want(0, {"audit", m_workspace, "--verify"})["ok"] == true);
        QCOMPARE(run({"rollback", m_workspace, "here"}).exit, 4);
    }

    void serveAnswersOverHttp() {
        if (m_model.isEmpty()) QSKIP("no model");
        QProcess server;
        prepare(server);
        server.start(test::program("lathe"), {"serve", m_workspace, m_model});
        QByteArray told;
        for (int i = 0; i < 300 && !told.contains('\n'); ++i) {
            (void)server.waitForReadyRead(100);
            told += server.readAllStandardOutput();
        }
        QVERIFY2(told.startsWith("listening on http://"), told.constData());
        const QString url = QString::fromUtf8(told.split('\n').first()).mid(13);
        QProcess curl;
        curl.start("curl", {"-s", "-f", url + "/v2/health/ready", "-w", "%{http_code}"});
        QVERIFY(curl.waitForFinished(10'000));
        QVERIFY(curl.readAllStandardOutput().endsWith("200"));
        server.terminate();
        QVERIFY(server.waitForFinished(10'000));
        QCOMPARE(server.exitCode(), 0);
    }

    void controlCStopsCleanlyAndTheRunResumes() {
        if (m_run.isEmpty()) QSKIP("no trained run");
        const auto process = startTraining("stopped", 60);
        QTRY_VERIFY_WITH_TIMEOUT(runNamed("stopped").is_object() && runNamed("stopped")["epoch"].get<double>() > 1, 60'000);
        ::kill(pid_t(process->processId()), SIGINT);
        QVERIFY(process->waitForFinished(60'000));
        QCOMPARE(process->exitCode(), 130);
        QCOMPARE(text(runNamed("stopped")["state"]), QStringLiteral("stopped"));
        QVERIFY(runNamed("stopped")["epoch"].get<double>() < 60);
        const Json resumed = want(0, {"resume", m_workspace, "stopped"});
        QCOMPARE(text(resumed["state"]), QStringLiteral("finished"));
        QCOMPARE(resumed["epoch"].get<double>(), 60.0);
    }

    void aKilledEngineIsSaidAndResumesToTheSameNumbers() {
        if (m_run.isEmpty()) QSKIP("no trained run");
        const auto whole = want(
            0, {"train", m_workspace, "--snapshot", "v1", "--seed", "5", "--device", "cpu", "--epochs", "60", "--name", "whole"});
        const auto process = startTraining("killed", 60);
        QTRY_VERIFY_WITH_TIMEOUT(runNamed("killed").is_object() && runNamed("killed")["epoch"].get<double>() > 1, 60'000);
        const runs::RunFolder folder(runNamed("killed")["folder"].get<std::string>());
        const auto pid = base::readFile(folder.pidFile());
        QVERIFY(pid);
        QElapsedTimer timer;
        timer.start();
        ::kill(std::stoi(*pid), SIGKILL);
        QVERIFY(process->waitForFinished(10'000));
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(process->exitCode(), 1);
        QVERIFY(process->readAllStandardError().contains("resume"));
        QCOMPARE(text(runNamed("killed")["state"]), QStringLiteral("died"));
        const Json resumed = want(0, {"resume", m_workspace, "killed"});
        QVERIFY(resumed["metrics"]["accuracy"] == whole["metrics"]["accuracy"]);
        QVERIFY(resumed["metrics"]["loss"] == whole["metrics"]["loss"]);
    }

    void runsAreDetachedAndDeleted() {
        if (m_run.isEmpty()) QSKIP("no trained run");
        const Json started = want(
            0, {"train", m_workspace, "--snapshot", "v1", "--device", "cpu", "--epochs", "500", "--name", "detached", "--detach"});
        QVERIFY(started["pid"].get<int>() > 0);
        QTRY_COMPARE_WITH_TIMEOUT(text(runNamed("detached")["state"]), QStringLiteral("running"), 30'000);
        QCOMPARE(run({"delete", m_workspace, "detached"}).exit, 1);
        QCOMPARE(text(want(0, {"stop", m_workspace, "detached"})["state"]), QStringLiteral("stopped"));
        const std::string folder = started["folder"];
        want(0, {"delete", m_workspace, "detached"});
        QVERIFY(!fs::exists(folder));
    }

    void aPackageIsJudgedWithoutItsRun() {
        if (m_model.isEmpty()) QSKIP("no model");
        const Json before = want(0, {"eval", m_workspace, m_model, "--snapshot", "v1"});
        want(0, {"delete", m_workspace, m_run});
        QCOMPARE(run({"show", m_workspace, m_run}).exit, 1);
        const Json after = want(0, {"eval", m_workspace, m_model, "--snapshot", "v1"});
        QVERIFY2(after["metrics"]["accuracy"] == before["metrics"]["accuracy"], after.dump().c_str());
        QCOMPARE(after["per_class"].size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(TestVerbs)
#include "tst_verbs.moc"
