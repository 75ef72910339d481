// labels: slow
// Groups, attributes and imported fields through the real program.
#include <QTest>

#include "core/base/files.h"
#include "core/store/schema.h"
#include "tests/support/sample_set.h"
#include "tests/support/verbs.h"

using namespace lathe;

class TestGroupsVerb : public QObject, private test::Verbs {
    Q_OBJECT
    QString m_workspace;

    [[nodiscard]] int found(const QString& query) const { return want(0, {"query", m_workspace, query})["total"].get<int>(); }

private Q_SLOTS:
    void initTestCase() {
        m_workspace = at("shapes.lathe");
        test::makeClassFolders(m_root.path() / "shapes", 30);
        QVERIFY(want(0, {"init", m_workspace}).is_object());
        QVERIFY(want(0, {"import", m_workspace, at("shapes")}).is_object());
    }

    void withoutARuleThereAreNone() {
        const Json none = want(0, {"group", m_workspace});
        QVERIFY(text(none["rule"]).isEmpty() && none["groups"].empty() && none["without"] == 60);
        const auto refused = run({"query", m_workspace, "group:disc"});
        QCOMPARE(refused.exit, 2);
        QVERIFY2(refused.errors.contains("column 1") && refused.errors.contains("lathe group"), qPrintable(refused.errors));
        QCOMPARE(run({"split", m_workspace, "--train", "0.6", "--val", "0.2", "--test", "0.2", "--group", "group"}).exit, 2);
    }

    void aRuleIsSetListedAndSearched() {
        const Json folders = want(0, {"group", m_workspace, "folder"});
        QCOMPARE(folders, Json::parse(R"({"rule":"folder","groups":[{"group":"disc","images":30},{"group":"square","images":30}],
                                         "without":0})"));
        QCOMPARE(found("group:disc"), 30);
        const Json tens = want(0, {"group", m_workspace, "name:([0-9]+)[0-9]\\.png$"});
        QVERIFY(tens["groups"].size() == 3 && tens["groups"][0] == (Json{{"group", "100"}, {"images", 20}}));
        QCOMPARE(found("group:102 class:square"), 10);
        QCOMPARE(want(0, {"group", m_workspace})["rule"], Json("name:([0-9]+)[0-9]\\.png$"));
        const auto text = raw({"group", m_workspace}).text;
        QVERIFY2(text.contains("GROUP  IMAGES") && text.contains("3 groups by name:"), qPrintable(text));
        QCOMPARE(run({"group", m_workspace, "colour"}).exit, 2);
        QCOMPARE(run({"group", m_workspace, "name:("}).exit, 2);
        QCOMPARE(want(0, {"group", m_workspace})["groups"].size(), std::size_t(3));
    }

    void splitsKeepThemTogether() {
        QVERIFY(
            want(0, {"split", m_workspace, "--train", "0.34", "--val", "0.33", "--test", "0.33", "--group", "group"}).is_object());
        for (const char* group : {"100", "101", "102"}) {
            const QString term = QStringLiteral("group:%1 ").arg(QLatin1String(group));
            const int parts[] = {found(term + "split:train"), found(term + "split:val"), found(term + "split:test")};
            QCOMPARE(std::ranges::count(parts, 20), 1);
        }
    }

    void attributesOfImagesAreFoundAndGroupedBy() {
        {
            const auto workspace = *store::Workspace::open(m_workspace.toStdString());
            for (std::int64_t id = 1; id <= 20; ++id)
                QVERIFY(store::setImageAttributes(*workspace, ImageId(id), {{"ward", "ward " + std::to_string(id % 4)}}, "ana")
                            .has_value());
        }
        QCOMPARE(found("attribute:ward=\"ward 3\""), 5);
        QCOMPARE(found("-attribute:ward"), 40);
        const Json wards = want(0, {"group", m_workspace, "attribute:ward"});
        QVERIFY(wards["groups"].size() == 4 && wards["without"] == 40);
        const auto refused = run({"query", m_workspace, "attribute:wart=3"});
        QVERIFY2(refused.exit == 2 && refused.errors.contains("column 11") && refused.errors.contains("ward"),
                 qPrintable(refused.errors));
        QVERIFY(text(want(0, {"group", m_workspace, "--clear"})["rule"]).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestGroupsVerb)
#include "tst_groups_verb.moc"
