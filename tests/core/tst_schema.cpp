// The label schema as a value and as a file.
#include <QtTest>

#include "core/annot/schema.h"

using namespace lathe;
using namespace lathe::annot;

namespace {

Schema cells() {
    Schema schema;
    schema.overlap = false;
    schema.image = {{.name = "stain", .type = Attribute::Type::Choice, .choices = {"giemsa", "wright"}, .required = true}};
    ClassSchema wbc;
    wbc.name = "WBC", wbc.colour = "#5784ea", wbc.key = "1", wbc.parent = "cell";
    wbc.kinds = 1u << 1 | 1u << 2;
    wbc.attributes = {{.name = "subtype",
                       .type = Attribute::Type::Choice,
                       .choices = {"neutrophil", "eosinophil"},
                       .fallback = "neutrophil",
                       .required = true},
                      {.name = "blurred", .type = Attribute::Type::Check, .fallback = false},
                      {.name = "lobes", .type = Attribute::Type::Number, .least = 1, .most = 5},
                      {.name = "remark", .type = Attribute::Type::Text}};
    wbc.rule = "Box round the **nucleus** and the cytoplasm.";
    wbc.examples = {{ImageId(3), {10, 20.5, 64, 48}, true, "whole"}, {ImageId(4), {0, 0, 9, 9}, false, "cut off"}};
    ClassSchema person;
    person.name = "사람";
    person.skeleton.joints = {{"nose", {0.5, 0.1}}, {"left hand", {0.2, 0.5}}, {"right hand", {0.8, 0.5}}};
    person.skeleton.edges = {{0, 1}, {0, 2}}, person.skeleton.mirrored = {{1, 2}};
    schema.classes = {wbc, person};
    return schema;
}

Annotation shapeOf(std::int64_t classId, Shape shape, Json attributes = {}) {
    Annotation a;
    a.id = AnnotationId(1), a.classId = ClassId(classId), a.shape = std::move(shape), a.attributes = std::move(attributes);
    return a;
}

QString errorOf(const Json& file) {
    const auto schema = schemaFromJson(file);
    return schema ? QString() : QString::fromStdString(schema.error().text());
}

Json withClass(Json one) {
    return {{"lathe_schema", 1}, {"classes", Json::array({std::move(one)})}};
}

}  // namespace

