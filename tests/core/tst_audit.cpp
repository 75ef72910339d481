// The audit log: a chain in which a changed, missing or added row shows.
#include <soci/soci.h>

#include <QtTest>

#ifndef Q_MOC_RUN  // moc needs none of it
#include "tests/support/toy_engine.h"
#endif

using namespace lathe;

class TestAudit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void chainHolds();
    void changedRowIsFound_data();
    void changedRowIsFound();
    void entryFallsWithItsTransaction();
};

namespace {

void fill(store::Workspace& workspace) {
    for (int k = 0; k < 6; ++k) {
        QVERIFY(
            models::audit(workspace, k % 2 ? "ana" : "bo", "test.note", "thing", Json{{"k", k}, {"text", "ünïcode \"quoted\""}}));
    }
}

}  // namespace

void TestAudit::chainHolds() {
    test::ToyHouse house;
    fill(*house.workspace);
    const auto log = models::auditLog(*house.workspace);
    QVERIFY(log);
    QCOMPARE(log->size(), 6u);
    QCOMPARE(log->front().previous, std::string());
    QCOMPARE(log->back().previous, (*log)[4].hash);
    QCOMPARE(log->back().details["k"].get<int>(), 5);
    QCOMPARE(*models::verifyAudit(*house.workspace), std::int64_t(0));
}

void TestAudit::changedRowIsFound_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("broken");
    QTest::newRow("who") << "UPDATE audit SET who = 'mallory' WHERE seq = 3" << 3;
    QTest::newRow("time") << "UPDATE audit SET at = at + 0.001 WHERE seq = 2" << 2;
    QTest::newRow("details") << "UPDATE audit SET details = '{}' WHERE seq = 6" << 6;
    QTest::newRow("hash") << "UPDATE audit SET hash = 'x' WHERE seq = 4" << 4;
    QTest::newRow("deleted") << "DELETE FROM audit WHERE seq = 4" << 5;
    QTest::newRow("deleted first") << "DELETE FROM audit WHERE seq = 1" << 2;
}

void TestAudit::changedRowIsFound() {
    QFETCH(QString, sql);
    QFETCH(int, broken);
    test::ToyHouse house;
    fill(*house.workspace);
    QVERIFY(house.workspace->write([&](soci::session& session) -> Result<> {
        session << sql.toStdString();
        return {};
    }));
    QCOMPARE(*models::verifyAudit(*house.workspace), std::int64_t(broken));
}

void TestAudit::entryFallsWithItsTransaction() {
    test::ToyHouse house;
    const auto model = *house.package(1);
    const auto before = models::auditLog(*house.workspace)->size();
    QVERIFY(!models::approve(*house.workspace, model, "bo", ""));
    QCOMPARE(models::auditLog(*house.workspace)->size(), before);
    QVERIFY(models::submit(*house.workspace, model, "ana"));
    const auto log = *models::auditLog(*house.workspace);
    QCOMPARE(log.back().action, std::string("model.submit"));
    QCOMPARE(log.back().subject, model.digest);
    QCOMPARE(*models::verifyAudit(*house.workspace), std::int64_t(0));
}

LATHE_TOY_MAIN(TestAudit)
#include "tst_audit.moc"
