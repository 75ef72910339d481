// The selection panel with real mouse and keys: exact numbers of every kind, attributes, flags, several shapes, the image's own
// attributes; kinds that the schema doesn't allow.
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>

#include <cmath>
#include <numbers>

#include "tests/support/label_page.h"
#include "widgets/canvas/shape_numbers.h"
#include "widgets/common/kind_words.h"

using namespace lathe;
using namespace lathe::widgets::canvas;
using lathe::test::typeInto;

class tst_SelectionPanel : public QObject {
    Q_OBJECT
    std::unique_ptr<test::LabelPage> m;
    ClassId m_cell, m_dust;

    void setSchema() {
        auto schema = store::schema(*m->workspace).value();
        auto cell = schema.classes.at(schema.classes.size() - 2);
        cell.attributes = {{.name = "stage",
                            .type = annot::Attribute::Type::Choice,
                            .choices = {"ring", "troph"},
                            .fallback = "ring",
                            .required = true},
                           {.name = "blurred", .type = annot::Attribute::Type::Check},
                           {.name = "lobes", .type = annot::Attribute::Type::Number, .least = 1, .most = 5, .required = true},
                           {.name = "remark", .type = annot::Attribute::Type::Text}};
        m_cell = cell.id, m_dust = schema.classes.back().id;
        QVERIFY(store::saveClass(*m->workspace, cell).has_value());
        auto dust = schema.classes.back();
        dust.kinds = 1u << 2 | 1u << 8;
        QVERIFY(store::saveClass(*m->workspace, dust).has_value());
        QVERIFY(store::saveImageSchema(*m->workspace, {{.name = "stain", .type = annot::Attribute::Type::Text}}, true).has_value());
        m->mode->refresh();
        QTRY_COMPARE(m->doc().schema().image.size(), std::size_t(1));
        QVERIFY(m->doc().schemaOf(m_dust)->kinds != ~0u);
    }
    QDoubleSpinBox* number(const char* name) {
        auto* spin = m->named<QDoubleSpinBox>(QString::fromUtf8(name));
        if (!spin) qFatal("no field %s", name);
        return spin;
    }
    const annot::Annotation& last() { return m->doc().annotations().back(); }
    template <class T>
    T* field(const char* name) {
        return m->named<T>(QString::fromUtf8(name));
    }

private Q_SLOTS:
    void init() {
        test::failOnWarnings();
        m = std::make_unique<test::LabelPage>(test::LabelSet{.classes = {"cell", "dust"}});
        QVERIFY(m->open());
        setSchema();
    }
    void cleanup() { m.reset(); }

    void aNewClassBringsItsDefaults() {
        m->doc().select({m->add(annot::Dot{{10, 20}}, m_dust)});
        m->key(Qt::Key_2);
        QCOMPARE(last().classId, m_cell);
        QCOMPARE(last().attributes, (Json{{"stage", "ring"}}));
        m->key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(last().classId, m_dust);
        QVERIFY(last().attributes.empty());
    }

    void everyKindHasItsNumbers() {
        const annot::Shape shapes[] = {annot::Box{{10, 20, 30, 40}},
                                       annot::Polygon{{{{10, 20}, {40, 20}, {40, 60}}}},
                                       annot::RotatedBox{{50, 60}, 30, 20, 0.25},
                                       annot::Ellipse{{50, 60}, 30, 20, -0.25},
                                       annot::Polyline{{{10, 20}, {40, 60}}},
                                       annot::Dot{{10, 20}},
                                       annot::Keypoints{{{{10, 20}, 2}, {{40, 60}, 1}}, {}}};
        for (const auto& shape : shapes) {
            const auto id = m->add(shape, m_cell);
            m->doc().select({id});
            const auto numbers = numbersOf(shape);
            const auto values = valuesOf(shape);
            QVERIFY(withValues(shape, values) == shape || shape.index() == 5 || shape.index() == 6);
            const bool centred = numbers[0] == Number::CentreX;
            QCOMPARE(number(centred ? "Centre x" : "x")->value(), values[0]);
            typeInto(number(centred ? "Centre x" : "x"), QStringLiteral("77.5"));
            QCOMPARE(valuesOf(m->doc().find(id)->shape)[0], 77.5);
            QVERIFY(std::abs(valuesOf(m->doc().find(id)->shape)[1] - values[1]) < 1e-9);
            m->doc().undo();
            QTRY_COMPARE(m->doc().find(id)->shape, shape);
        }
        m->doc().select({m->add(shapes[3], m_cell)});
        typeInto(number("Angle"), QStringLiteral("90"));
        QVERIFY(std::abs(std::get<annot::Ellipse>(last().shape).angle - std::numbers::pi / 2) < 1e-12);
        typeInto(number("Radius x"), QStringLiteral("12"));
        QCOMPARE(std::get<annot::Ellipse>(last().shape).rx, 12.0);
        QCOMPARE(std::get<annot::Ellipse>(last().shape).ry, 20.0);
        QTRY_COMPARE(m->onDisk().back(), last());
    }

