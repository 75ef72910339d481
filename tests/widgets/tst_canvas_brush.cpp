// Brush and eraser with real mouse and keys: masks painted in place, polygons under the brush, masks that may not overlap.
#include <QRegularExpression>

#include "core/annot/mask.h"
#include "tests/support/label_page.h"

using namespace lathe;
using namespace lathe::widgets::canvas;

class tst_CanvasBrush : public QObject, private test::LabelPage {
    Q_OBJECT
    double areaOf(std::size_t i) { return annot::area(doc().annotations().at(i).shape); }
    void setSize(double from) {
        for (int i = 0; i < 60; ++i) key(Qt::Key_BracketLeft);
        for (double size = 1; size < from; size *= 1.15) key(Qt::Key_BracketRight);
    }
    annot::Annotation disc(double x, double y, double r) {
        annot::MaskCells cells(kWidth, kHeight);
        cells.stroke({x, y}, {x, y}, r, true);
        return doc().make(cell, cells.toMask());
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(open()); }
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!.*(propagateSizeHints|This plugin does not support)).+")));
        clear();
    }
    void cleanupTestCase() { close(); }

    void paintsContinuesErasesAndUndoes() {
        key(Qt::Key_B);
        setSize(20);
        drag(100, 100, 200, 100);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        const double first = areaOf(0);
        QVERIFY2(first > 100 * 18 && first < 130 * 26, qPrintable(QString::number(first)));
        QCOMPARE(onDisk(), doc().annotations());
        drag(200, 100, 200, 200);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QVERIFY(areaOf(0) > first + 80 * 18);
        key(Qt::Key_X);
        drag(150, 80, 150, 120);
        const double cut = areaOf(0);
        QVERIFY(!annot::contains(doc().annotations()[0].shape, {150, 100}) &&
                annot::contains(doc().annotations()[0].shape, {110, 100}));
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(areaOf(0) > cut);
        key(Qt::Key_Z, Qt::ControlModifier);
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(doc().annotations().empty());
        key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
        QCOMPARE(areaOf(0), first);
        QTRY_VERIFY(view().complete());
    }

    void altErasesAndShiftPaintsStraight() {
        key(Qt::Key_B);
        setSize(10);
        click(50, 50);
        const double dot = areaOf(0);
        click(150, 50, Qt::ShiftModifier);
        QVERIFY(areaOf(0) > dot + 90 * 8);
        QVERIFY(annot::contains(doc().annotations()[0].shape, {100, 50}));
        drag(100, 40, 100, 60, Qt::AltModifier);
        QVERIFY(!annot::contains(doc().annotations()[0].shape, {100, 50}));
    }

    void wheelWithAltChangesTheSize() {
        key(Qt::Key_B);
        setSize(10);
        const QPoint p = at(100, 100);
        const double zoom = view().zoom();
        QWheelEvent wheel(p, view().mapToGlobal(p), {}, QPoint(0, 1200), Qt::NoButton, Qt::AltModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view(), &wheel);
        QCOMPARE(view().zoom(), zoom);
        click(100, 100);
        QVERIFY2(areaOf(0) > 3.1416 * 17 * 17, qPrintable(QString::number(areaOf(0))));
    }

    void erasingAllDeletesTheMask() {
        doc().add("Paint", {disc(100, 100, 6)});
        key(Qt::Key_X);
        setSize(60);
        click(100, 100);
        QVERIFY(doc().annotations().empty());
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(doc().annotations().size(), std::size_t(1));
    }

    void aPolygonIsPaintedAndStaysAPolygon() {
        const auto id = add(annot::Polygon{{{{100, 100}, {200, 100}, {200, 200}, {100, 200}}}});
        doc().select({id});
        key(Qt::Key_B);
        setSize(40);
        drag(200, 150, 240, 150);
        QCOMPARE(doc().annotations().size(), std::size_t(1));
        QVERIFY(std::holds_alternative<annot::Polygon>(doc().annotations()[0].shape));
        QVERIFY(annot::contains(doc().annotations()[0].shape, {235, 150}) &&
                annot::contains(doc().annotations()[0].shape, {110, 110}));
        QVERIFY(areaOf(0) > 10000 + 40 * 30);
        key(Qt::Key_X);
        click(150, 150);
        QVERIFY(!annot::contains(doc().annotations()[0].shape, {150, 150}));
        QVERIFY(std::get<annot::Polygon>(doc().annotations()[0].shape).rings.size() >= 2);
    }

    void masksThatMayNotOverlap() {
        annot::Schema schema;
        schema.overlap = false;
        doc().setSchema(schema);
        doc().add("Paint", {disc(100, 100, 30), disc(300, 100, 4)});
        const double before = areaOf(0);
        key(Qt::Key_Escape);
        key(Qt::Key_B);
        setSize(40);
        drag(110, 100, 300, 100);
        QCOMPARE(doc().annotations().size(), std::size_t(2));  // the small one was painted over
        QVERIFY(areaOf(0) < before - 500);
        annot::MaskCells a(std::get<annot::Mask>(doc().annotations()[0].shape)),
            b(std::get<annot::Mask>(doc().annotations()[1].shape));
        const auto both = a.area() + b.area();
        a.apply(b, true);
        QCOMPARE(a.area(), both);
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(areaOf(0), before);
        QCOMPARE(doc().annotations().size(), std::size_t(2));
    }

    void masksMoveAndResize() {
        doc().add("Paint", {disc(100, 100, 20)});
        const double before = areaOf(0);
        drag(100, 100, 150, 120);
        auto r = annot::bounds(doc().annotations()[0].shape);
        QVERIFY(test::near(r.x, 130) && test::near(r.y, 100));
        QCOMPARE(areaOf(0), before);
        drag(r.x + r.w, r.y + r.h, r.x + r.w + 40, r.y + r.h + 40);
        QVERIFY(test::near(annot::bounds(doc().annotations()[0].shape).w, 80, 2));
        QCOMPARE(onDisk(), doc().annotations());
    }

    void lockedMasksStay() {
        auto locked = disc(100, 100, 20);
        locked.flags = annot::Locked;
        doc().add("Paint", {locked});
        const double before = areaOf(0);
        key(Qt::Key_X);
        setSize(40);
        drag(90, 100, 110, 100);
        QCOMPARE(areaOf(0), before);
    }
};

QTEST_MAIN(tst_CanvasBrush)
#include "tst_canvas_brush.moc"
