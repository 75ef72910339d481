#include <QTest>

#include "core/runs/run_spec.h"

using namespace lathe;

class TestRunSpec : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTripKeepsEverything() {
        runs::RunSpec spec;
        spec.name = "digits";
        spec.model.name = "small";
        spec.model.options = {{"width", 8}};
        spec.preprocessing = {28, 20, 1, "letterbox", "area_linear", {0.5}, {0.25}};
        spec.augmentation = {{"flip", {{"p", 0.5}}}, {"shift", {{"pixels", 2}}}};
        spec.optimizer.lr = 0.1 + 0.2;
        spec.schedule.name = "step", spec.schedule.options = {{"every", 7}};
        spec.loss.classWeights = {"effective", {{"beta", 0.99}}};
        spec.sampler = {"weighted", {{"power", 0.25}}};
        spec.ema = 0.99, spec.accumulate = 4, spec.optimizer.clip = 1;
        spec.seed = 18446744073709551615ull;
        spec.device = "cuda:1";
        const Json json = runs::toJson(spec);
        const auto back = runs::runSpecFromJson(Json::parse(json.dump()));
        QVERIFY2(back, back ? "" : back.error().message.c_str());
        QCOMPARE(runs::toJson(*back).dump(), json.dump());
        QCOMPARE(back->seed, spec.seed);
        QCOMPARE(back->optimizer.lr, spec.optimizer.lr);
    }

    void anOldSpecsMomentumIsNoMistake() {
        const auto spec = runs::runSpecFromJson({{"optimizer", {{"name", "adamw"}, {"momentum", 0.9}}}});
        QVERIFY(spec);
        QCOMPARE(spec->optimizer.name, std::string("adamw"));
    }

    void missingKeysDefault() {
        const auto spec = runs::runSpecFromJson(Json::object());
        QVERIFY(spec);
        QCOMPARE(spec->task, std::string("classify"));
        QCOMPARE(spec->epochs, 0);
    }

    void wrongSpecsAreNamedByKey_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("unknown") << R"({"optimizer":{"learning_rate":1}})"
                                 << "optimizer.learning_rate";
        QTest::newRow("type") << R"({"optimizer":{"lr":"big"}})"
                              << "optimizer.lr";
        QTest::newRow("choice") << R"({"optimizer":{"name":"lion"}})"
                                << "adamw, sgd";
        QTest::newRow("option") << R"({"schedule":{"name":"step","every":1.5}})"
                                << "schedule.every";
        QTest::newRow("class weights") << R"({"loss":{"class_weights":{"name":"heavy"}}})"
                                       << "loss.class_weights.name";
        QTest::newRow("network's option") << R"({"model":{"name":"small","options":{"width":-3}}})"
                                          << "model.options.width";
        QTest::newRow("no network's option") << R"({"model":{"name":"small","options":{"depth":3}}})"
                                             << "model.options.depth";
        QTest::newRow("network's option is no number") << R"({"model":{"name":"small","options":{"width":"wide"}}})"
                                                       << "a number from 2";
        QTest::newRow("range") << R"({"epochs":-1})"
                               << "epochs";
        QTest::newRow("whole") << R"({"batch":1.5})"
                               << "whole number";
        QTest::newRow("device") << R"({"device":"tpu"})"
                                << "cuda:N";
        QTest::newRow("augmentation") << R"({"augmentation":[{"name":"flip","pixels":2}]})"
                                      << "augmentation.0.pixels";
        QTest::newRow("std") << R"({"preprocessing":{"channels":1,"std":[0]}})"
                             << "preprocessing.std";
        QTest::newRow("section") << R"({"model":"resnet18"})"
                                 << "model";
        QTest::newRow("root") << "[1]"
                              << "object";
        QTest::newRow("version") << R"({"version":2})"
                                 << "version";
    }
    void wrongSpecsAreNamedByKey() {
        QFETCH(QString, text);
        QFETCH(QString, words);
        const auto spec = runs::runSpecFromJson(Json::parse(text.toStdString()));
        QVERIFY(!spec);
        QCOMPARE(spec.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(spec.error().message.find(words.toStdString()) != std::string::npos, spec.error().message.c_str());
    }

    void setByPathSetsTypedValues() {
        Json spec = runs::toJson(runs::RunSpec{});
        for (const char* one :
             {"optimizer.lr=0.01", "name=my run", "augmentation=[{\"name\":\"flip\"}]", "augmentation.0.p=0.25", "seed=7"})
            QVERIFY(runs::setByPath(spec, one));
        const auto read = runs::runSpecFromJson(spec);
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QCOMPARE(read->optimizer.lr, 0.01);
        QCOMPARE(read->name, std::string("my run"));
        QCOMPARE(read->augmentation[0].options["p"].get<double>(), 0.25);
        QCOMPARE(read->seed, 7u);
    }

    void setByPathRefusesNonsense() {
        Json spec = runs::toJson(runs::RunSpec{});
        for (const char* one : {"lr", "=1", "a..b=1", "epochs.x=1", "augmentation.5.p=1"}) {
            const auto set = runs::setByPath(spec, one);
            QVERIFY2(!set, one);
            QCOMPARE(set.error().code, ErrorCode::InvalidArgument);
        }
        QVERIFY(runs::setByPath(spec, "optimizer.speed=1"));
        QVERIFY(!runs::runSpecFromJson(spec));
    }
};

QTEST_GUILESS_MAIN(TestRunSpec)
#include "tst_run_spec.moc"
