// Editing with real mouse and keys: handles, groups, lasso, many vertices, snapping, a neighbour's border, repeating, suggestions.
#include <QRegularExpression>

#include "tests/support/label_page.h"
#include "widgets/canvas/snap.h"

using namespace lathe;
using namespace lathe::widgets::canvas;

namespace {

annot::Polygon ringOf(int n, double x, double y, double r) {
    std::vector<annot::Point> ring;
    for (int i = 0; i < n; ++i) ring.push_back({x + r * std::cos(6.283185307 * i / n), y + r * std::sin(6.283185307 * i / n)});
    return {{ring}};
}

}  // namespace

class tst_CanvasEdit : public QObject, private test::LabelPage {
    Q_OBJECT
    const annot::Annotation& shape(std::size_t i) { return doc().annotations().at(i); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(open()); }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        clear();
        if (view().isOn("snap")) key(Qt::Key_S, Qt::ShiftModifier);
        if (view().isOn("handles.frame")) key(Qt::Key_T);
    }
    void cleanupTestCase() { close(); }

    void framesResizeAndTurnPolygons() {
        add(annot::Polygon{{{{100, 100}, {200, 100}, {200, 200}, {100, 200}}}});
        click(150, 150);
        key(Qt::Key_T);
        drag(200, 200, 220, 240);
        auto r = annot::bounds(shape(0).shape);
        QVERIFY(test::near(r.w, 120) && test::near(r.h, 140) && test::near(r.x, 100));
        const double stalk = 22 / view().zoom();
        drag(160, 100 - stalk, 160 + 70 + stalk, 170);
        r = annot::bounds(shape(0).shape);
        QVERIFY(test::near(r.w, 140, 4) && test::near(r.h, 120, 4));
        QVERIFY(std::holds_alternative<annot::Polygon>(shape(0).shape));
    }

    void severalAreResizedTogether() {
        add(annot::Box{{100, 100, 40, 40}});
        add(annot::Polygon{{{{160, 100}, {200, 100}, {200, 140}}}});
        add(annot::Dot{{150, 120}});
        key(Qt::Key_A, Qt::ControlModifier);
        drag(200, 140, 300, 180);
        QVERIFY(test::near(std::get<annot::Box>(shape(0).shape).rect.w, 80) &&
                test::near(std::get<annot::Box>(shape(0).shape).rect.h, 80));
        QVERIFY(test::near(annot::bounds(shape(1).shape).x, 220));
        QVERIFY(test::near(std::get<annot::Dot>(shape(2).shape).at.x, 200) &&
                test::near(std::get<annot::Dot>(shape(2).shape).at.y, 140));
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(test::near(std::get<annot::Box>(shape(0).shape).rect.w, 40, 1e-9));
    }

    void groupsAreTakenTogetherAndOneByOne() {
        auto a = doc().make(cell, annot::Box{{50, 50, 40, 40}}), b = doc().make(cell, annot::Box{{150, 50, 40, 40}});
        a.group = b.group = 3;
        doc().add("Draw", {a, b, doc().make(cell, annot::Box{{250, 50, 40, 40}})});
        click(70, 70);
        QCOMPARE(doc().selection().size(), std::size_t(2));
        drag(70, 70, 80, 90);
        QVERIFY(test::near(std::get<annot::Box>(shape(1).shape).rect.x, 160) &&
                test::near(std::get<annot::Box>(shape(1).shape).rect.y, 70));
        click(80, 90);
        QCOMPARE(doc().selection(), std::vector<AnnotationId>{a.id});
        key(Qt::Key_C, Qt::ControlModifier);
        click(80, 90, Qt::ShiftModifier);
        QVERIFY(doc().selection().empty());
    }

    void lassoTakesWhatLiesWhollyWithin() {
        add(annot::Box{{100, 100, 30, 30}});
        add(annot::Box{{180, 180, 80, 80}});
        const auto line = add(annot::Polyline{{{110, 150}, {140, 170}}});
        key(Qt::Key_Q, Qt::ShiftModifier);
        QTest::mousePress(&view(), Qt::LeftButton, {}, at(80, 80));
        for (const auto& [x, y] : {std::pair{200., 80.}, {200., 200.}, {80., 200.}}) moveWith(x, y, {});
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, at(80, 90));
        QCOMPARE(doc().selection().size(), std::size_t(2));
        QVERIFY(doc().isSelected(line) && doc().isSelected(shape(0).id));
        key(Qt::Key_Q, Qt::ShiftModifier);
    }

    void selectsByClass() {
        add(annot::Box{{10, 10, 30, 30}}, dust);
        add(annot::Box{{100, 100, 30, 30}});
        add(annot::Dot{{200, 200}});
        click(115, 115);
        key(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(doc().selection().size(), std::size_t(2));
        QVERIFY(!doc().isSelected(shape(0).id));
    }

    void manyVerticesByABand() {
        add(ringOf(200, 200, 150, 80));
        key(Qt::Key_G);
        drag(200, 60, 300, 240);
        const auto& ring = std::get<annot::Polygon>(shape(0).shape).rings.at(0);
        QVERIFY2(ring.size() > 90 && ring.size() < 110, qPrintable(QString::number(ring.size())));
        for (const auto p : ring) QVERIFY(p.x < 201);
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(std::get<annot::Polygon>(shape(0).shape).rings.at(0).size(), std::size_t(200));
        drag(50, 20, 350, 280);
        QVERIFY(doc().annotations().empty());  // nothing of it is left
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
    }

    void verticesByTheRoundEraser() {
        add(ringOf(200, 200, 150, 80));
        add(annot::Polyline{{{20, 20}, {40, 20}, {60, 20}, {80, 20}}});
        key(Qt::Key_G);
        key(Qt::Key_Q, Qt::ShiftModifier);
        drag(280, 120, 280, 180);
        const auto left = std::get<annot::Polygon>(shape(0).shape).rings.at(0).size();
        QVERIFY2(left < 190 && left > 120, qPrintable(QString::number(left)));
        QCOMPARE(std::get<annot::Polyline>(shape(1).shape).points.size(), std::size_t(4));
        click(60, 20);
        QCOMPARE(std::get<annot::Polyline>(shape(1).shape).points.size(), std::size_t(3));
        key(Qt::Key_Q, Qt::ShiftModifier);
        QCOMPARE(onDisk(), doc().annotations());
    }

    void pointsSnapToNeighbours() {
        add(annot::Polygon{{{{100.25, 100.5}, {200.125, 100}, {150, 200}}}});
        key(Qt::Key_S, Qt::ShiftModifier);
        key(Qt::Key_L);
        for (const auto& [x, y] : {std::pair{103., 102.}, {50., 50.}, {198., 102.}}) click(x, y);
        key(Qt::Key_Return);
        const auto& points = std::get<annot::Polyline>(shape(1).shape).points;
        QCOMPARE(points[0], (annot::Point{100.25, 100.5}));
        QCOMPARE(points[2], (annot::Point{200.125, 100}));
        QVERIFY(test::near(points[1].x, 50));
        key(Qt::Key_S, Qt::ShiftModifier);
    }

    void followsANeighboursBorder() {
        add(ringOf(64, 150, 150, 60));
        const auto& ring = std::get<annot::Polygon>(shape(0).shape).rings[0];
        key(Qt::Key_P);
        click(ring[0].x, ring[0].y, Qt::ControlModifier);
        moveWith(ring[16].x, ring[16].y, Qt::ControlModifier, Qt::NoButton);
        QTest::mouseClick(&view(), Qt::LeftButton, Qt::ControlModifier, at(ring[16].x, ring[16].y));
        click(300, 280);
        key(Qt::Key_Return);
        const auto& drawn = std::get<annot::Polygon>(shape(1).shape).rings.at(0);
        QVERIFY2(drawn.size() >= 17 && drawn.size() <= 20, qPrintable(QString::number(drawn.size())));
        int shared = 0;
        for (const auto p : drawn) shared += std::find(ring.begin(), ring.end(), p) != ring.end();
        QVERIFY(shared >= 16);
    }

    void pathsAlongARing() {
        const std::vector<annot::Point> square{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
        QCOMPARE(pathAlong(square, true, {5, 0}, {10, 5}, false), (std::vector<annot::Point>{{5, 0}, {10, 0}, {10, 5}}));
        QCOMPARE(pathAlong(square, true, {5, 0}, {10, 5}, true),
                 (std::vector<annot::Point>{{5, 0}, {0, 0}, {0, 10}, {10, 10}, {10, 5}}));
        QCOMPARE(pathAlong(square, false, {0, 9}, {5, 0}, false).front(), (annot::Point{0, 10}));
        QCOMPARE(pathAlong(square, true, {7, 0}, {3, 0}, false), (std::vector<annot::Point>{{7, 0}, {3, 0}}));
    }

    void repeatsTheLastImagesShapes() {
        add(annot::Box{{100, 100, 30, 30}});
        add(annot::Ellipse{{200, 150}, 30, 20, 0.3});
        const ImageId first = doc().image().id;
        key(Qt::Key_Period);
        QTRY_VERIFY(doc().isOpen() && doc().image().id != first);
        clear();
        key(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(doc().annotations().size(), std::size_t(2));
        QCOMPARE(std::get<annot::Ellipse>(shape(1).shape).angle, 0.3);
        QCOMPARE(onDisk(), doc().annotations());
        clear();
        key(Qt::Key_Comma);
        QTRY_COMPARE(doc().image().id, first);
    }

    void suggestionsAreSeenAndAreNoShapes() {
        add(annot::Box{{100, 100, 60, 60}});
        annot::Annotation guess;
        guess.classId = cell;
        guess.shape = annot::Box{{200, 100, 60, 60}};
        guess.confidence = 0.74;
        auto small = guess;
        small.shape = annot::Box{{210, 110, 20, 20}};
        doc().setSuggestions({guess, small});
        QCOMPARE(doc().suggestionAt({220, 120}, 1), 1);
        QCOMPARE(doc().suggestionAt({250, 150}, 1), 0);
        QCOMPARE(doc().suggestionAt({120, 120}, 1), -1);
        doc().setCurrentSuggestion(1);
        click(220, 120);
        QVERIFY(doc().selection().empty());
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        doc().setSuggestions({});
        QCOMPARE(doc().currentSuggestion(), -1);
        QCOMPARE(doc().suggestionAt({220, 120}, 1), -1);
    }

    void giantsAreEditedPointByPoint() {
        auto giant = ringOf(20000, 200, 150, 100);
        add(giant);
        click(200, 150);
        const auto p = giant.rings[0][5000];
        drag(p.x, p.y, p.x, p.y + 30);
        const auto& ring = std::get<annot::Polygon>(shape(0).shape).rings.at(0);
        QCOMPARE(ring.size(), std::size_t(20000));
        std::size_t moved = 0;
        for (std::size_t i = 0; i < ring.size(); ++i) moved += ring[i] != giant.rings[0][i];
        QCOMPARE(moved, std::size_t(1));
        QTRY_VERIFY(view().complete());
        QCOMPARE(onDisk(), doc().annotations());
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(std::get<annot::Polygon>(shape(0).shape), giant);
    }

    void degenerateShapesCanBeHandled() {
        const double nan = std::nan("");
        doc().add("Draw", {doc().make(cell, annot::Polygon{}), doc().make(cell, annot::Polygon{{{{nan, 5}, {10, 10}}}}),
                           doc().make(cell, annot::Ellipse{{100, 100}, 0, 0, nan}), doc().make(cell, annot::Keypoints{}),
                           doc().make(cell, annot::RotatedBox{{nan, nan}, -5, 0, 1}), doc().make(cell, annot::Polyline{}),
                           doc().make(cell, annot::Mask{10, 10, {7}}), doc().make(cell, annot::Box{{50, 50, 0, 0}})});
        for (const int tool : {Qt::Key_V, Qt::Key_G, Qt::Key_X, Qt::Key_L, Qt::Key_K}) {
            key(tool);
            for (const auto& a : doc().annotations()) {
                doc().select({a.id});
                view().grab();
                moveTo(50, 50);
            }
            key(Qt::Key_A, Qt::ControlModifier);
            view().grab();
        }
        key(Qt::Key_V);
        key(Qt::Key_A, Qt::ControlModifier);
        key(Qt::Key_Right);
        view().settle();
        QCOMPARE(doc().annotations().size(), std::size_t(8));
        key(Qt::Key_Delete);
        QVERIFY(doc().annotations().empty());
    }
};

QTEST_MAIN(tst_CanvasEdit)
#include "tst_canvas_edit.moc"
