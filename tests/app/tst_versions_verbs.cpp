// labels: slow
// Versions and splits through the real program.
#include <QTest>

#include "core/base/files.h"
#include "tests/support/sample_set.h"
#include "tests/support/verbs.h"

using namespace lathe;

class TestVersionsVerbs : public QObject, private test::Verbs {
    Q_OBJECT
    QString m_workspace;

    [[nodiscard]] QStringList split(const QStringList& more) const {
        return QStringList{"split", m_workspace, "--train", "0.6", "--val", "0.2", "--test", "0.2"} + more;
    }
    [[nodiscard]] Json row(const QString& name) const {
        const Json all = want(0, {"snapshots", m_workspace});
        for (const Json& one : all["snapshots"])
            if (one["name"] == name.toStdString()) return one;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        m_workspace = at("shapes.lathe");
        test::makeClassFolders(m_root.path() / "shapes", 30);
        QVERIFY(want(0, {"init", m_workspace}).is_object());
        QVERIFY(want(0, {"import", m_workspace, at("shapes")}).is_object());
    }

    void versionsHaveNotesTagsAndParents() {
        QVERIFY(want(0, split({"--stratify", "--seed", "1"})).is_object());
        const Json v1 = want(0, {"snapshot", m_workspace, "v1", "--note", "first", "--tag", "base", "--tag", "good"});
        QVERIFY(v1["parent"].is_null() && v1["head"] == true && v1["note"] == "first" && v1["tags"].size() == 2);
        QVERIFY(want(0, {"class", m_workspace, "merge", "disc", "square"}).is_object());
        const Json v2 = want(0, {"snapshot", m_workspace, "v2"});
        QVERIFY(v2["parent"] == "v1");
        QCOMPARE(want(0, {"snapshots", m_workspace, "--tag", "good"})["snapshots"].size(), std::size_t(1));
        const Json edited = want(0, {"tag-snapshot", m_workspace, "v1", "--untag", "good", "--tag", "kept", "--note", "else"});
        QVERIFY(edited["tags"] == Json::array({"base", "kept"}) && edited["note"] == "else");
        QVERIFY(want(0, {"snapshots", m_workspace, "--tag", "good"})["snapshots"].empty());
        QCOMPARE(run({"tag-snapshot", m_workspace, "nothing", "--tag", "x"}).exit, 1);
    }

    void aDifferenceListsItsImages() {
        const Json plain = want(0, {"diff", m_workspace, "v1", "v2"});
        QVERIFY(!plain.contains("items") && plain["annotations"]["changed"] == 30 && plain["runs"]["a"].empty());
        const Json some = want(0, {"diff", m_workspace, "v1", "v2", "--limit", "4"});
        QVERIFY(some["items"].size() == 4 && some["differ"] == 30 && some["images"]["relabelled"] == 30);
        const Json& shape = some["items"][0]["shapes"][0];
        QVERIFY(shape["change"] == "relabelled" && shape["after"]["class"] == "square");
        QCOMPARE(want(0, {"diff", m_workspace, "v1", "v2", "--items"})["items"].size(), std::size_t(30));
        const Json now = want(0, {"diff", m_workspace, "v1", "present", "--limit", "4"});
        QVERIFY(now["b"] == "present" && now["differ"] == 30 && now["runs"]["b"].empty());
        QVERIFY(want(0, {"diff", m_workspace, "v2", "now", "--items"})["items"].empty());
    }

    void restoringIsTriedDoneAndUndone() {
        const Json would = want(0, {"restore", m_workspace, "v1", "--dry-run"});
        QVERIFY(would["dry_run"] == true && would["batch"].is_null() && would["images"]["changed"] == 30);
        QCOMPARE(want(0, {"query", m_workspace, "class:square"})["total"].get<int>(), 60);
        const Json done = want(0, {"restore", m_workspace, "base"});
        QVERIFY(done["snapshot"] == "v1" && done["annotations"]["relabelled"] == 30);
        QCOMPARE(want(0, {"query", m_workspace, "class:disc"})["total"].get<int>(), 30);
        QVERIFY(row("v1")["head"] == true);
        QVERIFY(want(0, {"undo", m_workspace, "--list"})["batches"][0]["label"] == "Restore v1");
        QVERIFY(want(0, {"undo", m_workspace})["images"] == 30);
        QVERIFY(row("v2")["head"] == true);
        QCOMPARE(want(0, {"query", m_workspace, "class:square"})["total"].get<int>(), 60);
    }