class TestSchema : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFileBringsItAllBack() {
        const Schema schema = cells();
        const Json file = toJson(schema);
        const auto parsed = Json::parse(file.dump(2));
        const auto back = schemaFromJson(parsed);
        QVERIFY2(back.has_value(), back ? "" : back.error().text().c_str());
        QCOMPARE(*back, schema);
        QCOMPARE(toJson(*back).dump(), file.dump());
        QCOMPARE(file["classes"][1]["skeleton"]["edges"][1], Json::array({"nose", "right hand"}));
        QVERIFY(!file["classes"][1].contains("kinds"));
    }

    void anEmptySchemaIsOne() {
        const auto empty = schemaFromJson(Json{{"lathe_schema", 1}});
        QVERIFY(empty.has_value());
        QCOMPARE(*empty, Schema());
    }

    void tenThousandClassesAreRead() {
        Schema schema;
        for (int k = 0; k < 10'000; ++k) {
            schema.classes.emplace_back().name = "class " + std::to_string(k);
            if (k) schema.classes.back().parent = "class " + std::to_string(k - 1);
        }
        const auto back = schemaFromJson(toJson(schema));
        QVERIFY(back.has_value());
        QCOMPARE(*back, schema);
    }

    void whatIsWrongIsNamed_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const Json& json, const char* says) {
            QTest::newRow(name) << QString::fromStdString(json.dump()) << QString::fromUtf8(says);
        };
        row("no schema", Json::object(), "field lathe_schema");
        row("list", Json::array(), "must be an object");
        row("newer", Json{{"lathe_schema", 2}}, "reads 1");
        row("no name", withClass({{"colour", "#ffffff"}}), "class 1, field name");
        row("colour", withClass({{"name", "a"}, {"colour", "red"}}), "class 'a', field colour");
        row("key", withClass({{"name", "a"}, {"key", "x"}}), "class 'a', field key");
        row("kind", withClass({{"name", "a"}, {"kinds", {"box", "blob"}}}), "\"blob\"");
        row("kinds", withClass({{"name", "a"}, {"kinds", "box"}}), "must be a list");
        row("type", withClass({{"name", "a"}, {"attributes", {{{"name", "b"}, {"type", "colour"}}}}}), "attribute 1, field type");
        row("choices", withClass({{"name", "a"}, {"attributes", {{{"name", "b"}, {"type", "choice"}}}}}), "at least one choice");
        row("default",
            withClass({{"name", "a"}, {"attributes", {{{"name", "b"}, {"type", "number"}, {"most", 3}, {"default", 4}}}}}),
            "at most 3");
        row("twice",
            withClass({{"name", "a"}, {"attributes", {{{"name", "b"}, {"type", "text"}}, {{"name", "b"}, {"type", "text"}}}}}),
            "'b' is there twice");
        row("edge",
            withClass(
                {{"name", "a"}, {"skeleton", {{"joints", {{{"name", "j"}}}}, {"edges", Json::array({Json::array({"j", "k"})})}}}}),
            "\"k\"");
        row("crop", withClass({{"name", "a"}, {"examples", {{{"image", 1}, {"crop", {1, 2, 3}}}}}}), "example 1, field crop");
        row("number", withClass({{"name", "a"}, {"attributes", {{{"name", "b"}, {"type", "number"}, {"least", "x"}}}}}),
            "must be a number");
        row("same key", Json{{"lathe_schema", 1}, {"classes", {{{"name", "a"}, {"key", "1"}}, {{"name", "b"}, {"key", "1"}}}}},
            "'a' has the key 1 already");
        row("same name", Json{{"lathe_schema", 1}, {"classes", {{{"name", "a"}}, {{"name", "a"}}}}}, "there twice");
        row("ancestor",
            Json{{"lathe_schema", 1}, {"classes", {{{"name", "a"}, {"parent", "b"}}, {{"name", "b"}, {"parent", "a"}}}}},
            "ancestor");
    }
    void whatIsWrongIsNamed() {
        QFETCH(QString, json);
        QFETCH(QString, says);
        const QString error = errorOf(Json::parse(json.toStdString()));
        QVERIFY2(error.contains(says), qPrintable(error));
    }

    void violationsSayWhatIsMissing() {
        Schema schema = cells();
        schema.classes[0].id = ClassId(1), schema.classes[1].id = ClassId(2);
        using Lines = std::vector<std::string>;
        QCOMPARE(violations(schema, shapeOf(1, Box{{1, 2, 3, 4}}, {{"subtype", "eosinophil"}, {"lobes", 3}, {"foreign", 1}})),
                 Lines());
        QCOMPARE(violations(schema, shapeOf(1, Box{{1, 2, 3, 4}})), Lines{"attribute 'subtype' is required"});
        QCOMPARE(violations(schema, shapeOf(1, Dot{{1, 2}}, {{"subtype", "neutrophil"}})),
                 Lines{"a shape of kind point isn't allowed for 'WBC' (allowed: box, polygon)"});
        QCOMPARE(violations(schema, shapeOf(1, Box{}, {{"subtype", "x"}, {"blurred", 1}, {"lobes", 6}, {"remark", 7}})),
                 (Lines{"attribute 'subtype' must be one of neutrophil, eosinophil", "attribute 'blurred' must be true or false",
                        "attribute 'lobes' must be from 1 to 5", "attribute 'remark' must be a text"}));
        QCOMPARE(violations(schema, shapeOf(2, Keypoints{{{{1, 2}, 2}}, {}})),
                 Lines{"has 1 keypoints, the skeleton of '사람' has 3"});
        QCOMPARE(violations(schema, shapeOf(9, Box{})), Lines{"class 9 isn't in the schema"});
        QCOMPARE(violations(schema, shapeOf(0, Box{})), Lines{"has no class"});
        QCOMPARE(violations(schema.image, Json()), Lines{"attribute 'stain' is required"});
        QCOMPARE(violations(schema.image, {{"stain", ""}}), Lines{"attribute 'stain' is required"});
    }

    void aNewShapeGetsTheFallbacks() {
        const Schema schema = cells();
        QCOMPARE(fallbacks(schema.classes[0]), (Json{{"subtype", "neutrophil"}, {"blurred", false}}));
        QVERIFY(fallbacks(schema.classes[1]).is_null());
        Json values{{"blurred", true}, {"other", 3}};
        addFallbacks(values, schema.classes[0]);
        QCOMPARE(values, (Json{{"blurred", true}, {"other", 3}, {"subtype", "neutrophil"}}));
        Json none;
        addFallbacks(none, schema.classes[1]);
        QVERIFY(none.is_null());
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
