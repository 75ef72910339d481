// labels: net slow
// A real Triton: models trained on the digits are approved, pushed to its repository, compared by their golden inputs, rolled back.
// Skips without the server (tests/support/triton.sh setup; LATHE_TRITON, default ~/.cache/lathe/triton).
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include "core/base/files.h"
#include "core/base/json.h"
#include "core/serve/oip_client.h"
#include "tests/support/triton_server.h"
#include "tests/support/verbs.h"

using namespace lathe;

class TestTritonDigits : public QObject, private test::Verbs {
    Q_OBJECT
    test::TritonServer m_server;
    QString m_workspace = at("digits.lathe");

    /// Trains, packages, approves; the model's digest.
    QString approved(const QString& seed) const {
        const Json run = want(
            0, {"train", m_workspace, "--snapshot", "v1", "--seed", seed, "--name", "digits", "--epochs", "1", "--device", "cpu"});
        if (!run.is_object()) return {};
        const QString id = text(run["run"]);
        QString digest = text(want(0, {"package", m_workspace, id})["digest"]);
        want(0, {"submit", m_workspace, digest, "--as", "ana"});
        want(0, {"approve", m_workspace, digest, "--note", "seen", "--as", "bo"});
        return digest;
    }
    std::vector<std::string> serving() const {
        serve::OipClient client(m_server.url(), {});
        return client.index().value_or(std::vector<std::string>{"no answer"});
    }

    void spoilAhead(const std::string& digest) const {
        Json row;
        const Json all = want(0, {"models", m_workspace});
        for (const Json& model : all["models"])
            if (model["digest"] == digest) row = model;
        const auto repository = m_root.path() / "repository" / row["name"].get<std::string>();
        const auto version = std::to_string(row["version"].get<int>());
        std::filesystem::create_directories(repository / version);
        for (const char* file : {"model.onnx", "manifest.json"})
            std::filesystem::copy_file(m_workspace.toStdString() + "/models/" + digest + "/" + file, repository / version / file);
        const auto script = test::TritonServer::spoiled(*base::readFile(repository / "1" / "model.py"));
        auto config = QString::fromStdString(*base::readFile(repository / "1" / "config.pbtxt"));
        config.replace("versions: [ 1 ]", "versions: [ " + QString::fromStdString(version) + " ]");
        QVERIFY(base::writeFileAtomically(repository / version / "model.py", script).has_value());
        QVERIFY(base::writeFileAtomically(repository / version / "config.pbtxt", config.toStdString()).has_value());
    }

private Q_SLOTS:
    void initTestCase() {
        if (!test::TritonServer::isHere()) QSKIP("no Triton here; tests/support/triton.sh setup brings one");
        if (!hasEngine()) QSKIP("this build has no engine");
        QVERIFY(m_server.start(at("repository"), at("triton.log")));
        serve::OipClient client(m_server.url(), {});
        QCOMPARE(client.facts()->name, std::string("triton"));
        QVERIFY(makeDigits(m_workspace));
        QVERIFY(want(0, {"target", "add", m_workspace, "triton", "--kind", "triton", "--url", at("repository"), "--option",
                         "backend=python", "--option", "http=" + QString::fromStdString(m_server.url())})
                    .is_object());
    }

    void pushesComparesAndRollsBack() {
        QVERIFY(want(0, {"target", "test", m_workspace, "triton"}).is_object());
        const QString first = approved("1"), second = approved("2");
        QVERIFY(!first.isEmpty() && !second.isEmpty() && first != second);
        const Json one = want(0, {"push", m_workspace, first, "triton"});
        QVERIFY(one.is_object());
        QVERIFY2(one["parity"]["ok"] == true && one["parity"]["cases"] > 0, one.dump().c_str());
        QVERIFY2(one["parity"]["max_abs"] < 1e-4, one.dump().c_str());
        const auto afterFirst = serving();
        QCOMPARE(afterFirst.size(), std::size_t(1));
        const Json two = want(0, {"push", m_workspace, second, "triton"});
        QVERIFY2(two.is_object() && two["parity"]["ok"] == true, two.dump().c_str());
        const auto afterSecond = serving();
        QCOMPARE(afterSecond.size(), std::size_t(1));
        QVERIFY(afterSecond != afterFirst);
        const Json back = want(0, {"rollback", m_workspace, "triton"});
        QVERIFY2(back.is_object() && back["parity"]["ok"] == true, back.dump().c_str());
        QCOMPARE(serving(), afterFirst);
        QVERIFY(want(0, {"audit", m_workspace, "--verify"})["ok"] == true);
    }

    /// The version lies there already with the right model and a script that answers wrongly: only the golden inputs can tell.
    void wrongAnswersBringTheOldBack() {
        const auto before = serving();
        const QString third = approved("3");
        QVERIFY(!third.isEmpty());
        spoilAhead(third.toStdString());
        const Json failed = want(4, {"push", m_workspace, third, "triton"});
        QVERIFY2(failed.is_object() && failed["state"] == "failed" && failed["parity"]["ok"] == false, failed.dump().c_str());
        QCOMPARE(serving(), before);
    }

    void cleanupTestCase() {
        m_server.stop();
        if (QTest::currentTestFailed()) qWarning("%s", base::readFile(at("triton.log").toStdString()).value_or("").c_str());
    }
};

QTEST_GUILESS_MAIN(TestTritonDigits)
#include "tst_triton_digits.moc"
