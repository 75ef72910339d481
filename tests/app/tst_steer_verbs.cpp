// labels: slow
// edit, fork, checkpoints, queue-runs and what show says of them, through the real programs.
#include <signal.h>
#include <QFile>
#include <QProcess>
#include <QTest>

#include "tests/support/sample_set.h"
#include "tests/support/verbs.h"

using namespace lathe;
namespace fs = std::filesystem;

class TestSteerVerbs : public QObject, private test::Verbs {
    Q_OBJECT
private:
    QString m_workspace;

    QStringList train(const QString& name, int epochs, const QStringList& more) const {
        return QStringList{"train",  m_workspace, "--snapshot", "v1",       "--seed",
                           "5",      "--device",  "cpu",        "--epochs", QString::number(epochs),
                           "--name", name}
               << more;
    }
    Json runNamed(const QString& name) const {
        const Json all = want(0, {"runs", m_workspace, "--query", "name:" + name});
        return all.is_object() && all["runs"].size() == 1 ? all["runs"][0] : Json();
    }
    QString stateOf(const QString& name) const {
        const Json run = runNamed(name);
        return run.is_null() ? QString() : text(run["state"]);
    }
    QStringList waiting() const {
        QStringList names;
        const Json all = want(0, {"queue-runs", m_workspace});
        for (const Json& run : all["queue"]) names << text(run["name"]);
        return names;
    }

private Q_SLOTS:
    void initTestCase() {
        if (!hasEngine()) QSKIP("no engine");
        m_workspace = at("shapes.lathe");
        test::makeClassFolders(m_root.path() / "shapes", 80);
        want(0, {"init", m_workspace});
        want(0, {"import", m_workspace, at("shapes")});
        want(0, {"split", m_workspace, "--train", "0.6", "--val", "0.2", "--test", "0.2", "--stratify", "--seed", "1"});
        QVERIFY(want(0, {"snapshot", m_workspace, "v1"}).is_object());
    }