    void branchesMeetAgain() {
        QVERIFY(want(0, {"restore", m_workspace, "v1"}).is_object());
        QVERIFY(want(0, {"class", m_workspace, "delete", "square"}).is_object());
        const Json side = want(0, {"snapshot", m_workspace, "side", "--branch", "side-line"});
        QVERIFY(side["parent"] == "v1" && side["branch"] == "side-line");
        const Json merged = want(0, {"merge", m_workspace, "v2", "side-line"});
        QVERIFY(merged["merged"] == true && merged["base"] == "v1" && merged["conflicts"].empty());
        QVERIFY(want(0, {"snapshot", m_workspace, "both"})["merged"] == "side");
        QVERIFY(want(0, {"restore", m_workspace, "v1"}).is_object());
        QVERIFY(want(0, {"class", m_workspace, "delete", "disc"}).is_object());
        QVERIFY(want(0, {"snapshot", m_workspace, "nodisc"}).is_object());
        const Json stuck = want(4, {"merge", m_workspace, "v2", "nodisc"});
        QVERIFY(stuck["merged"] == false && stuck["conflicts"].size() == 30);
        QVERIFY(stuck["conflicts"][0]["theirs"].is_null() && stuck["conflicts"][0]["ours"]["kind"] == "image");
        QCOMPARE(run({"merge", m_workspace, "v2", "nodisc", "--prefer", "both"}).exit, 2);
        QVERIFY(want(0, {"merge", m_workspace, "v2", "nodisc", "--prefer", "theirs", "--dry-run"})["merged"] == false);
        QVERIFY(want(0, {"merge", m_workspace, "v2", "nodisc", "--prefer", "ours"})["merged"] == true);
    }

    void aFrozenTestSetWarns() {
        QVERIFY(want(0, {"restore", m_workspace, "v1"}).is_object());
        QVERIFY(want(0, {"snapshot", m_workspace, "frozen", "--freeze-test"})["frozen_test"] == true);
        const Json kept = want(3, split({"--seed", "9"}));
        QVERIFY(kept["problems"][0]["code"] == "frozen_test" && kept["splits"]["test"] == 12);
        QVERIFY(want(0, split({"--seed", "9", "--force"}))["moved"] > 0);
        QVERIFY(want(3, {"restore", m_workspace, "v1"})["problems"][0]["code"] == "frozen_test");
        QVERIFY(want(0, {"restore", m_workspace, "v1", "--force"}).is_object());
        QVERIFY(want(0, {"tag-snapshot", m_workspace, "frozen", "--unfreeze-test"})["frozen_test"] == false);
        QVERIFY(want(0, split({"--by", "hash", "--seed", "3"}))["problems"].empty());
        QCOMPARE(want(0, split({"--by", "hash", "--seed", "3", "--only-new"}))["moved"].get<int>(), 0);
        QCOMPARE(run(split({"--group", "colour"})).exit, 2);
    }

    void theCardIsWritten() {
        QVERIFY(want(0, {"card", m_workspace, "v1", "--out", at("card.md")})["file"].is_string());
        const auto text = base::readFile(at("card.md").toStdString()).value();
        QVERIFY(text.find("# Data card: v1") == 0 && text.find("| disc | 30 (30) |") != std::string::npos);
        const Json printed = want(0, {"card", m_workspace, "v1"});
        QVERIFY(printed["card"].get<std::string>() == text);
        QCOMPARE(run({"card", m_workspace, "v9"}).exit, 1);
    }
};

QTEST_GUILESS_MAIN(TestVersionsVerbs)
#include "tst_versions_verbs.moc"
