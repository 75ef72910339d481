#include <QTest>
#include <cmath>
#include <numbers>
#include <random>

#include "core/annot/mask.h"
#include "core/annot/shape.h"

using namespace lathe::annot;

namespace {
const Polygon kSquareWithHole{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{2, 2}, {4, 2}, {4, 4}, {2, 4}}}};

Mask maskOf(std::initializer_list<const char*> rows) {
    std::vector<std::uint8_t> raster;
    for (const char* row : rows)
        for (; *row; ++row) raster.push_back(*row == '1');
    return maskFromRaster(raster, std::uint32_t(rows.size()), std::uint32_t(raster.size() / rows.size()));
}
}  // namespace

class TestShapes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boundsAndArea() {
        QCOMPARE(bounds(Box{{3, 4, 5, 6}}), (Rect{3, 4, 5, 6}));
        QCOMPARE(area(Box{{3, 4, 5, 6}}), 30.0);
        QCOMPARE(bounds(kSquareWithHole), (Rect{0, 0, 10, 10}));
        QCOMPARE(area(kSquareWithHole), 96.0);
        QCOMPARE(area(Polygon{{{{0, 0}, {4, 0}, {0, 3}}, {{10, 0}, {14, 0}, {10, 3}}}}), 12.0);
        QCOMPARE(bounds(ImageLabel{}), Rect{});
        QCOMPARE(bounds(Keypoints{{{{5, 6}, 2}, {{0, 0}, 0}, {{8, 7}, 1}}, {}}), (Rect{5, 6, 3, 1}));
    }

    void containsIsEvenOdd() {
        QVERIFY(contains(kSquareWithHole, {1, 1}));
        QVERIFY(!contains(kSquareWithHole, {3, 3}));
        QVERIFY(!contains(kSquareWithHole, {11, 3}));
        QVERIFY(contains(Box{{0, 0, 2, 2}}, {0, 0}) && !contains(Box{{0, 0, 2, 2}}, {2, 2}));
        QVERIFY(!contains(ImageLabel{}, {1, 1}));
    }

    void distances() {
        QCOMPARE(distanceToOutline(Box{{0, 0, 10, 10}}, {5, 4}), 4.0);
        QCOMPARE(distanceToOutline(Box{{0, 0, 10, 10}}, {13, 14}), 5.0);
        QCOMPARE(distanceToOutline(kSquareWithHole, {3, 3}), 1.0);
        QVERIFY(std::isinf(distanceToOutline(ImageLabel{}, {0, 0})));
        QCOMPARE(distanceToOutline(maskOf({"000", "010", "000"}), {0.5, 1.5}), 0.5);
        QCOMPARE(distanceToOutline(maskOf({"000", "010", "000"}), {1.5, 1.25}), 0.25);
    }

    // Counts and texts of COCO's own coder: tests/data/masks/make.py (pycocotools).
    void cocoText_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<uint>>("counts");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("corner") << "013" << QList<uint>{0, 1, 3} << 2 << 2;
        QTest::newRow("piece") << "345" << QList<uint>{3, 4, 5} << 3 << 4;
        QTest::newRow("empty") << "<" << QList<uint>{12} << 3 << 4;
        QTest::newRow("full") << "0<" << QList<uint>{0, 12} << 3 << 4;
        QTest::newRow("square") << "b04400000>" << QList<uint>{18, 4, 4, 4, 4, 4, 4, 4, 18} << 8 << 8;
        QTest::newRow("triangle") << "b0172N1ON`0" << QList<uint>{18, 1, 7, 3, 5, 4, 4, 2, 20} << 8 << 8;
        QTest::newRow("long") << "`h9Xl4Xi8hPO1T3" << QList<uint>{10000, 5000, 9000, 4000, 9001, 4100} << 41101 << 1;
    }
    void cocoText() {
        QFETCH(QString, text);
        QFETCH(QList<uint>, counts);
        QFETCH(int, height);
        QFETCH(int, width);
        const Mask mask{std::uint32_t(height), std::uint32_t(width), {counts.begin(), counts.end()}};
        QCOMPARE(QString::fromStdString(maskToCocoText(mask)), text);
        const auto read = maskFromCocoText(text.toStdString(), mask.height, mask.width);
        QVERIFY(read.has_value());
        QCOMPARE(*read, mask);
    }

    void badCocoText() {
        QVERIFY(!maskFromCocoText("01", 2, 2));
        QVERIFY(!maskFromCocoText("o", 2, 2));
        QVERIFY(!maskFromCocoText("\x01\x02", 2, 2));
        QVERIFY(!maskFromCocoText(std::string(40, 'o'), 2, 2));
        QVERIFY(!maskFromCocoText("01 ", 2, 2));
    }

    void rasterRoundTrip() {
        std::mt19937 random(7);
        for (int round = 0; round < 300; ++round) {
            const std::uint32_t height = 1 + random() % 40, width = 1 + random() % 40;
            std::vector<std::uint8_t> raster(std::size_t(height) * width);
            const unsigned density = 1 + random() % 9;
            for (auto& pixel : raster) pixel = random() % 10 < density;
            const Mask mask = maskFromRaster(raster, height, width);
            QVERIFY(checkMask(mask).has_value());
            QCOMPARE(maskToRaster(mask), raster);
            QCOMPARE(maskArea(mask), std::uint64_t(std::count(raster.begin(), raster.end(), 1)));
            const auto again = maskFromCocoText(maskToCocoText(mask), height, width);
            QVERIFY(again.has_value());
            QCOMPARE(*again, mask);
            for (std::uint32_t y = 0; y < height; ++y)
                for (std::uint32_t x = 0; x < width; ++x) QCOMPARE(contains(mask, {x + 0.5, y + 0.5}), raster[y * width + x] == 1);
        }
    }

    void wrongCountsAreHarmless() {
        const Mask mask{3, 3, {1, 4000000000u, 4000000000u}};
        QVERIFY(!checkMask(mask));
        QCOMPARE(maskToRaster(mask).size(), std::size_t(9));
        QCOMPARE(bounds(mask), (Rect{0, 0, 3, 3}));
        QCOMPARE(bounds(Mask{0, 5, {7, 7}}), Rect{});
        QCOMPARE(maskToRaster(Mask{0, 5, {7, 7}}).size(), std::size_t(0));
    }

    void movedKeepsSize() {
        const Box box{{0.1, 0.2, 0.3, 0.7}};
        const Rect moved = bounds(translated(box, 0.1, 1e6));
        QVERIFY(moved.w == 0.3 && moved.h == 0.7);
        const Shape mask = translated(maskOf({"100", "000", "000"}), 1, 2);
        QCOMPARE(mask, Shape(maskOf({"000", "000", "010"})));
    }

    void scaledMapsAndMirrors() {
        const Rect from{0, 0, 10, 10};
        QCOMPARE(bounds(scaled(kSquareWithHole, from, {0, 0, 20, 5})), (Rect{0, 0, 20, 5}));
        QCOMPARE(scaled(Box{from}, from, {10, 0, -10, 10}), Shape(Box{{0, 0, 10, 10}}));
        QCOMPARE(scaled(Box{{0, 0, 2, 2}}, from, {10, 0, -10, 10}), Shape(Box{{8, 0, 2, 2}}));
        QCOMPARE(scaled(maskOf({"10", "00"}), {0, 0, 2, 2}, {2, 0, -2, 2}), Shape(maskOf({"01", "00"})));
    }

    void keptInsideClips() {
        QCOMPARE(keptInside(Box{{-5, -5, 10, 10}}, 8, 8), Shape(Box{{0, 0, 5, 5}}));
        QCOMPARE(keptInside(Box{{1, 1, 2, 2}}, 8, 8), Shape(Box{{1, 1, 2, 2}}));
        const Shape cut = keptInside(Polygon{{{{-5, 2}, {5, 2}, {5, 4}, {-5, 4}}, {{20, 20}, {30, 20}, {30, 30}}}}, 8, 8);
        QCOMPARE(bounds(cut), (Rect{0, 2, 5, 2}));
        QCOMPARE(std::get<Polygon>(cut).rings.size(), std::size_t(1));
        QCOMPARE(area(cut), 10.0);
    }

    void turnedKindsHaveBoundsAndInsides() {
        const double quarter = std::numbers::pi / 2;
        const RotatedBox box{{10, 20}, 8, 4, quarter};
        const Rect around = bounds(box);
        QVERIFY(std::abs(around.x - 8) < 1e-9 && std::abs(around.y - 16) < 1e-9 && std::abs(around.w - 4) < 1e-9);
        QVERIFY(contains(box, {10, 23.9}) && !contains(box, {13.9, 20}));
        QCOMPARE(area(box), 32.0);
        QVERIFY(std::abs(distanceToOutline(box, {10, 20}) - 2) < 1e-9);
        const Ellipse ellipse{{10, 20}, 8, 4, quarter};
        QVERIFY(std::abs(bounds(ellipse).h - 16) < 1e-9);
        QVERIFY(contains(ellipse, {10, 27.9}) && !contains(ellipse, {17, 20}));
        QVERIFY(std::abs(distanceToOutline(ellipse, {10, 20}) - 4) < 0.11);
        QVERIFY(std::abs(area(ellipse) - std::numbers::pi * 32) < 1e-9);
        for (const Point p : ringOf(ellipse)) QVERIFY(std::abs(std::hypot((p.x - 10) / 4, (p.y - 20) / 8) - 1) < 1e-9);
    }

    void linesAndPointsHaveNoArea() {
        const Polyline line{{{0, 0}, {10, 0}, {10, 5}}};
        QCOMPARE(bounds(line), (Rect{0, 0, 10, 5}));
        QVERIFY(area(line) == 0 && !contains(line, {5, 0}));
        QCOMPARE(distanceToOutline(line, {5, 3}), 3.0);
        QVERIFY(std::isinf(distanceToOutline(Polyline{}, {0, 0})));
        QCOMPARE(bounds(Dot{{3, 4}}), (Rect{3, 4, 0, 0}));
        QCOMPARE(distanceToOutline(Dot{{3, 4}}, {0, 0}), 5.0);
    }

    void turningMakesATurnedBoxAndComesBack() {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> any(1, 50);
        const Shape turned = rotated(Box{{0, 0, 10, 4}}, {5, 2}, 0.3);
        QCOMPARE(turned, Shape(RotatedBox{{5, 2}, 10, 4, 0.3}));
        for (int round = 0; round < 50; ++round) {
            const Point about{any(random), any(random)};
            const Shape shapes[] = {RotatedBox{{any(random), any(random)}, any(random), any(random), any(random)},
                                    Ellipse{{any(random), any(random)}, any(random), any(random), any(random)},
                                    Polyline{{{any(random), any(random)}, {any(random), any(random)}}},
                                    Dot{{any(random), any(random)}}, kSquareWithHole};
            for (const Shape& shape : shapes) {
                const double angle = any(random) / 10;
                const Rect before = bounds(shape), after = bounds(rotated(rotated(shape, about, angle), about, -angle));
                QVERIFY(std::abs(before.x - after.x) < 1e-9 && std::abs(before.y - after.y) < 1e-9);
                QVERIFY(std::abs(before.w - after.w) < 1e-9 && std::abs(before.h - after.h) < 1e-9);
                QVERIFY(std::abs(area(shape) - area(rotated(shape, about, angle))) < 1e-6);
            }
        }
    }

    void scaledKeepsTheKind() {
        const Rect from{0, 0, 10, 10}, to{0, 0, 20, 30};
        QCOMPARE(scaled(Dot{{5, 5}}, from, to), Shape(Dot{{10, 15}}));
        QCOMPARE(scaled(Polyline{{{0, 0}, {10, 10}}}, from, to), Shape(Polyline{{{0, 0}, {20, 30}}}));
        QCOMPARE(scaled(RotatedBox{{5, 5}, 4, 2, 0}, from, to), Shape(RotatedBox{{10, 15}, 8, 6, 0}));
        QCOMPARE(scaled(Ellipse{{5, 5}, 4, 2, 0}, from, to), Shape(Ellipse{{10, 15}, 8, 6, 0}));
        const Shape mirrored = scaled(RotatedBox{{5, 5}, 4, 2, 0.5}, from, {10, 0, -10, 10});
        QVERIFY(std::abs(std::abs(std::remainder(std::get<RotatedBox>(mirrored).angle, std::numbers::pi)) - 0.5) < 1e-9);
    }

    void newKindsAreKeptInside() {
        const Shape box = keptInside(RotatedBox{{0, 50}, 20, 10, 0.4}, 100, 100);
        QVERIFY(std::abs(bounds(box).x) < 1e-9 && std::get<RotatedBox>(box).w == 20);
        const Shape ellipse = keptInside(Ellipse{{99, 50}, 20, 10, 0}, 100, 100);
        QCOMPARE(std::get<Ellipse>(ellipse).centre, (Point{80, 50}));
        QCOMPARE(keptInside(Dot{{-5, 200}}, 100, 100), Shape(Dot{{0, 100}}));
        QCOMPARE(keptInside(Polyline{{{-5, 5}, {50, 500}}}, 100, 100), Shape(Polyline{{{0, 5}, {50, 100}}}));
    }

    void alignedToWholePixels() {
        QCOMPARE(alignedToPixels(Box{{1.4, 1.6, 3.2, 0.1}}), Shape(Box{{1, 2, 4, 1}}));
        QCOMPARE(alignedToPixels(Polygon{{{{0.2, 0.2}, {0.4, 0.1}, {9.6, 0}, {5, 7.5}}, {{1, 1}, {1.2, 1}, {1, 1.2}}}}),
                 Shape(Polygon{{{{0, 0}, {10, 0}, {5, 8}}}}));
        QCOMPARE(alignedToPixels(RotatedBox{{1.4, 1.6}, 3.2, 0.1, 0.3}), Shape(RotatedBox{{1, 2}, 3, 1, 0.3}));
        QCOMPARE(alignedToPixels(Dot{{1.4, 1.6}}), Shape(Dot{{1, 2}}));
    }

    void areaOfRingsThatTouch() {
        // A hole whose corner lies on the outline, and two parts that share a corner.
        QCOMPARE(area(Polygon{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{0, 0}, {4, 1}, {1, 4}}}}), 92.5);
        QCOMPARE(area(Polygon{{{{0, 0}, {5, 0}, {5, 5}, {0, 5}}, {{5, 5}, {9, 5}, {9, 9}, {5, 9}}}}), 41.0);
    }
};

QTEST_APPLESS_MAIN(TestShapes)
#include "tst_shapes.moc"