    void aRunIsEditedWhileItGoesOn() {
        want(0, train("live", 100000, {"--detach"}));
        QTRY_VERIFY_WITH_TIMEOUT(runNamed("live").is_object() && runNamed("live")["epoch"].get<double>() > 1, 60'000);
        const Json edited = want(0, {"edit", m_workspace, "live", "lr=0.0007", "early_stop=50", "--wait", "60", "--as", "ana"});
        QVERIFY(edited["applied"] == true && edited["step"].get<int>() > 0);
        QVERIFY(edited["changes"]["optimizer.lr"][1] == 0.0007);
        const Ran wrong = run({"edit", m_workspace, "live", "batch=4"});
        QCOMPARE(wrong.exit, 2);
        QVERIFY2(wrong.errors.contains("batch can't be changed while a run goes on"), qPrintable(wrong.errors));
        QCOMPARE(run({"edit", m_workspace, "live", "epochs=1"}).exit, 2);
        const int epochs = runNamed("live")["epoch"].get<int>() + 8;
        QVERIFY(want(0, {"edit", m_workspace, "live", QStringLiteral("epochs=%1").arg(epochs), "--wait", "60"})["applied"] == true);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf("live"), QStringLiteral("finished"), 60'000);
        const Json shown = want(0, {"show", m_workspace, "live"});
        QCOMPARE(shown["history"].size(), std::size_t(2));
        QCOMPARE(text(shown["history"][0]["author"]), QStringLiteral("ana"));
        QCOMPARE(shown["epoch"].get<int>(), epochs);
        QCOMPARE(shown["epochs"].get<int>(), epochs);
        QVERIFY(shown["parent"].is_null());
        QVERIFY(!shown["fit"].empty() && shown["fit"][0].contains("numbers") && !text(shown["fit"][0]["text"]).isEmpty());
        const QString words = raw({"show", m_workspace, "live"}).text;
        QVERIFY2(words.contains("ana: optimizer.lr") && words.contains("-> 0.0007"), qPrintable(words.left(600)));
        const Json again = want(0, {"rerun", m_workspace, "live", "--verify"});
        QVERIFY2(again["equal"] == true, again.dump().c_str());
        QCOMPARE(run({"edit", m_workspace, "live", "lr=0.1"}).exit, 2);
    }

    void aForkGoesOnWhereItsParentWas() {
        want(0, train("whole", 6, {"--set", "checkpoints.keep_every=3"}));
        const Json kept = want(0, {"checkpoints", m_workspace, "whole"});
        QCOMPARE(kept["checkpoints"].size(), std::size_t(4));
        const Json& third = kept["checkpoints"][2];
        QCOMPARE(text(third["name"]), QStringLiteral("epoch:3"));
        QVERIFY(third["epoch"] == 3 && third["everything"] == true && third["size"].get<int>() > 1000);
        QVERIFY(third["metric"]["name"] == "accuracy" && third["metric"]["value"].is_number());
        QVERIFY(raw({"checkpoints", m_workspace, "whole"}).text.contains("a run can go on from it"));
        const Json fork = want(0, {"fork", m_workspace, "whole", "--from", "epoch:3", "--name", "half"});
        QVERIFY(fork["metrics"]["loss"] == runNamed("whole")["metrics"]["loss"]);
        const Json shown = want(0, {"show", m_workspace, "half"});
        QVERIFY(shown["parent"]["run"] == runNamed("whole")["run"] && shown["parent"]["resumes"] == true);
        QVERIFY(runNamed("half")["parent"] == shown["parent"]);
        QVERIFY(runNamed("whole")["parent"].is_null());
        QVERIFY(raw({"show", m_workspace, "half"}).text.contains("forked from whole"));
        QVERIFY(want(0, {"rerun", m_workspace, "half", "--verify"})["equal"] == true);
        const Ran done = run({"fork", m_workspace, "whole"});
        QCOMPARE(done.exit, 2);
        QVERIFY2(done.errors.contains("6 of 6 epochs are done"), qPrintable(done.errors));
        const Json longer = want(0, {"fork", m_workspace, "whole", "--epochs", "8", "--set", "optimizer.lr=0.0001"});
        QVERIFY(longer["epoch"] == 8.0 && longer["name"] == "whole fork");
        const Json anew = want(0, {"fork", m_workspace, "whole", "--from", "best", "--epochs", "2", "--name", "anew"});
        QVERIFY(anew["epoch"] == 2.0 && runNamed("anew")["parent"]["resumes"] == false);
        QCOMPARE(run({"fork", m_workspace, "whole", "--from", "epoch:4"}).exit, 1);
    }

    void runsWaitForTheirTurn() {
        want(0, train("q1", 3, {"--queue", "--detach"}));
        want(0, train("q2", 100000, {"--queue", "--detach"}));
        QVERIFY(want(0, train("q3", 3, {"--queue", "--detach"}))["position"] == 3);
        want(0, train("q4", 3, {"--queue", "--detach"}));
        QCOMPARE(waiting(), (QStringList{"q1", "q2", "q3", "q4"}));
        QVERIFY(want(0, {"queue-runs", m_workspace})["driven"] == false);
        want(0, {"queue-runs", m_workspace, "--front", "q4", "--down", "q1"});
        QCOMPARE(waiting(), (QStringList{"q4", "q2", "q1", "q3"}));
        QCOMPARE(text(want(0, {"stop", m_workspace, "q3"})["state"]), QStringLiteral("stopped"));
        QVERIFY(want(0, {"edit", m_workspace, "q2", "epochs=2", "batch=8"})["applied"] == true);
        QCOMPARE(waiting(), (QStringList{"q4", "q2", "q1"}));
        QCOMPARE(run({"queue-runs", m_workspace, "--cancel", "q3"}).exit, 1);
        const Json after = want(0, {"queue-runs", m_workspace, "--drive"});
        QVERIFY(after["queue"].empty() && after["running"].empty());
        double ended = 0;
        for (const char* name : {"q4", "q2", "q1"}) {
            const Json one = runNamed(name);
            QCOMPARE(text(one["state"]), QStringLiteral("finished"));
            QVERIFY2(one["started"].get<double>() >= ended, name);
            ended = one["started"].get<double>() + one["seconds"].get<double>();
        }
        QCOMPARE(runNamed("q2")["epochs"].get<int>(), 2);
        QCOMPARE(stateOf("q3"), QStringLiteral("stopped"));
        QCOMPARE(text(want(0, {"resume", m_workspace, "q3"})["state"]), QStringLiteral("finished"));
    }

    void aStoppedRunWaitsForItsTurnToGoOn() {
        want(0, train("s1", 100000, {"--detach"}));
        QTRY_VERIFY_WITH_TIMEOUT(runNamed("s1")["epoch"].get<double>() >= 1, 60'000);
        QCOMPARE(run({"resume", m_workspace, "s1", "--queue", "--detach"}).exit, 2);  // it goes on
        want(0, {"stop", m_workspace, "s1"});
        const double reached = runNamed("s1")["epoch"].get<double>();
        const QString longer = QStringLiteral("epochs=%1").arg(int(reached) + 3);
        QVERIFY(want(0, {"resume", m_workspace, "s1", "--queue", "--detach"})["position"] == 1);
        QCOMPARE(stateOf("s1"), QStringLiteral("queued"));
        QVERIFY(runNamed("s1")["epoch"].get<double>() >= reached);
        QCOMPARE(text(want(0, {"stop", m_workspace, "s1"})["state"]), QStringLiteral("stopped"));
        QVERIFY(waiting().isEmpty());
        want(0, {"edit", m_workspace, "s1", longer});
        want(0, train("s2", 2, {"--queue", "--detach"}));
        want(0, {"resume", m_workspace, "s1", "--queue", "--detach"});
        QCOMPARE(waiting(), (QStringList{"s2", "s1"}));
        want(0, {"queue-runs", m_workspace, "--drive"});
        const Json first = runNamed("s2"), second = runNamed("s1");
        QCOMPARE(text(second["state"]), QStringLiteral("finished"));
        QCOMPARE(second["epoch"].get<double>(), int(reached) + 3.0);
        QVERIFY(second["started"].get<double>() < first["started"].get<double>());
        QCOMPARE(run({"resume", m_workspace, "s1", "--queue"}).exit, 2);  // it is finished
    }

    void aDriverThatIsKilledLosesNothing() {
        want(0, train("long", 100000, {"--detach"}));
        QProcess first;
        prepare(first);
        first.start(test::program("lathe"), train("w1", 2, {"--queue", "--json"}));
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), QStringList{"w1"}, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(want(0, {"queue-runs", m_workspace})["driven"] == true, 20'000);
        ::kill(pid_t(first.processId()), SIGKILL);
        first.waitForFinished();
        QCOMPARE(waiting(), QStringList{"w1"});
        QProcess second;
        prepare(second);
        second.start(test::program("lathe"), train("w2", 2, {"--queue", "--json"}));
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), (QStringList{"w1", "w2"}), 20'000);
        want(0, {"stop", m_workspace, "long"});
        QVERIFY(second.waitForFinished(120'000));
        QCOMPARE(second.exitCode(), 0);
        QCOMPARE(stateOf("w1"), QStringLiteral("finished"));
        QCOMPARE(stateOf("w2"), QStringLiteral("finished"));
        // Ctrl-C of one that waits takes it out.
        want(0, train("long2", 100000, {"--detach"}));
        QProcess third;
        prepare(third);
        third.start(test::program("lathe"), train("w3", 2, {"--queue"}));
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), QStringList{"w3"}, 20'000);
        ::kill(pid_t(third.processId()), SIGINT);
        QVERIFY(third.waitForFinished(30'000));
        QCOMPARE(third.exitCode(), 130);
        QCOMPARE(stateOf("w3"), QStringLiteral("stopped"));
        want(0, {"stop", m_workspace, "long2"});
    }
};

QTEST_GUILESS_MAIN(TestSteerVerbs)
#include "tst_steer_verbs.moc"
