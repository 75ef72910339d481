// The gate: who may approve, what is signed, what a changed byte does.
#include <sys/stat.h>

#include <QtTest>

#ifndef Q_MOC_RUN  // moc needs none of it
#include "tests/support/toy_engine.h"
#endif

using namespace lathe;
namespace fs = std::filesystem;

class TestRegistry : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void submitterCannotApprove();
    void onlySubmittedIsDecided();
    void approvalIsSigned();
    void changedPackageIsRefused();
    void rejectedMayBeSubmittedAgain();
    void foreignSignatureIsRefused();
    void readableKeyIsRefused();
};

void TestRegistry::submitterCannotApprove() {
    test::ToyHouse house;
    const auto model = *models::submit(*house.workspace, *house.package(1), "ana");
    QCOMPARE(model.submittedBy, std::string("ana"));
    const auto own = models::approve(*house.workspace, model, "ana", "mine");
    QVERIFY(!own && own.error().code == ErrorCode::GateRefused);
    QVERIFY(!fs::exists(model.folder / "signature.json"));
    const auto other = models::approve(*house.workspace, model, "bo", "good");
    QVERIFY(other);
    QCOMPARE(other->state, std::string("approved"));
    QCOMPARE(other->approvedBy, std::string("bo"));
    QCOMPARE(models::findModel(*house.workspace, "last")->note, std::string("good"));
}

void TestRegistry::onlySubmittedIsDecided() {
    test::ToyHouse house;
    const auto model = *house.package(1);
    QCOMPARE(models::approve(*house.workspace, model, "bo", "").error().code, ErrorCode::GateRefused);
    QCOMPARE(models::reject(*house.workspace, model, "bo", "no").error().code, ErrorCode::GateRefused);
    const auto submitted = *models::submit(*house.workspace, model, "ana");
    QCOMPARE(models::submit(*house.workspace, submitted, "ana").error().code, ErrorCode::GateRefused);
    QCOMPARE(models::reject(*house.workspace, submitted, "bo", "").error().code, ErrorCode::InvalidArgument);
}

void TestRegistry::approvalIsSigned() {
    test::ToyHouse house;
    const auto model = *house.approved(1);
    QVERIFY(models::verifySignature(model.folder, model.digest));
    QVERIFY(models::verifyPackage(model.folder, model.digest));
    QVERIFY(models::checkApproval(*house.workspace, model));
    QCOMPARE(models::verifySignature(model.folder, std::string(64, '0')).error().code, ErrorCode::Corrupt);
    struct stat info {};
    QCOMPARE(::stat(house.path("share/lathe/keys/bo.key").c_str(), &info), 0);
    QCOMPARE(int(info.st_mode & 0777), 0600);
    auto json = *base::readJson(model.folder / "signature.json");
    json["user"] = "mallory";
    QVERIFY(base::writeJson(model.folder / "signature.json", json));
    QCOMPARE(models::verifySignature(model.folder, model.digest).error().code, ErrorCode::Corrupt);
    QCOMPARE(models::checkApproval(*house.workspace, model).error().code, ErrorCode::GateRefused);
}

void TestRegistry::changedPackageIsRefused() {
    test::ToyHouse house;
    const auto model = *models::submit(*house.workspace, *house.package(1), "ana");
    const auto bytes = *base::readFile(model.folder / "model.onnx");
    QVERIFY(base::writeFileAtomically(model.folder / "model.onnx", bytes + "!"));
    const auto refused = models::approve(*house.workspace, model, "bo", "good");
    QVERIFY(!refused && refused.error().code == ErrorCode::GateRefused);
    QVERIFY(refused.error().context.ends_with("model.onnx"));
    QVERIFY(base::writeFileAtomically(model.folder / "model.onnx", bytes));
    const auto approved = models::approve(*house.workspace, model, "bo", "good");
    QVERIFY(approved);
    QVERIFY(base::writeFileAtomically(model.folder / "model.onnx", bytes + "!"));
    QCOMPARE(models::checkApproval(*house.workspace, *approved).error().code, ErrorCode::GateRefused);
}

void TestRegistry::rejectedMayBeSubmittedAgain() {
    test::ToyHouse house;
    const auto model = *models::submit(*house.workspace, *house.package(1), "ana");
    const auto rejected = *models::reject(*house.workspace, model, "bo", "class a is weak");
    QCOMPARE(rejected.state, std::string("rejected"));
    QCOMPARE(rejected.note, std::string("class a is weak"));
    QCOMPARE(models::checkApproval(*house.workspace, rejected).error().code, ErrorCode::GateRefused);
    QVERIFY(models::submit(*house.workspace, rejected, "ana"));
}

void TestRegistry::foreignSignatureIsRefused() {
    test::ToyHouse house;
    const auto model = *house.approved(1);
    // The approver's key is replaced, and the package signed again with the new one by a second registry.
    const auto json = *base::readJson(model.folder / "signature.json");
    test::ToyHouse other;
    const auto foreign = *other.approved(1);
    auto forged = *base::readJson(foreign.folder / "signature.json");
    QVERIFY(forged["public_key"] != json["public_key"]);
    QVERIFY(base::writeJson(model.folder / "signature.json", forged));
    QCOMPARE(models::checkApproval(*house.workspace, model).error().code, ErrorCode::GateRefused);
}

void TestRegistry::readableKeyIsRefused() {
    test::ToyHouse house;
    QVERIFY(house.approved(1));
    QCOMPARE(::chmod(house.path("share/lathe/keys/bo.key").c_str(), 0644), 0);
    const auto again = house.approved(2);
    QVERIFY(!again && again.error().code == ErrorCode::GateRefused);
    QVERIFY(again.error().message.find("chmod 600") != std::string::npos);
}

LATHE_TOY_MAIN(TestRegistry)
#include "tst_registry.moc"