    void attributesAreSetByMouseAndKeys() {
        m->doc().select({m->add(annot::Box{{10, 20, 30, 40}}, m_cell)});
        QCOMPARE(last().attributes, (Json{{"stage", "ring"}}));
        QVERIFY(m->worded<QLabel>(QStringLiteral("Still needed: lobes")));
        auto* stage = field<QComboBox>("stage");
        QVERIFY(stage);
        QCOMPARE(stage->currentText(), QStringLiteral("ring"));
        stage->setFocus();
        QTest::keyClick(stage, Qt::Key_Down);
        QCOMPARE(last().attributes["stage"], Json("troph"));
        QTest::mouseClick(field<QCheckBox>("blurred"), Qt::LeftButton, {}, QPoint(8, field<QCheckBox>("blurred")->height() / 2));
        QCOMPARE(last().attributes["blurred"], Json(true));
        typeInto(field<QLineEdit>("lobes"), QStringLiteral("9"));
        QVERIFY(!last().attributes.contains("lobes"));
        typeInto(field<QLineEdit>("lobes"), QStringLiteral("3"));
        QCOMPARE(last().attributes["lobes"], Json(3.0));
        typeInto(field<QLineEdit>("remark"), QStringLiteral("흐림"));
        QCOMPARE(last().attributes["remark"], Json("흐림"));
        QVERIFY(!m->says<QLabel>(QStringLiteral("Still needed: lobes")));
        m->doc().undo();
        QTRY_VERIFY(!last().attributes.contains("remark"));
        QTRY_COMPARE(m->onDisk().back().attributes, last().attributes);
    }

    void severalShapesAreChangedTogether() {
        const auto a = m->add(annot::Box{{10, 20, 30, 40}}, m_cell), b = m->add(annot::Dot{{100, 100}}, m_cell);
        m->doc().select({b});
        typeInto(field<QLineEdit>("lobes"), QStringLiteral("2"));
        m->doc().select({a, b});
        QCOMPARE(field<QLineEdit>("lobes")->text(), QString());
        QCOMPARE(field<QLineEdit>("lobes")->placeholderText(), QStringLiteral("Different values"));
        typeInto(field<QLineEdit>("lobes"), QStringLiteral("4"));
        QCOMPARE(m->doc().find(a)->attributes["lobes"], Json(4.0));
        QCOMPARE(m->doc().find(b)->attributes["lobes"], Json(4.0));
        auto* crowd = m->worded<QPushButton>(QStringLiteral("Crowd"));
        QVERIFY(crowd);
        QTest::mouseClick(crowd, Qt::LeftButton);
        QVERIFY(m->doc().find(a)->flags & annot::Crowd && m->doc().find(b)->flags & annot::Crowd);
        const auto dot = m->add(annot::Dot{{5, 5}}, m_dust);
        m->doc().select({a, dot});
        QVERIFY(!m->shows<QLineEdit>(QStringLiteral("lobes")));
    }

    void aLockedShapeKeepsItsAttributes() {
        const auto a = m->add(annot::Box{{10, 20, 30, 40}}, m_cell);
        auto locked = *m->doc().find(a);
        locked.flags |= annot::Locked;
        m->doc().replace("Lock", {locked});
        m->doc().select({a});
        QVERIFY(!field<QLineEdit>("lobes")->isEnabled());
        QVERIFY(!number("x")->isEnabled());
    }

    void whatTheSchemaForbidsIsSaid() {
        QString said;
        QObject::connect(&m->doc(), &Document::refused, m->mode.get(), [&](const QString& words) { said = words; });
        const auto before = m->doc().annotations().size();
        m->add(annot::Box{{10, 20, 30, 40}}, m_dust);
        QCOMPARE(m->doc().annotations().size(), before);
        QCOMPARE(said, QStringLiteral("dust may be drawn as Polygon, Point, not as Box."));
        m->add(annot::Dot{{1, 2}}, m_dust);
        QCOMPARE(m->doc().annotations().size(), before + 1);
        // By hand: the box tool with that class.
        m->key(Qt::Key_3);
        m->key(Qt::Key_R);
        m->drag(200, 100, 260, 160);
        QCOMPARE(m->doc().annotations().size(), before + 1);
        m->key(Qt::Key_2);
        m->drag(200, 100, 260, 160);
        QCOMPARE(m->doc().annotations().size(), before + 2);
        m->key(Qt::Key_3);  // the selected box can't become dust either
        QCOMPARE(last().classId, m_cell);
    }

    void theImageHasAttributesOfItsOwn() {
        m->doc().select({});
        QTRY_VERIFY(field<QLineEdit>("stain"));
        typeInto(field<QLineEdit>("stain"), QStringLiteral("giemsa"));
        QTRY_COMPARE(store::imageAttributes(*m->workspace, m->doc().image().id).value(), (Json{{"stain", "giemsa"}}));
        QCOMPARE(store::imageAttributeHistory(*m->workspace, m->doc().image().id).value()[0].who, std::string("ana"));
        const auto first = m->doc().image().id;
        m->key(Qt::Key_Right);
        QTRY_VERIFY(m->doc().image().id != first);
        QTRY_COMPARE(field<QLineEdit>("stain")->text(), QString());
        m->key(Qt::Key_Left);
        QTRY_COMPARE(m->doc().image().id, first);
        QTRY_COMPARE(field<QLineEdit>("stain")->text(), QStringLiteral("giemsa"));
    }
};

LATHE_GUI_TEST_MAIN(tst_SelectionPanel)
#include "tst_selection_panel.moc"
