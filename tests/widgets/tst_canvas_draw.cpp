// Every drawing tool with real mouse and keys: what comes out, what Esc leaves, what undo takes back, what is on disk.
#include <QRegularExpression>

#include "tests/support/label_page.h"

using namespace lathe;
using namespace lathe::widgets::canvas;

namespace {

annot::Schema withSkeleton(ClassId id) {
    annot::ClassSchema cell;
    cell.id = id;
    cell.name = "cell";
    cell.skeleton.joints = {{"head", {0.5, 0}}, {"neck", {0.5, 0.4}}, {"foot", {0.5, 1}}};
    cell.skeleton.edges = {{0, 1}, {1, 2}};
    annot::Schema schema;
    schema.classes = {cell};
    return schema;
}

}  // namespace

class tst_CanvasDraw : public QObject, private test::LabelPage {
    Q_OBJECT
    using Points = std::vector<std::pair<double, double>>;
    void clicks(const Points& points) {
        for (const auto& [x, y] : points) click(x, y);
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(open()); }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        clear();
    }
    void cleanup() { view().toolIndex() == 0 ? void() : key(Qt::Key_Escape); }
    void cleanupTestCase() { close(); }

    void boxByFourExtremes() {
        key(Qt::Key_R);
        key(Qt::Key_Q, Qt::ShiftModifier);
        clicks({{50, 100}, {120, 60}, {200, 110}});
        QVERIFY(doc().annotations().empty());
        click(130, 180);
        const auto r = only<annot::Box>().rect;
        QVERIFY(test::near(r.x, 50) && test::near(r.y, 60) && test::near(r.w, 150) && test::near(r.h, 120));
        key(Qt::Key_Q, Qt::ShiftModifier);
        drag(10, 10, 40, 40);
        QCOMPARE(doc().annotations().size(), std::size_t(2));
        QCOMPARE(onDisk(), doc().annotations());
    }

    void digitWhileDrawingSetsTheClass() {
        key(Qt::Key_R);
        classKey(cell);
        QTest::mousePress(&view(), Qt::LeftButton, {}, at(20, 20));
        moveTo(60, 60);
        classKey(dust);
        moveTo(90, 80);
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, at(90, 80));
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QCOMPARE(doc().annotations()[0].classId, dust);
        classKey(cell);
        QCOMPARE(doc().annotations()[0].classId, cell);
    }

    void rotatedBoxByThreeClicks() {
        key(Qt::Key_O);
        clicks({{100, 100}, {180, 160}, {150, 200}});
        const auto& box = only<annot::RotatedBox>();
        QVERIFY(test::near(box.w, 100) && test::near(box.angle, std::atan2(60, 80), 0.02));
        QVERIFY(test::near(box.h, 50, 2));
        QCOMPARE(onDisk(), doc().annotations());
    }

    void rotatedBoxByDragAndItsHandle() {
        key(Qt::Key_O);
        drag(120, 100, 220, 160);
        QVERIFY(test::near(only<annot::RotatedBox>().w, 100) && test::near(only<annot::RotatedBox>().h, 60));
        QCOMPARE(only<annot::RotatedBox>().angle, 0.0);
        const double stalk = 22 / view().zoom();
        drag(170, 100 - stalk, 170 + 30 + stalk, 130);
        QVERIFY2(test::near(only<annot::RotatedBox>().angle, 1.5708, 0.1),
                 qPrintable(QString::number(only<annot::RotatedBox>().angle)));
        QVERIFY(test::near(only<annot::RotatedBox>().centre.x, 170) && test::near(only<annot::RotatedBox>().w, 100));
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(only<annot::RotatedBox>().angle, 0.0);
    }

    void resizesATurnedBoxAlongItsOwnSides() {
        const double a = 0.6435011087932844;  // 3-4-5
        add(annot::RotatedBox{{200, 150}, 100, 50, a});
        click(200, 150);
        const double ux = std::cos(a), uy = std::sin(a);
        drag(200 + 50 * ux, 150 + 50 * uy, 200 + 80 * ux, 150 + 80 * uy);
        const auto& box = only<annot::RotatedBox>();
        QVERIFY(test::near(box.w, 130) && test::near(box.h, 50) && test::near(box.angle, a, 1e-6));
        QVERIFY(test::near(box.centre.x, 200 + 15 * ux) && test::near(box.centre.y, 150 + 15 * uy));
    }

    void ellipse() {
        key(Qt::Key_E);
        drag(100, 100, 200, 160);
        auto e = only<annot::Ellipse>();
        QVERIFY(test::near(e.centre.x, 150) && test::near(e.centre.y, 130) && test::near(e.rx, 50) && test::near(e.ry, 30));
        drag(300, 200, 320, 210, Qt::ShiftModifier | Qt::AltModifier);
        QCOMPARE(doc().annotations().size(), std::size_t(2));
        e = std::get<annot::Ellipse>(doc().annotations()[1].shape);
        QVERIFY(test::near(e.centre.x, 300) && test::near(e.centre.y, 200) && test::near(e.rx, 20) && test::near(e.ry, e.rx, 1e-9));
        QCOMPARE(onDisk(), doc().annotations());
    }

    void polygonWithAHoleAndAPart() {
        key(Qt::Key_P);
        clicks({{50, 50}, {200, 50}, {200, 200}, {50, 200}});
        key(Qt::Key_Return);
        key(Qt::Key_Q, Qt::ShiftModifier);
        clicks({{100, 100}, {150, 100}, {150, 150}});
        key(Qt::Key_Return);
        clicks({{250, 50}, {300, 50}, {300, 100}});
        key(Qt::Key_Return);
        QCOMPARE(only<annot::Polygon>().rings.size(), std::size_t(3));
        QVERIFY(!annot::contains(doc().annotations()[0].shape, {140, 110}) &&
                annot::contains(doc().annotations()[0].shape, {290, 60}));
        key(Qt::Key_Escape);
        click(20, 20);
        QCOMPARE(doc().annotations().size(), std::size_t(1));  // nothing is selected: nothing to add to
        key(Qt::Key_Q, Qt::ShiftModifier);
        key(Qt::Key_Q, Qt::ShiftModifier);
        QCOMPARE(onDisk(), doc().annotations());
    }

    void reshapesABorder() {
        const auto id = add(annot::Polygon{{{{100, 100}, {200, 100}, {200, 200}, {100, 200}}}});
        key(Qt::Key_P);
        key(Qt::Key_Q, Qt::ShiftModifier);
        key(Qt::Key_Q, Qt::ShiftModifier);
        doc().select({id});
        clicks({{200, 120}, {260, 150}, {200, 180}});
        key(Qt::Key_Return);
        const auto& ring = only<annot::Polygon>().rings.at(0);
        QCOMPARE(ring.size(), std::size_t(7));
        QVERIFY(annot::contains(doc().annotations()[0].shape, {230, 150}) &&
                annot::contains(doc().annotations()[0].shape, {150, 150}));
        clicks({{20, 20}, {40, 40}});
        key(Qt::Key_Return);
        QCOMPARE(only<annot::Polygon>().rings.at(0).size(), std::size_t(7));
        key(Qt::Key_Q, Qt::ShiftModifier);
    }

    void lineAndHowItGoesOn() {
        key(Qt::Key_L);
        clicks({{50, 50}, {100, 60}, {150, 50}});
        key(Qt::Key_Return);
        QCOMPARE(only<annot::Polyline>().points.size(), std::size_t(3));
        clicks({{150, 50}, {200, 80}});
        key(Qt::Key_Backspace);
        click(220, 90);
        key(Qt::Key_Return);
        QCOMPARE(only<annot::Polyline>().points.size(), std::size_t(4));
        QVERIFY(test::near(only<annot::Polyline>().points.back().x, 220));
        clicks({{50, 50}, {20, 90}});
        key(Qt::Key_Return);
        QCOMPARE(only<annot::Polyline>().points.size(), std::size_t(5));
        QVERIFY(test::near(only<annot::Polyline>().points.front().x, 20));
        QCOMPARE(onDisk(), doc().annotations());
        key(Qt::Key_V);
        QTest::mouseDClick(&view(), Qt::LeftButton, {}, at(75, 55));
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, at(75, 55));
        QCOMPARE(only<annot::Polyline>().points.size(), std::size_t(6));
    }

    void point() {
        key(Qt::Key_I);
        click(123, 45);
        QVERIFY(test::near(only<annot::Dot>().at.x, 123) && test::near(only<annot::Dot>().at.y, 45));
        drag(123, 45, 150, 60);
        QVERIFY(test::near(only<annot::Dot>().at.x, 150));
        key(Qt::Key_Right, Qt::ShiftModifier);
        view().settle();
        QVERIFY(test::near(only<annot::Dot>().at.x, 160));
    }

    void skeletonJointByJoint() {
        doc().setSchema(withSkeleton(cell));
        classKey(cell);
        key(Qt::Key_K);
        click(100, 50);
        click(100, 100, {}, Qt::RightButton);
        QVERIFY(doc().annotations().empty());
        click(100, 180);
        const auto& points = only<annot::Keypoints>();
        QCOMPARE(points.items.size(), std::size_t(3));
        QCOMPARE(int(points.items[0].visibility), 2);
        QCOMPARE(int(points.items[1].visibility), 1);
        QVERIFY(test::near(points.items[2].at.y, 180));
        click(100, 50, {}, Qt::RightButton);
        QCOMPARE(int(only<annot::Keypoints>().items[0].visibility), 1);
        drag(100, 180, 130, 190);
        QVERIFY(test::near(only<annot::Keypoints>().items[2].at.x, 130));
        QCOMPARE(onDisk(), doc().annotations());
    }

    void skeletonWithGapsIsFilledLater() {
        doc().setSchema(withSkeleton(cell));
        classKey(cell);
        key(Qt::Key_K);
        click(100, 50);
        key(Qt::Key_J, Qt::ShiftModifier);
        click(100, 180);
        QCOMPARE(int(only<annot::Keypoints>().items[1].visibility), 0);
        click(105, 110, Qt::ShiftModifier);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QCOMPARE(int(only<annot::Keypoints>().items[1].visibility), 2);
    }

    void wholeSkeleton() {
        doc().setSchema(withSkeleton(cell));
        classKey(cell);
        key(Qt::Key_K);
        key(Qt::Key_Q, Qt::ShiftModifier);
        drag(100, 50, 160, 150);
        const auto& points = only<annot::Keypoints>();
        QVERIFY(test::near(points.items[0].at.x, 130) && test::near(points.items[0].at.y, 50) &&
                test::near(points.items[1].at.y, 90));
        QVERIFY(test::near(points.box.w, 60));
        key(Qt::Key_Q, Qt::ShiftModifier);
    }

    void freeJointsWithoutASkeleton() {
        key(Qt::Key_K);
        clicks({{50, 50}, {60, 80}, {70, 110}, {80, 150}});
        key(Qt::Key_Backspace);
        key(Qt::Key_Return);
        std::size_t labelled = 0;
        for (const auto& item : only<annot::Keypoints>().items) labelled += item.visibility > 0;
        QCOMPARE(labelled, std::size_t(3));
    }

    void kindsThatTheSchemaForbids() {
        annot::Schema schema = withSkeleton(cell);
        schema.classes[0].kinds = 1u << 2;  // polygons alone
        doc().setSchema(schema);
        classKey(cell);
        key(Qt::Key_R);
        drag(50, 50, 100, 100);
        QVERIFY(doc().annotations().empty());
        key(Qt::Key_P);
        clicks({{50, 50}, {90, 50}, {90, 90}});
        key(Qt::Key_Return);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
    }

    void everyToolLeavesNothingOnEscape() {
        for (const int tool : {Qt::Key_R, Qt::Key_O, Qt::Key_E, Qt::Key_P, Qt::Key_L, Qt::Key_I, Qt::Key_K, Qt::Key_B}) {
            key(tool);
            moveTo(50, 50);
            QTest::mousePress(&view(), Qt::LeftButton, {}, at(50, 50));
            moveTo(90, 90);
            key(Qt::Key_Escape);
            QTest::mouseRelease(&view(), Qt::LeftButton, {}, at(90, 90));
            key(Qt::Key_Escape);
            QVERIFY2(doc().annotations().empty(), qPrintable(QString::number(tool)));
            QTRY_VERIFY(view().complete());
        }
    }

    void everyShapeStaysInside() {
        for (const int tool : {Qt::Key_R, Qt::Key_O, Qt::Key_E}) {
            key(tool);
            drag(350, 250, 420, 320);
            key(Qt::Key_Escape);  // else the next drag would take a handle
        }
        key(Qt::Key_P);
        clicks({{380, 280}, {420, 280}, {420, 320}});
        key(Qt::Key_Return);
        QCOMPARE(doc().annotations().size(), std::size_t(4));
        for (const auto& a : doc().annotations()) {
            const auto r = annot::bounds(a.shape);
            QVERIFY2(r.x + r.w <= kWidth + 1e-6 && r.y + r.h <= kHeight + 1e-6, annot::kindName(a.shape).data());
        }
    }
};

QTEST_MAIN(tst_CanvasDraw)
#include "tst_canvas_draw.moc"
