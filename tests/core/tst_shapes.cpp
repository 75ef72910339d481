#include <QTest>
#include <cmath>
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
            std::vector<std::uint8_t> raster(height * width);
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
};

QTEST_APPLESS_MAIN(TestShapes)
#include "tst_shapes.moc"
